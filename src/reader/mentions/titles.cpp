#include "reader/mentions/titles.hpp"

#include <algorithm>

#include "base/fold.hpp"

namespace mithaq::reader {

namespace {

constexpr std::size_t kShortestTitle = 3;  // words
constexpr std::size_t kLongestTitle = 60;  // tokens
constexpr std::size_t kFarthestWord = 16;  // tokens between "report" and its title

char32_t closing_of(char32_t mark) {
  switch (mark) {
    case '"':
      return '"';
    case 0x201C:
      return 0x201D;
    case 0x201D:
      return 0x201D;
    case 0x00AB:
      return 0x00BB;
    case '(':
      return ')';
    default:
      return 0;
  }
}

// What kind of thing the word before a title says it is the title of.
enum class Thing { nothing, paper, event };

Thing thing_before(const Scene& scene, std::size_t quote, bool brackets) {
  bool titled = false;
  for (std::size_t back = 1; back <= kFarthestWord && back <= quote; ++back) {
    const std::size_t at = quote - back;
    const Token& token = scene.token(at);
    if (token.is('.') || token.is(')') || token.is('"') || token.is(0x061B)) break;
    if (!token.is_word()) continue;
    unsigned flags = 0;
    if (token.kind == TokenKind::arabic) {
      for (const CliticReading& reading : clitic_readings(scene.text, token, scene.lexicon.vocabulary)) {
        for (const unsigned flag : {kTitledWord, kReportWord, kEventWord}) {
          if (scene.lexicon.name_words.has(reading.word, flag)) flags |= flag;
        }
      }
    } else {
      for (const unsigned flag : {kTitledWord, kReportWord, kEventWord}) {
        if (scene.has(at, flag)) flags |= flag;
      }
    }
    if (flags & kEventWord) return Thing::event;
    if (flags & kTitledWord) titled = true;
    if (flags & kReportWord) {
      // Brackets hold a title only right behind the word; quotation marks also after بعنوان.
      if (brackets && back > 4) return Thing::nothing;
      return titled || back <= 4 ? Thing::paper : Thing::nothing;
    }
  }
  return Thing::nothing;
}

}  // namespace

void find_titles(const Scene& scene, const std::vector<document::Mention>& found,
                 std::vector<document::Mention>& out) {
  for (std::size_t at = 1; at + kShortestTitle < scene.size(); ++at) {
    const char32_t closing = closing_of(scene.token(at).mark);
    if (closing == 0) continue;
    std::size_t end = at + 1;
    std::size_t words = 0;
    while (end < scene.size() && end < at + kLongestTitle && !scene.is(end, closing)) {
      words += scene.token(end++).is_word();
    }
    if (end >= scene.size() || !scene.is(end, closing) || words < kShortestTitle) continue;
    // Between two quotations stands no title: an English one begins with a capital.
    if (scene.token(at + 1).kind == TokenKind::latin && !scene.token(at + 1).capitalized) continue;
    if (thing_before(scene, at, closing == ')') != Thing::paper) continue;
    const document::TextRange range{scene.token(at + 1).begin, scene.token(end - 1).end};
    document::Mention mention{.type = document::MentionType::document,
                              .place = {scene.paragraph, range},
                              .entities = {},
                              .name = std::string(document::slice(scene.text.text, range)),
                              .ref = document::RefClass::title};
    for (const document::Mention& symbol : found) {
      if (symbol.type != document::MentionType::document || symbol.place.range.end > range.begin) continue;
      if (range.begin - symbol.place.range.end > 40) continue;  // bytes: رقم 45/53-س تحت عنوان
      mention.entities = symbol.entities;
      mention.name = symbol.name;
      mention.value = symbol.value;
    }
    out.push_back(std::move(mention));
    at = end;
  }
}

}  // namespace mithaq::reader
