// The desks of a secretariat: one line for each. A desk finds the others here.
#pragma once

#include <filesystem>
#include <vector>

#include "secretariat/calls_desk.hpp"
#include "secretariat/consultations_desk.hpp"
#include "secretariat/desk.hpp"
#include "secretariat/exchanges_desk.hpp"
#include "secretariat/fund_desk.hpp"
#include "secretariat/meetings_desk.hpp"

namespace mithaq::secretariat {

struct Desks {
  explicit Desks(const std::filesystem::path& data)
      : consultations(data), exchanges(data), meetings(data), funds(data), calls(data) {}

  ConsultationsDesk consultations;
  ExchangesDesk exchanges;
  MeetingsDesk meetings;
  FundDesk funds;
  CallsDesk calls;

  // In the order in which they are asked what is due.
  std::vector<Desk*> all() { return {&consultations, &exchanges, &meetings, &funds, &calls}; }
};

}  // namespace mithaq::secretariat
