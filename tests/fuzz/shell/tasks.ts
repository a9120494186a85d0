/** Commands about processes: jobs, signals, traps, waiting, limits, /proc; and control groups. */
import type { Command, World } from './world.ts'

const signal = (w: World): string =>
  w.pick(['TERM', 'KILL', 'STOP', 'CONT', 'USR1', 'HUP', '0', 'INT', 'NOSUCH', 'RTMIN'])
const PS = [
  'pid',
  'ppid',
  'pgid',
  'sid',
  'comm',
  'uid',
  'nspid',
  'ni',
  'cgroup',
  'nlwp',
  'user',
  'pidns',
  'mntns',
  'userns',
  'utsns',
]

export const TASKS: readonly Command[] = [
  [7, w => `start ${w.newJob()} sleep ${w.pick(['1000', '1001'])}`],
  [2, w => `start ${w.newJob()} nice -n ${w.pick(['5', '-5', '19'])} sleep 1002`],
  [2, w => `start ${w.newJob()} setsid sleep 1003`],
  [
    3,
    w =>
      `start ${w.newJob()} unshare ${w.pick(['-pf --kill-child', '-pf', '-p', '-fpm --mount-proc', '-Ur', '-u'])} sleep 1004`,
  ],
  [
    2,
    w =>
      `trap ${w.pick(["'echo trapped' USR1", "'' TERM", '- USR1 TERM', "'echo child' CHLD", "'echo bye' EXIT"])}`,
  ],
  [2, () => `kill -USR1 $$`],
  [
    9,
    w => {
      const [name, pid] = [signal(w), w.process().replace(/^(\$\$|\$PPID|1)$/, '99999')]
      return `kill -${name} ${pid}${/^(STOP|CONT|0|NOSUCH)$/.test(name) ? '' : `; gone ${pid}`}`
    },
  ],
  [2, w => `kill -${w.pick(['TERM', 'KILL', 'HUP', 'USR1', '0'])} 1`],
  [
    5,
    w => {
      const job = w.process().replace(/^(\$\$|\$PPID|1|99999)$/, '$J')
      return `kill -9 ${job}; wait ${job}`
    },
  ],
  [
    2,
    w => {
      const job = w.process().replace(/^(\$\$|\$PPID|1|99999)$/, '$K')
      return `kill ${job}; kill -CONT ${job}; wait ${job}`
    },
  ],
  [2, w => `(exit ${w.pick(['3', '0', '255', '256'])}) & wait $!`],
  [
    1,
    w =>
      `sh -c 'kill -${w.pick(['9', 'TERM', 'SEGV', 'STOP', 'USR2', 'PIPE'])} $$' & ${w.pick(['sleep 0.3; kill -CONT $!; ', ''])}wait $!`.replace(
        "STOP $$' & wait",
        "INT $$' & wait",
      ),
  ],
  [
    1,
    w =>
      `timeout ${w.pick(['-s INT 0.2', '0.2', '-k 0.1 0.2', '--preserve-status 0.2', '-s KILL 0.2', '-s 0 0.2'])} sleep 5`,
  ],
  [2, () => 'jobs'],
  [1, () => 'disown'],
  [6, w => `ps -e -o ${w.some(PS, 30, ',') || 'pid,comm'}`],
  [2, w => `ps -o pid,stat,comm -p ${w.process()}`],
  [1, w => `pgrep ${w.pick(['-c', '-l', '-x'])} sleep`],
  [
    1,
    w => `pkill ${w.pick(['', '-9 ', '-0 '])}-f 'sleep 100${w.pick(['0', '1', '2', '3', '4'])}'; sleep 0.2`,
  ],
  [2, w => `grep -E "^(Name|State|Tgid|N[Ss]|PPid|Sig[BIC]|Shd|Threads)" /proc/${w.process()}/status`],
  [1, w => `cat /proc/${w.process()}/comm; tr '\\0' ' ' < /proc/${w.process()}/cmdline`],
  [1, w => `readlink /proc/${w.process()}/cwd /proc/${w.process()}/root /proc/${w.process()}/exe`],
  [1, w => `ls /proc/${w.process()}/fd`],
  [
    1,
    w =>
      `unshare -p ${w.pick(['bash -c "true; true; true"', 'true', 'sh -c "ls; ls"', 'bash -c "ls | cat"'])}`,
  ],
  [
    2,
    w =>
      `unshare -pf ${w.pick(['--mount-proc ', '', '--kill-child '])}bash -c '${w.pick(['sleep 1005 & sleep 1006 & kill -9 1; echo $?; kill $!; wait $!', 'kill -TERM $$; trap "echo got" TERM; kill -TERM $$', '(sleep 0.1; echo orphan) & exec true', 'ps -e -o pid,ppid,comm', 'echo 50 > /proc/sys/kernel/ns_last_pid; sh -c "echo \\$\\$"; sh -c "echo \\$\\$"', 'unshare -pf sh -c "echo \\$\\$; ls /proc/self/ns | wc -l; grep NSpid /proc/self/status"', 'readlink /proc/self; echo $$ $PPID', 'kill -0 $PPID; kill -0 2; kill -9 -1; echo $?'])}'`,
  ],
  [
    2,
    w => `echo ${w.pick(['40', '100', '30000', 'x', '-1'])} > /proc/sys/kernel/ns_last_pid; sh -c 'echo $$'`,
  ],
  [1, w => `renice ${w.pick(['-n 5', '-n -5', '19', 'x'])} -p ${w.process()}`],
  [
    1,
    w =>
      `chrt -${w.pick(['f 5', 'o 0', 'b 0', 'i 0', 'r 0'])} ${w.pick(['true'])}; chrt -p $J | sed 's/pid [0-9]*/pid/'`,
  ],
]

export const LIMITS: readonly Command[] = [
  [
    2,
    w =>
      `(ulimit ${w.pick(['-n 5', '-n 3', '-u 1', '-f 0', '-f 1', '-c 0', '-s unlimited', '-n 99999999', '-Hn 10', '-v 1000', '-x', '-n x', '-e 5', '-t 1'])}; ${w.pick(['ulimit -n', 'ls a', 'echo hello > g', 'ulimit -Hn; ulimit -Sn', 'cat f | cat', 'head -c 5000 /dev/zero > g', 'exec 7<f 8<f 9<f'])})`,
  ],
  [
    2,
    w =>
      `prlimit ${w.pick(['--nofile=5:10', '--nofile', '--nproc=50', '--core=0:0 --nice', '--nofile=10:5', '--x'])} -p ${w.process()} ${w.pick(['', '--noheadings'])}`,
  ],
  [2, w => `grep -E "open files|processes|core" /proc/${w.process()}/limits`],
  [
    1,
    w =>
      `echo ${w.pick(['100', '-100', '1001', '1000', 'x', '0'])} > /proc/${w.process()}/oom_score_adj; cat /proc/${w.process()}/oom_score_adj`,
  ],
  [
    1,
    w =>
      `${w.as === 'fakeroot' ? '' : 'unshare -Ur '}sh -c 'echo ${w.pick(['1', '0', '2', 'x'])} > /proc/sys/user/max_${w.pick(['uts', 'mnt', 'user', 'pid', 'ipc'])}_namespaces; unshare -${w.pick(['u', 'm', 'U', 'i'])} true'`,
  ],
  [1, w => `umask ${w.pick(['077', '022', '0', '999', 'u=rwx,g=,o='])}; umask`],
]

const CONTROLLERS = [
  '+pids',
  '+memory',
  '+cpu',
  '-pids',
  '-memory',
  '+pids +memory',
  '+nosuch',
  'pids',
  '+cpu -pids',
  '+cpuset',
  '+io',
]

function newGroup(w: World): string {
  const name =
    w.groups.length && w.chance(35) ? `${w.pick(w.groups)}/${w.pick(['k', 'l'])}` : w.pick(['p', 'q', 's'])
  if (!w.groups.includes(name)) w.groups.push(name)
  return `mkdir /sys/fs/cgroup/${name}`
}

/** A process that may be frozen or killed without the shell. */
const victim = (w: World): string =>
  w.jobs.length ? `$${w.pick(w.jobs)}` : w.holder().replace(/^(\$\$|\$PPID|1|0)$/, '99999')

const WRITES: readonly (readonly [string, readonly string[]])[] = [
  ['cgroup.procs', ['99999', 'x', '-1', '0x1']],
  ['cgroup.type', ['threaded', 'threaded', 'domain', 'x']],
  ['cgroup.max.depth', ['0', '1', 'max', 'x', '-1']],
  ['cgroup.max.descendants', ['0', '1', 'max', 'x']],
  ['pids.max', ['0', '1', '2', '20', 'max', '-1', 'x']],
  ['memory.max', ['20M', '1G', 'max', '0x', '-1', '100%']],
  ['memory.high', ['50M', 'max', 'y']],
  ['memory.low', ['1M', '4096', 'max']],
  ['cpu.max', ['"50000 100000"', 'max', '1', '"max 1000"', '"10000 1"', 'x']],
  ['cpu.weight', ['200', '0', '10001', '50', 'x']],
  ['cpu.weight.nice', ['-5', '20', '0']],
  ['cpuset.cpus', ['0', '0-1', '5', 'x', '""']],
  ['cgroup.subtree_control', CONTROLLERS],
]
const READS = [
  'cgroup.controllers',
  'cgroup.subtree_control',
  'cgroup.type',
  'cgroup.procs',
  'cgroup.threads',
  'cgroup.events',
  'cgroup.freeze',
  'cgroup.stat',
  'cgroup.max.depth',
  'pids.current',
  'pids.max',
  'pids.events',
  'memory.max',
  'memory.min',
  'memory.events',
  'memory.oom.group',
  'cpu.max',
  'cpu.weight',
  'cpu.weight.nice',
  'cpuset.cpus.effective',
  'cpuset.cpus.partition',
  'cgroup.kill',
  'nosuch',
  'pids.peak',
  'cpu.idle',
]

export const CGROUPS: readonly Command[] = [
  [8, newGroup],
  [5, w => `rmdir ${w.group()}`],
  [6, w => `echo ${victim(w)} > ${w.group()}/cgroup.procs`],
  [3, w => `echo $$ > ${w.group()}/cgroup.procs`],
  [
    2,
    w => {
      if (!w.groups.includes('q')) w.groups.push('q')
      return `mkdir -p /sys/fs/cgroup/q; for p in $(cat /sys/fs/cgroup/cgroup.procs); do echo $p > /sys/fs/cgroup/q/cgroup.procs; done`
    },
  ],
  [6, w => `echo ${w.pick(CONTROLLERS)} > ${w.pick(['/sys/fs/cgroup', w.group()])}/cgroup.subtree_control`],
  [
    8,
    w => {
      const [file, values] = w.pick(WRITES)
      const group = w.group()
      return `echo ${w.pick(values)} > ${group}/${file}; cat ${group}/${file}`
    },
  ],
  [8, w => `cat ${w.group()}/${w.pick(READS)}`],
  [2, w => `grep . ${w.group()}/cgroup.* 2>&1 | grep -v pressure`],
  [1, w => `ls ${w.group()} | head -${w.pick(['5', '20'])}`],
  [3, w => `cat /proc/${w.process()}/cgroup`],
  [
    3,
    w =>
      `( echo $BASHPID > ${w.group()}/cgroup.procs && cat /proc/self/cgroup; ${w.pick(['true', '(true)', 'echo $(echo sub)', 'ls / | wc -l'])} )`,
  ],
  [
    2,
    w => {
      const [job, group] = [victim(w), `/sys/fs/cgroup/${w.pick(['s', 't'])}`]
      if (!w.groups.includes('s')) w.groups.push('s')
      return `mkdir -p ${group}; echo ${job} > ${group}/cgroup.procs; echo ${w.pick(['1', '1', '2', 'x'])} > ${group}/cgroup.freeze; cat ${group}/cgroup.freeze; sleep 0.1; grep frozen ${group}/cgroup.events; ${w.pick(['echo 0', 'echo 0', `kill -9 ${job}; sleep 0.1; echo 0`])} > ${group}/cgroup.freeze`
    },
  ],
  [
    2,
    w => {
      const [job, group] = [victim(w), '/sys/fs/cgroup/t']
      return `mkdir -p ${group}; echo ${job} > ${group}/cgroup.procs; echo ${w.pick(['1', '1', '0', 'x'])} > ${group}/cgroup.kill; sleep 0.1; cat ${group}/cgroup.procs ${group}/cgroup.events; rmdir ${group}`
    },
  ],
  [
    2,
    w =>
      `unshare -C ${w.pick(['cat /proc/self/cgroup', 'cat /proc/1/cgroup', 'sh -c "mount -t cgroup2 c a; ls -d a/*/; umount a"', 'cat /proc/$J/cgroup', 'grep cgroup /proc/self/mountinfo'])}`,
  ],
  [1, w => `hold ${w.newHolder()} unshare -C`],
]

export const STATUS_LOOKS: readonly Command[] = [
  [3, () => 'grep -E "^(Uid|Gid|Groups|Cap|NoNewPrivs|NSpid|Seccomp:)" /proc/self/status'],
  [2, () => 'id'],
  [
    2,
    w =>
      `cat /proc/self/${w.pick(['uid_map', 'gid_map', 'setgroups', 'cgroup', 'oom_score_adj', 'loginuid', 'sessionid', 'timens_offsets', 'personality'])}`,
  ],
  [
    2,
    w =>
      `cat /proc/${w.process()}/${w.pick(['uid_map', 'cgroup', 'comm', 'setgroups', 'environ', 'timens_offsets'])}`,
  ],
  [
    1,
    w =>
      `ls ${w.pick(['-d ', ''])}/proc/${w.process()}/${w.pick(['ns', 'task', 'root', 'cwd', 'map_files', 'fdinfo'])} > /dev/null`,
  ],
  [1, () => 'setpriv --dump'],
  [1, () => 'echo $$ $PPID $BASHPID'],
]
