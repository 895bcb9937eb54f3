// POST /api/v1/acts: an act in the shared work, by a delegation, the Chair or the secretariat.
//
// One route for all acts: the kind of act says which desk of the secretariat judges it. The moment of receipt
// is taken by the server's clock when the whole request is there.
#include "server/routes/acts.hpp"

#include "server/routes/answer.hpp"
#include "server/routes/routes.hpp"
#include "service/convening.hpp"

namespace mithaq::server {

namespace {

using nlohmann::ordered_json;

// For whom the account of this request acts, and in which capacity.
//   throws  acts::NoAct, after it filled in what is sure
void read_actor(Call& call, acts::Actor& actor) {
  const JsonBody& body = call.request.body;
  actor.by = call.by();
  const bool secretariat = call.subject.staff;
  actor.capacity = secretariat ? acts::Capacity::secretariat : acts::Capacity::delegation;
  if (body.has("capacity")) {
    const auto named = acts::capacity_named(body.text("capacity"));
    if (!named || *named == acts::Capacity::system)
      throw acts::NoAct(ErrorKind::invalid_input, "acts/form",
                        "the field \"capacity\" is delegation, chair or secretariat");
    actor.capacity = *named;
  }
  if (!body.text("delegation").empty()) {
    actor.delegation = service::delegation_named(call.workspace, body.text("delegation"));
  } else if (actor.capacity != acts::Capacity::secretariat) {
    actor.delegation = call.subject.party;
  }
  if (actor.capacity != acts::Capacity::secretariat && actor.delegation.empty())
    throw acts::NoAct(ErrorKind::invalid_input, "acts/no_delegation",
                      "your account acts for no delegation: the field \"delegation\" is missing");
}

// Why it was refused, with the words of the rule.
Response refused(Call& call, const service::ActOutcome& outcome) {
  const acts::Refusal& refusal = *outcome.refusal;
  ordered_json rule = {{"id", refusal.rule}};
  call.workspace.convening().read(call.workspace, [&](const secretariat::Secretariat& state) {
    if (const auto text = state.rule(refusal.rule)) {
      const std::string quote = acts::words_in(text->quotes, service::language_code(call.language));
      rule["quote"] = quote.empty() ? text->quote : quote;
      rule["source"] = text->source;
    }
  });
  return json_response({{"error",
                         {{"kind", name_of(outcome.refused_as)},
                          {"message", call.words().say(refusal.reason)},
                          {"rule", rule}}}},
                       http_status(outcome.refused_as));
}

}  // namespace

Response do_act(Call& call, const std::function<void(secretariat::Act&)>& read) {
  secretariat::Act wanted;
  service::ActOutcome outcome;
  try {
    read(wanted);
  } catch (const acts::NoAct& why) {
    call.office.scribe.receive(
        [&](service::Workspace& writing, Instant received) {
          outcome = writing.convening().refuse(writing, wanted, why, received);
        },
        call.record);
    return refused(call, outcome);
  }
  const acts::Actor& actor = wanted.stamp.actor;
  const bool secretariat = actor.capacity == acts::Capacity::secretariat;
  require(call, access::Action::act_for,
          {.kind = access::ObjectKind::delegation, .party = secretariat ? "" : actor.delegation});
  call.office.scribe.receive(
      [&](service::Workspace& writing, Instant received) {
        outcome = writing.convening().act(writing, wanted, received);
      },
      call.record);
  if (outcome.refusal) return refused(call, outcome);
  call.office.events.wake();
  ordered_json all = ordered_json::array();
  for (const service::DoneAct& done : outcome.done)
    all.push_back({{"type", done.act.type}, {"subject", done.act.stamp.subject}, {"entry", done.entry}});
  const service::DoneAct& first = outcome.done.front();
  return json_response({{"entry", first.entry},
                        {"at", format_instant(first.act.stamp.at)},
                        {"subject", first.act.stamp.subject},
                        {"acts", all}});
}

ApiRoute acts_route() {
  return {.method = Method::post,
          .pattern = "/api/v1/acts",
          .fields = {required_field("type"), optional_field("subject"),
                     optional_field("fields", Field::Type::object), optional_field("delegation"),
                     optional_field("capacity")},
          .answer =
              [](Call& call) {
                return do_act(call, [&](secretariat::Act& wanted) {
                  const JsonBody& body = call.request.body;
                  wanted.type = body.text("type");
                  wanted.stamp.subject = body.text("subject");
                  if (body.has("fields")) wanted.fields = body.value("fields");
                  read_actor(call, wanted.stamp.actor);
                });
              },
          .entry = Entry::signed_in,
          .action = access::Action::act_for};
}

}  // namespace mithaq::server
