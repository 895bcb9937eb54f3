#include "secretariat/exchanges_desk.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "base/error.hpp"
#include "secretariat/desks.hpp"
#include "secretariat/secretariat.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::secretariat {
namespace {

using nlohmann::json;

// A secretariat as service/convening leads one: judged, entered, and then what is due.
struct Office {
  Secretariat state{test::data()};
  record::Seq next = 1;
  std::vector<record::ActBody> log{};

  std::string act(const char* type, const char* delegation, const char* when, std::string subject,
                  json fields = json::object(), acts::Capacity capacity = acts::Capacity::delegation) {
    Act wanted{.type = type,
               .stamp = {.at = parse_instant(when).value(),
                         .actor = {.by = "account:1", .delegation = delegation, .capacity = capacity},
                         .subject = std::move(subject)},
               .fields = std::move(fields)};
    settle(wanted.stamp.at);
    Judgement judgement = state.judge(wanted);
    if (judgement.refusal) return judgement.refusal->rule;
    for (const Act& each : judgement.acts) enter(each);
    return judgement.acts.front().stamp.subject;
  }
  void enter(const Act& act) {
    const record::ActBody body = body_of(act);
    state.enter(next++, body.type, body.json);
    log.push_back(body);
  }
  std::vector<Act> settle(Instant now) {
    std::vector<Act> out;
    for (Act& each : state.due(now)) {
      const Judgement judgement = state.judge(each);
      EXPECT_FALSE(judgement.refusal) << judgement.refusal->reason;
      for (const Act& accepted : judgement.acts) {
        enter(accepted);
        out.push_back(accepted);
      }
    }
    return out;
  }
  std::size_t notices(const char* delegation, std::string_view kind) const {
    const auto all = state.notices_to(delegation);
    return static_cast<std::size_t>(
        std::count_if(all.begin(), all.end(), [&](const Notice* each) { return each->kind == kind; }));
  }
};

constexpr auto kSecretariat = acts::Capacity::secretariat;

TEST(ExchangesDesk, RemindsEachStateThatHasNotSentOnce) {
  Office office;
  EXPECT_EQ(office.act("exchange.calendar_opened", "", "2026-11-16T09:00:00Z", "2026", json::object(),
                       kSecretariat),
            "2026");
  EXPECT_EQ(office.act("exchange.sent", "KAZ", "2026-11-20T09:00:00Z", "aemi-2026", {{"symbol", "F/1"}}),
            "aemi-2026");
  const Instant before = parse_instant("2026-12-07T22:59:59.999Z").value();
  office.settle(before);
  EXPECT_EQ(office.state.next_due(), parse_instant("2026-12-07T23:00:00Z"));
  const auto reminded = office.settle(*office.state.next_due());
  ASSERT_EQ(reminded.size(), 1u);
  EXPECT_EQ(reminded.front().type, "exchange.reminded");
  EXPECT_EQ(reminded.front().stamp.actor.capacity, acts::Capacity::system);
  // 57 participating States, one of which has sent; Partners are not obliged.
  EXPECT_EQ(reminded.front().fields.at("states").size(), 56u);
  EXPECT_TRUE(office.settle(*parse_instant("2026-12-08T12:00:00Z")).empty());
  const auto about = [&](const char* delegation) {
    const auto all = office.state.notices_to(delegation);
    return std::count_if(all.begin(), all.end(),
                         [](const Notice* each) { return each->subject == "aemi-2026"; });
  };
  EXPECT_EQ(about("POL"), 1);
  EXPECT_EQ(about("KAZ"), 0);
  EXPECT_EQ(about("JPN"), 0);
}

TEST(ExchangesDesk, FoldsTheSameActsToTheSameState) {
  Office office;
  office.act("exchange.calendar_opened", "", "2026-01-02T09:00:00Z", "2026", json::object(), kSecretariat);
  office.act("exchange.delay_announced", "FRA", "2026-04-10T09:00:00Z", "code_of_conduct-2026",
             {{"reason", "translation"}, {"expected", "2026-05-02"}});
  EXPECT_EQ(office.act("exchange.sent", "FRA", "2026-05-01T09:00:00Z", "code_of_conduct-2026"),
            "code_of_conduct-2026");
  EXPECT_EQ(office.act("exchange.sent", "JPN", "2026-04-01T09:00:00Z", "code_of_conduct-2026"),
            "code_of_conduct-2026");
  EXPECT_EQ(office.act("exchange.sent", "BRA", "2026-04-01T09:00:00Z", "code_of_conduct-2026"),
            "exchanges/code_of_conduct");
  const auto& book = office.state.desks().exchanges.book();
  const Instant now = *parse_instant("2026-05-03T00:00:00Z");
  EXPECT_EQ(book.state_of("code_of_conduct-2026", "FRA", now), exchanges::SendingState::late);
  EXPECT_EQ(book.state_of("code_of_conduct-2026", "JPN", now), exchanges::SendingState::on_time);
  // A paper is opened to those whom the exchange names, and it is the State's that sent it.
  const auto& paper = book.sending("code_of_conduct-2026", "FRA")->versions.front().paper;
  EXPECT_EQ(paper.handling.originator, "FRA");
  EXPECT_EQ(paper.handling.statuses,
            (std::vector<std::string>{"OSCE/participating_state", "OSCE/partner_for_cooperation"}));
  // Reminded a week before, the delay, what the Forum heard two weeks after, and two papers.
  EXPECT_EQ(office.state.desks().exchanges.history("code_of_conduct-2026").size(), 5u);
  // The same entries once more.
  Secretariat again(test::data());
  for (std::size_t at = 0; at < office.log.size(); ++at)
    again.enter(at + 1, office.log[at].type, office.log[at].json);
  ASSERT_EQ(again.all_notices().size(), office.state.all_notices().size());
  for (std::size_t at = 0; at < again.all_notices().size(); ++at) {
    EXPECT_EQ(again.all_notices()[at].delegation, office.state.all_notices()[at].delegation);
    EXPECT_EQ(again.all_notices()[at].said, office.state.all_notices()[at].said);
  }
  EXPECT_EQ(again.desks().exchanges.book().state_of("code_of_conduct-2026", "FRA", now),
            exchanges::SendingState::late);
  EXPECT_EQ(again.next_due(), office.state.next_due());
}

TEST(ExchangesDesk, RefusesWhatIsNoActOfItsOwn) {
  Office office;
  EXPECT_THROW(office.act("exchange.celebrated", "KAZ", "2026-11-16T09:00:00Z", "aemi-2026"), Error);
  EXPECT_THROW(office.act("exchange.sent", "KAZ", "2026-11-16T09:00:00Z", "aemi-2026", {{"colour", "red"}}),
               Error);
  EXPECT_THROW(office.act("exchange.visit_accepted", "KAZ", "2026-11-16T09:00:00Z", "VISIT-2026-0001"),
               Error);
  // Nobody but the program says that somebody was reminded.
  EXPECT_EQ(office.act("exchange.reminded", "KAZ", "2026-11-16T09:00:00Z", "aemi-2026",
                       {{"reminder", "day_after"}}),
            "acts/system_only");
}

TEST(ExchangesDesk, SaysWhatAStateHasToDo) {
  Office office;
  office.act("exchange.calendar_opened", "", "2026-01-02T09:00:00Z", "2026", json::object(), kSecretariat);
  const auto tasks = [&](const char* delegation, const char* when) {
    std::map<std::string, bool> out;
    for (const Task& each : office.state.tasks_of(delegation, parse_instant(when).value()))
      out[each.kind + " " + each.subject] = each.done;
    return out;
  };
  using Tasks = std::map<std::string, bool>;
  EXPECT_EQ(tasks("POL", "2026-02-01T00:00:00Z"), (Tasks{{"exchange code_of_conduct-2026", false},
                                                         {"exchange defence_planning-2026", false},
                                                         {"exchange gemi-2026", false},
                                                         {"exchange landmines-2026", false}}));
  EXPECT_EQ(tasks("JPN", "2026-02-01T00:00:00Z"), Tasks{});
  office.act("exchange.nil_reported", "POL", "2026-02-02T00:00:00Z", "landmines-2026");
  EXPECT_TRUE(tasks("POL", "2026-02-03T00:00:00Z").at("exchange landmines-2026"));
  const std::string visit =
      office.act("exchange.visit_requested", "KAZ", "2026-02-03T00:00:00Z", "",
                 {{"kind", "inspection"}, {"receiving", "POL"}, {"enters", "2026-02-05T09:00:00Z"}});
  EXPECT_EQ(visit, "VISIT-2026-0001");
  EXPECT_TRUE(tasks("POL", "2026-02-03T01:00:00Z").contains("visit VISIT-2026-0001"));
  EXPECT_EQ(office.notices("POL", "exchange.visit_requested"), 1u);
  // A day later nobody has answered: both are told, once.
  office.settle(*parse_instant("2026-02-04T00:00:00Z"));
  office.settle(*parse_instant("2026-02-04T09:00:00Z"));
  EXPECT_EQ(office.notices("POL", "exchange.visit_overdue"), 1u);
  EXPECT_EQ(office.notices("KAZ", "exchange.visit_overdue"), 1u);
  EXPECT_EQ(office.act("exchange.visit_accepted", "POL", "2026-02-04T10:00:00Z", visit), visit);
  EXPECT_FALSE(tasks("POL", "2026-02-04T11:00:00Z").contains("visit VISIT-2026-0001"));
  EXPECT_EQ(office.act("exchange.visit_carried_out", "KAZ", "2026-02-07T10:00:00Z", visit,
                       {{"entered", "2026-02-05T09:00:00Z"}, {"left", "2026-02-07T08:00:00Z"}}),
            visit);
  EXPECT_TRUE(tasks("KAZ", "2026-02-08T00:00:00Z").contains("visit_report VISIT-2026-0001"));
}

}  // namespace
}  // namespace mithaq::secretariat
