/** Where the password lies when there is no key manager: readable by root only. */
export const PASSWORD_FILE = "/var/lib/postgresql/kasbah/password";

const HEAD = `#!/usr/bin/python3
"""Prints the SCRAM verifier of the administrator's password. The password is printed nowhere."""
import base64
import hashlib
import hmac
import json
import os
import secrets
import urllib.request


def verifier(password):
    """RFC 5802 and 7677, in the form of PostgreSQL's pg_authid.rolpassword."""
    salt = secrets.token_bytes(16)
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 4096)
    stored = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    server = hmac.digest(salted, b"Server Key", "sha256")
    text = lambda value: base64.b64encode(value).decode()
    return f"SCRAM-SHA-256$4096:{text(salt)}\${text(stored)}:{text(server)}"

`;

/** The key manager made 32 random bytes; the password is their hexadecimal form. */
export const VERIFIER_FROM_KEY_MANAGER = `${HEAD}
def call(url, headers, body=None):
    with urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=30) as answer:
        return answer.headers, answer.read()


with open("/etc/kasbah/bootstrap.json") as file:
    boot = json.load(file)
credential = {"id": boot["id"], "secret": boot["secret"]}
login = {"auth": {"identity": {"methods": ["application_credential"], "application_credential": credential}}}
headers, _ = call(boot["identity"] + "/auth/tokens", {"Content-Type": "application/json"}, json.dumps(login).encode())
token = headers["X-Subject-Token"]
_, payload = call(boot["payload"], {"X-Auth-Token": token, "Accept": "application/octet-stream"})
if len(payload) != 32:
    raise SystemExit(f"expected 32 bytes of the key manager, got {len(payload)}")
print(verifier(payload.hex()))
`;

export const VERIFIER_MADE_HERE = `${HEAD}
PATH = "${PASSWORD_FILE}"
if not os.path.exists(PATH):
    os.makedirs(os.path.dirname(PATH), exist_ok=True)
    with os.fdopen(os.open(PATH + ".new", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(secrets.token_hex(32))
    os.rename(PATH + ".new", PATH)
with open(PATH) as file:
    print(verifier(file.read()))
`;
