#include "engines/forecast/forest.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "base/error.hpp"
#include "engines/forecast/learner_fixture.hpp"

namespace mithaq::forecast {
namespace {

using test::kUnknown;
using test::MadeCases;
using test::wars;

ForestOptions small(int leaf_rows = 5) {
  return {.trees = 40, .leaf_rows = leaf_rows};
}

std::vector<float> all_draws(const Draws& draws) {
  std::vector<float> all;
  for (std::size_t cell = 0; cell < draws.cells(); ++cell)
    all.insert(all.end(), draws[cell].begin(), draws[cell].end());
  return all;
}

// The slow way to the same answer: the rows of all leaves, sorted.
std::vector<float> draws_from_like(const Forest& forest, const MadeCases& made, CaseIndex at, int lead) {
  std::vector<Weighted> sample;
  for (const Forest::Like& each : forest.like(made.cases, at, lead)) {
    sample.push_back({made.rows[each.row].outcome, each.weight});
  }
  std::vector<float> out(made.draws);
  draws_of(sample, out);
  return out;
}

TEST(Forest, learns_what_the_outcome_follows) {
  const MadeCases made = wars(4000);
  const Draws draws = Forest::fit(made.training(), small()).forecast(made.training());
  ASSERT_EQ(draws.cells(), 9U);
  // Half of the months are without deaths; the others' median is exp(level), here e^3 = 20 and e^7 = 1097.
  EXPECT_LT(quantile(draws[cell_of(0, 1, 3)], 0.95), 6);
  EXPECT_NEAR(probability_at_least(draws[cell_of(1, 1, 3)], 20), 0.25, 0.08);
  EXPECT_NEAR(probability_at_least(draws[cell_of(2, 1, 3)], 1097), 0.25, 0.08);
  for (std::size_t cell = 0; cell < draws.cells(); ++cell) {
    EXPECT_TRUE(std::is_sorted(draws[cell].begin(), draws[cell].end()));
  }
}

TEST(Forest, learns_as_much_from_samples_of_large_nodes) {
  const MadeCases made = wars(4000);
  ForestOptions options = small();
  for (const int split_rows : {256, 1000000}) {
    options.split_rows = split_rows;
    const Draws draws = Forest::fit(made.training(), options).forecast(made.training());
    EXPECT_LT(quantile(draws[cell_of(0, 1, 3)], 0.95), 6) << split_rows;
    EXPECT_NEAR(probability_at_least(draws[cell_of(1, 1, 3)], 20), 0.25, 0.09) << split_rows;
    EXPECT_NEAR(probability_at_least(draws[cell_of(2, 1, 3)], 1097), 0.25, 0.09) << split_rows;
  }
}

TEST(Forest, gives_the_same_answer_on_any_number_of_threads) {
  MadeCases made = wars(3000);
  made.threads = 1;
  const std::vector<float> one = all_draws(Forest::fit(made.training(), small()).forecast(made.training()));
  const auto like = Forest::fit(made.training(), small()).like(made.cases, made.now[1], 2);
  const auto moved = Forest::fit(made.training(), small()).influences(made.cases, made.now, 2, 25, 1);
  for (const unsigned threads : {2U, 5U}) {
    made.threads = threads;
    const Forest forest = Forest::fit(made.training(), small());
    EXPECT_EQ(all_draws(forest.forecast(made.training())), one);
    const auto again = forest.like(made.cases, made.now[1], 2);
    ASSERT_EQ(again.size(), like.size());
    for (std::size_t each = 0; each < like.size(); ++each) {
      EXPECT_EQ(again[each].row, like[each].row);
      EXPECT_EQ(again[each].weight, like[each].weight);
    }
    const auto moved_again = forest.influences(made.cases, made.now, 2, 25, threads);
    for (std::size_t each = 0; each < moved.size(); ++each)
      EXPECT_EQ(moved_again[each].effects, moved[each].effects);
  }
}

TEST(Forest, another_seed_is_another_forest) {
  MadeCases made = wars(3000);
  const std::vector<float> first = all_draws(Forest::fit(made.training(), small()).forecast(made.training()));
  made.seed = 2;
  EXPECT_NE(all_draws(Forest::fit(made.training(), small()).forecast(made.training())), first);
}

TEST(Forest, draws_are_those_of_the_like_rows_by_weight) {
  const MadeCases made = wars(2000);
  const Forest forest = Forest::fit(made.training(), small());
  const Draws draws = forest.forecast(made.training());
  for (std::size_t unit = 0; unit < made.now.size(); ++unit) {
    for (int lead = 1; lead <= made.horizon; ++lead) {
      const std::vector<float> slow = draws_from_like(forest, made, made.now[unit], lead);
      const auto quick = draws[cell_of(unit, lead, made.horizon)];
      // Weights of like rows are single precision: a draw on the very edge may be the next outcome.
      std::size_t different = 0;
      for (std::size_t draw = 0; draw < slow.size(); ++draw) different += slow[draw] == quick[draw] ? 0 : 1;
      EXPECT_LE(different, 1U);
    }
  }
}

TEST(Forest, weights_of_like_rows_sum_to_one_and_fall) {
  const MadeCases made = wars(2000);
  const Forest forest = Forest::fit(made.training(), small());
  const auto like = forest.like(made.cases, made.now[1], 1);
  double sum = 0;
  for (std::size_t each = 0; each < like.size(); ++each) {
    sum += like[each].weight;
    if (each > 0) {
      EXPECT_GE(like[each - 1].weight, like[each].weight);
    }
  }
  EXPECT_NEAR(sum, 1, 1e-5);
  const auto first = forest.like(made.cases, made.now[1], 1, 7);
  ASSERT_EQ(first.size(), 7U);
  for (std::size_t each = 0; each < first.size(); ++each) EXPECT_EQ(first[each].row, like[each].row);
}

TEST(Forest, a_planted_twin_is_the_most_like) {
  MadeCases made({"a", "b"});
  Random random(3);
  for (int each = 0; each < 600; ++each) {
    const auto a = static_cast<float>(random.uniform()), b = static_cast<float>(random.uniform());
    made.add_row({a, b}, std::floor(200 * a * b));
  }
  made.add_row({0.6F, 0.7F}, 84);
  made.add_now({0.6F, 0.7F});
  const Forest forest = Forest::fit(made.training(), {.trees = 300, .leaf_rows = 2, .features_part = 1});
  // The twin is in every leaf of the case whose tree drew it.
  EXPECT_EQ(forest.like(made.cases, made.now[0], 1).front().row, 600U);
}

TEST(Forest, effects_sum_to_the_difference_from_the_base) {
  const MadeCases made = wars(3000);
  // Large leaves: in small ones chance moves what says nothing, too.
  const Forest forest = Forest::fit(made.training(), small(60));
  for (const double deaths : {0.0, 1.0, 25.0, 1000.0, 1e9}) {
    for (const Forest::Influences& each : forest.influences(made.cases, made.now, 2, deaths)) {
      const double sum = std::accumulate(each.effects.begin(), each.effects.end(), 0.0);
      EXPECT_NEAR(each.base + sum, each.probability, 1e-9);
      ASSERT_EQ(each.effects.size(), 5U);
    }
  }
  double hits = 0, all = 0;
  for (const TrainingRow& row : made.rows) {
    all += row.weight;
    if (row.outcome >= 25) hits += row.weight;
  }
  const Forest::Influences high = forest.influences(made.cases, made.now[2], 2, 25);
  EXPECT_NEAR(high.base, hits / all, 0.02);
  // What the outcome follows moves it; what says nothing hardly does.
  EXPECT_GT(high.effects[0], 0.1);
  for (std::size_t feature = 1; feature < 5; ++feature) EXPECT_LT(std::abs(high.effects[feature]), 0.07);
  EXPECT_LT(forest.influences(made.cases, made.now[0], 2, 25).effects[0], -0.1);
  // And the probability is that of the forecast.
  const Draws draws = forest.forecast(made.training());
  EXPECT_NEAR(high.probability, probability_at_least(draws[cell_of(2, 2, 3)], 25), 0.011);
  // Nobody is killed less than zero times, and nowhere so many.
  EXPECT_EQ(forest.influences(made.cases, made.now[2], 2, 0).probability, 1);
  EXPECT_EQ(forest.influences(made.cases, made.now[2], 2, 1e9).probability, 0);
}

TEST(Forest, many_cases_at_once_have_the_influences_of_each) {
  const MadeCases made = wars(1000);
  const Forest forest = Forest::fit(made.training(), small());
  const auto all = forest.influences(made.cases, made.now, 1, 25);
  for (std::size_t each = 0; each < made.now.size(); ++each) {
    const auto one = forest.influences(made.cases, made.now[each], 1, 25);
    EXPECT_EQ(one.effects, all[each].effects);
    EXPECT_EQ(one.base, all[each].base);
  }
}

TEST(Forest, months_ahead_matter_where_the_outcome_follows_them) {
  MadeCases made({"nothing"});
  Random random(5);
  for (int each = 0; each < 900; ++each) {
    const auto lead = static_cast<std::uint16_t>(1 + each % 3);
    made.add_row({static_cast<float>(random.uniform())}, static_cast<float>(lead * 100), lead);
  }
  made.add_now({0.5F});
  ForestOptions options = small();
  options.features_part = 1;
  const Draws draws = Forest::fit(made.training(), options).forecast(made.training());
  for (int lead = 1; lead <= 3; ++lead) {
    EXPECT_EQ(draws[cell_of(0, lead, 3)].front(), static_cast<float>(lead * 100));
    EXPECT_EQ(draws[cell_of(0, lead, 3)].back(), static_cast<float>(lead * 100));
  }
}

TEST(Forest, what_is_not_known_goes_where_its_outcomes_are) {
  for (const bool with_low : {true, false}) {
    MadeCases made({"value"});
    Random random(9);
    for (int each = 0; each < 600; ++each) {
      const auto value = static_cast<float>(random.uniform());
      const bool unknown = each % 3 == 0;
      const bool quiet = unknown ? with_low : value < 0.5F;
      made.add_row({unknown ? kUnknown : value}, quiet ? 0 : 50);
    }
    made.add_now({kUnknown});
    made.add_now({0.1F});
    made.add_now({0.9F});
    const Draws draws = Forest::fit(made.training(), small()).forecast(made.training());
    EXPECT_EQ(mean(draws[cell_of(0, 1, 3)]), with_low ? 0 : 50);
    EXPECT_EQ(mean(draws[cell_of(1, 1, 3)]), 0);
    EXPECT_EQ(mean(draws[cell_of(2, 1, 3)]), 50);
  }
}

TEST(Forest, tells_not_known_from_every_known_value) {
  MadeCases made({"value"});
  Random random(9);
  for (int each = 0; each < 600; ++each) {
    made.add_row({each % 2 == 0 ? kUnknown : static_cast<float>(random.uniform())}, each % 2 == 0 ? 50 : 0);
  }
  made.add_now({kUnknown});
  made.add_now({2.0F});
  const Draws draws = Forest::fit(made.training(), small()).forecast(made.training());
  EXPECT_EQ(mean(draws[cell_of(0, 1, 3)]), 50);
  EXPECT_EQ(mean(draws[cell_of(1, 1, 3)]), 0);
}

TEST(Forest, a_row_counts_as_often_as_its_weight) {
  MadeCases made({"same"});
  for (int each = 0; each < 300; ++each) made.add_row({1}, each % 3 == 0 ? 10 : 0, 1, each % 3 == 0 ? 6 : 1);
  made.add_now({1});
  // Nothing divides the rows: one leaf, 100 rows of weight 6 and 200 of weight 1.
  ForestOptions options = small();
  options.rows_part = 1;
  const Forest forest = Forest::fit(made.training(), options);
  EXPECT_NEAR(probability_at_least(forest.forecast(made.training())[0], 10), 0.75, 0.011);
  EXPECT_NEAR(forest.influences(made.cases, made.now[0], 1, 10).probability, 0.75, 1e-6);
  EXPECT_NEAR(forest.like(made.cases, made.now[0], 1).front().weight, 6.0 / 800, 1e-6);
}

TEST(Forest, weights_move_the_splits) {
  // On the left ten rows in a hundred are violent, on the right fifty; by weight it is a fifth everywhere
  // within each half. Heavy rows decide where the only allowed split is.
  for (const bool heavy_first : {true, false}) {
    MadeCases made({"first", "second"});
    for (int each = 0; each < 400; ++each) {
      const bool first = each % 2 == 0, second = each / 2 % 2 == 0;
      // Half of the rows follow the first feature, the others the second.
      const bool follows_first = each / 4 % 2 == 0;
      made.add_row({first ? 1.0F : 0.0F, second ? 1.0F : 0.0F}, (follows_first ? first : second) ? 100 : 0, 1,
                   follows_first == heavy_first ? 5 : 1);
    }
    made.add_now({1, 0});
    made.add_now({0, 1});
    ForestOptions options = small();
    options.depth_max = 1;
    options.features_part = 1;
    const Draws draws = Forest::fit(made.training(), options).forecast(made.training());
    const double first = mean(draws[cell_of(0, 1, 3)]), second = mean(draws[cell_of(1, 1, 3)]);
    EXPECT_GT(heavy_first ? first : second, 80);
    EXPECT_LT(heavy_first ? second : first, 20);
  }
}

TEST(Forest, one_row_is_the_forecast) {
  MadeCases made({"value"});
  made.add_row({1}, 7);
  made.add_now({100});
  const Forest forest = Forest::fit(made.training(), {.trees = 3});
  const Draws draws = forest.forecast(made.training());
  EXPECT_EQ(draws[0].front(), 7);
  EXPECT_EQ(draws[0].back(), 7);
  EXPECT_EQ(forest.like(made.cases, made.now[0], 1).front().weight, 1);
}

TEST(Forest, equal_outcomes_make_one_leaf) {
  MadeCases made({"value"});
  for (int each = 0; each < 100; ++each) made.add_row({static_cast<float>(each)}, 4);
  made.add_now({3});
  const Forest forest = Forest::fit(made.training(), {.trees = 3, .rows_part = 1});
  EXPECT_EQ(forest.like(made.cases, made.now[0], 1).size(), 100U);
  EXPECT_EQ(mean(forest.forecast(made.training())[0]), 4);
}

TEST(Forest, constant_features_are_passed_over) {
  MadeCases made({"c1", "c2", "c3", "c4", "c5", "c6", "c7", "value"});
  for (int each = 0; each < 200; ++each) {
    made.add_row({1, 1, 1, kUnknown, kUnknown, 2, 2, static_cast<float>(each)}, each < 100 ? 0 : 9);
  }
  made.add_now({1, 1, 1, kUnknown, kUnknown, 2, 2, 10});
  made.add_now({1, 1, 1, kUnknown, kUnknown, 2, 2, 190});
  // One feature at each split: without going on to the next, most trees would not divide at all.
  const Draws draws =
      Forest::fit(made.training(), {.trees = 30, .features_part = 0.01}).forecast(made.training());
  EXPECT_EQ(mean(draws[cell_of(0, 1, 3)]), 0);
  EXPECT_EQ(mean(draws[cell_of(1, 1, 3)]), 9);
}

TEST(Forest, leaves_have_the_fewest_rows_asked_for) {
  const MadeCases made = wars(500);
  for (const int fewest : {1, 20, 150}) {
    for (const int split_rows : {8, 64, 1024}) {
      // One tree of all rows: the like rows are the leaf.
      const Forest forest = Forest::fit(
          made.training(), {.trees = 1, .leaf_rows = fewest, .rows_part = 1, .split_rows = split_rows});
      for (CaseIndex at = 0; at < 500; at += 7) {
        EXPECT_GE(forest.like(made.cases, at, 1).size(), static_cast<std::size_t>(fewest));
      }
    }
  }
}

TEST(Forest, takes_infinite_and_huge_features) {
  constexpr float kInfinite = std::numeric_limits<float>::infinity();
  MadeCases made({"value"});
  for (int each = 0; each < 300; ++each) {
    const float value = each % 3 == 0   ? -kInfinite
                        : each % 3 == 1 ? std::numeric_limits<float>::max()
                                        : kInfinite;
    made.add_row({value}, static_cast<float>(each % 3 * 10));
  }
  for (const float value : {-kInfinite, std::numeric_limits<float>::max(), kInfinite}) made.add_now({value});
  const Draws draws = Forest::fit(made.training(), small()).forecast(made.training());
  for (std::size_t unit = 0; unit < 3; ++unit) {
    EXPECT_EQ(mean(draws[cell_of(unit, 1, 3)]), static_cast<double>(unit) * 10);
  }
}

TEST(Forest, refuses_what_makes_no_forest) {
  MadeCases made({"value"});
  made.add_now({1});
  EXPECT_THROW(Forest::fit(made.training(), {}), Error);
  made.add_row({1}, 1);
  EXPECT_THROW(Forest::fit(made.training(), {.trees = 0}), Error);
  EXPECT_THROW(Forest::fit(made.training(), {.leaf_rows = 0}), Error);
  EXPECT_THROW(Forest::fit(made.training(), {.bins = 256}), Error);
  EXPECT_THROW(Forest::fit(made.training(), {.scales = {}}), Error);
  EXPECT_THROW(Forest::fit(made.training(), {.split_rows = 1}), Error);
  EXPECT_THROW(Forest::fit(made.training(), {.features_part = std::nan("")}), Error);
  made.rows[0].outcome = kUnknown;
  EXPECT_THROW(Forest::fit(made.training(), {}), Error);
}

TEST(Forest, every_scale_can_be_asked_for) {
  const MadeCases made = wars(1500);
  for (const Scale scale : {Scale::log1p, Scale::square_root, Scale::deaths, Scale::any, Scale::at_least_25,
                            Scale::at_least_100, Scale::at_least_1000}) {
    ForestOptions options = small();
    options.scales = {scale};
    const Draws draws = Forest::fit(made.training(), options).forecast(made.training());
    EXPECT_GT(mean(draws[cell_of(2, 1, 3)]), mean(draws[cell_of(0, 1, 3)])) << static_cast<int>(scale);
  }
}

}  // namespace
}  // namespace mithaq::forecast
