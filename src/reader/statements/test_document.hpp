// Builds small documents for the tests of the statement grammars: names are marked in the text itself.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "document/document.hpp"
#include "reader/lexicon/lexicon.hpp"
#include "reader/statements/statements.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::reader::test {

inline const Lexicon& lexicon() {
  static const Lexicon loaded = Lexicon::load(mithaq::test::data());
  return loaded;
}

// A document of one paragraph for each line. {O:United Nations:الأمم المتحدة} marks an organization by its
// canonical name and its words; S a State, P a place, D a date, N a paper, G a group of States, F an office,
// 2 a pair ("one; other"), A an organization by a short form. A line that starts with # is a heading.
inline document::Document marked(std::string_view text) {
  using document::MentionType;
  using document::RefClass;
  document::Document document;
  while (!text.empty()) {
    const std::size_t cut = text.find('\n');
    std::string_view line = text.substr(0, cut);
    text = cut == std::string_view::npos ? std::string_view{} : text.substr(cut + 1);
    document::Paragraph paragraph;
    if (line.starts_with("#")) {
      paragraph.kind = document::ParagraphKind::heading;
      line.remove_prefix(1);
    }
    const auto number = static_cast<std::uint32_t>(document.paragraphs.size());
    paragraph.id = "p" + std::to_string(number);
    while (!line.empty()) {
      const std::size_t open = line.find('{');
      paragraph.text += line.substr(0, open);
      if (open == std::string_view::npos) break;
      const std::size_t close = line.find('}', open);
      const std::string_view mark = line.substr(open + 1, close - open - 1);
      line.remove_prefix(close + 1);
      const std::size_t words = mark.rfind(':');
      document::Mention mention;
      mention.name = std::string(mark.substr(2, words - 2));
      mention.entities = {mention.name};
      switch (mark[0]) {
        case 'O':
          mention.type = MentionType::organization;
          break;
        case 'A':
          mention.type = MentionType::organization;
          mention.ref = RefClass::short_form;
          break;
        case '2':
          mention.type = MentionType::organization;
          mention.ref = RefClass::pair;
          mention.entities = {};
          break;
        case 'S':
          mention.type = MentionType::state;
          break;
        case 'G':
          mention.type = MentionType::state;
          mention.ref = RefClass::group;
          break;
        case 'P':
          mention.type = MentionType::place;
          break;
        case 'D':
          mention.type = MentionType::date;
          mention.value = mention.name;
          break;
        case 'N':
          mention.type = MentionType::document;
          break;
        case 'F':
          mention.type = MentionType::person;
          mention.ref = RefClass::office;
          break;
        case 'M':
          mention.type = MentionType::amount;
          break;
        default:
          break;
      }
      if (mark[0] == 'M') mention.value = mention.name;
      mention.place.paragraph = number;
      mention.place.range.begin = static_cast<std::uint32_t>(paragraph.text.size());
      paragraph.text += mark.substr(words + 1);
      mention.place.range.end = static_cast<std::uint32_t>(paragraph.text.size());
      document.mentions.push_back(std::move(mention));
    }
    document.paragraphs.push_back(std::move(paragraph));
  }
  return document;
}

inline document::Document read_marked(std::string_view text) {
  document::Document document = marked(text);
  std::vector<TokenizedText> texts(document.paragraphs.size());
  for (std::size_t each = 0; each < texts.size(); ++each) {
    tokenize(document.paragraphs[each].text, lexicon().vocabulary, texts[each]);
  }
  Context context;
  find_statements(document, texts, lexicon(), context);
  return document;
}

// "COOPERATION United Nations + OSCE": type and parties of a statement, for comparing.
inline std::string summary(const document::Statement& statement) {
  std::string out(document::name_of(statement.type));
  for (std::size_t each = 0; each < statement.parties.size(); ++each) {
    out += each == 0 ? ": " : " + ";
    out += statement.parties[each].name;
  }
  return out;
}

inline std::vector<std::string> summaries(std::string_view text) {
  const document::Document document = read_marked(text);
  std::vector<std::string> out;
  for (const document::Statement& statement : document.statements) out.push_back(summary(statement));
  return out;
}

}  // namespace mithaq::reader::test
