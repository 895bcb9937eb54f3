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

}  // namespace mithaq::service
