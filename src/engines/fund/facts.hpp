// What is done with a fund, as typed facts; each is an act "fund.…" of the record (docs/fund.md).
//
// The stamp of an act names its subject: the fund for `opened`, `rate_set`, `converted` and `posted`; the
// pledge for `pledged`, `pledge_changed`, `received`; the project for the rest; for `returned` the pledge if
// money goes back to a contributor, else the project; for `reversed` what the reversed act was about.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "acts/act.hpp"
#include "acts/fields.hpp"
#include "engines/fund/money.hpp"

namespace mithaq::fund {

using Day = std::chrono::year_month_day;  // the default is no day

struct Opened {
  std::string series{};  // before the numbers of its pledges and projects: "PF"
  acts::Words title{};
  std::string organization{};  // whose fund it is
  std::string currency{};      // in which it reports: "EUR"
  std::string rates_per{};     // for one unit of which rates are told: "USD", as the United Nations do
  document::Handling handling{};
};
template <typename Visitor>
void visit_fields(Visitor& visit, Opened& fact) {
  visit("series", fact.series);
  visit("title", fact.title);
  visit("organization", fact.organization);
  visit("currency", fact.currency);
  visit("rates_per", fact.rates_per);
  visit("handling", fact.handling);
}

struct Pledged {
  std::string contributor{};  // a State, Partners among them, or an organization, by its id
  Money amount{};
  std::vector<std::string> themes{};  // what it is meant for, of data/themes.tsv; none: anything
  acts::Words note{};
  Day day{};
};
template <typename Visitor>
void visit_fields(Visitor& visit, Pledged& fact) {
  visit("contributor", fact.contributor);
  visit("amount", fact.amount);
  visit("themes", fact.themes);
  visit("note", fact.note);
  visit("day", fact.day);
}

// The pledge is another sum from now on.
struct PledgeChanged {
  Money amount{};  // all of it, not the difference
  acts::Words reason{};
  Day day{};
};
template <typename Visitor>
void visit_fields(Visitor& visit, PledgeChanged& fact) {
  visit("amount", fact.amount);
  visit("reason", fact.reason);
  visit("day", fact.day);
}

struct Received {
  Money amount{};
  Day day{};                // on which the bank had it
  std::string reference{};  // of the bank
  // It came in another currency, and the contributor and the secretariat hold the pledge to be paid in full.
  bool settles = false;
};
template <typename Visitor>
void visit_fields(Visitor& visit, Received& fact) {
  visit("amount", fact.amount);
  visit("day", fact.day);
  visit("reference", fact.reference);
  visit("settles", fact.settles);
}

struct RateSet {
  std::string currency{};
  std::string rate{};  // units of it for one unit of the fund's rates_per, as published: "0.9210"
  Day from{};
  Day to{};  // the last day; none: the last day of the month, as operational rates are set for one
  std::string source{};  // who published it
};
template <typename Visitor>
void visit_fields(Visitor& visit, RateSet& fact) {
  visit("currency", fact.currency);
  visit("rate", fact.rate);
  visit("from", fact.from);
  visit("to", fact.to);
  visit("source", fact.source);
}

// The bank changed cash of one currency into another.
struct Converted {
  Money from{};
  Money to{};  // what the bank gave
  Day day{};
  std::string reference{};
};
template <typename Visitor>
void visit_fields(Visitor& visit, Converted& fact) {
  visit("from", fact.from);
  visit("to", fact.to);
  visit("day", fact.day);
  visit("reference", fact.reference);
}

struct Activity {
  acts::Words title{};
  Day starts{};
  Day ends{};
  std::string place{};
};
template <typename Visitor>
void visit_fields(Visitor& visit, Activity& activity) {
  visit("title", activity.title);
  visit("starts", activity.starts);
  visit("ends", activity.ends);
  visit("place", activity.place);
}

struct ProjectOpened {
  acts::Words title{};
  acts::Words description{};
  std::vector<std::string> themes{};         // of data/themes.tsv; at least one
  std::vector<std::string> beneficiaries{};  // States, by id; at least one
  std::string implementer{};                 // the organization or body that carries it out
  Day starts{};
  Day ends{};
  std::vector<Activity> activities{};
  std::vector<Money> budget{};  // what is planned; an allotment is what may be spent
  document::Handling handling{};
};
template <typename Visitor>
void visit_fields(Visitor& visit, ProjectOpened& fact) {
  visit("title", fact.title);
  visit("description", fact.description);
  visit("themes", fact.themes);
  visit("beneficiaries", fact.beneficiaries);
  visit("implementer", fact.implementer);
  visit("starts", fact.starts);
  visit("ends", fact.ends);
  visit("activities", fact.activities);
  visit("budget", fact.budget);
  visit("handling", fact.handling);
}

struct Allotted {
  Money amount{};
  Day day{};
};
template <typename Visitor>
void visit_fields(Visitor& visit, Allotted& fact) {
  visit("amount", fact.amount);
  visit("day", fact.day);
}

// What money was spent on. Sponsored participants and placements of young diplomats are told apart, because
// the fund exists for them.
enum class Purpose { activity, participant, placement, publication, travel, staff, other };
constexpr std::array<std::string_view, 7> names_of(Purpose) {
  return {"activity", "participant", "placement", "publication", "travel", "staff", "other"};
}

struct Spent {
  Money amount{};
  std::string charged{};  // the currency of the allotment that bears it; empty: that of the amount
  Purpose purpose = Purpose::activity;
  std::string of{};    // the nomination that was sponsored, "CALL-2026-001/3"; empty: none
  std::string text{};  // for what; no names of persons, they stand with the nomination
  Day day{};
  std::string reference{};
};
template <typename Visitor>
void visit_fields(Visitor& visit, Spent& fact) {
  visit("amount", fact.amount);
  visit("charged", fact.charged);
  visit("purpose", fact.purpose);
  visit("of", fact.of);
  visit("text", fact.text);
  visit("day", fact.day);
  visit("reference", fact.reference);
}

// From the project to the fund; from a payee to the project; from the fund to the contributor.
enum class ReturnOf { allotment, expenditure, contribution };
constexpr std::array<std::string_view, 3> names_of(ReturnOf) {
  return {"allotment", "expenditure", "contribution"};
}

struct Returned {
  ReturnOf what = ReturnOf::allotment;
  Money amount{};
  Purpose purpose = Purpose::activity;  // of an expenditure that comes back
  std::string of{};                     // and whose it was
  std::string text{};
  Day day{};
};
template <typename Visitor>
void visit_fields(Visitor& visit, Returned& fact) {
  visit("what", fact.what);
  visit("amount", fact.amount);
  visit("purpose", fact.purpose);
  visit("of", fact.of);
  visit("text", fact.text);
  visit("day", fact.day);
}

// From one project to another, of what was allotted and not spent.
struct Transferred {
  std::string to{};
  Money amount{};
  Day day{};
  std::string text{};
};
template <typename Visitor>
void visit_fields(Visitor& visit, Transferred& fact) {
  visit("to", fact.to);
  visit("amount", fact.amount);
  visit("day", fact.day);
  visit("text", fact.text);
}

// A line of a journal posting by hand: bank charges, interest.
struct Line {
  std::string account{};  // of data/fund/accounts.tsv, one that may be posted to by hand
  std::string of{};       // the project, where the account is kept for each
  Money amount{};         // above zero a debit, below a credit
};
template <typename Visitor>
void visit_fields(Visitor& visit, Line& line) {
  visit("account", line.account);
  visit("of", line.of);
  visit("amount", line.amount);
}

struct Posted {
  std::vector<Line> lines{};
  std::string text{};
  Day day{};
};
template <typename Visitor>
void visit_fields(Visitor& visit, Posted& fact) {
  visit("lines", fact.lines);
  visit("text", fact.text);
  visit("day", fact.day);
}

// A transaction was wrong: its postings are posted again with the other sign. Nothing is changed or removed.
struct Reversed {
  std::int64_t transaction = 0;  // its entry
  std::string reason{};
};
template <typename Visitor>
void visit_fields(Visitor& visit, Reversed& fact) {
  visit("transaction", fact.transaction);
  visit("reason", fact.reason);
}

// What is allotted and not spent goes back to the fund with it.
struct ProjectClosed {
  acts::Words report{};
  Day day{};
};
template <typename Visitor>
void visit_fields(Visitor& visit, ProjectClosed& fact) {
  visit("report", fact.report);
  visit("day", fact.day);
}

using Fact = std::variant<Opened, Pledged, PledgeChanged, Received, RateSet, Converted, ProjectOpened,
                          Allotted, Spent, Returned, Transferred, Posted, Reversed, ProjectClosed>;
// The verbs of the acts in the order of the facts: "fund." and one of these is the type of the act.
inline constexpr std::array<std::string_view, 14> kVerbs = {
    "opened",   "pledged", "pledge_changed", "received",    "rate_set", "converted", "project_opened",
    "allotted", "spent",   "returned",       "transferred", "posted",   "reversed",  "project_closed"};
static_assert(kVerbs.size() == std::variant_size_v<Fact>);

}  // namespace mithaq::fund
