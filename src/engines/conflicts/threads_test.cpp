#include "engines/conflicts/threads.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "base/random.hpp"
#include "engines/conflicts/test_acts.hpp"

namespace mithaq::conflicts {
namespace {

using events::month_of;
using test::MadeActs;

TEST(SharedActors, FightInSeveralConflictsOrCountries) {
  const Acts acts =
      MadeActs(month_of(2014, 1), month_of(2016, 12))
          .add({month_of(2014, 6), "Iraq: Government", "IRQ", 100, "Government of Iraq", "IS"})
          .add({month_of(2015, 6), "Iraq: Government", "IRQ", 300, "Government of Iraq", "IS"})
          .add({month_of(2014, 8), "Syria: Islamic State", "SYR", 50, "Government of Syria", "IS"})
          .add({month_of(2015, 1), "Egypt: Islamic State", "EGY", 24, "Government of Egypt", "IS"})
          .add({month_of(2015, 1), "Mali: Azawad", "MLI", 40, "Government of Mali", "CMA"})
          .add({month_of(2015, 1), "Mali: Azawad", "NER", 40, "Government of Mali", "CMA"})
          .made();
  const auto shared = shared_actors(acts, {});
  ASSERT_EQ(shared.size(), 3u);
  EXPECT_EQ(acts.actors[shared[0].actor], "IS");
  EXPECT_FALSE(shared[0].government);
  ASSERT_EQ(shared[0].roles.size(), 2u);  // 24 deaths in Egypt do not count
  EXPECT_EQ(shared[0].roles[0].deaths, 400);
  EXPECT_EQ(shared[0].roles[0].events, 2u);
  EXPECT_EQ(shared[0].roles[0].first, month_of(2014, 6));
  EXPECT_EQ(shared[0].roles[0].first_event, 1);
  EXPECT_EQ(shared[0].roles[0].deadliest_event, 2);
  EXPECT_EQ(shared[0].roles[0].last_event, 2);
  EXPECT_EQ(shared[0].countries.size(), 2u);
  EXPECT_EQ(shared[0].deaths, 450);
  EXPECT_EQ(shared[0].years_together, 1u);  // 2014
  // One conflict over two countries is a thread of the parties too.
  EXPECT_EQ(shared[1].roles.size(), 1u);
  EXPECT_EQ(shared[1].countries.size(), 2u);
  EXPECT_EQ(acts.actors[shared[2].actor], "Government of Mali");
  EXPECT_TRUE(shared[2].government);

  EXPECT_EQ(shared_actors(acts, {.deaths_min = 20})[0].roles.size(), 3u);
  EXPECT_TRUE(shared_actors(acts, {.to = month_of(2014, 7)}).empty());
  EXPECT_TRUE(shared_actors(Acts{}, {}).empty());
}

// 240 months; the deaths of each country by month.
Acts two_series(const std::vector<double>& a, const std::vector<double>& b) {
  MadeActs made(1, static_cast<Month>(a.size()));
  made.country("AFG");
  made.country("PAK");
  for (std::size_t month = 0; month < a.size(); ++month) {
    if (a[month] > 0) made.add({static_cast<Month>(month + 1), "a", "AFG", a[month]});
    if (b[month] > 0) made.add({static_cast<Month>(month + 1), "b", "PAK", b[month]});
  }
  return made.made();
}

// Bursts of some months, as violence has.
std::vector<double> bursts(std::uint64_t seed) {
  Random random(seed);
  std::vector<double> out(240, 0);
  double level = 0;
  for (double& each : out) {
    level = 0.8 * level + random.normal();
    each = level > 0 ? std::floor(10 * level) : 0;
  }
  return out;
}

TEST(SharedNeighbours, TellMonthsThatGoTogetherFromThoseThatDoNot) {
  const std::vector<double> a = bursts(1);
  const auto same = shared_neighbours(two_series(a, a), {{0, 1}}, {});
  ASSERT_EQ(same.size(), 1u);
  EXPECT_NEAR(same[0].correlation, 1, 1e-12);
  EXPECT_DOUBLE_EQ(same[0].p, 1.0 / 2000);
  EXPECT_EQ(same[0].only_a + same[0].only_b, 0u);
  EXPECT_EQ(same[0].both + same[0].neither, 240u);
}

TEST(SharedNeighbours, AreHardlyEverFoundByChance) {
  // Independent series: p is below 0.05 in about a twentieth of the pairs, though each series lasts.
  std::size_t found = 0;
  const std::size_t pairs = 200;
  for (std::size_t pair = 0; pair < pairs; ++pair) {
    const auto tested = shared_neighbours(two_series(bursts(1000 + pair), bursts(5000 + pair)), {{0, 1}},
                                          {.draws = 199, .seed = pair});
    ASSERT_EQ(tested.size(), 1u);
    if (tested[0].p <= 0.05) ++found;
  }
  EXPECT_LE(found, 22u);  // of 200: ten are expected, 22 come once in some thousand times
  EXPECT_GE(found, 1u);
}

TEST(SharedNeighbours, HaveTheSameAnswerForTheSameSeed) {
  const Acts acts = two_series(bursts(1), bursts(2));
  const auto first = shared_neighbours(acts, {{0, 1}}, {.seed = 7});
  const auto again = shared_neighbours(acts, {{0, 1}}, {.seed = 7});
  EXPECT_EQ(first[0].p, again[0].p);
  EXPECT_GT(first[0].p, 0.01);
  bool differs = false;
  for (std::uint64_t seed = 8; seed < 12; ++seed)
    differs = differs || shared_neighbours(acts, {{0, 1}}, {.seed = seed})[0].p != first[0].p;
  EXPECT_TRUE(differs);
}

TEST(SharedNeighbours, NameTheConflictsOnBothSides) {
  MadeActs made(1, 24);
  made.country("AFG");
  made.country("PAK");
  const Acts acts = made.add({1, "a", "AFG", 100})
                        .add({2, "a", "PAK", 30})
                        .add({3, "b", "AFG", 100})
                        .add({3, "b", "PAK", 24})
                        .made();
  const auto found = shared_neighbours(acts, {{0, 1}}, {});
  ASSERT_EQ(found.size(), 1u);
  ASSERT_EQ(found[0].conflicts.size(), 1u);
  EXPECT_EQ(found[0].conflicts[0].deaths_a, 100);
  EXPECT_EQ(found[0].conflicts[0].deaths_b, 30);
  EXPECT_EQ(found[0].both, 1u);
  EXPECT_EQ(found[0].only_a, 1u);
  EXPECT_EQ(found[0].only_b, 1u);
  EXPECT_EQ(found[0].p, 1);  // not tested: too few months
  EXPECT_TRUE(shared_neighbours(acts, {{0, 1}}, {.deaths_min = 31}).empty());
}

TEST(SharedNeighbours, RefuseWhatIsNoRule) {
  const Acts acts = two_series(bursts(1), bursts(2));
  EXPECT_THROW(shared_neighbours(acts, {{0, 1}}, {.draws = 10}), Error);
  EXPECT_THROW(shared_neighbours(acts, {{1, 0}}, {}), Error);
  EXPECT_THROW(shared_neighbours(acts, {{0, 9}}, {}), Error);
  EXPECT_TRUE(shared_neighbours(Acts{}, {}, {}).empty());
}

TEST(SharedConditions, CountCountriesInConflictInTheWorstFifth) {
  // Ten countries with values 1 to 10; conflicts in the two poorest and in the richest.
  MadeActs made(1, 12);
  std::vector<double> values;
  const char* ids[] = {"AA", "BB", "CC", "DD", "EE", "FF", "GG", "HH", "II", "JJ", "KK"};
  for (int each = 0; each < 11; ++each) {
    made.country(ids[each]);
    values.push_back(each + 1);
  }
  values[10] = NAN;
  const Acts acts = made.add({1, "a", "AA", 30})
                        .add({1, "b", "BB", 40})
                        .add({1, "b", "CC", 24})
                        .add({1, "c", "JJ", 25})
                        .add({1, "d", "KK", 1000})
                        .made();
  const auto low = shared_conditions(acts, {{.id = "income", .worse = Worse::low, .values = values}},
                                     {.from = 1, .to = 12});
  ASSERT_EQ(low.size(), 1u);
  EXPECT_TRUE(low[0].low_end);
  EXPECT_EQ(low[0].threshold, 2);
  EXPECT_EQ(low[0].countries, 10u);
  EXPECT_EQ(low[0].in_fifth, 2u);
  EXPECT_EQ(low[0].in_conflict, 3u);
  EXPECT_EQ(low[0].in_conflict_fifth, 2u);
  // Both of the fifth among three of ten by lot: C(8,1) / C(10,3) = 8 / 120.
  EXPECT_NEAR(low[0].p, 8.0 / 120, 1e-12);
  ASSERT_EQ(low[0].which.size(), 2u);
  EXPECT_EQ(low[0].which[0].rank, 1u);
  EXPECT_EQ(low[0].conflicts, (std::vector<ConflictIndex>{0, 1}));

  const auto both = shared_conditions(acts, {{.id = "income", .values = values}}, {.from = 1, .to = 12});
  ASSERT_EQ(both.size(), 2u);
  EXPECT_TRUE(both[0].low_end);
  EXPECT_FALSE(both[1].low_end);
  EXPECT_EQ(both[1].in_conflict_fifth, 1u);
  EXPECT_NEAR(both[0].q, 2 * 8.0 / 120, 1e-12);

  values.assign(11, NAN);
  EXPECT_TRUE(shared_conditions(acts, {{.values = values}}, {.from = 1, .to = 12}).empty());
}

TEST(SharedConditions, KeepCountriesWithTheSameValueTogether) {
  MadeActs made(1, 12);
  for (const char* id : {"AA", "BB", "CC", "DD", "EE", "FF", "GG", "HH", "II", "JJ"}) made.country(id);
  const std::vector<double> values{0, 0, 0, 0, 5, 5, 5, 5, 5, 5};
  const auto found = shared_conditions(made.add({1, "a", "DD", 30}).made(),
                                       {{.worse = Worse::low, .values = values}}, {.from = 1, .to = 12});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].in_fifth, 4u);
  EXPECT_EQ(found[0].which[0].rank, 1u);
}

TEST(Statistics, AreThoseOfTheBooks) {
  EXPECT_NEAR(hypergeometric_tail(10, 3, 3, 3), 1.0 / 120, 1e-12);
  EXPECT_EQ(hypergeometric_tail(10, 3, 3, 0), 1);
  EXPECT_EQ(hypergeometric_tail(10, 10, 3, 3), 1);
  EXPECT_NEAR(hypergeometric_tail(191, 38, 30, 6), 0.5788868635312834, 1e-9);  // by exact fractions
  const auto q = false_discovery_rates({0.01, 0.04, 0.03});
  EXPECT_NEAR(q[0], 0.03, 1e-12);
  EXPECT_NEAR(q[1], 0.04, 1e-12);
  EXPECT_NEAR(q[2], 0.04, 1e-12);
  EXPECT_TRUE(false_discovery_rates({}).empty());
}

}  // namespace
}  // namespace mithaq::conflicts
