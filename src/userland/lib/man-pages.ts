/**
 * Manual pages that no program brings along: builtins of the shell, and what containers are made of, in our own words.
 * `*` before a line of a section makes it a term that the indented lines behind it explain.
 */

/** A page: its section of the manual, one line about it, and headed paragraphs. */
export interface ManPage {
  readonly name: string
  readonly section: string
  readonly summary: string
  readonly body: readonly (readonly [heading: string, text: string])[]
  readonly seeAlso?: string
}

const builtin = (name: string, summary: string, synopsis: string, description: string): ManPage => ({
  name,
  section: '1',
  summary: `${summary} (shell builtin)`,
  body: [
    ['SYNOPSIS', synopsis],
    [
      'DESCRIPTION',
      `${description}\n\nThis is a builtin of bash; 'help ${name}' describes it in bash's words.`,
    ],
  ],
  seeAlso: 'bash(1)',
})

const BUILTINS: readonly ManPage[] = [
  builtin(
    'cd',
    'change the working directory',
    'cd [-L|-P] [dir]',
    'Make dir the working directory of the shell: $HOME without an operand, the one before for "-". With -P symbolic links are followed, with -L the path is taken as it is written.',
  ),
  builtin(
    'export',
    'pass variables on to programs',
    'export [-fn] [name[=value] ...]\nexport -p',
    'Mark variables so that programs started later find them in their environment. -n takes the mark away, -p lists what is marked.',
  ),
  builtin(
    'ulimit',
    'limits of resources',
    'ulimit [-HSa] [-cdefilmnpstuv] [limit]',
    'Show or set limits of the shell and of what it starts: -u processes, -n open files, -v memory, -c core files, -f file size, -a all. -H is the hard limit, -S the soft one. These limits are of one user or process; a control group limits all processes in it together.',
  ),
  builtin(
    'umask',
    'permissions that new files do not get',
    'umask [-S] [mode]',
    'Show or set the mask: bits set in it are cleared in the mode of files and directories that are made.',
  ),
  builtin(
    'jobs',
    'list jobs',
    'jobs [-lnprs] [job ...]',
    'List what runs in the background or is stopped. -l adds process ids, -p shows only those.',
  ),
  builtin(
    'fg',
    'continue a job in the foreground',
    'fg [job]',
    'Bring a job (%1, %name; the current one without operand) to the terminal and continue it.',
  ),
  builtin(
    'bg',
    'continue a job in the background',
    'bg [job ...]',
    'Continue stopped jobs as if they had been started with &.',
  ),
  builtin(
    'wait',
    'wait for processes',
    'wait [-fn] [-p var] [id ...]',
    'Wait until the processes or jobs named have ended, all of them without operands, and return the status of the last. -n waits for any one.',
  ),
  builtin(
    'trap',
    'react to signals',
    "trap [-lp] ['command' signal ...]",
    'Have a command run when a signal comes: INT, TERM, CHLD, or EXIT at the end of the shell, ERR after a failure, DEBUG before each command. An empty command ignores the signal, - restores what was.',
  ),
  builtin(
    'exec',
    'become a program',
    'exec [-cl] [-a name] [command [argument ...]] [redirection ...]',
    'Replace the shell by a program; the process keeps its id. Without a command the redirections hold for the shell from now on. This is how the first program of a container takes the place of what set it up.',
  ),
  builtin(
    'read',
    'read a line',
    'read [-ers] [-a array] [-d delim] [-n count] [-p prompt] [-t seconds] [-u fd] [name ...]',
    'Read a line from standard input and split it into variables by $IFS; the last one gets what is left. -r leaves backslashes alone, -s does not echo, -p shows a prompt.',
  ),
  builtin(
    'set',
    'options and parameters of the shell',
    'set [-abefhkmnptuvxBCHP] [-o option] [--] [argument ...]',
    'Set options: -e ends the shell at a failure, -u makes unset variables errors, -x shows commands before they run, -o pipefail counts failures within pipelines. Arguments become $1, $2, … .',
  ),
  builtin(
    'shopt',
    'options of bash',
    'shopt [-pqsu] [-o] [name ...]',
    'Show, set (-s) or unset (-u) options such as extglob, globstar, nullglob, dotglob.',
  ),
  builtin(
    'source',
    'run a file in this shell',
    'source file [argument ...]\n. file [argument ...]',
    'Read commands from a file and run them here, so that variables they set stay.',
  ),
  builtin(
    'alias',
    'names for commands',
    'alias [-p] [name[=value] ...]',
    'Define or list names that stand for the beginning of a command.',
  ),
  builtin(
    'type',
    'what a name means',
    'type [-afptP] name ...',
    'Say whether a name is an alias, a function, a builtin or a file. -t says it in one word, -P looks for a file only.',
  ),
  builtin(
    'history',
    'commands typed before',
    'history [n]\nhistory -c | -d offset | -anrw [file]',
    'List the commands typed, the last n of them. !! repeats the last one, !n number n.',
  ),
  builtin(
    'declare',
    'variables and their attributes',
    'declare [-aAfFgiIlnprtux] [name[=value] ...]',
    'Declare variables: -a arrays, -A associative arrays, -i integers, -r constants, -x exported, -n references. -p shows them.',
  ),
  builtin(
    'local',
    'variables of a function',
    'local [option] name[=value] ...',
    'Make variables that are known only within the function and what it calls.',
  ),
  builtin(
    'getopts',
    'parse options in a script',
    'getopts optstring name [argument ...]',
    'Put the next option of the arguments in a variable, its value in $OPTARG; fails when there are no more.',
  ),
  builtin(
    'disown',
    'forget jobs',
    'disown [-h] [-ar] [job ...]',
    'Take jobs out of the list, so that the shell does not end them when it is left. -h keeps them in the list.',
  ),
  builtin(
    'hash',
    'where commands were found',
    'hash [-lr] [-d name] [name ...]',
    'Show or forget (-r) the paths of commands that the shell has found before.',
  ),
  builtin(
    'command',
    'run a program, not a function',
    'command [-pVv] command [argument ...]',
    'Run a command although a function of that name exists. -v says what would be run.',
  ),
  builtin(
    'eval',
    'run text as a command',
    'eval [argument ...]',
    'Join the arguments with blanks and run the result as a command line.',
  ),
  builtin('exit', 'leave the shell', 'exit [n]', 'End the shell with status n, or that of the last command.'),
  builtin(
    'return',
    'leave a function',
    'return [n]',
    'End a function or a file read by source with status n.',
  ),
  builtin(
    'shift',
    'move the parameters',
    'shift [n]',
    'Rename $n+1, $n+2, … to $1, $2, … ; n is 1 if not given.',
  ),
  builtin(
    'unset',
    'remove variables and functions',
    'unset [-fnv] [name ...]',
    'Remove variables (-v), functions (-f) or references (-n).',
  ),
  builtin(
    'mapfile',
    'lines into an array',
    'mapfile [-d delim] [-n count] [-O origin] [-s count] [-t] [-u fd] [array]',
    'Read lines from standard input into an array, -t without their line breaks.',
  ),
  builtin(
    'times',
    'processor time used',
    'times',
    'Show user and system time of the shell, and of what it has started.',
  ),
]

const NAMESPACES: ManPage = {
  name: 'namespaces',
  section: '7',
  summary: 'what makes a process see a system of its own',
  body: [
    [
      'DESCRIPTION',
      'A namespace wraps one kind of resource that is usually shared by the whole system, so that the processes in it have their own. A container is a process in namespaces of its own; there is no such thing as a container in the kernel.',
    ],
    [
      'KINDS',
      '*mnt (CLONE_NEWNS)\n The tree of mounts. See mount_namespaces(7).\n*uts (CLONE_NEWUTS)\n Host name and domain name.\n*ipc (CLONE_NEWIPC)\n System V objects and POSIX message queues.\n*pid (CLONE_NEWPID)\n Process ids. See pid_namespaces(7).\n*net (CLONE_NEWNET)\n Devices, addresses, routes, ports.\n*user (CLONE_NEWUSER)\n User and group ids, capabilities. See user_namespaces(7).\n*cgroup (CLONE_NEWCGROUP)\n The root of the cgroups one sees.\n*time (CLONE_NEWTIME)\n Offsets of the monotonic and the boot clock.',
    ],
    [
      'CALLS',
      '*clone(2)\n Starts a child in new namespaces.\n*unshare(2)\n Moves the caller into new ones; for pid and time it is the children that move.\n*setns(2)\n Joins the namespace behind a descriptor.',
    ],
    [
      'FILES',
      '/proc/PID/ns has a link for each kind. Its text, as in mnt:[4026531841], names the namespace: two processes with the same text share it. A bind mount of such a file keeps the namespace when its last process is gone.',
    ],
    [
      'EXAMPLE',
      'unshare --uts --fork bash     a shell with a host name of its own\nlsns                          what namespaces there are\nnsenter -t PID -a             join all namespaces of a process',
    ],
  ],
  seeAlso:
    'lsns(8), nsenter(1), unshare(1), cgroups(7), mount_namespaces(7), pid_namespaces(7), user_namespaces(7)',
}

const CGROUPS: ManPage = {
  name: 'cgroups',
  section: '7',
  summary: 'groups of processes whose use of resources is counted and limited',
  body: [
    [
      'DESCRIPTION',
      'Control groups form a tree of directories, /sys/fs/cgroup in version 2. Every process is in exactly one of them, and its children start in the same. Controllers count what the processes of a group use and hold them to limits.',
    ],
    [
      'USE',
      'mkdir makes a group, rmdir removes an empty one. Writing a process id to cgroup.procs moves that process. Writing "+cpu +memory" to cgroup.subtree_control gives these controllers to the children; a group that does so may have no processes of its own, except the root.',
    ],
    [
      'CONTROLLERS',
      '*cpu\n cpu.weight is the share when processors are busy, cpu.max "QUOTA PERIOD" an upper bound in microseconds.\n*memory\n memory.max is the limit; beyond it memory is reclaimed, then the OOM killer ends a process. memory.high slows down. memory.current shows the use.\n*pids\n pids.max limits the number of processes; fork fails with EAGAIN.\n*cpuset\n cpuset.cpus names the processors that may be used.\n*io\n io.max limits reading and writing of devices.',
    ],
    [
      'FILES',
      'cgroup.events tells whether a group is populated or frozen; cgroup.freeze stops all its processes, cgroup.kill ends them. /proc/PID/cgroup names the group of a process.',
    ],
    [
      'VERSION 1',
      'Before, every controller had a tree of its own, mounted under /sys/fs/cgroup: cpu.shares, cpu.cfs_quota_us, memory.limit_in_bytes.',
    ],
    [
      'EXAMPLE',
      'mkdir /sys/fs/cgroup/demo\necho "20000 100000" > /sys/fs/cgroup/demo/cpu.max\necho $$ > /sys/fs/cgroup/demo/cgroup.procs',
    ],
  ],
  seeAlso: 'namespaces(7), systemd-cgls(1)',
}

const OVERLAY: ManPage = {
  name: 'overlay',
  section: '7',
  summary: 'a file system that lays one directory over others',
  body: [
    ['SYNOPSIS', 'mount -t overlay overlay -o lowerdir=L1:L2,upperdir=U,workdir=W TARGET'],
    [
      'DESCRIPTION',
      'The mount shows the lower directories as one tree, the first of them on top, and the upper directory above all. Lower ones are only read: this is how many containers share the layers of an image. Without upperdir the mount is read-only.',
    ],
    [
      'CHANGES',
      '*Copying up\n A lower file that is opened for writing is copied to upper first, whole, with its owner, mode and attributes.\n*Whiteouts\n Removing a lower file leaves a character device 0:0 of its name in upper, which hides it.\n*Opaque directories\n A directory made where a lower one was removed has the attribute trusted.overlay.opaque "y": nothing below shines through.\n*Renaming\n A directory that exists below cannot be renamed (EXDEV); mv copies it then.',
    ],
    [
      'NOTES',
      'workdir must be an empty directory of the same file system as upperdir; changes are prepared there. What happens when lower directories change while mounted is not defined.',
    ],
  ],
  seeAlso: 'mount(8), mount_namespaces(7)',
}

const CAPABILITIES: ManPage = {
  name: 'capabilities',
  section: '7',
  summary: 'the power of root in pieces',
  body: [
    [
      'DESCRIPTION',
      'What only root may do is divided into capabilities, which a process has or lacks one by one. A container usually keeps only a few of them.',
    ],
    [
      'SETS OF A PROCESS',
      '*Effective\n What counts when the kernel checks.\n*Permitted\n What may be made effective.\n*Inheritable\n What may pass through exec by a file that allows it.\n*Bounding\n The most that exec can give; what was dropped here never comes back.\n*Ambient\n What passes through exec of any program without privileges of its own.',
    ],
    [
      'SOME CAPABILITIES',
      '*CAP_SYS_ADMIN\n mount, unshare, sethostname and much else.\n*CAP_NET_ADMIN\n Interfaces, addresses, routes, firewalls.\n*CAP_NET_BIND_SERVICE\n Ports below 1024.\n*CAP_CHOWN, CAP_DAC_OVERRIDE, CAP_FOWNER\n Owners and permissions of files.\n*CAP_SETUID, CAP_SETGID\n Becoming another user or group.\n*CAP_KILL\n Signals to processes of others.\n*CAP_SYS_CHROOT\n chroot.\n*CAP_MKNOD\n Device files.\n*CAP_SYS_PTRACE\n Looking into other processes.\n*CAP_SYS_BOOT, CAP_SYS_TIME, CAP_SYS_MODULE\n Reboot, clock, modules.',
    ],
    [
      'USER NAMESPACES',
      'A process has its capabilities over what belongs to its user namespace: full ones in a new namespace let it mount there, but not set the clock of the host.',
    ],
    [
      'FILES',
      'CapInh, CapPrm, CapEff, CapBnd and CapAmb in /proc/PID/status. setcap stores capabilities with a program.',
    ],
  ],
  seeAlso: 'capsh(1), getcap(8), getpcaps(8), setcap(8), setpriv(1), user_namespaces(7)',
}

const PID_NAMESPACES: ManPage = {
  name: 'pid_namespaces',
  section: '7',
  summary: "process ids of one's own",
  body: [
    [
      'DESCRIPTION',
      'The first process in a pid namespace has id 1 there, and another id in every namespace outside. Processes see only those of their own namespace and of those within it.',
    ],
    [
      'PROCESS 1',
      'Orphans become its children, so it should wait for them. Signals for which it has no handler do not reach it from inside; from outside SIGKILL and SIGSTOP do. When it ends, the kernel kills all others of the namespace, and fork fails with ENOMEM from then on.',
    ],
    [
      'ENTERING',
      'unshare and setns do not change the caller, whose id must stay: the next child is the first in the new namespace. That is why unshare --pid is used with --fork.',
    ],
    [
      '/proc',
      "The proc file system shows the pid namespace it was mounted in. After entering a new one it has to be mounted again, in a mount namespace of one's own: unshare --pid --fork --mount-proc.",
    ],
  ],
  seeAlso: 'namespaces(7), nsenter(1), unshare(1)',
}

const USER_NAMESPACES: ManPage = {
  name: 'user_namespaces',
  section: '7',
  summary: 'root within, an ordinary user without',
  body: [
    [
      'DESCRIPTION',
      'A user namespace maps ranges of user and group ids to ids of the namespace around it. Anybody may make one, and has all capabilities in it, over the namespaces that belong to it. That is what rootless containers are built on.',
    ],
    [
      'MAPPING',
      'Each line of /proc/PID/uid_map and gid_map reads "INSIDE OUTSIDE COUNT". A map is written once. Without privileges one line is allowed, for the own id, and for groups only after "deny" was written to /proc/PID/setgroups. newuidmap and newgidmap write longer ones, as far as /etc/subuid and /etc/subgid allow. Ids without a mapping appear as 65534 (nobody).',
    ],
    [
      'FILES',
      'Permission checks use the ids outside: root of a namespace may touch only what its outer id may.',
    ],
    ['EXAMPLE', 'unshare --user --map-root-user bash\ncat /proc/self/uid_map'],
  ],
  seeAlso: 'capabilities(7), namespaces(7), newuidmap(1), unshare(1)',
}

const MOUNT_NAMESPACES: ManPage = {
  name: 'mount_namespaces',
  section: '7',
  summary: "a tree of mounts of one's own",
  body: [
    [
      'DESCRIPTION',
      'A new mount namespace begins with a copy of all mounts. What is mounted later appears elsewhere only as propagation allows.',
    ],
    [
      'PROPAGATION',
      '*shared\n Mounts here appear in all mounts of the same peer group, and theirs here.\n*private\n Neither way.\n*slave\n Theirs appear here, ours not there.\n*unbindable\n As private, and no bind mounts of it.',
    ],
    [
      'NOTES',
      'util-linux makes everything private when it makes a mount namespace, unless --propagation says otherwise. The optional fields of /proc/PID/mountinfo (shared:N, master:N) tell how mounts are connected. pivot_root changes the root of the namespace; the old one can be unmounted then, which chroot cannot offer.',
    ],
    [
      'EXAMPLE',
      'unshare --mount bash\nmount -t tmpfs none /mnt      not seen outside\nfindmnt -o TARGET,PROPAGATION',
    ],
  ],
  seeAlso: 'findmnt(8), mount(8), namespaces(7), pivot_root(8)',
}

const BASH: ManPage = {
  name: 'bash',
  section: '1',
  summary: 'the shell: reads commands and runs them',
  body: [
    ['SYNOPSIS', 'bash [options] [command_string | file]'],
    [
      'DESCRIPTION',
      'bash runs programs, joins them with pipes, keeps variables, and is a programming language. Without operands it reads from the terminal; with -c it runs the text that follows, else the file named.',
    ],
    [
      'OPTIONS',
      '*-c\n Run the commands in the first operand.\n*-e, -u, -x, -n\n End at a failure; take unset variables as errors; show commands before they run; only check them.\n*-i\n Be interactive.\n*-l, --login\n Be a login shell, which reads /etc/profile and ~/.profile.\n*-o option, -O option\n Set an option of set or shopt.\n*--norc, --noprofile\n Do not read ~/.bashrc, nor the profiles.',
    ],
    [
      'KEYS',
      'Tab completes names. Up and Down go through the history, Ctrl-R searches it. Ctrl-A and Ctrl-E go to the ends of the line, Ctrl-W cuts a word, Ctrl-U the line, Ctrl-Y puts it back. Ctrl-C interrupts, Ctrl-Z stops, Ctrl-D at an empty line leaves.',
    ],
    [
      'EXIT STATUS',
      'That of the last command; 126 when something cannot be run, 127 when it was not found, 128 and the number of the signal when one ended it.',
    ],
  ],
  seeAlso: 'cd(1), export(1), jobs(1), set(1), trap(1)',
}

export const MAN_PAGES: readonly ManPage[] = [
  BASH,
  ...BUILTINS,
  NAMESPACES,
  CGROUPS,
  OVERLAY,
  CAPABILITIES,
  PID_NAMESPACES,
  USER_NAMESPACES,
  MOUNT_NAMESPACES,
]
