// From documents with findings to entries of the record.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "document/document.hpp"
#include "record/sql_store.hpp"

namespace mithaq::record {

// The entries that a document, or one section of a long one, gives: its document entry (section 0 only), its
// section entry, one entry for each statement.
//   last  the document is whole with this section
std::vector<Body> entries_of(document::Document&& document, bool last);

// What became of a document.
enum class IngestResult {
  added,
  known,     // the record had it already: nothing was added
  finished,  // an earlier reading was interrupted; what was missing was added
};

struct IngestOptions {
  std::size_t batch_entries = 5000;              // a batch is appended when it holds so many entries
  std::size_t batch_bytes = 8 * 1024 * 1024;     // or so much text
  std::string brought_by{};                      // the account that brings the documents in
  std::optional<document::Handling> handling{};  // instead of what each document says of itself
};

// Takes documents in turn and appends them in batches. Many small documents share one batch; a long one may
// take several. A document that was cut off by a crash is finished when it is given again: sections that
// the record has are not added twice.
//   example  Ingest ingest(store);
//            for (file : files) { read_sections(…, [&](Document&& part) { ingest.add(std::move(part)); });
//                                 ingest.finish_document(); }
//            ingest.flush();
class Ingest {
 public:
  explicit Ingest(SqlStore& store, const IngestOptions& options = {});
  // Appends nothing more by itself: what was not flushed is not in the record.
  ~Ingest();
  Ingest(const Ingest&) = delete;
  Ingest& operator=(const Ingest&) = delete;

  // True if the record, or the batch that is being made, has the whole document already: no need to read it.
  bool has(const std::string& document_id) const;

  // Takes a section of the document that is being read.
  void add(document::Document&& section);
  // The document has no more sections.
  //   returns  what became of it once flush() has returned
  IngestResult finish_document();
  // Forgets the document that is being read, as far as it is not in the record yet.
  void abandon_document();
  // Appends what was taken. When it returns, all finished documents are on disk.
  void flush();

  // Entries on disk so far, through this Ingest.
  std::size_t appended() const { return appended_; }

 private:
  void append_pending(bool last);

  SqlStore& store_;
  IngestOptions options_;
  std::vector<Body> batch_{};
  std::size_t batch_bytes_ = 0;
  std::size_t appended_ = 0;
  std::optional<document::Document>
      pending_{};                        // the latest section: whether it is the last is not known yet
  std::vector<std::string> finished_{};  // whole in the batch, not on disk yet
  std::string current_{};
  std::size_t sections_known_ = 0;  // of the current document, in the record
  bool current_complete_ = false;
  std::size_t sections_added_ = 0;
};

}  // namespace mithaq::record
