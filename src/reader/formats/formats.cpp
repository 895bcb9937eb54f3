#include "reader/formats/formats.hpp"

#include "base/utf8.hpp"

namespace mithaq::reader {

ReadResult extract(std::string_view bytes, const ReadOptions& options) {
  if (bytes.empty()) return Refusal{Refusal::Reason::empty, "the file is empty"};
  document::Document document;
  document.name = options.name;
  document.format = "text";
  document.encoding = "utf-8";
  document.raw = valid_utf8(bytes);
  return document;
}

}  // namespace mithaq::reader
