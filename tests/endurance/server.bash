# For the scripts of this folder that try a server: to start it, to sign in, to ask. Sourced, not run.
#
# Wants $mithaq; works in the current folder, with the record that MITHAQ_RECORD names.

server='' port=''

# Starts the server, with more options if any are given, and waits until it listens.
start() {
  : >address
  "$mithaq" serve --port 0 "$@" >address 2>>log &
  server=$!
  for _ in $(seq 400); do
    grep -qs http address && break
    kill -0 $server 2>/dev/null || { echo "the server did not start"; tail -5 log; exit 1; }
    sleep 0.05
  done
  port=$(sed -n 's/.*127.0.0.1:\([0-9]*\).*/\1/p' address)
}

# add_account ID ROLE [PARTY]: prints its password.
add_account() {
  "$mithaq" accounts add "$1" --name "$1" --role "$2" --party "${3:-OSCE}" | grep -o '[A-Z0-9-]\{23\}'
}

# sign_in ID PASSWORD: signed_ID then holds the header lines of the session, which outlives the server that gave it.
sign_in() {
  local body="{\"account\":\"$1\",\"password\":\"$2\"}" answer cookie csrf
  exec 3<>/dev/tcp/127.0.0.1/$port
  printf 'POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: %s\r\n\r\n%s' \
    "${#body}" "$body" >&3
  answer=$(tr -d '\r' <&3)
  exec 3>&-
  cookie=$(sed -n 's/^Set-Cookie: \([^;]*\).*/\1/p' <<<"$answer")
  csrf=$(sed -n 's/.*"csrf":"\([^"]*\)".*/\1/p' <<<"$answer")
  [ -n "$cookie" ] && [ -n "$csrf" ] || { echo "signing in failed: $answer"; exit 1; }
  printf -v "signed_$1" 'Cookie: %s\r\nX-Mithaq-CSRF: %s\r\n' "$cookie" "$csrf"
}

# ask METHOD TARGET BODY HEADERS [TYPE]: the answer as it comes; fails when the server is gone.
ask() {
  exec 3<>/dev/tcp/127.0.0.1/$port || return 1
  printf '%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%b%bContent-Length: %s\r\n\r\n%s' \
    "$1" "$2" "$4" "${5:+Content-Type: $5\r\n}" "$(printf %s "$3" | wc -c)" "$3" >&3 || { exec 3>&-; return 1; }
  timeout 20 tr -d '\r' <&3
  exec 3>&-
}
