/** Devices, and files that the kernel makes up. */
import { type Cases, root, user } from './provoke.ts'

const IMAGE = 'cd /tmp; truncate -s 1M a b;'

export const devices = {
  value: [
    root('echo x > /proc/sys/kernel/pid_max', '/proc/sys/kernel/pid_max does not take "x".'),
    root(
      'mkdir /sys/fs/cgroup/a; echo much > /sys/fs/cgroup/a/memory.max',
      '/sys/fs/cgroup/a/memory.max does not take "much".',
    ),
  ],
  'write-at-once': [
    user(
      "unshare -U sleep 9 & sleep 1; printf '0 1000 1\\n1 1 1\\n' > /proc/$!/uid_map",
      'To /proc/PID/uid_map something was written a second time, or too much at once.',
    ),
  ],
  'sysctl-mode': [
    root('echo 1 > /proc/sys/kernel/osrelease', 'kernel.osrelease has mode 0444; uid 0 may not write it.'),
  ],
  'pseudo-mode': [
    root('echo 1 > /proc/version', '/proc/version cannot be written.'),
    root(
      'mkdir /sys/fs/cgroup/a; cat /sys/fs/cgroup/a/cgroup.kill',
      '/sys/fs/cgroup/a/cgroup.kill cannot be read.',
    ),
    root('echo 1 > /sys/fs/cgroup/cgroup.stat', '/sys/fs/cgroup/cgroup.stat cannot be written.'),
  ],
  'pseudo-create': [
    root('mkdir /sys/x', 'x cannot be made in sysfs.'),
    root('touch /sys/fs/cgroup/x', 'x cannot be made in cgroup2.'),
    root('cd /sys/fs/cgroup; mkdir -p a/b; echo 1 > a/b/pids.max', 'pids.max cannot be made in cgroup2.'),
  ],
  'pseudo-remove': [
    root(
      'mkdir /sys/fs/cgroup/a; rm /sys/fs/cgroup/a/cgroup.procs',
      'cgroup.procs cannot be removed from cgroup2.',
    ),
  ],
  'fs-options': [root('mount -t tmpfs -o size=x t /mnt', 'The options were: size=x')],
  'not-block-device': [root('mount -t ext4 /dev/null /mnt', '/dev/null is not a block device.')],
  'device-mounted': [root('mount -o ro /dev/vda /mnt', '/dev/vda is mounted as ext4, writable.')],
  'disk-read-only': [
    root(`${IMAGE} losetup -r /dev/loop0 a; dd if=/dev/zero of=/dev/loop0 count=1`, 'loop0 is read-only.'),
  ],
  'loop-free': [root('losetup -d /dev/loop0', 'loop0 has none.')],
  'loop-taken': [root(`${IMAGE} losetup /dev/loop0 a; losetup /dev/loop0 b`, 'loop0 has /tmp/a.')],
  'module-used': [
    root(function* (sys) {
      sys.delete_module('ext4')
    }, 'ext4 is in use.'),
  ],
} satisfies Cases
