// What became of the exchanges and the visits: a fold of facts, and what may be done next.
//
// Pure: the same facts in the same order give the same book. Who holds which status at the instant of a fact
// is asked of the caller, so that sets of States are computed and never kept.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engines/exchanges/facts.hpp"
#include "engines/exchanges/quotas.hpp"
#include "engines/exchanges/rules.hpp"

namespace mithaq::exchanges {

// Whether a State holds one of some statuses of data/access, at the instant that the caller has in mind.
using Holds = std::function<bool(std::string_view state, const std::vector<std::string>& statuses)>;

// The subject of an exchange of a year: "aemi-2026".
std::string subject_of(std::string_view exchange, int year);

// --- Exchanges ---

enum class VersionKind { original, nil, correction };
constexpr std::array<std::string_view, 3> names_of(VersionKind) {
  return {"original", "nil", "correction"};
}

// One paper of a State. Each version but the first corrects the one before it, so the chain is a line.
struct Version {
  int number = 1;
  int corrects = 0;  // 0 for the first
  VersionKind kind = VersionKind::original;
  Instant at{};
  std::string by{};
  Paper paper{};
  std::uint64_t entry = 0;  // of the record
};

struct Delay {
  Instant at{};
  std::string reason{};
  std::optional<std::chrono::year_month_day> expected{};
};

struct Clarification {
  int number = 0;
  std::string asked_by{}, of{};  // States
  Instant asked_at{};
  std::string question{};
  std::optional<Instant> answered_at{};
  std::string answer{};
};

// What one State did in an exchange of a year.
struct Sending {
  std::vector<Version> versions{};
  std::optional<Delay> delay{};
  std::optional<std::chrono::year_month_day> occasion{};
};

struct Round {
  std::string subject{};
  const Exchange* exchange = nullptr;
  int year = 0;
  std::map<std::string, Sending, std::less<>> sendings{};  // by State
  std::vector<Clarification> clarifications{};
  std::vector<Reminded> reminded{};
};

// How a State stands in an exchange at an instant.
enum class SendingState { open, awaited, announced, on_time, late, missing };
constexpr std::array<std::string_view, 6> names_of(SendingState) {
  // open: what the deadline runs from was not told yet; announced: it said that it will be late;
  // late: it sent after the last day.
  return {"open", "awaited", "announced", "on_time", "late", "missing"};
}

// --- Visits ---

enum class VisitState { requested, accepted, refused, called_off, carried_out };
constexpr std::array<std::string_view, 5> names_of(VisitState) {
  return {"requested", "accepted", "refused", "called_off", "carried_out"};
}

struct Visit {
  std::string id{};
  const VisitKind* kind = nullptr;
  VisitRequested asked{};
  int year = 0;  // ours: of the estimated entry, in the zone of the kind
  VisitState state = VisitState::requested;
  std::optional<Instant> reply_due{}, replied_at{};
  std::optional<VisitRefused> refused{};
  std::optional<VisitCalledOff> called_off{};
  std::optional<VisitCarriedOut> carried_out{};
  std::optional<Instant> report_due{};
  std::optional<VisitReportSent> report{};
  bool reply_overdue_told = false, report_overdue_told = false;

  const std::string& asking() const { return asked.stamp.actor.delegation; }
  const std::string& host() const { return asked.host.empty() ? asked.receiving : asked.host; }
  // Whether it counts against the quota: it was accepted, and force majeure did not prevent it.
  bool counts() const;
};

// What a State's quota of a kind and a year is, and what of it is used.
struct Tally {
  const VisitKind* kind = nullptr;
  std::string state{};
  int year = 0;
  std::optional<Limit> quota{}, same_state{};
  std::optional<Reported> reported{};
  int reported_year = 0;  // of the exchange from which the units are; 0 if there is none
  Used used{};
};

// --- The book ---

class Book {
 public:
  //   rules  must outlive the book
  explicit Book(const Rules& rules) : rules_(&rules) {}

  // Whether a fact may be entered. Its stamp is complete.
  std::optional<acts::Refusal> judge(const CalendarOpened& fact) const;
  std::optional<acts::Refusal> judge(const Sent& fact, const Holds& holds) const;
  std::optional<acts::Refusal> judge(const NilReported& fact, const Holds& holds) const;
  std::optional<acts::Refusal> judge(const Corrected& fact, const Holds& holds) const;
  std::optional<acts::Refusal> judge(const OccasionTold& fact, const Holds& holds) const;
  std::optional<acts::Refusal> judge(const DelayAnnounced& fact, const Holds& holds) const;
  std::optional<acts::Refusal> judge(const ClarificationAsked& fact, const Holds& holds) const;
  std::optional<acts::Refusal> judge(const ClarificationAnswered& fact, const Holds& holds) const;
  std::optional<acts::Refusal> judge(const Reminded& fact) const;
  std::optional<acts::Refusal> judge(const VisitRequested& fact, const Holds& holds) const;
  std::optional<acts::Refusal> judge(const VisitAccepted& fact) const;
  std::optional<acts::Refusal> judge(const VisitRefused& fact) const;
  std::optional<acts::Refusal> judge(const VisitCalledOff& fact) const;
  std::optional<acts::Refusal> judge(const VisitCarriedOut& fact) const;
  std::optional<acts::Refusal> judge(const VisitReportSent& fact) const;
  std::optional<acts::Refusal> judge(const VisitOverdue& fact) const;

  // Enters a fact that was judged before. `entry` is that of the record.
  void enter(const CalendarOpened& fact, std::uint64_t entry);
  void enter(const Sent& fact, std::uint64_t entry);
  void enter(const NilReported& fact, std::uint64_t entry);
  void enter(const Corrected& fact, std::uint64_t entry);
  void enter(const OccasionTold& fact, std::uint64_t entry);
  void enter(const DelayAnnounced& fact, std::uint64_t entry);
  void enter(const ClarificationAsked& fact, std::uint64_t entry);
  void enter(const ClarificationAnswered& fact, std::uint64_t entry);
  void enter(const Reminded& fact, std::uint64_t entry);
  void enter(const VisitRequested& fact, std::uint64_t entry);
  void enter(const VisitAccepted& fact, std::uint64_t entry);
  void enter(const VisitRefused& fact, std::uint64_t entry);
  void enter(const VisitCalledOff& fact, std::uint64_t entry);
  void enter(const VisitCarriedOut& fact, std::uint64_t entry);
  void enter(const VisitReportSent& fact, std::uint64_t entry);
  void enter(const VisitOverdue& fact, std::uint64_t entry);

  const Rules& rules() const { return *rules_; }
  // The exchange and the year that a subject names; nothing if there is no such exchange.
  struct Named {
    const Exchange* exchange = nullptr;
    int year = 0;
  };
  std::optional<Named> named(std::string_view subject) const;
  // What happened in it so far; null if nothing has.
  const Round* round(std::string_view subject) const;
  // All in which something happened, by subject.
  std::vector<const Round*> rounds() const;
  const Sending* sending(std::string_view subject, std::string_view state) const;
  std::optional<Instant> deadline_for(std::string_view subject, std::string_view state) const;
  SendingState state_of(std::string_view subject, std::string_view state, Instant now) const;

  const std::map<int, Instant>& opened_years() const { return opened_; }
  const std::vector<Visit>& visits() const { return visits_; }
  const Visit* visit(std::string_view id) const;
  // The id of the next visit to a year: "VISIT-2026-0003".
  std::string next_visit(Instant enters, const VisitKind& kind) const;
  Tally tally(const VisitKind& kind, std::string_view state, int year) const;
  // The rules by which a visit need not be accepted as things stand; empty: it is owed.
  std::vector<Exhausted> free_of(const VisitRequested& asked) const;

  // What time alone brings by now.
  //   holders  the States that hold one of some statuses now
  std::vector<Reminded> reminders_due(
      Instant now,
      const std::function<std::vector<std::string>(const std::vector<std::string>&)>& holders) const;
  std::vector<VisitOverdue> overdue(Instant now) const;
  // When one of them has something next.
  std::optional<Instant> next_due() const;

 private:
  std::optional<acts::Refusal> takes_part(const acts::Stamp& stamp, const Holds& holds) const;
  std::optional<acts::Refusal> fits(const acts::Stamp& stamp, const Paper& paper) const;
  Round& round_at(std::string_view subject);
  Visit& visit_at(std::string_view id);
  std::optional<Reported> reported_for(std::string_view state, int year, int* from_year) const;
  std::vector<Stay> stays(const VisitKind& kind, std::string_view except) const;
  std::optional<acts::Refusal> of_visit(const acts::Stamp& stamp, const Visit** out) const;
  // A reminder of an exchange whose last day is a day of the calendar.
  struct Step {
    const Exchange* exchange = nullptr;
    int year = 0;
    const Reminder* reminder = nullptr;
    Instant at{};
  };
  // The reminders of an exchange of an opened year that were not given yet, in their order.
  std::vector<Step> steps_left(const Exchange& exchange, int year) const;

  const Rules* rules_;
  std::map<int, Instant> opened_{};
  // Of the opened years: computed once, because what is due is asked after every act.
  std::vector<Step> steps_{};
  std::map<std::string, Round, std::less<>> rounds_{};
  std::vector<Visit> visits_{};
  std::map<std::string, std::size_t, std::less<>> visit_ids_{};
};

}  // namespace mithaq::exchanges
