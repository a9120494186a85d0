/**
 * /proc/PID/stat, statm and status: what ps and top read. Linux: fs/proc/array.c; proc(5).
 * Left out: page fault counts, addresses and signal stacks (0, as for a kernel thread).
 */
import { encode, RLIMIT_SIGPENDING } from '../../abi/index.ts'
import {
  fromKgid,
  fromKuid,
  type Kernel,
  isKthread,
  leaderOf,
  PF_FORKNOEXEC,
  PF_RANDOMIZE,
  pidIn,
  processTimes,
  type Task,
  shownState,
  sigqueueSize,
  taskSwitches,
  taskTimes,
  threadIds,
  tracerOf,
  type PidNamespace,
  memoryOf,
  PAGE_TABLES,
} from '../../kernel/index.ts'
import { codeAndStack } from './maps.ts'
import { priority } from './sched.ts'

/** USER_HZ: what /proc counts CPU time in. */
const CLOCK_TICK = 10_000_000
const STATE_NAME = {
  R: 'R (running)',
  S: 'S (sleeping)',
  D: 'D (disk sleep)',
  I: 'I (idle)',
  T: 'T (stopped)',
  t: 't (tracing stop)',
  Z: 'Z (zombie)',
} as const

const ticks = (ns: number): number => Math.floor(ns / CLOCK_TICK)
const hex64 = (set: bigint): string => set.toString(16).padStart(16, '0')

/** The signals a task ignores or handles, as status shows them. */
function signalSet(k: Kernel, task: Task, action: 'SIG_IGN' | 'handler'): bigint {
  let set = 0n
  k.sighands.find(task.sighand)?.actions.forEach((it, signal) => {
    if (it === action && signal > 0) set |= 1n << BigInt(signal - 1)
  })
  return set
}

/** Linux: task->flags. */
const flagsOf = (task: Task): number =>
  isKthread(task) ? task.flags! : PF_RANDOMIZE | (task.didExec ? 0 : PF_FORKNOEXEC) | (task.flags ?? 0)

/** The process whose child a task is. */
const parentOf = (k: Kernel, { parent }: Task): number => k.tasks.find(parent)?.tgid ?? 0

/** The pid of a relative as one pid namespace numbers it; 0 when it lives outside. */
const relative = (k: Kernel, id: number, ns: PidNamespace): number => (id ? pidIn(k, id, ns.id) : 0)

/** Addresses and the wait channel are for those who may trace the task; to others code is at 1. */
export function showStat(
  k: Kernel,
  task: Task,
  ns: PidNamespace,
  { isPermitted, isThread }: { readonly isPermitted: boolean; readonly isThread: boolean },
): string {
  const { utime, stime } = isThread ? taskTimes(k, task.id) : processTimes(k, task)
  const { cutime, cstime } = leaderOf(k, task)
  const memory = memoryOf(k, task)
  const tty = task.tty ? k.ttys.find(task.tty) : undefined
  const ttyNr = tty ? 136 * 256 + tty.index : 0
  const nice = task.nice
  const state = shownState(k, task)
  return (
    [
      pidIn(k, task.id, ns.id),
      `(${task.comm})`,
      state,
      relative(k, parentOf(k, task), ns),
      relative(k, task.pgrp, ns),
      relative(k, task.session, ns),
      ttyNr,
      tty?.pgrp ? relative(k, tty.pgrp, ns) : -1,
      flagsOf(task),
      0,
      0,
      0,
      0,
      ticks(utime),
      ticks(stime),
      ticks(cutime),
      ticks(cstime),
      priority(task) - 100,
      nice,
      threadIds(k, task).length,
      0,
      ticks(task.startTime),
      memory.size,
      memory.resident / 4096,
      '18446744073709551615',
      ...(isPermitted && memory.text ? codeAndStack(task, memory.text) : memory.text ? [1, 1, 0] : [0, 0, 0]),
      0,
      0,
      Number(task.pending & 0x7fffffffn),
      Number(task.blocked & 0x7fffffffn),
      Number(signalSet(k, task, 'SIG_IGN') & 0x7fffffffn),
      Number(signalSet(k, task, 'handler') & 0x7fffffffn),
      isPermitted && state !== 'R' ? 1 : 0,
      0,
      0,
      task.exitSignal,
      taskSwitches(k, task.id).cpu,
      task.rtPriority ?? 0,
      task.policy,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      task.state === 'Z' ? task.exitCode : 0,
    ].join(' ') + '\n'
  )
}

export function showStatm(k: Kernel, task: Task): string {
  const it = memoryOf(k, task)
  return (
    [it.size, it.resident, it.file, it.text, 0, it.data, 0]
      .map((bytes, i) => (i === 4 || i === 6 ? 0 : bytes / 4096))
      .join(' ') + '\n'
  )
}

const kb = (bytes: number): string => `${String(Math.round(bytes / 1024)).padStart(8)} kB`

/** The pids of a task, or of a leader who may be gone, in this namespace and in every one below it, down to its own. */
function nested(k: Kernel, id: number, ns: PidNamespace, own: Task): string {
  const it = k.pids.get(id)
  if (!it) return '0'
  return own.pids
    .slice(ns.level)
    .map((_, i) => it.numbers[ns.level + i] ?? 0)
    .join('\t')
}

export function showStatus(k: Kernel, task: Task, ns: PidNamespace, readerUserNs: number): string {
  const { nvcsw, nivcsw } = taskSwitches(k, task.id)
  const cred = k.creds.get(task.cred)
  const uid = (id: number) => fromKuid(k, readerUserNs, id)
  const gid = (id: number) => fromKgid(k, readerUserNs, id)
  const pid = pidIn(k, task.id, ns.id)
  // Whoever descends from a shell that once used descriptor 255 has room for that many.
  const lines: (readonly [string, string | number])[] = [
    ['Name', escapeComm(task.comm)],
    ['Umask', `0${(k.fsStructs.find(task.fs)?.umask ?? 0o22).toString(8).padStart(3, '0')}`],
    ['State', STATE_NAME[shownState(k, task)]],
    ['Tgid', relative(k, task.tgid, ns)],
    ['Ngid', 0],
    ['Pid', pid],
    ['PPid', relative(k, parentOf(k, task), ns)],
    ['TracerPid', relative(k, tracerOf(k, task.id), ns)],
    ['Uid', [cred.uid, cred.euid, cred.suid, cred.fsuid].map(uid).join('\t')],
    ['Gid', [cred.gid, cred.egid, cred.sgid, cred.fsgid].map(gid).join('\t')],
    ['FDSize', k.files.find(task.files)?.size ?? 0],
    ['Groups', cred.groups.map(group => `${gid(group)} `).join('') || ' '],
    ['NStgid', nested(k, task.tgid, ns, task)],
    ['NSpid', nested(k, task.id, ns, task)],
    ['NSpgid', nested(k, task.pgrp, ns, task)],
    ['NSsid', nested(k, task.session, ns, task)],
  ]
  if (task.state !== 'Z' && task.exeDentry) lines.push(...memoryLines(k, task))
  const caps = (set: bigint) => hex64(set)
  lines.push(
    ['Threads', threadIds(k, task).length],
    ['SigQ', `${sigqueueSize(k, task)}/${task.rlimits[RLIMIT_SIGPENDING]!.cur}`],
    ['SigPnd', hex64(task.pending)],
    ['ShdPnd', hex64(leaderOf(k, task).sharedPending)],
    ['SigBlk', hex64(task.blocked)],
    ['SigIgn', hex64(signalSet(k, task, 'SIG_IGN'))],
    ['SigCgt', hex64(signalSet(k, task, 'handler'))],
    ['CapInh', caps(cred.capInheritable)],
    ['CapPrm', caps(cred.capPermitted)],
    ['CapEff', caps(cred.capEffective)],
    ['CapBnd', caps(cred.capBset)],
    ['CapAmb', caps(cred.capAmbient)],
    ['NoNewPrivs', task.noNewPrivs ? 1 : 0],
    ['Seccomp', 0],
    ['Seccomp_filters', 0],
    ['Speculation_Store_Bypass', 'not vulnerable'],
    ['SpeculationIndirectBranch', 'always enabled'],
    ['Cpus_allowed', task.affinity.reduce((mask, cpu) => mask + 2 ** cpu, 0).toString(16)],
    ['Cpus_allowed_list', showRanges(task.affinity)],
    ['Mems_allowed', `${'00000000,'.repeat(31)}00000001`],
    ['Mems_allowed_list', '0'],
    ['voluntary_ctxt_switches', nvcsw],
    ['nonvoluntary_ctxt_switches', nivcsw],
  )
  return lines.map(([name, value]) => `${name}:\t${value}\n`).join('')
}

function memoryLines(k: Kernel, task: Task): (readonly [string, string])[] {
  const it = memoryOf(k, task)
  const none = kb(0)
  return [
    ['VmPeak', kb(it.peak)],
    ['VmSize', kb(it.size)],
    ['VmLck', none],
    ['VmPin', none],
    ['VmHWM', kb(it.hiwater)],
    ['VmRSS', kb(it.resident)],
    ['RssAnon', kb(it.anon)],
    ['RssFile', kb(it.file)],
    ['RssShmem', none],
    ['VmData', kb(it.data)],
    ['VmStk', kb(it.stack)],
    ['VmExe', kb(it.text)],
    ['VmLib', kb(it.library)],
    ['VmPTE', kb(PAGE_TABLES)],
    ['VmSwap', kb(it.swap)],
    ['HugetlbPages', none],
    ['CoreDumping', '0'],
    ['THP_enabled', '1'],
  ]
}

/** Newlines and backslashes of a command name must not break the lines. Linux: proc_task_name(). */
const escapeComm = (comm: string): string => comm.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')

/** `0-1,3`: how the kernel prints lists of CPUs. Linux: %*pbl. */
export function showRanges(numbers: readonly number[]): string {
  const parts: string[] = []
  for (let i = 0; i < numbers.length; i++) {
    const first = numbers[i]!
    while (numbers[i + 1] === numbers[i]! + 1) i++
    parts.push(first === numbers[i] ? `${first}` : `${first}-${numbers[i]}`)
  }
  return parts.join(',')
}

/** NUL-terminated strings, as cmdline and environ hold them. */
export const showStrings = (strings: readonly string[]): Uint8Array =>
  encode(strings.map(it => `${it}\0`).join(''))
