// GET /api/v1/documents: what `mithaq documents` lists.
#include "server/routes/answer.hpp"
#include "server/routes/document_rows.hpp"
#include "server/routes/routes.hpp"

namespace mithaq::server {

nlohmann::ordered_json document_json(const record::DocumentRow& row) {
  return {{"id", row.id},
          {"name", row.name},
          {"title", row.metadata.title},
          {"symbol", row.metadata.symbol},
          {"date", row.metadata.date},
          {"language", row.metadata.language},
          {"issuer", row.metadata.issuer},
          {"handling", name_of(row.metadata.handling.tlp)},
          {"format", row.format},
          {"encoding", row.encoding},
          {"entry", row.seq},
          {"read_at", row.read_at},
          {"sections", row.sections},
          {"complete", row.complete},
          {"raw_bytes", row.raw_bytes},
          {"paragraphs", row.paragraphs},
          {"statements", row.statements},
          {"edits", row.edits},
          {"doubts", row.doubts}};
}

ApiRoute documents_route() {
  return {
      .pattern = "/api/v1/documents",
      .parameters = {optional_text("reference"), optional_number("limit", 100, 1000),
                     optional_number("offset", 0, 100'000'000)},
      .answer = [](Call& call) {
        const Page page = page_of(call);
        const auto rows = call.workspace.record().view().documents(
            {.reference = call.parameters.text("reference"), .limit = page.limit + 1, .offset = page.offset});
        const Page from_here{.offset = 0, .limit = page.limit};
        return json_response({{"documents", rows_json(rows, from_here, document_json)},
                              {"page", page_json(page, page.offset + rows.size())}});
      }};
}

}  // namespace mithaq::server
