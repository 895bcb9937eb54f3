#include "engines/partnership/law.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/table.hpp"

namespace mithaq::partnership {

namespace {

[[noreturn]] void refuse(const Table& table, std::size_t row, const std::string& reason) {
  throw Error(ErrorKind::invalid_input,
              table.name() + ":" + std::to_string(table.line_of(row)) + ": " + reason);
}

std::string filled(const Table& table, std::size_t row, std::string_view column) {
  static_cast<void>(table.column(column));
  std::string cell(table.cell(row, column));
  if (cell.empty()) refuse(table, row, "the column " + std::string(column) + " is empty");
  return cell;
}

acts::Words words(const Table& table, std::size_t row, const std::string& ending = "") {
  acts::Words out;
  for (const char* language : {"ar", "en", "ru"}) out[language] = filled(table, row, language + ending);
  return out;
}

std::vector<std::string> values(const Table& table, std::size_t row, std::string_view column) {
  const std::string cell = filled(table, row, column);  // the values point into it
  std::vector<std::string> out;
  for (const std::string_view each : split_values(cell)) out.emplace_back(each);
  return out;
}

std::vector<Path> read_paths(const Table& table) {
  std::vector<Path> out;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    Path path{.organization = filled(table, row, "organization"),
              .status = filled(table, row, "status"),
              .name = words(table, row),
              .entitled = values(table, row, "entitled"),
              .bodies = values(table, row, "body"),
              .rule_sets = values(table, row, "rule_sets"),
              .consultations = filled(table, row, "consultations") == "1",
              .zone = filled(table, row, "zone"),
              .source = filled(table, row, "source")};
    for (const Path& other : out) {
      if (other.organization == path.organization && other.status == path.status)
        refuse(table, row, "the way to this status is there twice");
    }
    out.push_back(std::move(path));
  }
  return out;
}

std::vector<Factor> read_factors(const Table& table) {
  std::vector<Factor> out;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    Factor factor{.id = filled(table, row, "id"),
                  .organization = filled(table, row, "organization"),
                  .name = words(table, row, "_name"),
                  .quote = words(table, row),
                  .source = filled(table, row, "source")};
    for (std::string& status : values(table, row, "statuses")) factor.statuses.insert(std::move(status));
    for (const Factor& other : out) {
      if (other.id == factor.id) refuse(table, row, "the factor is there twice");
    }
    out.push_back(std::move(factor));
  }
  return out;
}

std::vector<Right> read_rights(const Table& table) {
  std::vector<Right> out;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    Right right{.status = filled(table, row, "status"),
                .what = filled(table, row, "what"),
                .says = words(table, row),
                .source = filled(table, row, "source")};
    if (std::find(std::begin(kWhat), std::end(kWhat), right.what) == std::end(kWhat))
      refuse(table, row, "\"" + right.what + "\" is nothing that a status opens");
    out.push_back(std::move(right));
  }
  return out;
}

std::vector<Rule> read_rules(const Table& table) {
  std::vector<Rule> out;
  for (std::size_t row = 0; row < table.row_count(); ++row)
    out.push_back({filled(table, row, "id"), words(table, row), filled(table, row, "source")});
  return out;
}

}  // namespace

Law Law::load(const std::filesystem::path& folder) {
  Law law;
  law.paths_ = read_paths(Table::read(folder / "paths.tsv"));
  law.factors_ = read_factors(Table::read(folder / "factors.tsv"));
  law.rights_ = read_rights(Table::read(folder / "rights.tsv"));
  law.rules_ = read_rules(Table::read(folder / "rules.tsv"));
  return law;
}

const Path* Law::path(std::string_view organization, std::string_view status) const {
  const auto found = std::find_if(paths_.begin(), paths_.end(), [&](const Path& each) {
    return each.organization == organization && each.status == status;
  });
  return found == paths_.end() ? nullptr : &*found;
}

std::vector<const Factor*> Law::factors(std::string_view organization, std::string_view status) const {
  std::vector<const Factor*> out;
  for (const Factor& each : factors_) {
    if (each.organization == organization && each.statuses.contains(status)) out.push_back(&each);
  }
  return out;
}

std::vector<const Right*> Law::rights(std::string_view status) const {
  std::vector<const Right*> out;
  for (const Right& each : rights_) {
    if (each.status == status) out.push_back(&each);
  }
  return out;
}

bool Law::opens(std::string_view status, std::string_view what) const {
  return std::any_of(rights_.begin(), rights_.end(),
                     [&](const Right& each) { return each.status == status && each.what == what; });
}

const Rule* Law::rule(std::string_view id) const {
  const auto found =
      std::find_if(rules_.begin(), rules_.end(), [&](const Rule& each) { return each.id == id; });
  return found == rules_.end() ? nullptr : &*found;
}

}  // namespace mithaq::partnership
