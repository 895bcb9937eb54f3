// What the commands of the shared work have in common: who reads, texts in several languages, deadlines.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/session.hpp"
#include "service/convening_reader.hpp"

namespace mithaq::cli {

// Who reads on this machine is its keeper and sees everything; asked for a delegation, as that delegation may
// act.
//   delegation  any name of it, or nothing
service::ConveningReader convening_reader(Session& session, const std::string& delegation,
                                          std::string zone = {});

// "en=…", several times, or the text alone in the language of the interface.
nlohmann::json words_given(Session& session, const std::vector<std::string>& given);

// {"local","zone","offset"}, without what was not given.
nlohmann::json deadline_given(const std::string& local, const std::string& zone, const std::string& offset);

// The ids of States and organizations by any of their names.
nlohmann::json parties_given(Session& session, const std::vector<std::string>& given);

// A text of an answer; empty if there is none.
std::string text_in(const nlohmann::ordered_json& json, const char* name);
// The name of {"id","name"}.
std::string name_in(const nlohmann::ordered_json& json, const char* name);
// Words of an answer, in the language of the interface.
std::string words_in(Session& session, const nlohmann::ordered_json& json, const char* name);
// "2026-03-29 12:00:00 +02:00 (Europe/Vienna)"; empty for null
std::string clock_in(const nlohmann::ordered_json& json, const char* name);

// What the reader may do now, as "what it does: the kind of act", one a line.
void tell_offers(Session& session, const nlohmann::ordered_json& answer);
// What happened, an entry a line.
void tell_history(Session& session, const nlohmann::ordered_json& answer);

}  // namespace mithaq::cli
