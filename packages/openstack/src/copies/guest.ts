/** Where the keys lie once they are fetched: for root alone, on the server's own disk. */
const RCLONE_CONF = "/var/lib/kasbah/rclone.conf";

/** Once: trades the bootstrap credential for the S3 keys, and forgets it. */
export const KEYS = `#!/usr/bin/python3
"""Fetches the S3 keys from the key manager with a credential that may do this and nothing else."""
import json
import os
import urllib.request

BOOTSTRAP = "/etc/kasbah/bootstrap.json"
CONF = "${RCLONE_CONF}"


def call(url, headers, body=None):
    with urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=30) as answer:
        return answer.headers, answer.read()


def section(name, site, keys):
    lines = {
        "type": "s3",
        "provider": "Other",
        "endpoint": site["endpoint"],
        "region": site["region"],
        "access_key_id": keys["access"],
        "secret_access_key": keys["secret"],
        "no_check_bucket": "true",
    }
    return f"[{name}]\\n" + "".join(f"{key} = {value}\\n" for key, value in lines.items())


if not os.path.exists(BOOTSTRAP) and os.path.exists(CONF):
    raise SystemExit(0)
with open(BOOTSTRAP) as file:
    boot = json.load(file)
with open("/etc/kasbah/copies.json") as file:
    copies = json.load(file)
login = {"auth": {"identity": {"methods": ["application_credential"], "application_credential": boot["credential"]}}}
headers, _ = call(boot["identity"] + "/auth/tokens", {"Content-Type": "application/json"}, json.dumps(login).encode())
sites = [("source", copies["source"], boot["refs"]["source"])]
sites += [(vault["name"], vault, ref) for vault, ref in zip(copies["vaults"], boot["refs"]["vaults"], strict=True)]
text = ""
for name, site, ref in sites:
    _, payload = call(ref + "/payload", {"X-Auth-Token": headers["X-Subject-Token"], "Accept": "text/plain"})
    text += section(name, site, json.loads(payload))
os.makedirs(os.path.dirname(CONF), mode=0o700, exist_ok=True)
with os.fdopen(os.open(CONF + ".new", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
    file.write(text)
    os.fsync(file.fileno())
os.rename(CONF + ".new", CONF)
os.remove(BOOTSTRAP)
`;

/** One pass: every vault gets what the source has. What a vault loses by it goes to its history container. */
export const COPY = `#!/usr/bin/python3
"""Copies every object to each vault, and reports. Exits with an error when one of the copies failed."""
import datetime
import json
import subprocess
import sys

RCLONE = ["rclone", "--config", "${RCLONE_CONF}", "--retries", "3", "--log-level", "ERROR"]


def now():
    return datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def rclone(*args, **more):
    return subprocess.run([*RCLONE, *args], capture_output=True, text=True, check=False, **more)


def copy(source, vault):
    started = now()
    target = f"{vault['name']}:{vault['bucket']}"
    run = rclone("sync", f"source:{source['bucket']}", target)
    if run.returncode != 0:
        return {"vault": vault["bucket"], "startedAt": started, "error": run.stderr.strip()[-500:] or "rclone failed"}
    size = json.loads(rclone("size", "--json", target).stdout or "{}")
    held = {"objects": size.get("count"), "bytes": size.get("bytes")}
    return {"vault": vault["bucket"], "startedAt": started, "finishedAt": now(), **held, "error": None}


with open("/etc/kasbah/copies.json") as file:
    copies = json.load(file)
done = [copy(copies["source"], vault) for vault in copies["vaults"]]
report = json.dumps({"format": 1, "server": copies["server"], "generation": copies["generation"], "at": now(), "copies": done})
told = rclone("rcat", f"source:{copies['reports']}/{copies['server']}.json", input=report)
for entry in done:
    if entry["error"] is not None:
        print(f"{entry['vault']}: {entry['error']}", file=sys.stderr)
if told.returncode != 0:
    print(f"report: {told.stderr.strip()[-500:]}", file=sys.stderr)
sys.exit(any(entry["error"] is not None for entry in done) or told.returncode != 0)
`;

/** A mirror that is away for a while is asked again, and so is a key manager. */
const ONCE_AT_BOOT = `Type=oneshot
RemainAfterExit=yes
Restart=on-failure
RestartSec=30
`;

const CONFINED = `NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
Environment=HOME=/var/lib/kasbah
StateDirectory=kasbah
StateDirectoryMode=0700
`;

const AT_BOOT = `[Install]
WantedBy=multi-user.target
`;

/** systemd units by path. A pass that takes longer than the interval is followed by the next at once, never by two. */
export const unitsOf = (everyMinutes: number): Readonly<Record<string, string>> => ({
  "kasbah-copies-packages.service": `[Unit]
Description=Packages of the copies
Wants=network-online.target
After=network-online.target
[Service]
${ONCE_AT_BOOT}Environment=DEBIAN_FRONTEND=noninteractive
ExecStart=/bin/sh -ec "command -v rclone || { apt-get -q update; apt-get -qy install rclone unattended-upgrades; }"
${AT_BOOT}`,
  "kasbah-copies-keys.service": `[Unit]
Description=S3 keys of the copies
Wants=network-online.target
After=network-online.target
[Service]
${ONCE_AT_BOOT}${CONFINED}ReadWritePaths=/etc/kasbah
ExecStart=/usr/local/sbin/kasbah-copies-keys
${AT_BOOT}`,
  "kasbah-copies.service": `[Unit]
Description=Copies of objects
Requires=kasbah-copies-packages.service kasbah-copies-keys.service
After=kasbah-copies-packages.service kasbah-copies-keys.service
[Service]
Type=oneshot
${CONFINED}ExecStart=/usr/local/sbin/kasbah-copies
`,
  "kasbah-copies.timer": `[Unit]
Description=Copies of objects, every ${everyMinutes} minutes
[Timer]
OnBootSec=1min
OnUnitActiveSec=${everyMinutes}min
AccuracySec=10s
[Install]
WantedBy=timers.target
`,
});
