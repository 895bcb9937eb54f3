#include "secretariat/debates_desk.hpp"

#include <algorithm>
#include <set>

#include "base/error.hpp"
#include "secretariat/desks.hpp"
#include "secretariat/fact_fields.hpp"
#include "secretariat/secretariat.hpp"

namespace mithaq::secretariat {

using namespace debates;
using acts::Capacity;

namespace {

Fact fact_of(const Act& act) {
  return read_fact<Fact>(act, kVerbs);
}

// "DEB-2026-003"
std::string next_id(const Book& book, Instant at) {
  const std::string series = "DEB-" + format_instant(at).substr(0, 4) + "-";
  const auto count = std::count_if(book.debates().begin(), book.debates().end(),
                                   [&](const auto& each) { return each.first.starts_with(series); });
  const std::string number = std::to_string(count + 1);
  return series + std::string(number.size() < 3 ? 3 - number.size() : 0, '0') + number;
}

}  // namespace

DebatesDesk::DebatesDesk(const std::filesystem::path& data)
    : calendar_(Calendar::load(data / "debates")), book_(calendar_), names_(data) {}

document::Handling DebatesDesk::handling(const Debate&) const {
  return {.tlp = document::Tlp::green};
}

document::Handling DebatesDesk::views_handling(const Debate& about) const {
  document::Handling out{.tlp = document::Tlp::green};
  if (about.asked) out.recipients = about.asked->asked;
  if (!about.opened.presidency.empty()) out.recipients.push_back(about.opened.presidency);
  std::sort(out.recipients.begin(), out.recipients.end());
  return out;
}

Situation DebatesDesk::situation(const Fact& fact, const Secretariat& secretariat) const {
  const acts::Stamp& stamp = stamp_of(fact);
  if (stamp.actor.capacity == Capacity::secretariat) return {.presides = true};
  if (stamp.actor.capacity != Capacity::chair || stamp.actor.delegation.empty()) return {};
  const std::string& state = stamp.actor.delegation;
  if (const auto* opened = std::get_if<Opened>(&fact))
    return {.presides = secretariat.desks().meetings.is_chair(opened->body, state, stamp.at)};
  if (calendar_.cycle(stamp.subject) != nullptr) return {};
  const Opened& opened = book_.find(stamp.subject).opened;
  return {.presides = opened.presidency == state ||
                      secretariat.desks().meetings.is_chair(opened.body, state, stamp.at)};
}

Judgement DebatesDesk::judge(const Act& wanted, const Secretariat& secretariat) const {
  Fact fact = fact_of(wanted);
  acts::Stamp stamp = wanted.stamp;
  if (auto* opened = std::get_if<Opened>(&fact)) {
    if (!stamp.subject.empty())
      throw Error(ErrorKind::invalid_input, "a new debate gets its number here: leave the subject out");
    if (opened->presidency.empty()) opened->presidency = stamp.actor.delegation;
    if (!opened->presidency.empty() && !names_.knows(opened->presidency))
      throw Error(ErrorKind::not_found, "there is no State \"" + opened->presidency + "\"");
    if (const Cycle* cycle = calendar_.cycle(opened->item); cycle != nullptr && opened->title.empty())
      opened->title = cycle->item;
    if (auto refusal = acts::settle(opened->begins, stamp.at)) return {.refusal = std::move(refusal)};
    stamp.subject = opened->stamp.subject = next_id(book_, stamp.at);
  } else if (calendar_.cycle(stamp.subject) == nullptr) {
    const Debate& about = book_.find(stamp.subject);
    if (auto* invited = std::get_if<SpeakerInvited>(&fact))
      invited->speaker = "speaker-" + std::to_string(about.speakers.size() + 1);
    if (auto* asked = std::get_if<ViewsAsked>(&fact)) {
      if (asked->before.zone.empty()) asked->before.zone = about.opened.begins.zone;
      if (auto refusal = acts::settle(asked->before, stamp.at)) return {.refusal = std::move(refusal)};
      for (const std::string& status : asked->statuses) {
        if (secretariat.standing().known().find(status) == nullptr)
          throw Error(ErrorKind::invalid_input, "there is no status \"" + status + "\"");
      }
      asked->asked = secretariat.standing().holders(asked->statuses, stamp.at);
    }
    if (auto* given = std::get_if<ViewGiven>(&fact))
      given->late = about.asked && about.asked->before.at <= stamp.at;
  }
  if (auto* reminded = std::get_if<Reminded>(&fact)) {
    if (const Cycle* cycle = calendar_.cycle(stamp.subject))
      reminded->reminded = secretariat.standing().holders(cycle->concerns, stamp.at);
  }
  if (auto refusal = book_.refusal_of(fact, situation(fact, secretariat)))
    return {.refusal = std::move(refusal)};
  return {.acts = {{.type = wanted.type, .stamp = stamp, .fields = fields_of(fact)}}};
}

void DebatesDesk::enter(const Act& act, record::Seq seq, const Secretariat&) {
  book_.enter(fact_of(act));
  history_.add(act.stamp.subject, {.entry = seq, .act = {.type = act.type, .stamp = act.stamp}});
  last_ = std::max(last_, act.stamp.at);
}

std::vector<Act> DebatesDesk::due(Instant now, const Secretariat&) const {
  std::vector<Act> out;
  for (const Reminded& each : book_.reminders(now)) {
    Fact fact = each;
    out.push_back(
        {.type = "debate.reminded",
         .stamp = {.at = now, .actor = {.capacity = Capacity::system}, .subject = each.stamp.subject},
         .fields = fields_of(fact)});
  }
  return out;
}

std::optional<Instant> DebatesDesk::next_due() const {
  return book_.next_reminder(last_);
}

std::optional<RuleText> DebatesDesk::rule(std::string_view id) const {
  const Rule* found = calendar_.rule(id);
  if (found == nullptr) return std::nullopt;
  return RuleText{.quote = found->quote.at("en"), .source = found->source, .quotes = found->quote};
}

std::vector<Notice> DebatesDesk::notices(const Act& act, record::Seq seq, const Secretariat&) const {
  std::vector<Notice> out;
  const auto tell = [&](const std::set<std::string>& to, const acts::Words& title, const char* said,
                        std::optional<Instant> deadline = {}) {
    for (const std::string& state : to) {
      out.push_back({.delegation = state,
                     .entry = seq,
                     .at = act.stamp.at,
                     .kind = act.type,
                     .subject = act.stamp.subject,
                     .title = title,
                     .said = said,
                     .deadline = deadline});
    }
  };
  const Fact fact = fact_of(act);
  if (const auto* reminded = std::get_if<Reminded>(&fact)) {
    tell({reminded->reminded.begin(), reminded->reminded.end()}, calendar_.cycle(act.stamp.subject)->item,
         "The item comes back in the next session: prepare the resolution.",
         Instant(std::chrono::sys_days(reminded->opens)));
    return out;
  }
  if (calendar_.cycle(act.stamp.subject) != nullptr) return out;
  const Debate& about = book_.find(act.stamp.subject);
  std::set<std::string> asked;
  if (about.asked) asked.insert(about.asked->asked.begin(), about.asked->asked.end());
  const acts::Words& title = about.opened.title;
  if (const auto* invited = std::get_if<SpeakerInvited>(&fact)) {
    if (!invited->organization.empty())
      tell({invited->organization}, title, "You are invited to speak in the debate.", about.opened.begins.at);
  }
  if (const auto* views = std::get_if<ViewsAsked>(&fact))
    tell(asked, title, "Your view is asked for before the debate.", views->before.at);
  if (std::holds_alternative<NoteGiven>(fact))
    tell(asked, title, "There is a new version of the concept note.");
  if (std::holds_alternative<Held>(fact)) tell(asked, title, "The debate was held.");
  if (std::holds_alternative<Concluded>(fact)) tell(asked, title, "The debate is concluded.");
  if (std::holds_alternative<Cancelled>(fact)) {
    for (const Speaker& speaker : about.speakers) {
      if (!speaker.invited.organization.empty()) asked.insert(speaker.invited.organization);
    }
    tell(asked, title, "The debate is cancelled.");
  }
  return out;
}

std::vector<Task> DebatesDesk::tasks(std::string_view delegation, Instant, const Secretariat&) const {
  std::vector<Task> out;
  for (const auto& [id, about] : book_.debates()) {
    if (about.stage != Stage::preparing) continue;
    if (about.asked) {
      const auto& asked = about.asked->asked;
      if (std::find(asked.begin(), asked.end(), delegation) != asked.end()) {
        out.push_back({.kind = "views",
                       .subject = id,
                       .title = about.opened.title,
                       .said = "Give your view before the debate.",
                       .deadline = about.asked->before.at,
                       .zone = about.asked->before.zone,
                       .done = about.view_of(delegation) != nullptr});
      }
    }
    for (const Speaker& speaker : about.speakers) {
      if (speaker.invited.organization != delegation) continue;
      out.push_back({.kind = "speaker",
                     .subject = id,
                     .title = about.opened.title,
                     .said = "Say whether you will speak in the debate.",
                     .deadline = about.opened.begins.at,
                     .zone = about.opened.begins.zone,
                     .done = speaker.accepts.has_value()});
    }
  }
  return out;
}

}  // namespace mithaq::secretariat
