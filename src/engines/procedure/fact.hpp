// What happens to a decision on its way: one typed fact for each act of a consultation.
//
// A fact is what stands in the record as an act "consultation.objected": who, for which delegation, when by
// the server's clock, and the fields of its kind.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "acts/act.hpp"
#include "acts/deadline.hpp"
#include "acts/fields.hpp"
#include "document/handling.hpp"

namespace mithaq::procedure {

enum class Kind {
  opened,               // the item is put before the body; who is entitled is written down
  series_started,       // with which number a series goes on
  proposed,             // the Chair suggests it in a meeting
  objected_in_meeting,  // somebody objects there
  silence_opened,       // the clock runs
  extended,             // the clock runs longer
  objected,             // an objection or an amendment, in writing
  objection_withdrawn,  // of either kind
  hold_placed,
  hold_extended,
  hold_released,
  hold_expired,        // by time alone
  expired,             // by time alone: the silence period has ended
  adopted_in_meeting,  // nobody objected in the room
  confirmed,           // the adoption, by letter
  announced,           // the adoption, in a meeting
  statement_made,      // interpretative statement or formal reservation
  statements_closed,   // the meeting at which they could be made is closed
  issued,              // numbered, with its attachments
  revised,             // Rev.n: another text before adoption
  corrected,           // Corr.n: the same decision, an error put right
  withdrawn,           // by who proposed it, or the Chair
  superseded,          // another consultation takes its place
};
inline constexpr std::size_t kKindCount = 23;
std::string_view name_of(Kind kind);
std::optional<Kind> kind_named(std::string_view name);

enum class ObjectionKind { objection, amendment };
std::span<const std::string_view> names_of(ObjectionKind);
enum class StatementKind { interpretative, reservation };
std::span<const std::string_view> names_of(StatementKind);

// Only the fields of its kind are filled and written.
struct Fact {
  Kind kind = Kind::opened;
  acts::Stamp stamp{};

  // opened
  std::string rule_set{};     // "osce_pc"
  std::string body{};         // id of data/bodies.tsv; may be empty
  acts::Words title{};        // what it is about
  std::string proposed_by{};  // a State, if the secretariat opens it for one
  std::string application{};  // the case of a country that asks for a status; may be empty
  std::string zone{};         // in which its deadlines are said
  std::string series{};       // of its number; the rule set's if empty. Also of series_started
  std::string session{};      // of the body, where numbers begin anew with it. Also of series_started
  // The States that may object, computed at this instant from dated statuses; never changes afterwards.
  std::vector<std::string> entitled{};
  std::vector<std::string> excluded{};  // the States concerned, where their consent is not needed
  document::Handling handling{};        // who may see it
  acts::Words words{};                  // the text: of opened, revised, corrected; of a statement
  // Why, or what: the text of an objection, an amendment, a hold; a note to a revision or a withdrawal.
  std::string text{};

  int number = 0;                            // series_started: the next one
  std::string meeting{};                     // in which it happened
  std::string journal{};                     // announced: "PC.JOUR/1233"
  std::string letter{};                      // confirmed: its symbol or date
  std::optional<acts::Deadline> deadline{};  // silence_opened, extended, proposed: when silence expires
  bool urgent = false;                       // silence_opened: the Chair finds it urgent
  ObjectionKind objection = ObjectionKind::objection;
  std::string holder{};                // hold_expired: whose
  std::vector<std::string> present{};  // adopted_in_meeting: the delegations in the room
  StatementKind statement = StatementKind::interpretative;
  std::vector<std::string> with{};  // statement_made: the States that join the one who makes it
  std::string by_id{};              // superseded: the consultation that takes its place

  // When silence expires, if the fact says so.
  std::optional<Instant> expires() const { return deadline ? std::optional(deadline->at) : std::nullopt; }
};

template <typename Visitor>
void visit_fields(Visitor& visit, Fact& fact) {
  switch (fact.kind) {
    case Kind::opened:
      visit("rule_set", fact.rule_set);
      visit("body", fact.body);
      visit("title", fact.title);
      visit("text", fact.words);
      visit("proposed_by", fact.proposed_by);
      visit("case", fact.application);
      visit("zone", fact.zone);
      visit("series", fact.series);
      visit("session", fact.session);
      visit("entitled", fact.entitled);
      visit("excluded", fact.excluded);
      visit("handling", fact.handling);
      return;
    case Kind::series_started:
      visit("series", fact.series);
      visit("session", fact.session);
      visit("number", fact.number);
      return;
    case Kind::proposed:
      visit("meeting", fact.meeting);
      visit("deadline", fact.deadline);
      return;
    case Kind::silence_opened:
      visit("meeting", fact.meeting);
      visit("deadline", fact.deadline);
      visit("urgent", fact.urgent);
      return;
    case Kind::extended:
      visit("deadline", fact.deadline);
      visit("text", fact.text);
      return;
    case Kind::objected_in_meeting:
      visit("meeting", fact.meeting);
      visit("text", fact.text);
      return;
    case Kind::objected:
      visit("kind", fact.objection);
      visit("text", fact.text);
      return;
    case Kind::objection_withdrawn:
    case Kind::hold_placed:
    case Kind::hold_extended:
    case Kind::hold_released:
    case Kind::withdrawn:
      visit("text", fact.text);
      return;
    case Kind::hold_expired:
      visit("holder", fact.holder);
      return;
    case Kind::adopted_in_meeting:
      visit("meeting", fact.meeting);
      visit("present", fact.present);
      return;
    case Kind::confirmed:
      visit("letter", fact.letter);
      return;
    case Kind::announced:
      visit("meeting", fact.meeting);
      visit("journal", fact.journal);
      return;
    case Kind::statement_made:
      visit("kind", fact.statement);
      visit("with", fact.with);
      visit("text", fact.words);
      return;
    case Kind::statements_closed:
      visit("meeting", fact.meeting);
      return;
    case Kind::revised:
    case Kind::corrected:
      visit("text", fact.words);
      visit("note", fact.text);
      return;
    case Kind::superseded:
      visit("by", fact.by_id);
      return;
    case Kind::expired:
    case Kind::issued:
      return;
  }
}

}  // namespace mithaq::procedure
