#include "engines/debates/debates.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::debates {
namespace {

using acts::Capacity;

const Calendar& calendar() {
  static const Calendar read = Calendar::load(test::data() / "debates");
  return read;
}

Instant at(const char* text) {
  return parse_instant(text).value();
}

// The debate of October 2016, as its concept note prepares it.
struct Course {
  Book book{calendar()};
  Instant now = at("2016-10-05T14:00:00Z");
  bool presides = true;

  acts::Stamp stamp(Capacity capacity, std::string delegation, std::string subject = "DEB-1") {
    now += std::chrono::seconds(1);
    return {.at = now,
            .actor = {.by = "somebody", .delegation = std::move(delegation), .capacity = capacity},
            .subject = std::move(subject)};
  }
  Opened opening() {
    Opened fact{.stamp = stamp(Capacity::chair, "RUS"),
                .body = "UN.SC",
                .title = {{"ar", "التعاون بين الأمم المتحدة والمنظمات الإقليمية"}}};
    fact.begins.at = at("2016-10-28T14:00:00Z");
    return fact;
  }
  NoteGiven note() { return {.stamp = stamp(Capacity::chair, "RUS"), .document = "S/2016/867"}; }
  ViewsAsked question() {
    ViewsAsked fact{.stamp = stamp(Capacity::chair, "RUS"), .asked = {"KAZ", "RUS", "ARM"}};
    fact.before.at = at("2016-10-21T16:00:00Z");
    return fact;
  }
  ViewGiven view(std::string state, std::string words) {
    return {.stamp = stamp(Capacity::delegation, std::move(state)), .text = {{"en", std::move(words)}}};
  }
  SpeakerInvited guest(std::string id, std::string name, std::string organization) {
    return {.stamp = stamp(Capacity::chair, "RUS"),
            .speaker = std::move(id),
            .name = {{"en", std::move(name)}},
            .organization = std::move(organization)};
  }
  std::optional<acts::Refusal> ask(const Fact& fact) const {
    return book.refusal_of(fact, {.presides = presides});
  }
  void act(const Fact& fact) {
    const auto refusal = ask(fact);
    ASSERT_FALSE(refusal) << refusal->rule << ": " << refusal->reason;
    book.enter(fact);
  }
};

std::string rule_of(const std::optional<acts::Refusal>& refusal) {
  if (!refusal) return "permitted";
  return refusal->rule + (refusal->forbidden ? " forbidden" : "");
}

TEST(Debates, ArePreparedHeldAndConcluded) {
  Course course;
  course.act(course.opening());
  course.act(course.note());
  course.act(course.guest("speaker-1", "Nikolai Bordyuzha", "CSTO"));
  course.act(SpeakerAnswered{
      .stamp = course.stamp(Capacity::delegation, "CSTO"), .speaker = "speaker-1", .accepts = true});
  course.act(course.question());
  course.act(course.view("KAZ", "A nuclear-weapon-free world."));
  course.act(course.view("KAZ", "And security with development."));
  course.act(Held{
      .stamp = course.stamp(Capacity::chair, "RUS"), .day = *parse_day("2016-10-05"), .symbol = "S/PV.7796"});
  course.act(Concluded{.stamp = course.stamp(Capacity::chair, "RUS"), .outcome = {{"en", "No document"}}});
  const Debate& debate = course.book.find("DEB-1");
  EXPECT_EQ(debate.stage, Stage::concluded);
  ASSERT_EQ(debate.views.size(), 2u);
  EXPECT_TRUE(debate.views[0].amended);
  EXPECT_EQ(debate.view_of("KAZ")->given.text.at("en"), "And security with development.");
  EXPECT_EQ(debate.view_of("ARM"), nullptr);
  EXPECT_EQ(debate.speakers[0].accepts, true);
  EXPECT_EQ(rule_of(course.ask(course.note())), "debates/stage");
}

TEST(Debates, NoStageIsPassedOver) {
  Course course;
  Opened past = course.opening();
  past.begins.at = course.now;
  EXPECT_EQ(rule_of(course.ask(past)), "debates/presidency");
  Opened strange = course.opening();
  strange.item = "un_moon";
  EXPECT_EQ(rule_of(course.ask(strange)), "debates/cycle");
  course.act(course.opening());
  EXPECT_EQ(rule_of(course.ask(course.question())), "debates/views");
  EXPECT_EQ(rule_of(course.ask(course.view("KAZ", "early"))), "debates/views");
  const Held held{.stamp = course.stamp(Capacity::chair, "RUS"), .day = *parse_day("2016-10-05")};
  EXPECT_EQ(rule_of(course.ask(held)), "debates/stage");
  EXPECT_EQ(rule_of(course.ask(Concluded{.stamp = course.stamp(Capacity::chair, "RUS"), .decision = "S/1"})),
            "debates/stage");
  course.act(course.note());
  ViewsAsked late = course.question();
  late.before.at = course.book.find("DEB-1").opened.begins.at + std::chrono::milliseconds(1);
  EXPECT_EQ(rule_of(course.ask(late)), "debates/views");
  course.act(Cancelled{.stamp = course.stamp(Capacity::chair, "RUS")});
  EXPECT_EQ(rule_of(course.ask(held)), "debates/stage");
  EXPECT_THROW(static_cast<void>(course.book.find("DEB-2")), Error);
}

TEST(Debates, ThePresidencyPreparesAndStatesGiveTheirViews) {
  Course course;
  course.act(course.opening());
  course.act(course.note());
  course.act(course.guest("speaker-1", "Rashid Alimov", "SCO"));
  EXPECT_EQ(rule_of(course.ask(course.guest("speaker-2", "Rashid Alimov", "SCO"))), "debates/guests");
  course.act(course.question());
  EXPECT_EQ(rule_of(course.ask(course.view("BRA", "a view"))), "debates/views forbidden");
  EXPECT_EQ(rule_of(course.ask(course.view("KAZ", ""))), "debates/views");
  course.presides = false;
  EXPECT_EQ(rule_of(course.ask(course.note())), "debates/presidency forbidden");
  EXPECT_EQ(rule_of(course.ask(course.opening())), "debates/presidency forbidden");
  EXPECT_EQ(rule_of(course.ask(course.view("KAZ", "a view"))), "permitted");
  SpeakerAnswered answer{.stamp = course.stamp(Capacity::delegation, "CSTO"), .speaker = "speaker-1"};
  EXPECT_EQ(rule_of(course.ask(answer)), "debates/guests forbidden");
  answer.speaker = "speaker-9";
  EXPECT_EQ(rule_of(course.ask(answer)), "debates/guests");
}

TEST(FollowedItems, AreRemindedOfOnceEach) {
  Course course;
  course.now = at("2026-02-01T00:00:00Z");
  EXPECT_EQ(rule_of(course.ask(ItemFollowed{.stamp = course.stamp(Capacity::delegation, "RUS", "un_csto")})),
            "debates/cycle forbidden");
  course.act(ItemFollowed{.stamp = course.stamp(Capacity::secretariat, "", "un_csto")});
  EXPECT_EQ(rule_of(course.ask(ItemFollowed{.stamp = course.stamp(Capacity::secretariat, "", "un_csto")})),
            "debates/cycle");
  // Session 81 opens on 8 September 2026; 180 days before is 12 March.
  EXPECT_EQ(course.book.next_reminder(course.now), at("2026-03-12T00:00:00Z"));
  EXPECT_TRUE(course.book.reminders(at("2026-03-11T23:59:59.999Z")).empty());
  std::vector<std::pair<int, int>> sent;
  // The program looks every day for three years, twice a day.
  for (course.now = at("2026-03-01T00:00:00Z"); course.now < at("2029-03-01T00:00:00Z");
       course.now += std::chrono::hours(12)) {
    for (Reminded each : course.book.reminders(course.now)) {
      each.stamp.actor.capacity = Capacity::system;
      course.act(each);
      sent.emplace_back(each.session, each.days);
    }
  }
  EXPECT_EQ(sent, (std::vector<std::pair<int, int>>{
                      {81, 180}, {81, 60}, {81, 14}, {81, 0}, {83, 180}, {83, 60}, {83, 14}, {83, 0}}));
}

// A program that waits until next_reminder() finds something to do then, however long it was away.
TEST(FollowedItems, WaitingForTheNextReminderNeverWaitsInVain) {
  for (const int away_days : {1, 30, 200, 400, 800, 3000}) {
    Course course;
    course.now = at("2026-02-01T00:00:00Z");
    course.act(ItemFollowed{.stamp = course.stamp(Capacity::secretariat, "", "un_csto")});
    Instant last = course.now;
    for (int round = 0; round < 12; ++round) {
      const auto next = course.book.next_reminder(last);
      ASSERT_TRUE(next) << away_days;
      ASSERT_GT(*next, last);
      course.now = *next + std::chrono::days(away_days);
      const auto come = course.book.reminders(course.now);
      ASSERT_FALSE(come.empty()) << away_days << ' ' << format_instant(*next);
      for (Reminded each : come) {
        each.stamp.actor.capacity = Capacity::system;
        course.act(each);
      }
      last = course.now;
    }
  }
}

TEST(FollowedItems, WhatWasMissedIsSaidOnceAndWhatIsDoneNoMore) {
  Course course;
  course.now = at("2026-02-01T00:00:00Z");
  course.act(ItemFollowed{.stamp = course.stamp(Capacity::secretariat, "", "un_csto")});
  // The program was away from March to the end of August.
  course.now = at("2026-08-30T08:00:00Z");
  const auto missed = course.book.reminders(course.now);
  ASSERT_EQ(missed.size(), 1u);
  EXPECT_EQ(missed[0].days, 14);
  Reminded by_hand = missed[0];
  by_hand.stamp.actor.capacity = Capacity::secretariat;
  EXPECT_EQ(rule_of(course.ask(by_hand)), "debates/cycle forbidden");
  by_hand.stamp.actor.capacity = Capacity::system;
  by_hand.days = 60;
  EXPECT_EQ(rule_of(course.ask(by_hand)), "debates/cycle");

  TakenUp done{
      .stamp = course.stamp(Capacity::secretariat, "", "un_csto"), .session = 81, .decision = "A/RES/81/12"};
  EXPECT_EQ(rule_of(course.ask(done)), "debates/cycle");  // the session opens on 8 September
  done.stamp.at = at("2026-11-20T00:00:00Z");
  course.act(done);
  EXPECT_EQ(rule_of(course.ask(done)), "debates/cycle");
  EXPECT_EQ(course.book.items().at("un_csto").taken_up.at(81), "A/RES/81/12");
  EXPECT_THROW(
      static_cast<void>(course.ask(ItemFollowed{.stamp = course.stamp(Capacity::secretariat, "", "moon")})),
      Error);
}

}  // namespace
}  // namespace mithaq::debates
