#!/usr/bin/python3
"""The agent's entry; its parts lie in /usr/local/lib/kasbah."""
import sys

sys.path.insert(0, "/usr/local/lib/kasbah")
import agent  # noqa: E402

agent.main(sys.argv[1:])
