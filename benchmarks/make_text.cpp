// Prints a text to measure with: make_text ar|en BYTES [SEED]. The same words give the same text.
#include <cstdlib>
#include <iostream>

#include "benchmarks/text_maker.hpp"
#include "tests/support/test_paths.hpp"

int main(int count, char** words) {
  if (count < 3) {
    std::cerr << "usage: make_text ar|en BYTES [SEED]\n";
    return 2;
  }
  const auto lexicon = mithaq::reader::Lexicon::load(mithaq::test::data());
  const auto language = std::string_view(words[1]) == "en" ? mithaq::benchmarks::TextLanguage::english
                                                           : mithaq::benchmarks::TextLanguage::arabic;
  std::size_t left = std::strtoull(words[2], nullptr, 10);
  std::uint64_t seed = count > 3 ? std::strtoull(words[3], nullptr, 10) : 1;
  // In parts, so that a text of gigabytes needs no memory.
  constexpr std::size_t kPart = 4 * 1024 * 1024;
  while (left > 0) {
    const std::string part = mithaq::benchmarks::make_text(lexicon, language, std::min(left, kPart), seed++);
    std::cout << part;
    left -= std::min(left, part.size());
  }
}
