#include "reader/reader.hpp"

#include "reader/context.hpp"
#include "reader/formats/formats.hpp"
#include "reader/mentions/mentions.hpp"
#include "reader/repair/repair.hpp"
#include "reader/statements/statements.hpp"
#include "reader/text/token.hpp"

namespace mithaq::reader {

namespace {

// The way of one document, or of one section of a long one.
void read_text(document::Document& document, const Lexicon& lexicon, const ReadOptions& options,
               Context& context) {
  repair(document, lexicon);
  std::vector<TokenizedText> texts(document.paragraphs.size());
  for (std::size_t each = 0; each < texts.size(); ++each) {
    tokenize(document.paragraphs[each].text, lexicon.vocabulary, texts[each]);
  }
  find_mentions(document, texts, lexicon, context);
  if (options.statements) find_statements(document, texts, lexicon, context);
}

}  // namespace

ReadResult read_document(std::string_view bytes, const Lexicon& lexicon, const ReadOptions& options) {
  ReadResult result = extract(bytes, options);
  if (auto* document = std::get_if<document::Document>(&result)) {
    Context context;
    read_text(*document, lexicon, options, context);
  }
  return result;
}

std::optional<Refusal> read_sections(std::string_view bytes, const Lexicon& lexicon,
                                     const ReadOptions& options,
                                     const std::function<void(document::Document&&)>& take) {
  ReadResult result = read_document(bytes, lexicon, options);
  if (auto* refusal = std::get_if<Refusal>(&result)) return std::move(*refusal);
  take(std::move(std::get<document::Document>(result)));
  return std::nullopt;
}

}  // namespace mithaq::reader
