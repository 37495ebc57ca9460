"""ML2 mechanism driver that binds every port at once: no agent, no switch."""
from neutron.services.trunk.drivers import base as trunk_base
from neutron_lib.api.definitions import portbindings
from neutron_lib.callbacks import events
from neutron_lib.callbacks import registry
from neutron_lib.callbacks import resources
from neutron_lib import constants
from neutron_lib.plugins.ml2 import api
from neutron_lib.services.trunk import constants as trunk_lib


@registry.has_registry_receivers
class TrunkDriver(trunk_base.DriverBase):
    """Accepts trunks and reports them ACTIVE."""
    is_loaded = True

    @registry.receives(resources.TRUNK, [events.AFTER_CREATE])
    def created(self, resource, event, trigger, payload=None):
        payload.latest_state.update(status=trunk_lib.TRUNK_ACTIVE_STATUS)


class AlwaysBind(api.MechanismDriver):

    def initialize(self):
        self.vif_details = {portbindings.CAP_PORT_FILTER: True}
        self.trunk_driver = TrunkDriver(
            'lab', (portbindings.VIF_TYPE_OVS,),
            (trunk_lib.SEGMENTATION_TYPE_VLAN,), can_trunk_bound_port=True)

    @property
    def connectivity(self):
        return portbindings.CONNECTIVITY_L2

    def bind_port(self, context):
        for segment in context.segments_to_bind:
            context.set_binding(segment[api.ID], portbindings.VIF_TYPE_OVS,
                                self.vif_details,
                                status=constants.PORT_STATUS_ACTIVE)
            return

    def check_vlan_transparency(self, context):
        return True
