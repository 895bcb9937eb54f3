// PUT /api/v1/documents/:id/handling: who may see a document is said anew.
#include <algorithm>

#include "server/routes/answer.hpp"
#include "server/routes/document_rows.hpp"
#include "server/routes/routes.hpp"
#include "service/set_handling.hpp"

namespace mithaq::server {

namespace {

constexpr std::size_t kAudienceMax = 200;

std::vector<std::string> set_of(const Call& call, const std::string& field) {
  std::vector<std::string> out = call.request.body.texts(field);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  if (out.size() > kAudienceMax) throw Error(ErrorKind::invalid_input, "\"" + field + "\" names too many");
  return out;
}

document::Handling handling_of(const Call& call) {
  const std::string mark = call.request.body.text("tlp");
  const auto tlp = document::tlp_named(mark);
  if (!tlp)
    throw Error(ErrorKind::invalid_input, "there is no mark \"" + mark +
                                              "\": "
                                              "TLP:CLEAR, TLP:GREEN, TLP:AMBER, TLP:AMBER+STRICT, TLP:RED");
  document::Handling out{.tlp = *tlp,
                         .statuses = set_of(call, "statuses"),
                         .recipients = set_of(call, "recipients"),
                         .originator = call.request.body.text("originator")};
  // A slip of the pen would close the document to everybody whom it was meant for.
  if (call.gate != nullptr) {
    for (const std::string& status : out.statuses) {
      if (call.gate->accounts().statuses().find(status) == nullptr)
        throw Error(ErrorKind::invalid_input, "there is no status \"" + status + "\"");
    }
  }
  return out;
}

}  // namespace

ApiRoute set_handling_route() {
  return {.method = Method::put,
          .pattern = "/api/v1/documents/:id/handling",
          .parameters = {path_text("id")},
          .fields = {required_field("tlp"), optional_field("statuses", Field::Type::texts),
                     optional_field("recipients", Field::Type::texts), optional_field("originator"),
                     required_field("reason")},
          .answer =
              [](Call& call) {
                const record::View& view = call.workspace.record().view();
                record::DocumentRow document = view.document(call.parameters.text("id"));
                const document::Handling wanted = handling_of(call);
                access::Object object = object_of(document);
                object.wanted = wanted;
                require(call, access::Action::set_handling, object, document.id);
                const std::string reason = reason_of(call);
                const record::Seq entry = call.append(service::handling_entry(
                    view,
                    {.document = document.id, .handling = wanted, .person = acting(call), .reason = reason}));
                // Not read again: it may be closed now to the very one who closed it.
                document.metadata.handling = wanted;
                note_read(call, document);
                return json_response({{"document", document_json_for(call, document)}, {"entry", entry}});
              },
          .entry = Entry::signed_in,
          .action = access::Action::set_handling};
}

}  // namespace mithaq::server
