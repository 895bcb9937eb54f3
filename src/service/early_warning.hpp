// "Where may violence rise in the next months, how sure can anybody be, why, and how often was that right
// before?"
//
// Every answer says first what it stands on (vintage, last month known, age) and how such warnings did
// before. Data whose newest month is older than a stated age give no forecast but a projection from old data,
// and each answer says so. Warnings that are issued are entries of the record, and the program itself writes
// what became of them when the months have passed. docs/using-early-warning.md; method:
// docs/early-warning.md.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "service/acting_person.hpp"
#include "service/forecast_library.hpp"

namespace mithaq::service {

// Past so many months data give no forecast.
inline constexpr int kAgeLimitMonths = 6;
inline constexpr double kFalseAlarm = 1.0 / 3;

struct WarningQuestion {
  std::string condition{};           // name of a forecast::Condition; empty: all
  int within = 3;                    // months of the window
  double false_alarm = kFalseAlarm;  // what one costs, where a miss costs 1
  std::string place{};               // a country by any name; empty: all
};
//   throws  Error{invalid_input} naming the field that is wrong, Error{not_found} for the place
void expect_sensible(Workspace& workspace, const MadeForecast& made, const WarningQuestion& question);

// What a forecast stands on: vintage, origin, age, members, and whether it may be called a forecast.
struct ForecastAge {
  int months = 0;            // from the newest month of the data to the clock's
  bool is_forecast = false;  // of the newest data, and they are not too old
  std::string said{};        // in a sentence, in English
};
ForecastAge age_of(const VintageInfo& vintage, events::Month origin, const record::Clock& clock);
nlohmann::ordered_json forecast_json(Workspace& workspace, const MadeForecast& made, Language language);

// {"forecast":…,"track_record":[…],"costs":…,"warnings":[…],"total":…}: given ones first, by probability.
nlohmann::ordered_json warnings_answer(Workspace& workspace, const MadeForecast& made,
                                       const WarningQuestion& question, std::size_t offset, std::size_t limit,
                                       Language language);

// Deaths of 24 months and what is forecast of the next, for each country.
nlohmann::ordered_json warning_map_answer(Workspace& workspace, const MadeForecast& made, Language language);

// One country: history, fan, warnings, reasons, like cases, documents of the record that speak of it, its own
// track record.
//   country  any name of it
//   throws   Error{not_found} if no country of the forecast has that name
nlohmann::ordered_json country_forecast_answer(Workspace& workspace, const MadeForecast& made,
                                               const std::string& country, const WarningQuestion& question,
                                               Language language);

// {"windows":…,"all":…,"without":…} of any score table.
nlohmann::ordered_json scores_json(Workspace& workspace, const forecast::Backtest& scores,
                                   const events::Panel& panel, Language language);
// The score table of the earlier windows, beside the plain benchmark.
nlohmann::ordered_json forecast_scores_answer(Workspace& workspace, const MadeForecast& made,
                                              Language language);

// ---------------------------------------------------------------- warnings as entries

// A warning that stands in the record.
struct IssuedWarning {
  record::Seq entry = 0;
  std::string unit{};  // id of data/states.tsv
  forecast::Condition condition = forecast::Condition::at_least_25;
  events::Month origin = 0, from = 0, to = 0;
  std::string vintage{};
  document::Handling handling{};  // of the vintage
  double probability = 0, benchmark = 0, threshold = 0, false_alarm = 0;
  bool retrospective = false;  // issued for months that had passed, from what was known before them
  std::string by{};            // "account:" and an id, or a name from the command line
  std::string at{};            // time of the entry
  forecast::Outcome outcome = forecast::Outcome::pending;
  std::optional<int> lead_months{};
  std::optional<record::Seq> scored{};  // the entry that says what became of it
  std::string judged_by{};              // the vintage that knew the months
};
// Those that the asker may see, oldest first; with what was missed beside them (entry of "warning.missed").
std::vector<IssuedWarning> issued_warnings(Workspace& workspace);

// {"warnings":[…],"track_record":[…]}: newest first; counts of what was issued, not of what could have been.
nlohmann::ordered_json warning_record_answer(Workspace& workspace, Language language);

// Entries "warning.issued" for what is given now and does not stand in the record yet.
//   past    the data are too old for a forecast, or the origin is not their newest month: issue all the same,
//   marked
//           as retrospective
//   throws  Error{conflict} if that is so and `past` was not said
std::vector<record::Body> warnings_to_issue(Workspace& workspace, const MadeForecast& made,
                                            const WarningQuestion& question, const ActingPerson& person,
                                            bool past);

// Entries "warning.scored" and "warning.missed" for issued warnings whose months are known now.
std::vector<record::Body> warnings_to_score(Workspace& workspace);

// What an act of this file says in one line: "early warning: Mali, at least 25 deaths in a month, 2024-01 –
// 2024-03, 62%".
//   returns  empty for any other act
std::string warning_act_summary(Workspace& workspace, const record::ActBody& act, Language language);
// The handling of the data that a warning's act stands on; nothing for another act.
std::optional<document::Handling> warning_act_handling(const record::ActBody& act);

// ---------------------------------------------------------------- rows for files

// Rows of text under named columns, for tables, CSV and HXL.
struct ForecastTable {
  struct Column {
    std::string key{};
    std::string heading{};  // in English
    std::string hxl{};
    bool number = false;
  };
  std::vector<Column> columns{};
  std::vector<std::vector<std::string>> rows{};
};
// One row for each country and month ahead.
//   months  at most so many of them
ForecastTable forecast_table(Workspace& workspace, const MadeForecast& made, const WarningQuestion& question,
                             int months, Language language);
// One row for each warning that is given.
ForecastTable warnings_table(Workspace& workspace, const MadeForecast& made, const WarningQuestion& question,
                             Language language);

enum class ForecastFormat { csv, hxl, json, geojson };
std::optional<ForecastFormat> forecast_format_named(std::string_view name);
std::string_view media_type_of(ForecastFormat format);
// A whole file.
//   what    "forecast" or "warnings"
//   throws  Error{invalid_input} if it is neither
std::string forecast_export(Workspace& workspace, const MadeForecast& made, std::string_view what,
                            ForecastFormat format, const WarningQuestion& question, Language language);

// The name of a model or learner in English: "forest" is "forest of past cases".
std::string model_name(std::string_view id);
// "it came true", in English.
std::string outcome_words(forecast::Outcome outcome);
// "62%"; never certain: ">99%", "<1%".
std::string chance_text(double probability);
// "at least 25 deaths in a month", in English.
std::string condition_words(forecast::Condition condition);

}  // namespace mithaq::service
