#include "reader/lexicon/masthead.hpp"

#include <string>

#include "base/error.hpp"
#include "base/table.hpp"

namespace mithaq::reader {

Masthead Masthead::load(const std::filesystem::path& data_folder, Vocabulary& vocabulary) {
  Masthead masthead;
  for (std::size_t language = 0; language < kLatin.size(); ++language) {
    const auto path = data_folder / "languages" / kLatin[language] / "common_words.tsv";
    if (!std::filesystem::exists(path)) continue;
    const Table table = Table::read(path);
    for (std::size_t row = 0; row < table.row_count(); ++row) {
      for (const std::string_view form : split_values(table.cell(row, "forms"))) {
        for (const std::string& word : phrase_words(form)) {
          const WordId id = vocabulary.add(word);
          if (id >= masthead.common_.size()) masthead.common_.resize(id + 1);
          masthead.common_[id] |= static_cast<std::uint8_t>(1u << language);
        }
      }
    }
  }
  const auto path = data_folder / "masthead.tsv";
  if (!std::filesystem::exists(path)) return masthead;
  const Table table = Table::read(path);
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const auto refuse = [&](const std::string& what) {
      throw Error(ErrorKind::invalid_input,
                  table.name() + ":" + std::to_string(table.line_of(row)) + ": " + what);
    };
    Mark mark;
    const std::string_view role = table.cell(row, "role"), value = table.cell(row, "value");
    if (role == "handling") {
      mark.role = Role::handling;
      if (value == "clear") {
        mark.handling = document::Tlp::clear;
      } else if (value == "green") {
        mark.handling = document::Tlp::green;
      } else if (value == "amber") {
        mark.handling = document::Tlp::amber;
      } else if (value == "amber_strict") {
        mark.handling = document::Tlp::amber_strict;
      } else if (value == "red") {
        mark.handling = document::Tlp::red;
      } else {
        refuse("no such handling: " + std::string(value));
      }
    } else if (role == "issued") {
      mark.role = Role::issued;
    } else if (role == "masthead") {
      mark.role = Role::masthead;
    } else {
      refuse("unknown role");
    }
    for (const std::string_view form : split_values(table.cell(row, "forms"))) {
      const auto payload = static_cast<std::uint32_t>(masthead.marks_.size());
      if (masthead.trie_.add(vocabulary, form, payload) == payload) masthead.marks_.push_back(mark);
    }
  }
  return masthead;
}

Masthead::Mark Masthead::mark_at(const TokenizedText& text, std::size_t token) const {
  // Marks are written with points and colons inside (Distr.: General), which a phrase leaves out.
  Mark best;
  TokenTrie::Node node = TokenTrie::kRoot;
  for (std::size_t at = token; at < text.tokens.size() && at < token + 8; ++at) {
    const Token& each = text.tokens[at];
    if (each.kind == TokenKind::punctuation) {
      if (at == token) return {};
      continue;
    }
    node = trie_.step(node, each.word);
    if (node == TokenTrie::kNoNode) break;
    if (const std::uint32_t payload = trie_.payload(node); payload != TokenTrie::kNoPayload) {
      best = marks_[payload];
      best.end_token = at + 1;
    }
  }
  return best;
}

}  // namespace mithaq::reader
