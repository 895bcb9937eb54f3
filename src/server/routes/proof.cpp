// GET /api/v1/record/proof/:seq: what proves that an entry is in the log, as `mithaq verify --proof`.
#include "server/routes/answer.hpp"
#include "server/routes/routes.hpp"

namespace mithaq::server {

ApiRoute proof_route() {
  return {.pattern = "/api/v1/record/proof/:seq",
          .parameters = {path_number("seq", std::uint64_t{1} << 53)},
          .answer = [](Call& call) {
            const record::SqlStore& store = call.workspace.record();
            const record::Seq seq = call.parameters.number("seq");
            const record::Entry entry = store.entry(seq);
            // The checkpoint first: what is appended meanwhile must not make the proof one of a later tree.
            const std::string checkpoint = store.checkpoint();
            const auto note = record::parse_note(checkpoint);
            const auto head = note ? record::parse_checkpoint(note->text) : std::nullopt;
            expect(head.has_value(), "the record's own checkpoint can be read");
            nlohmann::ordered_json proof = nlohmann::ordered_json::array();
            for (const record::Hash& hash : store.inclusion_proof(seq, head->size))
              proof.push_back(to_hex(hash));
            return json_response({{"entry", seq},
                                  {"leaf", record::to_canonical_json(entry.header)},
                                  {"tree_size", head->size},
                                  {"proof", proof},
                                  {"root", to_hex(head->root)},
                                  {"checkpoint", checkpoint}});
          }};
}

}  // namespace mithaq::server
