#include "reader/statements/statements.hpp"

namespace mithaq::reader {

void find_statements(document::Document&, const std::vector<TokenizedText>&, const Lexicon&, Context&) {}

}  // namespace mithaq::reader
