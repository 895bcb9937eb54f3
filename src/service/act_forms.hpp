// What somebody may do now, as forms: the acts with their fields, in the language of who asks.
//
// Every detailed view of the shared work gives them as "can", so that a page or another client can offer the
// acts without knowing the rules. What is offered is what the desk would let pass at this instant; the act
// itself is judged again when it comes.
#pragma once

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "acts/act.hpp"

namespace mithaq::service {

// Who looks: what they are shown and what they may do follows.
struct Asker {
  std::string party{};       // the State or organization for which they act, by its id; may be empty
  bool secretariat = false;  // of the organization that keeps the record, and may act for its secretariat
  bool acts = true;          // false for a visitor or a reader: nothing is offered
};

struct FormChoice {
  std::string id{};
  std::string name{};  // in the language of who asks
};

struct FormField {
  std::string name{};  // of the field in POST acts
  // "text", "words" (by language), "deadline" (local time and zone), "choice", "states", "flag", "day",
  // "number", "money", "document"
  std::string kind{};
  std::string label{};  // in English (data/messages.tsv has the others)
  bool required = false;
  std::vector<FormChoice> choices{};
  std::string hint{};  // in English
};

struct ActForm {
  std::string type{};  // "consultation.objected"
  std::string says{};  // what it does, in English: "Object"
  std::vector<FormField> fields{};
  acts::Capacity capacity = acts::Capacity::delegation;  // in which it is offered
  std::string delegation{};                              // for whom, if not for the asker's own party
};

using Say = std::function<std::string(std::string_view english)>;

// [{"type","says","capacity","delegation","fields":[{"name","kind","label","required","choices":[{"id","name"}],
// "hint"}]}]
nlohmann::ordered_json forms_json(const std::vector<ActForm>& forms, const Say& say);

}  // namespace mithaq::service
