// The rules of procedure of a meeting: why a fact is refused (data/meetings/conduct.tsv has them as
// sentences).
#include <algorithm>

#include "base/instant.hpp"
#include "base/zone.hpp"
#include "engines/meetings/book.hpp"

namespace mithaq::meetings {

namespace {

using acts::Capacity;
using acts::Refusal;
using Answer = std::optional<Refusal>;

// Bounds, so that no act makes a meeting that nobody can read.
constexpr std::size_t kItemsMax = 200;
constexpr std::size_t kSpeechesMax = 2'000;
constexpr std::size_t kPapersMax = 2'000;  // of an item
constexpr std::size_t kNamesMax = 100;     // of a delegation
constexpr std::size_t kAlignedMax = 100;
constexpr std::size_t kConsultationsMax = 50;  // under an item
constexpr std::size_t kNameBytesMax = 400;
constexpr int kLimitSecondsMax = 4 * 60 * 60;
constexpr int kNumberMax = 1'000'000;
constexpr std::chrono::days kLastsMax{90};

Refusal refused(std::string rule, std::string reason, bool forbidden = false) {
  return {.rule = "meetings/" + std::move(rule), .reason = std::move(reason), .forbidden = forbidden};
}

std::string_view name_of(MeetingState state) {
  return names_of(state)[static_cast<std::size_t>(state)];
}

// Asks the rules that one kind of fact is under.
class Check {
 public:
  Check(const Book& book, const Bodies& bodies, const Conduct& conduct, const acts::Stamp& stamp,
        const Asker& asker)
      : book_(book), bodies_(bodies), conduct_(conduct), stamp_(stamp), asker_(asker) {}

  Answer operator()(const Planned& fact) const {
    if (auto no = conducts("meetings/members_plan", "only the Chair and the secretariat plan meetings"))
      return no;
    const Body* body = bodies_.find(fact.body);
    if (body == nullptr) return refused("fields", "there is no body \"" + fact.body + "\"");
    if (stamp_.subject.empty()) return refused("fields", "a meeting has an id");
    if (book_.find(stamp_.subject) != nullptr)
      return refused("state", "there is a meeting " + stamp_.subject + " already");
    if (fact.title.empty()) return refused("fields", "a meeting has a title");
    return times(fact.begins, fact.ends);
  }

  Answer operator()(const Invited& fact) const {
    if (auto no = before_opening("meetings/members_plan", "only the Chair and the secretariat invite"))
      return no;
    if (fact.invitees.empty()) return refused("fields", "an invitation is to somebody");
    if (!fact.delegations.empty() && fact.decision.empty())
      return refused("invited", "whom no status invites is invited by a decision: name it");
    return std::nullopt;
  }

  Answer operator()(const Moved& fact) const {
    if (auto no = before_opening("meetings/members_plan", "only the Chair and the secretariat move meetings"))
      return no;
    if (auto no = times(fact.begins, fact.ends)) return no;
    const bool same = fact.begins.at == meeting_->begins.at && fact.ends.at == meeting_->ends.at &&
                      (fact.place.empty() || fact.place == meeting_->place);
    if (same) return refused("state", "the meeting is at this time and place already");
    return std::nullopt;
  }

  Answer operator()(const Cancelled&) const {
    return before_opening("meetings/members_plan", "only the Chair and the secretariat cancel meetings");
  }

  Answer operator()(const AgendaProposed& fact) const {
    if (auto no = not_over()) return no;
    if (auto no = conducts("meetings/chair_conducts", "the Chair proposes the agenda")) return no;
    if (meeting_->agenda_adopted)
      return refused("agenda_consensus", "the agenda is adopted: it is proposed no more");
    if (fact.items.empty()) return refused("fields", "an agenda has an item");
    if (fact.items.size() > kItemsMax) return refused("fields", "the agenda has too many items");
    // Who asked for the floor on an item of the earlier proposal would stand under another.
    const bool spoken_for =
        std::any_of(meeting_->speeches.begin(), meeting_->speeches.end(),
                    [](const Speech& each) { return each.state == SpeechState::waiting && each.item != 0; });
    if (spoken_for && fact.items.size() < meeting_->items.size())
      return refused("state", "delegations wait for the floor on items that this agenda would drop");
    for (const ProposedItem& item : fact.items) {
      if (auto no = item_fields(item.title, item.consultations)) return no;
    }
    return std::nullopt;
  }

  Answer operator()(const ItemAdded& fact) const {
    if (auto no = not_over()) return no;
    if (stamp_.actor.capacity == Capacity::delegation && !asker_.member)
      return refused("members_decide", "only members of the body add items to its agenda", true);
    if (meeting_->agenda_adopted)
      return refused("agenda_consensus", "the agenda is adopted: an item is added under any other business");
    if (meeting_->items.size() >= kItemsMax) return refused("fields", "the agenda has too many items");
    return item_fields(fact.title, fact.consultations);
  }

  Answer operator()(const AgendaObjected&) const {
    if (auto no = delegation_acts("objects to the agenda")) return no;
    // Partners and observers have a seat and speak, but block nothing.
    if (!asker_.member)
      return refused("members_decide", "only members of the body may object to its agenda", true);
    if (auto no = running()) return no;
    if (meeting_->agenda_adopted)
      return refused("agenda_consensus", "the agenda is adopted: an objection comes before that");
    if (objects(stamp_.actor.delegation))
      return refused("agenda_consensus", "your delegation objects to this agenda already");
    return std::nullopt;
  }

  Answer operator()(const AgendaObjectionWithdrawn&) const {
    if (auto no = delegation_acts("withdraws its objection")) return no;
    if (auto no = running()) return no;
    if (!objects(stamp_.actor.delegation))
      return refused("agenda_consensus", "your delegation has no objection to this agenda");
    return std::nullopt;
  }

  Answer operator()(const AgendaAdopted&) const {
    if (auto no = chair_in_meeting("the Chair says that the agenda is adopted")) return no;
    if (meeting_->agenda_adopted) return refused("agenda_consensus", "the agenda is adopted already");
    if (meeting_->items.empty()) return refused("agenda_consensus", "no agenda is proposed yet");
    if (!meeting_->objections.empty()) {
      return refused("agenda_consensus",
                     "a participating State objects to the agenda: without its consent the "
                     "meeting is closed, or another agenda is proposed");
    }
    return std::nullopt;
  }

  Answer operator()(const Registered& fact) const {
    if (auto no = delegation_acts("registers")) return no;
    if (auto no = not_over()) return no;
    if (auto no = has_seat()) return no;
    if (fact.names.empty()) return refused("fields", "a registration names who comes");
    if (fact.names.size() > kNamesMax) return refused("fields", "a registration names at most 100 persons");
    for (const Person& each : fact.names) {
      if (each.name.empty() || each.name.size() > kNameBytesMax || each.function.size() > kNameBytesMax)
        return refused("fields", "a person has a name of at most 400 bytes");
    }
    return std::nullopt;
  }

  Answer operator()(const Declined&) const {
    if (auto no = delegation_acts("declines")) return no;
    if (auto no = not_over()) return no;
    if (auto no = has_seat()) return no;
    const bool heard =
        std::any_of(meeting_->speeches.begin(), meeting_->speeches.end(), [&](const Speech& each) {
          return each.delegation == stamp_.actor.delegation &&
                 (each.state == SpeechState::waiting || each.state == SpeechState::speaking);
        });
    if (heard) return refused("state", "your delegation is on the list of speakers: withdraw from it first");
    return std::nullopt;
  }

  Answer operator()(const Opened& fact) const {
    if (auto no = conducts("meetings/chair_conducts", "the Chair opens the meeting")) return no;
    if (auto no = exists()) return no;
    if (meeting_->state == MeetingState::planned)
      return refused("state", "nobody is invited yet: invite before you open the meeting");
    if (meeting_->state != MeetingState::invited) return wrong_state("is not opened");
    if (auto no = chairperson(fact.chairperson)) return no;
    const int next = book_.next_number(meeting_->body);
    // Meetings are numbered without gaps; a record that begins later goes on from the number before it.
    if (fact.number != 0 && fact.number != next && next != 1)
      return refused("number", "the next number of this body is " + std::to_string(next));
    if (fact.number < 0 || fact.number > kNumberMax)
      return refused("number", "this is no number of a meeting");
    return std::nullopt;
  }

  Answer operator()(const ChairTaken& fact) const {
    if (auto no = chair_in_meeting("the Chair names who presides")) return no;
    return chairperson(fact.chairperson);
  }

  Answer operator()(const Suspended&) const {
    if (auto no = chair_in_meeting("the Chair suspends the meeting")) return no;
    if (meeting_->speaking != 0)
      return refused("one_speaker", "a delegation has the floor: hear it to the end first");
    return std::nullopt;
  }

  Answer operator()(const Resumed&) const {
    if (auto no = conducts("meetings/chair_conducts", "the Chair resumes the meeting")) return no;
    if (auto no = exists()) return no;
    if (meeting_->state != MeetingState::suspended) return wrong_state("is not resumed");
    return std::nullopt;
  }

  Answer operator()(const Closed& fact) const {
    if (auto no = conducts("meetings/chair_conducts", "the Chair closes the meeting")) return no;
    if (auto no = running()) return no;
    if (meeting_->speaking != 0)
      return refused("one_speaker", "a delegation has the floor: hear it to the end first");
    if (meeting_->order_pending != 0)
      return refused("point_of_order", "a point of order was raised: the Chair rules on it first");
    // An objection to the agenda ends the meeting, whoever waits.
    if (meeting_->objections.empty() && !fact.with_waiting) {
      const bool waiting = std::any_of(meeting_->speeches.begin(), meeting_->speeches.end(),
                                       [](const Speech& each) { return each.state == SpeechState::waiting; });
      if (waiting)
        return refused("speakers_list",
                       "delegations wait for the floor: hear them, or close the meeting with them "
                       "unheard");
    }
    if (!fact.next.empty()) {
      const Meeting* next = book_.find(fact.next);
      if (next == nullptr || next == meeting_) return refused("fields", "there is no meeting " + fact.next);
    }
    return std::nullopt;
  }

  Answer operator()(const Inscribed& fact) const {
    if (auto no = delegation_acts("asks for the floor")) return no;
    if (auto no = not_over()) return no;
    if (auto no = has_seat()) return no;
    if (!meeting_->registered.contains(stamp_.actor.delegation))
      return refused("registered", "register your delegation for this meeting before it asks for the floor");
    const Item* item = meeting_->item(fact.item);
    if (item == nullptr) return refused("fields", "the agenda has no item " + std::to_string(fact.item));
    if (item->state == ItemState::done) return refused("speakers_list", "this item is closed");
    if (meeting_->speeches.size() >= kSpeechesMax)
      return refused("speakers_list", "the list of speakers is full");
    if (fact.group.size() > kNameBytesMax) return refused("fields", "the name of the group is too long");
    if (fact.aligned.size() > kAlignedMax)
      return refused("fields", "too many align themselves with one statement");
    if (!fact.aligned.empty() && fact.group.empty())
      return refused("fields", "who aligns itself does so with the statement of a group: name it");
    std::set<std::string_view> aligned;
    for (const std::string& each : fact.aligned) {
      if (each == stamp_.actor.delegation || !aligned.insert(each).second)
        return refused("fields", each + " is named twice");
    }
    switch (fact.kind) {
      case SpeechKind::point_of_order:
        return refused("point_of_order", "a point of order is raised at once and is not put on the list");
      case SpeechKind::right_of_reply:
        return reply(*item);
      case SpeechKind::statement:
        break;
    }
    if (item->list_closed) return refused("speakers_list", "the list of speakers of this item is closed");
    const bool waits =
        std::any_of(meeting_->speeches.begin(), meeting_->speeches.end(), [&](const Speech& each) {
          return each.item == fact.item && each.delegation == stamp_.actor.delegation &&
                 each.kind == SpeechKind::statement && each.state == SpeechState::waiting &&
                 each.group == fact.group;
        });
    if (waits) return refused("speakers_list", "your delegation is on the list of this item already");
    return std::nullopt;
  }

  Answer operator()(const SpeakerWithdrawn& fact) const {
    if (auto no = not_over()) return no;
    const Speech* speech = meeting_->speech(fact.speech);
    if (speech == nullptr) return refused("fields", "the list has no speech " + std::to_string(fact.speech));
    const bool own = stamp_.actor.delegation == speech->delegation;
    if (!own && !may_conduct())
      return refused("speakers_list", "a delegation withdraws itself alone from the list", true);
    if (speech->state != SpeechState::waiting)
      return refused("speakers_list", "only who waits for the floor is taken off the list");
    return std::nullopt;
  }

  Answer operator()(const ListClosed& fact) const {
    if (auto no = conducts("meetings/chair_conducts", "the Chair closes the list of speakers")) return no;
    if (auto no = not_over()) return no;
    const Item* item = meeting_->item(fact.item);
    if (item == nullptr) return refused("fields", "the agenda has no item " + std::to_string(fact.item));
    if (item->list_closed) return refused("speakers_list", "the list of speakers of this item is closed");
    return std::nullopt;
  }

  Answer operator()(const FloorGiven& fact) const {
    if (auto no = chair_in_meeting("the Chair gives the floor")) return no;
    if (auto no = agenda_adopted()) return no;
    if (meeting_->order_pending != 0)
      return refused("point_of_order", "a point of order was raised: the Chair rules on it first");
    if (meeting_->speaking != 0) return refused("one_speaker", "a delegation has the floor already");
    const Speech* speech = nullptr;
    if (fact.speech != 0) {
      speech = meeting_->speech(fact.speech);
      if (speech == nullptr)
        return refused("fields", "the list has no speech " + std::to_string(fact.speech));
      if (fact.item != 0 && speech->item != fact.item)
        return refused("fields", "that speech is on item " + std::to_string(speech->item));
      if (speech->state != SpeechState::waiting)
        return refused("speakers_list", "only who waits for the floor is given it");
    } else {
      const Item* item = fact.item != 0 ? meeting_->item(fact.item) : meeting_->item_now();
      if (item == nullptr) return refused("fields", "say on which item the floor is given");
      speech = meeting_->next_speech(item->number);
      if (speech == nullptr) return refused("speakers_list", "nobody waits for the floor on this item");
    }
    const Item* item = meeting_->item(speech->item);
    if (item == nullptr || item->state == ItemState::done)
      return refused("speakers_list", "this item is closed");
    // The right of reply is exercised after the list of speakers of the item is exhausted.
    if (speech->kind == SpeechKind::right_of_reply) {
      const bool list_open =
          std::any_of(meeting_->speeches.begin(), meeting_->speeches.end(), [&](const Speech& each) {
            return each.item == speech->item && each.kind == SpeechKind::statement &&
                   each.state == SpeechState::waiting;
          });
      if (list_open)
        return refused("right_of_reply", "delegations on the list of this item come before rights of reply");
    }
    return std::nullopt;
  }

  Answer operator()(const Spoke&) const {
    if (auto no = running()) return no;
    const Speech* speech = meeting_->speech(meeting_->speaking);
    if (speech == nullptr) return refused("one_speaker", "nobody has the floor");
    if (!may_conduct() && stamp_.actor.delegation != speech->delegation)
      return refused("chair_conducts", "the Chair ends a speech, or the delegation that has the floor", true);
    if (meeting_->order_pending != 0)
      return refused("point_of_order", "a point of order was raised: the Chair rules on it first");
    return std::nullopt;
  }

  Answer operator()(const OrderRaised& fact) const {
    if (auto no = delegation_acts("raises a point of order")) return no;
    if (!asker_.member)
      return refused("members_decide", "only members of the body raise points of order", true);
    if (auto no = running()) return no;
    if (meeting_->state != MeetingState::open) return wrong_state("hears no point of order");
    if (!meeting_->registered.contains(stamp_.actor.delegation))
      return refused("registered", "register your delegation for this meeting before it asks for the floor");
    if (meeting_->order_pending != 0)
      return refused("point_of_order", "a point of order was raised: the Chair rules on it first");
    if (meeting_->speeches.size() >= kSpeechesMax)
      return refused("speakers_list", "the list of speakers is full");
    if (fact.text.empty()) return refused("fields", "a point of order says what it is about");
    return std::nullopt;
  }

  Answer operator()(const OrderRuled& fact) const {
    if (auto no = chair_in_meeting("the Chair rules on points of order")) return no;
    if (meeting_->order_pending == 0) return refused("point_of_order", "no point of order was raised");
    if (fact.text.empty()) return refused("fields", "a ruling has words");
    return std::nullopt;
  }

  Answer operator()(const ItemOpened& fact) const {
    if (auto no = chair_in_meeting("the Chair opens an item")) return no;
    if (auto no = agenda_adopted()) return no;
    const Item* item = meeting_->item(fact.item);
    if (item == nullptr) return refused("fields", "the agenda has no item " + std::to_string(fact.item));
    if (item->state == ItemState::now) return refused("state", "this item is before the meeting");
    if (meeting_->speaking != 0)
      return refused("one_speaker", "a delegation has the floor: hear it to the end first");
    return std::nullopt;
  }

  Answer operator()(const ItemClosed& fact) const {
    if (auto no = chair_in_meeting("the Chair closes an item")) return no;
    if (auto no = agenda_adopted()) return no;
    const Item* item = meeting_->item(fact.item);
    if (item == nullptr) return refused("fields", "the agenda has no item " + std::to_string(fact.item));
    if (item->state == ItemState::done) return refused("state", "this item is closed");
    const bool open =
        std::any_of(meeting_->speeches.begin(), meeting_->speeches.end(), [&](const Speech& each) {
          return each.item == fact.item &&
                 (each.state == SpeechState::waiting || each.state == SpeechState::speaking);
        });
    if (open) return refused("speakers_list", "delegations wait for the floor on this item or have it");
    return std::nullopt;
  }

  Answer operator()(const DocumentAdded& fact) const {
    if (auto no = exists()) return no;
    if (meeting_->state == MeetingState::cancelled) return wrong_state("takes no papers");
    // A statement is handed in after it was made; nothing else is, once the meeting is closed.
    if (meeting_->state == MeetingState::closed && fact.speech == 0) return wrong_state("takes no papers");
    if (!may_conduct()) {
      if (auto no = delegation_acts("hands in a paper")) return no;
      if (auto no = has_seat()) return no;
    }
    const std::vector<Paper>* papers = &meeting_->papers;
    if (fact.item != 0) {
      const Item* item = meeting_->item(fact.item);
      if (item == nullptr) return refused("fields", "the agenda has no item " + std::to_string(fact.item));
      papers = &item->papers;
    }
    if (papers->size() >= kPapersMax) return refused("fields", "this item has too many papers");
    if (fact.speech != 0) {
      const Speech* speech = meeting_->speech(fact.speech);
      if (speech == nullptr || speech->item != fact.item)
        return refused("fields", "this item has no speech " + std::to_string(fact.speech));
      if (!may_conduct() && speech->delegation != stamp_.actor.delegation)
        return refused("speakers_list", "a delegation hands in its own statements", true);
    }
    if (fact.title.empty() && fact.speech == 0) return refused("fields", "a paper has a title");
    if (fact.symbol.size() > kNameBytesMax) return refused("symbol", "this is no symbol of a paper");
    if (!fact.symbol.empty() && book_.has_symbol(fact.symbol))
      return refused("symbol", "another paper has the symbol " + fact.symbol);
    return std::nullopt;
  }

  Answer operator()(const ConsultationTabled& fact) const {
    if (auto no = not_over()) return no;
    if (auto no = conducts("meetings/chair_conducts", "the Chair brings a decision before the meeting"))
      return no;
    const Item* item = meeting_->item(fact.item);
    if (item == nullptr) return refused("fields", "the agenda has no item " + std::to_string(fact.item));
    if (fact.consultation.empty()) return refused("fields", "say which consultation");
    if (item->consultations.size() >= kConsultationsMax)
      return refused("fields", "this item has too many decisions");
    if (std::find(item->consultations.begin(), item->consultations.end(), fact.consultation) !=
        item->consultations.end())
      return refused("state", "this consultation is under this item already");
    return std::nullopt;
  }

  Answer operator()(const DecisionAdopted& fact) const {
    if (stamp_.actor.capacity != Capacity::system) {
      if (auto no = conducts("meetings/chair_conducts", "the Chair says that a decision is adopted"))
        return no;
    }
    if (auto no = running()) return no;
    if (auto no = agenda_adopted()) return no;
    const Item* item = meeting_->item(fact.item);
    if (item == nullptr) return refused("fields", "the agenda has no item " + std::to_string(fact.item));
    if (fact.consultation.empty() && fact.symbol.empty()) return refused("fields", "say which decision");
    const bool known =
        std::any_of(item->decisions.begin(), item->decisions.end(), [&](const Item::Decision& each) {
          return (!fact.symbol.empty() && each.symbol == fact.symbol) ||
                 (!fact.consultation.empty() && each.consultation == fact.consultation);
        });
    if (known) return refused("state", "this decision stands under this item already");
    if (item->decisions.size() >= kConsultationsMax)
      return refused("fields", "this item has too many decisions");
    return std::nullopt;
  }

  Answer operator()(const LimitSet& fact) const {
    if (auto no = conducts("meetings/chair_conducts", "the Chair sets limits of time")) return no;
    if (auto no = not_over()) return no;
    if (fact.seconds < 10 || fact.seconds > kLimitSecondsMax)
      return refused("fields", "a limit is from 10 seconds to 4 hours");
    return std::nullopt;
  }

  Answer operator()(const ChairNamed& fact) const {
    if (stamp_.actor.capacity != Capacity::secretariat)
      return refused("members_plan", "the secretariat writes down who chairs a body", true);
    if (bodies_.find(fact.body) == nullptr)
      return refused("fields", "there is no body \"" + fact.body + "\"");
    if (fact.state.empty() || !fact.from.ok()) return refused("fields", "a chair is a State, from a day on");
    if (fact.to.ok() && fact.to <= fact.from) return refused("fields", "a term ends after it begins");
    if (fact.decision.empty()) return refused("fields", "say by which decision the State chairs the body");
    return std::nullopt;
  }

  // The meeting that the fact is about, looked up once.
  void look_at(const Meeting* meeting) { meeting_ = meeting; }

 private:
  bool may_conduct() const {
    return stamp_.actor.capacity == Capacity::chair || stamp_.actor.capacity == Capacity::secretariat;
  }
  Answer conducts(std::string_view rule, std::string reason) const {
    if (may_conduct()) return std::nullopt;
    return Refusal{.rule = std::string(rule), .reason = std::move(reason), .forbidden = true};
  }
  Answer exists() const {
    if (meeting_ != nullptr) return std::nullopt;
    return refused("fields", "there is no meeting \"" + stamp_.subject + "\"");
  }
  Refusal wrong_state(const std::string& what) const {
    return refused("state", "the meeting is " + std::string(name_of(meeting_->state)) + " and " + what);
  }
  // Nothing is done in a meeting that is closed or cancelled.
  Answer not_over() const {
    if (auto no = exists()) return no;
    if (meeting_->state == MeetingState::closed || meeting_->state == MeetingState::cancelled)
      return wrong_state("takes no more acts");
    return std::nullopt;
  }
  Answer running() const {
    if (auto no = exists()) return no;
    if (meeting_->state != MeetingState::open && meeting_->state != MeetingState::suspended)
      return wrong_state("is not in session");
    return std::nullopt;
  }
  Answer before_opening(std::string_view rule, std::string reason) const {
    if (auto no = conducts(rule, std::move(reason))) return no;
    if (auto no = exists()) return no;
    if (meeting_->state != MeetingState::planned && meeting_->state != MeetingState::invited)
      return wrong_state("is changed no more");
    return std::nullopt;
  }
  // The Chair acts in a meeting that is open, not suspended.
  Answer chair_in_meeting(std::string reason) const {
    if (auto no = conducts("meetings/chair_conducts", std::move(reason))) return no;
    if (auto no = exists()) return no;
    if (meeting_->state != MeetingState::open) return wrong_state("is not in session");
    return std::nullopt;
  }
  Answer delegation_acts(const std::string& what) const {
    if (auto no = exists()) return no;
    if (!stamp_.actor.delegation.empty()) return std::nullopt;
    return refused("fields", "say for which delegation: a delegation " + what);
  }
  // Members attend, and who is invited by its status or by a decision; a status that was lost gives no seat.
  Answer has_seat() const {
    const Invitee* invitee = meeting_->invitee(stamp_.actor.delegation);
    if (invitee == nullptr) return refused("invited", "your delegation is not invited to this meeting", true);
    if (!invitee->status.empty() && asker_.status.empty())
      return refused("invited", "your delegation was invited by a status that it no longer holds", true);
    return std::nullopt;
  }
  bool objects(std::string_view delegation) const {
    return std::any_of(meeting_->objections.begin(), meeting_->objections.end(),
                       [&](const Meeting::Objection& each) { return each.delegation == delegation; });
  }
  Answer agenda_adopted() const {
    if (meeting_->agenda_adopted) return std::nullopt;
    return refused("agenda_consensus", "the agenda is not adopted yet: nothing is discussed before");
  }
  Answer times(const acts::Deadline& begins, const acts::Deadline& ends) const {
    if (!Zone::named(begins.zone) || !Zone::named(ends.zone))
      return refused("fields", "a meeting begins and ends at a local time of a zone");
    if (ends.at <= begins.at) return refused("fields", "a meeting ends after it begins");
    if (ends.at - begins.at > kLastsMax) return refused("fields", "a meeting lasts at most 90 days");
    return std::nullopt;
  }
  Answer item_fields(const acts::Words& title, const std::vector<std::string>& consultations) const {
    if (title.empty()) return refused("fields", "an item has a title");
    if (consultations.size() > kConsultationsMax) return refused("fields", "an item has too many decisions");
    return std::nullopt;
  }
  Answer chairperson(const std::string& name) const {
    if (name.empty() || name.size() > kNameBytesMax)
      return refused("fields", "say who presides: a name of at most 400 bytes");
    return std::nullopt;
  }
  // How often a delegation replies on an item is limited.
  Answer reply(const Item& item) const {
    if (auto no = running()) return no;
    if (item.state == ItemState::ahead)
      return refused("right_of_reply",
                     "a right of reply answers what was said on an item that is before the meeting");
    int made = 0;
    for (const Speech& each : meeting_->speeches) {
      if (each.item != item.number || each.delegation != stamp_.actor.delegation ||
          each.kind != SpeechKind::right_of_reply || each.state == SpeechState::withdrawn)
        continue;
      if (each.state == SpeechState::waiting)
        return refused("right_of_reply", "your delegation waits for its right of reply already");
      ++made;
    }
    const int most = conduct_.limit(meeting_->body, "right_of_reply").times;
    if (most != 0 && made >= most)
      return refused("right_of_reply",
                     "your delegation has replied on this item " + std::to_string(most) + " times");
    return std::nullopt;
  }

  const Book& book_;
  const Bodies& bodies_;
  const Conduct& conduct_;
  const acts::Stamp& stamp_;
  const Asker& asker_;
  const Meeting* meeting_ = nullptr;
};

}  // namespace

std::optional<acts::Refusal> Book::refusal(const acts::Stamp& stamp, const Fact& fact,
                                           const Asker& asker) const {
  Check check(*this, *bodies_, *conduct_, stamp, asker);
  check.look_at(find(stamp.subject));
  return std::visit(check, fact);
}

}  // namespace mithaq::meetings
