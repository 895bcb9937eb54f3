#include "service/secondments.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "base/error.hpp"
#include "base/fold.hpp"
#include "secretariat/desks.hpp"
#include "service/convening_view.hpp"
#include "service/json_rows.hpp"

namespace mithaq::service {

namespace {

using missions::Mission;
using missions::Numbers;
using secretariat::Secretariat;
using Json = nlohmann::ordered_json;

template <typename Enum>
std::string name_in(Enum value) {
  return std::string(names_of(value)[static_cast<std::size_t>(value)]);
}

// Everything that one answer is made from.
struct Look : ConveningView {
  const secretariat::MissionsDesk& desk = state.desks().missions;
  const secretariat::CallsDesk& calls = state.desks().calls;

  std::chrono::sys_days today() const { return std::chrono::floor<std::chrono::days>(now); }
  bool sees(const Mission& mission) const {
    return reader.asker.secretariat || reader.sees(mission.said.handling);
  }
};

Json numbers_json(missions::Kind kind, const Numbers& numbers) {
  if (kind == missions::Kind::field) return {{"staff", numbers.staff}};
  return {{"long_term", numbers.long_term}, {"short_term", numbers.short_term}};
}

Json day_or_null(missions::Day day) {
  return day.ok() ? Json(format_day(day)) : Json();
}

const char* kind_words(missions::Kind kind) {
  return kind == missions::Kind::election ? "Election observation mission" : "Field operation";
}

// Where a mission is on a day: "closed", "planned", "under way" or "over".
std::pair<const char*, const char*> state_of(const Look& look, const Mission& mission) {
  if (mission.closed) return {"closed", "Closed"};
  if (look.today() < std::chrono::sys_days(mission.said.from)) return {"planned", "Planned"};
  if (look.today() > std::chrono::sys_days(mission.to)) return {"over", "Over"};
  return {"under_way", "Under way"};
}

// The calls for people of a mission: their place is its id.
std::vector<const selection::Call*> calls_of(const Look& look, const std::string& mission) {
  std::vector<const selection::Call*> out;
  for (const auto& [id, call] : look.calls.calls().all()) {
    if (call.said.place == mission) out.push_back(&call);
  }
  return out;
}

// Whether somebody is where a deployment sent them on a day.
bool is_there(const selection::Deployment& deployment, std::chrono::sys_days day) {
  const selection::Day last = deployment.returned.ok() ? deployment.returned : deployment.said.to;
  return deployment.said.from.ok() && last.ok() && day >= std::chrono::sys_days(deployment.said.from) &&
         day <= std::chrono::sys_days(last);
}

int deployed_now(const Look& look, const std::string& mission) {
  int out = 0;
  for (const selection::Call* call : calls_of(look, mission)) {
    for (const auto& [number, nomination] : call->nominations) {
      out += std::any_of(nomination.deployments.begin(), nomination.deployments.end(),
                         [&](const auto& each) { return is_there(each, look.today()); });
    }
  }
  return out;
}

bool may_second(const Look& look, const Mission& mission) {
  const std::string& party = look.reader.asker.party;
  const missions::Rule* rule = look.desk.rules().find(mission.said.kind, missions::Measure::seconding);
  if (party.empty() || rule == nullptr) return false;
  if (mission.said.kind == missions::Kind::election && party == mission.said.country) return false;
  return std::any_of(rule->statuses.begin(), rule->statuses.end(), [&](const std::string& status) {
    return look.state.standing().holds(party, status, look.now);
  });
}

std::vector<FormField> number_fields(missions::Kind kind) {
  if (kind == missions::Kind::field) return {{.name = "staff", .kind = "number", .label = "Staff"}};
  return {{.name = "long_term", .kind = "number", .label = "Long-term observers"},
          {.name = "short_term", .kind = "number", .label = "Short-term observers"}};
}

// The organizations whose States are known.
FormField organization_field(const Look& look) {
  FormField out{.name = "organization", .kind = "choice", .label = "Organization", .required = true};
  std::set<std::string> ids;
  for (const auto& spell : look.state.standing().by_register().spells()) ids.insert(spell.organization);
  for (const std::string& id : ids)
    out.choices.push_back({.id = id, .name = look.workspace.name_of(id, look.reader.language)});
  return out;
}

std::vector<ActForm> mission_forms(const Look& look, const Mission& mission) {
  std::vector<ActForm> out;
  if (!look.reader.asker.acts || mission.closed) return out;
  const missions::Kind kind = mission.said.kind;
  if (may_second(look, mission)) {
    ActForm pledge{
        .type = "mission.pledged", .says = "Say how many you will second", .fields = number_fields(kind)};
    pledge.fields.push_back({.name = "note", .kind = "text", .label = "Note"});
    out.push_back(std::move(pledge));
  }
  if (!look.reader.asker.secretariat) return out;
  constexpr auto kSecretariat = acts::Capacity::secretariat;
  ActForm change{.type = "mission.changed",
                 .says = "Change what is asked for",
                 .fields = number_fields(kind),
                 .capacity = kSecretariat};
  change.fields.push_back({.name = "to", .kind = "day", .label = "Last day"});
  change.fields.push_back({.name = "reason", .kind = "words", .label = "Why"});
  out.push_back(std::move(change));
  out.push_back({.type = "mission.joined",
                 .says = "Another organization joins",
                 .fields = {organization_field(look),
                            {.name = "paper", .kind = "text", .label = "Symbol of the paper"}},
                 .capacity = kSecretariat});
  if (mission.organizations.size() > 1) {
    FormField which{.name = "organization", .kind = "choice", .label = "Organization", .required = true};
    for (const std::string& each : mission.organizations)
      which.choices.push_back({.id = each, .name = look.workspace.name_of(each, look.reader.language)});
    out.push_back({.type = "mission.left",
                   .says = "An organization leaves",
                   .fields = {which, {.name = "reason", .kind = "text", .label = "Why"}},
                   .capacity = kSecretariat});
  }
  out.push_back({.type = "mission.closed",
                 .says = "Close the mission",
                 .fields = {{.name = "report", .kind = "text", .label = "Symbol of the paper"},
                            {.name = "note", .kind = "text", .label = "Note"}},
                 .capacity = kSecretariat});
  return out;
}

std::vector<ActForm> opening_forms(const Look& look) {
  if (!look.reader.asker.acts || !look.reader.asker.secretariat) return {};
  FormField kinds{.name = "kind", .kind = "choice", .label = "Kind", .required = true};
  for (const missions::Kind each : {missions::Kind::election, missions::Kind::field})
    kinds.choices.push_back({.id = name_in(each), .name = look.say(kind_words(each))});
  FormField country{.name = "country", .kind = "choice", .label = "Country", .required = true};
  std::set<std::string> states;
  for (const auto& spell : look.state.standing().by_register().spells()) states.insert(spell.state);
  for (const std::string& id : states)
    country.choices.push_back({.id = id, .name = look.workspace.name_of(id, look.reader.language)});
  return {{.type = "mission.opened",
           .says = "Open a mission",
           .fields = {kinds,
                      {.name = "title", .kind = "words", .label = "Title", .required = true},
                      country,
                      organization_field(look),
                      {.name = "from", .kind = "day", .label = "First day", .required = true},
                      {.name = "to", .kind = "day", .label = "Last day", .required = true},
                      {.name = "election_day", .kind = "day", .label = "Election day"},
                      {.name = "long_term", .kind = "number", .label = "Long-term observers"},
                      {.name = "short_term", .kind = "number", .label = "Short-term observers"},
                      {.name = "staff", .kind = "number", .label = "Staff"}},
           .capacity = acts::Capacity::secretariat}};
}

Json mission_row(const Look& look, const Mission& mission) {
  const auto [state, state_words] = state_of(look, mission);
  Json calls = Json::array();
  for (const selection::Call* call : calls_of(look, mission.id))
    calls.push_back({{"id", call->id}, {"title", look.words(call->said.title)}});
  return {{"id", mission.id},
          {"kind", name_in(mission.said.kind)},
          {"kind_name", look.say(kind_words(mission.said.kind))},
          {"title", look.words(mission.said.title)},
          {"country", look.named(mission.said.country)},
          {"organizations", look.all_named(mission.organizations)},
          {"joint", mission.organizations.size() > 1},
          {"from", format_day(mission.said.from)},
          {"to", format_day(mission.to)},
          {"election_day", day_or_null(mission.said.election_day)},
          {"state", state},
          {"state_name", look.say(state_words)},
          {"asked", numbers_json(mission.said.kind, mission.asked)},
          {"pledged", numbers_json(mission.said.kind, mission.pledged())},
          {"still_asked", numbers_json(mission.said.kind, mission.still_asked())},
          {"deployed", deployed_now(look, mission.id)},
          {"calls", std::move(calls)}};
}

std::string act_words(std::string_view verb) {
  if (verb == "opened") return "The mission was opened";
  if (verb == "changed") return "What the mission asks for was changed";
  if (verb == "joined") return "An organization joined the mission";
  if (verb == "left") return "An organization left the mission";
  if (verb == "pledged") return "A State said how many it will second";
  if (verb == "closed") return "The mission was closed";
  return std::string(verb);
}

// What was said of a nominee under a criterion.
std::string said_under(const selection::Nomination& nomination, std::string_view criterion) {
  for (const selection::Remark& each : nomination.said.statements)
    if (each.criterion == criterion) return each.text;
  return "";
}

bool holds_words(const std::string& text, const std::string& wanted) {
  return wanted.empty() || fold(text).find(fold(wanted)) != std::string::npos;
}

}  // namespace

Json missions_json(Workspace& workspace, const ConveningReader& reader) {
  return view_now<Look>(workspace, reader, [&](const Look& look) {
    std::vector<const Mission*> all;
    for (const auto& [id, mission] : look.desk.book().all())
      if (look.sees(mission)) all.push_back(&mission);
    std::stable_sort(all.begin(), all.end(),
                     [](const Mission* a, const Mission* b) { return a->said.from > b->said.from; });
    Json out = Json::array();
    for (const Mission* each : all) out.push_back(mission_row(look, *each));
    return Json{{"missions", std::move(out)}, {"can", forms_json(opening_forms(look), reader.say)}};
  });
}

Json mission_json(Workspace& workspace, const std::string& id, const ConveningReader& reader) {
  return view_now<Look>(workspace, reader, [&](const Look& look) {
    const Mission* mission = look.desk.book().find(id);
    if (mission == nullptr || !look.sees(*mission))
      throw Error(ErrorKind::not_found, "there is no mission \"" + id + "\"");
    const missions::Kind kind = mission->said.kind;
    Json out = mission_row(look, *mission);
    out["invitation"] = mission->said.invitation;
    out["languages"] = mission->said.languages;
    out["regions"] = mission->said.regions;
    out["handling"] = handling_json(mission->said.handling);
    out["most_of_one_state"] =
        numbers_json(kind, missions::most_of_one_state(look.desk.rules(), kind, mission->asked));
    Json rules = Json::array();
    for (const missions::Rule& rule : look.desk.rules().all()) {
      if (rule.kind == kind)
        rules.push_back({{"id", rule.id},
                         {"says", look.words(rule.says)},
                         {"quote", rule.quote},
                         {"source", rule.source}});
    }
    out["rules"] = std::move(rules);
    Json pledges = Json::array();
    for (const auto& [state, pledge] : mission->pledges)
      pledges.push_back({{"state", look.named(state)},
                         {"numbers", numbers_json(kind, pledge.numbers)},
                         {"note", pledge.note},
                         {"at", format_instant(pledge.at)}});
    out["pledges"] = std::move(pledges);
    Json deployments = Json::array();
    for (const selection::Call* call : calls_of(look, id)) {
      for (const auto& [number, nomination] : call->nominations) {
        for (const selection::Deployment& each : nomination.deployments)
          deployments.push_back({{"call", call->id},
                                 {"nomination", number},
                                 {"delegation", look.named(nomination.delegation)},
                                 {"from", day_or_null(each.said.from)},
                                 {"to", day_or_null(each.said.to)},
                                 {"returned", day_or_null(each.returned)},
                                 {"place", each.said.place},
                                 {"duty", each.said.duty},
                                 {"there", is_there(each, look.today())}});
      }
    }
    out["deployments"] = std::move(deployments);
    out["closed"] = mission->closed ? Json{{"at", format_instant(mission->closed_at)},
                                           {"report", mission->closed->report},
                                           {"note", mission->closed->note}}
                                    : Json();
    Json history = Json::array();
    for (const auto& line : look.desk.history(id)) {
      history.push_back(look.happened(line, std::string(act_words(line.act.verb()))));
    }
    out["history"] = std::move(history);
    out["can"] = forms_json(mission_forms(look, *mission), reader.say);
    return out;
  });
}

Json roster_json(Workspace& workspace, const RosterQuestion& question, const ConveningReader& reader) {
  if (question.kind != "election" && question.kind != "field")
    throw Error(ErrorKind::invalid_input, "the kind is election or field");
  const auto kind =
      question.kind == "field" ? selection::Kind::field_secondment : selection::Kind::election_secondment;
  return view_now<Look>(workspace, reader, [&](const Look& look) {
    std::chrono::sys_days day = look.today();
    if (!question.day.empty()) {
      const auto given = parse_day(question.day);
      if (!given)
        throw Error(ErrorKind::invalid_input, "\"" + question.day + "\" is no day, e.g. 2026-03-29");
      day = *given;
    }
    Json out = Json::array();
    for (const selection::RosterLine& line : look.calls.calls().roster(kind, day)) {
      const std::string& delegation = line.nomination->delegation;
      const bool shown = reader.asker.secretariat || delegation == reader.asker.party ||
                         reader.sees(secretariat::CallsDesk::handling_of(*line.call));
      const std::string languages = said_under(*line.nomination, "languages");
      const std::string regions = said_under(*line.nomination, "regions");
      if (!shown || !holds_words(languages, question.language) || !holds_words(regions, question.region))
        continue;
      std::string where;
      for (const selection::Deployment& each : line.nomination->deployments)
        if (is_there(each, day)) where = each.said.place;
      out.push_back({{"call", line.call->id},
                     {"call_title", look.words(line.call->said.title)},
                     {"nomination", line.nomination->number},
                     {"delegation", look.named(delegation)},
                     {"languages", languages},
                     {"regions", regions},
                     {"post", line.nomination->said.post},
                     {"deployed", line.deployed},
                     {"where", where}});
    }
    return Json{{"kind", question.kind},
                {"day", format_day(std::chrono::year_month_day(day))},
                {"roster", std::move(out)}};
  });
}

}  // namespace mithaq::service
