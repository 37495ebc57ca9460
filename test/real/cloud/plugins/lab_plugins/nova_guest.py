"""nova's compute driver whose servers run: each is a guest of guest.sh, a whole Debian in systemd-nspawn.

LAB_GUEST_SH is guest.sh, GUEST_DIR the guests, one folder each, named by the server's id.
"""
import base64
import ipaddress
import json
import os

from nova.compute import power_state
from nova.compute import task_states
from nova.virt import fake
from nova.virt import hardware
from nova.virt import nova_gpu
from lab_plugins import security_groups
from oslo_concurrency import processutils

TAIL = 100000


def guest(*args):
    return processutils.execute(os.environ['LAB_GUEST_SH'], *args)[0]


def where(instance, *name):
    return os.path.join(os.environ['GUEST_DIR'], instance.uuid, *name)


def read(path, default=b''):
    try:
        with open(path, 'rb') as f:
            return f.read()
    except (FileNotFoundError, NotADirectoryError):
        return default


def write(path, data):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'wb') as f:
        f.write(data if isinstance(data, bytes) else data.encode())


def lines(path):
    return [line.split() for line in read(path).decode().splitlines()]


def nic(vif, dev):
    """What guest.sh wants of an interface: its line in `nics` and its systemd.network file."""
    metric = 100 * (int(dev[3:]) + 1)
    conf = '[Match]\nName=%s\n[Network]\n' % dev
    routes, host = '', []
    for subnet in vif['network']['subnets']:
        cidr = ipaddress.ip_network(subnet['cidr'])
        if cidr.version != 4:
            continue
        for ip in subnet['ips']:
            conf += 'Address=%s/%d\n' % (ip['address'], cidr.prefixlen)
        gateway = (subnet['gateway'] or {}).get('address')
        if gateway:
            host.append('%s/%d' % (gateway, cidr.prefixlen))
            routes += '[Route]\nGateway=%s\nMetric=%d\n' % (gateway, metric)
        for route in subnet['routes']:
            routes += '[Route]\nDestination=%s\nGateway=%s\n' % (
                route['cidr'], route['gateway']['address'])
    mtu = vif['network'].get_meta('mtu')
    conf += routes + ('[Link]\nMTUBytes=%s\n' % mtu if mtu else '')
    return [dev, 'lab-' + vif['network']['id'][:11], vif['address'], ','.join(host) or '-'], conf


def resolv(network_info):
    """resolv.conf, as DHCP would have it written: the subnets' DNS servers."""
    return ''.join('nameserver %s\n' % dns['address'] for vif in network_info or ()
                   for subnet in vif['network']['subnets'] for dns in subnet['dns'])


def disk(connection_info, mountpoint):
    return [os.path.basename(mountpoint), connection_info['data']['path']]


class GuestDriver(nova_gpu.GpuFakeDriver):

    def init_host(self, host):
        super().init_host(host)
        root = os.environ['GUEST_DIR']
        for uuid in os.listdir(root) if os.path.isdir(root) else ():
            if read(os.path.join(root, uuid, 'host')).decode() == host:
                self.instances[uuid] = fake.FakeInstance(uuid, None, uuid)

    def default_root_device_name(self, instance, image_meta, root_bdm):
        return '/dev/vda'                       # so that volumes become vdb, vdc...

    # --- what the guest is ---------------------------------------------------------------
    def _boot(self, instance, network_info, block_device_info):
        """Boots with the interfaces and disks that it has now."""
        nics = []
        for number, vif in enumerate(network_info or ()):
            line, conf = nic(vif, 'eth%d' % number)
            nics.append(' '.join(line) + '\n')
            write(where(instance, line[0] + '.network'), conf)
        write(where(instance, 'nics'), ''.join(nics))
        write(where(instance, 'resolv'), resolv(network_info))
        write(where(instance, 'disks'), ''.join(
            ' '.join(disk(b['connection_info'], b['mount_device'])) + '\n'
            for b in (block_device_info or {}).get('block_device_mapping') or ()))
        security_groups.bring(security_groups.Neutron(), where(instance))
        guest('boot', instance.uuid)

    def spawn(self, context, instance, image_meta, injected_files, admin_password,
              allocations, network_info=None, block_device_info=None, power_on=True,
              accel_info=None):
        super().spawn(context, instance, image_meta, injected_files, admin_password,
                      allocations, network_info, block_device_info, power_on)
        keys = [instance.key_data] if instance.key_data else []
        write(where(instance, 'seed', 'meta-data'), json.dumps({
            'instance-id': instance.uuid, 'local-hostname': instance.hostname,
            'public-keys': keys, 'availability-zone': instance.availability_zone,
            'meta': instance.metadata}))
        write(where(instance, 'seed', 'user-data'),
              base64.b64decode(instance.user_data or '') or b'#cloud-config\n')
        write(where(instance, 'host'), self._host)
        if power_on:
            self._boot(instance, network_info, block_device_info)

    def destroy(self, context, instance, network_info, block_device_info=None,
                destroy_disks=True, destroy_secrets=True):
        super().destroy(context, instance, network_info, block_device_info)
        if read(where(instance, 'host')).decode() == self._host:
            guest('kill' if instance.task_state == task_states.RESIZE_REVERTING
                  else 'delete', instance.uuid)

    # --- power ---------------------------------------------------------------------------
    def get_info(self, instance, use_cache=True):
        super().get_info(instance)
        try:
            guest('running', instance.uuid)
            return hardware.InstanceInfo(state=power_state.RUNNING)
        except processutils.ProcessExecutionError:
            return hardware.InstanceInfo(state=power_state.SHUTDOWN)

    def power_off(self, instance, timeout=0, retry_interval=0):
        super().power_off(instance)
        guest('stop' if timeout else 'kill', instance.uuid)

    def power_on(self, context, instance, network_info, block_device_info=None,
                 accel_info=None):
        super().power_on(context, instance, network_info)
        self._boot(instance, network_info, block_device_info)

    def resume_state_on_host_boot(self, context, instance, network_info,
                                  block_device_info=None):
        self._boot(instance, network_info, block_device_info)

    def reboot(self, context, instance, network_info, reboot_type, block_device_info=None,
               bad_volumes_callback=None, accel_info=None):
        guest('stop' if reboot_type == 'SOFT' else 'kill', instance.uuid)
        self._boot(instance, network_info, block_device_info)

    # --- move between hosts, which are all this machine ------------------------------------
    def migrate_disk_and_power_off(self, context, instance, dest, flavor, network_info,
                                   block_device_info=None, timeout=0, retry_interval=0):
        guest('stop', instance.uuid)

    def _arrive(self, instance, network_info, block_device_info, power_on):
        self.instances[instance.uuid] = fake.FakeInstance(instance.name, None, instance.uuid)
        write(where(instance, 'host'), self._host)
        if power_on:
            self._boot(instance, network_info, block_device_info)

    def finish_migration(self, context, migration, instance, disk_info, network_info,
                         image_meta, resize_instance, allocations,
                         block_device_info=None, power_on=True):
        self._arrive(instance, network_info, block_device_info, power_on)

    def finish_revert_migration(self, context, instance, network_info, migration,
                                block_device_info=None, power_on=True):
        self._arrive(instance, network_info, block_device_info, power_on)

    # --- what is attached while it runs ----------------------------------------------------
    def attach_interface(self, context, instance, image_meta, vif):
        have = lines(where(instance, 'nics'))
        line, conf = nic(vif, next('eth%d' % n for n in range(99)
                                   if 'eth%d' % n not in [h[0] for h in have]))
        write(where(instance, line[0] + '.network'), conf)
        self._hotplug(instance, 'nics', have + [line], 'nic', line)

    def detach_interface(self, context, instance, vif):
        have = lines(where(instance, 'nics'))
        for line in [h for h in have if h[2] == vif['address']]:
            self._hotplug(instance, 'nics', [h for h in have if h != line], 'unnic', line)

    def attach_volume(self, context, connection_info, instance, mountpoint, disk_bus=None,
                      device_type=None, encryption=None):
        line = disk(connection_info, mountpoint)
        self._hotplug(instance, 'disks', lines(where(instance, 'disks')) + [line], 'disk', line)

    def detach_volume(self, context, connection_info, instance, mountpoint, encryption=None):
        line = disk(connection_info, mountpoint)
        self._hotplug(instance, 'disks', [h for h in lines(where(instance, 'disks')) if h != line],
                      'undisk', line)

    def _hotplug(self, instance, table, rows, command, line):
        write(where(instance, table), ''.join(' '.join(row) + '\n' for row in rows))
        if self.get_info(instance).state == power_state.RUNNING:
            guest(command, instance.uuid, *line)

    def get_console_output(self, context, instance):
        return read(where(instance, 'console.log'))[-TAIL:]
