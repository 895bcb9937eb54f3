// In which order people should look at what a machine read: docs/review-order.md has the formulas.
//
// By doubt: how unsure the machine is. By weight: how much hangs on the statement. Both from 0 to 1, each
// with the reasons that made it.
#pragma once

#include <optional>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "engines/activity/question.hpp"

namespace mithaq::activity {

// What a reason says, for people and programs.
enum class Why : std::uint8_t {
  // of doubt
  carried_over,       // its parts come from a heading or an earlier sentence (class C)
  by_anaphora,        // one party is meant, not named (class B)
  party_by_context,   // a party was taken from around the sentence
  party_by_anaphora,  // a party stands as "the Organization"
  party_unlisted,     // a party that no table lists
  no_party,
  one_party,  // co-operation of one
  no_theme,
  no_place,
  no_time,
  contradicted,  // another statement says otherwise
  // of weight
  says_who_leads,
  obliges,
  mandates,
  says_what_was_done,
  rests_on_a_paper,   // it names its instrument
  much_said_of_them,  // many statements name the same organizations or the same place
  recent,
};
std::string_view name_of(Why why);  // "party_by_context", …

// What the order knows of the record as a whole.
struct ReviewContext {
  std::vector<std::uint32_t> statements_of{};  // [entity that others read as]: statements that name it
  std::unordered_set<std::uint64_t>
      contradicted{};            // statements that a lead in a paper as open, or opener, contradicts
  std::int32_t newest = kNoDay;  // latest day of any document's date
};
ReviewContext review_context(const Table& table);

struct Score {
  double doubt = 0, weight = 0;
  std::vector<Why> why{};
};
Score score(const Table& table, const ReviewContext& context, const Segment& segment, Row row);

// Fills doubt, weight and the orders of a segment.
void order_for_review(const Table& table, const ReviewContext& context, Segment& segment);

enum class ReviewOrder { doubt, weight, newest };

struct Queue {
  std::vector<std::uint64_t> seqs{};
  std::size_t remaining = 0;  // that wait, behind those given
};
// The statements that wait for somebody, most urgent first; at the same urgency, earlier entries first.
//   reviewer  who asks: what they decided is left out; nothing: nobody is left out
//   after     the last statement that they saw; the queue goes on behind it
Queue review_queue(const Asked& asked, ReviewOrder order, std::optional<std::uint16_t> reviewer,
                   std::optional<std::uint64_t> after, std::size_t limit);

}  // namespace mithaq::activity
