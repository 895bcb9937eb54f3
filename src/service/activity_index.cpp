#include "service/activity_index.hpp"

#include <algorithm>
#include <chrono>
#include <limits>
#include <set>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

#include "base/error.hpp"

namespace mithaq::service {

namespace {

using activity::EntityId;
using activity::EntityKind;
using activity::Row;
using activity::Segment;

// How long a question waits for what was appended just before it; afterwards it is answered as of a moment
// ago.
constexpr std::chrono::milliseconds kPatience{60};
// So many new entries are little.
constexpr record::Seq kLittle = 2000;
// So many new names are looked through one by one before they are sorted in.
constexpr EntityId kNamesUnsorted = 4000;
// After so large a part of the statements has changed, what the order of review knows of the whole is counted
// anew.
constexpr std::size_t kPartOfContext = 100;

std::int32_t day_of(const std::optional<std::int64_t>& day) {
  if (!day) return activity::kNoDay;
  if (*day <= std::numeric_limits<std::int32_t>::min() + 1) return activity::kNoStart;
  if (*day >= std::numeric_limits<std::int32_t>::max()) return activity::kNoEnd;
  return static_cast<std::int32_t>(*day);
}

EntityKind kind_of(const reader::Entity& entity) {
  switch (entity.type) {
    case document::MentionType::organization:
      return EntityKind::organization;
    case document::MentionType::state:
      return EntityKind::state;
    case document::MentionType::place:
      return EntityKind::place;
    default:
      return EntityKind::person;
  }
}

}  // namespace

std::optional<activity::ThemeId> Activity::theme(std::string_view id) const {
  const auto found = std::find(themes->begin(), themes->end(), id);
  if (found == themes->end()) return std::nullopt;
  return static_cast<activity::ThemeId>(found - themes->begin());
}

std::optional<std::uint16_t> Activity::language(std::string_view id) const {
  const auto found = std::find(table.languages->begin(), table.languages->end(), id);
  if (found == table.languages->end()) return std::nullopt;
  return static_cast<std::uint16_t>(found - table.languages->begin());
}

std::shared_ptr<const activity::Each> Activity::each_seen(const activity::Sees& sees) const {
  constexpr std::size_t kKept = 8;
  {
    const std::lock_guard lock(counted_mutex_);
    for (const auto& [by, counts] : counted_) {
      if (by == sees) return counts;
    }
  }
  auto counts =
      std::make_shared<const activity::Each>(activity::count_each(activity::Asked(table, {.sees = sees})));
  const std::lock_guard lock(counted_mutex_);
  if (counted_.size() >= kKept) counted_.erase(counted_.begin());
  counted_.emplace_back(sees, counts);
  return counts;
}

std::optional<std::uint16_t> Activity::account(std::string_view id) const {
  const auto found = std::find(accounts->begin(), accounts->end(), id);
  if (found == accounts->end()) return std::nullopt;
  return static_cast<std::uint16_t>(found - accounts->begin());
}

std::optional<activity::DocumentId> Activity::document(record::Seq seq) const {
  const auto found = std::lower_bound(table.documents->begin(), table.documents->end(), seq,
                                      [](const auto& info, record::Seq wanted) { return info.seq < wanted; });
  if (found == table.documents->end() || found->seq != seq) return std::nullopt;
  return static_cast<activity::DocumentId>(found - table.documents->begin());
}

std::optional<std::string> Activity::language_of(record::Seq statement) const {
  for (const auto& segment : table.segments) {
    if (segment->rows() == 0 || statement < segment->seq.front() || statement > segment->seq.back()) continue;
    if (const auto row = segment->find(statement))
      return (*table.languages)[(*table.documents)[segment->document[*row]].language];
  }
  return std::nullopt;
}

// ---------------------------------------------------------------- reading

void ActivityReader::start_anew() {
  mark_ = {};
  names_ = std::make_shared<activity::Names>();
  // The entities of data/ have the same numbers here and there.
  const reader::Entities& entities = workspace_->lexicon().entities;
  for (reader::EntityIndex each = 0; each < entities.size(); ++each) {
    const reader::Entity& entity = entities[each];
    const EntityId parent = entity.parent == reader::kNoEntity ? activity::kNoEntity : entity.parent;
    const EntityId id = names_->add(entity.id, entity.name, kind_of(entity), parent);
    expect(id == each, "an entity of data/ stands once in its tables");
  }
  segments_.clear();
  touched_.clear();
  documents_.clear();
  document_at_.clear();
  for (auto* list : {&themes_, &handlings_, &accounts_, &languages_}) list->clear();
  for (auto* codes : {&theme_codes_, &handling_codes_, &account_codes_, &language_codes_}) codes->clear();
  theme_parents_.clear();
  instruments_.assign(1, {});
  instrument_codes_.clear();
  const auto& all = workspace_->themes().all();
  for (const Theme& theme : all) code_of(themes_, theme_codes_, theme.id);
  for (const Theme& theme : all) {
    const auto parent = theme_codes_.find(theme.parent.empty() ? theme.id : theme.parent);
    theme_parents_.push_back(parent == theme_codes_.end() ? theme_codes_.at(theme.id) : parent->second);
  }
  code_of(accounts_, account_codes_, "");
  documents_changed_ = names_changed_ = true;
  changed_since_context_ = 0;
  context_.reset();
  search_.reset();
  searched_ = 0;
  families_.reset();
}

std::uint16_t ActivityReader::code_of(std::vector<std::string>& list,
                                      std::unordered_map<std::string, std::uint16_t>& codes,
                                      const std::string& word) {
  const auto found = codes.find(word);
  if (found != codes.end()) return found->second;
  if (list.size() >= std::numeric_limits<std::uint16_t>::max())
    throw Error(ErrorKind::unavailable, "more themes, handlings or accounts than can be counted");
  const auto code = static_cast<std::uint16_t>(list.size());
  list.push_back(word);
  codes.emplace(word, code);
  return code;
}

activity::InstrumentId ActivityReader::instrument_of(const std::string& text) {
  if (text.empty()) return 0;
  if (const auto found = instrument_codes_.find(text); found != instrument_codes_.end()) return found->second;
  // "OIC resolution 53/45-POL, paragraph 5" is a part of "OIC resolution 53/45-POL".
  const std::size_t part = text.find(", paragraph");
  const activity::InstrumentId paper = part == std::string::npos ? 0 : instrument_of(text.substr(0, part));
  const auto id = static_cast<activity::InstrumentId>(instruments_.size());
  instruments_.push_back({.text = text,
                          .paper = paper == 0 ? id : paper,
                          .terms = workspace_->record().view().analyzer().terms(text, AnalyzeFor::index)});
  instrument_codes_.emplace(text, id);
  return id;
}

void ActivityReader::read_documents(record::Seq first, record::Seq end) {
  for (const record::DocumentFact& fact : workspace_->record().view().document_facts(first)) {
    if (fact.seq >= end) break;
    document_at_[fact.seq] = static_cast<activity::DocumentId>(documents_.size());
    documents_.push_back({.seq = fact.seq,
                          .handling = code_of(handlings_, handling_codes_, fact.handling),
                          .language = code_of(languages_, language_codes_, fact.language),
                          .brought_by = code_of(accounts_, account_codes_, fact.brought_by),
                          .from = day_of(fact.from),
                          .to = day_of(fact.to)});
    documents_changed_ = true;
  }
}

activity::Statement ActivityReader::packed(const record::StatementFact& fact) {
  activity::Statement out{.seq = fact.seq,
                          .document = document_at_.at(fact.document),
                          .paragraph = fact.paragraph,
                          .range_begin = fact.range_begin,
                          .type = fact.type,
                          .modality = fact.modality,
                          .status = fact.status,
                          .confidence = fact.confidence,
                          .review = static_cast<std::uint8_t>(fact.review),
                          .negated = fact.negated,
                          .instrument = instrument_of(fact.instrument),
                          .from = day_of(fact.from),
                          .to = day_of(fact.to)};
  for (const record::PartyFact& party : fact.parties)
    out.parties.push_back({names_->add(party.key, party.name), party.role, party.found_by});
  for (const std::string& theme : fact.themes) {
    out.themes.push_back(code_of(themes_, theme_codes_, theme));
    // A theme that data/ no longer lists stands for itself.
    while (theme_parents_.size() < themes_.size())
      theme_parents_.push_back(static_cast<activity::ThemeId>(theme_parents_.size()));
  }
  for (const record::PlaceFact& place : fact.places) out.places.push_back(names_->add(place.key, place.name));
  for (const std::string& key : fact.nearby) {
    const EntityId place = names_->add(key, key);
    if (std::find(out.nearby.begin(), out.nearby.end(), place) == out.nearby.end())
      out.nearby.push_back(place);
  }
  // Who withdraws takes back the last of their own words; an earlier one then stands again.
  std::vector<activity::Statement::Word> words;
  for (const record::ReviewFact& review : fact.reviews) {
    const std::uint16_t by = code_of(accounts_, account_codes_, review.by);
    if (review.decided) {
      words.push_back({by, static_cast<std::uint8_t>(review.action)});
      continue;
    }
    const auto last =
        std::find_if(words.rbegin(), words.rend(), [by](const auto& word) { return word.by == by; });
    if (last != words.rend()) words.erase(std::next(last).base());
  }
  for (auto word = words.rbegin(); word != words.rend(); ++word) {
    const bool later = std::any_of(out.words.begin(), out.words.end(),
                                   [&](const auto& each) { return each.by == word->by; });
    if (!later) out.words.push_back(*word);
  }
  out.reviews = static_cast<std::uint16_t>(std::min<std::size_t>(fact.reviews.size(), UINT16_MAX));
  return out;
}

void ActivityReader::count_sections(const std::vector<record::SectionFact>& sections) {
  for (const record::SectionFact& section : sections) {
    const auto document = document_at_.find(section.document);
    if (document == document_at_.end()) continue;
    activity::DocumentInfo& info = documents_[document->second];
    info.paragraphs += section.paragraphs;
    info.mentions += section.mentions;
    info.doubts += section.doubts;
    info.edits += section.edits;
    documents_changed_ = true;
  }
}

void ActivityReader::read_statements(record::Seq first, record::Seq end) {
  if (first >= end) return;
  const EntityId known = names_->size();
  // So many entries at a time, as a database may hold the rows of a question all at once.
  constexpr record::Seq kAtOnce = 20'000;
  for (record::Seq from = first; from < end; from += kAtOnce) {
    workspace_->record().view().each_statement_fact(
        from, std::min(end, from + kAtOnce) - 1, [this](const record::StatementFact& fact) {
          if (segments_.empty() || segments_.back()->rows() >= Segment::kRows) {
            if (!segments_.empty()) segments_.back()->shrink();
            segments_.push_back(std::make_shared<Segment>());
            touched_.push_back(true);
          } else if (!touched_.back()) {
            segments_.back() = std::make_shared<Segment>(*segments_.back());
            touched_.back() = true;
          }
          if (stopped_ != nullptr && *stopped_) throw Error(ErrorKind::unavailable, "the server stops");
          segments_.back()->push_back(packed(fact));
          ++changed_since_context_;
        });
  }
  if (!segments_.empty()) segments_.back()->shrink();
  names_changed_ = names_changed_ || names_->size() != known;
}

void ActivityReader::read_again(const std::vector<record::Seq>& statements) {
  const EntityId known = names_->size();
  const record::View& view = workspace_->record().view();
  for (std::size_t at = 0; at < statements.size();) {
    // The segment that holds the statement, and all that it holds of them.
    const auto found =
        std::upper_bound(segments_.begin(), segments_.end(), statements[at],
                         [](record::Seq seq, const auto& segment) { return seq < segment->seq.front(); });
    if (found == segments_.begin()) {
      ++at;
      continue;
    }
    const auto which = static_cast<std::size_t>(found - segments_.begin()) - 1;
    const Segment& old = *segments_[which];
    std::unordered_map<Row, activity::Statement> fresh;
    for (; at < statements.size() && statements[at] <= old.seq.back(); ++at) {
      const auto row = old.find(statements[at]);
      if (!row) continue;
      view.each_statement_fact(statements[at], statements[at],
                               [&](const record::StatementFact& fact) { fresh[*row] = packed(fact); });
    }
    if (fresh.empty()) {
      if (at < statements.size() && statements[at] > old.seq.back() && which + 1 == segments_.size()) break;
      continue;
    }
    auto made = std::make_shared<Segment>();
    for (Row row = 0; row < old.rows(); ++row) {
      const auto changed = fresh.find(row);
      made->push_back(changed == fresh.end() ? old.statement(row) : changed->second);
    }
    made->shrink();
    segments_[which] = std::move(made);
    touched_[which] = true;
    changed_since_context_ += fresh.size();
  }
  names_changed_ = names_changed_ || names_->size() != known;
}

void ActivityReader::resolve_names() {
  std::vector<EntityId> resolved(names_->size());
  for (EntityId each = 0; each < resolved.size(); ++each) resolved[each] = each;
  for (const auto& [entity, into] : workspace_->record().view().merged()) {
    const EntityId target = names_->add(into, into);
    const EntityId source = names_->add(entity, entity);
    while (resolved.size() < names_->size()) resolved.push_back(static_cast<EntityId>(resolved.size()));
    resolved[source] = target;
  }
  families_ =
      std::make_shared<const activity::Families>(activity::make_families(*names_, std::move(resolved)));
}

std::shared_ptr<const Activity> ActivityReader::publish() {
  auto made = std::make_shared<Activity>();
  activity::Table& table = made->table;
  table.size = mark_.size;
  made->mark = mark_;
  if (!families_ || names_changed_) resolve_names();
  table.families = families_;
  table.names = names_;
  table.documents = last_ && !documents_changed_
                        ? last_->table.documents
                        : std::make_shared<const std::vector<activity::DocumentInfo>>(documents_);
  const auto shared = [](const std::shared_ptr<const std::vector<std::string>>& before,
                         const std::vector<std::string>& now) {
    return before && before->size() == now.size() ? before
                                                  : std::make_shared<const std::vector<std::string>>(now);
  };
  table.languages = shared(last_ ? last_->table.languages : nullptr, languages_);
  made->themes = shared(last_ ? last_->themes : nullptr, themes_);
  made->handlings = shared(last_ ? last_->handlings : nullptr, handlings_);
  made->accounts = shared(last_ ? last_->accounts : nullptr, accounts_);
  table.instruments = last_ && last_->table.instruments->size() == instruments_.size()
                          ? last_->table.instruments
                          : std::make_shared<const std::vector<activity::Instrument>>(instruments_);
  table.theme_parents = theme_parents_;
  for (const auto& segment : segments_) {
    table.segments.push_back(segment);
    table.statements += segment->rows();
  }
  const bool everything = !context_ || changed_since_context_ * kPartOfContext > table.statements;
  if (everything) {
    context_ = std::make_shared<const activity::ReviewContext>(activity::review_context(table));
    changed_since_context_ = 0;
  }
  made->review = context_;
  for (std::size_t which = 0; which < segments_.size(); ++which) {
    if (!touched_[which] && !everything) continue;
    if (!touched_[which]) {
      segments_[which] = std::make_shared<Segment>(*segments_[which]);
      table.segments[which] = segments_[which];
    }
    activity::order_for_review(table, *context_, *segments_[which]);
    touched_[which] = false;
  }
  if (!search_ || names_->size() - searched_ > kNamesUnsorted) {
    auto search = std::make_shared<NameSearch>();
    const reader::Entities& entities = workspace_->lexicon().entities;
    for (EntityId each = 0; each < names_->size(); ++each) {
      if (each < entities.size()) {
        const reader::Entity& entity = entities[each];
        for (const std::string& name : entity.names) search->add(name, each);
        for (const std::string& acronym : entity.acronyms) search->add(acronym, each);
        search->add(entity.id, each);
      } else {
        search->add((*names_)[each].name, each);
      }
    }
    search->finish();
    search_ = std::move(search);
    searched_ = names_->size();
  }
  made->search = search_;
  made->searched = searched_;
  made->entities = names_->size();
  documents_changed_ = names_changed_ = false;
  last_ = made;
  return made;
}

std::shared_ptr<const Activity> ActivityReader::read(Workspace& workspace, const std::atomic<bool>* stopped) {
  workspace_ = &workspace;
  stopped_ = stopped;
  const record::View& view = workspace.record().view();
  const record::LogMark now = view.log_mark();
  if (last_ && now == last_->mark) return last_;
  bool anew = !last_ || now.first != mark_.first || now.size < mark_.size;
  const record::FactChanges changes =
      anew ? record::FactChanges{.size = now.size} : view.fact_changes(mark_.size);
  anew = anew || changes.erased;
  try {
    if (anew) start_anew();
    const record::Seq before = mark_.size;
    // What comes in meanwhile is read the next time.
    read_documents(before, changes.size);
    std::vector<record::SectionFact> sections = view.section_facts(before);
    std::erase_if(sections, [&](const auto& section) { return section.seq >= changes.size; });
    count_sections(sections);
    if (!anew) read_changed_documents(changes);
    read_statements(before, changes.size);
    if (!anew) {
      std::vector<record::Seq> again = changes.reviewed;
      std::erase_if(again, [before](record::Seq seq) { return seq >= before; });
      read_again(again);
      names_changed_ = names_changed_ || changes.merges;
    }
    mark_ = {.size = changes.size, .first = now.first};
    return publish();
  } catch (...) {
    last_.reset();  // a half of a change is none: the next reading begins anew
    throw;
  }
}

void ActivityReader::read_changed_documents(const record::FactChanges& changes) {
  const record::View& view = workspace_->record().view();
  if (changes.documents_changed) {
    for (const record::DocumentFact& fact : view.document_facts(0)) {
      const auto found = document_at_.find(fact.seq);
      if (found != document_at_.end())
        documents_[found->second].handling = code_of(handlings_, handling_codes_, fact.handling);
    }
    documents_changed_ = true;
  }
  // A revised text is counted again.
  std::set<record::Seq> again;
  for (const record::Seq section : changes.revised) {
    const auto after = std::upper_bound(documents_.begin(), documents_.end(), section,
                                        [](record::Seq seq, const auto& info) { return seq < info.seq; });
    // Sections stand behind their document's entry, but others may stand between: the view knows whose it is.
    for (auto at = after; at != documents_.begin();) {
      --at;
      const auto facts = view.section_facts_of(at->seq);
      const bool theirs =
          std::any_of(facts.begin(), facts.end(), [&](const auto& fact) { return fact.seq == section; });
      if (!theirs) continue;
      again.insert(at->seq);
      break;
    }
  }
  for (const record::Seq document : again) {
    activity::DocumentInfo& info = documents_[document_at_.at(document)];
    info.paragraphs = info.mentions = info.doubts = info.edits = 0;
    count_sections(view.section_facts_of(document));
  }
}

// ---------------------------------------------------------------- the thread

ActivityIndex::ActivityIndex(const WorkspaceOptions& options) : options_(options) {
  options_.activity.reset();
  thread_ = std::thread([this] { run(); });
}

ActivityIndex::~ActivityIndex() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wanted_.notify_all();
  ready_.notify_all();
  thread_.join();
}

void ActivityIndex::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    wanted_.wait(lock, [this] { return stopping_ || asked_; });
    if (stopping_) return;
    asked_ = false;
    lock.unlock();
    std::shared_ptr<const Activity> made;
    std::string failure;
    try {
      const std::lock_guard reading(reading_mutex_);
      // A connection of its own, and only for so long: a record that is replaced by another must not be held.
      Workspace workspace(options_);
      made = reader_.read(workspace, &stopping_);
    } catch (const std::exception& error) {
      failure = error.what();
    }
#if defined(__GLIBC__)
    ::malloc_trim(0);  // a long reading leaves holes as large as the table
#endif
    lock.lock();
    if (made) latest_ = std::move(made);
    failure_ = std::move(failure);
    ++readings_;
    ready_.notify_all();
  }
}

void ActivityIndex::read_soon() {
  asked_ = true;
  wanted_.notify_all();
}

std::shared_ptr<const Activity> ActivityIndex::at(Workspace& asker) {
  const record::LogMark mark = asker.record().view().log_mark();
  std::unique_lock lock(mutex_);
  if (!latest_) {
    const std::size_t before = readings_;
    if (!failure_.empty()) read_soon();
    ready_.wait(lock, [&] { return latest_ || stopping_ || (!failure_.empty() && readings_ != before); });
    if (!latest_) throw Error(ErrorKind::unavailable, failure_.empty() ? "the server stops" : failure_);
  }
  if (latest_->mark == mark) return latest_;
  const bool same = latest_->mark.first == mark.first && latest_->mark.size <= mark.size;
  if (same && mark.size - latest_->mark.size <= kLittle) {
    lock.unlock();
    std::unique_lock reading(reading_mutex_, std::try_to_lock);
    if (reading.owns_lock()) {
      std::shared_ptr<const Activity> made = reader_.read(asker);
      lock.lock();
      latest_ = made;
      ready_.notify_all();
      return made;
    }
    // Somebody else is at it.
    lock.lock();
  } else {
    read_soon();
  }
  if (same) {
    ready_.wait_for(lock, kPatience, [&] { return stopping_ || latest_->mark.size >= mark.size; });
    return latest_;
  }
  // Another record stands under this name now: nothing of the last one is answered.
  const std::size_t before = readings_;
  ready_.wait(lock, [&] { return stopping_ || latest_->mark.first == mark.first || readings_ > before + 1; });
  if (latest_->mark.first != mark.first)
    throw Error(ErrorKind::unavailable,
                failure_.empty() ? "the record of this server was replaced" : failure_);
  return latest_;
}

}  // namespace mithaq::service
