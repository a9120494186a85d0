/** Credentials, other tasks, and what befell a task though no call failed. */
import { type Cases, root, rootSmall, user } from './provoke.ts'

export const credentials = {
  'cap-inheritable': [
    root('capsh --drop=cap_sys_admin --inh=cap_sys_admin -- -c true', 'CAP_SYS_ADMIN is not in it.'),
  ],
  'cap-permitted': [user('capsh --caps=cap_net_raw+ep -- -c true', 'CAP_NET_RAW is not in it.')],
  'cap-effective': [
    root("capsh --caps='cap_net_raw=e' -- -c true", 'CAP_NET_RAW would be effective and not permitted.'),
  ],
  'cap-ambient': [
    user('setpriv --ambient-caps +net_raw true', 'CAP_NET_RAW is not permitted and not inheritable.'),
    root('capsh --addamb=cap_net_raw -- -c true', 'CAP_NET_RAW is not inheritable.'),
    root(
      'capsh --secbits=0x40 --inh=cap_net_raw --addamb=cap_net_raw -- -c true',
      'The securebit no_cap_ambient_raise is set.',
    ),
  ],
  'securebits-locked': [
    root('setpriv --securebits +noroot_locked setpriv --securebits +noroot true', 'This one is locked.'),
  ],
  kill: [user('kill 1', 'Process 1 (init) is uid 0 in user:[4026531837]; you are uid 1000.')],
  'ptrace-kthread': [root('strace -p 2', '2 is [kthreadd].')],
  'ptrace-self': [
    root(function* (sys) {
      sys.ptrace(0x4206, sys.getpid(), 0)
    }, 'The target is a thread of the tracer.'),
  ],
  'ptrace-taken': [
    root(
      'sleep 9 & strace -o /dev/null -p $! & sleep 1; strace -p $(pgrep -n sleep)',
      'Process PID traces it already.',
    ),
  ],
  'ptrace-access': [
    user('strace -p 1', 'Process 1 (init) is uid 0; you are uid 1000.'),
    user('nsenter -t 1 -u true', 'Process 1 (init) is uid 0; you are uid 1000.'),
    user(
      'unshare -Ur sleep 9 & sleep 1; unshare -Ur nsenter -t $! -U true',
      'Process PID (sleep) is in user:[A]; you are in user:[B].',
    ),
    root(
      'cp /bin/sleep /tmp/s; chmod 711 /tmp/s; su user -c "/tmp/s 9 & strace -p \\$!"',
      'Process PID (s) is not dumpable: it has changed its ids or gained capabilities, or you may not read its program.',
    ),
  ],
  hidepid: [
    root(
      "mount -o remount,hidepid=1 /proc; su user -c 'ls /proc/1'",
      'This proc is mounted with hidepid=noaccess.',
    ),
  ],
  'oom-adj': [user('echo -500 > /proc/self/oom_score_adj', '-500 is below 0.')],
  'setpgid-execed': [
    root(
      'sleep 9 & exec python3 -c "import ctypes; ctypes.CDLL(None).setpgid($!, 0)"',
      'This child has executed one.',
    ),
  ],
  'setpgid-leader': [
    root('setsid python3 -c "import ctypes; ctypes.CDLL(None).setpgid(0, 0)"', 'The process is one.'),
  ],
  'setsid-leader': [
    root('set -m; python3 -c "import ctypes; ctypes.CDLL(None).setsid()"; :', 'Process PID leads a group.'),
  ],
  'ipc-mode': [
    root(function* (sys) {
      sys.shmget(7, 10, 0o1600)
      sys.setuid(1000)
      sys.shmget(7, 10, 0o600)
    }, 'The object with key 0x7 has mode 0600 and belongs to uid 0; you are uid 1000.'),
  ],
  'ipc-owner': [root('ipcmk -M 10; su user -c "ipcrm -m 0"', 'Object 0 belongs to uid 0; you are uid 1000.')],
  'kthread-ignores': [root('kill -KILL 2', 'SIGKILL for 2 [kthreadd] was dropped.')],
  'init-ignores': [
    root(
      "unshare -pf --kill-child bash -c 'kill -KILL 1; true'",
      'SIGKILL for bash, the init of pid:[A], was dropped.',
    ),
    root(
      "unshare -pf bash -c 'sleep 3; true' & sleep 1; kill -TERM $(ps -o ppid= -C sleep)",
      'SIGTERM for bash, the init of pid:[A], was dropped.',
    ),
  ],
  'init-died': [root("unshare -pf bash -c 'sleep 99 & exit 3'", 'bash, the init of pid:[A], has ended.')],
  'oom-host': [
    rootSmall(
      "python3 -c 'x = bytearray(250 << 20); input()' < <(sleep 9) & sleep 1; python3 -c 'x = bytearray(250 << 20)'; :",
      /^This process used [\d.]+ MiB of the 512 MiB of the host\.$/,
    ),
  ],
  'oom-memcg': [
    root(
      "cd /sys/fs/cgroup; mkdir a; echo 20M > a/memory.max; echo 0 > a/memory.swap.max; echo $$ > a/cgroup.procs; python3 -c 'x = bytearray(100 << 20)'",
      /^The limit of \/a is 20 MiB; this process used [\d.]+ MiB\.$/,
    ),
  ],
} satisfies Cases
