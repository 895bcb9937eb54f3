// The desks of a secretariat: one line for each. A desk finds the others here.
#pragma once

#include <filesystem>
#include <vector>

#include "secretariat/desk.hpp"
#include "secretariat/meetings_desk.hpp"

namespace mithaq::secretariat {

struct Desks {
  explicit Desks(const std::filesystem::path& data) : meetings(data) {}

  MeetingsDesk meetings;

  // In the order in which they are asked what is due.
  std::vector<Desk*> all() { return {&meetings}; }
};

}  // namespace mithaq::secretariat
