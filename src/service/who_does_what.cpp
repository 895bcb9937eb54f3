#include "service/who_does_what.hpp"

#include <set>

#include "base/edtf.hpp"
#include "base/error.hpp"

namespace mithaq::service {

namespace {

// Bounds on what is looked through for statements that name no place themselves.
constexpr std::size_t kMentionsMax = 100000;
constexpr std::size_t kStatementsMax = 100000;

}  // namespace

record::StatementQuery plan_who(Workspace& workspace, const WhoRequest& request) {
  using document::StatementType;
  record::StatementQuery query;
  query.limit = request.limit;
  query.types = request.types;
  if (query.types.empty()) {
    query.types = {StatementType::cooperation, StatementType::lead,           StatementType::mandate,
                   StatementType::commitment,  StatementType::implementation, StatementType::meeting,
                   StatementType::deployment,  StatementType::instrument};
  }
  for (const std::string& organization : request.organizations) {
    for (std::string& part : workspace.with_parts(workspace.entity_named(organization))) {
      query.parties.push_back(std::move(part));
    }
  }
  if (!request.place.empty()) query.places = workspace.with_parts(workspace.entity_named(request.place));
  if (!request.theme.empty()) {
    query.themes = Themes::load(workspace.options().data).named(request.theme);
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
  if (request.confirmed_only)
    query.reviews = {record::ReviewState::confirmed, record::ReviewState::corrected};
  return query;
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
