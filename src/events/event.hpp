// Acts of organized violence, one by one, as a source lists them.
//
// A table is of one vintage of one source (see events/panel.hpp). Names stand once in the table's pool and
// events point to them, so that a million events are a million small rows.
//   source  UCDP GED codebook (Sundberg & Melander 2013; Högbladh 2023); ACLED codebook (2023)
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/month.hpp"
#include "events/panel.hpp"

namespace mithaq::events {

// Days from 1 January 1970, which is 0.
using Day = std::int32_t;

//   returns  nothing if the calendar has no such day or the year is not one of 1800 to 2200
std::optional<Day> day_of(int year, int month_of_year, int day_of_month);
Month month_of(Day day);
// "2009-02-20"
std::string day_text(Day day);

// A name in EventTable::strings; 0 is "", nothing said.
using StringIndex = std::uint32_t;

// The source's own name of an event as a number: up to four letters and a whole number below 10^13
// ("36210", "SOM12345"). It turns back into the same letters and number.
using EventId = std::int64_t;
std::optional<EventId> event_id_named(std::string_view text);
std::string to_text_of(EventId id);

struct Event {
  EventId id = 0;
  Day start = 0, end = 0;             // both included, start <= end
  std::int32_t best = 0;              // deaths, the source's best estimate
  std::int32_t low = 0, high = 0;     // low <= best <= high
  float latitude = 0, longitude = 0;  // degrees; both NaN if not known
  std::int32_t cell = 0;              // PRIO-GRID gid, 1 to 259200; 0 if not known
  std::int32_t country = 0;           // Gleditsch-Ward number; 0 if the source has none
  std::int32_t conflict_number = 0;   // the source's own; 0 if it has none
  std::int32_t dyad_number = 0;
  StringIndex state = 0;               // id of data/states.tsv, if it is known ("CAF")
  StringIndex country_name = 0;        // as the source writes it
  StringIndex conflict = 0, dyad = 0;  // names: "Uganda: Government", "Government of Uganda - LRA"
  StringIndex side_a = 0, side_b = 0;
  StringIndex place = 0;   // "Southeast Central African Republic"
  StringIndex source = 0;  // who reported it: "Reuters 25/2-09"
  Violence violence = Violence::state_based;
  std::uint8_t date_prec = 0;   // 1 the day is known … 5 more than a month; 0 not said
  std::uint8_t where_prec = 0;  // 1 the place is known … 7 international waters or air; 0 not said
  std::uint8_t clarity = 0;     // 1 clear, 2 less clear; 0 not said
};

struct EventTable {
  std::string vintage{};  // "ged-23.1"
  std::string source{};   // who is to be cited, in words
  std::string licence{};  // "CC BY 4.0"
  // The months that the source looked at, both included: in them, no event means no deaths.
  Month first = 1, last = 0;
  std::vector<std::string> strings{std::string()};
  std::vector<Event> events{};

  std::string_view text(StringIndex index) const { return strings[index]; }
};

// The cell of half a degree that holds a point, PRIO-GRID (Tollefsen, Strand & Buhaug 2012):
// floor((lat + 90) * 2) * 720 + floor((lon + 180) * 2) + 1, rows from the south, columns from the west.
//   returns  0 if the point is not on the globe (NaN, or outside [-90, 90], [-180, 180]); the poles and the
//            180th meridian belong to the last row and column
//   example  5.399784, 26.486881 (Southeast Central African Republic) is 137213
std::int32_t grid_cell(double latitude, double longitude);

}  // namespace mithaq::events
