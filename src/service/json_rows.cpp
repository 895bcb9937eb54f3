#include "service/json_rows.hpp"

#include <nlohmann/json.hpp>

namespace mithaq::service {

using nlohmann::ordered_json;

ordered_json citation_json(const record::Citation& citation) {
  ordered_json raw = ordered_json::array();
  for (const document::Span& span : citation.raw) raw.push_back({span.begin, span.end});
  return {{"document", citation.document},  {"name", citation.document_name},  {"symbol", citation.symbol},
          {"date", citation.document_date}, {"paragraph", citation.paragraph}, {"raw_bytes", raw},
          {"words", citation.words}};
}

ordered_json statement_json(const record::StatementRow& row) {
  ordered_json parties = ordered_json::array();
  for (const record::PartyRow& party : row.parties) {
    parties.push_back({{"role", name_of(party.role)},
                       {"entity", party.entity},
                       {"name", party.name},
                       {"found_by", name_of(party.found_by)}});
  }
  ordered_json places = ordered_json::array();
  for (const record::PlaceRow& place : row.places)
    places.push_back({{"entity", place.entity}, {"name", place.name}});
  return {{"statement", row.seq},
          {"type", name_of(row.type)},
          {"parties", parties},
          {"themes", row.themes},
          {"topic", row.topic},
          {"places", places},
          {"time", row.time},
          {"modality", name_of(row.modality)},
          {"negated", row.negated},
          {"status", name_of(row.status)},
          {"instrument", row.instrument},
          {"value", row.value},
          {"unit", row.unit},
          {"confidence", name_of(row.confidence)},
          {"rule", row.rule},
          {"review", {{"state", name_of(row.review)}, {"by", row.reviewed_by}, {"at", row.reviewed_at}}},
          {"citation", citation_json(row.citation)}};
}

ordered_json handling_json(const document::Handling& handling) {
  return {{"tlp", name_of(handling.tlp)},
          {"statuses", handling.statuses},
          {"recipients", handling.recipients},
          {"originator", handling.originator},
          {"public", handling.is_public()}};
}

ordered_json edit_json(const record::EditRow& row) {
  return {{"id", row.id},
          {"rule", row.edit.rule},
          {"grade", name_of(row.edit.grade)},
          {"kind", name_of(row.edit.kind)},
          {"raw_bytes", {row.edit.span.begin, row.edit.span.end}},
          {"before", row.edit.before},
          {"after", row.edit.after},
          {"reason", row.edit.reason},
          {"undone", row.undone},
          {"by", row.by},
          {"at", row.at}};
}

ordered_json doubt_json(const record::DoubtRow& row) {
  ordered_json readings = ordered_json::array();
  for (const auto& reading : row.readings) {
    readings.push_back({{"text", reading.text}, {"reason", reading.reason}, {"taken", reading.taken}});
  }
  return {{"id", row.id},
          {"rule", row.rule},
          {"readings", readings},
          {"chosen", row.chosen ? ordered_json(*row.chosen) : ordered_json()},
          {"by", row.by},
          {"at", row.at},
          {"citation", citation_json(row.citation)}};
}

ordered_json review_json(const record::ReviewRow& row) {
  return {{"entry", row.seq},
          {"statement", row.statement},
          {"action", name_of(row.action)},
          {"by", row.by},
          {"for", row.on_behalf_of},
          {"note", row.note},
          {"at", row.time},
          {"stands", row.stands},
          {"withdraws", row.withdraws ? ordered_json(*row.withdraws) : ordered_json()}};
}

}  // namespace mithaq::service
