// The journal of a meeting and the paper of a consultation, out of the shared work as it stands.
#pragma once

#include <string>
#include <string_view>

#include "service/convening_reader.hpp"
#include "service/journal.hpp"
#include "service/workspace.hpp"

namespace mithaq::service {

// What the journal of a meeting says, as far as the meeting has come and the reader may see.
//   throws  Error{not_found}; for a meeting that is not for the reader too
JournalInput journal_of_meeting(Workspace& workspace, const std::string& meeting,
                                const ConveningReader& reader);

// The decision, the interim text under silence, or the draft, whichever the consultation has come to.
//   throws  Error{not_found}; for one that is not for the reader too
DecisionPaper paper_of_consultation(Workspace& workspace, const std::string& consultation,
                                    const ConveningReader& reader);

// A file to hand out.
struct PaperFile {
  std::string bytes{};
  std::string content_type{};
  std::string name{};       // "PC.JOUR-1233.ar.pdf"
  bool restricted = false;  // it is not for everybody
};

//   format    "html", "docx" or "pdf"
//   language  "ar", "en" or "ru"
//   throws    Error{not_found}, Error{invalid_input} for a format or language that there is not
PaperFile journal_file(Workspace& workspace, const std::string& meeting, std::string_view format,
                       std::string_view language, const ConveningReader& reader);
PaperFile consultation_file(Workspace& workspace, const std::string& consultation, std::string_view format,
                            std::string_view language, const ConveningReader& reader);

}  // namespace mithaq::service
