// From the bytes of a text file to UTF-8: which encoding it is in, and the text piece by piece.
//
// A byte order mark stays in the text as U+FEFF (folding drops it), so that offsets into the text are offsets
// into the file's own characters; a UTF-8 file comes through byte for byte.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mithaq::reader {

enum class Encoding {
  utf8,
  utf16le,
  utf16be,
  windows1256,  // Arabic
  iso8859_6,    // Arabic
  windows1251,  // Cyrillic
  windows1252,  // Western European
  binary,       // no text
};

std::string_view name_of(Encoding encoding);  // as the IANA names it, in lower case: "windows-1256"

// The encoding that an HTML page or a mail names; binary if we have none of that name.
Encoding encoding_named(std::string_view name);

// Which encoding some bytes are most probably in. Looks at a few hundred KB in all, however long the text.
//
// A byte order mark decides; else valid UTF-8; else UTF-16 by its zero bytes; else the one of the four code
// pages under which letters stand beside letters as they do in Arabic, Russian or Western languages. Text
// with broken bytes is still UTF-8, up to one for every two letters: no code page looks like that.
Encoding detect_encoding(std::string_view bytes);

// Turns a text into UTF-8 piece by piece. The bytes must outlive it.
class Decoder {
 public:
  Decoder(std::string_view bytes, Encoding encoding);

  bool done() const { return at_ == bytes_.size(); }
  // How many of the bytes have been read.
  std::size_t consumed() const { return at_; }
  // Reads about so many bytes, never less than one character, and appends the text. What is not valid
  // becomes U+FFFD.
  void read(std::size_t input_bytes, std::string& out);
  // How many U+FFFD had to be written so far.
  std::size_t invalid_count() const { return invalid_count_; }

 private:
  void read_utf8(std::size_t end, std::string& out);
  void read_utf16(std::size_t end, std::string& out);
  void read_code_page(std::size_t end, std::string& out);

  std::string_view bytes_;
  Encoding encoding_;
  std::size_t at_ = 0;
  std::size_t invalid_count_ = 0;
  std::vector<std::string> code_page_;  // [byte - 0x80], its UTF-8 form
};

// The whole text at once.
std::string decode(std::string_view bytes, Encoding encoding);

}  // namespace mithaq::reader
