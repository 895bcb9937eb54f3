#include "server/page.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace mithaq::server {
namespace {

namespace fs = std::filesystem;

class PageTest : public ::testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::path(::testing::TempDir()) / ("mithaq-page-" + std::to_string(::getpid()));
    fs::create_directories(folder() / "assets");
    write("index.html", "<p>page");
    write("index.html.gz", "packed page");
    write("mark.svg", "<svg/>");
    write("assets/a-1f.js", "run()");
    write("assets/a-1f.js.br", "br run");
    write(".secret", "secret");
    std::ofstream(root_ / "outside.txt") << "secret";
  }
  void TearDown() override { fs::remove_all(root_); }
  fs::path folder() const { return root_ / "page"; }
  void write(const std::string& name, const std::string& bytes) { std::ofstream(folder() / name) << bytes; }
  Response ask(const std::string& target, const std::string& accept_encoding = "") {
    Request request{.path = parse_target(target).segments};
    request.headers["accept-encoding"] = accept_encoding;
    return Page(folder()).answer(request);
  }
  static std::string header(const Response& response, const std::string& name) {
    for (const auto& [key, value] : response.headers) {
      if (key == name) return value;
    }
    return "";
  }
  fs::path root_{};
};

TEST_F(PageTest, SendsFilesWithTheirTypes) {
  EXPECT_EQ(ask("/").body, "<p>page");
  EXPECT_EQ(ask("/").type, "text/html; charset=utf-8");
  EXPECT_EQ(header(ask("/"), "Cache-Control"), "");
  EXPECT_EQ(ask("/mark.svg").type, "image/svg+xml");
  const Response asset = ask("/assets/a-1f.js");
  EXPECT_EQ(asset.body, "run()");
  EXPECT_EQ(asset.type, "text/javascript; charset=utf-8");
  EXPECT_EQ(header(asset, "Cache-Control"), "public, max-age=31536000, immutable");
}

TEST_F(PageTest, SendsWhatIsPackedAlready) {
  EXPECT_EQ(ask("/", "gzip, br").body, "packed page");
  EXPECT_EQ(header(ask("/", "gzip, br"), "Content-Encoding"), "gzip");
  EXPECT_EQ(header(ask("/assets/a-1f.js", "gzip, br"), "Content-Encoding"), "br");
  EXPECT_EQ(ask("/assets/a-1f.js", "gzip").body, "run()");
  EXPECT_EQ(ask("/assets/a-1f.js", "br;q=0").body, "run()");
}

TEST_F(PageTest, GivesItsViewsTheIndex) {
  EXPECT_EQ(ask("/documents/sha256-1f").body, "<p>page");
  EXPECT_EQ(ask("/documents/02-report.ar.md").body, "<p>page");
  EXPECT_EQ(ask("/ask").body, "<p>page");
  for (const char* target : {"/api/v1/nothing", "/api", "/auth/x", "/feeds/x.atom", "/metrics/x",
                             "/healthz/x", "/assets/gone.js", "/favicon.ico", "/assets"}) {
    EXPECT_THROW(ask(target), Error) << target;
  }
}

TEST_F(PageTest, LetsNobodyOut) {
  fs::create_symlink(root_ / "outside.txt", folder() / "link.txt");
  fs::create_symlink(root_, folder() / "assets" / "up");
  for (const char* target : {"/.secret", "/link.txt", "/assets/up/outside.txt", "/assets/..%2Foutside.txt",
                             "/assets/%2E%2E%2Foutside.txt", "/..%5Coutside.txt", "//outside.txt",
                             "/assets//", "/..%2F..%2Foutside.txt"}) {
    try {
      EXPECT_EQ(ask(target).body.find("secret"), std::string::npos) << target;
    } catch (const Error&) {
    }
  }
  EXPECT_THROW(ask("/../outside.txt"), Error);
}

TEST_F(PageTest, SaysHowToBuildItWhereItIsNot) {
  Request request{.path = {""}};
  for (const fs::path& folder : {fs::path(), root_ / "nowhere"}) {
    const Response response = Page(folder).answer(request);
    EXPECT_NE(response.body.find("npm run build"), std::string::npos);
    EXPECT_EQ(response.type, "text/html; charset=utf-8");
  }
  request.path = {"documents"};
  EXPECT_THROW(Page({}).answer(request), Error);
}

}  // namespace
}  // namespace mithaq::server
