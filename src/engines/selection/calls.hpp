// Calls: nominations by States, the choice with its reasons, reserves, deployments, reports and rosters.
//
// judge() says whether an act may be done; enter() folds one that was. Whether a State holds a status is
// asked of whoever calls; there is no clock and no store here.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engines/selection/facts.hpp"

namespace mithaq::selection {

// Where a nomination stands.
enum class State {
  nominated,
  withdrawn,
  selected,
  reserve,
  not_selected,
  accepted,
  declined,
  deployed,
  returned
};
constexpr std::array<std::string_view, 9> names_of(State) {
  return {"nominated", "withdrawn", "selected", "reserve", "not_selected",
          "accepted",  "declined",  "deployed", "returned"};
}

struct Deployment {
  Deployed said{};
  Day returned{};  // no day: still there, as far as told
  std::string reason{};
};

struct Report {
  Reported said{};
  Instant at{};
  acts::Actor actor{};
  std::uint64_t entry = 0;
};

struct Nomination {
  std::int64_t number = 0;
  std::string delegation{};  // the State that nominated
  Nominated said{};
  PersonNamed person{};  // empty if its body was erased
  State state = State::nominated;
  Instant at{};
  std::uint64_t entry = 0;
  std::uint64_t person_entry = 0;  // whose body is erased to erase the person; 0 if it is not there
  int reserve_order = 0;
  std::vector<Remark> reasons{};  // of the decision that stands
  Instant decided_at{};
  std::string why_left{};  // withdrawn or declined
  std::vector<Deployment> deployments{};
};

struct Call {
  std::string id{};
  Opened said{};
  Instant at{};
  std::uint64_t entry = 0;
  Instant closes{};  // as extended
  bool cancelled = false;
  acts::Words cancelled_for{};
  std::map<std::int64_t, Nomination> nominations{};  // by number
  std::vector<Report> reports{};
  std::int64_t last_number = 0;

  // Nominations are taken.
  bool takes(Instant now) const { return !cancelled && now >= said.opens && now < closes; }
  // How many places are taken by those who were selected and did not leave.
  int taken() const;
  // The reserve that comes next; null if there is none.
  const Nomination* next_reserve() const;
};

// Whether a State holds a status of data/access/statuses.tsv at the instant of the act.
using Holds = std::function<bool(std::string_view state, std::string_view status)>;
bool eligible(const Opened& call, std::string_view state, const Holds& holds);

// A line of a roster: somebody who was chosen and can be deployed.
struct RosterLine {
  const Call* call = nullptr;
  const Nomination* nomination = nullptr;
  bool deployed = false;  // on the day asked for
};

class Calls {
 public:
  // Whether this act may be done at the instant of its stamp. stamp.actor.delegation is the State for
  // Nominated, Withdrawn, Accepted, Declined.
  //   returns  the rule of data/fund/rules.tsv that it breaks; forbidden if the State may never do it
  std::optional<acts::Refusal> judge(const acts::Stamp& stamp, const Fact& fact, const Holds& holds) const;
  // Folds an act that was judged.
  //   returns  false if it is passed over: the body of an earlier act was erased
  bool enter(std::uint64_t entry, const acts::Stamp& stamp, const Fact& fact);

  const std::map<std::string, Call, std::less<>>& all() const { return calls_; }
  const Call* find(std::string_view id) const;
  // Who stands on the rosters of a kind on a day: chosen, accepted, and the day is not behind roster_until.
  std::vector<RosterLine> roster(Kind kind, std::chrono::sys_days day) const;

 private:
  std::map<std::string, Call, std::less<>> calls_{};
};

}  // namespace mithaq::selection
