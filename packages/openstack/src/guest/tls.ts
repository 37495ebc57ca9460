/**
 * The server's certificate, renewed a month before its end, and the authority that signs it. Both are made here and lie
 * on the data volume; the chain that the server sends ends in the authority's certificate, so that
 * `openssl s_client -starttls postgres -showcerts` shows it.
 */
export const TLS = `#!/bin/bash
set -euo pipefail
. /etc/kasbah/server.env
umask 077
install --directory --mode=0755 /var/lib/postgresql/kasbah /var/lib/postgresql/kasbah/tls
cd /var/lib/postgresql/kasbah/tls

if [ ! -s ca.crt ]; then
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -days 3650 \\
    -subj "/CN=Kasbah Postgres authority" -addext "keyUsage=critical,keyCertSign,cRLSign" \\
    -keyout ca.key.new -out ca.crt.new 2>/dev/null
  chmod 0644 ca.crt.new
  mv ca.key.new ca.key
  mv ca.crt.new ca.crt
fi
chown root:root ca.key

if [ -s server.crt ] && openssl x509 -in server.crt -noout -checkend 2592000 >/dev/null &&
  openssl x509 -in server.crt -noout -checkip "$ADDRESS" | grep --quiet "does match"; then
  chown postgres:postgres server.key
  exit 0
fi

openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -subj "/CN=$ADDRESS" \\
  -keyout server.key.new -out server.csr 2>/dev/null
openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -days 90 -sha256 -out server.crt.new -extfile <(
  printf 'subjectAltName=IP:%s\\nextendedKeyUsage=serverAuth\\nbasicConstraints=critical,CA:FALSE\\n' "$ADDRESS"
) 2>/dev/null
cat ca.crt >>server.crt.new
chmod 0644 server.crt.new
chown postgres:postgres server.key.new
mv server.key.new server.key
mv server.crt.new server.crt
if systemctl is-active --quiet postgresql@17-main.service; then systemctl reload postgresql@17-main.service; fi
`;
