// The record in memory: the plainest thing that keeps the promises of store.hpp, for tests to compare with.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>

#include "record/checkpoint.hpp"
#include "record/store.hpp"

namespace mithaq::record {

struct MemoryOptions {
  std::string origin = "mithaq";
  SigningKey key;
  Clock clock;
  std::function<void(std::span<std::uint8_t>)> random{};  // salts; libsodium's if empty
};

std::unique_ptr<Store> make_memory_store(const MemoryOptions& options);

}  // namespace mithaq::record
