// What reading one part of a document tells about the next.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "document/document.hpp"

namespace mithaq::reader {

// A body spoken of, for the short forms that follow (المنظمة, the Commission).
struct SpokenOf {
  std::string entity{};
  std::string name{};
  std::uint32_t paragraph = 0;
  std::uint32_t times = 0;
};

// Carried through a document, and from one section of a long text to the next. Bounded: each list keeps its
// newest few hundred items, so that memory does not grow with the text.
struct Context {
  document::Metadata metadata;
  std::map<std::string, std::string>
      introduced;                              // folded acronym or short form -> entity id, by this document
  std::vector<SpokenOf> spoken_of{};           // newest last
  std::map<std::string, std::string> persons;  // folded family name -> the name as first written
};

}  // namespace mithaq::reader
