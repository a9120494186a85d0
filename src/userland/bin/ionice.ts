/**
 * ionice - set or get process I/O scheduling class and priority
 * Linux: util-linux schedutils/ionice.c; ionice(1).
 */
import { type Blocking, Errno } from '../../abi/index.ts'
import { command, fatal, usage } from '../lib/command.ts'
import { execProgram } from '../lib/namespaces.ts'

const CLASSES = ['none', 'realtime', 'best-effort', 'idle']
const CLASS_SHIFT = 13
const NONE = 0
const BEST_EFFORT = 2
const IDLE = 3
const DEFAULT_LEVEL = 4
/** Kinds of ids, as ioprio_set(2) numbers them. */
const WHO = { pid: 1, pgid: 2, uid: 3 } as const

export default command({
  name: 'ionice',
  summary: 'set or get process I/O scheduling class and priority',
  suite: 'util-linux',
  usage: [
    'ionice [options] -p <pid>...',
    'ionice [options] -P <pgid>...',
    'ionice [options] -u <uid>...',
    'ionice [options] <command>',
  ],
  help: `
Usage:
 ionice [options] -p <pid>...
 ionice [options] -P <pgid>...
 ionice [options] -u <uid>...
 ionice [options] <command>

Show or change the I/O-scheduling class and priority of a process.

Options:
 -c, --class <class>    name or number of scheduling class,
                          0: none, 1: realtime, 2: best-effort, 3: idle
 -n, --classdata <num>  priority (0..7) in the specified scheduling class,
                          only for the realtime and best-effort classes
 -p, --pid <pid>...     act on these already running processes
 -P, --pgid <pgrp>...   act on already running processes in these groups
 -t, --ignore           ignore failures
 -u, --uid <uid>...     act on already running processes owned by these users

 -h, --help             display this help
 -V, --version          display version

For more details see ionice(1).
`,
  options: {
    class: { short: 'c', value: '<class>' },
    classdata: { short: 'n', value: '<num>' },
    pid: { short: 'p', value: '<pid>' },
    pgid: { short: 'P', value: '<pgrp>' },
    ignore: { short: 't' },
    uid: { short: 'u', value: '<uid>' },
  },
  stopAtOperand: true,

  *main(sys, flags, args, me) {
    const kinds = (['pid', 'pgid', 'uid'] as const).filter(kind => flags[kind] !== undefined)
    if (kinds.length > 1) throw fatal('can handle only one of pid, pgid or uid at once')
    const kind = kinds[0]
    const ids = kind ? [flags[kind]!, ...args].map(it => idOf(it, kind)) : []
    const sets = flags.class !== undefined || flags.classdata !== undefined
    const chosen = flags.class === undefined ? BEST_EFFORT : classOf(flags.class)
    let level = flags.classdata === undefined ? DEFAULT_LEVEL : levelOf(flags.classdata)
    if ((chosen === NONE || chosen === IDLE) && flags.classdata !== undefined && !flags.ignore)
      yield* me.warn(`ignoring given class data for ${CLASSES[chosen]} class`)
    if (chosen === NONE || chosen === IDLE) level = chosen === IDLE ? 7 : 0
    if (chosen > IDLE && !flags.ignore) yield* me.warn(`unknown prio class ${chosen}`)

    if (!kind && !args.length) {
      if (sets) throw usage('bad usage')
      me.out.line(shown(sys.ioprio_get(WHO.pid, 0)))
      return 0
    }
    if (!sets && kind) {
      for (const id of ids)
        me.out.line(shown(yield* attempt('ioprio_get failed', () => sys.ioprio_get(WHO[kind], id))))
      return 0
    }
    const change = function* (which: number, who: number): Blocking<void> {
      try {
        sys.ioprio_set(which, who, (chosen << CLASS_SHIFT) | level)
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        if (!flags.ignore) throw fatal('ioprio_set failed', e)
      }
    }
    if (kind) for (const id of ids) yield* change(WHO[kind], id)
    if (kind) return 0
    if (sets) yield* change(WHO.pid, 0)
    return yield* execProgram(sys, args, me.envp)
  },
})

function* attempt<T>(what: string, act: () => T): Blocking<T> {
  try {
    return act()
  } catch (e) {
    throw fatal(what, e)
  }
}

function idOf(text: string, kind: keyof typeof WHO): number {
  const names = { pid: 'PID', pgid: 'PGID', uid: 'UID' }
  if (!/^\d+$/.test(text)) throw fatal(`invalid ${names[kind]} argument: '${text}'`)
  return Number(text)
}

function classOf(text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  const found = CLASSES.indexOf(text.toLowerCase())
  if (found < 0) throw fatal(`unknown scheduling class: '${text}'`)
  return found
}

function levelOf(text: string): number {
  if (!/^\d+$/.test(text)) throw fatal(`invalid class data argument: '${text}'`)
  return Number(text)
}

function shown(ioprio: number): string {
  const kind = ioprio >> CLASS_SHIFT
  return kind === IDLE ? 'idle' : `${CLASSES[kind] ?? 'unknown'}: prio ${ioprio & ((1 << CLASS_SHIFT) - 1)}`
}
