#include "record/merges.hpp"

namespace mithaq::record {

Merges Merges::read(Database& database, const std::string& schema) {
  Merges merges;
  Query query = database.query("select entity, target from " + schema + ".merges order by seq");
  while (query.step()) {
    const std::string entity(query.text(0)), target(query.text(1));
    if (target.empty()) {
      merges.unmerge(entity);
    } else {
      merges.merge(entity, target);
    }
  }
  return merges;
}

void Merges::merge(const std::string& entity, const std::string& into) {
  into_.erase(entity);
  if (resolve(into) != entity) into_[entity] = into;
}

std::string Merges::resolve(const std::string& entity) const {
  std::string at = entity;
  for (auto next = into_.find(at); next != into_.end(); next = into_.find(at)) at = next->second;
  return at;
}

std::vector<std::string> Merges::same_as(const std::string& entity) const {
  const std::string root = resolve(entity);
  std::vector<std::string> same{root};
  for (const auto& [each, into] : into_) {
    if (resolve(each) == root) same.push_back(each);
  }
  return same;
}

}  // namespace mithaq::record
