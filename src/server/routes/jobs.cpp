// GET /api/v1/jobs, GET and DELETE /api/v1/jobs/:id: files that were handed in, and what became of them.
#include "server/routes/answer.hpp"
#include "server/routes/job_rows.hpp"
#include "server/routes/routes.hpp"
#include "service/json_rows.hpp"

namespace mithaq::server {

namespace {

using nlohmann::ordered_json;

bool sees_all(const Call& call) {
  return may(call, access::Action::see_log, {.kind = access::ObjectKind::act});
}

// A job of somebody else is as if it were not there.
service::Job job_named(Call& call) {
  const std::string id = call.parameters.text("id");
  const auto job = call.queue().job(id);
  const access::Object owner{.kind = access::ObjectKind::account, .account = job ? job->account : ""};
  if (!job || (!may(call, access::Action::keep_own, owner) && !sees_all(call)))
    throw Error(ErrorKind::not_found, "there is no job \"" + id + "\"");
  return *job;
}

}  // namespace

ordered_json job_json(const service::Job& job, const service::Messages& words) {
  ordered_json document = nullptr;
  if (!job.document.empty()) document = job.document;
  return {{"id", job.id},
          {"name", job.name},
          {"bytes", job.bytes},
          {"state", name_of(job.state)},
          {"part", job.part},
          {"message", words.say(job.message)},
          {"document", document},
          {"created_at", job.created_at},
          {"handling", service::handling_json(job.handling)}};
}

ApiRoute jobs_route() {
  return {.pattern = "/api/v1/jobs",
          .parameters = {optional_number("limit", 100, 1000)},
          .answer = [](Call& call) {
            require_signed_in(call);
            ordered_json jobs = ordered_json::array();
            const auto account = sees_all(call) ? std::nullopt : std::optional(call.subject.account);
            for (const service::Job& job : call.queue().jobs(account, call.parameters.number("limit")))
              jobs.push_back(job_json(job, call.words()));
            return json_response({{"jobs", jobs}});
          }};
}

ApiRoute job_route() {
  return {.pattern = "/api/v1/jobs/:id", .parameters = {path_text("id")}, .answer = [](Call& call) {
            require_signed_in(call);
            return json_response({{"job", job_json(job_named(call), call.words())}});
          }};
}

ApiRoute cancel_job_route() {
  return {.method = Method::remove,
          .pattern = "/api/v1/jobs/:id",
          .parameters = {path_text("id")},
          .answer =
              [](Call& call) {
                const auto job = call.queue().cancel(job_named(call).id);
                if (!job)
                  throw Error(ErrorKind::not_found, "there is no job \"" + call.parameters.text("id") + "\"");
                call.office.wake();
                return json_response({{"job", job_json(*job, call.words())}});
              },
          .entry = Entry::signed_in,
          .action = access::Action::keep_own};
}

}  // namespace mithaq::server
