// "Read these papers into the record."
#pragma once

#include <atomic>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "reader/reader.hpp"
#include "service/workspace.hpp"

namespace mithaq::service {

struct ReadProgress {
  std::size_t files_done = 0;
  std::size_t files = 0;
  double part = 0;     // of all bytes, 0 to 1: a folder may hold one large file and many small ones
  std::string name{};  // of the file being appended
};

struct ReadRequest {
  std::vector<std::filesystem::path> paths{};           // files, or folders to read with all their subfolders
  std::size_t threads = 0;                              // 0: as many as the machine has
  std::function<void(const ReadProgress&)> progress{};  // called after each file and some times a second
  const std::atomic<bool>* stop = nullptr;              // set to end after the files in hand
};

struct RefusedFile {
  std::filesystem::path path{};
  reader::Refusal::Reason reason{};
  std::string message{};
};

struct ReadSummary {
  std::size_t files = 0;
  std::size_t added = 0;     // documents new in the record
  std::size_t finished = 0;  // that an earlier run had left unfinished
  std::size_t known = 0;     // the record had them already
  std::vector<RefusedFile> refused{};
  bool stopped = false;
};

// Reads files in parallel and appends them in the order of their paths, so that the same files give the same
// record. One bad file never stops the rest. What a run that was cut off had finished is not read again.
//   throws  Error{not_found} if a path does not exist; errors of the record
ReadSummary read_documents(Workspace& workspace, const ReadRequest& request);

// The files that paths stand for: folders opened, hidden files left out, sorted. As strings: a
// `filesystem::path` takes some 300 bytes more, for each of perhaps a million files.
std::vector<std::string> files_under(const std::vector<std::filesystem::path>& paths);

}  // namespace mithaq::service
