#include "reader/reader.hpp"

#include <algorithm>

#include "base/sha256.hpp"
#include "base/utf8.hpp"
#include "reader/context.hpp"
#include "reader/formats/formats.hpp"
#include "reader/mentions/mentions.hpp"
#include "reader/repair/layout.hpp"
#include "reader/repair/repair.hpp"
#include "reader/statements/statements.hpp"
#include "reader/text/token.hpp"

namespace mithaq::reader {

namespace {

using document::Block;
using document::Document;
using document::Doubt;
using document::ParagraphKind;

// A format that knows its paragraphs does not know the numbers that are typed into them.
void number_blocks(Document& document) {
  for (Block& block : document.blocks) {
    const bool text = block.kind == ParagraphKind::body || block.kind == ParagraphKind::item ||
                      block.kind == ParagraphKind::heading;
    if (!text || !block.number.empty() || block.lines.empty()) continue;
    const Marker marker = marker_of(document::slice(document.raw, block.lines.front()));
    block.number = marker.number;
    const bool item = marker.kind == Marker::Kind::bracketed || marker.kind == Marker::Kind::letter ||
                      marker.kind == Marker::Kind::bullet;
    if (block.kind == ParagraphKind::body && item) block.kind = ParagraphKind::item;
  }
}

// The way of one document, or of one section of a long one.
void read_text(Document& document, const Lexicon& lexicon, const ReadOptions& options, Context& context) {
  number_blocks(document);
  repair(document, lexicon);
  std::vector<TokenizedText> texts(document.paragraphs.size());
  for (std::size_t each = 0; each < texts.size(); ++each) {
    tokenize(document.paragraphs[each].text, lexicon.vocabulary, texts[each]);
  }
  find_mentions(document, texts, lexicon, context);
  if (options.statements) find_statements(document, texts, lexicon, context);
}

// Where a text is cut that goes on after `limit`: the best border in its last quarter.
std::size_t cut_of(std::string_view text, std::size_t limit) {
  const std::size_t earliest = limit - limit / 4;
  const std::string_view head = text.substr(0, limit);
  const auto after_last = [&](std::string_view border) {
    const std::size_t found = head.rfind(border);
    return found == std::string_view::npos || found + border.size() < earliest ? 0 : found + border.size();
  };
  if (const std::size_t cut = std::max({after_last("\n\n"), after_last("\n\r\n"), after_last("\f")}))
    return cut;
  if (const std::size_t cut = after_last("\n")) return cut;
  if (const std::size_t cut =
          std::max({after_last(". "), after_last("؟ "), after_last("؛ "), after_last("。")})) {
    return cut;
  }
  if (const std::size_t cut = after_last(" ")) return cut;
  std::size_t cut = limit;
  while (cut > earliest && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;
  return cut;
}

// Reads the sections of one document in turn and hands them on.
class SectionReader {
 public:
  SectionReader(const Lexicon& lexicon, const ReadOptions& options,
                const std::function<void(Document&&)>& take)
      : lexicon_(lexicon), options_(options), take_(take) {}

  // Takes the next section: raw, blocks and doubts; the rest comes from what the document is.
  void read(const Document& whole, Document&& section) {
    section.id = whole.id;
    section.name = whole.name;
    section.format = whole.format;
    section.encoding = whole.encoding;
    section.metadata = number_ == 0 ? whole.metadata : context_.metadata;
    section.section = number_;
    section.raw_offset_bytes = bytes_;
    section.raw_offset_code_points = code_points_;
    const std::size_t points = count_code_points(section.raw);
    bytes_ += section.raw.size();
    code_points_ += points;
    read_text(section, lexicon_, options_, context_);
    context_.metadata = section.metadata;
    if (number_ > 0) {
      const std::string prefix = "s" + std::to_string(number_) + "-";
      for (document::Paragraph& paragraph : section.paragraphs) paragraph.id.insert(0, prefix);
    }
    ++number_;
    take_(std::move(section));
  }

 private:
  const Lexicon& lexicon_;
  const ReadOptions& options_;
  const std::function<void(Document&&)>& take_;
  Context context_{};
  std::size_t number_ = 0;
  std::size_t bytes_ = 0;
  std::size_t code_points_ = 0;
};

// The doubts about a part of the raw text, with their places in that part.
std::vector<Doubt> doubts_between(const std::vector<Doubt>& doubts, std::size_t begin, std::size_t end) {
  std::vector<Doubt> out;
  for (const Doubt& doubt : doubts) {
    if (doubt.raw.empty() || doubt.raw.front().begin < begin || doubt.raw.front().begin >= end) continue;
    out.push_back(doubt);
    for (document::Span& span : out.back().raw) {
      span.begin -= std::min(span.begin, begin);
      span.end = std::min(span.end, end) - begin;
    }
  }
  return out;
}

// A long document whose format gave blocks: sections of whole blocks.
void read_blocks(Document&& whole, SectionReader& reader, std::size_t section_bytes) {
  for (std::size_t first = 0; first < whole.blocks.size();) {
    const std::size_t begin = first == 0 ? 0 : whole.blocks[first].lines.front().begin;
    std::size_t last = first + 1;
    while (last < whole.blocks.size() && whole.blocks[last].lines.back().end - begin <= section_bytes) ++last;
    const std::size_t end =
        last < whole.blocks.size() ? whole.blocks[last].lines.front().begin : whole.raw.size();
    Document section;
    section.raw = whole.raw.substr(begin, end - begin);
    section.doubts = doubts_between(whole.doubts, begin, end);
    for (; first < last; ++first) {
      section.blocks.push_back(std::move(whole.blocks[first]));
      for (document::Span& line : section.blocks.back().lines) {
        line.begin -= begin;
        line.end -= begin;
      }
    }
    reader.read(whole, std::move(section));
  }
}

}  // namespace

ReadResult read_document(std::string_view bytes, const Lexicon& lexicon, const ReadOptions& options) {
  ReadResult result = extract(bytes, options);
  if (auto* document = std::get_if<Document>(&result)) {
    Context context;
    read_text(*document, lexicon, options, context);
  }
  return result;
}

std::optional<Refusal> read_sections(std::string_view bytes, const Lexicon& lexicon,
                                     const ReadOptions& options,
                                     const std::function<void(Document&&)>& take) {
  const std::size_t section_bytes = std::max<std::size_t>(options.section_bytes, 4096);
  const std::size_t whole_bytes = section_bytes + section_bytes / 8;  // a short rest is not worth a section
  SectionReader reader(lexicon, options, take);
  const Format format = sniff(bytes, options.name);
  Document whole;
  std::string_view text = bytes;
  Encoding encoding = Encoding::utf8;
  std::string extracted;
  if (format == Format::text || format == Format::markdown) {
    whole = describe(bytes, options, format);
    encoding = detect_encoding(bytes);
    whole.encoding = name_of(encoding);
  } else {
    ReadResult result = extract(bytes, options);
    if (auto* refusal = std::get_if<Refusal>(&result)) return std::move(*refusal);
    whole = std::move(std::get<Document>(result));
    if (whole.raw.size() <= whole_bytes) {
      Document section;
      section.raw = std::move(whole.raw);
      section.blocks = std::move(whole.blocks);
      section.doubts = std::move(whole.doubts);
      reader.read(whole, std::move(section));
      return std::nullopt;
    }
    if (!whole.blocks.empty()) {
      read_blocks(std::move(whole), reader, section_bytes);
      return std::nullopt;
    }
    extracted = std::move(whole.raw);
    text = extracted;
  }

  Decoder decoder(text, encoding);
  std::string pending;
  std::size_t begin = 0, invalid_told = 0;
  while (!decoder.done() || !pending.empty()) {
    while (!decoder.done() && pending.size() <= whole_bytes) {
      decoder.read(whole_bytes + 4 - pending.size(), pending);
    }
    if (options.passed && text.data() == bytes.data()) options.passed(decoder.consumed());
    const std::size_t cut = pending.size() <= whole_bytes ? pending.size() : cut_of(pending, section_bytes);
    Document section;
    section.raw = pending.substr(0, cut);
    pending.erase(0, cut);
    section.doubts = doubts_between(whole.doubts, begin, begin + cut);
    begin += cut;
    if (decoder.invalid_count() > invalid_told && section.raw.find("\xEF\xBF\xBD") != std::string::npos) {
      section.doubts.push_back(
          doubt_about_encoding(section.raw, encoding, decoder.invalid_count() - invalid_told));
      invalid_told = decoder.invalid_count();
    }
    reader.read(whole, std::move(section));
  }
  return std::nullopt;
}

}  // namespace mithaq::reader
