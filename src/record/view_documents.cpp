// The view: documents and their paragraphs.
#include "record/view_state.hpp"
#include "record/view_writer.hpp"

#include <nlohmann/json.hpp>

namespace mithaq::record {

namespace {

constexpr std::string_view kDocumentColumns =
    "d.seq, d.id, d.name, d.format, d.encoding, d.title, d.language, d.symbol, "
    "d.date, d.issuer, d.handling, d.brought_by, "
    "d.read_at, (select count(*) from sections s where s.document=d.seq), "
    "(select coalesce(max(s.last),0) from sections s where s.document=d.seq), "
    "(select coalesce(sum(s.raw_bytes),0) from sections s where "
    "s.document=d.seq), "
    "(select coalesce(sum(s.paragraphs),0) from sections s where s.document=d.seq), "
    "(select count(*) from sections s join statements t on "
    "t.paragraph>=(s.seq<<22) and "
    "t.paragraph<((s.seq+1)<<22) "
    "where s.document=d.seq), "
    "(select count(*) from sections s join doubts o on o.section=s.seq where "
    "s.document=d.seq), "
    "(select count(*) from sections s join edits e on e.section=s.seq where "
    "s.document=d.seq)";

DocumentRow document_of(const Query& row) {
  DocumentRow out{.seq = static_cast<Seq>(row.integer(0)),
                  .id = std::string(row.text(1)),
                  .name = std::string(row.text(2)),
                  .format = std::string(row.text(3)),
                  .encoding = std::string(row.text(4))};
  out.metadata = {.title = std::string(row.text(5)),
                  .language = std::string(row.text(6)),
                  .symbol = std::string(row.text(7)),
                  .date = std::string(row.text(8)),
                  .issuer = std::string(row.text(9)),
                  .handling = handling_from_json(row.text(10))};
  out.brought_by = row.text(11);
  out.read_at = row.text(12);
  out.sections = static_cast<std::size_t>(row.integer(13));
  out.complete = row.integer(14) != 0;
  out.raw_bytes = static_cast<std::size_t>(row.integer(15));
  out.paragraphs = static_cast<std::size_t>(row.integer(16));
  out.statements = static_cast<std::size_t>(row.integer(17));
  out.doubts = static_cast<std::size_t>(row.integer(18));
  out.edits = static_cast<std::size_t>(row.integer(19));
  return out;
}

constexpr std::string_view kParagraphColumns =
    "p.row, d.id, p.section, p.ordinal, s.raw_offset, p.id, p.number, p.kind, "
    "p.text, p.pieces, d.name, d.title, d.symbol, d.date";
constexpr std::string_view kParagraphTables =
    " from paragraphs p join @documents d on d.seq=p.document join sections s "
    "on s.document=p.document and "
    "s.section=p.section ";
// The paragraphs of a document ?1 in their order, as they lie in the table.
constexpr std::string_view kParagraphsOfDocument =
    " from @documents d join sections s on s.document=d.seq join paragraphs p on p.row>=(s.seq<<22) and "
    "p.row<((s.seq+1)<<22) where d.id=?1 order by s.section, p.row";
static_assert(kParagraphBits == 22);

ParagraphRow paragraph_of(const Query& row) {
  ParagraphRow out{.row = row.integer(0),
                   .document = std::string(row.text(1)),
                   .section = static_cast<std::size_t>(row.integer(2)),
                   .ordinal = static_cast<std::size_t>(row.integer(3)),
                   .raw_offset = static_cast<std::size_t>(row.integer(4)),
                   .document_name = std::string(row.text(10)),
                   .document_title = std::string(row.text(11)),
                   .symbol = std::string(row.text(12)),
                   .document_date = std::string(row.text(13))};
  out.paragraph = {.id = std::string(row.text(5)),
                   .number = std::string(row.text(6)),
                   .kind = enum_named(row.text(7), document::ParagraphKind::furniture),
                   .text = std::string(row.text(8))};
  for (const auto& piece : nlohmann::json::parse(row.text(9))) {
    out.paragraph.pieces.push_back(
        {.text = {piece.at(0).get<std::uint32_t>(), piece.at(1).get<std::uint32_t>()},
         .raw = {piece.at(2).get<std::size_t>(), piece.at(3).get<std::size_t>()},
         .verbatim = piece.at(4).get<int>() != 0});
  }
  return out;
}

}  // namespace

void View::State::refuse_if_hidden_document(const std::string& id) {
  if (tables.integer("select 1 from @documents d where id=?1", 0, id) == 0) {
    tables.refuse_if_hidden("select 1 from documents where id=?1", id);
  }
}

namespace {

// A LIKE pattern: these words, anywhere.
std::string like_pattern(std::string_view words) {
  std::string out = "%";
  for (const char letter : words) {
    if (letter == '%' || letter == '_' || letter == '\\') out += '\\';
    out += letter;
  }
  return out + "%";
}

std::string_view order_of(DocumentOrder order) {
  switch (order) {
    case DocumentOrder::oldest:
      break;
    case DocumentOrder::newest:
      return "d.seq desc";
    case DocumentOrder::date:  // the latest first, those without one last
      return "case when d.date_to is null then 1 else 0 end, d.date_to desc, d.seq desc";
    case DocumentOrder::date_earliest:
      return "case when d.date_from is null then 1 else 0 end, d.date_from, d.seq";
    case DocumentOrder::name:
      return "lower(d.name), d.seq";
    case DocumentOrder::name_last:
      return "lower(d.name) desc, d.seq desc";
    case DocumentOrder::doubts:
      return "(select count(*) from sections s join doubts o on o.section=s.seq where s.document=d.seq) "
             "desc, "
             "d.seq desc";
    case DocumentOrder::doubts_fewest:
      return "(select count(*) from sections s join doubts o on o.section=s.seq where s.document=d.seq), "
             "d.seq";
  }
  return "d.seq";
}

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  for (char& letter : out) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter + 32);
  }
  return out;
}

}  // namespace

std::string View::State::from_documents(const DocumentQuery& query, Conditions& where) {
  if (!query.id.empty()) where.add("d.id=" + where.argument(query.id));
  if (!query.seqs.empty()) {
    std::string text = "d.seq in (";
    for (const Seq each : query.seqs)
      text += (text.back() == '(' ? "" : ",") + where.argument(static_cast<std::int64_t>(each));
    where.add(text + ")");
  }
  if (!query.symbols.empty()) where.add("d.symbol<>'' and " + where.in("d.symbol", query.symbols));
  if (!query.reference.empty()) where.add(is_meant(where, query.reference));
  if (!query.languages.empty()) where.add(where.in("d.language", query.languages));
  if (!query.issuers.empty()) where.add(where.in("d.issuer", keys_of(query.issuers)));
  const std::string time = overlaps(where, query.date, "d.date_from", "d.date_to");
  if (!time.empty()) where.add(time);
  for (const std::string& word : query.words) {
    const std::string pattern = where.argument(like_pattern(lower_ascii(word)));
    std::string any;
    for (const char* column : {"d.name", "d.title", "d.symbol"})
      any +=
          std::string(any.empty() ? "(" : " or ") + "lower(" + column + ") like " + pattern + " escape '\\'";
    where.add(any + ")");
  }
  if (!query.marks.empty()) {
    // A mark alone stands as a string; with an audience it is a member of an object.
    std::string any;
    for (const document::Tlp mark : query.marks) {
      const std::string alone = where.argument("\"" + std::string(name_of(mark)) + "\"");
      const std::string member =
          where.argument(like_pattern("\"tlp\":\"" + std::string(name_of(mark)) + "\""));
      any += std::string(any.empty() ? "(" : " or ") + "d.handling=" + alone + " or d.handling like " +
             member + " escape '\\'";
    }
    where.add(any + ")");
  }
  return " from @documents d" + where.sql();
}

std::vector<DocumentRow> View::documents(const DocumentQuery& query) const {
  Conditions where;
  const std::string from = state_->from_documents(query, where);
  const std::string order = " order by " + std::string(order_of(query.order));
  // The page first, then what its documents hold: PostgreSQL would count that of those before the page too.
  const std::string sql = "select " + std::string(kDocumentColumns) + " from (select d.*" + from + order +
                          " limit " + std::to_string(signed_limit(query.limit)) + " offset " +
                          std::to_string(signed_limit(query.offset)) + ") d" + order;
  std::vector<DocumentRow> out;
  SightedQuery rows = state_->tables.query_with(sql, where.values());
  while (rows.step()) out.push_back(document_of(rows));
  return out;
}

std::optional<DocumentRow> View::document_of_file(const std::string& file_hash,
                                                  const std::string& account) const {
  std::vector<std::string> accounts = {account, ""};
  Query bringers = state_->database.query("select distinct brought_by from documents");
  while (bringers.step()) accounts.emplace_back(bringers.text(0));
  for (const std::string& each : accounts) {
    std::vector<DocumentRow> found = documents({.id = document_id(file_hash, each), .limit = 1});
    if (!found.empty() && found.front().complete) return std::move(found.front());
  }
  return std::nullopt;
}

std::size_t View::count_documents(const DocumentQuery& query) const {
  Conditions where;
  const std::string from = state_->from_documents(query, where);
  SightedQuery rows = state_->tables.query_with("select count(*)" + from, where.values());
  return rows.step() ? static_cast<std::size_t>(rows.integer(0)) : 0;
}

DocumentRow View::document(const std::string& reference) const {
  if (reference.empty()) throw Error(ErrorKind::invalid_input, "no document was named");
  // An id means one document, whatever others are called, and is found without looking through their names.
  std::vector<DocumentRow> found = documents({.id = reference, .limit = 1});
  if (found.empty()) found = documents({.reference = reference, .limit = 10});
  if (found.empty()) {
    // Who does not see everything gets one answer about each id, whether there is such a document or not: an
    // id can be computed by whoever has the file. Of names, and of parts of ids, which can be guessed, no
    // more is said than that nothing is there to be seen.
    if (!state_->tables.sees_everything() && is_document_id(reference)) throw not_open();
    throw Error(ErrorKind::not_found, "the record has no document \"" + reference + "\"");
  }
  if (found.size() > 1) {
    std::string message = "\"" + reference + "\" may be each of these documents:";
    for (const DocumentRow& each : found) message += "\n  " + each.id.substr(0, 7 + 12) + "  " + each.name;
    throw Error(ErrorKind::conflict, message);
  }
  return std::move(found.front());
}

std::string View::raw_text(const std::string& document, std::optional<std::size_t> section) const {
  const DocumentRow row = this->document(document);
  if (section && *section >= row.sections) return {};
  // The raw text never changes, so that the body of the entry has it.
  SightedQuery query = state_->tables.query(
      "select b.body from @documents d join sections s on s.document=d.seq join bodies b on b.seq=s.seq "
      "where "
      "d.id=?1 and (?2<0 or s.section=?2) order by s.section",
      row.id, section ? static_cast<std::int64_t>(*section) : -1);
  std::string out;
  while (query.step()) out += section_raw_from_json(query.text(0));
  return out;
}

document::Document View::read_section(const std::string& document, std::size_t section) const {
  SightedQuery query = state_->tables.query(
      "select b.body, d.name, d.format, d.encoding, d.title, "
      "d.language, d.symbol, d.date, d.issuer, "
      "d.handling, s.seq from "
      "@documents d join sections s on s.document=d.seq join "
      "bodies b on b.seq=s.seq where d.id=?1 and "
      "s.section=?2",
      document, section);
  if (!query.step()) {
    state_->refuse_if_hidden_document(document);
    throw Error(ErrorKind::not_found,
                "the record has no section " + std::to_string(section) + " of " + document);
  }
  document::Document out = std::get<SectionBody>(body_from_json(EntryKind::section, query.text(0))).content;
  const SectionDecisions decisions =
      ViewWriter(database_, "main", nullptr).decisions_of(static_cast<Seq>(query.integer(10)));
  if (!decisions.decisions().changes_nothing()) {
    std::vector<document::Edit> edits = document::edits_after(out, decisions.decisions());
    out = document::revise(std::move(out), decisions.decisions());
    out.edits = std::move(edits);
  }
  out.name = query.text(1);
  out.format = query.text(2);
  out.encoding = query.text(3);
  out.metadata = {.title = std::string(query.text(4)),
                  .language = std::string(query.text(5)),
                  .symbol = std::string(query.text(6)),
                  .date = std::string(query.text(7)),
                  .issuer = std::string(query.text(8)),
                  .handling = handling_from_json(query.text(9))};
  return out;
}

// ---------------------------------------------------------------- paragraphs

std::vector<ParagraphRow> View::paragraphs(const std::string& document, std::size_t offset,
                                           std::size_t limit) const {
  static const std::string sql =
      "select " + std::string(kParagraphColumns) + std::string(kParagraphsOfDocument) + " limit ?2 offset ?3";
  std::vector<ParagraphRow> out;
  SightedQuery rows = state_->tables.query(sql, document, signed_limit(limit), signed_limit(offset));
  while (rows.step()) out.push_back(paragraph_of(rows));
  if (out.empty()) state_->refuse_if_hidden_document(document);
  return out;
}

ParagraphRow View::paragraph(ParagraphRowId row) const {
  static const std::string sql =
      "select " + std::string(kParagraphColumns) + std::string(kParagraphTables) + "where p.row=?1";
  SightedQuery query = state_->tables.query(sql, row);
  if (!query.step()) {
    state_->tables.refuse_if_hidden("select 1 from paragraphs where row=?1", row);
    throw Error(ErrorKind::not_found, "the record has no paragraph " + std::to_string(row));
  }
  return paragraph_of(query);
}

std::vector<ParagraphRow> View::paragraphs_at(std::span<const ParagraphRowId> rows) const {
  static const std::string sql =
      "select " + std::string(kParagraphColumns) + std::string(kParagraphTables) + "where p.row in (#)";
  std::unordered_map<ParagraphRowId, ParagraphRow> found;
  query_in_handfuls(state_->tables, sql, rows,
                    [&found](const Query& row) { found.try_emplace(row.integer(0), paragraph_of(row)); });
  std::vector<ParagraphRow> out;
  for (const ParagraphRowId row : rows) {
    const auto at = found.find(row);
    if (at == found.end()) continue;
    out.push_back(std::move(at->second));
    found.erase(at);
  }
  return out;
}

std::vector<ParagraphRow> View::paragraphs_around(ParagraphRowId row, std::int64_t neighbours) const {
  static const std::string sql = "select " + std::string(kParagraphColumns) + std::string(kParagraphTables) +
                                 "where p.row>=?1 and p.row<=?2 order by p.row";
  const ParagraphRowId first = row >> kParagraphBits << kParagraphBits;
  const ParagraphRowId last = first + (ParagraphRowId{1} << kParagraphBits) - 1;
  std::vector<ParagraphRow> out;
  SightedQuery rows =
      state_->tables.query(sql, std::max(first, row - neighbours), std::min(last, row + neighbours));
  while (rows.step()) out.push_back(paragraph_of(rows));
  return out;
}

ParagraphRow View::paragraph(const std::string& document, const std::string& id) const {
  static const std::string sql = "select " + std::string(kParagraphColumns) + std::string(kParagraphTables) +
                                 "where d.id=?1 and p.id=?2 order by p.row limit 1";
  SightedQuery query = state_->tables.query(sql, document, id);
  if (!query.step()) {
    state_->refuse_if_hidden_document(document);
    throw Error(ErrorKind::not_found, "the document has no paragraph \"" + id + "\"");
  }
  return paragraph_of(query);
}

std::size_t View::paragraphs_before(const ParagraphRow& paragraph) const {
  static const std::string sql =
      "select count(*) from @documents d join sections s on s.document=d.seq join paragraphs p on "
      "p.row>=(s.seq<<22) and p.row<((s.seq+1)<<22) where d.id=?1 and (s.section<?2 or (s.section=?2 and "
      "p.row<?3))";
  SightedQuery query = state_->tables.query(sql, paragraph.document,
                                            static_cast<std::int64_t>(paragraph.section), paragraph.row);
  return query.step() ? static_cast<std::size_t>(query.integer(0)) : 0;
}

Citation View::cite(const ParagraphRow& paragraph, std::optional<document::TextRange> range) const {
  const std::string& text = paragraph.paragraph.text;
  const document::TextRange place =
      range.value_or(document::TextRange{0, static_cast<std::uint32_t>(text.size())});
  expect(place.begin <= place.end && place.end <= text.size(), "a citation inside its paragraph");
  return {.document = paragraph.document,
          .document_name = paragraph.document_name,
          .document_title = paragraph.document_title,
          .symbol = paragraph.symbol,
          .document_date = paragraph.document_date,
          .section = paragraph.section,
          .paragraph = paragraph.paragraph.id,
          .paragraph_row = paragraph.row,
          .raw = shifted(document::raw_spans(paragraph.paragraph, place), paragraph.raw_offset),
          .words = std::string(document::slice(text, place))};
}

}  // namespace mithaq::record
