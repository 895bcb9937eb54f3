// "What should I look at next, and what helps me to decide?"
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "service/activity.hpp"

namespace mithaq::service {

// One statement with what a person needs to decide on it: its paragraph and those around it, what others
// decided, what contradicts it, and what else might be meant.
//   throws  Error{not_found}, Error{forbidden} if its document is not opened to the asker
nlohmann::ordered_json statement_answer(Workspace& workspace, record::Seq seq, Language language);

struct QueueRequest {
  std::string order = "doubt";  // doubt, weight, newest
  ActivityRequest filter{};     // without a state of review: what is proposed
  std::string account{};        // who asks: what they decided is left out; empty: nothing is
  std::size_t limit = 20;
  std::optional<record::Seq> after{};  // the last one that they saw
};
nlohmann::ordered_json queue_answer(Workspace& workspace, const QueueRequest& request, Language language);

// How far reviewers agree, in pairs: the decisions on statements that both looked at, and Cohen's kappa.
//   reviewers  accounts; empty: all
nlohmann::ordered_json agreement_answer(Workspace& workspace, const std::vector<std::string>& reviewers);

// The latest reviews, who decided and when.
nlohmann::ordered_json review_history_answer(Workspace& workspace, std::size_t limit, std::size_t offset);

}  // namespace mithaq::service
