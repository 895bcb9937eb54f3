// Early warning: what may come, why, and how often such warnings were right. The track record comes first.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <ostream>

#include "base/error.hpp"
#include "cli/commands/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/output/text_width.hpp"
#include "cli/output/visible_text.hpp"
#include "service/early_warning.hpp"
#include "service/plots.hpp"

namespace mithaq::cli {

namespace {

using nlohmann::ordered_json;
using service::ForecastFormat;
using service::MadeForecast;

constexpr int kGridWindows = 2, kGridMonths = 12;
constexpr std::size_t kGridDraws = 200;
constexpr int kFanHistory = 48;
constexpr std::size_t kLikeShown = 10;
constexpr std::size_t kBar = 30;

// A bar that is drawn over itself, where somebody watches.
service::ForecastProgress progress_of(Session& session, bool quiet) {
  if (!session.terminal || quiet) return {};
  return [&session](const std::string& step, double part) {
    const auto full = static_cast<std::size_t>(std::clamp(part, 0.0, 1.0) * static_cast<double>(kBar));
    std::string bar;
    for (std::size_t at = 0; at < kBar; ++at) bar += at < full ? "█" : "░";
    session.err << "\r\u200E" << bar << ' ' << static_cast<int>(part * 100) << " %  "
                << cut_to_width(session.say(step), 60) << "\x1B[K" << std::flush;
  };
}

void clear_progress(Session& session, bool quiet) {
  if (session.terminal && !quiet) session.err << "\r\x1B[K" << std::flush;
}

events::Month month_of(const std::string& text) {
  if (text.empty()) return 0;
  const auto month = events::month_named(text);
  if (!month) throw Error(ErrorKind::invalid_input, "\"" + text + "\" is no month: 2022-10");
  return *month;
}

std::shared_ptr<const MadeForecast> forecast_of(Session& session, const WarnCommand& command) {
  auto made = session.workspace.forecasts().make(
      session.workspace, {.vintage = command.vintage, .origin = month_of(command.origin)},
      progress_of(session, command.quiet));
  clear_progress(session, command.quiet);
  return made;
}

service::WarningQuestion question_of(const WarnCommand& command) {
  return {.condition = command.condition,
          .within = command.within,
          .false_alarm = command.cost,
          .place = command.place};
}

// No forecast is certain, whatever its draws say.
std::string percent(const ordered_json& part) {
  return part.is_null() ? "" : service::chance_text(part.get<double>());
}

std::string text_of(const ordered_json& value) {
  if (value.is_null()) return "";
  return value.is_string() ? value.get<std::string>() : value.dump();
}

// What every answer begins with: how old the data are, how such warnings did, what a false alarm is taken to
// cost.
void print_head(Session& session, const ordered_json& answer) {
  session.out << text_of(answer["forecast"]["said"]) << '\n'
              << visible(text_of(answer["forecast"]["vintage"]["name"])) << ". "
              << visible(text_of(answer["forecast"]["vintage"]["source"])) << '\n';
  for (const ordered_json& member : answer["forecast"]["members"]) {
    if (member["dropped"].get<bool>())
      session.out << session.say("left out: " + text_of(member["id"])) << ": " << text_of(member["why"])
                  << '\n';
  }
  session.out << '\n' << session.say("How such warnings did before:") << '\n';
  if (answer["track_record"].empty())
    session.out << "  " << session.say("nothing of this kind was forecast before") << '\n';
  for (const ordered_json& record : answer["track_record"])
    session.out << "  " << text_of(record["condition"]["name"]) << ": " << text_of(record["said"]) << '\n';
  if (answer.contains("costs"))
    session.out << session.say(fmt::format(
                       "A warning is given from a probability of {} on: a false alarm is taken to cost "
                       "{:.2f} of a miss.",
                       percent(answer["costs"]["threshold"]), answer["costs"]["false_alarm"].get<double>()))
                << '\n';
  session.out << '\n';
}

int print_file(Session& session, const MadeForecast& made, const char* what, ForecastFormat format,
               const WarnCommand& command) {
  session.out << service::forecast_export(session.workspace, made, what, format, question_of(command),
                                          session.language());
  if (format == ForecastFormat::json || format == ForecastFormat::geojson) session.out << '\n';
  return kExitOk;
}

std::optional<ForecastFormat> file_format(const Session& session, const WarnCommand& command) {
  if (command.geojson) return ForecastFormat::geojson;
  if (session.style.format == OutputFormat::json) return ForecastFormat::json;
  if (session.style.format == OutputFormat::csv)
    return command.hxl ? ForecastFormat::hxl : ForecastFormat::csv;
  return std::nullopt;
}

int list(Session& session, const WarnCommand& command) {
  const auto made = forecast_of(session, command);
  if (const auto format = file_format(session, command))
    return print_file(session, *made, "warnings", *format, command);
  const ordered_json answer = service::warnings_answer(session.workspace, *made, question_of(command), 0,
                                                       100'000, session.language());
  print_head(session, answer);
  AnswerTable table;
  table.columns = {{.key = "country", .heading = session.say("Country")},
                   {.key = "condition", .heading = session.say("Warned of")},
                   {.key = "probability", .heading = session.say("Probability"), .number = true},
                   {.key = "benchmark", .heading = session.say("Benchmark"), .number = true},
                   {.key = "entry", .heading = session.say("Entry"), .number = true}};
  for (const ordered_json& warning : answer["warnings"]) {
    if (!warning["given"].get<bool>()) continue;
    table.rows.push_back({text_of(warning["unit"]["name"]), text_of(warning["condition"]["name"]),
                          percent(warning["probability"]), percent(warning["benchmark"]),
                          text_of(warning["entry"])});
  }
  if (table.rows.empty()) {
    session.out << session.say("No warning is given.") << '\n';
    return kExitNothingFound;
  }
  session.out << session.say("In one of the months " + text_of(answer["warnings"][0]["from"]) + " to " +
                             text_of(answer["warnings"][0]["to"]) + ":")
              << '\n';
  print(session.out, table, session.style);
  session.out << '\n' << session.say("`mithaq warn explain COUNTRY` says why.") << '\n';
  return kExitOk;
}

AnswerTable as_answer(Session& session, const service::ForecastTable& rows) {
  AnswerTable table;
  for (const auto& column : rows.columns)
    table.columns.push_back(
        {.key = column.key,
         .heading = session.say(column.heading),
         .number = column.number,
         .hxl = column.hxl,
         .data_only = column.key == "code" || column.key == "q25" || column.key == "q75"});
  table.rows = rows.rows;
  return table;
}

// Cells of PRIO-GRID are too many to keep: they are forecast each time, with fewer draws and windows.
int forecast_grid(Session& session, const WarnCommand& command) {
  const service::VintageInfo vintage = service::vintage_of(session.workspace, command.vintage);
  const events::Panel panel = service::grid_panel_of(session.workspace, vintage.id);
  const events::Month origin = command.origin.empty() ? panel.last : month_of(command.origin);
  const int months = std::min(command.months.value_or(kGridMonths), kGridMonths);
  const forecast::Forecast made = forecast::make_forecast(panel, origin,
                                                          {.horizon = months,
                                                           .draws = kGridDraws,
                                                           .windows = kGridWindows,
                                                           .progress = progress_of(session, command.quiet)});
  clear_progress(session, command.quiet);
  if (session.style.format == OutputFormat::table)
    session.out << session.say(service::age_of(vintage, origin, session.workspace.options().clock).said)
                << "\n\n";
  AnswerTable table;
  table.columns = {
      {.key = "cell", .heading = session.say("Cell"), .hxl = "#geo+gid"},
      {.key = "country", .heading = session.say("Country"), .hxl = "#country+code"},
      {.key = "month", .heading = session.say("Month"), .hxl = "#date+month"},
      {.key = "mean",
       .heading = session.say("Mean"),
       .number = true,
       .hxl = "#affected+killed+forecast+mean"},
      {.key = "q95", .heading = "95%", .number = true, .hxl = "#affected+killed+forecast+q95"},
      {.key = "any", .heading = "P(any)", .number = true, .hxl = "#indicator+probability+killed1"},
      {.key = "p25", .heading = "P(25)", .number = true, .hxl = "#indicator+probability+killed25"}};
  for (std::size_t place = 0; place < made.units.size(); ++place) {
    const events::Unit& unit = panel.units[made.units[place]];
    for (int lead = 1; lead <= months; ++lead) {
      const auto draws = made.draws[forecast::cell_of(place, lead, months)];
      const double any = forecast::probability_at_least(draws, 1);
      // People see the cells where something may happen; files have all.
      if (session.style.format == OutputFormat::table && any < 0.05) continue;
      table.rows.push_back({std::to_string(unit.number), unit.region, events::to_text(origin + lead),
                            fmt::format("{:.2f}", forecast::mean(draws)),
                            fmt::format("{:.0f}", forecast::quantile(draws, 0.95)),
                            fmt::format("{:.3f}", any),
                            fmt::format("{:.3f}", forecast::probability_at_least(draws, 25))});
    }
  }
  TableStyle style = session.style;
  style.hxl_row = command.hxl;
  print(session.out, table, style);
  return table.rows.empty() ? kExitNothingFound : kExitOk;
}

int forecast_rows(Session& session, const WarnCommand& command) {
  if (command.grid) return forecast_grid(session, command);
  const auto made = forecast_of(session, command);
  if (const auto format = file_format(session, command); format && !command.months)
    return print_file(session, *made, "forecast", *format, command);
  // A screen has room for the next months of all countries, or for all months of one.
  const int months = command.months.value_or(command.place.empty() ? 3 : made->forecast().horizon);
  const service::ForecastTable rows =
      service::forecast_table(session.workspace, *made, question_of(command), months, session.language());
  TableStyle style = session.style;
  style.hxl_row = command.hxl;
  if (session.style.format == OutputFormat::table)
    print_head(session, service::warnings_answer(session.workspace, *made, question_of(command), 0, 0,
                                                 session.language()));
  print(session.out, as_answer(session, rows), style);
  return kExitOk;
}

int explain(Session& session, const WarnCommand& command) {
  const auto made = forecast_of(session, command);
  service::WarningQuestion question = question_of(command);
  question.place.clear();
  const ordered_json answer = service::country_forecast_answer(session.workspace, *made, command.country,
                                                               question, session.language());
  if (command.geojson || session.style.format == OutputFormat::csv) {
    WarnCommand one = command;
    one.place = command.country;
    return print_file(session, *made, "forecast", *file_format(session, command), one);
  }
  if (session.style.format == OutputFormat::json) {
    session.out << answer.dump(-1, ' ', false, ordered_json::error_handler_t::replace) << '\n';
    return kExitOk;
  }
  session.out << visible(text_of(answer["unit"]["name"])) << "\n\n";
  print_head(session, answer);

  AnswerTable warnings;
  warnings.columns = {{.key = "condition", .heading = session.say("Warned of")},
                      {.key = "window", .heading = session.say("Months")},
                      {.key = "probability", .heading = session.say("Probability"), .number = true},
                      {.key = "benchmark", .heading = session.say("Benchmark"), .number = true},
                      {.key = "given", .heading = session.say("Warning")}};
  for (const ordered_json& each : answer["warnings"])
    warnings.rows.push_back({text_of(each["condition"]["name"]),
                             text_of(each["from"]) + "/" + text_of(each["to"]), percent(each["probability"]),
                             percent(each["benchmark"]),
                             session.say(each["given"].get<bool>() ? "yes" : "no")});
  print(session.out, warnings, session.style);

  AnswerTable fan;
  fan.columns = {{.key = "month", .heading = session.say("Month")},
                 {.key = "median", .heading = session.say("Median"), .number = true},
                 {.key = "interval", .heading = session.say("Nine in ten cases"), .number = true},
                 {.key = "p25", .heading = "P(25)", .number = true},
                 {.key = "benchmark", .heading = session.say("Benchmark"), .number = true}};
  const auto whole = [](const ordered_json& value) { return fmt::format("{:.0f}", value.get<double>()); };
  for (const std::size_t lead : {1, 2, 3, 6, 12, 24, 36}) {
    if (lead > answer["fan"].size()) break;
    const ordered_json& each = answer["fan"][lead - 1];
    fan.rows.push_back({text_of(each["month"]), whole(each["q50"]),
                        whole(each["q05"]) + "–" + whole(each["q95"]), percent(each["p25"]),
                        percent(each["benchmark_p25"])});
  }
  session.out << '\n' << session.say("Deaths a month:") << '\n';
  print(session.out, fan, session.style);

  const ordered_json& reasons = answer["reasons"];
  if (!reasons.is_null()) {
    session.out << '\n'
                << session.say(fmt::format(
                       "Why: the probability of at least {} deaths in {} is {}; over all past cases it "
                       "was {}.",
                       reasons["deaths"].get<int>(), text_of(reasons["month"]),
                       percent(reasons["probability"]), percent(reasons["base"])))
                << '\n';
    for (const ordered_json& each : reasons["influences"])
      session.out << "  " << text_of(each["said"]) << '\n';
    session.out << '\n' << text_of(reasons["said"]) << '\n';
    std::size_t shown = 0;
    for (const ordered_json& each : reasons["like"]) {
      if (shown++ == kLikeShown) break;
      session.out << "  " << visible(text_of(each["said"])) << '\n';
    }
  }
  session.out << '\n' << session.say("What the documents of the record say of it:") << '\n';
  if (answer["documents"].empty()) session.out << "  " << session.say("nothing") << '\n';
  for (const ordered_json& each : answer["documents"])
    session.out << "  " << visible(text_of(each["name"])) << " ¶" << visible(text_of(each["paragraph"]))
                << ": " << visible(cut_to_width(text_of(each["text"]), 2 * session.style.terminal_columns))
                << '\n';
  return kExitOk;
}

void print_record(Session& session) {
  const ordered_json record = service::warning_record_answer(session.workspace, session.language());
  if (session.style.format == OutputFormat::json) {
    session.out << record.dump(-1, ' ', false, ordered_json::error_handler_t::replace) << '\n';
    return;
  }
  AnswerTable table;
  table.columns = {
      {.key = "entry", .heading = session.say("Entry"), .number = true, .hxl = "#meta+id"},
      {.key = "country", .heading = session.say("Country"), .hxl = "#country+name"},
      {.key = "condition", .heading = session.say("Warned of"), .hxl = "#event+type"},
      {.key = "window", .heading = session.say("Months"), .hxl = "#date+window"},
      {.key = "probability",
       .heading = session.say("Probability"),
       .number = true,
       .hxl = "#indicator+probability"},
      {.key = "outcome", .heading = session.say("What became of it"), .hxl = "#status"},
      {.key = "retrospective", .heading = session.say("Issued afterwards"), .hxl = "#meta+retrospective"}};
  for (const ordered_json& each : record["warnings"]) {
    const bool given = each["given"].get<bool>();
    table.rows.push_back(
        {text_of(each["entry"]), text_of(each["unit"]["name"]), text_of(each["condition"]["name"]),
         text_of(each["from"]) + "/" + text_of(each["to"]), given ? percent(each["probability"]) : "",
         text_of(each["outcome_name"]), session.say(each["retrospective"].get<bool>() ? "yes" : "no")});
  }
  if (session.style.format == OutputFormat::table) {
    for (const ordered_json& each : record["track_record"])
      session.out << text_of(each["condition"]["name"]) << ": " << text_of(each["said"]) << '\n';
    if (!record["track_record"].empty()) session.out << '\n';
  }
  print(session.out, table, session.style);
}

int issue(Session& session, const WarnCommand& command) {
  const auto made = forecast_of(session, command);
  const std::string by = command.by.empty() ? session.user : command.by;
  const std::vector<record::Body> acts =
      service::warnings_to_issue(session.workspace, *made, question_of(command), {.by = by}, command.past);
  if (!acts.empty()) session.workspace.record_to_write().append(acts);
  session.out << session.say("warnings issued: " + std::to_string(acts.size())) << '\n';
  return acts.empty() ? kExitNothingFound : kExitOk;
}

int score(Session& session) {
  const std::vector<record::Body> acts = service::warnings_to_score(session.workspace);
  if (!acts.empty()) session.workspace.record_to_write().append(acts);
  if (session.style.format == OutputFormat::table)
    session.out << session.say("entries about what became of warnings: " + std::to_string(acts.size()))
                << "\n\n";
  print_record(session);
  return kExitOk;
}

int backtest(Session& session, const WarnCommand& command) {
  if (command.year_to < command.year_from)
    throw Error(ErrorKind::invalid_input, "the last year lies before the first");
  const service::VintageInfo vintage = service::vintage_of(session.workspace, command.vintage);
  const events::Panel panel = service::country_panel_of(session.workspace, vintage.id);
  std::vector<forecast::BacktestWindow> windows;
  const int years = command.year_to - command.year_from + 1;
  for (int year = command.year_from; year <= command.year_to; ++year) {
    const service::ForecastProgress told = progress_of(session, command.quiet);
    forecast::ForecastOptions options;
    options.horizon = 14;
    if (told)
      options.progress = [&, year](const std::string& step, double part) {
        told(step, (year - command.year_from + part) / years);
      };
    // October before the year: its twelve months lie 3 to 14 ahead, as in the VIEWS challenge.
    windows.push_back(forecast::backtest_window(panel, events::month_of(year - 1, 10), options, 3, 14));
  }
  clear_progress(session, command.quiet);
  const forecast::Backtest scores = forecast::score_windows(windows, "conflictology_12", 1);
  const ordered_json answer = service::scores_json(session.workspace, scores, panel, session.language());
  if (session.style.format == OutputFormat::json) {
    ordered_json out = {{"vintage", vintage.id}, {"from", command.year_from}, {"to", command.year_to}};
    out.update(answer);
    session.out << out.dump(-1, ' ', false, ordered_json::error_handler_t::replace) << '\n';
    return kExitOk;
  }
  AnswerTable table;
  table.columns = {{.key = "window", .heading = session.say("Origin")},
                   {.key = "model", .heading = session.say("Model")},
                   {.key = "crps", .heading = "CRPS", .number = true},
                   {.key = "ign", .heading = "IGN", .number = true},
                   {.key = "mis", .heading = "MIS", .number = true},
                   {.key = "log1p_crps", .heading = "log1p CRPS", .number = true},
                   {.key = "brier", .heading = "Brier", .number = true},
                   {.key = "coverage", .heading = session.say("Coverage"), .number = true}};
  const auto add = [&](const std::string& window, const ordered_json& row) {
    table.rows.push_back({window, text_of(row["name"]), text_of(row["crps"]), text_of(row["ign"]),
                          text_of(row["mis"]), text_of(row["log1p_crps"]), text_of(row["brier"]),
                          text_of(row["coverage"])});
  };
  for (const ordered_json& window : answer["windows"]) {
    for (const ordered_json& row : window["rows"]) add(text_of(window["origin"]), row);
  }
  for (const ordered_json& row : answer["all"]) add(session.say("all"), row);
  std::string without;
  for (const ordered_json& unit : answer["without"]["units"])
    without += (without.empty() ? "" : ", ") + text_of(unit["name"]);
  for (const ordered_json& row : answer["without"]["rows"]) add(session.say("without") + " " + without, row);
  if (session.style.format == OutputFormat::table)
    session.out
        << visible(vintage.name) << ". " << visible(vintage.source) << '\n'
        << session.say(
               "Each year from what was known at the end of October before it; lower is better, but for "
               "coverage.")
        << "\n\n";
  print(session.out, table, session.style);
  if (session.style.format == OutputFormat::table && !answer["all"].empty()) {
    session.out << '\n';
    const ordered_json& own = answer["all"][0];
    for (const auto& [metric, name] :
         {std::pair{"crps", "CRPS"}, {"ign", "IGN"}, {"mis", "MIS"}, {"log1p_crps", "log1p CRPS"}})
      session.out << session.say(fmt::format(
                         "{} against the plain benchmark: {} (95% of bootstraps over countries: {} to {})",
                         name, text_of(own["difference"][metric]), text_of(own["low"][metric]),
                         text_of(own["high"][metric])))
                  << '\n';
  }
  return kExitOk;
}

// ---------------------------------------------------------------- plots

std::string joined_words(const std::vector<std::string>& sentences) {
  std::string out;
  for (const std::string& each : sentences) {
    if (!each.empty()) out += (out.empty() ? "" : " ") + each;
  }
  return out;
}

service::PlotWords plot_words(const std::string& title, const ordered_json& answer) {
  return {.title = title,
          .note = joined_words(
              {text_of(answer["forecast"]["said"]),
               answer["track_record"].empty() ? std::string() : text_of(answer["track_record"][0]["said"])}),
          .source = text_of(answer["forecast"]["vintage"]["name"]) + " · " +
                    text_of(answer["forecast"]["vintage"]["licence"])};
}

double number_of(const ordered_json& value) {
  return value.is_null() ? std::numeric_limits<double>::quiet_NaN() : value.get<double>();
}

std::string fan_plot(Session& session, const MadeForecast& made, const WarnCommand& command) {
  if (command.place.empty())
    throw Error(ErrorKind::invalid_input, "a fan chart is of one country: --in COUNTRY");
  service::WarningQuestion question = question_of(command);
  question.place.clear();
  const ordered_json answer =
      service::country_forecast_answer(session.workspace, made, command.place, question, session.language());
  service::FanPlot plot{.words = plot_words(text_of(answer["unit"]["name"]), answer)};
  const ordered_json& history = answer["history"];
  const std::size_t begin = history.size() > kFanHistory ? history.size() - kFanHistory : 0;
  for (std::size_t at = begin; at < history.size(); ++at)
    plot.history.push_back(number_of(history[at]["state_based"]));
  plot.history_first = made.forecast().origin - static_cast<events::Month>(plot.history.size()) + 1;
  plot.forecast_first = made.forecast().origin + 1;
  for (const ordered_json& month : answer["fan"]) {
    plot.bands.push_back({.q05 = number_of(month["q05"]),
                          .q25 = number_of(month["q25"]),
                          .q50 = number_of(month["q50"]),
                          .q75 = number_of(month["q75"]),
                          .q95 = number_of(month["q95"])});
    plot.benchmark.push_back(number_of(month["benchmark_q50"]));
  }
  return service::fan_svg(plot, session.language(), session.messages);
}

std::string map_plot(Session& session, const MadeForecast& made, const WarnCommand& command) {
  service::WarningQuestion question = question_of(command);
  if (question.condition.empty()) question.condition = "at_least_25";
  const ordered_json answer =
      service::warnings_answer(session.workspace, made, question, 0, 100'000, session.language());
  const std::string what =
      answer["track_record"].empty()
          ? session.say(service::condition_words(*forecast::condition_named(question.condition)))
          : text_of(answer["track_record"][0]["condition"]["name"]);
  service::MapPlot plot{
      .words = plot_words(session.say("Early warning"), answer),
      .legend = session.say(fmt::format("probability in the months {} to {}",
                                        events::to_text(made.forecast().origin + 1),
                                        events::to_text(made.forecast().origin + question.within))) +
                ": " + what};
  for (const events::UnitIndex unit : made.forecast().units) {
    const events::Unit& each = made.panel.units[unit];
    plot.values[each.id] = {.name = session.workspace.name_of(each.id, session.language()),
                            .latitude = each.latitude,
                            .longitude = each.longitude};
  }
  for (const ordered_json& warning : answer["warnings"]) {
    service::MapPlot::Value& value = plot.values[text_of(warning["unit"]["id"])];
    value.probability = number_of(warning["probability"]);
    value.warned = warning["given"].get<bool>();
  }
  return service::map_svg(plot, service::Outlines::load(session.workspace.options().data), session.language(),
                          session.messages);
}

std::string calibration_plot(Session& session, const MadeForecast& made, const WarnCommand& command) {
  service::WarningQuestion question = question_of(command);
  if (question.condition.empty()) question.condition = "at_least_25";
  const ordered_json answer =
      service::warnings_answer(session.workspace, made, question, 0, 0, session.language());
  const ordered_json none = ordered_json::object();
  const ordered_json& record = answer["track_record"].empty() ? none : answer["track_record"][0];
  if (record.empty()) throw Error(ErrorKind::not_found, "nothing of this kind was forecast before");
  service::ReliabilityPlot plot{.words = plot_words(text_of(record["condition"]["name"]), answer)};
  for (const ordered_json& bin : record["reliability"])
    plot.bins.push_back({.count = bin["count"].get<std::size_t>(),
                         .probability = number_of(bin["probability"]),
                         .happened = number_of(bin["happened"])});
  return service::reliability_svg(plot, session.language(), session.messages);
}

int plot(Session& session, const WarnCommand& command) {
  const auto made = forecast_of(session, command);
  const std::string svg = command.plot == "fan"   ? fan_plot(session, *made, command)
                          : command.plot == "map" ? map_plot(session, *made, command)
                                                  : calibration_plot(session, *made, command);
  if (command.file == "-") {
    session.out << svg;
    return kExitOk;
  }
  std::ofstream file(command.file, std::ios::binary);
  file << svg;
  file.close();
  if (!file) throw Error(ErrorKind::unavailable, "cannot write " + command.file);
  session.out << session.say("written: " + command.file) << '\n';
  return kExitOk;
}

}  // namespace

int run_warn(Session& session, const WarnCommand& command) {
  if (command.action == "forecast") return forecast_rows(session, command);
  if (command.action == "explain") return explain(session, command);
  if (command.action == "issue") return issue(session, command);
  if (command.action == "score") return score(session);
  if (command.action == "backtest") return backtest(session, command);
  if (command.action == "plot") return plot(session, command);
  return list(session, command);
}

}  // namespace mithaq::cli
