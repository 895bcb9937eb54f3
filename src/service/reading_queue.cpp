#include "service/reading_queue.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/error.hpp"

namespace mithaq::service {

namespace {

using record::Blob;
using record::Database;
using record::Query;
using record::Transaction;

constexpr std::size_t kChunkBytes = 1 << 20;
constexpr std::chrono::milliseconds kPatience{30'000};

constexpr std::array<std::pair<JobState, std::string_view>, 6> kStates = {
    {{JobState::queued, "queued"},
     {JobState::reading, "reading"},
     {JobState::done, "done"},
     {JobState::known, "known"},
     {JobState::refused, "refused"},
     {JobState::cancelled, "cancelled"}}};

// `held_until` is 0 for a job that nobody holds; `changed` is a number of its own for each change, so that
// whoever has seen all up to one can ask for what came after.
constexpr std::string_view kTables =
    "create table if not exists jobs(id text primary key, account text not null, name text not null, "
    "bytes integer not null, handling text not null, state text not null, part real not null, "
    "message text not null, document text not null, created integer not null, created_at text not null, "
    "changed integer not null, worker text not null, held_until integer not null, attempts integer not null, "
    "cancel integer not null);"
    "create index if not exists jobs_by_state on jobs(state, created, id);"
    "create index if not exists jobs_by_change on jobs(changed);"
    "create index if not exists jobs_by_account on jobs(account, created);"
    "create table if not exists job_bytes(job text not null, part integer not null, bytes blob not null, "
    "primary key(job, part));"
    "create table if not exists job_changes(one integer primary key, last integer not null);";

constexpr std::string_view kColumns =
    "id, account, name, bytes, handling, state, part, message, document, created_at, changed, attempts";

JobState state_named(std::string_view name) {
  for (const auto& [state, known] : kStates) {
    if (known == name) return state;
  }
  throw Error(ErrorKind::corrupt, "a job has the unknown state \"" + std::string(name) + "\"");
}

Job job_of(const Query& row) {
  return {.id = std::string(row.text(0)),
          .account = std::string(row.text(1)),
          .name = std::string(row.text(2)),
          .bytes = static_cast<std::uint64_t>(row.integer(3)),
          .handling = record::handling_from_json(row.text(4)),
          .state = state_named(row.text(5)),
          .part = row.real(6),
          .message = std::string(row.text(7)),
          .document = std::string(row.text(8)),
          .created_at = std::string(row.text(9)),
          .changed = row.integer(10),
          .attempts = static_cast<int>(row.integer(11))};
}

std::vector<Job> jobs_of(Query query) {
  std::vector<Job> out;
  while (query.step()) out.push_back(job_of(query));
  return out;
}

std::string select(std::string_view rest) {
  return "select " + std::string(kColumns) + " from jobs " + std::string(rest);
}

std::string new_id() {
  expect(sodium_init() >= 0, "libsodium starts");
  std::array<unsigned char, 16> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  std::string id(2 * bytes.size(), '\0');
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    id[2 * at] = "0123456789abcdef"[bytes[at] >> 4];
    id[2 * at + 1] = "0123456789abcdef"[bytes[at] & 15];
  }
  return id;
}

}  // namespace

std::string_view name_of(JobState state) {
  return kStates[static_cast<std::size_t>(state)].second;
}

bool is_over(JobState state) {
  return state != JobState::queued && state != JobState::reading;
}

ReadingQueue::ReadingQueue(const record::Location& record, record::Clock clock, QueueLimits limits)
    : clock_(std::move(clock)),
      limits_(limits),
      database_(Database::open(record, Database::Mode::write, kPatience)) {
  const bool sqlite = database_->dialect() == record::Dialect::sqlite;
  // Acknowledged means on disk; what a dropped file held is overwritten. Files pass through once.
  if (sqlite) database_->script("pragma synchronous=full; pragma secure_delete=on; pragma cache_size=-2048");
  if (database_->has_table("job_changes")) return;
  record::run_transaction(*database_, Transaction::Kind::write, [&] {
    database_->create(kTables);
    database_->run("insert into job_changes values(1, 0) on conflict do nothing");
  });
}

ReadingQueue::~ReadingQueue() = default;

// The database's own clock: workers on several machines have to agree on when a lease ends.
std::int64_t ReadingQueue::now_ms() {
  return database_->integer(database_->dialect() == record::Dialect::sqlite
                                ? "select cast((julianday('now') - 2440587.5) * 86400000.0 as integer)"
                                : "select (extract(epoch from clock_timestamp()) * 1000)::bigint",
                            0);
}

// The last thing in a transaction: whoever changes a job holds the counter until the commit, so that changes
// become visible in the order of their numbers, and nobody waits for it longer than that.
std::int64_t ReadingQueue::mark_changed(const std::string& id) {
  std::int64_t change = 0;
  {
    Query query = database_->query("update job_changes set last=last+1 where one=1 returning last");
    expect(query.step(), "the jobs' counter is there");
    change = query.integer(0);
    while (query.step()) {
    }
  }
  database_->run("update jobs set changed=?2 where id=?1", id, change);
  return change;
}

void ReadingQueue::check_room(const std::string& account, std::uint64_t bytes) {
  const auto sum = [&](std::string_view where, const auto&... values) {
    return static_cast<std::uint64_t>(database_->integer(
        "select cast(coalesce(sum(bytes), 0) as bigint) from jobs where state in ('queued','reading')" +
            std::string(where),
        0, values...));
  };
  if (sum("") + bytes > limits_.waiting_bytes_max)
    throw Error(ErrorKind::unavailable, "too many files wait to be read: send it again when some are done");
  if (sum(" and account=?1", account) + bytes > limits_.account_bytes_max)
    throw Error(ErrorKind::unavailable,
                "too many of your files wait to be read: send it again when some are done");
  const auto waiting = static_cast<std::uint64_t>(database_->integer(
      "select count(*) from jobs where state in ('queued','reading') and account=?1", 0, account));
  if (waiting >= limits_.account_jobs_max)
    throw Error(ErrorKind::unavailable,
                "too many of your files wait to be read: send it again when some are done");
}

Job ReadingQueue::add(const NewJob& given) {
  Job job{.id = new_id(),
          .account = given.account,
          .name = given.name,
          .bytes = given.bytes.size(),
          .handling = given.handling,
          .state = given.known_as.empty() ? JobState::queued : JobState::known,
          .part = given.known_as.empty() ? 0.0 : 1.0,
          .document = given.known_as,
          .created_at = record::format_time(clock_())};
  const std::string handling = record::to_canonical_json(given.handling);
  record::run_transaction(*database_, Transaction::Kind::beside, [&] {
    const std::string_view kept = is_over(job.state) ? std::string_view() : given.bytes;
    check_room(given.account, kept.size());
    const std::int64_t now = now_ms();
    database_->run("insert into jobs values(?1,?2,?3,?4,?5,?8,?9,'',?10,?6,?7,0,'',0,0,0)", job.id,
                   job.account, job.name, job.bytes, handling, now, job.created_at, name_of(job.state),
                   job.part, job.document);
    for (std::size_t at = 0, part = 0; at < kept.size(); at += kChunkBytes, ++part)
      database_->run("insert into job_bytes values(?1,?2,?3)", job.id, part,
                     Blob{kept.substr(at, kChunkBytes)});
    database_->run("delete from jobs where state not in ('queued','reading') and created < ?1",
                   now - std::chrono::milliseconds(limits_.kept).count());
    job.changed = mark_changed(job.id);
  });
  return job;
}

std::optional<Job> ReadingQueue::job(const std::string& id) {
  const std::string sql = select("where id=?1");
  std::vector<Job> found = jobs_of(database_->query(sql, id));
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::vector<Job> ReadingQueue::jobs(const std::optional<std::string>& account, std::size_t limit) {
  if (account)
    return jobs_of(
        database_->query(select("where account=?1 order by created desc, id limit ?2"), *account, limit));
  return jobs_of(database_->query(select("order by created desc, id limit ?1"), limit));
}

std::vector<Job> ReadingQueue::changed_jobs(std::int64_t after, std::size_t limit) {
  return jobs_of(database_->query(select("where changed > ?1 order by changed limit ?2"), after, limit));
}

std::int64_t ReadingQueue::last_change() {
  return database_->integer("select last from job_changes where one=1", 0);
}

std::uint64_t ReadingQueue::unfinished() {
  return static_cast<std::uint64_t>(
      database_->integer("select count(*) from jobs where state in ('queued','reading')", 0));
}

std::optional<Job> ReadingQueue::cancel(const std::string& id) {
  record::run_transaction(*database_, Transaction::Kind::beside, [&] {
    database_->run("update jobs set cancel=1 where id=?1 and state='reading'", id);
    bool changed = database_->changes() > 0;
    database_->run("update jobs set cancel=1, state='cancelled' where id=?1 and state='queued'", id);
    if (database_->changes() > 0) {
      database_->run("delete from job_bytes where job=?1", id);
      changed = true;
    }
    if (changed) mark_changed(id);
  });
  return job(id);
}

void ReadingQueue::forget(const std::string& document) {
  record::run_transaction(*database_, Transaction::Kind::beside,
                          [&] { database_->run("delete from jobs where document=?1", document); });
}

std::optional<Job> ReadingQueue::take(const std::string& worker) {
  const bool postgresql = database_->dialect() == record::Dialect::postgresql;
  // A look first, outside any transaction: an empty queue is asked all the time and must not write.
  const auto waiting = [&](std::int64_t now) {
    return database_->integer(
               "select count(*) from jobs where state='queued' or (state='reading' and held_until < ?1)", 0,
               now) > 0;
  };
  if (!waiting(now_ms())) return std::nullopt;
  std::optional<Job> taken;
  record::run_transaction(*database_, Transaction::Kind::beside, [&] {
    taken.reset();
    const std::int64_t now = now_ms();
    std::string id;
    std::int64_t attempts = 0;
    bool cancelled = false;
    {
      const std::string sql =
          "select id, attempts, cancel from jobs where state='queued' or (state='reading' and held_until < "
          "?1) "
          "order by attempts, created, id limit 1" +
          std::string(postgresql ? " for update skip locked" : "");
      Query query = database_->query(sql, now);
      if (!query.step()) return;
      id = query.text(0);
      attempts = query.integer(1);
      cancelled = query.integer(2) != 0;
    }
    if (cancelled || attempts >= limits_.attempts_max) {
      database_->run("update jobs set state=?2, message=?3, worker='', held_until=0 where id=?1", id,
                     cancelled ? "cancelled" : "refused",
                     cancelled ? "" : "the reader failed on this file several times: it was given up");
      database_->run("delete from job_bytes where job=?1", id);
      mark_changed(id);
      return;
    }
    database_->run(
        "update jobs set state='reading', part=0.0, worker=?2, held_until=?3, attempts=?4 where id=?1", id,
        worker, now + limits_.lease.count(), attempts + 1);
    mark_changed(id);
    taken = job(id);
  });
  return taken;
}

std::string ReadingQueue::bytes_of(const std::string& id) {
  std::string out;
  Query query = database_->query("select bytes from job_bytes where job=?1 order by part", id);
  while (query.step()) out += query.blob(0);
  return out;
}

ReadingQueue::Hold ReadingQueue::renew(const std::string& id, const std::string& worker, double part) {
  Hold hold = Hold::lost;
  record::run_transaction(*database_, Transaction::Kind::beside, [&] {
    hold = Hold::lost;
    Query query = database_->query(
        "update jobs set held_until=?3, part=?4 where id=?1 and worker=?2 and state='reading' returning "
        "cancel",
        id, worker, now_ms() + limits_.lease.count(), std::clamp(part, 0.0, 1.0));
    if (!query.step()) return;
    hold = query.integer(0) != 0 ? Hold::cancelled : Hold::held;
    while (query.step()) {
    }
    mark_changed(id);
  });
  return hold;
}

void ReadingQueue::finish(const std::string& id, const std::string& worker, JobState state,
                          const std::string& message, const std::string& document) {
  expect(is_over(state), "a job ends in an end");
  record::run_transaction(*database_, Transaction::Kind::beside, [&] {
    database_->run(
        "update jobs set state=?3, message=?4, document=?5, part=1.0, worker='', held_until=0 "
        "where id=?1 and worker=?2 and state='reading'",
        id, worker, name_of(state), message, document);
    if (database_->changes() == 0) return;
    database_->run("delete from job_bytes where job=?1", id);
    mark_changed(id);
  });
}

void ReadingQueue::give_back(const std::string& id, const std::string& worker) {
  record::run_transaction(*database_, Transaction::Kind::beside, [&] {
    database_->run(
        "update jobs set state='queued', worker='', held_until=0, attempts=attempts-1 "
        "where id=?1 and worker=?2 and state='reading'",
        id, worker);
    if (database_->changes() > 0) mark_changed(id);
  });
}

}  // namespace mithaq::service
