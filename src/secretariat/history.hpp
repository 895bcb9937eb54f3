// What was done about each subject of a desk, oldest first.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "secretariat/desk.hpp"

namespace mithaq::secretariat {

struct HistoryLine {
  record::Seq entry = 0;
  Act act{};
};

class Histories {
 public:
  void add(std::string_view subject, HistoryLine line) {
    lines_[std::string(subject)].push_back(std::move(line));
  }
  const std::vector<HistoryLine>& of(std::string_view subject) const {
    static const std::vector<HistoryLine> none;
    const auto found = lines_.find(subject);
    return found == lines_.end() ? none : found->second;
  }

 private:
  std::map<std::string, std::vector<HistoryLine>, std::less<>> lines_{};
};

}  // namespace mithaq::secretariat
