#include "reader/mentions/amounts.hpp"

#include <algorithm>
#include <optional>
#include <string>

namespace mithaq::reader {

namespace {

using document::Mention;
using document::MentionType;

constexpr std::size_t kDigitsMax = 15;  // more is no count of anything

// mantissa * 10^exponent: 14.3 million is 143 * 10^5, so that nothing is rounded.
struct Decimal {
  std::uint64_t mantissa = 0;
  int exponent = 0;
};

std::string text_of(Decimal number) {
  while (number.exponent < 0 && number.mantissa % 10 == 0 && number.mantissa != 0) {
    number.mantissa /= 10;
    ++number.exponent;
  }
  std::string digits = std::to_string(number.mantissa);
  if (number.exponent >= 0) return digits.append(static_cast<std::size_t>(number.exponent), '0');
  const auto places = static_cast<std::size_t>(-number.exponent);
  if (digits.size() <= places) digits.insert(0, places - digits.size() + 1, '0');
  digits.insert(digits.size() - places, ".");
  return digits;
}

// "450,000": as English writes it.
std::string grouped(const std::string& number) {
  const std::size_t whole = std::min(number.find('.'), number.size());
  std::string out;
  for (std::size_t at = 0; at < number.size(); ++at) {
    if (at > 0 && at < whole && (whole - at) % 3 == 0) out += ',';
    out += number[at];
  }
  return out;
}

struct Number {
  std::size_t end = 0;
  Decimal value{};
  std::string_view scale{};  // "million", said as a word
  Decimal before_scale{};
  bool in_words = false;
};

class AmountFinder {
 public:
  AmountFinder(const TokenizedText& text, std::uint32_t paragraph, const Calendar& calendar,
               std::vector<Mention>& out)
      : text_(text), tokens_(text.tokens), paragraph_(paragraph), calendar_(calendar), out_(out) {
    std::size_t first = out.size();
    while (first > 0 && out[first - 1].place.paragraph == paragraph) --first;
    for (; first < out.size(); ++first) taken_.push_back(out[first].place.range);
    std::sort(taken_.begin(), taken_.end(), [](const auto& a, const auto& b) { return a.begin < b.begin; });
  }

  void run() {
    for (std::size_t at = 0; at < tokens_.size();) {
      const Token& token = tokens_[at];
      std::size_t end = 0;
      if (token.kind == TokenKind::number || calendar_.may_begin(token)) {
        if (covered(token)) {
          at = std::max(at + 1, after_taken(at));
          continue;
        }
        end = amount_at(at);
      }
      at = std::max(end, at + 1);
    }
  }

 private:
  bool number_at(std::size_t at) const {
    return at < tokens_.size() && tokens_[at].kind == TokenKind::number;
  }
  bool mark_at(std::size_t at, char32_t mark) const { return at < tokens_.size() && tokens_[at].is(mark); }
  bool tight(std::size_t at) const { return at < tokens_.size() && !tokens_[at].space_before; }
  std::size_t digits_of(std::size_t at) const { return tokens_[at].fold_end - tokens_[at].fold_begin; }

  bool covered(const Token& token) {
    while (next_taken_ < taken_.size() && taken_[next_taken_].end <= token.begin) ++next_taken_;
    return next_taken_ < taken_.size() && taken_[next_taken_].begin <= token.begin;
  }
  std::size_t after_taken(std::size_t at) const {
    while (at < tokens_.size() && tokens_[at].begin < taken_[next_taken_].end) ++at;
    return at;
  }
  bool overlaps_taken(std::uint32_t begin, std::uint32_t end) const {
    for (std::size_t each = next_taken_; each < taken_.size() && taken_[each].begin < end; ++each) {
      if (taken_[each].end > begin) return true;
    }
    return false;
  }

  // --- numbers ---

  // 450,000 / ٤٥٠.٠٠٠ / 14.3 / 14 300 000. Three digits after a mark are thousands, other counts decimals;
  // but in a text of Latin letters a point is always the decimal one.
  std::optional<Number> digits_at(std::size_t at) const {
    if (!number_at(at)) return std::nullopt;
    if (at > 0 && tight(at)) {
      const Token& before = tokens_[at - 1];
      if (before.is('/') || before.is('.') || before.is('-') || before.kind == TokenKind::latin ||
          before.is(',')) {
        if (before.kind != TokenKind::latin || !currency_before(at)) return std::nullopt;
      }
    }
    std::string digits(text_.folded_of(tokens_[at]));
    std::size_t end = at + 1;
    int decimals = 0;
    bool point = false, grouped = false;
    while (end + 1 < tokens_.size() && tight(end) && tight(end + 1) && number_at(end + 1) && !point) {
      const char32_t mark = tokens_[end].mark;
      const bool comma = mark == ',' || mark == 0x066C || mark == 0x060C, dot = mark == '.' || mark == 0x066B;
      if (!comma && !dot) return std::nullopt;  // 10-15, 3/4
      const bool three = digits_of(end + 1) == 3;
      const bool longer = end + 3 < tokens_.size() && tokens_[end + 2].mark == mark && tight(end + 2) &&
                          tight(end + 3) && number_at(end + 3) && digits_of(end + 3) == 3;
      const bool arabic_digits = text_.text[tokens_[at].begin] < '0' || text_.text[tokens_[at].begin] > '9';
      const bool thousands =
          three && digits_of(at) <= 3 && (comma || longer || grouped || arabic_digits) && mark != 0x066B;
      grouped = thousands;  // the last group of 70.000.000 has none behind it
      if (!thousands) {
        point = true;
        decimals = static_cast<int>(digits_of(end + 1));
      }
      digits += text_.folded_of(tokens_[end + 1]);
      end += 2;
    }
    if (!point && end == at + 1 && digits.size() <= 3) join_groups(at, digits, end);
    if (digits.size() > kDigitsMax) return std::nullopt;
    Number number;
    for (const char c : digits)
      number.value.mantissa = number.value.mantissa * 10 + static_cast<unsigned>(c - '0');
    number.value.exponent = -decimals;
    number.end = end;
    return number;
  }

  // Groups of three set apart by blanks: 14 300 000. Arabic papers of the United Nations print the groups
  // from right to left, so that 24,970 stands as 970 24 and 187,800 as 800 187; 450 000 cannot be read so.
  void join_groups(std::size_t at, std::string& digits, std::size_t& end) const {
    const auto apart = [&](std::size_t group) { return number_at(group) && tokens_[group].space_before; };
    std::size_t last = end;
    while (apart(last) && digits_of(last) == 3) ++last;
    const bool short_last = digits.size() == 3 && apart(last) && digits_of(last) < 3;
    if (last == end && !short_last) return;
    const std::size_t behind = last + (short_last ? 1 : 0);
    const bool arabic = behind < tokens_.size() && tokens_[behind].kind == TokenKind::arabic;
    const std::string_view final_group = text_.folded_of(tokens_[last - 1]);
    const bool turned =
        short_last || digits == "000" || (arabic && digits.size() == 3 && final_group[0] != '0');
    if (short_last) ++last;
    if (turned) {
      std::string backwards;
      for (std::size_t group = last; group-- > at;) backwards += text_.folded_of(tokens_[group]);
      digits = backwards;
    } else {
      for (std::size_t group = end; group < last; ++group) digits += text_.folded_of(tokens_[group]);
    }
    end = last;
  }

  // ثلاث, خمسة وأربعون, مئة وخمسون; three, forty-one, one hundred and fifty. Up to 999, before a scale word.
  std::optional<Number> words_at(std::size_t at) const {
    Number number;
    number.in_words = true;
    std::uint64_t total = 0;
    bool unit = false, ten = false, hundred = false;
    std::size_t next = at;
    while (next < tokens_.size()) {
      std::size_t from = next;
      bool joined = false;
      if (total > 0) {
        if (tokens_[from].is('-') && tight(from)) ++from;
        if (from < tokens_.size() && calendar_.is_cue(tokens_[from], Cue::conjunction) &&
            !calendar_.may_begin(tokens_[from])) {
          ++from;
          joined = true;
        }
      }
      if (from >= tokens_.size()) break;
      const Calendar::Hit hit = calendar_.phrase_at(text_, from);
      if (hit.end_token == 0) break;
      joined = joined || hit.conjunction;
      const bool arabic = tokens_[from].kind == TokenKind::arabic;
      if (total > 0 && hit.prefix_letters > 0 && !hit.conjunction) break;
      if (const Phrase* phrase = hit.as(Phrase::Role::number_hundred)) {
        if (hundred || ten) break;
        total = unit ? total * 100 : total + 100;
        if (total > 900) break;
        hundred = true;
        unit = false;
        (void)phrase;
      } else if (const Phrase* hundreds = hit.as(Phrase::Role::number_hundreds)) {
        if (total > 0) break;
        total = static_cast<std::uint64_t>(hundreds->value);
        hundred = true;
      } else if (const Phrase* tens = hit.as(Phrase::Role::number_tens)) {
        // Arabic puts the units before: خمسة وأربعون.
        if (ten || (total > 0 && arabic && !joined) || (unit && !arabic)) break;
        total += static_cast<std::uint64_t>(tens->value);
        ten = true;
      } else if (const Phrase* teen = hit.as(Phrase::Role::number_teen)) {
        if (unit || ten) break;
        total += static_cast<std::uint64_t>(teen->value);
        unit = ten = true;
      } else if (const Phrase* ten_word = hit.as(Phrase::Role::number_ten)) {
        if (ten || (arabic && unit && joined) || (!arabic && unit)) break;
        total += static_cast<std::uint64_t>(ten_word->value);
        unit = ten = true;
      } else if (const Phrase* units = hit.as(Phrase::Role::number_unit)) {
        if (unit || (total > 0 && arabic && !joined) || (arabic && ten)) break;
        total += static_cast<std::uint64_t>(units->value);
        unit = true;
      } else {
        break;
      }
      next = hit.end_token;
    }
    if (total == 0 || total > 999) return std::nullopt;
    number.value.mantissa = total;
    number.end = next;
    return number;
  }

  void take_scale(Number& number) const {
    for (int words = 0; words < 2; ++words) {
      const Calendar::Hit hit =
          number.end < tokens_.size() ? calendar_.phrase_at(text_, number.end) : Calendar::Hit{};
      const Phrase* scale = hit.as(Phrase::Role::number_scale);
      if (scale == nullptr || hit.prefix_letters > 0) return;
      if (words == 0) number.before_scale = number.value;
      int zeros = 0;
      for (std::int64_t value = scale->value; value > 1; value /= 10) ++zeros;
      number.value.exponent += zeros;
      if (number.value.exponent > 15) return;
      number.scale = zeros == 6 ? "million" : zeros == 9 ? "billion" : zeros == 12 ? "trillion" : "";
      if (words > 0) number.scale = {};
      number.end = hit.end_token;
    }
  }

  // --- amounts ---

  // US$, $, €, USD before the number.
  struct Money {
    std::size_t begin = 0;
    std::string_view name{};
    std::string_view code{};
    explicit operator bool() const { return !name.empty(); }
  };
  std::optional<Money> currency_before(std::size_t at) const {
    if (at == 0) return std::nullopt;
    const Token& before = tokens_[at - 1];
    if (before.is('$')) {
      const bool us = at >= 2 && tight(at - 1) && text_.folded_of(tokens_[at - 2]) == "us";
      if (us) return Money{at - 2, "US dollars", "USD"};
      return Money{at - 1, "dollars", "dollars"};
    }
    if (before.is(0x20AC)) return Money{at - 1, "euros", "EUR"};
    if (before.is(0xA3)) return Money{at - 1, "pounds sterling", "GBP"};
    if (before.all_capitals) {
      const std::string_view code = text_.folded_of(before);
      if (code == "usd") return Money{at - 1, "US dollars", "USD"};
      if (code == "eur") return Money{at - 1, "euros", "EUR"};
      if (code == "chf") return Money{at - 1, "Swiss francs", "CHF"};
    }
    return std::nullopt;
  }

  std::size_t amount_at(std::size_t at) {
    auto number = tokens_[at].kind == TokenKind::number ? digits_at(at) : words_at(at);
    if (!number) return 0;
    take_scale(*number);
    std::size_t begin = at;
    std::size_t end = number->end;
    // (500) دولار: agreements put the figures in brackets.
    const bool in_brackets = !number->in_words && at > 0 && mark_at(at - 1, '(') && mark_at(end, ')') &&
                             end + 1 < tokens_.size() && tokens_[end + 1].kind == TokenKind::arabic;
    if (in_brackets) {
      --begin;
      ++end;
    }
    std::string unit, name;

    if (const auto money = tokens_[at].kind == TokenKind::number ? currency_before(at) : std::nullopt;
        money && !in_brackets) {
      begin = money->begin;
      name = money->name;
      unit = money->code;
    } else if (end < tokens_.size() && (tokens_[end].is('%') || tokens_[end].is(0x066A))) {
      ++end;
      name = unit = "per cent";
    } else if (end < tokens_.size() && tokens_[end].is(0x20AC)) {
      ++end;
      name = "euros";
      unit = "EUR";
    } else {
      // A limited number of words may stand between a scale and its unit: 3 ملايين من اللاجئين is left alone.
      const Calendar::Hit hit = end < tokens_.size() ? calendar_.phrase_at(text_, end) : Calendar::Hit{};
      const Phrase* counted = hit.as(Phrase::Role::unit);
      if (in_brackets) counted = nullptr;  // what is counted behind (1) is often the text of an item
      if (counted == nullptr) counted = hit.as(Phrase::Role::currency);
      if (counted == nullptr || (hit.prefix_letters > 0 && counted->kind != "share") || counted->value != 0)
        return 0;
      const bool one = number->value.mantissa == 1 && number->value.exponent == 0;
      if (one && number->in_words) return 0;  // "one State" is seldom a count
      name = one ? counted->name : counted->plural;
      unit = code_of(*counted);
      end = hit.end_token;
    }
    std::uint32_t begin_byte = tokens_[begin].begin;
    if (number->in_words) {
      begin_byte +=
          bytes_of_letters(text_.surface_of(tokens_[begin]), calendar_.prefix_letters(tokens_[begin]));
    }
    const std::uint32_t end_byte = tokens_[end - 1].end;
    if (overlaps_taken(begin_byte, end_byte)) return 0;

    const std::string value = text_of(number->value);
    std::string spoken = number->scale.empty()
                             ? grouped(value)
                             : grouped(text_of(number->before_scale)) + " " + std::string(number->scale);
    Mention mention;
    mention.type = MentionType::amount;
    mention.place = {paragraph_, {begin_byte, end_byte}};
    mention.value = value;
    mention.unit = unit;
    mention.name = about_before(begin) + spoken + " " + name;
    out_.push_back(std::move(mention));
    return end;
  }

  static std::string code_of(const Phrase& counted) {
    if (counted.name == "US dollar") return "USD";
    if (counted.name == "euro") return "EUR";
    return counted.plural;
  }

  // "more than " before the number, in the words of the tables; the longest phrase that ends right before it.
  std::string about_before(std::size_t at) const {
    for (std::size_t words = std::min<std::size_t>(4, at); words > 0; --words) {
      const std::size_t from = at - words;
      if (!calendar_.may_begin(tokens_[from])) continue;
      const Calendar::Hit hit = calendar_.phrase_at(text_, from);
      const Phrase* about = hit.as(Phrase::Role::about);
      if (about != nullptr && hit.end_token == at) return about->name + " ";
    }
    return {};
  }

  const TokenizedText& text_;
  const std::vector<Token>& tokens_;
  std::uint32_t paragraph_;
  const Calendar& calendar_;
  std::vector<Mention>& out_;
  std::vector<document::TextRange> taken_;
  std::size_t next_taken_ = 0;
};

}  // namespace

void find_amounts(const TokenizedText& text, std::uint32_t paragraph, const Lexicon& lexicon,
                  std::vector<Mention>& out) {
  AmountFinder(text, paragraph, lexicon.calendar, out).run();
}

}  // namespace mithaq::reader
