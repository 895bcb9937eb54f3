#include "service/workspace.hpp"

#include <algorithm>

#include "base/analyzer.hpp"
#include "base/error.hpp"
#include "base/fold.hpp"
#include "reader/text/token.hpp"
#include "service/activity_index.hpp"
#include "service/convening.hpp"
#include "service/forecast_library.hpp"

namespace mithaq::service {

namespace fs = std::filesystem;

fs::path signing_key_file(const WorkspaceOptions& options) {
  if (!options.key.empty()) return options.key;
  return options.record.is_file() ? options.record.text() + ".key" : "mithaq.key";
}

namespace {

// The bytes of Cyrillic letters begin with 0xD0 or 0xD1; no other letter of an acronym's does.
bool is_cyrillic(const std::string& acronym) {
  return acronym.starts_with('\xD0') || acronym.starts_with('\xD1');
}

}  // namespace

Workspace::Workspace(WorkspaceOptions options)
    : options_(std::move(options)), lexicon_(options_.lexicon), knowledge_(options_.knowledge) {}
Workspace::~Workspace() = default;

const Knowledge& Workspace::knowledge() {
  if (!knowledge_) knowledge_ = std::make_shared<const Knowledge>(Knowledge::load(options_.data));
  return *knowledge_;
}

std::shared_ptr<const Activity> Workspace::activity() {
  if (options_.activity) return options_.activity->at(*this);
  if (!activity_) activity_ = std::make_unique<ActivityReader>();
  return activity_->read(*this);
}

Convening& Workspace::convening() {
  if (options_.convening) return *options_.convening;
  if (!convening_) convening_ = std::make_unique<Convening>(options_.data);
  return *convening_;
}

ForecastLibrary& Workspace::forecasts() {
  if (options_.forecasts) return *options_.forecasts;
  if (!forecasts_) forecasts_ = std::make_unique<ForecastLibrary>(options_);
  return *forecasts_;
}

const reader::Lexicon& Workspace::lexicon() {
  if (!lexicon_) lexicon_ = std::make_shared<const reader::Lexicon>(reader::Lexicon::load(options_.data));
  return *lexicon_;
}

record::SqlOptions Workspace::store_options() {
  record::SqlOptions options;
  options.clock = options_.clock;
  options.analyzer = Analyzer::load(options_.data);
  options.cache_bytes = options_.cache_bytes;
  options.patience = options_.patience;
  return options;
}

record::SqlStore& Workspace::record() {
  if (writing_) return *writing_;
  if (!reading_) {
    record::SqlOptions options = store_options();
    options.mode = record::SqlOptions::Mode::read;
    try {
      reading_ = record::SqlStore::open(options_.record, options);
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::not_found) throw;
      throw Error(ErrorKind::not_found, "no record at " + options_.record.shown() +
                                            ": `mithaq read FOLDER` makes one, --record names another");
    }
  }
  return *reading_;
}

record::SqlStore& Workspace::record_to_write() {
  return open_to_write(false);
}

record::SqlStore& Workspace::record_to_rebuild() {
  return open_to_write(true);
}

record::SqlStore& Workspace::open_to_write(bool to_rebuild) {
  if (!writing_) {
    reading_.reset();
    record::SqlOptions options = store_options();
    const fs::path key = signing_key_file(options_);
    if (!options_.record.is_file() && !fs::exists(key) && options_.notice) {
      options_.notice("the key that signs this record was made in " + key.string() +
                      ": keep a copy in a safe place; only who has it can add to the record");
    }
    options.key = record::SigningKey::load_or_create(key, options.origin);
    options.to_rebuild = to_rebuild;
    writing_ = record::SqlStore::open(options_.record, options);
  }
  return *writing_;
}

std::vector<std::string> Workspace::entities_named(std::string_view words) {
  const reader::Lexicon& lex = lexicon();
  std::vector<std::string> found;
  const auto add = [&](reader::EntityIndex index) {
    const std::string& id = lex.entities[index].id;
    if (std::find(found.begin(), found.end(), id) == found.end()) found.push_back(id);
  };
  const std::string folded = fold(words);
  for (reader::EntityIndex each = 0; each < lex.entities.size(); ++each) {
    if (fold(lex.entities[each].id) == folded) add(each);
  }
  reader::TokenizedText text;
  reader::tokenize(words, lex.vocabulary, text);
  if (text.tokens.empty()) return found;
  reader::PhraseMatches matches;
  lex.phrases.match(text, 0, lex.vocabulary, matches);
  // Only what takes all the words; names before the short forms and adjectives that may stand for them.
  for (const bool names : {true, false}) {
    for (const reader::PhraseMatch& match : matches) {
      if (match.end != text.tokens.size() || match.reading.prefix_bytes != 0) continue;
      for (const reader::Sense& sense : lex.phrases.senses(match.payload)) {
        if (sense.is_entity() && (sense.use <= reader::PhraseUse::acronym) == names) add(sense.index);
      }
    }
  }
  return found;
}

std::string Workspace::entity_named(std::string_view words) {
  const auto found = entities_named(words);
  if (found.empty()) {
    throw Error(ErrorKind::not_found,
                "nothing is named \"" + std::string(words) +
                    "\": give a name, an acronym or an id of data/, e.g. OSCE or كوسوفو");
  }
  return found.front();
}

std::vector<std::string> Workspace::with_parts(const std::string& entity) {
  const reader::Entities& entities = lexicon().entities;
  std::vector<std::string> all = {entity};
  const auto whole = entities.find(entity);
  if (!whole) return all;
  for (reader::EntityIndex each = 0; each < entities.size(); ++each) {
    if (each != *whole && entities.belongs_to(each, *whole)) all.push_back(entities[each].id);
  }
  return all;
}

std::string Workspace::name_of(const std::string& entity, Language language) {
  const reader::Entities& entities = lexicon().entities;
  const auto index = entities.find(entity);
  if (!index) {
    std::string name = knowledge().names.listed(entity, language);
    const std::size_t mark = entity.find('#');
    if (name.empty() && mark != std::string::npos) {
      const std::string owner = entity.substr(0, mark);
      const bool shortly = language == Language::russian;
      name = knowledge().names.role_of(
          entity.substr(mark + 1), shortly ? short_name_of(owner, language) : listed_name_of(owner, language),
          language);
    }
    return name.empty() ? entity : name;
  }
  const auto code = language == Language::arabic    ? reader::Language::ar
                    : language == Language::russian ? reader::Language::ru
                                                    : reader::Language::en;
  const std::string& name = entities[*index].names[static_cast<std::size_t>(code)];
  return name.empty() ? entities[*index].name : name;
}

std::string Workspace::listed_name_of(const std::string& entity, Language language) {
  return lexicon().entities.find(entity) ? name_of(entity, language) : "";
}

std::string Workspace::name_of(const std::string& entity, const std::string& own_name, Language language) {
  if (entity.empty()) return own_name;
  std::string name = name_of(entity, language);
  if (name != entity) return name;
  if (entity.starts_with("doc:")) name = knowledge().names.paper(own_name, language);
  return name.empty() || name == entity ? own_name : name;
}

std::string Workspace::short_name_of(const std::string& entity, Language language) {
  const reader::Entities& entities = lexicon().entities;
  const auto index = entities.find(entity);
  if (!index) return "";
  const reader::Entity& found = entities[*index];
  if (language == Language::english && !found.acronym.empty()) return found.acronym;
  if (language == Language::russian) {
    for (const std::string& acronym : found.acronyms) {
      if (is_cyrillic(acronym)) return acronym;
    }
  }
  return name_of(entity, language);
}

}  // namespace mithaq::service
