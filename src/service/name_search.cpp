#include "service/name_search.hpp"

#include <algorithm>
#include <unordered_map>

#include "base/fold.hpp"

namespace mithaq::service {

namespace {

constexpr std::string_view kArticle = "ال";

bool is_gap(char byte) {
  const auto value = static_cast<unsigned char>(byte);
  return value < 0x80 && !(value >= '0' && value <= '9') && !(value >= 'a' && value <= 'z');
}

// Calls take(begin) where each word of a folded name begins, behind its article too.
template <typename Take>
void each_word(std::string_view name, const Take& take) {
  for (std::size_t at = 0; at < name.size();) {
    while (at < name.size() && is_gap(name[at])) ++at;
    if (at == name.size()) return;
    take(at);
    std::size_t end = at;
    while (end < name.size() && !is_gap(name[end])) ++end;
    if (name.substr(at, end - at).starts_with(kArticle) && end - at > kArticle.size() + 2)
      take(at + kArticle.size());
    at = end;
  }
}

}  // namespace

std::vector<std::string> folded_words(std::string_view text) {
  const std::string folded = fold(text);
  std::vector<std::string> out;
  for (std::size_t at = 0; at < folded.size();) {
    while (at < folded.size() && is_gap(folded[at])) ++at;
    std::size_t end = at;
    while (end < folded.size() && !is_gap(folded[end])) ++end;
    if (end > at) out.push_back(folded.substr(at, end - at));
    at = end;
  }
  return out;
}

bool begins_words(std::string_view name, const std::vector<std::string>& words) {
  return std::all_of(words.begin(), words.end(), [&](const std::string& word) {
    bool found = false;
    each_word(name, [&](std::size_t at) { found = found || name.substr(at).starts_with(word); });
    return found;
  });
}

void NameSearch::add(std::string_view name, std::uint32_t id) {
  const std::string folded = fold(name);
  if (folded.empty() || folded.find('\n') != std::string::npos) return;
  const auto begin = static_cast<std::uint32_t>(text_.size());
  text_ += folded;
  text_ += '\n';
  each_word(folded, [&](std::size_t at) {
    places_.push_back({begin + static_cast<std::uint32_t>(at), begin, id});
  });
}

void NameSearch::finish() {
  const std::string_view text = text_;
  std::sort(places_.begin(), places_.end(), [text](const Place& a, const Place& b) {
    return text.substr(a.at, text.find('\n', a.at) - a.at) < text.substr(b.at, text.find('\n', b.at) - b.at);
  });
  text_.shrink_to_fit();
  places_.shrink_to_fit();
}

std::string_view NameSearch::name_at(std::uint32_t begin) const {
  const std::string_view text = text_;
  return text.substr(begin, text.find('\n', begin) - begin);
}

std::vector<NameSearch::Hit> NameSearch::find(std::string_view words) const {
  std::vector<std::string> wanted = folded_words(words);
  if (wanted.empty()) return {};
  const std::string whole = fold(words);
  // The longest word begins the fewest.
  const auto longest = std::max_element(wanted.begin(), wanted.end(),
                                        [](const auto& a, const auto& b) { return a.size() < b.size(); });
  const std::string prefix = *longest;
  const auto first = std::lower_bound(
      places_.begin(), places_.end(), prefix,
      [this](const Place& a, const std::string& b) { return name_at(a.at).substr(0, b.size()) < b; });
  std::unordered_map<std::uint32_t, Hit::Kind> best;
  for (auto at = first; at != places_.end() && name_at(at->at).starts_with(prefix); ++at) {
    const std::string_view name = name_at(at->name);
    if (wanted.size() > 1 && !begins_words(name, wanted)) continue;
    const Hit::Kind kind = name == whole             ? Hit::Kind::whole
                           : name.starts_with(whole) ? Hit::Kind::beginning
                                                     : Hit::Kind::words;
    const auto [found, fresh] = best.try_emplace(at->id, kind);
    if (!fresh) found->second = std::min(found->second, kind);
  }
  std::vector<Hit> out;
  for (const auto& [id, kind] : best) out.push_back({id, kind});
  std::sort(out.begin(), out.end(),
            [](const Hit& a, const Hit& b) { return a.kind != b.kind ? a.kind < b.kind : a.id < b.id; });
  return out;
}

}  // namespace mithaq::service
