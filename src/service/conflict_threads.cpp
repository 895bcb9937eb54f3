#include "service/conflict_threads.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "base/error.hpp"
#include "service/conflict_causes.hpp"
#include "service/find.hpp"
#include "service/shipped_panel.hpp"
#include "service/status_register.hpp"

namespace mithaq::service {

using conflicts::Acts;
using conflicts::ConflictIndex;
using conflicts::CountryIndex;

namespace {

// A border is a thread if the shuffles leave so little of it, or if a conflict crosses it.
constexpr double kFalseDiscoveriesMax = 0.05;
constexpr std::size_t kRolesShown = 8;       // lines of evidence of one thread
constexpr std::size_t kParagraphsMax = 200;  // of the record, on root causes

// What every part of this works with.
struct Work {
  Workspace& workspace;
  const ThreadsRequest& request;
  const ConflictTable& table;
  const Messages& messages;
  Language language;
  MonthRange range;

  const Acts& acts() const { return table.acts; }
  std::string conflict(ConflictIndex index) const {
    return conflict_name(workspace, acts(), index, language);
  }
  std::string country(CountryIndex index) const { return country_name(workspace, acts(), index, language); }
  std::string say(const std::string& english) const { return messages.say(english); }
  std::string source() const { return source_text(table); }
};

std::string source_of_role(const Work& work, const conflicts::Role& role) {
  std::set<std::int64_t> events = {role.first_event, role.deadliest_event, role.last_event};
  events.erase(0);
  std::string list;
  for (const std::int64_t event : events) list += (list.empty() ? "" : ", ") + events::to_text_of(event);
  if (list.empty()) return work.source();
  return work.source() + "; " + work.say(fmt::format("events to read: {}", list));
}

std::vector<Thread> actor_threads(const Work& work) {
  std::vector<Thread> out;
  const auto shared = conflicts::shared_actors(
      work.acts(), {.rules = work.table.rules, .from = work.range.from, .to = work.range.to});
  for (const conflicts::SharedActor& actor : shared) {
    if (actor.government && !work.request.governments) continue;
    Thread thread{.kind = "actor", .name = work.acts().actors[actor.actor]};
    for (const conflicts::Role& role : actor.roles) {
      thread.conflicts.push_back(role.conflict);
      if (thread.evidence.size() >= kRolesShown) continue;
      thread.evidence.push_back(
          {.said = work.say(fmt::format("{}: {} deaths in {} events with it, {} to {}",
                                        work.conflict(role.conflict), deaths_text(role.deaths), role.events,
                                        events::to_text(role.first), events::to_text(role.last))),
           .source = source_of_role(work, role)});
    }
    if (actor.countries.size() > 1) {
      std::string countries;
      for (const conflicts::Part& part : actor.countries)
        countries += (countries.empty() ? "" : "; ") + work.country(part.of) + " " + deaths_text(part.deaths);
      thread.evidence.push_back(
          {.said = work.say(fmt::format("In {} countries, deaths: {}", actor.countries.size(), countries)),
           .source = work.source()});
    }
    if (actor.roles.size() > 1)
      thread.evidence.push_back(
          {.said = work.say(fmt::format("In two or more of these conflicts in the same year: {} years",
                                        actor.years_together)),
           .source = work.source()});
    out.push_back(std::move(thread));
  }
  return out;
}

std::vector<conflicts::Border> borders_of(const Work& work) {
  std::map<std::string, CountryIndex> by_id;
  for (CountryIndex each = 0; each < work.acts().countries.size(); ++each) {
    if (!work.acts().countries[each].id.empty()) by_id.emplace(work.acts().countries[each].id, each);
  }
  events::Panel units;
  if (work.table.panel) {
    units.units = work.table.panel->units;
  } else {
    for (const events::Country& country : panel_countries(work.workspace.options().data))
      units.units.push_back({.id = country.id});
  }
  join_neighbours(work.workspace.options().data, units);
  std::set<conflicts::Border> out;
  for (std::size_t unit = 0; unit < units.neighbours.size(); ++unit) {
    for (const events::UnitIndex other : units.neighbours[unit]) {
      const auto a = by_id.find(units.units[unit].id), b = by_id.find(units.units[other].id);
      if (a == by_id.end() || b == by_id.end() || a->second == b->second) continue;
      out.emplace(std::min(a->second, b->second), std::max(a->second, b->second));
    }
  }
  return {out.begin(), out.end()};
}

// The conflicts that were active in a country in the time, most deaths first.
std::map<CountryIndex, std::vector<ConflictIndex>> conflicts_by_country(const Work& work) {
  std::map<CountryIndex, std::vector<ConflictIndex>> out;
  const auto all =
      conflicts::conflicts(work.acts(), work.table.rules, {.from = work.range.from, .to = work.range.to});
  for (const conflicts::Conflict& conflict : all) {
    for (const conflicts::Part& part : conflict.countries) {
      if (part.deaths >= work.table.rules.deaths_min) out[part.of].push_back(conflict.index);
    }
  }
  return out;
}

std::vector<Thread> neighbour_threads(const Work& work) {
  const conflicts::NeighbourRules rules{.rules = work.table.rules,
                                        .from = work.range.from,
                                        .to = work.range.to,
                                        .seed = work.request.seed,
                                        .deaths_min = work.table.rules.deaths_min};
  const auto pairs = conflicts::shared_neighbours(work.acts(), borders_of(work), rules);
  const auto in_country = conflicts_by_country(work);
  const auto tested = std::count_if(pairs.begin(), pairs.end(), [&](const conflicts::Neighbours& each) {
    return each.both + each.only_a >= rules.months_min && each.both + each.only_b >= rules.months_min;
  });
  std::vector<Thread> out;
  for (const conflicts::Neighbours& pair : pairs) {
    const bool together = pair.q <= kFalseDiscoveriesMax && pair.correlation > 0;
    if (!together && pair.conflicts.empty()) continue;
    const std::string a = work.country(pair.border.first), b = work.country(pair.border.second);
    Thread thread{.kind = "neighbour", .name = a + " – " + b};
    std::set<ConflictIndex> of;
    for (const conflicts::AcrossBorder& across : pair.conflicts) of.insert(across.conflict);
    if (together) {
      for (const CountryIndex country : {pair.border.first, pair.border.second}) {
        if (const auto found = in_country.find(country); found != in_country.end())
          of.insert(found->second.begin(), found->second.end());
      }
    }
    thread.conflicts.assign(of.begin(), of.end());
    if (together) {
      thread.evidence.push_back({.said = work.say(fmt::format(
                                     "Of {} months, {} had deaths in both, {} in {} alone, {} in {} alone.",
                                     pair.months, pair.both, pair.only_a, a, pair.only_b, b)),
                                 .source = work.source()});
      thread.evidence.push_back(
          {.said = work.say(fmt::format(
               "Months with more deaths than in the year before come together with such months of the other: "
               "correlation {:.2f}; p = {:.4f} by {} shuffles of the years (seed {}); with regard to {} "
               "borders, q = {:.3f}.",
               pair.correlation, pair.p, rules.draws, rules.seed, tested, pair.q)),
           .source = work.source()});
    }
    for (const conflicts::AcrossBorder& across : pair.conflicts) {
      if (thread.evidence.size() >= kRolesShown) break;
      thread.evidence.push_back(
          {.said = work.say(fmt::format("{}: {} deaths in {}, {} in {}", work.conflict(across.conflict),
                                        deaths_text(across.deaths_a), a, deaths_text(across.deaths_b), b)),
           .source = work.source()});
    }
    out.push_back(std::move(thread));
  }
  return out;
}

// The newest value of each country at the end of the time.
std::vector<conflicts::Condition> conditions_of(const Work& work, const events::Panel& panel,
                                                const ConflictCauses& causes, events::Month at) {
  std::map<std::string, CountryIndex> by_id;
  for (CountryIndex each = 0; each < work.acts().countries.size(); ++each)
    by_id.emplace(work.acts().countries[each].id, each);
  std::vector<conflicts::Condition> out;
  for (const events::Indicator& indicator : panel.indicators) {
    expect(indicator.values.size() == panel.units.size() * panel.months(), "a value for each unit and month");
    conflicts::Condition condition{.id = indicator.id,
                                   .source = indicator.source,
                                   .worse = causes.worse_end(indicator.id),
                                   .values = std::vector<double>(work.acts().countries.size(), NAN)};
    for (events::UnitIndex unit = 0; unit < panel.units.size(); ++unit) {
      const auto country = by_id.find(panel.units[unit].id);
      if (country == by_id.end() || !panel.holds(at)) continue;
      const float value = indicator.values[panel.at(unit, at)];
      if (std::isfinite(value)) condition.values[country->second] = value;
    }
    out.push_back(std::move(condition));
  }
  return out;
}

std::vector<Thread> condition_threads(const Work& work, const ConflictCauses& causes) {
  const events::Panel own =
      work.table.panel ? events::Panel{} : country_panel_of(work.workspace, work.table.vintage.id);
  const events::Panel& panel = work.table.panel ? *work.table.panel : own;
  if (panel.indicators.empty()) return {};
  const events::Month to = std::min(work.range.to.value_or(work.acts().last), work.acts().last);
  const events::Month from = std::max(to - 11, work.acts().first);
  const auto conditions = conditions_of(work, panel, causes, std::min(to, panel.last));
  std::vector<Thread> out;
  for (const conflicts::SharedCondition& shared : conflicts::shared_conditions(
           work.acts(), conditions, {.rules = work.table.rules, .from = from, .to = to})) {
    const conflicts::Condition& condition = conditions[shared.condition];
    const ConflictCause* cause = causes.of_indicator(condition.id);
    const std::string name =
        condition.id + (cause != nullptr ? " (" + cause->name(work.language) + ")" : std::string());
    Thread thread{.kind = "driver", .name = name, .conflicts = shared.conflicts};
    const std::string fifth =
        shared.low_end ? fmt::format("the lowest {} ({:g} or less)", condition.id, shared.threshold)
                       : fmt::format("the highest {} ({:g} or more)", condition.id, shared.threshold);
    thread.evidence.push_back(
        {.said = work.say(
             fmt::format("{} of {} countries in conflict in the twelve months to {} stand in the fifth with "
                         "{}; of {} others, {} do. By lot as many or more would: p = {:.4f}, with regard to "
                         "all conditions q = {:.4f}.",
                         shared.in_conflict_fifth, shared.in_conflict, events::to_text(to), fifth,
                         shared.countries - shared.in_conflict, shared.in_fifth - shared.in_conflict_fifth,
                         shared.p, shared.q)),
         .source = condition.source});
    for (const conflicts::CountryCondition& country : shared.which) {
      if (thread.evidence.size() > kRolesShown) break;
      thread.evidence.push_back(
          {.said = work.say(fmt::format("{}: {:g}, place {} of {} from the worse end; {} deaths",
                                        work.country(country.country), country.value, country.rank,
                                        shared.countries, deaths_text(country.deaths))),
           .source = condition.source + "; " + work.source()});
    }
    out.push_back(std::move(thread));
  }
  return out;
}

// Root causes as papers of the record name them, in paragraphs that speak of root causes of conflicts.
std::vector<Thread> cause_threads(const Work& work, const ConflictCauses& causes) {
  if (!record::identity_of(work.workspace.options().record)) return {};
  std::vector<Thread> by_cause(causes.all().size());
  std::vector<std::set<ConflictIndex>> of(causes.all().size());
  const auto in_country = conflicts_by_country(work);
  std::map<std::string, CountryIndex> by_id;
  for (CountryIndex each = 0; each < work.acts().countries.size(); ++each)
    by_id.emplace(work.acts().countries[each].id, each);
  const search::Answer found =
      find(work.workspace, {.words = causes.search_words(), .limit = kParagraphsMax});
  const record::View& view = work.workspace.record().view();
  for (const search::Hit& hit : found.hits) {
    const record::ParagraphRow paragraph = view.paragraph(hit.citation.paragraph_row);
    const std::string& text = paragraph.paragraph.text;
    if (!causes.speaks_of_root_causes(text) || !causes.speaks_of_conflicts(text)) continue;
    std::set<ConflictIndex> named;
    for (const record::MentionRow& mention : view.mentions_of_paragraph(paragraph.row)) {
      for (const std::string& entity : mention.entities) {
        const auto country = by_id.find(entity);
        if (country == by_id.end()) continue;
        if (const auto there = in_country.find(country->second); there != in_country.end())
          named.insert(there->second.begin(), there->second.end());
      }
    }
    for (const std::size_t cause : causes.named_in(text)) {
      by_cause[cause].evidence.push_back(
          {.said = hit.snippet.text, .source = hit.citation.document_name + " ¶" + hit.citation.paragraph});
      of[cause].insert(named.begin(), named.end());
    }
  }
  std::vector<Thread> out;
  for (std::size_t cause = 0; cause < by_cause.size(); ++cause) {
    if (by_cause[cause].evidence.empty()) continue;
    by_cause[cause].kind = "driver";
    by_cause[cause].name =
        work.say("named by papers as a root cause:") + " " + causes.all()[cause].name(work.language);
    by_cause[cause].conflicts.assign(of[cause].begin(), of[cause].end());
    out.push_back(std::move(by_cause[cause]));
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const Thread& a, const Thread& b) { return a.evidence.size() > b.evidence.size(); });
  return out;
}

// Those with a conflict that touched a member while it belonged.
void keep_those_of(const Work& work, const std::string& organization, std::vector<Thread>& threads) {
  const conflicts::Membership members = membership_of(work.workspace, organization, work.acts(), false);
  std::set<ConflictIndex> touched;
  for (const conflicts::Act& act : work.acts().acts) {
    if (act.country == conflicts::kNone) continue;
    const std::size_t month = static_cast<std::size_t>(act.month - work.acts().first);
    if (members.months[act.country * work.acts().months() + month] != conflicts::Belonging::no)
      touched.insert(act.conflict);
  }
  std::erase_if(threads, [&](const Thread& thread) {
    return std::none_of(thread.conflicts.begin(), thread.conflicts.end(),
                        [&](ConflictIndex each) { return touched.contains(each); });
  });
}

}  // namespace

ConflictThreads conflict_threads(Workspace& workspace, const ThreadsRequest& request, Language language) {
  if (!request.kind.empty() && request.kind != "actor" && request.kind != "neighbour" &&
      request.kind != "driver")
    throw Error(ErrorKind::invalid_input, "a thread is of the kind actor, neighbour or driver");
  const MonthRange range = months_of(request.from, request.to);
  ConflictRules rules = request.rules;
  if (rules.kinds.empty() && vintage_of(workspace, rules.vintage).kind == "events") rules.kinds = {"all"};
  ConflictThreads out{.table = conflict_table(workspace, rules)};
  const Work work{.workspace = workspace,
                  .request = request,
                  .table = out.table,
                  .messages = workspace.knowledge().in(language),
                  .language = language,
                  .range = range};
  const auto wanted = [&](std::string_view kind) { return request.kind.empty() || request.kind == kind; };
  const auto add = [&](std::vector<Thread> threads) {
    std::move(threads.begin(), threads.end(), std::back_inserter(out.threads));
  };
  if (wanted("actor")) add(actor_threads(work));
  if (wanted("neighbour")) add(neighbour_threads(work));
  if (wanted("driver")) {
    const ConflictCauses causes = ConflictCauses::load(workspace.options().data);
    add(condition_threads(work, causes));
    add(cause_threads(work, causes));
  }
  std::string organization;
  if (!request.organization.empty()) {
    organization = organization_with_states(workspace, request.organization);
    keep_those_of(work, organization, out.threads);
  }
  const auto option = [](const std::string& name, const std::string& value) {
    return value.empty() ? std::string() : " --" + name + " " + value;
  };
  out.query = "mithaq conflicts threads" + option("kind", request.kind) + option("org", organization) +
              option("from", request.from) + option("to", request.to) +
              options_of(out.table, out.table.rules) + (request.governments ? " --governments" : "") +
              option("seed", std::to_string(request.seed));
  return out;
}

nlohmann::ordered_json threads_json(Workspace& workspace, const ConflictThreads& threads, std::size_t offset,
                                    std::size_t limit, Language language) {
  using nlohmann::ordered_json;
  ordered_json rows = ordered_json::array();
  for (std::size_t at = offset; at < threads.threads.size() && at - offset < limit; ++at) {
    const Thread& thread = threads.threads[at];
    ordered_json ids = ordered_json::array(), evidence = ordered_json::array();
    for (const ConflictIndex conflict : thread.conflicts)
      ids.push_back(threads.table.acts.conflicts[conflict].id);
    for (const Evidence& each : thread.evidence)
      evidence.push_back({{"said", each.said}, {"source", each.source}});
    rows.push_back(
        {{"kind", thread.kind}, {"name", thread.name}, {"conflicts", ids}, {"evidence", evidence}});
  }
  return {{"vintage", vintage_json(threads.table.vintage)},
          {"said", definition_text(threads.table, threads.table.rules, workspace.knowledge().in(language))},
          {"query", threads.query},
          {"threads", rows},
          {"total", threads.threads.size()}};
}

}  // namespace mithaq::service
