#include "server/compression.hpp"

#include <zlib.h>

#include "base/error.hpp"
#include "base/sha256.hpp"
#include "server/http.hpp"

namespace mithaq::server {

namespace {

// Level 4 takes half the time of the usual 6 for a twentieth more bytes of JSON.
constexpr int kLevel = 4;
constexpr int kWindowBits = 15;
constexpr int kGzipHeader = 16;  // added to the window, asks zlib for RFC 1952
constexpr int kMemoryLevel = 8;

}  // namespace

Coding accepted_coding(std::string_view accept_encoding) {
  const double gzip = accepted_weight(accept_encoding, "gzip");
  const double deflate = accepted_weight(accept_encoding, "deflate");
  if (gzip <= 0 && deflate <= 0) return Coding::identity;
  return gzip >= deflate ? Coding::gzip : Coding::deflate;
}

std::string_view name_of(Coding coding) {
  switch (coding) {
    case Coding::identity:
      return "identity";
    case Coding::gzip:
      return "gzip";
    case Coding::deflate:
      return "deflate";
  }
  return "identity";
}

std::string compressed(std::string_view bytes, Coding coding) {
  if (coding == Coding::identity) return std::string(bytes);
  z_stream stream{};
  const int window = coding == Coding::gzip ? kWindowBits + kGzipHeader : kWindowBits;
  expect(::deflateInit2(&stream, kLevel, Z_DEFLATED, window, kMemoryLevel, Z_DEFAULT_STRATEGY) == Z_OK,
         "zlib starts");
  std::string out(::deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int end = ::deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  ::deflateEnd(&stream);
  expect(end == Z_STREAM_END, "zlib takes the whole answer");
  return out;
}

std::string entity_tag(std::string_view body) {
  return "W/\"" + to_hex(sha256(body)).substr(0, 24) + "\"";
}

bool tag_is_known(std::string_view if_none_match, std::string_view tag) {
  if (if_none_match == "*") return true;
  // Weak comparison (RFC 9110 section 8.8.3.2): W/ makes no difference.
  if (tag.starts_with("W/")) tag.remove_prefix(2);
  return !tag.empty() && if_none_match.find(tag) != std::string_view::npos;
}

}  // namespace mithaq::server
