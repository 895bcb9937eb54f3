// The rules of exchanges, visits and quotas, read from data/exchanges (docs/exchanges.md).
//
// Each rule carries its paragraph, its words and its source, so that a refusal can name it and a lawyer can
// correct it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "acts/act.hpp"
#include "base/table.hpp"
#include "base/zone.hpp"

namespace mithaq::exchanges {

// Before when something is sent: on a day of each year, or so many months after something that each State
// tells.
struct Due {
  std::optional<std::chrono::month_day> day{};  // "12-15"
  std::string occasion{};                       // "budget_approved"
  int months = 0;
};

struct Exchange {
  std::string id{};  // "aemi"
  acts::Words name{};
  std::string document{}, paragraph{}, quote{}, source{};
  Due due{};
  int about = 0;  // the year that the information is about, less the year in which it is due
  std::vector<std::string> obliged{}, voluntary{}, seen_by{};  // statuses of data/access
  bool nil_allowed = false;
  bool counts_units = false;  // quotas follow from the units that it reports
  std::string zone{};
};

struct Reminder {
  std::string id{};
  std::vector<std::string> exchanges{};  // empty: all
  int days = 0;                          // after the last day; negative: before
  std::string kind{};                    // "reminder", "late_notice", "announcement", "chair_letter"
  acts::Words name{};
  std::string source{};

  bool is_for(std::string_view exchange) const;
};

struct VisitKind {
  std::string id{};  // "evaluation"
  acts::Words name{};
  std::string document{}, paragraph{}, source{};
  std::vector<std::string> asked_by{}, received_by{};  // statuses
  bool by_quota = false;  // else it is arranged between the two, and no rule obliges
  bool names_unit = false;
  std::string zone{};
};

enum class Measure {
  total,
  total_per_units,
  total_max,
  same_state,
  same_state_part,
  same_state_small,
  unit,
  unit_same_state,
  at_once,
  stationed_share,
  notice_min,
  notice_max,
  reply,
  stay,
  report,
  not_counted,
};

struct QuotaRule {
  std::string id{};     // "vd2011/evaluation/quota"
  std::string visit{};  // id of a kind
  Measure measure{};
  int number = 0;
  int below = 0;
  std::string paragraph{}, quote{}, source{};
  acts::Words says{};
};

class Rules {
 public:
  //   folder  data/exchanges
  //   throws  Error{invalid_input} naming file and line
  static Rules load(const std::filesystem::path& folder);
  // The same from tables in memory, for tests.
  Rules(const Table& exchanges, const Table& reminders, const Table& visits, const Table& quotas);

  const std::vector<Exchange>& exchanges() const { return exchanges_; }
  const std::vector<Reminder>& reminders() const { return reminders_; }
  const std::vector<VisitKind>& visits() const { return visits_; }
  const std::vector<QuotaRule>& quotas() const { return quotas_; }

  const Exchange* exchange(std::string_view id) const;
  const VisitKind* visit(std::string_view id) const;
  const Reminder* reminder(std::string_view id) const;
  // The rule of a kind of visit for something; null if it has none.
  const QuotaRule* rule(std::string_view visit, Measure measure) const;
  const QuotaRule* rule(std::string_view id) const;
  const Zone& zone(std::string_view name) const;

 private:
  std::vector<Exchange> exchanges_{};
  std::vector<Reminder> reminders_{};
  std::vector<VisitKind> visits_{};
  std::vector<QuotaRule> quotas_{};
  std::vector<Zone> zones_{};
};

// The first instant at which something due in a year is late: the midnight that ends its last day.
//   occasion  the day from which months are counted, if the rule counts from one
//   returns   nothing if that day is not known yet
//   example   aemi, 2026: 2026-12-15T23:00:00.000Z, for the midnight of Vienna
std::optional<Instant> deadline(const Rules& rules, const Exchange& exchange, int year,
                                std::optional<std::chrono::year_month_day> occasion);
// The last day itself.
std::optional<std::chrono::year_month_day> last_day(const Exchange& exchange, int year,
                                                    std::optional<std::chrono::year_month_day> occasion);

// The year of the calendar in a zone.
int year_of(Instant at, const Zone& zone);

}  // namespace mithaq::exchanges
