// What the program says to people, in the language of the interface.
//
// The English sentence is the key, as the program writes it, so that an error thrown far below can be shown
// in Arabic or Russian at the edge without anybody below knowing languages. data/messages.tsv holds the
// sentences; a gap in one, {}, stands for what differs from case to case and is carried over as it is.
//
//   en                               ar
//   the record has no document "{}"  ليس في السجل وثيقة باسم «{}»
//
// The column ru may be empty, or missing: the sentence then stays English.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "service/language.hpp"

namespace mithaq::service {

class Messages {
 public:
  // Nothing is loaded for English, which needs no table.
  //   throws  Error{not_found, invalid_input} if the table is missing or the gaps of a line do not fit
  static Messages load(const std::filesystem::path& data_folder, Language language);

  // The same of another table with the columns en, ar and ru.
  static Messages load_table(const std::filesystem::path& file, Language language);

  // The sentence in the language; as it is if the table has no line for it.
  //   example  say("no file or folder x.txt") is «لا يوجد ملف أو مجلد باسم x.txt»
  std::string say(std::string_view english) const;

 private:
  std::string say(std::string_view english, int depth) const;

  struct Template {
    std::vector<std::string> pieces;  // English, around the gaps
    std::string translation;          // with its gaps
  };
  std::unordered_map<std::string, std::string> whole_;
  std::vector<Template> templates_;  // the one with the most words of its own that fits counts
};

}  // namespace mithaq::service
