// Makes events out of rows of any source: checks what a row says, keeps names once, counts what is left out.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/event.hpp"
#include "events/formats/layout.hpp"

namespace mithaq::events {

// Names, each once, in the order in which they came.
class StringPool {
 public:
  explicit StringPool(std::vector<std::string>& strings);
  StringIndex of(std::string_view text);

 private:
  void grow();
  std::vector<std::string>& strings_;
  std::vector<StringIndex> slots_;  // by hash; 0 is free, because the empty name needs no slot
};

// What a row says, as text; an empty one says nothing.
struct EventRow {
  std::string_view id{}, violence{}, date_start{}, date_end{}, year{}, month{}, day{};
  std::string_view best{}, low{}, high{};
  std::string_view latitude{}, longitude{}, cell{};
  std::string_view country_number{}, country_name{}, country_m49{};
  std::string_view conflict_number{}, conflict{}, dyad_number{}, dyad{}, side_a{}, side_b{}, place{},
      source{};
  std::string_view where_prec{}, date_prec{}, clarity{};
};

class EventBuilder {
 public:
  // table, options and report outlive this
  EventBuilder(EventTable& table, const ReadOptions& options, ReadReport& report);
  //   line  gives where it stands, for the report
  void add(const EventRow& row, const std::function<std::size_t()>& line);
  // With the kind of violence known already.
  void add(const EventRow& row, const std::function<std::size_t()>& line, Violence violence);
  // At the end: duplicates are thrown away, the months that the table covers are noted. They begin with the
  // year of the first event, because releases begin with a year, and end with the month of the newest; of
  // less than a year (candidate events) they begin with the month of the first.
  void finish();

 private:
  const char* fill(const EventRow& row, Event& event);

  EventTable& table_;
  const ReadOptions& options_;
  ReadReport& report_;
  StringPool pool_;
  std::size_t first_row_ = 0;  // of this file in the table
};

// UCDP GED and candidate files, and the layouts that are read like them.
//   into    gets the events behind those that it has
//   throws  Error{invalid_input} if the file cannot be read whole: see csv.hpp; a row with fewer or more
//   fields than
//           the head, as the last one of a file that was cut off; too many bad rows
ReadReport read_ged(std::string_view text, const ReadOptions& options, EventTable& into);
ReadReport read_ged_geojson(std::string_view text, const ReadOptions& options, EventTable& into);
ReadReport read_acled(std::string_view text, const ReadOptions& options, EventTable& into);

}  // namespace mithaq::events
