// Reads data/meetings/speaking_limits.tsv and conduct.tsv.
#include <algorithm>
#include <charconv>

#include "base/error.hpp"
#include "base/table.hpp"
#include "engines/meetings/book.hpp"

namespace mithaq::meetings {

namespace {

constexpr int kSecondsMax = 24 * 60 * 60;
constexpr int kTimesMax = 100;
constexpr std::string_view kEveryBody = "*";

[[noreturn]] void refuse(const Table& table, std::size_t row, const std::string& reason) {
  throw Error(ErrorKind::invalid_input,
              table.name() + ":" + std::to_string(table.line_of(row)) + ": " + reason);
}

int number_in(const Table& table, std::size_t row, std::string_view column, int least, int most) {
  const std::string_view text = table.cell(row, column);
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < least || value > most)
    refuse(
        table, row,
        std::string(column) + " is a number from " + std::to_string(least) + " to " + std::to_string(most));
  return value;
}

}  // namespace

Conduct Conduct::load(const std::filesystem::path& data) {
  Conduct out;
  const Table limits = Table::read(data / "meetings" / "speaking_limits.tsv");
  for (std::size_t row = 0; row < limits.row_count(); ++row) {
    const std::string kind(limits.cell(row, "kind"));
    if (kind != "statement" && kind != "group" && kind != "right_of_reply" && kind != "point_of_order")
      refuse(limits, row, "there is no kind \"" + kind + "\"");
    const auto key = std::pair(std::string(limits.cell(row, "body")), kind);
    if (!out.limits_
             .emplace(key, SpeakingLimit{.seconds = number_in(limits, row, "seconds", 1, kSecondsMax),
                                         .times = number_in(limits, row, "times", 0, kTimesMax)})
             .second)
      refuse(limits, row, "it is there twice");
  }
  const Table rules = Table::read(data / "meetings" / "conduct.tsv");
  for (std::size_t row = 0; row < rules.row_count(); ++row) {
    ConductRule rule{.id = std::string(rules.cell(row, "id")),
                     .quote = std::string(rules.cell(row, "quote")),
                     .source = std::string(rules.cell(row, "source"))};
    if (rule.id.empty() || rule.quote.empty() || out.rule(rule.id) != nullptr)
      refuse(rules, row, "a rule has an id of its own and words");
    out.rules_.push_back(std::move(rule));
  }
  return out;
}

SpeakingLimit Conduct::limit(std::string_view body, std::string_view kind) const {
  for (const std::string_view whose : {body, kEveryBody}) {
    const auto found = limits_.find({std::string(whose), std::string(kind)});
    if (found != limits_.end()) return found->second;
  }
  return {};
}

const ConductRule* Conduct::rule(std::string_view id) const {
  const auto found =
      std::find_if(rules_.begin(), rules_.end(), [&](const ConductRule& rule) { return rule.id == id; });
  return found == rules_.end() ? nullptr : &*found;
}

}  // namespace mithaq::meetings
