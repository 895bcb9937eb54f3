// Random histories: the engine and the slow model must agree on every act of every one of them.
#include <gtest/gtest.h>

#include <random>

#include "engines/procedure/book.hpp"
#include "engines/procedure/slow_model.hpp"
#include "engines/procedure/test_facts.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::procedure {
namespace {

constexpr int kHistories = 100'000;
constexpr int kActsMax = 22;

using Random = std::mt19937_64;

int below(Random& random, int end) {
  return static_cast<int>(random() % static_cast<std::uint64_t>(end));
}

// What could be tried now: likely acts often, absurd ones too.
Fact wanted(Random& random, const Book& book, const std::string& id, Instant at) {
  static const char* const kStates[] = {"AUT", "DEU", "KAZ", "RUS", "USA", "JPN"};
  const Case& item = *book.find(id);
  std::vector<Kind> likely;
  switch (item.state) {
    case State::draft:
      likely = {Kind::proposed, Kind::proposed, Kind::silence_opened, Kind::silence_opened,
                Kind::adopted_in_meeting};
      break;
    case State::proposed:
    case State::objected_in_meeting:
      likely = {Kind::silence_opened,
                Kind::silence_opened,
                Kind::objected_in_meeting,
                Kind::objection_withdrawn,
                Kind::adopted_in_meeting,
                Kind::revised,
                Kind::proposed};
      break;
    case State::under_silence:
    case State::on_hold:
      likely = {Kind::objected,      Kind::hold_placed,  Kind::hold_released,
                Kind::hold_extended, Kind::hold_expired, Kind::expired,
                Kind::expired,       Kind::extended,     Kind::hold_placed};
      break;
    case State::broken:
      likely = {Kind::objected, Kind::objection_withdrawn, Kind::objection_withdrawn, Kind::revised,
                Kind::proposed, Kind::silence_opened};
      break;
    case State::adopted:
    case State::announced:
      likely = {Kind::objected,       Kind::announced,         Kind::confirmed,
                Kind::statement_made, Kind::statements_closed, Kind::issued};
      break;
    default:
      likely = {Kind::corrected, Kind::announced, Kind::objected, Kind::statement_made};
  }
  Fact fact{.kind = below(random, 5) == 0
                        ? static_cast<Kind>(2 + below(random, static_cast<int>(kKindCount) - 3))
                        : likely[static_cast<std::size_t>(below(random, static_cast<int>(likely.size())))]};
  fact.stamp = {.at = at, .subject = id};
  acts::Actor& actor = fact.stamp.actor;
  switch (fact.kind) {
    case Kind::objected_in_meeting:
    case Kind::objected:
    case Kind::objection_withdrawn:
    case Kind::hold_placed:
    case Kind::hold_extended:
    case Kind::hold_released:
    case Kind::statement_made:
      actor = {.by = "x",
               .delegation = kStates[below(random, below(random, 10) == 0 ? 6 : 3)],
               .capacity = acts::Capacity::delegation};
      if (below(random, 8) == 0) actor.capacity = acts::Capacity::secretariat;
      break;
    case Kind::expired:
    case Kind::hold_expired:
      actor.capacity = acts::Capacity::system;
      break;
    case Kind::issued:
    case Kind::corrected:
    case Kind::statements_closed:
      actor = {.by = "x", .capacity = acts::Capacity::secretariat};
      break;
    default:
      actor = {.by = "x", .capacity = acts::Capacity::chair};
  }
  if (below(random, 25) == 0) {
    actor.capacity = static_cast<acts::Capacity>(below(random, 4));
    actor.delegation = below(random, 2) == 0 ? "" : kStates[below(random, 6)];
  }
  fact.text = below(random, 4) == 0 ? "" : "text";
  fact.words = below(random, 20) == 0 ? acts::Words{} : acts::Words{{"en", "words"}};
  fact.meeting =
      fact.kind == Kind::objected_in_meeting ? item.meeting : "M-" + std::to_string(below(random, 3));
  if (fact.kind == Kind::silence_opened) fact.meeting = below(random, 6) == 0 ? "M-9" : item.meeting;
  if (fact.kind == Kind::objected_in_meeting && fact.meeting.empty()) fact.meeting = "M-1";
  fact.letter = below(random, 8) == 0 ? "" : "letter";
  fact.urgent = below(random, 4) == 0;
  if (below(random, 3) == 0) fact.objection = ObjectionKind::amendment;
  if (below(random, 3) == 0) fact.statement = StatementKind::reservation;
  for (int left = below(random, 3); left > 0; --left) fact.with.push_back(kStates[below(random, 6)]);
  for (int left = below(random, 7); left > 0; --left) fact.present.push_back(kStates[below(random, 6)]);
  fact.holder = kStates[below(random, 3)];
  const bool states_time = fact.kind == Kind::extended || fact.kind == Kind::silence_opened ||
                           (fact.kind == Kind::proposed && below(random, 4) == 0);
  if (states_time && below(random, 10) != 0) {
    static const int kHours[] = {-1, 0, 1, 24, 71, 72, 24 * 8, 24 * 14, 24 * 30};
    fact.deadline = {.at = at + std::chrono::hours(kHours[below(random, 9)])};
    if (fact.kind == Kind::silence_opened && item.suggested_expiry && below(random, 3) != 0)
      fact.deadline = {.at = *item.suggested_expiry};
    if (fact.kind == Kind::extended && item.expires_at && below(random, 2) == 0)
      fact.deadline = {.at = *item.expires_at + std::chrono::hours(below(random, 3) - 1)};
  }
  return fact;
}

// Some time later: at once, soon, or exactly around an instant at which something is due.
Instant later(Random& random, const Book& book, Instant at) {
  switch (below(random, 8)) {
    case 0:
    case 1:
      return at;
    case 2:
    case 3:
    case 4:
      return at + std::chrono::minutes(below(random, 600));
    case 5:
      return at + std::chrono::hours(24 * below(random, 60));
    default:
      if (const auto due = book.next_due())
        return std::max(at, *due + std::chrono::milliseconds(below(random, 3) - 1));
      return at + std::chrono::milliseconds(below(random, 3));
  }
}

TEST(Histories, TheEngineAndTheSlowModelAgree) {
  const RuleSets sets = RuleSets::load(test::data() / "procedure");
  std::map<State, int> ends;
  std::map<Kind, int> accepted;
  long refusals = 0;
  for (int history = 0; history < kHistories; ++history) {
    Random random(static_cast<std::uint64_t>(history));
    const RuleSet& set = sets.all()[static_cast<std::size_t>(history) % sets.all().size()];
    Book book(sets);
    slow::List list;
    Instant at = parse_instant("2026-01-05T10:00:00Z").value();
    for (const char* id : {"C-1", "C-2"}) {
      Fact opening = test_opening(set.id, id, at);
      opening.session = "74";
      if (set.parameters.minus > 0) opening.excluded = {"YUG"};
      if (below(random, 2) == 0)
        opening.stamp.actor = {.by = "x", .delegation = "KAZ", .capacity = acts::Capacity::delegation};
      ASSERT_FALSE(book.refusal_of(opening));
      book.enter(opening);
      list.push_back(opening);
    }
    const int acts = 4 + below(random, kActsMax - 4);
    for (int each = 0; each < acts; ++each) {
      at = later(random, book, at);
      const std::string id = below(random, 3) == 0 ? "C-2" : "C-1";
      const Instant when = below(random, 40) == 0 ? at - std::chrono::hours(1) : at;
      const Fact fact = wanted(random, book, id, when);
      const auto refusal = book.refusal_of(fact);
      const slow::Verdict got = !refusal             ? slow::Verdict::accepted
                                : refusal->forbidden ? slow::Verdict::forbidden
                                                     : slow::Verdict::refused;
      const slow::Verdict expected = slow::verdict(list, fact, set);
      const auto place = [&] {
        std::string out = "history " + std::to_string(history) + " under " + set.id + "\n";
        for (const Fact& done : list)
          out += format_instant(done.stamp.at) + " " + done.stamp.subject + " " +
                 std::string(name_of(done.kind)) + " " + done.stamp.actor.delegation + " " + done.meeting +
                 (done.deadline ? " until " + format_instant(done.deadline->at) : "") + "\n";
        out += "wanted " + format_instant(fact.stamp.at) + " " + id + " " + std::string(name_of(fact.kind)) +
               " " + fact.stamp.actor.delegation + " " + fact.meeting +
               (fact.deadline ? " until " + format_instant(fact.deadline->at) : "") + "\n";
        return out + (refusal ? refusal->rule + ": " + refusal->reason : "accepted");
      };
      ASSERT_EQ(static_cast<int>(got), static_cast<int>(expected)) << place();
      if (refusal) {
        ++refusals;
        ASSERT_NE(sets.rule(refusal->rule), nullptr) << refusal->rule;
        continue;
      }
      book.enter(fact);
      list.push_back(fact);
      ++accepted[fact.kind];
      const Case& item = *book.find(id);
      const slow::List own = slow::of(list, id);
      ASSERT_EQ(name_of(item.state), name_of(slow::state(own, set.parameters))) << place();
      ASSERT_EQ(item.adopted_at, slow::adopted(own, set.parameters)) << place();
      const int number = slow::number(list, id, set.parameters);
      ASSERT_EQ(item.number.empty(), number == 0) << place();
      if (number > 0) {
        ASSERT_NE(item.number.find(std::to_string(number)), std::string::npos) << place();
      }
      // Which objections came late.
      std::size_t seen = 0;
      for (int at_place = 0; at_place < static_cast<int>(own.size()); ++at_place) {
        if (slow::at(own, at_place).kind != Kind::objected) continue;
        while (seen < item.objections.size() && item.objections[seen].kind != BreakKind::objection &&
               item.objections[seen].kind != BreakKind::amendment)
          ++seen;
        ASSERT_LT(seen, item.objections.size()) << place();
        ASSERT_EQ(item.objections[seen].late, slow::was_late(own, at_place, set.parameters)) << place();
        ++seen;
      }
    }
    ++ends[book.find("C-1")->state];
  }
  // The histories reach every state and every kind of act, and many are refused: a test of nothing would pass
  // too.
  for (int each = 0; each <= static_cast<int>(State::withdrawn); ++each)
    EXPECT_GT(ends[static_cast<State>(each)], kHistories / 2000) << name_of(static_cast<State>(each));
  for (int each = static_cast<int>(Kind::proposed); each < static_cast<int>(Kind::superseded); ++each)
    EXPECT_GT(accepted[static_cast<Kind>(each)], kHistories / 2000) << name_of(static_cast<Kind>(each));
  EXPECT_GT(refusals, kHistories);
}

}  // namespace
}  // namespace mithaq::procedure
