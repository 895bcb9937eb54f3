#include "engines/exchanges/book.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "tests/support/test_paths.hpp"

namespace mithaq::exchanges {
namespace {

const Rules& rules() {
  static const Rules loaded = Rules::load(test::data() / "exchanges");
  return loaded;
}

Instant at(const char* text) {
  return parse_instant(text).value();
}

// Who is what, for these tests: three Partners, and everybody else of this list a participating State.
bool holds(std::string_view state, const std::vector<std::string>& statuses) {
  static const std::set<std::string_view> partners = {"JPN", "JOR", "EGY"}, strangers = {"BRA"};
  if (strangers.contains(state)) return false;
  const char* status = partners.contains(state) ? "OSCE/partner_for_cooperation" : "OSCE/participating_state";
  return std::find(statuses.begin(), statuses.end(), status) != statuses.end();
}

std::vector<std::string> holders(const std::vector<std::string>& statuses) {
  std::vector<std::string> out;
  for (const char* each : {"AUT", "DEU", "FRA", "JPN", "KAZ", "POL"})
    if (holds(each, statuses)) out.push_back(each);
  return out;
}

template <typename Fact>
Fact by(const char* state, const char* when, const std::string& subject, Fact fact = {}) {
  fact.stamp = {.at = at(when), .actor = {.by = "account:1", .delegation = state}, .subject = subject};
  return fact;
}

// Judges and enters; gives the rule that refused it, or nothing.
template <typename Fact>
std::string done(Book& book, const Fact& fact) {
  std::optional<acts::Refusal> no;
  if constexpr (requires { book.judge(fact, Holds(holds)); }) {
    no = book.judge(fact, holds);
  } else {
    no = book.judge(fact);
  }
  if (no) return no->rule + (no->forbidden ? " forbidden" : "");
  book.enter(fact, 0);
  return "";
}

std::string reason(const Book& book, const Corrected& fact) {
  const auto no = book.judge(fact, holds);
  return no ? no->reason : "";
}

TEST(Exchange, WhatComesOnTheLastDayIsOnTimeAndAMillisecondLaterIsLate) {
  Book book(rules());
  EXPECT_EQ(book.state_of("aemi-2026", "KAZ", at("2026-12-15T22:59:59.999Z")), SendingState::awaited);
  EXPECT_EQ(book.state_of("aemi-2026", "KAZ", at("2026-12-15T23:00:00Z")), SendingState::missing);
  EXPECT_EQ(done(book, by<Sent>("KAZ", "2026-12-15T22:59:59.999Z", "aemi-2026")), "");
  EXPECT_EQ(done(book, by<Sent>("POL", "2026-12-15T23:00:00Z", "aemi-2026")), "");
  const Instant later = at("2027-02-01T00:00:00Z");
  EXPECT_EQ(book.state_of("aemi-2026", "KAZ", later), SendingState::on_time);
  EXPECT_EQ(book.state_of("aemi-2026", "POL", later), SendingState::late);
  EXPECT_EQ(book.state_of("aemi-2026", "FRA", later), SendingState::missing);
  // A correction does not make what was in time late.
  EXPECT_EQ(done(book, by<Corrected>("KAZ", "2027-01-10T09:00:00Z", "aemi-2026", {.corrects = 1})), "");
  EXPECT_EQ(book.state_of("aemi-2026", "KAZ", later), SendingState::on_time);
}

TEST(Exchange, PartnersTakePartOfTheirOwnWillAndStrangersNotAtAll) {
  Book book(rules());
  EXPECT_EQ(done(book, by<Sent>("JPN", "2026-12-01T09:00:00Z", "aemi-2026")), "");
  EXPECT_EQ(done(book, by<Sent>("BRA", "2026-12-01T09:00:00Z", "aemi-2026")), "exchanges/aemi forbidden");
  // No Partner plans large activities in the zone.
  EXPECT_EQ(done(book, by<Sent>("JPN", "2026-11-01T09:00:00Z", "large_activities-2026")),
            "exchanges/large_activities forbidden");
  EXPECT_EQ(done(book, by<Sent>("", "2026-12-01T09:00:00Z", "aemi-2026")), "acts/no_delegation");
  EXPECT_EQ(done(book, by<Sent>("KAZ", "2026-12-01T09:00:00Z", "aemi-2028")), "exchanges/not_begun");
  for (const char* unknown : {"", "aemi", "aemi-", "aemi-26", "aemi-02026", "aemi-2026x", "coronation-2026",
                              "aemi-0000", "-2026"}) {
    EXPECT_EQ(done(book, by<Sent>("KAZ", "2026-12-01T09:00:00Z", unknown)), "exchanges/unknown") << unknown;
  }
}

TEST(Exchange, CorrectionsAreALine) {
  Book book(rules());
  EXPECT_EQ(done(book, by<Corrected>("KAZ", "2026-12-01T09:00:00Z", "aemi-2026", {.corrects = 1})),
            "exchanges/nothing_sent");
  EXPECT_EQ(done(book, by<Sent>("KAZ", "2026-12-01T09:00:00Z", "aemi-2026")), "");
  EXPECT_EQ(done(book, by<Sent>("KAZ", "2026-12-02T09:00:00Z", "aemi-2026")), "exchanges/one_original");
  EXPECT_EQ(done(book, by<Corrected>("KAZ", "2026-12-03T09:00:00Z", "aemi-2026", {.corrects = 1})), "");
  EXPECT_EQ(done(book, by<Corrected>("KAZ", "2026-12-04T09:00:00Z", "aemi-2026", {.corrects = 2})), "");
  // Two offices correct the same version: the second one hears of it.
  const auto fork = by<Corrected>("KAZ", "2026-12-05T09:00:00Z", "aemi-2026", {.corrects = 2});
  EXPECT_EQ(done(book, fork), "exchanges/chain");
  EXPECT_EQ(reason(book, fork), "version 2 was corrected already: correct version 3");
  for (const int wrong : {0, -1, 4})
    EXPECT_EQ(done(book, by<Corrected>("KAZ", "2026-12-05T09:00:00Z", "aemi-2026", {.corrects = wrong})),
              "exchanges/chain");
  const auto& versions = book.sending("aemi-2026", "KAZ")->versions;
  ASSERT_EQ(versions.size(), 3u);
  for (std::size_t each = 0; each < versions.size(); ++each) {
    EXPECT_EQ(versions[each].number, static_cast<int>(each) + 1);
    EXPECT_EQ(versions[each].corrects, static_cast<int>(each));
  }
}

TEST(Exchange, NilIsAnAnswer) {
  Book book(rules());
  EXPECT_EQ(done(book, by<NilReported>("AUT", "2026-12-01T09:00:00Z", "aemi-2026")), "");
  EXPECT_EQ(book.state_of("aemi-2026", "AUT", at("2027-01-01T00:00:00Z")), SendingState::on_time);
  EXPECT_EQ(done(book, by<NilReported>("AUT", "2026-12-02T09:00:00Z", "aemi-2026")),
            "exchanges/one_original");
  EXPECT_EQ(done(book, by<Sent>("AUT", "2026-12-02T09:00:00Z", "aemi-2026")), "exchanges/one_original");
  // It turns out that there is something: the nil report is corrected like any other.
  EXPECT_EQ(done(book, by<Corrected>("AUT", "2026-12-03T09:00:00Z", "aemi-2026",
                                     {.corrects = 1, .paper = {.units = 61}})),
            "");
  EXPECT_EQ(book.tally(*rules().visit("evaluation"), "AUT", 2027).quota->number, 2);
}

TEST(Exchange, ADeadlineMayRunFromWhatAStateTells) {
  Book book(rules());
  const char* subject = "defence_planning-2026";
  EXPECT_EQ(book.state_of(subject, "DEU", at("2026-06-01T00:00:00Z")), SendingState::open);
  const OccasionTold day{.day = parse_day("2026-01-20").value()};
  EXPECT_EQ(done(book, by<OccasionTold>("DEU", "2026-01-19T12:00:00Z", subject, day)), "exchanges/occasion");
  EXPECT_EQ(done(book, by<OccasionTold>("DEU", "2026-01-21T12:00:00Z", subject, day)), "");
  EXPECT_EQ(done(book, by<OccasionTold>("DEU", "2026-01-22T12:00:00Z", subject, day)), "exchanges/occasion");
  EXPECT_EQ(done(book, by<OccasionTold>("DEU", "2026-01-22T12:00:00Z", "aemi-2026", day)),
            "exchanges/occasion");
  EXPECT_EQ(book.deadline_for(subject, "DEU"), at("2026-04-20T22:00:00Z"));
  EXPECT_EQ(book.state_of(subject, "DEU", at("2026-04-20T22:00:00Z")), SendingState::missing);
  EXPECT_EQ(book.state_of(subject, "FRA", at("2026-04-20T22:00:00Z")), SendingState::open);
}

TEST(Exchange, ADelayIsAnnounced) {
  Book book(rules());
  const auto expected = parse_day("2026-05-20");
  EXPECT_EQ(done(book, by<DelayAnnounced>("FRA", "2026-04-28T09:00:00Z", "gemi-2026")), "exchanges/delay");
  EXPECT_EQ(done(book, by<DelayAnnounced>("FRA", "2026-04-28T09:00:00Z", "gemi-2026",
                                          {.reason = "reorganization", .expected = parse_day("2026-04-27")})),
            "exchanges/delay");
  EXPECT_EQ(done(book, by<DelayAnnounced>("FRA", "2026-04-28T09:00:00Z", "gemi-2026",
                                          {.reason = "reorganization", .expected = expected})),
            "");
  EXPECT_EQ(book.state_of("gemi-2026", "FRA", at("2026-05-10T00:00:00Z")), SendingState::announced);
  EXPECT_EQ(book.state_of("gemi-2026", "FRA", at("2026-05-20T22:00:00Z")), SendingState::missing);
  EXPECT_EQ(done(book, by<Sent>("FRA", "2026-05-19T09:00:00Z", "gemi-2026")), "");
  EXPECT_EQ(book.state_of("gemi-2026", "FRA", at("2026-05-20T22:00:00Z")), SendingState::late);
}

TEST(Exchange, ClarificationsAreAskedAndAnswered) {
  Book book(rules());
  const ClarificationAsked question{.state = "POL", .question = "which brigade?"};
  EXPECT_EQ(done(book, by<ClarificationAsked>("KAZ", "2026-12-20T09:00:00Z", "aemi-2026", question)),
            "exchanges/clarification");
  EXPECT_EQ(done(book, by<Sent>("POL", "2026-12-01T09:00:00Z", "aemi-2026")), "");
  EXPECT_EQ(done(book, by<ClarificationAsked>("KAZ", "2026-12-20T09:00:00Z", "aemi-2026", question)), "");
  // A Partner sends, but does not see what the participating States send.
  EXPECT_EQ(done(book, by<ClarificationAsked>("JPN", "2026-12-20T09:00:00Z", "aemi-2026", question)),
            "exchanges/aemi forbidden");
  EXPECT_EQ(done(book, by<ClarificationAsked>("POL", "2026-12-20T09:00:00Z", "aemi-2026", question)),
            "exchanges/clarification");
  const ClarificationAnswered answer{.number = 1, .answer = "the first"};
  EXPECT_EQ(done(book, by<ClarificationAnswered>("DEU", "2026-12-21T09:00:00Z", "aemi-2026", answer)),
            "exchanges/clarification forbidden");
  EXPECT_EQ(done(book, by<ClarificationAnswered>("POL", "2026-12-21T09:00:00Z", "aemi-2026", answer)), "");
  EXPECT_EQ(done(book, by<ClarificationAnswered>("POL", "2026-12-21T09:00:00Z", "aemi-2026", answer)),
            "exchanges/clarification");
  EXPECT_EQ(done(book, by<ClarificationAnswered>("POL", "2026-12-21T09:00:00Z", "aemi-2026", {.number = 2})),
            "exchanges/clarification");
}

TEST(Exchange, UnitsAreHeldAgainstThemselves) {
  Book book(rules());
  const auto sent = [&](Paper paper) {
    return done(book, by<Sent>("KAZ", "2026-12-01T09:00:00Z", "aemi-2026", {.paper = std::move(paper)}));
  };
  EXPECT_EQ(sent({.units = -1}), "exchanges/units");
  EXPECT_EQ(sent({.units = 100'001}), "exchanges/units");
  EXPECT_EQ(sent({.units = 10, .stationed = {{"DEU", 11}}}), "exchanges/units");
  EXPECT_EQ(sent({.units = 10, .stationed = {{"DEU", 5}, {"DEU", 5}}}), "exchanges/units");
  EXPECT_EQ(sent({.units = 10, .stationed = {{"KAZ", 5}}}), "exchanges/units");
  EXPECT_EQ(sent({.units = 10, .stationed = {{"DEU", -5}}}), "exchanges/units");
  EXPECT_EQ(sent({.stationed = {{"DEU", 5}}}), "exchanges/units");
  EXPECT_EQ(done(book, by<Sent>("KAZ", "2026-04-01T09:00:00Z", "gemi-2026", {.paper = {.units = 5}})),
            "exchanges/units");
  EXPECT_EQ(sent({.units = 10, .stationed = {{"DEU", 5}}}), "");
}

// --- Reminders ---

CalendarOpened opened(const char* when, const char* year) {
  CalendarOpened fact;
  fact.stamp = {
      .at = at(when), .actor = {.by = "x", .capacity = acts::Capacity::secretariat}, .subject = year};
  return fact;
}

std::vector<std::string> remind(Book& book, const char* now) {
  std::vector<std::string> out;
  for (const Reminded& each : book.reminders_due(at(now), holders)) {
    EXPECT_EQ(book.judge(each), std::nullopt);
    std::string said = each.stamp.subject + " " + each.reminder + ":";
    for (const std::string& state : each.states) said += " " + state;
    out.push_back(std::move(said));
    book.enter(each, 0);
  }
  return out;
}

TEST(Reminders, GoToThoseWhoHaveNotSentAndOnce) {
  using Said = std::vector<std::string>;
  Book book(rules());
  EXPECT_EQ(book.next_due(), std::nullopt);
  EXPECT_EQ(remind(book, "2026-12-31T00:00:00Z"), Said{});  // no calendar is open
  EXPECT_EQ(done(book, opened("2026-11-20T09:00:00Z", "2026")), "");
  EXPECT_EQ(done(book, opened("2026-11-20T09:00:00Z", "2026")), "exchanges/calendar");
  // Everything that was due before is left alone; announcements of what was due in November still come.
  EXPECT_EQ(remind(book, "2026-11-20T09:00:00Z"), Said{});
  EXPECT_EQ(done(book, by<Sent>("KAZ", "2026-12-01T09:00:00Z", "aemi-2026")), "");
  EXPECT_EQ(book.next_due(), at("2026-11-28T23:00:00Z"));
  EXPECT_EQ(remind(book, "2026-11-28T22:59:59.999Z"), Said{});
  EXPECT_EQ(remind(book, "2026-11-28T23:00:00Z"),
            (Said{"annual_calendar-2026 two_weeks_after: AUT DEU FRA KAZ POL",
                  "large_activities-2026 two_weeks_after: AUT DEU FRA KAZ POL"}));
  EXPECT_EQ(remind(book, "2026-11-28T23:00:00Z"), Said{});
  // The second reminder for the exchange of December.
  EXPECT_EQ(book.next_due(), at("2026-12-07T23:00:00Z"));
  EXPECT_EQ(remind(book, "2026-12-08T09:00:00Z"), Said{"aemi-2026 week_before: AUT DEU FRA POL"});
  for (const char* state : {"AUT", "DEU", "FRA"})
    EXPECT_EQ(done(book, by<Sent>(state, "2026-12-14T09:00:00Z", "aemi-2026")), "");
  // The program was away over three dates: each exchange is told the last of them, once.
  EXPECT_EQ(remind(book, "2027-01-05T00:00:00Z"),
            (Said{"aemi-2026 two_weeks_after: POL", "annual_calendar-2026 month_after: AUT DEU FRA KAZ POL",
                  "large_activities-2026 month_after: AUT DEU FRA KAZ POL"}));
  EXPECT_EQ(done(book, by<Sent>("POL", "2027-01-06T09:00:00Z", "aemi-2026")), "");
  // All have sent: that is recorded too, and then there is nothing more.
  EXPECT_EQ(remind(book, "2027-06-01T00:00:00Z"), Said{"aemi-2026 month_after:"});
  EXPECT_EQ(book.next_due(), std::nullopt);
}

TEST(Reminders, FollowADeadlineThatRunsFromWhatAStateTells) {
  using Said = std::vector<std::string>;
  Book book(rules());
  EXPECT_EQ(done(book, opened("2026-12-31T09:00:00Z", "2026")), "");
  const OccasionTold day{.day = parse_day("2026-12-20").value()};
  EXPECT_EQ(done(book, by<OccasionTold>("DEU", "2027-01-01T12:00:00Z", "defence_planning-2026", day)), "");
  static_cast<void>(remind(book, "2027-02-01T00:00:00Z"));
  EXPECT_EQ(book.next_due(), at("2027-02-17T23:00:00Z"));
  EXPECT_EQ(remind(book, "2027-02-17T23:00:00Z"), Said{"defence_planning-2026 month_before: DEU"});
  EXPECT_EQ(remind(book, "2027-03-20T22:59:00Z"), Said{"defence_planning-2026 week_before: DEU"});
  EXPECT_EQ(remind(book, "2027-03-20T23:00:00Z"), Said{"defence_planning-2026 day_after: DEU"});
  EXPECT_EQ(done(book, by<Sent>("DEU", "2027-03-25T09:00:00Z", "defence_planning-2026")), "");
  EXPECT_EQ(book.next_due(), std::nullopt);
}

// --- Visits ---

VisitRequested request(Book& book, const char* from, const char* when, const char* kind, const char* to,
                       const char* enters, const char* unit = "") {
  VisitRequested fact{.kind = kind, .receiving = to, .unit = unit, .enters = at(enters)};
  const VisitKind* known = rules().visit(kind);
  return by<VisitRequested>(from, when, known == nullptr ? "" : book.next_visit(fact.enters, *known), fact);
}

TEST(Visits, AreAskedForByTheRules) {
  Book book(rules());
  const auto ask = [&](const char* from, const char* when, const char* kind, const char* to,
                       const char* enters, const char* unit = "") {
    return done(book, request(book, from, when, kind, to, enters, unit));
  };
  // At least 36 hours, at most five days.
  EXPECT_EQ(ask("KAZ", "2026-05-10T00:00:00Z", "inspection", "POL", "2026-05-11T11:59:59.999Z"),
            "vd2011/inspection/notice_min");
  EXPECT_EQ(ask("KAZ", "2026-05-10T00:00:00Z", "inspection", "POL", "2026-05-11T12:00:00Z"), "");
  EXPECT_EQ(ask("KAZ", "2026-05-10T00:00:00Z", "inspection", "DEU", "2026-05-15T00:00:00Z"), "");
  EXPECT_EQ(ask("KAZ", "2026-05-10T00:00:00Z", "inspection", "FRA", "2026-05-15T00:00:00.001Z"),
            "vd2011/inspection/notice_max");
  // At least five days, at most seven; to a unit.
  EXPECT_EQ(ask("KAZ", "2026-05-10T00:00:00Z", "evaluation", "POL", "2026-05-14T23:59:59Z", "1st"),
            "vd2011/evaluation/notice_min");
  EXPECT_EQ(ask("KAZ", "2026-05-10T00:00:00Z", "evaluation", "POL", "2026-05-17T00:00:01Z", "1st"),
            "vd2011/evaluation/notice_max");
  EXPECT_EQ(ask("KAZ", "2026-05-10T00:00:00Z", "evaluation", "POL", "2026-05-16T00:00:00Z"),
            "exchanges/evaluation");
  EXPECT_EQ(ask("KAZ", "2026-05-10T00:00:00Z", "evaluation", "POL", "2026-05-16T00:00:00Z", "1st"), "");
  // Partners inspect nobody; a military visit can be arranged for them.
  EXPECT_EQ(ask("JOR", "2026-05-10T00:00:00Z", "inspection", "POL", "2026-05-12T00:00:00Z"),
            "exchanges/inspection forbidden");
  EXPECT_EQ(ask("POL", "2026-05-10T00:00:00Z", "inspection", "JOR", "2026-05-12T00:00:00Z"),
            "exchanges/inspection");
  EXPECT_EQ(ask("JOR", "2026-05-10T00:00:00Z", "military_visit", "POL", "2026-07-12T00:00:00Z"), "");
  EXPECT_EQ(ask("BRA", "2026-05-10T00:00:00Z", "military_visit", "POL", "2026-07-12T00:00:00Z"),
            "exchanges/military_visit forbidden");
  EXPECT_EQ(ask("KAZ", "2026-05-10T00:00:00Z", "inspection", "KAZ", "2026-05-12T00:00:00Z"),
            "exchanges/visit");
  EXPECT_EQ(ask("KAZ", "2026-05-10T00:00:00Z", "military_visit", "POL", "2026-05-09T00:00:00Z"),
            "exchanges/visit");
  EXPECT_EQ(ask("KAZ", "2026-05-10T00:00:00Z", "parade", "POL", "2026-05-12T00:00:00Z"), "exchanges/unknown");
  EXPECT_EQ(book.visits().back().id, "VISIT-2026-0004");
}

// An accepted visit; its id.
std::string accepted(Book& book, const char* from, const char* when, const char* kind, const char* to,
                     const char* enters, const char* unit = "") {
  const auto fact = request(book, from, when, kind, to, enters, unit);
  EXPECT_EQ(done(book, fact), "");
  EXPECT_EQ(done(book, by<VisitAccepted>(to, when, fact.stamp.subject)), "");
  return fact.stamp.subject;
}

TEST(Visits, AreRefusedOnlyByARuleThatHolds) {
  Book book(rules());
  accepted(book, "KAZ", "2026-05-01T00:00:00Z", "inspection", "POL", "2026-05-04T00:00:00Z");
  // The same State again: one is enough.
  const auto again =
      request(book, "KAZ", "2026-06-01T00:00:00Z", "inspection", "POL", "2026-06-04T00:00:00Z");
  EXPECT_EQ(done(book, again), "");
  const auto refuse = [&](const std::string& visit, RefusalReason why, const char* text = "",
                          const char* who = "POL") {
    return done(book, by<VisitRefused>(who, "2026-06-01T12:00:00Z", visit, {.reason = why, .text = text}));
  };
  EXPECT_EQ(refuse(again.stamp.subject, RefusalReason::quota), "vd2011/inspection/total");
  EXPECT_EQ(refuse(again.stamp.subject, RefusalReason::unit), "exchanges/inspection");
  EXPECT_EQ(refuse(again.stamp.subject, RefusalReason::same_state, "", "KAZ"),
            "exchanges/visit_answer forbidden");
  EXPECT_EQ(refuse(again.stamp.subject, RefusalReason::same_state), "");
  EXPECT_EQ(refuse(again.stamp.subject, RefusalReason::same_state), "exchanges/visit_answer");
  const auto third =
      request(book, "DEU", "2026-06-01T00:00:00Z", "inspection", "POL", "2026-06-04T00:00:00Z");
  EXPECT_EQ(done(book, third), "");
  EXPECT_EQ(refuse(third.stamp.subject, RefusalReason::same_state), "vd2011/inspection/same_state");
  EXPECT_EQ(refuse(third.stamp.subject, RefusalReason::force_majeure), "exchanges/visit_answer");
  EXPECT_EQ(refuse(third.stamp.subject, RefusalReason::force_majeure, "floods"), "");
}

TEST(Visits, CountUnlessForceMajeurePreventsThem) {
  Book book(rules());
  const VisitKind& inspection = *rules().visit("inspection");
  const auto used = [&] { return book.tally(inspection, "POL", 2026).used.all; };
  const auto first =
      accepted(book, "KAZ", "2026-05-01T00:00:00Z", "inspection", "POL", "2026-05-04T00:00:00Z");
  const auto second =
      accepted(book, "DEU", "2026-06-01T00:00:00Z", "inspection", "POL", "2026-06-04T00:00:00Z");
  EXPECT_EQ(used(), 2);
  EXPECT_EQ(done(book, by<VisitCalledOff>("POL", "2026-05-02T00:00:00Z", first,
                                          {.reason = CallOffReason::withdrawn})),
            "exchanges/visit_called_off");
  EXPECT_EQ(done(book, by<VisitCalledOff>("FRA", "2026-05-02T00:00:00Z", first)),
            "exchanges/visit_called_off forbidden");
  EXPECT_EQ(done(book, by<VisitCalledOff>("POL", "2026-05-02T00:00:00Z", first,
                                          {.reason = CallOffReason::force_majeure, .text = "floods"})),
            "");
  EXPECT_EQ(used(), 1);
  // Who asks, is given the visit and stays at home has used it.
  EXPECT_EQ(done(book, by<VisitCalledOff>("DEU", "2026-06-02T00:00:00Z", second)), "");
  EXPECT_EQ(used(), 1);
  EXPECT_EQ(book.tally(inspection, "POL", 2026).used.by_state.at("DEU"), 1);
  // What was withdrawn before it was accepted is not counted.
  const auto third =
      request(book, "FRA", "2026-07-01T00:00:00Z", "inspection", "POL", "2026-07-04T00:00:00Z");
  EXPECT_EQ(done(book, third), "");
  EXPECT_EQ(done(book, by<VisitCalledOff>("FRA", "2026-07-01T01:00:00Z", third.stamp.subject)), "");
  EXPECT_EQ(used(), 1);
}

TEST(Visits, QuotaFollowsFromWhatIsValidInTheYear) {
  Book book(rules());
  const VisitKind& evaluation = *rules().visit("evaluation");
  EXPECT_EQ(done(book, by<Sent>("POL", "2024-12-10T09:00:00Z", "aemi-2024", {.paper = {.units = 61}})), "");
  // Sent in December, valid as of 1 January of the following year.
  EXPECT_FALSE(book.tally(evaluation, "POL", 2024).quota);
  EXPECT_EQ(book.tally(evaluation, "POL", 2025).quota->number, 2);
  // Until it reports again, what it reported last stands.
  EXPECT_EQ(book.tally(evaluation, "POL", 2026).quota->number, 2);
  EXPECT_EQ(book.tally(evaluation, "POL", 2026).reported_year, 2025);
  EXPECT_EQ(done(book, by<Sent>("POL", "2025-12-10T09:00:00Z", "aemi-2025", {.paper = {.units = 500}})), "");
  EXPECT_EQ(book.tally(evaluation, "POL", 2026).quota->number, 9);
  EXPECT_EQ(book.tally(evaluation, "POL", 2025).quota->number, 2);
  // A correction of the numbers changes the quota, one of something else does not.
  EXPECT_EQ(done(book, by<Corrected>("POL", "2026-01-10T09:00:00Z", "aemi-2025", {.corrects = 1})), "");
  EXPECT_EQ(book.tally(evaluation, "POL", 2026).quota->number, 9);
  EXPECT_EQ(done(book, by<Corrected>("POL", "2026-01-11T09:00:00Z", "aemi-2025",
                                     {.corrects = 2, .paper = {.units = 301}})),
            "");
  EXPECT_EQ(book.tally(evaluation, "POL", 2026).quota->number, 6);
}

TEST(Visits, YearIsThatOfTheEntryInVienna) {
  Book book(rules());
  // 31 December in UTC, 1 January in Vienna.
  const auto id = accepted(book, "KAZ", "2026-12-30T00:00:00Z", "inspection", "POL", "2026-12-31T23:30:00Z");
  EXPECT_EQ(id, "VISIT-2027-0001");
  EXPECT_EQ(book.tally(*rules().visit("inspection"), "POL", 2026).used.all, 0);
  EXPECT_EQ(book.tally(*rules().visit("inspection"), "POL", 2027).used.all, 1);
}

TEST(Visits, AUnitIsNotVisitedTooOften) {
  Book book(rules());
  EXPECT_EQ(done(book, by<Sent>("POL", "2025-12-10T09:00:00Z", "aemi-2025", {.paper = {.units = 900}})), "");
  accepted(book, "KAZ", "2026-02-01T00:00:00Z", "evaluation", "POL", "2026-02-07T00:00:00Z", "1st");
  EXPECT_EQ(done(book, request(book, "KAZ", "2026-03-01T00:00:00Z", "evaluation", "POL",
                               "2026-03-07T00:00:00Z", "1st")),
            "vd2011/evaluation/unit_same_state");
  accepted(book, "DEU", "2026-03-01T00:00:00Z", "evaluation", "POL", "2026-03-07T00:00:00Z", "1st");
  EXPECT_EQ(done(book, request(book, "FRA", "2026-04-01T00:00:00Z", "evaluation", "POL",
                               "2026-04-07T00:00:00Z", "1st")),
            "vd2011/evaluation/unit");
  accepted(book, "FRA", "2026-04-01T00:00:00Z", "evaluation", "POL", "2026-04-07T00:00:00Z", "2nd");
  // In the next year it is open again.
  accepted(book, "KAZ", "2027-02-01T00:00:00Z", "evaluation", "POL", "2027-02-07T00:00:00Z", "1st");
}

TEST(Visits, AnswersAndReportsHaveTheirTime) {
  Book book(rules());
  const auto fact = request(book, "KAZ", "2026-05-01T00:00:00Z", "inspection", "POL", "2026-05-04T00:00:00Z");
  EXPECT_EQ(done(book, fact), "");
  const std::string& id = fact.stamp.subject;
  EXPECT_EQ(book.next_due(), at("2026-05-02T00:00:00Z"));
  EXPECT_TRUE(book.overdue(at("2026-05-01T23:59:59.999Z")).empty());
  ASSERT_EQ(book.overdue(at("2026-05-02T00:00:00Z")).size(), 1u);
  EXPECT_EQ(done(book, book.overdue(at("2026-05-02T00:00:00Z")).front()), "");
  EXPECT_TRUE(book.overdue(at("2026-05-03T00:00:00Z")).empty());
  EXPECT_EQ(done(book, by<VisitAccepted>("POL", "2026-05-02T10:00:00Z", id)), "");
  const VisitCarriedOut visit{.entered = at("2026-05-04T06:00:00Z"), .left = at("2026-05-06T06:00:00Z")};
  EXPECT_EQ(done(book, by<VisitCarriedOut>("KAZ", "2026-05-05T06:00:00Z", id, visit)),
            "exchanges/visit_carried_out");
  EXPECT_EQ(done(book, by<VisitReportSent>("KAZ", "2026-05-06T06:00:00Z", id)), "exchanges/visit_report");
  EXPECT_EQ(done(book, by<VisitCarriedOut>("KAZ", "2026-05-06T06:00:00Z", id, visit)), "");
  EXPECT_EQ(done(book, by<VisitCalledOff>("KAZ", "2026-05-06T07:00:00Z", id)), "exchanges/visit_called_off");
  EXPECT_EQ(book.next_due(), at("2026-05-20T06:00:00Z"));
  EXPECT_EQ(done(book, by<VisitReportSent>("POL", "2026-05-10T06:00:00Z", id)),
            "exchanges/visit_report forbidden");
  EXPECT_EQ(done(book, by<VisitReportSent>("KAZ", "2026-05-10T06:00:00Z", id)), "");
  EXPECT_EQ(book.next_due(), std::nullopt);
  EXPECT_EQ(book.visit(id)->state, VisitState::carried_out);
}

// --- Random histories, beside a count that goes through the whole list each time ---

struct Asked {
  std::string id{}, kind{}, from{}, to{}, unit{}, host{};
  Instant enters{};
  bool accepted = false, refused = false, off = false, excused = false;
};

struct Slow {
  std::vector<Asked> all;
  std::map<std::string, int> units;  // reported by each State for 2026

  // How many accepted visits that force majeure did not prevent satisfy something.
  template <typename Which>
  int count(const std::string& kind, const std::string& to, Which which) const {
    int out = 0;
    for (const Asked& each : all) {
      const bool in_year = each.enters >= parse_instant("2025-12-31T23:00:00Z").value() &&
                           each.enters < parse_instant("2026-12-31T23:00:00Z").value();
      if (each.kind == kind && each.to == to && in_year && each.accepted && !each.excused && which(each))
        ++out;
    }
    return out;
  }

  std::set<RefusalReason> free_of(const Asked& asked) const {
    std::set<RefusalReason> out;
    const auto any = [](const Asked&) { return true; };
    const auto from = [&](const Asked& each) { return each.from == asked.from; };
    const auto unit = [&](const Asked& each) { return each.unit == asked.unit; };
    if (asked.kind == "inspection") {
      if (count("inspection", asked.to, any) >= 3) out.insert(RefusalReason::quota);
      if (count("inspection", asked.to, from) >= 1) out.insert(RefusalReason::same_state);
      return out;
    }
    if (const auto found = units.find(asked.to); found != units.end()) {
      int quota = 0;
      for (int left = found->second; left > 0 && quota < 15; left -= 60) ++quota;
      if (count("evaluation", asked.to, any) >= quota) out.insert(RefusalReason::quota);
      int same = 0;
      while ((same + 1) * 5 <= quota) ++same;
      if (quota < 5) same = 1;
      if (count("evaluation", asked.to, from) >= same) out.insert(RefusalReason::same_state);
    }
    const int of_unit = count("evaluation", asked.to, unit);
    const int of_both =
        count("evaluation", asked.to, [&](const Asked& each) { return from(each) && unit(each); });
    if (of_unit >= 2 || of_both >= 1) out.insert(RefusalReason::unit);
    for (const Asked& each : all) {
      if (each.id == asked.id || each.kind != "evaluation" || each.host != asked.host || !each.accepted ||
          each.off)
        continue;
      const auto apart = each.enters - asked.enters;
      if (apart < std::chrono::hours(24) && apart > -std::chrono::hours(24))
        out.insert(RefusalReason::at_once);
    }
    return out;
  }
};

TEST(Visits, RandomHistoriesAreCountedAsByHand) {
  const std::vector<std::string> states = {"AUT", "DEU", "FRA", "KAZ", "POL"};
  const std::vector<std::string> unit_names = {"1st", "2nd", "3rd"};
  std::mt19937 random(20'261'215);
  const auto pick = [&](int from, int to) { return std::uniform_int_distribution(from, to)(random); };
  const auto one_of = [&](const std::vector<std::string>& all) -> const std::string& {
    return all[static_cast<std::size_t>(pick(0, static_cast<int>(all.size()) - 1))];
  };
  int refused_truly = 0, refused_wrongly = 0, forbidden = 0;
  for (int history = 0; history < 6'000; ++history) {
    Book book(rules());
    Slow slow;
    for (const std::string& state : states) {
      if (pick(0, 4) == 0) continue;
      const int number = pick(0, 3) == 0 ? pick(0, 1'500) : pick(0, 400);
      slow.units[state] = number;
      ASSERT_EQ(done(book, by<Sent>(state.c_str(), "2025-12-01T00:00:00Z", "aemi-2025",
                                    {.paper = {.units = number}})),
                "");
    }
    Instant now = at("2026-01-02T00:00:00Z");
    for (int step = 0; step < 40; ++step) {
      now += std::chrono::hours(pick(1, 90));
      const auto stamp = [&](const std::string& state, const std::string& subject) {
        return acts::Stamp{.at = now, .actor = {.by = "x", .delegation = state}, .subject = subject};
      };
      if (slow.all.empty() || pick(0, 2) != 0) {
        Asked asked{.kind = pick(0, 2) == 0 ? "inspection" : "evaluation",
                    .from = one_of(states),
                    .to = one_of(states),
                    .unit = one_of(unit_names)};
        if (asked.from == asked.to) continue;
        asked.enters = now + std::chrono::hours(asked.kind == "inspection" ? 40 : pick(120, 168));
        asked.host = asked.to;
        VisitRequested fact{
            .kind = asked.kind, .receiving = asked.to, .unit = asked.unit, .enters = asked.enters};
        fact.stamp = stamp(asked.from, book.next_visit(asked.enters, *rules().visit(asked.kind)));
        asked.id = fact.stamp.subject;
        const bool free = slow.free_of(asked).contains(RefusalReason::unit);
        ASSERT_EQ(!done(book, fact).empty(), free);
        forbidden += free;
        if (!free) slow.all.push_back(asked);
        continue;
      }
      Asked& asked = slow.all[static_cast<std::size_t>(pick(0, static_cast<int>(slow.all.size()) - 1))];
      const int what = pick(0, 9);
      if (!asked.accepted && !asked.refused && !asked.off) {
        const auto free = slow.free_of(asked);
        std::set<RefusalReason> said;
        for (const Exhausted& each : book.free_of(book.visit(asked.id)->asked)) said.insert(each.reason);
        ASSERT_EQ(said, free) << "history " << history << " step " << step;
        if (what < 5) {
          VisitAccepted fact;
          fact.stamp = stamp(asked.to, asked.id);
          const bool may = !free.contains(RefusalReason::unit);
          ASSERT_EQ(done(book, fact).empty(), may);
          asked.accepted = may;
        } else {
          VisitRefused fact{.reason = static_cast<RefusalReason>(pick(0, 4))};
          if (!free.empty() && pick(0, 1) == 0) fact.reason = *free.begin();
          fact.stamp = stamp(asked.to, asked.id);
          const bool holds_true = free.contains(fact.reason);
          ASSERT_EQ(done(book, fact).empty(), holds_true);
          asked.refused = holds_true;
          (holds_true ? refused_truly : refused_wrongly) += 1;
        }
      } else if (asked.accepted && !asked.off && what < 3) {
        VisitCalledOff fact{.reason = what == 0 ? CallOffReason::withdrawn : CallOffReason::force_majeure,
                            .text = "storm"};
        fact.stamp = stamp(asked.from, asked.id);
        ASSERT_EQ(done(book, fact), "");
        asked.off = true;
        asked.excused = what != 0;
      }
    }
    for (const std::string& state : states) {
      for (const char* kind : {"inspection", "evaluation"}) {
        ASSERT_EQ(book.tally(*rules().visit(kind), state, 2026).used.all,
                  slow.count(kind, state, [](const Asked&) { return true; }));
      }
    }
  }
  // The histories reach what they are about.
  EXPECT_GT(refused_truly, 500);
  EXPECT_GT(refused_wrongly, 500);
  EXPECT_GT(forbidden, 500);
}

}  // namespace
}  // namespace mithaq::exchanges
