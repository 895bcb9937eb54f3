#include "service/look_up_correction.hpp"

#include "base/error.hpp"
#include "service/activity.hpp"

namespace mithaq::service {

namespace {

[[noreturn]] void refuse(const std::string& field, const std::string& id) {
  throw Error(ErrorKind::invalid_input,
              "the field \"correction." + field + "\" names nothing that there is: \"" + id + "\"");
}

struct Named {
  std::string entity{};
  std::string name{};
};

class Finder {
 public:
  explicit Finder(Workspace& workspace) : workspace_(workspace) {}

  Named find(const std::string& field, const std::string& id, const std::string& written) {
    const reader::Entities& entities = workspace_.lexicon().entities;
    if (const auto listed = entities.find(id)) return {id, entities[*listed].name};
    if (!activity_) activity_ = workspace_.activity();
    const auto known = activity_->table.names->find(id);
    if (known && *known < activity_->entities && is_seen(*known)) {
      const std::string& name = (*activity_->table.names)[*known].name;
      // What nobody lists has no id in an entry: its name is its key.
      return {id.starts_with("name:") ? "" : id, name};
    }
    // A person or a paper of data/, or somebody's office, that the record has not named yet.
    if (workspace_.name_of(id, Language::arabic) != id && !written.empty()) return {id, written};
    refuse(field, id);
  }

 private:
  // What only hidden documents name does not exist for the asker.
  bool is_seen(activity::EntityId id) {
    return activity_->each_seen(sees_of(workspace_, *activity_))->entities[activity_->table.read_as(id)] > 0;
  }

  Workspace& workspace_;
  std::shared_ptr<const Activity> activity_{};
};

}  // namespace

record::Correction look_up(Workspace& workspace, record::Correction correction) {
  Finder finder(workspace);
  if (correction.parties) {
    for (document::Party& party : *correction.parties) {
      if (party.entity.empty()) continue;
      Named found = finder.find("parties.entity", party.entity, party.name);
      party.entity = std::move(found.entity);
      party.name = std::move(found.name);
    }
  }
  if (correction.places) {
    for (std::size_t each = 0; each < correction.places->size(); ++each) {
      std::string &id = (*correction.places)[each], &name = (*correction.place_names)[each];
      if (id.empty()) continue;
      Named found = finder.find("places", id, name);
      id = std::move(found.entity);
      name = std::move(found.name);
    }
  }
  if (correction.themes) {
    for (const std::string& theme : *correction.themes) {
      if (workspace.themes().find(theme) == nullptr) refuse("themes", theme);
    }
  }
  return correction;
}

}  // namespace mithaq::service
