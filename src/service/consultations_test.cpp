#include "service/consultations.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <thread>

#include "secretariat/desks.hpp"
#include "service/convening.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::service {
namespace {

using Json = nlohmann::json;

class ConsultationsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ =
        std::filesystem::path(::testing::TempDir()) / ("mithaq-consultations-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  WorkspaceOptions options() {
    return {.record = record::Location(folder_ / "record.mithaq"),
            .data = test::data(),
            .clock = [this] { return now_.load(); },
            .convening = convening_,
            .key = folder_ / "record.mithaq.key"};
  }
  ActOutcome act(Workspace& workspace, const std::string& verb, const Json& fields,
                 const std::string& subject) {
    return convening_->act(
        workspace,
        {.type = "consultation." + verb,
         .stamp = {.actor = {.by = "t", .capacity = acts::Capacity::secretariat}, .subject = subject},
         .fields = fields},
        now_);
  }

  std::filesystem::path folder_{};
  std::shared_ptr<Convening> convening_ = std::make_shared<Convening>(test::data());
  std::atomic<Instant> now_ = parse_instant("2027-01-15T08:00:00Z").value();
};

TEST_F(ConsultationsTest, AThousandIssuesAtOnceLeaveNoGapAndNoDouble) {
  constexpr int kDecisions = 1000;
  // Of 2027 the register knows ten.
  const Json kCouncil = {"CHN", "FRA", "GBR", "RUS", "USA", "BHR", "COL", "COD",
                         "LVA", "LBR", "AUT", "PRT", "KGZ", "ZWE", "TTO"};
  constexpr int kThreads = 8;
  std::vector<std::string> ids;
  {
    Workspace workspace(options());
    for (int each = 0; each < kDecisions; ++each) {
      const ActOutcome opened = act(workspace, "opened",
                                    {{"rule_set", "sanctions_hold"},
                                     {"title", {{"en", "Listing " + std::to_string(each)}}},
                                     {"text", {{"en", "x"}}},
                                     {"entitled", kCouncil}},
                                    "");
      ASSERT_FALSE(opened.refusal) << opened.refusal->reason;
      ids.push_back(opened.done.front().act.stamp.subject);
      ASSERT_FALSE(act(workspace, "silence_opened",
                       {{"deadline", {{"local", "2027-01-15T12:00"}, {"zone", "UTC"}}}, {"urgent", true}},
                       ids.back())
                       .refusal);
    }
    now_ = parse_instant("2027-01-15T12:00:00Z").value();
    EXPECT_EQ(convening_->settle(workspace, now_).size(), static_cast<std::size_t>(kDecisions));
  }
  std::atomic<int> next = 0, issued = 0;
  std::vector<std::thread> threads;
  for (int each = 0; each < kThreads; ++each) {
    threads.emplace_back([&] {
      Workspace workspace(options());
      // Each decision is tried twice; the second time it is refused.
      for (int at = next++; at < 2 * kDecisions; at = next++)
        issued +=
            act(workspace, "issued", Json::object(), ids[static_cast<std::size_t>(at % kDecisions)]).refusal
                ? 0
                : 1;
    });
  }
  for (std::thread& each : threads) each.join();
  EXPECT_EQ(issued, kDecisions);
  Workspace workspace(options());
  // Folded anew from the record, by somebody who knows nothing yet.
  Convening again(test::data());
  std::set<std::string> numbers;
  again.read(workspace, [&](const secretariat::Secretariat& state) {
    for (const std::string& id : ids) numbers.insert(state.desks().consultations.find(id)->number);
    return 0;
  });
  EXPECT_EQ(numbers.size(), static_cast<std::size_t>(kDecisions));
  for (int each = 1; each <= kDecisions; ++each)
    EXPECT_TRUE(numbers.contains("SC/2027/" + std::to_string(each))) << each;
}

}  // namespace
}  // namespace mithaq::service
