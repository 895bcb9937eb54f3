#include "engines/meetings/book.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace mithaq::meetings {

namespace {

constexpr std::string_view kMeetingStates[] = {"planned",   "invited", "open",
                                               "suspended", "closed",  "cancelled"};
constexpr std::string_view kSpeechStates[] = {"waiting", "speaking", "spoken", "withdrawn", "unheard"};
constexpr std::string_view kItemStates[] = {"ahead", "now", "done"};

// The number that a text ends with after a prefix; 0 if it does not.
int number_behind(std::string_view text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return 0;
  text.remove_prefix(prefix.size());
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() && number > 0 ? number : 0;
}

// Folds a fact into its meeting.
class Fold {
 public:
  Fold(const Conduct& conduct, const acts::Stamp& stamp, Meeting& meeting)
      : conduct_(conduct), stamp_(stamp), meeting_(meeting) {}

  void operator()(const Planned&) {}
  void operator()(const ChairNamed&) {}
  void operator()(const Invited& fact) {
    for (const Invitee& each : fact.invitees) {
      const auto known =
          std::find_if(meeting_.invitees.begin(), meeting_.invitees.end(),
                       [&](const Invitee& there) { return there.delegation == each.delegation; });
      if (known == meeting_.invitees.end()) {
        meeting_.invitees.push_back(each);
      } else {
        *known = each;  // a Partner that became a participating State since is a member from now on
      }
    }
    std::stable_sort(meeting_.invitees.begin(), meeting_.invitees.end(),
                     [](const Invitee& a, const Invitee& b) { return a.member > b.member; });
    if (meeting_.state == MeetingState::planned) meeting_.state = MeetingState::invited;
  }
  void operator()(const Moved& fact) {
    meeting_.begins = fact.begins;
    meeting_.ends = fact.ends;
    if (!fact.place.empty()) meeting_.place = fact.place;
    meeting_.reason = fact.reason;
    ++meeting_.sequence;
  }
  void operator()(const Cancelled& fact) {
    meeting_.state = MeetingState::cancelled;
    meeting_.reason = fact.reason;
    ++meeting_.sequence;
  }
  void operator()(const AgendaProposed& fact) {
    std::vector<Item> items;
    for (const ProposedItem& each : fact.items) {
      Item item{.number = static_cast<int>(items.size()) + 1,
                .title = each.title,
                .consultations = each.consultations};
      // Papers and closed lists stay with the item of the same place.
      if (const Item* before = meeting_.item(item.number)) {
        item.papers = before->papers;
        item.list_closed = before->list_closed;
      }
      items.push_back(std::move(item));
    }
    // Papers of an item that is dropped are papers of the meeting.
    for (std::size_t at = items.size(); at < meeting_.items.size(); ++at) {
      for (Paper& paper : meeting_.items[at].papers) meeting_.papers.push_back(std::move(paper));
    }
    meeting_.items = std::move(items);
    meeting_.objections.clear();
  }
  void operator()(const ItemAdded& fact) {
    meeting_.items.push_back({.number = static_cast<int>(meeting_.items.size()) + 1,
                              .title = fact.title,
                              .consultations = fact.consultations});
  }
  void operator()(const AgendaObjected& fact) {
    meeting_.objections.push_back({stamp_.actor.delegation, fact.text, stamp_.at});
  }
  void operator()(const AgendaObjectionWithdrawn&) {
    std::erase_if(meeting_.objections,
                  [&](const Meeting::Objection& each) { return each.delegation == stamp_.actor.delegation; });
  }
  void operator()(const AgendaAdopted&) { meeting_.agenda_adopted = true; }
  void operator()(const Registered& fact) {
    meeting_.registered[stamp_.actor.delegation] = {.names = fact.names, .at = stamp_.at};
    meeting_.declined.erase(stamp_.actor.delegation);
  }
  void operator()(const Declined&) {
    meeting_.registered.erase(stamp_.actor.delegation);
    meeting_.declined.insert(stamp_.actor.delegation);
  }
  void operator()(const Opened& fact) {
    meeting_.state = MeetingState::open;
    meeting_.times.push_back({"opened", stamp_.at});
    preside(fact.chairperson);
  }
  void operator()(const ChairTaken& fact) { preside(fact.chairperson); }
  void operator()(const Suspended&) {
    meeting_.state = MeetingState::suspended;
    meeting_.times.push_back({"suspended", stamp_.at});
  }
  void operator()(const Resumed&) {
    meeting_.state = MeetingState::open;
    meeting_.times.push_back({"resumed", stamp_.at});
  }
  void operator()(const Closed& fact) {
    meeting_.state = MeetingState::closed;
    meeting_.times.push_back({"closed", stamp_.at});
    meeting_.next = fact.next;
    meeting_.next_said = fact.next_said;
    for (Speech& each : meeting_.speeches) {
      if (each.state == SpeechState::waiting) each.state = SpeechState::unheard;
    }
    for (Item& each : meeting_.items) {
      if (each.state == ItemState::now) each.state = ItemState::done;
    }
  }
  void operator()(const Inscribed& fact) {
    Speech speech = new_speech(fact.kind, fact.item);
    speech.group = fact.group;
    speech.aligned = fact.aligned;
    if (!fact.group.empty() && fact.kind == SpeechKind::statement && !meeting_.limits.contains(fact.kind))
      speech.limit_seconds = conduct_.limit(meeting_.body, "group").seconds;
    meeting_.speeches.push_back(std::move(speech));
  }
  void operator()(const SpeakerWithdrawn& fact) {
    if (Speech* speech = speech_of(fact.speech)) speech->state = SpeechState::withdrawn;
  }
  void operator()(const ListClosed& fact) {
    if (Item* item = item_of(fact.item)) item->list_closed = true;
  }
  void operator()(const FloorGiven& fact) {
    const Item* item = fact.item != 0 ? meeting_.item(fact.item) : meeting_.item_now();
    const Speech* next = fact.speech != 0  ? meeting_.speech(fact.speech)
                         : item != nullptr ? meeting_.next_speech(item->number)
                                           : nullptr;
    if (next == nullptr) return;
    Speech* speech = speech_of(next->id);
    open_item(speech->item);
    speech->state = SpeechState::speaking;
    speech->began = stamp_.at;
    speech->running_since = stamp_.at;
    meeting_.speaking = speech->id;
  }
  void operator()(const Spoke&) {
    if (Speech* speech = speech_of(meeting_.speaking)) {
      speech->spoken = speech->spoken_by(stamp_.at);
      speech->running_since.reset();
      speech->ended = stamp_.at;
      speech->state = SpeechState::spoken;
    }
    meeting_.speaking = 0;
  }
  void operator()(const OrderRaised& fact) {
    // Who has the floor is interrupted; its time stands still until the Chair has ruled.
    if (Speech* speaking = speech_of(meeting_.speaking)) {
      speaking->spoken = speaking->spoken_by(stamp_.at);
      speaking->running_since.reset();
    }
    const Item* now = meeting_.item_now();
    Speech speech = new_speech(SpeechKind::point_of_order, now == nullptr ? 0 : now->number);
    speech.text = fact.text;
    speech.state = SpeechState::speaking;
    speech.began = stamp_.at;
    speech.running_since = stamp_.at;
    meeting_.order_pending = speech.id;
    meeting_.speeches.push_back(std::move(speech));
  }
  void operator()(const OrderRuled& fact) {
    if (Speech* order = speech_of(meeting_.order_pending)) {
      order->ruling = fact.text;
      order->spoken = order->spoken_by(stamp_.at);
      order->running_since.reset();
      order->ended = stamp_.at;
      order->state = SpeechState::spoken;
    }
    meeting_.order_pending = 0;
    if (Speech* speaking = speech_of(meeting_.speaking)) speaking->running_since = stamp_.at;
  }
  void operator()(const ItemOpened& fact) { open_item(fact.item); }
  void operator()(const ItemClosed& fact) {
    if (Item* item = item_of(fact.item)) item->state = ItemState::done;
  }
  void operator()(const DocumentAdded& fact) {
    Paper paper{.symbol = fact.symbol,
                .title = fact.title,
                .handling = fact.handling,
                .restricted = fact.restricted,
                .document = fact.document,
                .speech = fact.speech,
                .delegation = stamp_.actor.delegation,
                .at = stamp_.at};
    if (const Speech* speech = meeting_.speech(fact.speech)) paper.delegation = speech->delegation;
    Item* item = item_of(fact.item);
    (item == nullptr ? meeting_.papers : item->papers).push_back(std::move(paper));
  }
  void operator()(const ConsultationTabled& fact) {
    if (Item* item = item_of(fact.item)) item->consultations.push_back(fact.consultation);
  }
  void operator()(const DecisionAdopted& fact) {
    if (Item* item = item_of(fact.item))
      item->decisions.push_back({.consultation = fact.consultation, .symbol = fact.symbol, .at = stamp_.at});
  }
  void operator()(const LimitSet& fact) {
    meeting_.limits[fact.kind] = fact.seconds;
    for (Speech& each : meeting_.speeches) {
      if (each.kind == fact.kind && each.state == SpeechState::waiting) each.limit_seconds = fact.seconds;
    }
  }

 private:
  Speech* speech_of(int id) {
    return id < 1 || static_cast<std::size_t>(id) > meeting_.speeches.size()
               ? nullptr
               : &meeting_.speeches[static_cast<std::size_t>(id) - 1];
  }
  Item* item_of(int number) {
    return number < 1 || static_cast<std::size_t>(number) > meeting_.items.size()
               ? nullptr
               : &meeting_.items[static_cast<std::size_t>(number) - 1];
  }
  void open_item(int number) {
    Item* item = item_of(number);
    if (item == nullptr || item->state == ItemState::now) return;
    // One item is before the meeting at a time; an earlier one whose list is not heard waits and comes back.
    for (Item& each : meeting_.items) {
      if (each.state != ItemState::now) continue;
      each.state = meeting_.next_speech(each.number) == nullptr ? ItemState::done : ItemState::ahead;
    }
    item->state = ItemState::now;
  }
  void preside(const std::string& chairperson) {
    meeting_.chairs.push_back(
        {.chairperson = chairperson, .state = stamp_.actor.delegation, .from = stamp_.at});
  }
  Speech new_speech(SpeechKind kind, int item) const {
    Speech speech{.id = static_cast<int>(meeting_.speeches.size()) + 1,
                  .item = item,
                  .delegation = stamp_.actor.delegation,
                  .kind = kind,
                  .asked = stamp_.at};
    if (const Invitee* invitee = meeting_.invitee(stamp_.actor.delegation)) {
      speech.status = invitee->status;
      speech.member = invitee->member;
    }
    const auto set = meeting_.limits.find(kind);
    speech.limit_seconds =
        set != meeting_.limits.end()
            ? set->second
            : conduct_.limit(meeting_.body, names_of(kind)[static_cast<std::size_t>(kind)]).seconds;
    return speech;
  }

  const Conduct& conduct_;
  const acts::Stamp& stamp_;
  Meeting& meeting_;
};

std::string year_of_symbol(std::chrono::year year) {
  return fmt::format("{:02}", static_cast<int>(year) % 100);
}

}  // namespace

std::span<const std::string_view> names_of(MeetingState) {
  return kMeetingStates;
}
std::span<const std::string_view> names_of(SpeechState) {
  return kSpeechStates;
}
std::span<const std::string_view> names_of(ItemState) {
  return kItemStates;
}

std::chrono::milliseconds Speech::spoken_by(Instant now) const {
  return running_since && *running_since < now ? spoken + (now - *running_since) : spoken;
}

const Invitee* Meeting::invitee(std::string_view delegation) const {
  const auto found = std::find_if(invitees.begin(), invitees.end(),
                                  [&](const Invitee& each) { return each.delegation == delegation; });
  return found == invitees.end() ? nullptr : &*found;
}

const Item* Meeting::item(int which) const {
  return which < 1 || static_cast<std::size_t>(which) > items.size()
             ? nullptr
             : &items[static_cast<std::size_t>(which) - 1];
}

const Item* Meeting::item_now() const {
  const auto found =
      std::find_if(items.begin(), items.end(), [](const Item& each) { return each.state == ItemState::now; });
  return found == items.end() ? nullptr : &*found;
}

const Speech* Meeting::speech(int which) const {
  return which < 1 || static_cast<std::size_t>(which) > speeches.size()
             ? nullptr
             : &speeches[static_cast<std::size_t>(which) - 1];
}

const Speech* Meeting::next_speech(int item) const {
  for (const SpeechKind kind : {SpeechKind::statement, SpeechKind::right_of_reply}) {
    for (const Speech& each : speeches) {
      if (each.item == item && each.kind == kind && each.state == SpeechState::waiting) return &each;
    }
  }
  return nullptr;
}

Meeting* Book::meeting(std::string_view id) {
  const auto found = meetings_.find(id);
  return found == meetings_.end() ? nullptr : &found->second;
}

const Meeting* Book::find(std::string_view id) const {
  const auto found = meetings_.find(id);
  return found == meetings_.end() ? nullptr : &found->second;
}

void Book::enter(const acts::Stamp& stamp, const Fact& fact) {
  if (const auto* named = std::get_if<ChairNamed>(&fact)) {
    named_chairs_.push_back(*named);
    return;
  }
  if (const auto* planned = std::get_if<Planned>(&fact)) {
    const auto [at, fresh] = meetings_.try_emplace(stamp.subject);
    if (!fresh) return;
    at->second.id = stamp.subject;
    at->second.body = planned->body;
    at->second.title = planned->title;
    at->second.rule = planned->rule;
    at->second.begins = planned->begins;
    at->second.ends = planned->ends;
    at->second.place = planned->place;
    at->second.created = stamp.at;
    at->second.changed = stamp.at;
    const std::size_t last_dash = stamp.subject.rfind('-');
    if (last_dash != std::string::npos) {
      const std::string series = stamp.subject.substr(0, last_dash);
      int& latest = id_numbers_[series];
      latest = std::max(latest, number_behind(stamp.subject, series + "-"));
    }
    return;
  }
  Meeting* there = meeting(stamp.subject);
  if (there == nullptr) return;
  std::visit(Fold(*conduct_, stamp, *there), fact);
  there->changed = stamp.at;
  if (const auto* opened = std::get_if<Opened>(&fact)) {
    there->number = opened->number != 0 ? opened->number : next_number(there->body);
    numbers_[there->body] = there->number;
  }
  if (const auto* paper = std::get_if<DocumentAdded>(&fact); paper != nullptr && !paper->symbol.empty()) {
    symbols_.insert(paper->symbol);
    // "PC.DEL/17/26" raises the number of PC.DEL in 2026 to 17, whoever gave the symbol.
    const std::size_t first = paper->symbol.find('/'), last = paper->symbol.rfind('/');
    if (first != std::string::npos && last > first) {
      const std::string key = paper->symbol.substr(0, first) + paper->symbol.substr(last);
      int& latest = symbol_numbers_[key];
      latest =
          std::max(latest, number_behind(paper->symbol.substr(0, last), paper->symbol.substr(0, first + 1)));
    }
  }
}

std::string Book::next_id(const Body& body, std::chrono::year year) const {
  const std::string series = fmt::format("{}-M-{}", body.series, static_cast<int>(year));
  const auto latest = id_numbers_.find(series);
  return fmt::format("{}-{:03}", series, latest == id_numbers_.end() ? 1 : latest->second + 1);
}

int Book::next_number(std::string_view body) const {
  const auto latest = numbers_.find(body);
  return latest == numbers_.end() ? 1 : latest->second + 1;
}

std::string Book::next_symbol(const Body& body, std::chrono::year year) const {
  if (body.papers.empty()) return {};
  const std::string short_year = year_of_symbol(year);
  const auto latest = symbol_numbers_.find(body.papers + "/" + short_year);
  int number = latest == symbol_numbers_.end() ? 1 : latest->second + 1;
  std::string symbol;
  do {
    symbol = fmt::format("{}/{}/{}", body.papers, number++, short_year);
  } while (symbols_.contains(symbol));
  return symbol;
}

}  // namespace mithaq::meetings
