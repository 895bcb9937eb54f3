#include "events/formats/world_bank.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "base/error.hpp"
#include "events/formats/csv.hpp"

namespace mithaq::events {
namespace {

constexpr std::size_t kPreambleRows = 12;
constexpr int kYearMin = 1800, kYearMax = 2200;
// Each becomes a column of every panel; the whole of the World Bank's 1,500 would only slow forecasts down.
constexpr std::size_t kIndicatorsMax = 100;

// Collects values by indicator, State and year.
class Collected {
 public:
  Collected(ReadReport& report, const ReadOptions& options) : report_(report), options_(options) {}

  void add(std::string_view id, std::string_view name, std::string_view source, std::string_view state,
           int year, double value) {
    One& one = all_[std::string(id)];
    if (all_.size() > kIndicatorsMax)
      throw Error(
          ErrorKind::invalid_input,
          fmt::format("the file has more than {} indicators: leave those that are meant", kIndicatorsMax));
    if (one.name.empty()) one.name = name;
    if (one.source.empty()) one.source = !source.empty() ? source : std::string_view(options_.source);
    if (!one.values.emplace(std::pair(std::string(state), year), value).second) {
      report_.duplicates += 1;
      return;
    }
    report_.kept += 1;
    report_.saw(month_of(year, 12));
  }

  void give(std::vector<IndicatorTable>& into) {
    for (auto& [id, one] : all_) {
      if (one.source.empty())
        throw Error(ErrorKind::invalid_input,
                    fmt::format("nobody is named who says so of \"{}\": a column source, or --source", id));
      IndicatorTable table{.id = id, .name = one.name, .source = one.source};
      for (const auto& [key, value] : one.values) {
        if (table.states.empty() || table.states.back() != key.first) table.states.push_back(key.first);
        table.values.push_back({static_cast<std::uint32_t>(table.states.size() - 1), key.second, value});
      }
      into.push_back(std::move(table));
    }
  }

 private:
  struct One {
    std::string name{}, source{};
    std::map<std::pair<std::string, int>, double> values{};
  };
  ReadReport& report_;
  const ReadOptions& options_;
  std::map<std::string, One> all_{};
};

std::optional<int> year_named(std::string_view text) {
  // "1960", and "1960 [YR1960]" as the World Bank's DataBank writes it.
  if (text.size() > 4 && text[4] == ' ') text = text.substr(0, 4);
  const auto year = text.size() == 4 ? whole_number(text) : std::nullopt;
  return year && *year >= kYearMin && *year <= kYearMax ? year : std::nullopt;
}

bool says_nothing(std::string_view value) {
  return value.empty() || value == ".." || value == "NA" || value == "NaN";
}

// The id of a State by its code or its name; empty if it is none.
std::string_view state_of(const ReadOptions& options, std::string_view code, std::string_view name) {
  if (options.states == nullptr) return code;
  std::string_view state = options.states->named(code);
  return state.empty() ? options.states->named(name) : state;
}

ReadReport read_wide(std::string_view text, const ReadOptions& options, std::vector<IndicatorTable>& into) {
  ReadReport report;
  CsvRows rows(text);
  std::string source;
  // What stands above the head may say where the file is from.
  bool found = false;
  for (std::size_t row = 0; row < kPreambleRows && !found && rows.next(); ++row) {
    const auto fields = rows.fields();
    if (fields.size() >= 2 && fields[0] == "Data Source") source = fmt::format("World Bank, {}", fields[1]);
    if (fields.size() >= 2 && fields[0] == "Last Updated Date") source += fmt::format(" ({})", fields[1]);
    found = Columns(fields).has("country code");
  }
  if (!found)
    throw Error(ErrorKind::invalid_input,
                "there is no line with Country Name, Country Code, Indicator Code and years");
  const Columns columns(rows.fields());
  const std::size_t country = columns.find({"country name"}), code = columns.find({"country code"}),
                    name = columns.find({"indicator name", "series name"}),
                    id = columns.find({"indicator code", "series code"}),
                    own_source = columns.find({"source"});
  std::vector<std::pair<std::size_t, int>> years;
  for (std::size_t column = 0; column < rows.fields().size(); ++column)
    if (const auto year = year_named(rows.fields()[column])) years.emplace_back(column, *year);
  if (country == Columns::kNone || id == Columns::kNone || years.empty())
    throw Error(ErrorKind::invalid_input,
                fmt::format("the World Bank's layout has Country Name, Country Code, Indicator Name, "
                            "Indicator Code and years; this file has {}",
                            columns.all()));
  const int this_year = year_of(month_of(options.today));
  Collected collected(report, options);
  const std::function<std::size_t()> line = [&] { return rows.line(); };
  while (rows.next()) {
    const auto fields = rows.fields();
    // DataBank ends its files with notes that have one field.
    if (fields.size() == 1 || (fields[code].empty() && fields[id].empty())) continue;
    rows.expect_fields(columns.count());
    report.rows += 1;
    if (options.passed && !options.passed(rows.end()))
      throw Error(ErrorKind::unavailable, "stopped; nothing was imported");
    if (fields[id].empty()) {
      report.leave_out("the indicator has no code", line);
      continue;
    }
    const std::string_view state = state_of(options, fields[code], fields[country]);
    if (state.empty()) {
      ++report.unknown_countries[std::string(fields[country].substr(0, 100))];
      report.leave_out("it is no State: a region or a group", line, false);
      continue;
    }
    const std::string_view who = own_source != Columns::kNone && !fields[own_source].empty()
                                     ? fields[own_source]
                                     : std::string_view(source);
    for (const auto& [column, year] : years) {
      if (says_nothing(fields[column])) continue;
      const auto value = number(fields[column]);
      if (!value) {
        report.leave_out("the value is no number", line);
      } else if (year > this_year) {
        report.leave_out("the year is in the future", line);
      } else {
        collected.add(fields[id], name == Columns::kNone ? fields[id] : fields[name], who, state, year,
                      *value);
      }
    }
  }
  refuse_if_bad(report, options);
  collected.give(into);
  return report;
}

ReadReport read_long(std::string_view text, const ReadOptions& options, std::vector<IndicatorTable>& into) {
  ReadReport report;
  CsvRows rows(text);
  if (!rows.next()) throw Error(ErrorKind::invalid_input, "the file is empty");
  const Columns columns(rows.fields());
  const std::size_t country = columns.find({"country"}), year_at = columns.find({"year"}),
                    indicator = columns.find({"indicator"}), value_at = columns.find({"value"}),
                    source = columns.find({"source"}), name = columns.find({"name"});
  if (country == Columns::kNone || year_at == Columns::kNone || indicator == Columns::kNone ||
      value_at == Columns::kNone)
    throw Error(
        ErrorKind::invalid_input,
        fmt::format(
            "indicators have the columns country, year, indicator, value and source; this file has {}",
            columns.all()));
  const int this_year = year_of(month_of(options.today));
  Collected collected(report, options);
  const std::function<std::size_t()> line = [&] { return rows.line(); };
  while (rows.next()) {
    const auto fields = rows.fields();
    rows.expect_fields(columns.count());
    report.rows += 1;
    if (says_nothing(fields[value_at])) continue;
    const auto year = year_named(fields[year_at]);
    const auto value = number(fields[value_at]);
    const std::string_view state = state_of(options, fields[country], fields[country]);
    if (state.empty()) {
      ++report.unknown_countries[std::string(fields[country].substr(0, 100))];
      report.leave_out("it is no State: a region or a group", line, false);
    } else if (!year) {
      report.leave_out("the year is none", line);
    } else if (*year > this_year) {
      report.leave_out("the year is in the future", line);
    } else if (!value) {
      report.leave_out("the value is no number", line);
    } else if (fields[indicator].empty()) {
      report.leave_out("the indicator has no code", line);
    } else {
      collected.add(fields[indicator], name == Columns::kNone ? fields[indicator] : fields[name],
                    source == Columns::kNone ? std::string_view() : fields[source], state, *year, *value);
    }
  }
  refuse_if_bad(report, options);
  collected.give(into);
  return report;
}

}  // namespace

bool is_world_bank(std::string_view begin) {
  // The head is among the first lines; the file may be cut anywhere below.
  for (std::size_t row = 0; row < 2 * kPreambleRows && !begin.empty(); ++row) {
    const std::string_view line = begin.substr(0, begin.find('\n'));
    if (line.find("Country Code") != std::string_view::npos &&
        line.find("Country Name") != std::string_view::npos)
      return true;
    begin.remove_prefix(std::min(line.size() + 1, begin.size()));
  }
  return false;
}

ReadReport read_indicators(std::string_view text, const ReadOptions& options,
                           std::vector<IndicatorTable>& into) {
  ReadReport report = is_world_bank(text.substr(0, 1 << 16)) ? read_wide(text, options, into)
                                                             : read_long(text, options, into);
  report.layout = Layout::indicators;
  return report;
}

Indicator joined(const IndicatorTable& table, const Panel& panel, int lag_months, int age_max_years) {
  Indicator out{.id = table.id, .source = table.source};
  out.values.assign(panel.units.size() * panel.months(), std::numeric_limits<float>::quiet_NaN());
  std::unordered_map<std::string_view, UnitIndex> units;
  for (UnitIndex unit = 0; unit < panel.units.size(); ++unit) units.emplace(panel.units[unit].id, unit);
  // Values come by year, so that a newer one overwrites an older one where both are known.
  for (const IndicatorValue& each : table.values) {
    const auto unit = units.find(table.states[each.state]);
    if (unit == units.end()) continue;
    const Month known = month_of(each.year, 12) + lag_months;
    const Month until = std::min(panel.last, known + 12 * age_max_years - 1);
    for (Month month = std::max(panel.first, known); month <= until; ++month)
      out.values[panel.at(unit->second, month)] = static_cast<float>(each.value);
  }
  return out;
}

}  // namespace mithaq::events
