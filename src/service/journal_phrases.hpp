// The fixed words of journals and decisions in the languages of the interface: data/journal_phrases.tsv.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "acts/act.hpp"
#include "base/instant.hpp"
#include "base/zone.hpp"
#include "papers/paper.hpp"
#include "secretariat/names.hpp"

namespace mithaq::service {

class JournalPhrases {
 public:
  //   data    the folder data/
  //   throws  Error{not_found}, Error{invalid_input} naming file and line if a phrase lacks a language, or
  //   its
  //           languages do not name the same gaps
  static JournalPhrases load(const std::filesystem::path& data);

  struct Gap {
    std::string_view name{};
    papers::Text text{};
  };
  // The phrase with its gaps filled. `of` narrows it: the phrase "meeting.OSCE_PC" if there is one, else
  // "meeting".
  //   throws   Error{bug} if there is no such phrase
  //   example  say("item", "ar", {{"number", papers::symbol("1")}, {"title", papers::plain("…")}})
  papers::Text say(std::string_view id, std::string_view language, const std::vector<Gap>& gaps = {},
                   std::string_view of = {}) const;
  std::string plain(std::string_view id, std::string_view language, std::string_view of = {}) const;
  bool has(std::string_view id) const { return phrases_.contains(id); }
  // The languages in which papers are written.
  static bool writes(std::string_view language) {
    return language == "ar" || language == "en" || language == "ru";
  }

  // A State or an organization; its id where there is no name.
  std::string name_of(std::string_view id, std::string_view language) const;
  // "A, B and C"
  papers::Text list(const std::vector<papers::Text>& parts, std::string_view language) const;
  papers::Text names(const std::vector<std::string>& ids, std::string_view language) const;
  // "A, B, C"
  static papers::Text row(const std::vector<papers::Text>& parts, std::string_view language);

  // "Thursday, 11 July 2019"
  papers::Text date(std::chrono::year_month_day day, std::string_view language) const;
  // "11 July 2019"
  papers::Text plain_date(std::chrono::year_month_day day, std::string_view language) const;
  // "10.05 a.m.", "الساعة 10:05"
  papers::Text time(std::chrono::milliseconds since_midnight, std::string_view language) const;
  // "Thursday, 11 July 2019 at 12 p.m. (Europe/Vienna, +02:00)"
  papers::Text expiry(Instant at, const std::string& zone, std::string_view language) const;
  // "1233rd"
  static std::string ordinal(int number, std::string_view language);

 private:
  std::map<std::string, acts::Words, std::less<>> phrases_{};
  std::map<std::string, acts::Words, std::less<>> names_{};
};

// The words in the paper's language, or in another if they were only said in that: then it says which.
struct SaidIn {
  std::string text{};
  std::string language{};
};
SaidIn said_in(const acts::Words& words, std::string_view language);

}  // namespace mithaq::service
