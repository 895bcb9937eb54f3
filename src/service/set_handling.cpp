#include "service/set_handling.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace mithaq::service {

namespace {

bool is_plain(const std::string& text) {
  return !text.empty() && std::none_of(text.begin(), text.end(), [](char letter) {
    return static_cast<unsigned char>(letter) <= ' ' || letter == '"' || letter == ',';
  });
}

}  // namespace

record::Body handling_entry(const record::View& view, const HandlingRequest& request) {
  if (request.person.by.empty()) throw Error(ErrorKind::invalid_input, "say who sets the handling");
  if (request.reason.empty()) {
    throw Error(ErrorKind::invalid_input, "say why with --reason: the reason stays in the record");
  }
  for (const std::string& each : request.handling.statuses) {
    const std::size_t slash = each.find('/');
    if (!is_plain(each) || slash == 0 || slash == std::string::npos || slash + 1 == each.size()) {
      throw Error(ErrorKind::invalid_input,
                  "\"" + each + "\" is no status in an organization, such as OSCE/participating_state");
    }
  }
  for (const std::string& each : request.handling.recipients) {
    if (!is_plain(each)) {
      throw Error(ErrorKind::invalid_input, "\"" + each +
                                                "\" is no recipient: give the id of an organization or a "
                                                "State, or account: and the id of an account");
    }
  }
  const record::DocumentRow document = view.document(request.document);
  if (record::to_canonical_json(document.metadata.handling) == record::to_canonical_json(request.handling)) {
    throw Error(ErrorKind::conflict, "the document has this handling already");
  }
  return record::HandlingBody{.document = document.id,
                              .handling = request.handling,
                              .by = request.person.by,
                              .on_behalf_of = request.person.on_behalf_of,
                              .reason = request.reason};
}

record::Seq set_handling(record::Store& store, const record::View& view, const HandlingRequest& request) {
  const record::Body entry = handling_entry(view, request);
  return store.append({&entry, 1}).first;
}

}  // namespace mithaq::service
