// When two leads contradict each other, and where organizations overlap or nobody acts.
//
// docs/who-does-what-where.md is the page of the method.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_set>
#include <vector>

#include "engines/activity/question.hpp"

namespace mithaq::activity {

// One lead as the rule needs it. Leader is a number or a name.
template <typename Leader>
struct LeadFacts {
  std::vector<Leader> leaders{};  // sorted
  bool negated = false;
  bool dated = false;
  std::int64_t from = 0, to = 0;  // days; only if dated
  std::int64_t paragraph = 0;     // row
};

// The division of labour: two leads that meet in one place and theme contradict each other if they name no
// leader in common and may be of the same time. One paragraph that names two leaders divides the labour
// between them; it does not contradict itself. Who does not lead contradicts nobody.
template <typename Leader>
bool contradict(const LeadFacts<Leader>& a, const LeadFacts<Leader>& b) {
  if (a.negated || b.negated) return false;
  if (a.dated && b.dated && (a.from > b.to || b.from > a.to)) return false;
  if (a.paragraph == b.paragraph) return false;
  if (a.leaders.empty() || b.leaders.empty()) return false;
  for (auto left = a.leaders.begin(), right = b.leaders.begin();
       left != a.leaders.end() && right != b.leaders.end();) {
    if (*left == *right) return false;
    if (*left < *right) {
      ++left;
    } else {
      ++right;
    }
  }
  return true;
}

// The leads of a question, met by place and theme.
class Leads {
 public:
  // Reads the leads among what the question asks for.
  explicit Leads(const Asked& asked);

  // Statements that some lead contradicts.
  std::unordered_set<std::uint64_t> contradicted() const;
  // The statements that contradict one, by their numbers; at most `limit`, the first ones.
  //   all  if given: how many there are
  std::vector<std::uint64_t> against(std::uint64_t seq, std::size_t limit, std::size_t* all = nullptr) const;

  struct Group {
    ThemeId theme = 0;
    EntityId place = kNoEntity;
    std::vector<std::uint64_t> seqs{};  // the leads that contradict another one here; the first ones
    std::size_t leads = 0;              // how many do
  };
  // Where leads contradict each other, most leads first.
  std::vector<Group> contradictions(std::size_t limit_groups, std::size_t limit_leads) const;

 private:
  struct Lead {
    std::uint64_t seq = 0;
    LeadFacts<EntityId> facts{};
  };
  struct Meeting {
    std::uint64_t where = 0;  // place << 16 | theme
    std::uint32_t lead = 0;   // in leads_
    friend auto operator<=>(const Meeting&, const Meeting&) = default;
  };
  template <typename Take>
  void each_group(const Take& take) const;

  std::vector<Lead> leads_{};        // by seq
  std::vector<Meeting> meetings_{};  // sorted
};

// Several organizations act on one theme in one place.
struct Overlap {
  ThemeId theme = 0;
  EntityId place = kNoEntity;
  std::vector<EntityId> organizations{};  // heads of families, by their numbers
  std::size_t statements = 0;
  std::size_t together = 0;  // of those, co-operation that names two of them
};
// Where two or more organizations say that they act: lead, deployment, implementation or co-operation. Most
// statements first.
std::vector<Overlap> overlaps(const Asked& asked, std::size_t limit);

// Something is asked of somebody, and nothing says that anybody acts.
struct Gap {
  ThemeId theme = 0;
  EntityId place = kNoEntity;
  enum class Why { mandated, asked } why = Why::asked;
  std::size_t statements = 0;  // that ask
};
// Where a commitment, a mandate or a call stands and no co-operation, deployment, implementation or lead
// does.
std::vector<Gap> gaps(const Asked& asked, std::size_t limit);

}  // namespace mithaq::activity
