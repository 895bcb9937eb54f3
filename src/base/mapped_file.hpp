// A file's bytes without reading them first.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string_view>

namespace mithaq {

// Maps a whole file for reading. What another program changes in the file meanwhile may show.
class MappedFile {
 public:
  //   throws  Error{not_found} or Error{unavailable} naming the file and the system's reason
  explicit MappedFile(const std::filesystem::path& path);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  std::string_view bytes() const { return {data_, size_}; }
  // Gives the memory of the first bytes back to the system; they are fetched again if they are looked at.
  // Keeps memory flat while a long file is read from start to end.
  void release_before(std::size_t byte) const;

 private:
  const char* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace mithaq
