// What an answer about the shared work is made from, while the state is read: who asks, in which language, at
// which instant. The views of single desks begin with it.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "secretariat/secretariat.hpp"
#include "service/convening.hpp"
#include "service/convening_reader.hpp"
#include "service/convening_rows.hpp"
#include "service/workspace.hpp"

namespace mithaq::service {

struct ConveningView {
  Workspace& workspace;
  const secretariat::Secretariat& state;
  const ConveningReader& reader;
  Instant now{};

  std::string say(std::string_view english) const { return reader.say(english); }
  std::string words(const acts::Words& words) const { return words_for(reader, words); }
  // {"id","name"}; null without an id.
  nlohmann::ordered_json named(const std::string& id) const {
    return named_json(workspace, id, reader.language);
  }
  nlohmann::ordered_json all_named(const std::vector<std::string>& ids) const {
    return named_list_json(workspace, ids, reader.language);
  }
  //   said  of the act, in English
  nlohmann::ordered_json happened(const secretariat::HistoryLine& line, const std::string& said) const {
    return happened_json(workspace, line, said, reader);
  }
};

// Makes an answer out of the state as it is now.
//   View  a ConveningView, or what begins with one
//   make  must not ask again inside: the state is locked
template <typename View, typename Make>
auto view_now(Workspace& workspace, const ConveningReader& reader, const Make& make) {
  return workspace.convening().read(workspace, [&](const secretariat::Secretariat& state) {
    return make(View{{workspace, state, reader, now_for(workspace, state.last())}});
  });
}

}  // namespace mithaq::service
