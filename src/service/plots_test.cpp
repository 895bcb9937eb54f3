#include "service/plots.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <pugixml.hpp>
#include <set>

#include "base/error.hpp"
#include "base/table.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::service {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

FanPlot fan() {
  FanPlot plot{
      .words = {.title = "مالي", .note = "<script>alert(1)</script> & \"more\"", .source = "UCDP GED 23.1"},
      .history_first = events::month_of(2022, 1),
      .forecast_first = events::month_of(2023, 1)};
  for (int month = 0; month < 12; ++month) plot.history.push_back(month == 5 ? kUnknown : 20.0 * month);
  for (int month = 0; month < 36; ++month)
    plot.bands.push_back({.q05 = 1, .q25 = 10, .q50 = 40, .q75 = 100, .q95 = 400.0 + month});
  plot.benchmark.assign(36, 60);
  return plot;
}

const Messages& messages_in(Language language) {
  static const Messages arabic = Messages::load(test::data(), Language::arabic);
  static const Messages russian = Messages::load(test::data(), Language::russian);
  static const Messages english = Messages::load(test::data(), Language::english);
  return language == Language::arabic ? arabic : language == Language::russian ? russian : english;
}

// The plot as XML that is well formed; also left in $MITHAQ_PLOTS for a person to look at.
pugi::xml_document parsed(const std::string& svg, const std::string& name) {
  if (const char* folder = std::getenv("MITHAQ_PLOTS"); folder != nullptr)
    std::ofstream(std::string(folder) + "/" + name + ".svg") << svg;
  pugi::xml_document document;
  EXPECT_TRUE(document.load_string(svg.c_str())) << name;
  EXPECT_STRNE(document.child("svg").child_value("title"), "");
  EXPECT_STRNE(document.child("svg").child_value("desc"), "");
  EXPECT_STREQ(document.child("svg").attribute("role").value(), "img");
  return document;
}

double x_of_text(const pugi::xml_document& document, const std::string& text) {
  for (const pugi::xml_node node : document.child("svg").children("text")) {
    if (node.text().get() == text) return node.attribute("x").as_double();
  }
  ADD_FAILURE() << "nowhere is " << text;
  return 0;
}

TEST(FanSvg, RunsAsItsLanguageDoes) {
  const auto english = parsed(fan_svg(fan(), Language::english, messages_in(Language::english)), "fan.en");
  const auto arabic = parsed(fan_svg(fan(), Language::arabic, messages_in(Language::arabic)), "fan.ar");
  EXPECT_STREQ(english.child("svg").attribute("direction").value(), "ltr");
  EXPECT_STREQ(arabic.child("svg").attribute("direction").value(), "rtl");
  EXPECT_LT(x_of_text(english, "2023"), x_of_text(english, "2025"));
  EXPECT_GT(x_of_text(arabic, "٢٠٢٣"), x_of_text(arabic, "٢٠٢٥")) << "time runs from the right";
  const double width = english.child("svg").attribute("width").as_double();
  EXPECT_NEAR(x_of_text(english, "2024") + x_of_text(arabic, "٢٠٢٤"), width, 0.2);
}

TEST(FanSvg, SaysInArabicAndRussianAllThatItSays) {
  const std::string english = fan_svg(fan(), Language::english, messages_in(Language::english));
  pugi::xml_document document;
  document.load_string(english.c_str());
  std::set<std::string> said = {document.child("svg").child_value("desc")};
  for (const pugi::xml_node node : document.child("svg").children("text")) said.insert(node.text().get());
  std::size_t sentences = 0;
  for (const std::string& each : said) {
    if (each == "مالي" || each.find("UCDP") != std::string::npos ||
        each.find("script") != std::string::npos ||
        each.find_first_of("abcdefghijklmnopqrstuvwxyz") == std::string::npos)
      continue;
    ++sentences;
    EXPECT_NE(messages_in(Language::arabic).say(each), each);
    EXPECT_NE(messages_in(Language::russian).say(each), each);
  }
  EXPECT_GE(sentences, 8u);
}

TEST(FanSvg, ObeysNothingThatStandsInItsWords) {
  const std::string svg = fan_svg(fan(), Language::english, messages_in(Language::english));
  EXPECT_EQ(svg.find("<script"), std::string::npos);
  EXPECT_NE(svg.find("&lt;script&gt;"), std::string::npos);
  EXPECT_EQ(svg.find("href"), std::string::npos) << "nothing is fetched";
}

TEST(FanSvg, BreaksTheLineAtAMonthThatIsNotKnown) {
  FanPlot whole = fan();
  whole.history[5] = 100;
  const auto lines = [](const FanPlot& plot) {
    const std::string svg = fan_svg(plot, Language::english, messages_in(Language::english));
    std::size_t count = 0;
    for (std::size_t at = svg.find("<path"); at != std::string::npos; at = svg.find("<path", at + 1)) ++count;
    return count;
  };
  EXPECT_EQ(lines(fan()), lines(whole) + 1);
}

TEST(Outlines, AreThoseOfListedCountries) {
  const Outlines outlines = Outlines::load(test::data());
  EXPECT_GT(outlines.countries.size(), 170u);
  const Table states = Table::read(test::data() / "states.tsv");
  std::set<std::string> ids;
  for (std::size_t row = 0; row < states.row_count(); ++row) ids.insert(std::string(states.cell(row, "id")));
  for (const auto& [id, rings] : outlines.countries) {
    EXPECT_TRUE(ids.contains(id)) << id;
    ASSERT_FALSE(rings.empty()) << id;
    for (const auto& ring : rings) EXPECT_GE(ring.size(), 3u) << id;
  }
  // Mali lies between 10 and 25 degrees north, 12 west and 4 east.
  for (const auto& point : outlines.countries.at("MLI").front()) {
    EXPECT_TRUE(point.latitude > 9.5F && point.latitude < 25.5F) << point.latitude;
    EXPECT_TRUE(point.longitude > -12.5F && point.longitude < 4.5F) << point.longitude;
  }
}

TEST(Outlines, RefuseWhatIsNoPoint) {
  const std::filesystem::path folder = std::filesystem::path(::testing::TempDir()) / "outlines";
  std::filesystem::create_directories(folder);
  for (const char* wrong : {"1", "1 x", "1 2 3", "1,2", "9999 1", "a b"}) {
    std::ofstream(folder / "outlines.tsv") << "id\toutline\tsource\nMLI\t1 2,3 4," << wrong << "\tx\n";
    EXPECT_THROW(Outlines::load(folder), Error) << wrong;
  }
  std::filesystem::remove_all(folder);
}

MapPlot map() {
  return {
      .words = {.title = "Early warning", .note = "A projection from old data.", .source = "UCDP GED 23.1"},
      .legend = "Probability of at least 25 deaths in a month",
      .values = {{"MLI", {.name = "Mali", .probability = 0.93, .warned = true}},
                 {"NER", {.name = "Niger", .probability = 0.4, .warned = true}},
                 {"DZA", {.name = "Algeria", .probability = 0.02}},
                 {"COM", {.name = "Comoros", .probability = 0.1, .latitude = -12, .longitude = 44}},
                 {"SSD", {.name = "South Sudan", .probability = 0.62}}}};
}

TEST(MapSvg, ColoursCountriesAndIsNeverMirrored) {
  const Outlines outlines = Outlines::load(test::data());
  const std::string english = map_svg(map(), outlines, Language::english, messages_in(Language::english));
  const std::string arabic = map_svg(map(), outlines, Language::arabic, messages_in(Language::arabic));
  const auto document = parsed(english, "map.en");
  parsed(arabic, "map.ar");
  const auto shape = [](const std::string& svg, const std::string& name) {
    const std::size_t title = svg.find("<title>" + name + ": ");
    EXPECT_NE(title, std::string::npos) << name;
    const std::size_t begin = svg.rfind("<path", title);
    return svg.substr(begin, title - begin);
  };
  EXPECT_EQ(shape(english, "Mali"), shape(arabic, "Mali"));
  EXPECT_NE(shape(english, "Mali").find("#6f1a1c"), std::string::npos);
  EXPECT_NE(shape(english, "Algeria").find("#f3efdf"), std::string::npos);
  EXPECT_NE(english.find("<title>Comoros: 10%</title></circle>"), std::string::npos)
      << "too small for a shape";
  EXPECT_NE(english.find("Mali: 93%, warning"), std::string::npos);
}

TEST(ReliabilitySvg, ShowsEachBinThatHasCases) {
  ReliabilityPlot plot{.words = {.title = "Reliability", .note = "x", .source = "y"}};
  for (int tenth = 0; tenth < 10; ++tenth)
    plot.bins.push_back({.count = tenth == 4 ? 0U : 100U / (tenth + 1),
                         .probability = tenth / 10.0 + 0.05,
                         .happened = tenth / 10.0 + 0.02});
  plot.benchmark = {{.count = 10, .probability = 0.5, .happened = 0.3}};
  const auto english =
      parsed(reliability_svg(plot, Language::english, messages_in(Language::english)), "calibration.en");
  parsed(reliability_svg(plot, Language::arabic, messages_in(Language::arabic)), "calibration.ar");
  std::size_t circles = 0;
  for (const pugi::xml_node node : english.child("svg").children("circle"))
    circles += node.child("title") ? 1 : 0;
  EXPECT_EQ(circles, 10u) << "nine of ours and one of the benchmark";
}

TEST(NumberText, IsWrittenAsTheLanguageWritesIt) {
  EXPECT_EQ(number_text(1234567.25, 1, Language::english), "1,234,567.2");
  EXPECT_EQ(number_text(1234.5, 1, Language::arabic), "١٬٢٣٤٫٥");
  EXPECT_EQ(number_text(1234.5, 1, Language::russian), "1\u00A0234,5");
  EXPECT_EQ(number_text(-0.04, 1, Language::english), "0.0");
  EXPECT_EQ(number_text(999, 0, Language::english), "999");
  EXPECT_EQ(percent_text(0.999, Language::english), "99%") << "not certain";
  EXPECT_EQ(percent_text(0.001, Language::arabic), "١٪");
  EXPECT_EQ(percent_text(0, Language::english), "0%");
}

}  // namespace
}  // namespace mithaq::service
