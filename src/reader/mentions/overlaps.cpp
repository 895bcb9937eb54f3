#include <algorithm>
#include <map>

#include "reader/mentions/candidate.hpp"

namespace mithaq::reader {

namespace {

using document::Mention;
using document::MentionType;

// What may stand inside what: a State in the name of its ministry, a body in the title of a report; but no
// date in a document's symbol and no State in another State's name.
bool may_nest(const Mention& outer, const Mention& inner) {
  if (outer.place.range == inner.place.range) return false;
  switch (inner.type) {
    case MentionType::date:
    case MentionType::amount:
      return outer.type == MentionType::document && outer.ref == document::RefClass::title;
    case MentionType::state:
      return outer.type != MentionType::state || outer.ref == document::RefClass::group ||
             inner.ref == document::RefClass::group;
    case MentionType::place:
      return outer.type != MentionType::state && outer.type != MentionType::place;
    case MentionType::person:
      // "General Agreement" holds no officer.
      if (outer.type == MentionType::document && outer.ref == document::RefClass::title) return false;
      [[fallthrough]];
    default:
      return outer.type != MentionType::date && outer.type != MentionType::amount;
  }
}

}  // namespace

void settle_overlaps(std::vector<Mention>& mentions) {
  // The longest first: each then either stands free, lies inside a longer one, or crosses one and goes.
  std::stable_sort(mentions.begin(), mentions.end(), [](const Mention& left, const Mention& right) {
    if (left.place.range.size() != right.place.range.size()) {
      return left.place.range.size() > right.place.range.size();
    }
    // "the two organizations" are a pair before they are a number.
    return left.ref == document::RefClass::pair && right.ref != document::RefClass::pair;
  });
  std::vector<Mention> settled;
  settled.reserve(mentions.size());
  std::map<std::uint32_t, std::size_t>
      outer;  // where a free one begins -> its place in `settled`; none overlap
  for (Mention& mention : mentions) {
    const document::TextRange range = mention.place.range;
    const auto after = outer.upper_bound(range.begin);
    bool keep = after == outer.end() || after->first >= range.end;  // else it crosses the next
    bool inside = false;
    if (keep && after != outer.begin()) {
      const Mention& before = settled[std::prev(after)->second];
      if (before.place.range.end > range.begin) {
        inside = before.place.range.contains(range);
        keep = inside && may_nest(before, mention);
      }
    }
    if (!keep) continue;
    if (inside) {
      mention.nested = true;
    } else {
      outer.emplace(range.begin, settled.size());
    }
    settled.push_back(std::move(mention));
  }
  std::stable_sort(settled.begin(), settled.end(), [](const Mention& left, const Mention& right) {
    const auto& a = left.place.range;
    const auto& b = right.place.range;
    return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
  });
  mentions = std::move(settled);
}

}  // namespace mithaq::reader
