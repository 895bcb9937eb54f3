#include "service/journal_phrases.hpp"

#include <fmt/format.h>

#include <set>

#include "base/error.hpp"
#include "base/table.hpp"

namespace mithaq::service {

namespace {

constexpr const char* kLanguages[] = {"ar", "en", "ru"};

std::set<std::string> gaps_of(std::string_view phrase) {
  std::set<std::string> gaps;
  for (std::size_t at = phrase.find('{'); at != std::string_view::npos; at = phrase.find('{', at + 1)) {
    const std::size_t end = phrase.find('}', at);
    if (end == std::string_view::npos) break;
    gaps.emplace(phrase.substr(at + 1, end - at - 1));
  }
  return gaps;
}

}  // namespace

JournalPhrases JournalPhrases::load(const std::filesystem::path& data) {
  JournalPhrases phrases;
  const Table table = Table::read(data / "journal_phrases.tsv");
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const std::string id(table.cell(row, "id"));
    const auto wrong = [&](const std::string& why) -> Error {
      return {ErrorKind::invalid_input, fmt::format("{}:{}: {}", table.name(), table.line_of(row), why)};
    };
    acts::Words& words = phrases.phrases_[id];
    if (!words.empty()) throw wrong("the phrase " + id + " is there twice");
    for (const char* language : kLanguages) {
      words[language] = std::string(table.cell(row, language));
      if (words[language].empty()) throw wrong("the phrase " + id + " is missing in " + language);
      // Clocks differ: only English has halves of the day.
      if (!id.starts_with("time.") && gaps_of(words[language]) != gaps_of(words["ar"]))
        throw wrong("the phrase " + id + " has other gaps in " + language);
    }
  }
  for (const char* file : {"states.tsv", "organizations.tsv"}) {
    const Table names = Table::read(data / file);
    for (std::size_t row = 0; row < names.row_count(); ++row) {
      acts::Words& words = phrases.names_[std::string(names.cell(row, "id"))];
      for (const char* language : kLanguages)
        if (const auto name = names.cell(row, language); !name.empty()) words[language] = std::string(name);
    }
  }
  return phrases;
}

papers::Text JournalPhrases::say(std::string_view id, std::string_view language, const std::vector<Gap>& gaps,
                                 std::string_view of) const {
  auto found = of.empty() ? phrases_.end() : phrases_.find(std::string(id) + "." + std::string(of));
  if (found == phrases_.end()) found = phrases_.find(id);
  expect(found != phrases_.end(), "a phrase of data/journal_phrases.tsv: " + std::string(id));
  const std::string phrase = acts::words_in(found->second, language);
  papers::Text text;
  std::size_t begin = 0;
  for (std::size_t at = phrase.find('{'); at != std::string::npos; at = phrase.find('{', begin)) {
    const std::size_t end = phrase.find('}', at);
    if (end == std::string::npos) break;
    if (at > begin) text.push_back({.text = phrase.substr(begin, at - begin)});
    const std::string_view name = std::string_view(phrase).substr(at + 1, end - at - 1);
    for (const Gap& gap : gaps)
      if (gap.name == name) text.insert(text.end(), gap.text.begin(), gap.text.end());
    begin = end + 1;
  }
  if (begin < phrase.size()) text.push_back({.text = phrase.substr(begin)});
  return text;
}

std::string JournalPhrases::plain(std::string_view id, std::string_view language, std::string_view of) const {
  return papers::text_of(say(id, language, {}, of));
}

std::string JournalPhrases::name_of(std::string_view id, std::string_view language) const {
  const auto found = names_.find(id);
  const std::string name = found == names_.end() ? "" : acts::words_in(found->second, language);
  return name.empty() ? std::string(id) : name;
}

papers::Text JournalPhrases::row(const std::vector<papers::Text>& parts, std::string_view language) {
  papers::Text text;
  for (const papers::Text& part : parts) {
    if (!text.empty()) text.push_back({.text = language == "ar" ? "، " : ", "});
    text.insert(text.end(), part.begin(), part.end());
  }
  return text;
}

papers::Text JournalPhrases::list(const std::vector<papers::Text>& parts, std::string_view language) const {
  if (parts.size() < 2) return row(parts, language);
  const papers::Text but_last = row({parts.begin(), parts.end() - 1}, language);
  return say("and", language, {{"list", but_last}, {"last", parts.back()}});
}

papers::Text JournalPhrases::names(const std::vector<std::string>& ids, std::string_view language) const {
  std::vector<papers::Text> parts;
  for (const std::string& id : ids) parts.push_back(papers::plain(name_of(id, language)));
  return list(parts, language);
}

papers::Text JournalPhrases::plain_date(std::chrono::year_month_day day, std::string_view language) const {
  return say("date.plain", language,
             {{"day", papers::symbol(std::to_string(static_cast<unsigned>(day.day())))},
              {"month",
               papers::plain(plain("month." + std::to_string(static_cast<unsigned>(day.month())), language))},
              {"year", papers::symbol(std::to_string(static_cast<int>(day.year())))}});
}

papers::Text JournalPhrases::date(std::chrono::year_month_day day, std::string_view language) const {
  const unsigned weekday = std::chrono::weekday(std::chrono::sys_days(day)).iso_encoding();
  return say("date.day", language,
             {{"weekday", papers::plain(plain("weekday." + std::to_string(weekday), language))},
              {"day", papers::symbol(std::to_string(static_cast<unsigned>(day.day())))},
              {"month",
               papers::plain(plain("month." + std::to_string(static_cast<unsigned>(day.month())), language))},
              {"year", papers::symbol(std::to_string(static_cast<int>(day.year())))}});
}

papers::Text JournalPhrases::time(std::chrono::milliseconds since_midnight, std::string_view language) const {
  const auto minutes = std::chrono::floor<std::chrono::minutes>(since_midnight).count();
  const auto hour = minutes / 60, minute = minutes % 60;
  const bool english = language == "en";
  const std::string shown_minute = fmt::format("{:02}", minute);
  const std::string shown_hour = std::to_string(english ? (hour % 12 == 0 ? 12 : hour % 12) : hour);
  // In Arabic the time is one symbol, so that its halves do not change places.
  if (language == "ar") {
    papers::Text text = say("time.clock", language,
                            {{"hour", papers::plain(shown_hour)}, {"minute", papers::plain(shown_minute)}});
    return papers::with_symbols(papers::text_of(text));
  }
  return say(minute == 0 && english ? "time.hour" : "time.clock", language,
             {{"hour", papers::plain(shown_hour)},
              {"minute", papers::plain(shown_minute)},
              {"half", papers::plain(hour < 12 ? "a.m." : "p.m.")}});
}

papers::Text JournalPhrases::expiry(Instant at, const std::string& zone, std::string_view language) const {
  const auto known = Zone::named(zone);
  const Zone clock = known ? *known : *Zone::named("UTC");
  const LocalTime local = clock.local(at);
  return say("expiry", language,
             {{"date", date(local.day, language)},
              {"time", time(local.since_midnight, language)},
              {"zone", papers::symbol(clock.name() + " " + format_offset(clock.offset_minutes(at)))}});
}

std::string JournalPhrases::ordinal(int number, std::string_view language) {
  const std::string digits = std::to_string(number);
  if (language == "ru") return digits + "-е";
  if (language != "en") return digits;
  const int tens = number % 100, ones = number % 10;
  if (tens >= 11 && tens <= 13) return digits + "th";
  return digits + (ones == 1 ? "st" : ones == 2 ? "nd" : ones == 3 ? "rd" : "th");
}

SaidIn said_in(const acts::Words& words, std::string_view language) {
  const std::string text = acts::words_in(words, language);
  for (const auto& [each, said] : words)
    if (each == language && said == text) return {.text = text, .language = std::string(language)};
  for (const auto& [each, said] : words)
    if (said == text) return {.text = text, .language = each};
  return {};
}

}  // namespace mithaq::service
