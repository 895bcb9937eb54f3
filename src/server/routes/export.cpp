// GET /api/v1/documents/:id/export: a copy of what was read from one document, as a file.
#include <fmt/format.h>

#include <sstream>

#include "server/routes/answer.hpp"
#include "server/routes/routes.hpp"
#include "service/akoma_ntoso.hpp"
#include "service/export_statements.hpp"
#include "service/findings.hpp"

namespace mithaq::server {

namespace {

// Longer documents are given section by section, so that a few requests cannot fill the memory.
constexpr std::size_t kWholeMax = 16 << 20;

struct Format {
  std::string_view name;
  std::string_view type;
  std::string_view ending;
  bool whole;  // several sections make one file of it
};

constexpr Format kFormats[] = {{"akn", "application/akn+xml", "xml", false},
                               {"jsonl", "application/jsonl", "jsonl", true},
                               {"text", "text/plain; charset=utf-8", "txt", true},
                               {"findings", "application/jsonl", "findings.jsonl", true}};

const Format& format_of(const std::string& name) {
  for (const Format& each : kFormats) {
    if (each.name == name) return each;
  }
  throw Error(ErrorKind::invalid_input, "there is no format \"" + name + "\": akn, jsonl, text, findings");
}

// The sections that are asked for, from the first to before the last.
struct Sections {
  std::size_t begin = 0, end = 0;
};

Sections sections_of(const Call& call, const record::DocumentRow& document, const Format& format) {
  if (call.parameters.has("section")) {
    const std::size_t section = call.parameters.number("section");
    if (section >= document.sections)
      throw Error(ErrorKind::not_found,
                  "the document has " + std::to_string(document.sections) + " sections, counted from 0");
    return {section, section + 1};
  }
  if (document.sections > 1 && (!format.whole || document.raw_bytes > kWholeMax))
    throw Error(ErrorKind::invalid_input, "the text is long: ask for its " +
                                              std::to_string(document.sections) +
                                              " sections one by one, section=0 first");
  return {0, document.sections};
}

std::string statements_of(const record::View& view, const std::string& document, Sections sections) {
  std::vector<record::StatementRow> rows;
  for (record::StatementRow& row : view.statements({.documents = {document}, .limit = SIZE_MAX / 2})) {
    if (row.citation.section >= sections.begin && row.citation.section < sections.end)
      rows.push_back(std::move(row));
  }
  std::ostringstream out;
  service::write_statements_jsonl(out, rows);
  return std::move(out).str();
}

std::string copy_of(const record::View& view, const record::DocumentRow& row, const Format& format,
                    Sections sections) {
  if (format.name == "jsonl") return statements_of(view, row.id, sections);
  std::ostringstream out;
  for (std::size_t section = sections.begin; section < sections.end; ++section) {
    const document::Document document = view.read_section(row.id, section);
    if (format.name == "akn") {
      out << service::akoma_ntoso(document, row.read_at.substr(0, 10)) << '\n';
    } else if (format.name == "findings") {
      service::write_findings(out, document);
    } else {
      for (const document::Paragraph& paragraph : document.paragraphs) out << paragraph.text << "\n\n";
    }
  }
  return std::move(out).str();
}

// RFC 6266: the name of the copy, in letters that no header breaks on, and in its own (RFC 8187).
std::string disposition(const record::DocumentRow& document, const Format& format) {
  std::string name = document.name.substr(0, document.name.rfind('.'));
  if (name.empty()) name = "document";
  std::string encoded;
  for (const char letter : name) {
    const auto byte = static_cast<unsigned char>(letter);
    const bool plain = (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
                       (byte >= 'A' && byte <= 'Z') || byte == '-' || byte == '_' || byte == '.';
    encoded += plain ? std::string(1, letter) : fmt::format("%{:02X}", byte);
  }
  return fmt::format("attachment; filename=\"document.{}\"; filename*=UTF-8''{}.{}", format.ending, encoded,
                     format.ending);
}

}  // namespace

ApiRoute export_route() {
  return {
      .pattern = "/api/v1/documents/:id/export",
      .parameters = {path_text("id"), required_text("format"), optional_number("section", 0, 100'000'000)},
      .answer = [](Call& call) {
        const Format& format = format_of(call.parameters.text("format"));
        const record::View& view = call.workspace.record().view();
        const record::DocumentRow document = view.document(call.parameters.text("id"));
        require(call, access::Action::export_copy, object_of(document), document.id);
        const Sections sections = sections_of(call, document, format);
        Response response{.body = copy_of(view, document, format, sections),
                          .type = std::string(format.type)};
        response.headers.emplace_back("Content-Disposition", disposition(document, format));
        // Before it leaves. Each copy counts, unlike a reading.
        if (call.gate != nullptr && !document.metadata.handling.is_public())
          call.gate->append("export.made", call.subject,
                            {{"document", document.id}, {"format", std::string(format.name)}});
        return response;
      }};
}

}  // namespace mithaq::server
