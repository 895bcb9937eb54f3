// Plots as SVG: a fan of a forecast, a map of the world, a reliability chart.
//
// Plain values in, one self-contained file out: no scripts, no fonts of its own, no address elsewhere. Texts
// are <text>, so that they can be read, searched and translated; <title> and <desc> say to a screen reader
// what is seen. Where the language is Arabic, time runs from right to left and numbers are in Arabic digits;
// the map is never mirrored.
#pragma once

#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "events/month.hpp"
#include "service/language.hpp"
#include "service/messages.hpp"

namespace mithaq::service {

// What stands in words around a plot; in the reader's language.
struct PlotWords {
  std::string title{};
  std::string note{};    // beneath: vintage, age of the data, track record; wrapped at blanks
  std::string source{};  // the last line
};

struct FanPlot {
  PlotWords words{};
  events::Month history_first = 0;
  std::vector<double> history{};  // deaths of each month from history_first on; NaN where not known
  events::Month forecast_first = 0;
  struct Band {
    double q05 = 0, q25 = 0, q50 = 0, q75 = 0, q95 = 0;
  };
  std::vector<Band> bands{};        // of each month from forecast_first on
  std::vector<double> benchmark{};  // the plain benchmark's median of the same months; may be empty
  double threshold = 25;            // a line across
};
std::string fan_svg(const FanPlot& plot, Language language, const Messages& messages);

// The shapes of data/outlines.tsv.
struct Outlines {
  struct Point {
    float longitude = 0, latitude = 0;
  };
  std::map<std::string, std::vector<std::vector<Point>>> countries{};  // by id of data/states.tsv: rings
  //   throws  Error{not_found, invalid_input} naming file and line
  static Outlines load(const std::filesystem::path& data_folder);
};

struct MapPlot {
  PlotWords words{};
  std::string legend{};  // what the colours mean
  struct Value {
    std::string name{};
    std::optional<double> probability{};  // 0 to 1; nothing: not forecast
    float latitude = 0, longitude = 0;  // of its middle, for countries too small to have a shape; 0, 0: none
    bool warned = false;                // gets a mark
  };
  std::map<std::string, Value> values{};  // by id of data/states.tsv
};
std::string map_svg(const MapPlot& plot, const Outlines& outlines, Language language,
                    const Messages& messages);

struct ReliabilityPlot {
  PlotWords words{};
  struct Bin {
    std::size_t count = 0;
    double probability = 0;  // mean of those said
    double happened = 0;     // share
  };
  std::vector<Bin> bins{};       // ours
  std::vector<Bin> benchmark{};  // may be empty
};
std::string reliability_svg(const ReliabilityPlot& plot, Language language, const Messages& messages);

// A number as the language writes it.
//   example  1234.5 with one decimal is "1,234.5", "1 234,5" (with no-break blanks), "١٬٢٣٤٫٥"
std::string number_text(double value, int decimals, Language language);
// "62 %" as the language writes it, without decimals.
std::string percent_text(double part, Language language);

}  // namespace mithaq::service
