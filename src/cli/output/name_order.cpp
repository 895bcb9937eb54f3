#include "cli/output/name_order.hpp"

#include <unicode/coll.h>
#include <unicode/stringpiece.h>

#include "base/error.hpp"

namespace mithaq::cli {

struct NameOrder::Collation {
  std::unique_ptr<icu::Collator> collator{};
};

NameOrder::NameOrder(service::Language language) : collation_(std::make_unique<Collation>()) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Locale locale(language == service::Language::arabic    ? "ar"
                           : language == service::Language::russian ? "ru"
                                                                    : "en");
  collation_->collator.reset(icu::Collator::createInstance(locale, status));
  expect(U_SUCCESS(status) && collation_->collator, "ICU has its collation data");
}

NameOrder::~NameOrder() = default;

bool NameOrder::before(std::string_view left, std::string_view right) const {
  UErrorCode status = U_ZERO_ERROR;
  return collation_->collator->compareUTF8(icu::StringPiece(left.data(), static_cast<int32_t>(left.size())),
                                           icu::StringPiece(right.data(), static_cast<int32_t>(right.size())),
                                           status) == UCOL_LESS;
}

}  // namespace mithaq::cli
