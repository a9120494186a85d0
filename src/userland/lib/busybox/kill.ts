/**
 * kill, killall - send signals, as busybox does it
 * Linux: busybox procps/kill.c, libbb/u_signal_names.c.
 */
import { Errno, SIGTERM, signalName, signalNumber, type Program } from '../../../abi/index.ts'
import { fatal, type Process } from '../command.ts'
import { readProcs } from '../proc.ts'
import { isNamed } from './pidof.ts'
import { applet } from './applet.ts'

interface Wanted {
  readonly signal: number
  readonly quiet: boolean
  readonly names: readonly string[]
}

/** `-SIG`, `-s SIG` and `-l` stand first, and are no letters of getopt. */
function wanted(args: readonly string[], me: Process): Wanted | number {
  let rest = [...args]
  let quiet = false
  let signal = SIGTERM
  if (rest[0] === '-l') return list(rest.slice(1), me)
  if (rest[0] === '-q') {
    quiet = true
    rest = rest.slice(1)
  }
  const [first] = rest
  if (first?.startsWith('-') && first !== '--') {
    const name = /^-s$/.test(first) && rest.length > 1 ? rest.splice(1, 1)[0]! : first.slice(1)
    const number = /^\d+$/.test(name) ? Number(name) : name === 'EXIT' ? 0 : signalNumber(name)
    if (number === undefined) throw fatal(`bad signal name '${name}'`)
    signal = number
    rest = rest.slice(1)
  }
  if (rest[0] === '--') rest = rest.slice(1)
  if (!rest.length) throw fatal('you need to specify whom to kill')
  return { signal, quiet, names: rest }
}

/** -l: all signals, or what the given ones are called. */
function list(names: readonly string[], me: Process): number {
  const short = (signal: number): string => (signalName(signal) ?? '').replace(/^SIG/, '')
  if (!names.length)
    for (let signal = 1; signal <= 64; signal++)
      if (short(signal)) me.out.line(`${String(signal).padStart(2)}) ${short(signal)}`)
  for (const name of names) {
    const number = /^\d+$/.test(name) ? Number(name) & 127 : undefined
    const known = number === undefined ? signalNumber(name) : short(number)
    if (known === undefined || known === '') throw fatal(`unknown signal '${name}'`)
    me.out.line(String(known))
  }
  return 0
}

export const kill: Program = applet('kill', function* (sys, _given, args, me) {
  const what = wanted(args, me)
  if (typeof what === 'number') return what
  let status = 0
  for (const name of what.names) {
    if (!/^-?\d+$/.test(name)) {
      yield* me.warn(`invalid number '${name}'`)
      status = 1
      continue
    }
    try {
      yield* sys.kill(Number(name), what.signal)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      yield* me.warn(`can't kill pid ${name}`, e)
      status = 1
    }
  }
  return status
})

export const killall: Program = applet('killall', function* (sys, _given, args, me) {
  const what = wanted(args, me)
  if (typeof what === 'number') return what
  let status = 0
  for (const name of what.names) {
    const found = (yield* readProcs(sys)).filter(it => it.pid !== sys.getpid() && isNamed(it, name))
    if (!found.length && !what.quiet) yield* me.warn(`${name}: no process killed`)
    if (!found.length) status = 1
    for (const { pid } of found.reverse()) {
      try {
        yield* sys.kill(pid, what.signal)
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        if (!what.quiet) yield* me.warn(`can't kill pid ${pid}`, e)
        status = 1
      }
    }
  }
  return status
})
