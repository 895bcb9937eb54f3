// Event data: imported, listed, shown by country and month, removed.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <csignal>
#include <map>
#include <ostream>

#include "base/error.hpp"
#include "cli/commands/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/output/text_width.hpp"
#include "cli/output/visible_text.hpp"
#include "service/event_import.hpp"

namespace mithaq::cli {

namespace {

using events::Month;

std::atomic<bool> stop_requested = false;

extern "C" void request_stop_of_import(int) {
  stop_requested.store(true);
}

void draw_progress(std::ostream& out, const std::string& file, double part) {
  constexpr std::size_t kBar = 30;
  const auto full = static_cast<std::size_t>(part * static_cast<double>(kBar));
  std::string bar;
  for (std::size_t at = 0; at < kBar; ++at) bar += at < full ? "█" : "░";
  out << "\r\u200E" << bar << ' ' << static_cast<int>(part * 100) << " %  " << cut_to_width(visible(file), 40)
      << "\x1B[K" << std::flush;
  if (part >= 1) out << "\r\x1B[K" << std::flush;
}

events::Layout layout_named(const std::string& kind) {
  if (kind == "acled") return events::Layout::acled;
  if (kind == "country-months") return events::Layout::country_months;
  if (kind == "grid-months") return events::Layout::grid_months;
  if (kind == "indicators") return events::Layout::indicators;
  return events::Layout::ged;  // ged, candidate
}

document::Handling handling_of(const EventsCommand& command) {
  document::Handling out;
  if (!command.tlp.empty()) {
    const auto tlp =
        document::tlp_named(command.tlp.starts_with("TLP:") ? command.tlp : "TLP:" + command.tlp);
    if (!tlp)
      throw Error(
          ErrorKind::invalid_input,
          "\"" + command.tlp + "\" is no mark: TLP:CLEAR, TLP:GREEN, TLP:AMBER, TLP:AMBER+STRICT or TLP:RED");
    out.tlp = *tlp;
  }
  for (const std::string& each : command.to)
    (each.find('/') == std::string::npos ? out.recipients : out.statuses).push_back(each);
  std::sort(out.recipients.begin(), out.recipients.end());
  std::sort(out.statuses.begin(), out.statuses.end());
  return out;
}

// What came of each file, and why rows were left out.
void print_report(Session& session, const service::ImportReport& report) {
  const auto line = [&](const std::string& english) { session.out << visible(session.say(english)) << '\n'; };
  for (const service::ImportReport::File& file : report.files) {
    const events::ReadReport& read = file.read;
    const bool values = read.layout == events::Layout::indicators;
    line(
        fmt::format("{}: rows read {}, {}kept {}", file.name, read.rows, values ? "values " : "", read.kept));
    if (read.duplicates > 0) line(fmt::format("  given twice, kept once: {}", read.duplicates));
    if (read.widened > 0)
      line(fmt::format("  kept, though the best estimate is not between the low and the high one: {}",
                       read.widened));
    for (const auto& [reason, why] : read.left_out)
      line(fmt::format("  left out: {} ({}; lines {})", why.count, session.say(reason),
                       fmt::join(why.lines, ", ")));
    if (!read.unknown_countries.empty()) {
      constexpr std::size_t kShown = 10;
      std::vector<std::string> names;
      for (const auto& [name, rows] : read.unknown_countries) {
        if (names.size() == kShown) break;
        names.push_back(fmt::format("{} ({})", name, rows));
      }
      line(fmt::format("  countries that are no State here: {}: {}", read.unknown_countries.size(),
                       fmt::join(names, ", ")));
    }
    if (read.missing_months > 0)
      line(fmt::format("  months that are missing between others stay unknown: {} ({})", read.missing_months,
                       fmt::join(read.missing, ", ")));
  }
  for (const service::IndicatorInfo& each : report.indicators)
    line(fmt::format("indicator {}: {} values of {} States, {} to {}; source: {}", each.id, each.values,
                     each.states, each.first_year, each.last_year, each.source));
  if (!report.vintage) return;
  const service::VintageInfo& vintage = *report.vintage;
  line(fmt::format("vintage {}: {} rows, {} to {}; entry {}", vintage.id, vintage.rows,
                   events::to_text(vintage.first), events::to_text(vintage.newest), *vintage.entry));
  line(fmt::format("source: {}; licence: {}", vintage.source, vintage.licence));
  if (!vintage.world)
    line(fmt::format(
        "it has events in {} countries only: of others it says nothing (--world if it is of the world)",
        vintage.countries));
  const events::Aggregated& counted = report.aggregated;
  if (counted.outside_months.events > 0)
    line(fmt::format("events outside of the panel's States and months: {}, with {} deaths",
                     counted.no_unit.events + counted.outside_months.events,
                     counted.no_unit.deaths + counted.outside_months.deaths));
  line(fmt::format("newest month: {}", events::to_text(vintage.newest)));
}

int run_import(Session& session, const EventsCommand& command) {
  service::ImportRequest request;
  request.files.assign(command.files.begin(), command.files.end());
  request.vintage = command.vintage;
  request.name = command.name;
  request.source = command.source;
  request.licence = command.licence;
  if (command.kind != "auto") request.layout = layout_named(command.kind);
  if (command.world) request.world = true;
  if (command.countries_only) request.world = false;
  request.handling = handling_of(command);
  request.by = command.by.empty() ? session.user : command.by;
  request.replace = command.force;
  request.take_bad = command.force;
  stop_requested.store(false);
  const auto before = std::signal(SIGINT, request_stop_of_import);
  request.progress = [&](const std::string& file, double part) {
    if (session.terminal && !command.quiet) draw_progress(session.err, file, part);
    return !stop_requested.load();
  };
  try {
    print_report(session, service::import_events(session.workspace, request));
  } catch (...) {
    std::signal(SIGINT, before);
    throw;
  }
  std::signal(SIGINT, before);
  return kExitOk;
}

int run_list(Session& session) {
  AnswerTable table;
  table.columns = {{.key = "vintage", .heading = session.say("Vintage")},
                   {.key = "kind", .heading = session.say("Kind")},
                   {.key = "first", .heading = session.say("From")},
                   {.key = "newest", .heading = session.say("To")},
                   {.key = "rows", .heading = session.say("Rows"), .number = true},
                   {.key = "countries", .heading = session.say("Countries"), .number = true},
                   {.key = "handling", .heading = session.say("Handling")},
                   {.key = "source", .heading = session.say("Source"), .beneath = true},
                   {.key = "licence", .heading = session.say("Licence"), .data_only = true},
                   {.key = "world", .heading = session.say("World"), .data_only = true},
                   {.key = "imported_at", .heading = session.say("Imported"), .data_only = true},
                   {.key = "sha256", .heading = "SHA-256", .data_only = true},
                   {.key = "entry", .heading = session.say("Entry"), .data_only = true}};
  for (const service::VintageInfo& each : service::vintages(session.workspace)) {
    table.rows.push_back({each.id, session.say(each.kind), events::to_text(each.first),
                          events::to_text(each.newest), std::to_string(each.rows),
                          std::to_string(each.countries), std::string(document::name_of(each.handling.tlp)),
                          each.source + " · " + each.licence, each.licence, each.world ? "1" : "0",
                          each.imported_at, each.sha256, each.entry ? std::to_string(*each.entry) : ""});
  }
  for (const service::IndicatorInfo& each : service::indicators(session.workspace)) {
    table.rows.push_back({each.id, session.say("indicator"), std::to_string(each.first_year),
                          std::to_string(each.last_year), std::to_string(each.values),
                          std::to_string(each.states), std::string(document::name_of(each.handling.tlp)),
                          each.name + " · " + each.source, "", "", each.imported_at, each.sha256,
                          each.entry ? std::to_string(*each.entry) : ""});
  }
  print(session.out, table, session.style);
  return kExitOk;
}

Month month_of_word(const std::string& word, bool last) {
  if (const auto month = events::month_named(word)) return *month;
  if (const auto year = events::whole_number(word);
      year && word.size() == 4 && *year >= 1800 && *year <= 2200)
    return events::month_of(*year, last ? 12 : 1);
  throw Error(ErrorKind::invalid_input, "\"" + word + "\" is no month: 2023-12, or a year");
}

std::string number_text(float value) {
  return std::isnan(value) ? "" : fmt::format("{:g}", std::round(value * 100) / 100);
}

// The State that somebody names, as a panel has it.
std::string unit_named(Session& session, const std::string& words) {
  return session.workspace.entity_named(words);
}

int show_events(Session& session, const EventsCommand& command, const std::string& country) {
  const events::EventTable all = service::events_of(session.workspace, command.vintage);
  AnswerTable table;
  table.columns = {
      {.key = "event", .heading = session.say("Event")},
      {.key = "date", .heading = session.say("Date"), .hxl = "#date"},
      {.key = "country", .heading = session.say("Country"), .hxl = "#country+code"},
      {.key = "violence", .heading = session.say("Kind")},
      {.key = "deaths", .heading = session.say("Deaths"), .number = true, .hxl = "#affected+killed"},
      {.key = "low", .heading = session.say("Low"), .number = true, .data_only = true},
      {.key = "high", .heading = session.say("High"), .number = true, .data_only = true},
      {.key = "conflict", .heading = session.say("Conflict")},
      {.key = "sides", .heading = session.say("Sides"), .beneath = true},
      {.key = "place", .heading = session.say("Place"), .data_only = true},
      {.key = "latitude", .heading = session.say("Latitude"), .data_only = true},
      {.key = "longitude", .heading = session.say("Longitude"), .data_only = true},
      {.key = "grid", .heading = session.say("Cell"), .data_only = true},
      {.key = "reported_by", .heading = session.say("Reported by"), .data_only = true},
      {.key = "vintage", .heading = session.say("Vintage"), .data_only = true}};
  const Month from = command.from.empty() ? all.first : month_of_word(command.from, false);
  const Month to = command.to_month.empty() ? all.last : month_of_word(command.to_month, true);
  constexpr std::array<std::string_view, events::kViolences> kKinds = {"state_based", "non_state",
                                                                       "one_sided"};
  std::vector<const events::Event*> chosen;
  for (const events::Event& each : all.events) {
    const Month month = events::month_of(each.end);
    if (month >= from && month <= to && (country.empty() || all.text(each.state) == country))
      chosen.push_back(&each);
  }
  std::stable_sort(chosen.begin(), chosen.end(),
                   [](const auto* one, const auto* other) { return one->end < other->end; });
  for (const events::Event* each : chosen) {
    if (table.rows.size() == command.limit) break;
    const std::string date =
        events::day_text(each->start) + (each->start == each->end ? "" : "/" + events::day_text(each->end));
    const std::string sides =
        fmt::format("{} – {}; {}", all.text(each->side_a), all.text(each->side_b), all.text(each->place));
    table.rows.push_back({events::to_text_of(each->id), date, std::string(all.text(each->state)),
                          session.say(kKinds[static_cast<std::size_t>(each->violence)]),
                          std::to_string(each->best), std::to_string(each->low), std::to_string(each->high),
                          std::string(all.text(each->conflict)), sides, std::string(all.text(each->place)),
                          std::isnan(each->latitude) ? "" : fmt::format("{:.6f}", each->latitude),
                          std::isnan(each->longitude) ? "" : fmt::format("{:.6f}", each->longitude),
                          each->cell == 0 ? "" : std::to_string(each->cell),
                          std::string(all.text(each->source)), all.vintage});
  }
  print(session.out, table, session.style);
  return kExitOk;
}

int run_show_events(Session& session, const EventsCommand& command) {
  const std::string country = command.place.empty() ? "" : unit_named(session, command.place);
  if (command.single) return show_events(session, command, country);
  events::PanelRules rules;
  if (command.multi_month == "even-split") rules.multi_month = events::MultiMonth::even_split;
  if (command.multi_month == "ceil-split") rules.multi_month = events::MultiMonth::ceil_split;
  rules.where_prec_max = command.where_precision;
  rules.date_prec_max = command.date_precision;
  const service::VintageInfo vintage = service::vintage_of(session.workspace, command.vintage);
  const events::Panel panel = service::country_panel_of(session.workspace, vintage.id, rules);
  const Month to =
      command.to_month.empty() ? panel.last : std::min(panel.last, month_of_word(command.to_month, true));
  const Month from =
      std::max(panel.first, command.from.empty() ? to - 11 : month_of_word(command.from, false));
  AnswerTable table;
  table.columns = {{.key = country.empty() ? "country" : "month",
                    .heading = session.say(country.empty() ? "Country" : "Month"),
                    .hxl = country.empty() ? "#country+code" : "#date"},
                   {.key = "state_based",
                    .heading = session.say("State-based"),
                    .number = true,
                    .hxl = "#affected+killed+state_based"},
                   {.key = "non_state",
                    .heading = session.say("Non-state"),
                    .number = true,
                    .hxl = "#affected+killed+non_state"},
                   {.key = "one_sided",
                    .heading = session.say("One-sided"),
                    .number = true,
                    .hxl = "#affected+killed+one_sided"},
                   {.key = "vintage", .heading = session.say("Vintage"), .data_only = true}};
  if (!country.empty()) {
    const auto unit = std::find_if(panel.units.begin(), panel.units.end(),
                                   [&](const events::Unit& each) { return each.id == country; });
    if (unit == panel.units.end())
      throw Error(ErrorKind::not_found, fmt::format("the panel has no State \"{}\"", country));
    const auto index = static_cast<events::UnitIndex>(unit - panel.units.begin());
    for (Month month = from; month <= to; ++month) {
      std::vector<std::string> row = {events::to_text(month)};
      for (std::size_t violence = 0; violence < events::kViolences; ++violence)
        row.push_back(number_text(panel.value(static_cast<events::Violence>(violence), index, month)));
      row.push_back(vintage.id);
      table.rows.push_back(std::move(row));
    }
  } else {
    // The countries with the most deaths in these months.
    struct Row {
      events::UnitIndex unit = 0;
      std::array<float, events::kViolences> deaths{};
      float all = 0;
    };
    std::vector<Row> rows;
    for (events::UnitIndex unit = 0; unit < panel.units.size(); ++unit) {
      Row row{.unit = unit};
      for (std::size_t violence = 0; violence < events::kViolences; ++violence) {
        row.deaths[violence] = std::numeric_limits<float>::quiet_NaN();
        for (Month month = from; month <= to; ++month) {
          const float value = panel.value(static_cast<events::Violence>(violence), unit, month);
          if (std::isnan(value)) continue;
          row.deaths[violence] = std::isnan(row.deaths[violence]) ? value : row.deaths[violence] + value;
          row.all += value;
        }
      }
      if (row.all > 0) rows.push_back(row);
    }
    std::stable_sort(rows.begin(), rows.end(),
                     [](const Row& one, const Row& other) { return one.all > other.all; });
    for (const Row& row : rows) {
      if (table.rows.size() == command.limit) break;
      const std::string& id = panel.units[row.unit].id;
      std::vector<std::string> cells = {session.style.format == OutputFormat::table
                                            ? session.workspace.name_of(id, session.language())
                                            : id};
      for (const float each : row.deaths) cells.push_back(number_text(each));
      cells.push_back(vintage.id);
      table.rows.push_back(std::move(cells));
    }
  }
  print(session.out, table, session.style);
  if (session.style.format == OutputFormat::table) {
    session.out << '\n'
                << visible(session.say(
                       fmt::format("Deaths from {} to {}; an empty cell is not known. Vintage {}: {}",
                                   events::to_text(from), events::to_text(to), vintage.id, vintage.source)))
                << '\n';
  }
  return kExitOk;
}

}  // namespace

int run_events(Session& session, const EventsCommand& command) {
  if (command.action == "import") return run_import(session, command);
  if (command.action == "list") return run_list(session);
  if (command.action == "show") return run_show_events(session, command);
  const std::string by = command.by.empty() ? session.user : command.by;
  const auto all = service::indicators(session.workspace);
  if (std::any_of(all.begin(), all.end(), [&](const auto& each) { return each.id == command.vintage; })) {
    service::remove_indicator(session.workspace, command.vintage, by);
  } else {
    service::remove_vintage(session.workspace, command.vintage, by);
  }
  session.out << session.say(fmt::format("removed: {}", command.vintage)) << '\n';
  return kExitOk;
}

}  // namespace mithaq::cli
