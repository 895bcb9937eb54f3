#include "service/findings.hpp"

#include <algorithm>
#include <cstdint>
#include <ostream>
#include <utility>
#include <vector>

#include "base/utf8.hpp"
#include "record/canonical_json.hpp"

namespace mithaq::service {

namespace {

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

// Writes one JSON object, member by member, into a buffer that is used again for the next line: a general
// JSON value for each finding would cost more than finding it.
class Line {
 public:
  explicit Line(std::string& out) : out_(out) { out_ = "{"; }

  void text(std::string_view name, std::string_view value) {
    member(name);
    string(value);
  }
  void text_unless_empty(std::string_view name, std::string_view value) {
    if (!value.empty()) text(name, value);
  }
  void number(std::string_view name, std::size_t value) {
    member(name);
    out_ += std::to_string(value);
  }
  void yes(std::string_view name, bool value) {
    if (!value) return;
    member(name);
    out_ += "true";
  }
  template <typename Items, typename TextOf>
  void texts(std::string_view name, const Items& items, const TextOf& text_of) {
    member(name);
    out_ += '[';
    bool first = true;
    for (const auto& item : items) {
      if (!first) out_ += ',';
      first = false;
      string(text_of(item));
    }
    out_ += ']';
  }
  void pairs(std::string_view name, const std::vector<std::pair<std::size_t, std::size_t>>& pairs) {
    member(name);
    out_ += '[';
    for (std::size_t each = 0; each < pairs.size(); ++each) {
      if (each > 0) out_ += ',';
      out_ += '[' + std::to_string(pairs[each].first) + ',' + std::to_string(pairs[each].second) + ']';
    }
    out_ += ']';
  }
  const std::string& close() { return out_ += "}\n"; }

 private:
  void member(std::string_view name) {
    if (out_.size() > 1) out_ += ',';
    out_ += '"';
    out_ += name;
    out_ += "\":";
  }
  void string(std::string_view value) {
    if (find_invalid_utf8(value) == value.size()) {
      record::append_json_string(out_, value);
    } else {
      record::append_json_string(out_, valid_utf8(value));
    }
  }

  std::string& out_;
};

// Adds start, end and spans of a place, in code points of the whole raw text.
void add_place(Line& line, const document::Document& document, const document::CodePointIndex& index,
               const document::Place& place) {
  const auto spans = document::raw_spans(document.paragraphs[place.paragraph], place.range);
  if (spans.empty()) return;
  std::vector<std::pair<std::size_t, std::size_t>> points;
  std::size_t begin = SIZE_MAX, end = 0;
  for (const document::Span& span : spans) {
    points.emplace_back(document.raw_offset_code_points + index.code_points_before(span.begin),
                        document.raw_offset_code_points + index.code_points_before(span.end));
    begin = std::min(begin, points.back().first);
    end = std::max(end, points.back().second);
  }
  line.number("start", begin);
  line.number("end", end);
  if (points.size() > 1) line.pairs("spans", points);
}

}  // namespace

void write_findings(std::ostream& out, const document::Document& document) {
  const document::CodePointIndex index(document.raw);
  std::string buffer;
  const auto itself = [](const std::string& text) -> const std::string& { return text; };
  for (const document::Mention& mention : document.mentions) {
    Line line(buffer);
    line.text("kind", "mention");
    add_place(line, document, index, mention.place);
    line.text("paragraph", document.paragraphs[mention.place.paragraph].id);
    line.text("type", type_in_findings(mention.type));
    line.text("name", mention.name);
    line.text("ref", name_of(mention.ref));
    if (!mention.entities.empty()) line.texts("entities", mention.entities, itself);
    line.yes("nested", mention.nested);
    line.text_unless_empty("value", mention.value);
    line.text_unless_empty("unit", mention.unit);
    line.text_unless_empty("title", mention.title);
    out << line.close();
  }
  for (const document::Statement& statement : document.statements) {
    Line line(buffer);
    line.text("kind", "statement");
    line.text("type", upper(name_of(statement.type)));
    add_place(line, document, index, statement.evidence);
    line.text("paragraph", document.paragraphs[statement.evidence.paragraph].id);
    line.texts("parties", statement.parties, [](const document::Party& party) { return party.name; });
    line.texts("place", statement.place_names, itself);
    line.texts("themes", statement.themes, itself);
    line.text("topic", statement.topic);
    line.text("time", statement.time);
    line.text("modality", name_of(statement.modality));
    line.text("status", name_of(statement.status));
    line.yes("negated", statement.negated);
    line.text_unless_empty("instrument", statement.instrument);
    line.text_unless_empty("value", statement.value);
    line.text_unless_empty("unit", statement.unit);
    line.text("rule", statement.rule);
    line.text("confidence", name_of(statement.confidence));
    out << line.close();
  }
}

}  // namespace mithaq::service
