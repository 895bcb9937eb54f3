#include "service/exchanges.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "base/error.hpp"
#include "record/test_record.hpp"
#include "service/convening.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::service {
namespace {

using Json = nlohmann::ordered_json;

class ExchangesService : public ::testing::Test {
 protected:
  Workspace& workspace() {
    if (!workspace_)
      workspace_ = std::make_unique<Workspace>(WorkspaceOptions{
          .record = folder_ / "record.db", .data = test::data(), .clock = [this] { return now_; }});
    return *workspace_;
  }
  ActOutcome act(const char* type, const char* delegation, const char* when, const char* subject,
                 nlohmann::json fields = nlohmann::json::object()) {
    now_ = *parse_instant(when);
    secretariat::Act wanted{.type = type,
                            .stamp = {.actor = {.by = "x", .delegation = delegation}, .subject = subject},
                            .fields = std::move(fields)};
    if (std::string_view(delegation).empty()) wanted.stamp.actor.capacity = acts::Capacity::secretariat;
    return workspace().convening().act(workspace(), wanted, now_);
  }
  ConveningReader as(const char* party, bool sees_all, Language language = Language::english) {
    return {
        .asker = {.party = party},
        .sees = [sees_all](const document::Handling& handling) { return sees_all || handling.is_public(); },
        .language = language,
        .say = [this, language](
                   std::string_view english) { return workspace().knowledge().in(language).say(english); }};
  }
  static const Json& find(const Json& all, const char* key, const std::string& value) {
    for (const Json& each : all)
      if (each.at(key) == value) return each;
    throw Error(ErrorKind::not_found, value);
  }
  static const Json& row_of(const Json& round, const std::string& state) {
    for (const Json& each : round.at("rows"))
      if (each.at("state").at("id") == state) return each;
    throw Error(ErrorKind::not_found, state);
  }

  record::test_record::Folder folder_{};
  Instant now_ = *parse_instant("2026-11-01T00:00:00Z");
  std::unique_ptr<Workspace> workspace_{};
};

TEST_F(ExchangesService, ShowsTheMatrixOfAYear) {
  EXPECT_FALSE(act("exchange.sent", "KAZ", "2026-12-01T09:00:00Z", "aemi-2026", {{"units", 130}}).refusal);
  EXPECT_FALSE(
      act("exchange.corrected", "KAZ", "2026-12-02T09:00:00Z", "aemi-2026", {{"corrects", 1}}).refusal);
  EXPECT_FALSE(act("exchange.sent", "JPN", "2026-12-03T09:00:00Z", "aemi-2026").refusal);
  EXPECT_FALSE(act("exchange.sent", "POL", "2026-12-20T09:00:00Z", "aemi-2026").refusal);
  const Json all = exchanges_json(workspace(), 2026, as("POL", true, Language::arabic));
  const Json aemi = find(all.at("exchanges"), "id", "aemi");
  EXPECT_EQ(aemi.at("name"), "التبادل السنوي للمعلومات العسكرية");
  EXPECT_EQ(aemi.at("due"), "2026-12-15T23:00:00.000Z");
  EXPECT_EQ(aemi.at("due_local").at("local"), "2026-12-15T23:59");
  EXPECT_EQ(aemi.at("rows").size(), 58u);  // 57 participating States and one Partner
  EXPECT_EQ(row_of(aemi, "KAZ").at("status"), "corrected");
  EXPECT_EQ(row_of(aemi, "POL").at("status"), "notified_late");
  EXPECT_EQ(row_of(aemi, "POL").at("state_name"), "أُبلغ متأخرا");
  EXPECT_EQ(row_of(aemi, "JPN").at("status"), "on_time");
  EXPECT_EQ(row_of(aemi, "FRA").at("status"), "missing");
  EXPECT_EQ(aemi.at("missing"), 55);
  EXPECT_EQ(aemi.at("late"), 1);
  EXPECT_THROW(exchanges_json(workspace(), 1066, as("POL", true)), Error);
}

TEST_F(ExchangesService, ShowsEachStateItsOwnAndNobodyMore) {
  act("exchange.sent", "KAZ", "2026-12-01T09:00:00Z", "aemi-2026", {{"units", 130}, {"symbol", "FSC.EMI/7"}});
  act("exchange.sent", "JPN", "2026-12-03T09:00:00Z", "aemi-2026");
  const Json partner = exchange_json(workspace(), "aemi-2026", as("JPN", false));
  ASSERT_EQ(partner.at("rows").size(), 1u);
  EXPECT_EQ(partner.at("rows")[0].at("state").at("id"), "JPN");
  EXPECT_FALSE(partner.contains("sent"));
  EXPECT_EQ(partner.dump().find("FSC.EMI/7"), std::string::npos);
  // The rule itself is for everybody.
  const Json visitor = exchange_json(workspace(), "aemi-2026", as("", false));
  EXPECT_EQ(visitor.at("rows").size(), 0u);
  EXPECT_NE(visitor.at("rule").at("quote").get<std::string>().find("15 December"), std::string::npos);
  // A paper that its State opened to fewer than the exchange: that it is there is told, and nothing of it.
  act("exchange.sent", "FRA", "2026-12-04T09:00:00Z", "aemi-2026",
      {{"symbol", "SECRET/1"}, {"handling", {{"tlp", "TLP:RED"}, {"recipients", {"DEU"}}}}});
  const ConveningReader polish = {
      .asker = {.party = "POL"},
      .sees = [](const document::Handling& handling) { return handling.tlp != document::Tlp::red; },
      .say = [](std::string_view english) { return std::string(english); }};
  const Json seen = exchange_json(workspace(), "aemi-2026", polish);
  EXPECT_EQ(row_of(seen, "FRA").at("status"), "on_time");
  EXPECT_EQ(row_of(seen, "FRA").at("versions")[0].at("shown"), false);
  EXPECT_EQ(seen.dump().find("SECRET/1"), std::string::npos);
}

TEST_F(ExchangesService, OffersWhatTheDeskWouldLetPass) {
  const auto offered = [&](const char* party) {
    std::set<std::string> out;
    const Json round = exchange_json(workspace(), "aemi-2026", as(party, true));
    for (const Json& form : round.at("can")) out.insert(form.at("type").get<std::string>());
    return out;
  };
  using Types = std::set<std::string>;
  EXPECT_EQ(offered("KAZ"), (Types{"exchange.sent", "exchange.nil_reported", "exchange.delay_announced"}));
  EXPECT_EQ(offered("BRA"), Types{});
  act("exchange.sent", "KAZ", "2026-12-01T09:00:00Z", "aemi-2026");
  EXPECT_EQ(offered("KAZ"), Types{"exchange.corrected"});
  EXPECT_TRUE(offered("POL").contains("exchange.clarification_asked"));
  act("exchange.clarification_asked", "POL", "2026-12-02T09:00:00Z", "aemi-2026",
      {{"state", "KAZ"}, {"question", "which?"}});
  EXPECT_TRUE(offered("KAZ").contains("exchange.clarification_answered"));
}

TEST_F(ExchangesService, CountsQuotasAndSaysWhyAVisitIsNotOwed) {
  act("exchange.sent", "POL", "2025-12-01T09:00:00Z", "aemi-2025", {{"units", 61}});
  const auto first = act(
      "exchange.visit_requested", "KAZ", "2026-02-01T00:00:00Z", "",
      {{"kind", "evaluation"}, {"receiving", "POL"}, {"unit", "1st"}, {"enters", "2026-02-07T00:00:00Z"}});
  ASSERT_FALSE(first.refusal) << first.refusal->reason;
  const std::string id = first.done.front().act.stamp.subject;
  EXPECT_FALSE(act("exchange.visit_accepted", "POL", "2026-02-01T10:00:00Z", id.c_str()).refusal);
  const auto second = act(
      "exchange.visit_requested", "KAZ", "2026-03-01T00:00:00Z", "",
      {{"kind", "evaluation"}, {"receiving", "POL"}, {"unit", "2nd"}, {"enters", "2026-03-07T00:00:00Z"}});
  const std::string next = second.done.front().act.stamp.subject;
  const Json quotas = quotas_json(workspace(), 2026, "Poland", as("POL", true));
  const Json& evaluation = find(quotas.at("quotas"), "kind", "evaluation");
  EXPECT_EQ(evaluation.at("quota"), 2);
  EXPECT_EQ(evaluation.at("used"), 1);
  EXPECT_EQ(evaluation.at("rule").at("id"), "vd2011/evaluation/quota");
  EXPECT_EQ(quotas.at("requests").size(), 2u);
  const Json visit = visit_json(workspace(), next, as("POL", true));
  ASSERT_EQ(visit.at("not_owed_by").size(), 1u);
  EXPECT_EQ(visit.at("not_owed_by")[0].at("rule").at("id"), "vd2011/evaluation/small");
  EXPECT_THROW(visit_json(workspace(), next, as("FRA", false)), Error);
  EXPECT_THROW(visit_json(workspace(), "VISIT-2026-9999", as("POL", true)), Error);
  // A reason that does not hold is refused with the rule and the numbers.
  const auto wrong =
      act("exchange.visit_refused", "POL", "2026-03-01T05:00:00Z", next.c_str(), {{"reason", "quota"}});
  ASSERT_TRUE(wrong.refusal);
  EXPECT_EQ(wrong.refusal->rule, "vd2011/evaluation/quota");
  EXPECT_EQ(wrong.refusal->reason, "the quota is not used up: 1 of 2");
}

TEST_F(ExchangesService, ExportsWithoutFormulas) {
  act("exchange.sent", "KAZ", "2026-12-01T09:00:00Z", "aemi-2026");
  std::ostringstream csv, xlsx;
  const PlainTable table = exchanges_table(workspace(), 2026, as("KAZ", true, Language::arabic));
  ASSERT_EQ(table.headings.size(), 14u);
  write_table(table, SheetFormat::csv, Language::arabic, csv);
  EXPECT_NE(csv.str().find("كازاخستان,KAZ"), std::string::npos);
  write_table(table, SheetFormat::xlsx, Language::arabic, xlsx);
  EXPECT_TRUE(xlsx.str().starts_with("PK"));
  std::ostringstream hostile;
  write_table({.headings = {"a"}, .rows = {{"=1+1"}}}, SheetFormat::csv, Language::english, hostile);
  EXPECT_EQ(hostile.str(), "a\r\n'=1+1\r\n");
}

TEST_F(ExchangesService, GivesCalendarsTheLastDays) {
  act("exchange.calendar_opened", "", "2026-01-02T09:00:00Z", "2026");
  const auto days = workspace().convening().read(workspace(), [](const secretariat::Secretariat& state) {
    return exchange_deadlines(state, "POL", 2026);
  });
  EXPECT_EQ(days.size(), 9u);  // of twelve: one runs from a day not told, two are the United Nations'
  const auto none = workspace().convening().read(workspace(), [](const secretariat::Secretariat& state) {
    return exchange_deadlines(state, "JPN", 2026);
  });
  EXPECT_TRUE(none.empty());
}

}  // namespace
}  // namespace mithaq::service
