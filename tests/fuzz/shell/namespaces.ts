/** Commands about namespaces: unshare, nsenter, files of namespaces, lsns; users and capabilities in them. */
import type { Command, World } from './world.ts'

const KINDS = ['mnt', 'uts', 'ipc', 'net', 'pid', 'user', 'cgroup', 'time'] as const
const LONG: Readonly<Record<string, string>> = { mnt: 'mount' }

/** Some of the letters of unshare and nsenter. */
const letters = (w: World): string => w.some([...'muipUC'], 30, '') || w.pick([...'muipUCTn'])

/** Options of unshare, mostly ones that go together. */
export function unshareOptions(w: World): string {
  const user = w.as === 'user' || w.chance(30)
  const words = [
    `-${user ? w.pick(['Ur', 'Ur', 'U', 'Uc', 'r']) : ''}${letters(w).replace('U', user ? '' : 'U')}`,
  ]
  if (words[0] === '-') words.pop()
  if (words.join().includes('p') && w.chance(85)) words.push('-f')
  if (w.chance(6)) words.push('-f')
  if (w.chance(4)) words.push(w.pick(['--mount-proc', '--mount-proc=r/proc', '--mount-proc=nosuch']))
  if (w.chance(5))
    words.push(`--propagation ${w.pick(['private', 'slave', 'shared', 'unchanged', 'nosuch'])}`)
  if (w.chance(5))
    words.push(
      w.pick([
        '--map-user=5',
        '--map-user=root',
        '--map-group=7',
        '--map-users=0,1000,1',
        '--map-users=0,100000,10',
        '--map-groups=0,100000,10',
        '--map-auto',
        '--map-users=x',
      ]),
    )
  if (w.chance(3)) words.push(`--setgroups=${w.pick(['allow', 'deny', 'x'])}`)
  if (w.chance(3))
    words.push(
      w.pick([
        '--keep-caps',
        '-S 5',
        '-G 5',
        '-S 0 -G 0',
        '--kill-child',
        '--kill-child=TERM',
        '-w a',
        '-R r',
        '--boottime 5',
        '--monotonic 9',
        '--kill-child=x',
      ]),
    )
  return words.join(' ')
}

/** A small program that shows where it is. */
const look = (w: World): string =>
  w.pick([
    () => 'hostname',
    () => 'id',
    () => 'id -u',
    () => 'true',
    () => 'nosuch',
    () => `readlink /proc/self/ns/${w.pick(KINDS)}`,
    () => 'cat /proc/self/uid_map',
    () => 'cat /proc/self/setgroups',
    () => 'grep -E "Cap(Eff|Prm|Bnd)|NSpid" /proc/self/status',
    () => 'sh -c "echo $$; id -g"',
    () => `sh -c 'echo $$; readlink /proc/self; ls'`,
    () => `bash -c 'hostname in; hostname; domainname'`,
    () => `sh -c 'mount -t tmpfs t a; ls a; umount a'`,
    () => `sh -c 'mount -t proc proc /proc && ps -e -o pid,comm'`,
    () => `sh -c 'sleep 0 & wait; echo $?; exit 7'`,
    () => `bash -c 'kill -9 $$'`,
    () => `bash -c 'kill -TERM $$; echo $?'`,
    () => `bash -c 'trap "echo t" TERM; kill -TERM $$; echo $?'`,
    () => 'findmnt -n -o PROPAGATION /mnt',
    () => 'cat /proc/self/cgroup',
    () => 'ipcs -q',
    () => 'touch u/f a/f',
    () => 'stat -c %u:%g a u f u/f',
    () => 'cat /proc/sys/kernel/hostname /proc/sys/user/max_uts_namespaces',
  ])()

const nsenterOptions = (w: World): string => {
  const words = [`-${letters(w).replaceAll('T', 'C')}`]
  if (w.chance(25)) words[0] = '-a'
  if (w.chance(10))
    words.push(
      w.pick([
        '-S 0',
        '-G 0',
        '-S 5 -G 5',
        '--preserve-credentials',
        '-F',
        '-r',
        '-w',
        '--wd=a',
        '-S x',
        '-Z',
        '-e',
      ]),
    )
  return words.join(' ')
}

const long = (kind: string): string => `--${LONG[kind] ?? kind}`

function mountNsFile(w: World): string {
  const kind = w.pick(KINDS)
  const path = w.pick(['f', 'g', 'u/f', 'a/f'])
  w.nsFiles.push([kind, path])
  w.mount(path)
  return `mount --bind /proc/${w.holder()}/ns/${kind} ${path}`
}

const nsFile = (w: World): readonly [string, string] =>
  w.nsFiles.length && !w.chance(8) ? w.pick(w.nsFiles) : [w.pick(KINDS), w.file()]

export const NAMESPACES: readonly Command[] = [
  [10, w => `hold ${w.newHolder()} unshare ${unshareOptions(w).replace(/ --mount-proc(?= |$)/, '')}`],
  [2, w => `hold ${w.newHolder()} nsenter -t ${w.holder()} ${nsenterOptions(w)}`],
  [10, w => `unshare ${unshareOptions(w)} ${look(w)}`],
  [12, w => `nsenter -t ${w.holder()} ${nsenterOptions(w)} ${look(w)}`],
  [1, w => `nsenter ${nsenterOptions(w)} ${look(w)}`],
  [2, w => `nsenter ${long(w.pick(KINDS))}=/proc/${w.holder()}/ns/${w.pick(KINDS)} ${look(w)}`],
  [6, mountNsFile],
  [
    4,
    w => {
      const [kind, path] = nsFile(w)
      return `nsenter ${long(kind)}=${path} ${look(w)}`
    },
  ],
  [
    2,
    w => {
      const [kind, path] = nsFile(w)
      w.nsFiles.push([kind, path])
      w.mount(path)
      return `unshare ${long(kind)}=${path} ${look(w)}`
    },
  ],
  [2, w => `umount ${nsFile(w)[1]}`],
  [3, w => `readlink /proc/${w.holder()}/ns/*`],
  [2, w => `readlink /proc/self/ns/* /proc/${w.holder()}/ns/${w.pick(KINDS)}`],
  [1, w => `stat -L -c '%F %a %U %s' ${nsFile(w)[1]}`],
  [1, w => `ls -l /proc/${w.holder()}/ns | sed '/total/d;s/.*:[0-9][0-9] //'`],
  [
    4,
    w => `lsns -n -o TYPE,NPROCS,COMMAND${w.pick(['', ` -t ${w.pick(KINDS)}`, ` -p ${w.holder()}`])} | sort`,
  ],
  [
    2,
    w =>
      `lsns -n -p ${w.holder()} -o ${w.pick(['NS,TYPE', 'NS,TYPE,NPROCS,USER', 'NS,NPROCS,UID,COMMAND', 'TYPE,PATH', 'NS,PNS,ONS', 'NETNSID,NSFS', 'NS,PID,PPID'])} -t ${w.pick(KINDS)} ${w.pick(['', '-r', '-l', '-J', '-u', '-W', '-P'])}`,
  ],
  [1, w => `lsns ${w.pick(['-t nosuch', '-p x', '-o NOSUCH', '-p 99999', '1', '-T -o NS'])}`],
  [
    3,
    w => {
      const pid = w.holder().replace(/^(\$\$|0)$/, '99999')
      return `kill ${w.pick(['', '-9 '])}${pid}; gone ${pid}${w.pick(['', '; wait $A', '; wait $B'])}`
    },
  ],
  [2, w => `cat /proc/${w.holder()}/status | grep -E "^(Name|State|N[Ss]|Uid|Gid|Groups|Cap)"`],
]

export const NAMES: readonly Command[] = [
  [5, w => `hostname ${w.pick(['one', 'two', 'three', 'a.b', '""', '-s', '-f', 'x y', '_'])}`],
  [2, () => 'hostname; uname -n; cat /proc/sys/kernel/hostname'],
  [2, w => `domainname ${w.pick(['', 'dom', 'dom.x'])}`],
  [
    2,
    w =>
      `echo ${w.pick(['four', '$(printf %70s x | tr " " y)', '""'])} > /proc/sys/kernel/${w.pick(['hostname', 'domainname'])}`,
  ],
  [
    3,
    w =>
      `ipcmk ${w.pick(['-M 100', '-M 4096 -p 600', '-Q', '-S 2', '-S 0', '-M 0', '-Q -p 666', '-M x'])} | sed 's/: .*//'`,
  ],
  [
    2,
    w => `ipcrm ${w.pick(['-m 0', '-q 0', '-s 0', '-a', '-m 99', '-M 1', '-Q x', '--all=shm', '-q 0 -m 1'])}`,
  ],
  [3, w => `ipcs ${w.pick(['', '-m', '-q', '-s', '-b', '-p'])} | awk '{ $1 = ""; print }'`],
  [1, w => `ipcs ${w.pick(['-l', '-u', '-q -i 7', '-z'])}`],
  [
    1,
    w =>
      `echo ${w.pick(['1', '100', '4', 'x', '-1'])} > /proc/sys/kernel/${w.pick(['shmmni', 'msgmni', 'shmall', 'msgmax'])}`,
  ],
  [
    1,
    w =>
      `cat /proc/sys/kernel/${w.pick(['shmmni', 'msgmni', 'shmmax', 'sem', 'msgmnb', 'shm_rmid_forced'])} /proc/sys/fs/mqueue/queues_max`,
  ],
]

const MAPS = [
  '0 0 1',
  '0 1000 1',
  '0 100000 10',
  '5 5 1',
  '0 0 4294967295',
  '0 0 0',
  '1 2',
  '0 0 1\\n5 1000 1',
  '0 1000 1\\n0 5 1',
  '0 0 2\\n1 5 1',
  'x',
  '',
  '1000 1000 1',
  '0 100000 65536',
  '0 -1 1',
]

const CAPS = [
  'sys_admin',
  'setuid',
  'setgid',
  'chown',
  'kill',
  'net_admin',
  'sys_chroot',
  'dac_override',
  'nosuch',
]
const caps = (w: World): string =>
  w.pick(['-all', '+all', ...CAPS.map(it => `-${it}`), ...CAPS.map(it => `+${it}`)])

export const USERS: readonly Command[] = [
  [
    6,
    w =>
      `hold ${w.newHolder()} ${w.pick(['', '', 'setpriv --reuid 1000 --regid 1000 --clear-groups '])}unshare -U${w.pick(['', '', 'm', 'mu', 'r', 'rm'])}`,
  ],
  [6, w => `printf '${w.pick(MAPS)}\\n' > /proc/${w.holder()}/${w.pick(['uid_map', 'uid_map', 'gid_map'])}`],
  [2, w => `echo ${w.pick(['deny', 'allow', 'x'])} > /proc/${w.holder()}/setgroups`],
  [
    4,
    w =>
      `${w.pick(['newuidmap', 'newgidmap'])} ${w.holder()} ${w.pick(['0 1000 1 1 100000 10', '0 100000 10', '0 0 1', '0 1000 1', '0 100000 65537', '0 1000', '0 x 1', '0 1000000 5', '0 1000 1 0 100000 2', ''])}`,
  ],
  [4, w => `cat /proc/${w.holder()}/uid_map /proc/${w.holder()}/gid_map /proc/${w.holder()}/setgroups`],
  [
    3,
    w =>
      `nsenter -t ${w.holder()} -U ${w.pick(['', '-S 0 -G 0', '-S 1000', '-m', '--preserve-credentials', '-S 5'])} ${look(w)}`,
  ],
  [
    3,
    w =>
      `setpriv ${w.pick(['--reuid 1000', '--reuid 1000 --regid 1000 --clear-groups', '--regid 5 --groups 6,7', '--reuid user --init-groups --regid user', '--no-new-privs', '--bounding-set -all', `--bounding-set ${caps(w)}`, `--inh-caps ${caps(w)}`, `--inh-caps +chown --ambient-caps +chown`, `--ambient-caps ${caps(w)}`, '--securebits +noroot', '--securebits +keep_caps_locked', '--securebits +x', '--pdeathsig TERM', '--euid 1000', '--ruid 1000', '--reuid x', '--clear-groups --keep-groups'])} ${w.pick(['grep -E "Uid|Gid|Groups|Cap|NoNew" /proc/self/status', 'id', 'setpriv --dump', 'unshare -m true', 'unshare -Ur id', look(w)])}`,
  ],
  [
    2,
    w =>
      `capsh ${w.pick([`--drop=cap_${w.pick(CAPS)}`, '--uid=1000', '--user=user', '--secbits=1', '--inh=cap_chown --addamb=cap_chown', '--caps=cap_chown,cap_setuid+ep', '--caps=all+x', '--has-p=cap_kill', '--gid=5', '--keep=1 --uid=1000', '--noamb', '--delamb=cap_chown', '--mode=NOPRIV', '--mode', '--nosuch'])} -- -c 'grep -E "Cap|Uid" /proc/self/status; ${w.pick(['hostname zz', 'mount -t tmpfs t a', 'chown 5 f', 'true'])}'`,
  ],
  [
    2,
    w =>
      `su user -c "${w.pick(['id', 'unshare -m true', 'unshare -U id -u', 'unshare -Ur sh -c \\"id -u; touch f; mount -t tmpfs t a\\"', 'kill -0 $J', 'ls /proc/1/ns', 'cat /proc/1/environ', 'readlink /proc/$$/ns/mnt', 'nsenter -t $A -m true', 'nsenter -t $A -U id', 'hostname x', 'chroot r ls', 'newuidmap $$ 0 1000 1', 'echo $$ > /sys/fs/cgroup/p/cgroup.procs', 'mount --bind a b', 'umount a', 'nice -n -5 true', 'renice -n -1 $$', 'setpriv --clear-groups true', 'touch u/f && chown 0 u/f'])}"`,
  ],
  [
    1,
    w =>
      `chown ${w.pick(['100000', '100005:100005', '65534:65534', '4294967294', '4294967295'])} ${w.file()}; stat -c %u:%g ${w.file()}`,
  ],
  [
    1,
    w =>
      `setcap ${w.pick(['cap_chown+ep', 'cap_sys_admin=eip', 'x+ep', '-r'])} ${w.file()}; getcap ${w.file()}`,
  ],
  [1, w => `sudo ${w.pick(['-u user ', '-n ', '-u nosuch ', '-g user '])}id`],
]
