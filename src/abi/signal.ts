/**
 * Signals. Linux: include/uapi/asm-generic/signal.h; descriptions as glibc's strsignal(3), which bash prints.
 */
export const SIGNALS = {
  SIGHUP: [1, 'Hangup'],
  SIGINT: [2, 'Interrupt'],
  SIGQUIT: [3, 'Quit'],
  SIGILL: [4, 'Illegal instruction'],
  SIGTRAP: [5, 'Trace/breakpoint trap'],
  SIGABRT: [6, 'Aborted'],
  SIGBUS: [7, 'Bus error'],
  SIGFPE: [8, 'Floating point exception'],
  SIGKILL: [9, 'Killed'],
  SIGUSR1: [10, 'User defined signal 1'],
  SIGSEGV: [11, 'Segmentation fault'],
  SIGUSR2: [12, 'User defined signal 2'],
  SIGPIPE: [13, 'Broken pipe'],
  SIGALRM: [14, 'Alarm clock'],
  SIGTERM: [15, 'Terminated'],
  SIGSTKFLT: [16, 'Stack fault'],
  SIGCHLD: [17, 'Child exited'],
  SIGCONT: [18, 'Continued'],
  SIGSTOP: [19, 'Stopped (signal)'],
  SIGTSTP: [20, 'Stopped'],
  SIGTTIN: [21, 'Stopped (tty input)'],
  SIGTTOU: [22, 'Stopped (tty output)'],
  SIGURG: [23, 'Urgent I/O condition'],
  SIGXCPU: [24, 'CPU time limit exceeded'],
  SIGXFSZ: [25, 'File size limit exceeded'],
  SIGVTALRM: [26, 'Virtual timer expired'],
  SIGPROF: [27, 'Profiling timer expired'],
  SIGWINCH: [28, 'Window changed'],
  SIGIO: [29, 'I/O possible'],
  SIGPWR: [30, 'Power failure'],
  SIGSYS: [31, 'Bad system call'],
} as const satisfies Record<string, readonly [number, string]>

export type SignalName = keyof typeof SIGNALS

export const SIGHUP = 1
export const SIGINT = 2
export const SIGQUIT = 3
export const SIGILL = 4
export const SIGTRAP = 5
export const SIGABRT = 6
export const SIGBUS = 7
export const SIGFPE = 8
export const SIGKILL = 9
export const SIGUSR1 = 10
export const SIGSEGV = 11
export const SIGUSR2 = 12
export const SIGPIPE = 13
export const SIGALRM = 14
export const SIGTERM = 15
export const SIGSTKFLT = 16
export const SIGCHLD = 17
export const SIGCONT = 18
export const SIGSTOP = 19
export const SIGTSTP = 20
export const SIGTTIN = 21
export const SIGTTOU = 22
export const SIGURG = 23
export const SIGXCPU = 24
export const SIGXFSZ = 25
export const SIGVTALRM = 26
export const SIGPROF = 27
export const SIGWINCH = 28
export const SIGIO = 29
export const SIGPWR = 30
export const SIGSYS = 31
/** Real-time signals as glibc numbers them: two are its own. */
export const SIGRTMIN = 34
export const SIGRTMAX = 64

/** Default and ignore as sigaction(2) spells them. */
export const SIG_DFL = 'SIG_DFL'
export const SIG_IGN = 'SIG_IGN'

/** What a program wants done on a signal. A handler runs between two steps of the program and must not block. */
export type SigHandler = typeof SIG_DFL | typeof SIG_IGN | ((signal: number) => void)

export const SA_NOCLDSTOP = 1
export const SA_NOCLDWAIT = 2
export const SA_RESTART = 0x10000000
export const SA_RESETHAND = 0x80000000

export const SIG_BLOCK = 0
export const SIG_UNBLOCK = 1
export const SIG_SETMASK = 2

const nameOf = new Map<number, string>(Object.entries(SIGNALS).map(([name, [number]]) => [number, name]))

/** `SIGKILL` for 9, `SIGRTMIN+3` for 37; undefined for what is no signal. */
export function signalName(signal: number): string | undefined {
  if (signal < SIGRTMIN || signal > SIGRTMAX) return nameOf.get(signal)
  if (signal === SIGRTMIN) return 'SIGRTMIN'
  if (signal === SIGRTMAX) return 'SIGRTMAX'
  return signal - SIGRTMIN < 16 ? `SIGRTMIN+${signal - SIGRTMIN}` : `SIGRTMAX-${SIGRTMAX - signal}`
}

/** 9 for `KILL`, `SIGKILL`, `kill` or `9`; undefined for what names no signal. 0 is a number here, not a signal. */
export function signalNumber(name: string): number | undefined {
  if (/^\d+$/.test(name)) return Number(name) <= SIGRTMAX ? Number(name) : undefined
  const upper = name.toUpperCase().replace(/^SIG/, '')
  const known = SIGNALS[`SIG${upper}` as SignalName]
  if (known) return known[0]
  if (upper === 'POLL') return SIGIO
  if (upper === 'IOT') return SIGABRT
  if (upper === 'CLD') return SIGCHLD
  const rt = /^RT(MIN|MAX)(?:([+-])(\d+))?$/.exec(upper)
  if (!rt) return undefined
  const signal = (rt[1] === 'MIN' ? SIGRTMIN : SIGRTMAX) + (rt[2] === '-' ? -1 : 1) * Number(rt[3] ?? 0)
  return signal >= SIGRTMIN && signal <= SIGRTMAX ? signal : undefined
}

/** strsignal(3). */
export function signalDescription(signal: number): string {
  const name = nameOf.get(signal) as SignalName | undefined
  if (name) return SIGNALS[name][1]
  return signal >= SIGRTMIN && signal <= SIGRTMAX
    ? `Real-time signal ${signal - SIGRTMIN}`
    : `Unknown signal ${signal}`
}

const masks: readonly bigint[] = Array.from({ length: SIGRTMAX + 1 }, (_, n) =>
  n ? 1n << BigInt(n - 1) : 0n,
)

/** The set with one signal in it, as sigprocmask(2) takes it. Linux: sigmask(). */
export const sigmask = (signal: number): bigint => masks[signal] ?? 0n
