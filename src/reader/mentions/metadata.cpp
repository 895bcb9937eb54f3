#include "reader/mentions/metadata.hpp"

#include <algorithm>
#include <array>

#include "base/edtf.hpp"
#include "reader/mentions/dates.hpp"
#include "reader/mentions/symbols.hpp"

namespace mithaq::reader {

namespace {

using document::Mention;
using document::MentionType;
using document::Paragraph;
using document::ParagraphKind;

constexpr std::size_t kHeadParagraphs = 40;  // the head of a paper is among these
constexpr std::size_t kShortLine = 14;       // tokens; a line of the masthead has no more
constexpr std::size_t kTitleTokens = 80;
constexpr std::size_t kLanguageTokens = 20000;  // enough to tell a language by

bool is_whole_day(const Mention& mention) {
  if (mention.type != MentionType::date || mention.ref != document::RefClass::name) return false;
  const auto value = Edtf::parse(mention.value);
  return value && !value->is_interval() && value->start().day > 0 && value->start().unspecified_digits == 0;
}

std::size_t word_count(const TokenizedText& text) {
  return static_cast<std::size_t>(std::count_if(text.tokens.begin(), text.tokens.end(),
                                                [](const Token& token) { return token.is_word(); }));
}

// The text without the marks that only lay it out: blanks and Markdown's at the ends.
std::string trimmed(std::string_view text) {
  constexpr std::string_view kEdge = " \t\r\n#*_";
  const std::size_t begin = text.find_first_not_of(kEdge);
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(kEdge) - begin + 1));
}

}  // namespace

std::string language_of(const std::vector<TokenizedText>& texts, const Lexicon& lexicon) {
  std::array<std::size_t, 4> scripts{};  // arabic, latin, cyrillic, han
  std::array<std::size_t, Masthead::kLatin.size()> common{};
  std::size_t words = 0;
  for (const TokenizedText& text : texts) {
    for (const Token& token : text.tokens) {
      if (!token.is_word()) continue;
      ++words;
      if (token.kind <= TokenKind::han) ++scripts[static_cast<std::size_t>(token.kind)];
      if (token.kind != TokenKind::latin) continue;
      const std::uint8_t languages = lexicon.masthead.common_in(token);
      for (std::size_t each = 0; each < common.size(); ++each) common[each] += (languages >> each) & 1u;
    }
    if (words > kLanguageTokens) break;
  }
  // A Chinese token is one character, about 1.5 to a word; the rest is close enough.
  const auto most =
      static_cast<std::size_t>(std::max_element(scripts.begin(), scripts.end()) - scripts.begin());
  if (scripts[most] == 0 || scripts[most] * 2 < words) return "und";
  switch (static_cast<TokenKind>(most)) {
    case TokenKind::arabic:
      return "ar";
    case TokenKind::cyrillic:
      return "ru";
    case TokenKind::han:
      return "zh";
    default:
      break;
  }
  const auto best = static_cast<std::size_t>(std::max_element(common.begin(), common.end()) - common.begin());
  // In running prose every fourth word is a common one; headings and lists have fewer.
  if (common[best] * 20 < scripts[most]) return "und";
  return std::string(Masthead::kLatin[best]);
}

void read_metadata(document::Document& document, const std::vector<TokenizedText>& texts,
                   const Lexicon& lexicon) {
  document::Metadata& metadata = document.metadata;
  if (metadata.language.empty()) metadata.language = language_of(texts, lexicon);

  std::string title_date, issued_date, line_date;
  std::vector<Mention> found;
  std::vector<document::Doubt> doubts;
  bool handling_said = false, body_begun = false;
  const std::size_t head = std::min(texts.size(), kHeadParagraphs);
  for (std::size_t each = 0; each < head; ++each) {
    const TokenizedText& text = texts[each];
    const Paragraph& paragraph = document.paragraphs[each];
    if (text.tokens.empty()) continue;
    const bool heading = paragraph.kind == ParagraphKind::title || paragraph.kind == ParagraphKind::heading;
    const bool line = text.tokens.size() <= kShortLine;
    if (paragraph.kind == ParagraphKind::footnote) continue;

    bool label = false, issued = false;
    for (std::size_t token = 0; token < std::min<std::size_t>(text.tokens.size(), 60); ++token) {
      const Masthead::Mark mark = lexicon.masthead.mark_at(text, token);
      if (mark.role == Masthead::Role::handling && line && !handling_said && !body_begun) {
        metadata.handling.tlp = mark.handling;
        handling_said = true;
      }
      if (mark.role == Masthead::Role::handling && line) label = true;
      if (mark.role == Masthead::Role::masthead && token == 0) label = true;
      if (mark.role == Masthead::Role::issued && token < 20) issued = true;
    }
    found.clear();
    find_symbols(text, 0, lexicon, metadata, found);
    const std::size_t symbols = found.size();
    find_dates(text, 0, lexicon, metadata, found, doubts);

    // A symbol alone on its line is the paper's own.
    if (metadata.symbol.empty() && symbols == 1 && !found[0].entities.empty() && !body_begun) {
      const document::TextRange range = found[0].place.range;
      if (text.text.substr(0, range.begin).find_first_not_of(" \t") == std::string_view::npos &&
          text.text.substr(range.end).find_first_not_of(" \t.*") == std::string_view::npos) {
        metadata.symbol = found[0].value;
        label = true;
      }
    }
    const auto day = std::find_if(found.begin(), found.end(), is_whole_day);
    if (day != found.end()) {
      const std::size_t others = text.tokens.size() - std::min<std::size_t>(text.tokens.size(), 5);
      if (line && !body_begun && line_date.empty() && (label || others <= 6)) {
        line_date = day->value;
        label = true;
      } else if ((heading || each < 3) && title_date.empty() && text.tokens.size() <= kTitleTokens &&
                 !body_begun) {
        title_date = day->value;
      }
      if (issued && issued_date.empty() && each < 12) issued_date = day->value;
    }
    if (metadata.title.empty() && !label && word_count(text) >= 2 &&
        paragraph.kind != ParagraphKind::furniture && text.tokens.size() <= kTitleTokens &&
        (heading || !body_begun)) {
      metadata.title = trimmed(paragraph.text);
    }
    // Running prose ends the head: what comes after speaks of other papers.
    if (text.tokens.size() > kTitleTokens || (!heading && text.tokens.size() > 40)) body_begun = true;
  }
  if (metadata.date.empty())
    metadata.date = !line_date.empty() ? line_date : !issued_date.empty() ? issued_date : title_date;
  if (metadata.issuer.empty() && !metadata.symbol.empty()) {
    const std::string prefix = metadata.symbol.substr(0, metadata.symbol.find_first_of("/."));
    if (const std::string* issuer = lexicon.symbol_rules.issuer_of_prefix(prefix)) metadata.issuer = *issuer;
  }
}

}  // namespace mithaq::reader
