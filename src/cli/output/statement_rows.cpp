#include "cli/output/statement_rows.hpp"

#include <algorithm>

#include "service/themes.hpp"

namespace mithaq::cli {

namespace {

void join(std::string& list, const std::string& item) {
  if (item.empty()) return;
  if (!list.empty()) list += "; ";
  list += item;
}

// For people the short name in their language; for programs the canonical name.
std::string shown_name(Session& session, const std::string& entity, const std::string& name) {
  if (session.style.format != OutputFormat::table) return name;
  const std::string shown = session.workspace.short_name_of(entity, session.language());
  return shown.empty() ? name : shown;
}

const std::vector<document::PartyRole> kActing = {document::PartyRole::actor, document::PartyRole::subject};
const std::vector<document::PartyRole> kOthers = {
    document::PartyRole::counterpart, document::PartyRole::beneficiary, document::PartyRole::addressee};

}  // namespace

std::string cite(const record::Citation& citation) {
  const std::string& name = citation.symbol.empty() ? citation.document_name : citation.symbol;
  return name + " ¶" + citation.paragraph;
}

std::string parties_text(Session& session, const record::StatementRow& row,
                         const std::vector<document::PartyRole>& roles) {
  std::string text;
  for (const record::PartyRow& party : row.parties) {
    if (std::find(roles.begin(), roles.end(), party.role) == roles.end()) continue;
    join(text, shown_name(session, party.entity, party.name));
  }
  return text;
}

std::string places_text(Session& session, const record::StatementRow& row) {
  std::string text;
  for (const record::PlaceRow& place : row.places) {
    join(text, shown_name(session, place.entity, place.name));
  }
  return text;
}

std::string themes_text(Session& session, const record::StatementRow& row) {
  const service::Themes& themes = session.themes();
  std::string text;
  for (const std::string& id : row.themes) {
    const service::Theme* theme = themes.find(id);
    if (theme == nullptr) {
      join(text, id);
    } else {
      join(text, theme->name(session.language()));
    }
  }
  return text;
}

std::string type_text(const Session& session, document::StatementType type) {
  return session.say(name_of(type));
}

std::string status_text(const Session& session, document::CommitmentStatus status) {
  return session.say(name_of(status));
}

std::string review_text(const Session& session, record::ReviewState state) {
  return session.say(name_of(state));
}

std::string source_text(const Session& session, const record::StatementRow& row) {
  const std::string source = cite(row.citation);
  if (session.style.format != OutputFormat::table) return source;
  return source + " (" + review_text(session, row.review) + ")";
}

Column words_column(const Session& session) {
  return {.key = "words",
          .heading = session.say("In the document's words"),
          .hxl = "#description+words",
          .beneath = true};
}

AnswerTable statement_table(Session& session, const std::vector<record::StatementRow>& rows) {
  AnswerTable table;
  table.columns = {
      {.key = "statement", .heading = session.say("No."), .number = true, .hxl = "#meta+id"},
      {.key = "type", .heading = session.say("Kind"), .hxl = "#activity+type"},
      {.key = "who", .heading = session.say("Who"), .hxl = "#org+actor"},
      {.key = "with", .heading = session.say("With"), .hxl = "#org+counterpart"},
      {.key = "themes", .heading = session.say("Theme"), .hxl = "#sector", .data_only = true},
      {.key = "where", .heading = session.say("Where"), .hxl = "#geo+name"},
      {.key = "when", .heading = session.say("When"), .hxl = "#date"},
      {.key = "review", .heading = session.say("Review"), .hxl = "#status+review", .data_only = true},
      {.key = "source", .heading = session.say("Source"), .hxl = "#meta+source"},
      words_column(session)};
  for (const record::StatementRow& row : rows) {
    std::string type = type_text(session, row.type);
    if (row.negated) type += session.say(" (not)");
    table.rows.push_back({std::to_string(row.seq), type, parties_text(session, row, kActing),
                          parties_text(session, row, kOthers), themes_text(session, row),
                          places_text(session, row), row.time, review_text(session, row.review),
                          source_text(session, row), row.citation.words});
  }
  return table;
}

}  // namespace mithaq::cli
