// The desks of a secretariat: one line for each. A desk finds the others here.
#pragma once

#include <filesystem>
#include <vector>

#include "secretariat/calls_desk.hpp"
#include "secretariat/consultations_desk.hpp"
#include "secretariat/debates_desk.hpp"
#include "secretariat/desk.hpp"
#include "secretariat/exchanges_desk.hpp"
#include "secretariat/fund_desk.hpp"
#include "secretariat/meetings_desk.hpp"
#include "secretariat/missions_desk.hpp"
#include "secretariat/partnerships_desk.hpp"

namespace mithaq::secretariat {

struct Desks {
  explicit Desks(const std::filesystem::path& data)
      : consultations(data),
        debates(data),
        exchanges(data),
        meetings(data),
        partnerships(data),
        funds(data),
        calls(data),
        missions(data) {}

  ConsultationsDesk consultations;
  DebatesDesk debates;
  ExchangesDesk exchanges;
  MeetingsDesk meetings;
  PartnershipsDesk partnerships;
  FundDesk funds;
  CallsDesk calls;
  MissionsDesk missions;

  // In the order in which they are asked what is due.
  std::vector<Desk*> all() {
    return {&consultations, &debates, &exchanges, &meetings, &partnerships, &funds, &calls, &missions};
  }
};

}  // namespace mithaq::secretariat
