// Which ids read as the same entity, after all merges and un-merges.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "record/database.hpp"
#include "record/entry.hpp"

namespace mithaq::record {

class Merges {
 public:
  // Replays the merge entries of a view.
  static Merges read(Database& database, const std::string& schema);

  // A merge that would make a circle (after an erasure, another may have gone that kept it straight) is
  // passed over.
  void merge(const std::string& entity, const std::string& into);
  void unmerge(const std::string& entity) { into_.erase(entity); }

  bool is_merged(const std::string& entity) const { return into_.contains(entity); }
  bool empty() const { return into_.empty(); }
  // What was merged, and into what at the time.
  const std::map<std::string, std::string>& all() const { return into_; }
  // The id that it reads as.
  std::string resolve(const std::string& entity) const;
  // All ids that read as the same, the resolved one first, the others sorted.
  std::vector<std::string> same_as(const std::string& entity) const;

 private:
  std::map<std::string, std::string> into_{};
};

}  // namespace mithaq::record
