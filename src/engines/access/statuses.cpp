#include "engines/access/statuses.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/table.hpp"

namespace mithaq::access {

namespace {

[[noreturn]] void refuse(const Table& table, std::size_t row, const std::string& reason) {
  throw Error(ErrorKind::invalid_input,
              table.name() + ":" + std::to_string(table.line_of(row)) + ": " + reason);
}

}  // namespace

Statuses Statuses::load(const std::filesystem::path& folder) {
  Statuses out;
  const Table statuses = Table::read(folder / "statuses.tsv");
  for (std::size_t row = 0; row < statuses.row_count(); ++row) {
    Status status{.id = std::string(statuses.cell(row, "id")),
                  .organization = std::string(statuses.cell(row, "organization")),
                  .source = std::string(statuses.cell(row, "source"))};
    if (status.id.empty() || out.find(status.id) != nullptr)
      refuse(statuses, row, "a status has an id of its own");
    for (const std::string_view given : split_values(statuses.cell(row, "register")))
      status.by_register.emplace_back(given);
    for (const char* language : {"ar", "en", "ru"}) status.names[language] = statuses.cell(row, language);
    out.all_.push_back(std::move(status));
  }
  const Table openings = Table::read(folder / "openings.tsv");
  for (std::size_t row = 0; row < openings.row_count(); ++row) {
    Opening opening{.status = std::string(openings.cell(row, "status")),
                    .issuer = std::string(openings.cell(row, "issuer")),
                    .document = std::string(openings.cell(row, "document")),
                    .source = std::string(openings.cell(row, "source"))};
    if (out.find(opening.status) == nullptr)
      refuse(openings, row, "there is no status \"" + opening.status + "\" in statuses.tsv");
    out.openings_.push_back(std::move(opening));
  }
  return out;
}

const Status* Statuses::find(std::string_view id) const {
  const auto found =
      std::find_if(all_.begin(), all_.end(), [&](const Status& each) { return each.id == id; });
  return found == all_.end() ? nullptr : &*found;
}

std::vector<std::string> Statuses::of(std::span<const Held> held) const {
  std::vector<std::string> out;
  for (const Status& status : all_) {
    const bool holds = std::any_of(held.begin(), held.end(), [&](const Held& each) {
      return each.organization == status.organization &&
             std::find(status.by_register.begin(), status.by_register.end(), each.status) !=
                 status.by_register.end();
    });
    if (holds) out.push_back(status.id);
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<std::string> Statuses::proposed_for(std::string_view issuer) const {
  std::vector<std::string> out;
  for (const Opening& opening : openings_) {
    if (opening.issuer == issuer && opening.document.empty()) out.push_back(opening.status);
  }
  return out;
}

}  // namespace mithaq::access
