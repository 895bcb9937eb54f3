#include "engines/procedure/fact.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/error.hpp"

namespace mithaq::procedure {
namespace {

TEST(Fact, EveryKindHasAName) {
  for (std::size_t each = 0; each < kKindCount; ++each)
    EXPECT_EQ(kind_named(name_of(static_cast<Kind>(each))), static_cast<Kind>(each));
  EXPECT_FALSE(kind_named("voted"));
}

TEST(Fact, GoesThroughJsonAndBack) {
  const nlohmann::json given = {{"kind", "amendment"}, {"text", "in line 2, …"}};
  Fact fact{.kind = Kind::objected};
  acts::read_fields(given, fact);
  EXPECT_EQ(fact.objection, ObjectionKind::amendment);
  acts::FieldWriter writer;
  visit_fields(writer, fact);
  EXPECT_EQ(writer.json(), given);
}

TEST(Fact, TakesTheFieldsOfItsKindOnly) {
  for (std::size_t each = 0; each < kKindCount; ++each) {
    Fact fact{.kind = static_cast<Kind>(each)};
    EXPECT_THROW(acts::read_fields({{"votes", 3}}, fact), Error) << name_of(fact.kind);
    EXPECT_NO_THROW(acts::read_fields(nlohmann::json::object(), fact)) << name_of(fact.kind);
  }
  Fact fact{.kind = Kind::issued};
  EXPECT_THROW(acts::read_fields({{"text", "no"}}, fact), Error);
}

}  // namespace
}  // namespace mithaq::procedure
