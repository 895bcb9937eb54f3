// Who looks at the shared work through the API: what they see, may do, and in which language and zone.
#pragma once

#include <memory>

#include "server/gate.hpp"
#include "server/routes/answer.hpp"
#include "server/routes/people.hpp"
#include "service/convening_reader.hpp"

namespace mithaq::server {

// Must not outlive the call. The zone is the parameter "zone", where the route has one.
inline service::ConveningReader convening_reader(const Call& call, std::string zone = {}) {
  const bool secretariat =
      call.subject.staff && may(call, access::Action::act_for, {.kind = access::ObjectKind::delegation});
  const bool acts =
      secretariat || (!call.subject.party.empty() &&
                      may(call, access::Action::act_for,
                          {.kind = access::ObjectKind::delegation, .party = call.subject.party}));
  return {.asker = {.party = call.subject.party, .secretariat = secretariat, .acts = acts},
          .sees =
              [&call](const document::Handling& handling) {
                return may(call, access::Action::see, {.handling = handling});
              },
          .language = call.language,
          .say = [&call](std::string_view english) { return call.words().say(english); },
          .person = [people = std::make_shared<People>(call)](
                        const std::string& by) { return people->name_of(by); },
          .zone = std::move(zone)};
}

}  // namespace mithaq::server
