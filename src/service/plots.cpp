#include "service/plots.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numbers>
#include <string_view>
#include <utility>

#include "base/error.hpp"
#include "base/table.hpp"
#include "base/utf8.hpp"
#include "service/svg_text.hpp"

namespace mithaq::service {

namespace {

constexpr const char* kInk = "#1a241f";
constexpr const char* kSoft = "#4a5650";
constexpr const char* kRule = "#d8d2c2";
constexpr const char* kPaper = "#fffdf8";
constexpr const char* kGreen = "#0d4a3a";
constexpr const char* kBrass = "#7a5a12";
constexpr const char* kAlarm = "#9a2a1c";
constexpr const char* kLand = "#e4e0d3";
// From hardly likely to all but certain; each step can be told from the next in grey too.
constexpr std::array<std::pair<double, const char*>, 6> kRamp = {{{0.0, "#f3efdf"},
                                                                  {0.05, "#f0d9a8"},
                                                                  {0.15, "#e0ae62"},
                                                                  {0.3, "#c9783a"},
                                                                  {0.5, "#a8452a"},
                                                                  {0.75, "#6f1a1c"}}};
constexpr double kWidth = 840;
constexpr std::size_t kNoteColumns = 118;  // letters of a line of the note

enum class Anchor { start, middle, end };

// An SVG that is being written. Across, places count from where a line of text begins.
class Sheet {
 public:
  Sheet(Language language, const PlotWords& words, double plot_height)
      : language_(language),
        note_(wrapped(with_digits(words.note, language), kNoteColumns)),
        words_(words),
        plot_height_(plot_height) {
    height_ = kTop + plot_height_ + 18 * static_cast<double>(note_.size()) + 34;
  }

  bool is_mirrored() const { return language_ == Language::arabic; }
  double top() const { return kTop; }
  // From where the line of text begins to the distance from the left edge.
  double across(double along) const { return is_mirrored() ? kWidth - along : along; }

  void raw(const std::string& element) { body_ += element + "\n"; }
  void line(double along, double y, double along_end, double y_end, const char* colour, double width = 1,
            const char* more = "") {
    raw(fmt::format(
        R"(<line x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}" stroke="{}" stroke-width="{}" {}/>)",
        across(along), y, across(along_end), y_end, colour, width, more));
  }
  // start: the text begins there and runs as its language does.
  void text(double along, double y, const std::string& words, Anchor anchor = Anchor::start, double size = 12,
            const char* colour = kInk, const char* more = "") {
    text_at(across(along), y, words, anchor, size, colour, more);
  }
  void text_at(double x, double y, const std::string& words, Anchor anchor, double size, const char* colour,
               const char* more = "") {
    const char* where = anchor == Anchor::start ? "start" : anchor == Anchor::middle ? "middle" : "end";
    raw(fmt::format(R"(<text x="{:.1f}" y="{:.1f}" font-size="{}" fill="{}" text-anchor="{}" {}>{}</text>)",
                    x, y, size, colour, where, more, escaped(words)));
  }
  std::string path(const std::vector<std::pair<double, double>>& points, bool closed = false) const {
    std::string out;
    for (const auto& [along, y] : points)
      out += fmt::format("{}{:.1f} {:.1f}", out.empty() ? "M" : "L", across(along), y);
    return closed ? out + "Z" : out;
  }

  //   described  what is seen, for who does not see it
  std::string finish(const std::string& described) {
    const char* code = language_ == Language::arabic ? "ar" : language_ == Language::russian ? "ru" : "en";
    std::string out = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1:.0f}\" viewBox=\"0 0 {0} "
        "{1:.0f}\" "
        "role=\"img\" aria-labelledby=\"title about\" lang=\"{2}\" xml:lang=\"{2}\" direction=\"{3}\" "
        "font-family=\"'Noto Sans Arabic', 'Noto Naskh Arabic', 'Noto Sans', 'DejaVu Sans', Tahoma, Arial, "
        "sans-serif\">\n<title id=\"title\">{4}</title>\n<desc id=\"about\">{5}</desc>\n"
        "<rect width=\"{0}\" height=\"{1:.0f}\" fill=\"{6}\"/>\n",
        kWidth, height_, code, is_mirrored() ? "rtl" : "ltr", escaped(words_.title), escaped(described),
        kPaper);
    text(24, 34, with_digits(words_.title, language_), Anchor::start, 18, kInk, "font-weight=\"bold\"");
    double y = kTop + plot_height_ + 14;
    for (const std::string& each : note_) {
      text(24, y, each, Anchor::start, 12, kSoft);
      y += 18;
    }
    text(24, y + 4, words_.source, Anchor::start, 11, kSoft);
    return out + body_ + "</svg>\n";
  }

 private:
  static constexpr double kTop = 54;
  Language language_;
  std::vector<std::string> note_;
  const PlotWords& words_;
  double plot_height_;
  double height_ = 0;
  std::string body_{};
};

// Marks on a scale of log(1 + deaths): 0 and powers of ten, and threes where there is room.
std::vector<double> marks_until(double most) {
  std::vector<double> out = {0};
  for (double power = 1; power <= most * 1.01 || power <= 10; power *= 10) {
    out.push_back(power);
    if (most < 300 && 3 * power <= most) out.push_back(3 * power);
  }
  return out;
}

const char* colour_of(double probability) {
  const char* colour = kRamp[0].second;
  for (const auto& [from, each] : kRamp) {
    if (probability >= from) colour = each;
  }
  return colour;
}

// Equal Earth (Šavrič, Patterson & Jenny 2018): areas stay true. Radians in, plane out.
std::pair<double, double> equal_earth(double longitude, double latitude) {
  constexpr double kA1 = 1.340264, kA2 = -0.081106, kA3 = 0.000893, kA4 = 0.003796;
  const double root = std::sqrt(3.0);
  const double theta = std::asin(root / 2 * std::sin(latitude));
  const double t2 = theta * theta, t6 = t2 * t2 * t2;
  const double x =
      2 * root * longitude * std::cos(theta) / (3 * (9 * kA4 * t6 * t2 + 7 * kA3 * t6 + 3 * kA2 * t2 + kA1));
  const double y = theta * (kA4 * t6 * t2 + kA3 * t6 + kA2 * t2 + kA1);
  return {x, y};
}

struct Projection {
  double scale = 150, middle_x = kWidth / 2, middle_y = 0;
  std::pair<double, double> operator()(double longitude, double latitude) const {
    constexpr double kDegree = std::numbers::pi / 180;
    const auto [x, y] = equal_earth(longitude * kDegree, latitude * kDegree);
    return {middle_x + scale * x, middle_y - scale * y};
  }
};

}  // namespace

std::string number_text(double value, int decimals, Language language) {
  const std::string plain = fmt::format("{:.{}f}", std::fabs(value), decimals);
  const std::size_t point = std::min(plain.find('.'), plain.size());
  const char* group = language == Language::arabic ? "٬" : language == Language::russian ? "\u00A0" : ",";
  const char* decimal = language == Language::arabic ? "٫" : language == Language::russian ? "," : ".";
  std::string out = value < 0 && plain.find_first_not_of("0.") != std::string::npos ? "-" : "";
  for (std::size_t at = 0; at < point; ++at) {
    if (at > 0 && (point - at) % 3 == 0) out += group;
    out += plain[at];
  }
  if (point < plain.size()) out += decimal + plain.substr(point + 1);
  return with_digits(std::move(out), language);
}

std::string percent_text(double part, Language language) {
  // Neither certain nor impossible is said of what is only nearly so.
  const double percent = part > 0 && part < 1 ? std::clamp(std::round(part * 100), 1.0, 99.0) : part * 100;
  const std::string number = number_text(percent, 0, language);
  return language == Language::arabic ? number + "٪"
                                      : number + (language == Language::russian ? "\u00A0%" : "%");
}

std::string fan_svg(const FanPlot& plot, Language language, const Messages& messages) {
  expect(!plot.bands.empty(), "a forecast to draw");
  constexpr double kPlotHeight = 360, kStart = 76, kEnd = kWidth - 24, kBelow = 56;
  Sheet sheet(language, plot.words, kPlotHeight);
  const events::Month first = plot.history.empty() ? plot.forecast_first : plot.history_first;
  const events::Month last = plot.forecast_first + static_cast<events::Month>(plot.bands.size()) - 1;
  double most = std::max(10.0, plot.threshold);
  for (const double each : plot.history) {
    if (!std::isnan(each)) most = std::max(most, each);
  }
  for (const auto& band : plot.bands) most = std::max(most, band.q95);
  const double scale_end = std::log1p(most * 1.15);
  const double bottom = sheet.top() + kPlotHeight - kBelow, height = kPlotHeight - kBelow - 10;
  const auto x_of = [&](double month) {
    return kStart + (kEnd - kStart) * (month - first + 0.5) / (last - first + 1);
  };
  const auto y_of = [&](double deaths) {
    return bottom - height * std::log1p(std::max(0.0, deaths)) / scale_end;
  };

  for (const double mark : marks_until(most)) {
    sheet.line(kStart, y_of(mark), kEnd, y_of(mark), kRule);
    sheet.text(kStart - 8, y_of(mark) + 4, number_text(mark, 0, language), Anchor::end, 11, kSoft);
  }
  for (events::Month month = first; month <= last; ++month) {
    if (events::month_of_year(month) != 1) continue;
    sheet.line(x_of(month) - 0.5, bottom, x_of(month) - 0.5, bottom + 5, kSoft);
    sheet.text(x_of(month), bottom + 18, with_digits(std::to_string(events::year_of(month)), language),
               Anchor::middle, 11, kSoft);
  }
  // What lies ahead stands on other ground.
  const double begins = x_of(plot.forecast_first - 0.5);
  sheet.raw(fmt::format(
      R"(<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" fill="#efebdf" opacity="0.6"/>)",
      std::min(sheet.across(begins), sheet.across(kEnd)), bottom - height, kEnd - begins, height));
  const auto band = [&](auto low, auto high, const char* colour, const char* opacity) {
    std::vector<std::pair<double, double>> around;
    for (std::size_t at = 0; at < plot.bands.size(); ++at)
      around.emplace_back(x_of(plot.forecast_first + static_cast<double>(at)), y_of(high(plot.bands[at])));
    for (std::size_t at = plot.bands.size(); at-- > 0;)
      around.emplace_back(x_of(plot.forecast_first + static_cast<double>(at)), y_of(low(plot.bands[at])));
    sheet.raw(fmt::format(R"(<path d="{}" fill="{}" fill-opacity="{}"/>)", sheet.path(around, true), colour,
                          opacity));
  };
  using Band = FanPlot::Band;
  band([](const Band& each) { return each.q05; }, [](const Band& each) { return each.q95; }, kBrass, "0.22");
  band([](const Band& each) { return each.q25; }, [](const Band& each) { return each.q75; }, kBrass, "0.4");
  sheet.line(kStart, y_of(plot.threshold), kEnd, y_of(plot.threshold), kAlarm, 1,
             R"(stroke-dasharray="5 4")");
  std::vector<std::pair<double, double>> median, plain, known;
  for (std::size_t at = 0; at < plot.bands.size(); ++at)
    median.emplace_back(x_of(plot.forecast_first + static_cast<double>(at)), y_of(plot.bands[at].q50));
  for (std::size_t at = 0; at < plot.benchmark.size(); ++at)
    plain.emplace_back(x_of(plot.forecast_first + static_cast<double>(at)), y_of(plot.benchmark[at]));
  const auto stroke = [&](const std::vector<std::pair<double, double>>& points, const char* colour,
                          double width, const char* more = "") {
    if (points.empty()) return;
    sheet.raw(
        fmt::format(R"(<path d="{}" fill="none" stroke="{}" stroke-width="{}" stroke-linejoin="round" {}/>)",
                    sheet.path(points), colour, width, more));
  };
  for (std::size_t at = 0; at <= plot.history.size(); ++at) {
    // A month that is not known breaks the line.
    if (at == plot.history.size() || std::isnan(plot.history[at])) {
      stroke(known, kGreen, 1.8);
      known.clear();
    } else {
      known.emplace_back(x_of(plot.history_first + static_cast<double>(at)), y_of(plot.history[at]));
    }
  }
  stroke(plain, kSoft, 1.4, R"(stroke-dasharray="2 3")");
  stroke(median, kBrass, 2.2);

  struct Key {
    std::string words;
    const char* colour;
    const char* opacity;
    const char* dash;
  };
  const std::array<Key, 6> keys = {{{messages.say("observed"), kGreen, nullptr, ""},
                                    {messages.say("median of the forecast"), kBrass, nullptr, ""},
                                    {messages.say("half of the cases"), kBrass, "0.62", ""},
                                    {messages.say("nine in ten cases"), kBrass, "0.22", ""},
                                    {messages.say("plain benchmark"), kSoft, nullptr, "2 3"},
                                    {messages.say("threshold"), kAlarm, nullptr, "5 4"}}};
  double along = kStart;
  for (const Key& key : keys) {
    if (key.opacity != nullptr) {
      sheet.raw(fmt::format(
          R"(<rect x="{:.1f}" y="{:.1f}" width="20" height="10" fill="{}" fill-opacity="{}"/>)",
          std::min(sheet.across(along), sheet.across(along + 20)), bottom + 30, key.colour, key.opacity));
    } else {
      sheet.line(along, bottom + 35, along + 20, bottom + 35, key.colour, 2,
                 *key.dash == '\0' ? "" : fmt::format("stroke-dasharray=\"{}\"", key.dash).c_str());
    }
    sheet.text(along + 25, bottom + 39, key.words, Anchor::start, 11);
    along += 38 + 5.8 * static_cast<double>(to_utf32(key.words).size());
  }
  sheet.text(kStart - 8, sheet.top() - 2, messages.say("deaths a month, logarithmic scale"), Anchor::start,
             11, kSoft);

  const FanPlot::Band& end = plot.bands.back();
  return sheet.finish(with_digits(
      messages.say(fmt::format(
          "Deaths a month from {} to {}; in the last month the median is {} and nine in ten cases "
          "lie between {} and {}.",
          events::to_text(plot.forecast_first), events::to_text(last), std::round(end.q50),
          std::round(end.q05), std::round(end.q95))),
      language));
}

Outlines Outlines::load(const std::filesystem::path& data_folder) {
  const Table table = Table::read(data_folder / "outlines.tsv");
  const std::size_t id = table.column("id"), outline = table.column("outline");
  Outlines out;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    auto& rings = out.countries[std::string(table.cell(row, id))];
    for (std::string_view ring : split_values(table.cell(row, outline))) {
      std::vector<Point>& points = rings.emplace_back();
      while (!ring.empty()) {
        const std::size_t end = std::min(ring.find(','), ring.size());
        const std::string_view pair = ring.substr(0, end);
        int longitude = 0, latitude = 0;
        const auto first = std::from_chars(pair.data(), pair.data() + pair.size(), longitude);
        const bool parted =
            first.ec == std::errc() && first.ptr != pair.data() + pair.size() && *first.ptr == ' ';
        const auto second =
            parted ? std::from_chars(first.ptr + 1, pair.data() + pair.size(), latitude) : first;
        if (!parted || second.ec != std::errc() || second.ptr != pair.data() + pair.size() ||
            std::abs(longitude) > 720 || std::abs(latitude) > 360)
          throw Error(ErrorKind::invalid_input, table.name() + ", line " +
                                                    std::to_string(table.line_of(row)) + ": \"" +
                                                    std::string(pair) + "\" is no point");
        points.push_back({static_cast<float>(longitude) / 4, static_cast<float>(latitude) / 4});
        ring.remove_prefix(std::min(end + 1, ring.size()));
      }
    }
  }
  return out;
}

std::string map_svg(const MapPlot& plot, const Outlines& outlines, Language language,
                    const Messages& messages) {
  constexpr double kPlotHeight = 420;
  Sheet sheet(language, plot.words, kPlotHeight);
  const Projection project{.scale = 152, .middle_x = kWidth / 2, .middle_y = sheet.top() + 218};
  const auto fill_of = [&](const std::string& id) {
    const auto found = plot.values.find(id);
    return found == plot.values.end() || !found->second.probability ? kLand
                                                                    : colour_of(*found->second.probability);
  };
  const auto said_of = [&](const MapPlot::Value& value) {
    return value.name + ": " +
           (value.probability ? percent_text(*value.probability, language) : messages.say("not forecast")) +
           (value.warned ? ", " + messages.say("warning") : "");
  };
  std::string marks;
  std::size_t warned = 0;
  for (const auto& [id, rings] : outlines.countries) {
    std::string path;
    for (const auto& ring : rings) {
      bool first = true;
      for (const Outlines::Point& point : ring) {
        const auto [x, y] = project(point.longitude, point.latitude);
        path += fmt::format("{}{:.1f} {:.1f}", first ? "M" : "L", x, y);
        first = false;
      }
      path += "Z";
    }
    const auto found = plot.values.find(id);
    const std::string about =
        found == plot.values.end() ? "" : "<title>" + escaped(said_of(found->second)) + "</title>";
    sheet.raw(fmt::format(R"(<path d="{}" fill="{}" stroke="#a49d88" stroke-width="0.5">{}</path>)", path,
                          fill_of(id), about));
  }
  for (const auto& [id, value] : plot.values) {
    if (value.warned) ++warned;
    const auto shape = outlines.countries.find(id);
    double longitude = value.longitude, latitude = value.latitude;
    if (longitude == 0 && latitude == 0 && shape != outlines.countries.end()) {
      // The middle of its largest ring, which comes first.
      for (const auto& point : shape->second.front()) {
        longitude += point.longitude / static_cast<double>(shape->second.front().size());
        latitude += point.latitude / static_cast<double>(shape->second.front().size());
      }
    }
    const bool small = shape == outlines.countries.end();
    if ((!small && !value.warned) || (longitude == 0 && latitude == 0)) continue;
    const auto [x, y] = project(longitude, latitude);
    if (small)
      sheet.raw(fmt::format(
          R"(<circle cx="{:.1f}" cy="{:.1f}" r="3" fill="{}" stroke="#a49d88" stroke-width="0.5"><title>{}</title></circle>)",
          x, y, fill_of(id), escaped(said_of(value))));
    if (value.warned)
      marks += fmt::format(
          "<path d=\"M{:.1f} {:.1f}l5 9h-10z\" fill=\"{}\" stroke=\"{}\" "
          "stroke-width=\"1.2\"><title>{}</title></path>\n",
          x, y - 5, kInk, kPaper, escaped(said_of(value)));
  }
  sheet.raw(marks);
  // The key: the ramp with the share at which each step begins.
  const double y = sheet.top() + kPlotHeight - 26;
  sheet.text(24, y - 8, with_digits(plot.legend, language), Anchor::start, 12);
  double along = 24;
  for (const auto& [from, colour] : kRamp) {
    sheet.raw(fmt::format(
        R"(<rect x="{:.1f}" y="{:.1f}" width="52" height="12" fill="{}" stroke="#a49d88" stroke-width="0.5"/>)",
        std::min(sheet.across(along), sheet.across(along + 52)), y, colour));
    sheet.text(along + 2, y + 24, percent_text(from, language), Anchor::start, 11, kSoft);
    along += 52;
  }
  along += 24;
  sheet.raw(
      fmt::format(R"(<path d="M{:.1f} {:.1f}l5 9h-10z" fill="{}"/>)", sheet.across(along), y + 1, kInk));
  sheet.text(along + 12, y + 11, messages.say("warning"), Anchor::start, 11);
  along += 36 + 6.6 * static_cast<double>(to_utf32(messages.say("warning")).size());
  sheet.raw(fmt::format(
      R"(<rect x="{:.1f}" y="{:.1f}" width="20" height="12" fill="{}" stroke="#a49d88" stroke-width="0.5"/>)",
      std::min(sheet.across(along), sheet.across(along + 20)), y, kLand));
  sheet.text(along + 26, y + 11, messages.say("not forecast"), Anchor::start, 11);
  return sheet.finish(
      with_digits(messages.say(fmt::format("A map of the world with {} countries; warnings: {}.",
                                           plot.values.size(), warned)),
                  language));
}

std::string reliability_svg(const ReliabilityPlot& plot, Language language, const Messages& messages) {
  constexpr double kPlotHeight = 418, kStart = 90, kSide = 360;
  Sheet sheet(language, plot.words, kPlotHeight);
  const double bottom = sheet.top() + 10 + kSide;
  const auto x_of = [&](double part) { return kStart + kSide * part; };
  const auto y_of = [&](double part) { return bottom - kSide * part; };
  for (int tenth = 0; tenth <= 10; tenth += 2) {
    const double part = tenth / 10.0;
    sheet.line(kStart, y_of(part), kStart + kSide, y_of(part), kRule);
    sheet.line(x_of(part), bottom, x_of(part), bottom - kSide, kRule);
    sheet.text(kStart - 8, y_of(part) + 4, percent_text(part, language), Anchor::end, 11, kSoft);
    sheet.text(x_of(part), bottom + 16, percent_text(part, language), Anchor::middle, 11, kSoft);
  }
  sheet.line(x_of(0), y_of(0), x_of(1), y_of(1), kSoft, 1, R"(stroke-dasharray="4 4")");
  std::size_t most = 1;
  for (const auto& bin : plot.bins) most = std::max(most, bin.count);
  const auto draw = [&](const std::vector<ReliabilityPlot::Bin>& bins, const char* colour, bool filled) {
    std::vector<std::pair<double, double>> points;
    for (const auto& bin : bins) {
      if (bin.count > 0) points.emplace_back(x_of(bin.probability), y_of(bin.happened));
    }
    if (points.size() > 1)
      sheet.raw(fmt::format(R"(<path d="{}" fill="none" stroke="{}" stroke-width="1.6" {}/>)",
                            sheet.path(points), colour, filled ? "" : "stroke-dasharray=\"2 3\""));
    for (const auto& bin : bins) {
      if (bin.count == 0) continue;
      // The area says how many cases the point rests on.
      const double radius =
          filled ? 4 + 10 * std::sqrt(static_cast<double>(bin.count) / static_cast<double>(most)) : 3;
      sheet.raw(fmt::format(
          R"(<circle cx="{:.1f}" cy="{:.1f}" r="{:.1f}" fill="{}" fill-opacity="{}" stroke="{}"><title>{}</title></circle>)",
          sheet.across(x_of(bin.probability)), y_of(bin.happened), radius, colour, filled ? "0.45" : "0",
          colour,
          escaped(
              with_digits(messages.say(fmt::format("said {}, happened {}, cases {}",
                                                   percent_text(bin.probability, Language::english),
                                                   percent_text(bin.happened, Language::english), bin.count)),
                          language))));
    }
  };
  draw(plot.benchmark, kSoft, false);
  draw(plot.bins, kGreen, true);
  sheet.text(kStart + kSide / 2, bottom + 36, messages.say("probability that was said"), Anchor::middle, 12,
             kSoft);
  sheet.text(kStart - 8, sheet.top() - 2, messages.say("share of cases in which it happened"), Anchor::start,
             12, kSoft);
  const double beside = kStart + kSide + 36;
  double y = sheet.top() + 30;
  sheet.raw(
      fmt::format(R"(<circle cx="{:.1f}" cy="{:.1f}" r="6" fill="{}" fill-opacity="0.45" stroke="{}"/>)",
                  sheet.across(beside), y - 4, kGreen, kGreen));
  sheet.text(beside + 14, y, messages.say("these forecasts; larger: more cases"), Anchor::start, 12);
  y += 24;
  if (!plot.benchmark.empty()) {
    sheet.raw(fmt::format(R"(<circle cx="{:.1f}" cy="{:.1f}" r="3" fill="none" stroke="{}"/>)",
                          sheet.across(beside), y - 4, kSoft));
    sheet.text(beside + 14, y, messages.say("plain benchmark"), Anchor::start, 12);
    y += 24;
  }
  sheet.line(beside - 8, y - 4, beside + 8, y - 4, kSoft, 1, R"(stroke-dasharray="4 4")");
  sheet.text(beside + 14, y, messages.say("what is said is what happens"), Anchor::start, 12);
  std::size_t cases = 0;
  for (const auto& bin : plot.bins) cases += bin.count;
  return sheet.finish(with_digits(
      messages.say(fmt::format(
          "How often what was forecast happened, by the probability that was said; cases: {}.", cases)),
      language));
}

}  // namespace mithaq::service
