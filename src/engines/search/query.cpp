#include "engines/search/query.hpp"

#include <optional>

#include "base/utf8.hpp"

namespace mithaq::search {

namespace {

constexpr std::size_t kTermsMax = 32;
constexpr std::size_t kAlternativesMax = 16;

bool opens_quotation(char32_t value) {
  return value == '"' || value == 0x00AB || value == 0x201C || value == 0x201D || value == 0x201E;
}
bool closes_quotation(char32_t value) {
  return value == '"' || value == 0x00BB || value == 0x201C || value == 0x201D;
}
bool is_blank(char32_t value) {
  return value == ' ' || value == '\t' || value == '\n' || value == 0xA0;
}

struct Word {
  std::string text{};
  bool quoted = false;
  bool excluded = false;
};

std::vector<Word> split(std::string_view words) {
  std::vector<Word> list;
  Word current;
  bool inside = false;
  const auto finish = [&] {
    if (!current.text.empty()) list.push_back(current);
    current = {};
  };
  for (std::size_t at = 0; at < words.size();) {
    const CodePoint point = decode_utf8(words, at);
    const std::string_view letter = words.substr(at, point.length);
    at += point.length;
    if (inside) {
      if (closes_quotation(point.value)) {
        inside = false;
        finish();
      } else {
        current.text += letter;
      }
    } else if (opens_quotation(point.value)) {
      const bool excluded = current.text == "-";
      if (!excluded) finish();
      current = {"", true, excluded};
      inside = true;
    } else if (is_blank(point.value)) {
      finish();
    } else {
      current.text += letter;
    }
  }
  finish();
  return list;
}

bool joins_alternatives(const Word& word) {
  return !word.quoted && (word.text == "OR" || word.text == "|" || word.text == "أو" || word.text == "او");
}

record::TextTerm term_of(const Word& word) {
  record::TextTerm term{.text = word.text};
  if (word.excluded) term.need = record::TextTerm::Need::must_not;
  if (word.quoted) {
    term.form = record::TextTerm::Form::phrase;
    return term;
  }
  if (term.text.size() > 1 && term.text.front() == '-') {
    term.need = record::TextTerm::Need::must_not;
    term.text.erase(0, 1);
  }
  if (term.text.size() > 1 && term.text.back() == '*') {
    term.form = record::TextTerm::Form::prefix;
    term.text.pop_back();
  }
  return term;
}

}  // namespace

Query parse_query(std::string_view words) {
  Query query;
  // Groups of alternatives: "x OR y z" is (x or y) and z.
  std::vector<std::vector<record::TextTerm>> groups;
  bool join = false;
  std::size_t count = 0;
  for (const Word& word : split(words)) {
    if (joins_alternatives(word) && !groups.empty()) {
      join = true;
      continue;
    }
    if (++count > kTermsMax) {
      query.cut = true;
      break;
    }
    if (join) {
      groups.back().push_back(term_of(word));
    } else {
      groups.push_back({term_of(word)});
    }
    join = false;
  }
  if (groups.empty()) return query;
  query.alternatives = {{}};
  for (const auto& group : groups) {
    std::vector<std::vector<record::TextTerm>> longer;
    for (const auto& start : query.alternatives) {
      for (const record::TextTerm& term : group) {
        if (longer.size() == kAlternativesMax) {
          query.cut = true;
          break;
        }
        longer.push_back(start);
        longer.back().push_back(term);
      }
    }
    query.alternatives = std::move(longer);
  }
  return query;
}

}  // namespace mithaq::search
