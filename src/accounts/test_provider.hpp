// An OpenID provider for tests: a real server on this machine, with keys made when it starts. It can be told
// to do what a wrong or hostile one would do.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>

#include "accounts/text_forms.hpp"
#include "base/encoding.hpp"
#include "base/sha256.hpp"

namespace mithaq::accounts::test_provider {

using nlohmann::json;

// A key that signs, and its public half as the provider publishes it.
class SigningKey {
 public:
  SigningKey(std::string algorithm, std::string id)
      : algorithm_(std::move(algorithm)),
        id_(std::move(id)),
        key_(algorithm_ == "ES256" ? EVP_EC_gen("prime256v1") : EVP_RSA_gen(2048)) {}
  ~SigningKey() { EVP_PKEY_free(key_); }
  SigningKey(const SigningKey&) = delete;
  SigningKey& operator=(const SigningKey&) = delete;

  json published() const {
    json out = {{"kid", id_}, {"use", "sig"}, {"alg", algorithm_}};
    if (algorithm_ == "ES256") {
      std::string point(65, '\0');
      std::size_t size = 0;
      EVP_PKEY_get_octet_string_param(key_, OSSL_PKEY_PARAM_PUB_KEY,
                                      reinterpret_cast<unsigned char*>(point.data()), point.size(), &size);
      out.update({{"kty", "EC"},
                  {"crv", "P-256"},
                  {"x", to_base64url(point.substr(1, 32))},
                  {"y", to_base64url(point.substr(33, 32))}});
    } else {
      out.update(
          {{"kty", "RSA"}, {"n", number(OSSL_PKEY_PARAM_RSA_N)}, {"e", number(OSSL_PKEY_PARAM_RSA_E)}});
    }
    return out;
  }
  std::string token(const json& claims) const { return token({{"alg", algorithm_}, {"kid", id_}}, claims); }
  // With any header; the signature is the key's own kind.
  std::string token(const json& header, const json& claims) const {
    const std::string part = to_base64url(header.dump()) + "." + to_base64url(claims.dump());
    return part + "." + to_base64url(signature(part));
  }
  // The public key as PEM, which a careless library takes for the secret of an HMAC.
  std::string pem() const {
    BIO* out = BIO_new(BIO_s_mem());
    PEM_write_bio_PUBKEY(out, key_);
    char* text = nullptr;
    const long size = BIO_get_mem_data(out, &text);
    std::string made(text, static_cast<std::size_t>(size));
    BIO_free(out);
    return made;
  }

 private:
  std::string number(const char* name) const {
    BIGNUM* value = nullptr;
    EVP_PKEY_get_bn_param(key_, name, &value);
    std::string bytes(static_cast<std::size_t>(BN_num_bytes(value)), '\0');
    BN_bn2bin(value, reinterpret_cast<unsigned char*>(bytes.data()));
    BN_free(value);
    return to_base64url(bytes);
  }
  std::string signature(const std::string& part) const {
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    std::string made(1024, '\0');
    std::size_t size = made.size();
    EVP_DigestSignInit(context, nullptr, EVP_sha256(), nullptr, key_);
    EVP_DigestSign(context, reinterpret_cast<unsigned char*>(made.data()), &size,
                   reinterpret_cast<const unsigned char*>(part.data()), part.size());
    EVP_MD_CTX_free(context);
    made.resize(size);
    if (algorithm_ != "ES256") return made;
    const auto* bytes = reinterpret_cast<const unsigned char*>(made.data());
    ECDSA_SIG* pair = d2i_ECDSA_SIG(nullptr, &bytes, static_cast<long>(made.size()));
    std::string plain(64, '\0');
    BN_bn2binpad(ECDSA_SIG_get0_r(pair), reinterpret_cast<unsigned char*>(plain.data()), 32);
    BN_bn2binpad(ECDSA_SIG_get0_s(pair), reinterpret_cast<unsigned char*>(plain.data() + 32), 32);
    ECDSA_SIG_free(pair);
    return plain;
  }

  std::string algorithm_, id_;
  EVP_PKEY* key_;
};

inline std::string decoded(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '%' && at + 2 < text.size()) {
      out += *from_hex(text.substr(at + 1, 2));
      at += 2;
    } else {
      out += text[at] == '+' ? ' ' : text[at];
    }
  }
  return out;
}

inline std::map<std::string, std::string> fields_of(std::string_view form) {
  std::map<std::string, std::string> out;
  while (!form.empty()) {
    const std::size_t end = std::min(form.find('&'), form.size());
    const std::string_view pair = form.substr(0, end);
    form.remove_prefix(std::min(end + 1, form.size()));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    out[decoded(pair.substr(0, equals))] = decoded(pair.substr(std::min(equals + 1, pair.size())));
  }
  return out;
}

class Server {
 public:
  static constexpr const char* kClient = "mithaq";
  static constexpr const char* kSecret = "s3cret/+ of the client";

  explicit Server(std::function<std::int64_t()> clock)
      : clock_(std::move(clock)), socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address);
    ::listen(socket_, 16);
    socklen_t length = sizeof address;
    ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &length);
    issuer = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
    described = {{"issuer", issuer},
                 {"authorization_endpoint", issuer + "/authorize"},
                 {"token_endpoint", issuer + "/token"},
                 {"jwks_uri", issuer + "/keys"},
                 {"authorization_response_iss_parameter_supported", true}};
    thread_ = std::thread([this] { run(); });
  }
  ~Server() {
    stopping_ = true;
    ::shutdown(socket_, SHUT_RDWR);
    thread_.join();
    ::close(socket_);
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // A person signs in at the provider: what the browser brings back.
  std::map<std::string, std::string> authorize(const std::string& address) {
    const std::lock_guard guard(lock);
    auto asked = fields_of(address.substr(address.find('?') + 1));
    const std::string code = to_base64url(random_bytes(16));
    codes_[code] = asked;
    return {{"code", code}, {"state", asked["state"]}, {"iss", issuer}};
  }

  std::string issuer{};
  std::mutex lock{};  // of what follows
  json described{};
  json claims = {
      {"sub", "248289"}, {"email", "amina@example.org"}, {"email_verified", true}};  // beside the usual
  std::shared_ptr<SigningKey> key = std::make_shared<SigningKey>("RS256", "first");
  std::function<std::string(const json& claims)> sign{};  // instead of the key
  std::string instead{};  // what is answered instead of anything else, with its head
  std::chrono::milliseconds delay{0};
  std::atomic<int> questions{0};

 private:
  void run() {
    while (!stopping_) {
      const int client = ::accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC);
      if (client < 0) continue;
      serve(client);
      ::close(client);
    }
  }
  void serve(int client) {
    const timeval limit{.tv_sec = 2, .tv_usec = 0};
    ::setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    std::string request;
    std::size_t head = std::string::npos, length = 0;
    char bytes[4096];
    while (head == std::string::npos || request.size() < head + 4 + length) {
      const ssize_t count = ::recv(client, bytes, sizeof bytes, 0);
      if (count <= 0) return;
      request.append(bytes, static_cast<std::size_t>(count));
      head = request.find("\r\n\r\n");
      if (const std::size_t at = request.find("Content-Length: "); head != std::string::npos && at < head)
        length = std::stoul(request.substr(at + 16));
    }
    ++questions;
    std::unique_lock guard(lock);
    const auto wait = delay;
    std::string answer = instead.empty() ? answer_to(request, head) : instead;
    guard.unlock();
    std::this_thread::sleep_for(wait);
    ::send(client, answer.data(), answer.size(), MSG_NOSIGNAL);
  }
  static std::string reply(int status, const json& body) {
    const std::string text = body.dump();
    return "HTTP/1.1 " + std::to_string(status) +
           " X\r\nContent-Type: application/json\r\nConnection: close\r\n" +
           "Content-Length: " + std::to_string(text.size()) + "\r\n\r\n" + text;
  }
  std::string answer_to(const std::string& request, std::size_t head) {
    const std::string path =
        request.substr(request.find(' ') + 1, request.find(" HTTP") - request.find(' ') - 1);
    if (path == "/.well-known/openid-configuration") return reply(200, described);
    if (path == "/keys") return reply(200, {{"keys", json::array({key->published()})}});
    if (path == "/token") return token(request, request.substr(head + 4));
    return reply(404, json::object());
  }
  std::string token(const std::string& request, const std::string& form) {
    auto given = fields_of(form);
    const auto found = codes_.find(given["code"]);
    if (found == codes_.end()) return reply(400, {{"error", "invalid_grant"}});
    auto asked = found->second;
    codes_.erase(found);  // a code counts once
    const Sha256Digest digest = sha256(given["code_verifier"]);
    const std::string challenge = to_base64url({reinterpret_cast<const char*>(digest.data()), digest.size()});
    const std::string basic =
        "Authorization: Basic " + to_base64(std::string(kClient) + ":" + "s3cret%2F%2B%20of%20the%20client");
    if (challenge != asked["code_challenge"] || asked["code_challenge_method"] != "S256" ||
        given["redirect_uri"] != asked["redirect_uri"] || given["grant_type"] != "authorization_code" ||
        request.find(basic) == std::string::npos)
      return reply(400, {{"error", "invalid_grant"}});
    json made = {{"iss", issuer},
                 {"aud", kClient},
                 {"iat", clock_()},
                 {"exp", clock_() + 300},
                 {"nonce", asked["nonce"]}};
    made.update(claims);
    return reply(200, {{"token_type", "Bearer"},
                       {"access_token", "x"},
                       {"id_token", sign ? sign(made) : key->token(made)}});
  }

  std::function<std::int64_t()> clock_;
  int socket_;
  std::atomic<bool> stopping_{false};
  std::map<std::string, std::map<std::string, std::string>> codes_{};
  std::thread thread_{};
};

}  // namespace mithaq::accounts::test_provider
