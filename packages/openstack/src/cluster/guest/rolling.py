"""What is done to one member after another: restarts that settings need, and the handing over before a replacement."""
import re

import rest
from common import BIN, Trouble, run


class Restarts:
    """Standbys first, the leader last. A value that was lowered reaches the standbys only after the leader: once more."""

    def __init__(self):
        self.tried = {}

    def go_on(self, view):
        """On the leader: one step."""
        waiting = [member for member in view.members.values() if pending(member)]
        if not waiting:
            self.tried = {}
            return
        if any(member.get("state") != "streaming" for member in view.standbys()):
            return
        rounds = self.tried.get(view.me["name"], 0)
        for member in sorted(waiting, key=lambda member: member is view.mine):
            if self.tried.get(member["name"], 0) <= rounds and rounds < 2:
                self.tried[member["name"]] = self.tried.get(member["name"], 0) + 1
                rest.post(member["host"], "restart", {})
                return


def pending(member):
    return bool(member.get("pending_restart") or member.get("tags", {}).get("stale"))


def stale(view):
    """A newer PostgreSQL is installed than the one that runs."""
    found = re.search(r" (\d+)\.(\d+)", run(f"{BIN}/postgres", "--version"))
    running = view.own.get("server_version")
    return bool(found and running) and int(found[1]) * 10_000 + int(found[2]) > running


def successor(view, settings):
    """Who should lead, if the one that leads is of an old generation: None if it should go on."""
    wanted, leader = settings["generation"], leading(view)
    if leader is None or generation(leader) == wanted:
        return None
    ready = {member["name"]: member for member in view.standbys() if member.get("state") == "streaming"}
    order = [member["name"] for member in settings["members"]]
    new = [name for name in order if name in ready and generation(ready[name]) == wanted]
    later = [name for name in order[order.index(leader["name"]) + 1:] if name in ready] if leader["name"] in order else []
    return (new or later[-1:] or [None])[0]


def leading(view):
    return next((member for member in view.members.values() if member.get("role") == "leader"), None)


def generation(member):
    return member.get("tags", {}).get("generation")


def steps_back(view, settings):
    """This standby shall not be the synchronous one now, so that the successor becomes it: only that one can take over."""
    name = successor(view, settings)
    return name is not None and name != view.me["name"] and view.mine.get("role") in ("replica", "sync_standby")


def hand_over(view, settings):
    """On the leader."""
    name = successor(view, settings)
    if name is None:
        return
    if view.members[name].get("role") != "sync_standby":
        raise Trouble(f"{name} is to take over and is not synchronous yet")
    rest.post(view.me["address"], "switchover", {"leader": view.me["name"], "candidate": name})
