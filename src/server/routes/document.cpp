// GET /api/v1/documents/:id: the repaired text, what was changed, and what was found in it, as `mithaq show`.
#include <algorithm>

#include "engines/access/decide.hpp"
#include "reader/reasons.hpp"
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

// Where a paragraph's own bytes stand in its section's raw text.
document::Span bytes_of(const document::Paragraph& paragraph) {
  document::Span span{SIZE_MAX, 0};
  for (const document::Piece& piece : paragraph.pieces) {
    if (piece.raw.size() == 0) continue;
    span.begin = std::min(span.begin, piece.raw.begin);
    span.end = std::max(span.end, piece.raw.end);
  }
  return span;
}

// The whole lines of a raw text that a span stands on. Of a line without end, only what is near: a file may
// be one line with a thousand paragraphs.
std::string lines_of(const std::string& raw, document::Span span) {
  constexpr std::size_t kNear = 1000;
  if (span.begin >= span.end || span.end > raw.size()) return "";
  std::size_t begin = span.begin, end = span.end;
  while (begin > 0 && raw[begin - 1] != '\n' && span.begin - begin < kNear) --begin;
  while (end < raw.size() && raw[end - 1] != '\n' && raw[end] != '\n' && end - span.end < kNear) ++end;
  const auto inside_a_letter = [&](std::size_t at) {
    return at < raw.size() && (static_cast<unsigned char>(raw[at]) & 0xC0) == 0x80;
  };
  while (inside_a_letter(begin)) ++begin;
  while (inside_a_letter(end)) --end;
  return raw.substr(begin, end - begin);
}

}  // namespace

const std::string& RawSections::of(std::size_t section) {
  if (!kept_ || kept_->first != section) kept_ = {section, view_.raw_text(document_, section)};
  return kept_->second;
}

namespace {

ordered_json paragraph_json(RawSections& raw, const record::ParagraphRow& row,
                            const std::vector<record::MentionRow>& mention_rows,
                            const std::vector<record::StatementRow>& statement_rows) {
  const document::Paragraph& paragraph = row.paragraph;
  const document::CodePointIndex index(paragraph.text);
  ordered_json pieces = ordered_json::array();
  for (const document::Piece& piece : paragraph.pieces) {
    pieces.push_back({{"range", range_json(index, piece.text)},
                      {"raw_bytes", {row.raw_offset + piece.raw.begin, row.raw_offset + piece.raw.end}},
                      {"verbatim", piece.verbatim}});
  }
  ordered_json mentions = ordered_json::array();
  for (const record::MentionRow& mention : mention_rows) mentions.push_back(mention_json(mention, index));
  ordered_json statements = ordered_json::array();
  for (const record::StatementRow& statement : statement_rows)
    statements.push_back(service::statement_json(statement));
  return {{"id", paragraph.id},
          {"number", paragraph.number},
          {"kind", name_of(paragraph.kind)},
          {"section", row.section},
          {"section_begin", row.raw_offset},
          {"text", paragraph.text},
          {"raw", lines_of(raw.of(row.section), bytes_of(paragraph))},
          {"pieces", pieces},
          {"mentions", mentions},
          {"statements", statements}};
}

}  // namespace

ordered_json paragraphs_json(const record::View& view, RawSections& raw,
                             std::span<const record::ParagraphRow> rows) {
  std::vector<record::ParagraphRowId> ids;
  for (const record::ParagraphRow& row : rows) ids.push_back(row.row);
  const auto mentions = view.mentions_of(rows);
  const auto statements = view.statements_of(ids);
  ordered_json out = ordered_json::array();
  for (std::size_t at = 0; at < rows.size(); ++at)
    out.push_back(paragraph_json(raw, rows[at], mentions[at], statements[at]));
  return out;
}

ordered_json document_json_for(const Call& call, const record::DocumentRow& row) {
  ordered_json out = document_json(row);
  out["rights"] = access::rights_on(call.subject, object_of(row));
  return out;
}

ordered_json edit_json_for(const Call& call, const record::EditRow& row) {
  ordered_json out = service::edit_json(row);
  out["rule_name"] = call.words().say(reader::name_of_rule(row.edit.rule));
  out["reason"] = call.words().say(row.edit.reason);
  return out;
}

ordered_json doubt_json_for(const Call& call, const record::DoubtRow& row) {
  ordered_json out = service::doubt_json(row);
  out["rule_name"] = call.words().say(reader::name_of_rule(row.rule));
  for (ordered_json& reading : out["readings"])
    reading["reason"] = call.words().say(reading["reason"].get<std::string>());
  return out;
}

namespace {

// The stretch of the raw text that a page of paragraphs stands in. Edits between two pages (a dropped header)
// belong to the earlier one, those before the first paragraph to the first page.
//   rows  those of the page, and the one behind it if there is one
document::Span raw_stretch(const std::vector<record::ParagraphRow>& rows, const Page& page) {
  const auto first_byte = [&](std::size_t at) {
    std::size_t first = SIZE_MAX;
    for (const document::Piece& piece : rows[at].paragraph.pieces) {
      if (piece.raw.size() > 0) first = std::min(first, rows[at].raw_offset + piece.raw.begin);
    }
    return first;
  };
  document::Span stretch{SIZE_MAX, 0};
  for (std::size_t at = 0; at < rows.size() && at < page.limit; ++at) {
    stretch.begin = std::min(stretch.begin, first_byte(at));
    for (const document::Piece& piece : rows[at].paragraph.pieces)
      stretch.end = std::max(stretch.end, rows[at].raw_offset + piece.raw.end);
  }
  if (page.offset == 0) stretch.begin = 0;
  stretch.end = page.limit >= rows.size() ? SIZE_MAX : std::max(stretch.end, first_byte(page.limit));
  return stretch;
}

// The page that holds the paragraph that is asked for.
//   throws  Error{not_found} if the document has none of that id
Page page_with(const Call& call, const record::View& view, const record::DocumentRow& document) {
  Page page = page_of(call);
  if (call.parameters.has("offset"))
    throw Error(ErrorKind::invalid_input, "give an offset or a paragraph, not both");
  if (page.limit == 0) throw Error(ErrorKind::invalid_input, "a page that holds a paragraph is not empty");
  const auto paragraph = view.paragraph(document.id, call.parameters.text("paragraph"));
  page.offset = view.paragraphs_before(paragraph) / page.limit * page.limit;
  return page;
}

}  // namespace

ApiRoute document_route() {
  return {.pattern = "/api/v1/documents/:id",
          .parameters = {path_text("id"), optional_number("limit", 100, 500),
                         optional_number("offset", 0, 100'000'000), optional_text("paragraph")},
          .answer = [](Call& call) {
            Page page = page_of(call);
            const record::View& view = call.workspace.record().view();
            const record::DocumentRow document = view.document(call.parameters.text("id"));
            note_read(call, document);
            if (call.parameters.has("paragraph")) page = page_with(call, view, document);
            const auto rows = view.paragraphs(document.id, page.offset, page.limit + 1);
            const document::Span stretch = raw_stretch(rows, page);
            const auto in_stretch = [&](std::size_t byte) {
              return stretch.begin <= byte && byte < stretch.end;
            };
            ordered_json edits = ordered_json::array(), doubts = ordered_json::array();
            for (const record::EditRow& row : view.edits(document.id)) {
              if (in_stretch(row.edit.span.begin)) edits.push_back(edit_json_for(call, row));
            }
            for (const record::DoubtRow& row : view.doubts(document.id)) {
              if (!row.citation.raw.empty() && in_stretch(row.citation.raw.front().begin))
                doubts.push_back(doubt_json_for(call, row));
            }
            RawSections raw(view, document.id);
            const auto shown = std::span(rows).first(std::min(rows.size(), page.limit));
            return json_response(localized({{"document", document_json_for(call, document)},
                                            {"paragraphs", paragraphs_json(view, raw, shown)},
                                            {"edits", edits},
                                            {"doubts", doubts},
                                            {"page", page_json(page, page.offset + rows.size())}},
                                           call));
          }};
}

}  // namespace mithaq::server
