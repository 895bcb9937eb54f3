// Which kind of file this is, by the names of its columns, and what reading one takes and tells.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "events/event.hpp"

namespace mithaq::events {

//   ged             UCDP GED and UCDP candidate events, CSV: 49 columns or older ones, found by name
//   ged_geojson     the same as GeoJSON
//   acled           ACLED's event export, CSV
//   country_months  month_id, country_id, ged_sb, ged_ns, ged_os; or long: month_id, country_id, violence,
//   deaths;
//                   or the outcomes of the VIEWS challenge: window, month_id, country_id, outcome
//   grid_months     month_id, gid, sb, ns, os
//   indicators      World Bank's layout, or long: country, year, indicator, value, source
enum class Layout : std::uint8_t { ged, ged_geojson, acled, country_months, grid_months, indicators };
std::string_view name_of(Layout layout);

// Columns by name: capitals make no difference.
class Columns {
 public:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  explicit Columns(std::span<const std::string_view> names);
  // The first of these names that the file has; kNone if it has none.
  std::size_t find(std::initializer_list<std::string_view> names) const;
  bool has(std::string_view name) const { return find({name}) != kNone; }
  std::size_t count() const { return names_.size(); }
  std::string all() const;  // "id, relid, year, …", cut after some

 private:
  std::vector<std::string> names_;
};

// Tells the layout of a file.
//   begin   its first bytes, some 64 KiB or all
//   throws  Error{invalid_input} naming the columns that were found and those that each layout needs
Layout layout_of(std::string_view begin);

// Names and numbers of States as sources write them; the caller fills it from data/.
struct StateNames {
  std::unordered_map<std::string, std::string> by_name{};     // folded (base/fold.hpp): id of data/states.tsv
  std::unordered_map<std::int32_t, std::string> by_m49{};     // UN M49, which is ISO 3166-1 numeric
  std::unordered_map<std::int32_t, std::string> by_gwcode{};  // Gleditsch & Ward
  // Empty if there is none.
  std::string_view named(std::string_view name) const;
};

// One line of data/conflict/acled_kinds.tsv: which of UCDP's kinds an event of ACLED is.
struct AcledRule {
  std::string event_type{};      // "Battles"
  std::string sub_event_type{};  // empty: any
  // "state": a State's forces take part; "civilians": civilians are the target; empty: always
  std::string if_{};
  std::string kind{};  // "state_based", "non_state", "one_sided"; "none": no organized violence
};

struct ReadOptions {
  // What came after it is in the future: such a row is left out.
  Day today = 0;
  const StateNames* states = nullptr;  // must outlive the reading
  std::span<const AcledRule> acled{};  // the first that fits decides
  // More rows with values that cannot be than this part refuse the file, unless there are few (10).
  double bad_part_max = 0.01;
  std::string source{};  // of an indicator whose file names none
  // Told how many bytes are read, now and then; false stops with Error{unavailable}.
  std::function<bool(std::size_t bytes)> passed{};
};

// What came of a file.
struct ReadReport {
  Layout layout = Layout::ged;
  std::size_t rows = 0;  // read, without the head
  std::size_t kept = 0;
  std::size_t duplicates = 0;  // the same event or month once more: kept once
  std::size_t bad = 0;         // left out for a value that cannot be
  std::size_t widened = 0;     // kept, although the best estimate is not between the low and the high one
  struct Reason {
    std::size_t count = 0;
    std::vector<std::size_t> lines{};  // the first few; of GeoJSON, features from 1
  };
  // Why rows were left out, in words.
  std::map<std::string, Reason> left_out{};
  std::map<std::string, std::size_t>
      unknown_countries{};         // as the file writes them: rows; they are kept where it can be
  std::size_t missing_months = 0;  // of a table by country and month: between its country's first and last
  std::vector<std::string> missing{};  // the first few: "70 2009-03"
  Month first = 1, newest = 0;         // of the kept rows

  //   line  gives the row's; asked only for the first few, because counting lines takes time
  void leave_out(const std::string& reason, const std::function<std::size_t()>& line, bool is_bad = true);
  void saw(Month month);
};

// Refuses a file with too many bad rows.
//   throws  Error{invalid_input} with the most frequent reason and its lines
void refuse_if_bad(const ReadReport& report, const ReadOptions& options);

// A whole number; "12.0" is one.
//   returns  nothing if the text is none, or outside of the type
std::optional<std::int32_t> whole_number(std::string_view text);
// Any finite number.
std::optional<double> number(std::string_view text);
// "2009-02-20", with or without a time behind a blank or T; "20 February 2009".
std::optional<Day> day_named(std::string_view text);

}  // namespace mithaq::events
