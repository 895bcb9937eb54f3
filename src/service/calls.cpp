#include "service/calls.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/zone.hpp"
#include "secretariat/desks.hpp"
#include "secretariat/secretariat.hpp"
#include "service/convening_view.hpp"

namespace mithaq::service {

namespace {

using Json = nlohmann::ordered_json;
using secretariat::CallsDesk;
using secretariat::Secretariat;
using selection::Call;
using selection::Kind;
using selection::Nomination;
using selection::Outcome;
using selection::State;

// Everything that one answer is made from.
struct View : ConveningView {
  const CallsDesk& desk = state.desks().calls;

  // Names, reasons and single nominations.
  bool knows(const std::string& delegation) const {
    return reader.asker.secretariat || (!delegation.empty() && reader.asker.party == delegation);
  }
  selection::Holds holds() const {
    return [this](std::string_view delegation, std::string_view status) {
      return state.standing().holds(delegation, status, now);
    };
  }
};

std::string_view state_words(State state) {
  switch (state) {
    case State::nominated:
      return "Nominated";
    case State::withdrawn:
      return "Withdrawn";
    case State::selected:
      return "Selected";
    case State::reserve:
      return "Reserve";
    case State::not_selected:
      return "Not selected";
    case State::accepted:
      return "Accepted";
    case State::declined:
      return "Declined";
    case State::deployed:
      return "Deployed";
    case State::returned:
      return "Returned";
  }
  return "";
}

std::string_view act_words(std::string_view verb) {
  static const std::map<std::string_view, std::string_view> kWords = {
      {"opened", "The call was opened"},          {"extended", "The deadline was moved to a later instant"},
      {"cancelled", "The call was cancelled"},    {"nominated", "Nominated"},
      {"person_named", "The nominee was named"},  {"withdrawn", "The nomination was withdrawn"},
      {"decided", "A nomination was decided on"}, {"accepted", "The place was accepted"},
      {"declined", "The place was declined"},     {"deployed", "The nominee was deployed"},
      {"returned", "The nominee returned"},       {"reported", "Reported"}};
  const auto found = kWords.find(verb);
  return found == kWords.end() ? verb : found->second;
}

struct Stage {
  const char* id;
  const char* words;
};
Stage stage_of(const Call& call, Instant now) {
  if (call.cancelled) return {"cancelled", "Cancelled"};
  if (now < call.said.opens) return {"opens", "Not open yet"};
  if (now < call.closes) return {"open", "Open for nominations"};
  const bool decided = std::any_of(call.nominations.begin(), call.nominations.end(), [](const auto& each) {
    return each.second.state != State::nominated && each.second.state != State::withdrawn;
  });
  return decided ? Stage{"decided", "Decided"} : Stage{"closed", "Closed for nominations"};
}

std::size_t standing_count(const Call& call) {
  return static_cast<std::size_t>(
      std::count_if(call.nominations.begin(), call.nominations.end(),
                    [](const auto& each) { return each.second.state != State::withdrawn; }));
}

// What the clock in the zone of the deadline shows.
Json local_json(const Call& call) {
  const auto zone = Zone::named(call.said.zone.empty() ? "UTC" : call.said.zone);
  if (!zone) return nullptr;
  return {{"zone", zone->name()},
          {"local", format_local_time(zone->local(call.closes))},
          {"offset", format_offset(zone->offset_minutes(call.closes))}};
}

Json row_json(const View& view, const Call& call) {
  const Stage stage = stage_of(call, view.now);
  return {{"id", call.id},
          {"kind", names_of(call.said.kind)[static_cast<std::size_t>(call.said.kind)]},
          {"kind_name", view.say(call_kind_words(call.said.kind))},
          {"title", view.words(call.said.title)},
          {"opens", format_instant(std::max(call.said.opens, call.at))},
          {"closes", format_instant(call.closes)},
          {"closes_local", local_json(call)},
          {"places", call.said.places},
          {"taken", call.taken()},
          {"state", stage.id},
          {"state_name", view.say(stage.words)},
          {"mission", nullptr},
          {"place", call.said.place},
          {"nominated", standing_count(call)}};
}

std::string text_under(const std::vector<selection::Remark>& remarks, const std::string& criterion) {
  for (const selection::Remark& each : remarks)
    if (each.criterion == criterion) return each.text;
  return "";
}

Json nomination_json(const View& view, const Call& call, const Nomination& nomination) {
  Json criteria = Json::array(), deployments = Json::array();
  for (const selection::Criterion& each : call.said.criteria)
    criteria.push_back({{"id", each.id},
                        {"name", view.words(each.text)},
                        {"met", nullptr},
                        {"said", text_under(nomination.said.statements, each.id)},
                        {"reason", text_under(nomination.reasons, each.id)}});
  for (const selection::Deployment& each : nomination.deployments)
    deployments.push_back({{"from", format_day(each.said.from)},
                           {"to", format_day(each.said.to)},
                           {"place", each.said.place},
                           {"duty", each.said.duty},
                           {"returned", each.returned.ok() ? Json(format_day(each.returned)) : Json()}});
  return {{"id", call.id + "/" + std::to_string(nomination.number)},
          {"number", nomination.number},
          {"delegation", view.named(nomination.delegation)},
          {"person", nomination.person.name},
          {"function", nomination.person.function},
          {"person_entry", nomination.person_entry == 0 ? Json() : Json(nomination.person_entry)},
          {"at", format_instant(nomination.at)},
          {"state", names_of(nomination.state)[static_cast<std::size_t>(nomination.state)]},
          {"state_name", view.say(state_words(nomination.state))},
          {"reserve_order", nomination.state == State::reserve ? Json(nomination.reserve_order) : Json()},
          {"preference", nomination.said.preference},
          {"documents", nomination.said.documents},
          {"criteria", criteria},
          {"deployments", deployments}};
}

FormField field(const char* name, const char* kind, const char* label, bool required = true,
                std::vector<FormChoice> choices = {}, const char* hint = "") {
  return {.name = name,
          .kind = kind,
          .label = label,
          .required = required,
          .choices = std::move(choices),
          .hint = hint};
}

// A text for each criterion; its label is the criterion's own words, which need no line in data/messages.tsv.
void add_criteria(const View& view, const Call& call, const std::string& prefix, bool required,
                  std::vector<FormField>& fields) {
  for (const selection::Criterion& each : call.said.criteria)
    fields.push_back(
        {.name = prefix + each.id, .kind = "text", .label = view.words(each.text), .required = required});
}

template <typename Which>
std::vector<FormChoice> nominations_where(const View& view, const Call& call, const Which& which) {
  std::vector<FormChoice> out;
  for (const auto& [number, each] : call.nominations) {
    if (!view.knows(each.delegation) || !which(each)) continue;
    const std::string person = each.person.name.empty() ? "" : " · " + each.person.name;
    out.push_back({std::to_string(number), std::to_string(number) + " · " +
                                               view.workspace.name_of(each.delegation, view.reader.language) +
                                               person});
  }
  return out;
}

std::vector<ActForm> forms_of_call(const View& view, const Call& call) {
  std::vector<ActForm> out;
  const Asker& asker = view.reader.asker;
  if (!asker.acts || call.cancelled) return out;
  const acts::Capacity own = asker.secretariat ? acts::Capacity::secretariat : acts::Capacity::delegation;
  const auto about = [&](const char* type, const char* says, auto which, std::vector<FormField> more,
                         acts::Capacity capacity) {
    std::vector<FormChoice> choices = nominations_where(view, call, which);
    if (choices.empty()) return;
    std::vector<FormField> fields = {field("nomination", "choice", "Nomination", true, std::move(choices))};
    for (FormField& each : more) fields.push_back(std::move(each));
    out.push_back({.type = type, .says = says, .fields = std::move(fields), .capacity = capacity});
  };
  if (!asker.secretariat && !asker.party.empty() && call.takes(view.now) &&
      selection::eligible(call.said, asker.party, view.holds())) {
    std::vector<FormField> fields = {field("name", "text", "Name of the person"),
                                     field("function", "text", "Function", false),
                                     field("contact", "text", "How the person is reached", false)};
    add_criteria(view, call, "statement:", false, fields);
    out.push_back({.type = "call.nominated", .says = "Nominate", .fields = std::move(fields)});
  }
  about(
      "call.withdrawn", "Withdraw a nomination",
      [](const Nomination& each) {
        return each.state == State::nominated || each.state == State::selected ||
               each.state == State::reserve || each.state == State::accepted;
      },
      {field("reason", "text", "Why", false)}, own);
  about(
      "call.accepted", "Accept the place",
      [](const Nomination& each) { return each.state == State::selected; }, {}, own);
  about(
      "call.declined", "Decline the place",
      [](const Nomination& each) { return each.state == State::selected || each.state == State::reserve; },
      {field("reason", "text", "Why", false)}, own);
  about(
      "call.reported", "Report",
      [](const Nomination& each) { return each.state == State::deployed || each.state == State::returned; },
      {field("kind", "choice", "Kind of report", true,
             {{"interim", view.say("Interim report")}, {"final", view.say("Final report")}}),
       field("text", "words", "Report")},
      own);
  if (!asker.secretariat) return out;
  if (view.now >= call.closes) {
    std::vector<FormField> more = {field("outcome", "choice", "Outcome", true,
                                         {{"selected", view.say("Selected")},
                                          {"reserve", view.say("Reserve")},
                                          {"not_selected", view.say("Not selected")}}),
                                   field("reserve_order", "number", "Order among the reserves", false)};
    add_criteria(view, call, "reason:", true, more);
    about(
        "call.decided", "Decide on a nomination",
        [](const Nomination& each) {
          return each.state == State::nominated || each.state == State::reserve ||
                 each.state == State::not_selected || each.state == State::selected;
        },
        std::move(more), acts::Capacity::secretariat);
  }
  const bool roster = call.said.roster_until.ok();
  about(
      "call.deployed", "Deploy",
      [&](const Nomination& each) {
        return each.state == State::accepted || (roster && each.state == State::returned);
      },
      {field("from", "day", "First day"), field("to", "day", "Last day"), field("place", "text", "Place"),
       field("duty", "text", "Duty")},
      acts::Capacity::secretariat);
  about(
      "call.returned", "Enter a return", [](const Nomination& each) { return each.state == State::deployed; },
      {field("day", "day", "Day"), field("reason", "text", "Why", false)}, acts::Capacity::secretariat);
  out.push_back({.type = "call.extended",
                 .says = "Move the deadline to a later instant",
                 .fields = {field("closes", "deadline", "Deadline"), field("reason", "words", "Why")},
                 .capacity = acts::Capacity::secretariat});
  out.push_back({.type = "call.cancelled",
                 .says = "Cancel the call",
                 .fields = {field("reason", "words", "Why")},
                 .capacity = acts::Capacity::secretariat});
  return out;
}

Json history_json(const View& view, const Call& call) {
  Json out = Json::array();
  for (const secretariat::HistoryLine& line : view.desk.history(call.id)) {
    const acts::Actor& actor = line.act.stamp.actor;
    // What one State does about its nominees is not told to others.
    if (!actor.delegation.empty() && !view.knows(actor.delegation)) continue;
    if (line.act.verb() == "decided" && !view.reader.asker.secretariat) {
      const auto found = call.nominations.find(line.act.fields.value("nomination", std::int64_t{0}));
      if (found == call.nominations.end() || !view.knows(found->second.delegation)) continue;
    }
    out.push_back(view.happened(line, std::string(act_words(line.act.verb()))));
  }
  return out;
}

Json full_json(const View& view, const Call& call) {
  Json out = row_json(view, call);
  out["description"] = view.words(call.said.description);
  out["organization"] = call.said.organization.empty() ? Json() : view.named(call.said.organization);
  out["project"] = call.said.project.empty() ? Json() : Json(call.said.project);
  out["roster_until"] = call.said.roster_until.ok() ? Json(format_day(call.said.roster_until)) : Json();
  out["from"] = call.said.starts.ok() ? Json(format_day(call.said.starts)) : Json();
  out["to"] = call.said.ends.ok() ? Json(format_day(call.said.ends)) : Json();
  Json criteria = Json::array(), nominations = Json::array(), selected = Json::array(),
       reports = Json::array(), eligible = Json::array(), documents = Json::array(), statuses = Json::array();
  for (const selection::Criterion& each : call.said.criteria)
    criteria.push_back({{"id", each.id}, {"name", view.words(each.text)}});
  for (const selection::Asked& each : call.said.documents) documents.push_back(view.words(each.title));
  for (const std::string& each : call.said.eligible_statuses) {
    const access::Status* status = view.state.standing().known().find(each);
    const auto name = status == nullptr
                          ? std::map<std::string, std::string>::const_iterator{}
                          : status->names.find(std::string(language_code(view.reader.language)));
    statuses.push_back(
        {{"id", each}, {"name", status == nullptr || name == status->names.end() ? each : name->second}});
  }
  for (const std::string& each : call.said.eligible_states) eligible.push_back(view.named(each));
  for (const auto& [unused, each] : call.nominations) {
    const bool knows = view.knows(each.delegation);
    if (knows) nominations.push_back(nomination_json(view, call, each));
    if (each.state != State::selected && each.state != State::accepted && each.state != State::deployed &&
        each.state != State::returned)
      continue;
    std::string reason;
    for (const selection::Remark& remark : each.reasons) reason += (reason.empty() ? "" : "\n") + remark.text;
    Json one = {{"delegation", view.named(each.delegation)},
                {"person", knows ? each.person.name : ""},
                {"reason", knows ? reason : ""}};
    if (!each.deployments.empty()) {
      const selection::Deployed& last = each.deployments.back().said;
      one["from"] = format_day(last.from);
      one["to"] = format_day(last.to);
      one["place"] = last.place;
    }
    selected.push_back(std::move(one));
  }
  for (const selection::Report& each : call.reports) {
    const auto about = call.nominations.find(each.said.nomination);
    const std::string delegation =
        about == call.nominations.end() ? each.actor.delegation : about->second.delegation;
    if (!delegation.empty() && !view.knows(delegation)) continue;
    const std::string& whose = delegation.empty() ? call.said.organization : delegation;
    reports.push_back({{"delegation", view.named(whose)},
                       {"at", format_instant(each.at)},
                       {"kind", names_of(each.said.kind)[static_cast<std::size_t>(each.said.kind)]},
                       {"text", view.words(each.said.text)},
                       {"entry", each.entry}});
  }
  out["criteria"] = std::move(criteria);
  out["documents"] = std::move(documents);
  out["eligible_statuses"] = std::move(statuses);
  out["eligible_states"] = std::move(eligible);
  out["nominations"] = std::move(nominations);
  out["selected"] = std::move(selected);
  out["reports"] = std::move(reports);
  out["history"] = history_json(view, call);
  out["can"] = forms_json(forms_of_call(view, call), view.reader.say);
  return out;
}

std::vector<ActForm> forms_of_list(const View& view) {
  if (!view.reader.asker.acts || !view.reader.asker.secretariat) return {};
  std::vector<FormChoice> kinds, statuses, projects;
  for (std::size_t each = 0; each < names_of(Kind{}).size(); ++each)
    kinds.push_back(
        {std::string(names_of(Kind{})[each]), view.say(call_kind_words(static_cast<Kind>(each)))});
  for (const access::Status& each : view.state.standing().known().all()) {
    const auto name = each.names.find(std::string(language_code(view.reader.language)));
    if (!each.organization.empty())
      statuses.push_back({each.id, name == each.names.end() ? each.id : name->second});
  }
  for (const auto& [unused, book] : view.state.desks().funds.books())
    for (const auto& [id, project] : book.projects())
      if (!project.closed) projects.push_back({id, id + " · " + view.words(project.said.title)});
  ActForm form{
      .type = "call.opened",
      .says = "Open a call",
      .fields = {field("kind", "choice", "Kind", true, std::move(kinds)), field("title", "words", "Title"),
                 field("description", "words", "Description", false), field("closes", "deadline", "Deadline"),
                 field("places", "number", "Places"),
                 field("per_state", "number", "Nominations of one State", false),
                 field("eligible_statuses", "choice", "Status that may nominate", false, std::move(statuses)),
                 field("eligible_states", "states", "States that may nominate beside", false),
                 field("criteria", "text", "Criteria, one a line", true)},
      .capacity = acts::Capacity::secretariat};
  if (!projects.empty())
    form.fields.push_back(field("project", "choice", "Project that pays", false, std::move(projects)));
  return {form};
}

}  // namespace

std::string_view call_kind_words(Kind kind) {
  switch (kind) {
    case Kind::sponsorship:
      return "Sponsored participants";
    case Kind::placement:
      return "Placement of young diplomats";
    case Kind::field_secondment:
      return "Secondment to a field mission";
    case Kind::election_secondment:
      return "Secondment to election observation";
  }
  return "";
}

Json calls_json(Workspace& workspace, const CallsQuestion& question, const ConveningReader& reader) {
  const auto kinds = names_of(Kind{});
  if (!question.kind.empty() && std::find(kinds.begin(), kinds.end(), question.kind) == kinds.end())
    throw Error(ErrorKind::invalid_input, "there is no kind of call \"" + question.kind + "\"");
  static constexpr std::string_view kStages[] = {"opens", "open", "closed", "decided", "cancelled"};
  if (!question.state.empty() &&
      std::find(std::begin(kStages), std::end(kStages), question.state) == std::end(kStages))
    throw Error(ErrorKind::invalid_input, "a call is opens, open, closed, decided or cancelled");
  return view_now<View>(workspace, reader, [&](const View& view) -> Json {
    std::vector<const Call*> shown;
    for (const auto& [unused, call] : view.desk.calls().all()) {
      if (!question.kind.empty() && kinds[static_cast<std::size_t>(call.said.kind)] != question.kind)
        continue;
      if (!question.state.empty() && question.state != stage_of(call, view.now).id) continue;
      if (reader.asker.secretariat || reader.sees(view.desk.handling_of(call))) shown.push_back(&call);
    }
    // Those that are open by their deadline, then the others, the newest first.
    std::stable_sort(shown.begin(), shown.end(), [&](const Call* a, const Call* b) {
      const bool a_ahead = a->closes > view.now, b_ahead = b->closes > view.now;
      if (a_ahead != b_ahead) return a_ahead;
      return a_ahead ? a->closes < b->closes : a->closes > b->closes;
    });
    Json rows = Json::array();
    for (const Call* each : shown) rows.push_back(row_json(view, *each));
    return {{"calls", rows}, {"can", forms_json(forms_of_list(view), reader.say)}};
  });
}

Json call_json(Workspace& workspace, const std::string& call, const ConveningReader& reader) {
  return view_now<View>(workspace, reader, [&](const View& view) -> Json {
    const Call* found = view.desk.calls().find(call);
    if (found == nullptr || (!reader.asker.secretariat && !reader.sees(view.desk.handling_of(*found))))
      throw Error(ErrorKind::not_found, "there is no call \"" + call + "\"");
    return full_json(view, *found);
  });
}

Json roster_json(Workspace& workspace, Kind kind, std::chrono::sys_days day, const ConveningReader& reader) {
  return view_now<View>(workspace, reader, [&](const View& view) -> Json {
    Json rows = Json::array();
    for (const selection::RosterLine& each : view.desk.calls().roster(kind, day)) {
      if (!view.knows(each.nomination->delegation)) continue;
      rows.push_back({{"call", each.call->id},
                      {"nomination", each.call->id + "/" + std::to_string(each.nomination->number)},
                      {"delegation", view.named(each.nomination->delegation)},
                      {"person", each.nomination->person.name},
                      {"deployed", each.deployed},
                      {"until", format_day(each.call->said.roster_until)}});
    }
    return {{"roster", rows}};
  });
}

}  // namespace mithaq::service
