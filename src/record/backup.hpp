// A whole record in one file: its log, bodies and signed head, and the tables beside it. The same file from
// SQLite and from PostgreSQL, restored into either. docs/record-format.md describes it.
//
// The key that signs the record is not in it. What follows from the log (tree, tables, full-text index) is
// made anew.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

#include "record/location.hpp"
#include "record/sql_store.hpp"

namespace mithaq::record {

struct BackupReport {
  Seq entries = 0;
  std::uint64_t rows = 0;   // of the tables beside the record
  std::uint64_t bytes = 0;  // of the file
};

using BackupProgress = std::function<void(Seq done, Seq of)>;

// Writes one state of the record, while others may go on reading and writing it.
//   throws  Error{conflict} if there is such a file already, Error{unavailable} if it cannot be written
BackupReport write_backup(const Location& record, const std::filesystem::path& file,
                          const BackupProgress& progress = {});

// Reads a backup to its end.
//   throws  Error{corrupt} if it was cut off or altered, Error{not_found} if there is none
BackupReport check_backup(const std::filesystem::path& file);

// Makes a record out of a backup and verifies it from end to end. Nothing is left behind if it fails.
//   options  only the analyzer is used
//   throws   Error{conflict} if there is a record already, Error{corrupt} if the backup is not as it was
//   written
BackupReport restore_backup(const std::filesystem::path& file, const Location& record,
                            const SqlOptions& options, const BackupProgress& progress = {});

}  // namespace mithaq::record
