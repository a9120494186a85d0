/** Each script is refused by one rule of the kernel, and why(1) says so in both languages. */
import { expect, test } from 'vitest'
import type { Rule } from '../../src/abi/index.ts'
import { type Kernel, spawn } from '../../src/kernel/index.ts'
import { boot } from '../../src/machine/boot.ts'
import { fetchAll, login } from '../../src/machine/index.ts'
import { explain } from '../../src/userland/lib/why/explain.ts'

await fetchAll()

function run(k: Kernel, user: string, script: string): string {
  const decoder = new TextDecoder()
  let text = ''
  spawn(k, {
    ...login(user),
    path: '/bin/bash',
    argv: ['bash', '-c', script],
    output: bytes => {
      text += decoder.decode(bytes, { stream: true })
    },
  })
  k.sched.run(k.clock + 60e9, () => true)
  return text
}

const CG = 'cd /sys/fs/cgroup; mkdir a; mkdir a/b;'
const TMPFS = 'mkdir /tmp/d /tmp/l /tmp/u /tmp/w /tmp/m; mount -t tmpfs t /tmp/d;'
const INSIDE = 'unshare -Urm --propagation private bash -c'

const CASES: readonly (readonly [rule: Rule, user: 'root' | 'user', script: string, says?: RegExp])[] = [
  ['capable', 'user', 'unshare -m true', /CAP_SYS_ADMIN in user:\[4026531837\]/],
  ['capable', 'user', 'hostname x', /sethostname\(2\) needs CAP_SYS_ADMIN/],
  ['capable', 'user', 'unshare -Ur hostname x', /has it, but only in user:/],
  ['capable', 'user', 'chroot / true', /CAP_SYS_CHROOT/],
  ['capable', 'user', 'mknod /tmp/n c 1 3', /CAP_MKNOD/],
  ['mode', 'user', 'cat /etc/shadow', /mode 0640 .*everybody else: ---/s],
  ['mode', 'user', 'ls /root', /\/root has mode 0700/],
  ['mode', 'user', 'cat /root/x/y', /\/root has mode/],
  ['mode', 'user', 'echo x > /etc/new', /\/etc has mode 0755/],
  ['mode', 'user', 'umask 777; touch f; umask 22; cat f', /the owner: ---/],
  ['not-executable', 'root', 'touch /tmp/x; /tmp/x', /mode 0644/],
  ['not-owner', 'user', 'chmod 600 /etc/passwd', /belongs to uid 0; you are uid 1000/],
  ['chown', 'user', 'touch f; chown root f', /CAP_CHOWN/],
  ['chgrp', 'user', 'touch f; chgrp daemon f', /not in group 1/],
  ['sticky', 'user', 'rm -f /tmp/none; su root -c true; rm -f /tmp/rootfile', /sticky/],
  ['immutable', 'root', 'touch /root/f; chattr +i /root/f; rm -f /root/f', /\/root\/f has the flag i/],
  ['append-only', 'root', 'touch /root/f; chattr +a /root/f; echo x > /root/f', /flag a/],
  [
    'read-only-mount',
    'root',
    'mkdir /tmp/r; mount --bind /tmp/r /tmp/r; mount -o remount,bind,ro /tmp/r; touch /tmp/r/f',
    /mount at \/tmp\/r/,
  ],
  [
    'noexec',
    'root',
    'mkdir /tmp/e; mount -t tmpfs -o noexec t /tmp/e; cp /bin/true /tmp/e/t; /tmp/e/t',
    /mounted noexec/,
  ],
  ['cross-mount', 'root', `${TMPFS} touch /tmp/f; ln /tmp/f /tmp/d/f`, /\/tmp\/d/],
  ['is-mountpoint', 'root', `${TMPFS} rmdir /tmp/d`, /is a mount point/],
  ['links-max', 'root', 'ln -s /tmp/x /tmp/x; cat /tmp/x', /40 symbolic links/],
  ['fsize', 'root', 'ulimit -f 1; trap "" XFSZ; head -c 4096 /dev/zero > /tmp/f', /1 KiB/],
  ['not-mountpoint', 'root', 'umount /tmp', /\/tmp is not a mount point/],
  ['mount-busy', 'root', `${TMPFS} cd /tmp/d; umount /tmp/d`, /working directory/],
  [
    'mount-busy',
    'root',
    `${TMPFS} mkdir /tmp/d/x; mount -t tmpfs t /tmp/d/x; umount /tmp/d`,
    /\/tmp\/d\/x is mounted on/,
  ],
  ['mount-locked', 'user', `${INSIDE} 'umount /proc'`, /was there when/],
  ['move-from-shared', 'root', `${TMPFS} mount --make-shared /; mount --move /tmp/d /mnt`, /which is shared/],
  [
    'bind-unbindable',
    'root',
    `${TMPFS} mount --make-unbindable /tmp/d; mount --bind /tmp/d /mnt`,
    /unbindable/,
  ],
  ['mount-kind', 'root', 'touch /tmp/f; mount --bind /tmp /tmp/f', /no directory/],
  ['pivot-same', 'root', 'unshare -m pivot_root /tmp /tmp', /new_root/],
  ['fs-userns', 'user', `${INSIDE} 'mount -t ext4 /dev/vda /mnt'`, /ext4 is not one of them/],
  ['fs-owner', 'user', `${INSIDE} 'mount -t proc p /proc'`, /unshare --pid/],
  ['remount-locked', 'user', `${INSIDE} 'mount -o remount,bind,rw,exec /sys'`, /locked/],
  ['pid-ns-dead', 'root', "unshare -p bash -c '/bin/true; /bin/true; echo'", /is dead/],
  ['ucount', 'root', 'echo 0 > /proc/sys/user/max_uts_namespaces; unshare -u true', /the limit is 0/],
  ['setns-own-user', 'root', 'nsenter -U -t $$ true', /You are in user:/],
  [
    'map-others',
    'user',
    'unshare -U sleep 9 & sleep 1; echo 0 1000 10 > /proc/$!/uid_map',
    /one line, which maps one id/,
  ],
  ['map-written', 'user', "unshare -Ur bash -c 'echo 0 1000 1 > /proc/self/uid_map'", /written already/],
  [
    'map-setgroups',
    'user',
    'unshare -U sleep 9 & sleep 1; echo 0 1000 1 > /proc/$!/gid_map',
    /still says allow/,
  ],
  ['map-syntax', 'user', 'unshare -U sleep 9 & sleep 1; echo a b c > /proc/$!/uid_map', /three numbers/],
  ['id-unmapped', 'user', "unshare -Ur bash -c 'touch f; chown 5 f'", /uid 5 is not mapped/],
  ['kill', 'user', 'kill 1', /Process 1 \(init\)/],
  ['ptrace-access', 'user', 'strace -p 1', /uid 0, you are uid 1000/],
  ['nofile', 'root', 'ulimit -n 3; exec 5</dev/null; cat /dev/null', /All 3/],
  ['arg-strlen', 'root', 'x=$(head -c 200000 /dev/zero | tr "\\0" a); /bin/echo $x', /128 KiB/],
  [
    'interpreter-missing',
    'root',
    'printf "#!/no/such\\n" > /tmp/s; chmod +x /tmp/s; /tmp/s',
    /\/no\/such is not/,
  ],
  ['exec-format', 'root', 'echo hello > /tmp/s; chmod +x /tmp/s; env /tmp/s', /begins with "hello"/],
  [
    'fs-blocks',
    'root',
    'mkdir /tmp/s; mount -t tmpfs -o size=4k t /tmp/s; head -c 9000 /dev/zero > /tmp/s/f',
    /4 KiB/,
  ],
  [
    'fs-inodes',
    'root',
    'mkdir /tmp/s; mount -t tmpfs -o nr_inodes=2 t /tmp/s; touch /tmp/s/a /tmp/s/b',
    /All 2/,
  ],
  ['value', 'root', 'echo x > /proc/sys/kernel/pid_max', /does not take "x"/],
  ['pseudo-remove', 'root', `${CG} rm a/cgroup.procs`, /cannot be removed/],
  ['cgroup-busy', 'root', `${CG} rmdir a`, /1 cgroup below/],
  [
    'cgroup-controller-absent',
    'root',
    `${CG} echo +pids > a/b/cgroup.subtree_control`,
    /pids is not among the controllers of \/a\/b/,
  ],
  [
    'cgroup-has-tasks',
    'root',
    `${CG} echo +memory > cgroup.subtree_control; echo $$ > a/cgroup.procs; echo +memory > a/cgroup.subtree_control`,
    /\/a has/,
  ],
  [
    'cgroup-internal',
    'root',
    `${CG} echo +memory > cgroup.subtree_control; echo +memory > a/cgroup.subtree_control; echo $$ > a/cgroup.procs`,
    /gives memory/,
  ],
  [
    'cgroup-domain-invalid',
    'root',
    `${CG} echo threaded > a/b/cgroup.type; mkdir a/c; echo $$ > a/c/cgroup.procs`,
    /domain invalid/,
  ],
  ['cgroup-no-task', 'root', `${CG} echo 99999 > a/cgroup.procs`, /no process 99999/],
  [
    'pids-max',
    'root',
    `${CG} echo +pids > cgroup.subtree_control; echo 1 > a/pids.max; echo $$ > a/cgroup.procs; ( : )`,
    /limit is 1/,
  ],
  [
    'overlay-no-workdir',
    'root',
    `${TMPFS} mount -t overlay o -o lowerdir=/tmp/l,upperdir=/tmp/u /tmp/m`,
    /missing 'workdir'/,
  ],
  [
    'init-ignores',
    'root',
    "unshare -pf --kill-child bash -c 'kill -KILL 1; kill -TERM $$; true'",
    /SIGKILL|SIGTERM/,
  ],
  ['no-new-privs', 'user', 'setpriv --no-new-privs passwd --help', /\/usr\/bin\/passwd/],
]

test.each(CASES)('%s (%s): %s', (...it) => {
  const [rule, user, script, says] = it as unknown as (typeof CASES)[number]
  const k = boot({})
  run(k, 'root', 'touch /tmp/rootfile')
  const output = run(k, user, script)
  const found = k.refusals.log.filter(it => it.rule === rule).at(-1)
  expect(
    found,
    `${output}\n${JSON.stringify(k.refusals.log.slice(-3).map(({ rule, facts }) => [rule, facts]))}`,
  ).toBeDefined()
  const english = explain(found!, 'en').join('\n')
  const korean = explain(found!, 'ko').join('\n')
  if (says) expect(english).toMatch(says)
  expect(`${english}${korean}`).not.toMatch(/undefined|NaN|\[object/)
  expect(korean).toMatch(/[가-힣]/)
})

test('a command that succeeds leaves nothing to explain, and why says so', () => {
  const k = boot({})
  const before = k.refusals.log.length
  expect(run(k, 'root', 'ls / > /dev/null; true; why')).toContain('refused nothing')
  expect(k.refusals.log.length).toBe(before)
})
