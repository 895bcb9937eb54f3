#include "service/conflicts.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "base/edtf.hpp"
#include "base/error.hpp"
#include "service/conflict_causes.hpp"
#include "service/json_rows.hpp"
#include "service/shipped_panel.hpp"
#include "service/status_register.hpp"

namespace mithaq::service {

using nlohmann::ordered_json;

namespace {

constexpr std::size_t kNearest = 3;  // definitions that are shown beside a claim
constexpr std::size_t kClaimsMax = 20;
constexpr std::size_t kFiguresMax = 20'000;  // figures of the record that are looked through
constexpr std::size_t kPartiesShown = 12;    // and dyads, of one conflict

events::MultiMonth multi_month_named(const std::string& name) {
  if (name == "date_end") return events::MultiMonth::date_end;
  if (name == "even_split") return events::MultiMonth::even_split;
  if (name == "ceil_split") return events::MultiMonth::ceil_split;
  throw Error(ErrorKind::invalid_input,
              "events of several months count by date_end, even_split or ceil_split");
}

conflicts::Rules rules_of(const ConflictRules& asked) {
  conflicts::Rules rules{.deaths_min = asked.deaths_min, .quiet_months = asked.quiet_months};
  if (!asked.kinds.empty()) rules.kinds = {};
  for (const std::string& name : asked.kinds) {
    if (name == "all") {
      rules.kinds = {true, true, true};
    } else if (const auto kind = conflicts::violence_named(name)) {
      rules.kinds[static_cast<std::size_t>(*kind)] = true;
    } else {
      throw Error(ErrorKind::invalid_input,
                  "\"" + name + "\" is no kind of violence: state_based, non_state, one_sided and all are");
    }
  }
  conflicts::check(rules);
  return rules;
}

events::PanelRules panel_rules_of(const ConflictRules& asked) {
  if (asked.where_precision_max < 1 || asked.where_precision_max > 7)
    throw Error(ErrorKind::invalid_input, "how exact a place has to be is a number from 1 to 7");
  return {.multi_month = multi_month_named(asked.multi_month), .where_prec_max = asked.where_precision_max};
}

std::string kinds_option(const conflicts::Rules& rules) {
  std::string out;
  for (std::size_t kind = 0; kind < conflicts::kViolences; ++kind) {
    if (!rules.kinds[kind]) continue;
    out += (out.empty() ? "" : ",") + std::string(conflicts::name_of(static_cast<events::Violence>(kind)));
  }
  return out;
}

// A word of a command, so that a shell takes it as one.
std::string quoted(const std::string& word) {
  const bool plain = !word.empty() && std::all_of(word.begin(), word.end(), [](char each) {
    return std::isalnum(static_cast<unsigned char>(each)) != 0 ||
           std::string_view("-_./:,").find(each) != std::string_view::npos;
  });
  if (plain) return word;
  std::string out = "'";
  for (const char each : word) out += each == '\'' ? std::string("'\\''") : std::string(1, each);
  return out + "'";
}

std::string option(const std::string& name, const std::string& value) {
  return value.empty() ? "" : " --" + name + " " + quoted(value);
}

std::string share_query(const ConflictTable& table, const std::string& organization,
                        const conflicts::ShareRules& rules, bool without_suspended, const std::string& from,
                        const std::string& to) {
  return "mithaq conflicts share " + quoted(organization) + option("from", from) + option("to", to) +
         options_of(table, rules.rules) + option("count", std::string(name_of(rules.counted))) +
         option("where", std::string(name_of(rules.where))) +
         (without_suspended ? " --without-suspended" : "");
}

std::optional<int> year_of(const record::StatementRow& row) {
  for (const std::string& time : {row.time, row.citation.document_date}) {
    if (const auto date = Edtf::parse(time); date && !date->is_interval() && date->start().year > 0)
      return date->start().year;
  }
  return std::nullopt;
}

// The organization is named within the words of the figure.
bool names(const record::View& view, const record::StatementRow& row, const std::string& organization) {
  const std::size_t begin = row.range_begin, end = begin + row.citation.words.size();
  for (const record::MentionRow& mention : view.mentions_of_paragraph(row.citation.paragraph_row)) {
    if (mention.range.end <= begin || mention.range.begin >= end) continue;
    if (std::find(mention.entities.begin(), mention.entities.end(), organization) != mention.entities.end())
      return true;
  }
  return false;
}

// Every definition that a claim is held against.
std::vector<conflicts::Rules> claim_rules(const conflicts::Rules& usual) {
  std::vector<conflicts::Rules> out;
  for (const std::array<bool, 3> kinds :
       {std::array{true, false, false}, std::array{true, true, false}, std::array{true, true, true},
        std::array{false, true, false}, std::array{false, false, true}}) {
    for (const double deaths_min : {25.0, 1.0, 100.0, 1000.0}) {
      out.push_back(usual);
      out.back().kinds = kinds;
      out.back().deaths_min = deaths_min;
    }
  }
  return out;
}

// Fewer conflicts in the world make no share that a claim could be held against.
constexpr double kWorldConflictsMin = 20;

// What a definition gives for one year, if the table knows all of it.
std::optional<ClaimReading> reading_of(const ConflictShare& share, const conflicts::Acts& acts,
                                       const conflicts::Membership& membership,
                                       const conflicts::ShareRules& rules, int year, bool deaths) {
  const auto rows = conflicts::share(acts, membership, rules, year, year);
  if (rows.size() != 1 || rows[0].months != 12 || rows[0].unknown_months > 0) return std::nullopt;
  const auto value = deaths ? rows[0].share_deaths() : rows[0].share_conflicts();
  if (!value) return std::nullopt;
  const std::string text = std::to_string(year);
  return ClaimReading{
      .rules = rules,
      .deaths = deaths,
      .year = year,
      .share = *value,
      .members = deaths ? rows[0].deaths : rows[0].conflicts,
      .world = deaths ? rows[0].deaths_world : rows[0].conflicts_world,
      .query = share_query(share.table, share.organization, rules, share.without_suspended, text, text)};
}

// The definitions that say something of their own about a claim.
std::vector<conflicts::ShareRules> definitions_for(const ConflictShare& share, bool deaths) {
  std::vector<conflicts::ShareRules> out;
  for (const conflicts::Rules& rules : claim_rules(share.table.rules)) {
    // Of deaths all are counted, whatever the size of their conflict.
    if (deaths && rules.deaths_min != 25) continue;
    for (const conflicts::Counted counted : {conflicts::Counted::conflict, conflicts::Counted::country}) {
      for (const conflicts::Where where : {conflicts::Where::most, conflicts::Where::any}) {
        // An episode lies in one country.
        const bool usual = counted == conflicts::Counted::conflict && where == conflicts::Where::most;
        if (!usual && (deaths || !share.table.acts.event_level)) continue;
        out.push_back({.rules = rules, .counted = counted, .where = where});
      }
    }
  }
  return out;
}

void hold_against(Workspace& workspace, const ConflictShare& share, ShareClaim& claim) {
  // A paper of November speaks of the year before, or of what has been counted of its own.
  const std::array years = {claim.year, claim.year - 1};
  const conflicts::Membership own =
      membership_of(workspace, share.organization, share.table.acts, share.without_suspended);
  for (const int year : years) {
    if (auto reading = reading_of(share, share.table.acts, own, share.rules, year, claim.deaths))
      claim.by_default.push_back(std::move(*reading));
  }
  for (const conflicts::ShareRules& rules : definitions_for(share, claim.deaths)) {
    const conflicts::Acts other = share.table.panel ? acts_by(share.table, rules.rules) : conflicts::Acts{};
    const conflicts::Acts& acts = share.table.panel ? other : share.table.acts;
    const conflicts::Membership& membership = own;  // of the same countries and months
    for (const int year : years) {
      auto reading = reading_of(share, acts, membership, rules, year, claim.deaths);
      if (!reading || (!claim.deaths && reading->world < kWorldConflictsMin)) continue;
      ++claim.tried;
      // Where no conflict of a year crosses a border of the members, "any" counts what "most" does.
      const bool same =
          std::any_of(claim.nearest.begin(), claim.nearest.end(), [&](const ClaimReading& each) {
            return each.year == reading->year && each.rules.counted == rules.counted &&
                   each.rules.rules.kinds == rules.rules.kinds &&
                   each.rules.rules.deaths_min == rules.rules.deaths_min && each.members == reading->members;
          });
      if (!same) claim.nearest.push_back(std::move(*reading));
    }
  }
  // Among those equally near to a tenth of a per cent, the more usual ones, which were tried first.
  const auto distance = [&](const ClaimReading& each) {
    return std::round(std::abs(each.share - claim.share) * 1000);
  };
  std::stable_sort(claim.nearest.begin(), claim.nearest.end(),
                   [&](const ClaimReading& a, const ClaimReading& b) { return distance(a) < distance(b); });
  if (claim.nearest.size() > kNearest) claim.nearest.resize(kNearest);
}

std::vector<std::string> members_missing(Workspace& workspace, const ConflictShare& share) {
  std::set<std::string> known, missing;
  for (const conflicts::CountryName& country : share.table.acts.countries) known.insert(country.id);
  if (share.years.empty()) return {};
  const std::int64_t first = day_number({share.years.front().year, 1, 1});
  const std::int64_t last = day_number({share.years.back().year, 12, 31});
  for (const status_register::Spell& spell : workspace.knowledge().statuses.history(share.organization)) {
    const bool belongs =
        spell.status == "member" || spell.status == "participating_state" || spell.status == "suspended";
    if (spell.organization == share.organization && belongs && spell.begins.earliest <= last &&
        spell.ends.latest > first && !known.contains(spell.state))
      missing.insert(spell.state);
  }
  return {missing.begin(), missing.end()};
}

std::vector<ShareClaim> claims_of(Workspace& workspace, const ConflictShare& share) {
  std::vector<ShareClaim> out;
  if (!record::identity_of(workspace.options().record)) return out;  // no document has been read yet
  const ConflictCauses causes = ConflictCauses::load(workspace.options().data);
  const record::View& view = workspace.record().view();
  record::StatementQuery query;
  query.types = {document::StatementType::figure};
  query.limit = kFiguresMax;
  for (record::StatementRow& row : view.statements(query)) {
    if (out.size() == kClaimsMax) break;
    if (row.unit != "per cent" || !causes.speaks_of_conflicts(row.citation.words)) continue;
    if (!names(view, row, share.organization)) continue;
    const double value = std::strtod(row.value.c_str(), nullptr);
    if (!(value >= 0 && value <= 100)) continue;
    ShareClaim claim{.share = value / 100,
                     .year = year_of(row).value_or(0),
                     .deaths = causes.speaks_of_deaths(row.citation.words)};
    claim.statement = std::move(row);
    if (claim.year != 0) hold_against(workspace, share, claim);
    out.push_back(std::move(claim));
  }
  return out;
}

ordered_json named(const std::string& id, const std::string& name) {
  return {{"id", id}, {"name", name}};
}

// Whole numbers stay whole.
ordered_json number(double value) {
  if (value == std::floor(value) && std::abs(value) < 1e15) return static_cast<std::int64_t>(value);
  return std::round(value * 1000) / 1000;
}

ordered_json optional_number(const std::optional<double>& value) {
  return value ? ordered_json(std::round(*value * 10000) / 10000) : ordered_json(nullptr);
}

ordered_json rules_json(const ConflictTable& table, const conflicts::Rules& rules) {
  ordered_json kinds = ordered_json::array();
  for (std::size_t kind = 0; kind < conflicts::kViolences; ++kind) {
    if (rules.kinds[kind]) kinds.push_back(conflicts::name_of(static_cast<events::Violence>(kind)));
  }
  ordered_json out = {{"kinds", kinds}, {"deaths_min", number(rules.deaths_min)}};
  if (table.acts.event_level) {
    out["multi_month"] = table.asked.multi_month;
    out["where_precision_max"] = table.asked.where_precision_max;
  } else {
    out["quiet_months"] = rules.quiet_months;
  }
  return out;
}

ordered_json event_names(const conflicts::Conflict& conflict) {
  ordered_json out = ordered_json::array();
  for (const std::int64_t event : {conflict.first_event, conflict.deadliest_event, conflict.last_event}) {
    if (event != 0) out.push_back(events::to_text_of(event));
  }
  return out;
}

ordered_json conflict_json(Workspace& workspace, const ConflictMap& map, const conflicts::Conflict& conflict,
                           Language language) {
  const conflicts::Acts& acts = map.table.acts;
  ordered_json countries = ordered_json::array(), parties = ordered_json::array();
  for (const conflicts::Part& part : conflict.countries) {
    ordered_json country =
        named(acts.countries[part.of].id, country_name(workspace, acts, part.of, language));
    country["deaths"] = number(part.deaths);
    countries.push_back(std::move(country));
  }
  for (const conflicts::Part& part : conflict.parties) {
    if (parties.size() == kPartiesShown) break;
    parties.push_back(acts.actors[part.of]);
  }
  ordered_json dyads = ordered_json::array();
  for (const conflicts::Part& part : conflict.dyads) {
    if (dyads.size() == kPartiesShown) break;
    dyads.push_back({{"name", acts.dyads[part.of]},
                     {"deaths", number(part.deaths)},
                     {"events", part.events},
                     {"first", events::to_text(part.first)},
                     {"last", events::to_text(part.last)}});
  }
  // Years without deaths stand in the course too, so that it can be drawn.
  ordered_json course = ordered_json::array();
  int year = conflict.years.empty() ? 0 : conflict.years.front().year;
  for (const conflicts::YearOfConflict& each : conflict.years) {
    for (; year < each.year; ++year)
      course.push_back({{"year", year}, {"deaths", 0}, {"events", 0}, {"active", false}});
    course.push_back({{"year", each.year},
                      {"deaths", number(each.deaths)},
                      {"events", each.events},
                      {"active", each.active}});
    ++year;
  }
  ordered_json by_kind;
  for (std::size_t kind = 0; kind < conflicts::kViolences; ++kind)
    by_kind[std::string(conflicts::name_of(static_cast<events::Violence>(kind)))] =
        number(conflict.deaths_by_kind[kind]);
  return {{"id", acts.conflicts[conflict.index].id},
          {"name", conflict_name(workspace, acts, conflict.index, language)},
          {"countries", countries},
          {"parties", parties},
          {"parties_total", conflict.parties.size()},
          {"dyads", dyads},
          {"violence", conflicts::name_of(conflict.violence)},
          {"first", events::to_text(conflict.first)},
          {"last", events::to_text(conflict.last)},
          {"deaths", number(conflict.deaths)},
          {"deaths_by_kind", by_kind},
          {"events", conflict.events},
          {"deaths_12", number(conflict.deaths_12)},
          {"deaths_before", number(conflict.deaths_before)},
          {"state", name_of(conflict.state)},
          {"course", course},
          {"event_ids", event_names(conflict)}};
}

ordered_json reading_json(const ConflictShare& share, const ClaimReading& reading, const Messages& messages) {
  ordered_json rules = rules_json(share.table, reading.rules.rules);
  rules["count"] = name_of(reading.rules.counted);
  rules["where"] = name_of(reading.rules.where);
  return {{"year", reading.year},
          {"of", reading.deaths ? "deaths" : "conflicts"},
          {"share", optional_number(reading.share)},
          {"members", number(reading.members)},
          {"world", number(reading.world)},
          {"rules", rules},
          {"said", definition_text(share.table, reading.rules, share.without_suspended, messages)},
          {"query", reading.query}};
}

}  // namespace

ConflictTable conflict_table(Workspace& workspace, const ConflictRules& asked) {
  ConflictTable table{.asked = asked, .rules = rules_of(asked)};
  const events::PanelRules panel_rules = panel_rules_of(asked);
  table.vintage = vintage_of(workspace, asked.vintage);
  if (table.vintage.kind == "events") {
    table.acts = conflicts::acts_of(events_of(workspace, table.vintage.id),
                                    panel_countries(workspace.options().data), panel_rules, &table.left_out);
  } else if (table.vintage.kind == "country_months") {
    table.panel = std::make_shared<const events::Panel>(country_panel_of(workspace, table.vintage.id));
    table.acts = conflicts::acts_of(*table.panel, table.rules);
  } else {
    throw Error(ErrorKind::invalid_input,
                "the vintage " + table.vintage.id +
                    " is of cells, not of countries: conflicts are not told apart in it");
  }
  return table;
}

conflicts::Acts acts_by(const ConflictTable& table, const conflicts::Rules& rules) {
  return table.panel ? conflicts::acts_of(*table.panel, rules) : table.acts;
}

MonthRange months_of(const std::string& from, const std::string& to) {
  const auto days_of = [](const std::string& text) {
    const auto date = Edtf::parse(text);
    const DayRange days = date ? date->days() : DayRange{};
    if (days.earliest == DayRange::kNoStart || days.latest == DayRange::kNoEnd)
      throw Error(ErrorKind::invalid_input,
                  "\"" + text + "\" is no time: give a year or a month, 2017 or 2017-05");
    return days;
  };
  const auto month_of = [](std::int64_t day) {
    const CalendarDay date = calendar_day(day);
    return events::month_of(date.year, date.month);
  };
  MonthRange out;
  if (!from.empty()) out.from = month_of(days_of(from).earliest);
  if (!to.empty()) out.to = month_of(days_of(to).latest);
  if (out.from && out.to && *out.to < *out.from)
    throw Error(ErrorKind::invalid_input, "the time asked for ends before it begins");
  return out;
}

conflicts::Membership membership_of(Workspace& workspace, const std::string& organization,
                                    const conflicts::Acts& acts, bool without_suspended) {
  conflicts::Membership out;
  const std::size_t months = acts.months();
  out.months.assign(acts.countries.size() * months, conflicts::Belonging::no);
  std::map<std::string, conflicts::CountryIndex> by_id;
  for (conflicts::CountryIndex each = 0; each < acts.countries.size(); ++each)
    by_id.emplace(acts.countries[each].id, each);
  for (const status_register::Spell& spell : workspace.knowledge().statuses.history(organization)) {
    const bool belongs = spell.status == "member" || spell.status == "participating_state" ||
                         (spell.status == "suspended" && !without_suspended);
    const auto country = by_id.find(spell.state);
    if (spell.organization != organization || !belongs || country == by_id.end()) continue;
    for (std::size_t month = 0; month < months; ++month) {
      const events::Month next = acts.first + static_cast<events::Month>(month) + 1;
      const std::int64_t last_day = day_number({events::year_of(next), events::month_of_year(next), 1}) - 1;
      conflicts::Belonging& cell = out.months[country->second * months + month];
      if (spell.begins.latest <= last_day && last_day < spell.ends.earliest) {
        cell = conflicts::Belonging::yes;
      } else if (spell.begins.earliest <= last_day && last_day < spell.ends.latest &&
                 cell == conflicts::Belonging::no) {
        cell = conflicts::Belonging::uncertain;
      }
    }
  }
  return out;
}

ConflictMap conflict_map(Workspace& workspace, const ConflictsRequest& request) {
  ConflictMap out{.table = conflict_table(workspace, request.rules)};
  const conflicts::Acts& acts = out.table.acts;
  const MonthRange range = months_of(request.from, request.to);
  conflicts::Asked asked{.from = range.from, .to = range.to, .active_only = !request.all};
  if (!request.place.empty()) {
    const std::vector<std::string> parts = workspace.with_parts(workspace.entity_named(request.place));
    const std::set<std::string> places(parts.begin(), parts.end());
    for (conflicts::CountryIndex each = 0; each < acts.countries.size(); ++each) {
      if (places.contains(acts.countries[each].id)) asked.countries.push_back(each);
    }
    if (asked.countries.empty())
      throw Error(ErrorKind::not_found, "no country of the table lies in \"" + request.place + "\"");
  }
  conflicts::Membership members;
  if (!request.organization.empty()) {
    out.organization = organization_with_states(workspace, request.organization);
    members = membership_of(workspace, out.organization, acts, false);
    asked.members = &members;
  }
  out.conflicts = conflicts::conflicts(acts, out.table.rules, asked);
  out.query = "mithaq conflicts" + option("org", out.organization) + option("in", request.place) +
              option("from", request.from) + option("to", request.to) +
              options_of(out.table, out.table.rules) + (request.all ? " --all" : "");
  return out;
}

ConflictShare conflict_share(Workspace& workspace, const ShareRequest& request) {
  const auto counted = conflicts::counted_named(request.counted);
  if (!counted) throw Error(ErrorKind::invalid_input, "what is counted is a conflict or a country");
  const auto where = conflicts::where_named(request.where);
  if (!where)
    throw Error(ErrorKind::invalid_input, "a conflict counts where most, any or part of its deaths happened");
  ConflictShare out;
  out.organization = organization_with_states(workspace, request.organization);
  out.table = conflict_table(workspace, request.rules);
  out.rules = {.rules = out.table.rules, .counted = *counted, .where = *where};
  out.without_suspended = request.without_suspended;
  const MonthRange range = months_of(request.from, request.to);
  std::optional<int> first, last;
  if (range.from) first = events::year_of(*range.from);
  if (range.to) last = events::year_of(*range.to);
  out.years = conflicts::share(
      out.table.acts, membership_of(workspace, out.organization, out.table.acts, out.without_suspended),
      out.rules, first, last);
  out.query = share_query(out.table, out.organization, out.rules, out.without_suspended,
                          first ? std::to_string(*first) : "", last ? std::to_string(*last) : "");
  out.members_missing = members_missing(workspace, out);
  out.claims = claims_of(workspace, out);
  return out;
}

std::string options_of(const ConflictTable& table, const conflicts::Rules& rules) {
  std::string out =
      option("kinds", kinds_option(rules)) + option("min-deaths", deaths_text(rules.deaths_min));
  if (table.acts.event_level) {
    if (table.asked.multi_month != "date_end") out += option("multi-month", table.asked.multi_month);
    if (table.asked.where_precision_max != 7)
      out += option("where-precision", std::to_string(table.asked.where_precision_max));
  } else {
    out += option("quiet-months", std::to_string(rules.quiet_months));
  }
  return out + option("vintage", table.vintage.id);
}

std::string kinds_text(const conflicts::Rules& rules, const Messages& messages) {
  constexpr std::string_view kNames[] = {"state-based", "non-state", "one-sided"};
  std::string out;
  for (std::size_t kind = 0; kind < conflicts::kViolences; ++kind) {
    if (rules.kinds[kind]) out += (out.empty() ? "" : "; ") + messages.say(kNames[kind]);
  }
  return out;
}

std::string definition_text(const ConflictTable& table, const conflicts::Rules& rules,
                            const Messages& messages) {
  const std::string deaths = deaths_text(rules.deaths_min);
  std::string out =
      table.acts.event_level
          ? messages.say(fmt::format("A conflict is what the source calls one; it is active in a calendar "
                                     "year with {} deaths or more.",
                                     deaths))
          : messages.say(fmt::format("A conflict is an episode of violence in one country, ended by {} quiet "
                                     "months; it is active in a calendar year with {} deaths or more.",
                                     rules.quiet_months, deaths));
  return out + " " + messages.say("Kinds of violence:") + " " + kinds_text(rules, messages) + ".";
}

std::string definition_text(const ConflictTable& table, const conflicts::ShareRules& rules,
                            bool without_suspended, const Messages& messages) {
  std::string out =
      rules.counted == conflicts::Counted::conflict
          ? definition_text(table, rules.rules, messages)
          : messages.say(fmt::format("Counted are countries with {} deaths or more in a calendar year.",
                                     deaths_text(rules.rules.deaths_min))) +
                " " + messages.say("Kinds of violence:") + " " + kinds_text(rules.rules, messages) + ".";
  const char* where =
      "One counts as the members' if more than half of its deaths of the year happened in them.";
  if (rules.where == conflicts::Where::any)
    where = "One counts as the members' if any of its deaths of the year happened in them.";
  if (rules.where == conflicts::Where::part)
    where = "One counts as the members' by the part of its deaths of the year that happened in them.";
  out += " " + messages.say(where) + " ";
  out += messages.say(
      without_suspended
          ? "A State belongs to a month if it was a member on its last day; suspended ones do not."
          : "A State belongs to a month if it was a member on its last day, suspended or not.");
  return out;
}

std::string source_text(const ConflictTable& table) {
  return table.vintage.source + "; " + table.vintage.licence + "; " + table.vintage.id;
}

std::string country_name(Workspace& workspace, const conflicts::Acts& acts, conflicts::CountryIndex country,
                         Language language) {
  if (country == conflicts::kNone) return {};
  const conflicts::CountryName& name = acts.countries[country];
  return name.id.empty() ? name.name : workspace.name_of(name.id, language);
}

std::string conflict_name(Workspace& workspace, const conflicts::Acts& acts,
                          conflicts::ConflictIndex conflict, Language language) {
  const conflicts::ConflictName& name = acts.conflicts[conflict];
  if (acts.event_level) return name.name.empty() ? name.id : name.name;
  const std::size_t mark = name.id.rfind('/');
  return workspace.name_of(name.id.substr(0, mark), language) + ", " + name.id.substr(mark + 1);
}

std::string deaths_text(double deaths) {
  return deaths == std::floor(deaths) ? fmt::format("{:.0f}", deaths) : fmt::format("{:.1f}", deaths);
}

ordered_json vintage_json(const VintageInfo& vintage) {
  return {{"id", vintage.id},
          {"name", vintage.name},
          {"source", vintage.source},
          {"licence", vintage.licence},
          {"kind", vintage.kind},
          {"first", events::to_text(vintage.first)},
          {"newest", events::to_text(vintage.newest)}};
}

ordered_json conflicts_json(Workspace& workspace, const ConflictMap& map, std::size_t offset,
                            std::size_t limit, Language language) {
  ordered_json rows = ordered_json::array();
  for (std::size_t at = offset; at < map.conflicts.size() && at - offset < limit; ++at)
    rows.push_back(conflict_json(workspace, map, map.conflicts[at], language));
  const Messages& messages = workspace.knowledge().in(language);
  return {{"vintage", vintage_json(map.table.vintage)},
          {"rules", rules_json(map.table, map.table.rules)},
          {"said", definition_text(map.table, map.table.rules, messages)},
          {"query", map.query},
          {"conflicts", rows},
          {"total", map.conflicts.size()}};
}

ordered_json share_json(Workspace& workspace, const ConflictShare& share, Language language) {
  const Messages& messages = workspace.knowledge().in(language);
  ordered_json years = ordered_json::array(), claims = ordered_json::array();
  for (const conflicts::ShareYear& year : share.years)
    years.push_back({{"year", year.year},
                     {"months", year.months},
                     {"members", year.members},
                     {"members_uncertain", year.members_uncertain},
                     {"conflicts", number(year.conflicts)},
                     {"conflicts_world", number(year.conflicts_world)},
                     {"share_conflicts", optional_number(year.share_conflicts())},
                     {"deaths", number(year.deaths)},
                     {"deaths_world", number(year.deaths_world)},
                     {"share_deaths", optional_number(year.share_deaths())},
                     {"deaths_elsewhere", number(year.deaths_elsewhere)},
                     {"unknown_months", year.unknown_months}});
  for (const ShareClaim& claim : share.claims) {
    ordered_json usual = ordered_json::array(), nearest = ordered_json::array();
    for (const ClaimReading& each : claim.by_default) usual.push_back(reading_json(share, each, messages));
    for (const ClaimReading& each : claim.nearest) nearest.push_back(reading_json(share, each, messages));
    const record::Citation& citation = claim.statement.citation;
    claims.push_back({{"statement", claim.statement.seq},
                      {"document", citation.document},
                      {"name", citation.document_name},
                      {"paragraph", citation.paragraph},
                      {"words", citation.words},
                      {"value", claim.statement.value},
                      {"unit", claim.statement.unit},
                      {"of", claim.deaths ? "deaths" : "conflicts"},
                      {"year", claim.year == 0 ? ordered_json(nullptr) : ordered_json(claim.year)},
                      {"review", std::string(record::name_of(claim.statement.review))},
                      {"computed", usual},
                      {"nearest", nearest},
                      {"definitions_tried", claim.tried}});
  }
  ordered_json missing = ordered_json::array();
  for (const std::string& state : share.members_missing)
    missing.push_back(named(state, workspace.name_of(state, language)));
  ordered_json rules = rules_json(share.table, share.rules.rules);
  rules["count"] = name_of(share.rules.counted);
  rules["where"] = name_of(share.rules.where);
  rules["without_suspended"] = share.without_suspended;
  return {{"organization", named(share.organization, workspace.name_of(share.organization, language))},
          {"vintage", vintage_json(share.table.vintage)},
          {"rules", rules},
          {"said", definition_text(share.table, share.rules, share.without_suspended, messages)},
          {"years", years},
          {"members_missing", missing},
          {"claims", claims},
          {"query", share.query},
          {"source", source_text(share.table)}};
}

ordered_json conflicts_geojson(Workspace& workspace, const ConflictMap& map, Language language) {
  ordered_json features = ordered_json::array();
  for (const conflicts::Conflict& conflict : map.conflicts) {
    ordered_json properties = conflict_json(workspace, map, conflict, language);
    properties["source"] = source_text(map.table);
    const bool placed = !std::isnan(conflict.latitude) && !std::isnan(conflict.longitude);
    ordered_json geometry = nullptr;
    if (placed)
      geometry = {{"type", "Point"},
                  {"coordinates",
                   {std::round(conflict.longitude * 1e4) / 1e4, std::round(conflict.latitude * 1e4) / 1e4}}};
    features.push_back({{"type", "Feature"}, {"geometry", geometry}, {"properties", properties}});
  }
  return {{"type", "FeatureCollection"},
          {"vintage", vintage_json(map.table.vintage)},
          {"query", map.query},
          {"features", features}};
}

}  // namespace mithaq::service
