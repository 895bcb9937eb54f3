#include "reader/mentions/symbols.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "base/edtf.hpp"
#include "base/fold.hpp"
#include "base/utf8.hpp"

namespace mithaq::reader {

namespace {

using document::Mention;
using document::MentionType;
using document::RefClass;

// A cue (القرار) reaches a number this many tokens on, through "of the Security Council of the United
// Nations".
constexpr std::size_t kCueReach = 14;
// A list of resolutions goes on across the date of each: "54/117 of 15 December 1999, 55/5 …".
constexpr std::size_t kListReach = 12;
constexpr std::size_t kDecisionReach = 3;
constexpr std::size_t kSymbolTokensMax = 40;

bool is_dash(const Token& token) {
  return token.mark == '-' || token.mark == 0x2010 || token.mark == 0x2011 || token.mark == 0x2013 ||
         token.mark == 0x2212;
}

bool ends_sentence(const Token& token) {
  return token.is('.') || token.is(';') || token.is(0x061B) || token.is(0x3002) || token.is('!') ||
         token.is('?');
}

// I to MMM; 0 if it is no Roman numeral in its usual spelling.
int roman_value(std::string_view text) {
  if (text.empty() || text.size() > 15) return 0;
  int value = 0, last = 0;
  for (std::size_t at = text.size(); at-- > 0;) {
    int digit = 0;
    switch (text[at]) {
      case 'I':
        digit = 1;
        break;
      case 'V':
        digit = 5;
        break;
      case 'X':
        digit = 10;
        break;
      case 'L':
        digit = 50;
        break;
      case 'C':
        digit = 100;
        break;
      case 'D':
        digit = 500;
        break;
      case 'M':
        digit = 1000;
        break;
      default:
        return 0;
    }
    value += digit < last ? -digit : digit;
    last = std::max(last, digit);
  }
  return value;
}

std::string roman(int value) {
  static constexpr std::array<std::pair<int, std::string_view>, 9> kParts{
      {{100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}}};
  std::string text;
  for (const auto& [worth, letters] : kParts) {
    for (; value >= worth; value -= worth) text += letters;
  }
  return text;
}

// The suffixes of OIC resolutions, Arabic letters as the Latin ones (docs/dates.md).
std::string_view oic_suffix(std::string_view folded) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 17> kSuffixes{
      {{"س", "POL"},
       {"ق", "ECO"},
       {"ث", "C"},
       {"pol", "POL"},
       {"eco", "ECO"},
       {"e", "E"},
       {"c", "C"},
       {"cul", "C"},
       {"mm", "MM"},
       {"leg", "LEG"},
       {"org", "ORG"},
       {"af", "AF"},
       {"ichad", "ICHAD"},
       {"inf", "INF"},
       {"pal", "PAL"},
       {"st", "S&T"},
       {"is", "IS"}}};
  for (const auto& [written, suffix] : kSuffixes) {
    if (written == folded) return suffix;
  }
  return {};
}

class SymbolFinder {
 public:
  SymbolFinder(const TokenizedText& text, std::uint32_t paragraph, const Lexicon& lexicon,
               const document::Metadata& metadata, std::vector<Mention>& out)
      : text_(text),
        tokens_(text.tokens),
        paragraph_(paragraph),
        calendar_(lexicon.calendar),
        rules_(lexicon.symbol_rules),
        out_(out) {
    if (const auto date = Edtf::parse(metadata.date); date && date->start().unspecified_digits == 0) {
      year_ = date->start().year;
    }
  }

  void run() {
    for (std::size_t at = 0; at < tokens_.size();) {
      const Token& token = tokens_[at];
      std::size_t end = 0;
      if (token.kind == TokenKind::number) {
        end = at_number(at);
      } else if (token.kind == TokenKind::punctuation) {
        if (ends_sentence(token)) end_sentence(at);
      } else {
        if (token.kind == TokenKind::latin && token.capitalized) end = at_capital(at);
        if (end == 0 && calendar_.may_begin(token)) end = at_phrase(at);
        if (end == 0 && token.kind == TokenKind::arabic) end = at_arabic_session(at);
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
  bool dash_at(std::size_t at) const { return at < tokens_.size() && is_dash(tokens_[at]); }
  std::string_view folded(std::size_t at) const { return text_.folded_of(tokens_[at]); }
  int value_of(std::size_t at) const {
    const std::string_view digits = folded(at);
    if (digits.size() > 6) return -1;
    int value = 0;
    for (const char c : digits) value = value * 10 + (c - '0');
    return value;
  }

  // --- what was said before ---

  void end_sentence(std::size_t at) {
    // "No. 53/45" and "para. 4" do not end a sentence.
    if (tokens_[at].is('.') && at > 0 && tight(at) &&
        (calendar_.is_cue(tokens_[at - 1], Cue::number_sign) ||
         tokens_[at - 1].end - tokens_[at - 1].begin <= 4)) {
      return;
    }
    cue_end_ = 0;
    issuer_end_ = 0;
    roman_issuer_ = nullptr;
  }

  std::size_t at_phrase(std::size_t at) {
    const Calendar::Hit hit = calendar_.phrase_at(text_, at);
    if (hit.end_token == 0) return 0;
    if (const Phrase* issuer = hit.as(Phrase::Role::issuer)) {
      issuer_ = issuer;
      if (issuer->kind == "UN.GA" || issuer->kind == "UN.ECOSOC") roman_issuer_ = issuer;
      issuer_begin_ = at;
      issuer_end_ = hit.end_token;
      return hit.end_token;
    }
    if (const Phrase* document = hit.as(Phrase::Role::document)) {
      cue_ = document;
      cue_begin_ = at;
      cue_end_ = hit.end_token;
      return hit.end_token;
    }
    if (const Phrase* part = hit.as(Phrase::Role::paragraph)) return paragraph_reference(at, hit, *part);
    return 0;
  }

  // المقرر is also "planned" and "rapporteur", so a decision's number must stand close.
  bool cue_near(std::size_t at) const {
    if (cue_end_ == 0 || at < cue_end_) return false;
    if (cue_->kind != "decision") return at - cue_end_ <= kCueReach;
    const std::size_t from = issuer_begin_ >= cue_end_ && issuer_end_ <= at ? issuer_end_ : cue_end_;
    return at - from <= kDecisionReach;
  }

  // The body named in one breath with the cue: "Security Council resolution", قرار مجلس الأمن.
  const Phrase* issuer_beside() const {
    if (issuer_ == nullptr || issuer_end_ == 0 || cue_end_ == 0) return nullptr;
    if (issuer_begin_ >= cue_end_) return issuer_;
    if (issuer_end_ == cue_begin_) return issuer_;
    // The Council's resolution
    return issuer_end_ + 2 == cue_begin_ && folded(cue_begin_ - 1) == "s" ? issuer_ : nullptr;
  }
  // The body behind the number: la résolution 9 (I) du Conseil économique et social.
  const Phrase* issuer_after(std::size_t at) const {
    for (int words = 0; words < 4 && at < tokens_.size(); ++words, ++at) {
      if (calendar_.may_begin(tokens_[at])) {
        if (const Phrase* issuer = calendar_.phrase_at(text_, at).as(Phrase::Role::issuer)) return issuer;
      }
      if (!tokens_[at].is('\'') && !tokens_[at].is(0x2019) && tokens_[at].end - tokens_[at].begin > 4) break;
    }
    return nullptr;
  }
  // The body that is the subject of the sentence: "the Human Rights Council, in its resolution 25/18".
  const Phrase* issuer_before() const { return issuer_end_ != 0 ? issuer_ : nullptr; }

  std::string kind() const { return cue_ != nullptr && cue_->kind == "decision" ? "decision" : "resolution"; }

  // --- numbers ---

  std::size_t at_number(std::size_t at) {
    if (tight(at) && at > 0) {
      const Token& before = tokens_[at - 1];
      if (before.is('/') || before.is('.') || (before.kind == TokenKind::latin && at != cue_end_)) return 0;
    }
    if (mark_at(at + 1, '/') && tight(at + 1) && tight(at + 2) && number_at(at + 2)) {
      chinese_cue(at);
      if (const std::size_t end = two_numbers(at)) return end;
      return at + 3;  // neither number stands for itself
    }
    if (const std::size_t end = unesco(at)) return end;
    if (opens(at + 1)) {
      chinese_cue(at);
      if (const std::size_t end = number_and_year(at)) return end;
      if (const std::size_t end = number_and_session(at)) return end;
    }
    return lone_number(at);
  }

  // 37 C/5, 37 C/Resolution 14, 196 EX/Decision 12: the General Conference and the Executive Board of UNESCO.
  std::size_t unesco(std::size_t at) {
    if (at + 3 >= tokens_.size() || !mark_at(at + 2, '/') || !tight(at + 2) || !tight(at + 3)) return 0;
    const std::string_view body = text_.surface_of(tokens_[at + 1]);
    const int session = value_of(at);
    if (!(body == "C" && session <= 60) && !(body == "EX" && session <= 400)) return 0;
    if (session < 1 || tokens_[at].fold_end - tokens_[at].fold_begin > 3) return 0;
    std::size_t end = at + 3;
    if (!number_at(end)) {
      const std::string_view word = folded(end);
      if (word != "resolution" && word != "resolutions" && word != "res" && word != "decision" &&
          word != "decisions" && word != "dec" && word != "inf") {
        return 0;
      }
      ++end;
      if (mark_at(end, '.') && tight(end)) ++end;
    }
    if (!number_at(end)) return 0;
    return add_plain(at, end + 1, "UN.UNESCO");
  }

  bool opens(std::size_t at) const { return mark_at(at, '(') || mark_at(at, 0xFF08); }
  bool closes(std::size_t at) const { return mark_at(at, ')') || mark_at(at, 0xFF09); }

  // 第54/117号决议: Chinese says what the number is of behind it.
  void chinese_cue(std::size_t at) {
    if (at == 0 || tokens_[at - 1].kind != TokenKind::han) return;
    for (std::size_t next = at + 1; next < tokens_.size() && next < at + 12; ++next) {
      if (tokens_[next].kind != TokenKind::han || !calendar_.may_begin(tokens_[next])) continue;
      const Phrase* document = calendar_.phrase_at(text_, next).as(Phrase::Role::document);
      if (document == nullptr) continue;
      cue_ = document;
      cue_begin_ = issuer_end_ != 0 && at - issuer_end_ <= kCueReach ? issuer_end_ : at;
      cue_end_ = at;
      return;
    }
  }

  // a/b, with what may follow: -POL, -س, a letter.
  std::size_t two_numbers(std::size_t at) {
    if (mark_at(at + 3, '/') && tight(at + 3)) return european(at);
    int first = value_of(at), second = value_of(at + 2);
    if (first < 1 || second < 1) return 0;
    std::size_t end = at + 3;
    if (dash_at(end) && end + 1 < tokens_.size() && tight(end + 1)) {
      const std::string_view suffix = oic_suffix(folded(end + 1));
      const bool arabic = tokens_[end + 1].kind == TokenKind::arabic;
      const bool written_on = tight(end) || (arabic && cue_near(at));  // 34/49 -س
      if (written_on && !suffix.empty() && (arabic || tokens_[end + 1].capitalized))
        return oic(at, end + 2, first, second, suffix);
    }
    if (!cue_near(at)) return 0;
    const Phrase* beside = issuer_beside();
    if (beside == nullptr) beside = issuer_after(end);
    const Phrase* before = issuer_before();
    const auto is = [](const Phrase* issuer, std::string_view id) {
      return issuer != nullptr && issuer->kind == id;
    };
    if (is(beside, "OIC") && first < 200 && second < 200) return oic(at, end, first, second, {});
    if (is(beside, "OSCE.PC") || is(beside, "LAS") || is(beside, "AU")) return 0;
    // Ministerial Council Decision No. 3/11, Forum for Security Co-operation Decision No. 7/14
    for (const auto& [body, series] : {std::pair{"OSCE.MC", "MC.DEC/"}, {"OSCE.FSC", "FSC.DEC/"}}) {
      if (!is(beside, body) || kind() != "decision") continue;
      std::string symbol(series);
      symbol.append(folded(at)).append("/").append(folded(at + 2));
      add(tokens_[at].begin, tokens_[end - 1].end, symbol, symbol, "doc:" + symbol);
      return listed(end);
    }

    const bool year_first =
        first >= 1946 && first <= 2100 && tokens_[at].fold_end - tokens_[at].fold_begin == 4;
    if (year_first) {
      const bool rights = is(beside, "UN.CHR") || (beside == nullptr && is(before, "UN.CHR"));
      const std::string number = std::to_string(first) + "/" + std::to_string(second);
      if (rights) return add_numbered(at, end, "Commission on Human Rights", "E/CN.4/RES/", number);
      if (beside != nullptr && !is(beside, "UN.ECOSOC")) return add_named(at, end, *beside, number);
      return add_numbered(at, end, "Economic and Social Council", "E/RES/", number);
    }
    // A body whose sessions we do not list: as written.
    if (beside != nullptr && !is(beside, "UN.GA") && !is(beside, "UN.HRC") && !is(beside, "UN.SC")) {
      return add_named(at, end, *beside, std::to_string(first) + "/" + std::to_string(second));
    }
    const bool council = is(beside, "UN.HRC") ||
                         (beside == nullptr && is(before, "UN.HRC") && first <= 65 && !is(beside, "UN.GA"));
    if (!council) {
      if (!rules_.session_fits("UN.GA", first, year_) && rules_.session_fits("UN.GA", second, year_) &&
          second >= 31) {
        std::swap(first, second);
      } else if (first < 31 && second >= 31 && beside != nullptr &&
                 rules_.session_fits("UN.GA", second, year_)) {
        // Under 31 the Assembly numbered otherwise (2625 (XXV)), so the larger number is the session.
        std::swap(first, second);
      }
    }
    std::string number = std::to_string(first) + "/" + std::to_string(second);
    end = part_letter(end, number);
    if (council || (first < 31 && beside == nullptr)) {
      return add_numbered(at, end, "Human Rights Council", "A/HRC/RES/", number);
    }
    return add_numbered(at, end, "General Assembly", "A/RES/", number);
  }

  // 57/270 B, 57/270 باء: the part of a resolution adopted in several.
  std::size_t part_letter(std::size_t at, std::string& number) const {
    if (at >= tokens_.size()) return at;
    static constexpr std::array<std::pair<std::string_view, char>, 8> kLetters{{{"الف", 'A'},
                                                                                {"باء", 'B'},
                                                                                {"جيم", 'C'},
                                                                                {"دال", 'D'},
                                                                                {"هاء", 'E'},
                                                                                {"واو", 'F'},
                                                                                {"زاي", 'G'},
                                                                                {"حاء", 'H'}}};
    const Token& token = tokens_[at];
    if (token.kind == TokenKind::latin && token.capitalized && token.end - token.begin == 1 &&
        folded(at) >= "a" && folded(at) <= "h") {
      number += ' ';
      number += static_cast<char>(folded(at)[0] - 'a' + 'A');
      return at + 1;
    }
    if (token.kind == TokenKind::arabic) {
      for (const auto& [name, letter] : kLetters) {
        if (folded(at) != name) continue;
        number += ' ';
        number += letter;
        return at + 1;
      }
    }
    return at;
  }

  // OIC resolutions are number/session-subject; display order often turns the two.
  std::size_t oic(std::size_t at, std::size_t end, int first, int second, std::string_view suffix) {
    const bool as_written = rules_.session_fits("OIC.CFM", second, year_);
    const bool turned = rules_.session_fits("OIC.CFM", first, year_);
    if (!as_written && turned) std::swap(first, second);
    if (as_written && turned && year_ != 0) {
      // Both may be sessions: the one held in the paper's year or the year before is.
      const auto recent = [&](int session) {
        const int held = rules_.year_of_session("OIC.CFM", session);
        return held == year_ || held == year_ - 1;
      };
      if (recent(first) && !recent(second)) std::swap(first, second);
    }
    std::string number = std::to_string(first) + "/" + std::to_string(second);
    if (!suffix.empty()) number.append("-").append(suffix);
    add(tokens_[at].begin, tokens_[end - 1].end, "OIC " + kind() + " " + number, number, "doc:OIC/" + number);
    return listed(end);
  }

  // 2008/124/CFSP
  std::size_t european(std::size_t at) {
    if (at + 4 >= tokens_.size() || !tight(at + 4) || tokens_[at + 4].kind != TokenKind::latin) return 0;
    const std::string_view tail = folded(at + 4);
    if (tail != "cfsp" && tail != "ec" && tail != "eu" && tail != "jha" && tail != "eec" && tail != "pesc")
      return 0;
    return add_plain(at, at + 5, "EU");
  }

  // 1244 (1999)
  std::size_t number_and_year(std::size_t at) {
    if (!number_at(at + 2) || !closes(at + 3)) return 0;
    const int number = value_of(at), year = value_of(at + 2);
    if (number < 1 || year < 1946 || year > 2100 || kind() == "decision") return 0;
    const bool fits = rules_.security_council_fits(number, year);
    const Phrase* beside = cue_near(at) ? issuer_beside() : nullptr;
    if (!fits && !(cue_near(at) && number < 4000 && (beside == nullptr || beside->kind == "UN.SC"))) return 0;
    if (fits && !cue_near(at) && number < 100) return 0;
    if (beside != nullptr && beside->kind != "UN.SC" && !fits) return 0;
    const std::string text = std::to_string(number) + " (" + std::to_string(year) + ")";
    add(tokens_[at].begin, tokens_[at + 3].end, "Security Council " + kind() + " " + text, text,
        "doc:S/RES/" + std::to_string(number) + "(" + std::to_string(year) + ")");
    return listed(at + 4);
  }

  // 2625 (XXV), 2625 (د-25), 9 (د-1), 3237 (د إ-…): the General Assembly before 1976; the Economic and Social
  // Council numbers its sessions the same way.
  std::size_t number_and_session(std::size_t at) {
    if (!cue_near(at)) return 0;
    std::size_t next = at + 2;
    int session = 0;
    std::string before;
    while (next < tokens_.size() && next < at + 8 && !closes(next)) {
      const Token& token = tokens_[next];
      if (token.kind == TokenKind::latin) {
        const std::string_view surface = text_.surface_of(token);
        if (surface == "S" || surface == "ES") {
          before = std::string(surface) + "-";
        } else if (const int value = roman_value(surface); value > 0 && session == 0) {
          session = value;
        } else {
          return 0;
        }
      } else if (token.kind == TokenKind::number && session == 0) {
        session = value_of(next);
      } else if (token.kind == TokenKind::arabic) {
        const std::string_view letters = folded(next);
        if (letters == "دا" || letters == "ا") {
          before = "S-";
        } else if (letters == "داط" || letters == "ط") {
          before = "ES-";
        } else if (letters != "د") {
          return 0;
        }
      } else if (!is_dash(token) && !token.is('.')) {
        return 0;
      }
      ++next;
    }
    if (!closes(next) || session < 1 || session > 90) return 0;
    const std::string number = std::to_string(value_of(at)) + " (" + before + roman(session) + ")";
    // Only these two bodies number by Roman sessions; their commissions named between do not count.
    const Phrase* beside = issuer_beside();
    if (beside == nullptr) beside = issuer_after(next + 1);
    if (beside == nullptr) beside = roman_issuer_;
    if (beside != nullptr && beside->kind == "UN.ECOSOC") {
      return add_numbered(at, next + 1, "Economic and Social Council", "E/RES/", number);
    }
    if (beside != nullptr && beside->kind != "UN.GA") return add_named(at, next + 1, *beside, number);
    // The Assembly's 30th session was the last so numbered.
    if (before.empty() && session > 30)
      return add_numbered(at, next + 1, "Economic and Social Council", "E/RES/", number);
    return add_numbered(at, next + 1, "General Assembly", "A/RES/", number);
  }

  // 7518 د.ع (130), 8523 د.ع.ع (152): the Council of the League of Arab States, with its (extra)ordinary
  // session.
  std::size_t league(std::size_t at) {
    constexpr std::size_t kLongest = 8;
    std::size_t end = at + 1;
    bool session = false;
    for (; end < tokens_.size() && end < at + kLongest && !opens(end); ++end) {
      const std::string_view letters =
          tokens_[end].kind == TokenKind::arabic ? folded(end) : std::string_view{};
      if (tokens_[end].is('.') || (session && letters == "غ")) continue;
      if (letters != "د" && letters != "ع") return 0;
      session = session || letters == "ع";
    }
    if (!session || !opens(end) || !number_at(end + 1) || !closes(end + 2)) return 0;
    const std::string number = std::to_string(value_of(at));
    add(tokens_[at].begin, tokens_[end + 2].end, "LAS resolution " + number, number, "doc:LAS/" + number);
    return end + 3;
  }

  // resolution 1325; قرار رقم 7518
  std::size_t lone_number(std::size_t at) {
    if (cue_end_ == 0 || at < cue_end_) return 0;
    std::size_t next = cue_end_;
    const Phrase* beside = issuer_beside();
    if (beside != nullptr && issuer_begin_ >= cue_end_) next = issuer_end_;
    while (next < at && (calendar_.is_cue(tokens_[next], Cue::number_sign | Cue::body_word) ||
                         tokens_[next].is('.') || (tokens_[next].mark == 0xB0))) {
      ++next;
    }
    if (next != at) return 0;
    const int number = value_of(at);
    if (number < 1) return 0;
    if (const std::size_t end = league(at)) return end;
    if (beside != nullptr && beside->kind == "OSCE.PC") {
      // Decisions Nos. 621, 1107 and 1135; the plural tells them from "Decision No. 814 and 20 others".
      const bool many = folded(cue_begin_).ends_with("s") || tokens_[cue_begin_].kind != TokenKind::latin;
      std::size_t each = at, end = at;
      do {
        const std::string symbol = "PC.DEC/" + std::to_string(value_of(each));
        add(tokens_[each].begin, tokens_[each].end, symbol, symbol, "doc:" + symbol);
        end = each++;
        while (each < end + 3 && each < tokens_.size() &&
               (tokens_[each].is(',') || tokens_[each].is(0x060C) ||
                calendar_.is_cue(tokens_[each], Cue::conjunction))) {
          ++each;
        }
      } while (many && each > end + 1 && number_at(each) && value_of(each) > 0 && !mark_at(each + 1, '/') &&
               (each + 1 >= tokens_.size() || tokens_[each + 1].kind != TokenKind::latin ||
                !tokens_[each + 1].capitalized));
      return listed(end + 1);
    }
    if (beside != nullptr && beside->kind == "LAS")
      return add_named(at, at + 1, *beside, std::to_string(number));
    // "African Commission … resolution 263": the name of some other body stands before.
    if (cue_begin_ > 0 && beside == nullptr && tokens_[cue_begin_ - 1].kind == TokenKind::latin &&
        tokens_[cue_begin_ - 1].capitalized && !calendar_.is_cue(tokens_[cue_begin_ - 1], Cue::body_word)) {
      return 0;
    }
    const bool council = (beside != nullptr && beside->kind == "UN.SC") || cue_->kind == "sc_resolution";
    if ((beside != nullptr && !council) || cue_->kind == "decision") return 0;
    if (mark_at(at + 1, '(') ||
        (tight(at + 1) && tokens_[at + 1].mark != ',' && tokens_[at + 1].mark != '.' &&
         tokens_[at + 1].mark != 0x060C && tokens_[at + 1].mark != ')')) {
      return 0;
    }
    const int year = rules_.year_of_security_council_resolution(number);
    if (year == 0 || number < 100 || (!council && number >= 1900 && number <= 2100)) return 0;
    if (year_ != 0 && year > year_ + 1) return 0;
    const std::string text = std::to_string(number) + " (" + std::to_string(year) + ")";
    add(tokens_[at].begin, tokens_[at].end, "Security Council resolution " + text, text,
        "doc:S/RES/" + std::to_string(number) + "(" + std::to_string(year) + ")");
    return listed(at + 1);
  }

  // دإط-10/19, د إ ط-10/19: special (S) and emergency special (ES) sessions.
  std::size_t at_arabic_session(std::size_t at) {
    const std::string_view letters = folded(at);
    if (!letters.starts_with("د") || !cue_near(at)) return 0;
    std::string all;
    std::size_t next = at;
    while (next < tokens_.size() && next < at + 5 && tokens_[next].kind == TokenKind::arabic)
      all += folded(next++);
    if (all != "دا" && all != "داط" && all != "دأط") return 0;
    while (next < tokens_.size() && is_dash(tokens_[next])) ++next;
    return special_session(at, next, all == "دا" ? "S-" : "ES-");
  }

  std::size_t special_session(std::size_t at, std::size_t next, std::string_view letters) {
    if (!number_at(next) || !mark_at(next + 1, '/') || !tight(next + 1) || !number_at(next + 2) ||
        !tight(next + 2)) {
      return 0;
    }
    const std::string number =
        std::string(letters) + std::string(folded(next)) + "/" + std::string(folded(next + 2));
    const Phrase* beside = issuer_beside();
    if (beside == nullptr) beside = issuer_before();
    if (letters == "S-" && beside != nullptr && beside->kind == "UN.HRC") {
      return add_numbered(at, next + 3, "Human Rights Council", "A/HRC/RES/", number);
    }
    return add_numbered(at, next + 3, "General Assembly", "A/RES/", number);
  }

  // --- symbols that begin with letters ---

  std::size_t at_capital(std::size_t at) {
    if (at + 1 >= tokens_.size() || !tight(at + 1)) return 0;
    const Token& next = tokens_[at + 1];
    const std::string_view prefix = text_.surface_of(tokens_[at]);
    // MC(10).DEC/1: the Ministerial Council's meeting in brackets.
    const bool meeting = next.is('(') && prefix == "MC" && number_at(at + 2) && mark_at(at + 3, ')') &&
                         mark_at(at + 4, '.') && tight(at + 4);
    if (!next.is('/') && !next.is('.') && !is_dash(next) && !meeting) return 0;
    if (is_dash(next)) {
      if (prefix == "ES" || (prefix == "S" && cue_near(at)))
        return special_session(at, at + 2, std::string(prefix) + "-");
      if (!oic_suffix(folded(at)).empty() && tokens_[at].all_capitals && number_at(at + 2) &&
          mark_at(at + 3, '/') && number_at(at + 4) && tight(at + 2) && tight(at + 4)) {
        return oic(at, at + 5, value_of(at + 2), value_of(at + 4), oic_suffix(folded(at)));  // POL-53/45
      }
      return 0;
    }
    const std::string* issuer = rules_.issuer_of_prefix(prefix);
    if (issuer == nullptr) return 0;

    // The run: everything written on, without the marks that end a sentence.
    std::size_t end = at + 1, good = 0;
    bool slash = false, digit = false;
    while (end < tokens_.size() && tight(end) && end - at < kSymbolTokensMax) {
      const Token& token = tokens_[end];
      if (token.kind == TokenKind::number) {
        digit = true;
        good = end + 1;
      } else if (token.kind == TokenKind::latin) {
        if (!token.capitalized && !digit && tokens_[end - 1].is('.')) break;  // a web address
        good = end + 1;
      } else if (token.is('/')) {
        slash = true;
      } else if (token.is('(')) {
        // (I), (1999) written on; with a letter or a number inside
        if (end + 2 >= tokens_.size() || !tight(end + 1) || !mark_at(end + 2, ')') ||
            (tokens_[end + 1].kind != TokenKind::latin && tokens_[end + 1].kind != TokenKind::number)) {
          break;
        }
        // PSC/PR/COMM.(DCCCXLV): the African Union numbers in Roman.
        if (roman_value(text_.surface_of(tokens_[end + 1])) > 0) digit = true;
        end += 2;
        good = end + 1;
      } else if (!token.is('.') && !is_dash(token)) {
        break;
      }
      ++end;
    }
    if (good == 0 || !digit || !slash) return 0;
    const std::string_view surface =
        text_.text.substr(tokens_[at].begin, tokens_[good - 1].end - tokens_[at].begin);
    if (surface.starts_with("S/RES/") && mark_at(good, '(') && number_at(good + 1) && mark_at(good + 2, ')'))
      good += 3;
    // PSC/MIN/COMM.3 (CCCXIII)
    if (*issuer == "AU" && mark_at(good, '(') && good + 2 < tokens_.size() && mark_at(good + 2, ')') &&
        roman_value(text_.surface_of(tokens_[good + 1])) > 0) {
      good += 3;
    }
    return add_plain(at, good, *issuer);
  }

  // A symbol that is its own name: ASCII digits, one kind of dash, one space before a bracket as it came.
  std::size_t add_plain(std::size_t at, std::size_t end, std::string_view) {
    std::string symbol;
    for (std::size_t each = at; each < end; ++each) {
      const Token& token = tokens_[each];
      if (each > at && token.space_before) symbol += ' ';
      if (token.kind == TokenKind::number) {
        symbol += folded(each);
      } else if (is_dash(token)) {
        symbol += '-';
      } else {
        symbol += text_.surface_of(token);
      }
    }
    std::string id = "doc:";
    for (const char c : symbol) {
      if (c != ' ') id += c;
    }
    add(tokens_[at].begin, tokens_[end - 1].end, symbol, symbol, id);
    return end;
  }

  std::size_t add_numbered(std::size_t at, std::size_t end, std::string_view body, std::string_view series,
                           const std::string& number) {
    std::string id = "doc:" + std::string(series);
    for (const char c : number) {
      if (c != ' ') id += c;
    }
    if (kind() == "decision") {
      if (const std::size_t res = id.find("/RES/"); res != std::string::npos) id.replace(res, 5, "/DEC/");
    }
    add(tokens_[at].begin, tokens_[end - 1].end, std::string(body) + " " + kind() + " " + number, number, id);
    return listed(end);
  }

  std::size_t add_named(std::size_t at, std::size_t end, const Phrase& issuer, const std::string& number) {
    const std::string& id = issuer.kind.empty() ? issuer.name : issuer.kind;
    add(tokens_[at].begin, tokens_[end - 1].end, issuer.name + " " + kind() + " " + number, number,
        "doc:" + id + "/" + kind() + "/" + number);
    return listed(end);
  }

  // The next number in a list is under the same cue.
  std::size_t listed(std::size_t end) {
    if (cue_end_ != 0 && cue_ != nullptr) cue_end_ = std::max(cue_end_, end + kListReach - kCueReach);
    return end;
  }

  // --- paragraphs ---

  // الفقرة 5, الفقرة رقم 5, الفقرتان 4 و 5, paragraphs 4 (a) to 7
  std::size_t paragraph_reference(std::size_t at, const Calendar::Hit& hit, const Phrase& part) {
    std::size_t next = hit.end_token;
    while (next < tokens_.size() &&
           (tokens_[next].is('.') || calendar_.is_cue(tokens_[next], Cue::number_sign)))
      ++next;
    if (!number_at(next) || value_of(next) < 1 || value_of(next) > 999) return 0;
    std::string numbers = std::to_string(value_of(next));
    std::size_t end = next + 1;
    bool many = false;
    if (part.kind == "many") {
      // A list: و, and, comma, to, dash; then a number of a paragraph again.
      for (int items = 0; items < 20; ++items) {
        std::size_t after = end;
        std::string joint;
        while (after < tokens_.size() && after < end + 2) {
          const Token& token = tokens_[after];
          if (is_dash(token) || calendar_.is_cue(token, Cue::range)) {
            joint = "-";
          } else if (token.is(',') || token.is(0x060C) || calendar_.is_cue(token, Cue::conjunction)) {
            joint = ", ";
          } else {
            break;
          }
          ++after;
        }
        if (joint.empty() || !number_at(after) || value_of(after) < 1 || value_of(after) > 999) break;
        if (mark_at(after + 1, '/') || mark_at(after + 1, '(')) break;
        numbers += joint + std::to_string(value_of(after));
        end = after + 1;
        many = true;
      }
    }
    Mention mention;
    mention.type = MentionType::document;
    mention.ref = RefClass::paragraph;
    const std::uint32_t begin =
        tokens_[at].begin + bytes_of_letters(text_.surface_of(tokens_[at]), hit.prefix_letters);
    mention.place = {paragraph_, {begin, tokens_[end - 1].end}};
    mention.value = numbers;
    mention.name = (many ? "paragraphs " : "paragraph ") + numbers;
    out_.push_back(std::move(mention));
    return end;
  }

  void add(std::uint32_t begin, std::uint32_t end, std::string name, std::string value, std::string id) {
    Mention mention;
    mention.type = MentionType::document;
    mention.place = {paragraph_, {begin, end}};
    mention.entities = {std::move(id)};
    mention.name = std::move(name);
    mention.value = std::move(value);
    out_.push_back(std::move(mention));
  }

  const TokenizedText& text_;
  const std::vector<Token>& tokens_;
  std::uint32_t paragraph_;
  const Calendar& calendar_;
  const SymbolRules& rules_;
  std::vector<Mention>& out_;
  int year_ = 0;  // of the paper; 0 if unknown

  const Phrase* cue_ = nullptr;
  std::size_t cue_begin_ = 0;
  std::size_t cue_end_ = 0;  // 0: none in this sentence
  const Phrase* issuer_ = nullptr;
  const Phrase* roman_issuer_ = nullptr;  // the General Assembly or the Economic and Social Council
  std::size_t issuer_begin_ = 0;
  std::size_t issuer_end_ = 0;
};

}  // namespace

void find_symbols(const TokenizedText& text, std::uint32_t paragraph, const Lexicon& lexicon,
                  const document::Metadata& metadata, std::vector<Mention>& out) {
  SymbolFinder(text, paragraph, lexicon, metadata, out).run();
}

void find_short_documents(const TokenizedText& text, std::uint32_t paragraph, const Lexicon& lexicon,
                          std::vector<Mention>& out) {
  const Calendar& calendar = lexicon.calendar;
  const auto& tokens = text.tokens;
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    const Token& token = tokens[at];
    if (!calendar.may_begin(token)) continue;
    const Calendar::Hit hit = calendar.phrase_at(text, at);
    const Phrase* paper = hit.as(Phrase::Role::document);
    if (paper == nullptr || paper->kind != "resolution") continue;
    std::size_t end = hit.end_token;
    const std::string_view word = text.folded_of(token);
    if (token.kind == TokenKind::arabic) {
      if (!word.ends_with("القرار") && !word.ends_with("للقرار")) continue;
      if (at > 0 && calendar.is_cue(tokens[at - 1], Cue::not_resolution)) continue;
      if (end < tokens.size() && calendar.is_cue(tokens[end], Cue::said_paper)) ++end;
    } else if (token.kind == TokenKind::latin) {
      // "The resolution of the conflict" is none; "Resolution" with a capital is in a name or before a
      // number.
      if (at == 0 || token.capitalized || word != "resolution") continue;
      if (!calendar.is_cue(tokens[at - 1], Cue::said_paper)) continue;
      if (end < tokens.size() && text.folded_of(tokens[end]) == "of") continue;
    } else {
      continue;
    }
    if (end < tokens.size() &&
        (tokens[end].kind == TokenKind::number || calendar.is_cue(tokens[end], Cue::number_sign))) {
      continue;
    }
    Mention mention;
    mention.type = MentionType::document;
    mention.ref = RefClass::short_form;
    const std::uint32_t begin = token.begin + bytes_of_letters(text.surface_of(token), hit.prefix_letters);
    mention.place = {paragraph, {begin, tokens[end - 1].end}};
    out.push_back(std::move(mention));
  }
}

namespace {

constexpr std::size_t kFocusParagraphs = 2;  // how long a resolution stays spoken of
constexpr std::size_t kOfReach = 16;         // tokens from "paragraph 7 of …" to the symbol

// The paper that "paragraph 7" is of, from what stands behind it.
enum class PartOf { focus, next, other };

PartOf part_of(const TokenizedText& text, const Calendar& calendar, std::size_t after,
               std::uint32_t next_begin) {
  const auto& tokens = text.tokens;
  if (after >= tokens.size()) return PartOf::focus;
  if (calendar.is_cue(tokens[after], Cue::own_paper)) return PartOf::other;
  if (!calendar.is_cue(tokens[after], Cue::of | Cue::from)) return PartOf::focus;
  // "of": the word for a resolution must follow, else it is some other paper's paragraph.
  for (std::size_t at = after + 1; at < tokens.size() && at < after + 9; ++at) {
    if (tokens[at].begin >= next_begin) return PartOf::next;
    if (ends_sentence(tokens[at]) || calendar.is_cue(tokens[at], Cue::own_paper)) return PartOf::other;
    if (!calendar.may_begin(tokens[at])) continue;
    if (calendar.phrase_at(text, at).as(Phrase::Role::document) == nullptr) continue;
    const std::size_t reach = std::min(tokens.size() - 1, after + kOfReach);
    for (std::size_t beyond = at; beyond <= reach; ++beyond) {
      if (tokens[beyond].begin >= next_begin) return PartOf::next;
      if (beyond > at &&
          (ends_sentence(tokens[beyond]) || tokens[beyond].is(',') || tokens[beyond].is(0x060C)))
        break;
    }
    return PartOf::focus;
  }
  return PartOf::other;
}

bool is_open_reference(const Mention& mention) {
  return mention.type == MentionType::document && mention.entities.empty() &&
         mention.name.empty() == (mention.ref == RefClass::short_form) &&
         (mention.ref == RefClass::paragraph || mention.ref == RefClass::short_form);
}

}  // namespace

void resolve_document_references(const std::vector<TokenizedText>& texts, const Lexicon& lexicon,
                                 std::vector<Mention>& mentions) {
  const Mention* focus = nullptr;
  for (std::size_t each = 0; each < mentions.size(); ++each) {
    Mention& mention = mentions[each];
    if (mention.type != MentionType::document) continue;
    if (!is_open_reference(mention)) {
      // Only what has numbered paragraphs that others cite: resolutions and decisions, not reports by symbol.
      const bool resolution = mention.name.find(" resolution ") != std::string::npos ||
                              mention.name.find(" decision ") != std::string::npos ||
                              mention.name.find("/RES/") != std::string::npos ||
                              mention.name.find(".DEC/") != std::string::npos;
      if (resolution && mention.ref != RefClass::paragraph && !mention.entities.empty()) focus = &mention;
      continue;
    }
    if (mention.ref == RefClass::short_form) {
      if (focus == nullptr) continue;
      mention.name = focus->name;
      mention.value = focus->value;
      mention.entities = focus->entities;
      focus = &mention;  // spoken of again
      continue;
    }
    const std::uint32_t paragraph = mention.place.paragraph;
    const TokenizedText& text = texts[paragraph];
    const auto after = static_cast<std::size_t>(
        std::lower_bound(text.tokens.begin(), text.tokens.end(), mention.place.range.end,
                         [](const Token& token, std::uint32_t end) { return token.begin < end; }) -
        text.tokens.begin());
    const Mention* next = nullptr;
    for (std::size_t at = each + 1; at < mentions.size() && mentions[at].place.paragraph == paragraph; ++at) {
      if (mentions[at].type == MentionType::document && mentions[at].ref != RefClass::paragraph) {
        next = &mentions[at];
        break;
      }
    }
    const std::uint32_t next_begin =
        next != nullptr ? next->place.range.begin : static_cast<std::uint32_t>(-1);
    const Mention* whole = nullptr;
    switch (part_of(text, lexicon.calendar, after, next_begin)) {
      case PartOf::next:
        whole = next;
        break;
      case PartOf::focus:
        if (focus != nullptr && paragraph - focus->place.paragraph <= kFocusParagraphs) whole = focus;
        break;
      case PartOf::other:
        break;
    }
    if (whole != nullptr && is_open_reference(*whole)) whole = focus;
    if (whole == nullptr || whole->name.empty()) continue;
    mention.name = whole->name + ", " + mention.name;
    mention.entities = whole->entities;
    if (mention.entities.empty()) mention.entities = {"doc:" + whole->value};
  }
  std::erase_if(mentions, is_open_reference);
}

}  // namespace mithaq::reader
