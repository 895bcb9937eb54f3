#include "engines/debates/debates.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace mithaq::debates {

namespace {

using acts::Capacity;
using acts::Refusal;
using std::chrono::days;
using std::chrono::sys_days;

constexpr std::string_view kStages[] = {"preparing", "held", "concluded", "cancelled"};

Refusal refused(std::string rule, std::string reason) {
  return {.rule = std::move(rule), .reason = std::move(reason)};
}

Refusal forbidden(std::string rule, std::string reason) {
  return {.rule = std::move(rule), .reason = std::move(reason), .forbidden = true};
}

bool has_words(const acts::Words& words) {
  return std::any_of(words.begin(), words.end(), [](const auto& each) { return !each.second.empty(); });
}

sys_days day_of(Instant at) {
  return std::chrono::floor<days>(at);
}

class Judge {
 public:
  Judge(const Calendar& calendar, const Book& book, const Situation& situation)
      : calendar_(calendar), book_(book), situation_(situation) {}

  std::optional<Refusal> operator()(const Opened& fact) const {
    if (!situation_.presides)
      return forbidden("debates/presidency", "a debate is opened by who presides over the body");
    if (fact.body.empty()) return refused("debates/presidency", "a debate is held in a body: say which");
    if (!has_words(fact.title)) return refused("debates/presidency", "a debate needs the title of its item");
    if (!fact.item.empty() && calendar_.cycle(fact.item) == nullptr)
      return refused("debates/cycle", "there is no agenda item \"" + fact.item + "\" in data/debates");
    if (fact.begins.at <= fact.stamp.at)
      return refused("debates/presidency", "a debate is prepared before it begins");
    return std::nullopt;
  }

  std::optional<Refusal> operator()(const NoteGiven& fact) const {
    if (auto refusal = not_preparing(fact.stamp, "the concept note is the presidency's")) return refusal;
    if (fact.document.empty() && !has_words(fact.text))
      return refused("debates/presidency", "a concept note has words or a document");
    return std::nullopt;
  }

  std::optional<Refusal> operator()(const SpeakerInvited& fact) const {
    if (auto refusal = not_preparing(fact.stamp, "the presidency invites speakers")) return refusal;
    if (!has_words(fact.name) && fact.organization.empty())
      return refused("debates/guests", "a speaker has a name, or a State or an organization");
    for (const Speaker& other : book_.find(fact.stamp.subject).speakers) {
      if (other.invited.speaker == fact.speaker ||
          (other.invited.name == fact.name && other.invited.organization == fact.organization))
        return refused("debates/guests", "the speaker is invited already");
    }
    return std::nullopt;
  }

  std::optional<Refusal> operator()(const SpeakerAnswered& fact) const {
    const Debate& about = book_.find(fact.stamp.subject);
    if (auto refusal = not_in(about, Stage::preparing)) return refusal;
    for (const Speaker& each : about.speakers) {
      if (each.invited.speaker != fact.speaker) continue;
      // Who is invited answers; what came by letter, the presidency or the secretariat records.
      if (situation_.presides ||
          (!fact.stamp.actor.delegation.empty() && fact.stamp.actor.delegation == each.invited.organization))
        return std::nullopt;
      return forbidden("debates/guests", "an invitation is answered by who was invited");
    }
    return refused("debates/guests", "nobody is invited as \"" + fact.speaker + "\"");
  }

  std::optional<Refusal> operator()(const ViewsAsked& fact) const {
    if (auto refusal = not_preparing(fact.stamp, "the presidency asks for views")) return refusal;
    const Debate& about = book_.find(fact.stamp.subject);
    if (about.notes.empty()) {
      return refused("debates/views", "views are asked for on a concept note: give it first");
    }
    if (fact.asked.empty()) return refused("debates/views", "there is no State that is asked");
    if (fact.before.at > about.opened.begins.at)
      return refused("debates/views", "views are collected before the debate begins");
    return std::nullopt;
  }

  std::optional<Refusal> operator()(const ViewGiven& fact) const {
    const Debate& about = book_.find(fact.stamp.subject);
    const std::string& state = fact.stamp.actor.delegation;
    if (!about.asked) return refused("debates/views", "nobody was asked for a view yet");
    if (state.empty() || fact.stamp.actor.capacity == Capacity::chair)
      return forbidden("debates/views", "a view is a State's");
    const auto& asked = about.asked->asked;
    if (std::find(asked.begin(), asked.end(), state) == asked.end())
      return forbidden("debates/views", "the State is none of those that were asked for a view");
    if (auto refusal = not_in(about, Stage::preparing)) return refusal;
    if (!has_words(fact.text) && fact.document.empty())
      return refused("debates/views", "a view has words or a document");
    return std::nullopt;
  }

  std::optional<Refusal> operator()(const Held& fact) const {
    if (auto refusal = not_preparing(fact.stamp, "the presidency says that the debate was held"))
      return refusal;
    if (!fact.day.ok()) return refused("debates/stage", "a debate is held on some day");
    if (sys_days(fact.day) > day_of(fact.stamp.at) + days(1))
      return refused("debates/stage", "a debate cannot have been held on a day to come");
    if (book_.find(fact.stamp.subject).notes.empty())
      return refused("debates/stage", "a debate is prepared by a concept note: give it first");
    return std::nullopt;
  }

  std::optional<Refusal> operator()(const Concluded& fact) const {
    const Debate& about = book_.find(fact.stamp.subject);
    if (!situation_.presides) return forbidden("debates/presidency", "the presidency concludes a debate");
    if (auto refusal = not_in(about, Stage::held)) return refusal;
    if (!has_words(fact.outcome) && fact.decision.empty())
      return refused("debates/stage", "an outcome has words or a decision");
    return std::nullopt;
  }

  std::optional<Refusal> operator()(const Cancelled& fact) const {
    return not_preparing(fact.stamp, "the presidency cancels a debate");
  }

  std::optional<Refusal> operator()(const ItemFollowed& fact) const {
    if (auto refusal = no_item(fact.stamp)) return refusal;
    if (fact.stamp.actor.capacity != Capacity::secretariat)
      return forbidden("debates/cycle", "the secretariat follows an item");
    const auto found = book_.items().find(fact.stamp.subject);
    if (found != book_.items().end() && found->second.followed)
      return refused("debates/cycle", "the item is followed already");
    return std::nullopt;
  }

  std::optional<Refusal> operator()(const Reminded& fact) const {
    if (auto refusal = no_item(fact.stamp)) return refusal;
    if (fact.stamp.actor.capacity != Capacity::system)
      return forbidden("debates/cycle", "reminders go out by themselves");
    for (const Reminded& each : book_.reminders(fact.stamp.at)) {
      if (each.stamp.subject == fact.stamp.subject && each.session == fact.session && each.days == fact.days)
        return std::nullopt;
    }
    return refused("debates/cycle", "this reminder is not due");
  }

  std::optional<Refusal> operator()(const TakenUp& fact) const {
    if (auto refusal = no_item(fact.stamp)) return refusal;
    if (fact.stamp.actor.capacity != Capacity::secretariat)
      return forbidden("debates/cycle", "the secretariat records what was decided on an item");
    const Cycle& cycle = *calendar_.cycle(fact.stamp.subject);
    const auto opens = calendar_.opening(cycle.series, fact.session);
    if (!opens || sys_days(*opens) > day_of(fact.stamp.at))
      return refused("debates/cycle", "the session has not opened yet");
    const auto found = book_.items().find(fact.stamp.subject);
    if (found != book_.items().end() && found->second.taken_up.contains(fact.session))
      return refused("debates/cycle", "what was decided in this session is recorded already");
    if (fact.decision.empty()) return refused("debates/cycle", "a decision has a symbol");
    return std::nullopt;
  }

 private:
  std::optional<Refusal> no_item(const acts::Stamp& stamp) const {
    if (calendar_.cycle(stamp.subject) != nullptr) return std::nullopt;
    throw Error(ErrorKind::not_found, "there is no agenda item \"" + stamp.subject + "\" in data/debates");
  }

  std::optional<Refusal> not_preparing(const acts::Stamp& stamp, const char* whose) const {
    const Debate& about = book_.find(stamp.subject);
    if (!situation_.presides) return forbidden("debates/presidency", whose);
    return not_in(about, Stage::preparing);
  }

  static std::optional<Refusal> not_in(const Debate& about, Stage stage) {
    if (about.stage == stage) return std::nullopt;
    if (stage == Stage::held && about.stage == Stage::preparing)
      return refused("debates/stage", "the debate was not held yet");
    const char* why = "the debate was held already";
    if (about.stage == Stage::concluded) why = "the debate is concluded";
    if (about.stage == Stage::cancelled) why = "the debate was cancelled";
    return refused("debates/stage", why);
  }

  const Calendar& calendar_;
  const Book& book_;
  const Situation& situation_;
};

}  // namespace

std::string_view name_of(Stage stage) {
  return kStages[static_cast<std::size_t>(stage)];
}

const acts::Stamp& stamp_of(const Fact& fact) {
  return std::visit([](const auto& each) -> const acts::Stamp& { return each.stamp; }, fact);
}

const View* Debate::view_of(std::string_view delegation) const {
  for (auto each = views.rbegin(); each != views.rend(); ++each) {
    if (each->given.stamp.actor.delegation == delegation) return &*each;
  }
  return nullptr;
}

std::optional<Refusal> Book::refusal_of(const Fact& fact, const Situation& situation) const {
  return std::visit(Judge(*calendar_, *this, situation), fact);
}

const Debate& Book::find(std::string_view id) const {
  const auto found = debates_.find(id);
  if (found == debates_.end())
    throw Error(ErrorKind::not_found, "there is no debate \"" + std::string(id) + "\"");
  return found->second;
}

void Book::enter(const Fact& fact) {
  const std::string& subject = stamp_of(fact).subject;
  if (const auto* followed = std::get_if<ItemFollowed>(&fact)) {
    items_[subject].followed = true;
    items_[subject].since = followed->stamp.at;
    return;
  }
  if (const auto* reminded = std::get_if<Reminded>(&fact)) {
    items_[subject].reminded.emplace(reminded->session, reminded->days);
    return;
  }
  if (const auto* taken_up = std::get_if<TakenUp>(&fact)) {
    items_[subject].taken_up[taken_up->session] = taken_up->decision;
    return;
  }
  if (const auto* opened = std::get_if<Opened>(&fact)) {
    Debate& debate = debates_[subject];
    debate.id = subject;
    debate.opened = *opened;
    return;
  }
  static_cast<void>(find(subject));
  Debate& about = debates_[subject];
  if (const auto* note = std::get_if<NoteGiven>(&fact)) about.notes.push_back(*note);
  if (const auto* invited = std::get_if<SpeakerInvited>(&fact)) about.speakers.push_back({*invited, {}});
  if (const auto* answered = std::get_if<SpeakerAnswered>(&fact)) {
    for (Speaker& each : about.speakers) {
      if (each.invited.speaker == answered->speaker) each.accepts = answered->accepts;
    }
  }
  if (const auto* asked = std::get_if<ViewsAsked>(&fact)) about.asked = *asked;
  if (const auto* given = std::get_if<ViewGiven>(&fact)) {
    for (View& earlier : about.views) {
      if (earlier.given.stamp.actor.delegation == given->stamp.actor.delegation) earlier.amended = true;
    }
    about.views.push_back({*given});
  }
  if (const auto* held = std::get_if<Held>(&fact)) {
    about.held = *held;
    about.stage = Stage::held;
  }
  if (const auto* concluded = std::get_if<Concluded>(&fact)) {
    about.concluded = *concluded;
    about.stage = Stage::concluded;
  }
  if (const auto* cancelled = std::get_if<Cancelled>(&fact)) {
    about.cancelled_for = cancelled->reason;
    about.stage = Stage::cancelled;
  }
}

namespace {

// The reminders of one session: the instant of each, most days first; the last is its opening.
std::vector<std::pair<Instant, int>> reminders_of(const Cycle& cycle, std::chrono::year_month_day opens) {
  std::vector<std::pair<Instant, int>> out;
  for (const int before : cycle.remind_days) out.emplace_back(sys_days(opens) - days(before), before);
  out.emplace_back(sys_days(opens), 0);
  return out;
}

// The last session up to a day in which an item was due, and some after it.
std::vector<DueSession> sessions_around(const Calendar& calendar, const Cycle& cycle, Instant now,
                                        int count) {
  std::vector<DueSession> out;
  const auto sits = calendar.session_on(cycle.series, day_of(now));
  if (!sits) return out;
  int session = Calendar::due(cycle, *sits) - cycle.every;
  for (int each = 0; each < count; ++each, session += cycle.every) {
    if (const auto opens = calendar.opening(cycle.series, session)) out.push_back({session, *opens});
  }
  return out;
}

}  // namespace

std::vector<Reminded> Book::reminders(Instant now) const {
  std::vector<Reminded> out;
  for (const auto& [id, item] : items_) {
    const Cycle* cycle = calendar_->cycle(id);
    if (cycle == nullptr || !item.followed) continue;
    for (const DueSession& due : sessions_around(*calendar_, *cycle, now, 2)) {
      if (item.taken_up.contains(due.session)) continue;
      // Most days first, so the last that has come is the one that says how long is left.
      std::optional<int> come;
      for (const auto& [when, before] : reminders_of(*cycle, due.opens)) {
        if (when <= now && when > item.since) come = before;
      }
      if (!come || item.reminded.contains({due.session, *come})) continue;
      out.push_back(
          {.stamp = {.at = now, .subject = id}, .session = due.session, .days = *come, .opens = due.opens});
    }
  }
  return out;
}

std::optional<Instant> Book::next_reminder(Instant after) const {
  std::optional<Instant> next;
  for (const auto& [id, item] : items_) {
    const Cycle* cycle = calendar_->cycle(id);
    if (cycle == nullptr || !item.followed) continue;
    for (const DueSession& due : sessions_around(*calendar_, *cycle, after, 3)) {
      if (item.taken_up.contains(due.session)) continue;
      for (const auto& [when, before] : reminders_of(*cycle, due.opens)) {
        if (when > after && when > item.since && (!next || when < *next)) next = when;
      }
    }
  }
  return next;
}

}  // namespace mithaq::debates
