// "Who does what where, with whom, since when?" as numbers: matrix, network, map, years, contradictions,
// overlaps, gaps.
//
// Each answer is counted from the table of statements (activity_index.hpp) for what the asker may see, and
// given as the JSON of docs/http-api.md, names in the asker's language. docs/who-does-what-where.md has the
// method.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "engines/activity/counts.hpp"
#include "engines/activity/question.hpp"
#include "service/activity_index.hpp"

namespace mithaq::service {

// What a person asks, in the person's words; empty fields ask for anything.
struct ActivityRequest {
  std::vector<std::string> organizations{};  // any of these takes part; with their bodies
  bool all = false;                          // each of them, instead of any
  std::string theme{};                       // with those under it
  std::string place{};                       // with the places that lie in it
  std::string from{}, to{};                  // EDTF
  std::vector<std::string> kinds{};          // of statement; empty: all that say who does something
  std::string review{};                      // "proposed", "confirmed", "corrected", "reviewed", "rejected"
  std::string document{};                    // its id, name or symbol
  bool nearby = false;                       // with a place: also what stands beside its name
};

//   throws  Error{not_found} naming the words that nothing is named by, Error{invalid_input} for a bad date,
//   kind or
//           review
activity::Question activity_question(Workspace& workspace, const Activity& activity,
                                     const ActivityRequest& request);

// What the asker may see.
activity::Sees sees_of(Workspace& workspace, const Activity& activity);

// How much of the record the asker sees.
activity::Sums record_sums(Workspace& workspace);

// The entity that a person means by an id, a key of the record, a name or an acronym.
//   throws  Error{not_found} if nothing has that name
activity::EntityId entity_meant(Workspace& workspace, const Activity& activity, const std::string& words);

// {"id":"OSCE","name":…,"short":…}
nlohmann::ordered_json entity_json(Workspace& workspace, const Activity& activity, activity::EntityId id,
                                   Language language);
nlohmann::ordered_json theme_json(Workspace& workspace, const std::string& id, Language language);
// What stands for a kind of entity in answers: "organization", "body", "state", "place", "other".
std::string_view kind_word(const Activity& activity, activity::EntityId id);

struct MatrixRequest {
  std::string rows = "organization", columns = "theme";  // organization, place, theme, year
  std::size_t limit_rows = 40, limit_columns = 24;
};
nlohmann::ordered_json matrix_answer(Workspace& workspace, const ActivityRequest& request,
                                     const MatrixRequest& shape, Language language);
nlohmann::ordered_json findings_answer(Workspace& workspace, const ActivityRequest& request,
                                       Language language);
//   without kinds: co-operation and meetings
nlohmann::ordered_json network_answer(Workspace& workspace, ActivityRequest request, std::size_t limit,
                                      Language language);
nlohmann::ordered_json map_answer(Workspace& workspace, const ActivityRequest& request, Language language);
nlohmann::ordered_json timeline_answer(Workspace& workspace, const ActivityRequest& request);

}  // namespace mithaq::service
