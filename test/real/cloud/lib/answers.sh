# What the lab tells those who use it: env.sh for shells, facts.json for tests.
ports() { set | grep -E '^P_[A-Z0-9]+=' | tr '\n' ' '; }
seed() {                                                    # seed PART
  run env LAB_PORTS="$(ports)" LAB_FRONT="$FRONT" LAB_REGION2="$REGION2" LAB_ZONES="$ZONES" OS_AUTH_URL="$AUTH" LAB_PW="$PW" LAB_REGION="$REGION" \
    /usr/bin/python3 "$HERE/seed.py" "$1" >>"$LOG/seed.log" 2>&1 9>&- || { tail -5 "$LOG/seed.log"; die "seed $1"; }
}
node_bundle() {                                             # Node takes one file: ours, after what it was given before
  local given=${NODE_EXTRA_CA_CERTS:-}
  { [ ! -f "$given" ] || [ "$given" = "$REAL_HOME/node-ca.pem" ] || cat "$given"; cat "$CA"; } | written node-ca.pem
}
answers() {
  node_bundle
  written env.sh <<A
# The running lab, as its administrator. Written by up.sh.
export OS_AUTH_URL=$PUBLIC_AUTH OS_IDENTITY_API_VERSION=3 OS_REGION_NAME=$REGION OS_CACERT=$CA
export OS_USERNAME=admin OS_PASSWORD=$PW OS_PROJECT_NAME=admin OS_USER_DOMAIN_NAME=Default OS_PROJECT_DOMAIN_NAME=Default
export LAB_CA=$CA LAB_SECOND_REGION=$REGION2 LAB_FRONT=$FRONT
export LAB_MIRROR=http://$FRONT:$P_MIRROR/debian LAB_SECURITY_MIRROR=http://$FRONT:$P_MIRROR/debian-security
export NODE_EXTRA_CA_CERTS=$REAL_HOME/node-ca.pem
export GUEST_HOME=$GUEST_HOME GUEST_DIR=$GUEST_DIR GUEST_SH=$GUEST_SH LAB_PROVIDER=$REAL_HOME/provider/bin
export PATH=$REAL_HOME/provider/bin:\$PATH
A
  written facts.json <<A
{
  "front": "$FRONT",
  "authUrl": "$PUBLIC_AUTH",
  "region": "$REGION",
  "secondRegion": "$REGION2",
  "zones": ["${ZONES// /\", \"}"],
  "caFile": "$CA",
  "nodeCaFile": "$REAL_HOME/node-ca.pem",
  "mirror": "http://$FRONT:$P_MIRROR/debian",
  "securityMirror": "http://$FRONT:$P_MIRROR/debian-security",
  "objectStores": { "$REGION": "https://$FRONT:$P_SWIFT", "$REGION2": "https://$FRONT:$P_SWIFT2" },
  "admin": { "username": "admin", "password": "$PW", "project": "admin" },
  "guestScript": "$GUEST_SH",
  "guestsFolder": "$GUEST_DIR",
  "guestsBase": "$GUEST_HOME",
  "image": "debian-13",
  "externalNetwork": "public"
}
A
}
written() { cat >"$REAL_HOME/$1.new"; mv "$REAL_HOME/$1.new" "$REAL_HOME/$1"; }        # never half a file
