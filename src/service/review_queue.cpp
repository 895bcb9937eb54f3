#include "service/review_queue.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "document/paragraph.hpp"
#include "engines/activity/contradiction.hpp"
#include "engines/activity/counts.hpp"
#include "service/json_rows.hpp"

namespace mithaq::service {

namespace {

using activity::EntityId;
using nlohmann::ordered_json;

constexpr std::size_t kAgainstShown = 20;
constexpr std::size_t kPartySuggestions = 8;
constexpr std::size_t kSuggestions = 6;
constexpr std::int64_t kNeighbours = 2;  // paragraphs before and after whose names are suggested
constexpr std::size_t kDisagreementsShown = 100;

std::optional<std::pair<const activity::Segment*, activity::Row>> row_of(const activity::Table& table,
                                                                         record::Seq seq) {
  for (const auto& segment : table.segments) {
    if (segment->rows() == 0 || seq < segment->seq.front() || seq > segment->seq.back()) continue;
    if (const auto row = segment->find(seq)) return std::pair(segment.get(), *row);
  }
  return std::nullopt;
}

// What else might be meant: names in the paragraph, then beside it, then those that the document names most.
ordered_json suggestions_json(Workspace& workspace, const Activity& activity, const record::StatementRow& row,
                              Language language) {
  ordered_json parties = ordered_json::array(), places = ordered_json::array(),
               themes = ordered_json::array();
  std::vector<EntityId> taken;
  for (const record::NamedNearby& each :
       workspace.record().view().named_nearby(row.citation.paragraph_row, kNeighbours)) {
    const auto found = activity.table.names->find(each.key);
    if (!found || *found >= activity.entities) continue;
    const EntityId entity = activity.table.read_as(*found);
    if (std::find(taken.begin(), taken.end(), entity) != taken.end()) continue;
    taken.push_back(entity);
    const auto kind = (*activity.table.names)[entity].kind;
    ordered_json shown = entity_json(workspace, activity, entity, language);
    shown["kind"] = kind_word(activity, entity);
    const bool is_place = kind == activity::EntityKind::place;
    if (!is_place && parties.size() < kPartySuggestions) parties.push_back(shown);
    if ((is_place || kind == activity::EntityKind::state) && places.size() < kSuggestions)
      places.push_back(shown);
  }
  // Themes of the other statements of the document, most often first.
  std::map<std::string, std::size_t> counts;
  const auto here = row_of(activity.table, row.seq);
  if (here) {
    const activity::DocumentId document = here->first->document[here->second];
    for (activity::Row at = 0; at < here->first->rows(); ++at) {
      if (here->first->document[at] != document) continue;
      for (const activity::ThemeId theme : here->first->themes[at]) ++counts[(*activity.themes)[theme]];
    }
  }
  std::vector<std::pair<std::string, std::size_t>> most(counts.begin(), counts.end());
  std::stable_sort(most.begin(), most.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  for (const auto& [id, count] : most) {
    if (themes.size() == kSuggestions) break;
    themes.push_back(theme_json(workspace, id, language));
  }
  return {{"parties", parties}, {"themes", themes}, {"places", places}};
}

std::string plain_name(const std::string& by) {
  return by.starts_with("account:") ? by.substr(8) : by;
}

ordered_json shown_review(const record::ReviewRow& row) {
  ordered_json out = review_json(row);
  out["by_name"] = plain_name(row.by);
  return out;
}

// What statements/:seq and each item of the queue have.
ordered_json item_json(Workspace& workspace, const Activity& activity, const activity::Leads& leads,
                       const record::StatementRow& row, Language language) {
  const record::View& view = workspace.record().view();
  ordered_json out = {{"statement", statement_json(row)}};
  const auto around = view.paragraphs_around(row.citation.paragraph_row, 1);
  std::string before, text, after;
  for (const record::ParagraphRow& paragraph : around) {
    (paragraph.row < row.citation.paragraph_row    ? before
     : paragraph.row == row.citation.paragraph_row ? text
                                                   : after) = paragraph.paragraph.text;
  }
  const document::CodePointIndex index(text);
  const auto end =
      static_cast<std::uint32_t>(std::min(text.size(), row.range_begin + row.citation.words.size()));
  out["context"] = {{"before", before},
                    {"text", text},
                    {"after", after},
                    {"range",
                     {index.code_points_before(
                          static_cast<std::uint32_t>(std::min<std::size_t>(row.range_begin, text.size()))),
                      index.code_points_before(end)}}};
  out["reviews"] = ordered_json::array();
  for (const record::ReviewRow& review : view.reviews(row.seq))
    out["reviews"].push_back(shown_review(review));
  const record::Agreement agreement = view.agreement(row.seq);
  out["agreement"] = {{"confirmed", agreement.confirmed},
                      {"corrected", agreement.corrected},
                      {"rejected", agreement.rejected},
                      {"unanimous", agreement.unanimous()}};
  out["contradicted_by"] = leads.against(row.seq, kAgainstShown);
  out["suggestions"] = suggestions_json(workspace, activity, row, language);
  if (const auto at = row_of(activity.table, row.seq)) {
    const activity::Score score = activity::score(activity.table, *activity.review, *at->first, at->second);
    out["doubt"] = score.doubt;
    out["weight"] = score.weight;
    out["why"] = ordered_json::array();
    for (const activity::Why why : score.why) {
      if (why == activity::Why::contradicted && out["contradicted_by"].empty()) continue;
      out["why"].push_back(name_of(why));
    }
  }
  return out;
}

activity::Leads leads_seen(Workspace& workspace, const Activity& activity) {
  return activity::Leads(activity::Asked(
      activity.table,
      {.sees = sees_of(workspace, activity), .types = activity::bit_of(document::StatementType::lead)}));
}

}  // namespace

ordered_json statement_answer(Workspace& workspace, record::Seq seq, Language language) {
  const record::StatementRow row = workspace.record().view().statement(seq);
  const auto activity = workspace.activity();
  return item_json(workspace, *activity, leads_seen(workspace, *activity), row, language);
}

ordered_json queue_answer(Workspace& workspace, const QueueRequest& request, Language language) {
  static const std::map<std::string, activity::ReviewOrder> kOrders = {
      {"doubt", activity::ReviewOrder::doubt},
      {"weight", activity::ReviewOrder::weight},
      {"newest", activity::ReviewOrder::newest}};
  const auto order = kOrders.find(request.order);
  if (order == kOrders.end())
    throw Error(ErrorKind::invalid_input, "a queue is ordered by doubt, by weight or by newest");
  const auto activity = workspace.activity();
  activity::Question question = activity_question(workspace, *activity, request.filter);
  if (request.filter.kinds.empty()) question.types = 0;
  if (request.filter.review.empty()) question.reviews = 1U << activity::kProposed;
  std::optional<std::uint16_t> reviewer;
  if (!request.account.empty()) reviewer = activity->account(request.account);
  const activity::Queue queue = activity::review_queue(activity::Asked(activity->table, question),
                                                       order->second, reviewer, request.after, request.limit);
  const activity::Leads leads = leads_seen(workspace, *activity);
  ordered_json items = ordered_json::array();
  for (const record::StatementRow& row : workspace.record().view().statements_at(queue.seqs))
    items.push_back(item_json(workspace, *activity, leads, row, language));
  return {{"items", items}, {"remaining", queue.remaining}};
}

ordered_json agreement_answer(Workspace& workspace, const std::vector<std::string>& reviewers) {
  const auto activity = workspace.activity();
  std::vector<std::uint16_t> accounts;
  for (const std::string& each : reviewers) {
    // Somebody who has reviewed nothing agrees with nobody.
    accounts.push_back(activity->account(each).value_or(activity->account("account:" + each).value_or(0)));
  }
  const activity::Agreement found = activity::agreement(
      activity::Asked(activity->table, {.sees = sees_of(workspace, *activity), .reviews = ~0U}), accounts,
      kDisagreementsShown);
  const auto name = [&](std::uint16_t account) { return (*activity->accounts)[account]; };
  ordered_json people = ordered_json::array(), pairs = ordered_json::array();
  for (const auto& [account, words] : found.reviewers) {
    people.push_back({{"account", name(account)},
                      {"name", plain_name(name(account))},
                      {"confirmed", words[0]},
                      {"corrected", words[1]},
                      {"rejected", words[2]}});
  }
  for (const activity::Pair& pair : found.pairs) {
    // Cohen (1960): what agreement is beyond what chance alone would give.
    const auto all = static_cast<double>(pair.both);
    double chance = 0;
    for (std::size_t action = 0; action < pair.first.size(); ++action)
      chance +=
          static_cast<double>(pair.first[action]) / all * static_cast<double>(pair.second[action]) / all;
    ordered_json kappa = nullptr;
    if (chance < 1) kappa = (static_cast<double>(pair.agree) / all - chance) / (1 - chance);
    pairs.push_back({{"a", name(pair.a)},
                     {"b", name(pair.b)},
                     {"both", pair.both},
                     {"agree", pair.agree},
                     {"kappa", kappa}});
  }
  return {{"reviewers", people}, {"pairs", pairs}, {"disagreements", found.disagreements}};
}

ordered_json review_history_answer(Workspace& workspace, std::size_t limit, std::size_t offset) {
  ordered_json out = ordered_json::array();
  const record::View& view = workspace.record().view();
  const auto rows = view.latest_reviews(limit + 1, offset);
  std::vector<record::Seq> seqs;
  for (const record::ReviewRow& row : rows) seqs.push_back(row.statement);
  std::sort(seqs.begin(), seqs.end());
  seqs.erase(std::unique(seqs.begin(), seqs.end()), seqs.end());
  std::map<record::Seq, record::StatementRow> statements;
  for (record::StatementRow& row : view.statements_at(seqs)) statements.emplace(row.seq, std::move(row));
  for (std::size_t each = 0; each < rows.size() && each < limit; ++each) {
    const auto statement = statements.find(rows[each].statement);
    if (statement == statements.end()) continue;
    ordered_json shown = shown_review(rows[each]);
    shown["type"] = name_of(statement->second.type);
    shown["state"] = name_of(statement->second.review);
    shown["citation"] = citation_json(statement->second.citation);
    out.push_back(std::move(shown));
  }
  ordered_json next = nullptr;
  if (rows.size() > limit && limit > 0) next = offset + limit;
  return {{"reviews", out}, {"page", {{"limit", limit}, {"offset", offset}, {"next_offset", next}}}};
}

}  // namespace mithaq::service
