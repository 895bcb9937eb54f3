// How good forecasts are on past windows, and how long they take.
//
// Usage: forecast_bench scores FROM TO [ACTUALS…]   the table of docs/early-warning.md: each window's origin
// is the
//                                                   October before, months 3 to 14 ahead are scored
//        forecast_bench time                        one forecast of all countries, 36 months ahead
//        forecast_bench grid                        one of 12,996 made cells with 400 months, as many as
//        VIEWS has
// ACTUALS are files "window,month_id,country_id,outcome" of another vintage; what they say is taken for what
// the shipped table says of the same months, and windows later than they know are not scored.
#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>
#include <cmath>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>

#include "engines/forecast/backtest.hpp"
#include "engines/forecast/random.hpp"
#include "service/shipped_panel.hpp"
#include "tests/support/test_paths.hpp"

namespace {

using namespace mithaq;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

double peak_mb() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

// Takes outcomes of another vintage for the panel's.
void replace(events::Panel& panel, const std::string& file) {
  std::map<int, events::UnitIndex> units;
  for (events::UnitIndex unit = 0; unit < panel.units.size(); ++unit) units[panel.units[unit].number] = unit;
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  events::Month last = 0;
  while (std::getline(in, line)) {
    std::istringstream cells(line);
    std::string window, month, country, outcome;
    std::getline(cells, window, ',');
    std::getline(cells, month, ',');
    std::getline(cells, country, ',');
    std::getline(cells, outcome, ',');
    const auto found = units.find(std::stoi(country));
    if (found == units.end()) throw std::runtime_error("a country that the table does not know: " + country);
    panel.deaths[0][panel.at(found->second, std::stoi(month))] = std::stof(outcome);
    last = std::max(last, std::stoi(month));
  }
  // Later months are of the other vintage: they are not known.
  for (events::UnitIndex unit = 0; unit < panel.units.size(); ++unit) {
    for (events::Month month = last + 1; month <= panel.last; ++month)
      panel.deaths[0][panel.at(unit, month)] = NAN;
  }
}

void print_models(const std::vector<forecast::ModelScores>& models, bool differences) {
  fmt::print("{:18}{:>10}{:>9}{:>10}{:>10}{:>8}{:>8}{:>7}{:>7}", "model", "CRPS", "IGN", "MIS", "log1p",
             "Brier25", "AP25", "cov90", "cov>0");
  for (std::size_t each = 0; each < models[0].windows.size(); ++each)
    fmt::print("{:>9}", fmt::format("w{}", each + 1));
  fmt::print("\n");
  for (const forecast::ModelScores& model : models) {
    const forecast::Scores& all = model.all;
    fmt::print("{:18}{:10.4f}{:9.5f}{:10.3f}{:10.5f}{:8.4f}{:8.4f}{:7.3f}{:7.3f}", model.model, all.crps,
               all.ignorance, all.interval_score, all.log1p_crps, all.brier_25, all.average_precision_25,
               all.coverage, all.coverage_violence);
    for (const forecast::Scores& window : model.windows) fmt::print("{:9.3f}", window.crps);
    fmt::print("\n");
  }
  if (!differences) return;
  const forecast::ModelScores& ours = models[0];
  const auto print = [](const char* name, const forecast::ModelScores::Difference& difference) {
    fmt::print("  {:6} {:+.4f} [{:+.4f}, {:+.4f}]\n", name, difference.mean, difference.low, difference.high);
  };
  fmt::print("{} less conflictology_12, 95 % of 1000 bootstraps over countries:\n", ours.model);
  print("CRPS", ours.crps);
  print("IGN", ours.ignorance);
  print("MIS", ours.interval_score);
  print("log1p", ours.log1p_crps);
}

int scores(events::Panel panel, int from, int to) {
  std::vector<forecast::BacktestWindow> windows;
  for (int year = from; year <= to; ++year) {
    const auto begin = Clock::now();
    windows.push_back(forecast::backtest_window(panel, events::month_of(year - 1, 10), {}));
    std::cerr << fmt::format("window {}: {:.1f} s\n", year, seconds_since(begin));
  }
  const forecast::Backtest backtest = forecast::score_windows(windows, "conflictology_12", 1);
  fmt::print("windows {} to {}, {}\n", from, to, panel.vintage);
  print_models(backtest.models, true);
  std::string dominant;
  for (const forecast::UnitIndex unit : backtest.dominant) dominant += " " + panel.units[unit].id;
  fmt::print("without the two that weigh most:{}\n", dominant);
  print_models(backtest.without, false);
  fmt::print("outcomes by tenths of our forecasts:");
  for (const double part : backtest.pit) fmt::print(" {:.3f}", part);
  fmt::print("\n");
  return 0;
}

// 114 × 114 cells, 400 months: wars begin somewhere, spread to cells beside and end.
events::Panel made_grid() {
  constexpr int kSide = 114, kMonths = 400;
  events::Panel panel{.vintage = "made", .first = 121, .last = 120 + kMonths};
  forecast::Random random(1);
  for (int row = 0; row < kSide; ++row) {
    for (int column = 0; column < kSide; ++column) {
      panel.units.push_back({.id = fmt::format("grid:{}", row * 720 + column + 1),
                             .number = row * 720 + column + 1,
                             .region = fmt::format("{}-{}", row / 16, column / 16)});
      std::vector<events::UnitIndex>& around = panel.neighbours.emplace_back();
      for (int y = std::max(0, row - 1); y <= std::min(kSide - 1, row + 1); ++y) {
        for (int x = std::max(0, column - 1); x <= std::min(kSide - 1, column + 1); ++x) {
          if (y != row || x != column) around.push_back(static_cast<events::UnitIndex>(y * kSide + x));
        }
      }
    }
  }
  const std::size_t units = panel.units.size();
  std::vector<double> level(units, 0);
  panel.deaths[0].assign(units * kMonths, 0.0F);
  for (events::Month month = panel.first; month <= panel.last; ++month) {
    const std::vector<double> before = level;
    for (std::size_t unit = 0; unit < units; ++unit) {
      double beside = 0;
      for (const events::UnitIndex other : panel.neighbours[unit]) beside = std::max(beside, before[other]);
      const double luck = random.uniform();
      if (before[unit] > 0)
        level[unit] = luck < 0.1 ? 0 : before[unit] * (0.6 + 0.8 * random.uniform());
      else if (luck < 0.00005 || (beside > 0 && luck < 0.008))
        level[unit] = 1 + 20 * random.uniform();
      if (level[unit] > 0)
        panel.deaths[0][panel.at(static_cast<events::UnitIndex>(unit), month)] =
            static_cast<float>(std::floor(2 * level[unit] * random.uniform()));
    }
  }
  return panel;
}

int time_one(const events::Panel& panel, const char* what, const forecast::ForecastOptions& options) {
  const auto begin = Clock::now();
  const forecast::Forecast made = forecast::make_forecast(panel, panel.last, options);
  fmt::print("{} {}, 36 months ahead, {} earlier windows: {:.1f} s, {:.0f} MB at most\n", made.units.size(),
             what, made.past.size(), seconds_since(begin), peak_mb());
  for (const forecast::Member& member : made.members)
    fmt::print("  {:18} weight {:.3f}  CRPS {:.3f} {}\n", member.id, member.weight, member.crps, member.why);
  return 0;
}

}  // namespace

int main(int count, char** words) {
  const std::vector<std::string> arguments(words + 1, words + count);
  events::Panel panel = service::shipped_panel(test::data());
  if (arguments.size() == 1 && arguments[0] == "time") return time_one(panel, "countries", {});
  if (arguments.size() == 1 && arguments[0] == "grid") return time_one(made_grid(), "cells", {.draws = 100});
  if (arguments.size() >= 3 && arguments[0] == "scores") {
    for (std::size_t each = 3; each < arguments.size(); ++each) replace(panel, arguments[each]);
    return scores(std::move(panel), std::stoi(arguments[1]), std::stoi(arguments[2]));
  }
  std::cerr << "forecast_bench scores FROM TO [ACTUALS…] | forecast_bench time | forecast_bench grid\n";
  return 2;
}
