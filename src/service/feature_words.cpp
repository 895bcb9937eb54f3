#include "service/feature_words.hpp"

#include <fmt/format.h>

#include <cmath>

#include "base/error.hpp"
#include "base/table.hpp"

namespace mithaq::service {

namespace {

constexpr std::string_view kGap = "{}";
constexpr std::string_view kIndicator = "indicator:";

std::string filled(std::string text, const std::string& number) {
  if (const std::size_t gap = text.find(kGap); gap != std::string::npos)
    text.replace(gap, kGap.size(), number);
  return text;
}

}  // namespace

FeatureWords FeatureWords::load(const std::filesystem::path& data_folder) {
  const Table table = Table::read(data_folder / "conflict" / "features.tsv");
  FeatureWords out;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const std::string_view scale = table.cell(row, "scale");
    if (scale != "plain" && scale != "log" && scale != "log1p")
      throw Error(ErrorKind::invalid_input, table.name() + ", line " + std::to_string(table.line_of(row)) +
                                                ": the scale is plain, log or log1p");
    out.rows_[std::string(table.cell(row, table.column("id")))] = {
        .arabic = std::string(table.cell(row, "ar")),
        .english = std::string(table.cell(row, "en")),
        .russian = std::string(table.cell(row, "ru")),
        .unit = std::string(table.cell(row, "unit")),
        .scale = scale == "log"     ? Scale::log
                 : scale == "log1p" ? Scale::log1p
                                    : Scale::plain};
  }
  return out;
}

const FeatureWords::Row* FeatureWords::find(std::string_view id, std::string& number) const {
  if (const auto whole = rows_.find(id); whole != rows_.end()) return &whole->second;
  const std::size_t digits = id.find_last_not_of("0123456789");
  if (digits == std::string_view::npos || digits + 1 == id.size()) return nullptr;
  number = std::string(id.substr(digits + 1));
  const auto found = rows_.find(std::string(id.substr(0, digits + 1)) + std::string(kGap));
  return found == rows_.end() ? nullptr : &found->second;
}

bool FeatureWords::knows(std::string_view id) const {
  std::string number;
  return id.starts_with(kIndicator) || find(id, number) != nullptr;
}

std::string FeatureWords::name(std::string_view id, Language language) const {
  if (id.starts_with(kIndicator)) return std::string(id.substr(kIndicator.size()));
  std::string number;
  const Row* row = find(id, number);
  if (row == nullptr) return std::string(id);
  return filled(language == Language::arabic    ? row->arabic
                : language == Language::russian ? row->russian
                                                : row->english,
                number);
}

double FeatureWords::value(std::string_view id, double value) const {
  std::string number;
  const Row* row = find(id, number);
  if (row == nullptr || row->scale == Scale::plain) return value;
  return row->scale == Scale::log ? std::exp(value) : std::expm1(value);
}

std::string FeatureWords::value_text(std::string_view id, double value) const {
  if (std::isnan(value)) return "";
  std::string number;
  const Row* row = find(id, number);
  const double plain = this->value(id, value);
  if (row != nullptr && row->unit == "share") return fmt::format("{:.0f}%", 100 * plain);
  // A tenth matters below ten.
  return std::fabs(plain) < 10 && std::fabs(plain - std::round(plain)) >= 0.05 ? fmt::format("{:.1f}", plain)
                                                                               : fmt::format("{:.0f}", plain);
}

}  // namespace mithaq::service
