// GET /api/v1/record/log: the latest entries first, each in a line, for people.
#include "record/merkle.hpp"
#include "server/routes/answer.hpp"
#include "server/routes/log_rows.hpp"
#include "server/routes/people.hpp"
#include "server/routes/routes.hpp"
#include "service/early_warning.hpp"

namespace mithaq::server {

namespace {

using nlohmann::ordered_json;

constexpr std::size_t kWindow = 500;
// Entries that are looked through for one page of a kind that is rare; the page then ends early.
constexpr std::size_t kLookedAtMax = 20'000;
constexpr std::size_t kSummaryMax = 160;  // bytes

std::string shortened(std::string text) {
  if (text.size() <= kSummaryMax) return text;
  std::size_t end = kSummaryMax;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "…";
}

// What an entry is about, in the words that it holds itself.
struct Summary {
  std::string text{};
  std::string document{};
  std::string by{};  // "account:" and an id, or a name from the command line; empty where nobody acts
};

// The account that an act names.
std::string account_of(const record::ActBody& body) {
  const auto said = nlohmann::json::parse(body.json, nullptr, false);
  return said.is_object() ? said.value("account", "") : "";
}

// Who acted on the command line.
std::string named_in(const record::ActBody& body) {
  const auto said = nlohmann::json::parse(body.json, nullptr, false);
  return said.is_object() && said.contains("by") && said["by"].is_string() ? said["by"].get<std::string>()
                                                                           : "";
}

struct SummaryOf {
  Summary operator()(const record::DocumentBody& body) const {
    return {body.name, body.id, body.brought_by.empty() ? "" : "account:" + body.brought_by};
  }
  Summary operator()(const record::SectionBody& body) const {
    return {"§" + std::to_string(body.content.section), body.content.id};
  }
  Summary operator()(const record::StatementBody& body) const { return {body.words, body.document}; }
  Summary operator()(const record::ReviewBody& body) const {
    return {std::string(name_of(body.action)) + " " + std::to_string(body.statement) +
                (body.note.empty() ? "" : ": " + body.note),
            "", body.by};
  }
  Summary operator()(const record::MergeBody& body) const {
    return {body.entity + " → " + body.into, "", body.by};
  }
  Summary operator()(const record::UnmergeBody& body) const { return {body.entity, "", body.by}; }
  Summary operator()(const record::ErasureBody& body) const { return {body.reason, "", body.by}; }
  Summary operator()(const record::ActBody& body) const {
    const std::string account = account_of(body);
    return {body.type, "", account.empty() ? named_in(body) : "account:" + account};
  }
  Summary operator()(const record::HandlingBody& body) const {
    return {std::string(name_of(body.handling.tlp)) + (body.reason.empty() ? "" : ": " + body.reason),
            body.document, body.by};
  }
  Summary operator()(const record::RevisionBody& body) const { return {body.note, body.document, body.by}; }
  // A kind of entry that says nothing in one line.
  template <typename Other>
  Summary operator()(const Other&) const {
    return {};
  }
};

Summary summary_of(const record::Body& body) {
  Summary out = std::visit(SummaryOf(), body);
  out.text = shortened(std::move(out.text));
  return out;
}

ordered_json entry_json(Call& call, People& people, const record::Entry& entry) {
  const std::string leaf = record::to_canonical_json(entry.header);
  ordered_json out = {{"entry", entry.header.seq},
                      {"kind", name_of(entry.header.kind)},
                      {"time", entry.header.time},
                      {"leaf", leaf},
                      {"leaf_hash", to_hex(record::leaf_hash(leaf))}};
  if (!entry.body) {
    out["summary"] = "";
    out["erased"] = true;
  } else if (!may_read_body(call, entry)) {
    out["summary"] = "";
    out["withheld"] = true;
  } else {
    const record::Body body = record::body_from_json(entry.header.kind, *entry.body);
    Summary summary = summary_of(body);
    if (const auto* act = std::get_if<record::ActBody>(&body)) {
      const std::string said = service::warning_act_summary(call.workspace, *act, call.language);
      if (!said.empty()) summary.text = shortened(said);
    }
    out["summary"] = summary.text;
    if (!summary.document.empty()) out["document"] = summary.document;
    if (!summary.by.empty()) out["by"] = people.json_of(summary.by);
  }
  return out;
}

}  // namespace

bool may_read_body(Call& call, const record::Entry& entry) {
  const record::View& view = call.workspace.record().view();
  if (view.sight().everything) return true;
  if (const auto document = view.document_of_entry(entry.header.seq)) return document->visible;
  if (entry.header.kind == record::EntryKind::merge || entry.header.kind == record::EntryKind::unmerge)
    return true;
  access::Object act{.kind = access::ObjectKind::act};
  if (entry.header.kind == record::EntryKind::act && entry.body) {
    const record::Body read = record::body_from_json(entry.header.kind, *entry.body);
    act.account = account_of(std::get<record::ActBody>(read));
    // A warning is for whoever may see the data that it stands on.
    if (const auto handling = service::warning_act_handling(std::get<record::ActBody>(read)))
      return bool(access::decide(call.subject, access::Action::see, {.handling = *handling}));
  }
  return bool(access::decide(call.subject, access::Action::see_log, act));
}

ApiRoute log_route() {
  return {.pattern = "/api/v1/record/log",
          .parameters = {optional_number("before", std::uint64_t{1} << 53, std::uint64_t{1} << 53),
                         optional_number("limit", 50, 500), optional_text("kind")},
          .answer = [](Call& call) {
            const record::SqlStore& store = call.workspace.record();
            std::optional<record::EntryKind> kind;
            if (call.parameters.has("kind")) {
              kind = record::entry_kind_named(call.parameters.text("kind"));
              if (!kind)
                throw Error(ErrorKind::invalid_input,
                            "there is no kind of entries \"" + call.parameters.text("kind") + "\"");
            }
            const std::size_t limit = call.parameters.number("limit");
            const record::Seq size = store.size();
            record::Seq at = std::min<record::Seq>(call.parameters.number("before"), size);
            People people(call);
            ordered_json entries = ordered_json::array();
            std::size_t looked_at = 0;
            while (at > 0 && entries.size() < limit && looked_at < kLookedAtMax) {
              const record::Seq window = std::min<record::Seq>(at, kind ? kWindow : limit - entries.size());
              std::vector<record::Entry> found;
              store.each_entry(at - window, [&](const record::Entry& entry) {
                if (entry.header.seq >= at) return false;
                if (!kind || entry.header.kind == *kind) found.push_back(entry);
                return true;
              });
              looked_at += window;
              at -= window;
              for (auto each = found.rbegin(); each != found.rend() && entries.size() < limit; ++each) {
                entries.push_back(entry_json(call, people, *each));
                if (entries.size() == limit) at = each->header.seq;
              }
            }
            ordered_json next = nullptr;
            if (at > 0 && limit > 0) next = at;
            return json_response({{"entries", entries}, {"size", size}, {"next_before", next}});
          }};
}

}  // namespace mithaq::server
