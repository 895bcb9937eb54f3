// A person confirms, corrects or rejects a statement, or takes back their last word.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "record/store.hpp"
#include "record/view.hpp"
#include "service/acting_person.hpp"

namespace mithaq::service {

struct ReviewRequest {
  record::Seq statement = 0;
  record::ReviewAction action = record::ReviewAction::confirm;
  ActingPerson person{};
  std::string note{};
  record::Correction correction{};  // of a `correct`
};

// The entry that says so, for whoever appends it.
//   throws  Error{not_found} if there is no such statement, Error{forbidden} if it is hidden,
//           Error{invalid_input} if nobody reviews, nothing is corrected, or nothing can be taken back
record::Body review_entry(const record::View& view, const ReviewRequest& request);
// Appends it.
//   returns  the entry's place
record::Seq review_statement(record::Store& store, const record::View& view, const ReviewRequest& request);

// How far two people agree beyond chance.
//   table    [category of one][category of the other], how many things
//   returns  1: always, 0: no more than by chance, below 0: less; 1 if both always chose the same one
//   category throws   Error{invalid_input} if the table is empty or not square source   J. Cohen, A
//   coefficient of agreement for nominal scales, Educational and Psychological Measurement
//            20 (1960), 37-46
double cohens_kappa(const std::vector<std::vector<std::size_t>>& table);

struct ReviewerPair {
  std::size_t both = 0;   // statements that both decided
  std::size_t agree = 0;  // with the same word
  double kappa = 0;       // 0 if there are none
  std::vector<record::Seq> disagreements{};
};
ReviewerPair compare_reviewers(const record::View& view, const std::string& first, const std::string& second);

}  // namespace mithaq::service
