"""nova's FakeDriver plus PCI GPUs, listed in LAB_GPUS as vendor:product:count,…"""
import json
import os

from nova.virt import fake


class GpuFakeDriver(fake.FakeDriver):

    def get_host_uptime(self):
        return ' 00:00:00 up 1 day,  0:00,  0 users,  load average: 0.00, 0.00, 0.00'

    def get_available_resource(self, nodename):
        status = super().get_available_resource(nodename)
        devices, bus = [], 0x10
        for spec in filter(None, os.environ.get('LAB_GPUS', '').split(',')):
            vendor, product, count = spec.split(':')
            for _ in range(int(count)):
                devices.append({
                    'address': '0000:%02x:00.0' % bus,
                    'vendor_id': vendor, 'product_id': product,
                    'status': 'available', 'dev_type': 'type-PCI',
                    'parent_addr': None, 'numa_node': None,
                    'label': 'label_%s_%s' % (vendor, product)})
                bus += 1
        status['pci_passthrough_devices'] = json.dumps(devices)
        return status
