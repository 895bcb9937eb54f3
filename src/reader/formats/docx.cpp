#include "reader/formats/docx.hpp"

#include <zip.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <variant>

#include "base/utf8.hpp"
#include "reader/formats/block_builder.hpp"
#include "reader/formats/decode.hpp"
#include "reader/formats/markup.hpp"

namespace mithaq::reader {

namespace {

using document::ParagraphKind;

constexpr std::uint64_t kUnpackedMax = 256u << 20;  // bytes, of all entries that are read
constexpr std::uint64_t kRatioMax = 200;            // unpacked over packed; Word's own files stay below 60
constexpr std::uint64_t kRatioFrom = 1u << 20;      // small entries may be as dense as they like
constexpr zip_int64_t kEntriesMax = 20'000;
constexpr std::size_t kDepthMax = 256;  // of XML elements; Word's own stay below 40

struct CloseZip {
  void operator()(zip_t* zip) const { zip_discard(zip); }
};
using Zip = std::unique_ptr<zip_t, CloseZip>;

// Opens a zip that lies in memory; the bytes must outlive it.
Zip open_zip(std::string_view bytes) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  Zip zip;
  if (source != nullptr) {
    zip.reset(zip_open_from_source(source, ZIP_RDONLY, &error));
    if (!zip) zip_source_free(source);
  }
  zip_error_fini(&error);
  return zip;
}

Refusal damaged(const std::string& what) {
  return {Refusal::Reason::damaged,
          "the Word file is damaged: " + what + "; open it in a word processor and save it again"};
}

// The entries of one zip, unpacked within one budget.
class Entries {
 public:
  explicit Entries(zip_t* zip) : zip_(zip) {}

  bool has(const std::string& name) const { return zip_name_locate(zip_, name.c_str(), 0) >= 0; }

  // The bytes of an entry, as UTF-8.
  std::variant<std::string, Refusal> read(const std::string& name) {
    zip_stat_t about;
    zip_stat_init(&about);
    if (zip_stat(zip_, name.c_str(), 0, &about) != 0 || (about.valid & ZIP_STAT_SIZE) == 0) {
      return damaged("it has no " + name);
    }
    if ((about.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && about.encryption_method != ZIP_EM_NONE) {
      return Refusal{Refusal::Reason::encrypted,
                     "the Word file is protected by a password; save a copy without one"};
    }
    const bool dense =
        about.size > kRatioFrom && about.size / std::max<std::uint64_t>(about.comp_size, 1) > kRatioMax;
    if (about.size > kUnpackedMax - unpacked_ || dense) {
      return Refusal{Refusal::Reason::too_large, "the Word file would unpack to " +
                                                     std::to_string(about.size >> 20) +
                                                     " MB, which no paper needs; it was not read"};
    }
    unpacked_ += about.size;
    zip_file_t* file = zip_fopen(zip_, name.c_str(), 0);
    if (file == nullptr) return damaged(name + " cannot be unpacked");
    std::string out(about.size, '\0');
    std::size_t filled = 0;
    while (filled < out.size()) {
      const zip_int64_t got = zip_fread(file, out.data() + filled, out.size() - filled);
      if (got <= 0) break;
      filled += static_cast<std::size_t>(got);
    }
    // Reading to the end makes libzip compare the checksum.
    char extra = 0;
    const bool whole = filled == out.size() && zip_fread(file, &extra, 1) == 0;
    zip_fclose(file);
    if (!whole) return damaged(name + " cannot be unpacked");
    const Encoding encoding = detect_encoding(out);
    if (encoding == Encoding::utf8 || encoding == Encoding::binary) return out;
    return decode(out, encoding);
  }

 private:
  zip_t* zip_;
  std::uint64_t unpacked_ = 0;
};

std::string_view value_of(std::string& storage, const MarkupToken& token) {
  storage = attribute(token, "w:val", Dialect::xml);
  return storage;
}

// A number from hostile text: 0 to 9999, or -1.
int small_number(std::string_view text) {
  if (text.empty() || text.size() > 4 || text.find_first_not_of("0123456789") != std::string_view::npos)
    return -1;
  return std::stoi(std::string(text));
}

// What styles.xml says of paragraph styles.
struct Style {
  ParagraphKind kind = ParagraphKind::body;
  int numbering = -1;
  int level = 0;
};
using Styles = std::map<std::string, Style, std::less<>>;

Styles read_styles(std::string_view xml) {
  Styles styles;
  Style style;
  std::string id, storage;
  MarkupScanner scanner(xml, Dialect::xml);
  for (MarkupToken token = scanner.next(); token.kind != MarkupToken::Kind::end; token = scanner.next()) {
    if (token.kind == MarkupToken::Kind::close) {
      if (token.name == "w:style" && !id.empty()) styles.insert_or_assign(id, style);
      continue;
    }
    if (token.kind != MarkupToken::Kind::open) continue;
    if (token.name == "w:style") {
      id = attribute(token, "w:styleId", Dialect::xml);
      style = Style{};
    } else if (token.name == "w:name") {
      const std::string_view name = value_of(storage, token);
      if (equals_ignoring_case(name, "title")) style.kind = ParagraphKind::title;
      if (equals_ignoring_case(name.substr(0, 7), "heading")) style.kind = ParagraphKind::heading;
      if (equals_ignoring_case(name.substr(0, 4), "toc ")) style.kind = ParagraphKind::furniture;
    } else if (token.name == "w:outlineLvl") {
      const int level = small_number(value_of(storage, token));
      if (level >= 0 && level < 9 && style.kind == ParagraphKind::body) style.kind = ParagraphKind::heading;
    } else if (token.name == "w:numId") {
      style.numbering = small_number(value_of(storage, token));
    } else if (token.name == "w:ilvl") {
      style.level = std::clamp(small_number(value_of(storage, token)), 0, 8);
    }
  }
  return styles;
}

constexpr int kLevels = 9;

// One list of numbering.xml: how each of its nine levels counts.
struct List {
  struct Level {
    std::string format = "decimal";
    int start = 1;
  };
  Level levels[kLevels];
};

struct Numbering {
  std::map<int, List> lists;   // by abstractNumId
  std::map<int, int> list_of;  // numId -> abstractNumId
};

Numbering read_numbering(std::string_view xml) {
  Numbering numbering;
  std::string storage;
  int list = -1, number = -1, level = -1;
  MarkupScanner scanner(xml, Dialect::xml);
  for (MarkupToken token = scanner.next(); token.kind != MarkupToken::Kind::end; token = scanner.next()) {
    if (token.kind != MarkupToken::Kind::open) {
      if (token.kind == MarkupToken::Kind::close && token.name == "w:abstractNum") list = -1;
      if (token.kind == MarkupToken::Kind::close && token.name == "w:num") number = -1;
      continue;
    }
    if (token.name == "w:abstractNum") {
      list = small_number(attribute(token, "w:abstractNumId", Dialect::xml));
    } else if (token.name == "w:num") {
      number = small_number(attribute(token, "w:numId", Dialect::xml));
    } else if (token.name == "w:abstractNumId" && number >= 0) {
      numbering.list_of[number] = small_number(value_of(storage, token));
    } else if (token.name == "w:lvl") {
      level = small_number(attribute(token, "w:ilvl", Dialect::xml));
    } else if (list >= 0 && number < 0 && level >= 0 && level < kLevels) {
      if (token.name == "w:numFmt") numbering.lists[list].levels[level].format = value_of(storage, token);
      if (token.name == "w:start") {
        numbering.lists[list].levels[level].start = std::max(0, small_number(value_of(storage, token)));
      }
    }
  }
  return numbering;
}

std::string roman(int number) {
  constexpr std::pair<int, std::string_view> kSigns[] = {
      {100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"}};
  std::string out;
  for (const auto& [value, sign] : kSigns) {
    while (number >= value && out.size() < 20) {
      out += sign;
      number -= value;
    }
  }
  return out;
}

// A list number as Word prints it, without brackets and dots; empty for a bullet.
std::string printed(int number, std::string_view format) {
  if (format == "bullet" || format == "none") return {};
  if (format == "lowerLetter" || format == "upperLetter") {
    const char letter = static_cast<char>((format == "lowerLetter" ? 'a' : 'A') + (number - 1) % 26);
    return std::string(static_cast<std::size_t>(std::clamp((number - 1) / 26 + 1, 1, 20)), letter);
  }
  if (format == "lowerRoman" || format == "upperRoman") {
    std::string out = roman(number);
    if (format == "upperRoman") {
      std::transform(out.begin(), out.end(), out.begin(),
                     [](char each) { return static_cast<char>(each - 32); });
    }
    return out;
  }
  // The abjad order of letters, and the alphabet's.
  constexpr std::u32string_view kAbjad = U"أبجدهوزحطيكلمنسعفصقرشتثخذضظغ";
  constexpr std::u32string_view kAlphabet = U"أبتثجحخدذرزسشصضطظعغفقكلمنهوي";
  if (format == "arabicAbjad" || format == "arabicAlpha") {
    const std::u32string_view letters = format == "arabicAbjad" ? kAbjad : kAlphabet;
    if (number >= 1 && static_cast<std::size_t>(number) <= letters.size()) {
      return to_utf8(letters.substr(static_cast<std::size_t>(number - 1), 1));
    }
  }
  return std::to_string(number);
}

// The way through the XML of one part: document.xml, footnotes.xml, a header.
class PartReader {
 public:
  PartReader(const Styles& styles, const Numbering& numbering, BlockBuilder& builder)
      : styles_(styles), numbering_(numbering), builder_(builder) {}

  // Every block of the part gets this kind, whatever its style.
  void set_kind_of_all(ParagraphKind kind) { kind_of_all_ = kind; }

  std::optional<Refusal> read(std::string_view xml, const std::string& name) {
    MarkupScanner scanner(xml, Dialect::xml);
    open_.clear();
    skipped_from_ = 0;
    in_text_ = false;
    for (MarkupToken token = scanner.next(); token.kind != MarkupToken::Kind::end; token = scanner.next()) {
      if (token.kind == MarkupToken::Kind::text) {
        if (in_text_ && skipped_from_ == 0) {
          text_.clear();
          if (token.literal) {
            text_ = token.text;
          } else {
            append_unescaped(text_, token.text, Dialect::xml);
          }
          builder_.add_text(text_, BlockBuilder::Blanks::keep);
        }
        continue;
      }
      if (token.kind == MarkupToken::Kind::open) {
        if (open_.size() >= kDepthMax) return damaged(name + " is nested more than 256 deep");
        open_.push_back(token.name);
        if (skipped_from_ == 0) open(token);
        if (!token.self_closing) continue;
      } else if (open_.empty() || open_.back() != token.name) {
        return damaged("a tag of " + name + " does not close");
      }
      if (skipped_from_ == 0) close(open_.back());
      if (skipped_from_ == open_.size()) skipped_from_ = 0;
      open_.pop_back();
      if (builder_.overflowing()) {
        return Refusal{Refusal::Reason::too_large,
                       "the Word file has more than a million paragraphs; split it into parts"};
      }
    }
    if (!open_.empty()) return damaged(name + " ends in the middle");
    builder_.end_block();
    return std::nullopt;
  }

 private:
  void open(const MarkupToken& token) {
    const std::string_view name = token.name;
    if (name == "w:t" || name == "m:t") {
      in_text_ = true;
    } else if (name == "w:p") {
      // A text box holds paragraphs inside a paragraph: what came before it stands by itself.
      if (!builder_.blank()) end_paragraph();
      style_ = Style{};
      has_style_ = false;
    } else if (name == "w:tab") {
      if (!in_properties()) builder_.add_tab();
    } else if (name == "w:br" || name == "w:cr") {
      builder_.break_line();
    } else if (name == "w:noBreakHyphen") {
      builder_.add_text("-", BlockBuilder::Blanks::keep);
    } else if (name == "w:del" || name == "w:moveFrom" || name == "mc:Fallback" || name == "w:pPrChange" ||
               name == "w:rPrChange") {
      skipped_from_ = open_.size();
    } else if (name == "w:pStyle") {
      const auto found = styles_.find(value_of(storage_, token));
      if (found != styles_.end()) style_ = found->second;
    } else if (name == "w:outlineLvl") {
      const int level = small_number(value_of(storage_, token));
      if (level >= 0 && level < 9 && style_.kind == ParagraphKind::body) style_.kind = ParagraphKind::heading;
    } else if (name == "w:numId") {
      style_.numbering = small_number(value_of(storage_, token));
    } else if (name == "w:ilvl") {
      style_.level = std::clamp(small_number(value_of(storage_, token)), 0, kLevels - 1);
    } else if (name == "w:tr") {
      builder_.begin_row();
    } else if (name == "w:tc") {
      builder_.begin_cell();
    } else if (name == "w:footnote" || name == "w:endnote") {
      builder_.end_block();
      note_ = attribute(token, "w:id", Dialect::xml);
      // Notes 0 and -1 are the rule between text and notes.
      const std::string type = attribute(token, "w:type", Dialect::xml);
      if (!type.empty() && type != "normal") skipped_from_ = open_.size();
    }
  }

  void close(std::string_view name) {
    if (name == "w:t" || name == "m:t") {
      in_text_ = false;
    } else if (name == "w:p") {
      end_paragraph();
    } else if (name == "w:tr") {
      builder_.end_row();
    }
  }

  // <w:tab> in <w:tabs> of a paragraph's properties sets a tab stop; it is no tab.
  bool in_properties() const { return open_.size() >= 2 && open_[open_.size() - 2] == "w:tabs"; }

  void end_paragraph() {
    if (kind_of_all_) {
      builder_.set_kind(*kind_of_all_);
      if (*kind_of_all_ == ParagraphKind::footnote && small_number(note_) > 0) builder_.set_number(note_);
      note_.clear();
    } else if (!builder_.blank()) {
      builder_.set_kind(style_.kind);
      number();
    }
    builder_.end_block();
    style_ = Style{};
  }

  // Counts a numbered paragraph.
  void number() {
    if (style_.numbering <= 0) return;
    const auto list_id = numbering_.list_of.find(style_.numbering);
    if (list_id == numbering_.list_of.end()) return;
    const auto list = numbering_.lists.find(list_id->second);
    if (list == numbering_.lists.end()) return;
    const int level = style_.level;
    auto& counters = counters_.try_emplace(list_id->second).first->second;
    counters.values[level] =
        counters.values[level] < 0 ? list->second.levels[level].start : counters.values[level] + 1;
    for (int deeper = level + 1; deeper < kLevels; ++deeper) counters.values[deeper] = -1;
    if (style_.kind != ParagraphKind::body) return;
    const std::string& format = list->second.levels[level].format;
    builder_.set_number(printed(counters.values[level], format));
    // Papers number their paragraphs on the first level; what is deeper or bulleted is an item of them.
    if (level > 0 || (format != "decimal" && format != "decimalZero")) builder_.set_kind(ParagraphKind::item);
  }

  struct Counters {
    int values[kLevels] = {-1, -1, -1, -1, -1, -1, -1, -1, -1};
  };

  const Styles& styles_;
  const Numbering& numbering_;
  BlockBuilder& builder_;
  std::optional<ParagraphKind> kind_of_all_{};
  std::vector<std::string_view> open_{};  // the names of the open elements
  std::size_t skipped_from_ = 0;          // how many were open when the skipped one opened; 0 if none
  bool in_text_ = false;
  bool has_style_ = false;
  Style style_{};
  std::string note_{};
  std::map<int, Counters> counters_{};
  std::string text_{}, storage_{};
};

std::string title_in(std::string_view core_xml) {
  MarkupScanner scanner(core_xml, Dialect::xml);
  std::string title;
  bool inside = false;
  for (MarkupToken token = scanner.next(); token.kind != MarkupToken::Kind::end; token = scanner.next()) {
    if (token.kind == MarkupToken::Kind::text && inside) append_unescaped(title, token.text, Dialect::xml);
    if (token.name == "dc:title") inside = token.kind == MarkupToken::Kind::open && !token.self_closing;
  }
  return title;
}

}  // namespace

ZipContent content_of_zip(std::string_view bytes) {
  const Zip zip = open_zip(bytes);
  if (!zip) return ZipContent::damaged;
  const auto has = [&](const char* name) { return zip_name_locate(zip.get(), name, 0) >= 0; };
  if (has("word/document.xml")) return ZipContent::word;
  if (has("xl/workbook.xml") || has("xl/workbook.bin")) return ZipContent::spreadsheet;
  if (has("ppt/presentation.xml")) return ZipContent::presentation;
  if (has("mimetype") && has("content.xml")) return ZipContent::opendocument;
  if (has("EncryptedPackage")) return ZipContent::encrypted_office;
  return ZipContent::other;
}

std::optional<Refusal> read_docx(std::string_view bytes, document::Document& document) {
  const Zip zip = open_zip(bytes);
  if (!zip) return damaged("it is not a whole zip");
  if (zip_get_num_entries(zip.get(), 0) > kEntriesMax) {
    return Refusal{Refusal::Reason::too_large,
                   "the Word file has more than 20,000 parts, which no paper needs"};
  }
  Entries entries(zip.get());
  // An optional part: missing or broken, the text is still worth reading.
  const auto optional_part = [&](const std::string& name) -> std::string {
    if (!entries.has(name)) return {};
    auto part = entries.read(name);
    return std::holds_alternative<std::string>(part) ? std::move(std::get<std::string>(part)) : std::string();
  };
  const Styles styles = read_styles(optional_part("word/styles.xml"));
  const Numbering numbering = read_numbering(optional_part("word/numbering.xml"));
  BlockBuilder builder;

  // Running headers once each: they carry a paper's symbol and date.
  std::set<std::string> headers;
  for (int each = 1; each <= 9; ++each) {
    const std::string name = "word/header" + std::to_string(each) + ".xml";
    const std::string xml = optional_part(name);
    if (xml.empty() || !headers.insert(xml).second) continue;
    PartReader part(styles, numbering, builder);
    part.set_kind_of_all(ParagraphKind::furniture);
    part.read(xml, name);  // a broken header is no reason to refuse the paper
    builder.end_block();
  }
  {
    auto part = entries.read("word/document.xml");
    if (auto* refusal = std::get_if<Refusal>(&part)) return std::move(*refusal);
    PartReader reader(styles, numbering, builder);
    if (auto refusal = reader.read(std::get<std::string>(part), "word/document.xml")) return refusal;
  }
  for (const char* name : {"word/footnotes.xml", "word/endnotes.xml"}) {
    const std::string xml = optional_part(name);
    if (xml.empty()) continue;
    PartReader part(styles, numbering, builder);
    part.set_kind_of_all(ParagraphKind::footnote);
    if (auto refusal = part.read(xml, name)) return refusal;
  }
  document.metadata.title = title_in(optional_part("docProps/core.xml"));
  builder.finish(document);
  // XML may be damaged in its letters, too.
  if (find_invalid_utf8(document.raw) != document.raw.size()) return damaged("its text is not UTF-8");
  return std::nullopt;
}

}  // namespace mithaq::reader
