#include "secretariat/desk.hpp"

namespace mithaq::secretariat {

void Desk::change_standing(const Act&, Standing&) const {}

std::vector<Act> Desk::due(Instant, const Secretariat&) const {
  return {};
}

std::optional<Instant> Desk::next_due() const {
  return std::nullopt;
}

std::optional<RuleText> Desk::rule(std::string_view) const {
  return std::nullopt;
}

std::vector<Notice> Desk::notices(const Act&, record::Seq, const Secretariat&) const {
  return {};
}

std::vector<Task> Desk::tasks(std::string_view, Instant, const Secretariat&) const {
  return {};
}

}  // namespace mithaq::secretariat
