/**
 * kill - send a signal to a process
 * Linux: procps-ng src/skill.c; kill(1). The shell has a builtin of its own.
 */
import { type Blocking, Errno, SIGTERM, signalNumber, type Sys } from '../../abi/index.ts'
import { command, type Process, unheeded } from '../lib/command.ts'
import { signalTable, skillName, SIGNAL_LIST } from '../lib/procps/signals.ts'

const HELP = `
Usage:
 kill [options] <pid> [...]

Options:
 <pid> [...]            send signal to every <pid> listed
 -<signal>, -s, --signal <signal>
                        specify the <signal> to be sent
 -q, --queue <value>    integer value to be sent with the signal
 -l, --list=[<signal>]  list all signal names, or convert one to a name
 -L, --table            list all signal names in a nice table

 -h, --help     display this help and exit
 -V, --version  output version information and exit

For more details see kill(1).
`

export default command({
  name: 'kill',
  writeFailure: unheeded,
  summary: 'send a signal to a process',
  suite: 'procps',
  usage: 'kill [options] <pid> [...]',
  help: HELP,
  raw: true,

  *main(sys, _flags, args, me) {
    const name = me.argv[0] ?? 'kill'
    let signal: number | undefined = SIGTERM
    const pids: string[] = []
    for (let i = 0; i < args.length; i++) {
      const arg = args[i]!
      const next = (): string => args[++i] ?? ''
      if (arg === '--') {
        pids.push(...args.slice(i + 1))
        break
      }
      if (arg === '-l' || arg === '--list') return yield* list(sys, me, name, args[i + 1])
      if (arg.startsWith('--list=')) return yield* list(sys, me, name, arg.slice(7))
      if (arg === '-L' || arg === '--table') return table(me)
      if (arg === '-h' || arg === '--help') return printed(me, HELP)
      if (arg === '-V' || arg === '--version') return printed(me, 'kill from procps-ng 4.0.2\n')
      if (arg === '-q' || arg === '--queue') next()
      else if (arg === '-s' && args[i + 1] === undefined)
        return yield* wrong(sys, `${name}: invalid argument s\n`)
      else if (arg === '-s' || arg === '--signal') signal = signalNumber(next())
      else if (arg.startsWith('--signal=')) signal = signalNumber(arg.slice(9))
      else if (/^-s./.test(arg) && signalNumber(arg.slice(1)) === undefined)
        signal = signalNumber(arg.slice(2))
      else if (arg.startsWith('-') && arg.length > 1 && !pids.length) {
        const named = signalNumber(arg.slice(1))
        if (named === undefined && /^-\d+$/.test(arg))
          if (Number(arg.slice(1)) <= LARGEST) signal = Number(arg.slice(1))
          else pids.push(arg)
        else if (named === undefined)
          return yield* wrong(sys, `${name}: invalid argument ${arg[1] === '-' ? ' ' : arg[1]}\n`)
        else signal = named
      } else pids.push(arg)
    }
    if (!pids.length) return yield* wrong(sys, '')
    return yield* killAll(sys, name, signal, pids)
  },
})

/** A number up to there is a signal, beyond it a process group. */
const LARGEST = 65

function printed(me: Process, text: string): number {
  me.out.print(text)
  return 0
}

function* wrong(sys: Sys, message: string): Blocking<number> {
  yield* sys.write(2, message + HELP)
  return 1
}

function* killAll(
  sys: Sys,
  name: string,
  signal: number | undefined,
  pids: readonly string[],
): Blocking<number> {
  let status = 0
  for (const pid of pids) {
    if (!/^-?\d+$/.test(pid)) {
      const reason = pid ? '' : ': No such file or directory'
      yield* sys.write(2, `${name}: failed to parse argument: '${pid}'${reason}\n`)
      return 1
    }
    try {
      yield* sys.kill(Number(pid), signal ?? -1)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      yield* sys.write(2, `${name}: (${pid}): ${e.message}\n`)
      status = 1
    }
  }
  return status
}

/** `kill -l`: all names, or the number of a name and the name of a number. */
function* list(sys: Sys, me: Process, name: string, what: string | undefined): Blocking<number> {
  if (what === undefined) return printed(me, SIGNAL_LIST)
  const number = signalNumber(what)
  const text = number === undefined ? undefined : skillName(number)
  if (text === undefined) {
    yield* sys.write(2, `${name}: unknown signal name ${what}\n`)
    return 0
  }
  me.out.line(/^\d+$/.test(what) ? text : String(number))
  return 0
}

function table(me: Process): number {
  me.out.print(signalTable())
  return 0
}
