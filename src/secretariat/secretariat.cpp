#include "secretariat/secretariat.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "secretariat/desks.hpp"

namespace mithaq::secretariat {

using Json = nlohmann::json;

Secretariat::Secretariat(const std::filesystem::path& data)
    : standing_(data),
      rules_(data / "acts" / "rules.tsv"),
      desks_(std::make_unique<Desks>(data)),
      all_(desks_->all()) {}

Secretariat::~Secretariat() = default;

Desk* Secretariat::desk_of(std::string_view type) const {
  const std::string_view name = type.substr(0, type.find('.'));
  const auto found =
      std::find_if(all_.begin(), all_.end(), [&](const Desk* desk) { return desk->name() == name; });
  return found == all_.end() ? nullptr : *found;
}

bool Secretariat::owns(std::string_view type) const {
  return desk_of(type) != nullptr;
}

void Secretariat::enter(record::Seq seq, std::string_view type, std::string_view json) {
  Desk* desk = desk_of(type);
  if (desk == nullptr || json.empty()) return;
  const Act act = act_of(type, json);
  desk->enter(act, seq, *this);
  desk->change_standing(act, standing_);
  last_ = std::max(last_, act.stamp.at);
  ++acts_count_;
  for (Notice& notice : desk->notices(act, seq, *this)) {
    notices_to_[notice.delegation].push_back(notices_.size());
    notices_.push_back(std::move(notice));
  }
}

Judgement Secretariat::judge(const Act& wanted) const {
  const Desk* desk = desk_of(wanted.type);
  if (desk == nullptr) throw Error(ErrorKind::invalid_input, "there is no act \"" + wanted.type + "\"");
  return desk->judge(wanted, *this);
}

std::vector<Act> Secretariat::due(Instant now) const {
  std::vector<Act> out;
  for (const Desk* desk : all_) {
    for (Act& act : desk->due(now, *this)) {
      act.stamp.actor.capacity = acts::Capacity::system;
      out.push_back(std::move(act));
    }
  }
  return out;
}

std::optional<Instant> Secretariat::next_due() const {
  std::optional<Instant> next;
  for (const Desk* desk : all_) {
    if (const auto at = desk->next_due(); at && (!next || *at < *next)) next = at;
  }
  return next;
}

std::optional<RuleText> Secretariat::rule(std::string_view id) const {
  for (const Desk* desk : all_) {
    if (auto text = desk->rule(id)) return text;
  }
  return rules_.find(id);
}

std::vector<const Notice*> Secretariat::notices_to(std::string_view delegation) const {
  std::vector<const Notice*> out;
  if (const auto found = notices_to_.find(delegation); found != notices_to_.end()) {
    for (const std::size_t at : found->second) out.push_back(&notices_[at]);
  }
  return out;
}

std::vector<Task> Secretariat::tasks_of(std::string_view delegation, Instant now) const {
  std::vector<Task> out;
  for (const Desk* desk : all_) {
    for (Task& task : desk->tasks(delegation, now, *this)) out.push_back(std::move(task));
  }
  const auto by = [](const Task& task) {
    return std::pair(task.done, task.deadline.value_or(Instant::max()));
  };
  std::stable_sort(out.begin(), out.end(), [&](const Task& a, const Task& b) { return by(a) < by(b); });
  return out;
}

record::ActBody body_of(const Act& act) {
  const acts::Actor& actor = act.stamp.actor;
  Json out = act.fields.is_null() ? Json::object() : act.fields;
  Json said = {{"at", format_instant(act.stamp.at)}, {"capacity", acts::name_of(actor.capacity)}};
  if (!actor.by.empty()) said["by"] = actor.by;
  if (!actor.delegation.empty()) said["delegation"] = actor.delegation;
  if (!act.stamp.subject.empty()) said["subject"] = act.stamp.subject;
  if (!out.empty()) said["fields"] = std::move(out);
  return {.type = act.type, .json = said.dump()};
}

Act act_of(std::string_view type, std::string_view json) {
  const auto corrupt = [&](const char* what) {
    return Error(ErrorKind::corrupt,
                 "an act \"" + std::string(type) + "\" of the record cannot be read: " + what);
  };
  Act act{.type = std::string(type)};
  const Json said = Json::parse(json, nullptr, false);
  if (!said.is_object()) throw corrupt("no object");
  const auto text = [&](const char* name) {
    const auto found = said.find(name);
    if (found == said.end()) return std::string();
    if (!found->is_string()) throw corrupt(name);
    return found->get<std::string>();
  };
  const auto at = parse_instant(text("at"));
  if (!at) throw corrupt("at");
  const auto capacity = acts::capacity_named(text("capacity"));
  if (!capacity) throw corrupt("capacity");
  act.stamp = {.at = *at,
               .actor = {.by = text("by"), .delegation = text("delegation"), .capacity = *capacity},
               .subject = text("subject")};
  if (const auto found = said.find("fields"); found != said.end()) {
    if (!found->is_object()) throw corrupt("fields");
    act.fields = *found;
  }
  return act;
}

}  // namespace mithaq::secretariat
