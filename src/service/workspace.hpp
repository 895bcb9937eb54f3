// What every service works with: the record, and what is known of names and languages.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reader/lexicon/lexicon.hpp"
#include "record/sql_store.hpp"
#include "service/knowledge.hpp"
#include "service/language.hpp"

namespace mithaq::service {

class ActivityIndex;
class ActivityReader;
class Convening;
class ForecastLibrary;
struct Activity;

struct WorkspaceOptions {
  record::Location record{};     // a file or a PostgreSQL database
  std::filesystem::path data{};  // the folder data/
  record::Clock clock{};
  // Loaded by somebody else, for all threads; without one each workspace loads its own when it needs it.
  std::shared_ptr<const reader::Lexicon> lexicon{};
  // Pages of a record's file that each connection keeps; a server has many connections.
  std::size_t cache_bytes = 128 << 20;
  std::chrono::milliseconds patience{5000};  // how long to wait for another writer
  // The same for the tables that answers need beside it.
  std::shared_ptr<const Knowledge> knowledge{};
  // The table of statements of the whole process; without one each workspace makes its own when it needs it.
  std::shared_ptr<ActivityIndex> activity{};
  // The forecasts of the whole process; without them each workspace makes its own when it needs one.
  std::shared_ptr<ForecastLibrary> forecasts{};
  // The shared work of the whole process; the same.
  std::shared_ptr<Convening> convening{};
  // The file of the key that signs the record; if empty, the record's file + ".key", and for a database
  // mithaq.key in the folder where the program runs.
  std::filesystem::path key{};
  std::function<void(const std::string& message)> notice{};  // told what a person should know, in English
};

// Where the key that signs the record is, as `key` says; other keys of this machine stand beside it.
std::filesystem::path signing_key_file(const WorkspaceOptions& options);

// Opens what is asked for when it is first asked for, so that a question about one thing does not load
// another.
class Workspace {
 public:
  explicit Workspace(WorkspaceOptions options);
  ~Workspace();

  const WorkspaceOptions& options() const { return options_; }
  const reader::Lexicon& lexicon();
  const Knowledge& knowledge();
  const Themes& themes() { return knowledge().themes; }
  // The statements of the record as it is now, for counting.
  std::shared_ptr<const Activity> activity();
  ForecastLibrary& forecasts();
  Convening& convening();

  // The record, to read.
  //   throws  Error{not_found} saying how to make one if there is none
  record::SqlStore& record();
  // The record, to write; made, with a key beside it (WorkspaceOptions::key), if there is none.
  record::SqlStore& record_to_write();
  // The same, also if an earlier version of this program made its views.
  record::SqlStore& record_to_rebuild();

  // The entities that a person means by an id, a name in any language or an acronym; best first.
  std::vector<std::string> entities_named(std::string_view words);
  // The one entity.
  //   throws  Error{not_found} if nothing has that name
  std::string entity_named(std::string_view words);
  // An entity and all that lies in it or belongs to it: Georgia with Abkhazia, the UN with UNHCR.
  std::vector<std::string> with_parts(const std::string& entity);
  // Its name in a language, also of persons, papers and offices (UN#Secretary-General); the id where there is
  // none.
  std::string name_of(const std::string& entity, Language language);
  // The same of what the record has an id or only a name for: the record's own name where data/ has none.
  std::string name_of(const std::string& entity, const std::string& own_name, Language language);
  // What people call it in a table: its acronym in English or Russian ("OSCE", "ОБСЕ"), its name in Arabic.
  // Empty if data/ does not list it.
  std::string short_name_of(const std::string& entity, Language language);

 private:
  record::SqlOptions store_options();
  record::SqlStore& open_to_write(bool to_rebuild);
  // Empty where data/ does not list it.
  std::string listed_name_of(const std::string& entity, Language language);

  WorkspaceOptions options_;
  std::shared_ptr<const reader::Lexicon> lexicon_{};
  std::shared_ptr<const Knowledge> knowledge_{};
  std::unique_ptr<ActivityReader> activity_{};
  std::unique_ptr<ForecastLibrary> forecasts_{};
  std::unique_ptr<Convening> convening_{};
  std::unique_ptr<record::SqlStore> reading_{};
  std::unique_ptr<record::SqlStore> writing_{};
};

}  // namespace mithaq::service
