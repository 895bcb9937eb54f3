// Any bytes as a Word file, and as the parts of a whole one.
#include "tests/fuzz/fuzz.hpp"

#include <zip.h>

#include "reader/formats/docx.hpp"

namespace {

std::string zip_of(std::string_view part) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(target);
  zip_t* zip = zip_open_from_source(target, ZIP_TRUNCATE, &error);
  for (const char* name :
       {"word/document.xml", "word/styles.xml", "word/numbering.xml", "word/footnotes.xml"}) {
    const zip_int64_t at =
        zip_file_add(zip, name, zip_source_buffer(zip, part.data(), part.size(), 0), ZIP_FL_OVERWRITE);
    zip_set_file_compression(zip, static_cast<zip_uint64_t>(at), ZIP_CM_STORE, 0);
  }
  zip_close(zip);
  zip_source_open(target);
  zip_source_seek(target, 0, SEEK_END);
  std::string out(static_cast<std::size_t>(zip_source_tell(target)), '\0');
  zip_source_seek(target, 0, SEEK_SET);
  zip_source_read(target, out.data(), out.size());
  zip_source_close(target);
  zip_source_free(target);
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mithaq;
  const std::string_view bytes = fuzz::bytes_of(data, size);
  reader::content_of_zip(bytes);
  document::Document direct;
  if (!reader::read_docx(bytes, direct)) fuzz::check(direct);
  document::Document wrapped;
  if (!reader::read_docx(zip_of(bytes), wrapped)) fuzz::check(wrapped);
  return 0;
}
