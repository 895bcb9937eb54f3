// Acts: what somebody does in the shared work, for whom, and when by the server's clock.
//
// Everything that convening knows is folded from acts; each is an entry of the record (docs/acts.md). Users
// are not States: an act names the account that did it and the delegation for which it was done.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/instant.hpp"

namespace mithaq::acts {

// In which capacity somebody acts. `system` is the program itself: what time alone brings, such as the end of
// a silence period; nobody can ask for it.
enum class Capacity { delegation, chair, secretariat, system };

std::string_view name_of(Capacity capacity);  // "delegation", …
std::optional<Capacity> capacity_named(std::string_view name);

struct Actor {
  std::string by{};  // "account:" and an id, or a name from the command line; empty for the program itself
  std::string
      delegation{};  // the State or organization for which they act, by its id; empty for the secretariat
  Capacity capacity = Capacity::delegation;
  friend bool operator==(const Actor&, const Actor&) = default;
};

// What stands in every fact of an engine, beside what its kind needs. The instant is the receipt by the
// server's clock; no client's clock and no mail's delay decides anything.
struct Stamp {
  Instant at{};
  Actor actor{};
  std::string subject{};  // what it is about: the id of a consultation, a meeting, a project …
};

// Why an act was not accepted, for the person who tried.
struct Refusal {
  std::string rule{};  // the rule it broke: "osce_pc/3" (data/procedure) or "acts/form" (data/acts)
  std::string
      reason{};  // in a sentence, in English (data/messages.tsv has the others): what is wrong and what to do
  // The one who asked may never do this, whatever the state of things: HTTP 403. Else it is the wrong moment:
  // 409.
  bool forbidden = false;
};

// Thrown where something was meant as an act and cannot be read as one: the answer of a calendar that is
// none, a delegation that nobody knows. Who reads it has it written down as refused (service/convening.hpp).
class NoAct : public Error {
 public:
  //   rule  of data/acts/rules.tsv
  NoAct(ErrorKind kind, std::string rule, const std::string& message)
      : Error(kind, message), rule_(std::move(rule)) {}
  const std::string& rule() const { return rule_; }

 private:
  std::string rule_;
};

// The same words in several languages: "ar", "en", "ru". At least one.
using Words = std::map<std::string, std::string>;
// In this language, else English, Arabic, or any that is there; empty if none is.
std::string words_in(const Words& words, std::string_view language);

}  // namespace mithaq::acts
