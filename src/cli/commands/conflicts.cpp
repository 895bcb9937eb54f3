// The map of conflicts: conflicts, conflicts share, conflicts threads.
#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <ostream>

#include "base/error.hpp"
#include "cli/commands/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/output/statement_rows.hpp"
#include "cli/output/text_width.hpp"
#include "cli/output/visible_text.hpp"
#include "service/conflict_plot.hpp"
#include "service/conflict_threads.hpp"
#include "service/conflicts.hpp"

namespace mithaq::cli {

namespace {

constexpr std::size_t kNamesShown = 2;  // parties or countries of one row, for people

std::vector<std::string> parts_of(const std::string& list) {
  std::vector<std::string> out;
  for (std::size_t begin = 0; begin <= list.size();) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    if (end > begin) out.push_back(list.substr(begin, end - begin));
    begin = end + 1;
  }
  return out;
}

// "47.1 %"
std::string percent(const std::optional<double>& share) {
  return share ? fmt::format("{:.1f} %", *share * 100) : "";
}

// "3" of conflicts that count whole, "2.4" of parts.
std::string count_text(double count) {
  return service::deaths_text(count);
}

// Where the answer goes: a file, or the terminal.
class Output {
 public:
  Output(Session& session, const std::string& path) : out_(&session.out) {
    if (path.empty()) return;
    file_.open(path, std::ios::binary);
    if (!file_) throw Error(ErrorKind::unavailable, "cannot write " + path);
    out_ = &file_;
  }
  std::ostream& stream() { return *out_; }
  //   throws  Error{no_space} if not all of it could be written
  void finish() {
    out_->flush();
    if (!*out_) throw Error(ErrorKind::no_space, "the answer could not be written: is the disk full?");
  }

 private:
  std::ofstream file_{};
  std::ostream* out_;
};

// Names for people: a few of them and how many more.
std::string some(const std::vector<std::string>& names, bool all) {
  std::string out;
  for (std::size_t each = 0; each < names.size(); ++each) {
    if (!all && each == kNamesShown) return out + "; +" + std::to_string(names.size() - each);
    out += (out.empty() ? "" : "; ") + names[each];
  }
  return out;
}

std::string state_words(const conflicts::State state) {
  if (state == conflicts::State::de_escalation) return "de-escalation";
  return std::string(name_of(state));
}

std::string kind_words(events::Violence violence) {
  std::string words(conflicts::name_of(violence));
  std::replace(words.begin(), words.end(), '_', '-');
  return words;
}

// Every row says by what rules, from what source and by which command it was counted.
void add_provenance(AnswerTable& table) {
  table.columns.push_back({.key = "definition", .hxl = "#meta+definition", .data_only = true});
  table.columns.push_back({.key = "source", .hxl = "#meta+source", .data_only = true});
  table.columns.push_back({.key = "query", .hxl = "#meta+query", .data_only = true});
}

void print_provenance(Session& session, const service::ConflictTable& table, const std::string& definition,
                      const std::string& query) {
  session.out << '\n' << definition << '\n';
  session.out << session.say("Source:") << ' ' << service::source_text(table) << '\n';
  session.out << session.say(fmt::format("The data go from {} to {}.", events::to_text(table.acts.first),
                                         events::to_text(table.acts.last)))
              << '\n';
  if (!table.acts.event_level)
    session.out << session.say(
                       "These data are sums of a country's month: they name no parties, and conflicts in one "
                       "country are not told apart. Import events to have both: mithaq events import FILE")
                << '\n';
  if (table.left_out.events > 0)
    session.out << session.say(fmt::format("Left out by the rules: {} events with {} deaths.",
                                           table.left_out.events,
                                           service::deaths_text(table.left_out.deaths)))
                << '\n';
  session.out << session.say("The same again:") << ' ' << query << '\n';
}

TableStyle style_of(const Session& session, const ConflictsCommand& command) {
  TableStyle style = session.style;
  if (command.as == "hxl") {
    style.format = OutputFormat::csv;
    style.hxl_row = true;
  }
  return style;
}

// At most so many rows for people; programs get all of them.
std::size_t rows_shown(const TableStyle& style, const ConflictsCommand& command, std::size_t rows) {
  return style.format == OutputFormat::table && command.limit > 0 ? std::min(rows, command.limit) : rows;
}

AnswerTable course_table(Session& session, const ConflictsCommand& command, const service::ConflictMap& map,
                         const std::string& definition) {
  AnswerTable table;
  const bool months = command.course == "month";
  table.columns = {
      {.key = "id", .hxl = "#event+id", .data_only = true},
      {.key = "conflict", .heading = session.say("Conflict"), .hxl = "#event+name"},
      {.key = months ? "month" : "year",
       .heading = session.say(months ? "Month" : "Year"),
       .hxl = months ? "#date+month" : "#date+year"},
      {.key = "deaths", .heading = session.say("Deaths"), .number = true, .hxl = "#affected+killed"}};
  if (!months) {
    table.columns.push_back(
        {.key = "events", .heading = session.say("Events"), .number = true, .hxl = "#indicator+events"});
    table.columns.push_back({.key = "active", .heading = session.say("Active"), .hxl = "#status+active"});
  }
  add_provenance(table);
  const std::string source = service::source_text(map.table);
  for (const conflicts::Conflict& conflict : map.conflicts) {
    const std::string& id = map.table.acts.conflicts[conflict.index].id;
    const std::string name =
        service::conflict_name(session.workspace, map.table.acts, conflict.index, session.language());
    if (months) {
      for (const conflicts::MonthOfConflict& month : conflict.by_month)
        table.rows.push_back({id, name, events::to_text(month.month), service::deaths_text(month.deaths),
                              definition, source, map.query});
      continue;
    }
    for (const conflicts::YearOfConflict& year : conflict.years)
      table.rows.push_back({id, name, std::to_string(year.year), service::deaths_text(year.deaths),
                            map.table.acts.event_level ? std::to_string(year.events) : "",
                            session.say(year.active ? "yes" : "no"), definition, source, map.query});
  }
  return table;
}

// For people: fewer columns, so that names have room.
AnswerTable people_table(Session& session, const service::ConflictMap& map) {
  AnswerTable table;
  const auto& kinds = map.table.rules.kinds;
  const bool several_kinds = std::count(kinds.begin(), kinds.end(), true) > 1;
  const conflicts::Acts& acts = map.table.acts;
  table.columns = {{.key = "conflict", .heading = session.say("Conflict")},
                   {.key = "countries", .heading = session.say("Where")}};
  if (acts.event_level) table.columns.push_back({.key = "parties", .heading = session.say("Parties")});
  if (several_kinds) table.columns.push_back({.key = "kind", .heading = session.say("Kind")});
  for (Column& column :
       std::vector<Column>{{.key = "time", .heading = session.say("Time")},
                           {.key = "deaths", .heading = session.say("Deaths"), .number = true},
                           {.key = "deaths_12", .heading = session.say("Last 12 months"), .number = true},
                           {.key = "state", .heading = session.say("State now")}})
    table.columns.push_back(std::move(column));
  for (const conflicts::Conflict& conflict : map.conflicts) {
    std::vector<std::string> countries, parties;
    for (const conflicts::Part& part : conflict.countries)
      countries.push_back(service::country_name(session.workspace, acts, part.of, session.language()));
    for (const conflicts::Part& part : conflict.parties) parties.push_back(acts.actors[part.of]);
    std::vector<std::string> row = {
        service::conflict_name(session.workspace, acts, conflict.index, session.language()),
        some(countries, false)};
    if (acts.event_level) row.push_back(some(parties, false));
    if (several_kinds) row.push_back(session.say(kind_words(conflict.violence)));
    for (std::string& cell : std::vector<std::string>{
             events::to_text(conflict.first) + "/" + events::to_text(conflict.last),
             service::deaths_text(conflict.deaths), service::deaths_text(conflict.deaths_12),
             session.say(state_words(conflict.state))})
      row.push_back(std::move(cell));
    table.rows.push_back(std::move(row));
  }
  return table;
}

AnswerTable conflict_table(Session& session, const service::ConflictMap& map, const std::string& definition) {
  AnswerTable table;
  table.columns = {{.key = "id", .hxl = "#event+id"},
                   {.key = "conflict", .hxl = "#event+name"},
                   {.key = "countries", .hxl = "#country+name"},
                   {.key = "country_codes", .hxl = "#country+code+v_iso3"},
                   {.key = "parties", .hxl = "#group+name"},
                   {.key = "kind", .hxl = "#event+type"},
                   {.key = "first", .hxl = "#date+start"},
                   {.key = "last", .hxl = "#date+end"},
                   {.key = "deaths", .number = true, .hxl = "#affected+killed"},
                   {.key = "events", .number = true, .hxl = "#indicator+events"},
                   {.key = "deaths_12", .number = true, .hxl = "#affected+killed+recent"},
                   {.key = "state", .hxl = "#status+state"},
                   {.key = "event_ids", .hxl = "#meta+events"}};
  add_provenance(table);
  const conflicts::Acts& acts = map.table.acts;
  const std::string source = service::source_text(map.table);
  for (const conflicts::Conflict& conflict : map.conflicts) {
    std::vector<std::string> countries, codes, parties, ids;
    for (const conflicts::Part& part : conflict.countries) {
      countries.push_back(service::country_name(session.workspace, acts, part.of, session.language()));
      codes.push_back(acts.countries[part.of].id);
    }
    for (const conflicts::Part& part : conflict.parties) parties.push_back(acts.actors[part.of]);
    for (const std::int64_t event : {conflict.first_event, conflict.deadliest_event, conflict.last_event}) {
      if (event != 0) ids.push_back(events::to_text_of(event));
    }
    table.rows.push_back({acts.conflicts[conflict.index].id,
                          service::conflict_name(session.workspace, acts, conflict.index, session.language()),
                          some(countries, true), some(codes, true), some(parties, true),
                          session.say(kind_words(conflict.violence)), events::to_text(conflict.first),
                          events::to_text(conflict.last), service::deaths_text(conflict.deaths),
                          acts.event_level ? std::to_string(conflict.events) : "",
                          service::deaths_text(conflict.deaths_12), session.say(state_words(conflict.state)),
                          some(ids, true), definition, source, map.query});
  }
  return table;
}

int run_map(Session& session, const ConflictsCommand& command, const service::ConflictRules& rules) {
  const service::ConflictMap map =
      service::conflict_map(session.workspace, {.rules = rules,
                                                .organization = command.organization,
                                                .place = command.place,
                                                .from = command.from,
                                                .to = command.to,
                                                .all = command.all});
  Output output(session, command.output);
  if (command.as == "svg")
    throw Error(ErrorKind::invalid_input, "only the shares are drawn: mithaq conflicts share ORG --as svg");
  if (command.as == "geojson") {
    output.stream() << service::conflicts_geojson(session.workspace, map, session.language()).dump(1) << '\n';
    output.finish();
    return map.conflicts.empty() ? kExitNothingFound : kExitOk;
  }
  const TableStyle style = style_of(session, command);
  const std::string definition = service::definition_text(map.table, map.table.rules, session.messages);
  AnswerTable table = !command.course.empty()               ? course_table(session, command, map, definition)
                      : style.format == OutputFormat::table ? people_table(session, map)
                                                            : conflict_table(session, map, definition);
  const std::size_t all = table.rows.size();
  table.rows.resize(rows_shown(style, command, all));
  print(output.stream(), table, style);
  output.finish();
  if (style.format == OutputFormat::table) {
    session.out << '\n'
                << session.say(fmt::format("Conflicts: {}, rows shown: {} of {}", map.conflicts.size(),
                                           table.rows.size(), all))
                << '\n';
    print_provenance(session, map.table, definition, map.query);
  }
  return map.conflicts.empty() ? kExitNothingFound : kExitOk;
}

// What a year's figures do not tell by themselves.
std::string year_note(Session& session, const conflicts::ShareYear& year) {
  std::vector<std::string> notes;
  if (year.months < 12) notes.push_back(session.say(fmt::format("{} months only", year.months)));
  if (year.members_uncertain > 0)
    notes.push_back(
        session.say(fmt::format("membership uncertain by its dates: {}", year.members_uncertain)));
  if (year.unknown_months > 0)
    notes.push_back(session.say(fmt::format("country-months not known: {}", year.unknown_months)));
  return some(notes, true);
}

void print_missing(Session& session, const service::ConflictShare& share) {
  if (share.members_missing.empty()) return;
  std::vector<std::string> names;
  for (const std::string& state : share.members_missing)
    names.push_back(session.workspace.name_of(state, session.language()));
  session.out << '\n'
              << session.say(fmt::format(
                     "Members that these data do not count as countries, so that what happened there "
                     "is counted elsewhere or not at all: {}",
                     some(names, true)))
              << '\n';
}

void print_claims(Session& session, const service::ConflictShare& share) {
  for (const service::ShareClaim& claim : share.claims) {
    const auto& row = claim.statement;
    session.out << '\n'
                << session.say(fmt::format("Statement {} says {} per cent: {}", row.seq, row.value,
                                           cite(row.citation)))
                << "\n  “" << visible(row.citation.words) << "”\n";
    for (const service::ClaimReading& reading : claim.by_default)
      session.out << "  "
                  << session.say(fmt::format("The definition asked for gives {} in {}.",
                                             percent(reading.share), reading.year))
                  << '\n';
    if (claim.nearest.empty()) {
      session.out << "  " << session.say("The data do not cover the year of this statement.") << '\n';
      continue;
    }
    session.out << "  "
                << session.say(
                       fmt::format("Of {} definitions and years tried, these come nearest:", claim.tried))
                << '\n';
    for (const service::ClaimReading& reading : claim.nearest)
      session.out << "    " << percent(reading.share) << " (" << count_text(reading.members) << '/'
                  << count_text(reading.world) << ")  " << reading.query << '\n';
  }
}

int run_share(Session& session, const ConflictsCommand& command, const service::ConflictRules& rules) {
  const service::ConflictShare share =
      service::conflict_share(session.workspace, {.rules = rules,
                                                  .organization = command.organization,
                                                  .counted = command.counted,
                                                  .where = command.where,
                                                  .without_suspended = command.without_suspended,
                                                  .from = command.from,
                                                  .to = command.to});
  Output output(session, command.output);
  const std::string definition =
      service::definition_text(share.table, share.rules, share.without_suspended, session.messages);
  if (command.as == "geojson")
    throw Error(ErrorKind::invalid_input, "shares have no place on a map: ask for hxl or svg");
  if (command.as == "svg") {
    output.stream() << service::share_svg(session.workspace, share, session.language());
    output.finish();
    return share.years.empty() ? kExitNothingFound : kExitOk;
  }
  AnswerTable table;
  table.columns = {
      {.key = "year", .heading = session.say("Year"), .hxl = "#date+year"},
      {.key = "members", .heading = session.say("Members"), .number = true, .hxl = "#indicator+members"},
      {.key = "conflicts",
       .heading = session.say("Conflicts"),
       .number = true,
       .hxl = "#indicator+conflicts"},
      {.key = "conflicts_world",
       .heading = session.say("World"),
       .number = true,
       .hxl = "#indicator+conflicts+world"},
      {.key = "share_conflicts",
       .heading = session.say("Share"),
       .number = true,
       .hxl = "#indicator+conflicts+share"},
      {.key = "deaths", .heading = session.say("Deaths"), .number = true, .hxl = "#affected+killed"},
      {.key = "deaths_world",
       .heading = session.say("World"),
       .number = true,
       .hxl = "#affected+killed+world"},
      {.key = "share_deaths",
       .heading = session.say("Share"),
       .number = true,
       .hxl = "#affected+killed+share"},
      {.key = "note", .heading = session.say("Note"), .hxl = "#meta+note"}};
  add_provenance(table);
  const TableStyle style = style_of(session, command);
  const bool people = style.format == OutputFormat::table;
  // Programs get numbers, 0 to 1.
  const auto share_text = [&](const std::optional<double>& value) {
    if (people) return percent(value);
    return value ? fmt::format("{:.4f}", *value) : std::string();
  };
  for (const conflicts::ShareYear& year : share.years)
    table.rows.push_back({std::to_string(year.year), std::to_string(year.members), count_text(year.conflicts),
                          count_text(year.conflicts_world), share_text(year.share_conflicts()),
                          service::deaths_text(year.deaths), service::deaths_text(year.deaths_world),
                          share_text(year.share_deaths()), year_note(session, year), definition,
                          service::source_text(share.table), share.query});
  print(output.stream(), table, style);
  output.finish();
  if (people) {
    print_missing(session, share);
    print_claims(session, share);
    print_provenance(session, share.table, definition, share.query);
  }
  return share.years.empty() ? kExitNothingFound : kExitOk;
}

// A heading, and the evidence beneath it, a paragraph for each.
void print_thread(Session& session, std::ostream& out, const service::ConflictThreads& threads,
                  const service::Thread& thread) {
  constexpr std::size_t kIndent = 4, kColumnsMin = 40;
  out << session.say(thread.kind) << ": " << visible(thread.name) << '\n';
  const std::string usual = service::source_text(threads.table);
  const std::size_t columns = std::max(session.style.terminal_columns, kColumnsMin) - kIndent;
  for (const service::Evidence& evidence : thread.evidence) {
    std::string text = evidence.said;
    // What all figures of the answer stand on is said once, at its end.
    std::string source = evidence.source;
    if (source.starts_with(usual)) source.erase(0, std::min(source.size(), usual.size() + 2));
    if (!source.empty()) text += " (" + source + ")";
    for (const std::string& line : wrap_to_width(visible(text), columns))
      out << std::string(kIndent, ' ') << line << '\n';
  }
}

int run_threads(Session& session, const ConflictsCommand& command, const service::ConflictRules& rules) {
  if (command.as == "geojson" || command.as == "svg")
    throw Error(ErrorKind::invalid_input, "threads are written as a table, JSON, CSV or hxl");
  const service::ConflictThreads threads = service::conflict_threads(session.workspace,
                                                                     {.rules = rules,
                                                                      .organization = command.organization,
                                                                      .kind = command.thread,
                                                                      .from = command.from,
                                                                      .to = command.to,
                                                                      .governments = command.governments,
                                                                      .seed = command.seed},
                                                                     session.language());
  Output output(session, command.output);
  const TableStyle style = style_of(session, command);
  const std::string definition =
      service::definition_text(threads.table, threads.table.rules, session.messages);
  AnswerTable table;
  table.columns = {{.key = "kind", .heading = session.say("Kind"), .hxl = "#meta+type"},
                   {.key = "thread", .heading = session.say("Thread"), .hxl = "#group+name"},
                   {.key = "conflicts",
                    .heading = session.say("Conflicts"),
                    .number = true,
                    .hxl = "#indicator+conflicts"},
                   {.key = "conflict_ids", .hxl = "#event+id", .data_only = true},
                   {.key = "evidence",
                    .heading = session.say("Evidence"),
                    .hxl = "#description+evidence",
                    .beneath = true},
                   {.key = "evidence_source", .hxl = "#meta+source+evidence", .data_only = true}};
  add_provenance(table);
  const std::size_t shown = rows_shown(style, command, threads.threads.size());
  for (std::size_t each = 0; each < shown; ++each) {
    const service::Thread& thread = threads.threads[each];
    std::string ids, said, sources;
    for (const conflicts::ConflictIndex conflict : thread.conflicts)
      ids += (ids.empty() ? "" : "; ") + threads.table.acts.conflicts[conflict].id;
    for (const service::Evidence& evidence : thread.evidence) {
      said += (said.empty() ? "" : "; ") + evidence.said;
      sources += (sources.empty() ? "" : "; ") + evidence.source;
    }
    table.rows.push_back({session.say(thread.kind), thread.name, std::to_string(thread.conflicts.size()), ids,
                          said, sources, definition, service::source_text(threads.table), threads.query});
  }
  if (style.format == OutputFormat::table) {
    for (std::size_t each = 0; each < shown; ++each)
      print_thread(session, output.stream(), threads, threads.threads[each]);
  } else {
    print(output.stream(), table, style);
  }
  output.finish();
  if (style.format == OutputFormat::table) {
    session.out << '\n'
                << session.say(fmt::format("Threads: {}, shown: {}", threads.threads.size(), shown)) << '\n'
                << session.say("Threads say what stands together, not what brings about what.") << '\n';
    print_provenance(session, threads.table, definition, threads.query);
  }
  return threads.threads.empty() ? kExitNothingFound : kExitOk;
}

}  // namespace

int run_conflicts(Session& session, const ConflictsCommand& command) {
  service::ConflictRules rules = command.rules;
  rules.kinds = parts_of(command.kinds);
  if (command.action == "share") return run_share(session, command, rules);
  if (command.action == "threads") return run_threads(session, command, rules);
  return run_map(session, command, rules);
}

}  // namespace mithaq::cli
