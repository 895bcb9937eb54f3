// The record: an append-only log of entries, its Merkle tree and its signed head.
//
// One interface, kept by SQLite (sql_store.hpp) and by memory (memory_store.hpp); the same tests run on
// both. A store is used by one thread at a time; several processes may open one record, one of them writing
// at any instant.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "record/checkpoint.hpp"
#include "record/entry.hpp"
#include "record/merkle.hpp"

namespace mithaq::record {

// What to do with a document, or a section of one, that the record has already.
enum class IfDuplicate {
  skip,    // it and the statements of that section add nothing
  refuse,  // Error{conflict}, nothing is appended
};

struct Appended {
  Seq first = 0;            // of the entries that were appended
  std::size_t count = 0;    // how many were
  std::size_t skipped = 0;  // how many the record had already
};

// One thing that is wrong with a record, and where.
struct Problem {
  std::string table{};    // "log", "bodies", "tiles", "checkpoint", "meta", or a view: "statements", …
  std::string row{};      // its key: "17"
  std::string message{};  // "entry 17 was altered: …"
};

struct VerifyOptions {
  bool views = true;  // also fold all entries again and compare every row of the views
  std::size_t problems_limit = 100;
  std::optional<VerifierKey> key{};  // whose signature is expected; else the one the record names
  std::optional<std::string> known_checkpoint{};  // a note kept elsewhere: the log must contain it
  std::function<void(Seq done, Seq of)> progress{};
};

struct VerifyReport {
  Seq entries = 0;
  Seq erased = 0;
  Hash root{};
  std::vector<Problem> problems{};
  bool ok() const { return problems.empty(); }
};

class Store {
 public:
  virtual ~Store() = default;

  // Appends entries in this order, all or none; when it returns they are on disk and the head is signed.
  //   throws  Error{conflict} if another process is writing and does not stop, or a duplicate is refused;
  //           Error{no_space} if the disk is full, Error{unavailable} if it is read only;
  //           Error{invalid_input} if a review names no statement or a handling no document, a merge would
  //           make a circle, or a text is not valid UTF-8. Nothing is then appended
  virtual Appended append(std::span<const Body> entries, IfDuplicate duplicate = IfDuplicate::skip) = 0;

  // How many entries there are.
  virtual Seq size() const = 0;
  //   throws  Error{not_found} if there is no such entry
  virtual Entry entry(Seq seq) const = 0;
  // Gives each entry from `first` on, in order, until there are no more or `take` returns false.
  virtual void each_entry(Seq first, const std::function<bool(const Entry&)>& take) const = 0;

  // The signed head, as a C2SP note; empty for a record without entries.
  virtual std::string checkpoint() const = 0;
  virtual Hash root() const = 0;
  //   throws  Error{invalid_input} unless seq < tree_size <= size()
  virtual std::vector<Hash> inclusion_proof(Seq seq, Seq tree_size) const = 0;
  //   throws  Error{invalid_input} unless 0 < old_size <= tree_size <= size()
  virtual std::vector<Hash> consistency_proof(Seq old_size, Seq tree_size) const = 0;

  // Destroys the bodies of these entries for ever and appends an erasure entry that says so. A document's
  // entry takes its sections, statements, their reviews and its handling with it; a section its statements; a
  // statement its reviews. What was erased already, and erasures themselves, are left as they are; so are
  // handling entries whose document stays, because it would be opened again to whom it was closed.
  //   returns  the erasure's place, or nothing if nothing was left to erase
  //   throws   as append; Error{not_found} if there is no such entry
  virtual std::optional<Seq> erase(std::span<const Seq> entries, const std::string& by,
                                   const std::string& reason) = 0;

  // Reads the whole record and says everything that is wrong with it.
  virtual VerifyReport verify(const VerifyOptions& options = {}) const = 0;
};

}  // namespace mithaq::record
