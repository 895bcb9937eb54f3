#include "service/kept_forecast.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "base/error.hpp"

namespace mithaq::service {

namespace {

using forecast::Draws;
using nlohmann::json;

constexpr std::string_view kMagic = "MFC1";
constexpr double kStepsOfDeath = 8;
// No forecast has more: a bound on what damaged bytes can ask for.
constexpr std::uint64_t kCellsMax = 5'000'000, kDrawsMax = 100'000, kValuesMax = 400'000'000;
constexpr double kDeathsMax = 1e10;

[[noreturn]] void refuse() {
  throw Error(ErrorKind::corrupt, "a kept forecast is damaged: it will be made again");
}

// ---------------------------------------------------------------- bytes

void put_number(std::string& out, std::uint64_t value) {
  while (value >= 0x80) {
    out += static_cast<char>(value | 0x80);
    value >>= 7;
  }
  out += static_cast<char>(value);
}

void put_floats(std::string& out, const std::vector<float>& values) {
  put_number(out, values.size());
  const std::size_t begin = out.size();
  out.resize(begin + values.size() * sizeof(float));
  if (!values.empty()) std::memcpy(out.data() + begin, values.data(), values.size() * sizeof(float));
}

void put_draws(std::string& out, const Draws& draws) {
  put_number(out, draws.cells());
  put_number(out, draws.per_cell());
  std::vector<std::pair<std::uint64_t, std::uint64_t>> runs;
  for (std::size_t cell = 0; cell < draws.cells(); ++cell) {
    runs.clear();
    for (const float value : draws[cell]) {
      const auto step =
          static_cast<std::uint64_t>(std::llround(std::clamp<double>(value, 0, kDeathsMax) * kStepsOfDeath));
      if (!runs.empty() && runs.back().first == step) {
        ++runs.back().second;
      } else {
        runs.emplace_back(step, 1);
      }
    }
    put_number(out, runs.size());
    std::uint64_t before = 0;
    for (const auto& [step, count] : runs) {
      put_number(out, step - before);
      put_number(out, count);
      before = step;
    }
  }
}

class Bytes {
 public:
  explicit Bytes(std::string_view bytes) : rest_(bytes) {}

  std::string_view text(std::uint64_t length) {
    if (length > rest_.size()) refuse();
    const std::string_view out = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return out;
  }
  std::uint64_t number() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      const auto byte = static_cast<unsigned char>(text(1).front());
      value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
      if ((byte & 0x80) == 0) return value;
    }
    refuse();
  }
  std::vector<float> floats() {
    const std::uint64_t count = number();
    if (count > kValuesMax) refuse();
    const std::string_view bytes = text(count * sizeof(float));
    std::vector<float> out(count);
    if (count > 0) std::memcpy(out.data(), bytes.data(), bytes.size());
    return out;
  }
  Draws draws() {
    const std::uint64_t cells = number(), per_cell = number();
    // Each cell takes at least three bytes.
    if (cells > kCellsMax || per_cell > kDrawsMax || cells * per_cell > kValuesMax || cells > rest_.size())
      refuse();
    Draws out(cells, per_cell);
    for (std::uint64_t cell = 0; cell < cells; ++cell) {
      const std::span<float> values = out[cell];
      std::size_t at = 0;
      std::uint64_t step = 0;
      for (std::uint64_t runs = number(); runs > 0; --runs) {
        step += number();
        const std::uint64_t count = number();
        if (count > values.size() - at) refuse();
        std::fill_n(values.begin() + static_cast<std::ptrdiff_t>(at), count,
                    static_cast<float>(static_cast<double>(step) / kStepsOfDeath));
        at += count;
      }
      if (at != values.size()) refuse();
    }
    return out;
  }
  bool at_end() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

// ---------------------------------------------------------------- JSON

// JSON has no NaN: it is null.
json of(double value) {
  return std::isfinite(value) ? json(value) : json(nullptr);
}
double to_double(const json& value) {
  return value.is_null() ? std::numeric_limits<double>::quiet_NaN() : value.get<double>();
}
float to_float(const json& value) {
  return static_cast<float>(to_double(value));
}

json scores_to_json(const forecast::Scores& scores) {
  return json::array({of(scores.crps), of(scores.ignorance), of(scores.interval_score), of(scores.log1p_crps),
                      of(scores.brier_any), of(scores.brier_25), of(scores.average_precision_any),
                      of(scores.average_precision_25), of(scores.coverage), of(scores.coverage_violence)});
}
forecast::Scores scores_from_json(const json& value) {
  forecast::Scores out;
  std::size_t at = 0;
  for (double* each :
       {&out.crps, &out.ignorance, &out.interval_score, &out.log1p_crps, &out.brier_any, &out.brier_25,
        &out.average_precision_any, &out.average_precision_25, &out.coverage, &out.coverage_violence})
    *each = to_double(value.at(at++));
  return out;
}

json difference_to_json(const forecast::ModelScores::Difference& difference) {
  return json::array({of(difference.mean), of(difference.low), of(difference.high)});
}
forecast::ModelScores::Difference difference_from_json(const json& value) {
  return {.mean = to_double(value.at(0)), .low = to_double(value.at(1)), .high = to_double(value.at(2))};
}

json models_to_json(const std::vector<forecast::ModelScores>& models) {
  json out = json::array();
  for (const forecast::ModelScores& each : models) {
    json windows = json::array();
    for (const forecast::Scores& window : each.windows) windows.push_back(scores_to_json(window));
    out.push_back({{"model", each.model},
                   {"windows", windows},
                   {"all", scores_to_json(each.all)},
                   {"crps", difference_to_json(each.crps)},
                   {"ignorance", difference_to_json(each.ignorance)},
                   {"interval_score", difference_to_json(each.interval_score)},
                   {"log1p_crps", difference_to_json(each.log1p_crps)}});
  }
  return out;
}
std::vector<forecast::ModelScores> models_from_json(const json& value) {
  std::vector<forecast::ModelScores> out;
  for (const json& each : value) {
    forecast::ModelScores& model = out.emplace_back(forecast::ModelScores{
        .model = each.at("model").get<std::string>(), .all = scores_from_json(each.at("all"))});
    for (const json& window : each.at("windows")) model.windows.push_back(scores_from_json(window));
    model.crps = difference_from_json(each.at("crps"));
    model.ignorance = difference_from_json(each.at("ignorance"));
    model.interval_score = difference_from_json(each.at("interval_score"));
    model.log1p_crps = difference_from_json(each.at("log1p_crps"));
  }
  return out;
}

json ids_of(const std::vector<events::UnitIndex>& units, const events::Panel& panel) {
  json out = json::array();
  for (const events::UnitIndex unit : units) out.push_back(panel.units.at(unit).id);
  return out;
}

class Units {
 public:
  explicit Units(const events::Panel& panel) {
    for (events::UnitIndex unit = 0; unit < panel.units.size(); ++unit)
      by_id_.emplace(panel.units[unit].id, unit);
  }
  events::UnitIndex at(const json& id) const {
    const auto found = by_id_.find(id.get<std::string>());
    if (found == by_id_.end()) refuse();
    return found->second;
  }
  std::vector<events::UnitIndex> all(const json& ids) const {
    std::vector<events::UnitIndex> out;
    for (const json& id : ids) out.push_back(at(id));
    return out;
  }

 private:
  std::unordered_map<std::string, events::UnitIndex> by_id_{};
};

json reasons_to_json(const forecast::Reasons& reasons, const events::Panel& panel) {
  json influences = json::array(), like = json::array();
  for (const auto& each : reasons.influences)
    influences.push_back(json::array({each.feature, of(each.value), of(each.effect)}));
  for (const auto& each : reasons.like)
    like.push_back(json::array({panel.units.at(each.unit).id, each.origin, of(each.weight),
                                of(each.deaths_12), of(each.followed), of(each.followed_12)}));
  return {{"base", of(reasons.base)}, {"influences", influences}, {"like", like}};
}
forecast::Reasons reasons_from_json(const json& value, const Units& units) {
  forecast::Reasons out{.base = to_double(value.at("base"))};
  for (const json& each : value.at("influences"))
    out.influences.push_back({.feature = each.at(0).get<std::string>(),
                              .value = to_float(each.at(1)),
                              .effect = to_double(each.at(2))});
  for (const json& each : value.at("like"))
    out.like.push_back({.unit = units.at(each.at(0)),
                        .origin = each.at(1).get<events::Month>(),
                        .weight = to_float(each.at(2)),
                        .deaths_12 = to_float(each.at(3)),
                        .followed = to_float(each.at(4)),
                        .followed_12 = to_float(each.at(5))});
  return out;
}

// The draw in the middle of each of kKeptDraws equal parts.
Draws fewer(const Draws& draws) {
  if (draws.per_cell() <= kKeptDraws) return draws;
  Draws out(draws.cells(), kKeptDraws);
  for (std::size_t cell = 0; cell < draws.cells(); ++cell) {
    for (std::size_t draw = 0; draw < kKeptDraws; ++draw) {
      const std::size_t middle = (2 * draw + 1) * draws.per_cell() / (2 * kKeptDraws);
      out[cell][draw] = static_cast<float>(
          std::round(std::clamp<double>(draws[cell][middle], 0, kDeathsMax) * kStepsOfDeath) / kStepsOfDeath);
    }
  }
  return out;
}

forecast::Backtest scores_of(const forecast::Forecast& made) {
  std::vector<forecast::BacktestWindow> windows;
  for (const forecast::PastWindow& past : made.past)
    windows.push_back(
        {.origin = past.origin,
         .horizon = past.horizon,
         .lead_first = 1,
         .lead_last = past.horizon,
         .units = past.units,
         .models = {"mithaq", "conflictology_12", "zero"},
         .draws = {past.draws, past.benchmark, Draws(past.draws.cells(), past.draws.per_cell())},
         .outcomes = past.outcomes});
  return windows.empty() ? forecast::Backtest{} : forecast::score_windows(windows, "conflictology_12", 1);
}

}  // namespace

KeptForecast kept_of(forecast::Forecast made) {
  KeptForecast kept{.scores = scores_of(made)};
  kept.means.reserve(made.draws.cells());
  for (std::size_t cell = 0; cell < made.draws.cells(); ++cell)
    kept.means.push_back(static_cast<float>(forecast::mean(made.draws[cell])));
  made.draws = fewer(made.draws);
  made.benchmark = fewer(made.benchmark);
  for (forecast::PastWindow& past : made.past) {
    past.draws = fewer(past.draws);
    past.benchmark = fewer(past.benchmark);
  }
  kept.forecast = std::move(made);
  return kept;
}

std::string packed(const KeptForecast& kept, const events::Panel& panel) {
  const forecast::Forecast& made = kept.forecast;
  json members = json::array(), past = json::array(), reasons = json::array();
  for (const forecast::Member& each : made.members)
    members.push_back({{"id", each.id},
                       {"weight", of(each.weight)},
                       {"crps", of(each.crps)},
                       {"dropped", each.dropped},
                       {"why", each.why}});
  for (const forecast::PastWindow& each : made.past)
    past.push_back(
        {{"origin", each.origin}, {"horizon", each.horizon}, {"units", ids_of(each.units, panel)}});
  for (const forecast::Reasons& each : made.reasons) reasons.push_back(reasons_to_json(each, panel));
  const json head = {{"vintage", made.vintage},
                     {"origin", made.origin},
                     {"horizon", made.horizon},
                     {"units", ids_of(made.units, panel)},
                     {"members", members},
                     {"past", past},
                     {"reasons", reasons},
                     {"scores",
                      {{"origins", kept.scores.origins},
                       {"models", models_to_json(kept.scores.models)},
                       {"dominant", ids_of(kept.scores.dominant, panel)},
                       {"without", models_to_json(kept.scores.without)},
                       {"pit", kept.scores.pit}}}};
  const std::string text = head.dump(-1, ' ', false, json::error_handler_t::replace);
  std::string out(kMagic);
  put_number(out, text.size());
  out += text;
  put_floats(out, kept.means);
  put_draws(out, made.draws);
  put_draws(out, made.benchmark);
  for (const forecast::PastWindow& each : made.past) {
    put_draws(out, each.draws);
    put_draws(out, each.benchmark);
    put_floats(out, each.outcomes);
  }
  return out;
}

KeptForecast unpacked(std::string_view given, const events::Panel& panel) {
  Bytes bytes(given);
  if (bytes.text(kMagic.size()) != kMagic) refuse();
  const Units units(panel);
  KeptForecast kept;
  forecast::Forecast& made = kept.forecast;
  try {
    const json head = json::parse(bytes.text(bytes.number()));
    made.vintage = head.at("vintage").get<std::string>();
    made.origin = head.at("origin").get<events::Month>();
    made.horizon = head.at("horizon").get<int>();
    made.units = units.all(head.at("units"));
    for (const json& each : head.at("members"))
      made.members.push_back({.id = each.at("id").get<std::string>(),
                              .weight = to_double(each.at("weight")),
                              .crps = to_double(each.at("crps")),
                              .dropped = each.at("dropped").get<bool>(),
                              .why = each.at("why").get<std::string>()});
    for (const json& each : head.at("past"))
      made.past.push_back({.origin = each.at("origin").get<events::Month>(),
                           .horizon = each.at("horizon").get<int>(),
                           .units = units.all(each.at("units"))});
    for (const json& each : head.at("reasons")) made.reasons.push_back(reasons_from_json(each, units));
    const json& scores = head.at("scores");
    kept.scores.origins = scores.at("origins").get<std::vector<events::Month>>();
    kept.scores.models = models_from_json(scores.at("models"));
    kept.scores.dominant = units.all(scores.at("dominant"));
    kept.scores.without = models_from_json(scores.at("without"));
    kept.scores.pit = scores.at("pit").get<decltype(kept.scores.pit)>();
  } catch (const json::exception&) {
    refuse();
  }
  kept.means = bytes.floats();
  made.draws = bytes.draws();
  made.benchmark = bytes.draws();
  const auto fits = [](const Draws& draws, std::size_t places, int horizon) {
    return horizon > 0 && draws.cells() == places * static_cast<std::size_t>(horizon);
  };
  for (forecast::PastWindow& each : made.past) {
    each.draws = bytes.draws();
    each.benchmark = bytes.draws();
    each.outcomes = bytes.floats();
    if (!fits(each.draws, each.units.size(), each.horizon) ||
        !fits(each.benchmark, each.units.size(), each.horizon) || each.outcomes.size() != each.draws.cells())
      refuse();
  }
  if (!bytes.at_end() || !fits(made.draws, made.units.size(), made.horizon) ||
      !fits(made.benchmark, made.units.size(), made.horizon) || kept.means.size() != made.draws.cells() ||
      made.reasons.size() != made.units.size())
    refuse();
  return kept;
}

}  // namespace mithaq::service
