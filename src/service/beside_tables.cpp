#include "service/beside_tables.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace mithaq::service {

std::unique_ptr<record::Database> open_beside(Workspace& workspace, std::string_view table) {
  constexpr std::chrono::milliseconds kPatience{30'000};
  try {
    auto database =
        record::Database::open(workspace.options().record, record::Database::Mode::read, kPatience);
    if (database->has_table(table)) return database;
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::not_found) throw;
  }
  return nullptr;
}

bool sees(Workspace& workspace, const document::Handling& handling) {
  const record::Sight& sight = workspace.record().view().sight();
  return sight.everything || std::binary_search(sight.handlings.begin(), sight.handlings.end(),
                                                record::to_canonical_json(handling));
}

}  // namespace mithaq::service
