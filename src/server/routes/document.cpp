// GET /api/v1/documents/:id: the repaired text, what was changed, and what was found in it, as `mithaq show`.
#include <algorithm>

#include "server/routes/answer.hpp"
#include "server/routes/document_rows.hpp"
#include "server/routes/localized.hpp"
#include "server/routes/routes.hpp"
#include "service/json_rows.hpp"

namespace mithaq::server {

namespace {

using nlohmann::ordered_json;

// Places in a paragraph count code points, places in the raw text bytes: the raw text may be too long to
// count through.
ordered_json range_json(const document::CodePointIndex& index, document::TextRange range) {
  return {index.code_points_before(range.begin), index.code_points_before(range.end)};
}

ordered_json mention_json(const record::MentionRow& row, const document::CodePointIndex& index) {
  ordered_json raw = ordered_json::array();
  for (const document::Span& span : row.citation.raw) raw.push_back({span.begin, span.end});
  return {{"type", name_of(row.type)}, {"ref", name_of(row.ref)}, {"entities", row.entities},
          {"name", row.name},          {"value", row.value},      {"unit", row.unit},
          {"title", row.title},        {"nested", row.nested},    {"range", range_json(index, row.range)},
          {"raw_bytes", raw}};
}

ordered_json paragraph_json(const record::View& view, const record::ParagraphRow& row) {
  const document::Paragraph& paragraph = row.paragraph;
  const document::CodePointIndex index(paragraph.text);
  ordered_json pieces = ordered_json::array();
  for (const document::Piece& piece : paragraph.pieces) {
    pieces.push_back({{"range", range_json(index, piece.text)},
                      {"raw_bytes", {row.raw_offset + piece.raw.begin, row.raw_offset + piece.raw.end}},
                      {"verbatim", piece.verbatim}});
  }
  ordered_json mentions = ordered_json::array();
  for (const record::MentionRow& mention : view.mentions_of_paragraph(row.row))
    mentions.push_back(mention_json(mention, index));
  ordered_json statements = ordered_json::array();
  for (const record::StatementRow& statement : view.statements_of_paragraph(row.row))
    statements.push_back(service::statement_json(statement));
  return {{"id", paragraph.id},
          {"number", paragraph.number},
          {"kind", name_of(paragraph.kind)},
          {"section", row.section},
          {"section_begin", row.raw_offset},
          {"text", paragraph.text},
          {"pieces", pieces},
          {"mentions", mentions},
          {"statements", statements}};
}

ordered_json edit_json(const record::EditRow& row) {
  return {{"rule", row.edit.rule},          {"grade", name_of(row.edit.grade)},
          {"kind", name_of(row.edit.kind)}, {"raw_bytes", {row.edit.span.begin, row.edit.span.end}},
          {"before", row.edit.before},      {"after", row.edit.after},
          {"reason", row.edit.reason}};
}

ordered_json doubt_json(const record::DoubtRow& row) {
  ordered_json readings = ordered_json::array();
  for (const auto& reading : row.readings)
    readings.push_back({{"text", reading.text}, {"reason", reading.reason}, {"taken", reading.taken}});
  return {{"rule", row.rule}, {"readings", readings}, {"citation", service::citation_json(row.citation)}};
}

// The stretch of the raw text that a page of paragraphs stands in. Edits between two pages (a dropped header)
// belong to the earlier one, those before the first paragraph to the first page.
document::Span raw_stretch(const std::vector<record::ParagraphRow>& rows, const Page& page) {
  const auto first_byte = [&](std::size_t at) {
    std::size_t first = SIZE_MAX;
    for (const document::Piece& piece : rows[at].paragraph.pieces) {
      if (piece.raw.size() > 0) first = std::min(first, rows[at].raw_offset + piece.raw.begin);
    }
    return first;
  };
  document::Span stretch{SIZE_MAX, 0};
  for (std::size_t at = page.offset; at < rows.size() && at < page.offset + page.limit; ++at) {
    stretch.begin = std::min(stretch.begin, first_byte(at));
    for (const document::Piece& piece : rows[at].paragraph.pieces)
      stretch.end = std::max(stretch.end, rows[at].raw_offset + piece.raw.end);
  }
  if (page.offset == 0) stretch.begin = 0;
  if (page.offset + page.limit >= rows.size()) {
    stretch.end = SIZE_MAX;
  } else {
    stretch.end = std::max(stretch.end, first_byte(page.offset + page.limit));
  }
  return stretch;
}

}  // namespace

ApiRoute document_route() {
  return {.pattern = "/api/v1/documents/:id",
          .parameters = {path_text("id"), optional_number("limit", 100, 500),
                         optional_number("offset", 0, 100'000'000)},
          .answer = [](Call& call) {
            const Page page = page_of(call);
            const record::View& view = call.workspace.record().view();
            const record::DocumentRow document = view.document(call.parameters.text("id"));
            note_read(call, document);
            const auto rows = view.paragraphs(document.id);
            const document::Span stretch = raw_stretch(rows, page);
            const auto in_stretch = [&](std::size_t byte) {
              return stretch.begin <= byte && byte < stretch.end;
            };
            ordered_json edits = ordered_json::array(), doubts = ordered_json::array();
            for (const record::EditRow& row : view.edits(document.id)) {
              if (in_stretch(row.edit.span.begin)) edits.push_back(edit_json(row));
            }
            for (const record::DoubtRow& row : view.doubts(document.id)) {
              if (!row.citation.raw.empty() && in_stretch(row.citation.raw.front().begin))
                doubts.push_back(doubt_json(row));
            }
            return json_response(localized({{"document", document_json(document)},
                                            {"paragraphs", rows_json(rows, page,
                                                                     [&](const record::ParagraphRow& row) {
                                                                       return paragraph_json(view, row);
                                                                     })},
                                            {"edits", edits},
                                            {"doubts", doubts},
                                            {"page", page_json(page, rows.size())}},
                                           call));
          }};
}

}  // namespace mithaq::server
