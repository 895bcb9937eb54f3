#include "service/revise.hpp"

#include <algorithm>
#include <charconv>

#include "base/error.hpp"

namespace mithaq::service {

namespace {

std::size_t number(std::string_view digits, const std::string& target) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (digits.empty() || error != std::errc() || end != digits.data() + digits.size()) {
    throw Error(ErrorKind::invalid_input, "\"" + target + "\" is no id of an edit or a doubt, such as 0-3");
  }
  return value;
}

}  // namespace

record::Body revision_entry(const record::View& view, const RevisionRequest& request) {
  if (request.person.by.empty()) throw Error(ErrorKind::invalid_input, "say who revises");
  const record::DocumentRow document = view.document(request.document);
  const std::string_view target = request.target;
  const std::size_t dash = std::min(target.find('-'), target.size());
  record::RevisionBody body{
      .document = document.id,
      .section = number(target.substr(0, dash), request.target),
      .action = request.action,
      .target = number(target.substr(std::min(dash + 1, target.size())), request.target),
      .reading = request.reading,
      .by = request.person.by,
      .on_behalf_of = request.person.on_behalf_of,
      .note = request.note};
  if (body.section >= document.sections) {
    throw Error(ErrorKind::not_found, "the document has no edit or doubt " + request.target);
  }
  return body;
}

record::Seq revise(record::Store& store, const record::View& view, const RevisionRequest& request) {
  const record::Body entry = revision_entry(view, request);
  return store.append({&entry, 1}).first;
}

}  // namespace mithaq::service
