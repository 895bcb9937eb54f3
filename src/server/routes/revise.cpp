// PUT /api/v1/documents/:id/edits/:edit and …/doubts/:doubt: a person undoes what the reader repaired, makes
// it again, or settles a doubt.
#include "service/revise.hpp"

#include <algorithm>

#include "server/routes/answer.hpp"
#include "server/routes/document_rows.hpp"
#include "server/routes/localized.hpp"
#include "server/routes/routes.hpp"

namespace mithaq::server {

namespace {

using nlohmann::ordered_json;
using record::RevisionAction;

bool touch(document::Span one, document::Span other) {
  return one.begin <= other.end && other.begin <= one.end;
}

// The paragraphs that stand on these places of the whole raw text.
ordered_json paragraphs_on(const record::View& view, const std::string& document,
                           const std::vector<document::Span>& places) {
  RawSections raw(view, document);
  std::vector<record::ParagraphRow> rows = view.paragraphs(document);
  std::erase_if(rows, [&](const record::ParagraphRow& row) {
    const auto& pieces = row.paragraph.pieces;
    return std::none_of(pieces.begin(), pieces.end(), [&](const document::Piece& piece) {
      const document::Span span{row.raw_offset + piece.raw.begin, row.raw_offset + piece.raw.end};
      return std::any_of(places.begin(), places.end(),
                         [&](document::Span place) { return touch(place, span); });
    });
  });
  return paragraphs_json(view, raw, rows);
}

struct Revised {
  ordered_json edits = ordered_json::array(), doubts = ordered_json::array();
  std::vector<document::Span> places{};  // of the whole raw text
};

// The edit or the doubt that is meant.
//   throws  Error{not_found}
Revised target_of(const Call& call, const record::View& view, const service::RevisionRequest& request) {
  Revised out;
  if (request.action == RevisionAction::choose_reading) {
    for (const record::DoubtRow& row : view.doubts(request.document)) {
      if (row.id != request.target) continue;
      out.places = row.citation.raw;
      out.doubts.push_back(doubt_json_for(call, row));
    }
  } else {
    for (const record::EditRow& row : view.edits(request.document)) {
      if (row.id != request.target) continue;
      out.places = {row.edit.span};
      out.edits.push_back(edit_json_for(call, row));
    }
  }
  if (out.edits.empty() && out.doubts.empty())
    throw Error(ErrorKind::not_found, "the document has no edit or doubt " + request.target);
  return out;
}

// Appends the revision, and answers what reads otherwise now.
Response revised(Call& call, service::RevisionRequest request) {
  const record::View& view = call.workspace.record().view();
  const record::DocumentRow document = view.document(call.parameters.text("id"));
  require(call, access::Action::revise, object_of(document), document.id);
  request.document = document.id;
  request.person = acting(call);
  request.note = call.request.body.text("note");
  target_of(call, view, request);  // it is there
  const record::Seq entry = call.append(service::revision_entry(view, request));
  note_read(call, document);
  const Revised now = target_of(call, view, request);
  return json_response(localized({{"document", document_json_for(call, view.document(document.id))},
                                  {"paragraphs", paragraphs_on(view, document.id, now.places)},
                                  {"edits", now.edits},
                                  {"doubts", now.doubts},
                                  {"entry", entry}},
                                 call));
}

}  // namespace

ApiRoute revise_edit_route() {
  return {.method = Method::put,
          .pattern = "/api/v1/documents/:id/edits/:edit",
          .parameters = {path_text("id"), path_text("edit")},
          .fields = {required_field("undone", Field::Type::flag), optional_field("note")},
          .answer =
              [](Call& call) {
                return revised(call, {.action = call.request.body.flag("undone") ? RevisionAction::undo_edit
                                                                                 : RevisionAction::redo_edit,
                                      .target = call.parameters.text("edit")});
              },
          .entry = Entry::signed_in,
          .action = access::Action::revise};
}

ApiRoute settle_doubt_route() {
  return {.method = Method::put,
          .pattern = "/api/v1/documents/:id/doubts/:doubt",
          .parameters = {path_text("id"), path_text("doubt")},
          .fields = {nullable_field("reading", Field::Type::number), optional_field("note")},
          .answer =
              [](Call& call) {
                service::RevisionRequest request{.action = RevisionAction::choose_reading,
                                                 .target = call.parameters.text("doubt")};
                if (call.request.body.has("reading")) request.reading = call.request.body.number("reading");
                return revised(call, std::move(request));
              },
          .entry = Entry::signed_in,
          .action = access::Action::revise};
}

}  // namespace mithaq::server
