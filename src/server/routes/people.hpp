// Whom entries name: accounts by the name that their owner bears.
#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "server/api.hpp"

namespace mithaq::server {

// For one answer: each account is looked up once.
class People {
 public:
  explicit People(const Call& call) : call_(call) {}
  // Of "account:amina" the account's name, and its id where the server does not know it; a name from the
  // command line as it is.
  const std::string& name_of(const std::string& by);
  // {"account":"amina","name":"Amina Karimova"}; "account" is empty for a name from the command line. Null
  // for nobody.
  nlohmann::ordered_json json_of(const std::string& by);

 private:
  const Call& call_;
  std::map<std::string, std::string> names_{};
};

}  // namespace mithaq::server
