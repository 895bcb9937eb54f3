// Bodies and headers as canonical JSON and back. Members that are empty or false are left out.
#include <algorithm>
#include <functional>
#include <initializer_list>
#include <limits>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "record/canonical_json.hpp"
#include "record/entry.hpp"
#include "record/json_arrays.hpp"
#include "record/json_reader.hpp"

namespace mithaq::record {

namespace {

using nlohmann::json;
namespace doc = mithaq::document;

// ---------------------------------------------------------------- writing

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

// Sorted, each once.
std::vector<std::string> as_set(std::vector<std::string> texts) {
  std::sort(texts.begin(), texts.end());
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
  return texts;
}

// The mark alone is a text, as it was before there was more to say.
void append_handling(std::string& out, const doc::Handling& handling) {
  if (handling.statuses.empty() && handling.recipients.empty() && handling.originator.empty()) {
    append_json_string(out, name_of(handling.tlp));
    return;
  }
  ObjectWriter object(out);
  object.put_text("originator", handling.originator);
  put_texts(out, object, "recipients", as_set(handling.recipients));
  put_texts(out, object, "statuses", as_set(handling.statuses));
  object.put("tlp", name_of(handling.tlp));
  object.close();
}

void append_body(std::string& out, const DocumentBody& body) {
  ObjectWriter object(out);
  object.put_text("brought_by", body.brought_by);
  object.put_text("date", body.metadata.date);
  object.put_text("encoding", body.encoding);
  object.put_text("format", body.format);
  object.name("handling");
  append_handling(out, body.metadata.handling);
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
  object.put_text("on_behalf_of", body.on_behalf_of);
  object.put("statement", body.statement);
  if (body.withdraws) object.put("withdraws", *body.withdraws);
  object.close();
}

void append_body(std::string& out, const RevisionBody& body) {
  ObjectWriter object(out);
  object.put("action", name_of(body.action));
  object.put_text("by", body.by);
  object.put("document", body.document);
  object.put_text("note", body.note);
  object.put_text("on_behalf_of", body.on_behalf_of);
  if (body.reading) object.put("reading", *body.reading);
  object.put("section", body.section);
  object.put("target", body.target);
  object.close();
}

void append_body(std::string& out, const HandlingBody& body) {
  ObjectWriter object(out);
  object.put_text("by", body.by);
  object.put("document", body.document);
  object.name("handling");
  append_handling(out, body.handling);
  object.put_text("on_behalf_of", body.on_behalf_of);
  object.put_text("reason", body.reason);
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

// Which of an object's members that must be there were read.
class Needed {
 public:
  explicit Needed(unsigned count) : missing_((1u << count) - 1) {}
  void read(unsigned at) { missing_ &= ~(1u << at); }
  void check() const {
    if (missing_ != 0) refuse("a member is missing");
  }

 private:
  unsigned missing_;
};

// The value of an enumeration by its name; `last` is its last value.
template <typename Enum>
Enum read_enum(JsonReader& in, Enum last) {
  const std::string_view wanted = in.word();
  for (int value = 0; value <= static_cast<int>(last); ++value) {
    if (name_of(static_cast<Enum>(value)) == wanted) return static_cast<Enum>(value);
  }
  refuse("the body of an entry holds an unknown word: " + std::string(wanted));
}

std::uint32_t small(std::uint64_t number) {
  if (number > std::numeric_limits<std::uint32_t>::max()) refuse("a place beyond 4 GiB");
  return static_cast<std::uint32_t>(number);
}

doc::Span read_span(JsonReader& in) {
  const auto [begin, end] = in.numbers<2>();
  return {begin, end};
}

doc::TextRange read_range(JsonReader& in) {
  const auto [begin, end] = in.numbers<2>();
  return {small(begin), small(end)};
}

template <typename Value, typename Read>
std::vector<Value> read_array(JsonReader& in, const Read& read) {
  std::vector<Value> out;
  in.array([&] { out.push_back(read(in)); });
  return out;
}

std::vector<std::string> read_texts(JsonReader& in) {
  return read_array<std::string>(in, [](JsonReader& each) { return each.text(); });
}

// A place among the members of an object: "paragraph" is number `first` of what it needs, "range" the next.
bool read_place(JsonReader& in, std::string_view name, doc::Place& place, Needed& needed, unsigned first) {
  if (name == "paragraph") {
    place.paragraph = small(in.number());
    needed.read(first);
    return true;
  }
  if (name == "range") {
    place.range = read_range(in);
    needed.read(first + 1);
    return true;
  }
  return false;
}

doc::Party read_party(JsonReader& in) {
  doc::Party out;
  Needed needed(2);
  in.object([&](std::string_view name) {
    if (name == "entity") {
      out.entity = in.text();
    } else if (name == "found_by") {
      out.found_by = read_enum(in, doc::FoundBy::context);
      needed.read(0);
    } else if (name == "mention") {
      out.mention = small(in.number());
    } else if (name == "name") {
      out.name = in.text();
    } else if (name == "role") {
      out.role = read_enum(in, doc::PartyRole::subject);
      needed.read(1);
    } else {
      in.skip();
    }
  });
  needed.check();
  return out;
}

doc::Block read_block(JsonReader& in) {
  doc::Block out;
  Needed needed(1);
  in.object([&](std::string_view name) {
    if (name == "kind") {
      out.kind = read_enum(in, doc::ParagraphKind::furniture);
      needed.read(0);
    } else if (name == "lines") {
      out.lines = read_array<doc::Span>(in, read_span);
    } else if (name == "number") {
      out.number = in.text();
    } else {
      in.skip();
    }
  });
  needed.check();
  return out;
}

doc::PermutedPiece read_permuted(JsonReader& in) {
  doc::PermutedPiece out;
  Needed needed(1);
  in.object([&](std::string_view name) {
    if (name == "literal") {
      out.literal = in.text();
    } else if (name == "raw") {
      out.raw = read_span(in);
      needed.read(0);
    } else {
      in.skip();
    }
  });
  needed.check();
  return out;
}

doc::Edit read_edit(JsonReader& in) {
  doc::Edit out;
  Needed needed(3);
  in.object([&](std::string_view name) {
    if (name == "after") {
      out.after = in.text();
    } else if (name == "before") {
      out.before = in.text();
    } else if (name == "grade") {
      out.grade = read_enum(in, doc::Grade::flag);
      needed.read(0);
    } else if (name == "kind") {
      out.kind = read_enum(in, doc::EditKind::move);
      needed.read(1);
    } else if (name == "pieces") {
      out.pieces = read_array<doc::PermutedPiece>(in, read_permuted);
    } else if (name == "reason") {
      out.reason = in.text();
    } else if (name == "rule") {
      out.rule = in.text();
    } else if (name == "span") {
      out.span = read_span(in);
      needed.read(2);
    } else if (name == "target") {
      out.target = read_span(in);
    } else {
      in.skip();
    }
  });
  needed.check();
  return out;
}

doc::Piece read_piece(JsonReader& in) {
  const auto [text_begin, text_end, raw_begin, raw_end, verbatim] = in.numbers<5>();
  return {
      .text = {small(text_begin), small(text_end)}, .raw = {raw_begin, raw_end}, .verbatim = verbatim != 0};
}

doc::Paragraph read_paragraph(JsonReader& in) {
  doc::Paragraph out;
  Needed needed(1);
  in.object([&](std::string_view name) {
    if (name == "id") {
      out.id = in.text();
    } else if (name == "kind") {
      out.kind = read_enum(in, doc::ParagraphKind::furniture);
      needed.read(0);
    } else if (name == "number") {
      out.number = in.text();
    } else if (name == "pieces") {
      out.pieces = read_array<doc::Piece>(in, read_piece);
    } else if (name == "text") {
      out.text = in.text();
    } else {
      in.skip();
    }
  });
  needed.check();
  return out;
}

doc::Mention read_mention(JsonReader& in) {
  doc::Mention out;
  Needed needed(4);
  in.object([&](std::string_view name) {
    if (read_place(in, name, out.place, needed, 0)) return;
    if (name == "entities") {
      out.entities = read_texts(in);
    } else if (name == "name") {
      out.name = in.text();
    } else if (name == "nested") {
      out.nested = in.flag();
    } else if (name == "ref") {
      out.ref = read_enum(in, doc::RefClass::relative);
      needed.read(2);
    } else if (name == "title") {
      out.title = in.text();
    } else if (name == "type") {
      out.type = read_enum(in, doc::MentionType::amount);
      needed.read(3);
    } else if (name == "unit") {
      out.unit = in.text();
    } else if (name == "value") {
      out.value = in.text();
    } else {
      in.skip();
    }
  });
  needed.check();
  return out;
}

doc::Doubt::Reading read_reading(JsonReader& in) {
  doc::Doubt::Reading out;
  in.object([&](std::string_view name) {
    if (name == "reason") {
      out.reason = in.text();
    } else if (name == "taken") {
      out.taken = in.flag();
    } else if (name == "text") {
      out.text = in.text();
    } else {
      in.skip();
    }
  });
  return out;
}

doc::Doubt read_doubt(JsonReader& in) {
  doc::Doubt out;
  Needed needed(2);
  in.object([&](std::string_view name) {
    if (read_place(in, name, out.place, needed, 0)) return;
    if (name == "raw") {
      out.raw = read_array<doc::Span>(in, read_span);
    } else if (name == "readings") {
      out.readings = read_array<doc::Doubt::Reading>(in, read_reading);
    } else if (name == "rule") {
      out.rule = in.text();
    } else {
      in.skip();
    }
  });
  needed.check();
  return out;
}

doc::Statement read_statement(JsonReader& in) {
  doc::Statement out;
  Needed needed(6);
  in.object([&](std::string_view name) {
    if (name == "confidence") {
      out.confidence = read_enum(in, doc::Confidence::c);
      needed.read(0);
    } else if (name == "evidence") {
      in.object([&](std::string_view part) {
        if (!read_place(in, part, out.evidence, needed, 1)) in.skip();
      });
    } else if (name == "instrument") {
      out.instrument = in.text();
    } else if (name == "modality") {
      out.modality = read_enum(in, doc::Modality::called_for);
      needed.read(3);
    } else if (name == "negated") {
      out.negated = in.flag();
    } else if (name == "parties") {
      out.parties = read_array<doc::Party>(in, read_party);
    } else if (name == "place_names") {
      out.place_names = read_texts(in);
    } else if (name == "places") {
      out.places = read_texts(in);
    } else if (name == "rule") {
      out.rule = in.text();
    } else if (name == "status") {
      out.status = read_enum(in, doc::CommitmentStatus::under_discussion);
      needed.read(4);
    } else if (name == "themes") {
      out.themes = read_texts(in);
    } else if (name == "time") {
      out.time = in.text();
    } else if (name == "topic") {
      out.topic = in.text();
    } else if (name == "type") {
      out.type = read_enum(in, doc::StatementType::incident);
      needed.read(5);
    } else if (name == "unit") {
      out.unit = in.text();
    } else if (name == "value") {
      out.value = in.text();
    } else {
      in.skip();
    }
  });
  needed.check();
  return out;
}

Correction read_correction(JsonReader& in) {
  Correction out;
  in.object([&](std::string_view name) {
    if (name == "instrument") {
      out.instrument = in.text();
    } else if (name == "modality") {
      out.modality = read_enum(in, doc::Modality::called_for);
    } else if (name == "negated") {
      out.negated = in.flag();
    } else if (name == "parties") {
      out.parties = read_array<doc::Party>(in, read_party);
    } else if (name == "place_names") {
      out.place_names = read_texts(in);
    } else if (name == "places") {
      out.places = read_texts(in);
    } else if (name == "status") {
      out.status = read_enum(in, doc::CommitmentStatus::under_discussion);
    } else if (name == "themes") {
      out.themes = read_texts(in);
    } else if (name == "time") {
      out.time = in.text();
    } else if (name == "topic") {
      out.topic = in.text();
    } else if (name == "type") {
      out.type = read_enum(in, doc::StatementType::incident);
    } else if (name == "unit") {
      out.unit = in.text();
    } else if (name == "value") {
      out.value = in.text();
    } else {
      in.skip();
    }
  });
  return out;
}

doc::Handling read_handling(JsonReader& in) {
  doc::Handling out;
  if (in.at_text()) {
    out.tlp = read_enum(in, doc::Tlp::red);
    return out;
  }
  Needed needed(1);
  in.object([&](std::string_view name) {
    if (name == "originator") {
      out.originator = in.text();
    } else if (name == "recipients") {
      out.recipients = as_set(read_texts(in));
    } else if (name == "statuses") {
      out.statuses = as_set(read_texts(in));
    } else if (name == "tlp") {
      out.tlp = read_enum(in, doc::Tlp::red);
      needed.read(0);
    } else {
      in.skip();
    }
  });
  needed.check();
  return out;
}

DocumentBody read_document(JsonReader& in) {
  DocumentBody out;
  Needed needed(2);
  in.object([&](std::string_view name) {
    if (name == "brought_by") {
      out.brought_by = in.text();
    } else if (name == "date") {
      out.metadata.date = in.text();
    } else if (name == "encoding") {
      out.encoding = in.text();
    } else if (name == "format") {
      out.format = in.text();
    } else if (name == "handling") {
      out.metadata.handling = read_handling(in);
      needed.read(0);
    } else if (name == "id") {
      out.id = in.text();
      needed.read(1);
    } else if (name == "issuer") {
      out.metadata.issuer = in.text();
    } else if (name == "language") {
      out.metadata.language = in.text();
    } else if (name == "name") {
      out.name = in.text();
    } else if (name == "symbol") {
      out.metadata.symbol = in.text();
    } else if (name == "title") {
      out.metadata.title = in.text();
    } else {
      in.skip();
    }
  });
  needed.check();
  return out;
}

SectionBody read_section(JsonReader& in) {
  SectionBody out;
  doc::Document& content = out.content;
  out.last = false;
  Needed needed(5);
  in.object([&](std::string_view name) {
    if (name == "blocks") {
      content.blocks = read_array<doc::Block>(in, read_block);
    } else if (name == "document") {
      content.id = in.text();
      needed.read(0);
    } else if (name == "doubts") {
      content.doubts = read_array<doc::Doubt>(in, read_doubt);
    } else if (name == "edits") {
      content.edits = read_array<doc::Edit>(in, read_edit);
    } else if (name == "last") {
      out.last = in.flag();
    } else if (name == "mentions") {
      content.mentions = read_array<doc::Mention>(in, read_mention);
    } else if (name == "paragraphs") {
      content.paragraphs = read_array<doc::Paragraph>(in, read_paragraph);
    } else if (name == "raw") {
      content.raw = in.text();
      needed.read(1);
    } else if (name == "raw_offset_bytes") {
      content.raw_offset_bytes = in.number();
      needed.read(2);
    } else if (name == "raw_offset_code_points") {
      content.raw_offset_code_points = in.number();
      needed.read(3);
    } else if (name == "section") {
      content.section = in.number();
      needed.read(4);
    } else {
      in.skip();
    }
  });
  needed.check();
  return out;
}

StatementBody read_statement_body(JsonReader& in) {
  StatementBody out;
  Needed needed(3);
  in.object([&](std::string_view name) {
    if (name == "document") {
      out.document = in.text();
      needed.read(0);
    } else if (name == "paragraph") {
      out.paragraph = in.text();
    } else if (name == "raw") {
      out.raw = read_array<doc::Span>(in, read_span);
    } else if (name == "section") {
      out.section = in.number();
      needed.read(1);
    } else if (name == "statement") {
      out.statement = read_statement(in);
      needed.read(2);
    } else if (name == "words") {
      out.words = in.text();
    } else {
      in.skip();
    }
  });
  needed.check();
  return out;
}

ReviewBody read_review(JsonReader& in) {
  ReviewBody out;
  Needed needed(2);
  in.object([&](std::string_view name) {
    if (name == "action") {
      out.action = read_enum(in, ReviewAction::withdraw);
      needed.read(0);
    } else if (name == "by") {
      out.by = in.text();
    } else if (name == "correction") {
      out.correction = read_correction(in);
    } else if (name == "note") {
      out.note = in.text();
    } else if (name == "on_behalf_of") {
      out.on_behalf_of = in.text();
    } else if (name == "statement") {
      out.statement = in.number();
      needed.read(1);
    } else if (name == "withdraws") {
      out.withdraws = in.number();
    } else {
      in.skip();
    }
  });
  needed.check();
  return out;
}

RevisionBody read_revision(JsonReader& in) {
  RevisionBody out;
  Needed needed(4);
  in.object([&](std::string_view name) {
    if (name == "action") {
      out.action = read_enum(in, RevisionAction::choose_reading);
      needed.read(0);
    } else if (name == "by") {
      out.by = in.text();
    } else if (name == "document") {
      out.document = in.text();
      needed.read(1);
    } else if (name == "note") {
      out.note = in.text();
    } else if (name == "on_behalf_of") {
      out.on_behalf_of = in.text();
    } else if (name == "reading") {
      out.reading = in.number();
    } else if (name == "section") {
      out.section = in.number();
      needed.read(2);
    } else if (name == "target") {
      out.target = in.number();
      needed.read(3);
    } else {
      in.skip();
    }
  });
  needed.check();
  return out;
}

// The rest are few and small: texts by their names.
struct TextMember {
  std::string_view name;
  std::string* to;
  bool needed = false;
};
void read_members(JsonReader& in, std::initializer_list<TextMember> members,
                  const std::function<bool(std::string_view)>& other = {}) {
  unsigned missing = 0, bit = 1;
  for (const TextMember& each : members) {
    if (each.needed) missing |= bit;
    bit <<= 1;
  }
  in.object([&](std::string_view name) {
    unsigned at = 1;
    for (const TextMember& each : members) {
      if (each.name == name) {
        *each.to = in.text();
        missing &= ~at;
        return;
      }
      at <<= 1;
    }
    if (!other || !other(name)) in.skip();
  });
  if (missing != 0) refuse("a member is missing");
}

Body body_of(EntryKind kind, JsonReader& in) {
  switch (kind) {
    case EntryKind::document:
      return read_document(in);
    case EntryKind::section:
      return read_section(in);
    case EntryKind::statement:
      return read_statement_body(in);
    case EntryKind::review:
      return read_review(in);
    case EntryKind::merge: {
      MergeBody out;
      read_members(in, {{"entity", &out.entity, true},
                        {"into", &out.into, true},
                        {"by", &out.by},
                        {"reason", &out.reason}});
      return out;
    }
    case EntryKind::unmerge: {
      UnmergeBody out;
      read_members(in, {{"entity", &out.entity, true}, {"by", &out.by}, {"reason", &out.reason}});
      return out;
    }
    case EntryKind::erasure: {
      ErasureBody out;
      bool entries = false;
      read_members(in, {{"by", &out.by}, {"reason", &out.reason}}, [&](std::string_view name) {
        if (name != "entries") return false;
        out.entries = read_array<Seq>(in, [](JsonReader& each) { return each.number(); });
        return entries = true;
      });
      if (!entries) refuse("a member is missing");
      return out;
    }
    case EntryKind::act: {
      ActBody out;
      bool body = false;
      read_members(in, {{"type", &out.type, true}}, [&](std::string_view name) {
        if (name != "body") return false;
        // Any value, so it is read into a tree.
        out.json = canonical_json(json::parse(in.skip()));
        return body = true;
      });
      if (!body) refuse("a member is missing");
      return out;
    }
    case EntryKind::handling: {
      HandlingBody out;
      bool handling = false;
      read_members(in,
                   {{"document", &out.document, true},
                    {"by", &out.by},
                    {"on_behalf_of", &out.on_behalf_of},
                    {"reason", &out.reason}},
                   [&](std::string_view name) {
                     if (name != "handling") return false;
                     out.handling = read_handling(in);
                     return handling = true;
                   });
      if (!handling) refuse("a member is missing");
      return out;
    }
    case EntryKind::revision:
      return read_revision(in);
  }
  refuse("an entry of an unknown kind");
}

}  // namespace

std::string to_canonical_json(const Body& body) {
  std::string out;
  std::visit([&out](const auto& each) { append_body(out, each); }, body);
  return out;
}

std::string to_canonical_json(const doc::Handling& handling) {
  std::string out;
  append_handling(out, handling);
  return out;
}

doc::Handling handling_from_json(std::string_view text) {
  JsonReader in(text);
  doc::Handling handling = read_handling(in);
  in.finish();
  return handling;
}

Body body_from_json(EntryKind kind, std::string_view text) {
  const auto refuse_body = [kind](const char* why) {
    refuse("the body of a " + std::string(name_of(kind)) + " entry cannot be read: " + why);
  };
  try {
    if (find_invalid_utf8(text) < text.size()) refuse("it is not valid UTF-8");
    JsonReader in(text);
    Body body = body_of(kind, in);
    in.finish();
    return body;
  } catch (const Error& error) {
    refuse_body(error.what());
  } catch (const json::exception& error) {  // of an act
    refuse_body(error.what());
  }
  refuse("an entry of an unknown kind");
}

std::string section_raw_from_json(std::string_view text) {
  std::string raw;
  try {
    if (find_invalid_utf8(text) < text.size()) refuse("it is not valid UTF-8");
    JsonReader in(text);
    in.object([&](std::string_view name) {
      if (name == "raw") {
        raw = in.text();
      } else {
        in.skip();
      }
    });
    in.finish();
  } catch (const Error& error) {
    refuse(std::string("the body of a section cannot be read: ") + error.what());
  }
  return raw;
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
