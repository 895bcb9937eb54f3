// What somebody may see of a record. sighted_database.hpp is the one place where the view learns it.
#pragma once

#include <string>
#include <vector>

#include "base/error.hpp"
#include "document/handling.hpp"

namespace mithaq::record {

struct Sight {
  bool everything = true;
  // Else: documents with one of these handlings, each as canonical JSON, sorted, each once …
  std::vector<std::string> handlings{};
  // … and those that this account brought in; nobody's if empty.
  std::string account{};

  // Of the owner's command line.
  static Sight all() { return {}; }
  static Sight of(const std::vector<document::Handling>& visible, std::string account);
  friend bool operator==(const Sight&, const Sight&) = default;
};

// What is thrown when somebody asks for a hidden thing. It never says more than this.
Error not_open();

}  // namespace mithaq::record
