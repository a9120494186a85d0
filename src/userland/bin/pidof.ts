/**
 * pidof - find the process ID of a running program
 * Linux: sysvinit's killall5.c under its other name, as Debian has it; pidof(8).
 *
 * Left out: -n, because there are no network shares.
 */
import { Errno, type Sys } from '../../abi/index.ts'
import { command } from '../lib/command.ts'
import { type Proc, readProcs } from '../lib/proc.ts'

const USAGE = `pidof usage: [options] <program-name>

 -c           Return PIDs with the same root directory
 -d <sep>     Use the provided character as output separator
 -h           Display this help text
 -n           Avoid using stat system function on network shares
 -o <pid>     Omit results with a given PID
 -q           Quiet mode. Do not display output
 -s           Only return one PID
 -x           Return PIDs of shells running scripts with a matching name
 -z           List zombie and I/O waiting processes. May cause pidof to hang.

`

export default command({
  name: 'pidof',
  summary: 'find the process ID of a running program',
  suite: 'other',
  usage: 'pidof [options] <program-name>',
  help: USAGE,
  wrongUsage: '',
  silentGetopt: true,
  options: {
    singleShot: { short: 's', long: '' },
    checkRoot: { short: 'c', long: '' },
    quiet: { short: 'q', long: '' },
    network: { short: 'n', long: '' },
    scripts: { short: 'x', long: '' },
    zombies: { short: 'z', long: '' },
    usage: { short: 'h', long: '' },
    omit: { short: 'o', long: '', value: '<pid>', repeat: true },
    separator: { short: 'd', long: '', value: '<sep>' },
  },

  *main(sys, flags, args, me) {
    if (flags.usage) {
      me.out.print(USAGE)
      return 0
    }
    const omitted = new Set(
      (flags.omit ?? [])
        .flatMap(it => it.split(/[,;:]/))
        .map(it => (it === '%PPID' ? sys.getppid() : Number(it))),
    )
    const processes = (yield* readProcs(sys))
      .filter(it => it.pid !== sys.getpid() && !omitted.has(it.pid))
      .filter(it => flags.zombies || it.state !== 'Z')
      .reverse()
    const found: number[] = []
    for (const name of args)
      for (const it of processes)
        if (isNamed(sys, it, name, flags.scripts ?? false) && !found.includes(it.pid)) found.push(it.pid)
    const shown = flags.singleShot ? found.slice(0, 1) : found
    if (shown.length && !flags.quiet) me.out.line(shown.join(flags.separator?.[0] ?? ' '))
    return shown.length ? 0 : 1
  },
})

const base = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** Device and inode number of a file, undefined when it cannot be seen. */
function identity(sys: Sys, path: string): string | undefined {
  try {
    const { dev, ino } = sys.stat(path)
    return `${dev}:${ino}`
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    return undefined
  }
}

/** By its first argument or, for a path, by its file; a script is also known by its own name, after the interpreter's. */
function isNamed(sys: Sys, it: Proc, name: string, scripts: boolean): boolean {
  if (name.includes('/')) {
    const wanted = identity(sys, name)
    if (wanted !== undefined && identity(sys, `/proc/${it.pid}/exe`) === wanted) return true
  }
  const argv0 = it.argv[0]?.replace(/^-/, '')
  if (argv0 === undefined) return it.comm === name
  if (argv0 === name || base(argv0) === name) return true
  const script = it.argv[1]
  return scripts && script !== undefined && base(script) === base(name) && it.comm === base(name).slice(0, 15)
}
