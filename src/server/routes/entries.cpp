// GET /api/v1/record/entries: the log from an entry on, for whoever keeps a copy, as `mithaq export log`.
#include "server/routes/answer.hpp"
#include "server/routes/log_rows.hpp"
#include "server/routes/routes.hpp"

namespace mithaq::server {

namespace {

// A page ends early when its bodies are together this long; one entry it always holds.
constexpr std::size_t kBodiesMax = 4 << 20;

}  // namespace

ApiRoute entries_route() {
  return {
      .pattern = "/api/v1/record/entries",
      .parameters = {optional_number("from", 0, std::uint64_t{1} << 53), optional_number("limit", 100, 1000)},
      .answer = [](Call& call) {
        using nlohmann::ordered_json;
        const record::SqlStore& store = call.workspace.record();
        const std::size_t limit = call.parameters.number("limit");
        ordered_json entries = ordered_json::array();
        ordered_json next = nullptr;
        std::size_t bytes = 0;
        store.each_entry(call.parameters.number("from"), [&](const record::Entry& entry) {
          if (entries.size() >= limit || bytes >= kBodiesMax) {
            next = entry.header.seq;
            return false;
          }
          ordered_json body = nullptr;  // erased by law
          const bool withheld = entry.body && !may_read_body(call, entry);
          if (entry.body && !withheld) body = *entry.body;
          bytes += body.is_null() ? 0 : entry.body->size();
          // As texts and not as objects: their hashes are those of these very bytes.
          ordered_json row = {{"seq", entry.header.seq},
                              {"leaf", record::to_canonical_json(entry.header)},
                              {"salt", entry.salt},
                              {"body", std::move(body)}};
          if (withheld) {
            row["withheld"] = true;
            row["salt"] = "";  // with it, short bodies could be guessed
          }
          entries.push_back(std::move(row));
          return true;
        });
        return json_response({{"entries", entries}, {"next_from", next}});
      }};
}

}  // namespace mithaq::server
