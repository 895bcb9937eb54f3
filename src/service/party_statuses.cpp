#include "service/party_statuses.hpp"

#include <memory>

#include "engines/register/register.hpp"

namespace mithaq::service {

std::function<std::vector<access::Held>(const std::string&, Instant)> party_statuses(
    const std::filesystem::path& data) {
  auto spells = std::make_shared<const status_register::Register>(
      status_register::Register::load(data / "memberships"));
  return [spells](const std::string& party, Instant at) {
    const std::int64_t day = std::chrono::floor<std::chrono::days>(at).time_since_epoch().count();
    std::vector<access::Held> held;
    for (const status_register::Spell& spell : spells->spells()) {
      // Where a date is coarse, only the days on which the status holds whatever it means.
      if (spell.state == party && spell.begins.latest <= day && day < spell.ends.earliest)
        held.push_back({spell.organization, spell.status});
    }
    return held;
  };
}

}  // namespace mithaq::service
