// The status register: which State was what in which organization, at any instant, and who says so.
//
// Plain data in, plain data out: the spells of data/memberships/ (docs/data-files.md), no clock and no store.
// Sets of States are always computed for an instant, never kept as a number. Dates that are known to the year
// or month only make an answer uncertain, never silently true or false.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/edtf.hpp"
#include "base/table.hpp"

// `register` is a word of C++, so the namespace has a longer name than the folder.
namespace mithaq::status_register {

// A State holds a status in an organization from one day until another.
struct Spell {
  std::string organization{};  // id of data/organizations.tsv
  std::string state{};         // id of data/states.tsv
  std::string status{};  // "member", "participating_state", "partner_asian", "observer", "suspended", …
  std::string from{};    // EDTF: the first day on which it holds
  std::string to{};      // EDTF: the first day on which it no longer holds; empty: it still holds
  std::string source{};
  // The days on which it may begin and end. A date marked uncertain or approximate (? ~ %) may be a year off.
  DayRange begins{};
  DayRange ends{};  // earliest and latest are DayRange::kNoEnd if it still holds
};

// A spell that holds at the time asked for.
struct Holding {
  Spell spell{};
  // It may hold, but the dates do not say for certain: from "1969" may or may not cover 1 July 1969; and
  // asked for a whole year, a spell that covers a part of it.
  bool uncertain = false;
};

// A State of a part of an overlap.
struct PartState {
  std::string state{};
  // It may belong to another part: some spell that was counted, or left out, is uncertain.
  bool uncertain = false;
  std::vector<Holding> holdings{};  // one or more for each organization of the part, in their order
};

// The States that are in all of some organizations and in none of the others that were asked about.
struct Part {
  std::vector<std::string> organizations{};  // in the order asked
  std::vector<PartState> states{};           // by id
};

// What counts as belonging, if the caller does not say. A suspended member has the status "suspended", which
// is not among them: ask for it if it should count.
inline constexpr std::string_view kFullStatuses[] = {"member", "participating_state"};

class Register {
 public:
  // Reads every .tsv of a folder.
  //   throws  Error{not_found} if there is none, Error{invalid_input} naming file and line if a spell has no
  //           organization, State or status, a date is no EDTF, or it ends before it begins
  static Register load(const std::filesystem::path& folder);
  void add(const Table& table);

  std::span<const Spell> spells() const { return spells_; }
  bool knows(std::string_view organization) const;

  // The States that hold one of the statuses at a time (a day, a month, a year, an interval), by id, then
  // time. A State may be there twice if the time is longer than a day or a date is coarse.
  //   example  members("OSCE", *Edtf::parse("2011-06-01")) has 56 States, none uncertain
  std::vector<Holding> members(std::string_view organization, const Edtf& at,
                               std::span<const std::string_view> statuses = kFullStatuses) const;

  // All spells of a State or of an organization, by time, then organization and State.
  std::vector<Spell> history(std::string_view state_or_organization) const;

  // Every part of the Venn diagram of some organizations that is not empty; most organizations first, then in
  // the order asked.
  //   throws  Error{invalid_input} if more than kMaxOverlap organizations are asked for, or one twice
  //   example overlap({"OIC", "AU", "LAS"}, *Edtf::parse("2020-01-01")): the first part holds Algeria,
  //   Comoros, …
  static constexpr std::size_t kMaxOverlap = 16;
  std::vector<Part> overlap(std::span<const std::string> organizations, const Edtf& at,
                            std::span<const std::string_view> statuses = kFullStatuses) const;

 private:
  std::vector<Spell> spells_;  // by organization, State, beginning
};

}  // namespace mithaq::status_register
