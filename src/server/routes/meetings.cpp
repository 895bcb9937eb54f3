// GET /api/v1/bodies…, /api/v1/meetings…, /api/v1/calendar…: bodies, their meetings and calendars.
#include "service/meetings.hpp"

#include "server/routes/account_rows.hpp"
#include "server/routes/acts.hpp"
#include "server/routes/convening_request.hpp"
#include "server/routes/routes.hpp"
#include "service/calendar_feed.hpp"

namespace mithaq::server {

namespace {

constexpr std::uint64_t kYearMost = 2100;
constexpr std::uint64_t kMeetingsMost = 1'000;

// "2026-03-29T00:59:59Z" or "2026-03-29", which is its midnight UTC.
std::optional<Instant> instant_of(const Call& call, const std::string& name) {
  const std::string& text = call.parameters.text(name);
  if (text.empty()) return std::nullopt;
  if (const auto at = parse_instant(text)) return at;
  if (const auto day = parse_day(text)) return Instant(std::chrono::sys_days(*day));
  throw Error(ErrorKind::invalid_input, "the parameter \"" + name + "\" is a day or an instant");
}

ApiRoute bodies_route() {
  return {.pattern = "/api/v1/bodies", .answer = [](Call& call) {
            return json_response(service::bodies_json(call.workspace, convening_reader(call)));
          }};
}

ApiRoute body_route() {
  return {.pattern = "/api/v1/bodies/:id",
          .parameters = {path_text("id"), optional_number("year", 0, kYearMost)},
          .answer = [](Call& call) {
            return json_response(service::body_json(call.workspace, call.parameters.text("id"),
                                                    static_cast<int>(call.parameters.number("year")),
                                                    convening_reader(call)));
          }};
}

ApiRoute meetings_route() {
  return {.pattern = "/api/v1/meetings",
          .parameters = {optional_text("from"), optional_text("to"), optional_text("body"),
                         optional_number("limit", kMeetingsMost, kMeetingsMost)},
          .answer = [](Call& call) {
            return json_response(service::meetings_json(call.workspace,
                                                        {.from = instant_of(call, "from"),
                                                         .to = instant_of(call, "to"),
                                                         .body = call.parameters.text("body"),
                                                         .limit = call.parameters.number("limit")},
                                                        convening_reader(call)));
          }};
}

ApiRoute meeting_route() {
  return {.pattern = "/api/v1/meetings/:id", .parameters = {path_text("id")}, .answer = [](Call& call) {
            return json_response(
                service::meeting_json(call.workspace, call.parameters.text("id"), convening_reader(call)));
          }};
}

ApiRoute proposals_route() {
  return {.pattern = "/api/v1/calendar",
          .parameters = {required_number("year", kYearMost), optional_text("body")},
          .answer = [](Call& call) {
            return json_response(service::proposals_json(call.workspace, call.parameters.text("body"),
                                                         static_cast<int>(call.parameters.number("year")),
                                                         convening_reader(call)));
          }};
}

Response address_answer(Call& call) {
  Response response =
      json_response({{"address", "/api/v1/meetings/calendar.ics?token=" +
                                     accounts_of(call).calendar_token(call.subject.account)}});
  response.headers.emplace_back("Cache-Control", "no-store");  // the address is a right
  return response;
}

ApiRoute address_route() {
  return {.pattern = "/api/v1/calendar/address", .answer = address_answer, .entry = Entry::signed_in};
}

ApiRoute renew_address_route() {
  return {.method = Method::post,
          .pattern = "/api/v1/calendar/address",
          .answer =
              [](Call& call) {
                accounts_of(call).renew_calendar_token(call.subject.account);
                return address_answer(call);
              },
          .entry = Entry::signed_in,
          .action = access::Action::keep_own};
}

// A program that takes a calendar shows no session: the secret in the address says whose it is.
ApiRoute feed_route() {
  return {.pattern = "/api/v1/meetings/calendar.ics",
          .parameters = {required_text("token")},
          .answer =
              [](Call& call) {
                const auto account = accounts_of(call).account_of_calendar(call.parameters.text("token"));
                if (!account) throw Error(ErrorKind::not_found, "there is no such calendar");
                // From here the one who asks is the account: what it may see now.
                call.gate->look_as_owner(call, *account);
                Response response{.body = service::calendar_feed(call.workspace, convening_reader(call)),
                                  .type = "text/calendar; charset=utf-8"};
                response.headers.emplace_back("Cache-Control", "private, no-cache");
                return response;
              },
          .entry = Entry::anybody};
}

// What a calendar program answered to an invitation: registers the asker's delegation, or declines.
ApiRoute reply_route() {
  return {.method = Method::post,
          .pattern = "/api/v1/meetings/reply",
          .fields = {required_field("calendar")},
          .answer =
              [](Call& call) {
                return do_act(call, [&](secretariat::Act& wanted) {
                  wanted.type = "meeting.reply";
                  wanted.stamp.actor = {.by = call.by(), .delegation = call.subject.party};
                  if (call.subject.party.empty())
                    throw acts::NoAct(ErrorKind::invalid_input, "acts/no_delegation",
                                      "your account acts for no delegation");
                  service::read_reply(call.workspace, call.request.body.text("calendar"), wanted);
                });
              },
          .entry = Entry::signed_in,
          .action = access::Action::act_for};
}

}  // namespace

std::vector<ApiRoute> meeting_routes() {
  // "calendar.ics" and "reply" are no ids of meetings: the first pattern that fits counts.
  return {bodies_route(),  body_route(),      meetings_route(), feed_route(),         reply_route(),
          meeting_route(), proposals_route(), address_route(),  renew_address_route()};
}

}  // namespace mithaq::server
