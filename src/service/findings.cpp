#include "service/findings.hpp"

#include <nlohmann/json.hpp>
#include <ostream>

namespace mithaq::service {

namespace {

using nlohmann::ordered_json;

std::string type_in_findings(document::MentionType type) {
  switch (type) {
    case document::MentionType::organization:
      return "ORG";
    case document::MentionType::state:
      return "STATE";
    case document::MentionType::place:
      return "PLACE";
    case document::MentionType::person:
      return "PERSON";
    case document::MentionType::date:
      return "DATE";
    case document::MentionType::document:
      return "DOC";
    case document::MentionType::amount:
      return "AMOUNT";
  }
  return "ORG";
}

std::string upper(std::string_view name) {
  std::string out(name);
  for (char& letter : out) {
    if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 32);
  }
  return out;
}

// Adds start, end and spans of a place, in code points of the whole raw text.
void add_place(ordered_json& line, const document::Document& document, const document::CodePointIndex& index,
               const document::Place& place) {
  const auto spans = document::raw_spans(document.paragraphs[place.paragraph], place.range);
  if (spans.empty()) return;
  const std::size_t offset = document.raw_offset_code_points;
  const auto point = [&](std::size_t byte) { return offset + index.code_points_before(byte); };
  line["start"] = point(spans.front().begin);
  line["end"] = point(spans.front().end);
  if (spans.size() == 1) return;
  std::size_t begin = point(spans.front().begin), end = point(spans.front().end);
  ordered_json pieces = ordered_json::array();
  for (const document::Span& span : spans) {
    pieces.push_back({point(span.begin), point(span.end)});
    begin = std::min(begin, point(span.begin));
    end = std::max(end, point(span.end));
  }
  line["start"] = begin;
  line["end"] = end;
  line["spans"] = std::move(pieces);
}

}  // namespace

void write_findings(std::ostream& out, const document::Document& document) {
  const document::CodePointIndex index(document.raw);
  const auto print = [&out](const ordered_json& line) {
    out << line.dump(-1, ' ', false, ordered_json::error_handler_t::replace) << '\n';
  };
  for (const document::Mention& mention : document.mentions) {
    ordered_json line = {{"kind", "mention"}};
    add_place(line, document, index, mention.place);
    line["paragraph"] = document.paragraphs[mention.place.paragraph].id;
    line["type"] = type_in_findings(mention.type);
    line["name"] = mention.name;
    line["ref"] = name_of(mention.ref);
    if (!mention.entities.empty()) line["entities"] = mention.entities;
    if (mention.nested) line["nested"] = true;
    if (!mention.value.empty()) line["value"] = mention.value;
    if (!mention.unit.empty()) line["unit"] = mention.unit;
    if (!mention.title.empty()) line["title"] = mention.title;
    print(line);
  }
  for (const document::Statement& statement : document.statements) {
    ordered_json line = {{"kind", "statement"}, {"type", upper(name_of(statement.type))}};
    add_place(line, document, index, statement.evidence);
    line["paragraph"] = document.paragraphs[statement.evidence.paragraph].id;
    ordered_json parties = ordered_json::array();
    for (const document::Party& party : statement.parties) parties.push_back(party.name);
    line["parties"] = std::move(parties);
    line["place"] = statement.place_names;
    line["themes"] = statement.themes;
    line["topic"] = statement.topic;
    line["time"] = statement.time;
    line["modality"] = name_of(statement.modality);
    line["status"] = name_of(statement.status);
    if (statement.negated) line["negated"] = true;
    if (!statement.instrument.empty()) line["instrument"] = statement.instrument;
    if (!statement.value.empty()) line["value"] = statement.value;
    if (!statement.unit.empty()) line["unit"] = statement.unit;
    line["rule"] = statement.rule;
    line["confidence"] = name_of(statement.confidence);
    print(line);
  }
}

}  // namespace mithaq::service
