#include "service/convening_rows.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/zone.hpp"

namespace mithaq::service {

using Json = nlohmann::ordered_json;

Json named_json(Workspace& workspace, const std::string& id, Language language) {
  if (id.empty()) return nullptr;
  return {{"id", id}, {"name", workspace.name_of(id, language)}};
}

Json named_list_json(Workspace& workspace, const std::vector<std::string>& ids, Language language) {
  Json out = Json::array();
  for (const std::string& id : ids) out.push_back(named_json(workspace, id, language));
  return out;
}

Json instant_json(const std::optional<Instant>& at) {
  return at ? Json(format_instant(*at)) : Json(nullptr);
}

Json clock_json(const std::optional<Instant>& at, const std::string& name) {
  const auto zone = Zone::named(name);
  if (!at || !zone) return nullptr;
  return {{"zone", zone->name()},
          {"local", format_local_time(zone->local(*at))},
          {"offset", format_offset(zone->offset_minutes(*at))}};
}

std::string words_for(const ConveningReader& reader, const acts::Words& words) {
  return acts::words_in(words, language_code(reader.language));
}

std::string person_for(const ConveningReader& reader, const std::string& by) {
  return reader.person ? reader.person(by) : by;
}

Json happened_json(Workspace& workspace, record::Seq entry, std::string_view type, const acts::Stamp& stamp,
                   const std::string& said, const ConveningReader& reader) {
  const acts::Actor& actor = stamp.actor;
  return {{"entry", entry},
          {"at", format_instant(stamp.at)},
          {"type", type},
          {"said", reader.say(said)},
          {"delegation", named_json(workspace, actor.delegation, reader.language)},
          {"capacity", acts::name_of(actor.capacity)},
          {"by", actor.by},
          {"by_name", person_for(reader, actor.by)}};
}

Json happened_json(Workspace& workspace, const secretariat::HistoryLine& line, const std::string& said,
                   const ConveningReader& reader) {
  return happened_json(workspace, line.entry, line.act.type, line.act.stamp, said, reader);
}

Instant now_for(Workspace& workspace, Instant latest) {
  return std::max<Instant>(workspace.options().clock(), latest);
}

}  // namespace mithaq::service
