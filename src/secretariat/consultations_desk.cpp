#include "secretariat/consultations_desk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>

#include "acts/deadline.hpp"
#include "acts/fields.hpp"
#include "base/error.hpp"
#include "base/zone.hpp"
#include "secretariat/desks.hpp"
#include "secretariat/secretariat.hpp"

namespace mithaq::secretariat {

namespace {

using acts::Capacity;
using acts::Refusal;
using procedure::Case;
using procedure::Fact;
using procedure::Kind;
using procedure::RuleSet;
using procedure::State;

// The status of a rule set whose entitled States nobody can compute: the act that opens an item names them.

Fact read_fact(const Act& act) {
  const auto kind = procedure::kind_named(act.verb());
  if (!kind) throw Error(ErrorKind::invalid_input, "there is no act \"" + act.type + "\"");
  Fact fact{.kind = *kind, .stamp = act.stamp};
  acts::read_fields(act.fields, fact);
  return fact;
}

Act act_of_fact(Fact& fact) {
  acts::FieldWriter writer;
  visit_fields(writer, fact);
  return {.type = "consultation." + std::string(name_of(fact.kind)),
          .stamp = fact.stamp,
          .fields = writer.json()};
}

bool of_delegations(Kind kind) {
  switch (kind) {
    case Kind::objected_in_meeting:
    case Kind::objected:
    case Kind::objection_withdrawn:
    case Kind::hold_placed:
    case Kind::hold_extended:
    case Kind::hold_released:
    case Kind::statement_made:
      return true;
    default:
      return false;
  }
}

bool in_a_meeting(Kind kind) {
  return kind == Kind::proposed || kind == Kind::objected_in_meeting || kind == Kind::adopted_in_meeting ||
         kind == Kind::announced;
}

// Fills in who is entitled: the States that hold the status at this instant. Where a rule says how many there
// are and the register does not know them all, the act names them.
std::optional<Refusal> fill_in_entitled(Fact& fact, const RuleSet& set, const Standing& standing) {
  const auto members = static_cast<std::size_t>(set.parameters.members);
  std::vector<std::string> known = standing.holders(set.parameters.entitled, fact.stamp.at);
  if (members == 0 || known.size() == members) {
    if (!fact.entitled.empty())
      throw Error(ErrorKind::invalid_input,
                  "who is entitled is not said but computed, from what States are at this instant");
    fact.entitled = std::move(known);
    return std::nullopt;
  }
  if (fact.stamp.actor.capacity == Capacity::delegation)
    return Refusal{.rule = "procedure/capacity",
                   .reason = "the Chair or the secretariat opens it, and names who is entitled",
                   .forbidden = true};
  std::sort(fact.entitled.begin(), fact.entitled.end());
  fact.entitled.erase(std::unique(fact.entitled.begin(), fact.entitled.end()), fact.entitled.end());
  if (fact.entitled.size() != members ||
      !std::includes(fact.entitled.begin(), fact.entitled.end(), known.begin(), known.end())) {
    return Refusal{.rule = std::string(set.rule_for("members", "procedure/entitled")),
                   .reason = fmt::format("the register knows {} of the {} States that are entitled now: name "
                                         "all of them, those among them",
                                         known.size(), members)};
  }
  return std::nullopt;
}

// "26 March 2026, 12:00 (Europe/Vienna)" is for the page; here the form that every reader can take in.
std::string said(Instant at, const std::string& zone_name) {
  const auto zone = Zone::named(zone_name);
  if (!zone) return format_instant(at);
  const std::string local = format_local_time(zone->local(at));
  return local.substr(0, 10) + " " + local.substr(11) + " (" + zone_name + ")";
}

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& each : out) each = static_cast<char>(std::toupper(static_cast<unsigned char>(each)));
  std::replace(out.begin(), out.end(), '_', '-');
  return out;
}

}  // namespace

ConsultationsDesk::ConsultationsDesk(const std::filesystem::path& data)
    : book_(procedure::RuleSets::load(data / "procedure")) {}

const std::vector<record::Seq>& ConsultationsDesk::entries(std::string_view id) const {
  static const std::vector<record::Seq> none;
  const auto found = entries_.find(id);
  return found == entries_.end() ? none : found->second;
}

bool ConsultationsDesk::is_chair(const Case& item, std::string_view state, Instant at,
                                 const Secretariat& secretariat) const {
  const MeetingsDesk& meetings = secretariat.desks().meetings;
  return meetings.bodies().find(item.body) != nullptr && meetings.is_chair(item.body, state, at);
}

std::string ConsultationsDesk::new_id(const Fact& opening, std::string_view prefix) const {
  const auto zone = Zone::named(opening.zone);
  const auto day = zone
                       ? zone->local(opening.stamp.at).day
                       : std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(opening.stamp.at));
  const std::string start = fmt::format("{}-{}", prefix, static_cast<int>(day.year()));
  const auto found = ids_.find(start);
  return fmt::format("{}-{:04}", start, found == ids_.end() ? 1 : found->second + 1);
}

std::optional<Refusal> ConsultationsDesk::fill_in_opening(Fact& fact, const Secretariat& secretariat) const {
  if (!fact.stamp.subject.empty())
    throw Error(ErrorKind::invalid_input, "a consultation gets its id when it is opened");
  const meetings::Body* body = nullptr;
  if (!fact.body.empty()) {
    body = secretariat.desks().meetings.bodies().find(fact.body);
    if (body == nullptr)
      return Refusal{.rule = "procedure/fields",
                     .reason = "there is no such body; name one of data/bodies.tsv"};
    if (fact.rule_set.empty()) fact.rule_set = body->rule_set;
    if (fact.zone.empty()) fact.zone = body->zone;
    if (fact.series.empty()) fact.series = body->decisions;
  }
  const RuleSet* set = book_.rules().find(fact.rule_set);
  if (set == nullptr)
    return Refusal{.rule = "procedure/fields",
                   .reason = "there is no such rule set; name one of those in data/procedure"};
  if (fact.zone.empty()) fact.zone = set->zone;
  std::sort(fact.excluded.begin(), fact.excluded.end());
  const bool named = !fact.entitled.empty();
  if (auto refusal = fill_in_entitled(fact, *set, secretariat.standing())) return refusal;
  // Where nobody says who may see it, those do for whom the body's papers are, and those who decide; the
  // organization keeps the say over it.
  if (fact.handling.is_public()) {
    if (body != nullptr) {
      fact.handling = body->handling;
    } else {
      fact.handling = {.tlp = document::Tlp::green, .originator = set->organization};
      if (!named) fact.handling.statuses = set->parameters.entitled;
    }
    if (named && !fact.handling.is_public()) fact.handling.recipients = fact.entitled;
  }
  // The State concerned is named; its consent is not needed.
  if (set->parameters.minus > 0) {
    for (const std::string& each : fact.excluded) {
      if (!std::binary_search(fact.entitled.begin(), fact.entitled.end(), each))
        return Refusal{.rule = std::string(set->rule_for("minus", "procedure/excluded")),
                       .reason = "the State concerned takes no part in the decision in any case"};
    }
    std::erase_if(fact.entitled, [&](const std::string& each) {
      return std::find(fact.excluded.begin(), fact.excluded.end(), each) != fact.excluded.end();
    });
  }
  fact.stamp.subject = new_id(fact, body != nullptr && !body->series.empty() ? body->series : upper(set->id));
  return std::nullopt;
}

std::optional<Refusal> ConsultationsDesk::fill_in(Fact& fact, const Secretariat& secretariat) const {
  if (fact.kind == Kind::series_started) {
    if (fact.stamp.subject.empty()) fact.stamp.subject = fact.series;
    return std::nullopt;
  }
  const Instant at = fact.stamp.at;
  if (fact.kind == Kind::opened) {
    if (auto refusal = fill_in_opening(fact, secretariat)) return refusal;
  }
  const MeetingsDesk& meetings = secretariat.desks().meetings;
  const Case* item = fact.kind == Kind::opened ? nullptr : book_.find(fact.stamp.subject);
  if (item == nullptr && fact.kind != Kind::opened)
    throw Error(ErrorKind::not_found, "there is no consultation \"" + fact.stamp.subject + "\"");
  const std::string& body = item != nullptr ? item->body : fact.body;
  // The Chair is the State that chairs the body at this instant.
  const acts::Actor& actor = fact.stamp.actor;
  if (actor.capacity == Capacity::chair && meetings.bodies().find(body) != nullptr &&
      !meetings.is_chair(body, actor.delegation, at))
    return Refusal{.rule = "procedure/capacity",
                   .reason = "this State does not hold the chair of the body now",
                   .forbidden = true};
  if (fact.deadline) {
    if (fact.deadline->zone.empty()) fact.deadline->zone = item != nullptr ? item->zone : fact.zone;
    if (auto refusal = acts::settle(*fact.deadline, at)) return refusal;
  }
  if (item == nullptr) return std::nullopt;
  if (fact.meeting.empty() && (fact.kind == Kind::objected_in_meeting || fact.kind == Kind::silence_opened ||
                               fact.kind == Kind::adopted_in_meeting))
    fact.meeting = item->meeting;
  // What is done in a meeting of a body is done while that meeting is open.
  if (in_a_meeting(fact.kind) && !fact.meeting.empty() && meetings.bodies().find(body) != nullptr) {
    const meetings::Meeting* meeting = meetings.meeting(fact.meeting);
    if (meeting == nullptr || meeting->body != body)
      return Refusal{.rule = "procedure/fields", .reason = "the body has no such meeting"};
    if (meeting->state != meetings::MeetingState::open && meeting->state != meetings::MeetingState::suspended)
      return Refusal{.rule = "procedure/order", .reason = "the meeting is not open"};
    // Annex 1(A), 5: "At the first meeting following the adoption of the decision".
    if (fact.kind == Kind::announced && item->adopted_at && !meeting->times.empty() &&
        meeting->times.front().at < *item->adopted_at)
      return Refusal{.rule = std::string(book_.rules_of(*item).rule_for("announcement", "procedure/order")),
                     .reason = "the adoption is announced in a meeting that opened after it"};
    if (fact.kind == Kind::announced && fact.journal.empty()) {
      const meetings::Body* found = meetings.bodies().find(body);
      if (!found->journals.empty() && meeting->number > 0)
        fact.journal = found->journals + "/" + std::to_string(meeting->number);
    }
  }
  return std::nullopt;
}

Judgement ConsultationsDesk::judge(const Act& wanted, const Secretariat& secretariat) const {
  Fact fact = read_fact(wanted);
  if (auto refusal = fill_in(fact, secretariat)) return {.refusal = std::move(refusal)};
  if (auto refusal = book_.refusal_of(fact)) return {.refusal = std::move(refusal)};
  // A delegation acts as long as its State holds the status, also if it was entitled when the item opened. Of
  // one that was named then, for the register did not know it, the register cannot say that it lost it.
  if (of_delegations(fact.kind)) {
    const Case& item = *book_.find(fact.stamp.subject);
    const RuleSet& set = book_.rules_of(item);
    const auto held = [&](Instant at) {
      return std::any_of(set.parameters.entitled.begin(), set.parameters.entitled.end(),
                         [&](const std::string& status) {
                           return secretariat.standing().holds(fact.stamp.actor.delegation, status, at);
                         });
    };
    if (!held(fact.stamp.at) && held(item.opened_at))
      return Judgement::refused("procedure/standing", "the State no longer holds the status that entitles it",
                                true);
  }
  return {.acts = {act_of_fact(fact)}};
}

void ConsultationsDesk::enter(const Act& act, record::Seq seq, const Secretariat&) {
  const Fact fact = read_fact(act);
  const Case* before = book_.find(fact.stamp.subject);
  const State was = before == nullptr ? State::draft : before->state;
  book_.enter(fact);
  if (fact.kind == Kind::opened) {
    // "PC-2026-0017": the prefix with the year, and the number behind it.
    const std::string& id = fact.stamp.subject;
    const std::size_t dash = id.rfind('-');
    if (dash != std::string::npos) {
      int& last = ids_[id.substr(0, dash)];
      last = std::max(last, std::atoi(id.c_str() + dash + 1));
    }
  }
  const Case* item = book_.find(fact.stamp.subject);
  decided_now_ = item != nullptr && item->state != was &&
                 (item->state == State::broken || item->state == State::adopted);
  if (fact.kind != Kind::series_started) entries_[fact.stamp.subject].push_back(seq);
}

std::optional<RuleText> ConsultationsDesk::rule(std::string_view id) const {
  const procedure::Rule* found = book_.rules().rule(id);
  if (found == nullptr) return std::nullopt;
  return RuleText{.quote = found->quote.empty() ? acts::words_in(found->says, "en") : found->quote,
                  .source = found->source};
}

std::vector<Act> ConsultationsDesk::due(Instant now, const Secretariat& secretariat) const {
  std::vector<Act> out;
  for (Fact& fact : book_.due(now)) out.push_back(act_of_fact(fact));
  // Statements on a decision can be made until the meeting closes at which it was adopted or announced.
  const MeetingsDesk& meetings = secretariat.desks().meetings;
  for (const auto& [id, item] : book_.all()) {
    if ((item.state != State::adopted && item.state != State::announced) || item.statements_closed) continue;
    const std::string& place = item.adopted_in_meeting ? item.meeting : item.announced_in;
    const meetings::Meeting* meeting = place.empty() ? nullptr : meetings.meeting(place);
    if (meeting == nullptr || meeting->state != meetings::MeetingState::closed) continue;
    Fact fact{.kind = Kind::statements_closed,
              .stamp = {.at = now, .actor = {.capacity = Capacity::system}, .subject = id}};
    fact.meeting = place;
    out.push_back(act_of_fact(fact));
  }
  return out;
}

std::optional<Instant> ConsultationsDesk::next_due() const {
  return book_.next_due();
}

std::vector<Notice> ConsultationsDesk::notices(const Act& act, record::Seq seq, const Secretariat&) const {
  const auto kind = procedure::kind_named(act.verb());
  const Case* item = book_.find(act.stamp.subject);
  if (!kind || item == nullptr) return {};
  std::string says;
  std::optional<Instant> deadline;
  if (decided_now_) {
    // Annex 1(A), 3 and 4: all are told at once, in writing. Exactly one outcome for each.
    says = item->state == State::broken ? "silence was broken: the decision is not adopted"
           : item->adopted_in_meeting   ? "the decision is adopted: nobody objected in the meeting"
                                        : "silence was kept: the decision is adopted";
  } else {
    switch (*kind) {
      case Kind::opened:
        says = "a draft decision was circulated";
        break;
      case Kind::silence_opened:
        says = (book_.rules_of(*item).parameters.amendment_breaks
                    ? "the text is under silence: an objection or an amendment counts if it arrives before "
                    : "the text is under silence: an objection counts if it arrives before ") +
               said(*item->expires_at, item->expires_zone);
        deadline = item->expires_at;
        break;
      case Kind::extended:
        says = "the silence period is extended until " + said(*item->expires_at, item->expires_zone);
        deadline = item->expires_at;
        break;
      case Kind::hold_placed:
        says = "a member asked for more time: the matter is pending";
        deadline = item->closes_at();
        break;
      case Kind::announced:
        says = "the adoption of the decision was announced";
        break;
      case Kind::issued:
        says = "the decision was issued as " + item->symbol();
        break;
      case Kind::revised:
        says = "a revised text was circulated: " + item->text().mark;
        break;
      case Kind::corrected:
        says = "a correction was issued: " + item->symbol();
        break;
      case Kind::withdrawn:
        says = "the text was withdrawn";
        break;
      case Kind::superseded:
        says = "another consultation takes the place of this one: " + item->superseded_by;
        break;
      default:
        return {};
    }
  }
  std::set<std::string> to(item->entitled.begin(), item->entitled.end());
  to.insert(item->excluded.begin(), item->excluded.end());
  std::vector<Notice> out;
  for (const std::string& each : to)
    out.push_back({.delegation = each,
                   .entry = seq,
                   .at = act.stamp.at,
                   .kind = act.type,
                   .subject = item->id,
                   .title = item->title,
                   .said = says,
                   .deadline = deadline});
  return out;
}

std::vector<Task> ConsultationsDesk::tasks(std::string_view delegation, Instant now,
                                           const Secretariat& secretariat) const {
  std::vector<Task> out;
  for (const auto& [id, item] : book_.all()) {
    const RuleSet& set = book_.rules_of(item);
    Task task{.kind = "consultation", .subject = id, .title = item.title};
    const bool runs = item.state == State::under_silence || item.state == State::on_hold;
    if (runs && item.is_entitled(delegation)) {
      task.deadline = item.closes_at();
      task.zone = item.expires_zone;
      task.said = item.hold_of(delegation) != nullptr ? "your hold ends then: release it or object before"
                  : item.state == State::on_hold ? "the matter is pending: an objection counts before then"
                  : set.parameters.amendment_breaks
                      ? "silence runs: an objection or an amendment counts if it arrives before then"
                      : "silence runs: an objection counts if it arrives before then";
      out.push_back(std::move(task));
      continue;
    }
    const bool desk_of_it = delegation == set.organization || is_chair(item, delegation, now, secretariat);
    if (!desk_of_it) continue;
    if (item.state == State::broken) {
      task.said = "silence was broken: the text is revised, or every objection is withdrawn";
    } else if (item.state == State::adopted && set.parameters.announcement && !item.adopted_in_meeting &&
               !item.announced_at) {
      task.said = "the adoption is announced in the next meeting";
    } else if (delegation == set.organization &&
               (item.state == State::adopted || item.state == State::announced)) {
      task.said = "the decision is issued with its number and attachments";
    } else {
      continue;
    }
    out.push_back(std::move(task));
  }
  return out;
}

}  // namespace mithaq::secretariat
