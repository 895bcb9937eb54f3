// Common threads across conflicts, in words and numbers: parties that fight in several, neighbours whose
// violence goes together, conditions that their countries share, root causes that papers of the record name.
//
// What stands together is said; what brings about what is not.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "engines/conflicts/threads.hpp"
#include "service/conflicts.hpp"

namespace mithaq::service {

struct ThreadsRequest {
  // Of a list of events, all kinds if none is asked for: a group's attacks on civilians are its acts too.
  ConflictRules rules{};
  std::string organization{};  // threads that touch a State while it belonged to it
  std::string kind{};          // actor, neighbour or driver; empty: all
  std::string from{}, to{};    // EDTF
  bool governments = false;    // also governments that fight in several conflicts
  std::uint64_t seed = 1;      // of the shuffles that neighbours are tested by
};

// One line of evidence, in the reader's language, with where it can be looked up.
struct Evidence {
  std::string said{};
  std::string source{};
};

struct Thread {
  std::string kind{};  // "actor", "neighbour" or "driver"
  std::string name{};
  std::vector<conflicts::ConflictIndex> conflicts{};
  std::vector<Evidence> evidence{};
};

struct ConflictThreads {
  ConflictTable table{};
  std::vector<Thread> threads{};  // actors, neighbours, drivers; the strongest of each first
  std::string query{};
};
//   throws  Error{invalid_input, not_found}
ConflictThreads conflict_threads(Workspace& workspace, const ThreadsRequest& request, Language language);

nlohmann::ordered_json threads_json(Workspace& workspace, const ConflictThreads& threads, std::size_t offset,
                                    std::size_t limit, Language language);

}  // namespace mithaq::service
