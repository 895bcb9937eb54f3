// Any bytes as text: encodings, and the same text whatever the pieces.
#include "tests/fuzz/fuzz.hpp"

#include "reader/formats/decode.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mithaq;
  const std::string_view bytes = fuzz::bytes_of(data, size);
  const reader::Encoding detected = reader::detect_encoding(bytes);
  for (const reader::Encoding encoding :
       {reader::Encoding::utf8, reader::Encoding::utf16le, reader::Encoding::utf16be,
        reader::Encoding::windows1256, detected}) {
    if (encoding == reader::Encoding::binary) continue;
    const std::string whole = reader::decode(bytes, encoding);
    expect(find_invalid_utf8(whole) == whole.size(), "decoded text is UTF-8");
    std::string pieces;
    reader::Decoder decoder(bytes, encoding);
    while (!decoder.done()) decoder.read(9, pieces);
    expect(pieces == whole, "the same text in pieces");
    if (encoding == reader::Encoding::utf8 && find_invalid_utf8(bytes) == size)
      expect(whole == bytes, "UTF-8 unchanged");
  }
  return 0;
}
