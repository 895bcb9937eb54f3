// The desks of a secretariat: one line for each. A desk finds the others here.
#pragma once

#include <filesystem>
#include <vector>

#include "secretariat/desk.hpp"
#include "secretariat/exchanges_desk.hpp"
#include "secretariat/meetings_desk.hpp"

namespace mithaq::secretariat {

struct Desks {
  explicit Desks(const std::filesystem::path& data) : exchanges(data), meetings(data) {}

  ExchangesDesk exchanges;
  MeetingsDesk meetings;

  // In the order in which they are asked what is due.
  std::vector<Desk*> all() { return {&exchanges, &meetings}; }
};

}  // namespace mithaq::secretariat
