// GET /api/v1/overview: what a person sees first.
#include "server/routes/answer.hpp"
#include "server/routes/document_rows.hpp"
#include "server/routes/job_rows.hpp"
#include "server/routes/routes.hpp"
#include "service/activity.hpp"

namespace mithaq::server {

namespace {

constexpr std::size_t kLatest = 5;
constexpr std::size_t kJobs = 20;
constexpr const char* kLanguages[] = {"ar", "en", "fr", "ru", "es", "zh"};

}  // namespace

ApiRoute overview_route() {
  return {
      .pattern = "/api/v1/overview", .answer = [](Call& call) {
        using nlohmann::ordered_json;
        const record::SqlStore& store = call.workspace.record();
        const record::View& view = store.view();
        const activity::Sums counts = service::record_sums(call.workspace);
        ordered_json latest = ordered_json::array(), jobs = ordered_json::array(),
                     languages = ordered_json::array();
        for (const record::DocumentRow& row :
             view.documents({.order = record::DocumentOrder::newest, .limit = kLatest}))
          latest.push_back(document_json(row));
        if (call.subject.signed_in) {
          for (const service::Job& job : call.queue().jobs(call.subject.account, kJobs))
            jobs.push_back(job_json(job, call.words()));
        }
        for (const char* language : kLanguages) {
          if (!view.documents({.languages = {language}, .limit = 1}).empty()) languages.push_back(language);
        }
        ordered_json checkpoint = nullptr;
        const auto note = record::parse_note(store.checkpoint());
        if (const auto head = note ? record::parse_checkpoint(note->text) : std::nullopt) {
          checkpoint = {{"size", head->size},
                        {"at", store.entry(head->size - 1).header.time},
                        {"key", store.verifier_key().to_string()}};
        }
        return json_response(
            {{"counts",
              {{"documents", counts.documents},
               {"paragraphs", counts.paragraphs},
               {"statements", counts.statements},
               {"proposed", counts.by_review[activity::kProposed]},
               {"confirmed", counts.by_review[activity::kConfirmed] + counts.by_review[activity::kCorrected]},
               {"doubts", counts.doubts},
               {"entries", store.size()}}},
             {"latest_documents", latest},
             {"jobs", jobs},
             {"checkpoint", checkpoint},
             {"languages", languages}});
      }};
}

}  // namespace mithaq::server
