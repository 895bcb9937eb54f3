// What the tests of data/ share: the tables of a folder, and plain checks of a cell.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/table.hpp"

namespace mithaq::test {

// Every .tsv below the project's data/, in order of path.
std::vector<std::filesystem::path> all_tables();
// The tables of data/memberships/, in order of path.
std::vector<std::filesystem::path> membership_tables();

// "states.tsv:17", for a message.
std::string place_of(const Table& table, std::size_t row);

// The cells of a column, as a set. Adds a test failure for each that occurs twice.
std::set<std::string> unique_ids(const Table& table, std::string_view column = "id");

// True for a calendar day, month or year of the form YYYY, YYYY-MM or YYYY-MM-DD, with or without one of the
// EDTF marks ? ~ % at its end.
bool is_plain_edtf(std::string_view date);

}  // namespace mithaq::test
