// ACLED's event export. Its kinds of events are others than UCDP's: data/conflict/acled_kinds.tsv says which
// is which.
#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "events/formats/csv.hpp"
#include "events/formats/event_builder.hpp"

namespace mithaq::events {
namespace {

constexpr std::size_t kRowsBetweenNews = 8192;

// ACLED wrote the kind of an actor as a number until 2023, then in words.
bool is_state(std::string_view inter) {
  return inter == "1" || inter == "State Forces" || inter == "State forces";
}
bool is_civilians(std::string_view inter) {
  return inter == "7" || inter == "Civilians";
}

}  // namespace

ReadReport read_acled(std::string_view text, const ReadOptions& options, EventTable& into) {
  ReadReport report;
  report.layout = Layout::acled;
  CsvRows rows(text);
  if (!rows.next()) throw Error(ErrorKind::invalid_input, "the file is empty");
  const Columns columns(rows.fields());
  const std::size_t count = columns.count();
  const auto needed = [&](std::string_view name) {
    const std::size_t at = columns.find({name});
    if (at == Columns::kNone)
      throw Error(ErrorKind::invalid_input, fmt::format("there is no column {}: {}", name, columns.all()));
    return at;
  };
  const std::size_t id = needed("event_id_cnty"), date = needed("event_date"), type = needed("event_type"),
                    sub_type = needed("sub_event_type"), fatalities = needed("fatalities"),
                    country = needed("country");
  const std::size_t inter1 = columns.find({"inter1"}), inter2 = columns.find({"inter2"}),
                    targeting = columns.find({"civilian_targeting"}), actor1 = columns.find({"actor1"}),
                    actor2 = columns.find({"actor2"}), iso = columns.find({"iso"}),
                    latitude = columns.find({"latitude"}), longitude = columns.find({"longitude"}),
                    place = columns.find({"location"}), source = columns.find({"source"}),
                    where = columns.find({"geo_precision"}), when = columns.find({"time_precision"});

  EventBuilder builder(into, options, report);
  const std::function<std::size_t()> line = [&] { return rows.line(); };
  while (rows.next()) {
    const auto fields = rows.fields();
    rows.expect_fields(count);
    const auto field = [&](std::size_t at) { return at == Columns::kNone ? std::string_view() : fields[at]; };
    const bool state = is_state(field(inter1)) || is_state(field(inter2));
    const bool civilians =
        !field(targeting).empty() || is_civilians(field(inter1)) || is_civilians(field(inter2));
    const auto rule = std::find_if(options.acled.begin(), options.acled.end(), [&](const AcledRule& each) {
      return each.event_type == fields[type] &&
             (each.sub_event_type.empty() || each.sub_event_type == fields[sub_type]) &&
             (each.if_.empty() || (each.if_ == "state" && state) || (each.if_ == "civilians" && civilians));
    });
    if (rule == options.acled.end()) {
      report.rows += 1;
      report.leave_out("acled_kinds.tsv does not know this type of event", line);
      continue;
    }
    if (rule->kind == "none") {
      report.rows += 1;
      report.leave_out("no organized violence: a protest, a riot or a development", line, false);
      continue;
    }
    EventRow row{.id = fields[id], .date_end = fields[date], .best = fields[fatalities]};
    row.latitude = field(latitude);
    row.longitude = field(longitude);
    row.country_name = fields[country];
    row.country_m49 = field(iso);
    row.side_a = field(actor1);
    row.side_b = field(actor2);
    row.place = field(place);
    row.source = field(source);
    // Exact place, part of a region, region; exact day, week, month: as UCDP counts them.
    const std::string_view geo = field(where), time = field(when);
    row.where_prec = geo == "1" ? "1" : geo == "2" ? "2" : geo == "3" ? "4" : "";
    row.date_prec = time == "1" ? "1" : time == "2" ? "3" : time == "3" ? "4" : "";
    const Violence violence = rule->kind == "state_based" ? Violence::state_based
                              : rule->kind == "non_state" ? Violence::non_state
                                                          : Violence::one_sided;
    builder.add(row, line, violence);
    if (report.rows % kRowsBetweenNews == 0 && options.passed && !options.passed(rows.end()))
      throw Error(ErrorKind::unavailable, "stopped; nothing was imported");
  }
  builder.finish();
  refuse_if_bad(report, options);
  return report;
}

}  // namespace mithaq::events
