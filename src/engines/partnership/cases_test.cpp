#include "engines/partnership/cases.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::partnership {
namespace {

using acts::Capacity;

const Law& law() {
  static const Law read = Law::load(test::data() / "partnership");
  return read;
}

Instant at(const char* text) {
  return parse_instant(text).value();
}

// A case of Lebanon, and the acts that bring it on, one second after another.
struct Course {
  Book book{law()};
  Instant now = at("2026-02-02T09:00:00Z");
  Outcome decision{.state = Outcome::State::open, .body = "OSCE_PC", .rule_set = "osce_pc"};

  acts::Stamp stamp(Capacity capacity, std::string delegation) {
    now += std::chrono::seconds(1);
    return {.at = now,
            .actor = {.by = "somebody", .delegation = std::move(delegation), .capacity = capacity},
            .subject = "APP-1"};
  }
  Received letter(std::string state = "LBN") {
    return {.stamp = stamp(Capacity::delegation, std::move(state)),
            .organization = "OSCE",
            .status = "partner_mediterranean",
            .signed_by = "The Minister for Foreign Affairs",
            .dated = *parse_day("2026-01-28"),
            .letter = {{"ar", "نتقدم بطلب رسمي"}}};
  }
  Circulated circulation(std::vector<std::string> states = {"AUT", "DEU", "KAZ"}) {
    return {
        .stamp = stamp(Capacity::chair, "FIN"), .document = "CIO.GAL/12/26", .consulted = std::move(states)};
  }
  Assessed assessment(std::string state, std::string factor, std::string words) {
    return {.stamp = stamp(Capacity::delegation, std::move(state)),
            .factor = std::move(factor),
            .text = {{"en", std::move(words)}}};
  }
  Consulted consultations() {
    return {.stamp = stamp(Capacity::chair, "FIN"), .held = *parse_day("2026-02-01")};
  }
  DecisionOpened opening(std::string consultation = "PC-1") {
    return {.stamp = stamp(Capacity::chair, "FIN"), .consultation = std::move(consultation)};
  }
  Granted grant(std::string consultation = "PC-1") {
    acts::Stamp when = stamp(Capacity::system, "");
    return {.stamp = when, .consultation = std::move(consultation), .from = decision.at};
  }

  std::optional<acts::Refusal> ask(const Fact& fact, bool entitled = true) const {
    return book.refusal_of(fact, {.entitled = entitled, .decision = decision});
  }
  // Does an act that has to be permitted.
  void act(const Fact& fact) {
    const auto refusal = ask(fact);
    ASSERT_FALSE(refusal) << refusal->rule << ": " << refusal->reason;
    book.enter(fact);
  }
  void up_to(Stage stage) {
    act(letter());
    if (stage == Stage::received) return;
    act(circulation());
    if (stage == Stage::circulated) return;
    act(consultations());
    if (stage == Stage::consultations) return;
    act(opening());
    if (stage == Stage::decision) return;
    adopt();
    act(grant());
  }
  void adopt() {
    now += std::chrono::hours(1);
    decision.state = Outcome::State::adopted;
    decision.at = now;
  }
  const Case& about() const { return book.find("APP-1"); }
};

std::string rule_of(const std::optional<acts::Refusal>& refusal) {
  if (!refusal) return "permitted";
  return refusal->rule + (refusal->forbidden ? " forbidden" : "");
}

TEST(Applications, GoFromLetterToStatus) {
  Course course;
  course.up_to(Stage::granted);
  EXPECT_EQ(course.about().stage, Stage::granted);
  EXPECT_EQ(course.about().granted->from, course.decision.at);
  EXPECT_EQ(course.about().state, "LBN");
}

TEST(Reviews, TakeAwayWhatTheRegisterHolds) {
  Course course;
  const auto review = [&](Capacity capacity, std::string who) {
    return ReviewOpened{.stamp = course.stamp(capacity, std::move(who)),
                        .organization = "OSCE",
                        .state = "JPN",
                        .status = "partner_asian",
                        .reason = {{"ar", "لم يشارك"}}};
  };
  const auto rule = [&](const ReviewOpened& fact, bool holds = true) {
    return rule_of(course.book.refusal_of(fact, {.holds = holds}));
  };
  EXPECT_EQ(rule(review(Capacity::delegation, "KAZ")), "partnership/formal_decision forbidden");
  EXPECT_EQ(rule(review(Capacity::chair, "FIN"), false), "partnership/closed");
  ReviewOpened unknown = review(Capacity::chair, "FIN");
  unknown.status = "participating_state";
  EXPECT_EQ(rule(unknown), "partnership/formal_decision") << "no State is thrown out by such a case";
  EXPECT_EQ(rule(review(Capacity::chair, "FIN")), "permitted");
  EXPECT_EQ(rule(review(Capacity::secretariat, "")), "permitted");

  const ReviewOpened opened = review(Capacity::chair, "FIN");
  course.book.enter(opened);
  EXPECT_EQ(course.about().state, "JPN");
  EXPECT_EQ(course.about().stage, Stage::granted);
  EXPECT_FALSE(course.about().granted) << "no case granted it";
  EXPECT_EQ(rule(review(Capacity::chair, "FIN")), "partnership/one_case");
  // It is nothing that is applied for: no factors, no letter to withdraw, no decision on granting it.
  EXPECT_EQ(rule_of(course.ask(course.assessment("AUT", "benefit", "good"))), "partnership/closed");
  EXPECT_EQ(rule_of(course.ask(course.opening())), "partnership/closed");
  EXPECT_EQ(rule_of(course.ask(course.grant())), "partnership/closed");
  Withdrawn withdrawal{.stamp = course.stamp(Capacity::delegation, "JPN")};
  EXPECT_EQ(rule_of(course.ask(withdrawal)), "partnership/closed");
  // The revocation goes the way of every revocation.
  course.act(RevocationOpened{.stamp = course.stamp(Capacity::chair, "FIN"), .consultation = "PC-9"});
  EXPECT_EQ(rule_of(course.ask(Revoked{.stamp = course.stamp(Capacity::system, ""), .consultation = "PC-9"})),
            "partnership/formal_decision")
      << "the decision is not adopted";
  course.adopt();
  acts::Stamp when = course.stamp(Capacity::system, "");
  course.act(Revoked{.stamp = when, .consultation = "PC-9", .from = course.decision.at});
  EXPECT_EQ(course.about().stage, Stage::revoked);
  EXPECT_EQ(rule(review(Capacity::chair, "FIN")), "permitted") << "if it holds the status again";
}

TEST(Applications, ALetterIsAFormalRequestOfAState) {
  Course course;
  const auto rule = [&](auto change) {
    Received letter = course.letter();
    change(letter);
    return rule_of(course.ask(letter));
  };
  const std::string formal = "partnership/formal_request";
  EXPECT_EQ(rule([](Received&) {}), "permitted");
  EXPECT_EQ(rule([](Received& l) { l.stamp.actor.delegation.clear(); }), formal);
  EXPECT_EQ(rule([](Received& l) { l.signed_by.clear(); }), formal);
  EXPECT_EQ(rule([](Received& l) { l.dated = {}; }), formal);
  EXPECT_EQ(rule([](Received& l) { l.dated = *parse_day("2026-03-01"); }), formal);
  EXPECT_EQ(rule([](Received& l) { l.letter.clear(); }), formal);
  EXPECT_EQ(rule([](Received& l) { l.letter.clear(), l.document = "LBN-NV-12"; }), "permitted");
  EXPECT_EQ(rule([](Received& l) { l.status = "participating_state"; }), formal);
  EXPECT_EQ(rule([](Received& l) { l.organization = "NATO"; }), formal);
  EXPECT_EQ(rule([](Received& l) { l.stamp.actor.capacity = Capacity::chair; }), formal + " forbidden");
  // The secretariat records what came on paper.
  EXPECT_EQ(rule([](Received& l) { l.stamp.actor.capacity = Capacity::secretariat; }), "permitted");
  EXPECT_EQ(rule_of(course.book.refusal_of(course.letter(), {.holds = true})), "partnership/closed");
  EXPECT_EQ(rule_of(course.book.refusal_of(course.letter("AUT"), {.entitled_itself = true})), formal);
  course.act(course.letter());
  EXPECT_EQ(rule_of(course.ask(course.letter())), "partnership/one_case");
  EXPECT_EQ(rule_of(course.ask(course.letter("ALB"))), "permitted");
}

TEST(Applications, NoStageIsPassedOver) {
  const std::string stage = "partnership/stage", consultation = "partnership/consultation";
  Course course;
  course.up_to(Stage::received);
  EXPECT_EQ(rule_of(course.ask(course.assessment("AUT", "benefit", "much"))), stage);
  EXPECT_EQ(rule_of(course.ask(course.consultations())), stage);
  EXPECT_EQ(rule_of(course.ask(course.opening())), stage);
  course.act(course.circulation());
  EXPECT_EQ(rule_of(course.ask(course.circulation())), stage);
  EXPECT_EQ(rule_of(course.ask(course.opening())), consultation);
  EXPECT_EQ(rule_of(course.ask(Refused{.stamp = course.stamp(Capacity::chair, "FIN")})), stage);
  course.act(course.consultations());
  EXPECT_EQ(rule_of(course.ask(course.grant())), "partnership/formal_decision");
  EXPECT_EQ(rule_of(course.ask(RevocationOpened{.stamp = course.stamp(Capacity::chair, "FIN")})),
            "partnership/closed");
  course.act(course.opening());
  EXPECT_EQ(rule_of(course.ask(course.opening())), stage);
  // Consultations may go on while the decision is open.
  EXPECT_EQ(rule_of(course.ask(course.consultations())), "permitted");
  EXPECT_EQ(course.about().stage, Stage::decision);
}

TEST(Applications, AssessmentsAreWordsAndOpenNothing) {
  Course course;
  course.up_to(Stage::circulated);
  course.act(course.assessment("AUT", "benefit", "It would help the dialogue."));
  course.act(course.assessment("DEU", "benefit", "We see none."));
  course.act(course.assessment("AUT", "benefit", "On reflection it would help much."));
  const auto& said = course.about().assessments.at("benefit");
  ASSERT_EQ(said.size(), 3u);
  EXPECT_TRUE(said[0].amended);
  EXPECT_FALSE(said[1].amended);
  EXPECT_EQ(course.about().latest("AUT", "benefit")->text.at("en"), "On reflection it would help much.");
  EXPECT_EQ(course.about().stage, Stage::circulated);
  EXPECT_EQ(rule_of(course.ask(course.assessment("AUT", "benefit", ""))), "partnership/factors");
  EXPECT_EQ(rule_of(course.ask(course.assessment("AUT", "weather", "good"))), "partnership/factors");

  // "neither exhaustive": a State names a further factor, and another answers it.
  course.act(FactorNamed{.stamp = course.stamp(Capacity::delegation, "KAZ"),
                         .factor = "further-1",
                         .name = {{"en", "Water of shared rivers"}}});
  course.act(course.assessment("AUT", "further-1", "No view."));
  EXPECT_EQ(rule_of(course.ask(FactorNamed{.stamp = course.stamp(Capacity::chair, "FIN"),
                                           .factor = "further-2",
                                           .name = {{"en", "Water of shared rivers"}}})),
            "partnership/factors");
  EXPECT_EQ(rule_of(course.ask(FactorNamed{.stamp = course.stamp(Capacity::chair, "FIN"), .factor = "f"})),
            "partnership/factors");

  // "nor cumulative": a decision is opened although most factors were answered by nobody.
  course.act(course.consultations());
  course.act(course.opening());
  EXPECT_EQ(rule_of(course.ask(course.assessment("KAZ", "shared_principles", "late but said"))), "permitted");
}

TEST(Applications, OnlyWhoIsEntitledConsiders) {
  Course course;
  course.up_to(Stage::circulated);
  const std::string not_theirs = "partnership/consultation forbidden";
  // A Partner, or a State whose status ended a second ago.
  EXPECT_EQ(rule_of(course.ask(course.assessment("AUT", "benefit", "yes"), false)), not_theirs);
  // A State that joined after the circulation.
  EXPECT_EQ(rule_of(course.ask(course.assessment("MNG", "benefit", "yes"))), not_theirs);
  Assessed by_chair = course.assessment("AUT", "benefit", "yes");
  by_chair.stamp.actor.capacity = Capacity::chair;
  EXPECT_EQ(rule_of(course.ask(by_chair)), not_theirs);
  Assessed by_nobody = course.assessment("", "benefit", "yes");
  EXPECT_EQ(rule_of(course.ask(by_nobody)), not_theirs);
  Circulated by_state = course.circulation();
  by_state.stamp.actor.capacity = Capacity::delegation;
  EXPECT_EQ(rule_of(course.ask(by_state)), not_theirs);
  EXPECT_EQ(rule_of(course.ask(Withdrawn{.stamp = course.stamp(Capacity::delegation, "AUT")})),
            "partnership/formal_request forbidden");
}

TEST(Applications, ADecisionOfAllAndNothingElseGrants) {
  Course course;
  course.up_to(Stage::consultations);
  const std::string formal = "partnership/formal_decision";
  course.decision.state = Outcome::State::unknown;
  EXPECT_EQ(rule_of(course.ask(course.opening("PC-404"))), formal);
  course.decision = {.state = Outcome::State::open, .body = "OSCE_PC", .rule_set = "minus_one"};
  EXPECT_EQ(rule_of(course.ask(course.opening())), formal);
  course.decision.rule_set = "osce_pc";
  course.decision.body = "UN_GA";
  EXPECT_EQ(rule_of(course.ask(course.opening())), formal);
  course.decision.body = "OSCE_PC";
  course.decision.for_case = "APP-2";
  EXPECT_EQ(rule_of(course.ask(course.opening())), formal);
  course.decision.for_case = "APP-1";
  course.decision.state = Outcome::State::adopted;
  EXPECT_EQ(rule_of(course.ask(course.opening())), formal);
  course.decision.state = Outcome::State::open;
  course.act(course.opening());
  EXPECT_EQ(rule_of(course.ask(course.grant())), formal);
  EXPECT_EQ(rule_of(course.ask(Refused{.stamp = course.stamp(Capacity::chair, "FIN")})), formal);
  course.adopt();
  EXPECT_EQ(rule_of(course.ask(course.grant("PC-2"))), formal);
  Granted by_hand = course.grant();
  by_hand.stamp.actor.capacity = Capacity::chair;
  EXPECT_EQ(rule_of(course.ask(by_hand)), formal + " forbidden");
  Granted later = course.grant();
  later.from += std::chrono::milliseconds(1);
  EXPECT_EQ(rule_of(course.ask(later)), formal);
  EXPECT_EQ(rule_of(course.ask(Withdrawn{.stamp = course.stamp(Capacity::delegation, "LBN")})),
            "partnership/closed");
  course.act(course.grant());
  EXPECT_EQ(rule_of(course.ask(course.grant())), "partnership/closed");
}

TEST(Applications, AFailedDecisionMayBeOpenedAnewOrTheCaseIsRefused) {
  Course course;
  course.up_to(Stage::decision);
  course.decision.state = Outcome::State::not_adopted;
  Course other = course;
  course.act(Refused{.stamp = course.stamp(Capacity::chair, "FIN"), .reason = {{"en", "No consensus"}}});
  EXPECT_EQ(course.about().stage, Stage::refused);
  EXPECT_EQ(rule_of(course.ask(course.assessment("AUT", "benefit", "yes"))), "partnership/closed");
  // A refused State may ask again.
  Received again = course.letter();
  again.stamp.subject = "APP-2";
  EXPECT_EQ(rule_of(course.ask(again)), "permitted");

  other.decision.state = Outcome::State::open;
  other.act(other.opening("PC-2"));
  other.adopt();
  EXPECT_EQ(rule_of(other.ask(other.grant("PC-1"))), "partnership/formal_decision");
  other.act(other.grant("PC-2"));
}

TEST(Applications, TheApplicantMayWithdrawUntilItIsDecided) {
  for (const Stage stage : {Stage::received, Stage::circulated, Stage::consultations, Stage::decision}) {
    Course course;
    course.up_to(stage);
    course.act(Withdrawn{.stamp = course.stamp(Capacity::delegation, "LBN")});
    EXPECT_EQ(course.about().stage, Stage::withdrawn);
    EXPECT_EQ(rule_of(course.ask(course.circulation())), "partnership/closed");
  }
}

TEST(Applications, ARevocationIsADecisionToo) {
  Course course;
  course.up_to(Stage::granted);
  const Instant granted = course.decision.at;
  course.decision = {.state = Outcome::State::open, .body = "OSCE_PC", .rule_set = "osce_pc"};
  const auto revocation = [&](std::string consultation) {
    return RevocationOpened{.stamp = course.stamp(Capacity::chair, "FIN"),
                            .consultation = std::move(consultation)};
  };
  EXPECT_EQ(rule_of(course.ask(revocation("PC-1"))), "partnership/stage");
  RevocationOpened by_state = revocation("PC-9");
  by_state.stamp.actor.capacity = Capacity::delegation;
  EXPECT_EQ(rule_of(course.ask(by_state)), "partnership/formal_decision forbidden");
  course.act(revocation("PC-9"));
  Revoked revoked{.stamp = course.stamp(Capacity::system, ""), .consultation = "PC-9"};
  EXPECT_EQ(rule_of(course.ask(revoked)), "partnership/formal_decision");
  course.adopt();
  revoked.stamp.at = revoked.from = course.decision.at;
  EXPECT_GT(revoked.from, granted);
  course.act(revoked);
  EXPECT_EQ(course.about().stage, Stage::revoked);
  EXPECT_EQ(rule_of(course.ask(revoked)), "partnership/closed");
  Received again = course.letter();
  again.stamp.subject = "APP-2";
  EXPECT_EQ(rule_of(course.ask(again)), "permitted");
}

TEST(Applications, AnUnknownCaseIsAnError) {
  Course course;
  EXPECT_THROW(static_cast<void>(course.ask(course.circulation())), Error);
}

}  // namespace
}  // namespace mithaq::partnership
