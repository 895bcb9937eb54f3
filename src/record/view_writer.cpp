#include "record/view_writer.hpp"

#include <charconv>
#include <nlohmann/json.hpp>
#include <set>

#include "base/edtf.hpp"
#include "base/error.hpp"
#include "base/fold.hpp"
#include "record/canonical_json.hpp"
#include "record/merges.hpp"
#include "record/schema.hpp"

namespace mithaq::record {

namespace {

void append_number(std::string& out, std::uint64_t number) {
  char buffer[24];
  out.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, number).ptr);
}

std::string pieces_to_json(const std::vector<document::Piece>& pieces) {
  std::string out = "[";
  for (const document::Piece& piece : pieces) {
    if (out.size() > 1) out += ',';
    out += '[';
    append_number(out, piece.text.begin);
    out += ',';
    append_number(out, piece.text.end);
    out += ',';
    append_number(out, piece.raw.begin);
    out += ',';
    append_number(out, piece.raw.end);
    out += piece.verbatim ? ",1]" : ",0]";
  }
  out += ']';
  return out;
}

std::string readings_to_json(const std::vector<document::Doubt::Reading>& readings) {
  std::string out = "[";
  for (const auto& reading : readings) {
    if (out.size() > 1) out += ',';
    ObjectWriter object(out);
    object.put_text("reason", reading.reason);
    object.put_true("taken", reading.taken);
    object.put("text", reading.text);
    object.close();
  }
  out += ']';
  return out;
}

std::string permuted_to_json(const std::vector<document::PermutedPiece>& pieces) {
  std::string out = "[";
  for (const auto& piece : pieces) {
    if (out.size() > 1) out += ',';
    ObjectWriter object(out);
    object.put_text("literal", piece.literal);
    object.name("raw");
    out += spans_to_json({piece.raw});
    object.close();
  }
  out += ']';
  return out;
}

}  // namespace

std::string entity_key(const std::string& entity, const std::string& name) {
  return entity.empty() ? "name:" + fold(name) : entity;
}

std::optional<DayBounds> day_bounds(const std::string& edtf) {
  if (edtf.empty()) return std::nullopt;
  const auto value = Edtf::parse(edtf);
  if (!value) return std::nullopt;
  const DayRange days = value->days();
  return DayBounds{days.earliest, days.latest};
}

std::string spans_to_json(const std::vector<document::Span>& spans) {
  std::string out = "[";
  for (const document::Span& span : spans) {
    if (out.size() > 1) out += ',';
    out += '[';
    append_number(out, span.begin);
    out += ',';
    append_number(out, span.end);
    out += ']';
  }
  out += ']';
  return out;
}

std::vector<document::Span> spans_from_json(std::string_view json) {
  std::vector<document::Span> spans;
  for (const auto& each : nlohmann::json::parse(json)) {
    spans.push_back({each.at(0).get<std::size_t>(), each.at(1).get<std::size_t>()});
  }
  return spans;
}

ViewWriter::ViewWriter(Database& database, std::string schema, bool with_text_index)
    : database_(database), schema_(std::move(schema)), with_text_index_(with_text_index) {}

const std::string& ViewWriter::sql(const char* text) {
  const auto found = sql_.find(text);
  if (found != sql_.end()) return found->second;
  std::string made;
  for (const char* at = text; *at != '\0'; ++at) {
    if (*at == '@') {
      made += schema_ + ".";
    } else {
      made += *at;
    }
  }
  return sql_.emplace(text, std::move(made)).first->second;
}

void ViewWriter::create_tables() {
  std::string script;
  for (const ViewTable& table : kViewTables) {
    script.append("create table ").append(schema_).append(".").append(table.name);
    script.append("(").append(table.columns).append(")").append(table.tail).append(";\n");
  }
  if (schema_ == "main") script += kViewIndexes;  // folding looks rows up by their keys alone
  if (with_text_index_) script.append(kTextIndex).append(";\n");
  database_.script(script);
}

void ViewWriter::drop_tables() {
  std::string script;
  if (with_text_index_) script += "drop table if exists " + schema_ + ".paragraph_index;\n";
  for (const ViewTable& table : kViewTables) {
    script.append("drop table if exists ").append(schema_).append(".").append(table.name).append(";\n");
  }
  database_.script(script);
}

void ViewWriter::forget() {
  last_document_.clear();
  last_section_entry_.reset();
}

void ViewWriter::fold(Seq seq, std::string_view time, const Body& body) {
  std::visit([&](const auto& each) { fold_body(seq, time, each); }, body);
}

std::optional<Seq> ViewWriter::find_document(const std::string& id) {
  const std::int64_t seq = database_.integer(sql("select seq from @documents where id=?1"), -1, id);
  return seq < 0 ? std::nullopt : std::optional<Seq>(static_cast<Seq>(seq));
}

std::optional<Seq> ViewWriter::find_section(const std::string& document, std::size_t section) {
  if (last_section_entry_ && last_document_ == document && last_section_ == section)
    return last_section_entry_;
  Query query = database_.query(
      sql("select s.seq, s.document from @sections s join @documents d on d.seq=s.document where d.id=?1 and "
          "s.section=?2"),
      document, section);
  if (!query.step()) return std::nullopt;
  last_document_ = document;
  last_section_ = section;
  last_section_entry_ = static_cast<Seq>(query.integer(0));
  last_document_entry_ = static_cast<Seq>(query.integer(1));
  return last_section_entry_;
}

void ViewWriter::fold_body(Seq seq, std::string_view time, const DocumentBody& body) {
  const auto days = day_bounds(body.metadata.date);
  const auto insert = [&](const auto& from, const auto& to) {
    database_.run(sql("insert into @documents values(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14)"), seq,
                  body.id, body.name, body.format, body.encoding, body.metadata.title, body.metadata.language,
                  body.metadata.symbol, body.metadata.date, from, to, body.metadata.issuer,
                  name_of(body.metadata.handling), time);
  };
  if (days) {
    insert(days->from, days->to);
  } else {
    insert(nullptr, nullptr);
  }
}

void ViewWriter::fold_body(Seq seq, std::string_view, const SectionBody& body) {
  const document::Document& content = body.content;
  const auto document = find_document(content.id);
  if (!document) {
    throw Error(ErrorKind::invalid_input, "a section of a document that is not in the record: " + content.id);
  }
  if (content.paragraphs.size() >= std::size_t{1} << kParagraphBits) {
    throw Error(ErrorKind::invalid_input,
                "a section with too many paragraphs: read the document in smaller sections");
  }
  const auto row_of = [&](const document::Place& place) {
    if (place.paragraph >= content.paragraphs.size() ||
        place.range.end > content.paragraphs[place.paragraph].text.size() ||
        place.range.begin > place.range.end) {
      throw Error(ErrorKind::invalid_input, "a finding stands outside the text of " + content.id);
    }
    return paragraph_row_id(seq, place.paragraph);
  };
  database_.run(sql("insert into @sections values(?1,?2,?3,?4,?5,?6)"), seq, *document, content.section,
                body.last, content.raw_offset_bytes, content.raw.size());
  for (std::size_t at = 0; at < content.paragraphs.size(); ++at) {
    const document::Paragraph& paragraph = content.paragraphs[at];
    const ParagraphRowId row = paragraph_row_id(seq, at);
    const std::string pieces = pieces_to_json(paragraph.pieces);
    database_.run(sql("insert into @paragraphs values(?1,?2,?3,?4,?5,?6,?7,?8,?9)"), row, *document,
                  content.section, at, paragraph.id, paragraph.number, name_of(paragraph.kind),
                  paragraph.text, pieces);
    if (with_text_index_) {
      database_.run("insert into paragraph_index(rowid, text) values(?1,?2)", row, paragraph.text);
    }
  }
  std::size_t ordinal = 0;
  for (const document::Mention& mention : content.mentions) {
    const ParagraphRowId row = row_of(mention.place);
    const std::size_t parts = std::max<std::size_t>(1, mention.entities.size());
    for (std::size_t part = 0; part < parts; ++part) {
      const std::string entity = mention.entities.empty() ? std::string() : mention.entities[part];
      const std::string key = entity_key(entity, mention.name);
      database_.run(sql("insert into @mentions values(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14)"), row,
                    ordinal, part, name_of(mention.type), name_of(mention.ref), mention.nested, entity, key,
                    mention.name, mention.place.range.begin, mention.place.range.end, mention.value,
                    mention.unit, mention.title);
    }
    ++ordinal;
  }
  ordinal = 0;
  for (const document::Doubt& doubt : content.doubts) {
    const std::string raw = spans_to_json(doubt.raw), readings = readings_to_json(doubt.readings);
    // A doubt about a text without paragraphs stands at the section's begin.
    const bool nowhere = content.paragraphs.empty();
    database_.run(sql("insert into @doubts values(?1,?2,?3,?4,?5,?6,?7,?8)"), seq, ordinal++, doubt.rule,
                  nowhere ? paragraph_row_id(seq, 0) : row_of(doubt.place), doubt.place.range.begin,
                  doubt.place.range.end, raw, readings);
  }
  ordinal = 0;
  for (const document::Edit& edit : content.edits) {
    const std::string pieces = permuted_to_json(edit.pieces);
    database_.run(sql("insert into @edits values(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13)"), seq,
                  ordinal++, edit.rule, name_of(edit.grade), name_of(edit.kind), edit.span.begin,
                  edit.span.end, edit.before, edit.after, edit.reason, edit.target.begin, edit.target.end,
                  pieces);
  }
}

void ViewWriter::insert_parties(Seq statement, const std::vector<document::Party>& parties) {
  std::size_t ordinal = 0;
  for (const document::Party& party : parties) {
    const std::string key = entity_key(party.entity, party.name);
    database_.run(sql("insert into @statement_parties values(?1,?2,?3,?4,?5,?6,?7)"), statement, ordinal++,
                  name_of(party.role), name_of(party.found_by), party.entity, key, party.name);
  }
}

void ViewWriter::insert_themes(Seq statement, const std::vector<std::string>& themes) {
  std::size_t ordinal = 0;
  for (const std::string& theme : themes) {
    database_.run(sql("insert into @statement_themes values(?1,?2,?3)"), statement, ordinal++, theme);
  }
}

void ViewWriter::insert_places(Seq statement, const std::vector<std::string>& places,
                               const std::vector<std::string>& names) {
  const std::size_t count = std::max(places.size(), names.size());
  for (std::size_t at = 0; at < count; ++at) {
    const std::string entity = at < places.size() ? places[at] : std::string();
    const std::string name = at < names.size() ? names[at] : std::string();
    database_.run(sql("insert into @statement_places values(?1,?2,?3,?4,?5)"), statement, at, entity,
                  entity_key(entity, name), name);
  }
}

void ViewWriter::fold_body(Seq seq, std::string_view, const StatementBody& body) {
  const auto section = find_section(body.document, body.section);
  if (!section) {
    throw Error(ErrorKind::invalid_input,
                "a statement of a section that is not in the record: " + body.document);
  }
  const document::Statement& statement = body.statement;
  const ParagraphRowId paragraph = paragraph_row_id(*section, statement.evidence.paragraph);
  if (statement.evidence.paragraph >= 1u << kParagraphBits ||
      database_.integer(sql("select 1 from @paragraphs where row=?1"), 0, paragraph) == 0) {
    throw Error(ErrorKind::invalid_input, "a statement stands outside the paragraphs of " + body.document);
  }
  const auto days = day_bounds(statement.time);
  const std::string raw = spans_to_json(body.raw);
  const auto insert = [&](const auto& from, const auto& to) {
    database_.run(
        sql("insert into @statements values(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,"
            "?19,?20,?21,?22,'proposed','','')"),
        seq, last_document_entry_, body.section, paragraph, body.paragraph, statement.evidence.range.begin,
        statement.evidence.range.end, raw, body.words, name_of(statement.type), statement.topic,
        statement.time, from, to, name_of(statement.modality), statement.negated, name_of(statement.status),
        statement.instrument, statement.value, statement.unit, statement.rule, name_of(statement.confidence));
  };
  if (days) {
    insert(days->from, days->to);
  } else {
    insert(nullptr, nullptr);
  }
  insert_parties(seq, statement.parties);
  insert_themes(seq, statement.themes);
  insert_places(seq, statement.places, statement.place_names);
}

void ViewWriter::fold_body(Seq seq, std::string_view time, const ReviewBody& body) {
  if (database_.integer(sql("select 1 from @statements where seq=?1"), 0, body.statement) == 0) {
    throw Error(ErrorKind::invalid_input,
                "there is no statement " + std::to_string(body.statement) + " to review");
  }
  database_.run(sql("insert into @reviews values(?1,?2,?3,?4,?5,?6)"), seq, body.statement,
                name_of(body.action), body.by, body.note, time);
  apply_review(seq, time, body);
}

void ViewWriter::apply_review(Seq, std::string_view time, const ReviewBody& body) {
  const ReviewState state = body.action == ReviewAction::confirm   ? ReviewState::confirmed
                            : body.action == ReviewAction::correct ? ReviewState::corrected
                                                                   : ReviewState::rejected;
  database_.run(sql("update @statements set review=?2, reviewed_by=?3, reviewed_at=?4 where seq=?1"),
                body.statement, name_of(state), body.by, time);
  if (body.action != ReviewAction::correct) return;
  const Correction& correction = body.correction;
  const Seq seq = body.statement;
  if (correction.type)
    database_.run(sql("update @statements set type=?2 where seq=?1"), seq, name_of(*correction.type));
  if (correction.topic)
    database_.run(sql("update @statements set topic=?2 where seq=?1"), seq, *correction.topic);
  if (correction.time) {
    const auto days = day_bounds(*correction.time);
    if (days) {
      database_.run(sql("update @statements set time=?2, time_from=?3, time_to=?4 where seq=?1"), seq,
                    *correction.time, days->from, days->to);
    } else {
      database_.run(sql("update @statements set time=?2, time_from=null, time_to=null where seq=?1"), seq,
                    *correction.time);
    }
  }
  if (correction.modality) {
    database_.run(sql("update @statements set modality=?2 where seq=?1"), seq, name_of(*correction.modality));
  }
  if (correction.negated) {
    database_.run(sql("update @statements set negated=?2 where seq=?1"), seq, *correction.negated);
  }
  if (correction.status) {
    database_.run(sql("update @statements set status=?2 where seq=?1"), seq, name_of(*correction.status));
  }
  if (correction.instrument) {
    database_.run(sql("update @statements set instrument=?2 where seq=?1"), seq, *correction.instrument);
  }
  if (correction.value)
    database_.run(sql("update @statements set value=?2 where seq=?1"), seq, *correction.value);
  if (correction.unit)
    database_.run(sql("update @statements set unit=?2 where seq=?1"), seq, *correction.unit);
  if (correction.parties) {
    database_.run(sql("delete from @statement_parties where statement=?1"), seq);
    insert_parties(seq, *correction.parties);
  }
  if (correction.themes) {
    database_.run(sql("delete from @statement_themes where statement=?1"), seq);
    insert_themes(seq, *correction.themes);
  }
  if (correction.places || correction.place_names) {
    database_.run(sql("delete from @statement_places where statement=?1"), seq);
    insert_places(seq, correction.places.value_or(std::vector<std::string>{}),
                  correction.place_names.value_or(std::vector<std::string>{}));
  }
}

void ViewWriter::require_possible(const Body& body) {
  if (const auto* merge = std::get_if<MergeBody>(&body)) {
    const Merges merges = Merges::read(database_, schema_);
    if (merge->entity.empty() || merge->into.empty()) {
      throw Error(ErrorKind::invalid_input, "a merge names two entities");
    }
    if (merges.is_merged(merge->entity)) {
      throw Error(ErrorKind::conflict, merge->entity + " was merged already: undo that first");
    }
    if (merges.resolve(merge->into) == merge->entity) {
      throw Error(ErrorKind::conflict, merge->entity + " and " + merge->into + " read as one already");
    }
  }
  if (const auto* unmerge = std::get_if<UnmergeBody>(&body)) {
    if (!Merges::read(database_, schema_).is_merged(unmerge->entity)) {
      throw Error(ErrorKind::invalid_input, unmerge->entity + " is not merged into anything");
    }
  }
}

void ViewWriter::fold_body(Seq seq, std::string_view time, const MergeBody& body) {
  database_.run(sql("insert into @merges values(?1,?2,?3,?4,?5,?6)"), seq, body.entity, body.into, body.by,
                body.reason, time);
}

void ViewWriter::fold_body(Seq seq, std::string_view time, const UnmergeBody& body) {
  database_.run(sql("insert into @merges values(?1,?2,'',?3,?4,?5)"), seq, body.entity, body.by, body.reason,
                time);
}

void ViewWriter::fold_body(Seq seq, std::string_view time, const ActBody& body) {
  database_.run(sql("insert into @acts values(?1,?2,?3)"), seq, body.type, time);
}

void ViewWriter::remove_statement(Seq seq) {
  database_.run(sql("delete from @statements where seq=?1"), seq);
  database_.run(sql("delete from @statement_parties where statement=?1"), seq);
  database_.run(sql("delete from @statement_themes where statement=?1"), seq);
  database_.run(sql("delete from @statement_places where statement=?1"), seq);
}

void ViewWriter::remove_section(Seq seq) {
  const ParagraphRowId first = paragraph_row_id(seq, 0), end = paragraph_row_id(seq + 1, 0);
  if (with_text_index_) {
    // The index forgets a text only if it is told the same text again.
    database_.run(
        "insert into paragraph_index(paragraph_index, rowid, text) select 'delete', row, text from "
        "main.paragraphs where row>=?1 and row<?2",
        first, end);
  }
  database_.run(sql("delete from @paragraphs where row>=?1 and row<?2"), first, end);
  database_.run(sql("delete from @mentions where paragraph>=?1 and paragraph<?2"), first, end);
  database_.run(sql("delete from @doubts where section=?1"), seq);
  database_.run(sql("delete from @edits where section=?1"), seq);
  database_.run(sql("delete from @sections where seq=?1"), seq);
}

void ViewWriter::fold_body(Seq seq, std::string_view time, const ErasureBody& body) {
  std::string entries = "[";
  for (const Seq each : body.entries) {
    if (entries.size() > 1) entries += ',';
    append_number(entries, each);
  }
  entries += ']';
  database_.run(sql("insert into @erasures values(?1,?2,?3,?4,?5)"), seq, entries, body.by, body.reason,
                time);
  forget();
  std::set<Seq> reviewed;  // statements that lost a review
  for (const Seq each : body.entries) {
    const std::int64_t statement =
        database_.integer(sql("select statement from @reviews where seq=?1"), -1, each);
    if (statement >= 0) reviewed.insert(static_cast<Seq>(statement));
    database_.run(sql("delete from @reviews where seq=?1"), each);
    if (database_.integer(sql("select 1 from @sections where seq=?1"), 0, each) != 0) remove_section(each);
    if (database_.integer(sql("select 1 from @statements where seq=?1"), 0, each) != 0)
      remove_statement(each);
    database_.run(sql("delete from @documents where seq=?1"), each);
    database_.run(sql("delete from @merges where seq=?1"), each);
    database_.run(sql("delete from @acts where seq=?1"), each);
  }
  // What a review had changed is undone: the statement is folded again with the reviews that are left.
  for (const Seq statement : reviewed) {
    if (database_.integer(sql("select 1 from @statements where seq=?1"), 0, statement) == 0) continue;
    remove_statement(statement);
    const auto body_at = [this](Seq at, EntryKind kind) {
      Query query = database_.query("select body from main.bodies where seq=?1", at);
      expect(query.step(), "a statement or review in the view has its body");
      return body_from_json(kind, query.text(0));
    };
    fold_body(statement, {}, std::get<StatementBody>(body_at(statement, EntryKind::statement)));
    std::vector<std::pair<Seq, std::string>> left;
    {
      Query query =
          database_.query(sql("select seq, time from @reviews where statement=?1 order by seq"), statement);
      while (query.step()) left.emplace_back(static_cast<Seq>(query.integer(0)), query.text(1));
    }
    for (const auto& [review, at] : left) {
      apply_review(review, at, std::get<ReviewBody>(body_at(review, EntryKind::review)));
    }
  }
}

}  // namespace mithaq::record
