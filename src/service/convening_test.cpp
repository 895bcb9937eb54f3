// Acts of many people at once, a clock that goes back, two programs on one record: on both databases.
#include "service/convening.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <mutex>
#include <set>
#include <thread>

#include "base/error.hpp"
#include "secretariat/desks.hpp"
#include "service/scribe.hpp"
#include "tests/support/test_paths.hpp"
#include "tests/support/test_postgres.hpp"

namespace mithaq::service {
namespace {

using acts::Capacity;
using nlohmann::json;
using namespace std::chrono_literals;

Instant at(const char* text) {
  return parse_instant(text).value();
}

class ConveningTest : public ::testing::TestWithParam<record::Dialect> {
 protected:
  void SetUp() override {
    if (GetParam() == record::Dialect::postgresql && test::postgres_url().empty())
      GTEST_SKIP() << "PostgreSQL is not installed";
    folder_ =
        std::filesystem::path(::testing::TempDir()) / ("mithaq-convening-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
    if (GetParam() == record::Dialect::postgresql) schema_.emplace();
    Workspace(options()).record_to_write();
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  // The options of one program: what it has in common stands in `convening`.
  WorkspaceOptions options(std::shared_ptr<Convening> convening = {}) {
    return {
        .record = schema_ ? record::Location(schema_->url()) : record::Location(folder_ / "record.mithaq"),
        .data = test::data(),
        .clock = [this] { return now_.load(); },
        .patience = 30s,
        .convening = std::move(convening),
        .key = folder_ / "record.key"};
  }
  static secretariat::Act wanted(const std::string& type, const std::string& subject, json fields,
                                 Capacity capacity = Capacity::secretariat,
                                 const std::string& delegation = "") {
    return {.type = type,
            .stamp = {.actor = {.by = "account:" + (delegation.empty() ? "amina" : delegation),
                                .delegation = delegation,
                                .capacity = capacity},
                      .subject = subject},
            .fields = std::move(fields)};
  }
  // Does an act at now_; the id of what it is about.
  std::string act(Workspace& workspace, const secretariat::Act& each) {
    const ActOutcome outcome = workspace.convening().act(workspace, each, now_.load());
    EXPECT_FALSE(outcome.refusal) << each.type << ": " << (outcome.refusal ? outcome.refusal->reason : "");
    return outcome.done.empty() ? "" : outcome.done.front().act.stamp.subject;
  }
  std::string opened(Workspace& workspace, const std::string& rule_set = "osce_pc") {
    return act(workspace, wanted("consultation.opened", "",
                                 {{"rule_set", rule_set},
                                  {"zone", "Europe/Vienna"},
                                  {"title", {{"ar", "مشروع مقرر"}, {"en", "Draft decision"}}},
                                  {"text", {{"en", "The Council decides."}}}}));
  }
  std::string under_silence(Workspace& workspace, const char* local) {
    const std::string id = opened(workspace);
    act(workspace, wanted("consultation.proposed", id, {{"meeting", "M-1"}}));
    act(workspace, wanted("consultation.silence_opened", id,
                          {{"meeting", "M-1"}, {"deadline", {{"local", local}, {"zone", "Europe/Vienna"}}}}));
    return id;
  }
  static secretariat::Act objection(const std::string& id, const std::string& state) {
    return wanted("consultation.objected", id, {{"kind", "objection"}, {"text", "نعترض"}},
                  Capacity::delegation, state);
  }
  static procedure::Case case_of(Workspace& workspace, const std::string& id) {
    return workspace.convening().read(workspace, [&](const secretariat::Secretariat& state) {
      return *state.desks().consultations.book().find(id);
    });
  }
  std::vector<std::string> types(Workspace& workspace) {
    std::vector<std::string> out;
    workspace.record().each_act(0,
                                [&](record::Seq, const record::ActBody& body) { out.push_back(body.type); });
    return out;
  }

  std::atomic<Instant> now_{at("2026-03-26T11:00:00Z")};
  std::filesystem::path folder_{};
  std::optional<test::PostgresSchema> schema_{};
};

// A millisecond decides, on the days when the clocks change too.
TEST_P(ConveningTest, AnObjectionAMillisecondBeforeTheEndBreaksSilenceAndOneAfterItIsLate) {
  struct Change {
    const char* now;
    const char* local;  // of the end, in Vienna
    const char* end;
  };
  // The night in which clocks go forward, an hour after it, the night in which they go back, a leap day.
  for (const Change& each : {Change{"2026-03-26T11:00:00Z", "2026-03-29T03:00", "2026-03-29T01:00:00Z"},
                             Change{"2026-03-28T11:00:00Z", "2026-03-30T12:00", "2026-03-30T10:00:00Z"},
                             Change{"2026-10-22T10:00:00Z", "2026-10-25T03:00", "2026-10-25T02:00:00Z"},
                             Change{"2028-02-28T11:00:00Z", "2028-02-29T12:00", "2028-02-29T11:00:00Z"}}) {
    Workspace workspace(options());
    now_ = at(each.now);
    const std::string in_time = under_silence(workspace, each.local);
    const std::string late = under_silence(workspace, each.local);
    now_ = at(each.end) - 1ms;
    act(workspace, objection(in_time, "KAZ"));
    now_ = at(each.end) + 1ms;
    act(workspace, objection(late, "KAZ"));
    EXPECT_EQ(case_of(workspace, in_time).state, procedure::State::broken) << each.local;
    const procedure::Case other = case_of(workspace, late);
    EXPECT_EQ(other.state, procedure::State::adopted) << each.local;
    ASSERT_EQ(other.objections.size(), 1u);
    EXPECT_TRUE(other.objections[0].late);
    EXPECT_EQ(other.adopted_at, at(each.end));
  }
}

TEST_P(ConveningTest, TwoObjectionsAtOneInstantAreOneBreakThatNamesBoth) {
  Workspace workspace(options());
  const std::string id = under_silence(workspace, "2026-03-27T12:00");
  act(workspace, objection(id, "KAZ"));
  act(workspace, objection(id, "NOR"));
  const procedure::Case item = case_of(workspace, id);
  const auto breaks = item.breaks();
  ASSERT_EQ(breaks.size(), 1u);
  ASSERT_EQ(breaks[0].by.size(), 2u);
  EXPECT_EQ(breaks[0].by[0]->delegation, "KAZ");
  EXPECT_EQ(breaks[0].by[1]->delegation, "NOR");
}

TEST_P(ConveningTest, AClockThatJumpsBackMakesNoActEarlierThanTheOneBeforeIt) {
  Workspace workspace(options());
  const std::string id = under_silence(workspace, "2026-03-27T12:00");
  now_ = at("2026-03-27T11:00:00.001Z");  // the end has passed by a millisecond
  workspace.convening().settle(workspace, now_);
  EXPECT_EQ(case_of(workspace, id).state, procedure::State::adopted);
  now_ = at("2026-03-27T10:00:00Z");  // somebody sets the clock back by an hour
  const ActOutcome outcome = workspace.convening().act(workspace, objection(id, "KAZ"), now_);
  ASSERT_FALSE(outcome.refusal);
  EXPECT_EQ(outcome.done[0].act.stamp.at, at("2026-03-27T11:00:00.001Z"));
  EXPECT_TRUE(case_of(workspace, id).objections[0].late);
  EXPECT_EQ(case_of(workspace, id).state, procedure::State::adopted);
}

TEST_P(ConveningTest, WhatIsRefusedIsAnEntryThatNamesTheRule) {
  Workspace workspace(options());
  const std::string id = under_silence(workspace, "2026-03-27T12:00");
  // A Partner for Co-operation sits at the table and speaks, and never blocks.
  const ActOutcome partner = workspace.convening().act(workspace, objection(id, "EGY"), now_);
  ASSERT_TRUE(partner.refusal);
  EXPECT_TRUE(partner.refusal->forbidden);
  EXPECT_EQ(case_of(workspace, id).state, procedure::State::under_silence);
  // Out of order: nothing was announced yet.
  const ActOutcome early =
      workspace.convening().act(workspace, wanted("consultation.issued", id, json::object()), now_);
  ASSERT_TRUE(early.refusal);
  EXPECT_FALSE(early.refusal->forbidden);
  std::vector<json> refused;
  workspace.record().each_act(0, [&](record::Seq, const record::ActBody& body) {
    if (body.type == kActRefused) refused.push_back(json::parse(body.json));
  });
  ASSERT_EQ(refused.size(), 2u);
  EXPECT_EQ(refused[0]["act"], "consultation.objected");
  EXPECT_EQ(refused[0]["delegation"], "EGY");
  EXPECT_EQ(refused[0]["rule"], partner.refusal->rule);
  EXPECT_EQ(refused[0]["subject"], id);
  EXPECT_EQ(refused[1]["rule"], early.refusal->rule);
  // The words of the rule can be shown.
  workspace.convening().read(workspace, [&](const secretariat::Secretariat& state) {
    for (const auto& each : {partner.refusal, early.refusal}) {
      const auto text = state.rule(each->rule);
      ASSERT_TRUE(text) << each->rule;
      EXPECT_FALSE(text->quote.empty());
      EXPECT_FALSE(text->source.empty());
    }
  });
}

TEST_P(ConveningTest, WhatIsNoActIsAnEntryThatNamesTheRule) {
  Workspace workspace(options());
  const std::string id = under_silence(workspace, "2026-03-27T12:00");
  struct Wrong {
    secretariat::Act act{};
    const char* rule;
    ErrorKind as;
  };
  const std::string endless(100'000, 'x');
  for (const Wrong& each :
       {Wrong{wanted("consultation.sung", id, json::object()), "acts/form", ErrorKind::invalid_input},
        Wrong{wanted("choir.sung", "", json::object()), "acts/form", ErrorKind::invalid_input},
        Wrong{wanted(endless, endless, json::object()), "acts/form", ErrorKind::invalid_input},
        Wrong{wanted("", "", json::object()), "acts/form", ErrorKind::invalid_input},
        Wrong{wanted("consultation.objected", "", json::array()), "acts/form", ErrorKind::invalid_input},
        Wrong{wanted("consultation.objected", id, {{"mood", "bad"}}), "acts/form", ErrorKind::invalid_input},
        Wrong{wanted("consultation.objected", id, {{"text", 7}}), "acts/form", ErrorKind::invalid_input},
        Wrong{objection("PC-2026-9999", "KAZ"), "acts/subject", ErrorKind::not_found},
        Wrong{wanted("fund.pledged", "", {{"amount", "5 XXQ"}}, Capacity::delegation, "AUT"),
              "fund/unknown_currency", ErrorKind::invalid_input}}) {
    const std::size_t before = types(workspace).size();
    const ActOutcome outcome = workspace.convening().act(workspace, each.act, now_);
    const std::string what = each.act.type.substr(0, 40);
    ASSERT_TRUE(outcome.refusal) << what;
    EXPECT_EQ(outcome.refusal->rule, each.rule) << what;
    EXPECT_EQ(outcome.refused_as, each.as) << what;
    EXPECT_TRUE(outcome.done.empty()) << what;
    ASSERT_EQ(types(workspace).size(), before + 1) << what;
    json last;
    workspace.record().each_act(
        0, [&](record::Seq, const record::ActBody& body) { last = json::parse(body.json); });
    EXPECT_EQ(last["rule"], each.rule) << what;
    EXPECT_EQ(last["by"], each.act.stamp.actor.by) << what;
    EXPECT_LT(last.dump().size(), 3'000u) << "a stranger's text is cut";
  }
  EXPECT_EQ(case_of(workspace, id).state, procedure::State::under_silence);
  EXPECT_TRUE(case_of(workspace, id).objections.empty());
  // What could not even be read as far as an act.
  const ActOutcome garbage = workspace.convening().refuse(
      workspace, {.type = "meeting.reply", .stamp = {.actor = {.by = "account:\xff"}}},
      acts::NoAct(ErrorKind::invalid_input, "acts/calendar_reply", "this is no reply of a calendar"), now_);
  EXPECT_EQ(garbage.refused_as, ErrorKind::invalid_input);
  EXPECT_EQ(types(workspace).back(), kActRefused);
  EXPECT_TRUE(workspace.record().verify().ok());
  // Every rule that all acts have in common has its words, in three languages.
  workspace.convening().read(workspace, [&](const secretariat::Secretariat& state) {
    for (const char* rule : {"acts/form", "acts/subject", "acts/no_delegation", "acts/system_only",
                             "acts/chair", "acts/deadline", "acts/calendar_reply", "acts/calendar_version"}) {
      const auto text = state.rule(rule);
      ASSERT_TRUE(text) << rule;
      EXPECT_FALSE(text->source.empty()) << rule;
      for (const char* language : {"ar", "en", "ru"}) EXPECT_FALSE(text->quotes.at(language).empty()) << rule;
    }
  });
}

TEST_P(ConveningTest, WhoIsRefusedAgainAndAgainFillsNoLog) {
  Workspace workspace(options());
  const auto refused = [&] {
    const auto all = types(workspace);
    return std::count(all.begin(), all.end(), kActRefused);
  };
  const secretariat::Act nothing = objection("PC-2026-9999", "KAZ");
  for (int time = 0; time < 100; ++time) {
    EXPECT_TRUE(workspace.convening().act(workspace, nothing, now_).refusal) << "the answer is the same";
  }
  EXPECT_EQ(refused(), 60);
  json last;
  workspace.record().each_act(
      0, [&](record::Seq, const record::ActBody& body) { last = json::parse(body.json); });
  EXPECT_EQ(last["more"], "further refusals of this minute are not written down");
  // Another one's refusal is written down, and their own a minute later.
  workspace.convening().act(workspace, objection("PC-2026-9999", "NOR"), now_);
  EXPECT_EQ(refused(), 61);
  now_ = now_.load() + 1min;
  workspace.convening().act(workspace, nothing, now_);
  EXPECT_EQ(refused(), 62);
}

// Two servers on one record, sixteen people: decisions are adopted, announced and issued at once.
TEST_P(ConveningTest, AThousandDecisionsAtOnceHaveNumbersWithoutGapAndDouble) {
  const int count = 1000;
  std::vector<std::string> ids;
  {
    Workspace workspace(options());
    for (int each = 0; each < count; ++each) {
      ids.push_back(opened(workspace));
      act(workspace, wanted("consultation.proposed", ids.back(), {{"meeting", "M-1"}}));
    }
  }
  std::atomic<std::size_t> next{0};
  std::mutex failed_lock;
  std::vector<std::string> failed;
  {
    std::vector<std::unique_ptr<Scribe>> scribes;
    for (int program = 0; program < 2; ++program)
      scribes.push_back(std::make_unique<Scribe>(options(std::make_shared<Convening>(test::data()))));
    std::vector<std::thread> people;
    for (int person = 0; person < 16; ++person) {
      people.emplace_back([&, person] {
        Scribe& scribe = *scribes[static_cast<std::size_t>(person) % scribes.size()];
        for (std::size_t mine = next++; mine < ids.size(); mine = next++) {
          for (const char* type : {"consultation.adopted_in_meeting", "consultation.issued"}) {
            ActOutcome outcome;
            try {
              scribe.receive([&](Workspace& writing, Instant received) {
                outcome = writing.convening().act(
                    writing,
                    wanted(
                        type, ids[mine],
                        std::string(type).ends_with("meeting") ? json{{"meeting", "M-1"}} : json::object()),
                    received);
              });
            } catch (const Error& error) {
              const std::lock_guard guard(failed_lock);
              failed.push_back(error.what());
            }
            const std::lock_guard guard(failed_lock);
            if (outcome.refusal) failed.push_back(outcome.refusal->rule + ": " + outcome.refusal->reason);
          }
        }
      });
    }
    for (std::thread& each : people) each.join();
  }
  ASSERT_TRUE(failed.empty()) << failed.size() << " failed, first: " << failed.front();
  Workspace workspace(options());
  std::set<int> numbers;
  for (const std::string& id : ids) {
    const procedure::Case item = case_of(workspace, id);
    EXPECT_EQ(item.state, procedure::State::issued);
    ASSERT_TRUE(item.number.starts_with("PC.DEC/")) << item.number;
    EXPECT_TRUE(numbers.insert(std::stoi(item.number.substr(7))).second) << item.number << " twice";
  }
  EXPECT_EQ(numbers.size(), ids.size());
  EXPECT_EQ(*numbers.rbegin() - *numbers.begin() + 1, count);
  EXPECT_TRUE(workspace.record().verify().ok());
}

// What is folded bit by bit by a running program is what a new one folds from the whole record.
TEST_P(ConveningTest, ASecondProgramSeesTheSame) {
  const auto convening = std::make_shared<Convening>(test::data());
  Workspace workspace(options(convening)), reader(options(std::make_shared<Convening>(test::data())));
  const std::string id = under_silence(workspace, "2026-03-27T12:00");
  EXPECT_EQ(case_of(reader, id).state, procedure::State::under_silence);
  act(workspace, objection(id, "KAZ"));
  EXPECT_EQ(case_of(reader, id).state, procedure::State::broken);
  // The reader writes in its turn, on what the other one wrote.
  act(reader, objection(id, "NOR"));
  EXPECT_EQ(case_of(workspace, id).objections.size(), 2u);
  const auto notices = [&](Workspace& of) {
    return of.convening().read(of, [](const secretariat::Secretariat& state) {
      std::vector<std::string> out;
      for (const secretariat::Notice& each : state.all_notices())
        out.push_back(each.delegation + " " + std::to_string(each.entry) + " " + each.kind + " " + each.said);
      return out;
    });
  };
  EXPECT_EQ(notices(workspace), notices(reader));
  Workspace fresh(options());
  EXPECT_EQ(notices(workspace), notices(fresh));
}

INSTANTIATE_TEST_SUITE_P(Databases, ConveningTest,
                         testing::Values(record::Dialect::sqlite, record::Dialect::postgresql),
                         [](const testing::TestParamInfo<record::Dialect>& each) {
                           return each.param == record::Dialect::sqlite ? "sqlite" : "postgresql";
                         });

}  // namespace
}  // namespace mithaq::service
