#include "acts/act.hpp"

namespace mithaq::acts {

namespace {

constexpr std::string_view kCapacities[] = {"delegation", "chair", "secretariat", "system"};

}  // namespace

std::string_view name_of(Capacity capacity) {
  return kCapacities[static_cast<std::size_t>(capacity)];
}

std::optional<Capacity> capacity_named(std::string_view name) {
  for (std::size_t each = 0; each < std::size(kCapacities); ++each) {
    if (kCapacities[each] == name) return static_cast<Capacity>(each);
  }
  return std::nullopt;
}

std::string words_in(const Words& words, std::string_view language) {
  for (const std::string_view each : {language, std::string_view("en"), std::string_view("ar")}) {
    if (const auto found = words.find(std::string(each)); found != words.end() && !found->second.empty())
      return found->second;
  }
  return words.empty() ? "" : words.begin()->second;
}

}  // namespace mithaq::acts
