// A forecast as it is kept: made small, packed into bytes, and read again.
//
// Of 1000 draws of each cell 200 are kept, to an eighth of a death, as runs of equal values: a forecast of 36
// months and all countries with its five earlier windows is 2 to 4 MB packed and 30 MB in memory. The means
// and the scores are those of all draws. What is answered from a forecast comes from what is kept, whether it
// was made just now or read.
//
// The bytes: "MFC1"; the length of a JSON text and the text (units by id, members, reasons, scores, origins
// of the earlier windows); then the means, the draws and the benchmark of the forecast, and of each earlier
// window draws, benchmark and outcomes. Floats are 32 bits, low byte first. Draws: cells and draws of a cell,
// then for each cell the number of runs and of each run the distance from the value before, in eighths, and
// how often it stands there; all as LEB128 numbers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engines/forecast/backtest.hpp"
#include "engines/forecast/forecast.hpp"

namespace mithaq::service {

inline constexpr std::size_t kKeptDraws = 200;

struct KeptForecast {
  forecast::Forecast forecast{};  // with at most kKeptDraws draws of each cell
  std::vector<float> means{};     // [cell], deaths
  forecast::Backtest scores{};    // of the earlier windows: models "mithaq", "conflictology_12", "zero"
};

// Makes a forecast small.
KeptForecast kept_of(forecast::Forecast made);

// Units are written by the ids that the panel gives them.
std::string packed(const KeptForecast& kept, const events::Panel& panel);
//   panel   of the same vintage
//   throws  Error{corrupt} if the bytes are no forecast, or name units that the panel does not have
KeptForecast unpacked(std::string_view bytes, const events::Panel& panel);

}  // namespace mithaq::service
