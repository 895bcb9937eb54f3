// The book of meetings: each from its invitation to its closing, folded from facts by the rules of procedure.
//
// A pure state machine: facts go in, the state of every meeting and refusals come out. It reads no clock and
// does not know who holds a status; whoever asks says so (`Asker`).
//
//   planned ─▶ invited ─▶ open ◀─▶ suspended      moved: planned and invited, the sequence goes up
//      └──────────┴─▶ cancelled    └────┴─▶ closed
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "acts/act.hpp"
#include "base/instant.hpp"
#include "engines/meetings/bodies.hpp"
#include "engines/meetings/fact.hpp"

namespace mithaq::meetings {

enum class MeetingState { planned, invited, open, suspended, closed, cancelled };
std::span<const std::string_view> names_of(MeetingState);

enum class SpeechState { waiting, speaking, spoken, withdrawn, unheard };
std::span<const std::string_view> names_of(SpeechState);

enum class ItemState { ahead, now, done };
std::span<const std::string_view> names_of(ItemState);

// A paper of a meeting.
struct Paper {
  std::string symbol{};  // "PC.DEL/17/26"
  acts::Words title{};
  document::Handling handling{};
  bool restricted = false;  // OSCE+
  std::string document{};   // in the record
  int speech = 0;           // whose text it is; 0: of none
  std::string delegation{};
  Instant at{};
};

struct Item {
  int number = 0;
  acts::Words title{};
  ItemState state = ItemState::ahead;
  std::vector<Paper> papers{};
  std::vector<std::string> consultations{};
  struct Decision {
    std::string consultation{};
    std::string symbol{};
    Instant at{};
  };
  std::vector<Decision> decisions{};
  bool list_closed = false;
};

struct Registration {
  std::vector<Person> names{};
  Instant at{};
};

// One place in the list of speakers.
struct Speech {
  int id = 0;  // in the meeting, from 1, in the order in which the floor was asked for
  int item = 0;
  std::string delegation{};
  std::string status{};  // by which it is invited
  bool member = false;   // else a Partner, an observer, a guest: the list and the journal say so
  std::string group{};
  std::vector<std::string> aligned{};
  SpeechKind kind = SpeechKind::statement;
  SpeechState state = SpeechState::waiting;
  std::string text{};    // of a point of order
  std::string ruling{};  // of the Chair on it
  int limit_seconds = 0;
  Instant asked{};
  std::optional<Instant> began{}, ended{};
  std::chrono::milliseconds spoken{};  // without interruptions, up to the last of them
  std::optional<Instant> running_since{};
  // How long it has spoken by now.
  std::chrono::milliseconds spoken_by(Instant now) const;
};

// Opened, suspended, resumed, closed.
struct Time {
  std::string kind{};
  Instant at{};
};

// A person who presides.
struct Presiding {
  std::string chairperson{};
  std::string state{};  // whose representative; empty if the secretariat wrote it down without one
  Instant from{};
};

struct Meeting {
  std::string id{};
  std::string body{};
  int number = 0;  // given when it is opened
  acts::Words title{};
  std::string rule{};
  acts::Deadline begins{}, ends{};
  std::string place{};
  MeetingState state = MeetingState::planned;
  int sequence = 0;  // of its calendar entry: goes up with each move and with the cancellation
  Instant created{}, changed{};
  acts::Words reason{};  // why it was moved or cancelled

  std::vector<Invitee> invitees{};  // members first, in the order of the invitation
  std::map<std::string, Registration> registered{};
  std::set<std::string> declined{};

  std::vector<Item> items{};
  bool agenda_adopted = false;
  struct Objection {
    std::string delegation{};
    acts::Words text{};
    Instant at{};
  };
  std::vector<Objection> objections{};  // that stand against the agenda

  std::vector<Time> times{};
  std::vector<Presiding> chairs{};
  std::vector<Speech> speeches{};  // by id
  int speaking = 0;                // the speech that has the floor; 0: none
  int order_pending = 0;           // the point of order on which the Chair has not ruled; 0: none
  std::map<SpeechKind, int> limits{};
  std::vector<Paper> papers{};  // of no item
  std::string next{};           // the next meeting
  acts::Words next_said{};

  const Invitee* invitee(std::string_view delegation) const;
  const Item* item(int which) const;  // by its number
  // The item that is before the meeting; nothing between two.
  const Item* item_now() const;
  const Speech* speech(int which) const;  // by its id
  // The one that has the floor next on an item: statements in the order in which they were asked for, then
  // rights of reply.
  const Speech* next_speech(int item) const;
};

// How long and how often a delegation speaks: data/meetings/speaking_limits.tsv.
struct SpeakingLimit {
  int seconds = 0;
  int times = 0;  // on one item; 0: without a limit
};

// A rule that refusals name: data/meetings/conduct.tsv.
struct ConductRule {
  std::string id{};
  std::string quote{};  // in English (data/messages.tsv has the others)
  std::string source{};
};

class Conduct {
 public:
  //   data    the folder data/
  //   throws  Error{not_found}, Error{invalid_input} naming file and line
  static Conduct load(const std::filesystem::path& data);

  //   kind  "statement", "group", "right_of_reply", "point_of_order"
  SpeakingLimit limit(std::string_view body, std::string_view kind) const;
  const ConductRule* rule(std::string_view id) const;
  const std::vector<ConductRule>& rules() const { return rules_; }

 private:
  std::map<std::pair<std::string, std::string>, SpeakingLimit> limits_{};
  std::vector<ConductRule> rules_{};
};

// What the engine is told of the one who acts, at the instant of the act.
struct Asker {
  bool member = false;   // its delegation holds a status of the body's members
  std::string status{};  // by which it has a seat in the body; empty: by none
};

class Book {
 public:
  //   bodies, conduct  must outlive the book
  Book(const Bodies& bodies, const Conduct& conduct) : bodies_(&bodies), conduct_(&conduct) {}

  // Why a fact is not accepted; nothing if it is. A subject that is unknown is refused too.
  std::optional<acts::Refusal> refusal(const acts::Stamp& stamp, const Fact& fact, const Asker& asker) const;
  // Takes a fact that was not refused, or that stands in a record; one that fits nothing changes nothing.
  void enter(const acts::Stamp& stamp, const Fact& fact);

  const Meeting* find(std::string_view id) const;
  // By id; ids of a body count up with the plans.
  const std::map<std::string, Meeting, std::less<>>& meetings() const { return meetings_; }
  // Chairs that were named by an act, in the order in which they were.
  const std::vector<ChairNamed>& named_chairs() const { return named_chairs_; }

  // What a desk fills in.
  std::string next_id(const Body& body, std::chrono::year year) const;  // "PC-M-2026-031"
  int next_number(std::string_view body) const;
  // "PC.DEL/17/26"; empty if the body has no such series.
  std::string next_symbol(const Body& body, std::chrono::year year) const;
  bool has_symbol(std::string_view symbol) const { return symbols_.contains(symbol); }

 private:
  Meeting* meeting(std::string_view id);

  const Bodies* bodies_;
  const Conduct* conduct_;
  std::map<std::string, Meeting, std::less<>> meetings_{};
  std::vector<ChairNamed> named_chairs_{};
  std::map<std::string, int, std::less<>> numbers_{};  // by body, of the last opened
  std::set<std::string, std::less<>> symbols_{};
  std::map<std::string, int, std::less<>> symbol_numbers_{};  // by series and year: "PC.DEL/26"
  std::map<std::string, int, std::less<>> id_numbers_{};      // by series and year: "PC-M-2026"
};

}  // namespace mithaq::meetings
