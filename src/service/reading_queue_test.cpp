// The reading queue and its workers, on a real record.
#include "service/reading_queue.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <set>
#include <thread>

#include "base/error.hpp"
#include "service/reading_worker.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::service {
namespace {

using namespace std::chrono_literals;

class ReadingQueueTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(::testing::TempDir()) /
              ("mithaq-queue-" + std::to_string(::getpid()) +
               ::testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(folder_);
    Workspace(options()).record_to_write();
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  WorkspaceOptions options() const {
    static const auto lexicon = std::make_shared<const reader::Lexicon>(reader::Lexicon::load(test::data()));
    return {.record = record::Location(folder_ / "record.mithaq"),
            .data = test::data(),
            .clock = [] { return std::chrono::sys_seconds(std::chrono::seconds(1'800'000'000)); },
            .lexicon = lexicon};
  }
  ReadingQueue queue(QueueLimits limits = {}) const { return {options().record, options().clock, limits}; }
  static std::string text(int number) {
    return "The OSCE Mission number " + std::to_string(number) +
           " leads the monitoring of the ceasefire in Georgia.\n";
  }
  void expect_sound() const {
    Workspace workspace(options());
    EXPECT_TRUE(workspace.record().verify().ok());
  }
  std::filesystem::path folder_{};
};

TEST_F(ReadingQueueTest, KeepsWhatItTookIn) {
  const std::string bytes(3'500'000, 'x');
  document::Handling handling{
      .tlp = document::Tlp::red, .recipients = {"account:amina"}, .originator = "OSCE"};
  Job added;
  {
    ReadingQueue first = queue();
    added = first.add({.account = "amina", .name = "ورقة.txt", .handling = handling, .bytes = bytes});
  }
  ReadingQueue later = queue();
  const auto job = later.job(added.id);
  ASSERT_TRUE(job);
  EXPECT_EQ(job->name, "ورقة.txt");
  EXPECT_EQ(job->state, JobState::queued);
  EXPECT_EQ(job->handling, handling);
  EXPECT_EQ(job->bytes, bytes.size());
  EXPECT_EQ(job->created_at, "2027-01-15T08:00:00Z");
  EXPECT_EQ(later.bytes_of(job->id), bytes);
  EXPECT_EQ(later.jobs("amina", 10).size(), 1u);
  EXPECT_TRUE(later.jobs("karim", 10).empty());
  EXPECT_EQ(later.jobs(std::nullopt, 10).size(), 1u);
  EXPECT_FALSE(later.job("nothing"));
}

TEST_F(ReadingQueueTest, GivesEachFileToOneWorker) {
  ReadingQueue queue_ = queue();
  for (int each = 0; each < 40; ++each) queue_.add({.account = "a", .name = "x", .bytes = text(each)});
  std::mutex lock;
  std::multiset<std::string> taken;
  std::vector<std::thread> workers;
  for (int each = 0; each < 4; ++each) {
    workers.emplace_back([&, each] {
      ReadingQueue mine = queue();
      while (const auto job = mine.take("worker-" + std::to_string(each))) {
        const std::lock_guard guard(lock);
        taken.insert(job->id);
      }
    });
  }
  for (std::thread& worker : workers) worker.join();
  EXPECT_EQ(taken.size(), 40u);
  EXPECT_EQ(std::set<std::string>(taken.begin(), taken.end()).size(), 40u);
}

TEST_F(ReadingQueueTest, TakesTheFileOfADeadWorkerAgain) {
  ReadingQueue queue_ = queue({.lease = 200ms, .attempts_max = 2});
  const std::string id = queue_.add({.account = "a", .name = "x", .bytes = text(1)}).id;
  ASSERT_TRUE(queue_.take("first"));
  EXPECT_FALSE(queue_.take("second")) << "it is held";
  std::this_thread::sleep_for(150ms);
  EXPECT_EQ(queue_.renew(id, "first", 0.5), ReadingQueue::Hold::held);
  std::this_thread::sleep_for(150ms);
  EXPECT_FALSE(queue_.take("second")) << "it was renewed";
  std::this_thread::sleep_for(150ms);
  ASSERT_TRUE(queue_.take("second"));
  EXPECT_EQ(queue_.renew(id, "first", 0.6), ReadingQueue::Hold::lost);
  queue_.finish(id, "first", JobState::done, "", "sha256-0");
  EXPECT_EQ(queue_.job(id)->state, JobState::reading) << "who lost it does not end it";
  std::this_thread::sleep_for(250ms);
  EXPECT_FALSE(queue_.take("third"));
  EXPECT_EQ(queue_.job(id)->state, JobState::refused) << "over this file two workers died";
  EXPECT_TRUE(queue_.bytes_of(id).empty());
}

TEST_F(ReadingQueueTest, CancelsAtOnceOrAtTheNextLook) {
  ReadingQueue queue_ = queue();
  const std::string waiting = queue_.add({.account = "a", .name = "x", .bytes = text(1)}).id;
  EXPECT_EQ(queue_.cancel(waiting)->state, JobState::cancelled);
  EXPECT_TRUE(queue_.bytes_of(waiting).empty());
  EXPECT_FALSE(queue_.take("worker"));
  const std::string reading = queue_.add({.account = "a", .name = "x", .bytes = text(2)}).id;
  ASSERT_TRUE(queue_.take("worker"));
  EXPECT_EQ(queue_.cancel(reading)->state, JobState::reading);
  EXPECT_EQ(queue_.renew(reading, "worker", 0.1), ReadingQueue::Hold::cancelled);
  queue_.finish(reading, "worker", JobState::cancelled, "", "");
  EXPECT_EQ(queue_.cancel(reading)->state, JobState::cancelled);
  EXPECT_FALSE(queue_.cancel("nothing"));
}

TEST_F(ReadingQueueTest, BoundsWhatWaits) {
  ReadingQueue queue_ = queue({.waiting_bytes_max = 1000, .account_bytes_max = 600, .account_jobs_max = 3});
  queue_.add({.account = "a", .name = "x", .bytes = std::string(500, 'x')});
  EXPECT_THROW(queue_.add({.account = "a", .name = "x", .bytes = std::string(200, 'x')}), Error);
  queue_.add({.account = "b", .name = "x", .bytes = std::string(450, 'x')});
  EXPECT_THROW(queue_.check_room("c", 60), Error) << "of all together";
  queue_.check_room("c", 50);
  queue_.add({.account = "a", .name = "x", .bytes = "x"});
  queue_.add({.account = "a", .name = "x", .bytes = "x"});
  EXPECT_THROW(queue_.add({.account = "a", .name = "x", .bytes = "x"}), Error) << "how many";
  EXPECT_EQ(queue_.unfinished(), 4u);
}

TEST_F(ReadingQueueTest, TellsChangesInTheirOrder) {
  ReadingQueue queue_ = queue();
  const std::int64_t before = queue_.last_change();
  const std::string first = queue_.add({.account = "a", .name = "1", .bytes = "x"}).id;
  const std::string second = queue_.add({.account = "a", .name = "2", .bytes = "x"}).id;
  queue_.cancel(first);
  const auto changed = queue_.changed_jobs(before, 10);
  ASSERT_EQ(changed.size(), 2u);
  EXPECT_EQ(changed[0].id, second);
  EXPECT_EQ(changed[1].id, first) << "the last change counts";
  EXPECT_EQ(changed[1].changed, queue_.last_change());
  EXPECT_TRUE(queue_.changed_jobs(queue_.last_change(), 10).empty());
}

TEST_F(ReadingQueueTest, WorkersReadWhatWaits) {
  ReadingQueue queue_ = queue();
  std::vector<std::string> ids;
  for (int each = 0; each < 12; ++each)
    ids.push_back(queue_
                      .add({.account = "amina",
                            .name = "note.txt",
                            .handling = {.tlp = document::Tlp::amber},
                            .bytes = text(each)})
                      .id);
  const std::string twice = queue_.add({.account = "amina", .name = "again.txt", .bytes = text(3)}).id;
  const std::string bad = queue_
                              .add({.account = "amina",
                                    .name = "bad.txt",
                                    .bytes = std::string("\x7f"
                                                         "ELF\0\1\2",
                                                         7)})
                              .id;
  {
    ReadingWorkers workers({.workspace = options(), .threads = 2});
    workers.wait_until_idle();
  }
  std::size_t known = 0;
  for (const std::string& id : ids) {
    const auto job = queue_.job(id);
    known += job->state == JobState::known ? 1 : 0;
    EXPECT_TRUE(job->state == JobState::done || job->state == JobState::known) << name_of(job->state);
    EXPECT_EQ(job->part, 1);
    EXPECT_TRUE(queue_.bytes_of(id).empty());
  }
  known += queue_.job(twice)->state == JobState::known ? 1 : 0;
  EXPECT_EQ(known, 1u) << "the same bytes, once in the record";
  EXPECT_EQ(queue_.job(bad)->state, JobState::refused);
  EXPECT_FALSE(queue_.job(bad)->message.empty());
  Workspace workspace(options());
  const auto rows = workspace.record().view().documents();
  EXPECT_EQ(rows.size(), 12u);
  for (const record::DocumentRow& row : rows) {
    EXPECT_TRUE(row.complete);
    EXPECT_EQ(row.brought_by, "amina");
  }
  expect_sound();
}

TEST_F(ReadingQueueTest, AMarkInTheDocumentIsNotWidened) {
  ReadingQueue queue_ = queue();
  const std::string id = queue_
                             .add({.account = "amina",
                                   .name = "note.txt",
                                   .handling = {.tlp = document::Tlp::green},
                                   .bytes = "TLP:RED\n\n" + text(1)})
                             .id;
  {
    ReadingWorkers workers({.workspace = options()});
    workers.wait_until_idle();
  }
  Workspace workspace(options());
  const auto rows = workspace.record().view().documents();
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows.front().metadata.handling.tlp, document::Tlp::red);
}

TEST_F(ReadingQueueTest, GivesBackWhatItCannotFinish) {
  // Three sections of little to find, which are read quickly.
  std::string bytes;
  while (bytes.size() < 13'000'000) bytes += std::string(2000, 'a') + "\n\n";
  ReadingQueue queue_ = queue();
  const std::string id = queue_.add({.account = "amina", .name = "long.txt", .bytes = bytes}).id;
  {
    ReadingWorkers workers({.workspace = options()});
    while (queue_.job(id)->state == JobState::queued) std::this_thread::sleep_for(5ms);
  }
  EXPECT_EQ(queue_.job(id)->state, JobState::queued) << "at the end of its section";
  {
    ReadingWorkers workers({.workspace = options()});
    workers.wait_until_idle();
  }
  EXPECT_EQ(queue_.job(id)->state, JobState::done);
  Workspace workspace(options());
  const auto rows = workspace.record().view().documents();
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows.front().raw_bytes, bytes.size());
  expect_sound();
}

}  // namespace
}  // namespace mithaq::service
