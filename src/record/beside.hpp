// Tables beside the record: accounts, jobs. They belong to who makes them, live in the record's database, and
// go along with its backup.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "record/database.hpp"

namespace mithaq::record {

// A part of the program with tables of its own.
struct Beside {
  std::string name{};                 // "accounts"
  std::vector<std::string> tables{};  // in the order in which their rows are put back
  std::string sql{};  // "create table if not exists …; create index if not exists …", as schema_text reads it
};

// The names of tables as they are noted: parted by blanks.
std::string joined_names(const std::vector<std::string>& names);
std::vector<std::string> parted_names(std::string_view text);

// Makes the tables if they are not there, and notes them for backups. Texts, whole numbers and bytes are
// kept; a backup refuses other types.
void create_beside(Database& database, const Beside& beside);

// The same inside a transaction that is running.
void create_beside_here(Database& database, const Beside& beside);
// After rows came with numbers of their own: the next number follows them.
void continue_identity(Database& database, const std::string& table);

// What was made beside this record.
std::vector<Beside> all_beside(Database& database);

}  // namespace mithaq::record
