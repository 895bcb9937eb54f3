// Calls for people and what follows from them, as typed facts; each is an act "call.…" of the record.
//
// A call is for sponsored participants, placements of young diplomats, or secondments to field missions and
// election observation. Its acts have the call as their subject ("CALL-2026-001"); a nomination is named by
// its number in the call.
//
// Personal data is minimal and erasable: the name of a person stands in PersonNamed alone, an entry of its
// own whose body can be erased by law without a hole in the course of the call. The other facts name
// nominations by number; their free texts are no place for names (docs/fund.md).
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

namespace mithaq::selection {

using Day = std::chrono::year_month_day;  // the default is no day

enum class Kind { sponsorship, placement, field_secondment, election_secondment };
constexpr std::array<std::string_view, 4> names_of(Kind) {
  return {"sponsorship", "placement", "field_secondment", "election_secondment"};
}

// What is looked at in choosing; said before anybody is nominated.
struct Criterion {
  std::string id{};  // short and unique in the call: "languages"
  acts::Words text{};
};
template <typename Visitor>
void visit_fields(Visitor& visit, Criterion& criterion) {
  visit("id", criterion.id);
  visit("text", criterion.text);
}

// A document that nominations come with: a curriculum vitae, a letter of the ministry.
struct Asked {
  acts::Words title{};
};
template <typename Visitor>
void visit_fields(Visitor& visit, Asked& asked) {
  visit("title", asked.title);
}

struct Opened {
  Kind kind = Kind::sponsorship;
  acts::Words title{};
  acts::Words description{};
  std::string organization{};  // that chooses
  Instant opens{};             // the first instant at which nominations are taken; the epoch: at once
  Instant closes{};            // the deadline: a nomination received at this instant is late
  std::string zone{};          // in which it was said, "Europe/Vienna"
  int places = 0;              // 0: no limit, for a roster alone
  int per_state = 0;           // nominations of one State; 0: no limit
  std::vector<std::string> eligible_statuses{};  // ids of data/access/statuses.tsv
  std::vector<std::string> eligible_states{};    // these States beside them
  std::vector<Criterion> criteria{};
  std::vector<Asked> documents{};  // that are asked for
  std::string project{};           // of the fund that pays, "PF-2026-001"; empty: none
  std::string place{};             // where: a mission, a meeting, a section
  Day starts{};
  Day ends{};
  // Who is chosen stands on a roster until this day and may be deployed from it more than once.
  Day roster_until{};
  bool report_due = false;  // a report is due from each State whose nominee returned
  document::Handling handling{};
};
template <typename Visitor>
void visit_fields(Visitor& visit, Opened& fact) {
  visit("kind", fact.kind);
  visit("title", fact.title);
  visit("description", fact.description);
  visit("organization", fact.organization);
  visit("opens", fact.opens);
  visit("closes", fact.closes);
  visit("zone", fact.zone);
  visit("places", fact.places);
  visit("per_state", fact.per_state);
  visit("eligible_statuses", fact.eligible_statuses);
  visit("eligible_states", fact.eligible_states);
  visit("criteria", fact.criteria);
  visit("documents", fact.documents);
  visit("project", fact.project);
  visit("place", fact.place);
  visit("starts", fact.starts);
  visit("ends", fact.ends);
  visit("roster_until", fact.roster_until);
  visit("report_due", fact.report_due);
  visit("handling", fact.handling);
}

// The deadline is later from now on. An earlier one would take away what was promised.
struct Extended {
  Instant closes{};
  acts::Words reason{};
};
template <typename Visitor>
void visit_fields(Visitor& visit, Extended& fact) {
  visit("closes", fact.closes);
  visit("reason", fact.reason);
}

struct Cancelled {
  acts::Words reason{};
};
template <typename Visitor>
void visit_fields(Visitor& visit, Cancelled& fact) {
  visit("reason", fact.reason);
}

// What is said of a nominee under a criterion, or why somebody was chosen or not under it.
struct Remark {
  std::string criterion{};
  std::string text{};
};
template <typename Visitor>
void visit_fields(Visitor& visit, Remark& remark) {
  visit("criterion", remark.criterion);
  visit("text", remark.text);
}

struct Nominated {
  std::int64_t nomination = 0;           // its number in the call, from 1; the desk gives it
  int preference = 0;                    // among the State's own nominees; 1 is first, 0 none said
  std::vector<Remark> statements{};      // how the nominee meets the criteria
  std::vector<std::string> documents{};  // what was handed in, by symbol or file name
  std::string post{};                    // which of the posts of the call, in its words; empty: any
};
template <typename Visitor>
void visit_fields(Visitor& visit, Nominated& fact) {
  visit("nomination", fact.nomination);
  visit("preference", fact.preference);
  visit("statements", fact.statements);
  visit("documents", fact.documents);
  visit("post", fact.post);
}

// Who the nominee is: the one act with personal data.
struct PersonNamed {
  std::int64_t nomination = 0;
  std::string name{};
  std::string function{};  // "Second Secretary, Ministry of Foreign Affairs"
  std::string contact{};
};
template <typename Visitor>
void visit_fields(Visitor& visit, PersonNamed& fact) {
  visit("nomination", fact.nomination);
  visit("name", fact.name);
  visit("function", fact.function);
  visit("contact", fact.contact);
}

struct Withdrawn {
  std::int64_t nomination = 0;
  std::string reason{};
};
template <typename Visitor>
void visit_fields(Visitor& visit, Withdrawn& fact) {
  visit("nomination", fact.nomination);
  visit("reason", fact.reason);
}

enum class Outcome { selected, reserve, not_selected };
constexpr std::array<std::string_view, 3> names_of(Outcome) {
  return {"selected", "reserve", "not_selected"};
}

// What was decided about one nomination, with a reason under every criterion of the call: there is no score
// that hides them.
struct Decided {
  std::int64_t nomination = 0;
  Outcome outcome = Outcome::selected;
  int reserve_order = 0;  // of a reserve: 1 comes first
  std::vector<Remark> reasons{};
};
template <typename Visitor>
void visit_fields(Visitor& visit, Decided& fact) {
  visit("nomination", fact.nomination);
  visit("outcome", fact.outcome);
  visit("reserve_order", fact.reserve_order);
  visit("reasons", fact.reasons);
}

struct Accepted {
  std::int64_t nomination = 0;
};
template <typename Visitor>
void visit_fields(Visitor& visit, Accepted& fact) {
  visit("nomination", fact.nomination);
}

// Its place is free again; the first reserve is next.
struct Declined {
  std::int64_t nomination = 0;
  std::string reason{};
};
template <typename Visitor>
void visit_fields(Visitor& visit, Declined& fact) {
  visit("nomination", fact.nomination);
  visit("reason", fact.reason);
}

struct Deployed {
  std::int64_t nomination = 0;
  Day from{};
  Day to{};             // the last day
  std::string place{};  // the mission and where, or the meeting
  std::string duty{};
};
template <typename Visitor>
void visit_fields(Visitor& visit, Deployed& fact) {
  visit("nomination", fact.nomination);
  visit("from", fact.from);
  visit("to", fact.to);
  visit("place", fact.place);
  visit("duty", fact.duty);
}

struct Returned {
  std::int64_t nomination = 0;
  Day day{};
  std::string reason{};  // of coming back before the last day
};
template <typename Visitor>
void visit_fields(Visitor& visit, Returned& fact) {
  visit("nomination", fact.nomination);
  visit("day", fact.day);
  visit("reason", fact.reason);
}

enum class ReportKind { interim, final };
constexpr std::array<std::string_view, 2> names_of(ReportKind) {
  return {"interim", "final"};
}

struct Reported {
  std::int64_t nomination = 0;  // 0: on the whole call
  ReportKind kind = ReportKind::final;
  acts::Words text{};
};
template <typename Visitor>
void visit_fields(Visitor& visit, Reported& fact) {
  visit("nomination", fact.nomination);
  visit("kind", fact.kind);
  visit("text", fact.text);
}

using Fact = std::variant<Opened, Extended, Cancelled, Nominated, PersonNamed, Withdrawn, Decided, Accepted,
                          Declined, Deployed, Returned, Reported>;
// The verbs of the acts in the order of the facts: "call." and one of these is the type of the act.
inline constexpr std::array<std::string_view, 12> kVerbs = {
    "opened",  "extended", "cancelled", "nominated", "person_named", "withdrawn",
    "decided", "accepted", "declined",  "deployed",  "returned",     "reported"};
static_assert(kVerbs.size() == std::variant_size_v<Fact>);

}  // namespace mithaq::selection
