# The front: HAProxy ends TLS for every public API at $FRONT, with a certificate of the lab's own authority, so that
# guests and this machine use the same https addresses. The services themselves listen on loopback, without TLS.
CA=$S/ca.pem
PUBLIC_PORTS="$P_KEYSTONE $P_GLANCE $P_PLACEMENT $P_NOVA $P_NEUTRON $P_CINDER $P_BARBICAN $P_OCTAVIA $P_SWIFT $P_SWIFT2"
certificates() {
  local d=$ETC/front; mkdir -p "$d"
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$d/ca.key" -out "$CA" -days 3650 \
    -subj "/CN=Kasbah lab authority" -addext "keyUsage=critical,keyCertSign,cRLSign"
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$d/front.key" -out "$d/front.csr" \
    -subj "/CN=$FRONT"
  openssl x509 -req -in "$d/front.csr" -CA "$CA" -CAkey "$d/ca.key" -CAcreateserial -days 800 -out "$d/front.crt" \
    -extfile <(printf 'subjectAltName=IP:%s,IP:%s\nextendedKeyUsage=serverAuth\nbasicConstraints=critical,CA:FALSE\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n' "$FRONT" "$IP")
  cat "$d/front.crt" "$d/front.key" >"$d/front.pem"
}
front_address() {                                           # on loopback: not every kernel has dummy interfaces
  ip -4 -o addr show dev lo | grep -qF " $FRONT/32 " || ip addr add "$FRONT/32" dev lo
}
configure_front() {
  local p
  { cat <<C
global
  maxconn 2000
defaults
  mode http
  option forwardfor
  option http-server-close
  timeout connect 5s
  timeout client 15m
  timeout server 15m
C
    for p in $PUBLIC_PORTS; do printf 'frontend f%s\n  bind %s:%s ssl crt %s\n  http-request set-header X-Forwarded-Proto https\n  default_backend b%s\nbackend b%s\n  server s %s:%s\n' "$p" "$FRONT" "$p" "$ETC/front/front.pem" "$p" "$p" "$IP" "$p"; done
  } | put front/haproxy.cfg
}
start_front() { front_address; start front /usr/sbin/haproxy -db -f "$ETC/front/haproxy.cfg"; }
wait_front() {                                              # through it, as everyone will
  curl -sf --retry 20 --retry-connrefused --retry-delay 1 --cacert "$CA" "$PUBLIC_AUTH" >/dev/null || die "the front does not answer, see $LOG/front.log"
}
