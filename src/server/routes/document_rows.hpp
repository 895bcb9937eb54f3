// A document and its paragraphs as JSON.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "record/view.hpp"

namespace mithaq::server {

struct Call;

nlohmann::ordered_json document_json(const record::DocumentRow& row);
// The same with "rights": what the one who asks may do with it.
nlohmann::ordered_json document_json_for(const Call& call, const record::DocumentRow& row);

// An edit and a doubt with what people read of them in the language of who asks: why, and what the rule is
// called.
nlohmann::ordered_json edit_json_for(const Call& call, const record::EditRow& row);
nlohmann::ordered_json doubt_json_for(const Call& call, const record::DoubtRow& row);

// The raw text of a document's sections; the last one is kept, since paragraphs come in order.
class RawSections {
 public:
  RawSections(const record::View& view, std::string document) : view_(view), document_(std::move(document)) {}
  const std::string& of(std::size_t section);

 private:
  const record::View& view_;
  std::string document_;
  std::optional<std::pair<std::size_t, std::string>> kept_{};
};

// Paragraphs with the raw lines they stand on, their mentions and their statements.
nlohmann::ordered_json paragraphs_json(const record::View& view, RawSections& raw,
                                       std::span<const record::ParagraphRow> rows);

}  // namespace mithaq::server
