// The home of a delegation: what needs its answer before when, what it was told, its next meetings, in its
// zone.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "service/convening_reader.hpp"
#include "service/workspace.hpp"

namespace mithaq::service {

struct HomeQuestion {
  std::string delegation{};    // a State or an organization by any name; empty: that of the asker
  std::string organization{};  // to which it is a delegation, by its id; empty: by data/host_zones.tsv
  std::size_t notices = 100;   // at most, newest first
  std::size_t meetings = 10;   // the next ones
};

// {"delegation","zone","now","statuses":[…with what they
// open],"tasks":[…],"notices":[…],"meetings":[…],"unanswered":n}
//   throws  Error{not_found} for an unknown delegation; Error{invalid_input} if the asker acts for none and
//   named none, or
//           the reader's zone is none; Error{forbidden} for the home of another delegation, but to the
//           secretariat
nlohmann::ordered_json home_json(Workspace& workspace, const HomeQuestion& question,
                                 const ConveningReader& reader);

}  // namespace mithaq::service
