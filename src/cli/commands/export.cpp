#include <fstream>
#include <nlohmann/json.hpp>
#include <ostream>

#include "base/error.hpp"
#include "base/sha256.hpp"
#include "cli/commands/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/output/statement_rows.hpp"
#include "service/akoma_ntoso.hpp"
#include "service/export_statements.hpp"
#include "service/export_table.hpp"
#include "service/findings.hpp"

namespace mithaq::cli {

namespace {

AnswerTable who_what_where_table(const std::vector<service::WhoWhatWhereRow>& rows) {
  AnswerTable table;
  table.columns = {{.key = "organization", .hxl = "#org+name"},
                   {.key = "organization_id", .hxl = "#org+code"},
                   {.key = "role", .hxl = "#org+role"},
                   {.key = "partners", .hxl = "#org+partner"},
                   {.key = "activity", .hxl = "#activity+type"},
                   {.key = "theme", .hxl = "#sector+name"},
                   {.key = "theme_id", .hxl = "#sector+code"},
                   {.key = "place", .hxl = "#geo+name"},
                   {.key = "country_code", .hxl = "#country+code+v_iso3"},
                   {.key = "start", .hxl = "#date+start"},
                   {.key = "end", .hxl = "#date+end"},
                   {.key = "status", .hxl = "#status+name"},
                   {.key = "review", .hxl = "#status+review"},
                   {.key = "source", .hxl = "#meta+source"},
                   {.key = "words", .hxl = "#description+words"}};
  for (const auto& row : rows) {
    table.rows.push_back({row.organization, row.organization_id, row.role, row.partners, row.activity,
                          row.theme, row.theme_id, row.place, row.place_code, row.start, row.end, row.status,
                          row.review, row.source, row.words});
  }
  return table;
}

std::vector<record::StatementRow> all_statements(Session& session, const std::string& reference) {
  const record::View& view = session.workspace.record().view();
  record::StatementQuery query;
  if (!reference.empty()) query.documents = {view.document(reference).id};
  query.limit = SIZE_MAX / 2;
  return view.statements(query);
}

// Each entry as it stands in the log, with its body where that was not erased.
void write_log(Session& session, std::ostream& out) {
  session.workspace.record().each_entry(0, [&out](const record::Entry& entry) {
    out << "{\"header\":" << record::to_canonical_json(entry.header) << ",\"salt\":\"" << entry.salt
        << "\",\"body\":" << entry.body.value_or("null") << "}\n";
    return true;
  });
  out << "# " << nlohmann::json(session.workspace.record().checkpoint()).dump() << '\n';
}

void write(Session& session, const ExportCommand& command, std::ostream& out) {
  TableStyle csv = session.style;
  csv.format = OutputFormat::csv;
  csv.hxl_row = command.as == "hxl";
  const std::string both = command.what + " " + command.as;
  if (both == "statements jsonl") {
    service::write_statements_jsonl(out, all_statements(session, command.document));
  } else if (both == "statements csv" || both == "statements hxl") {
    print(out, statement_table(session, all_statements(session, command.document)), csv);
  } else if (both == "wwww csv" || both == "wwww hxl") {
    print(out,
          who_what_where_table(service::who_what_where(
              session.workspace, all_statements(session, command.document), session.language())),
          csv);
  } else if (both == "wwww xlsx") {
    std::vector<record::Seq> seqs;
    for (const record::StatementRow& row : all_statements(session, command.document)) seqs.push_back(row.seq);
    service::write_who_what_where(session.workspace, seqs, service::TableFormat::xlsx, session.language(),
                                  out);
  } else if (both == "document akn" || both == "document jsonl") {
    if (command.document.empty()) throw Error(ErrorKind::invalid_input, "say which document: --document DOC");
    const record::View& view = session.workspace.record().view();
    const record::DocumentRow row = view.document(command.document);
    for (std::size_t section = 0; section < row.sections; ++section) {
      const document::Document document = view.read_section(row.id, section);
      if (command.as == "akn") {
        out << service::akoma_ntoso(document, row.read_at.substr(0, 10)) << '\n';
      } else {
        service::write_findings(out, document);
      }
    }
  } else if (both == "log jsonl") {
    write_log(session, out);
  } else {
    throw Error(ErrorKind::invalid_input,
                "no such export: statements (jsonl, csv, hxl), wwww (csv, hxl, xlsx), document (akn, jsonl), "
                "log (jsonl)");
  }
}

}  // namespace

int run_export(Session& session, const ExportCommand& command) {
  if (command.output.empty()) {
    write(session, command, session.out);
    return kExitOk;
  }
  // Written beside and renamed, so that a failed export leaves the old file as it was.
  const std::string part = command.output + ".part";
  {
    std::ofstream file(part, std::ios::binary);
    if (!file) throw Error(ErrorKind::unavailable, "cannot write " + part);
    write(session, command, file);
    file.close();
    if (!file) throw Error(ErrorKind::unavailable, "cannot write " + part + ": is the disk full?");
  }
  std::filesystem::rename(part, command.output);
  return kExitOk;
}

}  // namespace mithaq::cli
