// HTML and XML as a stream of tags and text, without a tree.
//
// Why our own: a tree costs 50 to 100 bytes of memory for a byte of tags, and gumbo takes time quadratic in
// the depth (40,000 nested <div> took it 48 s). This one keeps nothing but its place: its time is linear in
// the text and its memory constant, whatever the text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace mithaq::reader {

enum class Dialect { html, xml };

struct MarkupToken {
  enum class Kind { text, open, close, end };
  Kind kind = Kind::end;
  std::string_view name{};        // of a tag, as written: "p", "W:P"
  std::string_view attributes{};  // of an open tag, as written
  std::string_view text{};        // as written, entities not resolved
  bool self_closing = false;      // <br/>
  bool literal = false;           // text in which & is itself: CDATA, <script>
};

class MarkupScanner {
 public:
  // The text is UTF-8 and must outlive the scanner.
  MarkupScanner(std::string_view text, Dialect dialect) : text_(text), dialect_(dialect) {}

  // The next tag or run of text; Kind::end for ever after the last. Comments, declarations and processing
  // instructions are passed over. In HTML the inside of <script>, <style> and their like is one literal text.
  MarkupToken next();

 private:
  std::string_view text_;
  Dialect dialect_;
  std::size_t at_ = 0;
  std::string_view raw_until_{};  // the name of the raw-text element that is open
};

// The value of an attribute, entities resolved; empty if there is none of that name.
//   name  in small letters; HTML's attributes are compared without regard to case
std::string attribute(const MarkupToken& token, std::string_view name, Dialect dialect);

// Appends text with its entities (&amp; &#1593; &laquo;) resolved. What is none of them stays as written.
void append_unescaped(std::string& out, std::string_view text, Dialect dialect);

// Compares an ASCII name with one in small letters.
bool equals_ignoring_case(std::string_view name, std::string_view lower);

}  // namespace mithaq::reader
