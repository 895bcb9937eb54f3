#include "reader/mentions/mentions.hpp"

namespace mithaq::reader {

void find_mentions(document::Document&, const std::vector<TokenizedText>&, const Lexicon&, Context&) {}

}  // namespace mithaq::reader
