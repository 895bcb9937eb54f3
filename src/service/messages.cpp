#include "service/messages.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/table.hpp"

namespace mithaq::service {

namespace {

constexpr std::string_view kGap = "{}";

std::vector<std::string> cut_at_gaps(std::string_view text) {
  std::vector<std::string> pieces;
  for (;;) {
    const std::size_t gap = text.find(kGap);
    pieces.emplace_back(text.substr(0, gap));
    if (gap == std::string_view::npos) return pieces;
    text.remove_prefix(gap + kGap.size());
  }
}

// What stands in the gaps of a sentence; nothing if it does not have these pieces in this order.
bool fill(const std::vector<std::string>& pieces, std::string_view text,
          std::vector<std::string_view>& fillings) {
  fillings.clear();
  if (!text.starts_with(pieces.front())) return false;
  text.remove_prefix(pieces.front().size());
  for (std::size_t each = 1; each < pieces.size(); ++each) {
    const bool last = each + 1 == pieces.size();
    std::size_t at = text.find(pieces[each]);
    if (last) {
      if (!text.ends_with(pieces[each])) return false;
      at = text.size() - pieces[each].size();
    }
    if (at == std::string_view::npos) return false;
    fillings.push_back(text.substr(0, at));
    text.remove_prefix(at + pieces[each].size());
  }
  return true;
}

}  // namespace

Messages Messages::load(const std::filesystem::path& data_folder, Language language) {
  return load_table(data_folder / "messages.tsv", language);
}

Messages Messages::load_table(const std::filesystem::path& file, Language language) {
  Messages messages;
  if (language == Language::english) return messages;
  const Table table = Table::read(file);
  const std::size_t english = table.column("en");
  if (language == Language::russian && !table.has_column("ru")) return messages;
  const std::size_t translation = table.column(language == Language::arabic ? "ar" : "ru");
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const std::string_view key = table.cell(row, english), text = table.cell(row, translation);
    if (text.empty() && language == Language::russian) continue;
    std::vector<std::string> pieces = cut_at_gaps(key);
    if (key.empty() || text.empty() || cut_at_gaps(text).size() != pieces.size()) {
      throw Error(ErrorKind::invalid_input, table.name() + ":" + std::to_string(table.line_of(row)) +
                                                ": a sentence and its translation have the same gaps {}");
    }
    if (pieces.size() == 1) {
      messages.whole_.emplace(key, text);
    } else {
      messages.templates_.push_back({std::move(pieces), std::string(text)});
    }
  }
  // "the file is too large: this server takes at most {} MiB" before "the {} is too large: {}".
  const auto own_words = [](const Template& each) {
    std::size_t bytes = 0;
    for (const std::string& piece : each.pieces) bytes += piece.size();
    return bytes;
  };
  std::stable_sort(messages.templates_.begin(), messages.templates_.end(),
                   [&](const Template& a, const Template& b) { return own_words(a) > own_words(b); });
  return messages;
}

std::string Messages::say(std::string_view english) const {
  return say(english, 0);
}

std::string Messages::say(std::string_view english, int depth) const {
  constexpr int kDepthMax = 2;  // a reason inside a refusal; names of strangers lead no deeper
  if (const auto found = whole_.find(std::string(english)); found != whole_.end()) return found->second;
  std::vector<std::string_view> fillings;
  if (depth == kDepthMax) return std::string(english);
  for (const Template& each : templates_) {
    if (!fill(each.pieces, english, fillings)) continue;
    std::string out;
    std::string_view rest = each.translation;
    for (const std::string_view filling : fillings) {
      const std::size_t gap = rest.find(kGap);
      out += rest.substr(0, gap);
      // What fills a gap may be a sentence of its own: the reason why a file was refused.
      out += say(filling, depth + 1);
      rest.remove_prefix(gap + kGap.size());
    }
    return out.append(rest);
  }
  return std::string(english);
}

}  // namespace mithaq::service
