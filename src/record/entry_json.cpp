// Bodies and headers as canonical JSON and back. Members that are empty or false are left out.
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "record/canonical_json.hpp"
#include "record/entry.hpp"

namespace mithaq::record {

namespace {

using nlohmann::json;
namespace doc = mithaq::document;

// ---------------------------------------------------------------- writing

template <typename Range, typename Write>
void append_array(std::string& out, const Range& values, const Write& write) {
  out += '[';
  bool first = true;
  for (const auto& each : values) {
    if (!first) out += ',';
    first = false;
    write(out, each);
  }
  out += ']';
}

void append_number(std::string& out, std::uint64_t number) {
  out += std::to_string(number);
}

void append_span(std::string& out, const doc::Span& span) {
  out += '[';
  append_number(out, span.begin);
  out += ',';
  append_number(out, span.end);
  out += ']';
}

void append_range(std::string& out, const doc::TextRange& range) {
  append_span(out, {range.begin, range.end});
}

void put_spans(std::string& out, ObjectWriter& object, std::string_view name,
               const std::vector<doc::Span>& spans) {
  if (spans.empty()) return;
  object.name(name);
  append_array(out, spans, append_span);
}

void put_texts(std::string& out, ObjectWriter& object, std::string_view name,
               const std::vector<std::string>& texts) {
  if (texts.empty()) return;
  object.name(name);
  append_array(out, texts, [](std::string& to, const std::string& text) { append_json_string(to, text); });
}

void put_place(std::string& out, ObjectWriter& object, const doc::Place& place) {
  object.put("paragraph", place.paragraph);
  object.name("range");
  append_range(out, place.range);
}

void append_party(std::string& out, const doc::Party& party) {
  ObjectWriter object(out);
  object.put_text("entity", party.entity);
  object.put("found_by", name_of(party.found_by));
  if (party.mention) object.put("mention", *party.mention);
  object.put_text("name", party.name);
  object.put("role", name_of(party.role));
  object.close();
}

void append_block(std::string& out, const doc::Block& block) {
  ObjectWriter object(out);
  object.put("kind", name_of(block.kind));
  object.name("lines");
  append_array(out, block.lines, append_span);
  object.put_text("number", block.number);
  object.close();
}

void append_piece(std::string& out, const doc::PermutedPiece& piece) {
  ObjectWriter object(out);
  object.put_text("literal", piece.literal);
  object.name("raw");
  append_span(out, piece.raw);
  object.close();
}

void append_edit(std::string& out, const doc::Edit& edit) {
  ObjectWriter object(out);
  object.put_text("after", edit.after);
  object.put_text("before", edit.before);
  object.put("grade", name_of(edit.grade));
  object.put("kind", name_of(edit.kind));
  if (!edit.pieces.empty()) {
    object.name("pieces");
    append_array(out, edit.pieces, append_piece);
  }
  object.put_text("reason", edit.reason);
  object.put("rule", edit.rule);
  object.name("span");
  append_span(out, edit.span);
  if (edit.target != doc::Span{}) {
    object.name("target");
    append_span(out, edit.target);
  }
  object.close();
}

// Pieces are many, so they are plain arrays: begin and end in the text, begin and end in the raw text, 1 if
// verbatim.
void append_text_piece(std::string& out, const doc::Piece& piece) {
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

void append_paragraph(std::string& out, const doc::Paragraph& paragraph) {
  ObjectWriter object(out);
  object.put("id", paragraph.id);
  object.put("kind", name_of(paragraph.kind));
  object.put_text("number", paragraph.number);
  object.name("pieces");
  append_array(out, paragraph.pieces, append_text_piece);
  object.put("text", paragraph.text);
  object.close();
}

void append_mention(std::string& out, const doc::Mention& mention) {
  ObjectWriter object(out);
  put_texts(out, object, "entities", mention.entities);
  object.put_text("name", mention.name);
  object.put_true("nested", mention.nested);
  put_place(out, object, mention.place);
  object.put("ref", name_of(mention.ref));
  object.put_text("title", mention.title);
  object.put("type", name_of(mention.type));
  object.put_text("unit", mention.unit);
  object.put_text("value", mention.value);
  object.close();
}

void append_reading(std::string& out, const doc::Doubt::Reading& reading) {
  ObjectWriter object(out);
  object.put_text("reason", reading.reason);
  object.put_true("taken", reading.taken);
  object.put("text", reading.text);
  object.close();
}

void append_doubt(std::string& out, const doc::Doubt& doubt) {
  ObjectWriter object(out);
  put_place(out, object, doubt.place);
  put_spans(out, object, "raw", doubt.raw);
  object.name("readings");
  append_array(out, doubt.readings, append_reading);
  object.put("rule", doubt.rule);
  object.close();
}

void append_statement(std::string& out, const doc::Statement& statement) {
  ObjectWriter object(out);
  object.put("confidence", name_of(statement.confidence));
  object.name("evidence");
  {
    ObjectWriter evidence(out);
    put_place(out, evidence, statement.evidence);
    evidence.close();
  }
  object.put_text("instrument", statement.instrument);
  object.put("modality", name_of(statement.modality));
  object.put_true("negated", statement.negated);
  object.name("parties");
  append_array(out, statement.parties, append_party);
  put_texts(out, object, "place_names", statement.place_names);
  put_texts(out, object, "places", statement.places);
  object.put_text("rule", statement.rule);
  object.put("status", name_of(statement.status));
  put_texts(out, object, "themes", statement.themes);
  object.put_text("time", statement.time);
  object.put_text("topic", statement.topic);
  object.put("type", name_of(statement.type));
  object.put_text("unit", statement.unit);
  object.put_text("value", statement.value);
  object.close();
}

void append_body(std::string& out, const DocumentBody& body) {
  ObjectWriter object(out);
  object.put_text("date", body.metadata.date);
  object.put_text("encoding", body.encoding);
  object.put_text("format", body.format);
  object.put("handling", name_of(body.metadata.handling));
  object.put("id", body.id);
  object.put_text("issuer", body.metadata.issuer);
  object.put_text("language", body.metadata.language);
  object.put_text("name", body.name);
  object.put_text("symbol", body.metadata.symbol);
  object.put_text("title", body.metadata.title);
  object.close();
}

void append_body(std::string& out, const SectionBody& body) {
  const doc::Document& content = body.content;
  ObjectWriter object(out);
  object.name("blocks");
  append_array(out, content.blocks, append_block);
  object.put("document", content.id);
  object.name("doubts");
  append_array(out, content.doubts, append_doubt);
  object.name("edits");
  append_array(out, content.edits, append_edit);
  object.put_true("last", body.last);
  object.name("mentions");
  append_array(out, content.mentions, append_mention);
  object.name("paragraphs");
  append_array(out, content.paragraphs, append_paragraph);
  object.put("raw", content.raw);
  object.put("raw_offset_bytes", content.raw_offset_bytes);
  object.put("raw_offset_code_points", content.raw_offset_code_points);
  object.put("section", content.section);
  object.close();
}

void append_body(std::string& out, const StatementBody& body) {
  ObjectWriter object(out);
  object.put("document", body.document);
  object.put("paragraph", body.paragraph);
  object.name("raw");
  append_array(out, body.raw, append_span);
  object.put("section", body.section);
  object.name("statement");
  append_statement(out, body.statement);
  object.put("words", body.words);
  object.close();
}

void append_correction(std::string& out, const Correction& correction) {
  ObjectWriter object(out);
  const auto texts = [](std::string& to, const std::string& text) { append_json_string(to, text); };
  const auto list = [&](std::string_view name, const std::optional<std::vector<std::string>>& values) {
    if (!values) return;
    object.name(name);
    append_array(out, *values, texts);
  };
  const auto text = [&](std::string_view name, const std::optional<std::string>& value) {
    if (value) object.put(name, *value);
  };
  text("instrument", correction.instrument);
  if (correction.modality) object.put("modality", name_of(*correction.modality));
  if (correction.negated) {
    object.name("negated");
    out += *correction.negated ? "true" : "false";
  }
  if (correction.parties) {
    object.name("parties");
    append_array(out, *correction.parties, append_party);
  }
  list("place_names", correction.place_names);
  list("places", correction.places);
  if (correction.status) object.put("status", name_of(*correction.status));
  list("themes", correction.themes);
  text("time", correction.time);
  text("topic", correction.topic);
  if (correction.type) object.put("type", name_of(*correction.type));
  text("unit", correction.unit);
  text("value", correction.value);
  object.close();
}

void append_body(std::string& out, const ReviewBody& body) {
  ObjectWriter object(out);
  object.put("action", name_of(body.action));
  object.put_text("by", body.by);
  if (body.action == ReviewAction::correct) {
    object.name("correction");
    append_correction(out, body.correction);
  }
  object.put_text("note", body.note);
  object.put("statement", body.statement);
  object.close();
}

void append_body(std::string& out, const MergeBody& body) {
  ObjectWriter object(out);
  object.put_text("by", body.by);
  object.put("entity", body.entity);
  object.put("into", body.into);
  object.put_text("reason", body.reason);
  object.close();
}

void append_body(std::string& out, const UnmergeBody& body) {
  ObjectWriter object(out);
  object.put_text("by", body.by);
  object.put("entity", body.entity);
  object.put_text("reason", body.reason);
  object.close();
}

void append_body(std::string& out, const ErasureBody& body) {
  ObjectWriter object(out);
  object.put_text("by", body.by);
  object.name("entries");
  append_array(out, body.entries, append_number);
  object.put_text("reason", body.reason);
  object.close();
}

void append_body(std::string& out, const ActBody& body) {
  const json value = json::parse(body.json, nullptr, false);
  if (value.is_discarded()) throw Error(ErrorKind::invalid_input, "the body of an act is not JSON");
  ObjectWriter object(out);
  object.name("body");
  out += canonical_json(value);
  object.put("type", body.type);
  object.close();
}

// ---------------------------------------------------------------- reading

[[noreturn]] void refuse(const std::string& what) {
  throw Error(ErrorKind::corrupt, what);
}

std::string text(const json& object, const char* name) {
  const auto found = object.find(name);
  return found == object.end() ? std::string() : found->get<std::string>();
}

bool flag(const json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->get<bool>();
}

std::uint64_t number(const json& object, const char* name) {
  return object.at(name).get<std::uint64_t>();
}

std::vector<std::string> texts(const json& object, const char* name) {
  const auto found = object.find(name);
  return found == object.end() ? std::vector<std::string>{} : found->get<std::vector<std::string>>();
}

// The value of an enumeration by its name; `last` is its last value.
template <typename Enum>
Enum enum_of(const json& object, const char* name, Enum last) {
  const std::string& wanted = object.at(name).get_ref<const std::string&>();
  for (int value = 0; value <= static_cast<int>(last); ++value) {
    if (name_of(static_cast<Enum>(value)) == wanted) return static_cast<Enum>(value);
  }
  refuse("the body of an entry holds an unknown " + std::string(name) + ": " + wanted);
}

doc::Span span(const json& value) {
  return {value.at(0).get<std::size_t>(), value.at(1).get<std::size_t>()};
}

doc::TextRange range(const json& value) {
  return {value.at(0).get<std::uint32_t>(), value.at(1).get<std::uint32_t>()};
}

template <typename Value, typename Read>
std::vector<Value> array(const json& object, const char* name, const Read& read) {
  std::vector<Value> out;
  const auto found = object.find(name);
  if (found == object.end()) return out;
  out.reserve(found->size());
  for (const json& each : *found) out.push_back(read(each));
  return out;
}

doc::Place place(const json& value) {
  return {.paragraph = value.at("paragraph").get<std::uint32_t>(), .range = range(value.at("range"))};
}

doc::Party party(const json& value) {
  doc::Party out{.role = enum_of(value, "role", doc::PartyRole::subject),
                 .found_by = enum_of(value, "found_by", doc::FoundBy::context),
                 .entity = text(value, "entity"),
                 .name = text(value, "name")};
  if (value.contains("mention")) out.mention = value["mention"].get<std::uint32_t>();
  return out;
}

doc::Block block(const json& value) {
  return {.lines = array<doc::Span>(value, "lines", span),
          .kind = enum_of(value, "kind", doc::ParagraphKind::furniture),
          .number = text(value, "number")};
}

doc::Edit edit(const json& value) {
  const auto target = value.find("target");
  return {.rule = text(value, "rule"),
          .grade = enum_of(value, "grade", doc::Grade::flag),
          .kind = enum_of(value, "kind", doc::EditKind::move),
          .span = span(value.at("span")),
          .before = text(value, "before"),
          .after = text(value, "after"),
          .reason = text(value, "reason"),
          .target = target == value.end() ? doc::Span{} : span(*target),
          .pieces = array<doc::PermutedPiece>(value, "pieces", [](const json& piece) {
            return doc::PermutedPiece{.raw = span(piece.at("raw")), .literal = text(piece, "literal")};
          })};
}

doc::Paragraph paragraph(const json& value) {
  return {.id = text(value, "id"),
          .number = text(value, "number"),
          .kind = enum_of(value, "kind", doc::ParagraphKind::furniture),
          .text = text(value, "text"),
          .pieces = array<doc::Piece>(value, "pieces", [](const json& piece) {
            return doc::Piece{.text = range(piece),
                              .raw = {piece.at(2).get<std::size_t>(), piece.at(3).get<std::size_t>()},
                              .verbatim = piece.at(4).get<int>() != 0};
          })};
}

doc::Mention mention(const json& value) {
  return {.type = enum_of(value, "type", doc::MentionType::amount),
          .place = place(value),
          .entities = texts(value, "entities"),
          .name = text(value, "name"),
          .ref = enum_of(value, "ref", doc::RefClass::relative),
          .nested = flag(value, "nested"),
          .value = text(value, "value"),
          .unit = text(value, "unit"),
          .title = text(value, "title")};
}

doc::Doubt doubt(const json& value) {
  return {.rule = text(value, "rule"),
          .place = place(value),
          .raw = array<doc::Span>(value, "raw", span),
          .readings = array<doc::Doubt::Reading>(value, "readings", [](const json& reading) {
            return doc::Doubt::Reading{.text = text(reading, "text"),
                                       .reason = text(reading, "reason"),
                                       .taken = flag(reading, "taken")};
          })};
}

doc::Statement statement(const json& value) {
  return {.type = enum_of(value, "type", doc::StatementType::incident),
          .evidence = place(value.at("evidence")),
          .parties = array<doc::Party>(value, "parties", party),
          .themes = texts(value, "themes"),
          .topic = text(value, "topic"),
          .places = texts(value, "places"),
          .place_names = texts(value, "place_names"),
          .time = text(value, "time"),
          .modality = enum_of(value, "modality", doc::Modality::called_for),
          .negated = flag(value, "negated"),
          .status = enum_of(value, "status", doc::CommitmentStatus::under_discussion),
          .instrument = text(value, "instrument"),
          .value = text(value, "value"),
          .unit = text(value, "unit"),
          .rule = text(value, "rule"),
          .confidence = enum_of(value, "confidence", doc::Confidence::c)};
}

Correction correction(const json& value) {
  Correction out;
  const auto if_there = [&value](const char* name, auto& field) {
    const auto found = value.find(name);
    if (found != value.end()) field = found->get<typename std::decay_t<decltype(field)>::value_type>();
  };
  if (value.contains("type")) out.type = enum_of(value, "type", doc::StatementType::incident);
  if (value.contains("modality")) out.modality = enum_of(value, "modality", doc::Modality::called_for);
  if (value.contains("status"))
    out.status = enum_of(value, "status", doc::CommitmentStatus::under_discussion);
  if (value.contains("parties")) out.parties = array<doc::Party>(value, "parties", party);
  if_there("themes", out.themes);
  if_there("topic", out.topic);
  if_there("places", out.places);
  if_there("place_names", out.place_names);
  if_there("time", out.time);
  if_there("negated", out.negated);
  if_there("instrument", out.instrument);
  if_there("value", out.value);
  if_there("unit", out.unit);
  return out;
}

Body body_of(EntryKind kind, const json& value) {
  switch (kind) {
    case EntryKind::document:
      return DocumentBody{.id = value.at("id").get<std::string>(),
                          .name = text(value, "name"),
                          .format = text(value, "format"),
                          .encoding = text(value, "encoding"),
                          .metadata = {.title = text(value, "title"),
                                       .language = text(value, "language"),
                                       .symbol = text(value, "symbol"),
                                       .date = text(value, "date"),
                                       .issuer = text(value, "issuer"),
                                       .handling = enum_of(value, "handling", doc::Handling::red)}};
    case EntryKind::section: {
      SectionBody out;
      out.last = flag(value, "last");
      out.content.id = value.at("document").get<std::string>();
      out.content.raw = value.at("raw").get<std::string>();
      out.content.raw_offset_bytes = number(value, "raw_offset_bytes");
      out.content.raw_offset_code_points = number(value, "raw_offset_code_points");
      out.content.section = number(value, "section");
      out.content.blocks = array<doc::Block>(value, "blocks", block);
      out.content.edits = array<doc::Edit>(value, "edits", edit);
      out.content.paragraphs = array<doc::Paragraph>(value, "paragraphs", paragraph);
      out.content.mentions = array<doc::Mention>(value, "mentions", mention);
      out.content.doubts = array<doc::Doubt>(value, "doubts", doubt);
      return out;
    }
    case EntryKind::statement:
      return StatementBody{.document = value.at("document").get<std::string>(),
                           .section = number(value, "section"),
                           .paragraph = text(value, "paragraph"),
                           .words = text(value, "words"),
                           .raw = array<doc::Span>(value, "raw", span),
                           .statement = statement(value.at("statement"))};
    case EntryKind::review: {
      ReviewBody out{.statement = number(value, "statement"),
                     .action = enum_of(value, "action", ReviewAction::reject),
                     .by = text(value, "by"),
                     .note = text(value, "note")};
      if (value.contains("correction")) out.correction = correction(value["correction"]);
      return out;
    }
    case EntryKind::merge:
      return MergeBody{.entity = value.at("entity").get<std::string>(),
                       .into = value.at("into").get<std::string>(),
                       .by = text(value, "by"),
                       .reason = text(value, "reason")};
    case EntryKind::unmerge:
      return UnmergeBody{.entity = value.at("entity").get<std::string>(),
                         .by = text(value, "by"),
                         .reason = text(value, "reason")};
    case EntryKind::erasure:
      return ErasureBody{.entries = value.at("entries").get<std::vector<Seq>>(),
                         .by = text(value, "by"),
                         .reason = text(value, "reason")};
    case EntryKind::act:
      return ActBody{.type = value.at("type").get<std::string>(), .json = canonical_json(value.at("body"))};
  }
  refuse("an entry of an unknown kind");
}

}  // namespace

std::string to_canonical_json(const Body& body) {
  std::string out;
  std::visit([&out](const auto& each) { append_body(out, each); }, body);
  return out;
}

Body body_from_json(EntryKind kind, std::string_view text) {
  try {
    return body_of(kind, json::parse(text));
  } catch (const json::exception& error) {
    refuse("the body of a " + std::string(name_of(kind)) + " entry cannot be read: " + error.what());
  }
}

std::string to_canonical_json(const Header& header) {
  std::string out;
  out.reserve(180);
  ObjectWriter object(out);
  object.put("body_hash", header.body_hash);
  object.put("kind", name_of(header.kind));
  object.put("seq", header.seq);
  object.put("time", header.time);
  object.close();
  return out;
}

Header header_from_json(std::string_view text) {
  // A header has one form, so it is read piece by piece and written again to see that nothing else is there.
  const auto between = [text](std::string_view before, std::string_view after) {
    const std::size_t start = text.find(before);
    const std::size_t begin = start == std::string_view::npos ? text.size() : start + before.size();
    const std::size_t end = text.find(after, begin);
    if (end == std::string_view::npos) refuse("a header cannot be read");
    return text.substr(begin, end - begin);
  };
  Header header;
  header.body_hash = between("{\"body_hash\":\"", "\"");
  const auto kind = entry_kind_named(between("\"kind\":\"", "\""));
  if (!kind) refuse("a header names an unknown kind");
  header.kind = *kind;
  const std::string_view seq = between("\"seq\":", ",");
  if (seq.empty() || seq.size() > 19) refuse("a header has no place in the log");
  for (const char digit : seq) {
    if (digit < '0' || digit > '9') refuse("a header has no place in the log");
    header.seq = header.seq * 10 + static_cast<Seq>(digit - '0');
  }
  header.time = between("\"time\":\"", "\"");
  bool same = false;
  try {
    same = to_canonical_json(header) == text;
  } catch (const Error&) {  // a time that is not UTF-8
  }
  if (!same) refuse("a header is not in canonical form");
  return header;
}

}  // namespace mithaq::record
