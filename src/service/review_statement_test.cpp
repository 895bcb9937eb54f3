#include "service/review_statement.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"

namespace mithaq::service {
namespace {

// Cohen's own table: 200 cases that two judges put into three categories; .70 agree, .41 would by chance.
TEST(CohensKappa, OfATableByHand) {
  EXPECT_NEAR(cohens_kappa({{88, 14, 18}, {10, 40, 10}, {2, 6, 12}}), (0.70 - 0.41) / (1 - 0.41), 1e-12);
  // Rows 30 and 20, columns 25 and 25: 35 of 50 agree, 0.6 x 0.5 + 0.4 x 0.5 = 0.5 by chance.
  EXPECT_NEAR(cohens_kappa({{20, 10}, {5, 15}}), (0.7 - 0.5) / (1 - 0.5), 1e-12);
}

TEST(CohensKappa, AtItsEnds) {
  EXPECT_NEAR(cohens_kappa({{3, 0}, {0, 5}}), 1, 1e-12);
  EXPECT_NEAR(cohens_kappa({{0, 5}, {5, 0}}), -1, 1e-12);
  EXPECT_NEAR(cohens_kappa({{4, 4}, {4, 4}}), 0, 1e-12);
  EXPECT_EQ(cohens_kappa({{7, 0}, {0, 0}}), 1) << "both always said the same one word";
  EXPECT_THROW(cohens_kappa({{0, 0}, {0, 0}}), Error);
  EXPECT_THROW(cohens_kappa({}), Error);
  EXPECT_THROW(cohens_kappa({{1, 2}}), Error);
}

}  // namespace
}  // namespace mithaq::service
