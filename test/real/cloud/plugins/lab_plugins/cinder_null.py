"""Cinder backend that stores nothing: every operation succeeds at once."""
from cinder import interface
from cinder.volume import driver


@interface.volumedriver
class NullDriver(driver.VolumeDriver):
    VERSION = '1.0'
    CI_WIKI_NAME = 'none'

    def do_setup(self, context):
        pass

    check_for_setup_error = create_volume = delete_volume = \
        create_snapshot = delete_snapshot = create_volume_from_snapshot = \
        create_cloned_volume = extend_volume = ensure_export = \
        create_export = remove_export = terminate_connection = \
        copy_image_to_volume = lambda self, *a, **kw: None

    def initialize_connection(self, volume, connector, **kw):
        return {'driver_volume_type': 'iscsi',
                'data': {'access_mode': 'rw', 'target_lun': 1,
                         'target_portal': '127.0.0.1:3260',
                         'target_iqn': 'iqn.2010-10.org.openstack:' + volume.id}}

    def clone_image(self, context, volume, location, meta, image_service):
        return {}, True

    def copy_volume_to_image(self, context, volume, image_service, meta):
        import io
        image_service.update(context, meta['id'], {}, io.BytesIO(b'null'))

    def retype(self, context, volume, new_type, diff, host):
        return True, {}

    def migrate_volume(self, context, volume, host):
        return True, {}

    def get_volume_stats(self, refresh=False):
        name = self.configuration.safe_get('volume_backend_name')
        return {'volume_backend_name': name, 'vendor_name': 'lab',
                'driver_version': self.VERSION, 'storage_protocol': 'iscsi',
                'multiattach': True, 'thin_provisioning_support': True,
                'QoS_support': True,
                'pools': [{'pool_name': name, 'total_capacity_gb': 100000,
                           'free_capacity_gb': 90000, 'multiattach': True,
                           'QoS_support': True, 'reserved_percentage': 0,
                           'thin_provisioning_support': True,
                           'max_over_subscription_ratio': '20',
                           'provisioned_capacity_gb': 0,
                           'allocated_capacity_gb': 0}]}
