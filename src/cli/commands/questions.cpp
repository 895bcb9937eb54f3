// The questions about who does what: who, leads, commitments.
#include <ostream>

#include "base/error.hpp"
#include "cli/commands/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/output/statement_rows.hpp"
#include "service/division_of_labour.hpp"
#include "service/follow_up.hpp"
#include "service/who_does_what.hpp"

namespace mithaq::cli {

namespace {

service::WhoRequest request_of(const WhoCommand& command) {
  service::WhoRequest request;
  request.organizations = command.organizations;
  request.theme = command.theme;
  request.place = command.place;
  request.at = command.at;
  request.confirmed_only = command.confirmed_only;
  request.limit = command.limit;
  for (const std::string& name : command.types) request.types.push_back(service::statement_type_of(name));
  return request;
}

// Prints rows, and says so where there may be more of them than asked for.
int print_answer(Session& session, const AnswerTable& table, std::size_t limit = SIZE_MAX) {
  if (table.rows.empty() && session.style.format == OutputFormat::table) {
    session.err << session.say(
                       "Nothing in the record answers this. `mithaq find` searches the words themselves.")
                << '\n';
  } else {
    print(session.out, table, session.style);
  }
  if (table.rows.size() >= limit) {
    session.err << session.say("Only the first rows are shown; --limit says how many.") << '\n';
  }
  return table.rows.empty() ? kExitNothingFound : kExitOk;
}

}  // namespace

int run_who(Session& session, const WhoCommand& command) {
  return print_answer(
      session, statement_table(session, service::who_does_what(session.workspace, request_of(command))),
      command.limit);
}

int run_leads(Session& session, const WhoCommand& command) {
  const auto rows =
      service::division_of_labour(session.workspace, request_of(command), 0, command.limit).rows;
  AnswerTable table;
  table.columns = {
      {.key = "statement", .heading = session.say("No."), .number = true, .hxl = "#meta+id"},
      {.key = "where", .heading = session.say("Where"), .hxl = "#geo+name"},
      {.key = "leader", .heading = session.say("Who leads"), .hxl = "#org+lead"},
      {.key = "of", .heading = session.say("What"), .hxl = "#activity+name", .data_only = true},
      {.key = "themes", .heading = session.say("Theme"), .hxl = "#sector", .data_only = true},
      {.key = "when", .heading = session.say("When"), .hxl = "#date"},
      {.key = "contradicts", .heading = session.say("Against"), .hxl = "#meta+contradicts"},
      {.key = "review", .heading = session.say("Review"), .hxl = "#status+review", .data_only = true},
      {.key = "source", .heading = session.say("Source"), .hxl = "#meta+source"},
      words_column(session)};
  for (const service::LeadRow& row : rows) {
    const record::StatementRow& lead = row.statement;
    std::string against;
    for (const record::Seq other : row.contradicted_by)
      against += (against.empty() ? "" : " ") + std::to_string(other);
    std::string of =
        parties_text(session, lead, {document::PartyRole::counterpart, document::PartyRole::beneficiary});
    if (of.empty()) of = lead.topic;
    table.rows.push_back(
        {std::to_string(lead.seq), places_text(session, lead),
         parties_text(session, lead, {document::PartyRole::actor, document::PartyRole::subject}), of,
         themes_text(session, lead), lead.time, against, review_text(session, lead.review),
         source_text(session, lead), lead.citation.words});
  }
  return print_answer(session, table, command.limit);
}

int run_commitments(Session& session, const CommitmentsCommand& command) {
  const auto rows = service::follow_up(session.workspace, command.reference).rows;
  AnswerTable table;
  table.columns = {
      {.key = "statement", .heading = session.say("No."), .number = true, .hxl = "#meta+id"},
      {.key = "instrument", .heading = session.say("Paper"), .hxl = "#meta+instrument"},
      {.key = "who", .heading = session.say("Who must"), .hxl = "#org+debtor"},
      {.key = "what", .heading = session.say("Do what"), .hxl = "#activity", .data_only = true},
      {.key = "status", .heading = session.say("What became of it"), .hxl = "#status"},
      {.key = "evidence", .heading = session.say("Says who"), .hxl = "#meta+evidence"},
      {.key = "review", .heading = session.say("Review"), .hxl = "#status+review", .data_only = true},
      {.key = "source", .heading = session.say("Source"), .hxl = "#meta+source"},
      words_column(session)};
  for (const service::FollowUpRow& row : rows) {
    const record::StatementRow& commitment = row.commitment;
    std::string evidence;
    for (const record::StatementRow& other : row.evidence) {
      evidence += (evidence.empty() ? "" : "; ") + status_text(session, other.status) + ": " +
                  std::to_string(other.seq) + " (" + cite(other.citation) + ")";
    }
    table.rows.push_back(
        {std::to_string(commitment.seq), commitment.instrument,
         parties_text(session, commitment, {document::PartyRole::actor, document::PartyRole::subject}),
         commitment.topic, status_text(session, row.status), evidence,
         review_text(session, commitment.review), source_text(session, commitment),
         commitment.citation.words});
  }
  return print_answer(session, table);
}

}  // namespace mithaq::cli
