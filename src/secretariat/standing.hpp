// What a State is in an organization at an instant: the register of data/memberships, and what decisions
// granted since.
//
// The register knows days; a decision grants a status at an instant, and what the status opens is open from
// then on.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "engines/access/statuses.hpp"
#include "engines/register/register.hpp"

namespace mithaq::secretariat {

// A status that a decision granted, and perhaps another took away.
struct Grant {
  std::string organization{};
  std::string state{};
  std::string status{};  // of data/memberships: "partner_asian"
  Instant from{};
  std::optional<Instant> to{};  // the first instant at which it no longer holds
  std::string decision{};       // the consultation that granted it
  std::string revoked_by{};     // the one that took it away
};

// What a State was in an organization from one time to another, as the register or a decision says.
struct Holding {
  std::string organization{};
  std::string state{};
  std::string status{};
  std::string from{};      // a date of the register (EDTF), or the instant of a decision
  std::string to{};        // the first day or instant at which it no longer holds; empty: it still holds
  std::string source{};    // of the register's line; empty for what a decision granted
  std::string decision{};  // the consultation that granted it; empty for the register's
  std::string ended_by{};  // the consultation that took it away
  bool uncertain = false;  // asked for an instant: the register's dates do not say for certain
};

class Standing {
 public:
  //   data  the folder data/
  explicit Standing(const std::filesystem::path& data);

  void grant(Grant grant);
  // Ends what a State holds in an organization under a status, from the register or granted, at an instant.
  void revoke(std::string_view organization, std::string_view state, std::string_view status, Instant at,
              std::string_view decision);

  // Whether a State holds for certain one of the statuses of data/access, "OSCE/partner_for_cooperation".
  bool holds(std::string_view state, std::string_view status_id, Instant at) const;
  // The States that hold one of these for certain, by id. Computed from dated spells, never kept as a number.
  //   example  holders({"OSCE/participating_state"}, …) has 57 States in 2026
  std::vector<std::string> holders(const std::vector<std::string>& status_ids, Instant at) const;
  // What a State holds for certain, for access::Statuses::of.
  std::vector<access::Held> held(std::string_view state, Instant at) const;
  // The ids of data/access that follow; sorted.
  std::vector<std::string> statuses(std::string_view state, Instant at) const;

  // Who holds what in an organization at an instant, by status and State; what is uncertain too, and says so.
  std::vector<Holding> in_organization(std::string_view organization, Instant at) const;
  // All that a State ever was, or all that States ever were in an organization; by beginning.
  std::vector<Holding> history(std::string_view state_or_organization) const;

  const status_register::Register& by_register() const { return register_; }
  const access::Statuses& known() const { return statuses_; }
  const std::vector<Grant>& grants() const { return grants_; }

 private:
  struct Revocation {
    std::string organization{}, state{}, status{};
    Instant at{};
    std::string decision{};
  };
  // The decision that ended a spell of the register by an instant; nothing if none did.
  const Revocation* revocation_of(const status_register::Spell& spell, Instant at) const;
  Holding holding_of(const status_register::Spell& spell) const;

  status_register::Register register_;
  access::Statuses statuses_;
  std::map<std::string, std::vector<const status_register::Spell*>, std::less<>> by_state_{};
  std::map<std::string, std::vector<const status_register::Spell*>, std::less<>> by_organization_{};
  std::vector<Grant> grants_{};
  std::vector<Revocation> revocations_{};
};

}  // namespace mithaq::secretariat
