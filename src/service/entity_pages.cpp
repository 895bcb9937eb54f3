#include "service/entity_pages.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "base/error.hpp"
#include "base/fold.hpp"
#include "engines/activity/counts.hpp"
#include "record/entry.hpp"
#include "service/json_rows.hpp"
#include "service/status_register.hpp"

namespace mithaq::service {

namespace {

using activity::EntityId;
using activity::EntityKind;
using nlohmann::ordered_json;

constexpr std::size_t kTopShown = 12;
constexpr std::size_t kLatestShown = 10;

ordered_json kinds_json(const std::array<std::size_t, activity::kTypes>& by_type) {
  ordered_json out = ordered_json::object();
  for (std::size_t type = 0; type < activity::kTypes; ++type) {
    if (by_type[type] > 0)
      out[std::string(name_of(static_cast<document::StatementType>(type)))] = by_type[type];
  }
  return out;
}

ordered_json counted_json(Workspace& workspace, const Activity& activity, const activity::Counted& counted,
                          Language language) {
  ordered_json out = entity_json(workspace, activity, counted.id, language);
  out["kind"] = kind_word(activity, counted.id);
  out["statements"] = counted.statements;
  return out;
}

// Statuses over all time: of an organization its States, of a State its organizations.
ordered_json statuses_json(Workspace& workspace, const std::string& id, Language language) {
  ordered_json out = ordered_json::array();
  const auto named = [&](const std::string& each) {
    return ordered_json{{"id", each},
                        {"name", workspace.name_of(each, language)},
                        {"short", workspace.short_name_of(each, language)}};
  };
  for (const status_register::Spell& spell : workspace.knowledge().statuses.history(id)) {
    out.push_back({{"organization", named(spell.organization)},
                   {"state", named(spell.state)},
                   {"status", spell.status},
                   {"status_name", workspace.knowledge().in(language).say(status_words(spell.status))},
                   {"since", spell.from},
                   {"until", spell.to},
                   {"source", spell.source}});
  }
  return out;
}

}  // namespace

ordered_json entity_answer(Workspace& workspace, const std::string& id, const std::string& at,
                           Language language) {
  const auto activity = workspace.activity();
  const activity::Table& table = activity->table;
  const EntityId entity = entity_meant(workspace, *activity, id);
  activity::Question question = activity_question(workspace, *activity, {.from = at, .to = at});
  question.types = 0;
  question.about = {entity};
  const activity::Asked asked(table, question);
  const activity::Counts counts = activity::count(asked, SIZE_MAX);
  const activity::Timeline years = activity::timeline(asked);
  // What nobody lists is known by its statements alone: without any that may be seen there is nothing to
  // show.
  const auto& known = (*table.names)[entity];
  if (known.kind == EntityKind::unlisted && counts.statements == 0)
    throw Error(ErrorKind::not_found, "nothing is named \"" + id +
                                          "\": give a name, an acronym or an id of data/, "
                                          "e.g. OSCE or كوسوفو");

  ordered_json shown = entity_json(workspace, *activity, entity, language);
  shown["kind"] = kind_word(*activity, entity);
  ordered_json names = ordered_json::object();
  const reader::Entities& listed = workspace.lexicon().entities;
  if (entity < listed.size()) {
    for (std::size_t each = 0; each < reader::kLanguageCount; ++each) {
      if (!listed[entity].names[each].empty())
        names[std::string(reader::kLanguageCodes[each])] = listed[entity].names[each];
    }
    shown["table_kind"] = listed[entity].kind;
  }
  shown["names"] = names;
  shown["parent"] = nullptr;
  if (known.parent != activity::kNoEntity)
    shown["parent"] = entity_json(workspace, *activity, table.read_as(known.parent), language);
  const CountryCodes& codes = workspace.knowledge().codes_of(known.key);
  shown["iso3"] = codes.iso3;
  shown["m49"] = codes.m49;

  const auto family = [&](EntityId other) {
    const auto up = table.up(other);
    return std::find(up.begin(), up.end(), entity) != up.end();
  };
  ordered_json parts = ordered_json::array(), partners = ordered_json::array(),
               places = ordered_json::array();
  std::vector<std::size_t> statements_of(activity->entities, 0);
  for (const auto* list : {&counts.organizations, &counts.states, &counts.places}) {
    for (const activity::Counted& each : *list)
      statements_of[each.id] = std::max(statements_of[each.id], each.statements);
  }
  std::vector<activity::Counted> parts_found;
  for (EntityId each = 0; each < listed.size(); ++each) {
    if (listed[each].parent == entity) parts_found.push_back({each, statements_of[each]});
  }
  std::stable_sort(parts_found.begin(), parts_found.end(),
                   [](const auto& a, const auto& b) { return a.statements > b.statements; });
  for (const auto& each : parts_found) parts.push_back(counted_json(workspace, *activity, each, language));
  shown["parts"] = parts;

  // Partners: who else takes part, without its own bodies and what it belongs to.
  std::vector<activity::Counted> others = counts.organizations;
  others.insert(others.end(), counts.states.begin(), counts.states.end());
  std::stable_sort(others.begin(), others.end(),
                   [](const auto& a, const auto& b) { return a.statements > b.statements; });
  const auto up = table.up(entity);
  for (const activity::Counted& each : others) {
    if (partners.size() == kTopShown) break;
    if (family(each.id) || std::find(up.begin(), up.end(), each.id) != up.end()) continue;
    partners.push_back(counted_json(workspace, *activity, each, language));
  }
  for (const activity::Counted& each : counts.places) {
    if (places.size() == kTopShown) break;
    if (each.id != entity) places.push_back(counted_json(workspace, *activity, each, language));
  }
  ordered_json themes = ordered_json::array();
  for (std::size_t at_theme = 0; at_theme < counts.themes.size() && at_theme < kTopShown; ++at_theme) {
    ordered_json theme = theme_json(workspace, (*activity->themes)[counts.themes[at_theme].id], language);
    theme["statements"] = counts.themes[at_theme].statements;
    themes.push_back(std::move(theme));
  }
  ordered_json by_year = ordered_json::array();
  for (const activity::YearCount& year : years.years)
    by_year.push_back({{"year", year.year}, {"statements", year.statements}});

  const record::View& view = workspace.record().view();
  ordered_json statements = ordered_json::array(), documents = ordered_json::array();
  const activity::Found latest = activity::find_statements(asked, activity::Order::newest, 0, kLatestShown);
  for (const record::StatementRow& row : view.statements_at(latest.seqs))
    statements.push_back(statement_json(row));
  const std::vector<record::Seq> seqs = activity::latest_documents(asked, kLatestShown);
  if (!seqs.empty()) {
    auto rows = view.documents({.seqs = seqs});
    const auto place = [&seqs](const record::DocumentRow& row) {
      return std::find(seqs.begin(), seqs.end(), row.seq) - seqs.begin();
    };
    std::sort(rows.begin(), rows.end(), [&](const auto& a, const auto& b) { return place(a) < place(b); });
    for (const record::DocumentRow& row : rows) {
      documents.push_back({{"id", row.id},
                           {"name", row.name},
                           {"title", row.metadata.title},
                           {"symbol", row.metadata.symbol},
                           {"date", row.metadata.date},
                           {"language", row.metadata.language}});
    }
  }
  return {{"entity", shown},
          {"statuses", statuses_json(workspace, known.key, language)},
          {"counts",
           {{"statements", counts.statements},
            {"documents", counts.documents},
            {"by_kind", kinds_json(counts.by_type)},
            {"by_year", by_year},
            {"undated", years.undated}}},
          {"themes", themes},
          {"places", places},
          {"partners", partners},
          {"documents", documents},
          {"statements", statements}};
}

ordered_json suggest_answer(Workspace& workspace, const SuggestRequest& request, Language language) {
  static const std::set<std::string> kKinds = {"", "organization", "state", "place", "theme"};
  if (!kKinds.contains(request.kind))
    throw Error(ErrorKind::invalid_input, "there is no kind of name \"" + request.kind + "\"");
  const auto activity = workspace.activity();
  const activity::Table& table = activity->table;
  const auto counts = activity->each_seen(sees_of(workspace, *activity));
  const activity::Each& each = *counts;
  std::vector<NameSearch::Hit> hits = activity->search->find(request.words);
  const std::vector<std::string> words = folded_words(request.words);
  if (!words.empty()) {
    for (EntityId id = activity->searched; id < activity->entities; ++id) {
      if (begins_words(fold((*table.names)[id].name), words))
        hits.push_back({id, NameSearch::Hit::Kind::words});
    }
  }
  struct Shown {
    int rank;
    std::size_t statements;
    ordered_json json;
  };
  std::vector<Shown> found;
  std::set<EntityId> taken;
  for (const NameSearch::Hit& hit : hits) {
    const EntityId id = table.read_as(hit.id);
    const auto& entity = (*table.names)[id];
    const std::size_t statements = each.entities[id];
    // What only hidden documents name does not exist for the asker.
    if (entity.kind == EntityKind::unlisted && statements == 0) continue;
    const std::string_view word = kind_word(*activity, id);
    const std::string_view kind = word == "body" || word == "other" ? "organization" : word;
    if (!request.kind.empty() && request.kind != kind) continue;
    if (!taken.insert(id).second) continue;
    found.push_back({static_cast<int>(hit.kind), statements, {{"entity", id}, {"kind", kind}}});
  }
  std::stable_sort(found.begin(), found.end(), [](const Shown& a, const Shown& b) {
    return a.rank != b.rank ? a.rank < b.rank : a.statements > b.statements;
  });
  ordered_json out = ordered_json::array();
  // Themes are few and come first: their names are common words.
  if (request.kind.empty() || request.kind == "theme") {
    for (const Theme& theme : workspace.themes().all()) {
      if (words.empty() ||
          (!begins_words(fold(theme.arabic), words) && !begins_words(fold(theme.english), words)))
        continue;
      if (out.size() >= request.limit) break;
      ordered_json shown = theme_json(workspace, theme.id, language);
      shown["short"] = shown["name"];
      shown["kind"] = "theme";
      const auto code = activity->theme(theme.id);
      shown["statements"] = code ? each.themes[*code] : 0;
      out.push_back(std::move(shown));
    }
    // Where names are asked for too, themes take at most a third of the room.
    if (request.kind.empty())
      while (out.size() > request.limit / 3 && out.size() + found.size() > request.limit)
        out.erase(out.size() - 1);
  }
  for (const Shown& each_found : found) {
    if (out.size() >= request.limit) break;
    ordered_json shown =
        entity_json(workspace, *activity, each_found.json["entity"].get<EntityId>(), language);
    shown["kind"] = each_found.json["kind"];
    shown["statements"] = each_found.statements;
    out.push_back(std::move(shown));
  }
  return {{"entities", out}};
}

ordered_json organizations_answer(Workspace& workspace, Language language) {
  const auto activity = workspace.activity();
  const auto counts = activity->each_seen(sees_of(workspace, *activity));
  const activity::Each& each = *counts;
  std::map<std::string, std::set<std::string>> states;
  const std::string today = record::format_time(workspace.options().clock()).substr(0, 10);
  const status_register::Register& spells = workspace.knowledge().statuses;
  std::set<std::string> with_register;
  for (const status_register::Spell& spell : spells.spells()) with_register.insert(spell.organization);
  constexpr std::string_view kBelonging[] = {"member", "participating_state", "suspended"};
  struct Shown {
    bool registered;
    std::size_t statements;
    ordered_json json;
  };
  std::vector<Shown> found;
  const reader::Entities& listed = workspace.lexicon().entities;
  for (EntityId id = 0; id < listed.size(); ++id) {
    if (listed[id].type != document::MentionType::organization || activity->table.read_as(id) != id) continue;
    const bool registered = with_register.contains(listed[id].id);
    if (!registered && each.entities[id] == 0) continue;
    ordered_json json = entity_json(workspace, *activity, id, language);
    json["kind"] = kind_word(*activity, id);
    std::set<std::string> belong;
    if (registered) {
      for (const auto& holding : spells.members(listed[id].id, *Edtf::parse(today), kBelonging))
        belong.insert(holding.spell.state);
    }
    json["register"] = registered;
    json["states"] = belong.size();
    json["statements"] = each.entities[id];
    found.push_back({registered, each.entities[id], std::move(json)});
  }
  std::stable_sort(found.begin(), found.end(), [](const Shown& a, const Shown& b) {
    return a.registered != b.registered ? a.registered : a.statements > b.statements;
  });
  ordered_json out = ordered_json::array();
  for (Shown& each_found : found) out.push_back(std::move(each_found.json));
  return {{"organizations", out}};
}

ordered_json states_answer(Workspace& workspace, Language language) {
  const auto activity = workspace.activity();
  const auto counts = activity->each_seen(sees_of(workspace, *activity));
  const activity::Each& each = *counts;
  ordered_json out = ordered_json::array();
  const reader::Entities& listed = workspace.lexicon().entities;
  for (EntityId id = 0; id < listed.size(); ++id) {
    if (!listed[id].is_country || listed[id].kind == "former") continue;
    const CountryCodes& codes = workspace.knowledge().codes_of(listed[id].id);
    out.push_back({{"id", listed[id].id},
                   {"name", workspace.name_of(listed[id].id, language)},
                   {"kind", listed[id].kind},
                   {"iso3", codes.iso3},
                   {"m49", codes.m49},
                   {"statements", each.entities[id]}});
  }
  return {{"states", out}};
}

}  // namespace mithaq::service
