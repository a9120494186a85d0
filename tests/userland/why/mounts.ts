/** mount(2), umount2(2) and pivot_root(2). */
import {
  type Blocking,
  CLONE_NEWNS,
  MNT_DETACH,
  MS_BIND,
  MS_MOVE,
  MS_PRIVATE,
  MS_REC,
  MS_SHARED,
  O_RDONLY,
  type Sys,
} from '../../../src/abi/index.ts'
import { type Cases, root, user } from './provoke.ts'

const TMPFS = 'mkdir -p /tmp/d; mount -t tmpfs t /tmp/d;'
const PRIVATE = 'mount --make-rprivate /; mkdir -p /tmp/a /tmp/b; mount -t tmpfs a /tmp/a;'
const IN_USERNS = 'unshare -Urm --propagation private bash -c'

/** Behind the root of every namespace lies the rootfs. */
function* onRootfs(sys: Sys): Blocking<void> {
  sys.unshare(CLONE_NEWNS)
  sys.mount('', '/', '', MS_PRIVATE | MS_REC)
  const fd = yield* sys.open('/proc/self/ns/mnt', O_RDONLY)
  sys.umount2('/', MNT_DETACH)
  sys.setns(fd, CLONE_NEWNS)
}

export const mounts = {
  'mount-no-type': [
    root(function* (sys) {
      sys.mount('none', '/mnt', '', 0)
    }, 'None was given.'),
  ],
  'mount-no-source': [
    root(function* (sys) {
      sys.mount('', '/mnt', '', MS_BIND)
    }, 'None was given.'),
  ],
  'fs-unknown': [root('mount -t wrongfs /dev/vda /mnt', 'It does not know the type wrongfs.')],
  'fs-userns': [
    user(
      `${IN_USERNS} 'mount -t ext4 /dev/vda /mnt'`,
      'ext4 is not one of them: mounting it needs CAP_SYS_ADMIN in the initial user namespace.',
    ),
  ],
  'fs-owner': [
    user(
      `${IN_USERNS} 'mount -t proc p /proc'`,
      'You are in a user namespace, but your pid namespace belongs to another one.',
    ),
    user(
      `${IN_USERNS} 'mount -t sysfs s /sys'`,
      'You are in a user namespace, but your network namespace belongs to another one.',
    ),
    user(
      `${IN_USERNS} 'mount -t mqueue m /dev/mqueue'`,
      'You are in a user namespace, but your ipc namespace belongs to another one.',
    ),
    user(
      `${IN_USERNS} 'mount -t cgroup2 c /mnt'`,
      'You are in a user namespace, but your cgroup namespace belongs to another one.',
    ),
  ],
  'mount-revealing': [
    root(
      'mount --bind /dev/null /proc/uptime; unshare -Urmpf mount -t proc p /mnt',
      'Your mount namespace has no proc in full sight: something is mounted over a part of it, it has more restrictive options, or there is none.',
    ),
  ],
  'mount-foreign': [
    root(function* (sys) {
      const pid = sys.clone(CLONE_NEWNS, its => its.nanosleep(9e9) as never)
      sys.mount(`/proc/${pid}/root/tmp`, '/mnt', '', MS_BIND)
    }, 'What was named is on a mount that is not in mnt:[4026531841]: it is in another mount namespace, or in none any more.'),
  ],
  'mount-twice': [root('mount -t sysfs s /sys', '/sys shows it already.')],
  'mount-kind': [
    root('touch /tmp/f; mount --bind /tmp /tmp/f', '/tmp/f is not a directory, and the source is one.'),
    root('mount --bind /etc/passwd /mnt', '/mnt is a directory, and the source is not.'),
  ],
  'mount-locked': [user(`${IN_USERNS} 'umount /proc'`, 'The mount at /proc came into mnt:[A] like that.')],
  'mount-max': [
    root(
      'echo 10 > /proc/sys/fs/mount-max; mount -t tmpfs t /mnt',
      /^mnt:\[4026531841\] has \d+, this would add 1; the limit is 10\.$/,
    ),
  ],
  'mountpoint-removed': [
    root(
      'mkdir /tmp/x; cd /tmp/x; rmdir /tmp/x; mount -c -t tmpfs t .',
      '/tmp/x was removed; a process only still uses it.',
    ),
  ],
  'not-mountpoint': [
    root('umount /tmp', 'Nothing is mounted at /tmp.'),
    root('mount --make-private /tmp', 'Nothing is mounted at /tmp.'),
    root('mount -o remount,ro /tmp', 'Nothing is mounted at /tmp.'),
    root('mount --move /tmp /mnt', 'Nothing is mounted at /tmp.'),
    root(
      "unshare -m bash -c 'mount -t tmpfs t /mnt; mkdir -p /mnt/n/o; pivot_root /mnt/n /mnt/n/o'",
      'Nothing is mounted at /mnt/n.',
    ),
  ],
  'mnt-ns-loop': [
    root('touch /tmp/f; mount --bind /proc/self/ns/mnt /tmp/f', 'mnt:[4026531841] is your own.'),
  ],
  'mnt-ns-propagates': [
    root(
      `touch /tmp/f; unshare -m --propagation unchanged sleep 99 & sleep 1; mount --bind /proc/$!/ns/mnt /tmp/f`,
      'The mount at / is shared with others, so the bind would be copied to them.',
    ),
  ],
  'bind-unbindable': [
    root(
      `${TMPFS} mount --make-unbindable /tmp/d; mount --bind /tmp/d /mnt`,
      'The mount at /tmp/d is unbindable.',
    ),
  ],
  'bind-locked': [
    user(`${IN_USERNS} 'mount --bind /sys /mnt'`, 'The mount at /sys/kernel/security is locked.'),
  ],
  'propagation-several': [
    root(function* (sys) {
      sys.mount('', '/', '', MS_SHARED | MS_PRIVATE)
    }, 'Here more flags were given.'),
  ],
  'move-root': [
    root(function* (sys) {
      yield* onRootfs(sys)
      sys.mkdir('/d', 0o755)
      sys.mount('/', '/d', '', MS_MOVE)
    }, 'The mount at / is the root of all mounts.'),
  ],
  'move-from-shared': [
    root(
      `${TMPFS} mount --make-shared /; mount --move /tmp/d /mnt`,
      '/tmp/d is mounted on /, which is shared.',
    ),
  ],
  'move-unbindable': [
    root(
      `${PRIVATE} mount --make-unbindable /tmp/a; mount -t tmpfs b /tmp/b; mount --make-shared /tmp/b; mkdir /tmp/b/x; mount --move /tmp/a /tmp/b/x`,
      'The mount at /tmp/a is unbindable, the one at /tmp/b is shared.',
    ),
  ],
  'move-into-itself': [
    root(
      `${PRIVATE} mkdir /tmp/a/x; mount --move /tmp/a /tmp/a/x`,
      '/tmp/a/x lies within the mount at /tmp/a.',
    ),
  ],
  'mount-busy': [
    root(`${TMPFS} cd /tmp/d; umount /tmp/d`, 'On /tmp/d: 1 working or root directory (yours, too).'),
    root(`${TMPFS} exec 5> /tmp/d/f; umount /tmp/d`, 'On /tmp/d: 1 open file (/tmp/d/f).'),
    root(
      `${TMPFS} cp /bin/sleep /tmp/d; /tmp/d/sleep 9 & sleep 1; umount /tmp/d`,
      'On /tmp/d: 1 running program.',
    ),
    root(`${TMPFS} mkdir /tmp/d/x; mount -t tmpfs t /tmp/d/x; umount /tmp/d`, '/tmp/d/x is mounted on it.'),
    root(
      `${TMPFS} unshare -m --propagation unchanged bash -c 'cd /tmp/d; sleep 9' & sleep 1; umount /tmp/d`,
      'A copy of /tmp/d in another mount namespace is in use, and would be unmounted with it.',
    ),
  ],
  'remount-busy': [
    root(`${TMPFS} exec 5> /tmp/d/f; mount -o remount,ro /tmp/d`, '/tmp/d/f is open.'),
    root(
      'mkdir /tmp/b; mount --bind /tmp/b /tmp/b; exec 5> /tmp/b/f; mount -o remount,bind,ro /tmp/b',
      '/tmp/b/f is open.',
    ),
    root('mount -o remount,ro /', 'Services of the host have files open on it.'),
  ],
  'remount-locked': [
    user(
      `${IN_USERNS} 'mount -o remount,bind,rw,exec /sys'`,
      'In mnt:[A] the mount at /sys must keep noexec.',
    ),
    user(
      `${IN_USERNS} 'mount -o remount,bind,noatime /run/lock'`,
      'In mnt:[A] the mount at /run/lock must keep its way of noting access times (atime).',
    ),
  ],
  'pivot-shared': [
    root(
      `${TMPFS} mkdir /tmp/d/old; pivot_root /tmp/d /tmp/d/old`,
      'For put_old that is the mount at /tmp/d, and it is shared.',
    ),
  ],
  'pivot-same': [
    root('unshare -m pivot_root /tmp /tmp', 'new_root (/tmp) is on it.'),
    root(`unshare -m bash -c '${TMPFS} pivot_root /tmp/d /tmp'`, 'put_old (/tmp) is on it.'),
  ],
  'pivot-chrooted': [
    root(
      'mkdir -p /tmp/r/bin /tmp/r/n; cp /bin/busybox /tmp/r/bin; mount -t tmpfs n /tmp/r/n; mkdir /tmp/r/n/o; unshare -m chroot /tmp/r /bin/busybox pivot_root /n /n/o',
      'Yours is a directory within a mount: you are in a chroot in mnt:[A].',
    ),
  ],
  'pivot-rootfs': [
    root(function* (sys) {
      yield* onRootfs(sys)
      sys.mkdir('/d', 0o755)
      sys.mount('t', '/d', 'tmpfs', 0)
      sys.mkdir('/d/old', 0o755)
      sys.pivot_root('/d', '/d/old')
    }, 'Your root directory is on it.'),
  ],
  'pivot-outside': [
    root(
      "unshare -m bash -c 'mount -t tmpfs t /mnt; pivot_root /mnt /dev/shm'",
      '/dev/shm is not below /mnt.',
    ),
  ],
  'pivot-unreachable': [
    root(function* (sys) {
      sys.unshare(CLONE_NEWNS)
      sys.mount('', '/', '', MS_PRIVATE | MS_REC)
      for (const at of ['/mnt', '/tmp']) sys.mount('t', at, 'tmpfs', 0)
      sys.mkdir('/mnt/old', 0o755)
      sys.chdir('/mnt')
      sys.chroot('/tmp')
      sys.pivot_root('.', 'old')
    }, '/mnt is outside of it.'),
  ],
} satisfies Cases
