#include "reader/mentions/dates.hpp"

#include <unicode/calendar.h>
#include <unicode/locid.h>
#include <unicode/timezone.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <optional>
#include <string>

#include "base/edtf.hpp"
#include "reader/reasons.hpp"

namespace mithaq::reader {

namespace {

using document::Doubt;
using document::Mention;
using document::MentionType;
using document::RefClass;

constexpr int kYearMin = 1000;
constexpr int kYearMax = 2199;
constexpr int kBareYearMin = 1800;  // without a month beside it, a number this large may be a year
constexpr std::size_t kDaysInListMax = 12;

// One date as it stands: the parts it says, 0 for those it does not.
struct Point {
  std::size_t end = 0;  // one past its last token; 0 if there is no date
  std::uint32_t begin_byte = 0;
  std::uint32_t end_byte = 0;
  int year = 0;
  int month = 0;
  int month_to = 0;  // May/June
  int day = 0;
  bool hijri = false;
  bool ambiguous = false;  // 03/04/2015
  explicit operator bool() const { return end != 0; }
};

struct MonthHit {
  std::size_t end = 0;
  int month = 0;
  int month_to = 0;
  bool hijri = false;
};

bool is_dash(const Token& token) {
  return token.mark == '-' || token.mark == 0x2010 || token.mark == 0x2011 || token.mark == 0x2012 ||
         token.mark == 0x2013 || token.mark == 0x2014 || token.mark == 0x2212;
}
bool is_comma(const Token& token) {
  return token.mark == ',' || token.mark == 0x060C || token.mark == 0x3001;
}

std::optional<CalendarDay> gregorian_of_hijri(int year, int month, int day) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::Calendar> calendar(icu::Calendar::createInstance(
      icu::TimeZone::getGMT()->clone(), icu::Locale("ar@calendar=islamic-umalqura"), status));
  if (U_FAILURE(status)) return std::nullopt;
  calendar->clear();
  calendar->set(UCAL_EXTENDED_YEAR, year);
  calendar->set(UCAL_MONTH, month - 1);
  calendar->set(UCAL_DATE, day);
  const UDate time = calendar->getTime(status);
  if (U_FAILURE(status)) return std::nullopt;
  return calendar_day(static_cast<std::int64_t>(std::floor(time / 86400000.0)));
}

class DateFinder {
 public:
  DateFinder(const TokenizedText& text, std::uint32_t paragraph, const Calendar& calendar,
             const document::Metadata& metadata, std::vector<Mention>& out, std::vector<Doubt>& doubts)
      : text_(text),
        tokens_(text.tokens),
        paragraph_(paragraph),
        calendar_(calendar),
        out_(out),
        doubts_(doubts),
        now_(Edtf::parse(metadata.date)) {
    first_ = out.size();
    while (first_ > 0 && out[first_ - 1].place.paragraph == paragraph) --first_;
    symbols_end_ = out.size();
    next_symbol_ = first_;
  }

  void run() {
    for (std::size_t at = 0; at < tokens_.size();) {
      const Token& token = tokens_[at];
      std::size_t end = 0;
      if (token.kind == TokenKind::number) {
        if (!covered(token)) end = at_number(at);
      } else if (calendar_.may_begin(token)) {
        if (!covered(token)) end = at_phrase(at);
      }
      at = std::max(end, at + 1);
    }
    inherit_years();
  }

 private:
  // --- tokens ---

  const Token* token(std::size_t at) const { return at < tokens_.size() ? &tokens_[at] : nullptr; }
  bool number_at(std::size_t at) const {
    return at < tokens_.size() && tokens_[at].kind == TokenKind::number;
  }
  bool mark_at(std::size_t at, char32_t mark) const { return at < tokens_.size() && tokens_[at].is(mark); }
  bool tight(std::size_t at) const { return at < tokens_.size() && !tokens_[at].space_before; }
  bool cue_at(std::size_t at, std::uint32_t cues) const {
    return at < tokens_.size() && calendar_.is_cue(tokens_[at], cues);
  }
  bool cue_at(std::size_t at, Cue cue) const { return cue_at(at, static_cast<std::uint32_t>(cue)); }

  // The value of a run of at most four digits, or -1.
  int value_of(std::size_t at) const {
    const std::string_view digits = text_.folded_of(tokens_[at]);
    if (digits.size() > 4) return -1;
    int value = 0;
    for (const char c : digits) value = value * 10 + (c - '0');
    return value;
  }
  std::size_t digits_of(std::size_t at) const { return tokens_[at].fold_end - tokens_[at].fold_begin; }

  // Symbols stand in the order of the text, and so does our walk.
  bool covered(const Token& token) {
    while (next_symbol_ < symbols_end_ && out_[next_symbol_].place.range.end <= token.begin) ++next_symbol_;
    return next_symbol_ < symbols_end_ && out_[next_symbol_].place.range.begin <= token.begin;
  }

  // --- parts ---

  // A day: one or two digits, 1 to 31, with st, nd, er …
  //   returns  one past it, or 0
  std::size_t day_end(std::size_t at) const {
    if (!number_at(at) || digits_of(at) > 2) return 0;
    const int value = value_of(at);
    if (value < 1 || value > 31) return 0;
    std::size_t end = at + 1;
    if (tight(end) && cue_at(end, Cue::ordinal_suffix)) ++end;
    if (tight(end) && is_dash(tokens_[end]) && tight(end + 1) && cue_at(end + 1, Cue::ordinal_suffix))
      end += 2;
    return end;
  }

  // The month a phrase names, said once or twice: تشرين الثاني/نوفمبر, نوفمبر (تشرين الثاني).
  MonthHit month_at(std::size_t at) const {
    MonthHit result;
    const Phrase* first = month_phrase(at, result.end);
    if (first == nullptr) return result;
    result.month = static_cast<int>(first->value);
    result.hijri = first->role == Phrase::Role::hijri_month;
    const std::size_t slash = result.end;
    if (mark_at(slash, '/') || mark_at(slash, '(')) {
      std::size_t end = 0;
      const Phrase* second = slash + 1 < tokens_.size() ? month_phrase(slash + 1, end) : nullptr;
      const bool bracket = tokens_[slash].is('(');
      if (second != nullptr && second->role == first->role && (!bracket || mark_at(end, ')'))) {
        if (second->value == first->value) {
          result.end = bracket ? end + 1 : end;
        } else if (!bracket && second->value == first->value + 1) {
          result.month_to = static_cast<int>(second->value);
          result.end = end;
        }
      }
    }
    return result;
  }

  const Phrase* month_phrase(std::size_t at, std::size_t& end) const {
    if (at >= tokens_.size() || !calendar_.may_begin(tokens_[at])) return nullptr;
    const Calendar::Hit hit = calendar_.phrase_at(text_, at);
    for (const Phrase& phrase : hit.phrases) {
      const bool month = phrase.role == Phrase::Role::month || phrase.role == Phrase::Role::hijri_month;
      if (month && (!phrase.capital || tokens_[at].capitalized)) {
        end = hit.end_token;
        return &phrase;
      }
    }
    return nullptr;
  }

  // A year after a day and month: 2018 / ", 2018" / "عام 2018" / "de 2018"; Hijri ones with or without هـ.
  //   returns  one past it, or 0
  std::size_t year_end(std::size_t at, bool hijri, int& year, std::uint32_t& end_byte) const {
    if (at < tokens_.size() && (is_comma(tokens_[at]) || tokens_[at].is('.'))) ++at;
    for (int words = 0; words < 2 && cue_at(at, Cue::of | Cue::year); ++words) ++at;
    // A.D. 2015, A.H. 1436
    if (at + 4 < tokens_.size() && text_.folded_of(tokens_[at]) == "a" && mark_at(at + 1, '.') &&
        tight(at + 2) && mark_at(at + 3, '.') && tokens_[at].capitalized) {
      at += 4;
    }
    if (!number_at(at) || digits_of(at) != 4) return 0;
    const int value = value_of(at);
    if (hijri ? (value < 1 || value > 1600) : (value < kYearMin || value > kYearMax)) return 0;
    // "٣ آذار/مارس 2000 دولار" is no year, but nobody writes so; "2015/16" and "2015.5" are not this year's.
    if (tight(at + 1) && mark_at(at + 1, '/') && tight(at + 2) && number_at(at + 2)) return 0;
    year = value;
    end_byte = tokens_[at].end;
    std::size_t end = at + 1;
    if (cue_at(end, Cue::era_gregorian | Cue::era_hijri) && (tight(end) || hijri) &&
        calendar_.prefix_letters(tokens_[end]) == 0) {
      end_byte = tokens_[end].end;
      ++end;
    }
    return end;
  }

  // A separator between two parts of a range or list. `and_ranges`: after "between", و joins the two ends.
  struct Separator {
    std::size_t end = 0;
    bool range = false;
  };
  Separator separator_at(std::size_t at) const {
    if (at >= tokens_.size()) return {};
    const Token& token = tokens_[at];
    if (is_dash(token))
      return {skip_article(at + (at + 1 < tokens_.size() && is_dash(tokens_[at + 1]) ? 2 : 1)), true};
    if (is_comma(token) && cue_at(at + 1, Cue::range)) return {skip_article(at + 2), true};
    if (is_comma(token) && cue_at(at + 1, Cue::conjunction)) return {skip_article(at + 2), false};
    if (is_comma(token)) return {at + 1, false};
    if (token.is(0x7E) || token.is(0xFF5E)) return {at + 1, true};
    if (calendar_.is_cue(token, Cue::range)) return {skip_article(at + 1), true};
    if (calendar_.is_cue(token, Cue::conjunction)) {
      // "and until": وحتى is one word, "et jusqu'au" is not.
      if (cue_at(at + 1, Cue::range)) return {skip_article(at + 2), true};
      return {skip_article(at + 1), false};
    }
    return {};
  }
  // The separator after a date, behind the word for year that some languages put there: 2014 года - 2015
  // года.
  Separator separator_after(std::size_t at) const {
    const Separator separator = separator_at(at);
    if (separator.end != 0 || !cue_at(at, Cue::year_after)) return separator;
    return separator_at(at + 1);
  }
  // "to the 5th", حتى تاريخ 5: words that say nothing of the date.
  std::size_t skip_article(std::size_t at) const { return cue_at(at, Cue::filler) ? at + 1 : at; }

  // The word before is "between", but for the word years: بين عامي 2005 و 2009.
  bool between_before(std::size_t at) const {
    if (at > 0 && cue_at(at - 1, Cue::year | Cue::years | Cue::filler)) --at;
    return at > 0 && cue_at(at - 1, Cue::between);
  }

  // D [of] MONTH [YEAR] at a number, or MONTH YEAR / MONTH D, YEAR at a month; 2022-07-16; 2015年3月5日.
  Point point_at(std::size_t at) const {
    Point point;
    if (at >= tokens_.size()) return point;
    point.begin_byte = tokens_[at].begin;
    if (number_at(at)) {
      if (numeric_date(at, point) || chinese_date(at, point)) return point;
      std::size_t end = day_end(at);
      if (end == 0) return {};
      point.day = value_of(at);
      if (cue_at(end, Cue::of)) ++end;
      return finish_at_month(end, point) ? point : Point{};
    }
    const MonthHit month = month_at(at);
    if (month.end == 0) return {};
    point.begin_byte +=
        bytes_of_letters(text_.surface_of(tokens_[at]), calendar_.prefix_letters(tokens_[at]));
    set_month(month, point);
    if (const std::size_t end = day_end(month.end); end != 0 && month.month_to == 0) {
      // March 17, 2021; but "March 15 to 17" without a year says a day too.
      Point with_day = point;
      with_day.day = value_of(month.end);
      with_day.end = end;
      with_day.end_byte = tokens_[end - 1].end;
      if (const std::size_t after = year_end(end, month.hijri, with_day.year, with_day.end_byte)) {
        with_day.end = after;
        return with_day;
      }
      if (tokens_[at].kind == TokenKind::latin && tokens_[at].capitalized) return with_day;
    }
    if (const std::size_t after = year_end(month.end, month.hijri, point.year, point.end_byte))
      point.end = after;
    return point;
  }

  void set_month(const MonthHit& month, Point& point) const {
    point.month = month.month;
    point.month_to = month.month_to;
    point.hijri = month.hijri;
    point.end = month.end;
    point.end_byte = tokens_[month.end - 1].end;
  }

  bool finish_at_month(std::size_t at, Point& point) const {
    const MonthHit month = month_at(at);
    if (month.end == 0) return false;
    set_month(month, point);
    if (const std::size_t after = year_end(month.end, month.hijri, point.year, point.end_byte))
      point.end = after;
    return true;
  }

  // 16/07/2022, 16-7-2022, 16.07.2022, 2022-07-16; no blanks inside, one kind of mark.
  bool numeric_date(std::size_t at, Point& point) const {
    if (at + 4 >= tokens_.size() ||
        (at > 0 && tight(at) && !tokens_[at - 1].is('(') && !tokens_[at - 1].is_word())) {
      return false;
    }
    const char32_t mark = tokens_[at + 1].mark;
    if ((mark != '/' && mark != '-' && mark != '.') || tokens_[at + 3].mark != mark) return false;
    for (std::size_t each = at + 1; each < at + 5; ++each) {
      if (!tight(each)) return false;
    }
    if (!number_at(at + 2) || !number_at(at + 4)) return false;
    const Token* after = token(at + 5);
    if (after != nullptr && !after->space_before && (after->mark == mark || after->mark == '/')) return false;
    const int first = value_of(at), middle = value_of(at + 2), last = value_of(at + 4);
    int year = 0, month = 0, day = 0;
    if (digits_of(at) == 4 && digits_of(at + 2) <= 2 && digits_of(at + 4) <= 2) {
      year = first, month = middle, day = last;
    } else if (digits_of(at + 4) == 4 && digits_of(at + 2) <= 2 && digits_of(at) <= 2) {
      year = last, month = middle, day = first;
      if (month > 12 && day <= 12) std::swap(month, day);
      point.ambiguous = day <= 12 && month <= 12 && day != month;
    } else {
      return false;
    }
    if (year < 1200 || year > kYearMax || !is_calendar_day({year, month, day})) return false;
    point.hijri = year < 1600;
    point.year = year;
    point.month = month;
    point.day = day;
    point.end = at + 5;
    point.end_byte = tokens_[at + 4].end;
    take_era(point);
    return true;
  }

  void take_era(Point& point) const {
    if (tight(point.end) && cue_at(point.end, Cue::era_gregorian | Cue::era_hijri)) {
      point.end_byte = tokens_[point.end].end;
      ++point.end;
    }
  }

  // 2015年3月5日, 2015年3月, 3月5日.
  bool chinese_date(std::size_t at, Point& point) const {
    std::size_t next = at;
    if (digits_of(at) == 4 && cue_at(at + 1, Cue::year_after) && tokens_[at + 1].kind == TokenKind::han) {
      point.year = value_of(at);
      next = at + 2;
      if (!number_at(next) || !cue_at(next + 1, Cue::month_after)) return false;
    }
    if (!number_at(next) || digits_of(next) > 2 || !cue_at(next + 1, Cue::month_after) ||
        tokens_[next + 1].kind != TokenKind::han) {
      return false;
    }
    point.month = value_of(next);
    if (point.month < 1 || point.month > 12) return false;
    point.end = next + 2;
    if (const std::size_t day = day_end(next + 2); day != 0 && cue_at(day, Cue::day_after)) {
      point.day = value_of(next + 2);
      point.end = day + 1;
    } else if (day != 0) {
      // 3月5日至8日 and 3月5至8日: the 日 may come after the last day only.
      if (separator_at(day).end != 0 && day_end(separator_at(day).end) != 0) {
        point.day = value_of(next + 2);
        point.end = day;
      }
    } else if (point.year == 0) {
      return false;  // 3月 alone, or three months: 3个月 has a word between
    }
    point.end_byte = tokens_[point.end - 1].end;
    return true;
  }

  // --- at a number ---

  std::size_t at_number(std::size_t at) {
    if (Point point = point_at(at)) return take_range(at, point);
    if (const std::size_t end = day_list(at)) return end;
    return bare_year(at);
  }

  // 5 و 6 كانون الأول, 13-17 نيسان, 4, 5 and 8 March 2014: several days of one month.
  std::size_t day_list(std::size_t at) {
    if (at > 0 && tight(at) && tokens_[at - 1].kind == TokenKind::latin) return 0;  // UNFF11, 4-15 May
    struct Day {
      std::size_t token;
      std::size_t end;
      bool range_before;
    };
    std::array<Day, kDaysInListMax> days;
    std::size_t count = 0;
    bool range_before = false;
    std::size_t next = at;
    while (count < kDaysInListMax) {
      const std::size_t end = day_end(next);
      if (end == 0) return 0;
      days[count++] = {next, end, range_before};
      std::size_t month_at_token = end;
      if (cue_at(end, Cue::of) && month_at(end + 1).end != 0) ++month_at_token;
      if (month_at(month_at_token).end != 0) {
        next = month_at_token;
        break;
      }
      // A mark between digits without blanks is a list only if it is a dash or a slash.
      Separator separator = separator_at(end);
      if (separator.end == 0 && mark_at(end, '/') && tight(end) && tight(end + 1))
        separator = {end + 1, true};
      if (separator.end == 0) return 0;
      range_before = separator.range;
      next = separator.end;
    }
    if (count < 2) return 0;
    Point last;
    last.begin_byte = tokens_[days[count - 1].token].begin;
    last.day = value_of(days[count - 1].token);
    if (!finish_at_month(next, last)) return 0;

    // Two neighbouring days joined by و are a span; others in a list are days apart.
    for (std::size_t each = 0; each < count;) {
      Point first = last;
      first.day = value_of(days[each].token);
      first.begin_byte = tokens_[days[each].token].begin;
      std::size_t until = each;
      if (each + 1 < count) {
        const int next_day = value_of(days[each + 1].token);
        const bool neighbours = count == 2 && next_day == first.day + 1;
        if ((days[each + 1].range_before || neighbours) && next_day > first.day) until = each + 1;
      }
      Point end = last;
      end.day = value_of(days[until].token);
      if (until + 1 < count) {
        end.end_byte = tokens_[days[until].end - 1].end;
      } else if (until == each) {
        return take_range(days[each].token, first);  // the last day may begin a longer range
      }
      if (until == each) end.end_byte = tokens_[days[each].end - 1].end;
      emit(first, until == each ? std::optional<Point>{} : std::optional<Point>{end}, first.begin_byte,
           end.end_byte);
      each = until + 1;
    }
    return last.end;
  }

  // 24和25日, 7日至19日: further days of a Chinese date, the month said once.
  std::size_t chinese_days(const Point& first) {
    Point last = first;
    std::size_t at = first.end;
    std::vector<std::pair<Point, Point>> spans{{first, first}};
    for (std::size_t days = 0; days < kDaysInListMax; ++days) {
      const Separator separator = separator_at(at);
      if (separator.end == 0) break;
      const std::size_t end = day_end(separator.end);
      const bool said = end != 0 && cue_at(end, Cue::day_after);
      if (end == 0 || (!said && separator_at(end).end == 0)) break;
      Point day = last;
      day.day = value_of(separator.end);
      day.begin_byte = tokens_[separator.end].begin;
      day.end = said ? end + 1 : end;
      day.end_byte = tokens_[day.end - 1].end;
      if (separator.range) {
        spans.back().second = day;
      } else {
        spans.emplace_back(day, day);
      }
      last = day;
      at = day.end;
    }
    if (at == first.end) return 0;
    if (spans.size() == 2 && spans[0].first.day == spans[0].second.day &&
        spans[1].first.day == spans[1].second.day && spans[1].first.day == spans[0].first.day + 1) {
      spans[0].second = spans[1].first;
      spans.pop_back();
    }
    for (const auto& [from, to] : spans) {
      emit(from, from.day == to.day ? std::nullopt : std::optional<Point>{to}, from.begin_byte, to.end_byte);
    }
    return at;
  }

  // A date, and the range it may begin.
  std::size_t take_range(std::size_t at, Point first) {
    if (first.day != 0 && tokens_[first.end - 1].kind != TokenKind::latin && number_at(at) &&
        (cue_at(first.end - 1, Cue::day_after) || number_at(first.end - 1)) &&
        cue_at(at + 1, Cue::year_after | Cue::month_after)) {
      if (const std::size_t end = chinese_days(first)) return end;
    }
    const Separator separator = separator_after(first.end);
    if (separator.end != 0) {
      const bool between = between_before(at);
      Point last = separator.range || between ? point_at(separator.end) : Point{};
      if (!last && separator.range && first.year != 0) {
        // 5 March 2015 - 8: nothing. But 3月5日至8日 continues the month.
        if (const std::size_t end = day_end(separator.end); end != 0 && cue_at(end, Cue::day_after)) {
          last = first;
          last.day = value_of(separator.end);
          last.end = end + 1;
          last.end_byte = tokens_[end].end;
        }
      }
      if (last && last.hijri == first.hijri) {
        // October to June 2014: the first month is of the year before.
        if (first.year == 0 && last.year != 0)
          first.year = first.month > last.month ? last.year - 1 : last.year;
        if (last.year == 0) last.year = first.year;
        if (first.day != 0 && last.day == 0) last = {};
        if (last && emit(first, last, first.begin_byte, last.end_byte)) return last.end;
      }
      // January and March 2015: the first month's year stands after the second.
      if (!separator.range && first.year == 0) {
        const Point other = point_at(separator.end);
        if (other && other.year != 0 && other.hijri == first.hijri) first.year = other.year;
      }
    }
    emit(first, std::nullopt, first.begin_byte, first.end_byte);
    return first.end;
  }

  // --- years ---

  bool year_like(std::size_t at) const {
    if (!number_at(at) || digits_of(at) != 4) return false;
    const int value = value_of(at);
    return value >= kBareYearMin && value <= kYearMax;
  }

  // années 90, década de 1990
  bool decade_before(std::size_t at) const {
    if (at > 0 && cue_at(at - 1, Cue::decade_before)) return true;
    return at > 1 && cue_at(at - 1, Cue::of) && cue_at(at - 2, Cue::decade_before);
  }

  std::size_t bare_year(std::size_t at) {
    if (digits_of(at) == 2 && value_of(at) % 10 == 0 && value_of(at) >= 20 && decade_before(at)) {
      return decade(at, 1900 + value_of(at), at + 1);
    }
    if (digits_of(at) != 4) return 0;
    const int year = value_of(at);
    const Token* before = at > 0 ? &tokens_[at - 1] : nullptr;
    const bool hijri = cue_at(at + 1, Cue::era_hijri) && year >= 1200 && year <= 1600 &&
                       (tight(at + 1) || tokens_[at + 1].kind == TokenKind::arabic);
    if (hijri) {
      Point point;
      point.hijri = true;
      point.year = year;
      point.begin_byte = tokens_[at].begin;
      point.end_byte = tokens_[at + 1].end;
      point.end = at + 2;
      emit(point, std::nullopt, point.begin_byte, point.end_byte);
      return point.end;
    }
    if (!year_like(at)) return 0;
    // What is written onto the number from the left: a bracket, a quotation mark, a clitic or "post-".
    bool cue = false;
    if (before != nullptr && tight(at)) {
      if (is_dash(*before)) {
        if (at < 2 || !tight(at - 1) || tokens_[at - 2].kind != TokenKind::latin) return 0;
        cue = true;  // post-2015
      } else if (before->mark == '/' || before->mark == '.' || before->mark == ',' || before->mark == '$' ||
                 (before->kind == TokenKind::latin && !cue_at(at - 1, Cue::before_year))) {
        return 0;
      }
    }
    Point first;
    first.year = year;
    first.begin_byte = tokens_[at].begin;
    first.end_byte = tokens_[at].end;
    first.end = at + 1;
    if (tight(at + 1)) {
      const Token& after = tokens_[at + 1];
      // 1990s, 1990's, 1990-х
      std::size_t letter = at + 1;
      if (after.is('\'') || after.is(0x2019)) ++letter;
      if (tight(letter) && cue_at(letter, Cue::decade_letter)) return decade(at, year, letter + 1);
      if (cue_at(at + 1, Cue::decade_letter)) return decade(at, year, at + 2);
      if ((after.is('/') || after.is('.') || after.is(',')) && tight(at + 2) && number_at(at + 2)) {
        const bool next_year = after.is('/') && number_at(at + 2) && follows(year, at + 2);
        if (!next_year) return 0;
      } else if (after.is('/') && tight(at + 2)) {
        return 0;  // 1990/Add.1
      } else if (after.kind == TokenKind::latin) {
        return 0;  // 2000m
      }
    }
    if (cue_at(at + 1, Cue::year_after) && cue_at(at + 2, Cue::decade_letter))
      return decade(at, year, at + 3);
    if (decade_before(at) && year % 10 == 0) return decade(at, year, at + 1);

    // 2014-2015, 2014/2015, 2014/15, من 2010 إلى 2015
    Separator separator = separator_after(at + 1);
    if (separator.end == 0 && mark_at(at + 1, '/')) separator = {at + 2, true};
    if (separator.end != 0) {
      if (cue_at(separator.end, Cue::year)) ++separator.end;
      const bool between = between_before(at);
      const bool dash = !tokens_[at + 1].is_word() && separator.range;
      if (separator.range || between) {
        int last_year = 0;
        if (year_like(separator.end)) {
          last_year = value_of(separator.end);
        } else if (dash && follows(year, separator.end)) {
          last_year = year + 1;
        } else if (dash && tight(at + 1) && tight(separator.end) && number_at(separator.end) &&
                   digits_of(separator.end) == 2 && value_of(separator.end) > year % 100) {
          last_year = year - year % 100 + value_of(separator.end);
        }
        const bool sound = last_year > year && !(tight(separator.end + 1) && mark_at(separator.end + 1, '/'));
        if (sound && (dash || between || has_year_cue(at) || cue_at(at + 1, Cue::year_after) ||
                      cue_at(separator.end + 1, Cue::year_after))) {
          Point last = first;
          last.year = last_year;
          last.end_byte = tokens_[separator.end].end;
          if (emit(first, last, first.begin_byte, last.end_byte)) return year_done(separator.end + 1);
        }
      }
    }
    cue = cue || has_year_cue(at) || cue_at(at + 1, Cue::year_after) || continues_years(at) || bracketed(at);
    if (tight(at + 1) && is_dash(tokens_[at + 1]) && tight(at + 2) &&
        cue_at(at + 2, Cue::year_after_adjective)) {
      cue = true;
    }
    if (!cue && !plain_year(at)) return 0;
    take_era(first);
    emit(first, std::nullopt, first.begin_byte, first.end_byte);
    return year_done(first.end);
  }

  std::size_t year_done(std::size_t end) {
    year_list_end_ = end;
    return end;
  }

  // The number is the year after this one: 2014/2015, 2014/15.
  bool follows(int year, std::size_t at) const {
    if (!number_at(at)) return false;
    const int value = value_of(at);
    return value == year + 1 || (digits_of(at) == 2 && value == (year + 1) % 100);
  }

  bool has_year_cue(std::size_t at) const {
    if (at == 0) return false;
    std::size_t before = at - 1;
    if (tokens_[before].is('(') && before > 0 && cue_at(before - 1, Cue::year | Cue::years)) return true;
    if (!cue_at(before, Cue::year | Cue::years | Cue::before_year | Cue::between | Cue::from)) return false;
    if (cue_at(before, Cue::year | Cue::years)) return true;
    return !counts_something(at);
  }

  // The number counts what follows it: 2000 مشارك.
  bool counts_something(std::size_t at) const {
    if (at + 1 >= tokens_.size()) return false;
    const Token& after = tokens_[at + 1];
    if (after.is('%') || after.is(0x066A) || after.is(0x20AC) || after.is('$')) return true;
    if (!calendar_.may_begin(after) || calendar_.prefix_letters(after) != 0) return false;
    const Calendar::Hit hit = calendar_.phrase_at(text_, at + 1);
    return hit.as(Phrase::Role::unit) != nullptr || hit.as(Phrase::Role::currency) != nullptr ||
           hit.as(Phrase::Role::number_scale) != nullptr;
  }

  // A year in a list begun by one that had a cue: عامي 1999 و 2000.
  bool continues_years(std::size_t at) const {
    if (year_list_end_ == 0) return false;
    std::size_t next = year_list_end_;
    while (next < at && separator_at(next).end != 0) next = separator_at(next).end;
    return next == at && next != year_list_end_;
  }

  // (1994), (2010 census), "2013 and 2014)", ", 2014)": a bracket or a comma where only a year makes sense.
  bool bracketed(std::size_t at) const {
    const int value = value_of(at);
    if (value < 1900 || value >= 2100 || counts_something(at)) return false;
    const Token* after = at + 1 < tokens_.size() ? &tokens_[at + 1] : nullptr;
    const bool closed = after == nullptr || after->is(')') || after->is(';') || is_comma(*after) ||
                        after->is(':') || after->is(0x061B) || after->is('"') || after->is(0x201D) ||
                        after->is(0xBB);
    if (at == 0) return after != nullptr && after->kind == TokenKind::latin;
    const Token& before = tokens_[at - 1];
    if (before.is('(')) return closed || after->is_word();
    if (is_comma(before)) return tokens_[at].space_before && closed && !(at > 1 && number_at(at - 2));
    const bool quote = before.is('"') || before.is('\'') || before.is(0x201C) || before.is(0xAB);
    return quote && after != nullptr && after->is_word();
  }

  // Four digits from 1900 to 2099 that nothing claims otherwise.
  bool plain_year(std::size_t at) const {
    const int value = value_of(at);
    if (value < 1900 || value >= 2100 || counts_something(at)) return false;
    if (at == 0) return false;
    const Token& before = tokens_[at - 1];
    // A number after a number, a name of a document or "No." is counted on, not dated.
    if (!before.is_word() || before.kind == TokenKind::han || cue_at(at - 1, Cue::number_sign)) return false;
    if (calendar_.may_begin(before)) {
      const Calendar::Hit hit = calendar_.phrase_at(text_, at - 1);
      if (hit.as(Phrase::Role::document) != nullptr || hit.as(Phrase::Role::paragraph) != nullptr ||
          hit.as(Phrase::Role::currency) != nullptr || hit.as(Phrase::Role::about) != nullptr) {
        return false;
      }
    }
    // English and the like put the year before a noun: the 2015 session, the 2030 Agenda.
    if (before.kind != TokenKind::arabic)
      return before.kind == TokenKind::latin || before.kind == TokenKind::cyrillic;
    // السنة المالية 2014
    if (at > 1 && cue_at(at - 2, Cue::year) && text_.folded_of(before).starts_with("ال")) return true;
    // In Arabic what is counted follows without an article; so a year ends its phrase: جدول أعمال 2063.
    if (value % 100 == 0) return false;
    if (at + 1 >= tokens_.size() || !tokens_[at + 1].is_word())
      return at + 1 >= tokens_.size() || !number_at(at + 1);
    const std::string_view after = text_.folded_of(tokens_[at + 1]);
    return after.starts_with("ال") || after.starts_with("لل") || cue_at(at + 1, Cue::conjunction) ||
           cue_at(at + 1, Cue::before_year | Cue::range | Cue::from | Cue::over);
  }

  // --- at a word ---

  std::size_t at_phrase(std::size_t at) {
    const Calendar::Hit hit = calendar_.phrase_at(text_, at);
    if (hit.end_token == 0) return 0;
    if (const Phrase* phrase = hit.as(Phrase::Role::decade)) {
      std::size_t end = hit.end_token;
      if (const auto tail = end < tokens_.size() ? calendar_.phrase_at(text_, end) : Calendar::Hit{};
          tail.as(Phrase::Role::decade_tail) != nullptr) {
        end = tail.end_token;
      }
      // "twenties" may be people's age; "sixties" too; the article or a part of it tells.
      if (tokens_[at].kind == TokenKind::latin && (at == 0 || text_.folded_of(tokens_[at - 1]) != "the")) {
        if (!cue_at(at - 1, Cue::early | Cue::mid | Cue::late) && !is_dash(tokens_[at - 1])) return 0;
      }
      return decade(at, static_cast<int>(phrase->value), end);
    }
    if (const Phrase* phrase = hit.as(Phrase::Role::relative)) {
      // الأمين العام الحالي: العام is "general" after a word with the article.
      const bool general = at > 0 && tokens_[at].kind == TokenKind::arabic && hit.prefix_letters == 0 &&
                           text_.folded_of(tokens_[at]) == "العام" &&
                           text_.folded_of(tokens_[at - 1]).starts_with("ال");
      return general ? hit.end_token : relative(at, hit, *phrase);
    }
    if (hit.as(Phrase::Role::ordinal) != nullptr) {
      if (const std::size_t end = ordinal_date(at)) return end;
    }
    for (const Phrase& phrase : hit.phrases) {
      if (phrase.role == Phrase::Role::month || phrase.role == Phrase::Role::hijri_month)
        return month_date(at);
    }
    return 0;
  }

  // الحادي عشر من آب/أغسطس 1960, the fourth of July: the day as a word.
  std::size_t ordinal_date(std::size_t at) {
    std::size_t next = at;
    int day = 0;
    for (int words = 0; words < 3 && next < tokens_.size(); ++words) {
      const Calendar::Hit hit = calendar_.phrase_at(text_, next);
      const Phrase* part = hit.as(Phrase::Role::ordinal);
      if (part == nullptr) part = hit.as(Phrase::Role::number_ten);
      // The tens come after و: الخامس والعشرون; ten without it: الخامس عشر.
      if (part == nullptr || (day > 0 && (part->value == 10) == hit.conjunction) ||
          (day > 0 && part->value < 10))
        break;
      day += static_cast<int>(part->value);
      next = hit.end_token;
    }
    if (day < 1 || day > 31) return 0;
    if (cue_at(next, Cue::of)) ++next;
    Point point;
    point.day = day;
    point.begin_byte = tokens_[at].begin +
                       bytes_of_letters(text_.surface_of(tokens_[at]), calendar_.prefix_letters(tokens_[at]));
    if (!finish_at_month(next, point)) return 0;
    return take_range(at, point);
  }

  // May 15th – 16th 2018, March 1 and 2, 2015: several days behind their month.
  std::size_t month_days(std::size_t at) {
    const MonthHit month = month_at(at);
    if (month.end == 0 || month.month_to != 0 || month.hijri) return 0;
    const std::size_t first_end = day_end(month.end);
    if (first_end == 0) return 0;
    const Separator separator = separator_at(first_end);
    if (separator.end == 0 || is_comma(tokens_[first_end])) return 0;
    const std::size_t last_end = day_end(separator.end);
    if (last_end == 0 || month_at(last_end).end != 0) return 0;
    Point first;
    set_month(month, first);
    first.begin_byte = tokens_[at].begin +
                       bytes_of_letters(text_.surface_of(tokens_[at]), calendar_.prefix_letters(tokens_[at]));
    first.day = value_of(month.end);
    first.end_byte = tokens_[first_end - 1].end;
    Point last = first;
    last.day = value_of(separator.end);
    last.begin_byte = tokens_[separator.end].begin;
    last.end = last_end;
    last.end_byte = tokens_[last_end - 1].end;
    if (const std::size_t after = year_end(last_end, false, last.year, last.end_byte)) last.end = after;
    first.year = last.year;
    if (last.day <= first.day) return 0;
    if (separator.range || last.day == first.day + 1) {
      return emit(first, last, first.begin_byte, last.end_byte) ? last.end : 0;
    }
    emit(first, std::nullopt, first.begin_byte, first.end_byte);
    emit(last, std::nullopt, last.begin_byte, last.end_byte);
    return last.end;
  }

  // A date that begins with its month. A month without a year counts only in a range or beside a cue.
  std::size_t month_date(std::size_t at) {
    if (const std::size_t end = month_days(at)) return end;
    Point point = point_at(at);
    if (!point) return 0;
    if (point.year == 0 && point.day == 0) {
      // The year may stand after the second month: January to March 2015, أيار/مايو وحزيران/يونيه 2015.
      const Separator separator = separator_at(point.end);
      const bool joined =
          separator.end == 0 && point.end < tokens_.size() && calendar_.has_conjunction(tokens_[point.end]);
      const Point next = separator.end != 0 ? point_at(separator.end)
                         : joined           ? point_at(point.end)
                                            : Point{};
      if (!next || next.month == 0 || next.hijri != point.hijri) return lone_month(at, point);
      if (next.day != 0 && tokens_[at].kind != TokenKind::latin) return lone_month(at, point);
      const bool between = between_before(at);
      if (next.year == 0) return lone_month(at, point);
      point.year = (separator.range || between) && point.month > next.month ? next.year - 1 : next.year;
      if ((separator.range || between) && next.day == 0 &&
          emit(point, next, point.begin_byte, next.end_byte)) {
        return next.end;
      }
      if (next.day != 0) return lone_month(at, point);
      emit(point, std::nullopt, point.begin_byte, point.end_byte);
      return point.end;
    }
    // Between June 1999 and June 2000: و is written onto the second month.
    if (between_before(at) && point.end < tokens_.size() && calendar_.has_conjunction(tokens_[point.end])) {
      const Point last = point_at(point.end);
      if (last && last.hijri == point.hijri && last.year != 0 &&
          emit(point, last, point.begin_byte, last.end_byte)) {
        return last.end;
      }
    }
    return take_range(at, point);
  }

  std::size_t lone_month(std::size_t, const Point& point) { return point.end; }

  // The early 1990s, أوائل التسعينيات: 199X, or the years of its part (docs/dates.md).
  std::size_t decade(std::size_t at, int year, std::size_t end) {
    const int start = year - year % 10;
    std::uint32_t begin_byte = tokens_[at].begin;
    if (tokens_[at].kind != TokenKind::number) {
      begin_byte += bytes_of_letters(text_.surface_of(tokens_[at]), calendar_.prefix_letters(tokens_[at]));
    }
    std::string value;
    const auto years = [&](int first, int last) {
      value = std::to_string(start + first) + "~/" + std::to_string(start + last) + "~";
    };
    // Early, mid or late stands before, across articles: au début des années 90; in Chinese after.
    std::size_t part = at;
    for (int words = 0; words < 4 && part > 0; ++words) {
      --part;
      if (cue_at(part, Cue::early)) {
        years(0, 3);
      } else if (cue_at(part, Cue::mid)) {
        years(4, 6);
      } else if (cue_at(part, Cue::late)) {
        years(7, 9);
      }
      if (!value.empty()) {
        begin_byte = tokens_[part].begin + bytes_of_letters(text_.surface_of(tokens_[part]),
                                                            calendar_.prefix_letters(tokens_[part]));
        break;
      }
      if (!cue_at(part, Cue::of | Cue::filler | Cue::decade_before) && !is_dash(tokens_[part])) break;
    }
    if (value.empty() && end < tokens_.size() && tokens_[end].kind == TokenKind::han &&
        cue_at(end, Cue::early | Cue::mid | Cue::late)) {
      if (cue_at(end, Cue::early)) {
        years(0, 3);
      } else if (cue_at(end, Cue::mid)) {
        years(4, 6);
      } else {
        years(7, 9);
      }
      ++end;
    }
    if (value.empty()) value = std::to_string(start / 10) + "X";
    add(begin_byte, tokens_[end - 1].end, value, value, RefClass::name);
    return end;
  }

  // Last year, هذا العام: against the document's date.
  std::size_t relative(std::size_t at, const Calendar::Hit& hit, const Phrase& phrase) {
    std::string name = phrase.name;
    int months = 0, years = 0;
    if (name.ends_with("month")) {
      months = static_cast<int>(phrase.value);
    } else {
      years = static_cast<int>(phrase.value);
    }
    int span = name.starts_with("past ") ? static_cast<int>(-phrase.value) : 0;
    if (name == "last year") {
      std::size_t before = at;
      while (before > 0 && text_.folded_of(tokens_[before - 1]) == "the") --before;
      if (before > 0 && cue_at(before - 1, Cue::over)) {
        name = "past year";
        span = 12;
      }
    }
    std::string value;
    if (now_ && now_->start().unspecified_digits == 0) {
      const EdtfPoint& now = now_->start();
      if (span > 0 && now.month >= 1 && now.month <= 12) {
        const int last = now.year * 12 + now.month - 1, first = last - span;
        const Edtf from = Edtf::of_month(first / 12, first % 12 + 1),
                   to = Edtf::of_month(now.year, now.month);
        value = span >= 120 ? std::to_string(first / 12) + "/" + std::to_string(now.year)
                            : from.text() + "/" + to.text();
      } else if (span > 0) {
        value = std::to_string(now.year - std::max(span / 12, 1)) + "/" + std::to_string(now.year);
      } else if (name.ends_with("month")) {
        if (now.month >= 1 && now.month <= 12) {
          const int month = now.year * 12 + now.month - 1 + months;
          value = Edtf::of_month(month / 12, month % 12 + 1).text();
        }
      } else {
        value = Edtf::of_year(now.year + years).text();
      }
    }
    const std::uint32_t begin =
        tokens_[at].begin + bytes_of_letters(text_.surface_of(tokens_[at]), hit.prefix_letters);
    add(begin, tokens_[hit.end_token - 1].end, value, value.empty() ? name : name + " (" + value + ")",
        RefClass::relative);
    return hit.end_token;
  }

  // --- out ---

  // "from 3 to 5 February and from 28 to 30 April 2015": a date without a year has that of the date before it
  // in its paragraph, or else of the one after.
  void inherit_years() {
    if (yearless_.empty()) return;
    for (const std::size_t index : yearless_) {
      Mention& mention = out_[index];
      const auto year_of = [&](const Mention& other) -> std::string {
        const auto value = Edtf::parse(other.value);
        if (other.ref != RefClass::name || !value || value->start().unspecified_digits > 0 ||
            value->start().month == 0 || value->end().kind != EdtfPoint::Kind::date) {
          return {};
        }
        return other.value.substr(0, 4);
      };
      std::string year;
      for (std::size_t before = index; before > symbols_end_ && year.empty(); --before)
        year = year_of(out_[before - 1]);
      for (std::size_t after = index + 1; after < out_.size() && year.empty(); ++after)
        year = year_of(out_[after]);
      if (year.empty()) continue;
      std::string value = mention.value;
      std::erase(value, '?');
      for (std::size_t at = 0; at != std::string::npos;
           at = value.find('/', at), at += at != std::string::npos) {
        value.replace(at, 4, year);
      }
      if (!Edtf::parse(value)) continue;
      mention.value = mention.name = value;
    }
  }

  // The year of a date that does not say one: that of the paper, or the one before if it would lie ahead.
  int year_for(int month) const {
    if (!now_ || now_->start().unspecified_digits > 0) return 0;
    const EdtfPoint& now = now_->start();
    return now.month >= 1 && now.month <= 12 && month > now.month ? now.year - 1 : now.year;
  }

  std::string value_of_point(const Point& point, bool last) const {
    const int month = last && point.month_to != 0 ? point.month_to : point.month;
    if (point.hijri) {
      const int hijri_year = point.year;
      if (hijri_year == 0) return {};
      const auto first = gregorian_of_hijri(hijri_year, std::max(month, 1), std::max(point.day, 1));
      if (!first) return {};
      if (point.day != 0) return Edtf::of_day(*first).text();
      auto end = gregorian_of_hijri(month == 0 ? hijri_year + 1 : hijri_year, month == 0 ? 1 : month + 1, 1);
      if (!end) return {};
      end = calendar_day(day_number(*end) - 1);
      return Edtf::of_day(*first).text() + "/" + Edtf::of_day(*end).text();
    }
    int year = point.year;
    bool guessed = false;
    if (year == 0) {
      year = year_for(month);
      guessed = true;
    }
    const auto two = [](int value) { return (value < 10 ? "0" : "") + std::to_string(value); };
    std::string text = year == 0 ? "XXXX" : std::to_string(year);
    if (month != 0) text += "-" + two(month);
    if (point.day != 0) text += "-" + two(point.day);
    if (guessed && year != 0) text += "?";
    return text;
  }

  bool emit(const Point& first, const std::optional<Point>& last, std::uint32_t begin, std::uint32_t end) {
    std::string value = value_of_point(first, false);
    if (last) {
      const std::string until = value_of_point(*last, true);
      if (first.hijri) {
        value = value.substr(0, value.find('/')) + "/" + until.substr(until.find('/') + 1);
      } else {
        value += "/" + until;
      }
    } else if (first.month_to != 0) {
      value += "/" + value_of_point(first, true);
    }
    const auto edtf = Edtf::parse(value);
    if (!edtf) {
      if (last) return false;
      return false;
    }
    const RefClass ref = first.year == 0 && (!last || last->year == 0) ? RefClass::relative : RefClass::name;
    if (ref == RefClass::relative) yearless_.push_back(out_.size());
    add(begin, end, value, value, ref);
    if (first.ambiguous) {
      Point other = first;
      std::swap(other.day, other.month);
      doubt("date.day-or-month", begin, end, value, Why::day_first, value_of_point(other, false),
            Why::month_first);
    }
    check_pair(first, last.has_value());
    last_hijri_ = first.hijri && !last ? out_.size() - 1 : kNone;
    last_end_byte_ = end;
    return true;
  }

  // A Gregorian date right after a Hijri one (الموافق) must be the same day; the moon may shift it by two.
  void check_pair(const Point& point, bool range) {
    if (last_hijri_ == kNone || point.hijri || range || point.day == 0) return;
    const Mention& ours = out_.back();
    Mention& hijri = out_[last_hijri_];
    const std::string_view between = text_.text.substr(
        last_end_byte_, ours.place.range.begin - std::min(last_end_byte_, ours.place.range.begin));
    if (between.size() > 40) return;
    bool paired = false;
    for (std::size_t at = 0; at < tokens_.size() && tokens_[at].begin < ours.place.range.begin; ++at) {
      if (tokens_[at].begin < last_end_byte_) continue;
      paired = paired || calendar_.is_cue(tokens_[at], Cue::same_as) || tokens_[at].is('(') ||
               is_dash(tokens_[at]) || tokens_[at].is('/');
    }
    const auto left = Edtf::parse(hijri.value), right = Edtf::parse(ours.value);
    if (!paired || !left || !right || left->is_interval()) return;
    const std::int64_t difference = left->days().earliest - right->days().earliest;
    if (std::abs(difference) <= 2) {
      hijri.value = hijri.name = ours.value;
      return;
    }
    doubt("date.hijri-gregorian", hijri.place.range.begin, ours.place.range.end, ours.value,
          Why::gregorian_as_printed, hijri.value, Why::hijri_by_table);
  }

  void doubt(std::string rule, std::uint32_t begin, std::uint32_t end, std::string taken, Why taken_because,
             std::string other, Why other_because) {
    Doubt doubt;
    doubt.rule = std::move(rule);
    doubt.place = {paragraph_, {begin, end}};
    doubt.readings.push_back({std::move(taken), because(taken_because).text(), true});
    doubt.readings.push_back({std::move(other), because(other_because).text(), false});
    doubts_.push_back(std::move(doubt));
  }

  void add(std::uint32_t begin, std::uint32_t end, std::string value, std::string name, RefClass ref) {
    Mention mention;
    mention.type = MentionType::date;
    mention.place = {paragraph_, {begin, end}};
    mention.value = std::move(value);
    mention.name = std::move(name);
    mention.ref = ref;
    out_.push_back(std::move(mention));
  }

  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  const TokenizedText& text_;
  const std::vector<Token>& tokens_;
  std::uint32_t paragraph_;
  const Calendar& calendar_;
  std::vector<Mention>& out_;
  std::vector<Doubt>& doubts_;
  std::optional<Edtf> now_;
  std::size_t first_ = 0;        // our paragraph's first mention in out_
  std::size_t symbols_end_ = 0;  // where the ones found before us end
  std::size_t next_symbol_ = 0;
  std::size_t year_list_end_ = 0;
  std::vector<std::size_t> yearless_;  // places in out_
  std::size_t last_hijri_ = kNone;
  std::uint32_t last_end_byte_ = 0;
};

}  // namespace

void find_dates(const TokenizedText& text, std::uint32_t paragraph, const Lexicon& lexicon,
                const document::Metadata& metadata, std::vector<Mention>& out, std::vector<Doubt>& doubts) {
  DateFinder(text, paragraph, lexicon.calendar, metadata, out, doubts).run();
}

std::string first_full_date(const TokenizedText& text, const Lexicon& lexicon) {
  std::vector<Mention> found;
  std::vector<Doubt> doubts;
  find_dates(text, 0, lexicon, {}, found, doubts);
  for (const Mention& mention : found) {
    const auto value = Edtf::parse(mention.value);
    if (value && !value->is_interval() && value->start().day > 0 && value->start().unspecified_digits == 0) {
      return mention.value;
    }
  }
  return {};
}

}  // namespace mithaq::reader
