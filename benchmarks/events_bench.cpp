// How fast files of events are read, beside the physical limit: a pass over the same bytes, in the same run,
// that only looks for line ends (memchr).
//
// Usage: events_bench [EVENTS] [FILE.csv]
//   EVENTS    how many (2000000)
//   FILE.csv  lines of UCDP GED that are repeated with ids of their own (those of tests/scenarios/events)
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>

#include "base/error.hpp"
#include "base/mapped_file.hpp"
#include "events/formats/csv.hpp"
#include "events/formats/event_builder.hpp"
#include "events/packed.hpp"
#include "service/event_import.hpp"
#include "service/shipped_panel.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq {
namespace {

namespace fs = std::filesystem;

double seconds_of(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

// The lines again and again, each with a number of its own instead of its id.
void make_file(const fs::path& from, const fs::path& to, std::size_t events) {
  const MappedFile file(from);
  std::vector<std::string> rows;
  events::CsvRows read(file.bytes());
  read.next();
  const std::string head(file.bytes().substr(read.offset(), read.end() - read.offset()));
  while (read.next()) {
    const std::string_view row = file.bytes().substr(read.offset(), read.end() - read.offset());
    rows.emplace_back(row.substr(row.find(',')));
  }
  std::ofstream out(to, std::ios::binary);
  out << head;
  for (std::size_t event = 0; event < events; ++event) out << event + 1 << rows[event % rows.size()];
  expect(bool(out.flush()), "the file of events could be written");
}

int run(std::size_t events, const fs::path& lines) {
  const fs::path folder = fs::temp_directory_path() / ("mithaq-events-bench-" + std::to_string(::getpid()));
  fs::create_directories(folder);
  make_file(lines, folder / "GEDEvent_v99_1.csv", events);
  {
    const MappedFile file(folder / "GEDEvent_v99_1.csv");
    const std::string_view text = file.bytes();
    const double megabytes = static_cast<double>(text.size()) / 1e6;
    const auto print = [&](std::string_view what, double seconds) {
      fmt::print("{:<44} {:7.2f} s {:8.0f} MB/s {:12.0f} events/s\n", what, seconds, megabytes / seconds,
                 static_cast<double>(events) / seconds);
    };
    fmt::print("{} events, {:.0f} MB\n", events, megabytes);
    std::size_t ends = 0;
    const auto look_for_line_ends = [&] {
      ends = 0;
      for (const char* at = text.data();
           (at = static_cast<const char*>(
                std::memchr(at, '\n', static_cast<std::size_t>(text.data() + text.size() - at))));
           ++at)
        ++ends;
    };
    look_for_line_ends();  // the file is in memory from here on
    print("limit: line ends by memchr", seconds_of(look_for_line_ends));

    std::size_t rows = 0, fields = 0;
    print("rows and fields", seconds_of([&] {
            for (events::CsvRows read(text); read.next(); ++rows) fields += read.fields().size();
          }));
    expect(rows == events + 1 && fields == rows * 49, "all rows and fields were read");

    const events::StateNames states = service::state_names(test::data());
    events::ReadOptions options;
    options.states = &states;
    options.today = *events::day_of(2026, 1, 1);
    events::EventTable table;
    print("events", seconds_of([&] { events::read_ged(text, options, table); }));
    expect(table.events.size() == events, "all events were kept");

    std::string packed;
    print("packed", seconds_of([&] { packed = events::pack_events(table.events); }));
    fmt::print("  {:.1f} bytes an event\n", static_cast<double>(packed.size()) / static_cast<double>(events));
    const auto countries = service::panel_countries(test::data());
    print("summed up by country and month", seconds_of([&] { events::country_panel(table, countries); }));
    print("summed up by cell and month", seconds_of([&] { events::grid_panel(table); }));
  }
  {
    service::Workspace workspace(
        {.record = record::Location(folder / "record.mithaq"), .data = test::data(), .clock = [] {
           return std::chrono::sys_seconds(std::chrono::seconds(1'800'000'000));
         }});
    const double seconds = seconds_of([&] {
      service::import_events(workspace, {.files = {folder / "GEDEvent_v99_1.csv"}, .vintage = "bench"});
    });
    fmt::print("{:<44} {:7.2f} s, {:.0f} MB of record\n", "mithaq events import, synced to the disk", seconds,
               static_cast<double>(fs::file_size(folder / "record.mithaq")) / 1e6);
    std::size_t back = 0;
    const double read = seconds_of([&] { back = service::events_of(workspace, "bench").events.size(); });
    fmt::print("{:<44} {:7.2f} s\n", "the events read back", read);
    expect(back == events, "all events came back");
  }
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  fmt::print("peak of memory, the mapped file included: {} MB\n", usage.ru_maxrss / 1024);
  fs::remove_all(folder);
  return 0;
}

}  // namespace
}  // namespace mithaq

int main(int count, char** words) {
  try {
    const std::size_t events = count > 1 ? std::stoul(words[1]) : 2'000'000;
    const std::filesystem::path lines =
        count > 2 ? std::filesystem::path(words[2])
                  : mithaq::test::project() / "tests/scenarios/events/input/GEDEvent_v23_1.csv";
    return mithaq::run(events, lines);
  } catch (const std::exception& error) {
    std::cerr << "events_bench: " << error.what() << '\n';
    return 1;
  }
}
