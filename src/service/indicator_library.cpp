#include "service/indicator_library.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "record/beside.hpp"
#include "service/beside_tables.hpp"

namespace mithaq::service {
namespace {

using record::Database;
using record::Query;
using record::Transaction;

constexpr std::chrono::milliseconds kPatience{30'000};
constexpr std::int64_t kIndicatorsMax = 200;  // each is a column of every panel

// `entry` is -1 until the entry is in the log, as of vintages.
const record::Beside kBeside{.name = "indicators",
                             .tables = {"event_indicators"},
                             .sql =
                                 "create table if not exists event_indicators(number integer primary key, id "
                                 "text not null, name text not null, "
                                 "source text not null, value_count integer not null, state_count integer "
                                 "not null, first_year integer not null, "
                                 "last_year integer not null, imported_at text not null, imported_by text "
                                 "not null, sha256 text not null, "
                                 "handling text not null, entry integer not null, bytes blob not null)"};

constexpr std::string_view kColumns =
    "id, name, source, value_count, state_count, first_year, last_year, imported_at, imported_by, sha256, "
    "handling, entry";

IndicatorInfo info_of(const Query& row) {
  IndicatorInfo out;
  out.id = row.text(0);
  out.name = row.text(1);
  out.source = row.text(2);
  out.values = static_cast<std::size_t>(row.integer(3));
  out.states = static_cast<std::size_t>(row.integer(4));
  out.first_year = static_cast<int>(row.integer(5));
  out.last_year = static_cast<int>(row.integer(6));
  out.imported_at = row.text(7);
  out.imported_by = row.text(8);
  out.sha256 = row.text(9);
  out.handling = record::handling_from_json(row.text(10));
  out.entry = static_cast<record::Seq>(row.integer(11));
  return out;
}

// One line for each value, "MLI 2020 850": small tables, that anybody can read.
std::string packed(const events::IndicatorTable& table) {
  std::string out;
  for (const events::IndicatorValue& each : table.values)
    out += fmt::format("{} {} {}\n", table.states[each.state], each.year, each.value);
  return out;
}

[[noreturn]] void corrupt(const std::string& id) {
  throw Error(ErrorKind::corrupt,
              fmt::format("what is kept of the indicator \"{}\" is damaged: import it again", id));
}

events::IndicatorTable unpacked(const IndicatorInfo& info, std::string_view bytes) {
  events::IndicatorTable out{.id = info.id, .name = info.name, .source = info.source};
  while (!bytes.empty()) {
    const std::size_t end = bytes.find('\n');
    const std::string_view line = bytes.substr(0, end);
    const std::size_t one = line.find(' '), two = line.rfind(' ');
    if (end == std::string_view::npos || one == std::string_view::npos || one == two) corrupt(info.id);
    const auto year = events::whole_number(line.substr(one + 1, two - one - 1));
    const auto value = events::number(line.substr(two + 1));
    if (!year || !value) corrupt(info.id);
    if (out.states.empty() || out.states.back() != line.substr(0, one))
      out.states.emplace_back(line.substr(0, one));
    out.values.push_back({static_cast<std::uint32_t>(out.states.size() - 1), *year, *value});
    bytes.remove_prefix(end + 1);
  }
  if (out.values.size() != info.values) corrupt(info.id);
  return out;
}

}  // namespace

std::vector<IndicatorInfo> indicators(Workspace& workspace) {
  std::vector<IndicatorInfo> out;
  const auto database = open_beside(workspace, "event_indicators");
  if (database == nullptr) return out;
  Query rows = database->query("select " + std::string(kColumns) +
                               " from event_indicators where entry >= 0 order by id");
  while (rows.step()) {
    IndicatorInfo info = info_of(rows);
    if (sees(workspace, info.handling)) out.push_back(std::move(info));
  }
  return out;
}

std::vector<IndicatorInfo> keep_indicators(Workspace& workspace, NewIndicators given, bool replace) {
  std::vector<IndicatorInfo> out;
  nlohmann::json named = nlohmann::json::array();
  for (const events::IndicatorTable& table : given.tables) {
    if (table.source.empty() || table.id.empty() || table.values.empty())
      throw Error(ErrorKind::invalid_input,
                  fmt::format("the indicator \"{}\" has no source or no value", table.id));
    IndicatorInfo info{.id = table.id, .name = table.name, .source = table.source};
    info.values = table.values.size();
    info.states = table.states.size();
    const auto [first, last] =
        std::minmax_element(table.values.begin(), table.values.end(),
                            [](const auto& one, const auto& other) { return one.year < other.year; });
    info.first_year = first->year;
    info.last_year = last->year;
    info.imported_at = record::format_time(workspace.options().clock());
    info.imported_by = given.by;
    info.sha256 = given.sha256;
    info.handling = given.handling;
    named.push_back({{"indicator", info.id}, {"source", info.source}, {"values", info.values}});
    out.push_back(std::move(info));
  }
  record::SqlStore& store = workspace.record_to_write();
  const auto database = Database::open(workspace.options().record, Database::Mode::write, kPatience);
  record::create_beside(*database, kBeside);
  const std::string handling = record::to_canonical_json(given.handling);
  // As of vintages (event_library.cpp): rows first, then the entry, then its number.
  std::int64_t first = 0;
  record::run_transaction(*database, Transaction::Kind::write, [&] {
    first = 1 + database->integer("select max(number) from event_indicators", 0);
    if (database->integer("select count(*) from event_indicators where entry >= 0", 0) +
            static_cast<std::int64_t>(out.size()) >
        kIndicatorsMax)
      throw Error(ErrorKind::invalid_input, "there are many indicators already: remove some first");
    for (std::size_t at = 0; at < out.size(); ++at) {
      const IndicatorInfo& info = out[at];
      if (!replace && database->integer("select count(*) from event_indicators where id=?1 and entry >= 0", 0,
                                        info.id) > 0)
        throw Error(ErrorKind::conflict,
                    fmt::format("the indicator \"{}\" is there already: import with --force", info.id));
      const std::string bytes = packed(given.tables[at]);
      database->run("insert into event_indicators values(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,-1,?13)",
                    first + static_cast<std::int64_t>(at), info.id, info.name, info.source, info.values,
                    info.states, info.first_year, info.last_year, info.imported_at, info.imported_by,
                    info.sha256, handling, record::Blob{bytes});
    }
  });
  const std::int64_t end = first + static_cast<std::int64_t>(out.size());
  try {
    const record::Body entry = record::ActBody{
        .type = "indicators.imported",
        .json = nlohmann::json{{"indicators", std::move(named)}, {"sha256", given.sha256}, {"by", given.by}}
                    .dump()};
    const record::Seq seq = store.append(std::span(&entry, 1)).first;
    record::run_transaction(*database, Transaction::Kind::write, [&] {
      for (IndicatorInfo& info : out) {
        info.entry = seq;
        database->run("delete from event_indicators where id=?1 and entry >= 0", info.id);
      }
      database->run("update event_indicators set entry=?3 where number>=?1 and number<?2", first, end, seq);
    });
  } catch (const Error&) {
    record::run_transaction(*database, Transaction::Kind::write, [&] {
      database->run("delete from event_indicators where number>=?1 and number<?2 and entry < 0", first, end);
    });
    throw;
  }
  return out;
}

void remove_indicator(Workspace& workspace, const std::string& id, const std::string& by) {
  const std::vector<IndicatorInfo> all = indicators(workspace);
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const IndicatorInfo& each) { return each.id == id; });
  if (found == all.end()) throw Error(ErrorKind::not_found, fmt::format("there is no indicator \"{}\"", id));
  const record::Body entry = record::ActBody{.type = "indicators.removed",
                                             .json = nlohmann::json{{"indicator", id}, {"by", by}}.dump()};
  workspace.record_to_write().append(std::span(&entry, 1));
  const auto database = Database::open(workspace.options().record, Database::Mode::write, kPatience);
  record::run_transaction(*database, Transaction::Kind::write, [&] {
    database->run("delete from event_indicators where id=?1 and entry >= 0", id);
  });
}

void join_indicators(Workspace& workspace, events::Panel& panel, int lag_months) {
  const auto database = open_beside(workspace, "event_indicators");
  if (database == nullptr) return;
  Query rows = database->query("select " + std::string(kColumns) +
                               ", bytes from event_indicators where entry >= 0 order by id");
  while (rows.step()) {
    const IndicatorInfo info = info_of(rows);
    if (sees(workspace, info.handling))
      panel.indicators.push_back(events::joined(unpacked(info, rows.blob(12)), panel, lag_months));
  }
}

}  // namespace mithaq::service
