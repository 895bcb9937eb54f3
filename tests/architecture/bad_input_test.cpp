// Holds docs/bad-input.md against the tests: each that it names is there.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "tests/support/test_paths.hpp"

namespace mithaq::test {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream out;
  out << file.rdbuf();
  return out.str();
}

// "Suite.Name" of every test of src/.
std::set<std::string> tests_of_src() {
  static const std::regex kTest(R"(TEST(?:_[FP])?\((\w+),\s*(\w+)\))");
  std::set<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(project() / "src")) {
    if (!entry.path().filename().string().ends_with("_test.cpp")) continue;
    const std::string text = text_of(entry.path());
    for (std::sregex_iterator at(text.begin(), text.end(), kTest), end; at != end; ++at)
      names.insert((*at)[1].str() + "." + (*at)[2].str());
  }
  return names;
}

TEST(BadInput, EachLineNamesATestThatIsThere) {
  const std::set<std::string> known = tests_of_src();
  const std::string page = text_of(project() / "docs" / "bad-input.md");
  static const std::regex kTest(R"(`([A-Z]\w*\.[A-Z]\w*)`)"), kScript(R"(`((?:endurance|page)/[\w.]+)`)");
  std::size_t named = 0;
  for (std::sregex_iterator at(page.begin(), page.end(), kTest), end; at != end; ++at, ++named)
    EXPECT_TRUE(known.contains((*at)[1])) << (*at)[1];
  for (std::sregex_iterator at(page.begin(), page.end(), kScript), end; at != end; ++at, ++named)
    EXPECT_TRUE(fs::exists(project() / "tests" / (*at)[1].str())) << (*at)[1];
  EXPECT_GT(named, 40u);
  // A line without a test promises what nobody tries.
  std::istringstream lines(page);
  std::size_t rows = 0;
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("| ") || line.starts_with("| what ")) continue;
    ++rows;
    EXPECT_TRUE(std::regex_search(line, kTest) || std::regex_search(line, kScript)) << line;
  }
  EXPECT_GT(rows, 20u);
}

}  // namespace
}  // namespace mithaq::test
