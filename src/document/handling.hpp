// Who may see a document and pass it on.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mithaq::document {

// The marks of the Traffic Light Protocol 2.0 (FIRST, 2022): how far a thing may be passed on.
enum class Tlp { clear, green, amber, amber_strict, red };

// A mark, and whom it is opened to beyond what the mark alone opens it to. What follows from it for whom is
// decided in one place, engines/access/decide.hpp.
struct Handling {
  Tlp tlp = Tlp::clear;
  // Statuses in an organization that open it, "OSCE/participating_state", in the words of data/memberships;
  // sorted. With any here, the document is for them and not for everybody.
  std::vector<std::string> statuses{};
  // Named recipients: ids of organizations and States ("UNHCR", "KAZ"), or "account:" and an account's id;
  // sorted. With any here, the document is for them and not for everybody.
  std::vector<std::string> recipients{};
  // The organization or State whose paper it is: it keeps the say over it. Empty if nobody is named.
  std::string originator{};

  // For everybody in the world.
  bool is_public() const { return tlp == Tlp::clear && statuses.empty() && recipients.empty(); }
  friend bool operator==(const Handling&, const Handling&) = default;
};

std::string_view name_of(Tlp tlp);  // "TLP:CLEAR", …
std::optional<Tlp> tlp_named(std::string_view name);

}  // namespace mithaq::document
