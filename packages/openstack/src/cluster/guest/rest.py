"""What members ask of each other's Patroni and etcd, by certificates."""
import http.client
import json
import ssl
import urllib.error
import urllib.request

from common import AUTHORITY, CERTIFICATE, KEY, Trouble


def call(url, method="GET", body=None, timeout=5):
    context = ssl.create_default_context(cafile=AUTHORITY)
    context.load_cert_chain(CERTIFICATE, KEY)
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=timeout, context=context) as answer:
            return answer.read().decode()
    except urllib.error.HTTPError as refused:
        if method == "GET" and refused.code == 503:  # it runs, and is not what is asked for
            return refused.read().decode()
        raise Trouble(f"{url}: {refused.code} {refused.read().decode()[:200]}") from refused
    except (OSError, http.client.HTTPException) as lost:
        raise Trouble(f"{url}: {lost}") from lost


def get(address, path):
    return json.loads(call(f"https://{address}:8008/{path}"))


def post(address, path, body, method="POST"):
    return call(f"https://{address}:8008/{path}", method, body, timeout=120)


class View:
    """The cluster as this member's Patroni sees it."""

    def __init__(self, me):
        self.me = me
        self.own = get(me["address"], "patroni")
        self.members = {member["name"]: member for member in get(me["address"], "cluster")["members"]}
        self.mine = self.members.get(me["name"], {})

    @property
    def leads(self):
        return self.mine.get("role") == "leader" and self.own.get("role") == "primary" and self.own.get("state") == "running"

    @property
    def streams(self):
        return self.mine.get("role") in ("replica", "sync_standby") and self.mine.get("state") == "streaming"

    @property
    def role(self):
        if self.leads:
            return "leader"
        running = self.own.get("state") == "running" and self.own.get("role") == "replica"
        return "standby" if running else "starting"

    @property
    def lag(self):
        lag = self.mine.get("lag", 0)
        return lag if isinstance(lag, int) else None

    def standbys(self):
        return [member for member in self.members.values() if member.get("role") in ("replica", "sync_standby")]
