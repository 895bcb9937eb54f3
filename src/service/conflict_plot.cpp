#include "service/conflict_plot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "service/svg_text.hpp"

namespace mithaq::service {

namespace {

constexpr double kWidth = 900, kHeight = 420;  // of the plot itself, in pixels
constexpr double kLeft = 60, kTop = 70, kRight = 30, kLine = 18;
constexpr std::size_t kLineCharacters = 120;  // of the text beneath

}  // namespace

std::string share_svg(Workspace& workspace, const ConflictShare& share, Language language) {
  const Messages& messages = workspace.knowledge().in(language);
  const bool rtl = language == Language::arabic;
  const std::string organization = workspace.name_of(share.organization, language);
  const std::string title =
      messages.say(fmt::format("Share of the world's conflicts and deaths in members of {}", organization));
  std::vector<std::string> notes = wrapped(
      with_digits(definition_text(share.table, share.rules, share.without_suspended, messages), language),
      kLineCharacters);
  for (const std::string& line :
       wrapped(messages.say("Source:") + " " + source_text(share.table), kLineCharacters))
    notes.push_back(line);
  notes.push_back(share.query);
  const double height = kTop + kHeight + 50 + kLine * static_cast<double>(notes.size());
  const int first = share.years.empty() ? 0 : share.years.front().year;
  const int last = share.years.empty() ? 1 : std::max(share.years.back().year, first + 1);
  const double width = kLeft + kWidth + kRight;
  const auto x = [&](int year) {
    const double part = static_cast<double>(year - first) / (last - first);
    return kLeft + (rtl ? 1 - part : part) * kWidth;
  };
  const auto y = [](double value) { return kTop + (1 - value) * kHeight; };

  std::string out = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {:.0f} {:.0f}\" role=\"img\" lang=\"{}\" "
      "direction=\"{}\" font-family=\"sans-serif\" font-size=\"13\">\n<title>{}</title>\n<desc>{}</desc>\n"
      "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n",
      width, height,
      rtl                             ? "ar"
      : language == Language::russian ? "ru"
                                      : "en",
      rtl ? "rtl" : "ltr", escaped(title),
      escaped(definition_text(share.table, share.rules, share.without_suspended, messages)));
  out += fmt::format("<text x=\"{:.0f}\" y=\"24\" font-size=\"17\" text-anchor=\"start\">{}</text>\n",
                     rtl ? width - kRight : kLeft, escaped(title));
  for (int step = 0; step <= 5; ++step) {
    const double value = step / 5.0;
    out += fmt::format(
        "<line x1=\"{0:.0f}\" y1=\"{1:.1f}\" x2=\"{2:.0f}\" y2=\"{1:.1f}\" stroke=\"#ddd\"/>"
        "<text x=\"{3:.0f}\" y=\"{4:.1f}\" direction=\"ltr\" text-anchor=\"end\">{5} %</text>\n",
        kLeft, y(value), kLeft + kWidth, kLeft - 8, y(value) + 4,
        with_digits(std::to_string(step * 20), language));
  }
  const int every = std::max(1, (last - first) / 10);
  for (int year = first; year <= last; year += every)
    out += fmt::format("<text x=\"{:.1f}\" y=\"{:.0f}\" direction=\"ltr\" text-anchor=\"middle\">{}</text>\n",
                       x(year), kTop + kHeight + 20, with_digits(std::to_string(year), language));

  const auto line = [&](const char* colour, const char* dashes, const char* name, double legend,
                        const auto& value_of) {
    std::string path;
    bool pen_down = false;
    for (const conflicts::ShareYear& year : share.years) {
      const std::optional<double> value =
          year.months == 12 && year.unknown_months == 0 ? value_of(year) : std::nullopt;
      if (!value) {
        pen_down = false;
        continue;
      }
      path += fmt::format("{}{:.1f},{:.1f}", pen_down ? "L" : "M", x(year.year), y(*value));
      out += fmt::format(
          "<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"3\" fill=\"{}\"><title>{}: {:.1f} %</title></circle>\n",
          x(year.year), y(*value), colour, year.year, *value * 100);
      pen_down = true;
    }
    if (!path.empty())
      out += fmt::format("<path d=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"2\"{}/>\n", path, colour,
                         dashes);
    const double at = rtl ? width - kRight - legend : kLeft + legend;
    out += fmt::format(
        "<line x1=\"{0:.0f}\" y1=\"46\" x2=\"{1:.0f}\" y2=\"46\" stroke=\"{2}\" stroke-width=\"2\"{3}/>"
        "<text x=\"{4:.0f}\" y=\"50\" text-anchor=\"start\">{5}</text>\n",
        at, at + (rtl ? -30 : 30), colour, dashes, at + (rtl ? -36 : 36), escaped(messages.say(name)));
  };
  line("#1f5fa8", "", "of conflicts", 0,
       [](const conflicts::ShareYear& year) { return year.share_conflicts(); });
  line("#a8431f", " stroke-dasharray=\"6 4\"", "of deaths", 200,
       [](const conflicts::ShareYear& year) { return year.share_deaths(); });
  for (const ShareClaim& claim : share.claims) {
    if (claim.year < first || claim.year > last) continue;
    out += fmt::format(
        "<path d=\"M{0:.1f},{1:.1f}l6,6l-6,6l-6,-6z\" fill=\"#fff\" "
        "stroke=\"#000\"><title>{2}</title></path>\n",
        x(claim.year), y(claim.share) - 6,
        escaped(messages.say(fmt::format(
            "Statement {} says {} per cent: {}", claim.statement.seq, claim.statement.value,
            claim.statement.citation.document_name + " ¶" + claim.statement.citation.paragraph))));
  }
  double at = kTop + kHeight + 48;
  for (const std::string& note : notes) {
    const bool command = &note == &notes.back();
    out += fmt::format(
        "<text x=\"{:.0f}\" y=\"{:.0f}\" font-size=\"12\" fill=\"#444\"{} text-anchor=\"start\">{}</text>\n",
        rtl && !command ? width - kRight : kLeft, at, command ? " direction=\"ltr\"" : "", escaped(note));
    at += kLine;
  }
  return out + "</svg>\n";
}

}  // namespace mithaq::service
