// GET /api/v1/record/consistency: what proves that the log of today begins with the log of before (RFC 6962).
#include "server/routes/answer.hpp"
#include "server/routes/routes.hpp"

namespace mithaq::server {

ApiRoute consistency_route() {
  return {.pattern = "/api/v1/record/consistency",
          .parameters = {required_number("from", std::uint64_t{1} << 53),
                         optional_number("to", 0, std::uint64_t{1} << 53)},
          .answer = [](Call& call) {
            const record::SqlStore& store = call.workspace.record();
            const std::string checkpoint = store.checkpoint();
            const record::Seq from = call.parameters.number("from");
            record::Seq to = call.parameters.number("to");
            if (to == 0) {
              const auto note = record::parse_note(checkpoint);
              const auto head = note ? record::parse_checkpoint(note->text) : std::nullopt;
              if (!head) throw Error(ErrorKind::not_found, "the record has no entries yet");
              to = head->size;
            }
            nlohmann::ordered_json proof = nlohmann::ordered_json::array();
            for (const record::Hash& hash : store.consistency_proof(from, to)) proof.push_back(to_hex(hash));
            return json_response({{"from", from}, {"to", to}, {"proof", proof}, {"checkpoint", checkpoint}});
          }};
}

}  // namespace mithaq::server
