/**
 * pidof - find the process ID of a running program
 * Linux: sysvinit-utils pidof.c, as Debian has it; pidof(8).
 */
import { command } from '../lib/command.ts'
import { type Proc, readProcs } from '../lib/proc.ts'

export default command({
  name: 'pidof',
  summary: 'find the process ID of a running program',
  suite: 'procps',
  usage: 'pidof [options] [program [...]]',
  help: ``,
  options: {
    singleShot: { short: 's' },
    checkRoot: { short: 'c' },
    quiet: { short: 'q' },
    withWorkers: { short: 'w' },
    scripts: { short: 'x' },
    omitPid: { short: 'o', value: '<PID,...>', repeat: true },
    separator: { short: 'S', long: 'separator', also: ['d'], value: '<sep>' },
  },

  *main(sys, flags, args, me) {
    const omitted = new Set(
      (flags.omitPid ?? [])
        .flatMap(it => it.split(/[,;:]/))
        .map(it => (it === '%PPID' ? sys.getppid() : Number(it))),
    )
    const processes = (yield* readProcs(sys))
      .filter(it => it.pid !== sys.getpid() && !omitted.has(it.pid))
      .reverse()
    const found: number[] = []
    for (const name of args)
      for (const it of processes)
        if (isNamed(it, name, flags.scripts ?? false) && !found.includes(it.pid)) found.push(it.pid)
    const shown = flags.singleShot ? found.slice(0, 1) : found
    if (shown.length && !flags.quiet) me.out.line(shown.join(flags.separator ?? ' '))
    return shown.length ? 0 : 1
  },
})

const base = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** By its first argument or its name; a script is also known by its own name, after the interpreter's. */
function isNamed(it: Proc, name: string, scripts: boolean): boolean {
  const argv0 = it.argv[0]?.replace(/^-/, '')
  if (argv0 === undefined) return it.comm === name
  if (argv0 === name || base(argv0) === base(name)) return true
  return (
    scripts &&
    it.argv[1] !== undefined &&
    base(it.argv[1]) === base(name) &&
    it.comm === base(name).slice(0, 15)
  )
}
