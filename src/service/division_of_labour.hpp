// "Who leads where, and on what?" MISSION: the division of labour by comparative advantage.
#pragma once

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
  std::size_t total = 0;
};

// The leads that answer a question, those of one place side by side.
LeadPage division_of_labour(Workspace& workspace, const WhoRequest& request, std::size_t offset,
                            std::size_t limit);

}  // namespace mithaq::service
