// Words of the command line in several languages, and who reads an answer of the shared work there.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/commands/acting.hpp"
#include "service/convening_reader.hpp"

namespace mithaq::cli {

// "en=…", or the text alone in the language of the interface; an object of texts by language.
inline nlohmann::json given_words(Session& session, const std::vector<std::string>& given) {
  nlohmann::json out = nlohmann::json::object();
  for (const std::string& each : given) {
    const bool named = each.size() > 3 && each[2] == '=';
    out[named ? each.substr(0, 2) : std::string(service::language_code(session.language()))] =
        named ? each.substr(3) : each;
  }
  return out;
}

// Who reads on this machine is its keeper and sees everything, unless they ask as a State or organization
// would.
inline service::ConveningReader keeper_or(Session& session, const Acting& acting) {
  service::ConveningReader reader{
      .asker = {.secretariat = true},
      .sees = [](const document::Handling&) { return true; },
      .language = session.language(),
      .say = [&session](std::string_view english) { return session.say(english); }};
  if (!acting.delegation.empty())
    reader.asker = {.party = session.workspace.entity_named(acting.delegation), .secretariat = false};
  return reader;
}

}  // namespace mithaq::cli
