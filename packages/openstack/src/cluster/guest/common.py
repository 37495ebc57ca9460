"""What every part of the agent uses: places, files, commands."""
import grp
import json
import os
import pwd
import subprocess
import tempfile

KEPT = "/var/lib/kasbah"
SECRETS = f"{KEPT}/secrets"
MEMBER = "/etc/kasbah/member.json"
TLS = "/etc/kasbah/tls"
AUTHORITY, CERTIFICATE, KEY = f"{TLS}/authority.crt", f"{TLS}/member.crt", f"{TLS}/member.key"
VOLUME = "/var/lib/postgresql"
DATA = f"{VOLUME}/17/main"
BIN = "/usr/lib/postgresql/17/bin"
SOCKET = "/var/run/postgresql"


class Trouble(Exception):
    """Goes into the report as it is, so it never quotes a secret."""


def write(path, content, mode=0o644, owner="root", group="root"):
    """Whole or not at all. True if something changed."""
    data = content if isinstance(content, bytes) else content.encode()
    if read(path) == data and os.stat(path).st_mode & 0o777 == mode:
        return False
    os.makedirs(os.path.dirname(path), exist_ok=True)
    handle, partial = tempfile.mkstemp(dir=os.path.dirname(path))
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        os.fchown(handle, pwd.getpwnam(owner).pw_uid, grp.getgrnam(group).gr_gid)
        os.fchmod(handle, mode)
        os.fsync(handle)
    os.rename(partial, path)
    return True


def read(path):
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None


def load(path):
    data = read(path)
    return None if data is None else json.loads(data)


def dump(value):
    return json.dumps(value, indent=1, sort_keys=True) + "\n"


def run(*command, user=None, given=None, timeout=60):
    """Standard output. A failure says the program's last line."""
    try:
        done = subprocess.run(
            command, input=given, user=user, group=user, extra_groups=groups(user), timeout=timeout, cwd="/",
            capture_output=True, text=True, check=False)
    except subprocess.TimeoutExpired as late:
        raise Trouble(f"{command[0]} did not end within {timeout} s") from late
    if done.returncode != 0:
        last = (done.stderr.strip() or done.stdout.strip()).splitlines()[-1:]
        raise Trouble(f"{' '.join(command[:2])}: exit {done.returncode}: {''.join(last)}")
    return done.stdout


def groups(user):
    return None if user is None else [entry.gr_gid for entry in grp.getgrall() if user in entry.gr_mem]


UNITS = ("etcd", "patroni", "pgbouncer", "kasbah-backup@full", "kasbah-backup@diff")
states = {}


def look():
    """The state of all units at once: active, activating, inactive, failed ..."""
    out = run("systemctl", "show", "--property=ActiveState", "--value", *UNITS)
    states.update(zip(UNITS, out.split(), strict=True))


def active(unit):
    return states.get(unit) == "active"


def systemctl(*words):
    run("systemctl", *words, timeout=120)
