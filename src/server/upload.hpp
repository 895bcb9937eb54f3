// The bytes of a file that a request carries, kept aside until they are whole and a route takes them.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>

namespace mithaq::server {

// How many bytes of uploads may be on their way at once, in all; shared by all uploads of a server.
class UploadRoom {
 public:
  explicit UploadRoom(std::uint64_t bytes_max) : free_(bytes_max) {}
  bool take(std::uint64_t bytes);
  void give_back(std::uint64_t bytes) { free_ += bytes; }

 private:
  std::atomic<std::uint64_t> free_;
};

// A file without a name: when the process ends in whatever way, nothing of it is left.
class Upload {
 public:
  //   folder    where the file lies
  //   expected  the bytes that the request says it carries; 0 if it does not say
  //   throws    HttpError{503, busy} if there is no room for so many bytes now, HttpError{507} if the
  //             disk is full, HttpError{503} if no file can be made there
  Upload(const std::filesystem::path& folder, UploadRoom& room, std::uint64_t expected);
  ~Upload();
  Upload(const Upload&) = delete;
  Upload& operator=(const Upload&) = delete;

  //   throws  HttpError{507} if the disk is full, HttpError{503, busy} if there is no room
  void append(std::string_view bytes);

  std::uint64_t size() const { return size_; }
  // All of them. Valid as long as the upload.
  //   throws  Error{unavailable} if they cannot be mapped
  std::string_view bytes() const;

 private:
  void reserve(std::uint64_t bytes);

  UploadRoom& room_;
  int file_ = -1;
  std::uint64_t size_ = 0;
  std::uint64_t reserved_ = 0;
  mutable const char* mapped_ = nullptr;
};

}  // namespace mithaq::server
