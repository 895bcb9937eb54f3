#include "record/sighted_database.hpp"

#include <algorithm>

#include "record/entry.hpp"

namespace mithaq::record {

namespace {

// Sights whose sections are kept at a time.
constexpr std::size_t kKept = 8;

// No handling, and no account that brought anything in.
constexpr std::string_view kNothing = "\x01";

bool is_name(char letter) {
  return (letter >= 'a' && letter <= 'z') || letter == '_';
}

// "@" before the name of a table; PostgreSQL's operator @@ is none.
bool is_sign(std::string_view sql, std::size_t at) {
  return sql[at] == '@' && at + 1 < sql.size() && is_name(sql[at + 1]);
}

// From a row x of a table to the document v that it belongs to: what stands between "from" and "where", and
// the condition. Nothing for the documents themselves.
struct Way {
  std::string_view table, from, where;
};
constexpr std::string_view kOfDocument = "documents v";
constexpr std::string_view kBySection = "sections w join documents v on v.seq=w.document";
constexpr std::string_view kByStatement = "statements w join documents v on v.seq=w.document";
constexpr std::array kWays{
    Way{"documents", "", ""},
    Way{"sections", kOfDocument, "v.seq=x.document"},
    Way{"paragraphs", kOfDocument, "v.seq=x.document"},
    Way{"statements", kOfDocument, "v.seq=x.document"},
    Way{"handlings", kOfDocument, "v.seq=x.document"},
    Way{"mentions", kBySection, "w.seq=(x.paragraph>>22)"},
    Way{"doubts", kBySection, "w.seq=x.section"},
    Way{"edits", kBySection, "w.seq=x.section"},
    Way{"revisions", kBySection, "w.seq=x.section"},
    Way{"statement_parties", kByStatement, "w.seq=x.statement"},
    Way{"statement_themes", kByStatement, "w.seq=x.statement"},
    Way{"statement_places", kByStatement, "w.seq=x.statement"},
    Way{"reviews", kByStatement, "w.seq=x.statement"},
};

}  // namespace

Sight Sight::of(const std::vector<document::Handling>& visible, std::string account) {
  Sight sight{.everything = false, .account = std::move(account)};
  for (const document::Handling& each : visible) sight.handlings.push_back(to_canonical_json(each));
  std::sort(sight.handlings.begin(), sight.handlings.end());
  sight.handlings.erase(std::unique(sight.handlings.begin(), sight.handlings.end()), sight.handlings.end());
  return sight;
}

Error not_open() {
  return Error(ErrorKind::forbidden, "there is nothing here that is open to you");
}

void SightedDatabase::look_as(Sight sight) {
  sight_ = std::move(sight);
  for (places_ = 1; places_ < sight_.handlings.size();) places_ *= 2;
}

const std::string& SightedDatabase::plain(std::string_view sql) {
  const auto found = texts_.find(std::pair(std::string(sql), ~std::size_t{0}));
  if (found != texts_.end()) return found->second;
  std::string text;
  for (std::size_t at = 0; at < sql.size(); ++at) {
    if (!is_sign(sql, at)) text += sql[at];
  }
  return texts_.emplace(std::pair(std::string(sql), ~std::size_t{0}), std::move(text)).first->second;
}

const std::string& SightedDatabase::expanded(std::string_view sql, std::size_t arguments) {
  if (sight_.everything) return plain(sql);
  const auto found = texts_.find(std::pair(std::string(sql), places_));
  if (found != texts_.end()) return found->second;

  // An account is always named beside the handlings, be it nobody's: a condition on handlings alone would
  // lead SQLite to begin every question at the documents with them, which may be all.
  const auto visible = [&](std::string_view document) {
    std::string text(document);
    text += ".handling in (";
    for (std::size_t at = 1; at <= places_; ++at)
      text.append(at == 1 ? "?" : ",?").append(std::to_string(arguments + at));
    return text.append(") or ")
        .append(document)
        .append(".brought_by=?")
        .append(std::to_string(arguments + places_ + 1));
  };
  std::string text;
  for (std::size_t at = 0; at < sql.size();) {
    if (!is_sign(sql, at)) {
      text += sql[at++];
      continue;
    }
    std::size_t end = at + 1;
    while (end < sql.size() && is_name(sql[end])) ++end;
    const std::string_view table = sql.substr(at + 1, end - at - 1);
    at = end;
    const auto way =
        std::find_if(kWays.begin(), kWays.end(), [table](const Way& each) { return each.table == table; });
    expect(way != kWays.end(), "a table that belongs to documents stands behind @");
    text.append("(select x.* from ").append(table).append(" x where ");
    if (way->from.empty()) {
      text += visible("x");
    } else {
      text.append("exists (select 1 from ").append(way->from).append(" where ").append(way->where);
      text.append(" and (").append(visible("v")).append("))");
    }
    text += ")";
  }
  return texts_.emplace(std::pair(std::string(sql), places_), std::move(text)).first->second;
}

SightedQuery SightedDatabase::with_sight(const std::string& text,
                                         std::unique_ptr<std::vector<Value>> values) {
  // A text without a sign has no place for more.
  if (text.find("(select x.* from ") != std::string::npos) {
    const auto& handlings = sight_.handlings;
    for (std::size_t at = 0; at < places_; ++at)
      values->push_back(handlings.empty() ? std::string(kNothing)
                                          : handlings[std::min(at, handlings.size() - 1)]);
    values->push_back(sight_.account.empty() ? std::string(kNothing) : sight_.account);
  }
  Query query = database_.query_with(text, *values);
  return {std::move(values), std::move(query)};
}

bool SightedDatabase::Sections::contains(std::int64_t section) const {
  return std::binary_search(sections_.begin(), sections_.end(), section);
}

std::size_t SightedDatabase::Sections::paragraphs_from(std::int64_t section) const {
  const auto at = std::lower_bound(sections_.begin(), sections_.end(), section) - sections_.begin();
  return before_.back() - before_[static_cast<std::size_t>(at)];
}

const SightedDatabase::Sections& SightedDatabase::sections() {
  const State state{database_.integer("select max(seq) from handlings", -1),
                    database_.integer("select max(seq) from erasures", -1),
                    database_.integer("select max(seq) from revisions", -1)};
  auto kept =
      std::find_if(kept_.begin(), kept_.end(), [&](const Kept& each) { return each.sight == sight_; });
  if (kept == kept_.end()) {
    if (kept_.size() >= kKept) {
      kept_.erase(std::min_element(kept_.begin(), kept_.end(),
                                   [](const Kept& a, const Kept& b) { return a.used < b.used; }));
    }
    kept = kept_.insert(kept_.end(), Kept{.sight = sight_, .state = state});
  }
  if (kept->state != state) *kept = Kept{.sight = sight_, .state = state};
  kept->used = ++uses_;
  const std::int64_t last = database_.integer("select max(seq) from sections", -1);
  if (last > kept->last_section) {
    SightedQuery rows =
        query("select seq, paragraphs from @sections s where seq>?1 order by seq", kept->last_section);
    Sections& sections = kept->sections;
    while (rows.step()) {
      sections.sections_.push_back(rows.integer(0));
      sections.before_.push_back(sections.before_.back() + static_cast<std::size_t>(rows.integer(1)));
    }
    kept->last_section = last;
  }
  return kept->sections;
}

}  // namespace mithaq::record
