// The record in a database, a SQLite file or PostgreSQL: log, bodies, tree, views and full-text index, one
// transaction for all.
//
// An acknowledged append is on disk (write-ahead log, synced at each commit); after a crash the record holds
// every acknowledged batch and no half of another.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <span>

#include "base/analyzer.hpp"
#include "record/checkpoint.hpp"
#include "record/location.hpp"
#include "record/store.hpp"
#include "record/view.hpp"

namespace mithaq::record {

struct SqlOptions {
  enum class Mode { create, write, read };  // create: make the file if there is none; read: never write
  Mode mode = Mode::create;
  std::string origin = "mithaq";    // the name of a new record, first line of its checkpoints
  std::optional<SigningKey> key{};  // signs the head; needed to append
  Clock clock{};                    // needed to append
  std::function<void(std::span<std::uint8_t>)> random{};  // salts; libsodium's if empty
  std::shared_ptr<const Analyzer> analyzer{};             // without one: an analyzer without word lists
  std::chrono::milliseconds patience{5000};               // how long to wait for another writer
  std::size_t pages_max = 0;                              // bound on the file, in pages of 4 KiB; 0: none
  std::size_t cache_bytes = 128 << 20;                    // of pages that a SQLite file's connection keeps
  bool to_rebuild = false;  // open it although its views are those of another version: only rebuild() is safe
};

// The entries of another record, as a backup gives them.
struct RestoreSource {
  struct Entry {
    std::string header{};  // canonical JSON, as the log has it
    bool has_body = true;  // false after an erasure
    std::string salt{};    // bytes
    std::string body{};
  };
  std::map<std::string, std::string, std::less<>> meta{};
  Seq entries = 0;  // how many come
  std::function<bool(Entry& entry)> next_entry{};
  std::function<void(Database& database)> put_beside{};  // at the end, in the same transaction
  std::function<void(Seq done, Seq of)> progress{};
};

class SqlStore final : public Store {
 public:
  // Opens a record.
  //   location  a file, ":memory:" or a PostgreSQL database
  //   throws    Error{not_found} if there is none and none is to be made, Error{corrupt} if it is not a
  //   record,
  //             Error{conflict} if it is locked or its views are those of another version of this program,
  //             Error{unavailable} if it cannot be read or written there
  static std::unique_ptr<SqlStore> open(const Location& location, const SqlOptions& options);
  // Makes a record with the entries and the signed head of another, byte for byte.
  //   throws  as open; Error{conflict} if there is a record already, Error{corrupt} if the entries are not
  //   those
  //           that the head signs. Nothing is then made
  static std::unique_ptr<SqlStore> restore(const Location& location, const SqlOptions& options,
                                           const RestoreSource& source);
  ~SqlStore() override;

  Appended append(std::span<const Body> entries, IfDuplicate duplicate = IfDuplicate::skip) override;
  // The same for what was decided on a record of this size.
  //   throws  Error{conflict} if somebody appended meanwhile; nothing is then appended
  Appended append_at(Seq size, std::span<const Body> entries);
  // Gives each act from an entry on, in order: the entry's place and the body; nothing of acts that were
  // erased.
  void each_act(Seq first, const std::function<void(Seq, const ActBody&)>& take) const;
  Seq size() const override;
  Entry entry(Seq seq) const override;
  void each_entry(Seq first, const std::function<bool(const Entry&)>& take) const override;
  std::string checkpoint() const override;
  Hash root() const override;
  std::vector<Hash> inclusion_proof(Seq seq, Seq tree_size) const override;
  std::vector<Hash> consistency_proof(Seq old_size, Seq tree_size) const override;
  std::optional<Seq> erase(std::span<const Seq> entries, const std::string& by,
                           const std::string& reason) override;
  VerifyReport verify(const VerifyOptions& options = {}) const override;

  const View& view() const;
  View& view();  // to look as somebody
  // Folds all entries into fresh views and a fresh full-text index, in one transaction.
  void rebuild(const std::function<void(Seq done, Seq of)>& progress = {});

  // The head's public key as the record names it.
  VerifierKey verifier_key() const;

 private:
  struct Parts;
  static std::unique_ptr<SqlStore> open_or_restore(const Location& location, const SqlOptions& options,
                                                   const RestoreSource* source);
  explicit SqlStore(std::unique_ptr<Parts> parts);
  Appended append_if(std::span<const Body> entries, IfDuplicate duplicate, std::optional<Seq> expected_size);
  std::unique_ptr<Parts> parts_;
};

}  // namespace mithaq::record
