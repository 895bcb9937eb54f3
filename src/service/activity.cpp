#include "service/activity.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/edtf.hpp"
#include "base/error.hpp"
#include "engines/activity/contradiction.hpp"
#include "engines/activity/counts.hpp"
#include "service/json_rows.hpp"
#include "service/who_does_what.hpp"

namespace mithaq::service {

namespace {

using activity::EntityId;
using activity::EntityKind;
using document::StatementType;
using nlohmann::ordered_json;

constexpr std::size_t kFindingsMax = 60;  // of each kind
constexpr std::size_t kLeadsShown = 4;    // of one contradiction; the question behind it gives all

std::int32_t day_in_table(std::int64_t day) {
  if (day == DayRange::kNoStart) return activity::kNoStart;
  if (day == DayRange::kNoEnd) return activity::kNoEnd;
  return static_cast<std::int32_t>(day);
}

DayRange days_of(const std::string& text) {
  const auto date = Edtf::parse(text);
  if (!date) {
    throw Error(ErrorKind::invalid_input,
                "\"" + text + "\" is no date: write 2018, 2018-05, 2018-05-31 or 199X");
  }
  return date->days();
}

activity::Axis axis_named(const std::string& name) {
  if (name == "organization") return activity::Axis::organization;
  if (name == "place") return activity::Axis::place;
  if (name == "theme") return activity::Axis::theme;
  if (name == "year") return activity::Axis::year;
  throw Error(ErrorKind::invalid_input,
              "\"" + name + "\" is no side of a matrix: organization, place, theme and year are");
}

ordered_json axis_json(Workspace& workspace, const Activity& activity, activity::Axis axis,
                       const activity::Counted& value, Language language) {
  ordered_json out;
  if (axis == activity::Axis::year) {
    out = {{"id", std::to_string(value.id)},
           {"name", std::to_string(value.id)},
           {"short", std::to_string(value.id)}};
  } else if (axis == activity::Axis::theme) {
    out = theme_json(workspace, (*activity.themes)[value.id], language);
    out["short"] = out["name"];
  } else {
    out = entity_json(workspace, activity, value.id, language);
  }
  out["total"] = value.statements;
  return out;
}

std::uint32_t review_bits(const std::string& name) {
  std::uint32_t bits = 0;
  if (name.empty()) return bits;
  for (const record::ReviewState state : reviews_named(name)) bits |= 1U << static_cast<int>(state);
  return bits;
}

}  // namespace

activity::Sees sees_of(Workspace& workspace, const Activity& activity) {
  const record::Sight& sight = workspace.record().view().sight();
  if (sight.everything) return {};
  activity::Sees sees{.all = false};
  for (const std::string& handling : *activity.handlings)
    sees.handlings.push_back(
        std::binary_search(sight.handlings.begin(), sight.handlings.end(), handling) ? 1 : 0);
  if (!sight.account.empty()) sees.account = activity.account(sight.account).value_or(0);
  return sees;
}

activity::Sums record_sums(Workspace& workspace) {
  const auto activity = workspace.activity();
  return activity::sums(activity->table, sees_of(workspace, *activity));
}

EntityId entity_meant(Workspace& workspace, const Activity& activity, const std::string& words) {
  // The ids of data/ and the keys that answers give for what data/ does not list.
  if (const auto found = activity.table.names->find(words); found && *found < activity.entities)
    return activity.table.read_as(*found);
  const auto found = activity.table.names->find(workspace.entity_named(words));
  expect(found.has_value(), "every entity of data/ has its number");
  return activity.table.read_as(*found);
}

std::string_view kind_word(const Activity& activity, EntityId id) {
  const auto& entity = (*activity.table.names)[id];
  switch (entity.kind) {
    case EntityKind::organization:
      return entity.parent == activity::kNoEntity ? "organization" : "body";
    case EntityKind::state:
      return "state";
    case EntityKind::place:
      return "place";
    default:
      return "other";
  }
}

ordered_json entity_json(Workspace& workspace, const Activity& activity, EntityId id, Language language) {
  const auto& entity = (*activity.table.names)[id];
  if (entity.kind == EntityKind::unlisted) {
    const std::string name = workspace.name_of(entity.key, entity.name, language);
    return {{"id", entity.key}, {"name", name}, {"short", name}};
  }
  return {{"id", entity.key},
          {"name", workspace.name_of(entity.key, language)},
          {"short", workspace.short_name_of(entity.key, language)}};
}

ordered_json theme_json(Workspace& workspace, const std::string& id, Language language) {
  return {{"id", id}, {"name", workspace.themes().name_of(id, language)}};
}

activity::Question activity_question(Workspace& workspace, const Activity& activity,
                                     const ActivityRequest& request) {
  activity::Question question{
      .sees = sees_of(workspace, activity), .all_parties = request.all, .nearby = request.nearby};
  if (request.all && request.organizations.size() > 8)
    throw Error(ErrorKind::invalid_input, "at most eight organizations can be asked for together");
  for (const std::string& organization : request.organizations)
    question.parties.push_back(entity_meant(workspace, activity, organization));
  if (!request.place.empty()) question.places = {entity_meant(workspace, activity, request.place)};
  if (!request.theme.empty()) {
    for (const std::string& id : workspace.themes().named(request.theme)) {
      if (const auto theme = activity.theme(id)) question.themes.push_back(*theme);
    }
    if (question.themes.empty())
      throw Error(ErrorKind::not_found, "there is no theme \"" + request.theme + "\"; see data/themes.tsv");
  }
  if (!request.from.empty()) question.from = day_in_table(days_of(request.from).earliest);
  if (!request.to.empty()) question.to = day_in_table(days_of(request.to).latest);
  for (const std::string& kind : request.kinds) question.types |= activity::bit_of(statement_type_of(kind));
  if (request.kinds.empty()) {
    for (const StatementType type : kActivityTypes) question.types |= activity::bit_of(type);
  }
  question.reviews = review_bits(request.review);
  if (!request.document.empty()) {
    question.document = activity.document(workspace.record().view().document(request.document).seq);
    if (!question.document)
      throw Error(ErrorKind::not_found, "the record has no document \"" + request.document + "\"");
  }
  return question;
}

ordered_json matrix_answer(Workspace& workspace, const ActivityRequest& request, const MatrixRequest& shape,
                           Language language) {
  const auto activity = workspace.activity();
  const activity::Axis rows = axis_named(shape.rows), columns = axis_named(shape.columns);
  if (rows == columns) throw Error(ErrorKind::invalid_input, "the two sides of a matrix differ");
  const activity::Question question = activity_question(workspace, *activity, request);
  activity::Question everywhere = question;
  everywhere.parties.clear();
  const activity::Matrix found = activity::matrix(activity::Asked(activity->table, question),
                                                  activity::Asked(activity->table, everywhere), rows, columns,
                                                  shape.limit_rows, shape.limit_columns);
  ordered_json row_list = ordered_json::array(), column_list = ordered_json::array(),
               cells = ordered_json::array();
  for (const auto& each : found.rows)
    row_list.push_back(axis_json(workspace, *activity, rows, each, language));
  for (const auto& each : found.columns)
    column_list.push_back(axis_json(workspace, *activity, columns, each, language));
  for (const auto& cell : found.cells) {
    cells.push_back({{"row", cell.row},
                     {"column", cell.column},
                     {"statements", cell.statements},
                     {"leads", cell.leads},
                     {"confirmed", cell.confirmed},
                     {"contradiction", cell.contradiction}});
  }
  return {{"rows", row_list},
          {"columns", column_list},
          {"cells", cells},
          {"others", {{"rows", found.other_rows}, {"columns", found.other_columns}}},
          {"total", found.total}};
}

ordered_json findings_answer(Workspace& workspace, const ActivityRequest& request, Language language) {
  const auto activity = workspace.activity();
  const activity::Question question = activity_question(workspace, *activity, request);
  activity::Question everywhere = question;
  everywhere.parties.clear();
  const activity::Asked asked(activity->table, question);
  const auto where = [&](activity::ThemeId theme, EntityId place) {
    return ordered_json{{"theme", theme_json(workspace, (*activity->themes)[theme], language)},
                        {"place", entity_json(workspace, *activity, place, language)}};
  };
  // A contradiction concerns those who are asked about if one of its leads is theirs.
  const activity::Asked asked_everywhere(activity->table, everywhere);
  std::unordered_set<std::uint64_t> theirs;
  if (!question.parties.empty()) {
    activity::each_match(asked, [&](const activity::Segment& segment, activity::Row row) {
      if (segment.type[row] == StatementType::lead) theirs.insert(segment.seq[row]);
    });
  }
  ordered_json contradictions = ordered_json::array(), overlaps = ordered_json::array(),
               gaps = ordered_json::array();
  std::vector<record::Seq> seqs;
  std::vector<activity::Leads::Group> groups;
  for (auto& group : activity::Leads(asked_everywhere)
                         .contradictions(SIZE_MAX, question.parties.empty() ? kLeadsShown : SIZE_MAX)) {
    if (!question.parties.empty()) {
      const auto mine = std::stable_partition(group.seqs.begin(), group.seqs.end(),
                                              [&](std::uint64_t seq) { return theirs.contains(seq); });
      if (mine == group.seqs.begin()) continue;
      if (group.seqs.size() > kLeadsShown) group.seqs.resize(kLeadsShown);
    }
    groups.push_back(std::move(group));
    if (groups.size() == kFindingsMax) break;
  }
  for (const auto& group : groups) seqs.insert(seqs.end(), group.seqs.begin(), group.seqs.end());
  std::unordered_map<record::Seq, ordered_json> statements;
  std::sort(seqs.begin(), seqs.end());
  seqs.erase(std::unique(seqs.begin(), seqs.end()), seqs.end());
  for (const record::StatementRow& row : workspace.record().view().statements_at(seqs))
    statements.emplace(row.seq, statement_json(row));
  for (const auto& group : groups) {
    ordered_json found = where(group.theme, group.place);
    found["statements"] = group.leads;
    found["leads"] = ordered_json::array();
    for (const std::uint64_t seq : group.seqs) {
      if (const auto at = statements.find(seq); at != statements.end()) found["leads"].push_back(at->second);
    }
    contradictions.push_back(std::move(found));
  }
  for (const activity::Overlap& each :
       activity::overlaps(question.parties.empty() ? asked : asked_everywhere,
                          question.parties.empty() ? kFindingsMax : SIZE_MAX)) {
    // Of those who are asked about: places where one of them acts beside somebody else.
    if (!question.parties.empty()) {
      const bool theirs_too =
          std::any_of(question.parties.begin(), question.parties.end(), [&](EntityId party) {
            const EntityId head = activity->table.head_of(party);
            return std::find(each.organizations.begin(), each.organizations.end(), head) !=
                   each.organizations.end();
          });
      if (!theirs_too) continue;
    }
    ordered_json found = where(each.theme, each.place);
    found["organizations"] = ordered_json::array();
    for (const EntityId organization : each.organizations)
      found["organizations"].push_back(entity_json(workspace, *activity, organization, language));
    found["statements"] = each.statements;
    found["together"] = each.together;
    overlaps.push_back(std::move(found));
    if (overlaps.size() == kFindingsMax) break;
  }
  for (const activity::Gap& each : activity::gaps(asked, kFindingsMax)) {
    ordered_json found = where(each.theme, each.place);
    found["why"] = each.why == activity::Gap::Why::mandated ? "mandated" : "asked";
    found["statements"] = each.statements;
    gaps.push_back(std::move(found));
  }
  return {{"contradictions", contradictions}, {"overlaps", overlaps}, {"gaps", gaps}};
}

ordered_json network_answer(Workspace& workspace, ActivityRequest request, std::size_t limit,
                            Language language) {
  const auto activity = workspace.activity();
  if (request.kinds.empty()) request.kinds = {"cooperation", "meeting"};
  const activity::Network found = activity::network(
      activity::Asked(activity->table, activity_question(workspace, *activity, request)), limit);
  ordered_json nodes = ordered_json::array(), edges = ordered_json::array();
  for (const activity::Node& node : found.nodes) {
    ordered_json out = entity_json(workspace, *activity, node.entity, language);
    out["kind"] = kind_word(*activity, node.entity);
    const EntityId head = activity->table.head_of(node.entity);
    out["parent"] = nullptr;
    if (head != activity::kNoEntity && head != node.entity)
      out["parent"] = (*activity->table.names)[head].key;
    out["statements"] = node.statements;
    nodes.push_back(std::move(out));
  }
  const auto year = [](int value) {
    return value == 0 ? ordered_json() : ordered_json(std::to_string(value));
  };
  for (const activity::Edge& edge : found.edges) {
    edges.push_back({{"a", (*activity->table.names)[found.nodes[edge.a].entity].key},
                     {"b", (*activity->table.names)[found.nodes[edge.b].entity].key},
                     {"statements", edge.statements},
                     {"first", year(edge.first)},
                     {"last", year(edge.last)}});
  }
  ordered_json years = nullptr;
  if (found.first != 0) years = {found.first, found.last};
  return {{"nodes", nodes}, {"edges", edges}, {"years", years}};
}

ordered_json map_answer(Workspace& workspace, const ActivityRequest& request, Language language) {
  const auto activity = workspace.activity();
  ordered_json states = ordered_json::array();
  auto found =
      activity::by_place(activity::Asked(activity->table, activity_question(workspace, *activity, request)));
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.statements > b.statements; });
  for (const activity::PlaceCount& each : found) {
    const std::string& id = (*activity->table.names)[each.place].key;
    const CountryCodes& codes = workspace.knowledge().codes_of(id);
    if (codes.iso3.empty() && codes.m49.empty()) continue;
    states.push_back({{"id", id},
                      {"iso3", codes.iso3},
                      {"m49", codes.m49},
                      {"name", workspace.name_of(id, language)},
                      {"statements", each.statements},
                      {"organizations", each.organizations},
                      {"leads", each.leads}});
  }
  return {{"states", states}};
}

ordered_json timeline_answer(Workspace& workspace, const ActivityRequest& request) {
  const auto activity = workspace.activity();
  const activity::Timeline found =
      activity::timeline(activity::Asked(activity->table, activity_question(workspace, *activity, request)));
  ordered_json years = ordered_json::array();
  for (const activity::YearCount& year : found.years) {
    ordered_json by_kind = ordered_json::object();
    for (std::size_t type = 0; type < activity::kTypes; ++type) {
      if (year.by_type[type] > 0)
        by_kind[std::string(name_of(static_cast<StatementType>(type)))] = year.by_type[type];
    }
    years.push_back({{"year", year.year}, {"statements", year.statements}, {"by_kind", by_kind}});
  }
  return {{"years", years}, {"undated", found.undated}};
}

}  // namespace mithaq::service
