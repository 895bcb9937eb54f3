// Agenda items that come back every so many sessions, and when those sessions open: data/debates, read.
//
// "Every two years the General Assembly takes a resolution on the co-operation between the United Nations and
// the Collective Security Treaty Organization" (concept note of October 2016): the rule and the sessions are
// data, the next session due is computed.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "acts/act.hpp"

namespace mithaq::debates {

struct Cycle {
  std::string id{};                     // "un_csto"
  std::string series{};                 // of sessions: "UN.GA"
  int first = 0;                        // a session in which it was due
  int every = 1;                        // sessions from one to the next; 1 to 20
  std::vector<int> remind_days{};       // before the session opens; most days first
  std::vector<std::string> concerns{};  // statuses of data/access whose holders are reminded
  acts::Words item{};
  std::string source{};
};

// A rule by which the sessions of a series open from some year on.
struct SessionRule {
  std::string series{};
  int base = 0;     // session = year - base
  int from = 0;     // first year
  int month = 1;    // 1 to 12
  int weekday = 1;  // 1 Monday to 7 Sunday
  int week = 1;     // counted from the first week of the month that has a working day
  std::string source{};
};

struct Rule {
  std::string id{};  // "debates/views"
  acts::Words quote{};
  std::string source{};
};

struct DueSession {
  int session = 0;
  std::chrono::year_month_day opens{};
  friend bool operator==(const DueSession&, const DueSession&) = default;
};

class Calendar {
 public:
  //   folder  data/debates
  //   throws  Error{not_found} without the tables, Error{invalid_input} naming file and line
  static Calendar load(const std::filesystem::path& folder);

  const std::vector<Cycle>& cycles() const { return cycles_; }
  const Cycle* cycle(std::string_view id) const;
  const Rule* rule(std::string_view id) const;

  // The day on which a session opens.
  //   returns  nothing if no rule covers its year
  //   example  opening("UN.GA", 79) is 2024-09-10
  std::optional<std::chrono::year_month_day> opening(std::string_view series, int session) const;
  // The session that sits on a day: the last one that opened.
  std::optional<int> session_on(std::string_view series, std::chrono::sys_days day) const;
  // The first session behind `after` in which an item is due.
  //   example  due(un_csto, 71) is session 73
  static int due(const Cycle& cycle, int after);
  // The first that opens on this day or later.
  std::optional<DueSession> next_due(const Cycle& cycle, std::chrono::sys_days day) const;

 private:
  std::vector<Cycle> cycles_{};
  std::vector<SessionRule> sessions_{};
  std::vector<Rule> rules_{};
};

}  // namespace mithaq::debates
