// Debates in preparation: the concept note, who is invited to speak, what States think before it, what came
// of it; and agenda items that are followed from one session to the next.
//
//   preparing ─▶ held ─▶ concluded            followed item ─▶ reminded, reminded … ─▶ taken up in its
//   session
//       └─────▶ cancelled
//
// Plain data in, plain data out: who presides over the body and who is asked for a view is handed in.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "acts/act.hpp"
#include "acts/deadline.hpp"
#include "engines/debates/cycle.hpp"

namespace mithaq::debates {

// ---- what happens

// The presidency means to hold a debate.
struct Opened {
  acts::Stamp stamp{};
  std::string body{};        // "UN.SC"
  std::string presidency{};  // the State that presides then and prepares it; the desk takes the stamp's
  std::string item{};        // a cycle of data/debates, if it is on such an item
  acts::Words title{};       // of the agenda item
  acts::Deadline begins{};
  std::string meeting{};  // the meeting in which it is held, if known
};

// The concept note, or a later version of it; earlier ones stay.
struct NoteGiven {
  acts::Stamp stamp{};
  std::string document{};  // its symbol, "S/2016/867", or the id of the document in the record
  acts::Words text{};
};

enum class Role { briefer, guest, regional_member, other_state };
inline constexpr std::string_view kRoles[] = {"briefer", "guest", "regional_member", "other_state"};
inline std::span<const std::string_view> names_of(Role) {
  return kRoles;
}

// Somebody is invited to speak.
struct SpeakerInvited {
  acts::Stamp stamp{};
  std::string speaker{};       // "speaker-1"; the desk gives it
  acts::Words name{};          // of the person; of a State, its delegation
  acts::Words office{};        // "Secretary-General of the CSTO"
  std::string organization{};  // or State, by id
  Role role = Role::guest;
};

struct SpeakerAnswered {
  acts::Stamp stamp{};
  std::string speaker{};
  bool accepts = false;
};

// Views of States are asked for before a time.
struct ViewsAsked {
  acts::Stamp stamp{};
  acts::Words question{};
  std::vector<std::string> statuses{};  // of data/access, whose holders are asked
  acts::Deadline before{};
  std::vector<std::string> asked{};  // the States at this instant; the desk computes them
};

// A State gives its view. What it said earlier stays.
struct ViewGiven {
  acts::Stamp stamp{};
  acts::Words text{};
  std::string document{};
  bool late = false;  // after the time that was asked for; it is kept and marked. The desk finds it out
};

struct Held {
  acts::Stamp stamp{};
  std::chrono::year_month_day day{};
  std::string symbol{};  // of the record of the meeting: "S/PV.7796"
};

struct Concluded {
  acts::Stamp stamp{};
  acts::Words outcome{};
  std::string decision{};  // its symbol: "A/RES/71/12"
};

struct Cancelled {
  acts::Stamp stamp{};
  acts::Words reason{};
};

// From now on those whom an item concerns are reminded of it. The stamp has the cycle for its subject.
struct ItemFollowed {
  acts::Stamp stamp{};
};

// A reminder went out. Time brings it, nobody can ask for it.
struct Reminded {
  acts::Stamp stamp{};
  int session = 0;
  int days = 0;  // before the session opens; 0: it opened
  std::chrono::year_month_day opens{};
  std::vector<std::string> reminded{};  // the States
};

// A resolution was taken on the item.
struct TakenUp {
  acts::Stamp stamp{};
  int session = 0;
  std::string decision{};
};

using Fact = std::variant<Opened, NoteGiven, SpeakerInvited, SpeakerAnswered, ViewsAsked, ViewGiven, Held,
                          Concluded, Cancelled, ItemFollowed, Reminded, TakenUp>;
// The verbs of the acts, in the order of Fact: "debate.opened", …
inline constexpr std::string_view kVerbs[] = {
    "opened", "note_given", "speaker_invited", "speaker_answered", "views_asked", "view_given",
    "held",   "concluded",  "cancelled",       "item_followed",    "reminded",    "taken_up"};

template <typename Visitor>
void visit_fields(Visitor& visit, Opened& fact) {
  visit("body", fact.body);
  visit("presidency", fact.presidency);
  visit("item", fact.item);
  visit("title", fact.title);
  visit("begins", fact.begins);
  visit("meeting", fact.meeting);
}
template <typename Visitor>
void visit_fields(Visitor& visit, NoteGiven& fact) {
  visit("document", fact.document);
  visit("text", fact.text);
}
template <typename Visitor>
void visit_fields(Visitor& visit, SpeakerInvited& fact) {
  visit("speaker", fact.speaker);
  visit("name", fact.name);
  visit("office", fact.office);
  visit("organization", fact.organization);
  visit("role", fact.role);
}
template <typename Visitor>
void visit_fields(Visitor& visit, SpeakerAnswered& fact) {
  visit("speaker", fact.speaker);
  visit("accepts", fact.accepts);
}
template <typename Visitor>
void visit_fields(Visitor& visit, ViewsAsked& fact) {
  visit("question", fact.question);
  visit("statuses", fact.statuses);
  visit("before", fact.before);
  visit("asked", fact.asked);
}
template <typename Visitor>
void visit_fields(Visitor& visit, ViewGiven& fact) {
  visit("text", fact.text);
  visit("document", fact.document);
  visit("late", fact.late);
}
template <typename Visitor>
void visit_fields(Visitor& visit, Held& fact) {
  visit("day", fact.day);
  visit("symbol", fact.symbol);
}
template <typename Visitor>
void visit_fields(Visitor& visit, Concluded& fact) {
  visit("outcome", fact.outcome);
  visit("decision", fact.decision);
}
template <typename Visitor>
void visit_fields(Visitor& visit, Cancelled& fact) {
  visit("reason", fact.reason);
}
template <typename Visitor>
void visit_fields(Visitor&, ItemFollowed&) {}
template <typename Visitor>
void visit_fields(Visitor& visit, Reminded& fact) {
  visit("session", fact.session);
  visit("days", fact.days);
  visit("opens", fact.opens);
  visit("reminded", fact.reminded);
}
template <typename Visitor>
void visit_fields(Visitor& visit, TakenUp& fact) {
  visit("session", fact.session);
  visit("decision", fact.decision);
}

const acts::Stamp& stamp_of(const Fact& fact);

// ---- what stands then

enum class Stage { preparing, held, concluded, cancelled };
std::string_view name_of(Stage stage);

struct Speaker {
  SpeakerInvited invited{};
  std::optional<bool> accepts{};
};

struct View {
  ViewGiven given{};
  bool amended = false;  // the State said something else later
};

struct Debate {
  std::string id{};
  Opened opened{};
  Stage stage = Stage::preparing;
  std::vector<NoteGiven> notes{};  // the last one counts
  std::vector<Speaker> speakers{};
  std::optional<ViewsAsked> asked{};
  std::vector<View> views{};  // oldest first
  std::optional<Held> held{};
  std::optional<Concluded> concluded{};
  acts::Words cancelled_for{};

  const View* view_of(std::string_view delegation) const;  // what it says now
};

struct Item {
  bool followed = false;
  Instant since{};
  std::set<std::pair<int, int>> reminded{};  // session and days before
  std::map<int, std::string> taken_up{};     // session to decision
};

// What the debates cannot know themselves.
struct Situation {
  // The stamp's State presides over the body, or it prepares the debate; or the secretariat acts.
  bool presides = false;
};

class Book {
 public:
  //   calendar  must outlive this
  explicit Book(const Calendar& calendar) : calendar_(&calendar) {}

  // Why an act is not permitted now; nothing if it is.
  //   throws  Error{not_found} for a debate or an item that is not there
  std::optional<acts::Refusal> refusal_of(const Fact& fact, const Situation& situation) const;
  void enter(const Fact& fact);

  const std::map<std::string, Debate, std::less<>>& debates() const { return debates_; }
  //   throws  Error{not_found}
  const Debate& find(std::string_view id) const;
  const std::map<std::string, Item, std::less<>>& items() const { return items_; }

  // The reminders of followed items that have come by now and did not go out: so many days before the session
  // opens, and when it opens (0). Of several that were missed for one session only the last is left: nobody
  // is told twice of one thing.
  //   returns  facts without the States that are reminded; the subject is the cycle
  std::vector<Reminded> reminders(Instant now) const;
  // When the next one behind an instant comes. If it has come by some `now` and no act was entered since
  // `after`, reminders(now) is not empty.
  std::optional<Instant> next_reminder(Instant after) const;

 private:
  const Calendar* calendar_;
  std::map<std::string, Debate, std::less<>> debates_{};
  std::map<std::string, Item, std::less<>> items_{};
};

}  // namespace mithaq::debates
