#include "reader/repair/repair_tables.hpp"

#include <sstream>

#include "base/error.hpp"
#include "base/table.hpp"
#include "base/utf8.hpp"

namespace mithaq::reader {

namespace {

std::vector<std::string> words_in(std::string_view cell) {
  std::istringstream stream{std::string(cell)};
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

}  // namespace

void RepairTables::load(const std::filesystem::path& data_folder) {
  const std::filesystem::path folder = data_folder / "languages" / "ar";
  const Table confusions = Table::read(folder / "confusions.tsv");
  for (std::size_t row = 0; row < confusions.row_count(); ++row) {
    const auto letters = split_values(confusions.cell(row, "letters"));
    const auto weight = static_cast<std::uint8_t>(confusions.cell(row, "weight") == "1" ? 1 : 2);
    for (const std::string_view one : letters) {
      for (const std::string_view other : letters) {
        const ArabicWord from = arabic_word(one), to = arabic_word(other);
        if (from.size != 1 || to.size != 1) {
          throw Error(ErrorKind::invalid_input, confusions.name() + ":" +
                                                    std::to_string(confusions.line_of(row)) +
                                                    ": letters are single Arabic letters");
        }
        if (from.letters[0] != to.letters[0]) confusions_[from.letters[0]].push_back({to.letters[0], weight});
      }
    }
  }
  const Table collocations = Table::read(folder / "collocations.tsv");
  for (std::size_t row = 0; row < collocations.row_count(); ++row) {
    const auto wrong = words_in(collocations.cell(row, "wrong")),
               right = words_in(collocations.cell(row, "right"));
    if (wrong.size() != right.size() || wrong.size() < 2) {
      throw Error(ErrorKind::invalid_input,
                  collocations.name() + ":" + std::to_string(collocations.line_of(row)) +
                      ": wrong and right have the same number of words, two or more");
    }
    Collocation collocation;
    collocation.note = collocations.cell(row, "note");
    for (std::size_t each = 0; each < wrong.size(); ++each) {
      Collocation::Word word;
      if (wrong[each] != "*") word.hash = hash_of_word(arabic_word(wrong[each]).view());
      if (wrong[each] != right[each]) word.replacement = right[each];
      collocation.words.push_back(std::move(word));
    }
    collocations_[collocation.words.front().hash].push_back(std::move(collocation));
  }
  const Table foreign = Table::read(folder / "foreign_letters.tsv");
  for (std::size_t row = 0; row < foreign.row_count(); ++row) {
    const std::string_view letter = foreign.cell(row, "letter");
    if (letter.empty()) continue;
    foreign_letters_[decode_utf8(letter, 0).value] = foreign.cell(row, "arabic");
  }
  word_tables_ = std::make_shared<LazyWordTables>(data_folder);
}

const std::vector<RepairTables::Confusion>& RepairTables::confused_with(char16_t letter) const {
  static const std::vector<Confusion> none;
  const auto found = confusions_.find(letter);
  return found == confusions_.end() ? none : found->second;
}

std::string_view RepairTables::letter_for(char32_t foreign) const {
  const auto found = foreign_letters_.find(foreign);
  return found == foreign_letters_.end() ? std::string_view() : std::string_view(found->second);
}

const std::vector<Collocation>* RepairTables::starting_with(std::uint64_t word) const {
  const auto found = collocations_.find(word);
  return found == collocations_.end() ? nullptr : &found->second;
}

}  // namespace mithaq::reader
