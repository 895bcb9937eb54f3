// Names in the order of a language's dictionary.
#pragma once

#include <memory>
#include <string_view>

#include "cli/output/answer_table.hpp"

namespace mithaq::cli {

// The Unicode collation of a language (CLDR, through ICU): in Arabic ا before ب whatever its hamza, in
// English Å beside A.
class NameOrder {
 public:
  explicit NameOrder(service::Language language);
  ~NameOrder();
  bool before(std::string_view left, std::string_view right) const;

 private:
  struct Collation;
  std::unique_ptr<Collation> collation_;
};

}  // namespace mithaq::cli
