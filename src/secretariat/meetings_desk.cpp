#include "secretariat/meetings_desk.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "acts/deadline.hpp"
#include "acts/fields.hpp"
#include "base/error.hpp"
#include "base/table.hpp"
#include "base/zone.hpp"
#include "secretariat/secretariat.hpp"

namespace mithaq::secretariat {

namespace {

using acts::Capacity;
using meetings::Body;
using meetings::Fact;
using meetings::Invitee;
using meetings::Meeting;
using meetings::MeetingState;

constexpr std::chrono::hours kUsualLength{3};
constexpr std::chrono::days kTasksAhead{60};  // invitations to later meetings are no task yet

// Who comes may be written as lines of names: "A. Person\nB. Person". Anything else stays as it is, and is
// refused where it does not fit.
nlohmann::json with_names(nlohmann::json fields) {
  const auto found = fields.find("names");
  if (found == fields.end()) return fields;
  std::vector<std::string> names;
  if (found->is_string()) {
    std::string_view rest = found->get_ref<const std::string&>();
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      std::string_view line = rest.substr(0, end);
      while (!line.empty() && (line.back() == ' ' || line.back() == '\r')) line.remove_suffix(1);
      while (!line.empty() && line.front() == ' ') line.remove_prefix(1);
      if (!line.empty()) names.emplace_back(line);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  } else if (found->is_array() && !found->empty() && found->front().is_string()) {
    for (const auto& each : *found)
      names.push_back(each.is_string() ? each.get<std::string>() : std::string());
  } else {
    return fields;
  }
  nlohmann::json persons = nlohmann::json::array();
  for (std::string& each : names) persons.push_back({{"name", std::move(each)}});
  fields["names"] = std::move(persons);
  return fields;
}

Fact read_fact(const Act& act) {
  auto fact = meetings::fact_named(act.verb());
  if (!fact) throw Error(ErrorKind::invalid_input, "there is no act \"" + act.type + "\"");
  const bool registers = std::holds_alternative<meetings::Registered>(*fact);
  const nlohmann::json fields = registers && act.fields.is_object() ? with_names(act.fields) : act.fields;
  std::visit([&](auto& each) { acts::read_fields(fields, each); }, *fact);
  return std::move(*fact);
}

nlohmann::json write_fact(Fact& fact) {
  acts::FieldWriter writer;
  std::visit([&](auto& each) { visit_fields(writer, each); }, fact);
  return writer.json();
}

std::string local_text(const acts::Deadline& deadline) {
  return deadline.local.substr(0, 10) + " " + deadline.local.substr(11, 5) + " (" + deadline.zone + ")";
}

}  // namespace

std::unique_ptr<const MeetingsDesk::Tables> MeetingsDesk::tables_of(const std::filesystem::path& data) {
  auto out = std::make_unique<Tables>();
  out->bodies = meetings::Bodies::load(data);
  out->calendar = meetings::Calendar::load(data, out->bodies);
  out->conduct = meetings::Conduct::load(data);
  const Table states = Table::read(data / "states.tsv");
  std::vector<std::pair<std::string, std::string>> by_french_name;
  for (std::size_t row = 0; row < states.row_count(); ++row) {
    by_french_name.emplace_back(states.cell(row, "fr"), states.cell(row, "id"));
    out->parties.emplace(states.cell(row, "id"), true);
  }
  // Delegations sit in the French alphabetical order; the order of a rotation has the names as they are used
  // there.
  std::sort(by_french_name.begin(), by_french_name.end());
  const Table order = Table::read(data / "meetings" / "rotations.tsv");
  for (std::size_t row = 0; row < order.row_count(); ++row) {
    if (order.cell(row, "rotation") == "OSCE_FSC")
      out->seats.emplace(order.cell(row, "state"), out->seats.size());
  }
  for (const auto& [french, id] : by_french_name) out->seats.emplace(id, out->seats.size());
  const Table organizations = Table::read(data / "organizations.tsv");
  for (std::size_t row = 0; row < organizations.row_count(); ++row)
    out->parties.emplace(organizations.cell(row, "id"), false);
  const Table rule_sets = Table::read(data / "procedure" / "rule_sets.tsv");
  for (std::size_t row = 0; row < rule_sets.row_count(); ++row) {
    acts::Words& names = out->rule_sets[std::string(rule_sets.cell(row, "id"))];
    for (const char* language : {"ar", "en", "ru"}) names[language] = rule_sets.cell(row, language);
  }
  return out;
}

acts::Words MeetingsDesk::rule_set_name(std::string_view id) const {
  const auto found = tables_->rule_sets.find(id);
  return found == tables_->rule_sets.end() ? acts::Words{} : found->second;
}

MeetingsDesk::MeetingsDesk(const std::filesystem::path& data)
    : tables_(tables_of(data)), book_(tables_->bodies, tables_->conduct) {}

meetings::Day MeetingsDesk::day_in(std::string_view body, Instant at) const {
  const Body* found = bodies().find(body);
  const auto zone = Zone::named(found == nullptr ? "UTC" : found->zone);
  return zone->local(at).day;
}

std::vector<meetings::Chair> MeetingsDesk::chairs_of(std::string_view body, Instant at) const {
  const meetings::Day day = day_in(body, at);
  // The latest decision that names a Chair for the day goes before the table.
  const auto& named = book_.named_chairs();
  const auto found = std::find_if(named.rbegin(), named.rend(), [&](const meetings::ChairNamed& each) {
    return each.body == body && each.from <= day && (!each.to.ok() || day < each.to);
  });
  if (found == named.rend()) return bodies().chairs_of(body, day);
  meetings::Chair chair{
      .state = found->state,
      .rule = meetings::ChairRule::named,
      .says = {{"ar", "سُميت بقرار"}, {"en", "named by a decision"}, {"ru", "назначено решением"}},
      .term = {.state = found->state, .from = found->from, .source = found->decision},
      .source = found->decision};
  if (found->to.ok()) chair.term.to = found->to;
  return {chair};
}

std::optional<std::string> MeetingsDesk::chair_of(std::string_view body, Instant at) const {
  const auto chairs = chairs_of(body, at);
  return chairs.empty() ? std::nullopt : std::optional(chairs.front().state);
}

bool MeetingsDesk::is_chair(std::string_view body, std::string_view state, Instant at) const {
  const auto chairs = chairs_of(body, at);
  return std::any_of(chairs.begin(), chairs.end(), [&](const auto& chair) { return chair.state == state; });
}

std::vector<Invitee> MeetingsDesk::invitees(const Body& body, Instant at,
                                            const Secretariat& secretariat) const {
  const Standing& standing = secretariat.standing();
  const meetings::Day day = day_in(body.id, at);
  std::vector<Invitee> out;
  const auto add = [&](const std::vector<std::string>& statuses, bool member) {
    std::vector<Invitee> some;
    for (const std::string& status : statuses) {
      for (const std::string& state : standing.holders({status}, at)) {
        const auto known = [&](const Invitee& each) { return each.delegation == state; };
        if (std::any_of(out.begin(), out.end(), known) || std::any_of(some.begin(), some.end(), known))
          continue;
        const auto since = body.at_table.find(status);
        some.push_back({.delegation = state,
                        .status = status,
                        .member = member,
                        .at_table = member || (since != body.at_table.end() && since->second <= day)});
      }
    }
    const auto seat = [&](const Invitee& each) {
      const auto found = tables_->seats.find(each.delegation);
      return std::pair(found == tables_->seats.end() ? tables_->seats.size() : found->second,
                       each.delegation);
    };
    std::sort(some.begin(), some.end(),
              [&](const Invitee& a, const Invitee& b) { return seat(a) < seat(b); });
    out.insert(out.end(), some.begin(), some.end());
  };
  add(body.members, true);
  add(body.invited, false);
  return out;
}

meetings::Asker MeetingsDesk::asker(const Body& body, std::string_view delegation, Instant at,
                                    const Secretariat& secretariat) const {
  const auto held = secretariat.standing().statuses(delegation, at);
  const auto first_of = [&](const std::vector<std::string>& statuses) {
    const auto found = std::find_if(statuses.begin(), statuses.end(), [&](const std::string& status) {
      return std::binary_search(held.begin(), held.end(), status);
    });
    return found == statuses.end() ? std::string() : *found;
  };
  if (const std::string status = first_of(body.members); !status.empty())
    return {.member = true, .status = status};
  return {.member = false, .status = first_of(body.invited)};
}

// Fills in what the desk itself knows: instants of local times, invitees, symbols.
struct MeetingsDesk::Filling {
  const MeetingsDesk& desk;
  const Secretariat& secretariat;
  acts::Stamp& stamp;
  const Meeting* meeting = nullptr;
  const Body* body = nullptr;  // of the meeting

  using Answer = std::optional<acts::Refusal>;

  // Of one to whom a status or a State belongs; a slip of the pen is no delegation.
  Answer known(const std::string& party) const {
    if (desk.tables_->parties.contains(party)) return std::nullopt;
    return acts::Refusal{.rule = "meetings/fields",
                         .reason = "there is no State or organization \"" + party + "\""};
  }

  Answer times(acts::Deadline& begins, acts::Deadline& ends, const Body& of,
               std::chrono::minutes lasts) const {
    if (begins.zone.empty()) begins.zone = of.zone;
    if (auto no = acts::settle(begins, stamp.at)) return no;
    if (ends.local.empty()) {
      const auto zone = Zone::named(begins.zone);
      ends = {.local = format_local_time(zone->local(begins.at + lasts)),
              .zone = begins.zone,
              .offset = format_offset(zone->offset_minutes(begins.at + lasts)),
              .at = begins.at + lasts};
      return std::nullopt;
    }
    if (ends.zone.empty()) ends.zone = begins.zone;
    return acts::settle(ends, stamp.at);
  }

  Answer operator()(meetings::Planned& fact) {
    body = desk.bodies().find(fact.body);
    if (body == nullptr) return std::nullopt;  // the engine says so
    const meetings::MeetingRule* rule = nullptr;
    if (!fact.rule.empty()) {
      rule = desk.calendar().find(fact.rule);
      if (rule == nullptr || rule->body != fact.body)
        return acts::Refusal{.rule = "meetings/fields",
                             .reason = "this body has no rule \"" + fact.rule + "\""};
    }
    if (fact.title.empty()) fact.title = rule != nullptr ? rule->title : body->names;
    if (fact.place.empty() && rule != nullptr) fact.place = rule->place;
    const std::chrono::minutes lasts =
        rule == nullptr ? std::chrono::minutes(kUsualLength)
                        : rule->lasts + std::chrono::minutes(std::chrono::days(rule->days - 1));
    if (auto no = times(fact.begins, fact.ends, *body, lasts)) return no;
    const auto begins = parse_local_time(fact.begins.local);
    stamp.subject = desk.book_.next_id(*body, begins->day.year());
    return std::nullopt;
  }
  Answer operator()(meetings::Moved& fact) {
    return times(fact.begins, fact.ends, *body,
                 std::chrono::duration_cast<std::chrono::minutes>(meeting->ends.at - meeting->begins.at));
  }
  Answer operator()(meetings::Invited& fact) {
    fact.invitees = desk.invitees(*body, stamp.at, secretariat);
    for (const std::string& each : fact.delegations) {
      if (auto no = known(each)) return no;
      const bool by_status = std::any_of(fact.invitees.begin(), fact.invitees.end(),
                                         [&](const Invitee& invitee) { return invitee.delegation == each; });
      if (!by_status) fact.invitees.push_back({.delegation = each, .decision = fact.decision});
    }
    return std::nullopt;
  }
  Answer operator()(meetings::Inscribed& fact) {
    for (const std::string& each : fact.aligned) {
      if (auto no = known(each)) return no;
    }
    return std::nullopt;
  }
  Answer operator()(meetings::ChairNamed& fact) { return known(fact.state); }
  Answer operator()(meetings::DocumentAdded& fact) {
    if (fact.symbol.empty())
      fact.symbol = desk.book_.next_symbol(*body, desk.day_in(body->id, stamp.at).year());
    if (fact.handling == document::Handling{}) {
      fact.handling = body->handling;
      // OSCE+: for members and those who are invited by their status, whatever the body's papers are
      // otherwise.
      if (fact.restricted) {
        fact.handling.tlp = std::max(fact.handling.tlp, document::Tlp::green);
        for (const auto* statuses : {&body->members, &body->invited}) {
          for (const std::string& status : *statuses) fact.handling.statuses.push_back(status);
        }
        std::sort(fact.handling.statuses.begin(), fact.handling.statuses.end());
        fact.handling.statuses.erase(
            std::unique(fact.handling.statuses.begin(), fact.handling.statuses.end()),
            fact.handling.statuses.end());
      }
    }
    if (fact.title.empty() && fact.speech != 0) {
      const meetings::Item* item = meeting->item(fact.item);
      if (item != nullptr) fact.title = item->title;
    }
    return std::nullopt;
  }
  template <typename Other>
  Answer operator()(Other&) {
    return std::nullopt;
  }
};

Judgement MeetingsDesk::judge(const Act& wanted, const Secretariat& secretariat) const {
  Fact fact = read_fact(wanted);
  Judgement judgement;
  Act act = wanted;
  Filling fill{.desk = *this, .secretariat = secretariat, .stamp = act.stamp};
  const bool plans = std::holds_alternative<meetings::Planned>(fact);
  const bool of_no_meeting = plans || std::holds_alternative<meetings::ChairNamed>(fact);
  if (of_no_meeting) {
    if (!wanted.stamp.subject.empty() && plans)
      throw Error(ErrorKind::invalid_input, "a new meeting gets its id from the program");
  } else {
    fill.meeting = book_.find(wanted.stamp.subject);
    if (fill.meeting == nullptr)
      throw Error(ErrorKind::not_found, "there is no meeting \"" + wanted.stamp.subject + "\"");
    fill.body = bodies().find(fill.meeting->body);
  }
  const acts::Actor& actor = wanted.stamp.actor;
  if (auto refusal = std::visit(fill, fact)) return {.refusal = std::move(refusal)};
  if (const auto* named = std::get_if<meetings::ChairNamed>(&fact)) act.stamp.subject = named->body;

  // Who acts as the Chair is of the State that chairs the body at this instant.
  if (actor.capacity == Capacity::chair && fill.body != nullptr &&
      !is_chair(fill.body->id, actor.delegation, wanted.stamp.at)) {
    const auto chair = chair_of(fill.body->id, wanted.stamp.at);
    return Judgement::refused("meetings/chair_conducts",
                              chair
                                  ? "the Chair of this body is " + *chair + ", and you act for another"
                                  : "no table says who chairs this body now: the secretariat names the Chair",
                              true);
  }
  const meetings::Asker who = fill.body == nullptr
                                  ? meetings::Asker{}
                                  : asker(*fill.body, actor.delegation, wanted.stamp.at, secretariat);
  judgement.refusal = book_.refusal(act.stamp, fact, who);
  if (judgement.refusal) return judgement;
  act.fields = write_fact(fact);
  judgement.acts.push_back(std::move(act));
  return judgement;
}

void MeetingsDesk::enter(const Act& act, record::Seq seq, const Secretariat&) {
  Fact fact;
  try {
    fact = read_fact(act);
  } catch (const Error& error) {
    throw Error(ErrorKind::corrupt, "entry " + std::to_string(seq) + ": " + error.what());
  }
  invited_now_.clear();
  if (const auto* invited = std::get_if<meetings::Invited>(&fact)) {
    const Meeting* meeting = book_.find(act.stamp.subject);
    for (const Invitee& each : invited->invitees) {
      if (meeting != nullptr && meeting->invitee(each.delegation) == nullptr)
        invited_now_.push_back(each.delegation);
    }
  }
  book_.enter(act.stamp, fact);
  history_.add(act.stamp.subject, {.entry = seq, .act = act});
}

std::optional<RuleText> MeetingsDesk::rule(std::string_view id) const {
  const meetings::ConductRule* found = conduct().rule(id);
  if (found == nullptr) return std::nullopt;
  return RuleText{.quote = found->quote, .source = found->source};
}

std::vector<Notice> MeetingsDesk::notices(const Act& act, record::Seq seq, const Secretariat&) const {
  std::vector<Notice> out;
  const Meeting* meeting = book_.find(act.stamp.subject);
  if (meeting == nullptr) return out;
  const auto tell = [&](const std::string& delegation, std::string said, bool register_before) {
    Notice notice{.delegation = delegation,
                  .entry = seq,
                  .at = act.stamp.at,
                  .kind = act.type,
                  .subject = meeting->id,
                  .title = meeting->title,
                  .said = std::move(said)};
    if (register_before) notice.deadline = meeting->begins.at;
    out.push_back(std::move(notice));
  };
  if (act.verb() == meetings::Invited::kVerb) {
    for (const std::string& each : invited_now_) {
      tell(each,
           "you are invited to the meeting on " + local_text(meeting->begins) +
               ": register your delegation before it begins",
           true);
    }
  } else if (act.verb() == meetings::Moved::kVerb) {
    for (const Invitee& each : meeting->invitees)
      tell(each.delegation, "the meeting is now on " + local_text(meeting->begins), true);
  } else if (act.verb() == meetings::Cancelled::kVerb) {
    for (const Invitee& each : meeting->invitees)
      tell(each.delegation, "the meeting on " + local_text(meeting->begins) + " is cancelled", false);
  }
  return out;
}

std::vector<Task> MeetingsDesk::tasks(std::string_view delegation, Instant now, const Secretariat&) const {
  std::vector<Task> out;
  for (const auto& [id, meeting] : book_.meetings()) {
    if (meeting.state != MeetingState::invited || meeting.begins.at <= now ||
        meeting.begins.at > now + kTasksAhead || meeting.invitee(delegation) == nullptr)
      continue;
    const std::string key(delegation);
    out.push_back({.kind = "invitation",
                   .subject = id,
                   .title = meeting.title,
                   .said = "register your delegation before the meeting begins, or decline",
                   .deadline = meeting.begins.at,
                   .zone = meeting.begins.zone,
                   .done = meeting.registered.contains(key) || meeting.declined.contains(key)});
  }
  return out;
}

std::vector<const Meeting*> MeetingsDesk::between(Instant from, Instant to, std::string_view body) const {
  std::vector<const Meeting*> out;
  for (const auto& [id, meeting] : book_.meetings()) {
    if (meeting.ends.at >= from && meeting.begins.at < to && (body.empty() || meeting.body == body))
      out.push_back(&meeting);
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const Meeting* a, const Meeting* b) { return a->begins.at < b->begins.at; });
  return out;
}

}  // namespace mithaq::secretariat
