"""Seeds the cloud: identity (service user, roles), catalog, resources."""
import base64
import os
import sys
import time

import openstack

PW, FRONT = os.environ['LAB_PW'], os.environ['LAB_FRONT']
REGION, REGION2 = os.environ['LAB_REGION'], os.environ['LAB_REGION2']
PORTS = dict(p.split('=') for p in os.environ['LAB_PORTS'].split())
INSIDE, PUBLIC = 'http://127.0.0.1:', 'https://%s:' % FRONT

CATALOG = {  # type: (name, port variable, path)
    'image': ('glance', 'P_GLANCE', ''),
    'placement': ('placement', 'P_PLACEMENT', ''),
    'compute': ('nova', 'P_NOVA', '/v2.1'),
    'network': ('neutron', 'P_NEUTRON', ''),
    'volumev3': ('cinderv3', 'P_CINDER', '/v3/%(tenant_id)s'),
    'block-storage': ('cinder', 'P_CINDER', '/v3/%(tenant_id)s'),
    'object-store': ('swift', 'P_SWIFT', '/v1/AUTH_%(tenant_id)s'),
    'key-manager': ('barbican', 'P_BARBICAN', ''),
    'load-balancer': ('octavia', 'P_OCTAVIA', ''),
}
FLAVORS = (
    ('m1.tiny', 512, 1, 1, {}), ('m1.small', 2048, 1, 20, {}),
    ('m1.medium', 4096, 2, 40, {}), ('m1.large', 8192, 4, 80, {}),
    ('g1.a100x1', 65536, 8, 200, {'pci_passthrough:alias': 'a100:1'}),
    ('g1.h100x8', 262144, 64, 400, {'pci_passthrough:alias': 'h100:8'}))


def connect():
    return openstack.connect(
        auth_url=os.environ['OS_AUTH_URL'], username='admin', password=PW,
        project_name='admin', user_domain_name='Default',
        project_domain_name='Default', region_name=REGION,
        interface='internal', identity_api_version='3')


def identity(c):
    domain = c.identity.find_domain('Default')

    def role(name):
        return c.identity.find_role(name) or c.identity.create_role(name=name)

    # `member` implies what the other services' default policies ask an ordinary user to have
    for name in ('creator', 'load-balancer_member', 'swiftoperator'):
        c.identity.put('/roles/%s/implies/%s' % (role('member').id, role(name).id))
    project = c.identity.find_project('service') or c.identity.create_project(
        name='service', domain_id=domain.id)
    user = c.identity.find_user('lab-service') or c.identity.create_user(
        name='lab-service', password=PW, domain_id=domain.id)
    for name in ('admin', 'service'):
        c.identity.put('/projects/%s/users/%s/roles/%s' % (project.id, user.id, role(name).id))


def endpoints(c, service, region, port, path):
    for interface, base in (('public', PUBLIC), ('internal', INSIDE), ('admin', INSIDE)):
        have = list(c.identity.endpoints(service_id=service.id, interface=interface,
                                         region_id=region))
        if not have:
            c.identity.create_endpoint(service_id=service.id, interface=interface,
                                       region_id=region, url=base + port + path)


def catalog(c):
    services = {s.type: s for s in c.identity.services()}
    for kind, (name, port, path) in CATALOG.items():
        service = services.get(kind) or c.identity.create_service(type=kind, name=name)
        services[kind] = service
        endpoints(c, service, REGION, PORTS[port], path)
    # the second site: the same identity service, and an object store of its own
    if not c.identity.find_region(REGION2):
        c.identity.create_region(id=REGION2)
    endpoints(c, services['identity'], REGION2, PORTS['P_KEYSTONE'], '/v3/')
    endpoints(c, services['object-store'], REGION2, PORTS['P_SWIFT2'], CATALOG['object-store'][2])


def hosts_up(c):
    zones = os.environ['LAB_ZONES'].split()
    deadline = time.time() + 600
    while sum(h.state == 'up' for h in c.compute.hypervisors(details=True)) < len(zones):
        if time.time() > deadline:
            raise SystemExit('a compute host is not up')
        time.sleep(1)
    return zones


def zones(c):
    """One host in each zone: three fault domains."""
    have = {a.name for a in c.compute.aggregates()}
    for zone in hosts_up(c):
        if zone not in have:
            aggregate = c.compute.create_aggregate(name=zone, availability_zone=zone)
            c.compute.add_host_to_aggregate(aggregate, 'host-' + zone)


def resources(c):
    zones(c)
    for name, ram, vcpus, disk, specs in FLAVORS:
        if not c.compute.find_flavor(name):
            f = c.compute.create_flavor(name=name, ram=ram, vcpus=vcpus, disk=disk)
            if specs:
                c.compute.create_flavor_extra_specs(f, specs)
    if not c.image.find_image('debian-13'):
        c.image.create_image(  # its bytes are never read: every guest is the same Debian 13
            'debian-13', data=base64.b64encode(b'not a real disk') * 64,
            disk_format='raw', container_format='bare', visibility='public',
            allow_duplicates=True)
    if not c.network.find_network('public'):
        net = c.network.create_network(
            name='public', is_router_external=True, provider_network_type='flat',
            provider_physical_network='public')
        c.network.create_subnet(
            name='public-v4', network_id=net.id, ip_version=4, cidr='203.0.113.0/24',
            gateway_ip='203.0.113.1', is_dhcp_enabled=False,
            allocation_pools=[{'start': '203.0.113.10', 'end': '203.0.113.250'}])
    c.set_compute_quotas(c.current_project_id, instances=-1, cores=-1, ram=-1, key_pairs=-1,
                         server_groups=-1, server_group_members=-1)


{'identity': identity, 'catalog': catalog, 'resources': resources}[sys.argv[1]](connect())
