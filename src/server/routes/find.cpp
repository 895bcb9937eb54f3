// GET /api/v1/find: what `mithaq find` searches.
#include "service/find.hpp"
#include "server/routes/answer.hpp"
#include "server/routes/localized.hpp"
#include "server/routes/routes.hpp"
#include "service/json_rows.hpp"
#include "service/who_does_what.hpp"

namespace mithaq::server {

namespace {

using nlohmann::ordered_json;

ordered_json hit_json(const search::Hit& hit) {
  const document::CodePointIndex index(hit.snippet.text);
  ordered_json highlights = ordered_json::array();
  for (const document::TextRange& range : hit.snippet.highlights)
    highlights.push_back({index.code_points_before(range.begin), index.code_points_before(range.end)});
  ordered_json statements = ordered_json::array();
  for (const record::StatementRow& row : hit.statements) statements.push_back(service::statement_json(row));
  return {{"citation", service::citation_json(hit.citation)},
          {"score", hit.score},
          {"snippet", {{"text", hit.snippet.text}, {"highlights", highlights}}},
          {"statements", statements}};
}

service::FindRequest request_of(const Call& call) {
  const Parameters& given = call.parameters;
  service::FindRequest request{.words = given.text("words"),
                               .organizations = given.texts("org"),
                               .place = given.text("place"),
                               .theme = given.text("theme"),
                               .from = given.text("from"),
                               .to = given.text("to"),
                               .language = given.text("language"),
                               .document = given.text("document"),
                               .offset = page_of(call).offset,
                               .limit = page_of(call).limit + 1};
  for (const std::string& kind : given.texts("kind"))
    request.kinds.push_back(service::statement_type_of(kind));
  if (given.has("status")) {
    request.status = document::commitment_status_named(given.text("status"));
    if (!request.status)
      throw Error(ErrorKind::invalid_input, "there is no status \"" + given.text("status") + "\"");
  }
  return request;
}

}  // namespace

ApiRoute find_route() {
  return {.pattern = "/api/v1/find",
          .parameters = {optional_text("words"), repeated_text("org"), optional_text("place"),
                         optional_text("theme"), repeated_text("kind"), optional_text("status"),
                         optional_text("from"), optional_text("to"), optional_text("language"),
                         optional_text("document"), optional_flag("facets"),
                         optional_number("limit", 20, 100), optional_number("offset", 0, 1000)},
          .answer = [](Call& call) {
            const Page page = page_of(call);
            const search::Answer answer = service::find(call.workspace, request_of(call));
            const Page from_here{.offset = 0, .limit = page.limit};
            ordered_json out = localized({{"hits", rows_json(answer.hits, from_here, hit_json)},
                                          {"truncated", answer.truncated},
                                          {"cut", answer.cut},
                                          {"page", page_json(page, page.offset + answer.hits.size())}},
                                         call);
            if (call.parameters.flag("facets")) {
              const service::Facets facets =
                  service::find_facets(call.workspace, request_of(call), call.language);
              out["facets"] = facets.lists;
              out["facets_of"] = facets.of;
            }
            return json_response(out);
          }};
}

}  // namespace mithaq::server
