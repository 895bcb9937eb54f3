// The journal of the day: what was discussed, said and decided at a meeting, in the form of an official
// PC.JOUR.
//
//   PC.JOUR/1233 · date · original language · chairmanship
//   1. Date, opened, suspended, resumed, closed    2. Chairperson    3. Subjects discussed – Statements –
//   Decisions/documents adopted                    4. Next meeting   then the decisions with attachments
//
// journal_paper() knows only this input; journal_of_meeting() fills it from the shared work.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "acts/act.hpp"
#include "base/instant.hpp"
#include "papers/paper.hpp"
#include "service/decision_paper.hpp"
#include "service/journal_phrases.hpp"

namespace mithaq::service {

// A document beside a speaker: "(PC.DEL/1784/20 OSCE+)".
struct JournalDocument {
  std::string symbol{};
  std::string restriction{};  // "OSCE+"; empty: none
};

// Those who align themselves with a group's statement, by what they are to the group.
struct JournalAligned {
  std::vector<std::string> candidates{};  // candidate countries
  std::vector<std::string> efta{};        // of the European Free Trade Association, in the EEA
  std::vector<std::string> others{};
};

struct JournalSpeaker {
  enum class Kind { statement, right_of_reply, point_of_order };
  std::string delegation{};  // a State or an organization; empty: `name` alone
  acts::Words name{};        // a guest, an office: "Deputy Minister for Foreign Affairs of Sweden"
  bool is_chair = false;     // the Chairperson
  bool is_partner = false;   // is marked "(Partner for Co-operation)"
  std::string group{};       // "EU": speaks for it
  JournalAligned aligned{};
  std::vector<std::string> behalf{};  // other States for which it speaks
  std::vector<JournalDocument> documents{};
  Kind kind = Kind::statement;
};

struct JournalStatement {
  bool is_reservation = false;
  std::vector<std::string> by{};
  int attachment = 0;
};

// What became of a decision at this meeting.
struct JournalDecision {
  enum class Outcome {
    adopted,    // in the meeting
    announced,  // adopted by silence before
    silence,    // enters silence
    objected,   // objected to in the meeting
    broken,     // silence was broken before
  };
  Outcome outcome = Outcome::adopted;
  std::string symbol{};
  acts::Words title{};
  std::vector<std::string> states{};  // who objected
  std::optional<Instant> expires_at{};
  std::string zone{};
  std::vector<JournalStatement> statements{};
};

// An objection by a delegation that may not object.
struct JournalRefusal {
  std::string delegation{};
  bool is_partner = false;
  acts::Words title{};  // of what it was about
  acts::Words reason{};
};

struct JournalItem {
  int number = 0;
  acts::Words title{};
  std::vector<JournalSpeaker> speakers{};
  std::vector<JournalDocument> documents{};  // of the item, of no speaker
  std::vector<JournalDecision> decisions{};
  std::vector<JournalRefusal> refusals{};
};

struct JournalTime {
  std::string kind{};  // "opened", "suspended", "resumed", "closed"
  Instant at{};
};

struct JournalChair {
  std::string name{};  // "Ambassador I. Hasani"
  std::string state{};
};

struct JournalInput {
  std::string symbol{};        // "PC.JOUR/1233"; empty: the body has no journals of a series
  std::string organization{};  // "OSCE"
  std::string body{};          // "OSCE_PC"
  acts::Words body_name{};
  int number = 0;
  acts::Words title{};  // of the meeting; for bodies without a phrase of their own
  std::string zone{};
  std::string place{};
  std::string original_language{};
  std::vector<std::string> chairmanship{};  // States
  std::vector<JournalTime> times{};
  Instant begins{};  // planned; the date where nobody opened it
  std::vector<JournalChair> chairs{};
  std::vector<acts::Words> remarks{};  // before the agenda
  bool agenda_adopted = true;
  struct AgendaObjection {
    std::string delegation{};
    acts::Words text{};
  };
  std::vector<AgendaObjection> agenda_objections{};
  std::vector<JournalItem> items{};
  std::vector<JournalRefusal> refusals{};  // of no item
  std::optional<Instant> next_at{};
  acts::Words next_said{};
  std::string next_place{};
  std::vector<DecisionPaper> appended{};  // decisions, and interim texts under silence
  bool restricted = false;                // it is not for everybody
};

//   language  "ar", "en" or "ru"
papers::Paper journal_paper(const JournalPhrases& phrases, const JournalInput& input,
                            std::string_view language);

}  // namespace mithaq::service
