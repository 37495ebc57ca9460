"""Security groups for servers that run (nova_guest.py): what neutron's database says of a
server's ports becomes an nftables ruleset in its network namespace.

`python3 -m lab_plugins.security_groups` keeps the rulesets of all guests as the database is.
As in neutron: what no rule allows is dropped without an answer, in both directions, answers to
what was allowed come back, and a port sends from its own addresses only. Unlike it: this machine
itself, whose address is the subnet's gateway, gets in everywhere, for the tests' sake.
"""
import ipaddress
import json
import os
import subprocess
import time

import pymysql
import pymysql.cursors

SECONDS = 2
TABLE = 'security-groups'
PORTED = {'tcp': 'tcp', '6': 'tcp', 'udp': 'udp', '17': 'udp', 'sctp': 'sctp', '132': 'sctp'}
ICMP = {('IPv4', 'icmp'): 'icmp', ('IPv4', '1'): 'icmp', ('IPv6', 'icmp'): 'icmpv6',
        ('IPv6', 'ipv6-icmp'): 'icmpv6', ('IPv6', 'icmpv6'): 'icmpv6', ('IPv6', '58'): 'icmpv6'}
NEIGHBOURS = 'icmpv6 type { 130, 131, 132, 133, 134, 135, 136 } accept'
QUERIES = {
    'ports': 'SELECT id, mac_address FROM ports',
    'addresses': 'SELECT port_id AS k, ip_address AS v FROM ipallocations',
    'pairs': 'SELECT port_id AS k, ip_address AS v FROM allowedaddresspairs',
    'groups': 'SELECT port_id AS k, security_group_id AS v FROM securitygroupportbindings',
    'sets': 'SELECT address_group_id AS k, address AS v FROM address_associations',
    'open': 'SELECT port_id FROM portsecuritybindings WHERE NOT port_security_enabled',
    'rules': 'SELECT security_group_id, direction, ethertype, protocol, port_range_min AS low,'
             ' port_range_max AS high, remote_ip_prefix AS prefix, remote_group_id AS remote,'
             ' remote_address_group_id AS address_set FROM securitygrouprules',
}


def grouped(rows):
    found = {}
    for row in rows:
        found.setdefault(row['k'], set()).add(row['v'])
    return found


class Neutron:
    """What the database says now."""

    def __init__(self):
        at = json.loads(os.environ['LAB_NEUTRON_DB'])
        with pymysql.connect(**at, cursorclass=pymysql.cursors.DictCursor) as connection:
            with connection.cursor() as cursor:
                rows = {name: self._all(cursor, query) for name, query in QUERIES.items()}
        self.by_mac = {row['mac_address']: row['id'] for row in rows['ports']}
        self.addresses, self.pairs = grouped(rows['addresses']), grouped(rows['pairs'])
        self.groups, self.sets = grouped(rows['groups']), grouped(rows['sets'])
        self.open = {row['port_id'] for row in rows['open']}
        self.rules = rows['rules']

    @staticmethod
    def _all(cursor, query):
        cursor.execute(query)
        return cursor.fetchall()

    def own(self, port):
        """The addresses that a port may send from."""
        return self.addresses.get(port, set()) | self.pairs.get(port, set())

    def members(self, group):
        return {address for port, groups in self.groups.items() if group in groups
                for address in self.own(port)}


def one_of(addresses, version):
    fitting = sorted(str(n) for n in map(ipaddress.ip_network, addresses) if n.version == version)
    return '{ %s }' % ', '.join(fitting) if fitting else None


def remote(neutron, rule, version, end):
    """What the other end has to be: '' is anything, None is nobody."""
    family = 'ip' if version == 4 else 'ip6'
    if rule['remote']:
        wanted = one_of(neutron.members(rule['remote']), version)
    elif rule['address_set']:
        wanted = one_of(neutron.sets.get(rule['address_set'], ()), version)
    elif rule['prefix'] and not rule['prefix'].endswith('/0'):
        wanted = rule['prefix']
    else:
        return ''
    return wanted and '%s %s %s ' % (family, end, wanted)


def service(rule):
    protocol, low, high = rule['protocol'], rule['low'], rule['high']
    if protocol in (None, '0', 'any'):
        return ''
    icmp = ICMP.get((rule['ethertype'], protocol))
    if icmp:
        kind = '' if low is None else ' %s type %d' % (icmp, low)
        code = '' if high is None else ' %s code %d' % (icmp, high)
        return 'meta l4proto %s%s%s ' % ('ipv6-icmp' if icmp == 'icmpv6' else icmp, kind, code)
    ported = PORTED.get(protocol)
    if ported and low is not None:
        return '%s dport %d-%d ' % (ported, low, high)
    return 'meta l4proto %s ' % (ported or protocol)


def allowed(neutron, port, direction):
    """A chain's lines for one port and direction."""
    if port in neutron.open:
        return ['accept']
    lines, groups = set(), neutron.groups.get(port, set())
    for rule in neutron.rules:
        if rule['security_group_id'] in groups and rule['direction'] == direction:
            version = 4 if rule['ethertype'] == 'IPv4' else 6
            who = remote(neutron, rule, version, 'saddr' if direction == 'ingress' else 'daddr')
            if who is not None:
                lines.add('meta nfproto ipv%d %s%saccept' % (version, who, service(rule)))
    return sorted(lines)


def interface(neutron, dev, mac, hosts):
    """The lines of one interface: chains of its own, and what leads into them."""
    port = neutron.by_mac.get(mac)
    chains = ''.join('  chain %s-%s {\n%s  }\n' % (
        dev, direction, ''.join('    %s\n' % line for line in allowed(neutron, port, direction)))
        for direction in ('ingress', 'egress'))
    inward = ['iifname %s ip saddr %s accept' % (dev, host) for host in hosts]
    inward.append('iifname %s jump %s-ingress' % (dev, dev))
    outward = ['oifname %s jump %s-egress' % (dev, dev)]
    spoof = []
    if port not in neutron.open:
        own = one_of(neutron.own(port), 4)
        spoof = ['oifname %s meta nfproto ipv4 %sdrop' % (dev, 'ip saddr != %s ' % own if own else '')]
    return chains, inward, outward, spoof


def ruleset(neutron, nics):
    """The nftables script of a guest; its hooks see what goes over the wire, also what the guest forwards."""
    chains, inward, outward, spoof = '', [], [], []
    for dev, _, mac, host in nics:
        hosts = [] if host == '-' else [address.split('/')[0] for address in host.split(',')]
        more = interface(neutron, dev, mac, hosts)
        chains += more[0]
        inward, outward, spoof = inward + more[1], outward + more[2], spoof + more[3]
    ingress = ['iifname lo accept', 'ct state established,related accept', 'ct state invalid drop',
               NEIGHBOURS, 'udp sport 67 udp dport 68 accept'] + inward
    egress = ['oifname lo accept'] + spoof + ['ct state established,related accept', NEIGHBOURS,
                                              'udp sport 68 udp dport 67 accept'] + outward
    return 'table inet %s\ndelete table inet %s\ntable inet %s {\n%s%s%s}\n' % (
        TABLE, TABLE, TABLE, chains,
        hook('ingress', 'prerouting priority -150', ingress),
        hook('egress', 'postrouting priority 200', egress))


def hook(name, where, lines):
    return '  chain %s {\n    type filter hook %s; policy drop;\n%s  }\n' % (
        name, where, ''.join('    %s\n' % line for line in lines))


def read(path):
    try:
        with open(path) as f:
            return f.read()
    except OSError:
        return ''


def bring(neutron, folder):
    """Writes a guest's ruleset, for guest.sh at its boot, and loads it where it runs. Only if it is another."""
    nics = [line.split() for line in read(os.path.join(folder, 'nics')).splitlines()]
    file = os.path.join(folder, 'firewall.nft')
    text = ruleset(neutron, nics)
    if text == read(file):
        return
    with open(file + '.new', 'w') as f:
        f.write(text)
    os.rename(file + '.new', file)
    space = '/run/netns/guest-' + os.path.basename(folder)
    if os.path.exists(space):
        subprocess.run(['nsenter', '--net=' + space, 'nft', '-f', file], check=True)


def guests(root):
    return [os.path.join(root, name) for name in os.listdir(root)
            if os.path.exists(os.path.join(root, name, 'nics'))]


def watch(root):
    while True:
        try:
            folders = guests(root)
            neutron = Neutron() if folders else None
            for folder in folders:
                bring(neutron, folder)
        except (OSError, subprocess.CalledProcessError, pymysql.MySQLError) as error:
            print(time.strftime('%FT%T'), error, flush=True)   # a guest that just went; again in a moment
        time.sleep(SECONDS)


if __name__ == '__main__':
    watch(os.environ['GUEST_DIR'])
