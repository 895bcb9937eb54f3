// A question that somebody keeps, to be asked again: what is new that answers it?
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "service/workspace.hpp"

namespace mithaq::service {

// As the ask view has it: with words it is asked of paragraphs, without them of statements.
struct SavedQuery {
  std::string words{};
  std::string language{};  // of the documents
  std::string document{};
  bool all = false;                          // each of the organizations, instead of any
  std::vector<std::string> organizations{};  // with their bodies
  std::string theme{};
  std::string place{};
  std::string from{}, to{};  // EDTF: of the document, or of the statement
  std::vector<document::StatementType> kinds{};
  std::vector<record::ReviewState> reviews{};  // of statements
};

//   given    {"words":…,"org":["OSCE"],"kind":["lead"],"theme":…,"place":…,"from":…,"to":…,"review":…,
//            "language":…,"document":…,"all":"true"}
//   throws   Error{invalid_input} naming the member that is unknown or wrong, or if nothing is asked
SavedQuery saved_query_of(const nlohmann::json& given);

// A paragraph that answers, or holds a statement that does.
struct Match {
  record::ParagraphRowId row = 0;  // grows with the record: the greater, the newer
  record::Citation citation{};
  std::string read_at{};  // when its document came into the record
};

// What answers, newest first; what the view does not show is not there.
//   after   only what came after this row
//   throws  Error{not_found} naming the words that nothing is named by
std::vector<Match> newest_matches(Workspace& workspace, const SavedQuery& query, record::ParagraphRowId after,
                                  std::size_t limit);

}  // namespace mithaq::service
