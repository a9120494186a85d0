/**
 * killall - kill processes by name
 * Linux: psmisc src/killall.c; killall(1).
 *
 * Left out: --interactive, --younger-than, --older-than, --context.
 */
import { Errno, SIGTERM, signalNumber } from '../../abi/index.ts'
import { command } from '../lib/command.ts'
import { nsNumber, readProcs } from '../lib/proc.ts'
import { SIGNAL_LIST } from '../lib/proc-signals.ts'
import { compileRegex } from '../lib/regex.ts'
import { readUsers, userId } from '../lib/users.ts'

const USAGE = `Usage: killall [OPTION]... [--] NAME...
       killall -l, --list
       killall -V, --version

  -e,--exact          require exact match for very long names
  -I,--ignore-case    case insensitive process name match
  -g,--process-group  kill process group instead of process
  -y,--younger-than   kill processes younger than TIME
  -o,--older-than     kill processes older than TIME
  -i,--interactive    ask for confirmation before killing
  -l,--list           list all known signal names
  -q,--quiet          don't print complaints
  -r,--regexp         interpret NAME as an extended regular expression
  -s,--signal SIGNAL  send this signal instead of SIGTERM
  -u,--user USER      kill only process(es) running as USER
  -v,--verbose        report if the signal was successfully sent
  -V,--version        display version information
  -w,--wait           wait for processes to die
  -n,--ns PID         match processes that belong to the same namespaces
                      as PID
  -Z,--context REGEXP kill only process(es) having context
                      (must precede other arguments)

`

export default command({
  name: 'killall',
  summary: 'kill processes by name',
  suite: 'other',
  usage: 'killall [OPTION]... [--] NAME...',
  options: {
    exact: { short: 'e' },
    ignoreCase: { short: 'I' },
    processGroup: { short: 'g' },
    list: { short: 'l' },
    quiet: { short: 'q' },
    regexp: { short: 'r' },
    signal: { short: 's', value: 'SIGNAL' },
    user: { short: 'u', value: 'USER' },
    verbose: { short: 'v' },
    wait: { short: 'w' },
    ns: { short: 'n', value: 'PID' },
  },
  obsolete: args =>
    args.map(arg =>
      /^-(\d+|[A-Z][A-Z0-9+-]+)$/.test(arg) && signalNumber(arg.slice(1)) !== undefined
        ? `--signal=${arg.slice(1)}`
        : arg,
    ),

  *main(sys, flags, args, me) {
    if (flags.list) {
      me.out.print(SIGNAL_LIST)
      return 0
    }
    if (!args.length && flags.user === undefined) {
      yield* sys.write(2, USAGE)
      return 1
    }
    const signal = flags.signal === undefined ? SIGTERM : signalNumber(flags.signal)
    if (signal === undefined) {
      yield* sys.write(2, `${flags.signal}: unknown signal; killall -l lists signals.\n`)
      return 1
    }
    const uid = flags.user === undefined ? undefined : userId(yield* readUsers(sys), flags.user)
    if (flags.user !== undefined && uid === undefined) {
      yield* sys.write(2, `Cannot find user ${flags.user}\n`)
      return 1
    }
    const space = flags.ns === undefined ? undefined : nsNumber(sys, flags.ns, 'pid')
    const all = (yield* readProcs(sys)).filter(
      it =>
        it.pid !== sys.getpid() &&
        (uid === undefined || it.uids[0] === uid) &&
        (space === undefined || nsNumber(sys, it.pid, 'pid') === space),
    )
    const same = (a: string, b: string): boolean =>
      flags.ignoreCase ? a.toLowerCase() === b.toLowerCase() : a === b
    const targets = new Set<number>()
    let status = 0
    for (const name of args.length ? args : ['']) {
      const regex = flags.regexp
        ? compileRegex(name, { extended: true, ignoreCase: flags.ignoreCase ?? false })
        : undefined
      const found = all.filter(
        it =>
          !name || (regex ? regex.test(it.comm) : same(it.comm, name.slice(0, 15)) || it.argv[0] === name),
      )
      for (const it of found) {
        try {
          yield* sys.kill(flags.processGroup ? -it.pgrp : it.pid, signal)
          targets.add(it.pid)
          if (flags.verbose) yield* sys.write(2, `Killed ${it.comm}(${it.pid}) with signal ${signal}\n`)
        } catch (e) {
          if (!(e instanceof Errno)) throw e
          yield* sys.write(2, `${it.comm}(${it.pid}): ${e.message}\n`)
        }
      }
      if (found.length && found.some(it => targets.has(it.pid))) continue
      status = 1
      if (!flags.quiet) yield* sys.write(2, `${name}: no process found\n`)
    }
    while (flags.wait && (yield* readProcs(sys)).some(it => targets.has(it.pid) && it.state !== 'Z'))
      yield* sys.nanosleep(1e9)
    return status
  },
})
