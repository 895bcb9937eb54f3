#include "engines/missions/missions.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::missions {
namespace {

const Rules& rules() {
  static const Rules loaded = Rules::load(test::data() / "secondments");
  return loaded;
}

Day day(const char* text) {
  return parse_day(text).value();
}

acts::Stamp by(const char* state, const char* subject = "MISSION-2026-001") {
  acts::Stamp stamp{.at = parse_instant("2026-02-01T09:00:00Z").value(), .subject = subject};
  stamp.actor = {.by = "x", .delegation = state, .capacity = acts::Capacity::delegation};
  if (std::string_view(state).empty()) stamp.actor.capacity = acts::Capacity::secretariat;
  return stamp;
}

// Everybody is a participating State but Japan, a Partner, and Brazil, which is nothing.
bool holds(std::string_view state, const std::vector<std::string>& statuses) {
  const char* status = state == "JPN"   ? "OSCE/partner_for_cooperation"
                       : state == "BRA" ? "none"
                                        : "OSCE/participating_state";
  return std::find(statuses.begin(), statuses.end(), status) != statuses.end();
}

Opened election() {
  return {.kind = Kind::election,
          .title = {{"ar", "بعثة مراقبة"}, {"en", "Observation mission"}},
          .country = "KGZ",
          .organizations = {"OSCE.ODIHR"},
          .from = day("2026-03-01"),
          .to = day("2026-04-20"),
          .election_day = day("2026-04-12"),
          .asked = {.long_term = 20, .short_term = 155}};
}

std::string opens(const Opened& fact, const char* state = "") {
  const auto no = Book(rules()).judge(by(state), fact);
  return no ? no->rule : "";
}

TEST(Mission, IsOpenedWithWhatItNeeds) {
  EXPECT_EQ(opens(election()), "");
  EXPECT_EQ(opens(election(), "POL"), "missions/secretariat");
  Opened wrong = election();
  wrong.organizations = {"OSCE.ODIHR", "OSCE.ODIHR"};
  EXPECT_EQ(opens(wrong), "missions/organizations");
  wrong = election();
  wrong.to = day("2026-02-01");
  EXPECT_EQ(opens(wrong), "missions/days");
  wrong = election();
  wrong.election_day = day("2026-05-01");
  EXPECT_EQ(opens(wrong), "missions/days");
  wrong = election();
  wrong.asked.staff = 3;
  EXPECT_EQ(opens(wrong), "missions/numbers");
  wrong = election();
  wrong.asked.short_term = -1;
  EXPECT_EQ(opens(wrong), "missions/numbers");
  // Long-term observers need four weeks before the election day, short-term ones three days.
  Opened late = election();
  late.from = day("2026-03-15");
  EXPECT_EQ(opens(late), "");
  late.from = day("2026-03-16");
  EXPECT_EQ(opens(late), "election/long_before");
  late.asked.long_term = 0;
  EXPECT_EQ(opens(late), "");
  late.from = day("2026-04-10");
  EXPECT_EQ(opens(late), "election/short_before");
  Opened field = election();
  field.kind = Kind::field;
  field.asked = {.staff = 12};
  EXPECT_EQ(opens(field), "missions/days");
  field.election_day = {};
  EXPECT_EQ(opens(field), "");
}

TEST(Share, IsATenthAndAtLeastOne) {
  const auto most = [](int short_term) {
    return most_of_one_state(rules(), Kind::election, {.short_term = short_term}).short_term;
  };
  EXPECT_EQ(most(0), 0);
  EXPECT_EQ(most(1), 1);
  EXPECT_EQ(most(19), 1);
  EXPECT_EQ(most(20), 2);
  EXPECT_EQ(most(155), 15);
  EXPECT_EQ(most_of_one_state(rules(), Kind::field, {.staff = 12}).staff, 12);
}

TEST(Pledges, AreHeldAgainstTheRules) {
  Book book(rules());
  book.enter(by(""), election());
  const auto pledge = [&](const char* state, Numbers numbers) {
    const Pledged fact{.numbers = numbers};
    const auto no = book.judge(by(state), fact, holds);
    if (no) return no->rule;
    book.enter(by(state), fact);
    return std::string();
  };
  EXPECT_EQ(pledge("POL", {.long_term = 2, .short_term = 15}), "");
  EXPECT_EQ(pledge("DEU", {.long_term = 3}), "election/share");
  EXPECT_EQ(pledge("DEU", {.short_term = 16}), "election/share");
  EXPECT_EQ(pledge("JPN", {.short_term = 4}), "");
  EXPECT_EQ(pledge("BRA", {.short_term = 1}), "election/seconding");
  EXPECT_EQ(pledge("KGZ", {.short_term = 1}), "missions/own_election");
  EXPECT_EQ(pledge("FRA", {.staff = 1}), "missions/numbers");
  const Mission& mission = *book.find("MISSION-2026-001");
  EXPECT_EQ(mission.pledged(), (Numbers{.long_term = 2, .short_term = 19}));
  EXPECT_EQ(mission.still_asked(), (Numbers{.long_term = 18, .short_term = 136}));
  // A State says something else, then nothing.
  EXPECT_EQ(pledge("POL", {.short_term = 5}), "");
  EXPECT_EQ(mission.pledged(), (Numbers{.short_term = 9}));
  EXPECT_EQ(pledge("POL", {}), "");
  EXPECT_FALSE(mission.pledges.contains("POL"));
  // Fewer are asked for than were pledged: nothing is below 0.
  book.enter(by(""), Changed{.asked = {.short_term = 2}});
  EXPECT_EQ(mission.still_asked(), Numbers{});
}

TEST(JointMissions, HaveSeveralOrganizations) {
  Book book(rules());
  book.enter(by(""), election());
  const auto no = [](const std::optional<acts::Refusal>& refusal) { return refusal ? refusal->rule : ""; };
  EXPECT_EQ(no(book.judge(by(""), Left{.organization = "OSCE.ODIHR"})), "missions/organizations");
  EXPECT_EQ(no(book.judge(by(""), Joined{.organization = "OSCE.ODIHR"})), "missions/organizations");
  EXPECT_EQ(no(book.judge(by(""), Joined{.organization = "UN"})), "");
  book.enter(by(""), Joined{.organization = "UN"});
  EXPECT_EQ(no(book.judge(by(""), Left{.organization = "OSCE.ODIHR"})), "");
  book.enter(by(""), Left{.organization = "OSCE.ODIHR"});
  EXPECT_EQ(book.find("MISSION-2026-001")->organizations, std::vector<std::string>{"UN"});
  book.enter(by(""), Closed{});
  EXPECT_EQ(no(book.judge(by("POL"), Pledged{}, holds)), "missions/closed");
  EXPECT_EQ(no(book.judge(by(""), Closed{})), "missions/closed");
  EXPECT_EQ(book.next_id(parse_instant("2026-05-01T00:00:00Z").value()), "MISSION-2026-002");
  EXPECT_EQ(book.next_id(parse_instant("2027-05-01T00:00:00Z").value()), "MISSION-2027-001");
  EXPECT_THROW(static_cast<void>(book.judge(by("", "MISSION-1999-001"), Closed{})), Error);
}

}  // namespace
}  // namespace mithaq::missions
