/** Namespaces, id maps, credentials, other tasks, and what befell a task, in English. */
import { bytes, capName, octal, type Part, signal } from '../dictionary.ts'

const OUTER = 'user_namespaces(7) has the rules.'

export const namespaces = {
  'unshare-flags': () => [
    'unshare(2) knows only the flags of namespaces and a few of clone(2).',
    'Another flag was given.',
  ],
  'setns-own-user': ({ mine }) => [
    'A process cannot enter the user namespace it is in: that would give it back every capability it has dropped.',
    `You are in ${mine} already.`,
  ],
  'setns-kind': ({ kind }) => [
    'setns(2) wants the file of a namespace, of the kind that the caller names.',
    kind ? `This is the file of a ${kind} namespace.` : 'This file does not stand for a namespace.',
    'ls -l /proc/PID/ns',
  ],
  'has-threads': () => [
    'Only a process with a single thread enters or makes a user namespace, or enters a time namespace.',
    'This process has several threads.',
  ],
  'shares-fs': ({ kind }) => [
    `A task that enters a ${kind} namespace cannot share its root and working directory with another one (CLONE_FS).`,
    'This one shares them, as threads do.',
  ],
  'shares-memory': ({ ns }) => [
    'Tasks with the same memory (threads, and children of vfork) live in the same pid and time namespaces.',
    `Your new tasks are to live in ${ns}.`,
    'Start an ordinary child first (fork).',
  ],
  'setns-pid-ancestor': ({ ns, mine }) => [
    'setns(2) leads into your own pid namespace or one below it, never out of it.',
    `${ns} is not below ${mine}.`,
  ],
  'time-frozen': ({ ns }) => [
    'The offsets of a time namespace are fixed as soon as a process lives in it.',
    `A process lives, or has lived, in ${ns}.`,
    'Set them between unshare(2) and the first child: unshare --time --boottime=N.',
  ],
  'time-range': ({ sec, now }) => [
    'With its offset a clock must not be negative, nor close to its end.',
    `The clock is at ${now} s, and ${sec} s would be added.`,
  ],
  'userns-clone-off': () => [
    'While kernel.unprivileged_userns_clone is 0, making a user namespace needs CAP_SYS_ADMIN.',
    'It is 0, and your process does not have CAP_SYS_ADMIN in the initial user namespace.',
    'As root: sysctl -w kernel.unprivileged_userns_clone=1',
  ],
  'userns-depth': ({ level, max }) => [
    `User namespaces are nested at most ${max + 1} deep.`,
    `Yours is at level ${level}.`,
  ],
  'userns-chrooted': () => [
    'A process in a chroot cannot make a user namespace: in it the process could chroot again, and so get out.',
    'Your root directory is not the root of your mount namespace.',
    'pivot_root changes the root of the mount namespace itself.',
  ],
  'userns-unmapped': ({ kind, mine }) => [
    'To make a user namespace your uid and gid must be mapped in the one you are in.',
    `Your ${kind} is not mapped in ${mine}: its map does not have it, or is still empty.`,
    'Write the map first: unshare --map-root-user, or newuidmap and newgidmap',
  ],
  ucount: ({ kind, max, uid, ns }) => [
    `user.max_${kind}_namespaces limits how many ${kind} namespaces a user may make in a user namespace and all below it.`,
    `In ${ns} the limit is ${max}, and uid ${uid} has reached it.`,
    max === 0
      ? `As root: sysctl -w user.max_${kind}_namespaces=NUMBER`
      : 'A namespace goes with its last process, open file or mount: lsns',
  ],
  'pid-ns-dead': ({ ns }) => [
    'After the init (pid 1) of a pid namespace has died, no process can be made in it.',
    `The init of ${ns} is dead, and your children would be made there.`,
    'unshare --pid --fork: without --fork the first child becomes the init, and with it ends the namespace.',
  ],
  'pid-ns-twice': ({ ns, mine }) => [
    'A process cannot make a pid namespace while its children are already to live in another one than itself.',
    `You are in ${mine}; your children are to live in ${ns}.`,
    'Make it from a child: unshare --pid --fork',
  ],
  'pid-ns-depth': ({ max }) => [`Pid namespaces are nested at most ${max} deep.`, `Yours is that deep.`],

  'setgroups-word': ({ text }) => [
    '/proc/PID/setgroups takes one of two words: allow or deny.',
    `"${text.trim()}" is neither.`,
  ],
  'setgroups-denied': ({ ns }) => [
    'Once setgroups(2) is denied in a user namespace it stays denied: a process must not drop a group that keeps it out of files.',
    `It is denied in ${ns}.`,
    'newgidmap (with /etc/subgid) writes a gid_map without denying it.',
  ],
  'setgroups-unmapped': ({ ns }) => [
    'setgroups(2) works only after gid_map is written.',
    `The gid_map of ${ns} is empty.`,
  ],
  'setgroups-after-map': ({ ns }) => [
    'setgroups is denied before gid_map is written, not afterwards.',
    `The gid_map of ${ns} is written already.`,
  ],
  'map-outside': ({ ns, mine }) => [
    'The maps of a user namespace are written by a process in it or in its parent.',
    ns === mine
      ? `${ns} is the initial user namespace, whose maps are fixed.`
      : `You are in ${mine}, which is neither ${ns} nor its parent.`,
    OUTER,
  ],
  'map-written': ({ kind, ns }) => [
    'A map is written only once, in one write(2).',
    `${kind}_map of ${ns} is written already.`,
    'Make a new user namespace and write all lines at once.',
  ],
  'map-root': ({ parent }) => [
    'To map uid 0 of the parent needs CAP_SETFCAP in the parent: otherwise capabilities of files could be forged.',
    `You, or the process that made the namespace, did not have it in ${parent}.`,
    'Map your own uid instead.',
  ],
  'map-setgroups': ({ ns }) => [
    'To map your own group without CAP_SETGID you must first give up setgroups(2): a group can also keep its members out of files.',
    `/proc/PID/setgroups of ${ns} still says allow.`,
    'echo deny > /proc/PID/setgroups, then write gid_map.',
  ],
  'map-others': ({ kind, uid, gid, parent }) => [
    `Without CAP_SET${kind.toUpperCase()} in the parent you may map only one id: your own, in a user namespace that you made.`,
    `You are ${kind} ${kind === 'uid' ? uid : gid} in ${parent}, without that capability.`,
    `new${kind}map maps the ranges that /etc/sub${kind} gives you.`,
  ],
  'map-unmapped': ({ kind, first, last, parent }) => [
    'The ids outside must be mapped in the parent user namespace, by a single line of its map.',
    first === last
      ? `${kind} ${first} is not mapped in ${parent}.`
      : `The ${kind}s ${first} to ${last} are not all mapped by one line in ${parent}.`,
    `cat /proc/self/${kind}_map`,
  ],
  'map-syntax': ({ line }) => [
    'Each line of a map is three numbers: first id inside, first id outside, how many.',
    `"${line}" is not that.`,
  ],
  'map-range': ({ line }) => [
    'Each line maps at least one id, and none beyond 4294967294.',
    `"${line}" does not.`,
  ],
  'map-overlap': ({ line }) => [
    'The lines of a map must not overlap, neither inside nor outside.',
    `"${line}" overlaps a line before it.`,
  ],
  'map-extents': ({ count, max }) => [`A map has 1 to ${max} lines.`, `This one has ${count} lines.`],
  'id-unmapped': ({ kind, id, mine }) => [
    'A process can use only ids that its user namespace maps.',
    `${kind} ${id} is not mapped in ${mine}.`,
    `cat /proc/self/${kind}_map`,
  ],

  'cap-inheritable': ({ cap }) => [
    'A capability becomes inheritable only if it is in the bounding set.',
    `${capName(cap)} is not in it.`,
  ],
  'cap-permitted': ({ cap }) => [
    'The permitted set only shrinks, except by execve(2).',
    `${capName(cap)} is not in it.`,
  ],
  'cap-effective': ({ cap }) => [
    'Only a permitted capability can be effective.',
    `${capName(cap)} would be effective and not permitted.`,
  ],
  'cap-ambient': ({ cap, forbidden, permitted, inheritable }) => [
    'A capability becomes ambient only if it is both permitted and inheritable, and securebits allow it.',
    forbidden
      ? 'The securebit no_cap_ambient_raise is set.'
      : `${capName(cap)} is ${[!permitted && 'not permitted', !inheritable && 'not inheritable'].filter(Boolean).join(' and ')}.`,
  ],
  'securebits-locked': () => [
    'A locked securebit cannot be changed.',
    'This one is locked.',
    'capsh --print shows them.',
  ],
  'file-caps-lacking': ({ path }) => [
    'A program with effective file capabilities is started only if it gets all of them.',
    `${path} asks for a capability that is not in the bounding set of the process.`,
    'getcap shows them, capsh --print the bounding set.',
  ],
  kill: ({ pid, comm, uid, euid, tuid, owner }) => [
    'You may signal the processes of your own user (your real or effective uid is their real or saved one); for others you need CAP_KILL in their user namespace.',
    `Process ${pid || '?'} (${comm}) is uid ${tuid} in ${owner}; you are uid ${uid}${euid === uid ? '' : ` (effective ${euid})`}.`,
  ],
  'ptrace-self': () => ['A process cannot trace itself.', 'The target is a thread of the tracer.'],
  'ptrace-kthread': ({ pid, comm }) => [
    "The kernel's own threads cannot be traced: they make no system calls and have no memory of a program.",
    `${pid} is [${comm}].`,
  ],
  'ptrace-taken': ({ tracer }) => [
    'A process has one tracer at a time, and a zombie has none.',
    tracer ? `Process ${tracer} traces it already.` : 'It is a zombie.',
  ],
  'ptrace-access': ({ pid, comm, uid, tuid, reason, owner, mine }) => [
    'To look into a process you must have all its uids and gids and all its capabilities, and it must be dumpable; otherwise you need CAP_SYS_PTRACE in its user namespace.',
    `Process ${pid || '?'} (${comm}) ${
      reason === 'user'
        ? `is uid ${tuid}; you are uid ${uid}.`
        : reason === 'dumpable'
          ? 'is not dumpable: it has changed its ids or gained capabilities, or you may not read its program.'
          : reason === 'userns'
            ? `is in ${owner}; you are in ${mine}.`
            : 'has capabilities that you do not have.'
    }`,
  ],
  hidepid: ({ hidepid }) => [
    "With the mount option hidepid the directories of other users' processes are closed.",
    `This proc is mounted with hidepid=${hidepid}.`,
  ],
  'oom-adj': ({ value, minimum }) => [
    'Lowering oom_score_adj below the value that a privileged process has set needs CAP_SYS_RESOURCE.',
    `${value} is below ${minimum}.`,
  ],
  'setpgid-execed': () => [
    'A child is put into another process group only before it executes a program.',
    'This child has executed one.',
  ],
  'setpgid-leader': () => ['The leader of a session cannot change its process group.', 'The process is one.'],
  'setsid-leader': ({ pid }) => [
    'The leader of a process group cannot begin a session: its group would be in two sessions.',
    `Process ${pid} leads a group.`,
    'setsid --fork does it from a child.',
  ],
  'ipc-mode': ({ key, mode, uid, ouid }) => [
    'Objects of System V IPC have an owner and a mode, like files.',
    `The object with key 0x${key.toString(16)} has mode ${octal(mode)} and belongs to uid ${ouid}; you are uid ${uid}.`,
  ],
  'ipc-owner': ({ id, uid, ouid }) => [
    'Only its owner or its creator removes a System V IPC object, or a process with CAP_SYS_ADMIN.',
    `Object ${id} belongs to uid ${ouid}; you are uid ${uid}.`,
  ],

  'exec-format': ({ path, starts }) => [
    'The kernel executes ELF files, and scripts that begin with #! and an interpreter.',
    starts === '#!' ? `${path} begins with #! and no interpreter.` : `${path} begins with "${starts}".`,
    'Begin the script with #!/bin/sh. (A shell runs it without: it reads such a file as a script of its own.)',
  ],
  'interpreter-missing': ({ path, interpreter }) => [
    'To execute a file its interpreter must be there, too: the program after #!, or the loader of an ELF file. "No such file" means the interpreter.',
    `${path} is there; ${interpreter} is not.`,
    'In a chroot copy the loader and the libraries as well: ldd lists them. In a script, look for a typing error or a carriage return in the #! line.',
  ],
  'interpreters-max': ({ max }) => [
    `The interpreter of a script may be a script itself, but only ${max} times in a row.`,
    'Here there are more.',
  ],

  'no-new-privs': ({ path }) => [
    'With no_new_privs a program gains nothing from a set-user-ID bit or file capabilities.',
    `${path} was started with the ids of its caller.`,
    'grep NoNewPrivs /proc/self/status',
  ],
  nosuid: ({ path }) => [
    'On a mount with the option nosuid, or of another user or mount namespace, the set-user-ID bit has no effect.',
    `${path} was started with the ids of its caller.`,
    `findmnt -T ${path}`,
  ],
  'suid-unmapped': ({ path }) => [
    'The set-user-ID bit has an effect only if your user namespace maps the owner and the group of the file.',
    `It does not map those of ${path}.`,
  ],
  'kthread-ignores': ({ pid, comm, signal: number }) => [
    "The kernel's own threads ignore all signals, SIGKILL too: they end only when the kernel says so.",
    `${signal(number)} for ${pid} [${comm}] was dropped.`,
  ],
  'init-ignores': ({ signal: number, comm, ns, fromInside }) => [
    fromInside
      ? 'From inside its pid namespace, an init (pid 1) gets only the signals it has handlers for; not even SIGKILL.'
      : 'From outside, the init (pid 1) of a pid namespace gets SIGKILL, SIGSTOP and the signals it has handlers for.',
    `${signal(number)} for ${comm}, the init of ${ns}, was dropped.`,
    fromInside ? 'Send SIGKILL from the outer pid namespace.' : 'kill -KILL PID',
  ],
  'init-died': ({ comm, ns }) => [
    'When the init (pid 1) of a pid namespace ends, the kernel kills all its other processes.',
    `${comm}, the init of ${ns}, has ended.`,
  ],
  'oom-host': ({ rss, memory }) => [
    'When the host has no memory left, the OOM killer kills the process whose end frees most.',
    `This process used ${bytes(rss)} of the ${bytes(memory)} of the host.`,
    'dmesg tells more; a lower oom_score_adj protects a process.',
  ],
  'oom-memcg': ({ cgroup, max, rss }) => [
    'When a cgroup has reached its memory limit and nothing can be reclaimed, the OOM killer kills the largest process in it.',
    `The limit of ${cgroup} is ${bytes(max)}; this process used ${bytes(rss)}.`,
    'memory.events counts it (oom_kill); dmesg tells more.',
  ],
  'cpu-limit': ({ limit }) => [
    'RLIMIT_CPU (ulimit -t): after so many seconds of CPU time a process gets SIGXCPU, and at the hard limit SIGKILL.',
    `The limit is ${limit} s.`,
  ],
} satisfies Part
