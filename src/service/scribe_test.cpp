#include "service/scribe.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include "base/error.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::service {
namespace {

class ScribeTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(::testing::TempDir()) / ("mithaq-scribe-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
    Workspace(options()).record_to_write();
  }
  ErrorKind kind_of(const std::function<void()>& act) const {
    try {
      act();
    } catch (const Error& error) {
      return error.kind();
    }
    return ErrorKind::bug;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  WorkspaceOptions options() const {
    return {.record = folder_ / "record.mithaq", .data = test::data(), .clock = [] {
              return std::chrono::sys_seconds(std::chrono::seconds(1'800'000'000));
            }};
  }
  static record::Body act(int number) {
    return record::ActBody{.type = "test.done", .json = "{\"number\":" + std::to_string(number) + "}"};
  }
  std::filesystem::path folder_{};
};

TEST_F(ScribeTest, WritesWhatManyThreadsGiveIt) {
  constexpr int kThreads = 8, kEach = 40;
  std::vector<std::vector<record::Seq>> places(kThreads);
  {
    Scribe scribe(options());
    std::vector<std::thread> threads;
    for (int thread = 0; thread < kThreads; ++thread) {
      threads.emplace_back([&, thread] {
        for (int each = 0; each < kEach; ++each)
          places[thread].push_back(
              scribe.append({act(thread * 1000 + 2 * each), act(thread * 1000 + 2 * each + 1)}));
      });
    }
    for (std::thread& thread : threads) thread.join();
  }
  Workspace workspace(options());
  record::Store& store = workspace.record();
  ASSERT_EQ(store.size(), record::Seq{2 * kThreads * kEach});
  EXPECT_TRUE(store.verify().ok());
  for (int thread = 0; thread < kThreads; ++thread) {
    for (int each = 0; each < kEach; ++each) {
      const record::Seq first = places[thread][each];
      for (const int more : {0, 1}) {
        const std::string number = std::to_string(thread * 1000 + 2 * each + more);
        EXPECT_NE(store.entry(first + more).body->find("\"number\":" + number + "}"), std::string::npos);
      }
    }
  }
}

TEST_F(ScribeTest, OnlyTheWrongOneFails) {
  Scribe scribe(options());
  scribe.append(act(0));
  std::atomic<int> failed{0}, written{0};
  std::vector<std::thread> threads;
  for (int each = 0; each < 16; ++each) {
    threads.emplace_back([&, each] {
      try {
        if (each % 4 == 0) {
          scribe.append(record::ReviewBody{.statement = 999'999, .by = "account:amina"});
        } else {
          scribe.append(act(each));
        }
        ++written;
      } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::invalid_input);
        ++failed;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(failed, 4);
  EXPECT_EQ(written, 12);
  Workspace workspace(options());
  EXPECT_EQ(workspace.record().size(), 13u);
}

TEST_F(ScribeTest, LendsTheRecordBetweenTwoTransactions) {
  Scribe scribe(options());
  const record::Seq first = scribe.append(act(1));
  scribe.run([&](Workspace& workspace) {
    const std::vector<record::Seq> entries = {first};
    workspace.record_to_write().erase(entries, "account:amina", "asked for");
  });
  EXPECT_THROW(scribe.run([](Workspace&) { throw Error(ErrorKind::not_found, "nothing"); }), Error);
  Workspace workspace(options());
  EXPECT_FALSE(workspace.record().entry(first).body.has_value());
}

// A file that another took the place of can be written to for ever; nobody would find it there.
TEST_F(ScribeTest, WritesNothingIntoARecordThatIsNoLongerThere) {
  Scribe scribe(options());
  const auto path = options().record.file();
  const auto first = record::identity_of(options().record);
  EXPECT_EQ(scribe.append({act(1)}, first), 0u);

  // Taken away.
  std::filesystem::rename(path, folder_ / "aside");
  for (const char* ending : {"-wal", "-shm"}) std::filesystem::remove(path.string() + ending);
  EXPECT_EQ(kind_of([&] { scribe.append({act(2)}, first); }), ErrorKind::unavailable);
  EXPECT_EQ(kind_of([&] { scribe.append(act(2)); }), ErrorKind::unavailable);
  EXPECT_FALSE(std::filesystem::exists(path)) << "nor is another one begun";

  // Replaced: what was decided on the old one is not written into the new one, what belongs to any is.
  Workspace(options()).record_to_write();
  const auto second = record::identity_of(options().record);
  ASSERT_NE(first, second);
  EXPECT_EQ(kind_of([&] { scribe.append({act(3)}, first); }), ErrorKind::conflict);
  bool ran = false;
  EXPECT_EQ(kind_of([&] { scribe.run([&](Workspace&) { ran = true; }, first); }), ErrorKind::conflict);
  EXPECT_FALSE(ran);
  EXPECT_EQ(scribe.append({act(4)}, second), 0u);
  EXPECT_EQ(scribe.append(act(5)), 1u);
  EXPECT_EQ(Workspace(options()).record().size(), 2u);
}

}  // namespace
}  // namespace mithaq::service
