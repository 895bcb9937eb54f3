#include "reader/text/clitics.hpp"

#include <string>

#include "base/fold.hpp"
#include "base/utf8.hpp"

namespace mithaq::reader {

namespace {

constexpr std::string_view kWaw = "و", kFa = "ف", kBa = "ب", kKaf = "ك", kLam = "ل", kLamLam = "لل";

// How many bytes of a token's text give its first `letters` folded letters (each two bytes when folded).
std::uint32_t surface_bytes(std::string_view surface, std::size_t letters) {
  std::size_t at = 0;
  while (at < surface.size()) {
    const CodePoint point = decode_utf8(surface, at);
    if (!is_dropped_by_fold(point.value)) {
      if (letters == 0) break;
      --letters;
    }
    at += point.length;
  }
  return static_cast<std::uint32_t>(at);
}

}  // namespace

CliticReadings clitic_readings(const TokenizedText& text, const Token& token, const Vocabulary& vocabulary) {
  CliticReadings result;
  const auto add = [&](CliticReading reading) {
    if (reading.word != kUnknownWord && result.count < result.readings.size()) {
      result.readings[result.count++] = reading;
    }
  };
  add({.word = token.word});
  if (token.kind != TokenKind::arabic) return result;

  const std::string_view whole = text.folded_of(token);
  const std::string_view surface = text.surface_of(token);
  const auto add_rest = [&](std::string_view rest, std::size_t letters, bool conjunction,
                            char32_t preposition) {
    if (rest.size() < 4) return;  // one letter is no word
    add({vocabulary.find(rest), surface_bytes(surface, letters), conjunction, preposition, false});
  };
  const auto add_prepositions = [&](std::string_view word, std::size_t letters, bool conjunction) {
    if (word.starts_with(kBa)) add_rest(word.substr(2), letters + 1, conjunction, U'ب');
    if (word.starts_with(kKaf)) add_rest(word.substr(2), letters + 1, conjunction, U'ك');
    if (word.starts_with(kLamLam) && word.size() >= 8) {
      // The article's alef is not written after ل: للمنظمة is ل + المنظمة.
      std::string article("ال");
      article += word.substr(4);
      add({vocabulary.find(article), surface_bytes(surface, letters + 1), conjunction, U'ل', true});
      // A word that itself begins with ل loses one more: للجنة is ل + اللجنة.
      article.insert(4, "ل");
      add({vocabulary.find(article), surface_bytes(surface, letters + 1), conjunction, U'ل', true});
    }
    if (word.starts_with(kLam)) add_rest(word.substr(2), letters + 1, conjunction, U'ل');
  };
  add_prepositions(whole, 0, false);
  if (whole.starts_with(kWaw) || whole.starts_with(kFa)) {
    add_rest(whole.substr(2), 1, true, 0);
    add_prepositions(whole.substr(2), 1, true);
  }
  return result;
}

}  // namespace mithaq::reader
