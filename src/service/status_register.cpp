#include "service/status_register.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/error.hpp"
#include "record/entry.hpp"

namespace mithaq::service {

namespace {

Edtf date_or_today(Workspace& workspace, const std::string& at) {
  const std::string text = at.empty() ? record::format_time(workspace.options().clock()).substr(0, 10) : at;
  const auto date = Edtf::parse(text);
  if (!date)
    throw Error(ErrorKind::invalid_input, "\"" + text + "\" is no date: give 2018, 2018-11 or 2018-11-29");
  return *date;
}

bool is_full(const std::string& status) {
  return std::find(std::begin(status_register::kFullStatuses), std::end(status_register::kFullStatuses),
                   status) != std::end(status_register::kFullStatuses);
}

}  // namespace

std::vector<status_register::Holding> members(Workspace& workspace, const MembersRequest& request) {
  const status_register::Register& spells = workspace.knowledge().statuses;
  const std::string organization = organization_with_states(workspace, request.organization);
  const Edtf at = date_or_today(workspace, request.at);
  std::set<std::string> statuses;
  for (const status_register::Spell& spell : spells.history(organization)) {
    if (request.status.empty() || spell.status == request.status) statuses.insert(spell.status);
  }
  if (statuses.empty()) {
    throw Error(ErrorKind::not_found, organization + " gives no State the status \"" + request.status + "\"");
  }
  const std::vector<std::string_view> wanted(statuses.begin(), statuses.end());
  std::vector<status_register::Holding> holdings = spells.members(organization, at, wanted);
  std::stable_sort(holdings.begin(), holdings.end(), [](const auto& a, const auto& b) {
    if (is_full(a.spell.status) != is_full(b.spell.status)) return is_full(a.spell.status);
    return a.spell.status < b.spell.status;
  });
  return holdings;
}

std::vector<status_register::Part> overlap(Workspace& workspace, const OverlapRequest& request) {
  const status_register::Register& spells = workspace.knowledge().statuses;
  std::vector<std::string> organizations;
  for (const std::string& words : request.organizations) {
    organizations.push_back(organization_with_states(workspace, words));
  }
  // A suspended State is still a member; the answer says that it is suspended.
  constexpr std::string_view kBelonging[] = {"member", "participating_state", "suspended"};
  return spells.overlap(organizations, date_or_today(workspace, request.at), kBelonging);
}

std::string organization_with_states(Workspace& workspace, const std::string& words) {
  const status_register::Register& spells = workspace.knowledge().statuses;
  for (const std::string& id : workspace.entities_named(words)) {
    if (spells.knows(id)) return id;
  }
  throw Error(ErrorKind::not_found, "the States of \"" + words + "\" are not in data/memberships");
}

std::string status_words(const std::string& status) {
  static const std::map<std::string, std::string, std::less<>> names = {
      {"participating_state", "participating State"},
      {"partner_mediterranean", "Mediterranean Partner for Co-operation"},
      {"partner_asian", "Asian Partner for Co-operation"}};
  if (const auto name = names.find(status); name != names.end()) return name->second;
  std::string plain = status;
  std::replace(plain.begin(), plain.end(), '_', ' ');
  return plain;
}

}  // namespace mithaq::service
