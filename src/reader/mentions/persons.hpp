// Persons in one paragraph: a title and a name (السيد ياوز سليم قيران, Ambassador John Doe), a common first
// name and a family name, and later the family name alone behind its title.
#pragma once

#include <vector>

#include "reader/mentions/names.hpp"

namespace mithaq::reader {

// Appends the persons of a paragraph to `out`. A name spelt a little otherwise than before in this document
// is the same person's, under the first spelling.
void find_persons(Scene& scene, std::vector<document::Mention>& out);

// How many letters one folded word must change to become another, counting letters that differ only by their
// dots half; bounded: gives `limit` as soon as it is reached.
//   example  "افتشبار" and "اقتشابار": 1.5
double dotted_distance(std::string_view left, std::string_view right, double limit);

}  // namespace mithaq::reader
