// What is done in exchanges of information and in visits, as facts: who did it and when, and what the kind of
// act needs.
//
// `stamp.subject` names what a fact is about: an exchange of a year, "aemi-2026" (the year in which it is
// due), or a visit, "VISIT-2026-0003". `stamp.actor.delegation` is the State that acts.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "acts/act.hpp"
#include "document/handling.hpp"

namespace mithaq::exchanges {

// --- Exchanges of information ---

// The exchanges of a year begin: from now on States that have not sent are reminded.
struct CalendarOpened {
  acts::Stamp stamp{};  // its subject is the year, "2026"
};

// Units of a State's forces on the territory of another.
struct Stationed {
  std::string host{};  // a State
  int units = 0;
};

// A State's paper, the first of its kind or a correction.
struct Paper {
  std::string symbol{};    // "FSC.EMI/123/26"
  std::string document{};  // id of the document in the record, if it is there
  std::string note{};
  std::optional<int> units{};          // formations and units reported, where quotas follow from them
  std::vector<Stationed> stationed{};  // of those, the ones on the territory of others
  document::Handling handling{};
};

struct Sent {
  acts::Stamp stamp{};
  Paper paper{};
};

// "We have nothing to report": an answer, not a silence.
struct NilReported {
  acts::Stamp stamp{};
  std::string note{};
};

// Replaces what was sent before, and says which version that was.
struct Corrected {
  acts::Stamp stamp{};
  int corrects = 0;  // the version that it corrects, from 1
  Paper paper{};
};

// What a deadline runs from has happened: the military budget was approved.
struct OccasionTold {
  acts::Stamp stamp{};
  std::chrono::year_month_day day{};
};

// A State says beforehand, or as soon as it knows, that it will be late.
struct DelayAnnounced {
  acts::Stamp stamp{};
  std::string reason{};
  std::optional<std::chrono::year_month_day> expected{};
};

struct ClarificationAsked {
  acts::Stamp stamp{};
  std::string state{};  // whose paper it is about
  std::string question{};
};

struct ClarificationAnswered {
  acts::Stamp stamp{};
  int number = 0;  // of the question, from 1 within the exchange
  std::string answer{};
};

// By the program: those who have not sent were told. With no States, all have sent.
struct Reminded {
  acts::Stamp stamp{};
  std::string reminder{};  // id of data/exchanges/reminders.tsv
  std::vector<std::string> states{};
};

// --- Visits and inspections ---

struct VisitRequested {
  acts::Stamp stamp{};
  std::string kind{};       // id of data/exchanges/visits.tsv
  std::string receiving{};  // the State whose forces or territory are visited
  std::string host{};       // on whose territory, if that is another State
  std::string unit{};       // the formation or unit, as it was reported
  Instant enters{};         // estimated entry into the territory
  int hours = 0;            // how long it stays; 0: as long as the rules allow
  std::string purpose{};
  std::vector<std::string> with{};  // other States that take part in the team
};

struct VisitAccepted {
  acts::Stamp stamp{};
  std::string note{};
};

enum class RefusalReason { quota, same_state, unit, at_once, stationed, force_majeure, other };
constexpr std::array<std::string_view, 7> names_of(RefusalReason) {
  return {"quota", "same_state", "unit", "at_once", "stationed", "force_majeure", "other"};
}

struct VisitRefused {
  acts::Stamp stamp{};
  RefusalReason reason = RefusalReason::other;
  std::string text{};
};

enum class CallOffReason { force_majeure, withdrawn };
constexpr std::array<std::string_view, 2> names_of(CallOffReason) {
  return {"force_majeure", "withdrawn"};
}

struct VisitCalledOff {
  acts::Stamp stamp{};
  CallOffReason reason = CallOffReason::withdrawn;
  std::string text{};
};

struct VisitCarriedOut {
  acts::Stamp stamp{};
  Instant entered{};
  Instant left{};
  std::string note{};
};

struct VisitReportSent {
  acts::Stamp stamp{};
  Paper paper{};
};

// By the program: the time for the answer or for the report is over.
enum class OverdueWhat { reply, report };
constexpr std::array<std::string_view, 2> names_of(OverdueWhat) {
  return {"reply", "report"};
}
struct VisitOverdue {
  acts::Stamp stamp{};
  OverdueWhat what = OverdueWhat::reply;
};

// --- Their fields ---

template <typename Visitor>
void visit_fields(Visitor&, CalendarOpened&) {}
template <typename Visitor>
void visit_fields(Visitor& visit, Stationed& part) {
  visit("host", part.host);
  visit("units", part.units);
}
template <typename Visitor>
void visit_fields(Visitor& visit, Paper& paper) {
  visit("symbol", paper.symbol);
  visit("document", paper.document);
  visit("note", paper.note);
  visit("units", paper.units);
  visit("stationed", paper.stationed);
  visit("handling", paper.handling);
}
template <typename Visitor>
void visit_fields(Visitor& visit, Sent& fact) {
  visit_fields(visit, fact.paper);
}
template <typename Visitor>
void visit_fields(Visitor& visit, NilReported& fact) {
  visit("note", fact.note);
}
template <typename Visitor>
void visit_fields(Visitor& visit, Corrected& fact) {
  visit("corrects", fact.corrects);
  visit_fields(visit, fact.paper);
}
template <typename Visitor>
void visit_fields(Visitor& visit, OccasionTold& fact) {
  visit("day", fact.day);
}
template <typename Visitor>
void visit_fields(Visitor& visit, DelayAnnounced& fact) {
  visit("reason", fact.reason);
  visit("expected", fact.expected);
}
template <typename Visitor>
void visit_fields(Visitor& visit, ClarificationAsked& fact) {
  visit("state", fact.state);
  visit("question", fact.question);
}
template <typename Visitor>
void visit_fields(Visitor& visit, ClarificationAnswered& fact) {
  visit("number", fact.number);
  visit("answer", fact.answer);
}
template <typename Visitor>
void visit_fields(Visitor& visit, Reminded& fact) {
  visit("reminder", fact.reminder);
  visit("states", fact.states);
}
template <typename Visitor>
void visit_fields(Visitor& visit, VisitRequested& fact) {
  visit("kind", fact.kind);
  visit("receiving", fact.receiving);
  visit("host", fact.host);
  visit("unit", fact.unit);
  visit("enters", fact.enters);
  visit("hours", fact.hours);
  visit("purpose", fact.purpose);
  visit("with", fact.with);
}
template <typename Visitor>
void visit_fields(Visitor& visit, VisitAccepted& fact) {
  visit("note", fact.note);
}
template <typename Visitor>
void visit_fields(Visitor& visit, VisitRefused& fact) {
  visit("reason", fact.reason);
  visit("text", fact.text);
}
template <typename Visitor>
void visit_fields(Visitor& visit, VisitCalledOff& fact) {
  visit("reason", fact.reason);
  visit("text", fact.text);
}
template <typename Visitor>
void visit_fields(Visitor& visit, VisitCarriedOut& fact) {
  visit("entered", fact.entered);
  visit("left", fact.left);
  visit("note", fact.note);
}
template <typename Visitor>
void visit_fields(Visitor& visit, VisitReportSent& fact) {
  visit_fields(visit, fact.paper);
}
template <typename Visitor>
void visit_fields(Visitor& visit, VisitOverdue& fact) {
  visit("what", fact.what);
}

}  // namespace mithaq::exchanges
