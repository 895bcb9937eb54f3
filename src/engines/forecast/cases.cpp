#include "engines/forecast/cases.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <unordered_map>

#include "base/error.hpp"
#include "engines/forecast/parallel.hpp"

namespace mithaq::forecast {

namespace {

using events::Violence;

constexpr float kUnknown = std::numeric_limits<float>::quiet_NaN();
constexpr int kMeans[] = {3, 6, 12, 24, 36, 60, 120};
constexpr int kLags = 5;
constexpr int kShares[] = {6, 12, 24, 60};
constexpr int kSince[] = {1, 25, 100, 1000};
constexpr int kHalfLives[] = {5, 12, 100};
// What "never, as far as is known" counts as, in months.
constexpr float kNever = 600;

float log1p_of(double value) {
  return static_cast<float>(std::log1p(value));
}

// Monthly values with sums of any run of months in constant time. Months that are not known count neither as
// deaths nor as months.
class Series {
 public:
  explicit Series(std::span<const float> values)
      : values_(values), sums_(values.size() + 1), known_(values.size() + 1) {
    for (std::size_t month = 0; month < values.size(); ++month) {
      const bool is_known = !std::isnan(values[month]);
      sums_[month + 1] = sums_[month] + (is_known ? static_cast<double>(values[month]) : 0.0);
      known_[month + 1] = known_[month] + (is_known ? 1 : 0);
    }
  }
  float operator[](std::size_t month) const { return values_[month]; }
  // Mean of the `count` months up to and with `month`; NaN if none is known.
  double mean(std::size_t month, int count) const {
    const std::size_t begin = begin_of(month, count);
    const int known = known_[month + 1] - known_[begin];
    return known == 0 ? std::numeric_limits<double>::quiet_NaN() : (sums_[month + 1] - sums_[begin]) / known;
  }
  static std::size_t begin_of(std::size_t month, int count) {
    const auto whole = static_cast<std::size_t>(count);
    return month + 1 >= whole ? month + 1 - whole : 0;
  }

 private:
  std::span<const float> values_;
  std::vector<double> sums_;
  std::vector<int> known_;
};

// Sums over several units, month by month; NaN where none of them is known.
std::vector<float> sum_over(const Panel& panel, std::span<const UnitIndex> units) {
  std::vector<float> sums(panel.months(), kUnknown);
  const std::vector<float>& deaths = panel.deaths[static_cast<std::size_t>(Violence::state_based)];
  for (const UnitIndex unit : units) {
    const float* values = deaths.data() + unit * panel.months();
    for (std::size_t month = 0; month < sums.size(); ++month) {
      if (std::isnan(values[month])) continue;
      sums[month] = std::isnan(sums[month]) ? values[month] : sums[month] + values[month];
    }
  }
  return sums;
}

// What regions and the world share: made once for all cases.
struct Surroundings {
  std::unordered_map<std::string, std::vector<float>> regions{};
  std::vector<float> world{};
  explicit Surroundings(const Panel& panel) {
    std::map<std::string, std::vector<UnitIndex>> members;
    std::vector<UnitIndex> all(panel.units.size());
    std::iota(all.begin(), all.end(), 0U);
    for (const UnitIndex unit : all) members[panel.units[unit].region].push_back(unit);
    for (const auto& [region, units] : members) regions[region] = sum_over(panel, units);
    world = sum_over(panel, all);
  }
};

// Units two borders away.
std::vector<UnitIndex> second_ring(const Panel& panel, UnitIndex unit) {
  std::vector<UnitIndex> ring;
  if (panel.neighbours.empty()) return ring;
  const std::vector<UnitIndex>& first = panel.neighbours[unit];
  for (const UnitIndex each : first)
    ring.insert(ring.end(), panel.neighbours[each].begin(), panel.neighbours[each].end());
  std::sort(ring.begin(), ring.end());
  ring.erase(std::unique(ring.begin(), ring.end()), ring.end());
  std::erase_if(ring, [&](UnitIndex each) {
    return each == unit || std::binary_search(first.begin(), first.end(), each);
  });
  return ring;
}

std::vector<Feature> feature_list(const Panel& panel) {
  std::vector<Feature> features;
  const auto add = [&](std::string id) { features.push_back({std::move(id)}); };
  add("last");
  for (int lag = 1; lag <= kLags; ++lag) add("lag_" + std::to_string(lag));
  for (const int months : kMeans) add("mean_" + std::to_string(months));
  add("max_12");
  add("max_24");
  add("min_6");
  add("spread_12");
  for (const int months : kShares) add("share_" + std::to_string(months));
  for (const int deaths : kSince) add(deaths == 1 ? "since_any" : "since_" + std::to_string(deaths));
  for (const int half_life : kHalfLives) add("decay_" + std::to_string(half_life));
  add("trend");
  add("trend_long");
  add("history_mean");
  add("history_share");
  add("history_max");
  add("ns_1");
  add("ns_12");
  add("os_1");
  add("os_12");
  add("neighbours_1");
  add("neighbours_12");
  add("neighbours_max_12");
  add("ring2_12");
  add("region_1");
  add("region_12");
  add("region_share_12");
  add("world_1");
  add("world_12");
  add("month");
  for (const events::Indicator& indicator : panel.indicators) add("indicator:" + indicator.id);
  return features;
}

// Goes through one unit's months once and writes the features of its cases, which are sorted by origin.
class UnitWalk {
 public:
  UnitWalk(const Panel& panel, const Surroundings& surroundings, UnitIndex unit)
      : panel_(panel),
        unit_(unit),
        unknown_(panel.months(), kUnknown),
        own_(values_of(Violence::state_based)),
        non_state_(values_of(Violence::non_state)),
        one_sided_(values_of(Violence::one_sided)),
        neighbour_sums_(panel.neighbours.empty() ? std::vector<float>(panel.months(), kUnknown)
                                                 : sum_over(panel, panel.neighbours[unit])),
        ring_sums_(sum_over(panel, second_ring(panel, unit))),
        neighbours_(neighbour_sums_),
        ring_(ring_sums_),
        region_(surroundings.regions.at(panel.units[unit].region)),
        world_(surroundings.world) {
    if (panel.neighbours.empty()) return;
    for (const UnitIndex each : panel.neighbours[unit])
      each_neighbour_.emplace_back(values_of(Violence::state_based, each));
  }

  // Takes the months up to and with `month` in; each once.
  void go_to(std::size_t month) {
    for (; next_ <= month; ++next_) {
      const float value = own_[next_];
      for (float& since : since_) since = std::min(since + 1, kNever);
      if (std::isnan(value)) continue;
      for (std::size_t each = 0; each < since_.size(); ++each) {
        if (value >= static_cast<float>(kSince[each])) since_[each] = 0;
      }
      const float log_value = log1p_of(value);
      for (std::size_t each = 0; each < decayed_.size(); ++each) {
        const double keep = std::exp2(-1.0 / kHalfLives[each]);
        decayed_[each] = keep * decayed_[each] + (1 - keep) * log_value;
      }
      ++known_;
      sum_ += value;
      nonzero_ += value > 0 ? 1 : 0;
      max_ = std::max(max_, value);
    }
  }

  // The features of the unit at the month that go_to went to.
  void write(std::size_t month, std::vector<float>& out) const {
    out.clear();
    out.push_back(log1p_of(own_[month]));
    for (int lag = 1; lag <= kLags; ++lag) {
      const auto back = static_cast<std::size_t>(lag);
      out.push_back(month >= back ? log1p_of(own_[month - back]) : kUnknown);
    }
    for (const int months : kMeans) out.push_back(log1p_of(own_.mean(month, months)));
    float max_12 = kUnknown, max_24 = kUnknown, min_6 = kUnknown;
    for (std::size_t each = Series::begin_of(month, 24); each <= month; ++each) {
      const float value = own_[each];
      max_24 = std::fmax(max_24, value);  // fmax leaves NaN out
      if (each + 12 > month) max_12 = std::fmax(max_12, value);
      if (each + 6 > month) min_6 = std::fmin(min_6, value);
    }
    out.push_back(log1p_of(max_12));
    out.push_back(log1p_of(max_24));
    out.push_back(log1p_of(min_6));
    out.push_back(spread(month));
    for (const int months : kShares) out.push_back(share(month, months));
    for (const float since : since_) out.push_back(log1p_of(since));
    for (const double decayed : decayed_) out.push_back(static_cast<float>(decayed));
    out.push_back(log1p_of(own_.mean(month, 3)) - log1p_of(own_.mean(month, 12)));
    out.push_back(log1p_of(own_.mean(month, 12)) - log1p_of(own_.mean(month, 60)));
    out.push_back(known_ == 0 ? kUnknown : log1p_of(sum_ / known_));
    out.push_back(known_ == 0 ? kUnknown : static_cast<float>(nonzero_) / static_cast<float>(known_));
    out.push_back(known_ == 0 ? kUnknown : log1p_of(max_));
    for (const Series* series : {&non_state_, &one_sided_}) {
      out.push_back(log1p_of((*series)[month]));
      out.push_back(log1p_of(series->mean(month, 12)));
    }
    out.push_back(log1p_of(neighbours_[month]));
    out.push_back(log1p_of(neighbours_.mean(month, 12)));
    double neighbour_max = std::numeric_limits<double>::quiet_NaN();
    for (const Series& each : each_neighbour_) neighbour_max = std::fmax(neighbour_max, each.mean(month, 12));
    out.push_back(log1p_of(neighbour_max));
    out.push_back(log1p_of(ring_.mean(month, 12)));
    out.push_back(log1p_of(region_[month]));
    const double region_12 = region_.mean(month, 12), own_12 = own_.mean(month, 12);
    out.push_back(log1p_of(region_12));
    out.push_back(region_12 > 0 ? static_cast<float>(own_12 / region_12) : 0.0F);
    out.push_back(log1p_of(world_[month]));
    out.push_back(log1p_of(world_.mean(month, 12)));
    out.push_back(static_cast<float>(events::month_of_year(panel_.first + static_cast<Month>(month))));
    for (const events::Indicator& indicator : panel_.indicators)
      out.push_back(indicator.values[unit_ * panel_.months() + month]);
  }

 private:
  Series values_of(Violence violence) const { return values_of(violence, unit_); }
  Series values_of(Violence violence, UnitIndex unit) const {
    const std::vector<float>& all = panel_.deaths[static_cast<std::size_t>(violence)];
    if (all.empty()) return Series(unknown_);
    return Series(std::span(all).subspan(unit * panel_.months(), panel_.months()));
  }
  float spread(std::size_t month) const {
    double sum = 0, squares = 0;
    int count = 0;
    for (std::size_t each = Series::begin_of(month, 12); each <= month; ++each) {
      if (std::isnan(own_[each])) continue;
      const double value = std::log1p(own_[each]);
      sum += value, squares += value * value, ++count;
    }
    if (count == 0) return kUnknown;
    const double mean = sum / count;
    return static_cast<float>(std::sqrt(std::max(0.0, squares / count - mean * mean)));
  }
  float share(std::size_t month, int months) const {
    int nonzero = 0, known = 0;
    for (std::size_t each = Series::begin_of(month, months); each <= month; ++each) {
      if (std::isnan(own_[each])) continue;
      ++known, nonzero += own_[each] > 0 ? 1 : 0;
    }
    return known == 0 ? kUnknown : static_cast<float>(nonzero) / static_cast<float>(known);
  }

  const Panel& panel_;
  UnitIndex unit_;
  std::vector<float> unknown_;  // of kinds of violence that the panel lacks
  Series own_, non_state_, one_sided_;
  std::vector<float> neighbour_sums_, ring_sums_;
  Series neighbours_, ring_;
  std::vector<Series> each_neighbour_{};
  Series region_, world_;
  std::size_t next_ = 0;  // the first month not taken in
  std::array<float, std::size(kSince)> since_{kNever, kNever, kNever, kNever};
  std::array<double, std::size(kHalfLives)> decayed_{};
  int known_ = 0, nonzero_ = 0;
  double sum_ = 0;
  float max_ = 0;
};

}  // namespace

FeatureIndex Cases::feature(std::string_view id) const {
  for (FeatureIndex each = 0; each < features.size(); ++each) {
    if (features[each].id == id) return each;
  }
  throw Error(ErrorKind::bug, "no feature " + std::string(id));
}

Cases make_cases(const Panel& panel, std::span<const CaseKey> keys, unsigned threads) {
  Cases cases;
  cases.features = feature_list(panel);
  cases.keys.assign(keys.begin(), keys.end());
  cases.values.assign(cases.features.size(), std::vector<float>(keys.size(), kUnknown));
  // The cases of each unit by origin, so that its months are gone through once.
  std::vector<std::vector<CaseIndex>> of_unit(panel.units.size());
  for (CaseIndex each = 0; each < keys.size(); ++each) {
    expect(keys[each].unit < panel.units.size() && panel.holds(keys[each].origin), "a case of the panel");
    of_unit[keys[each].unit].push_back(each);
  }
  const Surroundings surroundings(panel);
  in_parallel(panel.units.size(), threads, [&](std::size_t unit) {
    std::vector<CaseIndex>& mine = of_unit[unit];
    if (mine.empty()) return;
    std::stable_sort(mine.begin(), mine.end(),
                     [&](CaseIndex a, CaseIndex b) { return keys[a].origin < keys[b].origin; });
    UnitWalk walk(panel, surroundings, static_cast<UnitIndex>(unit));
    std::vector<float> row;
    for (const CaseIndex each : mine) {
      const auto month = static_cast<std::size_t>(keys[each].origin - panel.first);
      walk.go_to(month);
      walk.write(month, row);
      expect(row.size() == cases.values.size(), "a value for each feature");
      for (std::size_t feature = 0; feature < row.size(); ++feature)
        cases.values[feature][each] = row[feature];
    }
  });
  return cases;
}

}  // namespace mithaq::forecast
