#include "secretariat/standing.hpp"

#include <algorithm>
#include <tuple>

namespace mithaq::secretariat {

namespace {

std::int64_t day_of(Instant at) {
  return std::chrono::floor<std::chrono::days>(at).time_since_epoch().count();
}

// Where a date is coarse, only the days on which the status holds whatever it means.
bool holds_for_certain(const status_register::Spell& spell, std::int64_t day) {
  return spell.begins.latest <= day && day < spell.ends.earliest;
}

bool holds(const Grant& grant, Instant at) {
  return grant.from <= at && (!grant.to || at < *grant.to);
}

}  // namespace

Standing::Standing(const std::filesystem::path& data)
    : register_(status_register::Register::load(data / "memberships")),
      statuses_(access::Statuses::load(data / "access")) {
  for (const status_register::Spell& spell : register_.spells()) {
    by_state_[spell.state].push_back(&spell);
    by_organization_[spell.organization].push_back(&spell);
  }
}

void Standing::grant(Grant grant) {
  grants_.push_back(std::move(grant));
}

void Standing::revoke(std::string_view organization, std::string_view state, std::string_view status,
                      Instant at, std::string_view decision) {
  for (Grant& grant : grants_) {
    if (grant.organization != organization || grant.state != state || grant.status != status || grant.to)
      continue;
    grant.to = at;
    grant.revoked_by = decision;
  }
  revocations_.push_back({.organization = std::string(organization),
                          .state = std::string(state),
                          .status = std::string(status),
                          .at = at,
                          .decision = std::string(decision)});
}

const Standing::Revocation* Standing::revocation_of(const status_register::Spell& spell, Instant at) const {
  const auto found = std::find_if(revocations_.begin(), revocations_.end(), [&](const Revocation& each) {
    // A spell that begins later is another one.
    return each.organization == spell.organization && each.state == spell.state &&
           each.status == spell.status && each.at <= at && spell.begins.earliest <= day_of(each.at) &&
           day_of(each.at) < spell.ends.latest;
  });
  return found == revocations_.end() ? nullptr : &*found;
}

Holding Standing::holding_of(const status_register::Spell& spell) const {
  Holding out{.organization = spell.organization,
              .state = spell.state,
              .status = spell.status,
              .from = spell.from,
              .to = spell.to,
              .source = spell.source};
  if (const Revocation* ended = revocation_of(spell, Instant::max())) {
    out.to = format_instant(ended->at);
    out.ended_by = ended->decision;
  }
  return out;
}

std::vector<access::Held> Standing::held(std::string_view state, Instant at) const {
  std::vector<access::Held> out;
  if (const auto found = by_state_.find(state); found != by_state_.end()) {
    for (const status_register::Spell* spell : found->second) {
      if (holds_for_certain(*spell, day_of(at)) && revocation_of(*spell, at) == nullptr)
        out.push_back({spell->organization, spell->status});
    }
  }
  for (const Grant& grant : grants_) {
    if (grant.state == state && secretariat::holds(grant, at))
      out.push_back({grant.organization, grant.status});
  }
  return out;
}

std::vector<std::string> Standing::statuses(std::string_view state, Instant at) const {
  return statuses_.of(held(state, at));
}

bool Standing::holds(std::string_view state, std::string_view status_id, Instant at) const {
  const auto all = statuses(state, at);
  return std::find(all.begin(), all.end(), status_id) != all.end();
}

std::vector<std::string> Standing::holders(const std::vector<std::string>& status_ids, Instant at) const {
  std::vector<std::string> candidates;
  for (const std::string& id : status_ids) {
    const access::Status* status = statuses_.find(id);
    if (status == nullptr) continue;
    if (const auto found = by_organization_.find(status->organization); found != by_organization_.end()) {
      for (const status_register::Spell* spell : found->second) candidates.push_back(spell->state);
    }
    for (const Grant& grant : grants_) {
      if (grant.organization == status->organization) candidates.push_back(grant.state);
    }
  }
  std::sort(candidates.begin(), candidates.end());
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
  std::erase_if(candidates, [&](const std::string& state) {
    return std::none_of(status_ids.begin(), status_ids.end(),
                        [&](const std::string& id) { return holds(state, id, at); });
  });
  return candidates;
}

namespace {

Holding holding_of_grant(const Grant& grant) {
  return {.organization = grant.organization,
          .state = grant.state,
          .status = grant.status,
          .from = format_instant(grant.from),
          .to = grant.to ? format_instant(*grant.to) : "",
          .decision = grant.decision,
          .ended_by = grant.revoked_by};
}

}  // namespace

std::vector<Holding> Standing::in_organization(std::string_view organization, Instant at) const {
  std::vector<Holding> out;
  if (const auto found = by_organization_.find(organization); found != by_organization_.end()) {
    const std::int64_t day = day_of(at);
    for (const status_register::Spell* spell : found->second) {
      const bool perhaps = spell->begins.earliest <= day && day < spell->ends.latest;
      if (!perhaps || revocation_of(*spell, at) != nullptr) continue;
      out.push_back(holding_of(*spell));
      out.back().uncertain = !holds_for_certain(*spell, day);
    }
  }
  for (const Grant& grant : grants_) {
    if (grant.organization == organization && secretariat::holds(grant, at))
      out.push_back(holding_of_grant(grant));
  }
  std::stable_sort(out.begin(), out.end(), [](const Holding& a, const Holding& b) {
    return std::tie(a.status, a.state) < std::tie(b.status, b.state);
  });
  return out;
}

std::vector<Holding> Standing::history(std::string_view state_or_organization) const {
  std::vector<Holding> out;
  for (const status_register::Spell& spell : register_.history(state_or_organization))
    out.push_back(holding_of(spell));
  for (const Grant& grant : grants_) {
    if (grant.state == state_or_organization || grant.organization == state_or_organization)
      out.push_back(holding_of_grant(grant));
  }
  // Texts of dates and instants are in the order of time as far as both say it.
  std::stable_sort(out.begin(), out.end(),
                   [](const Holding& a, const Holding& b) { return a.from < b.from; });
  return out;
}

}  // namespace mithaq::secretariat
