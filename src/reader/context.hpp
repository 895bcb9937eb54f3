// What reading one part of a document tells about the next.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "document/document.hpp"

namespace mithaq::reader {

// A body that the text has spoken of, for the short forms that follow (المنظمة, the Commission).
struct SpokenOf {
  std::string entity{};        // id
  std::string name{};          // canonical
  std::string head{};          // folded definite head noun of a body that no table lists; else empty
  double activation = 0;       // how much it was spoken of, fading with distance
  std::uint64_t spoken = 0;    // mentions of bodies
  std::uint64_t position = 0;  // words of the document before its last mention
  std::uint32_t times = 0;
  bool in_title = false;
};

// A treaty or another paper with a title that the text has named, for "the Agreement" that follows.
struct PaperSpokenOf {
  std::string id{};
  std::string name{};
};

// Carried through a document, and from one section of a long text to the next. Bounded: each map keeps
// a few hundred items, so that memory does not grow with the text.
struct Context {
  document::Metadata metadata;
  std::map<std::string, std::string> introduced;  // folded acronym of this document's own -> entity id
  std::map<std::string, SpokenOf> spoken_of;      // by entity id
  std::map<std::string, std::string> holders;     // office, as "SESRIC#Director-General" -> its holder's name
  std::map<std::string, std::string> persons;     // folded family name -> the name as first written
  std::map<std::string, PaperSpokenOf> papers;    // by folded noun (agreement) or the document's acronym
  std::set<std::string> places;                   // folded names of places that no table lists
  std::uint64_t spoken = 0;                       // mentions of bodies
  std::uint64_t position = 0;                     // words read
  std::string pair[2]{};                          // the two organizations last named together, by id
  std::string title_pair[2]{};  // the two that the document's titles name, by id; empty if they name others
  std::vector<std::string> named{};  // the bodies of data/ named last, by id, the latest at the end
  std::string home{};                // entity id of the organization whose paper this is; empty if unknown
};

}  // namespace mithaq::reader
