/** Namespaces, id maps, credentials, other tasks, and what befell a task, in English. */
import { bytes, capName, octal, type Part, signal } from '../dictionary.ts'

const OUTER = 'user_namespaces(7), "User and group ID mappings".'

export const namespaces = {
  'unshare-flags': () => [
    'unshare(2) knows only the flags of namespaces and a few of clone(2).',
    'Others were given.',
  ],
  'setns-own-user': ({ mine }) => [
    'Nobody enters the user namespace he is in already: that would give back every capability he has dropped.',
    `You are in ${mine}.`,
  ],
  'has-threads': () => [
    'Only a process with a single thread can change this for itself.',
    'This process has several.',
  ],
  'shares-fs': ({ kind }) => [
    `Whoever changes the ${kind} namespace may not share root and working directory with another task (CLONE_FS).`,
    'This process shares them.',
  ],
  'setns-pid-ancestor': ({ ns, mine }) => [
    "setns(2) goes into one's own pid namespace or one below it, never out.",
    `${ns} is not below ${mine}.`,
  ],
  'time-frozen': ({ ns }) => [
    'The offsets of a time namespace stay as they are once a process lives in it.',
    `Somebody lives in ${ns}.`,
    'Set them between unshare(2) and the first child: unshare --time --boottime=N.',
  ],
  'time-range': ({ sec, now }) => [
    'With its offset a clock must still be positive, and far from its end.',
    `It is at ${now} s, and ${sec} s would be added.`,
  ],
  'userns-clone-off': () => [
    'kernel.unprivileged_userns_clone is 0: only root makes user namespaces.',
    'You have no CAP_SYS_ADMIN in the initial user namespace.',
    'sysctl -w kernel.unprivileged_userns_clone=1, as root',
  ],
  'userns-depth': ({ level, max }) => [
    'User namespaces are nested to a limit.',
    `Yours is at level ${level}; the limit is ${max + 1}.`,
  ],
  'userns-chrooted': () => [
    'In a chroot no user namespace is made: with the capability to chroot again one would get out.',
    'Your root is not the root of your mount namespace.',
    'pivot_root(2) changes the root of the namespace itself.',
  ],
  'userns-unmapped': ({ kind, mine }) => [
    'Who makes a user namespace must have ids in the one he is in.',
    `Your ${kind} has no number in ${mine}: its map does not have it, or is still empty.`,
    `Write the map first (unshare --map-root-user, newuidmap).`,
  ],
  ucount: ({ kind, max, uid, ns }) => [
    `user.max_${kind}_namespaces is how many ${kind} namespaces one user may have made, in a user namespace and all below it.`,
    `In ${ns} the limit is ${max}, and uid ${uid} has reached it.`,
    max === 0
      ? 'A limit of 0 forbids them.'
      : 'Namespaces go with their last process, open file or mount: lsns',
  ],
  'pid-ns-dead': ({ ns }) => [
    'When the init (pid 1) of a pid namespace has died, nobody is born into it any more.',
    `The init of ${ns} is dead, and your children are to be born there.`,
    'unshare --pid --fork: without --fork the first child is the init, and its end is the end of the namespace.',
  ],
  'pid-ns-twice': ({ ns, mine }) => [
    'A process makes only one new pid namespace, until a child lives in it.',
    `You are in ${mine}, your children go to ${ns} already.`,
    'Fork first (unshare --fork).',
  ],
  'pid-ns-depth': ({ max }) => ['Pid namespaces are nested to a limit.', `It is ${max}.`],

  'setgroups-word': ({ text }) => [
    '/proc/PID/setgroups takes one of two words: allow, deny.',
    `"${text}" is neither.`,
  ],
  'setgroups-denied': ({ ns }) => [
    'Where setgroups is denied it stays denied: else a process could drop a group that keeps it out of something.',
    `It is denied in ${ns}.`,
    'newgidmap (with /etc/subgid) writes the map without that.',
  ],
  'setgroups-unmapped': ({ ns }) => [
    'Groups are set only once gid_map is written.',
    `That of ${ns} is empty.`,
  ],
  'setgroups-after-map': ({ ns }) => [
    'setgroups is denied before gid_map is written, not afterwards.',
    `${ns} has its gid_map.`,
  ],
  'map-outside': ({ ns, mine }) => [
    'A map is written by a process in the user namespace itself, or in its parent.',
    `${ns} is neither that of the writer, ${mine}, nor a child of it (or it is the initial one, whose map is fixed).`,
    OUTER,
  ],
  'map-written': ({ kind, ns }) => [
    'A map is written once, in one write(2).',
    `${kind}_map of ${ns} is written already.`,
    'Write all lines at once, and open the file anew.',
  ],
  'map-root': ({ parent }) => [
    'To map id 0 of the parent needs CAP_SETFCAP: else capabilities of files could be forged.',
    `Whoever made the namespace did not have it in ${parent}.`,
  ],
  'map-setgroups': ({ ns }) => [
    'Who maps his own group without CAP_SETGID must give up setgroups(2) first: a group may keep its members out of things.',
    `/proc/PID/setgroups of ${ns} still says allow.`,
    'echo deny > /proc/PID/setgroups, then write gid_map.',
  ],
  'map-others': ({ kind, uid, gid, parent }) => [
    `Without CAP_SET${kind.toUpperCase()} in the parent a map may have one line, which maps one id: the writer's own.`,
    `The writer is ${kind} ${kind === 'uid' ? uid : gid} of ${parent} and has no such capability there.`,
    `new${kind}map may map the ranges that /etc/sub${kind} grants you.`,
  ],
  'map-unmapped': ({ kind, first, last, parent }) => [
    'The ids outside must be known to the parent user namespace, in one of its lines.',
    `${kind} ${first === last ? first : `${first} to ${last}`} is not (wholly) mapped in ${parent}.`,
  ],
  'map-syntax': ({ line }) => [
    'Each line of a map is three numbers: first id inside, first id outside, how many.',
    `"${line}" is not.`,
  ],
  'map-range': ({ line }) => [
    'A line maps at least one id, and none beyond 4294967294.',
    `"${line}" does not keep to that.`,
  ],
  'map-overlap': ({ line }) => [
    'The lines of a map do not overlap, neither inside nor outside.',
    `"${line}" overlaps one before it.`,
  ],
  'map-extents': ({ count, max }) => [`A map has 1 to ${max} lines.`, `This one has ${count}.`],
  'id-unmapped': ({ kind, id, mine }) => [
    'A process uses only ids that its user namespace maps.',
    `${kind} ${id} is not mapped in ${mine}.`,
    `cat /proc/self/${kind}_map`,
  ],

  'cap-inheritable': ({ cap }) => [
    'New inheritable capabilities must be in the bounding set.',
    `${capName(cap)} is not.`,
  ],
  'cap-permitted': ({ cap }) => [
    'The permitted set only ever shrinks (but for execve).',
    `${capName(cap)} is not in it.`,
  ],
  'cap-effective': ({ cap }) => [
    'Only what is permitted can be effective.',
    `${capName(cap)} is not to be permitted.`,
  ],
  'cap-ambient': ({ cap, forbidden, permitted, inheritable }) => [
    'A capability becomes ambient only if it is both permitted and inheritable, and securebits allow it.',
    forbidden
      ? 'The securebit no_cap_ambient_raise is set.'
      : `${capName(cap)} is ${[!permitted && 'not permitted', !inheritable && 'not inheritable'].filter(Boolean).join(' and ')}.`,
  ],
  'securebits-locked': () => ['A securebit that is locked stays as it is.', 'This one is locked.'],
  'file-caps-lacking': ({ path }) => [
    'A program whose file capabilities are marked effective is not started without all of them.',
    `The bounding set of the process lacks one that ${path} asks for.`,
    'getcap shows them, capsh --print the bounding set.',
  ],
  kill: ({ pid, comm, uid, euid, tuid, owner }) => [
    "One may signal processes of the same user (one's real or effective uid is their real or saved one); others need CAP_KILL in the user namespace of the target.",
    `Process ${pid || '?'} (${comm}) is of uid ${tuid} in ${owner}; you are uid ${uid}${euid === uid ? '' : ` (effective ${euid})`}.`,
  ],
  'ptrace-self': () => ['No process traces itself.', 'The target is the tracer.'],
  'ptrace-taken': ({ tracer }) => [
    'A process has one tracer, and a dead one none.',
    tracer ? `Process ${tracer} traces it.` : 'It is a zombie.',
  ],
  'ptrace-access': ({ pid, comm, uid, tuid, reason, owner, mine }) => [
    'To look into a process one must be the same user, in all its ids, have all its capabilities, and it must be dumpable; else CAP_SYS_PTRACE in its user namespace is needed.',
    `Process ${pid || '?'} (${comm}) ${
      reason === 'user'
        ? `is of uid ${tuid}, you are uid ${uid}.`
        : reason === 'dumpable'
          ? 'is not dumpable: its ids or capabilities have changed, or its file cannot be read.'
          : reason === 'userns'
            ? `is in ${owner}, you are in ${mine}.`
            : 'has capabilities that you have not.'
    }`,
  ],
  hidepid: ({ hidepid }) => [
    "The mount option hidepid keeps the directories of others' processes shut.",
    `This proc is mounted with hidepid=${hidepid}.`,
  ],
  'oom-adj': ({ value, minimum }) => [
    'Without CAP_SYS_RESOURCE oom_score_adj is lowered no further than the privileged have set it.',
    `${value} is below ${minimum}.`,
  ],
  'setpgid-execed': () => [
    'A child is put into another process group only until it has executed a program.',
    'It has.',
  ],
  'setpgid-leader': () => ['The leader of a session stays in its group.', 'It is one.'],
  'setsid-leader': ({ pid }) => [
    'The leader of a process group cannot begin a session: the group would be in two.',
    `Process ${pid} leads one.`,
    'Fork first (setsid --fork).',
  ],
  'ipc-mode': ({ key, mode, uid, ouid }) => [
    'Objects of System V have modes like files.',
    `Key 0x${key.toString(16)} has mode ${octal(mode)} and is of uid ${ouid}; you are uid ${uid}.`,
  ],
  'ipc-owner': ({ id, uid, ouid }) => [
    'Owner or maker remove it, or who has CAP_SYS_ADMIN.',
    `Object ${id} is of uid ${ouid}; you are uid ${uid}.`,
  ],

  'exec-format': ({ path, starts }) => [
    'The kernel runs ELF files, and scripts whose first line is #!INTERPRETER.',
    starts === '#!' ? `${path} begins with #! and no interpreter.` : `${path} begins with "${starts}".`,
    'Shells run such a file as a script of their own; a #! line makes it work everywhere.',
  ],
  'interpreter-missing': ({ path, interpreter }) => [
    'To run a file its interpreter must be there as well: what #! names, or the loader of an ELF file. "No such file" is about that one.',
    `${path} is there; ${interpreter} is not.`,
    'In a chroot or container copy the loader and libraries along (ldd), or look for a carriage return at the end of the #! line.',
  ],
  'interpreters-max': ({ max }) => ['An interpreter may be a script itself, to a limit.', `It is ${max}.`],

  'no-new-privs': ({ path }) => [
    'With no_new_privs a program gains nothing by its set-user-ID bit or capabilities.',
    `${path} was started with the caller's own ids.`,
    'grep NoNewPrivs /proc/self/status',
  ],
  nosuid: ({ path }) => [
    'On a mount with the option nosuid (or of another user or mount namespace) the set-user-ID bit does not count.',
    `${path} was started with the caller's own ids.`,
    `findmnt -T ${path}`,
  ],
  'suid-unmapped': ({ path }) => [
    'The set-user-ID bit counts only where the user namespace has an id for the owner of the file.',
    `It has none for that of ${path}.`,
  ],
  'init-ignores': ({ signal: number, comm, ns, fromInside }) => [
    fromInside
      ? 'The init of a pid namespace gets from inside only the signals that it handles; not even SIGKILL.'
      : 'From outside, the init of a pid namespace is harmed by SIGKILL and SIGSTOP, and by what it handles.',
    `${signal(number)} to ${comm}, the init of ${ns}, came to nothing.`,
    fromInside ? 'Kill it from the namespace outside.' : 'kill -KILL',
  ],
  'init-died': ({ comm, ns }) => [
    'When the init of a pid namespace dies, the kernel kills everybody in it.',
    `${comm}, the init of ${ns}, has ended.`,
  ],
  'oom-host': ({ rss, memory }) => [
    'When no memory is left the OOM killer ends the process that frees most.',
    `It had ${bytes(rss)} of ${bytes(memory)}.`,
    'oom_score_adj tells it whom to spare.',
  ],
  'oom-memcg': ({ cgroup, max, rss }) => [
    'When a cgroup is at its memory limit the OOM killer ends the biggest process in it.',
    `The limit of ${cgroup} is ${bytes(max)}; this process had ${bytes(rss)}.`,
    'memory.events counts it (oom_kill).',
  ],
  'cpu-limit': ({ limit }) => [
    'RLIMIT_CPU (ulimit -t): a process gets SIGXCPU when it has used so many seconds, and SIGKILL at the hard limit.',
    `The limit is ${limit} s.`,
  ],
} satisfies Part
