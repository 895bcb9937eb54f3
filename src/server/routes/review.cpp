// POST /api/v1/statements/:seq/review: a person confirms, corrects or rejects a statement, or takes back
// their last word.
#include <algorithm>

#include "base/edtf.hpp"
#include "server/routes/answer.hpp"
#include "server/routes/localized.hpp"
#include "server/routes/routes.hpp"
#include "service/json_rows.hpp"
#include "service/look_up_correction.hpp"
#include "service/review_statement.hpp"

namespace mithaq::server {

namespace {

using nlohmann::json;

constexpr std::size_t kTextMax = 2000;  // bytes
constexpr std::size_t kListMax = 100;

[[noreturn]] void refuse(const std::string& field, const std::string& problem) {
  throw Error(ErrorKind::invalid_input, "the field \"correction." + field + "\" " + problem);
}

std::string text_of(const json& value, const std::string& field) {
  if (!value.is_string()) refuse(field, "is a text");
  auto text = value.get<std::string>();
  if (text.size() > kTextMax) refuse(field, "is too long");
  return text;
}

std::vector<std::string> texts_of(const json& value, const std::string& field) {
  if (!value.is_array()) refuse(field, "is a list of texts");
  if (value.size() > kListMax) refuse(field, "is too long");
  std::vector<std::string> out;
  for (const json& each : value) out.push_back(text_of(each, field));
  return out;
}

// One of the names that the values of an enum from the first to the last have.
template <typename Enum>
Enum one_of(const json& value, const std::string& field, Enum last) {
  const std::string name = text_of(value, field);
  for (int each = 0; each <= static_cast<int>(last); ++each) {
    if (name_of(static_cast<Enum>(each)) == name) return static_cast<Enum>(each);
  }
  refuse(field, "is none of the names that it can have");
}

document::Party party_of(const json& value) {
  if (!value.is_object()) refuse("parties", "is a list of objects");
  document::Party party;
  bool has_role = false;
  for (const auto& [name, member] : value.items()) {
    if (name == "role") {
      party.role = one_of(member, "parties.role", document::PartyRole::subject);
      has_role = true;
    } else if (name == "entity") {
      party.entity = text_of(member, "parties.entity");
    } else if (name == "name") {
      party.name = text_of(member, "parties.name");
    } else if (name == "found_by") {
      party.found_by = one_of(member, "parties.found_by", document::FoundBy::context);
    } else {
      refuse("parties." + name, "is none that a correction has");
    }
  }
  if (!has_role) refuse("parties.role", "is missing");
  if (party.entity.empty() && party.name.empty()) refuse("parties.name", "is missing");
  return party;
}

record::Correction correction_of(const json& given) {
  record::Correction out;
  for (const auto& [name, value] : given.items()) {
    if (name == "type") {
      out.type = one_of(value, name, document::StatementType::incident);
    } else if (name == "parties") {
      if (!value.is_array()) refuse(name, "is a list of objects");
      if (value.size() > kListMax) refuse(name, "is too long");
      out.parties.emplace();
      for (const json& each : value) out.parties->push_back(party_of(each));
    } else if (name == "themes") {
      out.themes = texts_of(value, name);
    } else if (name == "topic") {
      out.topic = text_of(value, name);
    } else if (name == "places") {
      out.places = texts_of(value, name);
    } else if (name == "place_names") {
      out.place_names = texts_of(value, name);
    } else if (name == "time") {
      out.time = text_of(value, name);
      if (!out.time->empty() && !Edtf::parse(*out.time)) refuse(name, "is no date in EDTF");
    } else if (name == "modality") {
      out.modality = one_of(value, name, document::Modality::called_for);
    } else if (name == "negated") {
      if (!value.is_boolean()) refuse(name, "is true or false");
      out.negated = value.get<bool>();
    } else if (name == "status") {
      out.status = one_of(value, name, document::CommitmentStatus::under_discussion);
    } else if (name == "instrument") {
      out.instrument = text_of(value, name);
    } else if (name == "value") {
      out.value = text_of(value, name);
    } else if (name == "unit") {
      out.unit = text_of(value, name);
    } else {
      refuse(name, "is none that a correction has");
    }
  }
  // Where every place has an id, the names are those of the ids.
  if (out.places && !out.place_names &&
      std::find(out.places->begin(), out.places->end(), "") == out.places->end())
    out.place_names.emplace(out.places->size());
  if (out.places.value_or(std::vector<std::string>()).size() !=
      out.place_names.value_or(std::vector<std::string>()).size())
    refuse("place_names", "has as many as places");
  return out;
}

record::ReviewAction action_of(const Call& call) {
  const auto action = record::review_action_named(call.request.body.text("action"));
  if (!action) throw Error(ErrorKind::invalid_input, "a review confirms, corrects, rejects or withdraws");
  return *action;
}

}  // namespace

ApiRoute review_route() {
  return {.method = Method::post,
          .pattern = "/api/v1/statements/:seq/review",
          .parameters = {path_number("seq", kSeqMax)},
          .fields = {required_field("action"), optional_field("note"),
                     optional_field("correction", Field::Type::object)},
          .answer =
              [](Call& call) {
                const record::View& view = call.workspace.record().view();
                const record::Seq seq = call.parameters.number("seq");
                const record::DocumentRow document = view.document(view.statement(seq).citation.document);
                require(call, access::Action::review, object_of(document), document.id);
                service::ReviewRequest request{.statement = seq,
                                               .action = action_of(call),
                                               .person = acting(call),
                                               .note = call.request.body.text("note")};
                if (call.request.body.has("correction"))
                  request.correction =
                      service::look_up(call.workspace, correction_of(call.request.body.value("correction")));
                const record::Seq entry = call.append(service::review_entry(view, request));
                return json_response(localized(
                    {{"statement", service::statement_json(view.statement(seq))}, {"entry", entry}}, call));
              },
          .entry = Entry::signed_in,
          .action = access::Action::review};
}

}  // namespace mithaq::server
