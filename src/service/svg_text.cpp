#include "service/svg_text.hpp"

#include <algorithm>
#include <utility>

#include "base/utf8.hpp"

namespace mithaq::service {

std::string escaped(std::string_view text) {
  std::string out;
  for (const char letter : text) {
    switch (letter) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        // XML 1.0 has no place for control characters.
        if (static_cast<unsigned char>(letter) >= 0x20 || letter == '\n' || letter == '\t') out += letter;
    }
  }
  return out;
}

std::string with_digits(std::string text, Language language) {
  if (language != Language::arabic) return text;
  std::string out;
  for (const char letter : text) {
    if (letter >= '0' && letter <= '9') {
      out += {'\xD9', static_cast<char>('\xA0' + (letter - '0'))};
    } else {
      out += letter;
    }
  }
  return out;
}

std::vector<std::string> wrapped(const std::string& text, std::size_t columns) {
  std::vector<std::string> lines;
  std::string line;
  std::size_t length = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string word = text.substr(at, end - at);
    const std::size_t letters = to_utf32(word).size();
    if (!line.empty() && length + 1 + letters > columns) {
      lines.push_back(std::exchange(line, ""));
      length = 0;
    }
    line += (line.empty() ? "" : " ") + word;
    length += letters + 1;
    at = end + 1;
  }
  if (!line.empty()) lines.push_back(line);
  return lines;
}

}  // namespace mithaq::service
