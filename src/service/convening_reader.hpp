// Who looks at the shared work: what they may see, what they may do, and in which language and zone.
#pragma once

#include <functional>
#include <string>

#include "document/handling.hpp"
#include "service/act_forms.hpp"
#include "service/language.hpp"

namespace mithaq::service {

struct ConveningReader {
  Asker asker{};
  std::function<bool(const document::Handling&)> sees{};
  Language language = Language::english;
  Say say{};  // a sentence in that language
  // Who acted, by the name that the owner of the account bears; not set: as the entry names them.
  std::function<std::string(const std::string& by)> person{};
  std::string zone{};  // in which the reader lives, "Asia/Almaty"; empty: that of the host
};

}  // namespace mithaq::service
