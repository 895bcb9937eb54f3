// Where a record is: a file, or a PostgreSQL database.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace mithaq::record {

// A file's path, ":memory:", or a URL as libpq reads it: "postgresql://user@host:5432/base",
// "postgresql:///base?host=/run/postgresql", with "&options=-csearch_path%3Dname" for a schema of its own.
class Location {
 public:
  Location() = default;
  Location(std::string text) : text_(std::move(text)) {}  // NOLINT: texts and paths are locations
  Location(const char* text) : text_(text) {}             // NOLINT
  Location(const std::filesystem::path& path) : text_(path.string()) {}  // NOLINT

  bool empty() const { return text_.empty(); }
  // False for a PostgreSQL database.
  bool is_file() const;
  std::filesystem::path file() const;  // requires is_file()
  const std::string& text() const { return text_; }
  // What people may see: the same without a password.
  std::string shown() const;

  friend bool operator==(const Location&, const Location&) = default;

 private:
  std::string text_{};
};

}  // namespace mithaq::record
