// Events, names and months as few bytes, for a table beside the record.
//
// Whole numbers stand column by column, each as the difference from the one before, in as few bytes as it
// needs (zigzag, seven bits a byte); places stand as they are in memory. A million events are some 30 MB, and
// packing and unpacking are as fast as memory.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "events/event.hpp"
#include "events/month_table.hpp"

namespace mithaq::events {

std::string pack_events(std::span<const Event> events);
// Adds them behind what is there.
//   strings  how many names there are: every index must be below
//   throws   Error{corrupt} if the bytes are no events; of the following too
void unpack_events(std::string_view bytes, std::size_t strings, std::vector<Event>& into);

std::string pack_strings(std::span<const std::string> strings);
void unpack_strings(std::string_view bytes, std::vector<std::string>& into);

std::string pack_months(std::span<const MonthRow> rows);
void unpack_months(std::string_view bytes, std::vector<MonthRow>& into);

}  // namespace mithaq::events
