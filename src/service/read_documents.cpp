#include "service/read_documents.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <iterator>
#include <mutex>
#include <set>
#include <thread>
#include <utility>

#include "base/error.hpp"
#include "base/mapped_file.hpp"
#include "base/sha256.hpp"
#include "record/ingest.hpp"

namespace mithaq::service {

namespace fs = std::filesystem;

namespace {

// What one file gave so far: filled by a worker, emptied by the one thread that appends.
struct FileResult {
  std::vector<document::Document> sections{};
  std::optional<reader::Refusal> refusal{};
  bool known = false;
  bool done = false;
};

// Sections of one file that wait to be appended, at most.
constexpr std::size_t kWaitingSectionsMax = 2;
constexpr std::size_t kHashedAtOnce = 16 * 1024 * 1024;  // bytes
// Files that are read before their turn comes, at most.
constexpr std::size_t kFilesAhead = 64;
constexpr std::chrono::milliseconds kProgressEvery{200};

// Hands out files to the workers and takes their results in order.
class Pipeline {
 public:
  Pipeline(const std::vector<std::string>& files, const reader::Lexicon& lexicon,
           const std::function<bool(const std::string&)>& has)
      : files_(files), lexicon_(lexicon), has_(has), results_(files.size()) {
    std::error_code failed;
    for (const std::string& file : files_) {
      const std::uintmax_t size = fs::file_size(file, failed);
      if (!failed) bytes_ += size;
    }
  }

  // The part of all bytes that is done with. Each is passed twice: for the id, for the text.
  double part_done() const {
    return bytes_ == 0
               ? 1
               : std::min(1.0, static_cast<double>(passed_.load()) / (2.0 * static_cast<double>(bytes_)));
  }

  void work() {
    for (;;) {
      std::size_t mine;
      {
        std::unique_lock lock(mutex_);
        changed_.wait(lock,
                      [&] { return stopped_ || next_ >= files_.size() || next_ < appending_ + kFilesAhead; });
        if (stopped_ || next_ >= files_.size()) return;
        mine = next_++;
      }
      read(mine);
    }
  }

  // Waits for the next section of a file, and tells `waiting` so some times a second.
  //   returns  false when the file has no more
  bool take(std::size_t file, document::Document& section, const std::function<void()>& waiting) {
    std::unique_lock lock(mutex_);
    appending_ = file;
    changed_.notify_all();
    FileResult& result = results_[file];
    const auto ready = [&] { return !result.sections.empty() || result.done; };
    while (!changed_.wait_for(lock, kProgressEvery, ready)) {
      lock.unlock();
      waiting();
      lock.lock();
    }
    if (result.sections.empty()) return false;
    section = std::move(result.sections.front());
    result.sections.erase(result.sections.begin());
    changed_.notify_all();
    return true;
  }

  // What is left to say of a file whose sections are all taken; nothing of it is kept.
  FileResult close(std::size_t file) {
    const std::lock_guard lock(mutex_);
    return std::exchange(results_[file], FileResult{});
  }

  void stop() {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    changed_.notify_all();
  }

 private:
  void read(std::size_t file) {
    std::optional<reader::Refusal> refusal;
    bool known = false;
    std::uint64_t passed = 0, size = 0;  // of this file, each byte twice
    const auto pass = [&](std::uint64_t bytes) {
      passed_ += bytes - passed;
      passed = bytes;
    };
    try {
      const MappedFile mapped(files_[file]);
      size = mapped.bytes().size();
      Sha256 hash;
      for (std::size_t at = 0; at < mapped.bytes().size(); at += kHashedAtOnce) {
        hash.update(mapped.bytes().substr(at, kHashedAtOnce));
        mapped.release_before(at);
        pass(at);
      }
      pass(size);
      const std::string file_hash = to_hex(hash.finish());
      if (has_(file_hash)) {
        known = true;
      } else {
        reader::ReadOptions options;
        options.name = fs::path(files_[file]).filename().string();
        options.id = record::document_id(file_hash, "");
        options.passed = [&](std::size_t bytes) {
          mapped.release_before(bytes);
          pass(size + bytes);
        };
        refusal = reader::read_sections(mapped.bytes(), lexicon_, options, [&](document::Document&& section) {
          give(file, std::move(section));
        });
      }
    } catch (const Error& error) {
      // A file that cannot be opened is that file's trouble, not the run's.
      refusal = reader::Refusal{reader::Refusal::Reason::damaged, error.what()};
    } catch (const std::bad_alloc&) {
      refusal = reader::Refusal{reader::Refusal::Reason::too_large, "not enough memory to read this file"};
    }
    pass(2 * size);
    const std::lock_guard lock(mutex_);
    results_[file].refusal = std::move(refusal);
    results_[file].known = known;
    results_[file].done = true;
    changed_.notify_all();
  }

  void give(std::size_t file, document::Document&& section) {
    std::unique_lock lock(mutex_);
    FileResult& result = results_[file];
    changed_.wait(lock, [&] { return stopped_ || result.sections.size() < kWaitingSectionsMax; });
    if (!stopped_) result.sections.push_back(std::move(section));
    changed_.notify_all();
  }

  const std::vector<std::string>& files_;
  const reader::Lexicon& lexicon_;
  const std::function<bool(const std::string&)>& has_;
  std::vector<FileResult> results_;
  std::mutex mutex_{};
  std::condition_variable changed_{};
  std::size_t next_ = 0;       // the next file to read
  std::size_t appending_ = 0;  // the file whose sections are being appended
  bool stopped_ = false;
  std::uintmax_t bytes_ = 0;              // of all files
  std::atomic<std::uint64_t> passed_{0};  // of them, each twice
};

// Starts workers and ends them on every way out.
class Workers {
 public:
  Workers(Pipeline& pipeline, std::size_t count) : pipeline_(pipeline) {
    for (std::size_t each = 0; each < count; ++each) threads_.emplace_back([&pipeline] { pipeline.work(); });
  }
  ~Workers() {
    pipeline_.stop();
    for (std::thread& thread : threads_) thread.join();
  }

 private:
  Pipeline& pipeline_;
  std::vector<std::thread> threads_{};
};

}  // namespace

std::vector<std::string> files_under(const std::vector<fs::path>& paths) {
  std::vector<std::string> files;
  for (const fs::path& path : paths) {
    std::error_code failed;
    const auto status = fs::status(path, failed);
    if (failed || !fs::exists(status))
      throw Error(ErrorKind::not_found, "no file or folder " + path.string());
    if (!fs::is_directory(status)) {
      files.push_back(path.string());
      continue;
    }
    std::vector<std::string> inside;
    const auto skip = fs::directory_options::skip_permission_denied;
    for (auto at = fs::recursive_directory_iterator(path, skip, failed);
         at != fs::recursive_directory_iterator(); at.increment(failed)) {
      if (failed) break;
      if (at->path().filename().string().starts_with(".")) {
        if (at->is_directory(failed)) at.disable_recursion_pending();
        continue;
      }
      if (at->is_regular_file(failed)) inside.push_back(at->path().string());
    }
    std::sort(inside.begin(), inside.end());
    std::move(inside.begin(), inside.end(), std::back_inserter(files));
  }
  return files;
}

ReadSummary read_documents(Workspace& workspace, const ReadRequest& request) {
  const std::vector<std::string> files = files_under(request.paths);
  const reader::Lexicon& lexicon = workspace.lexicon();
  record::Ingest ingest(workspace.record_to_write());

  // The record is asked by the one thread that holds it; workers only compare with what it had at the start.
  std::vector<std::string> whole;
  std::set<std::string> accounts = {""};
  for (const record::DocumentRow& row :
       workspace.record_to_write().view().documents({.limit = SIZE_MAX / 2})) {
    if (!row.complete) continue;
    whole.push_back(row.id);
    accounts.insert(row.brought_by);
  }
  std::sort(whole.begin(), whole.end());
  // What somebody handed in is not read again, for everybody.
  const std::function<bool(const std::string&)> has = [&](const std::string& file_hash) {
    return std::any_of(accounts.begin(), accounts.end(), [&](const std::string& account) {
      return std::binary_search(whole.begin(), whole.end(), record::document_id(file_hash, account));
    });
  };

  ReadSummary summary;
  summary.files = files.size();
  Pipeline pipeline(files, lexicon, has);
  const std::size_t threads =
      request.threads > 0 ? request.threads : std::max(1u, std::thread::hardware_concurrency());
  const Workers workers(pipeline, std::min(threads, std::max<std::size_t>(files.size(), 1)));

  for (std::size_t file = 0; file < files.size(); ++file) {
    if (request.stop != nullptr && request.stop->load()) {
      summary.stopped = true;
      break;
    }
    const std::string name = fs::path(files[file]).filename().string();
    const auto tell = [&](std::size_t done) {
      if (request.progress) request.progress({done, files.size(), pipeline.part_done(), name});
    };
    bool any = false;
    for (document::Document section; pipeline.take(file, section, [&] { tell(file); });) {
      ingest.add(std::move(section));
      any = true;
    }
    const FileResult result = pipeline.close(file);
    if (result.refusal) {
      if (any) ingest.abandon_document();
      summary.refused.push_back({files[file], result.refusal->reason, result.refusal->message});
    } else if (result.known) {
      ++summary.known;
    } else if (any) {
      switch (ingest.finish_document()) {
        case record::IngestResult::added:
          ++summary.added;
          break;
        case record::IngestResult::known:
          ++summary.known;
          break;
        case record::IngestResult::finished:
          ++summary.finished;
          break;
      }
    }
    tell(file + 1);
  }
  ingest.flush();
  return summary;
}

}  // namespace mithaq::service
