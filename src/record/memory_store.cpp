#include "record/memory_store.hpp"

#include <sodium.h>

#include <set>

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "base/sha256.hpp"
#include "record/merges.hpp"
#include "record/view_rows.hpp"

namespace mithaq::record {

namespace {

class MemoryStore final : public Store {
 public:
  explicit MemoryStore(const MemoryOptions& options) : options_(options) {
    expect(sodium_init() >= 0, "libsodium starts");
    if (!options_.random) {
      options_.random = [](std::span<std::uint8_t> bytes) { randombytes_buf(bytes.data(), bytes.size()); };
    }
  }

  Appended append(std::span<const Body> entries, IfDuplicate duplicate) override {
    for (const Body& body : entries) {
      if (kind_of(body) == EntryKind::erasure) {
        throw Error(ErrorKind::invalid_input,
                    "an erasure is made by erase(), which also destroys what it names");
      }
    }
    Appended appended{.first = size()};
    if (entries.empty()) return appended;
    MemoryStore next(*this);  // the plainest way to append all or none
    std::string salts(entries.size() * 16, '\0');
    options_.random({reinterpret_cast<std::uint8_t*>(salts.data()), salts.size()});
    std::set<std::pair<std::string, std::size_t>> known_sections;
    for (std::size_t at = 0; at < entries.size(); ++at) {
      const Body& body = entries[at];
      bool known = false;
      if (const auto* document = std::get_if<DocumentBody>(&body)) {
        known = next.find_document(document->id).has_value();
      } else if (const auto* section = std::get_if<SectionBody>(&body)) {
        known = next.find_section(section->content.id, section->content.section).has_value();
        if (known) known_sections.emplace(section->content.id, section->content.section);
      } else if (const auto* statement = std::get_if<StatementBody>(&body)) {
        known = known_sections.contains({statement->document, statement->section});
      }
      if (known) {
        if (duplicate == IfDuplicate::refuse) {
          throw Error(ErrorKind::conflict, "the record has this document already; nothing was added");
        }
        ++appended.skipped;
        continue;
      }
      next.check(body);
      next.add(body, salts.substr(at * 16, 16));
      ++appended.count;
    }
    entries_ = std::move(next.entries_);
    head_ = next.head_;
    if (appended.count > 0) sign();
    return appended;
  }

  Seq size() const override { return entries_.size(); }

  Entry entry(Seq seq) const override {
    if (seq >= size()) throw Error(ErrorKind::not_found, "the record has no entry " + std::to_string(seq));
    const Row& row = entries_[seq];
    return {
        .header = header_from_json(row.header), .salt = row.body ? to_hex(row.salt) : "", .body = row.body};
  }

  void each_entry(Seq first, const std::function<bool(const Entry&)>& take) const override {
    for (Seq seq = first; seq < size(); ++seq) {
      if (!take(entry(seq))) return;
    }
  }

  std::string checkpoint() const override { return checkpoint_; }
  Hash root() const override { return head_.root(); }

  std::vector<Hash> inclusion_proof(Seq seq, Seq tree_size) const override {
    if (seq >= tree_size || tree_size > size()) throw Error(ErrorKind::invalid_input, "no such entry");
    return make_inclusion_proof(seq, tree_size, nodes());
  }
  std::vector<Hash> consistency_proof(Seq old_size, Seq tree_size) const override {
    if (old_size == 0 || old_size > tree_size || tree_size > size())
      throw Error(ErrorKind::invalid_input, "no such tree");
    return make_consistency_proof(old_size, tree_size, nodes());
  }

  std::optional<Seq> erase(std::span<const Seq> entries, const std::string& by,
                           const std::string& reason) override {
    std::set<Seq> all;
    for (const Seq each : entries) {
      if (each >= size())
        throw Error(ErrorKind::not_found, "the record has no entry " + std::to_string(each));
      const auto body = body_at(each);
      if (body && kind_of(*body) == EntryKind::handling) continue;
      all.insert(each);
    }
    // What hangs on an entry comes after it, so one pass finds all.
    for (Seq seq = 0; seq < size(); ++seq) {
      const auto body = body_at(seq);
      if (!body) continue;
      std::optional<Seq> parent, grandparent;
      if (const auto* section = std::get_if<SectionBody>(&*body)) {
        parent = find_document(section->content.id);
      } else if (const auto* statement = std::get_if<StatementBody>(&*body)) {
        parent = find_document(statement->document);
        grandparent = find_section(statement->document, statement->section);
      } else if (const auto* review = std::get_if<ReviewBody>(&*body)) {
        parent = review->statement;
      } else if (const auto* handling = std::get_if<HandlingBody>(&*body)) {
        parent = find_document(handling->document);
      } else if (const auto* revision = std::get_if<RevisionBody>(&*body)) {
        parent = find_document(revision->document);
        grandparent = find_section(revision->document, revision->section);
      }
      if ((parent && all.contains(*parent)) || (grandparent && all.contains(*grandparent))) all.insert(seq);
    }
    ErasureBody erasure{.by = by, .reason = reason};
    for (const Seq each : all) {
      const auto body = body_at(each);
      if (body && kind_of(*body) != EntryKind::erasure) erasure.entries.push_back(each);
    }
    if (erasure.entries.empty()) return std::nullopt;
    std::string salt(16, '\0');
    options_.random({reinterpret_cast<std::uint8_t*>(salt.data()), salt.size()});
    const Seq seq = size();
    add(erasure, salt);
    for (const Seq each : erasure.entries) entries_[each].body.reset();
    sign();
    return seq;
  }

  VerifyReport verify(const VerifyOptions& options) const override {
    VerifyReport report{.entries = size()};
    TreeHead head;
    for (Seq seq = 0; seq < size(); ++seq) {
      const Row& row = entries_[seq];
      head.add(leaf_hash(row.header));
      if (!row.body) {
        ++report.erased;
      } else if (to_hex(sha256(row.salt + *row.body)) != header_from_json(row.header).body_hash) {
        report.problems.push_back({"bodies", std::to_string(seq), "altered"});
      }
    }
    report.root = head.root();
    if (size() == 0) return report;
    const auto note = parse_note(checkpoint_);
    const auto signed_head = note ? parse_checkpoint(note->text) : std::nullopt;
    if (!note || !verify_note(*note, options.key.value_or(options_.key.verifier())) || !signed_head ||
        signed_head->size != size() || signed_head->root != report.root) {
      report.problems.push_back({"meta", "checkpoint", "altered"});
    }
    return report;
  }

 private:
  struct Row {
    std::string header{};
    std::string salt{};
    std::optional<std::string> body{};
  };

  std::optional<Body> body_at(Seq seq) const {
    if (seq >= size() || !entries_[seq].body) return std::nullopt;
    return body_from_json(header_from_json(entries_[seq].header).kind, *entries_[seq].body);
  }

  template <typename Match>
  std::optional<Seq> find(const Match& match) const {
    for (Seq seq = 0; seq < size(); ++seq) {
      const auto body = body_at(seq);
      if (body && match(*body)) return seq;
    }
    return std::nullopt;
  }
  std::optional<Seq> find_document(const std::string& id) const {
    return find([&](const Body& body) {
      const auto* document = std::get_if<DocumentBody>(&body);
      return document != nullptr && document->id == id;
    });
  }
  std::optional<Seq> find_section(const std::string& id, std::size_t section) const {
    return find([&](const Body& body) {
      const auto* found = std::get_if<SectionBody>(&body);
      return found != nullptr && found->content.id == id && found->content.section == section;
    });
  }

  // Which entity reads as which, replayed from the log.
  Merges merges() const {
    Merges into;
    for (Seq seq = 0; seq < size(); ++seq) {
      const auto body = body_at(seq);
      if (!body) continue;
      if (const auto* merge = std::get_if<MergeBody>(&*body)) into.merge(merge->entity, merge->into);
      if (const auto* unmerge = std::get_if<UnmergeBody>(&*body)) into.unmerge(unmerge->entity);
    }
    return into;
  }

  void check(const Body& body) const {
    if (const auto* section = std::get_if<SectionBody>(&body)) {
      if (!find_document(section->content.id)) throw Error(ErrorKind::invalid_input, "no such document");
    } else if (const auto* statement = std::get_if<StatementBody>(&body)) {
      if (!find_section(statement->document, statement->section))
        throw Error(ErrorKind::invalid_input, "no such section");
    } else if (const auto* review = std::get_if<ReviewBody>(&body)) {
      const auto found = body_at(review->statement);
      if (!found || kind_of(*found) != EntryKind::statement)
        throw Error(ErrorKind::invalid_input, "no such statement");
      std::vector<TimedReview> reviews;
      for (Seq seq = 0; seq < size(); ++seq) {
        const auto other = body_at(seq);
        const auto* of = other ? std::get_if<ReviewBody>(&*other) : nullptr;
        if (of != nullptr && of->statement == review->statement) reviews.push_back({.seq = seq, .body = *of});
      }
      require_own_last_review(*review, std::move(reviews));
    } else if (const auto* revision = std::get_if<RevisionBody>(&body)) {
      const auto revised = find_section(revision->document, revision->section);
      if (!revised) throw Error(ErrorKind::invalid_input, "no such section");
      SectionDecisions decisions;
      for (Seq seq = *revised; seq < size(); ++seq) {
        const auto other = body_at(seq);
        const auto* of = other ? std::get_if<RevisionBody>(&*other) : nullptr;
        if (of != nullptr && of->document == revision->document && of->section == revision->section) {
          decisions.add(*of, "");
        }
      }
      require_possible(*revision, std::get<SectionBody>(*body_at(*revised)).content, decisions);
    } else if (const auto* handling = std::get_if<HandlingBody>(&body)) {
      if (!find_document(handling->document)) throw Error(ErrorKind::invalid_input, "no such document");
    } else if (const auto* merge = std::get_if<MergeBody>(&body)) {
      const Merges into = merges();
      if (into.is_merged(merge->entity) || into.resolve(merge->into) == merge->entity) {
        throw Error(ErrorKind::conflict, "merged already");
      }
    } else if (const auto* unmerge = std::get_if<UnmergeBody>(&body)) {
      if (!merges().is_merged(unmerge->entity)) throw Error(ErrorKind::invalid_input, "not merged");
    }
  }

  void add(const Body& body, const std::string& salt) {
    Row row{.salt = salt, .body = to_canonical_json(body)};
    row.header = to_canonical_json(Header{.seq = size(),
                                          .kind = kind_of(body),
                                          .time = format_time(options_.clock()),
                                          .body_hash = to_hex(sha256(salt + *row.body))});
    head_.add(leaf_hash(row.header));
    entries_.push_back(std::move(row));
  }

  void sign() {
    checkpoint_ =
        sign_note(to_text({.origin = options_.origin, .size = size(), .root = root()}), options_.key);
  }

  NodeReader nodes() const {
    return [this](unsigned level, std::uint64_t index) {
      TreeHead head;
      for (Seq seq = index << level; seq < (index + 1) << level; ++seq)
        head.add(leaf_hash(entries_.at(seq).header));
      return head.root();
    };
  }

  MemoryOptions options_;
  std::vector<Row> entries_{};
  TreeHead head_{};
  std::string checkpoint_{};
};

}  // namespace

std::unique_ptr<Store> make_memory_store(const MemoryOptions& options) {
  return std::make_unique<MemoryStore>(options);
}

}  // namespace mithaq::record
