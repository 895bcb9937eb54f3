// What the views of the shared work have in common: names of States, texts in several languages, clocks.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "acts/act.hpp"
#include "base/instant.hpp"
#include "secretariat/history.hpp"
#include "service/convening_reader.hpp"
#include "service/workspace.hpp"

namespace mithaq::service {

// {"id":"KAZ","name":"كازاخستان"}
nlohmann::ordered_json named_json(Workspace& workspace, const std::string& id, Language language);
nlohmann::ordered_json named_list_json(Workspace& workspace, const std::vector<std::string>& ids,
                                       Language language);
// null without one
nlohmann::ordered_json instant_json(const std::optional<Instant>& at);
// {"zone","local","offset"}: what the clock in a zone shows; null without a zone
nlohmann::ordered_json clock_json(const std::optional<Instant>& at, const std::string& zone);
// Words in the reader's language, or in one that is there.
std::string words_for(const ConveningReader& reader, const acts::Words& words);
// Who acted, for people: "Amina Karimova" of "account:amina".
std::string person_for(const ConveningReader& reader, const std::string& by);
// {"entry","at","type","said","delegation","capacity","by","by_name"}
//   said  of the act, in English
nlohmann::ordered_json happened_json(Workspace& workspace, record::Seq entry, std::string_view type,
                                     const acts::Stamp& stamp, const std::string& said,
                                     const ConveningReader& reader);
nlohmann::ordered_json happened_json(Workspace& workspace, const secretariat::HistoryLine& line,
                                     const std::string& said, const ConveningReader& reader);
// Acts are shown and offered as they are at this instant: by the clock, but never before the latest act.
Instant now_for(Workspace& workspace, Instant latest);

}  // namespace mithaq::service
