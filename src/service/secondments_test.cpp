#include "service/secondments.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "record/test_record.hpp"
#include "service/convening.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::service {
namespace {

using Json = nlohmann::ordered_json;

class Secondments : public ::testing::Test {
 protected:
  Workspace& workspace() {
    if (!workspace_)
      workspace_ = std::make_unique<Workspace>(WorkspaceOptions{
          .record = folder_ / "record.db", .data = test::data(), .clock = [this] { return now_; }});
    return *workspace_;
  }
  ActOutcome act(const char* type, const char* delegation, const char* when, const std::string& subject,
                 nlohmann::json fields) {
    now_ = *parse_instant(when);
    secretariat::Act wanted{.type = type,
                            .stamp = {.actor = {.by = "x", .delegation = delegation}, .subject = subject},
                            .fields = std::move(fields)};
    if (std::string_view(delegation).empty()) wanted.stamp.actor.capacity = acts::Capacity::secretariat;
    return workspace().convening().act(workspace(), wanted, now_);
  }
  std::string done(const ActOutcome& outcome) {
    return outcome.refusal ? outcome.refusal->rule + ": " + outcome.refusal->reason
                           : outcome.done.front().act.stamp.subject;
  }
  ConveningReader as(const char* party, bool sees_all, bool secretariat = false) {
    return {
        .asker = {.party = party, .secretariat = secretariat},
        .sees = [sees_all](const document::Handling& handling) { return sees_all || handling.is_public(); },
        .language = Language::arabic,
        .say =
            [this](std::string_view english) {
              return workspace().knowledge().in(Language::arabic).say(english);
            }};
  }
  static nlohmann::json mission() {
    return {{"kind", "election"},
            {"title", {{"ar", "بعثة مراقبة الانتخابات"}, {"en", "Observation"}}},
            {"country", "KGZ"},
            {"organizations", {"OSCE.ODIHR", "UN"}},
            {"from", "2026-03-01"},
            {"to", "2026-04-20"},
            {"election_day", "2026-04-12"},
            {"long_term", 20},
            {"short_term", 150}};
  }

  record::test_record::Folder folder_{};
  Instant now_ = *parse_instant("2026-01-10T00:00:00Z");
  std::unique_ptr<Workspace> workspace_{};
};

TEST_F(Secondments, ShowWhatIsAskedForOfferedAndThere) {
  const std::string id = done(act("mission.opened", "", "2026-01-10T09:00:00Z", "", mission()));
  ASSERT_EQ(id, "MISSION-2026-001");
  EXPECT_EQ(done(act("mission.pledged", "JPN", "2026-01-12T09:00:00Z", id, {{"short_term", 4}})), id);
  EXPECT_EQ(done(act("mission.pledged", "POL", "2026-01-13T09:00:00Z", id, {{"short_term", 16}})),
            "election/share: at most 15 of them may come from one State, and 16 are offered");
  const std::string call =
      done(act("call.opened", "", "2026-01-14T09:00:00Z", "",
               {{"kind", "election_secondment"},
                {"title", {{"ar", "مراقبون"}}},
                {"organization", "OSCE.ODIHR"},
                {"closes", "2026-02-01T11:00:00Z"},
                {"zone", "Europe/Vienna"},
                {"places", 10},
                {"eligible_statuses", {"OSCE/participating_state", "OSCE/partner_for_cooperation"}},
                {"criteria", {{{"id", "languages"}, {"text", {{"ar", "اللغات"}}}}}},
                {"place", id},
                {"starts", "2026-04-08"},
                {"ends", "2026-04-15"},
                {"roster_until", "2026-12-31"}}));
  ASSERT_TRUE(call.starts_with("CALL-")) << call;
  EXPECT_EQ(done(act("call.nominated", "JPN", "2026-01-15T09:00:00Z", call,
                     {{"name", "A. Observer"},
                      {"statements", {{{"criterion", "languages"}, {"text", "الروسية، العربية"}}}}})),
            call);
  EXPECT_EQ(done(act("call.decided", "", "2026-02-02T09:00:00Z", call,
                     {{"nomination", 1},
                      {"outcome", "selected"},
                      {"reasons", {{{"criterion", "languages"}, {"text", "both"}}}}})),
            call);
  EXPECT_EQ(done(act("call.accepted", "JPN", "2026-02-03T09:00:00Z", call, {{"nomination", 1}})), call);
  EXPECT_EQ(done(act("call.deployed", "", "2026-04-01T09:00:00Z", call,
                     {{"nomination", 1},
                      {"from", "2026-04-08"},
                      {"to", "2026-04-15"},
                      {"place", "Osh"},
                      {"duty", "short-term observer"}})),
            call);
  now_ = *parse_instant("2026-04-12T09:00:00Z");
  const Json all = missions_json(workspace(), as("POL", true));
  ASSERT_EQ(all.at("missions").size(), 1u);
  const Json& row = all.at("missions")[0];
  EXPECT_EQ(row.at("title"), "بعثة مراقبة الانتخابات");
  EXPECT_EQ(row.at("state_name"), "جارية");
  EXPECT_EQ(row.at("joint"), true);
  EXPECT_EQ(row.at("pledged").at("short_term"), 4);
  EXPECT_EQ(row.at("still_asked").at("short_term"), 146);
  EXPECT_EQ(row.at("deployed"), 1);
  EXPECT_EQ(row.at("calls")[0].at("id"), call);
  const Json one = mission_json(workspace(), id, as("POL", true));
  EXPECT_EQ(one.at("most_of_one_state").at("short_term"), 15);
  EXPECT_EQ(one.at("deployments")[0].at("delegation").at("id"), "JPN");
  EXPECT_EQ(one.at("can")[0].at("type"), "mission.pledged");
  // The country itself observes nothing.
  EXPECT_TRUE(mission_json(workspace(), id, as("KGZ", true)).at("can").empty());
  // The roster of a day, of a language.
  const auto roster = [&](RosterQuestion question) {
    return roster_json(workspace(), question, as("POL", true)).at("roster");
  };
  ASSERT_EQ(roster({.day = "2026-04-12"}).size(), 1u);
  EXPECT_EQ(roster({.day = "2026-04-12"})[0].at("where"), "Osh");
  EXPECT_EQ(roster({.day = "2026-05-01"})[0].at("deployed"), false);
  EXPECT_EQ(roster({.day = "2027-01-01"}).size(), 0u);
  EXPECT_EQ(roster({.language = "العربيّة"}).size(), 1u);
  EXPECT_EQ(roster({.language = "الفرنسية"}).size(), 0u);
  EXPECT_EQ(roster({.kind = "field"}).size(), 0u);
  EXPECT_THROW(roster({.day = "2026-02-30"}), Error);
  EXPECT_THROW(roster({.kind = "naval"}), Error);
}

TEST_F(Secondments, AreForThoseWhoMaySecond) {
  const std::string id = done(act("mission.opened", "", "2026-01-10T09:00:00Z", "", mission()));
  EXPECT_TRUE(missions_json(workspace(), as("", false)).at("missions").empty());
  EXPECT_THROW(mission_json(workspace(), id, as("BRA", false)), Error);
  EXPECT_EQ(mission_json(workspace(), id, as("", false, true)).at("id"), id);
  const auto told = workspace().convening().read(workspace(), [](const secretariat::Secretariat& state) {
    return std::pair(state.notices_to("JPN").size(), state.notices_to("KGZ").size());
  });
  EXPECT_EQ(told, std::pair(std::size_t{1}, std::size_t{0}));
}

}  // namespace
}  // namespace mithaq::service
