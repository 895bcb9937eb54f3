// Applications for a status, as cases: letter, circulation, consultations, decision, status, revocation.
//
// A case goes one way and passes over no stage:
//
//   received ─▶ circulated ─▶ consultations ─▶ decision ─▶ granted ─▶ revoked
//      └────────────┴───────────────┴──────────────┤└────▶ refused (the decision was not adopted)
//                                                  └─────▶ withdrawn (by the applicant)
//
// A status that the register holds came before all cases. To take it away, the Chair opens a review: a case
// that stands where a granted one stands.
//
// What States say of the factors is kept in their words. Nothing here counts, weighs or sums it: the factors
// are "neither exhaustive nor cumulative", and only the decision of all grants a status. So no number of
// assessments, and no lack of them, opens or closes anything.
// Plain data in, plain data out: who is entitled and what became of a decision is handed in (Situation).
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "acts/act.hpp"
#include "acts/deadline.hpp"
#include "engines/partnership/law.hpp"

namespace mithaq::partnership {

// ---- what happens: one struct for each kind of act; its stamp says who and when

// The formal request to the Chair came in. The applicant is the delegation of the stamp.
struct Received {
  acts::Stamp stamp{};
  std::string organization{};
  std::string status{};                 // of data/memberships: "partner_asian"
  std::string signed_by{};              // the person, with their office
  std::chrono::year_month_day dated{};  // of the letter
  std::string document{};               // its symbol or the id of the document in the record
  acts::Words letter{};                 // what it says
  acts::Words title{};                  // of the case; the desk makes one if it is empty
};

// It was sent to all who consider it.
struct Circulated {
  acts::Stamp stamp{};
  std::string document{};                // the symbol under which: "CIO.GAL/12/26"
  acts::Deadline before{};               // until when assessments are asked for
  std::vector<std::string> consulted{};  // the entitled States at this instant; the desk computes them
};

// A State says what it thinks of one factor. What it said earlier stays in the case.
struct Assessed {
  acts::Stamp stamp{};
  std::string factor{};  // an id of the law, or of a factor that was named in the case
  acts::Words text{};
  bool late = false;  // after the time that was asked for; counts as any other. The desk finds it out
};

// A State or the Chair names a further factor for this case: "not exhaustive".
struct FactorNamed {
  acts::Stamp stamp{};
  std::string factor{};  // "further-1"; the desk gives it
  acts::Words name{};
};

// Consultations were held.
struct Consulted {
  acts::Stamp stamp{};
  std::chrono::year_month_day held{};
  std::vector<std::string> with{};  // States and organizations; empty: all that are consulted
  acts::Words said{};               // the Chair's summary
};

// The decision was put to the body: a consultation of engines/procedure.
struct DecisionOpened {
  acts::Stamp stamp{};
  std::string consultation{};
};

// The decision was adopted: the status holds from then on. Time brings it, nobody can ask for it.
struct Granted {
  acts::Stamp stamp{};
  std::string consultation{};
  Instant from{};  // of adoption
};

// The decision was not adopted, and the Chair closes the case.
struct Refused {
  acts::Stamp stamp{};
  acts::Words reason{};
};

struct Withdrawn {
  acts::Stamp stamp{};
  acts::Words reason{};
};

// A status that the register holds, and no case granted, is reviewed: its revocation may be put to the body.
struct ReviewOpened {
  acts::Stamp stamp{};
  std::string organization{};
  std::string state{};   // that holds it
  std::string status{};  // of data/memberships: "partner_asian"
  acts::Words reason{};
  acts::Words title{};  // of the case; the desk makes one if it is empty
};

// A decision to take the status away was put to the body.
struct RevocationOpened {
  acts::Stamp stamp{};
  std::string consultation{};
  acts::Words reason{};
};

struct Revoked {
  acts::Stamp stamp{};
  std::string consultation{};
  Instant from{};  // the first instant at which it no longer holds
};

using Fact = std::variant<Received, Circulated, Assessed, FactorNamed, Consulted, DecisionOpened, Granted,
                          Refused, Withdrawn, ReviewOpened, RevocationOpened, Revoked>;
// The verbs of the acts, in the order of Fact: "application.received", …
inline constexpr std::string_view kVerbs[] = {
    "received", "circulated", "assessed",  "factor_named",  "consulted",         "decision_opened",
    "granted",  "refused",    "withdrawn", "review_opened", "revocation_opened", "revoked"};

template <typename Visitor>
void visit_fields(Visitor& visit, Received& fact) {
  visit("organization", fact.organization);
  visit("status", fact.status);
  visit("signed_by", fact.signed_by);
  visit("dated", fact.dated);
  visit("document", fact.document);
  visit("letter", fact.letter);
  visit("title", fact.title);
}
template <typename Visitor>
void visit_fields(Visitor& visit, Circulated& fact) {
  visit("document", fact.document);
  visit("before", fact.before);
  visit("consulted", fact.consulted);
}
template <typename Visitor>
void visit_fields(Visitor& visit, Assessed& fact) {
  visit("factor", fact.factor);
  visit("text", fact.text);
  visit("late", fact.late);
}
template <typename Visitor>
void visit_fields(Visitor& visit, FactorNamed& fact) {
  visit("factor", fact.factor);
  visit("name", fact.name);
}
template <typename Visitor>
void visit_fields(Visitor& visit, Consulted& fact) {
  visit("held", fact.held);
  visit("with", fact.with);
  visit("said", fact.said);
}
template <typename Visitor>
void visit_fields(Visitor& visit, DecisionOpened& fact) {
  visit("consultation", fact.consultation);
}
template <typename Visitor>
void visit_fields(Visitor& visit, Granted& fact) {
  visit("consultation", fact.consultation);
  visit("from", fact.from);
}
template <typename Visitor>
void visit_fields(Visitor& visit, Refused& fact) {
  visit("reason", fact.reason);
}
template <typename Visitor>
void visit_fields(Visitor& visit, Withdrawn& fact) {
  visit("reason", fact.reason);
}
template <typename Visitor>
void visit_fields(Visitor& visit, ReviewOpened& fact) {
  visit("organization", fact.organization);
  visit("state", fact.state);
  visit("status", fact.status);
  visit("reason", fact.reason);
  visit("title", fact.title);
}
template <typename Visitor>
void visit_fields(Visitor& visit, RevocationOpened& fact) {
  visit("consultation", fact.consultation);
  visit("reason", fact.reason);
}
template <typename Visitor>
void visit_fields(Visitor& visit, Revoked& fact) {
  visit("consultation", fact.consultation);
  visit("from", fact.from);
}

const acts::Stamp& stamp_of(const Fact& fact);

// ---- what stands then

enum class Stage { received, circulated, consultations, decision, granted, refused, withdrawn, revoked };
std::string_view name_of(Stage stage);  // "received", …

struct Assessment {
  std::string delegation{};
  acts::Words text{};
  Instant at{};
  bool late = false;
  bool amended = false;  // the State said something else later
};

struct NamedFactor {
  std::string id{};
  acts::Words name{};
  std::string delegation{};  // who named it; empty: the Chair or the secretariat
  Instant at{};
};

struct Case {
  std::string id{};
  std::string state{};  // the applicant, or who holds the status that is reviewed
  Received letter{};    // of a review: the organization, the status and a title, no more
  std::optional<ReviewOpened> review{};
  Stage stage = Stage::received;
  std::optional<Circulated> circulated{};
  std::vector<NamedFactor> named{};
  // [factor id]: all that was said, oldest first.
  std::map<std::string, std::vector<Assessment>, std::less<>> assessments{};
  std::vector<Consulted> consultations{};
  std::vector<std::string> decisions{};  // consultations on the status, oldest first; the last one counts
  std::optional<Granted> granted{};
  std::vector<std::string> revocations{};  // consultations on taking it away
  std::optional<Revoked> revoked{};
  acts::Words closed_for{};  // reason of a refusal or a withdrawal
  std::optional<Instant> closed_at{};

  bool is_open() const { return stage < Stage::granted; }
  // The State said something of the factor.
  bool assessed_by(std::string_view delegation, std::string_view factor) const;
  // What a State says of a factor now.
  const Assessment* latest(std::string_view delegation, std::string_view factor) const;
};

// ---- what is permitted

// What became of a consultation of engines/procedure.
struct Outcome {
  enum class State { unknown, open, adopted, not_adopted };
  State state = State::unknown;
  Instant at{};            // of adoption
  std::string body{};      // which decides: "OSCE_PC"
  std::string rule_set{};  // under which rules
  std::string for_case{};  // the case that it says it is about; empty: none
};

// What the cases cannot know themselves; the desk asks the other desks at the instant of the act.
struct Situation {
  bool entitled = false;         // the State of the stamp is one of those that consider and decide
  bool entitled_itself = false;  // of Received: the applicant is one of them
  bool holds = false;            // of Received, ReviewOpened: the State holds the status
  Outcome decision{};            // of DecisionOpened, Granted, RevocationOpened, Revoked: that consultation;
                                 // of Refused: the last on the status
};

class Book {
 public:
  //   law  must outlive this
  explicit Book(const Law& law) : law_(&law) {}

  // Why an act is not permitted now; nothing if it is.
  //   throws  Error{not_found} for a case that is not there
  std::optional<acts::Refusal> refusal_of(const Fact& fact, const Situation& situation) const;
  // Folds an act that was permitted.
  void enter(const Fact& fact);

  const std::map<std::string, Case, std::less<>>& cases() const { return cases_; }
  //   throws  Error{not_found}
  const Case& find(std::string_view id) const;
  // The factors of the law and those that were named, by id.
  bool has_factor(const Case& about, std::string_view factor) const;

 private:
  const Law* law_;
  std::map<std::string, Case, std::less<>> cases_{};
};

}  // namespace mithaq::partnership
