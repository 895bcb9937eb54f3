#include "service/event_import.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "base/error.hpp"
#include "base/fold.hpp"
#include "base/mapped_file.hpp"
#include "base/sha256.hpp"
#include "base/table.hpp"
#include "events/formats/event_builder.hpp"
#include "events/formats/months.hpp"
#include "events/formats/world_bank.hpp"
#include "service/shipped_panel.hpp"

namespace mithaq::service {
namespace {

constexpr std::size_t kBeginBytes = 64 << 10;
constexpr std::size_t kCountriesOfWorld = 50;
constexpr std::size_t kFilesMax = 1000;

// The numbers after "_v" or "v" in a file's name: "GEDEvent_v23_1.csv" has 23.1, "GEDEvent_v23_01_23_12.csv"
// more.
std::string version_in(std::string_view stem) {
  for (std::size_t at = 0; at + 1 < stem.size(); ++at) {
    if ((stem[at] != 'v' && stem[at] != 'V') || stem[at + 1] < '0' || stem[at + 1] > '9') continue;
    std::string out;
    for (std::size_t each = at + 1; each < stem.size(); ++each) {
      if (stem[each] >= '0' && stem[each] <= '9') {
        out += stem[each];
      } else if ((stem[each] == '_' || stem[each] == '.') && each + 1 < stem.size() &&
                 stem[each + 1] >= '0' && stem[each + 1] <= '9') {
        out += '.';
      } else {
        break;
      }
    }
    return out;
  }
  return "";
}

std::string id_of(std::string_view stem) {
  std::string out;
  for (const char each : stem.substr(0, 40)) {
    const bool fits = (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') ||
                      (each >= '0' && each <= '9') || each == '.' || each == '-' || each == '_';
    out += fits ? each : '-';
  }
  return out;
}

// What the vintage is called and who is to be cited, where nobody says so.
void name_it(VintageInfo& info, const ImportRequest& request, events::Layout layout) {
  const std::string stem = request.files[0].stem().string();
  const std::string version = version_in(stem);
  const bool ged = layout == events::Layout::ged || layout == events::Layout::ged_geojson;
  const bool candidate = ged && std::count(version.begin(), version.end(), '.') >= 2;
  std::string id, name, source, licence;
  if (ged) {
    id = version.empty() ? id_of(stem) : (candidate ? "ged-candidate-" : "ged-") + version;
    name = version.empty() ? stem : fmt::format("UCDP {} {}", candidate ? "Candidate" : "GED", version);
    source =
        candidate
            ? fmt::format("UCDP Candidate Events {}, Uppsala Conflict Data Program (Hegre et al. 2020)",
                          version)
            : fmt::format(
                  "UCDP GED{}{}, Uppsala Conflict Data Program (Sundberg & Melander 2013; Davies et al.)",
                  version.empty() ? "" : " ", version);
    licence = "CC BY 4.0";
  } else if (layout == events::Layout::acled) {
    id = "acled-" + id_of(stem);
    name = "ACLED " + stem;
    source = "Armed Conflict Location & Event Data (ACLED), acleddata.com";
    licence = "ACLED's terms of use: not to be passed on";
  } else {
    id = id_of(stem);
    name = stem;
    source = fmt::format("{}: deaths by month, without further word of their source",
                         request.files[0].filename().string());
    licence = "not said";
  }
  info.id = request.vintage.empty() ? id : request.vintage;
  info.name = request.name.empty() ? name : request.name;
  info.source = request.source.empty() ? source : request.source;
  info.licence = request.licence.empty() ? licence : request.licence;
}

}  // namespace

events::StateNames state_names(const std::filesystem::path& data) {
  events::StateNames out;
  const Table states = Table::read(data / "states.tsv");
  for (std::size_t row = 0; row < states.row_count(); ++row) {
    const std::string id(states.cell(row, "id"));
    out.by_name.emplace(fold(id), id);
    for (const char* language : {"en", "fr", "es", "ru", "ar", "zh"}) {
      if (const auto name = states.cell(row, language); !name.empty()) out.by_name.emplace(fold(name), id);
      for (const auto alias : split_values(states.cell(row, std::string(language) + "_alias")))
        out.by_name.emplace(fold(alias), id);
    }
    if (const auto m49 = events::whole_number(states.cell(row, "m49"))) out.by_m49.emplace(*m49, id);
  }
  const Table names = Table::read(data / "conflict" / "country_names.tsv");
  for (std::size_t row = 0; row < names.row_count(); ++row)
    out.by_name.insert_or_assign(fold(names.cell(row, "name")), std::string(names.cell(row, "state")));
  for (const events::Country& each : panel_countries(data)) out.by_gwcode.emplace(each.gwcode, each.id);
  return out;
}

std::vector<events::AcledRule> acled_rules(const std::filesystem::path& data) {
  const Table table = Table::read(data / "conflict" / "acled_kinds.tsv");
  std::vector<events::AcledRule> out;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    out.push_back({.event_type = std::string(table.cell(row, "event_type")),
                   .sub_event_type = std::string(table.cell(row, "sub_event_type")),
                   .if_ = std::string(table.cell(row, "if")),
                   .kind = std::string(table.cell(row, "kind"))});
    const std::string& kind = out.back().kind;
    if (kind != "state_based" && kind != "non_state" && kind != "one_sided" && kind != "none")
      throw Error(ErrorKind::invalid_input,
                  fmt::format("{}:{}: no kind of violence: \"{}\"", table.name(), table.line_of(row), kind));
  }
  return out;
}

ImportReport import_events(Workspace& workspace, const ImportRequest& request) {
  if (request.files.empty()) throw Error(ErrorKind::invalid_input, "no file is named");
  if (request.files.size() > kFilesMax)
    throw Error(ErrorKind::invalid_input, "more than 1,000 files are named");
  const std::filesystem::path& data = workspace.options().data;
  const events::StateNames states = state_names(data);
  const std::vector<events::AcledRule> acled = acled_rules(data);
  const std::vector<events::Country> countries = panel_countries(data);
  std::vector<std::int32_t> numbers;
  for (const events::Country& each : countries) numbers.push_back(each.number);
  std::sort(numbers.begin(), numbers.end());

  events::ReadOptions options;
  options.states = &states;
  options.acled = acled;
  options.source = request.source;
  if (request.take_bad) options.bad_part_max = 1;
  options.today = static_cast<events::Day>(
      std::chrono::floor<std::chrono::days>(workspace.options().clock()).time_since_epoch().count());

  ImportReport report;
  NewVintage vintage;
  std::vector<events::IndicatorTable> indicators;
  std::optional<events::Layout> first;
  std::string hashes;
  for (const std::filesystem::path& path : request.files) {
    const std::string name = path.filename().string();
    const MappedFile file(path);
    const std::string_view text = file.bytes();
    options.passed = [&](std::size_t bytes) {
      // What is read is given back, so that a long file does not fill memory.
      file.release_before(bytes);
      return !request.progress ||
             request.progress(
                 name, text.empty() ? 1 : static_cast<double>(bytes) / static_cast<double>(text.size()));
    };
    try {
      const events::Layout layout = events::layout_of(text.substr(0, kBeginBytes));
      const auto family = [](events::Layout each) {
        return each == events::Layout::ged_geojson ? events::Layout::ged : each;
      };
      if (request.layout && family(*request.layout) != family(layout))
        throw Error(ErrorKind::invalid_input,
                    fmt::format("its layout is {}, not {}", name_of(layout), name_of(*request.layout)));
      if (first && family(*first) != family(layout))
        throw Error(ErrorKind::invalid_input,
                    fmt::format("its layout is {}, and {} came before it: one vintage is of one layout",
                                name_of(layout), name_of(*first)));
      if (!first) first = layout;
      ImportReport::File& read = report.files.emplace_back();
      read.name = name;
      switch (layout) {
        case events::Layout::ged:
          read.read = events::read_ged(text, options, vintage.table);
          break;
        case events::Layout::ged_geojson:
          read.read = events::read_ged_geojson(text, options, vintage.table);
          break;
        case events::Layout::acled:
          read.read = events::read_acled(text, options, vintage.table);
          break;
        case events::Layout::country_months:
        case events::Layout::grid_months:
          read.read = events::read_months(text, options, numbers, vintage.months);
          break;
        case events::Layout::indicators:
          read.read = events::read_indicators(text, options, indicators);
          break;
      }
      read.sha256 = to_hex(sha256(text));
      hashes += read.sha256;
    } catch (const Error& error) {
      throw Error(error.kind(), fmt::format("{}: {}", name, error.what()));
    }
    if (request.progress) request.progress(name, 1);
  }

  const std::string hash = report.files.size() == 1 ? report.files[0].sha256 : to_hex(sha256(hashes));
  if (*first == events::Layout::indicators) {
    if (indicators.empty()) throw Error(ErrorKind::invalid_input, "there is no value of any State in it");
    report.indicators = keep_indicators(
        workspace,
        {.tables = std::move(indicators), .sha256 = hash, .handling = request.handling, .by = request.by},
        request.replace);
    return report;
  }
  if (vintage.table.events.empty() && vintage.months.rows.empty())
    throw Error(ErrorKind::invalid_input, "nothing in it can be kept");
  name_it(vintage.info, request, *first);
  vintage.info.sha256 = hash;
  vintage.info.handling = request.handling;
  vintage.info.imported_by = request.by;
  vintage.table.vintage = vintage.info.id;
  if (!vintage.table.events.empty()) events::country_panel(vintage.table, countries, {}, &report.aggregated);
  const std::size_t named = countries_named_by(vintage);
  const bool candidate = vintage.info.id.find("candidate") != std::string::npos;
  vintage.info.world = request.world.value_or(candidate || vintage.months.grid || named >= kCountriesOfWorld);
  report.vintage = keep_vintage(workspace, std::move(vintage), request.replace);
  return report;
}

}  // namespace mithaq::service
