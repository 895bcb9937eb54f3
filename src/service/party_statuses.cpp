#include "service/party_statuses.hpp"

#include <memory>
#include <mutex>

#include "service/convening.hpp"

namespace mithaq::service {

namespace {

// A connection to the record of its own, for one question at a time.
class Statuses {
 public:
  explicit Statuses(WorkspaceOptions options) : options_(std::move(options)) {
    if (!options_.convening) options_.convening = std::make_shared<Convening>(options_.data);
    options_.cache_bytes = 1 << 20;  // it looks at the end of the log alone
  }

  std::vector<access::Held> held(const std::string& party, Instant at) {
    const std::lock_guard guard(lock_);
    // Another file may have been put under the record's name.
    const auto found = record::identity_of(options_.record);
    if (!workspace_ || found_ != found) {
      workspace_ = std::make_unique<Workspace>(options_);
      found_ = found;
    }
    return options_.convening->read(
        *workspace_, [&](const secretariat::Secretariat& state) { return state.standing().held(party, at); });
  }

 private:
  std::mutex lock_{};
  WorkspaceOptions options_;
  std::optional<record::FileIdentity> found_{};
  std::unique_ptr<Workspace> workspace_{};
};

}  // namespace

std::function<std::vector<access::Held>(const std::string&, Instant)> party_statuses(
    WorkspaceOptions options) {
  auto statuses = std::make_shared<Statuses>(std::move(options));
  return [statuses](const std::string& party, Instant at) { return statuses->held(party, at); };
}

}  // namespace mithaq::service
