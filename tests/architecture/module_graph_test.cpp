// Keeps the table "Who may know whom" of ARCHITECTURE.md true: every #include of src/ is held against it.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "tests/support/test_paths.hpp"

namespace mithaq {
namespace {

namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// The words in backquotes of a cell.
std::vector<std::string> words_in_backquotes(const std::string& cell) {
  std::vector<std::string> words;
  for (std::size_t at = cell.find('`'); at != std::string::npos; at = cell.find('`', at + 1)) {
    const std::size_t end = cell.find('`', at + 1);
    if (end == std::string::npos) break;
    words.push_back(cell.substr(at + 1, end - at - 1));
    at = end;
  }
  return words;
}

// Rows `| folder | hands on | may include |` under the heading "Who may know whom".
std::map<std::string, std::set<std::string>> allowed_by_table() {
  std::map<std::string, std::set<std::string>> allowed;
  std::istringstream lines(read_file(test::project() / "ARCHITECTURE.md"));
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("## ")) inside = line.find("Who may know whom") != std::string::npos;
    if (!inside || !line.starts_with("| `")) continue;
    std::vector<std::string> cells;
    std::istringstream row(line);
    for (std::string cell; std::getline(row, cell, '|');) cells.push_back(cell);
    if (cells.size() < 4) continue;
    for (const std::string& folder : words_in_backquotes(cells[1])) {
      for (const std::string& other : words_in_backquotes(cells[3])) allowed[folder].insert(other);
      allowed[folder].insert("base");
      allowed[folder].insert(folder);
    }
  }
  return allowed;
}

// The folder of the table that a path under src/ belongs to: "engines/search" for an engine, else the first
// part.
std::string folder_of(const fs::path& path) {
  auto part = path.begin();
  std::string folder = part->string();
  if (folder == "engines" && std::next(part) != path.end()) folder += "/" + std::next(part)->string();
  return folder;
}

TEST(ModuleGraph, EveryIncludeIsAllowedByArchitectureMd) {
  const auto allowed = allowed_by_table();
  ASSERT_GE(allowed.size(), 6u) << "ARCHITECTURE.md has no table of folders";
  const fs::path source = test::project() / "src";
  std::size_t includes = 0;
  for (const auto& entry : fs::recursive_directory_iterator(source)) {
    const fs::path& path = entry.path();
    if (path.extension() != ".cpp" && path.extension() != ".hpp") continue;
    const std::string folder = folder_of(fs::relative(path, source));
    const auto row = allowed.find(folder);
    ASSERT_NE(row, allowed.end()) << "src/" << folder << " is not in the table of ARCHITECTURE.md";
    std::istringstream lines(read_file(path));
    for (std::string line; std::getline(lines, line);) {
      if (!line.starts_with("#include \"")) continue;
      const std::string target = line.substr(10, line.find('"', 10) - 10);
      if (target.starts_with("tests/")) continue;
      ASSERT_TRUE(fs::exists(source / target)) << path << " includes " << target << ", which is not in src/";
      ++includes;
      const std::string other = folder_of(target);
      const bool one_header = row->second.contains(target);  // a row may name single headers
      EXPECT_TRUE(row->second.contains(other) || one_header)
          << path.lexically_relative(source) << " includes " << target << "; ARCHITECTURE.md does not let "
          << folder << " know " << other;
    }
  }
  EXPECT_GT(includes, 20u);
}

}  // namespace
}  // namespace mithaq
