// A PostgreSQL server for tests: ctest starts one for tests whose names hold "postgresql"
// (tools/with_postgres).
#pragma once

#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <string>

#include "base/error.hpp"
#include "record/database.hpp"

namespace mithaq::test {

// The server's URL; empty if PostgreSQL is not installed.
inline std::string postgres_url() {
  if (const char* url = std::getenv("MITHAQ_TEST_POSTGRES")) return url;
  std::string url;
  if (const char* folder = std::getenv("MITHAQ_TEST_POSTGRES_FOLDER")) {
    std::ifstream file(std::string(folder) + "/url");
    std::getline(file, url);
  }
  return url;
}

// A schema of its own, for as long as it lives. Opening it with Mode::create makes it.
class PostgresSchema {
 public:
  PostgresSchema() {
    static int count = 0;
    name_ = "test_" + std::to_string(::getpid()) + "_" + std::to_string(++count);
  }
  ~PostgresSchema() {
    try {
      open(postgres_url())->script("drop schema if exists " + name_ + " cascade");
    } catch (const Error&) {  // the server has gone, and the schema with it
    }
  }
  PostgresSchema(const PostgresSchema&) = delete;
  PostgresSchema& operator=(const PostgresSchema&) = delete;

  const std::string& name() const { return name_; }
  std::string url() const { return postgres_url() + "&options=-csearch_path%3D" + name_; }

 private:
  static std::unique_ptr<record::Database> open(const std::string& url) {
    return record::Database::open(url, record::Database::Mode::create, std::chrono::milliseconds(5000));
  }
  std::string name_{};
};

}  // namespace mithaq::test
