// One act, as the history of what it was about shows it.
#pragma once

#include <string>

#include "acts/act.hpp"
#include "record/entry.hpp"

namespace mithaq::secretariat {

struct HistoryLine {
  record::Seq entry = 0;
  std::string type{};
  acts::Stamp stamp{};
};

}  // namespace mithaq::secretariat
