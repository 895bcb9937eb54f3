// Where a record is: a file, or a PostgreSQL database.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
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

// Which file stands under a name: another one after it was replaced. A database is always the same.
struct FileIdentity {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  friend bool operator==(const FileIdentity&, const FileIdentity&) = default;
};

//   returns  nothing if there is no such file
std::optional<FileIdentity> identity_of(const Location& record);

}  // namespace mithaq::record
