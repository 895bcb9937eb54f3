#include "record/location.hpp"

#include <sys/stat.h>

#include "base/error.hpp"

namespace mithaq::record {

bool Location::is_file() const {
  return !text_.starts_with("postgresql://") && !text_.starts_with("postgres://");
}

std::filesystem::path Location::file() const {
  expect(is_file(), "a record that is a file");
  return text_;
}

std::string Location::shown() const {
  if (is_file()) return text_;
  std::string out = text_;
  // user:password@host
  const std::size_t begin = out.find("://") + 3;
  const std::size_t host = out.find_first_of("/?", begin);
  const std::size_t at = out.rfind('@', host);
  if (at != std::string::npos && at >= begin) {
    const std::size_t colon = out.find(':', begin);
    if (colon < at) out.erase(colon, at - colon);
  }
  // ?password=… and ?sslpassword=…
  for (std::size_t found = out.find("password="); found != std::string::npos;
       found = out.find("password=", found + 9)) {
    const std::size_t value = found + 9;
    out.erase(value, std::min(out.find('&', value), out.size()) - value);
  }
  return out;
}

std::optional<FileIdentity> identity_of(const Location& record) {
  if (!record.is_file() || record.text() == ":memory:") return FileIdentity{};
  struct stat status {};
  if (::stat(record.file().c_str(), &status) != 0) return std::nullopt;
  return FileIdentity{status.st_dev, status.st_ino};
}

}  // namespace mithaq::record
