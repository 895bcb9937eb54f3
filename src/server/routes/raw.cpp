// GET /api/v1/documents/:id/raw: the text as it came, byte for byte, in UTF-8.
#include "server/routes/answer.hpp"
#include "server/routes/routes.hpp"

namespace mithaq::server {

namespace {

// Longer texts are given section by section, so that a few requests cannot fill the memory.
constexpr std::size_t kWholeMax = 16 << 20;

}  // namespace

ApiRoute raw_route() {
  return {.pattern = "/api/v1/documents/:id/raw",
          .parameters = {path_text("id"), optional_number("section", 0, 100'000'000)},
          .answer = [](Call& call) {
            const record::View& view = call.workspace.record().view();
            const record::DocumentRow document = view.document(call.parameters.text("id"));
            note_read(call, document);
            Response response{.type = "text/plain; charset=utf-8"};
            if (call.parameters.has("section")) {
              const std::size_t section = call.parameters.number("section");
              if (section >= document.sections)
                throw Error(ErrorKind::not_found, "the document has " + std::to_string(document.sections) +
                                                      " sections, counted from 0");
              response.body = view.raw_text(document.id, section);
            } else if (document.raw_bytes > kWholeMax) {
              throw Error(ErrorKind::invalid_input, "the text is long: ask for its " +
                                                        std::to_string(document.sections) +
                                                        " sections one by one, section=0 first");
            } else {
              response.body = view.raw_text(document.id);
            }
            return response;
          }};
}

}  // namespace mithaq::server
