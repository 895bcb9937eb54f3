// Consultations as people and programs are shown them: the text, the clock in three zones, who may object,
// what happens next under which rule, and what the asker may do now.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "service/convening_reader.hpp"
#include "service/workspace.hpp"

namespace mithaq::service {

struct ConsultationsQuestion {
  std::string state{};  // "under_silence"; empty: any
  std::string body{};   // id of data/bodies.tsv; empty: any
  std::size_t offset = 0;
  std::size_t limit = 100;
};

// {"consultations":[…],"total":n}: what the reader may see, those whose clock runs first, then the latest.
//   throws  Error{invalid_input} for a state that there is not
nlohmann::ordered_json consultations_json(Workspace& workspace, const ConsultationsQuestion& question,
                                          const ConveningReader& reader);
// One, with everything that happened to it (docs/http-api.md).
//   throws  Error{not_found}; for one that is not for the reader too
nlohmann::ordered_json consultation_json(Workspace& workspace, const std::string& id,
                                         const ConveningReader& reader);
// The row of one in a list, for other views; null if it is not there or not for the reader.
nlohmann::ordered_json consultation_row(Workspace& workspace, const std::string& id,
                                        const ConveningReader& reader);
// {"rule_sets":[{"id","name","organization","zone","source","rules":[{"id","stage","says","quote","source",
// "sets":[…]}]}],"general":[…]}
nlohmann::ordered_json rule_sets_json(Workspace& workspace, const ConveningReader& reader);

}  // namespace mithaq::service
