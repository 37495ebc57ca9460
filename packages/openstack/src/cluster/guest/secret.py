"""Secrets of the key manager: what a server keeps from its first boot on, and passwords that come later."""
import base64
import json
import os
import time
import urllib.error
import urllib.request

from common import KEPT, SECRETS, Trouble, load, read, write

BOOTSTRAP = "/etc/kasbah/bootstrap.json"
BYTES, TEXT = "application/octet-stream", "text/plain"


class KeyManager:
    """One application credential, which may read the payloads that it was made for."""

    def __init__(self, identity, credential):
        self.identity, self.credential, self.token = identity, credential, None

    def payload(self, ref, kind):
        if self.token is None:
            self.token = self.login()
        _, body = call(f"{ref}/payload", {"X-Auth-Token": self.token, "Accept": kind}, None)
        return body

    def password(self, ref):
        return key(self.payload(ref, BYTES)).hex()

    def login(self):
        wanted = {"methods": ["application_credential"], "application_credential": self.credential}
        body = json.dumps({"auth": {"identity": wanted}}).encode()
        headers, _ = call(f"{self.identity}/auth/tokens", {"Content-Type": "application/json"}, body)
        return headers["X-Subject-Token"]


def call(url, headers, body):
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=30) as answer:
            return answer.headers, answer.read()
    except urllib.error.HTTPError as refused:
        hint = ": the credential has expired, or is not for this" if refused.code in (401, 403, 404) else ""
        raise Trouble(f"{url}: {refused.code} {refused.reason}{hint}") from refused
    except OSError as lost:
        raise Trouble(f"{url}: {lost}") from lost


def key(data):
    if len(data) != 32:
        raise Trouble(f"expected 32 bytes of the key manager, got {len(data)}")
    return data


def fetched(manager, refs):
    """Each file and its bytes. Keys are 32 bytes; what a program wrote is text."""
    yield "authority", key(manager.payload(refs["authority"], BYTES))
    yield "seal", key(base64.b64decode(manager.payload(refs["seal"], TEXT)))
    yield "cipher", key(manager.payload(refs["cipher"], BYTES))
    yield "settings-keys", manager.payload(refs["settingsKeys"], TEXT)
    for number, ref in enumerate(refs["vaults"], 1):
        yield f"vault-{number}", manager.payload(ref, TEXT)


def enrol():
    """Fetches what a member keeps, for as long as it takes, and deletes the credential that it was fetched with."""
    os.makedirs(SECRETS, mode=0o700, exist_ok=True)
    os.chmod(KEPT, 0o711)
    said = None
    while (boot := load(BOOTSTRAP)) is not None:
        try:
            for name, data in fetched(KeyManager(boot["identity"], boot["credential"]), boot["refs"]):
                write(f"{SECRETS}/{name}", data, 0o600)
            os.remove(BOOTSTRAP)
        except Trouble as trouble:
            if str(trouble) != said:
                said = str(trouble)
                print(f"secrets are not here yet: {said}", flush=True)
            time.sleep(10)


def kept(name):
    data = read(f"{SECRETS}/{name}")
    if data is None:
        raise Trouble(f"the secret {name} was never fetched: replace this server")
    return data
