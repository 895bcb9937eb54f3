// "Who leads where, and on what?" MISSION: the division of labour by comparative advantage.
#pragma once

#include <optional>
#include <vector>

#include "service/who_does_what.hpp"

namespace mithaq::service {

struct LeadRow {
  record::StatementRow statement{};
  // Statements of the record that say somebody else leads the same thing in the same place at a time that may
  // be the same (engines/activity/contradiction.hpp has the rule); the first ones.
  std::vector<record::Seq> contradicted_by{};
  std::size_t contradictions = 0;  // how many there are
};

struct LeadPage {
  std::vector<LeadRow> rows{};
  std::optional<std::size_t> total{};  // of all that answer; nothing where it was not counted
  bool more = false;                   // rows follow behind this page
};

// The leads that answer a question, those of one place side by side; of several pages of what asks for words,
// in the order of documents.
LeadPage division_of_labour(Workspace& workspace, const WhoRequest& request, std::size_t offset,
                            std::size_t limit);

}  // namespace mithaq::service
