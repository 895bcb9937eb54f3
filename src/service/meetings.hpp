// Bodies and meetings as people and programs are shown them: who chairs, what is planned, and one meeting
// with its agenda, delegations, list of speakers, papers and what the asker may do now.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "service/convening_reader.hpp"
#include "service/workspace.hpp"

namespace mithaq::service {

struct MeetingsQuestion {
  std::optional<Instant> from{}, to{};
  std::string body{};
  std::size_t limit = 1000;
};

// {"bodies":[{"id","name","organization","kind","kind_name","rule_set","chair","meets"}]}
nlohmann::ordered_json bodies_json(Workspace& workspace, const ConveningReader& reader);
// One with its chairs around a year and the Troika.
//   year    0: that of now
//   throws  Error{not_found}
nlohmann::ordered_json body_json(Workspace& workspace, const std::string& id, int year,
                                 const ConveningReader& reader);
// What the rules propose for a year, each with the meeting that was planned for it, if one was.
//   throws  Error{not_found} for an unknown body, Error{invalid_input} for a year out of range
nlohmann::ordered_json proposals_json(Workspace& workspace, const std::string& body, int year,
                                      const ConveningReader& reader);
// {"meetings":[…]}: what the reader may see, by beginning.
nlohmann::ordered_json meetings_json(Workspace& workspace, const MeetingsQuestion& question,
                                     const ConveningReader& reader);
//   throws  Error{not_found}; for a meeting that is not for the reader too
nlohmann::ordered_json meeting_json(Workspace& workspace, const std::string& id,
                                    const ConveningReader& reader);

}  // namespace mithaq::service
