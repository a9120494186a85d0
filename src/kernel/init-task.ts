/** What the first tasks of a boot begin with: init and kthreadd. Linux: init/init_task.c. */
import { RLIM_INFINITY, type Rlimit, SIGCHLD } from '../abi/index.ts'
import type { Draft } from '../state/index.ts'
import type { Kernel } from './kernel.ts'
import { FRESH_GROUP } from './thread-group.ts'
import type { Task } from './types.ts'

const MEGABYTE = 1 << 20

/** When they are made: the kernel has set itself up, and mounts the root disk next. ns since boot. */
const STARTED_AT = 480_000_000

const NONE = RLIM_INFINITY
const limit = (cur: number, max = cur): Rlimit => ({ cur, max })

/** Linux: INIT_RLIMITS, with what depends on memory. */
const INIT_RLIMITS: readonly Rlimit[] = [
  limit(NONE),
  limit(NONE),
  limit(NONE),
  limit(8 * MEGABYTE, NONE),
  limit(0, NONE),
  limit(NONE),
  limit(7818),
  limit(1024, 4096),
  limit(8 * MEGABYTE),
  limit(NONE),
  limit(NONE),
  limit(7818),
  limit(819200),
  limit(0),
  limit(0),
  limit(NONE),
]

type Parts = 'pids' | 'cred' | 'nsproxy' | 'fs' | 'files' | 'sighand'

/** A task in the first pid namespace and the roots of all hierarchies, in no session, of no program. */
export function initTask(k: Kernel): Omit<Draft<Task>, Parts> {
  return {
    ...FRESH_GROUP,
    tgid: 0,
    pidNs: k.initPidNs,
    parent: 0,
    children: [],
    pgrp: 0,
    session: 0,
    tty: 0,
    comm: 'swapper',
    argv: [],
    environ: [],
    exeMount: 0,
    exeDentry: 0,
    state: 'R',
    wchan: '',
    exitCode: 0,
    exitSignal: SIGCHLD,
    blocked: 0n,
    pending: 0n,
    rtQueue: [],
    noNewPrivs: false,
    dumpable: true,
    pdeathsig: 0,
    childSubreaper: false,
    didExec: false,
    oomScoreAdj: 0,
    rlimits: INIT_RLIMITS,
    startTime: STARTED_AT,
    nice: 0,
    policy: 0,
    affinity: Array.from({ length: k.cpus }, (_, cpu) => cpu),
    cpu: 0,
    onCpu: false,
    vruntime: 0,
    utime: 0,
    stime: 0,
    nvcsw: 0,
    nivcsw: 0,
    cgroups: [...k.hierarchies.values()].sort((a, b) => a.id - b.id).map(it => it.root),
  }
}
