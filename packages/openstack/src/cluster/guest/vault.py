"""pgBackRest: where backups go, when the next is due, and what is there."""
import datetime
import json
import urllib.parse

from common import DATA, SOCKET, run, write
from secret import kept

CONFIGURATION = "/etc/pgbackrest/pgbackrest.conf"
MISSING, OK = 1, 0  # pgBackRest, Command Reference, info: codes of a stanza's status


def configured(settings):
    """The vaults that this server writes to, or in a copy the ones that it was restored from."""
    return settings.get("backup", {}).get("vaults", [])


def stanza(settings):
    """The name under which this cluster's backups go. A copy of another cluster makes none."""
    return settings["cluster"] if configured(settings) and "restore" not in settings else None


def source(settings):
    """The name under which the backups lie that a new cluster begins with."""
    if not configured(settings):
        return None
    return settings.get("restore", {}).get("cluster", settings["cluster"])


def repository(number, vault, keys, cipher, backup):
    endpoint = urllib.parse.urlsplit(vault["endpoint"])
    values = {
        "type": "s3",
        "path": "/pgbackrest",
        "s3-bucket": vault["bucket"],
        "s3-endpoint": endpoint.netloc,
        "s3-region": vault["region"],
        "s3-uri-style": "path",
        "s3-key": keys["access"],
        "s3-key-secret": keys["secret"],
        "storage-ca-file": "/etc/ssl/certs/ca-certificates.crt",
        "cipher-type": "aes-256-cbc",
        "cipher-pass": cipher,
        "bundle": "y",
        "retention-full-type": "time",
        "retention-full": backup["retentionDays"],
    }
    return "".join(f"repo{number}-{key}={value}\n" for key, value in values.items())


def render(settings):
    """True if the configuration changed. Without vaults there is none."""
    vaults = configured(settings)
    if not vaults:
        return False
    cipher, backup = kept("cipher").hex(), settings["backup"]
    repositories = [
        repository(number, vault, json.loads(kept(f"vault-{number}")), cipher, backup)
        for number, vault in enumerate(vaults, 1)]
    if "restore" in settings:
        write("/etc/kasbah/restore", settings["restore"].get("targetTime") or "")
    text = "[global]\n" + "".join(repositories) + (
        "archive-async=y\nspool-path=/var/spool/pgbackrest\nprocess-max=2\ncompress-type=zst\nstart-fast=y\n"
        "log-level-console=warn\nlog-level-file=off\n"
        f"[{source(settings)}]\npg1-path={DATA}\npg1-socket-path={SOCKET}\npg1-user=postgres\n")
    return write(CONFIGURATION, text, 0o640, group="postgres")


def info(name, repository=1):
    """What pgBackRest says of one stanza in one vault."""
    out = run("pgbackrest", f"--stanza={name}", f"--repo={repository}", "--output=json", "info", user="postgres", timeout=120)
    return json.loads(out)[0]


def complete(found):
    """The backups without an error, oldest first, each as (end in seconds, type)."""
    good = [entry for entry in found["backup"] if not entry.get("error")]
    return sorted((entry["timestamp"]["stop"], entry["type"]) for entry in good)


def due(backups, backup, now):
    """full, diff or None."""
    fulls = [at for at, kind in backups if kind == "full"]
    if not fulls or now - fulls[-1] >= backup["fullEveryDays"] * 86_400:
        return "full"
    return "diff" if now - backups[-1][0] >= backup["differentialEveryHours"] * 3_600 else None


def stamp(seconds):
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
