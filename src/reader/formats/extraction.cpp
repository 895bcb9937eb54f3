#include "reader/formats/extraction.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/utf8.hpp"

namespace mithaq::reader {

namespace {

// Takes the next field of a line, up to a blank.
std::string_view take_field(std::string_view& line) {
  const std::size_t end = std::min(line.find(' '), line.size());
  const std::string_view field = line.substr(0, end);
  line.remove_prefix(std::min(end + 1, line.size()));
  return field;
}

bool take_number(std::string_view& line, float& value) {
  const std::string_view field = take_field(line);
  const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
  if (error != std::errc() || end != field.data() + field.size() || !std::isfinite(value)) return false;
  value = std::clamp(value, -1e6F, 1e6F);
  return true;
}

template <typename Placed>
bool take_box(std::string_view& line, Placed& placed) {
  return take_number(line, placed.left) && take_number(line, placed.top) && take_number(line, placed.right) &&
         take_number(line, placed.bottom) && placed.left <= placed.right && placed.top <= placed.bottom;
}

}  // namespace

Extraction parse_extraction(std::string_view output) {
  Extraction extraction;
  for (std::size_t at = 0; at < output.size();) {
    const std::size_t end = std::min(output.find('\n', at), output.size());
    std::string_view line = output.substr(at, end - at);
    const bool complete = end < output.size();
    at = end + 1;
    if (!complete) break;  // cut off in the middle
    const std::string_view kind = take_field(line);
    if (kind == "page") {
      ExtractedPage page;
      float number = 0;
      if (!take_number(line, number) || !take_number(line, page.width) || !take_number(line, page.height))
        continue;
      page.number = static_cast<int>(number);
      page.state = line == "scan"         ? ExtractedPage::State::scan
                   : line == "unreadable" ? ExtractedPage::State::unreadable
                                          : ExtractedPage::State::text;
      extraction.pages.push_back(std::move(page));
    } else if (kind == "word" && !extraction.pages.empty()) {
      PlacedWord word;
      if (!take_box(line, word) || !take_number(line, word.size)) continue;
      word.text = line;
      if (!word.text.empty() && find_invalid_utf8(word.text) == word.text.size()) {
        extraction.pages.back().words.push_back(word);
      }
    } else if (kind == "line" && !extraction.pages.empty()) {
      RecognizedLine recognized;
      if (!take_box(line, recognized) || !take_number(line, recognized.confidence)) continue;
      recognized.text = line;
      if (!recognized.text.empty() && find_invalid_utf8(recognized.text) == recognized.text.size()) {
        extraction.pages.back().lines.push_back(recognized);
      }
    } else if (kind == "gap" && !extraction.pages.empty() && !extraction.pages.back().lines.empty()) {
      extraction.pages.back().lines.back().ends_paragraph = true;
    } else if (kind == "error") {
      extraction.error_reason = std::string(take_field(line));
      extraction.error_message = std::string(line.substr(0, 500));
    } else if (kind == "end") {
      extraction.whole = true;
    }
  }
  return extraction;
}

}  // namespace mithaq::reader
