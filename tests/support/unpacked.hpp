// The bytes of a packed file of the development data.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <string>

namespace mithaq::test {

// By the program xz, which unpacks on every machine that builds ours.
inline std::string unpacked(const std::filesystem::path& file) {
  std::string out;
  std::FILE* pipe = popen(("xz -dc '" + file.string() + "'").c_str(), "r");
  if (pipe == nullptr) {
    ADD_FAILURE() << "xz cannot be started";
    return out;
  }
  std::array<char, 1 << 16> buffer{};
  for (std::size_t count = 0; (count = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
    out.append(buffer.data(), count);
  EXPECT_EQ(pclose(pipe), 0) << file;
  return out;
}

}  // namespace mithaq::test
