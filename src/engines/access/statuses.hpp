// Which statuses a document can be opened to, who holds them, and what each opens: data/access, read.
#pragma once

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mithaq::access {

struct Status {
  std::string id{};                            // "OSCE/partner_for_cooperation"
  std::string organization{};                  // empty for "public"
  std::vector<std::string> by_register{};      // statuses of data/memberships that give it
  std::map<std::string, std::string> names{};  // by language: "ar", "en", "ru"
  std::string source{};
};

// Documents of an issuer, or one document by its title, are opened to a status.
struct Opening {
  std::string status{};
  std::string issuer{};
  std::string document{};  // empty: all official ones
  std::string source{};
};

// What a State is in an organization at some instant, as the register says it.
struct Held {
  std::string organization{};
  std::string status{};
};

class Statuses {
 public:
  //   folder  data/access
  //   throws  Error{not_found} without the tables, Error{invalid_input} naming file and line if a status has
  //           no id or is there twice, or an opening is of no status
  static Statuses load(const std::filesystem::path& folder);

  std::span<const Status> all() const { return all_; }
  std::span<const Opening> openings() const { return openings_; }
  const Status* find(std::string_view id) const;
  // The ids that follow from what a State holds; sorted.
  std::vector<std::string> of(std::span<const Held> held) const;
  // The statuses to which an issuer's official documents are opened; in the order of the table.
  std::vector<std::string> proposed_for(std::string_view issuer) const;

 private:
  std::vector<Status> all_{};
  std::vector<Opening> openings_{};
};

}  // namespace mithaq::access
