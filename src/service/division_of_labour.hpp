// "Who leads where, and on what?" MISSION: the division of labour by comparative advantage.
#pragma once

#include <vector>

#include "service/who_does_what.hpp"

namespace mithaq::service {

struct LeadRow {
  record::StatementRow statement{};
  // Statements of the record that say somebody else leads the same thing in the same place at a time that may
  // be the same.
  std::vector<record::Seq> contradicted_by{};
};

// The leads that answer a question, those for one place and theme side by side.
std::vector<LeadRow> division_of_labour(Workspace& workspace, const WhoRequest& request);

}  // namespace mithaq::service
