// UCDP GED, all versions, and what is laid out like it.
#include <fmt/format.h>

#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "events/formats/csv.hpp"
#include "events/formats/event_builder.hpp"

namespace mithaq::events {
namespace {

constexpr std::size_t kRowsBetweenNews = 8192;
constexpr std::size_t kJsonStringMax = 1 << 20;
constexpr std::size_t kJsonDepthMax = 32;

// Where each thing that a row says is found, under the names that releases gave it: 49 columns since 2017
// (17.2), fewer before; short names are those of tables made from it.
struct GedColumn {
  std::string_view EventRow::*member;
  std::initializer_list<std::string_view> names;
  bool needed = false;
};
const std::array<GedColumn, 26> kColumns = {{
    {&EventRow::id, {"id", "event_id"}, true},
    {&EventRow::violence, {"type_of_violence", "type_of_vi", "type"}, true},
    {&EventRow::date_start, {"date_start"}},
    {&EventRow::date_end, {"date_end"}},
    {&EventRow::year, {"year"}},
    {&EventRow::month, {"month"}},
    {&EventRow::day, {"day"}},
    {&EventRow::best, {"best", "best_est", "best_death"}, true},
    {&EventRow::low, {"low", "low_est", "low_death"}},
    {&EventRow::high, {"high", "high_est", "high_death"}},
    {&EventRow::latitude, {"latitude"}},
    {&EventRow::longitude, {"longitude"}},
    {&EventRow::cell, {"priogrid_gid", "priogrid_g", "gid"}},
    {&EventRow::country_number, {"country_id", "gwno"}},
    {&EventRow::country_name, {"country"}},
    {&EventRow::conflict_number, {"conflict_new_id", "conflict_id"}},
    {&EventRow::conflict, {"conflict_name"}},
    {&EventRow::dyad_number, {"dyad_new_id", "dyad_id"}},
    {&EventRow::dyad, {"dyad_name"}},
    {&EventRow::side_a, {"side_a"}},
    {&EventRow::side_b, {"side_b"}},
    {&EventRow::place, {"where_coordinates"}},
    {&EventRow::source, {"source_article", "source_office"}},
    {&EventRow::where_prec, {"where_prec"}},
    {&EventRow::date_prec, {"date_prec"}},
    {&EventRow::clarity, {"event_clarity"}},
}};

void news(const ReadOptions& options, std::size_t bytes) {
  if (options.passed && !options.passed(bytes))
    throw Error(ErrorKind::unavailable, "stopped; nothing was imported");
}

// Takes the features of a collection one by one; keeps of each what an event needs.
class FeatureReader : public nlohmann::json_sax<nlohmann::json> {
 public:
  FeatureReader(EventBuilder& builder, const ReadOptions& options) : builder_(builder), options_(options) {
    for (std::size_t column = 0; column < kColumns.size(); ++column)
      for (const std::string_view name : kColumns[column].names) column_of_.emplace(name, column);
  }

  bool null() override { return value(""); }
  bool boolean(bool) override { return value(""); }
  bool number_integer(number_integer_t number) override { return value(std::to_string(number)); }
  bool number_unsigned(number_unsigned_t number) override { return value(std::to_string(number)); }
  bool number_float(number_float_t number, const string_t& text) override {
    return value(std::isfinite(number) ? text : "");
  }
  bool string(string_t& text) override {
    if (text.size() > kJsonStringMax)
      throw Error(ErrorKind::invalid_input, "a text in the file is longer than 1 MiB");
    return value(text);
  }
  bool binary(binary_t&) override { return false; }
  bool key(string_t& name) override {
    key_ = name.substr(0, 64);
    return true;
  }
  bool start_object(std::size_t) override { return open('{'); }
  bool start_array(std::size_t) override { return open('['); }
  bool end_array() override { return close(); }
  bool end_object() override {
    if (depth() == 3 && in_feature()) {
      EventRow row;
      for (std::size_t column = 0; column < kColumns.size(); ++column)
        row.*kColumns[column].member = values_[column];
      if (coordinate_ >= 2 && row.longitude.empty() && row.latitude.empty()) {
        row.longitude = coordinates_[0];
        row.latitude = coordinates_[1];
      }
      ++features_;
      builder_.add(row, [this] { return features_; });
      for (std::string& each : values_) each.clear();
      coordinate_ = 0;
    }
    return close();
  }
  bool parse_error(std::size_t at, const std::string&, const nlohmann::detail::exception&) override {
    throw Error(
        ErrorKind::invalid_input,
        fmt::format("the file is no whole GeoJSON: it is cut off or damaged at byte {}, after {} features",
                    at, features_));
  }
  std::size_t features() const { return features_; }
  bool saw_collection() const { return saw_collection_; }

 private:
  // {"features": [ {"properties": {…}, "geometry": {"coordinates": […]}} ]}: names of what is open, outermost
  // first.
  std::size_t depth() const { return open_.size(); }
  bool in_feature() const { return open_.size() >= 3 && open_[1] == "features"; }
  bool open(char) {
    if (open_.size() == kJsonDepthMax)
      throw Error(ErrorKind::invalid_input, "the file is nested too deeply for GeoJSON");
    open_.push_back(std::exchange(key_, {}));
    if (open_.size() == 2 && open_[1] == "features") saw_collection_ = true;
    if (open_.size() == 3 && features_ % kRowsBetweenNews == 0) news(options_, 0);
    return true;
  }
  bool close() {
    key_ = std::move(open_.back());
    open_.pop_back();
    key_.clear();
    return true;
  }
  bool value(const std::string& text) {
    if (in_feature() && depth() == 4 && open_[3] == "properties") {
      if (const auto column = column_of_.find(key_); column != column_of_.end())
        values_[column->second] = text;
    } else if (in_feature() && depth() == 5 && open_[3] == "geometry" && open_[4] == "coordinates") {
      if (coordinate_ < coordinates_.size()) coordinates_[coordinate_] = text;
      ++coordinate_;
    }
    return true;
  }

  EventBuilder& builder_;
  const ReadOptions& options_;
  std::unordered_map<std::string_view, std::size_t> column_of_{};
  std::vector<std::string> open_{};
  std::string key_{};
  std::array<std::string, kColumns.size()> values_{};
  std::array<std::string, 2> coordinates_{};
  std::size_t coordinate_ = 0, features_ = 0;
  bool saw_collection_ = false;
};

}  // namespace

ReadReport read_ged(std::string_view text, const ReadOptions& options, EventTable& into) {
  ReadReport report;
  report.layout = Layout::ged;
  CsvRows rows(text);
  if (!rows.next()) throw Error(ErrorKind::invalid_input, "the file is empty");
  const Columns columns(rows.fields());
  const std::size_t count = columns.count();
  std::array<std::size_t, kColumns.size()> at{};
  for (std::size_t column = 0; column < kColumns.size(); ++column) {
    at[column] = columns.find(kColumns[column].names);
    if (kColumns[column].needed && at[column] == Columns::kNone)
      throw Error(ErrorKind::invalid_input,
                  fmt::format("there is no column {}: {}", *kColumns[column].names.begin(), columns.all()));
  }
  if (!columns.has("date_end") && !columns.has("date_start") && !columns.has("day"))
    throw Error(ErrorKind::invalid_input, fmt::format("there is no column date_end: {}", columns.all()));

  EventBuilder builder(into, options, report);
  const std::function<std::size_t()> line = [&] { return rows.line(); };
  while (rows.next()) {
    const auto fields = rows.fields();
    rows.expect_fields(count);
    EventRow row;
    for (std::size_t column = 0; column < kColumns.size(); ++column)
      if (at[column] != Columns::kNone) row.*kColumns[column].member = fields[at[column]];
    builder.add(row, line);
    if (report.rows % kRowsBetweenNews == 0) news(options, rows.end());
  }
  builder.finish();
  refuse_if_bad(report, options);
  return report;
}

ReadReport read_ged_geojson(std::string_view text, const ReadOptions& options, EventTable& into) {
  ReadReport report;
  report.layout = Layout::ged_geojson;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  EventBuilder builder(into, options, report);
  FeatureReader reader(builder, options);
  nlohmann::json::sax_parse(text.begin(), text.end(), &reader);
  if (!reader.saw_collection())
    throw Error(ErrorKind::invalid_input, "the file is JSON, but no collection of features (GeoJSON)");
  builder.finish();
  refuse_if_bad(report, options);
  return report;
}

}  // namespace mithaq::events
