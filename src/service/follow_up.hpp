// "What was promised in this paper, and what became of it?"
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
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

struct FollowUpPage {
  std::vector<FollowUpRow> rows{};
  std::size_t total = 0;  // commitments
};

// The commitments of a document of the record or of an instrument that documents speak of, paragraph by
// paragraph of the paper. Only those of the page are read from the record, and what may speak of them.
//   reference  a document's id, name or symbol, or an instrument: "53/45-POL", "resolution 54/117"
//   throws     Error{not_found} if the record has neither
FollowUpPage follow_up(Workspace& workspace, const std::string& reference, std::size_t offset = 0,
                       std::size_t limit = SIZE_MAX);

// What a commitment lacks for being followed up: "debtor", "deadline", "evidence", "status", "paper".
std::vector<std::string> missing_of(const FollowUpRow& row);

// Instruments and documents that oblige somebody, those with the most commitments first.
nlohmann::ordered_json papers_answer(Workspace& workspace, std::size_t limit, std::size_t offset,
                                     Language language);

}  // namespace mithaq::service
