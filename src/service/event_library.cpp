#include "service/event_library.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "base/error.hpp"
#include "events/packed.hpp"
#include "record/beside.hpp"
#include "service/beside_tables.hpp"
#include "service/field_reports.hpp"
#include "service/indicator_library.hpp"
#include "service/shipped_panel.hpp"

namespace mithaq::service {
namespace {

using record::Blob;
using record::Cell;
using record::Database;
using record::Query;
using record::Transaction;

constexpr std::chrono::milliseconds kPatience{30'000};
constexpr std::size_t kEventsOfPart = 65'536;
constexpr std::size_t kStringBytesOfPart = 1 << 20;
constexpr int kMonthsOfDefault = 24;  // of a vintage that is taken without being named
constexpr std::size_t kIdBytesMax = 60;

// `entry` is -1 from when the rows are kept until their entry is in the log: such a vintage is not there yet.
const record::Beside kBeside{
    .name = "events",
    .tables = {"event_vintages", "event_parts"},
    .sql =
        "create table if not exists event_vintages(number integer primary key, id text not null, "
        "name text not null, source text not null, licence text not null, kind text not null, "
        "first integer not null, newest integer not null, row_count integer not null, "
        "countries integer not null, world integer not null, imported_at text not null, "
        "imported_by text not null, sha256 text not null, handling text not null, entry integer not null);"
        "create table if not exists event_parts(vintage integer not null, kind text not null, "
        "part integer not null, bytes blob not null, primary key(vintage, kind, part))"};

constexpr std::string_view kColumns =
    "id, name, source, licence, kind, first, newest, row_count, countries, world, imported_at, imported_by, "
    "sha256, handling, entry, number";

// A vintage and where its rows are.
struct Found {
  VintageInfo info{};
  std::int64_t number = 0;
  std::unique_ptr<Database> database{};  // nothing for the shipped one
};

Found found_in(const Query& row) {
  Found found;
  VintageInfo& out = found.info;
  out.id = row.text(0);
  out.name = row.text(1);
  out.source = row.text(2);
  out.licence = row.text(3);
  out.kind = row.text(4);
  out.first = static_cast<events::Month>(row.integer(5));
  out.newest = static_cast<events::Month>(row.integer(6));
  out.rows = static_cast<std::size_t>(row.integer(7));
  out.countries = static_cast<std::size_t>(row.integer(8));
  out.world = row.integer(9) != 0;
  out.imported_at = row.text(10);
  out.imported_by = row.text(11);
  out.sha256 = row.text(12);
  out.handling = record::handling_from_json(row.text(13));
  out.entry = static_cast<record::Seq>(row.integer(14));
  found.number = row.integer(15);
  return found;
}

VintageInfo shipped_info(Workspace& workspace) {
  const events::Panel panel = shipped_panel(workspace.options().data);
  VintageInfo out{.id = std::string(kShippedVintage),
                  .name = std::string(kShippedName),
                  .source = std::string(kShippedSource),
                  .licence = std::string(kShippedLicence),
                  .kind = "country_months"};
  out.first = panel.first;
  out.newest = panel.last;
  for (events::UnitIndex unit = 0; unit < panel.units.size(); ++unit) {
    bool any = false;
    for (events::Month month = panel.first; month <= panel.last; ++month) {
      out.rows += panel.known(events::Violence::state_based, unit, month) ? 1 : 0;
      for (const auto& deaths : panel.deaths) any = any || deaths[panel.at(unit, month)] > 0;
    }
    out.countries += any ? 1 : 0;
  }
  out.shipped = true;
  return out;
}

// Newest import first; their databases are empty.
std::vector<Found> imported(Workspace& workspace, Database* database) {
  std::vector<Found> out;
  if (database == nullptr) return out;
  Query rows = database->query("select " + std::string(kColumns) +
                               " from event_vintages where entry >= 0 order by number desc");
  while (rows.step()) {
    Found found = found_in(rows);
    if (sees(workspace, found.info.handling)) out.push_back(std::move(found));
  }
  return out;
}

template <typename Take>
void each_part(const Found& found, std::string_view kind, const Take& take) {
  Query parts = found.database->query(
      "select bytes from event_parts where vintage=?1 and kind=?2 order by part", found.number, kind);
  while (parts.step()) take(parts.blob(0));
}

Found find(Workspace& workspace, const std::string& vintage) {
  std::unique_ptr<Database> database = open_beside(workspace, "event_vintages");
  std::vector<Found> all = imported(workspace, database.get());
  all.push_back({.info = shipped_info(workspace)});
  for (Found& each : all) {
    const VintageInfo& info = each.info;
    const bool of_itself = info.shipped || (info.world && info.kind != "grid_months" &&
                                            info.newest - info.first + 1 >= kMonthsOfDefault);
    if (vintage.empty() ? !of_itself : info.id != vintage) continue;
    if (!info.shipped) each.database = std::move(database);
    return std::move(each);
  }
  std::vector<std::string> names;
  for (const Found& each : all) names.push_back(each.info.id);
  throw Error(ErrorKind::not_found,
              fmt::format("there is no vintage \"{}\": {}", vintage, fmt::join(names, ", ")));
}

events::EventTable read_events(const Found& found) {
  events::EventTable out;
  out.vintage = found.info.id;
  out.source = found.info.source;
  out.licence = found.info.licence;
  out.first = found.info.first;
  out.last = found.info.newest;
  out.strings.clear();
  out.events.reserve(found.info.rows);
  each_part(found, "strings", [&](std::string_view bytes) { events::unpack_strings(bytes, out.strings); });
  each_part(found, "events",
            [&](std::string_view bytes) { events::unpack_events(bytes, out.strings.size(), out.events); });
  if (out.events.size() != found.info.rows || out.strings.empty())
    throw Error(ErrorKind::corrupt,
                fmt::format("the vintage \"{}\" is not whole: remove it and import it again", found.info.id));
  return out;
}

events::MonthTable read_months(const Found& found) {
  events::MonthTable out;
  out.vintage = found.info.id;
  out.source = found.info.source;
  out.licence = found.info.licence;
  out.grid = found.info.kind == "grid_months";
  out.first = found.info.first;
  out.last = found.info.newest;
  each_part(found, "months", [&](std::string_view bytes) { events::unpack_months(bytes, out.rows); });
  if (out.rows.size() != found.info.rows)
    throw Error(ErrorKind::corrupt,
                fmt::format("the vintage \"{}\" is not whole: remove it and import it again", found.info.id));
  return out;
}

// Countries in which nothing ever happened are unknown in a table that is not of the world.
void forget_where_nothing_is_said(events::Panel& panel) {
  for (events::UnitIndex unit = 0; unit < panel.units.size(); ++unit) {
    bool said = false;
    for (const auto& deaths : panel.deaths)
      for (events::Month month = panel.first; month <= panel.last && !said; ++month)
        said = deaths[panel.at(unit, month)] > 0;
    if (said) continue;
    for (auto& deaths : panel.deaths)
      for (events::Month month = panel.first; month <= panel.last; ++month)
        deaths[panel.at(unit, month)] = std::numeric_limits<float>::quiet_NaN();
  }
}

bool is_vintage_id(std::string_view id) {
  const auto fits = [](char each) {
    return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') || (each >= '0' && each <= '9') ||
           each == '.' || each == '-' || each == '_' || each == '+';
  };
  return !id.empty() && id.size() <= kIdBytesMax && std::all_of(id.begin(), id.end(), fits);
}

void delete_rows(Database& database, std::int64_t number) {
  database.run("delete from event_parts where vintage=?1", number);
  database.run("delete from event_vintages where number=?1", number);
}

void insert_parts(Database& database, const NewVintage& vintage, std::int64_t number) {
  record::RowInserter parts(database, "event_parts", 4);
  const auto add = [&](std::string_view kind, std::size_t part, const std::string& bytes) {
    parts.add(std::vector<Cell>{number, kind, part, Blob{bytes}});
  };
  if (!vintage.months.rows.empty()) {
    const std::span<const events::MonthRow> rows(vintage.months.rows);
    for (std::size_t at = 0, part = 0; at < rows.size(); at += kEventsOfPart, ++part)
      add("months", part, events::pack_months(rows.subspan(at, std::min(kEventsOfPart, rows.size() - at))));
    return;
  }
  const std::span<const std::string> strings(vintage.table.strings);
  for (std::size_t at = 0, part = 0; at < strings.size(); ++part) {
    std::size_t end = at, bytes = 0;
    while (end < strings.size() && bytes < kStringBytesOfPart) bytes += strings[end++].size() + 1;
    add("strings", part, events::pack_strings(strings.subspan(at, end - at)));
    at = end;
  }
  const std::span<const events::Event> rows(vintage.table.events);
  for (std::size_t at = 0, part = 0; at < rows.size(); at += kEventsOfPart, ++part)
    add("events", part, events::pack_events(rows.subspan(at, std::min(kEventsOfPart, rows.size() - at))));
}

}  // namespace

std::vector<VintageInfo> vintages(Workspace& workspace) {
  std::vector<VintageInfo> out = {shipped_info(workspace)};
  const auto database = open_beside(workspace, "event_vintages");
  for (Found& each : imported(workspace, database.get())) out.push_back(std::move(each.info));
  return out;
}

VintageInfo vintage_of(Workspace& workspace, const std::string& vintage) {
  return find(workspace, vintage).info;
}

events::EventTable events_of(Workspace& workspace, const std::string& vintage) {
  const Found found = find(workspace, vintage);
  if (found.info.kind != "events")
    throw Error(
        ErrorKind::not_found,
        fmt::format("the vintage \"{}\" has no single events: it is a table by month", found.info.id));
  return read_events(found);
}

events::Panel country_panel_of(Workspace& workspace, const std::string& vintage,
                               const events::PanelRules& rules, events::Aggregated* aggregated,
                               const JoinOptions& join) {
  const Found found = find(workspace, vintage);
  const std::filesystem::path& data = workspace.options().data;
  if (found.info.kind == "grid_months")
    throw Error(ErrorKind::not_found,
                fmt::format("the vintage \"{}\" is by cells of the grid, not by countries", found.info.id));
  events::Panel panel;
  if (found.info.shipped) {
    panel = shipped_panel(data);
  } else {
    const std::vector<events::Country> countries = panel_countries(data);
    const bool by_event = found.info.kind == "events";
    panel = by_event ? events::country_panel(read_events(found), countries, rules, aggregated)
                     : events::country_panel(read_months(found), countries, aggregated);
    if (by_event && !found.info.world) forget_where_nothing_is_said(panel);
    join_neighbours(data, panel);
  }
  if (join.indicators) join_indicators(workspace, panel, join.lag_months);
  if (join.field_reports) join_field_reports(workspace, panel);
  return panel;
}

events::Panel grid_panel_of(Workspace& workspace, const std::string& vintage, const events::PanelRules& rules,
                            events::Aggregated* aggregated) {
  const Found found = find(workspace, vintage);
  if (found.info.kind == "country_months")
    throw Error(ErrorKind::not_found,
                fmt::format("the vintage \"{}\" is by countries: import events for forecasts by place",
                            found.info.id));
  if (found.info.kind == "grid_months") return events::grid_panel(read_months(found));
  return events::grid_panel(read_events(found), rules, {}, aggregated);
}

std::vector<document::Handling> handlings_of_vintages(Workspace& workspace) {
  std::set<std::string> all;
  for (const std::string table : {"event_vintages", "event_indicators"}) {
    const auto database = open_beside(workspace, table);
    if (database == nullptr) continue;
    // Also of what is just being imported: its entry comes first, and with it this list is made anew.
    Query rows = database->query("select distinct handling from " + table);
    while (rows.step()) all.emplace(rows.text(0));
  }
  std::vector<document::Handling> out;
  for (const std::string& each : all) out.push_back(record::handling_from_json(each));
  return out;
}

std::vector<document::Handling> all_handlings(Workspace& workspace) {
  std::vector<document::Handling> out = workspace.record().view().handlings();
  for (document::Handling& each : handlings_of_vintages(workspace))
    if (std::find(out.begin(), out.end(), each) == out.end()) out.push_back(std::move(each));
  return out;
}

std::size_t countries_named_by(const NewVintage& vintage) {
  std::set<std::pair<std::int32_t, events::StringIndex>> countries;
  for (const events::Event& event : vintage.table.events)
    countries.emplace(event.country, event.country != 0 ? 0
                                     : event.state != 0 ? event.state
                                                        : event.country_name);
  if (vintage.months.grid) return 0;
  for (const events::MonthRow& row : vintage.months.rows)
    if (row.deaths[0] > 0 || row.deaths[1] > 0 || row.deaths[2] > 0) countries.emplace(row.unit, 0);
  return countries.size();
}

VintageInfo keep_vintage(Workspace& workspace, NewVintage vintage, bool replace) {
  VintageInfo& info = vintage.info;
  const bool by_month = !vintage.months.rows.empty();
  if (!by_month && vintage.table.events.empty())
    throw Error(ErrorKind::invalid_input, "there is nothing in it to keep");
  if (!is_vintage_id(info.id))
    throw Error(ErrorKind::invalid_input,
                fmt::format("\"{}\" is no name of a vintage: letters, digits and . - _ + up to 60", info.id));
  info.kind = !by_month ? "events" : vintage.months.grid ? "grid_months" : "country_months";
  info.first = by_month ? vintage.months.first : vintage.table.first;
  info.newest = by_month ? vintage.months.last : vintage.table.last;
  info.rows = by_month ? vintage.months.rows.size() : vintage.table.events.size();
  info.countries = countries_named_by(vintage);
  info.imported_at = record::format_time(workspace.options().clock());

  record::SqlStore& store = workspace.record_to_write();
  const auto database = Database::open(workspace.options().record, Database::Mode::write, kPatience);
  record::create_beside(*database, kBeside);
  const auto there = [&] {
    return database->integer("select number from event_vintages where id=?1 and entry >= 0", -1, info.id);
  };
  const auto refuse_second = [&] {
    if (!replace && there() >= 0)
      throw Error(
          ErrorKind::conflict,
          fmt::format("the vintage \"{}\" is there already: remove it, or import with --force", info.id));
  };
  // The rows come first and the entry second, because one connection cannot wait for the other's lock. Until
  // the entry's number is noted nobody finds the rows; what was cut off in between is thrown away later.
  const std::string handling = record::to_canonical_json(info.handling);
  const std::string long_ago = record::format_time(workspace.options().clock() - std::chrono::hours(1));
  std::int64_t number = 0;
  record::run_transaction(*database, Transaction::Kind::write, [&] {
    refuse_second();
    std::vector<std::int64_t> cut_off;
    {
      Query rows =
          database->query("select number from event_vintages where entry < 0 and imported_at < ?1", long_ago);
      while (rows.step()) cut_off.push_back(rows.integer(0));
    }
    for (const std::int64_t each : cut_off) delete_rows(*database, each);
    number = 1 + database->integer("select max(number) from event_vintages", 0);
    database->run("insert into event_vintages values(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,-1)",
                  number, info.id, info.name, info.source, info.licence, info.kind, info.first, info.newest,
                  info.rows, info.countries, info.world ? 1 : 0, info.imported_at, info.imported_by,
                  info.sha256, handling);
    insert_parts(*database, vintage, number);
  });
  try {
    const record::Body entry =
        record::ActBody{.type = "events.imported",
                        .json = nlohmann::json{{"vintage", info.id},
                                               {"source", info.source},
                                               {"licence", info.licence},
                                               {"sha256", info.sha256},
                                               {"kind", info.kind},
                                               {"rows", info.rows},
                                               {"first", events::to_text(info.first)},
                                               {"newest", events::to_text(info.newest)},
                                               {"by", info.imported_by}}
                                    .dump()};
    info.entry = store.append(std::span(&entry, 1)).first;
    record::run_transaction(*database, Transaction::Kind::write, [&] {
      refuse_second();
      if (const std::int64_t before = there(); before >= 0) delete_rows(*database, before);
      database->run("update event_vintages set entry=?2 where number=?1", number, *info.entry);
      if (database->changes() != 1)
        throw Error(ErrorKind::conflict, "another import threw this one away: import the files again");
    });
  } catch (const Error&) {
    record::run_transaction(*database, Transaction::Kind::write, [&] { delete_rows(*database, number); });
    throw;
  }
  return info;
}

void remove_vintage(Workspace& workspace, const std::string& vintage, const std::string& by) {
  const Found found = find(workspace, vintage);
  if (found.info.shipped || vintage.empty())
    throw Error(ErrorKind::forbidden, "what came with the program cannot be removed");
  record::SqlStore& store = workspace.record_to_write();
  const record::Body entry = record::ActBody{
      .type = "events.removed",
      .json = nlohmann::json{{"vintage", vintage}, {"sha256", found.info.sha256}, {"by", by}}.dump()};
  store.append(std::span(&entry, 1));
  const auto database = Database::open(workspace.options().record, Database::Mode::write, kPatience);
  record::run_transaction(*database, Transaction::Kind::write, [&] { delete_rows(*database, found.number); });
}

}  // namespace mithaq::service
