// The facts of meetings: what was done, by its name, with its fields.
//
// Each is a plain struct; visit_fields() beside it names its fields once, for JSON and back
// (acts/fields.hpp). kVerb is what stands behind the dot in the type of the act: "meeting.opened".
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "acts/act.hpp"
#include "acts/deadline.hpp"
#include "acts/fields.hpp"
#include "engines/meetings/bodies.hpp"

namespace mithaq::meetings {

// A meeting of a body is set: planned, with its time in the body's zone.
struct Planned {
  static constexpr std::string_view kVerb = "planned";
  std::string body{};
  std::string rule{};   // of data/meetings/calendar.tsv; empty if no rule proposed it
  acts::Words title{};  // empty: the desk takes the rule's or the body's
  acts::Deadline begins{}, ends{};
  std::string place{};
};
template <typename Visitor>
void visit_fields(Visitor& visit, Planned& fact) {
  visit("body", fact.body);
  visit("rule", fact.rule);
  visit("title", fact.title);
  visit("begins", fact.begins);
  visit("ends", fact.ends);
  visit("place", fact.place);
}

// Somebody who is invited, and why.
struct Invitee {
  std::string delegation{};
  std::string status{};    // by which: "OSCE/participating_state"; empty: by a decision
  std::string decision{};  // by which: a consultation or a symbol
  bool member = false;     // takes part in decisions
  bool at_table = false;   // sits at the main table
  friend bool operator==(const Invitee&, const Invitee&) = default;
};
template <typename Visitor>
void visit_fields(Visitor& visit, Invitee& invitee) {
  visit("delegation", invitee.delegation);
  visit("status", invitee.status);
  visit("decision", invitee.decision);
  visit("member", invitee.member);
  visit("at_table", invitee.at_table);
}

// Invitations went out: to the members, to whom their status gives a seat at that instant, and to whom a
// decision invites. Said again, it adds who is new since.
struct Invited {
  static constexpr std::string_view kVerb = "invited";
  std::vector<std::string> delegations{};  // by a decision, beside those whom their status invites
  std::string decision{};                  // that decision
  acts::Words text{};                      // of the invitation
  std::vector<Invitee> invitees{};         // computed at the instant; what a client says of it counts nothing
};
template <typename Visitor>
void visit_fields(Visitor& visit, Invited& fact) {
  visit("delegations", fact.delegations);
  visit("decision", fact.decision);
  visit("text", fact.text);
  visit("invitees", fact.invitees);
}

struct Moved {
  static constexpr std::string_view kVerb = "moved";
  acts::Deadline begins{}, ends{};
  std::string place{};  // empty: as before
  acts::Words reason{};
};
template <typename Visitor>
void visit_fields(Visitor& visit, Moved& fact) {
  visit("begins", fact.begins);
  visit("ends", fact.ends);
  visit("place", fact.place);
  visit("reason", fact.reason);
}

struct Cancelled {
  static constexpr std::string_view kVerb = "cancelled";
  acts::Words reason{};
};
template <typename Visitor>
void visit_fields(Visitor& visit, Cancelled& fact) {
  visit("reason", fact.reason);
}

// An item of a proposed agenda; its number is its place.
struct ProposedItem {
  acts::Words title{};
  std::vector<std::string> consultations{};  // on decisions that are before the meeting under it
};
template <typename Visitor>
void visit_fields(Visitor& visit, ProposedItem& item) {
  visit("title", item.title);
  visit("consultations", item.consultations);
}

// The whole agenda, instead of what was proposed before; objections to that fall with it.
struct AgendaProposed {
  static constexpr std::string_view kVerb = "agenda_proposed";
  std::vector<ProposedItem> items{};
};
template <typename Visitor>
void visit_fields(Visitor& visit, AgendaProposed& fact) {
  visit("items", fact.items);
}

// One more item, behind the others.
struct ItemAdded {
  static constexpr std::string_view kVerb = "item_added";
  acts::Words title{};
  std::vector<std::string> consultations{};
};
template <typename Visitor>
void visit_fields(Visitor& visit, ItemAdded& fact) {
  visit("title", fact.title);
  visit("consultations", fact.consultations);
}

// A member objects to the agenda.
struct AgendaObjected {
  static constexpr std::string_view kVerb = "agenda_objected";
  acts::Words text{};
};
template <typename Visitor>
void visit_fields(Visitor& visit, AgendaObjected& fact) {
  visit("text", fact.text);
}

struct AgendaObjectionWithdrawn {
  static constexpr std::string_view kVerb = "agenda_objection_withdrawn";
};
template <typename Visitor>
void visit_fields(Visitor&, AgendaObjectionWithdrawn&) {}

// Nobody objected: the agenda is adopted.
struct AgendaAdopted {
  static constexpr std::string_view kVerb = "agenda_adopted";
};
template <typename Visitor>
void visit_fields(Visitor&, AgendaAdopted&) {}

struct Person {
  std::string name{};
  std::string function{};  // "Ambassador"
  friend bool operator==(const Person&, const Person&) = default;
};
template <typename Visitor>
void visit_fields(Visitor& visit, Person& person) {
  visit("name", person.name);
  visit("function", person.function);
}

// A delegation will be there, and who. Said again, it is put instead.
struct Registered {
  static constexpr std::string_view kVerb = "registered";
  std::vector<Person> names{};
};
template <typename Visitor>
void visit_fields(Visitor& visit, Registered& fact) {
  visit("names", fact.names);
}

// A delegation will not be there: it declined, or takes its registration back.
struct Declined {
  static constexpr std::string_view kVerb = "declined";
  std::string text{};
};
template <typename Visitor>
void visit_fields(Visitor& visit, Declined& fact) {
  visit("text", fact.text);
}

struct Opened {
  static constexpr std::string_view kVerb = "opened";
  std::string chairperson{};  // who presides, by name
  int number = 0;  // of the body's meetings; 0: the next. The first in a record may go on from others
};
template <typename Visitor>
void visit_fields(Visitor& visit, Opened& fact) {
  visit("chairperson", fact.chairperson);
  visit("number", fact.number);
}

// Another person presides from now on.
struct ChairTaken {
  static constexpr std::string_view kVerb = "chair_taken";
  std::string chairperson{};
};
template <typename Visitor>
void visit_fields(Visitor& visit, ChairTaken& fact) {
  visit("chairperson", fact.chairperson);
}

struct Suspended {
  static constexpr std::string_view kVerb = "suspended";
  std::string text{};
};
template <typename Visitor>
void visit_fields(Visitor& visit, Suspended& fact) {
  visit("text", fact.text);
}

struct Resumed {
  static constexpr std::string_view kVerb = "resumed";
};
template <typename Visitor>
void visit_fields(Visitor&, Resumed&) {}

struct Closed {
  static constexpr std::string_view kVerb = "closed";
  std::string next{};         // the id of the next meeting, if it is planned
  acts::Words next_said{};    // or when it will be, in words
  bool with_waiting = false;  // though delegations still wait for the floor: they stay unheard
};
template <typename Visitor>
void visit_fields(Visitor& visit, Closed& fact) {
  visit("next", fact.next);
  visit("next_said", fact.next_said);
  visit("with_waiting", fact.with_waiting);
}

enum class SpeechKind { statement, right_of_reply, point_of_order };
std::span<const std::string_view> names_of(SpeechKind);

// A delegation asks for the floor on an item.
struct Inscribed {
  static constexpr std::string_view kVerb = "inscribed";
  int item = 0;
  SpeechKind kind = SpeechKind::statement;  // or a right of reply; a point of order is raised, not inscribed
  std::string group{};                      // it speaks for: "EU", of data/organizations.tsv, or a name
  std::vector<std::string> aligned{};       // who aligns itself with the statement, beside the group
};
template <typename Visitor>
void visit_fields(Visitor& visit, Inscribed& fact) {
  visit("item", fact.item);
  visit("kind", fact.kind);
  visit("group", fact.group);
  visit("aligned", fact.aligned);
}

struct SpeakerWithdrawn {
  static constexpr std::string_view kVerb = "speaker_withdrawn";
  int speech = 0;
};
template <typename Visitor>
void visit_fields(Visitor& visit, SpeakerWithdrawn& fact) {
  visit("speech", fact.speech);
}

// The list of speakers of an item takes no more statements.
struct ListClosed {
  static constexpr std::string_view kVerb = "list_closed";
  int item = 0;
};
template <typename Visitor>
void visit_fields(Visitor& visit, ListClosed& fact) {
  visit("item", fact.item);
}

// The next speaker of an item has the floor, or the one that is named.
struct FloorGiven {
  static constexpr std::string_view kVerb = "floor_given";
  int item = 0;    // 0: that of the speech, or the item before the meeting
  int speech = 0;  // 0: the next
};
template <typename Visitor>
void visit_fields(Visitor& visit, FloorGiven& fact) {
  visit("item", fact.item);
  visit("speech", fact.speech);
}

// Who had the floor has ended.
struct Spoke {
  static constexpr std::string_view kVerb = "spoke";
};
template <typename Visitor>
void visit_fields(Visitor&, Spoke&) {}

// A point of order; who has the floor is interrupted.
struct OrderRaised {
  static constexpr std::string_view kVerb = "order_raised";
  std::string text{};
};
template <typename Visitor>
void visit_fields(Visitor& visit, OrderRaised& fact) {
  visit("text", fact.text);
}

struct OrderRuled {
  static constexpr std::string_view kVerb = "order_ruled";
  std::string text{};
};
template <typename Visitor>
void visit_fields(Visitor& visit, OrderRuled& fact) {
  visit("text", fact.text);
}

struct ItemOpened {
  static constexpr std::string_view kVerb = "item_opened";
  int item = 0;
};
template <typename Visitor>
void visit_fields(Visitor& visit, ItemOpened& fact) {
  visit("item", fact.item);
}

struct ItemClosed {
  static constexpr std::string_view kVerb = "item_closed";
  int item = 0;
};
template <typename Visitor>
void visit_fields(Visitor& visit, ItemClosed& fact) {
  visit("item", fact.item);
}

// A paper under an item, or the text of a statement.
struct DocumentAdded {
  static constexpr std::string_view kVerb = "document_added";
  int item = 0;          // 0: of the meeting as a whole
  int speech = 0;        // it is the text of this statement; 0: of none
  std::string symbol{};  // empty: the next of the body's series
  acts::Words title{};
  document::Handling handling{};
  bool restricted = false;  // the mark OSCE+ behind the symbol: distribution to members and Partners alone
  std::string document{};   // its id in the record, if it is there
};
template <typename Visitor>
void visit_fields(Visitor& visit, DocumentAdded& fact) {
  visit("item", fact.item);
  visit("speech", fact.speech);
  visit("symbol", fact.symbol);
  visit("title", fact.title);
  visit("handling", fact.handling);
  visit("restricted", fact.restricted);
  visit("document", fact.document);
}

// A decision on which States are consulted comes before the meeting under an item.
struct ConsultationTabled {
  static constexpr std::string_view kVerb = "consultation_tabled";
  int item = 0;
  std::string consultation{};
};
template <typename Visitor>
void visit_fields(Visitor& visit, ConsultationTabled& fact) {
  visit("item", fact.item);
  visit("consultation", fact.consultation);
}

// The meeting adopted a decision, or its adoption was announced there.
struct DecisionAdopted {
  static constexpr std::string_view kVerb = "decision_adopted";
  int item = 0;
  std::string consultation{};
  std::string symbol{};  // "PC.DEC/1041"
};
template <typename Visitor>
void visit_fields(Visitor& visit, DecisionAdopted& fact) {
  visit("item", fact.item);
  visit("consultation", fact.consultation);
  visit("symbol", fact.symbol);
}

// The Chair sets another limit of time for the meeting.
struct LimitSet {
  static constexpr std::string_view kVerb = "limit_set";
  SpeechKind kind = SpeechKind::statement;
  int seconds = 0;
};
template <typename Visitor>
void visit_fields(Visitor& visit, LimitSet& fact) {
  visit("kind", fact.kind);
  visit("seconds", fact.seconds);
}

// Who chairs a body where no table of data/ knows it yet, or another State than the table says.
struct ChairNamed {
  static constexpr std::string_view kVerb = "chair_named";
  std::string body{};
  std::string state{};
  Day from{}, to{};  // to: the first day on which it no longer does; none: until another is named
  std::string decision{};
};
template <typename Visitor>
void visit_fields(Visitor& visit, ChairNamed& fact) {
  visit("body", fact.body);
  visit("state", fact.state);
  visit("from", fact.from);
  visit("to", fact.to);
  visit("decision", fact.decision);
}

using Fact = std::variant<Planned, Invited, Moved, Cancelled, AgendaProposed, ItemAdded, AgendaObjected,
                          AgendaObjectionWithdrawn, AgendaAdopted, Registered, Declined, Opened, ChairTaken,
                          Suspended, Resumed, Closed, Inscribed, SpeakerWithdrawn, ListClosed, FloorGiven,
                          Spoke, OrderRaised, OrderRuled, ItemOpened, ItemClosed, DocumentAdded,
                          ConsultationTabled, DecisionAdopted, LimitSet, ChairNamed>;

// "opened"
std::string_view verb_of(const Fact& fact);
// An empty fact of a verb.
//   returns  nothing for a verb that no fact has
std::optional<Fact> fact_named(std::string_view verb);

}  // namespace mithaq::meetings
