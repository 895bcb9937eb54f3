// "What was promised in this paper, and what became of it?"
#pragma once

#include <string>
#include <vector>

#include "service/workspace.hpp"

namespace mithaq::service {

// One commitment with everything the record says of it.
struct FollowUpRow {
  record::StatementRow commitment{};
  // What the latest document that speaks of it says; the commitment's own status where nothing else does.
  // Never inferred from silence.
  document::CommitmentStatus status = document::CommitmentStatus::unstated;
  // Other statements on the same thing that say a status: on the same paragraph of the instrument, or in
  // largely the same words. Oldest document first.
  std::vector<record::StatementRow> evidence{};
};

// The commitments of a document of the record or of an instrument that documents speak of.
//   reference  a document's id, name or symbol, or an instrument: "53/45-POL", "resolution 54/117"
//   throws     Error{not_found} if the record has neither
std::vector<FollowUpRow> follow_up(Workspace& workspace, const std::string& reference);

}  // namespace mithaq::service
