#include "engines/exchanges/quotas.hpp"

#include <algorithm>

namespace mithaq::exchanges {

namespace {

template <typename Map, typename Key>
int count_in(const Map& counts, const Key& key) {
  const auto found = counts.find(key);
  return found == counts.end() ? 0 : found->second;
}

int rounded_up(std::int64_t number, std::int64_t by) {
  return static_cast<int>((number + by - 1) / by);
}

}  // namespace

int Reported::in(std::string_view host) const {
  return count_in(stationed, host);
}

std::optional<Limit> quota_of(const Rules& rules, std::string_view kind,
                              const std::optional<Reported>& reported) {
  // "No participating State will be obliged to accept ... more than three inspections per calendar year."
  if (const QuotaRule* total = rules.rule(kind, Measure::total))
    return Limit{.number = total->number, .rule = total};
  // "one evaluation visit per calendar year for every sixty units, or portion thereof, reported"
  const QuotaRule* per_units = rules.rule(kind, Measure::total_per_units);
  if (per_units == nullptr || !reported) return std::nullopt;
  Limit out{.number = rounded_up(reported->units, per_units->number), .rule = per_units};
  // "However, no participating State will be obliged to accept more than fifteen visits per calendar year."
  if (const QuotaRule* most = rules.rule(kind, Measure::total_max);
      most != nullptr && out.number > most->number)
    out = {.number = most->number, .rule = most};
  return out;
}

std::optional<Limit> same_state_limit(const Rules& rules, std::string_view kind,
                                      const std::optional<Limit>& quota) {
  // "more than one inspection per calendar year from the same participating State"
  if (const QuotaRule* same = rules.rule(kind, Measure::same_state))
    return Limit{.number = same->number, .rule = same};
  if (!quota) return std::nullopt;
  // "a participating State with a quota of less than five visits will not be obliged to accept more than one
  // visit from the same participating State"
  const QuotaRule* small = rules.rule(kind, Measure::same_state_small);
  if (small != nullptr && quota->number < small->below) return Limit{.number = small->number, .rule = small};
  // "more than one fifth of its quota of visits from the same participating State": a fraction of a visit is
  // more than the fifth, so it is rounded down.
  const QuotaRule* part = rules.rule(kind, Measure::same_state_part);
  if (part == nullptr) return std::nullopt;
  return Limit{.number = quota->number / part->number, .rule = part};
}

std::optional<Limit> stationed_limit(const Rules& rules, std::string_view kind,
                                     const std::optional<Limit>& quota,
                                     const std::optional<Reported>& reported, std::string_view host) {
  const QuotaRule* share = rules.rule(kind, Measure::stationed_share);
  if (share == nullptr || !quota || !reported || reported->units == 0) return std::nullopt;
  // "the maximum number of evaluation visits permitted to its forces in each of the States concerned will be
  // proportional to the number of its units in each State"
  // Ours: rounded up, so that no forces are out of reach because they are few.
  return Limit{.number = rounded_up(std::int64_t{quota->number} * reported->in(host), reported->units),
               .rule = share};
}

std::chrono::hours stay_of(const Rules& rules, const VisitRequested& asked) {
  if (asked.hours > 0) return std::chrono::hours(asked.hours);
  const QuotaRule* stay = rules.rule(asked.kind, Measure::stay);
  return std::chrono::hours(stay == nullptr ? 24 : stay->number);
}

std::vector<Exhausted> exhausted(const Rules& rules, const VisitRequested& asked,
                                 const std::optional<Reported>& reported, const Used& used,
                                 const std::vector<Stay>& others) {
  std::vector<Exhausted> out;
  const auto reached = [&](RefusalReason reason, int count, const std::optional<Limit>& limit, bool forbids) {
    if (limit && count >= limit->number)
      out.push_back(
          {.reason = reason, .rule = limit->rule, .used = count, .limit = limit->number, .forbids = forbids});
  };
  const auto of_rule = [&](Measure measure) -> std::optional<Limit> {
    const QuotaRule* rule = rules.rule(asked.kind, measure);
    if (rule == nullptr) return std::nullopt;
    return Limit{.number = rule->number, .rule = rule};
  };
  const std::string& from = asked.stamp.actor.delegation;
  const auto quota = quota_of(rules, asked.kind, reported);
  reached(RefusalReason::quota, used.all, quota, false);
  reached(RefusalReason::same_state, count_in(used.by_state, from),
          same_state_limit(rules, asked.kind, quota), false);
  if (!asked.unit.empty()) {
    // "No formation or unit may be visited more than twice during a calendar year"
    reached(RefusalReason::unit, count_in(used.by_unit, asked.unit), of_rule(Measure::unit), true);
    // "and more than once by the same participating State during a calendar year."
    reached(RefusalReason::unit, count_in(used.by_unit_and_state, std::pair(asked.unit, from)),
            of_rule(Measure::unit_same_state), true);
  }
  // "more than one visit at any given time on its territory"
  const std::string& host = asked.host.empty() ? asked.receiving : asked.host;
  const Instant leaves = asked.enters + stay_of(rules, asked);
  const auto at_once = std::count_if(others.begin(), others.end(), [&](const Stay& each) {
    return each.host == host && each.from < leaves && asked.enters < each.to;
  });
  reached(RefusalReason::at_once, static_cast<int>(at_once), of_rule(Measure::at_once), false);
  if (host != asked.receiving)
    reached(RefusalReason::stationed, count_in(used.by_host, host),
            stationed_limit(rules, asked.kind, quota, reported, host), false);
  return out;
}

}  // namespace mithaq::exchanges
