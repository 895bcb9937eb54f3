#include "events/packed.hpp"

#include <bit>
#include <cstring>

#include "base/error.hpp"

namespace mithaq::events {
namespace {

static_assert(std::endian::native == std::endian::little, "places are kept as they are in memory");

[[noreturn]] void corrupt() {
  throw Error(ErrorKind::corrupt,
              "what is kept of the events is damaged: remove the vintage and import it again");
}

void put(std::string& out, std::uint64_t number) {
  while (number >= 0x80) {
    out.push_back(static_cast<char>(number | 0x80));
    number >>= 7;
  }
  out.push_back(static_cast<char>(number));
}

std::uint64_t take(std::string_view& bytes) {
  std::uint64_t number = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    if (bytes.empty()) corrupt();
    const auto byte = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    number |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
    if (byte < 0x80) return number;
  }
  corrupt();
}

std::uint64_t zigzag(std::int64_t number) {
  return (static_cast<std::uint64_t>(number) << 1) ^ static_cast<std::uint64_t>(number >> 63);
}
std::int64_t unzigzag(std::uint64_t number) {
  return static_cast<std::int64_t>((number >> 1) ^ (~(number & 1) + 1));
}

// One column of whole numbers. Differences wrap around, so that any numbers come back.
template <typename Row, typename Number>
void put_column(std::string& out, std::span<const Row> rows, Number Row::*member) {
  std::uint64_t before = 0;
  for (const Row& row : rows) {
    const auto now = static_cast<std::uint64_t>(static_cast<std::int64_t>(row.*member));
    put(out, zigzag(static_cast<std::int64_t>(now - before)));
    before = now;
  }
}

template <typename Row, typename Number>
void take_column(std::string_view& bytes, std::span<Row> rows, Number Row::*member) {
  std::uint64_t now = 0;
  for (Row& row : rows) {
    now += static_cast<std::uint64_t>(unzigzag(take(bytes)));
    const auto number = static_cast<Number>(now);
    if (static_cast<std::uint64_t>(static_cast<std::int64_t>(number)) != now) corrupt();
    row.*member = number;
  }
}

void put_float(std::string& out, float value) {
  char bytes[sizeof value];
  std::memcpy(bytes, &value, sizeof value);
  out.append(bytes, sizeof value);
}

float take_float(std::string_view& bytes) {
  float value = 0;
  if (bytes.size() < sizeof value) corrupt();
  std::memcpy(&value, bytes.data(), sizeof value);
  bytes.remove_prefix(sizeof value);
  return value;
}

// All members of an event that are whole numbers, in the order in which they are kept.
template <typename Each>
void for_each_number(const Each& each) {
  each(&Event::id);
  each(&Event::start);
  each(&Event::end);
  each(&Event::best);
  each(&Event::low);
  each(&Event::high);
  each(&Event::cell);
  each(&Event::country);
  each(&Event::conflict_number);
  each(&Event::dyad_number);
  each(&Event::state);
  each(&Event::country_name);
  each(&Event::conflict);
  each(&Event::dyad);
  each(&Event::side_a);
  each(&Event::side_b);
  each(&Event::place);
  each(&Event::source);
  each(&Event::date_prec);
  each(&Event::where_prec);
  each(&Event::clarity);
}

// The number of rows; each has at least so many bytes, so that a false number makes no large vector.
std::size_t take_count(std::string_view& bytes, std::size_t bytes_of_row) {
  const std::uint64_t count = take(bytes);
  if (count > bytes.size() / bytes_of_row) corrupt();
  return static_cast<std::size_t>(count);
}

}  // namespace

std::string pack_events(std::span<const Event> events) {
  std::string out;
  out.reserve(events.size() * 40 + 16);
  put(out, events.size());
  for_each_number([&](auto member) { put_column(out, events, member); });
  for (const Event& event : events) put(out, static_cast<std::uint64_t>(event.violence));
  for (const Event& event : events) {
    put_float(out, event.latitude);
    put_float(out, event.longitude);
  }
  return out;
}

void unpack_events(std::string_view bytes, std::size_t strings, std::vector<Event>& into) {
  const std::size_t count = take_count(bytes, 22 + 2 * sizeof(float)), before = into.size();
  into.resize(before + count);
  const std::span<Event> events(into.data() + before, count);
  for_each_number([&](auto member) { take_column(bytes, events, member); });
  for (Event& event : events) {
    const std::uint64_t violence = take(bytes);
    if (violence >= kViolences) corrupt();
    event.violence = static_cast<Violence>(violence);
  }
  for (Event& event : events) {
    event.latitude = take_float(bytes);
    event.longitude = take_float(bytes);
    for (const StringIndex index : {event.state, event.country_name, event.conflict, event.dyad, event.side_a,
                                    event.side_b, event.place, event.source})
      if (index >= strings) corrupt();
    if (event.start > event.end || event.low < 0 || event.low > event.best || event.best > event.high)
      corrupt();
  }
  if (!bytes.empty()) corrupt();
}

std::string pack_strings(std::span<const std::string> strings) {
  std::string out;
  put(out, strings.size());
  for (const std::string& each : strings) {
    put(out, each.size());
    out += each;
  }
  return out;
}

void unpack_strings(std::string_view bytes, std::vector<std::string>& into) {
  const std::size_t count = take_count(bytes, 1);
  into.reserve(into.size() + count);
  for (std::size_t at = 0; at < count; ++at) {
    const std::uint64_t size = take(bytes);
    if (size > bytes.size()) corrupt();
    into.emplace_back(bytes.substr(0, size));
    bytes.remove_prefix(size);
  }
  if (!bytes.empty()) corrupt();
}

std::string pack_months(std::span<const MonthRow> rows) {
  std::string out;
  out.reserve(rows.size() * 16 + 16);
  put(out, rows.size());
  put_column(out, rows, &MonthRow::unit);
  put_column(out, rows, &MonthRow::month);
  for (const MonthRow& row : rows)
    for (const float each : row.deaths) put_float(out, each);
  return out;
}

void unpack_months(std::string_view bytes, std::vector<MonthRow>& into) {
  const std::size_t count = take_count(bytes, 2 + kViolences * sizeof(float)), before = into.size();
  into.resize(before + count);
  const std::span<MonthRow> rows(into.data() + before, count);
  take_column(bytes, rows, &MonthRow::unit);
  take_column(bytes, rows, &MonthRow::month);
  for (MonthRow& row : rows) {
    for (float& each : row.deaths) {
      each = take_float(bytes);
      if (each < 0) corrupt();
    }
  }
  if (!bytes.empty()) corrupt();
}

}  // namespace mithaq::events
