/**
 * renice - alter priority of running processes
 * Linux: util-linux sys-utils/renice.c; renice(1).
 */
import { type Blocking, Errno, PRIO_PGRP, PRIO_PROCESS, PRIO_USER, type Sys } from '../../abi/index.ts'
import { command, type Process, usage } from '../lib/command.ts'
import { readUsers } from '../lib/users.ts'

const KINDS: Readonly<Record<string, readonly [which: number, what: string]>> = {
  '-p': [PRIO_PROCESS, 'process ID'],
  '--pid': [PRIO_PROCESS, 'process ID'],
  '-g': [PRIO_PGRP, 'process group ID'],
  '--pgrp': [PRIO_PGRP, 'process group ID'],
  '-u': [PRIO_USER, 'user ID'],
  '--user': [PRIO_USER, 'user ID'],
}
const HELP = `
Usage:
 renice [-n] <priority> [-p|--pid] <pid>...
 renice [-n] <priority>  -g|--pgrp <pgid>...
 renice [-n] <priority>  -u|--user <user>...

Alter the priority of running processes.

Options:
 -n, --priority <num>   specify the nice value
 -p, --pid              interpret arguments as process ID (default)
 -g, --pgrp             interpret arguments as process group ID
 -u, --user             interpret arguments as username or user ID

 -h, --help             display this help
 -V, --version          display version

For more details see renice(1).
`

export default command({
  name: 'renice',
  summary: 'alter the priority of running processes',
  suite: 'util-linux',
  usage: 'renice [-n] <priority> [-p|--pid] <pid>...',
  help: HELP,
  raw: true,

  *main(sys, _flags, args, me) {
    if (args[0] === '-h' || args[0] === '--help') {
      me.out.print(HELP)
      return 0
    }
    if (args[0] === '-V' || args[0] === '--version') {
      me.out.print('renice from util-linux 2.38.1\n')
      return 0
    }
    const rest = [...args]
    if (rest[0] === '-n' || rest[0] === '--priority') rest.shift()
    if (rest.length < 2) throw usage('not enough arguments')
    const text = rest.shift()!
    if (!/^[+-]?\d+$/.test(text)) throw usage(`invalid priority '${text}'`)
    return yield* all(sys, me, Number(text), rest)
  },
})

function* all(sys: Sys, me: Process, priority: number, args: readonly string[]): Blocking<number> {
  const users = yield* readUsers(sys)
  let [which, what] = KINDS['-p']!
  let status = 0
  for (const arg of args) {
    const kind = KINDS[arg]
    if (kind) {
      ;[which, what] = kind
      continue
    }
    const named = which === PRIO_USER ? users.passwd.find(it => it.name === arg)?.uid : undefined
    const who = named ?? (/^-?\d+$/.test(arg) ? Number(arg) : Number.NaN)
    if (Number.isNaN(who)) {
      yield* me.warn(which === PRIO_USER ? `unknown user ${arg}` : `bad ${what} value: ${arg}`)
      status = 1
    } else status = Math.max(status, yield* one(sys, me, which, what, who, priority))
  }
  return status
}

function* one(
  sys: Sys,
  me: Process,
  which: number,
  what: string,
  who: number,
  priority: number,
): Blocking<number> {
  let doing = 'get'
  try {
    const old = sys.getpriority(which, who)
    doing = 'set'
    sys.setpriority(which, who, Math.max(-20, Math.min(19, priority)))
    doing = 'get'
    me.out.line(`${who} (${what}) old priority ${old}, new priority ${sys.getpriority(which, who)}`)
    return 0
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    yield* me.warn(`failed to ${doing} priority for ${who} (${what})`, e)
    return 1
  }
}
