#include "base/mapped_file.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "base/error.hpp"

namespace mithaq {
namespace {

TEST(MappedFile, ShowsTheBytesAndShowsThemAgainAfterARelease) {
  const auto path =
      std::filesystem::temp_directory_path() / ("mapped_file_test." + std::to_string(::getpid()));
  const std::string text(100'000, 'x');
  std::ofstream(path) << text;
  {
    const MappedFile file(path);
    EXPECT_EQ(file.bytes(), text);
    file.release_before(50'000);
    EXPECT_EQ(file.bytes(), text);
  }
  std::ofstream(path, std::ios::trunc).flush();
  EXPECT_EQ(MappedFile(path).bytes(), "");
  std::filesystem::remove(path);
}

TEST(MappedFile, NamesTheFileThatIsNotThere) {
  try {
    MappedFile("/no/such/file");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::not_found);
    EXPECT_NE(std::string(error.what()).find("/no/such/file"), std::string::npos);
  }
  EXPECT_THROW(MappedFile("/"), Error);
}

}  // namespace
}  // namespace mithaq
