// The facts of an engine out of the fields of an act and back, for facts that stand apart from their stamp.
#pragma once

#include <nlohmann/json.hpp>
#include <span>
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
Fact fact_by_verb(const Act& act, const nlohmann::json& fields, std::span<const std::string_view> verbs) {
  if constexpr (kAlternative < std::variant_size_v<Fact>) {
    if (act.verb() != verbs[kAlternative]) return fact_by_verb<Fact, kAlternative + 1>(act, fields, verbs);
    std::variant_alternative_t<kAlternative, Fact> fact;
    acts::read_fields(fields, fact);
    return fact;
  } else {
    throw Error(ErrorKind::invalid_input, "there is no act \"" + act.type + "\"");
  }
}

// Its fields as they stand in the entry.
template <typename Fact>
nlohmann::json fields_by_verb(const Fact& fact) {
  return std::visit(
      [](auto each) {
        acts::FieldWriter writer;
        visit_fields(writer, each);
        return writer.json();
      },
      fact);
}

}  // namespace mithaq::secretariat
