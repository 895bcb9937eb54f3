#include "service/find.hpp"

#include "base/edtf.hpp"
#include "base/error.hpp"
#include "service/themes.hpp"

namespace mithaq::service {

search::Answer find(Workspace& workspace, const FindRequest& request) {
  search::Question question;
  question.words = request.words;
  question.limit = request.limit;
  if (!request.organization.empty()) {
    question.filter.entities = workspace.with_parts(workspace.entity_named(request.organization));
  }
  if (!request.place.empty())
    question.filter.places = workspace.with_parts(workspace.entity_named(request.place));
  if (!request.theme.empty()) {
    question.filter.themes = workspace.themes().named(request.theme);
    if (question.filter.themes.empty()) {
      throw Error(ErrorKind::not_found, "there is no theme \"" + request.theme + "\"; see data/themes.tsv");
    }
  }
  for (const std::string& date : {request.from, request.to}) {
    if (!date.empty() && !Edtf::parse(date))
      throw Error(ErrorKind::invalid_input, "\"" + date + "\" is no date");
  }
  question.filter.date = {request.from, request.to};
  if (request.kind) question.filter.statement_types = {*request.kind};
  if (request.status) question.filter.statuses = {*request.status};
  return search::search(workspace.record().view(), question);
}

}  // namespace mithaq::service
