/** unshare(2), setns(2), clone(2) and id maps. */
import { type Cases, root, user } from './provoke.ts'

const LIBC = 'import ctypes, os, threading; libc = ctypes.CDLL(None)'
/** In the background a process whose user namespace has no maps yet; its maps are written to. */
const UNMAPPED = 'unshare -U sleep 9 & sleep 1;'
const python = (code: string) => `python3 -c "\n${LIBC}\n${code}\n"`

export const namespaces = {
  capable: [
    user('unshare -m true', 'Your process (uid 1000 in user:[4026531837]) does not have it.'),
    user('hostname x', 'Your process (uid 1000 in user:[4026531837]) does not have it.'),
    user(
      'unshare -Ur hostname x',
      'Your process has it, but only in user:[A]: a capability counts in its own user namespace and those below.',
    ),
    user('chroot / true', 'Your process (uid 1000 in user:[4026531837]) does not have it.'),
    user('mknod /tmp/n c 1 3', 'Your process (uid 1000 in user:[4026531837]) does not have it.'),
    root(
      'capsh --drop=cap_sys_admin -- -c "umount /proc"',
      'Your process (uid 0 in user:[4026531837]) does not have it, and its bounding set keeps it from ever getting it.',
    ),
    user('date -s 2020-01-01', 'Your process (uid 1000 in user:[4026531837]) does not have it.'),
    user('ip link add d0 type dummy', 'Your process (uid 1000 in user:[4026531837]) does not have it.'),
    user('nice -n -5 true', 'Your process (uid 1000 in user:[4026531837]) does not have it.'),
    user(
      'python3 -c "import os; os.setuid(0)"',
      'Your process (uid 1000 in user:[4026531837]) does not have it.',
    ),
  ],
  'unshare-flags': [root(python('os.unshare(0x2000)'), 'Another flag was given.')],
  'setns-own-user': [root('nsenter -U -t $$ true', 'You are in user:[4026531837] already.')],
  'has-threads': [
    root(
      python(
        'e = threading.Event()\nthreading.Thread(target=e.wait).start()\nprint(libc.unshare(0x10000000))\ne.set()',
      ),
      'This process has several threads.',
    ),
    root(
      python(
        "e = threading.Event()\nthreading.Thread(target=e.wait).start()\nprint(libc.setns(os.open('/proc/1/ns/time', 0), 0), ctypes.get_errno())\ne.set()",
      ),
      'This process has several threads.',
    ),
  ],
  'setns-kind': [
    root('nsenter --net=/etc/passwd true', 'This file does not stand for a namespace.'),
    root('nsenter --net=/proc/1/ns/uts true', 'This is the file of a uts namespace.'),
  ],
  'shares-memory': [
    root(
      python('os.unshare(0x20000000)\nthreading.Thread(target=print).start()'),
      'Your new tasks are to live in pid:[A].',
    ),
  ],
  'shares-fs': [
    root(
      python(
        "e = threading.Event()\nthreading.Thread(target=e.wait).start()\nprint(libc.setns(os.open('/proc/1/ns/mnt', 0), 0))\ne.set()",
      ),
      'This one shares them, as threads do.',
    ),
  ],
  'setns-pid-ancestor': [
    root(
      'exec 5< /proc/1/ns/pid; unshare -pf nsenter --pid=/proc/self/fd/5 true',
      'pid:[4026531836] is not below pid:[A].',
    ),
  ],
  'time-frozen': [
    root(
      "unshare -T bash -c '/bin/true; echo monotonic 1 0 > /proc/self/timens_offsets'",
      'A process lives, or has lived, in time:[A].',
    ),
  ],
  'time-range': [
    root(
      "unshare -T bash -c 'echo monotonic -99999999 0 > /proc/self/timens_offsets'",
      /^The clock is at \d+ s, and -99999999 s would be added\.$/,
    ),
  ],
  'userns-clone-off': [
    root(
      "sysctl -qw kernel.unprivileged_userns_clone=0; su user -c 'unshare -U true'",
      'It is 0, and your process does not have CAP_SYS_ADMIN in the initial user namespace.',
    ),
  ],
  'userns-depth': [user(`export s='exec unshare -Ur bash -c "$s"'; eval "$s"`, 'Yours is at level 33.')],
  'userns-chrooted': [
    root(
      'mkdir -p /tmp/r/bin; cp /bin/busybox /tmp/r/bin; chroot /tmp/r /bin/busybox unshare -U true',
      'Your root directory is not the root of your mount namespace.',
    ),
  ],
  'userns-unmapped': [
    user(
      'unshare -U unshare -U true',
      'Your uid is not mapped in user:[A]: its map does not have it, or is still empty.',
    ),
  ],
  ucount: [
    root(
      'echo 0 > /proc/sys/user/max_uts_namespaces; unshare -u true',
      'In user:[4026531837] the limit is 0, and uid 0 has reached it.',
    ),
    root(
      'echo 1 > /proc/sys/user/max_net_namespaces; unshare -n sleep 9 & sleep 1; unshare -n true',
      'In user:[4026531837] the limit is 1, and uid 0 has reached it.',
    ),
  ],
  'pid-ns-dead': [
    root(
      "unshare -p bash -c '/bin/true; /bin/true; echo'",
      'The init of pid:[A] is dead, and your children would be made there.',
    ),
  ],
  'pid-ns-twice': [
    root('unshare -p unshare -p true', 'You are in pid:[4026531836]; your children are to live in pid:[A].'),
  ],
  'pid-ns-depth': [root(`export s='exec unshare -pf bash -c "$s"'; eval "$s"`, 'Yours is that deep.')],
  'setgroups-word': [user("unshare -Ur bash -c 'echo never > /proc/self/setgroups'", '"never" is neither.')],
  'setgroups-denied': [
    user("unshare -Ur bash -c 'echo allow > /proc/self/setgroups'", 'It is denied in user:[A].'),
    user('unshare -Ur setpriv --clear-groups true', 'It is denied in user:[A].'),
  ],
  'setgroups-unmapped': [
    root('unshare -U --keep-caps setpriv --clear-groups true', 'The gid_map of user:[A] is empty.'),
  ],
  'setgroups-after-map': [
    root(
      `${UNMAPPED} echo 0 0 1 > /proc/$!/gid_map; echo deny > /proc/$!/setgroups`,
      'The gid_map of user:[A] is written already.',
    ),
  ],
  'map-outside': [
    user(
      'unshare -Ur unshare -U sleep 9 & sleep 1; echo 0 0 1 > /proc/$(pgrep sleep | head -1)/uid_map',
      'You are in user:[4026531837], which is neither user:[A] nor its parent.',
    ),
  ],
  'map-written': [
    user(
      "unshare -Ur bash -c 'echo 0 1000 1 > /proc/self/uid_map'",
      'uid_map of user:[A] is written already.',
    ),
  ],
  'map-root': [
    user(
      `${UNMAPPED} echo 0 0 1 > /proc/$!/uid_map`,
      'You, or the process that made the namespace, did not have it in user:[4026531837].',
    ),
  ],
  'map-setgroups': [
    user(`${UNMAPPED} echo 0 1000 1 > /proc/$!/gid_map`, '/proc/PID/setgroups of user:[A] still says allow.'),
  ],
  'map-others': [
    user(
      `${UNMAPPED} echo 0 1000 10 > /proc/$!/uid_map`,
      'You are uid 1000 in user:[4026531837], without that capability.',
    ),
    user(
      `${UNMAPPED} echo 0 5 1 > /proc/$!/gid_map`,
      'You are gid 1000 in user:[4026531837], without that capability.',
    ),
  ],
  'map-unmapped': [
    user(
      "unshare -Ur bash -c 'unshare -U sleep 9 & sleep 1; echo 0 5 10 > /proc/$!/uid_map'",
      'The uids 5 to 14 are not all mapped by one line in user:[A].',
    ),
  ],
  'map-syntax': [user(`${UNMAPPED} echo a b c > /proc/$!/uid_map`, '"a b c" is not that.')],
  'map-range': [user(`${UNMAPPED} echo 0 1000 0 > /proc/$!/uid_map`, '"0 1000 0" does not.')],
  'map-overlap': [
    root(
      `${UNMAPPED} printf '0 0 5\\n4 100 2\\n' > /tmp/map; cat /tmp/map > /proc/$!/uid_map`,
      '"4 100 2" overlaps a line before it.',
    ),
  ],
  'map-extents': [
    root(
      `${UNMAPPED} for i in $(seq 341); do echo $i $i 1; done > /tmp/map; cat /tmp/map > /proc/$!/uid_map`,
      'This one has 341 lines.',
    ),
  ],
  'id-unmapped': [
    user("unshare -Ur bash -c 'touch f; chown 5 f'", 'uid 5 is not mapped in user:[A].'),
    user('unshare -Ur setpriv --regid 5 --keep-groups true', 'gid 5 is not mapped in user:[A].'),
  ],
} satisfies Cases
