#include "service/field_reports.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <unordered_map>

#include "base/edtf.hpp"
#include "base/error.hpp"
#include "base/table.hpp"
#include "events/formats/layout.hpp"

namespace mithaq::service {
namespace {

using events::Month;
using events::Panel;
using events::UnitIndex;

constexpr std::size_t kPage = 1000;
constexpr std::int32_t kDeathsMax = 1'000'000;  // more in one statement is a number of something else

// "2018-08-14" to its month.
std::optional<Month> month_in(std::string_view day) {
  return events::month_named(day.substr(0, 7));
}

// The State that each place of data/places.tsv lies in.
std::unordered_map<std::string, std::string> states_of_places(const std::filesystem::path& data) {
  const Table table = Table::read(data / "places.tsv");
  std::unordered_map<std::string, std::string> out;
  for (std::size_t row = 0; row < table.row_count(); ++row)
    if (const auto state = table.cell(row, "state"); !state.empty())
      out.emplace(table.cell(row, "id"), state);
  return out;
}

}  // namespace

std::size_t join_field_reports(Workspace& workspace, Panel& panel) {
  const record::View* view = nullptr;
  try {
    view = &workspace.record().view();
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::not_found) throw;
    return 0;  // there is no record yet
  }
  std::unordered_map<std::string, UnitIndex> units;
  for (UnitIndex unit = 0; unit < panel.units.size(); ++unit) units.emplace(panel.units[unit].id, unit);
  const auto states = states_of_places(workspace.options().data);

  struct Report {
    UnitIndex unit = 0;
    Month month = 0;
    float deaths = 0;
  };
  std::vector<Report> reports;
  std::size_t counted = 0;
  record::StatementQuery query{.types = {document::StatementType::incident}, .limit = kPage};
  for (;; query.offset += kPage) {
    const std::vector<record::StatementRow> page = view->statements(query);
    for (const record::StatementRow& each : page) {
      // Only what happened within one month has a month.
      const auto from = month_in(each.from), to = month_in(each.to);
      if (each.negated || !from || from != to) continue;
      Month month = *from;
      if (const auto written = month_in(each.citation.document_date)) month = std::max(month, *written);
      if (!panel.holds(month)) continue;
      std::set<UnitIndex> where;
      for (const record::PlaceRow& place : each.places) {
        const auto state = states.find(place.entity);
        const auto unit = units.find(state == states.end() ? place.entity : state->second);
        if (unit != units.end()) where.insert(unit->second);
      }
      // An incident on both sides of a border is one in each; its dead are told of once.
      if (where.empty()) continue;
      const auto deaths = each.unit == "killed" ? events::whole_number(each.value) : std::nullopt;
      for (const UnitIndex unit : where)
        reports.push_back({unit, month,
                           where.size() == 1 && deaths && *deaths >= 0 && *deaths <= kDeathsMax
                               ? static_cast<float>(*deaths)
                               : 0});
      counted += 1;
    }
    if (page.size() < kPage) break;
  }
  if (reports.empty()) return 0;

  const Month first =
      std::min_element(reports.begin(), reports.end(), [](const Report& one, const Report& other) {
        return one.month < other.month;
      })->month;
  events::Indicator incidents{.id = std::string(kReportedIncidents), .source = "documents of the record"};
  incidents.values.assign(panel.units.size() * panel.months(), std::numeric_limits<float>::quiet_NaN());
  for (UnitIndex unit = 0; unit < panel.units.size(); ++unit)
    for (Month month = first; month <= panel.last; ++month) incidents.values[panel.at(unit, month)] = 0;
  events::Indicator deaths = incidents;
  deaths.id = kReportedDeaths;
  for (const Report& each : reports) {
    incidents.values[panel.at(each.unit, each.month)] += 1;
    deaths.values[panel.at(each.unit, each.month)] += each.deaths;
  }
  panel.indicators.push_back(std::move(incidents));
  panel.indicators.push_back(std::move(deaths));
  return counted;
}

}  // namespace mithaq::service
