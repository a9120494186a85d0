/** Limits: of a process, of a user, of the host. */
import { type Cases, root, user } from './provoke.ts'

export const limits = {
  'inotify-max': [
    root(
      'echo 0 > /proc/sys/user/max_inotify_instances; timeout 1 tail -f /etc/passwd',
      'The limit is 0, and it is reached.',
    ),
    root(
      'echo 0 > /proc/sys/user/max_inotify_watches; timeout 1 tail -f /etc/passwd',
      'The limit is 0, and it is reached.',
    ),
  ],
  nproc: [user('ulimit -u 1; /bin/true; :', 'uid 1000 has 1 or more; the limit of your process is 1.')],
  'threads-max': [
    root(
      'echo 20 > /proc/sys/kernel/threads-max; for i in $(seq 20); do sleep 9 & done',
      'The limit is 20, and it is reached.',
    ),
  ],
  'pid-max': [
    root(
      'echo 301 > /proc/sys/kernel/pid_max; sleep 9 & sleep 9 & sleep 9 & sleep 9 & wait',
      'kernel.pid_max is 301, and no number is free.',
    ),
  ],
  nofile: [root('ulimit -n 3; exec 5< /dev/null; cat /dev/null', 'All numbers below 3 are in use.')],
  'file-max': [root('echo 1 > /proc/sys/fs/file-max; su user -c true', 'The limit is 1, and it is reached.')],
  'nr-open': [root('ulimit -n 2000000', 'fs.nr_open is 1048576.')],
  'rlimit-raise': [user('ulimit -n 10; ulimit -Hn 20', 'The hard limit is 10, and 20 was wanted.')],
  'rlimit-soft': [root('ulimit -Hn 10', 'The soft limit 1024 would be above the hard limit 10.')],
  'memory-limit': [
    root(
      "ulimit -v 200000; python3 -c 'x = bytearray(10**9)'",
      /^The process asked for [\d.]+ MiB; its limit is [\d.]+ MiB\.$/,
    ),
  ],
  'memory-host': [
    root("python3 -c 'x = bytearray(10**13)'; :", 'The process asked for 9.1 TiB; the host has 2 GiB.'),
  ],
  'pipe-max': [user('python3 -c "import fcntl; fcntl.fcntl(1, 1031, 1 << 21)" | cat', 'The limit is 1 MiB.')],
  'mqueue-max': [
    root(
      'echo 1 > /proc/sys/fs/mqueue/queues_max; chmod 777 /dev/mqueue; su user -c "touch /dev/mqueue/a /dev/mqueue/b"',
      'The limit is 1, and it is reached.',
    ),
  ],
  'msgqueue-limit': [user('ulimit -q 10; touch /dev/mqueue/x', 'The limit is 10 bytes.')],
  'ipc-limit': [
    root('echo 1 > /proc/sys/kernel/shmmni; ipcmk -M 10; ipcmk -M 10', 'The limit is 1, and it is reached.'),
    root('echo 1 > /proc/sys/kernel/shmall; ipcmk -M 10000', 'Together they would have more than 1 pages.'),
  ],
  'cpu-limit': [
    root("(ulimit -t 1; bash -c 'while :; do :; done')", 'The limit is 1 s.'),
    root("(ulimit -S -t 1; bash -c 'while :; do :; done')", 'The limit is 1 s.'),
  ],
} satisfies Cases
