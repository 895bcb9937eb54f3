// Accounts in a database of their own, with a clock that tests turn.
#pragma once

#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>

#include "accounts/accounts.hpp"
#include "record/database.hpp"
#include "tests/support/test_paths.hpp"
#include "tests/support/test_postgres.hpp"

namespace mithaq::accounts::test_accounts {

class Place {
 public:
  explicit Place(record::Dialect dialect = record::Dialect::sqlite) {
    static std::atomic<int> number{0};
    file_ = std::filesystem::temp_directory_path() /
            ("mithaq_accounts_" + std::to_string(::getpid()) + "_" + std::to_string(++number));
    if (dialect == record::Dialect::postgresql) {
      schema_ = std::make_unique<test::PostgresSchema>();
      if (!missing())
        record::Database::open(location(), record::Database::Mode::create, std::chrono::seconds(5));
      return;
    }
    record::Database::open(file_.string(), record::Database::Mode::create, std::chrono::seconds(5))
        ->script("pragma journal_mode = wal; create table if not exists meta (name text)");
  }
  ~Place() {
    for (const char* ending : {"", "-wal", "-shm", ".key.accounts"}) {
      std::error_code none;
      std::filesystem::remove(file_.string() + ending, none);
    }
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

  std::string location() const { return schema_ ? schema_->url() : file_.string(); }
  std::filesystem::path key() const { return file_.string() + ".key.accounts"; }
  // True if PostgreSQL is wanted and not installed.
  bool missing() const { return schema_ && test::postgres_url().empty(); }
  AccountsOptions options() {
    return {.location = location(),
            .data = test::data(),
            .clock = [this] { return now(); },
            .register_says = [](const std::string& party, Instant at) -> std::vector<access::Held> {
              if (party == "KAZ") return {{"OSCE", "participating_state"}, {"OIC", "member"}};
              // A Partner since 2027, for the tests that turn the clock.
              if (party == "EGY" && at >= std::chrono::sys_days(std::chrono::year(2027) / 1 / 1))
                return {{"OSCE", "partner_mediterranean"}};
              return {};
            },
            .key = key(),
            .home = "OSCE"};
  }
  std::chrono::sys_seconds now() const {
    return std::chrono::sys_seconds(std::chrono::seconds(seconds_.load()));
  }
  void pass(std::chrono::seconds time) { seconds_ += time.count(); }

 private:
  std::unique_ptr<test::PostgresSchema> schema_{};
  std::filesystem::path file_{};
  std::atomic<std::int64_t> seconds_{1'790'000'000};  // 2026-09-21
};

}  // namespace mithaq::accounts::test_accounts
