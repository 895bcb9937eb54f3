#include "record/ingest.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace mithaq::record {

std::vector<Body> entries_of(document::Document&& document, bool last) {
  std::vector<Body> out;
  out.reserve(2 + document.statements.size());
  if (document.section == 0) {
    out.push_back(DocumentBody{.id = document.id,
                               .name = document.name,
                               .format = document.format,
                               .encoding = document.encoding,
                               .metadata = document.metadata});
  }
  std::vector<document::Statement> statements = std::move(document.statements);
  const std::string id = document.id;
  const std::size_t section = document.section, offset = document.raw_offset_bytes;
  document.statements.clear();
  document.name.clear();
  document.format.clear();
  document.encoding.clear();
  document.metadata = {};
  out.push_back(SectionBody{.content = std::move(document), .last = last});
  const std::size_t at = out.size() - 1;
  for (document::Statement& statement : statements) {
    const auto& paragraphs = std::get<SectionBody>(out[at]).content.paragraphs;
    expect(statement.evidence.paragraph < paragraphs.size(),
           "a statement stands in a paragraph of its document");
    const document::Paragraph& paragraph = paragraphs[statement.evidence.paragraph];
    StatementBody body{.document = id,
                       .section = section,
                       .paragraph = paragraph.id,
                       .words = std::string(document::slice(paragraph.text, statement.evidence.range)),
                       .raw = document::raw_spans(paragraph, statement.evidence.range),
                       .statement = std::move(statement)};
    for (document::Span& span : body.raw) {
      span.begin += offset;
      span.end += offset;
    }
    out.push_back(std::move(body));
  }
  return out;
}

Ingest::Ingest(SqlStore& store, const IngestOptions& options) : store_(store), options_(options) {}
Ingest::~Ingest() = default;

bool Ingest::has(const std::string& document_id) const {
  if (std::find(finished_.begin(), finished_.end(), document_id) != finished_.end()) return true;
  const auto found = store_.view().documents({.id = document_id, .limit = 1});
  return !found.empty() && found.front().complete;
}

void Ingest::add(document::Document&& section) {
  if (section.id != current_) {
    expect(!pending_, "a document is finished before the next one begins");
    current_ = section.id;
    sections_added_ = 0;
    sections_known_ = 0;
    current_complete_ = std::find(finished_.begin(), finished_.end(), current_) != finished_.end();
    if (!current_complete_) {
      const auto found = store_.view().documents({.id = current_, .limit = 1});
      if (!found.empty()) {
        sections_known_ = found.front().sections;
        current_complete_ = found.front().complete;
      }
    }
  }
  if (current_complete_) return;
  append_pending(false);
  pending_ = std::move(section);
}

void Ingest::append_pending(bool last) {
  if (!pending_) return;
  document::Document section = std::move(*pending_);
  pending_.reset();
  // A section that was recorded before the crash. The last one was not: it would have made the document
  // whole.
  if (section.section < sections_known_) return;
  batch_bytes_ += 2 * section.raw.size();
  for (Body& body : entries_of(std::move(section), last)) {
    if (auto* document = std::get_if<DocumentBody>(&body)) {
      document->brought_by = options_.brought_by;
      if (options_.handling) document->metadata.handling = *options_.handling;
    }
    batch_.push_back(std::move(body));
  }
  ++sections_added_;
  if (batch_.size() >= options_.batch_entries || batch_bytes_ >= options_.batch_bytes) flush();
}

IngestResult Ingest::finish_document() {
  if (current_complete_) {
    current_.clear();
    return IngestResult::known;
  }
  const IngestResult result = sections_known_ > 0 ? IngestResult::finished : IngestResult::added;
  if (pending_) {
    if (pending_->section < sections_known_) {
      // The interrupted reading cut the text into more sections: all of it is there, so an empty one closes
      // it.
      pending_ = document::Document{.id = current_,
                                    .raw_offset_bytes = pending_->raw_offset_bytes + pending_->raw.size(),
                                    .section = sections_known_};
    }
    append_pending(true);
    finished_.push_back(current_);
  }
  current_.clear();
  return result;
}

void Ingest::abandon_document() {
  pending_.reset();
  if (!current_complete_ && sections_added_ > 0) {
    std::erase_if(batch_, [this](const Body& body) {
      if (const auto* document = std::get_if<DocumentBody>(&body)) return document->id == current_;
      if (const auto* section = std::get_if<SectionBody>(&body)) return section->content.id == current_;
      const auto* statement = std::get_if<StatementBody>(&body);
      return statement != nullptr && statement->document == current_;
    });
  }
  current_.clear();
}

void Ingest::flush() {
  if (!batch_.empty()) {
    appended_ += store_.append(batch_, IfDuplicate::skip).count;
    batch_.clear();
    batch_bytes_ = 0;
  }
  finished_.clear();
}

}  // namespace mithaq::record
