// GET /api/v1/documents: what `mithaq documents` lists.
#include "server/routes/answer.hpp"
#include "server/routes/document_rows.hpp"
#include "server/routes/routes.hpp"
#include "service/json_rows.hpp"

namespace mithaq::server {

nlohmann::ordered_json document_json(const record::DocumentRow& row) {
  return {{"id", row.id},
          {"name", row.name},
          {"title", row.metadata.title},
          {"symbol", row.metadata.symbol},
          {"date", row.metadata.date},
          {"language", row.metadata.language},
          {"issuer", row.metadata.issuer},
          {"handling", service::handling_json(row.metadata.handling)},
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

namespace {

// The words of a question, and the values of a list with commas.
std::vector<std::string> cut(const std::string& text, char separator) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(separator, at), text.size());
    if (end > at) out.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

record::DocumentOrder order_named(const std::string& name) {
  using record::DocumentOrder;
  if (name.empty() || name == "oldest") return DocumentOrder::oldest;
  if (name == "newest") return DocumentOrder::newest;
  if (name == "date") return DocumentOrder::date;
  if (name == "date-earliest") return DocumentOrder::date_earliest;
  if (name == "name") return DocumentOrder::name;
  if (name == "name-last") return DocumentOrder::name_last;
  if (name == "doubts") return DocumentOrder::doubts;
  if (name == "doubts-fewest") return DocumentOrder::doubts_fewest;
  throw Error(ErrorKind::invalid_input,
              "there is no order \"" + name +
                  "\": newest, oldest, date, date-earliest, name, name-last, doubts, doubts-fewest");
}

}  // namespace

ApiRoute documents_route() {
  return {.pattern = "/api/v1/documents",
          .parameters = {optional_text("reference"), optional_text("words"), optional_text("language"),
                         optional_text("issuer"), optional_text("from"), optional_text("to"),
                         optional_text("tlp"), optional_text("order"), optional_number("limit", 100, 1000),
                         optional_number("offset", 0, 100'000'000)},
          .answer = [](Call& call) {
            const Page page = page_of(call);
            const Parameters& given = call.parameters;
            record::DocumentQuery query{.reference = given.text("reference"),
                                        .languages = cut(given.text("language"), ','),
                                        .date = {.from = given.text("from"), .to = given.text("to")},
                                        .words = cut(given.text("words"), ' '),
                                        .order = order_named(given.text("order")),
                                        .limit = page.limit + 1,
                                        .offset = page.offset};
            if (given.has("issuer")) query.issuers = {call.workspace.entity_named(given.text("issuer"))};
            for (const std::string& name : cut(given.text("tlp"), ',')) {
              const auto mark = document::tlp_named(name);
              if (!mark)
                throw Error(ErrorKind::invalid_input,
                            "there is no mark \"" + name +
                                "\": TLP:CLEAR, TLP:GREEN, TLP:AMBER, TLP:AMBER+STRICT, TLP:RED");
              query.marks.push_back(*mark);
            }
            const record::View& view = call.workspace.record().view();
            const auto rows = view.documents(query);
            const Page from_here{.offset = 0, .limit = page.limit};
            return json_response({{"documents", rows_json(rows, from_here, document_json)},
                                  {"total", view.count_documents(query)},
                                  {"page", page_json(page, page.offset + rows.size())}});
          }};
}

}  // namespace mithaq::server
