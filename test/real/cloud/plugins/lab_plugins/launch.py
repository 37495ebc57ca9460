"""python3 -m lab_plugins.launch COMMAND ARGS...: run an OpenStack command after moving
two places that its code fixes: /etc/swift/swift.conf, and nova.virt as the only package
that compute drivers come from."""
import logging
import os
import runpy
import sys

command = sys.argv[1]
if os.path.basename(command).startswith('swift-'):
    import swift.common.utils
    swift.common.utils.set_swift_dir(os.environ['LAB_SWIFT_DIR'])
    # without a syslog socket swift would send its log over UDP: keep it in stderr's file
    stderr = os.fdopen(os.dup(2), 'w', buffering=1)
    swift.common.utils.ThreadSafeSysLogHandler = lambda **kw: logging.StreamHandler(stderr)
elif os.path.basename(command) == 'nova-compute':
    import nova.virt
    nova.virt.__path__.append(os.path.dirname(os.path.abspath(__file__)))
sys.argv = sys.argv[1:]
runpy.run_path(command, run_name='__main__')
