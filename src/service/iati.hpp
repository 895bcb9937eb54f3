// The projects of a fund in the standard of the International Aid Transparency Initiative, version 2.03.
//
// Only what is for everybody is exported, whoever asks: the file is published. Identifiers of organizations
// and the sector codes of themes are tables with sources (data/fund/iati_*.tsv).
#pragma once

#include <string>

#include "service/workspace.hpp"

namespace mithaq::service {

// An iati-activities document that validates against the schema and keeps the rules of the standard's ruleset
// that concern it (docs/fund.md says which).
//   fund    its id; empty: the only one
//   throws  Error{not_found} without a fund, or if its organization has no identifier in the table
std::string iati_xml(Workspace& workspace, const std::string& fund);

}  // namespace mithaq::service
