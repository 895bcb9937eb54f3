// How a State comes by a status in an organization, what is considered, and what the status opens:
// data/partnership, read.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "acts/act.hpp"

namespace mithaq::partnership {

// The way to one status.
struct Path {
  std::string organization{};            // "OSCE"
  std::string status{};                  // of data/memberships: "partner_asian"
  acts::Words name{};                    // of who holds it: "Asian Partner for Co-operation"
  std::vector<std::string> entitled{};   // statuses of data/access whose holders consider and decide
  std::vector<std::string> bodies{};     // of data/bodies.tsv, which may decide: "OSCE_PC"
  std::vector<std::string> rule_sets{};  // of data/procedure, under which they decide it
  bool consultations = true;             // they must have been held before a decision is opened
  std::string zone{};                    // of the organization's seat
  std::string source{};
};

// One of the things that are considered: answered in free words, never counted.
struct Factor {
  std::string id{};
  std::string organization{};
  std::set<std::string, std::less<>> statuses{};  // of data/memberships, for which it is considered
  acts::Words name{};                             // short
  acts::Words quote{};                            // as the rule says it
  std::string source{};
};

// What a status opens, or never does.
struct Right {
  std::string status{};  // of data/access
  std::string what{};    // one of kWhat
  acts::Words says{};
  std::string source{};
};

inline constexpr std::string_view kWhat[] = {
    "documents",  "invitation",           "attendance", "seat",          "speaking",
    "high_level", "contact_group",        "conference", "visits",        "fund",
    "observers",  "military_information", "deciding",   "never_blocking"};

// The words of a rule that a refusal names.
struct Rule {
  std::string id{};  // "partnership/formal_request"
  acts::Words quote{};
  std::string source{};
};

class Law {
 public:
  //   folder  data/partnership
  //   throws  Error{not_found} without the tables, Error{invalid_input} naming file and line of a row that
  //           lacks what it needs, stands there twice, or names an unknown `what`
  static Law load(const std::filesystem::path& folder);

  const std::vector<Path>& paths() const { return paths_; }
  //   returns  nothing if nobody can apply for that
  const Path* path(std::string_view organization, std::string_view status) const;
  // What is considered for a status, in the order of the table.
  std::vector<const Factor*> factors(std::string_view organization, std::string_view status) const;
  // What a status of data/access opens, in the order of the table.
  std::vector<const Right*> rights(std::string_view status) const;
  bool opens(std::string_view status, std::string_view what) const;
  const std::vector<Right>& all_rights() const { return rights_; }
  const std::vector<Rule>& rules() const { return rules_; }
  const Rule* rule(std::string_view id) const;

 private:
  std::vector<Path> paths_{};
  std::vector<Factor> factors_{};
  std::vector<Right> rights_{};
  std::vector<Rule> rules_{};
};

}  // namespace mithaq::partnership
