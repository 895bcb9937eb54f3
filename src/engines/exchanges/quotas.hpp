// How many visits and inspections a State is obliged to accept, and whether one more is.
//
// Plain arithmetic over what was reported and what was accepted, step by step as the rules of
// data/exchanges/quotas.tsv say it. "Not obliged" is not "not allowed": a State may accept more than its
// quota, and then the engine counts it all the same.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engines/exchanges/facts.hpp"
#include "engines/exchanges/rules.hpp"

namespace mithaq::exchanges {

// What a State reported: its formations and units, and those of them on the territory of others.
struct Reported {
  int units = 0;
  std::map<std::string, int, std::less<>> stationed{};  // host, units

  int in(std::string_view host) const;
};

// A number and the rule that sets it.
struct Limit {
  int number = 0;
  const QuotaRule* rule = nullptr;
};

// The quota of a calendar year.
//   reported  nothing if the State has not reported what the quota follows from
//   returns   nothing if there is none: no rule of the kind sets one, or it follows from what was not
//   reported example   121 units: 3, by vd2011/evaluation/quota; 2,000 units: 15, by vd2011/evaluation/max
std::optional<Limit> quota_of(const Rules& rules, std::string_view kind,
                              const std::optional<Reported>& reported);

// How many of them from the same State.
//   example  a quota of 14: 2, by vd2011/evaluation/fifth; of 4: 1, by vd2011/evaluation/small
std::optional<Limit> same_state_limit(const Rules& rules, std::string_view kind,
                                      const std::optional<Limit>& quota);

// How many of them to forces on the territory of another State.
std::optional<Limit> stationed_limit(const Rules& rules, std::string_view kind,
                                     const std::optional<Limit>& quota,
                                     const std::optional<Reported>& reported, std::string_view host);

// What counts against a State in a calendar year.
struct Used {
  int all = 0;
  std::map<std::string, int, std::less<>> by_state{};
  std::map<std::string, int, std::less<>> by_unit{};
  std::map<std::pair<std::string, std::string>, int> by_unit_and_state{};
  std::map<std::string, int, std::less<>> by_host{};  // only those outside its own territory
};

// A visit that is on the territory of somebody for some time.
struct Stay {
  std::string host{};
  Instant from{}, to{};
};

// A rule by which a State need not accept one more visit.
struct Exhausted {
  RefusalReason reason{};
  const QuotaRule* rule = nullptr;
  int used = 0;
  int limit = 0;
  // The rule says that it may not be, not only that nobody is obliged.
  bool forbids = false;
};

// Every rule by which it need not be accepted, in the order of the reasons.
//   asked     the visit; its receiving State's
//   used      of its kind, receiving State and year
//   others    accepted visits of its kind, at any time
std::vector<Exhausted> exhausted(const Rules& rules, const VisitRequested& asked,
                                 const std::optional<Reported>& reported, const Used& used,
                                 const std::vector<Stay>& others);

// How long a visit stays: what was said, else what the rules allow, else a day.
std::chrono::hours stay_of(const Rules& rules, const VisitRequested& asked);

}  // namespace mithaq::exchanges
