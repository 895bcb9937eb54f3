// Warnings from data that are known beforehand: who is warned of, what becomes of it, and what the program
// refuses.
#include "service/early_warning.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>

#include "base/error.hpp"
#include "service/export_table.hpp"
#include "service/made_vintage.hpp"
#include "service/read_documents.hpp"

namespace mithaq::service {
namespace {

using events::month_of;
using forecast::Outcome;
using nlohmann::ordered_json;

class EarlyWarningTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(::testing::TempDir()) / ("mithaq-warning-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
    workspace_ = std::make_unique<Workspace>(options());
    workspace_->record_to_write();
    keep_vintage(*workspace_, made_vintage("made-1", month_of(2008, 1), month_of(2019, 12)), false);
  }
  void TearDown() override {
    workspace_.reset();
    std::filesystem::remove_all(folder_);
  }
  WorkspaceOptions options() {
    static const auto lexicon = std::make_shared<const reader::Lexicon>(reader::Lexicon::load(test::data()));
    WorkspaceOptions options{.record = folder_ / "record.mithaq",
                             .data = test::data(),
                             .clock = [this] { return std::chrono::sys_days(today_); },
                             .lexicon = lexicon,
                             .key = folder_ / "key"};
    return options;
  }
  const MadeForecast& made(const std::string& vintage = "made-1", events::Month origin = 0) {
    if (!library_) library_ = std::make_unique<ForecastLibrary>(options(), quick_settings());
    made_.push_back(library_->make(*workspace_, {.vintage = vintage, .origin = origin}));
    return *made_.back();
  }
  std::size_t issue(const MadeForecast& forecast, const WarningQuestion& question, bool past) {
    const auto acts = warnings_to_issue(*workspace_, forecast, question, {.by = "tester"}, past);
    if (!acts.empty()) workspace_->record_to_write().append(acts);
    return acts.size();
  }
  std::size_t score() {
    const auto acts = warnings_to_score(*workspace_);
    if (!acts.empty()) workspace_->record_to_write().append(acts);
    return acts.size();
  }

  std::chrono::year_month_day today_{std::chrono::year{2020}, std::chrono::month{2}, std::chrono::day{10}};
  std::filesystem::path folder_{};
  std::unique_ptr<Workspace> workspace_{};
  std::unique_ptr<ForecastLibrary> library_{};
  std::vector<std::shared_ptr<const MadeForecast>> made_{};
};

TEST_F(EarlyWarningTest, CallsOldDataAProjectionEverywhere) {
  const MadeForecast& now = made();
  const auto age = [&] { return age_of(now.vintage, now.forecast().origin, options().clock); };
  EXPECT_EQ(age().months, 2);
  EXPECT_TRUE(age().is_forecast);
  today_ = std::chrono::year{2020} / 6 / 30;
  EXPECT_EQ(age().months, 6);
  EXPECT_TRUE(age().is_forecast) << "at the limit";
  today_ = std::chrono::year{2020} / 7 / 1;
  EXPECT_EQ(age().months, 7);
  EXPECT_FALSE(age().is_forecast);
  for (const Language language : {Language::arabic, Language::english, Language::russian}) {
    const std::string said = workspace_->knowledge().in(language).say(age().said);
    for (const ordered_json& answer : {warnings_answer(*workspace_, now, {}, 0, 10, language),
                                       warning_map_answer(*workspace_, now, language),
                                       country_forecast_answer(*workspace_, now, "MLI", {}, language),
                                       forecast_scores_answer(*workspace_, now, language)}) {
      EXPECT_EQ(answer["forecast"]["said"], said);
      EXPECT_EQ(answer["forecast"]["is_forecast"], false);
    }
    for (const ForecastFormat format :
         {ForecastFormat::csv, ForecastFormat::hxl, ForecastFormat::json, ForecastFormat::geojson}) {
      for (const char* what : {"forecast", "warnings"})
        EXPECT_NE(forecast_export(*workspace_, now, what, format, {}, language).find(said), std::string::npos)
            << what;
    }
    if (language != Language::english) {
      EXPECT_NE(said, age().said);
    }
  }
  // A look back is none either, however new the data.
  today_ = std::chrono::year{2020} / 1 / 15;
  EXPECT_FALSE(age_of(now.vintage, month_of(2018, 10), options().clock).is_forecast);
  today_ = std::chrono::year{2019} / 1 / 15;
  EXPECT_FALSE(age().is_forecast) << "months that have not come";
}

TEST_F(EarlyWarningTest, IssuesNothingFromOldDataUnlessToldTo) {
  const MadeForecast& now = made();
  today_ = std::chrono::year{2021} / 1 / 1;
  try {
    issue(now, {.condition = "at_least_25"}, false);
    FAIL() << "issued";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::conflict);
    EXPECT_NE(workspace_->knowledge().in(Language::arabic).say(error.what()), error.what());
  }
  EXPECT_TRUE(issued_warnings(*workspace_).empty());
  EXPECT_GT(issue(now, {.condition = "at_least_25"}, true), 0u);
  for (const IssuedWarning& each : issued_warnings(*workspace_)) EXPECT_TRUE(each.retrospective);
}

TEST_F(EarlyWarningTest, WarnsWhereItIsLikelyAndNowhereElse) {
  const ordered_json answer =
      warnings_answer(*workspace_, made(), {.condition = "at_least_25"}, 0, 100, Language::english);
  std::set<std::string> given;
  double before = 2;
  for (const ordered_json& each : answer["warnings"]) {
    const double probability = each["probability"];
    EXPECT_LE(probability, before + 2 * !each["given"].get<bool>()) << "by probability";
    before = probability;
    if (each["given"].get<bool>()) {
      EXPECT_GE(probability, answer["costs"]["threshold"].get<double>() - 1e-9);
      given.insert(each["unit"]["id"]);
    }
    EXPECT_TRUE(each["benchmark"].is_number());
    EXPECT_TRUE(each["entry"].is_null());
  }
  EXPECT_TRUE(given.contains("MLI")) << "at war in each month";
  EXPECT_TRUE(given.contains("SOM"));
  EXPECT_FALSE(given.contains("GHA")) << "at peace in each month";
  EXPECT_EQ(answer["total"], 12);
  ASSERT_EQ(answer["track_record"].size(), 1u);
  EXPECT_GT(answer["track_record"][0]["hits"], 0);
  EXPECT_FALSE(answer["track_record"][0]["said"].get<std::string>().empty());
  // A cheaper false alarm gives more warnings, never fewer.
  const auto count = [&](double cost) {
    std::size_t out = 0;
    for (const auto& each : *made().warnings(3, cost)) out += each.given ? 1 : 0;
    return out;
  };
  EXPECT_GE(count(0.05), count(0.33));
  EXPECT_GE(count(0.33), count(3));
}

TEST_F(EarlyWarningTest, RefusesQuestionsThatMakeNoSense) {
  const MadeForecast& now = made();
  const auto kind = [&](const WarningQuestion& question) {
    try {
      warnings_answer(*workspace_, now, question, 0, 10, Language::english);
    } catch (const Error& error) {
      return error.kind();
    }
    return ErrorKind::bug;
  };
  EXPECT_EQ(kind({.condition = "peace"}), ErrorKind::invalid_input);
  EXPECT_EQ(kind({.within = 0}), ErrorKind::invalid_input);
  EXPECT_EQ(kind({.within = 13}), ErrorKind::invalid_input);
  EXPECT_EQ(kind({.false_alarm = 0}), ErrorKind::invalid_input);
  EXPECT_EQ(kind({.false_alarm = std::nan("")}), ErrorKind::invalid_input);
  EXPECT_EQ(kind({.place = "Atlantis"}), ErrorKind::not_found);
  EXPECT_EQ(kind({.place = "France"}), ErrorKind::not_found) << "not in these data";
}

TEST_F(EarlyWarningTest, ScoresWhatItIssuedWhenTheMonthsHavePassed) {
  const MadeForecast& now = made();
  const std::size_t issued = issue(now, {.condition = "at_least_25"}, false);
  ASSERT_GT(issued, 0u);
  EXPECT_EQ(issue(now, {.condition = "at_least_25"}, false), 0u) << "each warning stands once";
  EXPECT_EQ(score(), 0u) << "its months have not passed";
  const auto entries =
      warnings_answer(*workspace_, now, {.condition = "at_least_25"}, 0, 100, Language::english);
  EXPECT_EQ(entries["warnings"][0]["entry"], issued_warnings(*workspace_)[0].entry);

  // Data come in: Benin had no deaths for years, and then 40 a month, of which nobody warned.
  keep_vintage(*workspace_, made_vintage("made-2", month_of(2008, 1), month_of(2020, 6), month_of(2020, 2)),
               false);
  EXPECT_GT(score(), issued - 1);
  EXPECT_EQ(score(), 0u) << "each is scored once";
  std::set<std::string> hits, missed;
  for (const IssuedWarning& each : issued_warnings(*workspace_)) {
    EXPECT_NE(each.outcome, Outcome::pending);
    EXPECT_EQ(each.judged_by, "made-2");
    if (each.outcome == Outcome::hit) {
      hits.insert(each.unit);
      ASSERT_TRUE(each.lead_months);
      EXPECT_GE(*each.lead_months, 1);
      EXPECT_LE(*each.lead_months, 3);
    }
    if (each.outcome == Outcome::miss) missed.insert(each.unit);
  }
  EXPECT_TRUE(hits.contains("MLI"));
  EXPECT_TRUE(missed.contains("BEN"));
  EXPECT_FALSE(missed.contains("GHA"));
  const ordered_json record = warning_record_answer(*workspace_, Language::english);
  ASSERT_EQ(record["track_record"].size(), 1u);
  EXPECT_EQ(record["track_record"][0]["hits"], hits.size());
  EXPECT_EQ(record["track_record"][0]["misses"], missed.size());
  EXPECT_EQ(record["track_record"][0]["retrospective"], false);
}

TEST_F(EarlyWarningTest, ScoresALookBackAtOnce) {
  const MadeForecast& then = made("made-1", month_of(2018, 10));
  const std::size_t issued = issue(then, {.condition = "at_least_25"}, true);
  ASSERT_GT(issued, 0u);
  EXPECT_GE(score(), issued);
  for (const IssuedWarning& each : issued_warnings(*workspace_)) {
    EXPECT_TRUE(each.retrospective);
    EXPECT_NE(each.outcome, Outcome::pending);
  }
}

// What restricted data know is not told of a warning that more people see.
TEST_F(EarlyWarningTest, JudgesByDataThatAllItsReadersMaySee) {
  issue(made(), {.condition = "at_least_25"}, false);
  NewVintage restricted = made_vintage("secret", month_of(2008, 1), month_of(2020, 6));
  restricted.info.handling = {.tlp = document::Tlp::amber, .recipients = {"KAZ"}};
  keep_vintage(*workspace_, std::move(restricted), false);
  EXPECT_EQ(score(), 0u);
  keep_vintage(*workspace_, made_vintage("open", month_of(2008, 1), month_of(2020, 6)), false);
  EXPECT_GT(score(), 0u);
}

TEST_F(EarlyWarningTest, ShowsAWarningToWhoMaySeeItsData) {
  NewVintage restricted = made_vintage("secret", month_of(2008, 1), month_of(2019, 12));
  restricted.info.handling = {.tlp = document::Tlp::amber, .recipients = {"KAZ"}};
  keep_vintage(*workspace_, std::move(restricted), false);
  ASSERT_GT(issue(made("secret"), {.condition = "at_least_25"}, false), 0u);
  EXPECT_FALSE(issued_warnings(*workspace_).empty());
  workspace_->record_to_write().view().look_as(record::Sight::of({document::Handling{}}, ""));
  EXPECT_TRUE(issued_warnings(*workspace_).empty());
  EXPECT_EQ(warning_record_answer(*workspace_, Language::english)["warnings"].size(), 0u);
}

TEST_F(EarlyWarningTest, SaysWhyWithPastCasesAndDocuments) {
  read_documents(*workspace_, {.paths = {test::project() / "examples"}});
  for (const Language language : {Language::arabic, Language::english, Language::russian}) {
    const ordered_json answer = country_forecast_answer(*workspace_, made(), "مالي", {}, language);
    EXPECT_EQ(answer["unit"]["id"], "MLI");
    EXPECT_EQ(answer["history"].size(), 120u);
    EXPECT_TRUE(answer["history"].back()["non_state"].is_null()) << "not known";
    ASSERT_EQ(answer["fan"].size(), 12u);
    for (const ordered_json& month : answer["fan"]) {
      EXPECT_LE(month["q05"], month["q25"]);
      EXPECT_LE(month["q25"], month["q50"]);
      EXPECT_LE(month["q50"], month["q75"]);
      EXPECT_LE(month["q75"], month["q95"]);
      EXPECT_GE(month["any"], month["p25"]);
      EXPECT_GE(month["p25"], month["p100"]);
      EXPECT_TRUE(month["observed"].is_null());
    }
    const ordered_json& reasons = answer["reasons"];
    EXPECT_FALSE(reasons["influences"].empty());
    EXPECT_FALSE(reasons["like"].empty());
    for (const char* list : {"influences", "like"}) {
      for (const ordered_json& each : reasons[list]) {
        const std::string said = each["said"];
        EXPECT_FALSE(said.empty());
        if (language != Language::english) {
          EXPECT_EQ(said.find("months"), std::string::npos) << said << " is not said in this language";
        }
      }
    }
  }
  // Documents that speak of a place of the data: newest first, at most ten, each once.
  const ordered_json about =
      country_forecast_answer(*workspace_, made(), "SOM", {}, Language::english)["documents"];
  EXPECT_LE(about.size(), 10u);
}

TEST_F(EarlyWarningTest, WritesFilesThatOtherProgramsRead) {
  const std::string csv =
      forecast_export(*workspace_, made(), "forecast", ForecastFormat::hxl, {}, Language::english);
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < csv.size();) {
    const std::size_t end = csv.find("\r\n", at);
    ASSERT_NE(end, std::string::npos);
    lines.push_back(csv.substr(at, end - at));
    at = end + 2;
  }
  ASSERT_EQ(lines.size(), 2 + 12u * 12u);
  EXPECT_TRUE(lines[0].starts_with("code,country,month,mean,")) << lines[0];
  EXPECT_TRUE(lines[1].starts_with("#country+code+v_iso3,")) << lines[1];
  const ordered_json geo = ordered_json::parse(
      forecast_export(*workspace_, made(), "warnings", ForecastFormat::geojson, {}, Language::arabic));
  EXPECT_EQ(geo["type"], "FeatureCollection");
  ASSERT_FALSE(geo["features"].empty());
  for (const ordered_json& feature : geo["features"]) {
    EXPECT_EQ(feature["type"], "Feature");
    EXPECT_TRUE(feature.contains("geometry"));
    EXPECT_TRUE(feature["properties"]["probability"].is_number());
  }
  EXPECT_THROW(forecast_export(*workspace_, made(), "everything", ForecastFormat::csv, {}, Language::english),
               Error);
}

TEST_F(EarlyWarningTest, SaysItsActsInOneLine) {
  issue(made(), {.condition = "at_least_25"}, false);
  const record::SqlStore& store = workspace_->record();
  const auto acts = store.view().acts("warning.");
  ASSERT_FALSE(acts.empty());
  const record::Body body =
      record::body_from_json(record::EntryKind::act, *store.entry(acts.front().seq).body);
  const auto& act = std::get<record::ActBody>(body);
  EXPECT_NE(warning_act_summary(*workspace_, act, Language::english).find("early warning: "),
            std::string::npos);
  EXPECT_NE(warning_act_summary(*workspace_, act, Language::arabic).find("إنذار مبكر"), std::string::npos);
  EXPECT_EQ(warning_act_summary(*workspace_, {.type = "session.opened", .json = "{}"}, Language::english),
            "");
  EXPECT_TRUE(warning_act_handling(act)->is_public());
  EXPECT_FALSE(warning_act_handling({.type = "session.opened", .json = "{}"}));
}

// Acts of another hand may hold anything.
TEST_F(EarlyWarningTest, PassesOverActsThatAreNotItsOwn) {
  const std::vector<record::Body> strange = {
      record::ActBody{.type = "warning.issued", .json = "[]"},
      record::ActBody{.type = "warning.issued", .json = R"({"unit":"MLI"})"},
      record::ActBody{.type = "warning.scored", .json = R"({"warning":999})"},
      record::ActBody{.type = "warning.other", .json = "{}"}};
  workspace_->record_to_write().append(strange);
  EXPECT_TRUE(issued_warnings(*workspace_).empty());
  EXPECT_EQ(score(), 0u);
}

}  // namespace
}  // namespace mithaq::service
