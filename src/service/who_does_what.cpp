#include "service/who_does_what.hpp"

#include <set>

#include "base/edtf.hpp"
#include "base/error.hpp"
#include "service/activity.hpp"

namespace mithaq::service {

namespace {

// Bounds on what is looked through for statements that name no place themselves.
constexpr std::size_t kMentionsMax = 100000;
constexpr std::size_t kStatementsMax = 100000;

}  // namespace

record::StatementQuery plan_who(Workspace& workspace, const WhoRequest& request) {
  record::StatementQuery query;
  query.limit = request.limit;
  query.types = request.types;
  if (query.types.empty()) query.types.assign(std::begin(kActivityTypes), std::end(kActivityTypes));
  for (const std::string& organization : request.organizations) {
    if (request.all) {
      query.parties.push_back(workspace.entity_named(organization));
      continue;
    }
    for (std::string& part : workspace.with_parts(workspace.entity_named(organization))) {
      query.parties.push_back(std::move(part));
    }
  }
  if (!request.place.empty()) query.places = workspace.with_parts(workspace.entity_named(request.place));
  if (!request.theme.empty()) {
    query.themes = workspace.themes().named(request.theme);
    if (query.themes.empty()) query.text = request.theme;
  }
  if (!request.at.empty()) {
    if (!Edtf::parse(request.at)) {
      throw Error(ErrorKind::invalid_input, "\"" + request.at +
                                                "\" is no date: give 2018, 2018-11, 2018-11-29 or "
                                                "an interval such as 1999/2001");
    }
    query.time = {request.at, request.at};
  }
  query.all_parties = request.all;
  if (!request.from.empty() || !request.to.empty()) {
    if (!request.at.empty())
      throw Error(ErrorKind::invalid_input, "give a date, or from when to when, not both");
    query.time = {request.from, request.to};
  }
  if (!request.words.empty()) query.text += (query.text.empty() ? "" : " ") + request.words;
  if (!request.review.empty()) query.reviews = reviews_named(request.review);
  if (request.confirmed_only)
    query.reviews = {record::ReviewState::confirmed, record::ReviewState::corrected};
  return query;
}

std::vector<record::ReviewState> reviews_named(const std::string& name) {
  using record::ReviewState;
  if (name == "reviewed") return {ReviewState::confirmed, ReviewState::corrected};
  const auto state = record::review_state_named(name);
  if (!state) {
    throw Error(ErrorKind::invalid_input,
                "\"" + name +
                    "\" is no state of review: proposed, confirmed, corrected, rejected "
                    "and reviewed are");
  }
  return {*state};
}

WhoPage who_page(Workspace& workspace, const WhoRequest& request, std::size_t offset, std::size_t limit) {
  const bool theme_known = request.theme.empty() || !workspace.themes().named(request.theme).empty();
  if (!request.words.empty() || !theme_known) {
    record::StatementQuery query = plan_who(workspace, request);
    query.offset = offset;
    query.limit = limit;
    return {.rows = workspace.record().view().statements(query)};
  }
  if (!request.at.empty() && !Edtf::parse(request.at)) plan_who(workspace, request);  // says what is wrong
  const auto activity = workspace.activity();
  const activity::Asked asked(activity->table,
                              activity_question(workspace, *activity, activity_request_of(request)));
  const activity::Found found = activity::find_statements(asked, activity::Order::document, offset, limit);
  return {.rows = workspace.record().view().statements_at(found.seqs),
          .total = found.total,
          .nearby = found.nearby};
}

ActivityRequest activity_request_of(const WhoRequest& request) {
  ActivityRequest out{.organizations = request.organizations,
                      .all = request.all,
                      .theme = request.theme,
                      .place = request.place,
                      .from = request.at.empty() ? request.from : request.at,
                      .to = request.at.empty() ? request.to : request.at,
                      .review = request.confirmed_only ? "reviewed" : request.review,
                      .nearby = true};
  for (const document::StatementType type : request.types) out.kinds.emplace_back(name_of(type));
  return out;
}

std::vector<record::StatementRow> who_does_what(Workspace& workspace, const WhoRequest& request) {
  const record::View& view = workspace.record().view();
  const record::StatementQuery query = plan_who(workspace, request);
  std::vector<record::StatementRow> rows = view.statements(query);
  if (query.places.empty() || rows.size() >= query.limit) return rows;

  // A statement that names no place may still be about one: that of its paragraph.
  record::MentionQuery mentions;
  mentions.entities = query.places;
  mentions.limit = kMentionsMax;
  std::set<record::ParagraphRowId> paragraphs;
  for (const record::MentionRow& mention : view.mentions(mentions))
    paragraphs.insert(mention.citation.paragraph_row);
  record::StatementQuery anywhere = query;
  anywhere.places.clear();
  anywhere.limit = kStatementsMax;
  for (record::StatementRow& row : view.statements(anywhere)) {
    if (rows.size() >= query.limit) break;
    if (row.places.empty() && paragraphs.contains(row.citation.paragraph_row)) rows.push_back(std::move(row));
  }
  return rows;
}

document::StatementType statement_type_of(const std::string& name) {
  const auto type = document::statement_type_named(name);
  if (!type) throw Error(ErrorKind::invalid_input, "there is no kind of statement \"" + name + "\"");
  return *type;
}

}  // namespace mithaq::service
