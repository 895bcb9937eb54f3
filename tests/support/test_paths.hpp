// Where tests find the project's own data and, if it is there, the development data beside the project.
#pragma once

#include <filesystem>
#include <string>

namespace mithaq::test {

// The project's folder.
inline std::filesystem::path project() {
  return MITHAQ_PROJECT_FOLDER;
}
inline std::filesystem::path data() {
  return project() / "data";
}
// The folder ../shared: real documents and gold that are not part of the project. May be absent.
inline std::filesystem::path shared() {
  return project().parent_path() / "shared";
}

}  // namespace mithaq::test

// Skips the rest of a test where ../shared is absent.
#define MITHAQ_NEEDS_SHARED()                                                                   \
  do {                                                                                          \
    if (!std::filesystem::is_directory(mithaq::test::shared())) GTEST_SKIP() << "no ../shared"; \
  } while (false)
