// What a State is in an organization at an instant: the register of data/memberships, and what decisions
// granted since.
//
// The register knows days; a decision grants a status at an instant, and what the status opens is open from
// then on.
#pragma once

#include <filesystem>
#include <map>
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

  const status_register::Register& by_register() const { return register_; }
  const access::Statuses& known() const { return statuses_; }
  const std::vector<Grant>& grants() const { return grants_; }

 private:
  struct Revocation {
    std::string organization{}, state{}, status{};
    Instant at{};
    std::string decision{};
  };
  bool revoked(const status_register::Spell& spell, Instant at) const;

  status_register::Register register_;
  access::Statuses statuses_;
  std::map<std::string, std::vector<const status_register::Spell*>, std::less<>> by_state_{};
  std::map<std::string, std::vector<const status_register::Spell*>, std::less<>> by_organization_{};
  std::vector<Grant> grants_{};
  std::vector<Revocation> revocations_{};
};

}  // namespace mithaq::secretariat
