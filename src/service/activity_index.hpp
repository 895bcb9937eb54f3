// The one table of statements of a process (engines/activity/table.hpp), made of the record and kept fresh.
//
// A thread reads the record when the process starts, and then what the log adds. Questions work on the table
// as it is at one instant; it never changes under them. The server answers other questions meanwhile, so that
// its start waits for nothing.
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "engines/activity/counts.hpp"
#include "engines/activity/review_order.hpp"
#include "engines/activity/table.hpp"
#include "service/name_search.hpp"
#include "service/workspace.hpp"

namespace mithaq::service {

// The table at one instant, with what its numbers stand for.
struct Activity {
  record::LogMark mark{};  // the log that it was made of
  activity::Table table{};
  std::shared_ptr<const std::vector<std::string>> themes{};     // [ThemeId]: id of data/themes.tsv
  std::shared_ptr<const std::vector<std::string>> handlings{};  // [HandlingId]: as the view has them
  std::shared_ptr<const std::vector<std::string>>
      accounts{};  // [account]: who reviewed or brought in; 0: nobody
  std::shared_ptr<const activity::ReviewContext> review{};
  std::shared_ptr<const NameSearch> search{};  // names of entities below searched
  activity::EntityId searched = 0;
  activity::EntityId entities = 0;

  std::optional<activity::ThemeId> theme(std::string_view id) const;
  std::optional<std::uint16_t> account(std::string_view id) const;
  std::optional<std::uint16_t> language(std::string_view code) const;
  std::optional<activity::DocumentId> document(record::Seq seq) const;
  // How many statements name each entity and theme, for who sees so much; counted once for each sight.
  std::shared_ptr<const activity::Each> each_seen(const activity::Sees& sees) const;
  // Of the document that a statement stands in; nothing for one that is not in the table yet.
  std::optional<std::string> language_of(record::Seq statement) const;

 private:
  mutable std::mutex counted_mutex_{};
  mutable std::vector<std::pair<activity::Sees, std::shared_ptr<const activity::Each>>> counted_{};
};

// Reads a record into tables, one after another, each sharing with the last what did not change.
class ActivityReader {
 public:
  // The table of the record as it is now. It may be another record than the last time.
  //   stopped  if given: the reading breaks off with Error{unavailable} when it becomes true
  std::shared_ptr<const Activity> read(Workspace& workspace, const std::atomic<bool>* stopped = nullptr);

 private:
  void start_anew();
  void read_documents(record::Seq first, record::Seq end);
  void read_statements(record::Seq first, record::Seq end);
  void count_sections(const std::vector<record::SectionFact>& sections);
  void read_changed_documents(const record::FactChanges& changes);
  void read_again(const std::vector<record::Seq>& statements);
  activity::Statement packed(const record::StatementFact& fact);
  void resolve_names();
  activity::InstrumentId instrument_of(const std::string& text);
  std::uint16_t code_of(std::vector<std::string>& list, std::unordered_map<std::string, std::uint16_t>& codes,
                        const std::string& word);
  std::shared_ptr<const Activity> publish();

  Workspace* workspace_ = nullptr;  // during a reading
  const std::atomic<bool>* stopped_ = nullptr;
  record::LogMark mark_{};
  std::shared_ptr<activity::Names> names_{};
  std::vector<std::shared_ptr<activity::Segment>> segments_{};
  std::vector<bool> touched_{};  // [segment]: not in the last table, so that it may be changed
  std::vector<activity::DocumentInfo> documents_{};
  std::unordered_map<record::Seq, activity::DocumentId> document_at_{};
  std::vector<std::string> themes_{}, handlings_{}, accounts_{}, languages_{};
  std::unordered_map<std::string, std::uint16_t> theme_codes_{}, handling_codes_{}, account_codes_{},
      language_codes_{};
  std::vector<activity::Instrument> instruments_{};
  std::unordered_map<std::string, activity::InstrumentId> instrument_codes_{};
  std::vector<activity::ThemeId> theme_parents_{};
  std::shared_ptr<const activity::Families> families_{};
  bool documents_changed_ = true, names_changed_ = true;
  std::size_t changed_since_context_ = 0;
  std::shared_ptr<const activity::ReviewContext> context_{};
  std::shared_ptr<const NameSearch> search_{};
  activity::EntityId searched_ = 0;
  std::shared_ptr<const Activity> last_{};
};

class ActivityIndex {
 public:
  // Begins to read at once, in a thread of its own.
  //   options  of the record; its lexicon is shared
  explicit ActivityIndex(const WorkspaceOptions& options);
  ~ActivityIndex();
  ActivityIndex(const ActivityIndex&) = delete;
  ActivityIndex& operator=(const ActivityIndex&) = delete;

  // The table of the record as the asker sees it now. A little that was appended is read at once, on the
  // asker's connection, so that who has just decided something finds it decided; much is left to the thread,
  // and the answer is then as of a moment ago. Waits for the first table as long as it takes.
  //   throws  Error{unavailable} if the record cannot be read
  std::shared_ptr<const Activity> at(Workspace& asker);

 private:
  void run();
  void read_soon();  // with mutex_ held

  WorkspaceOptions options_;
  // Who reads holds this one, and no other meanwhile.
  std::mutex reading_mutex_{};
  ActivityReader reader_{};

  std::mutex mutex_{};
  std::condition_variable wanted_{}, ready_{};
  bool asked_ = true;  // to read in the thread
  std::atomic<bool> stopping_ = false;
  std::shared_ptr<const Activity> latest_{};
  std::string failure_{};     // of the thread's last reading; empty if it went well
  std::size_t readings_ = 0;  // that the thread has done
  std::thread thread_{};
};

}  // namespace mithaq::service
