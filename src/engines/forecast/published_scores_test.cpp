// Our scores of the challenge's own draws are the numbers that the challenge published.
#include <gtest/gtest.h>

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>

#include "engines/forecast/scores.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::forecast {
namespace {

namespace fs = std::filesystem;

fs::path conflict() {
  return test::shared() / "data" / "conflict";
}

// The lines of a file, unpacked by xz if it is packed.
std::vector<std::string> lines_of(const fs::path& path) {
  std::string text;
  const std::string command = (path.extension() == ".xz" ? "xz -dc '" : "cat '") + path.string() + "'";
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  std::array<char, 1 << 16> buffer{};
  for (std::size_t got; (got = std::fread(buffer.data(), 1, buffer.size(), pipe.get())) > 0;)
    text.append(buffer.data(), got);
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream in(line);
  for (std::string cell; std::getline(in, cell, ',');) cells.push_back(cell);
  return cells;
}

using CellKey = std::pair<int, int>;  // month_id, country_id

std::map<CellKey, double> actuals(const std::string& file, int year) {
  std::map<CellKey, double> outcomes;
  for (const std::string& line : lines_of(conflict() / file)) {
    const std::vector<std::string> cells = cells_of(line);
    if (cells[0] == "Y" + std::to_string(year))
      outcomes[{std::stoi(cells[1]), std::stoi(cells[2])}] = std::stod(cells[3]);
  }
  return outcomes;
}

// "month_id,country_id,draws,value:count …", parted by blanks
std::map<CellKey, std::vector<float>> counted_draws(const std::string& file) {
  std::map<CellKey, std::vector<float>> draws;
  const std::vector<std::string> lines = lines_of(conflict() / "benchmarks" / file);
  for (std::size_t at = 1; at < lines.size(); ++at) {
    std::size_t comma = 0;
    for (int each = 0; each < 3; ++each) comma = lines[at].find(',', comma) + 1;
    const std::vector<std::string> head = cells_of(lines[at].substr(0, comma));
    std::vector<float>& cell = draws[{std::stoi(head[0]), std::stoi(head[1])}];
    std::string tail = lines[at].substr(comma);
    std::replace_if(
        tail.begin(), tail.end(), [](char c) { return c == ',' || c == ';' || c == '"'; }, ' ');
    std::istringstream in(tail);
    for (std::string item; in >> item;) {
      const std::size_t colon = item.find(':');
      cell.insert(cell.end(), std::stoul(item.substr(colon + 1)), std::stof(item.substr(0, colon)));
    }
    std::sort(cell.begin(), cell.end());
  }
  return draws;
}

struct Means {
  double crps = 0, ign = 0, mis = 0;
};

Means means_of(const std::map<CellKey, double>& outcomes,
               const std::map<CellKey, std::vector<float>>& draws) {
  Means means;
  for (const auto& [key, outcome] : outcomes) {
    const std::vector<float>& cell = draws.at(key);
    means.crps += crps(cell, outcome);
    means.ign += ignorance(cell, outcome);
    means.mis += interval_score(cell, outcome);
  }
  const auto count = static_cast<double>(outcomes.size());
  return {means.crps / count, means.ign / count, means.mis / count};
}

TEST(PublishedScores, TheTwentyFourNumbersOfThe2023Vintage) {
  MITHAQ_NEEDS_SHARED();
  std::size_t compared = 0;
  for (const auto& [name, stem] :
       {std::pair<std::string, std::string>{"bootstrap", "boot"}, {"last_historical_poisson", "last"}}) {
    for (const std::string& line :
         lines_of(conflict() / "published" / "benchmark_2023vintage_published_fif911.csv")) {
      const std::vector<std::string> cells = cells_of(line);
      if (cells[0] != name) continue;
      const int year = std::stoi(cells[1]);
      const Means means = means_of(actuals("challenge_actuals_2023vintage_2018_2021.csv.xz", year),
                                   counted_draws("v2023_" + stem + "_" + cells[1] + ".csv.xz"));
      for (const auto& [ours, printed] :
           {std::pair{means.crps, cells[2]}, {means.ign, cells[3]}, {means.mis, cells[4]}}) {
        std::array<char, 32> text{};
        std::snprintf(text.data(), text.size(), "%.2f", ours);
        EXPECT_EQ(std::string(text.data()), printed) << name << ' ' << year;
        ++compared;
      }
    }
  }
  EXPECT_EQ(compared, 24U);
}

TEST(PublishedScores, The2024VintageToFourDigits) {
  MITHAQ_NEEDS_SHARED();
  Means zero, conflictology;
  double ignorance_of_twelve = 0;
  std::size_t windows = 0;
  for (int year = 2018; year <= 2023; ++year, ++windows) {
    const std::map<CellKey, double> outcomes = actuals("challenge_actuals_2018_2023.csv.xz", year);
    std::map<CellKey, std::vector<float>> zeros;
    for (const auto& [key, outcome] : outcomes) zeros[key].assign(kDraws, 0.0F);
    const Means of_zeros = means_of(outcomes, zeros);
    // outcome,month_id,country_id,draw: twelve draws of each cell in their order
    std::map<CellKey, std::vector<float>> twelve;
    const std::vector<std::string> lines =
        lines_of(conflict() / "benchmarks" / ("bm_Conflictology_" + std::to_string(year) + ".csv"));
    for (std::size_t at = 1; at < lines.size(); ++at) {
      const std::vector<std::string> cells = cells_of(lines[at]);
      twelve[{std::stoi(cells[1]), std::stoi(cells[2])}].push_back(std::stof(cells[0]));
    }
    double ign = 0;
    for (const auto& [key, outcome] : outcomes) ign += ignorance(resampled_to_1000(twelve.at(key)), outcome);
    for (auto& [key, draws] : twelve) std::sort(draws.begin(), draws.end());
    const Means of_twelve = means_of(outcomes, twelve);
    zero = {zero.crps + of_zeros.crps, zero.ign + of_zeros.ign, zero.mis + of_zeros.mis};
    conflictology.crps += of_twelve.crps;
    conflictology.mis += of_twelve.mis;
    ignorance_of_twelve += ign / static_cast<double>(outcomes.size());
  }
  EXPECT_NEAR(zero.crps / 6, 56.8400, 1e-4);
  EXPECT_NEAR(zero.ign / 6, 1.587847, 1e-4);
  EXPECT_NEAR(zero.mis / 6, 1136.8005, 1e-4);
  EXPECT_NEAR(conflictology.crps / 6, 49.3616, 1e-4);
  EXPECT_NEAR(ignorance_of_twelve / 6, 0.646591, 1e-4);
  EXPECT_NEAR(conflictology.mis / 6, 873.5291, 1e-4);
}

}  // namespace
}  // namespace mithaq::forecast
