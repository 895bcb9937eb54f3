#include "service/find.hpp"

#include <algorithm>
#include <map>

#include "base/edtf.hpp"
#include "base/error.hpp"
#include "engines/activity/counts.hpp"
#include "service/activity.hpp"
#include "service/themes.hpp"

namespace mithaq::service {

using nlohmann::ordered_json;

namespace {

constexpr std::size_t kFacetHits = 200;  // of words: so many best paragraphs are counted
constexpr std::size_t kFacetValues = 12;

bool has_words(const std::string& words) {
  return words.find_first_not_of(" \t\r\n") != std::string::npos;
}

search::Question question_of(Workspace& workspace, const FindRequest& request) {
  search::Question question;
  question.words = request.words;
  question.offset = request.offset;
  question.limit = request.limit;
  for (const std::string& organization : request.organizations) {
    for (std::string& part : workspace.with_parts(workspace.entity_named(organization)))
      question.filter.entities.push_back(std::move(part));
  }
  if (!request.place.empty())
    question.filter.places = workspace.with_parts(workspace.entity_named(request.place));
  if (!request.theme.empty()) {
    question.filter.themes = workspace.themes().named(request.theme);
    if (question.filter.themes.empty()) {
      throw Error(ErrorKind::not_found, "there is no theme \"" + request.theme + "\"; see data/themes.tsv");
    }
  }
  for (const std::string& date : {request.from, request.to}) {
    if (!date.empty() && !Edtf::parse(date))
      throw Error(ErrorKind::invalid_input, "\"" + date + "\" is no date");
  }
  question.filter.date = {request.from, request.to};
  question.filter.statement_types = request.kinds;
  if (request.status) question.filter.statuses = {*request.status};
  if (!request.language.empty()) question.filter.languages = {request.language};
  if (!request.document.empty())
    question.filter.documents = {workspace.record().view().document(request.document).id};
  return question;
}

// The same filters as a question to the table of statements.
activity::Question filters_of(Workspace& workspace, const Activity& activity, const FindRequest& request) {
  question_of(workspace, request);  // says what is wrong
  const ActivityRequest filter{.organizations = request.organizations,
                               .theme = request.theme,
                               .place = request.place,
                               .document = request.document};
  activity::Question question = activity_question(workspace, activity, filter);
  question.types = 0;
  for (const document::StatementType kind : request.kinds) question.types |= activity::bit_of(kind);
  if (request.status) question.statuses = 1U << static_cast<int>(*request.status);
  if (!request.language.empty()) {
    // A language in which the record has nothing has no number.
    question.language = activity.language(request.language).value_or(UINT16_MAX);
  }
  const activity::Question dates =
      activity_question(workspace, activity, {.from = request.from, .to = request.to});
  question.document_from = dates.from;
  question.document_to = dates.to;
  return question;
}

ordered_json named(std::string id, std::string name, std::size_t count) {
  return {{"id", std::move(id)}, {"name", std::move(name)}, {"count", count}};
}

// The languages that papers are read in; the code of any other.
std::string_view language_named(std::string_view code) {
  constexpr std::pair<std::string_view, std::string_view> kNames[] = {{"ar", "Arabic"},  {"en", "English"},
                                                                      {"fr", "French"},  {"ru", "Russian"},
                                                                      {"es", "Spanish"}, {"zh", "Chinese"}};
  for (const auto& [known, name] : kNames) {
    if (known == code) return name;
  }
  return code;
}

ordered_json most_first(std::vector<std::pair<ordered_json, std::size_t>> values) {
  std::stable_sort(values.begin(), values.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  ordered_json out = ordered_json::array();
  for (auto& [value, count] : values) {
    if (out.size() == kFacetValues) break;
    out.push_back(std::move(value));
  }
  return out;
}

}  // namespace

search::Answer find(Workspace& workspace, const FindRequest& request) {
  const record::View& view = workspace.record().view();
  if (has_words(request.words)) return search::search(view, question_of(workspace, request));
  const bool filtered = !request.organizations.empty() || !request.place.empty() || !request.theme.empty() ||
                        !request.kinds.empty() || request.status || !request.from.empty() ||
                        !request.to.empty() || !request.language.empty() || !request.document.empty();
  if (!filtered)
    throw Error(ErrorKind::invalid_input,
                "give words to look for, or something else that paragraphs are about");
  const auto activity = workspace.activity();
  const activity::FoundParagraphs found =
      activity::find_paragraphs(activity::Asked(activity->table, filters_of(workspace, *activity, request)),
                                request.offset, request.limit);
  std::vector<search::Ranked> newest;
  for (const record::ParagraphRowId row : found.rows) newest.push_back({.row = row});
  return {.hits = search::hits_of(view, newest)};
}

Facets find_facets(Workspace& workspace, const FindRequest& request, Language language) {
  const auto activity = workspace.activity();
  const Messages& messages = workspace.knowledge().in(language);
  std::map<std::string, std::size_t> kinds, languages, themes;
  std::map<activity::EntityId, std::size_t> organizations, places;
  Facets out;
  if (!has_words(request.words)) {
    out.of = "all";
    const activity::Counts counts = activity::count(
        activity::Asked(activity->table, filters_of(workspace, *activity, request)), kFacetValues);
    for (std::size_t type = 0; type < activity::kTypes; ++type) {
      if (counts.by_type[type] > 0)
        kinds[std::string(name_of(static_cast<document::StatementType>(type)))] = counts.by_type[type];
    }
    for (const auto& each : counts.organizations) organizations[each.id] = each.statements;
    for (const auto& each : counts.places) places[each.id] = each.statements;
    for (const auto& each : counts.themes) themes[(*activity->themes)[each.id]] = each.statements;
    for (const auto& each : counts.languages)
      languages[(*activity->table.languages)[each.id]] = each.statements;
  } else {
    out.of = "best " + std::to_string(kFacetHits);
    search::Question question = question_of(workspace, request);
    question.offset = 0;
    question.limit = kFacetHits;
    const record::View& view = workspace.record().view();
    std::vector<record::ParagraphRowId> best;
    for (const search::Ranked& each : search::rank(view, question).best) best.push_back(each.row);
    for (const std::vector<record::StatementRow>& statements : view.statements_of(best)) {
      for (const record::StatementRow& row : statements) {
        ++kinds[std::string(name_of(row.type))];
        for (const std::string& theme : row.themes) ++themes[theme];
        const auto count = [&](auto& counts, const std::string& entity, bool organization) {
          const auto found = activity->table.names->find(entity);
          if (!found || *found >= activity->entities) return;
          const activity::EntityId id = activity->table.read_as(*found);
          if (!organization || activity::is_organization((*activity->table.names)[id].kind)) ++counts[id];
        };
        for (const record::PartyRow& party : row.parties) count(organizations, party.entity, true);
        for (const record::PlaceRow& place : row.places) count(places, place.entity, false);
        if (const auto language_of = activity->language_of(row.seq)) ++languages[*language_of];
      }
    }
  }
  const auto words_of = [&](const auto& counts, const auto& name) {
    std::vector<std::pair<ordered_json, std::size_t>> values;
    for (const auto& [id, count] : counts) values.emplace_back(named(id, name(id), count), count);
    return most_first(std::move(values));
  };
  const auto entities_of = [&](const auto& counts) {
    std::vector<std::pair<ordered_json, std::size_t>> values;
    for (const auto& [id, count] : counts) {
      ordered_json value = entity_json(workspace, *activity, id, language);
      value["count"] = count;
      values.emplace_back(std::move(value), count);
    }
    return most_first(std::move(values));
  };
  out.lists = {
      {"kinds", words_of(kinds, [&](const std::string& id) { return messages.say(id); })},
      {"organizations", entities_of(organizations)},
      {"places", entities_of(places)},
      {"themes",
       words_of(themes, [&](const std::string& id) { return workspace.themes().name_of(id, language); })},
      {"languages",
       words_of(languages, [&](const std::string& id) { return messages.say(language_named(id)); })}};
  return out;
}

}  // namespace mithaq::service
