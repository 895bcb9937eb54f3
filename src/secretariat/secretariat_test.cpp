#include "secretariat/secretariat.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::secretariat {
namespace {

TEST(Acts, StandInAnEntryAndComeBack) {
  const Act act{
      .type = "consultation.objected",
      .stamp = {.at = parse_instant("2026-03-29T00:59:59.999Z").value(),
                .actor = {.by = "account:7", .delegation = "KAZ", .capacity = acts::Capacity::delegation},
                .subject = "PC-2026-0017"},
      .fields = {{"kind", "objection"}, {"text", "نعترض"}}};
  const record::ActBody body = body_of(act);
  EXPECT_EQ(body.type, "consultation.objected");
  const Act back = act_of(body.type, body.json);
  EXPECT_EQ(back.verb(), "objected");
  EXPECT_EQ(back.stamp.at, act.stamp.at);
  EXPECT_EQ(back.stamp.actor, act.stamp.actor);
  EXPECT_EQ(back.stamp.subject, act.stamp.subject);
  EXPECT_EQ(back.fields, act.fields);
  for (const char* wrong : {"", "[]", "{}", R"({"at":"soon","capacity":"chair"})",
                            R"({"at":"2026-03-29T00:59:59Z","capacity":"king"})",
                            R"({"at":"2026-03-29T00:59:59Z","capacity":"chair","fields":[]})"}) {
    EXPECT_THROW(act_of("consultation.objected", wrong), Error) << wrong;
  }
}

TEST(Secretariat, PassesOverWhatIsNotItsOwn) {
  Secretariat secretariat(test::data());
  secretariat.enter(0, "access.refused", R"({"at":"never"})");
  secretariat.enter(1, "warning.issued", "{}");
  EXPECT_EQ(secretariat.acts_count(), 0u);
  EXPECT_THROW(secretariat.judge({.type = "coronation.held"}), Error);
}

}  // namespace
}  // namespace mithaq::secretariat
