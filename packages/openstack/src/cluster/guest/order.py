"""The settings: an object that the program signs. What is not signed by its key is not applied."""
import base64
import json

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from common import KEPT, Trouble, read, write

KEEP = f"{KEPT}/settings.json"
TYPE = "application/vnd.kasbah.settings+json"


def verified(envelope, member):
    """The payload of a DSSE envelope (secure-systems-lab/dsse, protocol.md) signed with the program's key."""
    try:
        outer = json.loads(envelope)
        kind, payload = outer["payloadType"], base64.b64decode(outer["payload"], validate=True)
        signed = b"DSSEv1 %d %s %d %s" % (len(kind), kind.encode(), len(payload), payload)
        signatures = [base64.b64decode(entry["sig"]) for entry in outer["signatures"]]
    except (ValueError, KeyError, TypeError) as broken:
        raise Trouble("the settings are no DSSE envelope") from broken
    public = load_pem_public_key(member["publicKey"].encode())
    if not any(good(public, signature, signed) for signature in signatures):
        raise Trouble("the settings are not signed with this cluster's key")
    settings = json.loads(payload)
    if kind != TYPE or settings.get("format") != 1 or settings.get("cluster") != member["cluster"]:
        raise Trouble(f"the settings are signed, but are not of format 1 for {member['cluster']}")
    return settings


def good(public, signature, signed):
    try:
        public.verify(signature, signed)
        return True
    except InvalidSignature:
        return False


def unsealed(settings, seal):
    data = base64.b64decode(settings["sealed"])
    try:
        return json.loads(AESGCM(seal).decrypt(data[:12], data[12:], settings["cluster"].encode()))
    except InvalidTag as wrong:
        raise Trouble("what is sealed in the settings was not sealed with this cluster's key") from wrong


class Orders:
    """The newest settings that were good, kept over a reboot."""

    def __init__(self, member, bucket):
        self.member, self.bucket, self.etag, self.complaint = member, bucket, None, None
        envelope = read(KEEP)
        self.settings = None if envelope is None else verified(envelope, member)

    def pull(self):
        found = self.bucket.get(self.member["settings"]["object"], self.etag)
        if found is not None:
            envelope, self.etag = found
            self.complaint = self.take(envelope)
        if self.complaint:
            raise Trouble(self.complaint)
        if self.settings is None:
            raise Trouble("there are no settings yet")

    def take(self, envelope):
        try:
            self.settings = verified(envelope, self.member)
        except Trouble as trouble:
            return str(trouble)
        write(KEEP, envelope, 0o600)
        return None
