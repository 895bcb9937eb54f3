#include <ostream>

#include "base/error.hpp"
#include "cli/commands/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/output/statement_rows.hpp"
#include "cli/output/text_width.hpp"
#include "cli/output/visible_text.hpp"
#include "service/find.hpp"
#include "service/who_does_what.hpp"

namespace mithaq::cli {

namespace {

// The snippet with what was found in bold, or between asterisks where there is no terminal.
std::string highlighted(const search::Snippet& snippet, bool terminal) {
  std::string out;
  std::size_t at = 0;
  for (const document::TextRange& range : snippet.highlights) {
    out += visible(snippet.text.substr(at, range.begin - at));
    out += terminal ? "\x1B[1m" : "*";
    out += visible(snippet.text.substr(range.begin, range.size()));
    out += terminal ? "\x1B[0m" : "*";
    at = range.end;
  }
  return out + visible(snippet.text.substr(at));
}

}  // namespace

int run_find(Session& session, const FindCommand& command) {
  service::FindRequest request;
  for (const std::string& word : command.words) request.words += (request.words.empty() ? "" : " ") + word;
  if (!command.organization.empty()) request.organizations = {command.organization};
  request.place = command.place;
  request.theme = command.theme;
  request.from = command.from;
  request.to = command.to;
  request.limit = command.limit;
  if (!command.kind.empty()) request.kinds = {service::statement_type_of(command.kind)};
  if (!command.status.empty()) {
    request.status = document::commitment_status_named(command.status);
    if (!request.status)
      throw Error(ErrorKind::invalid_input, "there is no status \"" + command.status + "\"");
  }
  const search::Answer answer = service::find(session.workspace, request);

  if (session.style.format != OutputFormat::table) {
    AnswerTable table;
    table.columns = {{.key = "source", .heading = session.say("Source"), .hxl = "#meta+source"},
                     {.key = "document", .heading = session.say("Document"), .hxl = "#meta+id"},
                     {.key = "paragraph", .heading = session.say("Paragraph"), .hxl = "#meta+paragraph"},
                     {.key = "score", .heading = session.say("Score"), .number = true, .hxl = "#meta+score"},
                     {.key = "snippet", .heading = session.say("Words"), .hxl = "#description"}};
    for (const search::Hit& hit : answer.hits) {
      table.rows.push_back({cite(hit.citation), hit.citation.document, hit.citation.paragraph,
                            std::to_string(hit.score), hit.snippet.text});
    }
    print(session.out, table, session.style);
    return answer.hits.empty() ? kExitNothingFound : kExitOk;
  }
  for (const search::Hit& hit : answer.hits) {
    session.out << "\u200E" << visible(cite(hit.citation));
    if (!hit.statements.empty()) {
      session.out << "  (";
      for (std::size_t each = 0; each < hit.statements.size(); ++each) {
        session.out << (each > 0 ? ", " : "") << type_text(session, hit.statements[each].type) << ' '
                    << hit.statements[each].seq;
      }
      session.out << ')';
    }
    session.out << '\n';
    for (const std::string& line :
         wrap_to_width(highlighted(hit.snippet, session.terminal), session.style.terminal_columns - 4)) {
      session.out << "    " << line << '\n';
    }
    session.out << '\n';
  }
  if (answer.hits.empty()) session.err << session.say("Nothing found.") << '\n';
  if (answer.truncated) {
    session.err << session.say(
                       "Very many paragraphs match; only the newest were ranked. Add a word or a filter.")
                << '\n';
  }
  return answer.hits.empty() ? kExitNothingFound : kExitOk;
}

}  // namespace mithaq::cli
