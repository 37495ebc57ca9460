"""Cinder backend whose volumes are sparse files of their size, for servers that run (nova_guest.py)."""
import os
import subprocess

from cinder import interface
from lab_plugins import cinder_null
from oslo_config import cfg


def path(thing):
    return os.path.join(cfg.CONF.state_path, 'volumes', thing.id)


def copy(source, thing, gigabytes):
    os.makedirs(os.path.dirname(path(thing)), exist_ok=True)
    if source:
        subprocess.run(['cp', '--sparse=always', path(source), path(thing)], check=True)
    with open(path(thing), 'ab') as f:
        f.truncate(gigabytes << 30)


def remove(thing):
    if os.path.exists(path(thing)):
        os.remove(path(thing))


@interface.volumedriver
class FileDriver(cinder_null.NullDriver):

    def create_volume(self, volume):
        copy(None, volume, volume.size)

    def create_snapshot(self, snapshot):
        copy(snapshot.volume, snapshot, snapshot.volume_size)

    def create_volume_from_snapshot(self, volume, snapshot):
        copy(snapshot, volume, volume.size)

    def create_cloned_volume(self, volume, source):
        copy(source, volume, volume.size)

    def clone_image(self, context, volume, location, meta, image_service):
        copy(None, volume, volume.size)
        return {}, True

    def extend_volume(self, volume, size):
        copy(None, volume, size)

    def delete_volume(self, volume):
        remove(volume)

    delete_snapshot = delete_volume

    def initialize_connection(self, volume, connector, **kw):
        return {'driver_volume_type': 'local',
                'data': {'access_mode': 'rw', 'path': path(volume)}}
