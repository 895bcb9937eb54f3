#include "secretariat/calls_desk.hpp"

#include <algorithm>
#include <charconv>

#include "acts/deadline.hpp"
#include "base/error.hpp"
#include "base/table.hpp"
#include "base/utf8.hpp"
#include "secretariat/desks.hpp"
#include "secretariat/fact_fields.hpp"
#include "secretariat/secretariat.hpp"

namespace mithaq::secretariat {

using namespace selection;
using acts::Capacity;
using Json = nlohmann::json;

namespace {

// What States do themselves; all else is the secretariat's.
bool is_of_states(const Fact& fact) {
  return std::holds_alternative<Nominated>(fact) || std::holds_alternative<PersonNamed>(fact) ||
         std::holds_alternative<Withdrawn>(fact) || std::holds_alternative<Accepted>(fact) ||
         std::holds_alternative<Declined>(fact) || std::holds_alternative<Reported>(fact);
}

// A deadline that was said in local time becomes the instant that it means; the zone is kept.
std::optional<acts::Refusal> settle_deadline(Json& fields, const char* name, Instant now, bool takes_zone) {
  const auto found = fields.find(name);
  if (found == fields.end() || !found->is_object()) return std::nullopt;
  acts::Deadline deadline;
  acts::read_fields(*found, deadline);
  if (auto refusal = acts::settle(deadline, now)) return refusal;
  *found = format_instant(deadline.at);
  if (takes_zone) fields["zone"] = deadline.zone;
  return std::nullopt;
}

// The fields of a nomination that are about the person go into an act of their own.
PersonNamed take_person(Json& fields) {
  PersonNamed person;
  Json own = Json::object();
  for (const char* name : {"name", "function", "contact"}) {
    if (const auto found = fields.find(name); found != fields.end()) {
      own[name] = *found;
      fields.erase(found);
    }
  }
  acts::read_fields(own, person);
  return person;
}

// By its letters: what a person types in one line is in one language.
const char* language_of(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    if (point.value >= 0x0600 && point.value <= 0x06FF) return "ar";
    if (point.value >= 0x0400 && point.value <= 0x04FF) return "ru";
    at += point.length;
  }
  return "en";
}

// Forms are flat: "reason:need" and "statement:need" are the remarks under the criterion "need", and a
// nomination that was chosen from a list is a text.
void unfold_form(Json& fields) {
  for (const auto& [list, prefix] :
       {std::pair("reasons", std::string("reason:")), {"statements", std::string("statement:")}}) {
    Json remarks = Json::array();
    for (auto each = fields.begin(); each != fields.end();) {
      if (each.key().starts_with(prefix) && each->is_string()) {
        remarks.push_back({{"criterion", each.key().substr(prefix.size())}, {"text", *each}});
        each = fields.erase(each);
      } else {
        ++each;
      }
    }
    if (!remarks.empty() && !fields.contains(list)) fields[list] = std::move(remarks);
  }
  // One status that was chosen, and criteria as a person types them, one a line; their ids are their numbers.
  if (const auto status = fields.find("eligible_statuses"); status != fields.end() && status->is_string())
    *status = Json::array({Json(*status)});
  if (const auto criteria = fields.find("criteria"); criteria != fields.end() && criteria->is_string()) {
    const std::string text = criteria->get<std::string>();
    Json lines = Json::array();
    for (std::size_t at = 0; at < text.size() && lines.size() < 100;) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      std::string line = text.substr(at, end - at);
      if (line.ends_with('\r')) line.pop_back();
      if (!line.empty()) {
        lines.push_back(
            {{"id", "c" + std::to_string(lines.size() + 1)}, {"text", {{language_of(line), line}}}});
      }
      at = end + 1;
    }
    *criteria = std::move(lines);
  }
  const auto found = fields.find("nomination");
  if (found == fields.end() || !found->is_string()) return;
  const std::string text = found->get<std::string>();
  std::int64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec == std::errc() && read.ptr == text.data() + text.size()) *found = number;
}

std::string next_id(const Calls& calls, Instant at) {
  const std::string begin = "CALL-" + format_instant(at).substr(0, 4) + "-";
  for (std::size_t number = 1;; ++number) {
    std::string digits = std::to_string(number);
    digits.insert(0, digits.size() < 3 ? 3 - digits.size() : 0, '0');
    if (calls.find(begin + digits) == nullptr) return begin + digits;
  }
}

Holds holds_at(const Secretariat& secretariat, Instant at) {
  return [&secretariat, at](std::string_view state, std::string_view status) {
    return secretariat.standing().holds(state, status, at);
  };
}

}  // namespace

bool owes_report(const Call& call, const Nomination& nomination) {
  if (!call.said.report_due || nomination.state != State::returned) return false;
  return std::none_of(call.reports.begin(), call.reports.end(), [&](const Report& each) {
    return each.said.nomination == nomination.number && each.said.kind == ReportKind::final;
  });
}

CallsDesk::CallsDesk(const std::filesystem::path& data) : rules_(data / "selection" / "rules.tsv") {}

const Nomination* CallsDesk::nomination(std::string_view named) const {
  const std::size_t slash = named.find('/');
  if (slash == std::string_view::npos) return nullptr;
  const Call* call = calls_.find(named.substr(0, slash));
  const std::string_view digits = named.substr(slash + 1);
  std::int64_t number = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (call == nullptr || read.ec != std::errc() || read.ptr != digits.data() + digits.size()) return nullptr;
  const auto found = call->nominations.find(number);
  return found == call->nominations.end() ? nullptr : &found->second;
}

std::vector<std::string> CallsDesk::eligible(const Call& call, Instant at,
                                             const Secretariat& secretariat) const {
  std::vector<std::string> states = secretariat.standing().holders(call.said.eligible_statuses, at);
  states.insert(states.end(), call.said.eligible_states.begin(), call.said.eligible_states.end());
  std::sort(states.begin(), states.end());
  states.erase(std::unique(states.begin(), states.end()), states.end());
  return states;
}

document::Handling CallsDesk::handling_of(const Call& call) {
  document::Handling handling = call.said.handling;
  if (handling.originator.empty()) handling.originator = call.said.organization;
  if (handling.statuses.empty() && handling.recipients.empty() && handling.tlp == document::Tlp::clear) {
    handling.statuses = call.said.eligible_statuses;
    handling.recipients = call.said.eligible_states;
    std::sort(handling.statuses.begin(), handling.statuses.end());
    std::sort(handling.recipients.begin(), handling.recipients.end());
  }
  return handling;
}

Judgement CallsDesk::judge(const Act& wanted, const Secretariat& secretariat) const {
  Act act = wanted;
  const std::string verb(act.verb());
  Json fields = act.fields.is_null() ? Json::object() : act.fields;
  if (!fields.is_object()) throw Error(ErrorKind::invalid_input, "the fields of an act are an object");
  unfold_form(fields);
  if (verb == "opened" || verb == "extended") {
    if (auto refusal = settle_deadline(fields, "closes", act.stamp.at, verb == "opened"))
      return {.refusal = std::move(refusal)};
    if (auto refusal = settle_deadline(fields, "opens", act.stamp.at, false))
      return {.refusal = std::move(refusal)};
  }
  PersonNamed person;
  if (verb == "nominated") {
    person = take_person(fields);
    fields.erase("nomination");  // the desk gives the number
  }
  act.fields = std::move(fields);
  Fact fact = read_fact<Fact>(act, kVerbs);
  const acts::Actor& actor = act.stamp.actor;
  if (actor.capacity != Capacity::secretariat &&
      (actor.capacity != Capacity::delegation || !is_of_states(fact)))
    return Judgement::refused(
        "call/secretariat_selects",
        "the secretariat issues calls and selects; a State nominates, accepts and reports", true);
  if (const auto* opened = std::get_if<Opened>(&fact)) {
    for (const std::string& status : opened->eligible_statuses)
      if (secretariat.standing().known().find(status) == nullptr)
        throw Error(ErrorKind::invalid_input, "there is no status \"" + status + "\"");
    if (!opened->project.empty()) {
      const fund::Book* book = secretariat.desks().funds.book_of(opened->project);
      if (book == nullptr || !book->projects().contains(opened->project))
        throw Error(ErrorKind::invalid_input, "there is no project \"" + opened->project + "\"");
    }
    if (act.stamp.subject.empty()) act.stamp.subject = next_id(calls_, act.stamp.at);
  }
  if (auto* nominated = std::get_if<Nominated>(&fact)) {
    const Call* call = calls_.find(act.stamp.subject);
    nominated->nomination = call == nullptr ? 1 : call->last_number + 1;
  }
  const Holds holds = holds_at(secretariat, act.stamp.at);
  if (auto refusal = calls_.judge(act.stamp, fact, holds)) return {.refusal = std::move(refusal)};
  act.fields = fields_of(fact);
  Judgement judgement{.acts = {act}};
  if (const auto* nominated = std::get_if<Nominated>(&fact)) {
    if (person.name.empty()) return Judgement::refused("call/person", "a nomination names a person");
    person.nomination = nominated->nomination;
    Act named = act;
    named.type = "call.person_named";
    Fact naming = person;
    named.fields = fields_of(naming);
    judgement.acts.push_back(std::move(named));
  }
  return judgement;
}

void CallsDesk::enter(const Act& act, record::Seq seq, const Secretariat&) {
  const Fact fact = read_fact<Fact>(act, kVerbs);
  if (!calls_.enter(seq, act.stamp, fact)) return;
  HistoryLine line{.entry = seq, .act = act};
  if (std::holds_alternative<PersonNamed>(fact)) line.act.fields = Json::object();
  history_.add(act.stamp.subject, std::move(line));
}

std::optional<RuleText> CallsDesk::rule(std::string_view id) const {
  return rules_.find(id);
}

std::vector<Notice> CallsDesk::notices(const Act& act, record::Seq seq,
                                       const Secretariat& secretariat) const {
  std::vector<Notice> told;
  const Call* call = calls_.find(act.stamp.subject);
  if (call == nullptr) return told;
  const auto tell = [&](const std::string& delegation, const char* said,
                        std::optional<Instant> deadline = {}) {
    told.push_back({.delegation = delegation,
                    .entry = seq,
                    .at = act.stamp.at,
                    .kind = act.type,
                    .subject = call->id,
                    .title = call->said.title,
                    .said = said,
                    .deadline = deadline});
  };
  const Fact fact = read_fact<Fact>(act, kVerbs);
  if (std::holds_alternative<Opened>(fact) || std::holds_alternative<Extended>(fact)) {
    const char* said = std::holds_alternative<Opened>(fact)
                           ? "A call was opened: your State may nominate until the deadline."
                           : "The deadline of the call was moved to a later instant.";
    for (const std::string& state : eligible(*call, act.stamp.at, secretariat))
      tell(state, said, call->closes);
  }
  if (std::holds_alternative<Cancelled>(fact))
    for (const std::string& state : eligible(*call, act.stamp.at, secretariat))
      tell(state, "The call was cancelled.");
  const auto of = [&](std::int64_t number) -> const Nomination* {
    const auto found = call->nominations.find(number);
    return found == call->nominations.end() ? nullptr : &found->second;
  };
  if (const auto* decided = std::get_if<Decided>(&fact)) {
    if (const Nomination* nomination = of(decided->nomination)) {
      tell(nomination->delegation,
           decided->outcome == Outcome::selected ? "Your nominee was selected: accept or decline."
           : decided->outcome == Outcome::reserve
               ? "Your nominee is a reserve; the reasons are stated under each criterion."
               : "Your nominee was not selected; the reasons are stated under each "
                 "criterion.");
    }
  }
  if (const auto* deployed = std::get_if<Deployed>(&fact))
    if (const Nomination* nomination = of(deployed->nomination))
      tell(nomination->delegation, "The deployment of your nominee is recorded.");
  if (const auto* returned = std::get_if<Returned>(&fact))
    if (const Nomination* nomination = of(returned->nomination))
      tell(nomination->delegation, call->said.report_due ? "Your nominee returned: a report is due."
                                                         : "The return of your nominee is recorded.");
  return told;
}

std::vector<Task> CallsDesk::tasks(std::string_view delegation, Instant now,
                                   const Secretariat& secretariat) const {
  std::vector<Task> asked;
  const Holds holds = holds_at(secretariat, now);
  for (const auto& [id, call] : calls_.all()) {
    if (call.cancelled) continue;
    bool nominated = false;
    for (const auto& [unused, nomination] : call.nominations) {
      if (nomination.delegation != delegation) continue;
      nominated = nominated || nomination.state != State::withdrawn;
      if (nomination.state == State::selected)
        asked.push_back({.kind = "selection",
                         .subject = id,
                         .title = call.said.title,
                         .said = "Accept or decline the place of your nominee."});
      if (owes_report(call, nomination))
        asked.push_back({.kind = "report",
                         .subject = id,
                         .title = call.said.title,
                         .said = "Report on the stay of your nominee."});
    }
    if (call.takes(now) && selection::eligible(call.said, delegation, holds))
      asked.push_back({.kind = "nomination",
                       .subject = id,
                       .title = call.said.title,
                       .said = "Your State may nominate.",
                       .deadline = call.closes,
                       .zone = call.said.zone,
                       .done = nominated});
  }
  return asked;
}

}  // namespace mithaq::secretariat
