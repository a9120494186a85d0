/** Control groups, version 1. */
import { type Cases, rootV1 as root } from './provoke.ts'

const at = (controller: string) => `cd /sys/fs/cgroup/${controller}; mkdir -p a/b;`
const CPUSET = `${at('cpuset')} echo 0-1 > a/cpuset.cpus; echo 0 > a/cpuset.mems; echo 0 > a/b/cpuset.cpus; echo 0 > a/b/cpuset.mems;`

export const cgroupsV1 = {
  'cgroup1-others': [
    root(
      `${at('cpu')} chown -R user a; sleep 9 & su user -c "echo $! > a/cgroup.procs"`,
      'Process PID belongs to uid 0; you are uid 1000.',
    ),
  ],
  'cgroup1-name-taken': [
    root(
      'mkdir /tmp/a /tmp/b; mount -t cgroup -o none,name=mine n /tmp/a; mount -t cgroup -o misc,name=mine n /tmp/b',
      'The hierarchy mine exists with other controllers.',
    ),
  ],
  'cgroup1-option': [
    root('mount -t cgroup -o none,name=a,name=b n /mnt', 'The kernel found: name respecified.'),
    root('mount -t cgroup -o cpu,none n /mnt', 'The kernel found: none used incorrectly.'),
  ],
  'cgroup1-populated': [
    root(
      'mount -t cgroup -o misc n /mnt; mkdir /mnt/a; mount -t cgroup -o remount,misc,rdma n /mnt',
      'This one has others.',
    ),
  ],
  'cgroup1-new-hierarchy': [
    root('unshare -C mount -t cgroup -o none,name=mine n /mnt', 'You are in other ones.'),
  ],
  'cpuset1-children': [
    root(`${CPUSET} echo 1 > a/cpuset.cpus`, 'A child of /a has something that would be taken away.'),
  ],
  'cpuset1-parent': [
    root(`${CPUSET} echo 0 > a/cpuset.cpus; echo 0-1 > a/b/cpuset.cpus`, '/a does not have all of this.'),
  ],
  'cpuset1-exclusive': [
    root(
      `${CPUSET} echo 1 > a/cpuset.cpu_exclusive; mkdir c; echo 1 > c/cpuset.cpus`,
      'A sibling of /c has a part of this, and one of the two is exclusive.',
    ),
  ],
  'cpuset1-root': [root('echo 0 > /sys/fs/cgroup/cpuset/cpuset.cpus', 'This is the root.')],
  'cpuset1-unset': [
    root(`${at('cpuset')} echo 0 > a/cpuset.cpus; echo $$ > a/tasks`, '/a has no cpuset.mems.'),
    root(`${at('cpuset')} echo $$ > a/tasks`, '/a has no cpuset.cpus and no cpuset.mems.'),
  ],
  'devices-parent': [
    root(
      `${at('devices')} echo 'c 1:3 rwm' > a/devices.deny; echo 'c 1:3 r' > a/b/devices.allow`,
      'The parent of /a/b denies this, or a part of it.',
    ),
  ],
  'devices-children': [root(`${at('devices')} echo a > a/devices.deny`, 'There are cgroups below /a.')],
  'device-cgroup': [
    root(
      `${at('devices')} echo 'c 1:3 w' > a/devices.deny; echo $$ > a/tasks; echo x > /dev/null`,
      '/a does not allow "c 1:3 w".',
    ),
  ],
  'cpu1-parent': [
    root(
      `${at('cpu')} echo 50000 > a/cpu.cfs_quota_us; echo 60000 > a/b/cpu.cfs_quota_us`,
      'The parent /a has less.',
    ),
  ],
  'cpu1-child': [
    root(
      `${at('cpu')} echo 50000 > a/b/cpu.cfs_quota_us; echo 40000 > a/cpu.cfs_quota_us`,
      '/a/b below has more than this.',
    ),
  ],
  'memory1-memsw': [
    root(
      `${at('memory')} echo 10M > a/memory.limit_in_bytes; echo 10M > a/memory.memsw.limit_in_bytes; echo 20M > a/memory.limit_in_bytes`,
      'After this it would be.',
    ),
  ],
  'memory1-usage': [
    root(
      `${at('memory')} echo 0 > a/memory.swappiness; echo $$ > a/tasks; python3 -c "\nimport os\nx = bytearray(30 << 20)\nopen('/sys/fs/cgroup/memory/a/memory.limit_in_bytes', 'w').write('10M')"`,
      /^[\d.]+ MiB are in use; the new limit would be 10 MiB\.$/,
    ),
  ],
} satisfies Cases
