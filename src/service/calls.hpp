// Calls for sponsored participants, placements and secondments as people and programs are shown them.
//
// The name of a nominee is shown to the State that nominated and to the secretariat alone; so are the
// nominations of a State and the reasons of what was decided. Others see the call, how many were nominated,
// and which States were chosen.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "engines/selection/facts.hpp"
#include "service/convening_reader.hpp"
#include "service/workspace.hpp"

namespace mithaq::service {

struct CallsQuestion {
  std::string kind{};   // of selection::Kind; empty: all
  std::string state{};  // "opens", "open", "closed", "decided", "cancelled"; empty: all
};

// {"calls":[…],"can":[…]}: what the reader may see, the next deadline first.
//   throws  Error{invalid_input} for an unknown kind or state
nlohmann::ordered_json calls_json(Workspace& workspace, const CallsQuestion& question,
                                  const ConveningReader& reader);

//   throws  Error{not_found}; for a call that is not for the reader too
nlohmann::ordered_json call_json(Workspace& workspace, const std::string& call,
                                 const ConveningReader& reader);

// {"roster":[{"call","nomination","delegation","person","deployed","until"}]} on a day.
nlohmann::ordered_json roster_json(Workspace& workspace, selection::Kind kind, std::chrono::sys_days day,
                                   const ConveningReader& reader);

// What kinds are called, in English (data/messages.tsv has the others).
std::string_view call_kind_words(selection::Kind kind);

}  // namespace mithaq::service
