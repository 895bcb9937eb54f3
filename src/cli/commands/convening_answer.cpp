#include "cli/commands/convening_answer.hpp"

#include <ostream>

#include "cli/output/visible_text.hpp"

namespace mithaq::cli {

using Json = nlohmann::ordered_json;

service::ConveningReader convening_reader(Session& session, const std::string& delegation, std::string zone) {
  service::ConveningReader reader{
      .asker = {.secretariat = true},
      .sees = [](const document::Handling&) { return true; },
      .language = session.language(),
      .say = [&session](std::string_view english) { return session.say(english); },
      .zone = std::move(zone)};
  if (!delegation.empty())
    reader.asker = {.party = session.workspace.entity_named(delegation), .secretariat = false};
  return reader;
}

nlohmann::json words_given(Session& session, const std::vector<std::string>& given) {
  nlohmann::json out = nlohmann::json::object();
  for (const std::string& each : given) {
    const bool named = each.size() > 3 && each[2] == '=';
    const std::string language = named ? each.substr(0, 2) : std::string(language_code(session.language()));
    out[language] = named ? each.substr(3) : each;
  }
  return out;
}

nlohmann::json deadline_given(const std::string& local, const std::string& zone, const std::string& offset) {
  nlohmann::json out = {{"local", local}};
  if (!zone.empty()) out["zone"] = zone;
  if (!offset.empty()) out["offset"] = offset;
  return out;
}

nlohmann::json parties_given(Session& session, const std::vector<std::string>& given) {
  nlohmann::json out = nlohmann::json::array();
  for (const std::string& each : given) out.push_back(session.workspace.entity_named(each));
  return out;
}

std::string text_in(const Json& json, const char* name) {
  const auto found = json.find(name);
  return found == json.end() || !found->is_string() ? "" : found->get<std::string>();
}

std::string name_in(const Json& json, const char* name) {
  const auto found = json.find(name);
  return found == json.end() || !found->is_object() ? "" : text_in(*found, "name");
}

std::string words_in(Session& session, const Json& json, const char* name) {
  const auto found = json.find(name);
  if (found == json.end() || !found->is_object()) return "";
  acts::Words words;
  for (const auto& [language, text] : found->items()) {
    if (text.is_string()) words[language] = text.get<std::string>();
  }
  return acts::words_in(words, language_code(session.language()));
}

std::string clock_in(const Json& json, const char* name) {
  const auto found = json.find(name);
  if (found == json.end() || !found->is_object()) return "";
  std::string said = text_in(*found, "local");
  if (said.size() > 10) said[10] = ' ';
  return said + " " + text_in(*found, "offset") + " (" + text_in(*found, "zone") + ")";
}

void tell_offers(Session& session, const Json& answer) {
  const auto can = answer.find("can");
  if (can == answer.end() || can->empty()) return;
  session.out << '\n' << session.say("What can be done now") << ":\n";
  for (const Json& offer : *can)
    session.out << "  " << visible(text_in(offer, "says")) << ": " << text_in(offer, "type") << '\n';
}

void tell_history(Session& session, const Json& answer) {
  session.out << '\n' << session.say("What happened") << ":\n";
  for (const Json& each : answer.at("history")) {
    session.out << "  " << text_in(each, "at") << "  " << session.say("entry") << ' ' << each.at("entry")
                << "  " << visible(text_in(each, "said"));
    if (const std::string who = name_in(each, "delegation"); !who.empty())
      session.out << ": " << visible(who);
    session.out << '\n';
  }
}

}  // namespace mithaq::cli
