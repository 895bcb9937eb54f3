#include "server/routes/people.hpp"

#include <nlohmann/json.hpp>

namespace mithaq::server {

namespace {

constexpr std::string_view kAccount = "account:";

}  // namespace

const std::string& People::name_of(const std::string& by) {
  const auto [found, fresh] = names_.try_emplace(by, by);
  if (fresh && by.starts_with(kAccount)) {
    std::string& name = found->second;
    name.erase(0, kAccount.size());
    if (call_.gate != nullptr) {
      if (const auto account = call_.gate->accounts().find(name)) name = account->name;
    }
  }
  return found->second;
}

nlohmann::ordered_json People::json_of(const std::string& by) {
  if (by.empty() || by == kAccount) return nullptr;
  return {{"account", by.starts_with(kAccount) ? by.substr(kAccount.size()) : ""}, {"name", name_of(by)}};
}

}  // namespace mithaq::server
