// The calendar of a year, proposed from rules: the weekly Council and Forum, contact groups, yearly
// conferences.
//
// A rule says "every Thursday at 10:00 in Vienna, but in the recesses" (data/meetings/calendar.tsv). What
// comes of it is a proposal; a secretariat confirms each meeting, moves it or leaves it.
#pragma once

#include <chrono>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "acts/act.hpp"
#include "acts/deadline.hpp"
#include "engines/meetings/bodies.hpp"

namespace mithaq::meetings {

enum class Recurrence { weekly, monthly, once };
std::span<const std::string_view> names_of(Recurrence);

struct MeetingRule {
  std::string id{};  // "OSCE_PC/weekly"
  std::string body{};
  Recurrence kind = Recurrence::weekly;
  std::vector<unsigned> months{};   // of a monthly rule, 1 to 12
  unsigned week = 0;                // the nth weekday of the month, 1 to 4; 5: the last
  std::chrono::weekday weekday{0};  // of weekly and monthly
  Day date{};                       // of once
  int days = 1;                     // how many it lasts
  std::chrono::minutes begins{};    // since midnight, local
  std::chrono::minutes lasts{};     // on each day
  Day from{}, to{};                 // when the rule holds; not ok(): without an end
  std::string place{};
  acts::Words title{};
  acts::Words says{};
  std::string source{};
};

// A meeting that a rule proposes.
struct Proposal {
  std::string rule{};
  std::string body{};
  int number = 0;  // in the year, of this rule, from 1
  acts::Deadline begins{}, ends{};
  std::string place{};
  acts::Words title{};
};

// Easter Sunday of the Gregorian calendar.
//   example  easter(2026) is 2026-04-05
Day easter(std::chrono::year year);

class Calendar {
 public:
  //   data    the folder data/
  //   throws  Error{not_found}, Error{invalid_input} naming file and line
  static Calendar load(const std::filesystem::path& data, const Bodies& bodies);

  const std::vector<MeetingRule>& rules() const { return rules_; }
  const MeetingRule* find(std::string_view id) const;
  // Whether regular meetings of a body do not take place on a day.
  bool in_recess(std::string_view body, Day day) const;
  // What the rules propose for a year, by time. Local times are as a wall clock shows them all year: 10:00 in
  // Vienna is 09:00Z in winter and 08:00Z in summer.
  //   body  empty: all
  std::vector<Proposal> propose(std::string_view body, std::chrono::year year) const;

 private:
  // A day of every year: of a month, or so many days from Easter Sunday.
  struct YearDay {
    bool from_easter = false;
    int days = 0;
    unsigned month = 0, day = 0;
    Day in(std::chrono::year year) const;
  };
  struct Recess {
    std::string body{};
    YearDay from{}, to{};
  };
  static YearDay year_day_of(std::string_view text, const std::string& where);

  std::vector<MeetingRule> rules_{};
  std::vector<Recess> recesses_{};
  std::map<std::string, std::string, std::less<>> zones_{};  // by body
};

}  // namespace mithaq::meetings
