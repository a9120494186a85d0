/**
 * Manual pages of programs whose description says less than one wants to know: Vitrine's own, and those whose --help
 * lists letters only. They stand for the page that is made of the description.
 */
import type { ManPage } from './man-pages.ts'

const WHY: ManPage = {
  name: 'why',
  section: '1',
  summary: 'say why the kernel refused the last command something',
  body: [
    ['SYNOPSIS', 'why [-a] [-p PID] [-l LANG]'],
    [
      'DESCRIPTION',
      'Programs tell only the error of a call: "Operation not permitted". why tells the rule of the kernel behind it, the state that made the rule apply, and often what can be done. It explains the last command of this shell: what the kernel refused it, or what ended it without an error (a limit, the OOM killer, the end of an init).\n\nTwo things it does not know: errors about names ("No such file or directory"), and what a program refuses by itself, before it asks the kernel. This program is Vitrine\'s own; Linux has none like it.',
    ],
    [
      'OPTIONS',
      '*-a, --all\n the last ten refusals, the newest last\n*-p, --pid=PID\n what the process PID and its children were refused; it must be one that you may trace\n*-l, --language=LANG\n en or ko; otherwise the language of LC_ALL, LC_MESSAGES or LANG',
    ],
    ['EXIT STATUS', '0 if there was something to tell, 1 if not.'],
  ],
  seeAlso: 'strace(1), capabilities(7), user_namespaces(7), mount_namespaces(7), cgroups(7)',
}

const CGLS: ManPage = {
  name: 'cgls',
  section: '1',
  summary: 'show control groups and their processes as a tree',
  body: [
    ['SYNOPSIS', 'cgls [-a] [-k] [-l] [[CONTROLLER:]GROUP]...'],
    [
      'DESCRIPTION',
      'Each group is shown with its processes and, below them, the groups inside it. Without an operand that is the whole hierarchy of version 2, or on a host with version 1 every hierarchy that has groups. GROUP is a path below the root of the hierarchy, or a directory of a mounted one; CONTROLLER:GROUP is one in the hierarchy of a controller.\n\ncgls is a program of Vitrine. It looks like systemd-cgls(1), which hosts with systemd have and this one has not; it reads nothing but cgroup.procs and /proc.',
    ],
    [
      'OPTIONS',
      '*-a, --all\n show groups without processes too\n*-k, --kernel\n show kernel threads too\n*-l, --full\n do not cut lines at the edge of the terminal',
    ],
    ['EXIT STATUS', '0, or 1 if there is no such group.'],
  ],
  seeAlso: 'cgtop(1), lscgroup(1), ps(1), cgroups(7)',
}

const CGTOP: ManPage = {
  name: 'cgtop',
  section: '1',
  summary: 'show control groups by what they use',
  body: [
    ['SYNOPSIS', 'cgtop [-b] [-n N] [-d SECONDS] [-p|-t|-c|-m|-i] [-r] [-P] [-x] [--depth=N] [GROUP]'],
    [
      'DESCRIPTION',
      'A table of groups, the one that uses most first, again after each second: how many tasks are in it and in the groups below, its share of the time of one processor (two busy processors are 200), its memory, what it reads from disks and writes to them. A column that no controller counts for a group has a dash: memory, for example, where the controller is not enabled. The line of / is the whole host.\n\ncgtop is a program of Vitrine. It looks like systemd-cgtop(1), which hosts with systemd have and this one has not; it reads cpu.stat, memory.current, pids.current and io.stat, or the files of version 1 that say the same.',
    ],
    [
      'OPTIONS',
      '*-b, --batch\n print one table after the other; so it does without a terminal\n*-n, --iterations=N\n end after N tables\n*-d, --delay=SECONDS\n time between tables, 1 by default\n*-p, -t, -c, -m, -i, --order=KEY\n sort by path, tasks, cpu (the default), memory, io\n*-r, --raw\n sizes in bytes\n*-P, --processes\n count processes, not tasks\n*--depth=N\n how deep below the first group to look, 3 by default\n*-x, --quota\n show the quota of cpu.max as a share of one processor, and in how many percent of the last periods it was used up',
    ],
    ['KEYS', 'p t c m i sort, r and x do as the options, + and - change the delay, q ends.'],
  ],
  seeAlso: 'cgls(1), top(1), pidstat(1), cgroups(7)',
}

const STRESS_NG: ManPage = {
  name: 'stress-ng',
  section: '1',
  summary: 'stress test a computer system in various selectable ways',
  body: [
    ['SYNOPSIS', 'stress-ng [--STRESSOR N]... [-t TIME] [OPTION]...'],
    [
      'DESCRIPTION',
      'Start N workers of each stressor and stop them after TIME (a day if nothing is said). 0 workers are as many as there are processors. Each worker is a process named after its stressor: stress-ng-cpu, stress-ng-vm. A bogo operation is one round of what a worker does; numbers of different stressors cannot be compared.',
    ],
    [
      'STRESSORS',
      '*-c, --cpu N\n compute. -l, --cpu-load P keeps a worker busy for P percent of the time: after each slice of work it sleeps in proportion to what the slice took by the clock. --cpu-load-slice sets the slice: -N operations, N milliseconds, 0 random.\n*-m, --vm N\n fill memory: --vm-bytes (all workers together; 64M, 10%), --vm-keep, --vm-hang SECONDS. A child that the kernel kills for want of memory is replaced, with --oomable it is not.\n*-i, --io N\n call sync\n*-d, --hdd N\n write and read files: --hdd-bytes, --hdd-write-size, --temp-path\n*--fork N\n fork and wait: --fork-max children at a time\n*-s, --switch N\n change places with a child through a pipe: --switch-freq times a second\n*--matrix, -p --pipe, -y --yield N\n compute with matrices, write to a child, give the processor away',
    ],
    [
      'OPTIONS',
      '*-t, --timeout T\n 10, 10s, 5m, 1h, 1d; 0 is for ever\n*--STRESSOR-ops N\n stop a stressor after N operations\n*--metrics, --metrics-brief, --times, -v\n tell what was done, which processor time it took, and more\n*--taskset LIST, --sched TYPE, --sched-prio N\n processors and policy of the workers\n*--sequential N\n one stressor after the other\n*-n, --dry-run; -q, --quiet; -k, --keep-name; --log-file FILE; --log-brief; --timestamp\n as they say',
    ],
    [
      'EXIT STATUS',
      '0; 1 for a wrong command line; 2 if a worker was killed before it could sign its numbers.',
    ],
  ],
  seeAlso: 'stress(1), cgroups(7), taskset(1), chrt(1)',
}

const MPSTAT: ManPage = {
  name: 'mpstat',
  section: '1',
  summary: 'report processors related statistics',
  body: [
    [
      'SYNOPSIS',
      'mpstat [-A] [-n] [-T] [-u] [-V] [-I SUM|CPU|SCPU|ALL] [-N LIST|ALL] [-P LIST|ALL] [-o JSON] [--dec=0|1|2] [interval [count]]',
    ],
    [
      'DESCRIPTION',
      'How the processors spend their time, in percent: of user programs, niced ones, the kernel, waiting for disks, interrupts, and idle. Without an interval that is since the boot; with one, since the line before, and at the end (or at ^C) on average.',
    ],
    [
      'OPTIONS',
      '*-P LIST\n processors such as 0,2-3; all is their sum, ALL is everything\n*-u, -n, -N LIST, -T\n processors (the default), nodes of memory, where processors are\n*-I KIND\n interrupts a second: their sum, each hard one, each soft one\n*-A\n all of it\n*-o JSON\n for programs\n*--dec=N\n decimals',
    ],
    [
      'ENVIRONMENT',
      '*S_TIME_FORMAT=ISO\n dates as 2026-01-31\n*S_COLORS=always|never\n colours, which otherwise only terminals get',
    ],
  ],
  seeAlso: 'pidstat(1), top(1), vmstat(8), proc(5)',
}

const PIDSTAT: ManPage = {
  name: 'pidstat',
  section: '1',
  summary: 'report statistics for Linux tasks',
  body: [
    [
      'SYNOPSIS',
      'pidstat [-dHhIlRrstuVvw] [-U [USER]] [-C RE] [-G RE] [-p PID,...|SELF|ALL] [-T TASK|CHILD|ALL] [--dec=N] [--human] [interval [count]] [-e program args]',
    ],
    [
      'DESCRIPTION',
      'What tasks do: shares of a processor (%wait is the time they could have run and others did), faults and memory, disk traffic, switches. Without an interval that is since the boot; with one, since the line before, and at the end on average. Tasks that did nothing are left out, unless they are named by -p.',
    ],
    [
      'OPTIONS',
      '*-u -r -d -w -s -v -R\n processor (the default), memory, disks, switches, stack, threads and files, priority\n*-t\n threads too\n*-p LIST\n these processes; SELF is pidstat, ALL all of them, active or not\n*-C RE, -G RE, -U USER\n tasks and processes whose names match, those of a user\n*-l\n whole command lines\n*-h\n all columns in one line, no averages\n*-T\n tasks, or what they and their ended children did, or both\n*-e\n run a program and watch it to its end',
    ],
  ],
  seeAlso: 'mpstat(1), ps(1), top(1), proc(5)',
}

export const PROGRAM_PAGES: readonly ManPage[] = [WHY, CGLS, CGTOP, STRESS_NG, MPSTAT, PIDSTAT]
