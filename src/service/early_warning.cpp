#include "service/early_warning.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <tuple>

#include "base/error.hpp"
#include "service/export_table.hpp"
#include "service/feature_words.hpp"
#include "service/knowledge.hpp"

namespace mithaq::service {

namespace {

using events::Month;
using events::UnitIndex;
using events::Violence;
using forecast::Condition;
using nlohmann::json;
using nlohmann::ordered_json;

constexpr int kHistoryMonths = 120, kMapMonths = 24;
constexpr std::size_t kDocumentsMax = 10, kLookedAt = 300, kTextMax = 400;
constexpr std::size_t kReasonsOfEntry = 5;
constexpr int kWindowMax = 12;  // months of the earlier windows
constexpr const char* kIssued = "warning.issued";
constexpr const char* kScored = "warning.scored";
constexpr const char* kMissed = "warning.missed";

// A number of so many decimals; null for NaN.
ordered_json number(double value, int decimals) {
  if (!std::isfinite(value)) return nullptr;
  const double power = std::pow(10.0, decimals);
  const double rounded = std::round(value * power) / power;
  // Whole numbers are written as such.
  if (rounded == std::floor(rounded) && std::fabs(rounded) < 1e15) return static_cast<std::int64_t>(rounded);
  return rounded;
}
ordered_json deaths(double value) {
  return number(value, 1);
}
ordered_json probability(double value) {
  return number(value, 4);
}

const Messages& words_of(Workspace& workspace, Language language) {
  return workspace.knowledge().in(language);
}

ordered_json unit_json(Workspace& workspace, const std::string& id, Language language) {
  return {
      {"id", id}, {"name", workspace.name_of(id, language)}, {"m49", workspace.knowledge().codes_of(id).m49}};
}

ordered_json condition_json(Workspace& workspace, Condition condition, Language language) {
  return {{"id", name_of(condition)},
          {"name", words_of(workspace, language).say(condition_words(condition))}};
}

std::optional<Condition> condition_of(const WarningQuestion& question) {
  if (question.condition.empty()) return std::nullopt;
  const auto condition = forecast::condition_named(question.condition);
  if (!condition)
    throw Error(ErrorKind::invalid_input,
                "there is no condition \"" + question.condition +
                    "\": at_least_25, at_least_100, at_least_1000, onset, doubling");
  return condition;
}

// The place of a unit among those that are forecast.
std::optional<std::size_t> place_of(const MadeForecast& made, UnitIndex unit) {
  const auto& units = made.forecast().units;
  const auto found = std::find(units.begin(), units.end(), unit);
  if (found == units.end()) return std::nullopt;
  return static_cast<std::size_t>(found - units.begin());
}

std::optional<UnitIndex> unit_with_id(const events::Panel& panel, std::string_view id, Month at) {
  for (UnitIndex unit = 0; unit < panel.units.size(); ++unit) {
    const events::Unit& each = panel.units[unit];
    if (each.id == id && each.from <= at && at <= each.to) return unit;
  }
  return std::nullopt;
}

// The country that a person means.
UnitIndex country_named(Workspace& workspace, const MadeForecast& made, const std::string& words) {
  for (const std::string& entity : workspace.entities_named(words)) {
    if (const auto unit = unit_with_id(made.panel, entity, made.forecast().origin);
        unit && place_of(made, *unit))
      return *unit;
  }
  throw Error(ErrorKind::not_found, "no country of the forecast is named \"" + words + "\"");
}

std::optional<UnitIndex> country_of(Workspace& workspace, const MadeForecast& made,
                                    const WarningQuestion& question) {
  if (question.place.empty()) return std::nullopt;
  return country_named(workspace, made, question.place);
}

// ---------------------------------------------------------------- track record

std::string track_record_words(const forecast::TrackRecord& record) {
  const std::size_t given = record.hits + record.false_alarms;
  if (given == 0 && record.misses == 0)
    return "In the earlier windows nothing of this kind was warned of, nor happened.";
  return fmt::format(
      "Warnings of this kind in the earlier windows: {}; came true: {}; happened without a warning: {}.",
      given, record.hits, record.misses);
}

ordered_json track_record_json(Workspace& workspace, const forecast::TrackRecord& record, bool retrospective,
                               const std::string& said, Language language) {
  ordered_json reliability = ordered_json::array();
  for (const auto& bin : record.reliability)
    reliability.push_back({{"count", bin.count},
                           {"probability", probability(bin.probability)},
                           {"happened", probability(bin.happened)}});
  const bool any = record.origin_first != 0;
  return {{"condition", condition_json(workspace, record.condition, language)},
          {"within", record.window},
          {"hits", record.hits},
          {"false_alarms", record.false_alarms},
          {"misses", record.misses},
          {"quiet", record.quiet},
          {"brier", number(record.brier, 5)},
          {"benchmark_brier", number(record.benchmark_brier, 5)},
          {"average_precision", probability(record.average_precision)},
          {"benchmark_average_precision", probability(record.benchmark_average_precision)},
          {"lead_months_mean", record.hits == 0 ? ordered_json(nullptr) : number(record.lead_months_mean, 2)},
          {"cost", number(record.cost, 2)},
          {"cost_of_silence", number(record.cost_of_silence, 2)},
          {"cost_of_always", number(record.cost_of_always, 2)},
          {"cheapest_threshold", number(record.cheapest_threshold, 3)},
          {"origin_first", any ? events::to_text(record.origin_first) : ""},
          {"origin_last", any ? events::to_text(record.origin_last) : ""},
          {"retrospective", retrospective},
          {"reliability", reliability},
          {"said", words_of(workspace, language).say(said)}};
}

// Of all countries, or of one alone.
ordered_json track_records_json(Workspace& workspace, const MadeForecast& made,
                                const WarningQuestion& question, std::optional<UnitIndex> unit,
                                Language language) {
  const auto wanted = condition_of(question);
  ordered_json out = ordered_json::array();
  if (!unit) {
    for (const forecast::TrackRecord& record : *made.track_record(question.within, question.false_alarm)) {
      if (!wanted || record.condition == *wanted)
        out.push_back(track_record_json(workspace, record, true, track_record_words(record), language));
    }
    return out;
  }
  const auto judged = made.judged(question.within, question.false_alarm);
  for (std::size_t each = 0; each < forecast::kConditions; ++each) {
    const auto condition = static_cast<Condition>(each);
    if (wanted && condition != *wanted) continue;
    std::vector<forecast::Judged> own;
    for (const forecast::Judged& one : *judged) {
      if (one.warning.unit == *unit && one.warning.condition == condition) own.push_back(one);
    }
    if (own.empty()) continue;
    const forecast::TrackRecord record =
        forecast::track_record(condition, question.within, own, {.false_alarm = question.false_alarm});
    out.push_back(track_record_json(workspace, record, true, track_record_words(record), language));
  }
  return out;
}

// ---------------------------------------------------------------- warnings

using WarningKey =
    std::tuple<std::string, Condition, Month, Month, Month>;  // unit, condition, origin, from, to

std::map<WarningKey, record::Seq> entries_by_key(const std::vector<IssuedWarning>& issued,
                                                 const std::string& vintage) {
  std::map<WarningKey, record::Seq> out;
  for (const IssuedWarning& each : issued) {
    if (each.vintage == vintage && each.outcome != forecast::Outcome::miss)
      out[{each.unit, each.condition, each.origin, each.from, each.to}] = each.entry;
  }
  return out;
}

std::vector<forecast::Warning> asked_for(Workspace& workspace, const MadeForecast& made,
                                         const WarningQuestion& question) {
  expect_sensible(workspace, made, question);
  const auto condition = condition_of(question);
  const auto unit = country_of(workspace, made, question);
  std::vector<forecast::Warning> out;
  for (const forecast::Warning& each : *made.warnings(question.within, question.false_alarm)) {
    if ((!condition || each.condition == *condition) && (!unit || each.unit == *unit)) out.push_back(each);
  }
  return out;
}

ordered_json warning_json(Workspace& workspace, const std::string& unit, Condition condition, Month from,
                          Month to, double probability_said, double benchmark, bool given,
                          std::optional<record::Seq> entry, Language language) {
  return {{"unit", unit_json(workspace, unit, language)},
          {"condition", condition_json(workspace, condition, language)},
          {"from", events::to_text(from)},
          {"to", events::to_text(to)},
          {"probability", probability(probability_said)},
          {"benchmark", probability(benchmark)},
          {"given", given},
          {"entry", entry ? ordered_json(*entry) : ordered_json(nullptr)}};
}

ordered_json warnings_json(Workspace& workspace, const MadeForecast& made,
                           const std::vector<forecast::Warning>& warnings, std::size_t offset,
                           std::size_t limit, Language language) {
  const auto entries = entries_by_key(issued_warnings(workspace), made.vintage.id);
  ordered_json out = ordered_json::array();
  for (std::size_t at = offset; at < warnings.size() && at - offset < limit; ++at) {
    const forecast::Warning& each = warnings[at];
    const std::string& unit = made.panel.units[each.unit].id;
    const auto entry = entries.find({unit, each.condition, made.forecast().origin, each.from, each.to});
    out.push_back(warning_json(
        workspace, unit, each.condition, each.from, each.to, each.probability, each.benchmark, each.given,
        entry == entries.end() ? std::nullopt : std::optional(entry->second), language));
  }
  return out;
}

ordered_json costs_json(const WarningQuestion& question) {
  const forecast::Costs costs{.false_alarm = question.false_alarm};
  return {{"false_alarm", number(costs.false_alarm, 6)}, {"threshold", number(costs.threshold(), 6)}};
}

// ---------------------------------------------------------------- one country

ordered_json history_json(const MadeForecast& made, UnitIndex unit) {
  const events::Panel& panel = made.panel;
  const Month last = made.forecast().origin;
  ordered_json out = ordered_json::array();
  for (Month month = std::max(panel.first, last - kHistoryMonths + 1); month <= last; ++month)
    out.push_back({{"month", events::to_text(month)},
                   {"state_based", deaths(panel.value(Violence::state_based, unit, month))},
                   {"non_state", deaths(panel.value(Violence::non_state, unit, month))},
                   {"one_sided", deaths(panel.value(Violence::one_sided, unit, month))}});
  return out;
}

ordered_json fan_json(const MadeForecast& made, UnitIndex unit, std::size_t place) {
  const forecast::Forecast& forecast = made.forecast();
  ordered_json out = ordered_json::array();
  for (int lead = 1; lead <= forecast.horizon; ++lead) {
    const std::size_t cell = forecast::cell_of(place, lead, forecast.horizon);
    const auto draws = forecast.draws[cell], benchmark = forecast.benchmark[cell];
    const Month month = forecast.origin + lead;
    out.push_back({{"month", events::to_text(month)},
                   {"mean", deaths(made.kept.means[cell])},
                   {"q05", deaths(forecast::quantile(draws, 0.05))},
                   {"q25", deaths(forecast::quantile(draws, 0.25))},
                   {"q50", deaths(forecast::quantile(draws, 0.5))},
                   {"q75", deaths(forecast::quantile(draws, 0.75))},
                   {"q95", deaths(forecast::quantile(draws, 0.95))},
                   {"any", probability(forecast::probability_at_least(draws, 1))},
                   {"p25", probability(forecast::probability_at_least(draws, 25))},
                   {"p100", probability(forecast::probability_at_least(draws, 100))},
                   {"p1000", probability(forecast::probability_at_least(draws, 1000))},
                   {"benchmark_q50", deaths(forecast::quantile(benchmark, 0.5))},
                   {"benchmark_q95", deaths(forecast::quantile(benchmark, 0.95))},
                   {"benchmark_p25", probability(forecast::probability_at_least(benchmark, 25))},
                   // Of a forecast from an earlier month: what came.
                   {"observed", deaths(made.panel.value(Violence::state_based, unit, month))}});
  }
  return out;
}

ordered_json reasons_json(Workspace& workspace, const MadeForecast& made, std::size_t place,
                          Language language) {
  const forecast::Forecast& forecast = made.forecast();
  if (place >= forecast.reasons.size()) return nullptr;
  const forecast::Reasons& reasons = forecast.reasons[place];
  const FeatureWords features = FeatureWords::load(workspace.options().data);
  const Messages& words = words_of(workspace, language);
  const int lead = std::min(forecast::kReasonsLead, forecast.horizon);
  ordered_json influences = ordered_json::array(), like = ordered_json::array();
  for (const auto& each : reasons.influences) {
    const std::string name = features.name(each.feature, language);
    const std::string value = features.value_text(each.feature, each.value);
    const std::string moves =
        words.say(fmt::format("moves the probability by {:+.0f} points", 100 * each.effect + 0.0));
    influences.push_back(
        {{"feature", each.feature},
         {"name", name},
         {"value", number(features.value(each.feature, each.value), 2)},
         {"effect", probability(each.effect)},
         {"said", name + ": " + (value.empty() ? words.say("not known") : value) + " (" + moves + ")"}});
  }
  // A leaf holds a case once for each month ahead; people read it once, with what came as many months later
  // as the forecast is about. Cases of which that is not known yet say nothing.
  std::vector<forecast::Reasons::LikeCase> cases;
  for (const auto& each : reasons.like) {
    const double followed = each.origin + lead <= forecast.origin
                                ? made.panel.value(Violence::state_based, each.unit, each.origin + lead)
                                : std::numeric_limits<double>::quiet_NaN();
    if (std::isnan(followed)) continue;
    const auto known = std::find_if(cases.begin(), cases.end(), [&](const auto& other) {
      return other.unit == each.unit && other.origin == each.origin;
    });
    if (known != cases.end()) {
      known->weight += each.weight;
      continue;
    }
    cases.push_back(each);
    cases.back().followed = static_cast<float>(followed);
  }
  std::stable_sort(cases.begin(), cases.end(),
                   [](const auto& a, const auto& b) { return a.weight > b.weight; });
  const std::string comma = language == Language::arabic ? "، " : ", ";
  std::size_t followed = 0;
  for (const auto& each : cases) {
    const std::string& id = made.panel.units[each.unit].id;
    if (each.followed >= forecast::kReasonsDeaths) ++followed;
    like.push_back({{"unit", unit_json(workspace, id, language)},
                    {"month", events::to_text(each.origin)},
                    {"weight", number(each.weight, 5)},
                    {"deaths_12", deaths(each.deaths_12)},
                    {"followed", deaths(each.followed)},
                    {"followed_12", deaths(each.followed_12)},
                    {"said", workspace.name_of(id, language) + comma + events::to_text(each.origin) + ": " +
                                 words.say(fmt::format(
                                     "deaths in the twelve months before: {:.0f}; in the month {} months "
                                     "later: {:.0f}; in the twelve months after: {:.0f}",
                                     each.deaths_12, lead, each.followed, each.followed_12))}});
  }
  const std::size_t cell = forecast::cell_of(place, lead, forecast.horizon);
  const std::string said =
      like.empty() ? words.say("There are no past cases like it.")
                   : words.say(fmt::format(
                         "Of the {} past cases most like it {} had at least {:.0f} deaths in the month {} "
                         "months later.",
                         cases.size(), followed, forecast::kReasonsDeaths, lead));
  return {{"month", events::to_text(forecast.origin + lead)},
          {"deaths", static_cast<int>(forecast::kReasonsDeaths)},
          {"base", probability(reasons.base)},
          {"probability",
           probability(forecast::probability_at_least(forecast.draws[cell], forecast::kReasonsDeaths))},
          {"said", said},
          {"influences", influences},
          {"like", like}};
}

std::string shortened(std::string text) {
  if (text.size() <= kTextMax) return text;
  std::size_t end = kTextMax;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "…";
}

// Paragraphs of the record that the asker may see and that speak of a place: first those with a statement of
// it.
ordered_json documents_about(Workspace& workspace, const std::string& place) {
  if (!record::identity_of(workspace.options().record)) return ordered_json::array();
  const record::View& view = workspace.record().view();
  const std::vector<std::string> places = workspace.with_parts(place);
  std::vector<record::Citation> found;
  std::set<record::ParagraphRowId> known;
  const auto add = [&](record::Citation citation) {
    if (known.insert(citation.paragraph_row).second) found.push_back(std::move(citation));
  };
  for (const record::StatementRow& row :
       view.statements({.places = places, .order = record::StatementOrder::newest, .limit = kLookedAt}))
    add(row.citation);
  if (found.size() < kDocumentsMax) {
    for (const record::MentionRow& row : view.mentions({.entities = places, .limit = kLookedAt}))
      add(row.citation);
  }
  // Newest papers first; EDTF dates of this kind compare as texts, and those without one come last.
  std::stable_sort(found.begin(), found.end(), [](const record::Citation& a, const record::Citation& b) {
    return a.document_date > b.document_date;
  });
  if (found.size() > kDocumentsMax) found.resize(kDocumentsMax);
  ordered_json out = ordered_json::array();
  for (const record::Citation& each : found) {
    const std::string& name = !each.symbol.empty()           ? each.symbol
                              : !each.document_title.empty() ? each.document_title
                                                             : each.document_name;
    out.push_back({{"document", each.document},
                   {"name", name},
                   {"paragraph", each.paragraph},
                   {"text", shortened(view.paragraph(each.paragraph_row).paragraph.text)},
                   {"date", each.document_date}});
  }
  return out;
}

// ---------------------------------------------------------------- entries

json parsed(const record::ActBody& act) {
  json out = json::parse(act.json, nullptr, false);
  return out.is_object() ? out : json::object();
}

std::string text_in(const json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}
double number_in(const json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_number() ? found->get<double>() : 0;
}
Month month_in(const json& object, const char* name) {
  return events::month_named(text_in(object, name)).value_or(0);
}

document::Handling handling_in(const json& object) {
  const auto found = object.find("handling");
  if (found == object.end()) return {};
  return record::handling_from_json(found->dump());
}

bool sees(Workspace& workspace, const document::Handling& handling) {
  const record::Sight& sight = workspace.record().view().sight();
  return sight.everything || handling.is_public() ||
         std::binary_search(sight.handlings.begin(), sight.handlings.end(),
                            record::to_canonical_json(handling));
}

std::string by_of(const json& act) {
  const std::string account = text_in(act, "account");
  return account.empty() ? text_in(act, "by") : "account:" + account;
}

forecast::Outcome outcome_named(std::string_view name) {
  using enum forecast::Outcome;
  for (const forecast::Outcome each : {pending, hit, false_alarm, miss, quiet}) {
    if (name_of(each) == name) return each;
  }
  return pending;
}

std::optional<IssuedWarning> issued_of(record::Seq entry, const std::string& time,
                                       const record::ActBody& act) {
  const json said = parsed(act);
  const auto condition = forecast::condition_named(text_in(said, "condition"));
  IssuedWarning out{.entry = entry, .unit = text_in(said, "unit")};
  if (!condition || out.unit.empty()) return std::nullopt;
  out.condition = *condition;
  out.origin = month_in(said, "origin");
  out.from = month_in(said, "from");
  out.to = month_in(said, "to");
  out.vintage = text_in(said, "vintage");
  out.handling = handling_in(said);
  out.probability = number_in(said, "probability");
  out.benchmark = number_in(said, "benchmark");
  out.threshold = number_in(said, "threshold");
  out.false_alarm = number_in(said, "false_alarm");
  out.retrospective = said.value("retrospective", false);
  out.by = by_of(said);
  out.at = time;
  return out.from == 0 || out.to < out.from ? std::nullopt : std::optional(out);
}

json handling_json_of(const document::Handling& handling) {
  return json::parse(record::to_canonical_json(handling));
}

// A warning as its act says it, without what differs between the kinds of acts.
json act_json(const IssuedWarning& warning) {
  return {{"unit", warning.unit},
          {"condition", std::string(name_of(warning.condition))},
          {"origin", events::to_text(warning.origin)},
          {"from", events::to_text(warning.from)},
          {"to", events::to_text(warning.to)},
          {"vintage", warning.vintage},
          {"handling", handling_json_of(warning.handling)}};
}

record::ActBody act_of(const char* type, const json& said) {
  return {.type = type, .json = said.dump(-1, ' ', false, json::error_handler_t::replace)};
}

// Warnings that were given together: what was not warned of then was taken to stay quiet.
using Batch =
    std::tuple<std::string, Condition, Month, Month, Month>;  // vintage, condition, origin, from, to
Batch batch_of(const IssuedWarning& warning) {
  return {warning.vintage, warning.condition, warning.origin, warning.from, warning.to};
}

// Panels of the vintages, read once.
class Panels {
 public:
  explicit Panels(Workspace& workspace) : workspace_(workspace), vintages_(vintages(workspace)) {
    // The shipped one comes first there; who imports something newer means it.
    std::stable_partition(vintages_.begin(), vintages_.end(),
                          [](const VintageInfo& each) { return !each.shipped; });
  }
  const std::vector<VintageInfo>& all() const { return vintages_; }
  const events::Panel& of(const std::string& vintage) {
    const auto found = panels_.find(vintage);
    if (found != panels_.end()) return found->second;
    return panels_.emplace(vintage, country_panel_of(workspace_, vintage)).first->second;
  }

 private:
  Workspace& workspace_;
  std::vector<VintageInfo> vintages_;
  std::map<std::string, events::Panel> panels_{};
};

struct JudgedBy {
  forecast::Judged judged{};
  const VintageInfo* vintage = nullptr;  // nothing: pending
};

// What became of a warning, by the first vintage that knows. What restricted data say of a warning that more
// people see stays with those data.
JudgedBy judge_by(Panels& panels, const IssuedWarning& warning) {
  for (const VintageInfo& vintage : panels.all()) {
    if (vintage.kind == "grid_months" || vintage.newest < warning.from) continue;
    if (!vintage.handling.is_public() && vintage.handling != warning.handling) continue;
    // What came with the program is of one source; a warning from other data is judged by what was imported.
    if (vintage.shipped && warning.vintage != vintage.id) continue;
    const events::Panel& panel = panels.of(vintage.id);
    const auto unit = unit_with_id(panel, warning.unit, warning.from);
    if (!unit) continue;
    const forecast::Judged judged = forecast::judge(panel, warning.origin,
                                                    {.unit = *unit,
                                                     .condition = warning.condition,
                                                     .from = warning.from,
                                                     .to = warning.to,
                                                     .probability = warning.probability,
                                                     .benchmark = warning.benchmark,
                                                     .given = true});
    if (judged.outcome != forecast::Outcome::pending) return {judged, &vintage};
  }
  return {};
}

// Units of which nobody warned although it happened.
void add_misses(Panels& panels, const VintageInfo& vintage, const std::vector<const IssuedWarning*>& batch,
                std::vector<record::Body>& out) {
  const IssuedWarning& any = *batch.front();
  const events::Panel& panel = panels.of(vintage.id);
  if (vintage.newest < any.to || !panel.holds(any.origin)) return;
  std::set<std::string> warned;
  for (const IssuedWarning* each : batch) warned.insert(each->unit);
  // Nobody could warn of what the data of then did not know.
  const bool same_there = std::any_of(panels.all().begin(), panels.all().end(),
                                      [&](const VintageInfo& each) { return each.id == any.vintage; });
  const events::Panel* const then = same_there ? &panels.of(any.vintage) : nullptr;
  const auto was_forecast = [&](const std::string& id) {
    if (then == nullptr) return true;
    const auto unit = unit_with_id(*then, id, any.origin);
    return unit && then->known(Violence::state_based, *unit, any.origin);
  };
  for (UnitIndex unit = 0; unit < panel.units.size(); ++unit) {
    const events::Unit& each = panel.units[unit];
    if (warned.contains(each.id) || each.from > any.origin || each.to < any.from) continue;
    if (!was_forecast(each.id)) continue;
    std::vector<float> past;
    for (Month month = any.origin - 11; month <= any.origin; ++month)
      past.push_back(panel.value(Violence::state_based, unit, month));
    if (!forecast::applies(any.condition, past)) continue;
    const forecast::Judged judged = forecast::judge(
        panel, any.origin,
        {.unit = unit, .condition = any.condition, .from = any.from, .to = any.to, .given = false});
    if (judged.outcome != forecast::Outcome::miss) continue;
    IssuedWarning missed = any;
    missed.unit = each.id;
    json said = act_json(missed);
    said["outcome"] = name_of(judged.outcome);
    said["judged_by"] = vintage.id;
    out.push_back(act_of(kMissed, said));
  }
}

}  // namespace

// ---------------------------------------------------------------- words

std::string chance_text(double probability) {
  if (probability > 0.99) return ">99%";
  if (probability < 0.01) return "<1%";
  return fmt::format("{:.0f}%", 100 * probability);
}

std::string condition_words(Condition condition) {
  switch (condition) {
    case Condition::at_least_25:
      return "at least 25 deaths in a month";
    case Condition::at_least_100:
      return "at least 100 deaths in a month";
    case Condition::at_least_1000:
      return "at least 1000 deaths in a month";
    case Condition::onset:
      return "deaths after twelve months without any";
    case Condition::doubling:
      return "twice the deaths of a month of the last year, and at least 25";
  }
  return "";
}

std::string model_name(std::string_view id) {
  static const std::map<std::string_view, const char*> kNames = {
      {"mithaq", "this program"},
      {"forest", "forest of past cases"},
      {"analogues", "most similar past cases"},
      {"boosting", "boosted hurdle model"},
      {"markov", "states of conflict (Markov)"},
      {"negative_binomial", "negative binomial of the last two years"},
      {"conflictology_12", "plain benchmark: the last twelve months again"},
      {"conflictology_36", "the last three years again"},
      {"zero", "no deaths anywhere"},
      {"last", "the last month again"},
      {"bootstrap", "any month of any country"}};
  const auto found = kNames.find(id);
  return found == kNames.end() ? std::string(id) : found->second;
}

void expect_sensible(Workspace& workspace, const MadeForecast& made, const WarningQuestion& question) {
  condition_of(question);
  if (question.within < 1 || question.within > std::min(kWindowMax, made.forecast().horizon))
    throw Error(ErrorKind::invalid_input, fmt::format("a warning is about 1 to {} months",
                                                      std::min(kWindowMax, made.forecast().horizon)));
  if (!(question.false_alarm > 0) || question.false_alarm > 100)
    throw Error(ErrorKind::invalid_input, "the cost of a false alarm is above 0 and at most 100");
  country_of(workspace, made, question);
}

ForecastAge age_of(const VintageInfo& vintage, Month origin, const record::Clock& clock) {
  const std::chrono::year_month_day today(std::chrono::floor<std::chrono::days>(clock()));
  const Month now = events::month_of(static_cast<int>(today.year()),
                                     static_cast<int>(static_cast<unsigned>(today.month())));
  ForecastAge out{.months = now - vintage.newest};
  const std::string newest = events::to_text(vintage.newest);
  if (origin < vintage.newest) {
    out.said = fmt::format(
        "Made from what was known at the end of {}, although data to {} are there: a look back, not a "
        "forecast.",
        events::to_text(origin), newest);
  } else if (out.months < 0) {
    out.said =
        fmt::format("The data name months to {}, which have not come yet: this is no forecast.", newest);
  } else if (out.months > kAgeLimitMonths) {
    out.said = fmt::format(
        "The newest month of the data is {}, months ago: {}. Past {} months this is a projection from old "
        "data, not a forecast.",
        newest, out.months, kAgeLimitMonths);
  } else {
    out.is_forecast = true;
    out.said = fmt::format("The newest month of the data is {}, months ago: {}.", newest, out.months);
  }
  return out;
}

ordered_json forecast_json(Workspace& workspace, const MadeForecast& made, Language language) {
  const Messages& words = words_of(workspace, language);
  const ForecastAge age = age_of(made.vintage, made.forecast().origin, workspace.options().clock);
  ordered_json members = ordered_json::array();
  for (const forecast::Member& each : made.forecast().members)
    members.push_back({{"id", each.id},
                       {"name", words.say(model_name(each.id))},
                       {"weight", probability(each.weight)},
                       {"crps", number(each.crps, 4)},
                       {"dropped", each.dropped},
                       {"why", each.why.empty() ? "" : words.say(each.why)}});
  return {{"vintage",
           {{"id", made.vintage.id},
            {"name", made.vintage.name},
            {"source", made.vintage.source},
            {"licence", made.vintage.licence}}},
          {"origin", events::to_text(made.forecast().origin)},
          {"newest", events::to_text(made.vintage.newest)},
          {"age_months", age.months},
          {"age_limit_months", kAgeLimitMonths},
          {"is_forecast", age.is_forecast},
          {"said", words.say(age.said)},
          {"horizon", made.forecast().horizon},
          {"made_at", made.made_at},
          {"members", members}};
}

// ---------------------------------------------------------------- answers

ordered_json warnings_answer(Workspace& workspace, const MadeForecast& made, const WarningQuestion& question,
                             std::size_t offset, std::size_t limit, Language language) {
  const std::vector<forecast::Warning> warnings = asked_for(workspace, made, question);
  return {{"forecast", forecast_json(workspace, made, language)},
          {"track_record",
           track_records_json(workspace, made, question, country_of(workspace, made, question), language)},
          {"costs", costs_json(question)},
          {"warnings", warnings_json(workspace, made, warnings, offset, limit, language)},
          {"total", warnings.size()}};
}

ordered_json warning_map_answer(Workspace& workspace, const MadeForecast& made, Language language) {
  const forecast::Forecast& forecast = made.forecast();
  const Month first = std::max(made.panel.first, forecast.origin - kMapMonths + 1);
  ordered_json months = ordered_json::array();
  for (Month month = first; month <= forecast.origin + forecast.horizon; ++month)
    months.push_back(events::to_text(month));
  ordered_json units = ordered_json::array();
  for (std::size_t place = 0; place < forecast.units.size(); ++place) {
    const UnitIndex unit = forecast.units[place];
    ordered_json observed = ordered_json::array();
    for (Month month = first; month <= forecast.origin; ++month)
      observed.push_back(deaths(made.panel.value(Violence::state_based, unit, month)));
    std::array<ordered_json, 6> series;
    series.fill(ordered_json::array());
    for (int lead = 1; lead <= forecast.horizon; ++lead) {
      const std::size_t cell = forecast::cell_of(place, lead, forecast.horizon);
      const auto draws = forecast.draws[cell];
      series[0].push_back(number(forecast::probability_at_least(draws, 25), 3));
      series[1].push_back(number(forecast::probability_at_least(draws, 100), 3));
      series[2].push_back(number(forecast::probability_at_least(draws, 1000), 3));
      series[3].push_back(deaths(forecast::quantile(draws, 0.5)));
      series[4].push_back(deaths(forecast::quantile(draws, 0.95)));
      series[5].push_back(deaths(made.kept.means[cell]));
    }
    ordered_json json = unit_json(workspace, made.panel.units[unit].id, language);
    json["observed"] = std::move(observed);
    const std::array<const char*, 6> names = {"p25", "p100", "p1000", "median", "q95", "mean"};
    for (std::size_t each = 0; each < names.size(); ++each) json[names[each]] = std::move(series[each]);
    units.push_back(std::move(json));
  }
  return {{"forecast", forecast_json(workspace, made, language)},
          {"months", months},
          {"first_forecast", events::to_text(forecast.origin + 1)},
          {"units", units}};
}

ordered_json country_forecast_answer(Workspace& workspace, const MadeForecast& made,
                                     const std::string& country, const WarningQuestion& asked,
                                     Language language) {
  const UnitIndex unit = country_named(workspace, made, country);
  const std::size_t place = *place_of(made, unit);
  const std::string& id = made.panel.units[unit].id;
  WarningQuestion question = asked;
  question.place = id;
  const std::vector<forecast::Warning> warnings = asked_for(workspace, made, question);
  return {{"forecast", forecast_json(workspace, made, language)},
          {"track_record", track_records_json(workspace, made, question, unit, language)},
          {"unit", unit_json(workspace, id, language)},
          {"costs", costs_json(question)},
          {"warnings", warnings_json(workspace, made, warnings, 0, warnings.size(), language)},
          {"reasons", reasons_json(workspace, made, place, language)},
          {"fan", fan_json(made, unit, place)},
          {"history", history_json(made, unit)},
          {"documents", documents_about(workspace, id)}};
}

namespace {

ordered_json score_row(Workspace& workspace, const std::string& model, const forecast::Scores& scores,
                       Language language) {
  return {{"model", model},
          {"name", words_of(workspace, language).say(model_name(model))},
          {"crps", number(scores.crps, 4)},
          {"ign", number(scores.ignorance, 4)},
          {"mis", number(scores.interval_score, 3)},
          {"log1p_crps", number(scores.log1p_crps, 5)},
          {"brier", number(scores.brier_25, 5)},
          {"coverage", number(scores.coverage, 4)}};
}

}  // namespace

ordered_json scores_json(Workspace& workspace, const forecast::Backtest& scores, const events::Panel& panel,
                         Language language) {
  ordered_json windows = ordered_json::array(), all = ordered_json::array(), without = ordered_json::array(),
               units = ordered_json::array();
  for (std::size_t window = 0; window < scores.origins.size(); ++window) {
    ordered_json rows = ordered_json::array();
    for (const forecast::ModelScores& each : scores.models) {
      if (window < each.windows.size())
        rows.push_back(score_row(workspace, each.model, each.windows[window], language));
    }
    windows.push_back({{"origin", events::to_text(scores.origins[window])}, {"rows", rows}});
  }
  for (const forecast::ModelScores& each : scores.models) {
    ordered_json row = score_row(workspace, each.model, each.all, language);
    const std::array<std::pair<const char*, const forecast::ModelScores::Difference*>, 4> differences = {
        {{"crps", &each.crps},
         {"ign", &each.ignorance},
         {"mis", &each.interval_score},
         {"log1p_crps", &each.log1p_crps}}};
    ordered_json difference, low, high;
    for (const auto& [name, value] : differences) {
      difference[name] = number(value->mean, 5);
      low[name] = number(value->low, 5);
      high[name] = number(value->high, 5);
    }
    row["difference"] = difference;
    row["low"] = low;
    row["high"] = high;
    all.push_back(std::move(row));
  }
  for (const forecast::ModelScores& each : scores.without)
    without.push_back(score_row(workspace, each.model, each.all, language));
  for (const UnitIndex unit : scores.dominant)
    units.push_back(unit_json(workspace, panel.units[unit].id, language));
  return {{"windows", windows}, {"all", all}, {"without", {{"units", units}, {"rows", without}}}};
}

ordered_json forecast_scores_answer(Workspace& workspace, const MadeForecast& made, Language language) {
  const forecast::Backtest& scores = made.kept.scores;
  ordered_json out = {{"forecast", forecast_json(workspace, made, language)}};
  out.update(scores_json(workspace, scores, made.panel, language));
  std::size_t cells = 0;
  for (const forecast::PastWindow& past : made.forecast().past)
    cells += static_cast<std::size_t>(std::count_if(past.outcomes.begin(), past.outcomes.end(),
                                                    [](float outcome) { return !std::isnan(outcome); }));
  ordered_json pit = ordered_json::array();
  for (const double share : scores.pit) pit.push_back(std::llround(share * static_cast<double>(cells)));
  out["pit"] = pit;
  out["coverage_violence"] =
      scores.models.empty() ? ordered_json(nullptr) : number(scores.models.front().all.coverage_violence, 4);
  return out;
}

// ---------------------------------------------------------------- entries

std::vector<IssuedWarning> issued_warnings(Workspace& workspace) {
  std::vector<IssuedWarning> out;
  if (!record::identity_of(workspace.options().record)) return out;
  const record::SqlStore& store = workspace.record();
  std::map<record::Seq, std::size_t> by_entry;
  for (const record::ActRow& row : store.view().acts("warning.")) {
    const record::Entry entry = store.entry(row.seq);
    if (!entry.body) continue;
    const record::Body body = record::body_from_json(record::EntryKind::act, *entry.body);
    const auto& act = std::get<record::ActBody>(body);
    if (row.type == kScored) {
      const json said = parsed(act);
      const auto found = by_entry.find(static_cast<record::Seq>(number_in(said, "warning")));
      if (found == by_entry.end()) continue;
      IssuedWarning& warning = out[found->second];
      warning.outcome = outcome_named(text_in(said, "outcome"));
      if (said.contains("lead_months") && said["lead_months"].is_number_integer())
        warning.lead_months = said["lead_months"].get<int>();
      warning.scored = row.seq;
      warning.judged_by = text_in(said, "judged_by");
      continue;
    }
    if (row.type != kIssued && row.type != kMissed) continue;
    auto warning = issued_of(row.seq, row.time, act);
    if (!warning || !sees(workspace, warning->handling)) continue;
    if (row.type == kMissed) {
      warning->outcome = forecast::Outcome::miss;
      warning->judged_by = text_in(parsed(act), "judged_by");
    }
    by_entry[row.seq] = out.size();
    out.push_back(std::move(*warning));
  }
  return out;
}

ordered_json warning_record_answer(Workspace& workspace, Language language) {
  const std::vector<IssuedWarning> issued = issued_warnings(workspace);
  ordered_json warnings = ordered_json::array();
  std::map<std::pair<int, int>, std::vector<forecast::Judged>> judged;  // by condition and window
  bool retrospective = !issued.empty();
  for (auto each = issued.rbegin(); each != issued.rend(); ++each) {
    const bool given = each->outcome != forecast::Outcome::miss;
    ordered_json row = warning_json(workspace, each->unit, each->condition, each->from, each->to,
                                    each->probability, each->benchmark, given, each->entry, language);
    row["origin"] = events::to_text(each->origin);
    row["vintage"] = each->vintage;
    row["threshold"] = number(each->threshold, 4);
    row["outcome"] = name_of(each->outcome);
    row["outcome_name"] = words_of(workspace, language).say(outcome_words(each->outcome));
    row["lead_months"] = each->lead_months ? ordered_json(*each->lead_months) : ordered_json(nullptr);
    row["retrospective"] = each->retrospective;
    row["judged_by"] = each->judged_by;
    row["by"] = each->by;
    row["issued_at"] = each->at;
    warnings.push_back(std::move(row));
    if (each->outcome == forecast::Outcome::pending) continue;
    if (!each->retrospective) retrospective = false;
    judged[{static_cast<int>(each->condition), each->to - each->from + 1}].push_back(
        {.warning = {.condition = each->condition,
                     .from = each->from,
                     .to = each->to,
                     .probability = each->probability,
                     .benchmark = each->benchmark,
                     .given = given},
         .origin = each->origin,
         .outcome = each->outcome,
         .lead_months = each->lead_months});
  }
  ordered_json records = ordered_json::array();
  for (const auto& [key, own] : judged) {
    const forecast::TrackRecord record =
        forecast::track_record(static_cast<Condition>(key.first), key.second, own);
    records.push_back(
        track_record_json(workspace, record, retrospective,
                          fmt::format("Issued warnings of this kind whose months are known: {}; came true: "
                                      "{}; happened without a warning: "
                                      "{}.",
                                      record.hits + record.false_alarms, record.hits, record.misses),
                          language));
  }
  return {{"track_record", records}, {"warnings", warnings}};
}

std::vector<record::Body> warnings_to_issue(Workspace& workspace, const MadeForecast& made,
                                            const WarningQuestion& question, const ActingPerson& person,
                                            bool past) {
  const std::vector<forecast::Warning> warnings = asked_for(workspace, made, question);
  const ForecastAge age = age_of(made.vintage, made.forecast().origin, workspace.options().clock);
  if (!age.is_forecast && !past)
    throw Error(ErrorKind::conflict, "no warning is issued from this: " + age.said);
  const auto there = entries_by_key(issued_warnings(workspace), made.vintage.id);
  const forecast::Costs costs{.false_alarm = question.false_alarm};
  std::vector<record::Body> out;
  for (const forecast::Warning& each : warnings) {
    if (!each.given) continue;
    IssuedWarning warning{.unit = made.panel.units[each.unit].id,
                          .condition = each.condition,
                          .origin = made.forecast().origin,
                          .from = each.from,
                          .to = each.to,
                          .vintage = made.vintage.id,
                          .handling = made.vintage.handling};
    if (there.contains({warning.unit, warning.condition, warning.origin, warning.from, warning.to})) continue;
    json said = act_json(warning);
    // To what the kept draws can tell.
    said["probability"] = json::parse(probability(each.probability).dump());
    said["benchmark"] = json::parse(probability(each.benchmark).dump());
    said["threshold"] = json::parse(number(costs.threshold(), 6).dump());
    said["false_alarm"] = json::parse(number(costs.false_alarm, 6).dump());
    said["retrospective"] = !age.is_forecast;
    said["method"] = kForecastMethod;
    json reasons = json::array();
    if (const auto place = place_of(made, each.unit); place && *place < made.forecast().reasons.size()) {
      for (const auto& influence : made.forecast().reasons[*place].influences) {
        if (reasons.size() == kReasonsOfEntry) break;
        reasons.push_back(
            {{"feature", influence.feature}, {"effect", json::parse(probability(influence.effect).dump())}});
      }
    }
    said["reasons"] = reasons;
    if (person.by.starts_with("account:")) {
      said["account"] = person.by.substr(std::string_view("account:").size());
      said["party"] = person.on_behalf_of;
    } else {
      said["by"] = person.by;
    }
    out.emplace_back(act_of(kIssued, said));
  }
  return out;
}

std::vector<record::Body> warnings_to_score(Workspace& workspace) {
  std::vector<record::Body> out;
  const std::vector<IssuedWarning> issued = issued_warnings(workspace);
  const bool any_open = std::any_of(issued.begin(), issued.end(), [](const IssuedWarning& each) {
    return each.outcome == forecast::Outcome::pending;
  });
  if (!any_open) return out;
  Panels panels(workspace);
  struct Group {
    std::vector<const IssuedWarning*> warnings{};
    std::size_t open = 0, closed_now = 0;
    const VintageInfo* judged_by = nullptr;
  };
  std::map<Batch, Group> batches;
  for (const IssuedWarning& each : issued) {
    if (each.outcome == forecast::Outcome::miss) continue;
    Group& group = batches[batch_of(each)];
    group.warnings.push_back(&each);
    if (each.outcome != forecast::Outcome::pending) continue;
    ++group.open;
    const JudgedBy found = judge_by(panels, each);
    if (found.vintage == nullptr) continue;
    ++group.closed_now;
    group.judged_by = found.vintage;
    json said = act_json(each);
    said["warning"] = each.entry;
    said["outcome"] = name_of(found.judged.outcome);
    said["lead_months"] = found.judged.lead_months ? json(*found.judged.lead_months) : json(nullptr);
    said["judged_by"] = found.vintage->id;
    out.emplace_back(act_of(kScored, said));
  }
  // Once all of a batch are judged, its silence is too.
  for (const auto& [key, group] : batches) {
    if (group.closed_now > 0 && group.closed_now == group.open)
      add_misses(panels, *group.judged_by, group.warnings, out);
  }
  return out;
}

std::string outcome_words(forecast::Outcome outcome) {
  switch (outcome) {
    case forecast::Outcome::pending:
      return "its months have not passed";
    case forecast::Outcome::hit:
      return "it came true";
    case forecast::Outcome::false_alarm:
      return "false alarm";
    case forecast::Outcome::miss:
      return "it happened without a warning";
    case forecast::Outcome::quiet:
      return "nothing happened, nobody warned";
  }
  return "";
}

std::string warning_act_summary(Workspace& workspace, const record::ActBody& act, Language language) {
  if (act.type != kIssued && act.type != kScored && act.type != kMissed) return "";
  const auto warning = issued_of(0, "", act);
  if (!warning) return "";
  const Messages& words = words_of(workspace, language);
  const std::string about = workspace.name_of(warning->unit, language) + ", " +
                            words.say(condition_words(warning->condition)) + ", " +
                            events::to_text(warning->from) + " – " + events::to_text(warning->to);
  if (act.type == kIssued)
    return words.say("early warning") + ": " + about + ", " + chance_text(warning->probability);
  return words.say("what became of an early warning") + ": " + about + ": " +
         words.say(outcome_words(outcome_named(text_in(parsed(act), "outcome"))));
}

std::optional<document::Handling> warning_act_handling(const record::ActBody& act) {
  if (act.type != kIssued && act.type != kScored && act.type != kMissed) return std::nullopt;
  return handling_in(parsed(act));
}

// ---------------------------------------------------------------- files

ForecastTable forecast_table(Workspace& workspace, const MadeForecast& made, const WarningQuestion& question,
                             int months, Language language) {
  ForecastTable table;
  table.columns = {
      {.key = "code", .heading = "Code", .hxl = "#country+code+v_iso3"},
      {.key = "country", .heading = "Country", .hxl = "#country+name"},
      {.key = "month", .heading = "Month", .hxl = "#date+month"},
      {.key = "mean", .heading = "Mean", .hxl = "#affected+killed+forecast+mean", .number = true},
      {.key = "q05", .heading = "5%", .hxl = "#affected+killed+forecast+q05", .number = true},
      {.key = "q25", .heading = "25%", .hxl = "#affected+killed+forecast+q25", .number = true},
      {.key = "median", .heading = "Median", .hxl = "#affected+killed+forecast+median", .number = true},
      {.key = "q75", .heading = "75%", .hxl = "#affected+killed+forecast+q75", .number = true},
      {.key = "q95", .heading = "95%", .hxl = "#affected+killed+forecast+q95", .number = true},
      {.key = "any", .heading = "P(any)", .hxl = "#indicator+probability+killed1", .number = true},
      {.key = "p25", .heading = "P(25)", .hxl = "#indicator+probability+killed25", .number = true},
      {.key = "p100", .heading = "P(100)", .hxl = "#indicator+probability+killed100", .number = true},
      {.key = "p1000", .heading = "P(1000)", .hxl = "#indicator+probability+killed1000", .number = true},
      {.key = "benchmark_p25",
       .heading = "Benchmark P(25)",
       .hxl = "#indicator+probability+killed25+benchmark",
       .number = true}};
  const forecast::Forecast& forecast = made.forecast();
  const auto unit = country_of(workspace, made, question);
  for (std::size_t place = 0; place < forecast.units.size(); ++place) {
    if (unit && forecast.units[place] != *unit) continue;
    const std::string& id = made.panel.units[forecast.units[place]].id;
    const std::string name = workspace.name_of(id, language);
    for (int lead = 1; lead <= std::min(months, forecast.horizon); ++lead) {
      const std::size_t cell = forecast::cell_of(place, lead, forecast.horizon);
      const auto draws = forecast.draws[cell];
      const auto count = [](double value) { return deaths(value).dump(); };
      const auto part = [&](double value) {
        return number(forecast::probability_at_least(draws, value), 3).dump();
      };
      table.rows.push_back({id, name, events::to_text(forecast.origin + lead), count(made.kept.means[cell]),
                            count(forecast::quantile(draws, 0.05)), count(forecast::quantile(draws, 0.25)),
                            count(forecast::quantile(draws, 0.5)), count(forecast::quantile(draws, 0.75)),
                            count(forecast::quantile(draws, 0.95)), part(1), part(25), part(100), part(1000),
                            number(forecast::probability_at_least(forecast.benchmark[cell], 25), 3).dump()});
    }
  }
  return table;
}

ForecastTable warnings_table(Workspace& workspace, const MadeForecast& made, const WarningQuestion& question,
                             Language language) {
  ForecastTable table;
  table.columns = {
      {.key = "code", .heading = "Code", .hxl = "#country+code+v_iso3"},
      {.key = "country", .heading = "Country", .hxl = "#country+name"},
      {.key = "condition", .heading = "Warned of", .hxl = "#event+type"},
      {.key = "from", .heading = "From", .hxl = "#date+start"},
      {.key = "to", .heading = "To", .hxl = "#date+end"},
      {.key = "probability", .heading = "Probability", .hxl = "#indicator+probability", .number = true},
      {.key = "benchmark", .heading = "Benchmark", .hxl = "#indicator+probability+benchmark", .number = true},
      {.key = "entry", .heading = "Entry", .hxl = "#meta+id", .number = true}};
  const Messages& words = words_of(workspace, language);
  const auto entries = entries_by_key(issued_warnings(workspace), made.vintage.id);
  for (const forecast::Warning& each : asked_for(workspace, made, question)) {
    if (!each.given) continue;
    const std::string& id = made.panel.units[each.unit].id;
    const auto entry = entries.find({id, each.condition, made.forecast().origin, each.from, each.to});
    table.rows.push_back({id, workspace.name_of(id, language), words.say(condition_words(each.condition)),
                          events::to_text(each.from), events::to_text(each.to),
                          probability(each.probability).dump(), probability(each.benchmark).dump(),
                          entry == entries.end() ? "" : std::to_string(entry->second)});
  }
  return table;
}

std::optional<ForecastFormat> forecast_format_named(std::string_view name) {
  if (name == "csv") return ForecastFormat::csv;
  if (name == "hxl") return ForecastFormat::hxl;
  if (name == "json") return ForecastFormat::json;
  if (name == "geojson") return ForecastFormat::geojson;
  return std::nullopt;
}

std::string_view media_type_of(ForecastFormat format) {
  switch (format) {
    case ForecastFormat::csv:
    case ForecastFormat::hxl:
      return "text/csv; charset=utf-8";
    case ForecastFormat::json:
      return "application/json";
    case ForecastFormat::geojson:
      return "application/geo+json";
  }
  return "";
}

std::string forecast_export(Workspace& workspace, const MadeForecast& made, std::string_view what,
                            ForecastFormat format, const WarningQuestion& question, Language language) {
  if (what != "forecast" && what != "warnings")
    throw Error(ErrorKind::invalid_input,
                "there is no export of \"" + std::string(what) + "\": forecast, warnings");
  expect_sensible(workspace, made, question);
  const ForecastTable table =
      what == "forecast" ? forecast_table(workspace, made, question, made.forecast().horizon, language)
                         : warnings_table(workspace, made, question, language);
  const ordered_json about = forecast_json(workspace, made, language);
  if (format == ForecastFormat::csv || format == ForecastFormat::hxl) {
    // Each row says what it stands on: a file is passed on without its letter.
    std::string out;
    const std::array<std::pair<const char*, const char*>, 3> more = {
        {{"vintage", "#meta+vintage"}, {"origin", "#date+origin"}, {"note", "#meta+note"}}};
    const auto line = [&](auto cell_of_column, auto cell_of_more) {
      for (const auto& column : table.columns) out += csv_cell(cell_of_column(column)) + ",";
      for (std::size_t each = 0; each < more.size(); ++each)
        out += csv_cell(cell_of_more(more[each])) + (each + 1 < more.size() ? "," : "\r\n");
    };
    line([](const auto& column) { return column.key; },
         [](const auto& each) { return std::string(each.first); });
    if (format == ForecastFormat::hxl)
      line([](const auto& column) { return column.hxl; },
           [](const auto& each) { return std::string(each.second); });
    const std::string end = csv_cell(made.vintage.name) + "," + about["origin"].get<std::string>() + "," +
                            csv_cell(about["said"].get<std::string>()) + "\r\n";
    for (const auto& row : table.rows) {
      for (const std::string& cell : row) out += csv_cell(cell) + ",";
      out += end;
    }
    return out;
  }
  // Numbers as numbers.
  const auto value_of = [&](std::size_t column, const std::string& cell) -> ordered_json {
    if (!table.columns[column].number) return cell;
    return cell.empty() ? ordered_json(nullptr) : ordered_json::parse(cell);
  };
  ordered_json rows = ordered_json::array();
  for (const auto& row : table.rows) {
    ordered_json properties;
    for (std::size_t column = 0; column < row.size(); ++column)
      properties[table.columns[column].key] = value_of(column, row[column]);
    if (format == ForecastFormat::json) {
      rows.push_back(std::move(properties));
      continue;
    }
    // A point at the country's middle; we ship no borders.
    ordered_json geometry = nullptr;
    if (const auto unit = unit_with_id(made.panel, row[0], made.forecast().origin)) {
      const events::Unit& place = made.panel.units[*unit];
      if (place.latitude != 0 || place.longitude != 0)
        geometry = {{"type", "Point"},
                    {"coordinates", {number(place.longitude, 3), number(place.latitude, 3)}}};
    }
    rows.push_back({{"type", "Feature"}, {"geometry", geometry}, {"properties", properties}});
  }
  if (format == ForecastFormat::geojson)
    return ordered_json{{"type", "FeatureCollection"}, {"forecast", about}, {"features", rows}}.dump(
        -1, ' ', false, ordered_json::error_handler_t::replace);
  return ordered_json{{"forecast", about},
                      {"track_record", track_records_json(workspace, made, question, std::nullopt, language)},
                      {std::string(what), rows}}
      .dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

}  // namespace mithaq::service
