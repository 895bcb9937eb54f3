// DELETE /api/v1/documents/:id: a document and all that was read from it is erased by law. The log keeps that
// it was, by whom and why, and still verifies.
#include "server/routes/answer.hpp"
#include "server/routes/routes.hpp"

namespace mithaq::server {

ApiRoute erase_route() {
  return {.method = Method::remove,
          .pattern = "/api/v1/documents/:id",
          .parameters = {path_text("id")},
          .fields = {required_field("reason")},
          .answer =
              [](Call& call) {
                const record::DocumentRow document =
                    call.workspace.record().view().document(call.parameters.text("id"));
                require(call, access::Action::erase, object_of(document), document.id);
                const std::string reason = reason_of(call), by = call.by();
                call.queue().forget(document.id);
                std::optional<record::Seq> entry;
                call.office.scribe.run(
                    [&](service::Workspace& workspace) {
                      entry = workspace.record_to_write().erase({&document.seq, 1}, by, reason);
                    },
                    call.record);
                if (!entry) throw Error(ErrorKind::conflict, "the document is erased already");
                return json_response({{"entry", *entry}});
              },
          .entry = Entry::signed_in,
          .action = access::Action::erase};
}

}  // namespace mithaq::server
