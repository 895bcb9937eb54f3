// A document as Akoma Ntoso 3.0 XML (OASIS LegalDocML), for the tools of parliaments and the UN that read it.
#pragma once

#include <string>

#include "document/document.hpp"

namespace mithaq::service {

// The repaired text with its structure and its mentions as references; every paragraph carries its place in
// the raw text. Validates against the OASIS schema akomantoso30.xsd.
//   markup_date  ISO date put down as the day of the markup, e.g. "2026-11-22"
std::string akoma_ntoso(const document::Document& document, const std::string& markup_date);

}  // namespace mithaq::service
