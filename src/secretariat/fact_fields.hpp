// The facts of an engine out of acts and back, for engines whose facts are a variant with a list of verbs.
#pragma once

#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "acts/fields.hpp"
#include "base/error.hpp"
#include "secretariat/desk.hpp"

namespace mithaq::secretariat {

// The fact that an act states.
//   verbs   of the alternatives of Fact, in their order
//   throws  Error{invalid_input} if there is no such act or its fields are not the fact's
template <typename Fact, std::size_t kAlternative = 0>
Fact read_fact(const Act& act, std::span<const std::string_view> verbs) {
  if constexpr (kAlternative < std::variant_size_v<Fact>) {
    if (act.verb() != verbs[kAlternative]) return read_fact<Fact, kAlternative + 1>(act, verbs);
    std::variant_alternative_t<kAlternative, Fact> fact;
    acts::read_fields(act.fields, fact);
    if constexpr (requires { fact.stamp; }) fact.stamp = act.stamp;
    return fact;
  } else {
    throw Error(ErrorKind::invalid_input, "there is no act \"" + act.type + "\"");
  }
}

// The fields of a fact as they stand in its entry.
template <typename Fact>
nlohmann::json fields_of(Fact& fact) {
  return std::visit(
      [](auto& each) {
        acts::FieldWriter writer;
        visit_fields(writer, each);
        return writer.json();
      },
      fact);
}

}  // namespace mithaq::secretariat
