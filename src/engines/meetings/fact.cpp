#include "engines/meetings/fact.hpp"

#include <optional>

namespace mithaq::meetings {

namespace {

constexpr std::string_view kSpeechKinds[] = {"statement", "right_of_reply", "point_of_order"};

template <std::size_t Index = 0>
std::optional<Fact> fact_from(std::string_view verb) {
  if constexpr (Index < std::variant_size_v<Fact>) {
    using Kind = std::variant_alternative_t<Index, Fact>;
    if (verb == Kind::kVerb) return Kind{};
    return fact_from<Index + 1>(verb);
  } else {
    return std::nullopt;
  }
}

}  // namespace

std::span<const std::string_view> names_of(SpeechKind) {
  return kSpeechKinds;
}

std::string_view verb_of(const Fact& fact) {
  return std::visit([](const auto& each) { return std::decay_t<decltype(each)>::kVerb; }, fact);
}

std::optional<Fact> fact_named(std::string_view verb) {
  return fact_from(verb);
}

}  // namespace mithaq::meetings
