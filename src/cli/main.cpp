// The command `mithaq`.
#include <fstream>
#include <iostream>
#include <iterator>

#include "base/error.hpp"
#include "reader/reader.hpp"
#include "service/findings.hpp"

int main(int count, char** words) {
  if (count < 3) return 2;
  std::ifstream file(words[2], std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(file)), {});
  const auto lexicon = mithaq::reader::Lexicon::load(MITHAQ_SOURCE_DATA);
  const auto result = mithaq::reader::read_document(bytes, lexicon, {.name = words[2]});
  if (const auto* refusal = std::get_if<mithaq::reader::Refusal>(&result)) {
    std::cerr << refusal->message << '\n';
    return 3;
  }
  mithaq::service::write_findings(std::cout, std::get<mithaq::document::Document>(result));
}
