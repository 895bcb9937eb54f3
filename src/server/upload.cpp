#include "server/upload.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "server/http.hpp"

namespace mithaq::server {

namespace {

constexpr std::uint64_t kReservedAtOnce = 1 << 20;

// What the file system says about a file that cannot be kept.
[[noreturn]] void not_kept(int system_error) {
  if (system_error != ENOSPC && system_error != EFBIG && system_error != EDQUOT)
    throw HttpError(503, "unavailable", "files cannot be kept on this server now: nothing of this one was",
                    {{"Retry-After", "5"}});
  throw HttpError(507, "no_space", "no space is left on this server: nothing of the file was kept");
}

}  // namespace

bool UploadRoom::take(std::uint64_t bytes) {
  std::uint64_t free = free_;
  do {
    if (free < bytes) return false;
  } while (!free_.compare_exchange_weak(free, free - bytes));
  return true;
}

Upload::Upload(const std::filesystem::path& folder, UploadRoom& room, std::uint64_t expected) : room_(room) {
  reserve(expected);
  file_ = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (file_ < 0) {
    // A file system without files that have no name.
    std::string name = (folder / "mithaq-upload-XXXXXX").string();
    file_ = ::mkostemp(name.data(), O_CLOEXEC);
    if (file_ >= 0) ::unlink(name.c_str());
  }
  if (file_ < 0) {
    const int problem = errno;
    room_.give_back(reserved_);
    not_kept(problem);
  }
}

Upload::~Upload() {
  if (mapped_ != nullptr) ::munmap(const_cast<char*>(mapped_), size_);
  if (file_ >= 0) ::close(file_);
  room_.give_back(reserved_);
}

void Upload::reserve(std::uint64_t bytes) {
  if (!room_.take(bytes))
    throw HttpError(503, "busy", "too many files are on their way at once: send it again in a moment",
                    {{"Retry-After", "5"}});
  reserved_ += bytes;
}

void Upload::append(std::string_view bytes) {
  if (size_ + bytes.size() > reserved_) reserve(bytes.size() + kReservedAtOnce);
  while (!bytes.empty()) {
    const ssize_t count = ::write(file_, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) not_kept(count < 0 ? errno : ENOSPC);
    size_ += static_cast<std::uint64_t>(count);
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

std::string_view Upload::bytes() const {
  if (size_ == 0) return {};
  if (mapped_ == nullptr) {
    void* place = ::mmap(nullptr, size_, PROT_READ, MAP_SHARED, file_, 0);
    if (place == MAP_FAILED) throw Error(ErrorKind::unavailable, "not enough memory for this");
    mapped_ = static_cast<const char*>(place);
  }
  return {mapped_, static_cast<std::size_t>(size_)};
}

}  // namespace mithaq::server
