/**
 * watch - execute a program periodically, showing output fullscreen
 * Linux: procps-ng src/watch.c; watch(1).
 *
 * Left out: colours (--color shows them as they come), --precise's catching up.
 */
import { type Blocking, CLOCK_REALTIME, decode, type Sys, WEXITSTATUS, WIFEXITED } from '../../abi/index.ts'
import { command, fatal, type Flags, fork, type Options, type Process, readAll } from '../lib/command.ts'
import { execProgram, waitFor } from '../lib/namespaces.ts'
import { Screen } from '../lib/raw-terminal.ts'
import { clip } from '../lib/smartcols.ts'
import { localtime, strftime } from '../lib/time.ts'

const HELP = `
Usage:
 watch [options] command

Options:
  -b, --beep             beep if command has a non-zero exit
  -c, --color            interpret ANSI color and style sequences
  -d, --differences[=<permanent>]
                         highlight changes between updates
  -e, --errexit          exit if command has a non-zero exit
  -g, --chgexit          exit when output from command changes
  -q, --equexit <cycles>
                         exit when output from command does not change
  -n, --interval <secs>  seconds to wait between updates
  -p, --precise          attempt run command in precise intervals
  -t, --no-title         turn off header
  -w, --no-wrap          turn off line wrapping
  -x, --exec             pass command to exec instead of "sh -c"

 -h, --help     display this help and exit
 -v, --version  output version information and exit

For more details see watch(1).
`

const OPTIONS = {
  beep: { short: 'b' },
  color: { short: 'c' },
  differences: { short: 'd', value: '[=<permanent>]' },
  errexit: { short: 'e' },
  chgexit: { short: 'g' },
  equexit: { short: 'q', value: '<cycles>' },
  interval: { short: 'n', value: '<secs>' },
  precise: { short: 'p' },
  noTitle: { short: 't' },
  noWrap: { short: 'w' },
  exec: { short: 'x' },
  version: { short: 'v' },
  help: { short: 'h' },
} as const satisfies Options
type Given = Flags<typeof OPTIONS>

export default command({
  name: 'watch',
  summary: 'execute a program periodically, showing output fullscreen',
  suite: 'procps',
  usage: 'watch [options] command',
  help: HELP,
  options: OPTIONS,
  stopAtOperand: true,

  *main(sys, flags, args, me) {
    if (flags.help) {
      me.out.print(HELP)
      return 0
    }
    if (flags.version) {
      me.out.line('watch from procps-ng 4.0.2')
      return 0
    }
    const seconds = Number((flags.interval ?? me.env.get('WATCH_INTERVAL') ?? '2').replace(',', '.'))
    if (Number.isNaN(seconds)) throw fatal(`failed to parse argument: '${flags.interval}': Invalid argument`)
    const cycles = flags.equexit
    if (cycles !== undefined && !/^\s*\d+$/.test(cycles))
      throw fatal(`failed to parse argument: '${cycles}': Invalid argument`)
    if (!args.length) {
      yield* sys.write(2, HELP)
      return 1
    }
    const interval = Math.min(Math.max(seconds, 0.1), 2 ** 31)
    const screen = new Screen(sys)
    yield* screen.enter()
    yield* sys.write(1, '\x1b[H\x1b[2J')
    const status = yield* repeat(sys, me, flags, args, screen, interval)
    yield* screen.leave()
    return status
  },
})

function* repeat(
  sys: Sys,
  me: Process,
  flags: Given,
  args: readonly string[],
  screen: Screen,
  interval: number,
): Blocking<number> {
  let before: string[] | undefined
  let equal = 0
  const changed = new Set<string>()
  while (!screen.quit) {
    const { text, status } = yield* run(sys, me, args, flags.exec ?? false)
    const lines = fold(text, screen.cols, flags.noWrap ?? false).slice(
      0,
      screen.rows - (flags.noTitle ? 0 : 2),
    )
    const same = before !== undefined && before.join('\n') === lines.join('\n')
    const body =
      flags.differences === undefined || !before
        ? lines
        : marked(before, lines, flags.differences ? changed : undefined)
    yield* screen.draw([...(flags.noTitle ? [] : [title(sys, args, interval, screen.cols), '']), ...body])
    if (status && flags.beep) yield* sys.write(1, '\x07')
    if (status && flags.errexit) {
      yield* sys.write(1, `\x1b[${screen.rows};1Hcommand exit with a non-zero status, press a key to exit`)
      yield* screen.keys(3_600_000)
      return 8
    }
    if (before && !same && flags.chgexit) return 0
    equal = same ? equal + 1 : 0
    if (flags.equexit !== undefined && equal >= Number(flags.equexit)) return 0
    before = lines
    const typed = yield* screen.keys(interval * 1000)
    if (typed.includes('q')) break
  }
  return 0
}

/** Run the command with its output in a pipe; by the shell unless -x. */
function* run(
  sys: Sys,
  me: Process,
  args: readonly string[],
  exec: boolean,
): Blocking<{ text: string; status: number }> {
  const [read, write] = sys.pipe2(0)
  const child = fork(sys, me.name, its => {
    its.close(read)
    its.dup2(write, 1)
    its.dup2(write, 2)
    its.close(write)
    return execProgram(its, exec ? args : ['sh', '-c', args.join(' ')], me.envp)
  })
  sys.close(write)
  const text = decode(yield* readAll(sys, read))
  sys.close(read)
  const { status } = yield* waitFor(sys, child)
  return { text, status: WIFEXITED(status) ? WEXITSTATUS(status) : 1 }
}

/** `Every 2.0s: date      host: Thu Jan  1 12:00:02 2026` */
function title(sys: Sys, args: readonly string[], interval: number, cols: number): string {
  const now = strftime('%a %b %e %H:%M:%S %Y', localtime(sys.clock_gettime(CLOCK_REALTIME)))
  const right = `${sys.uname().nodename}: ${now}`
  const left = `Every ${interval.toFixed(1)}s: ${args.join(' ')}`
  const room = cols - right.length - 1
  const shown = left.length > room ? `${left.slice(0, Math.max(0, room - 3))}...` : left
  return `${shown.padEnd(room + 1)}${right}`
}

/** Lines as the screen has them: tabs spread out, long ones wrapped or cut. */
function fold(text: string, cols: number, cut: boolean): string[] {
  const rows: string[] = []
  for (const line of text.replace(/\n$/, '').split('\n')) {
    let rest = line
      .replace(/\r/g, '')
      .replace(/[^\t]*\t/g, part => part.slice(0, -1).padEnd((Math.floor((part.length - 1) / 8) + 1) * 8))
    do {
      const row = clip(rest, cols)
      rows.push(row)
      rest = cut ? '' : rest.slice(row.length)
    } while (rest)
  }
  return rows
}

/** The characters that are not what they were, in reverse video; with `ever` also those that once changed. */
function marked(
  before: readonly string[],
  lines: readonly string[],
  ever: Set<string> | undefined,
): string[] {
  return lines.map((line, y) => {
    let text = ''
    let on = false
    ;[...line].forEach((char, x) => {
      const differs = ([...(before[y] ?? '')][x] ?? ' ') !== char
      if (differs) ever?.add(`${x},${y}`)
      const mark = differs || (ever?.has(`${x},${y}`) ?? false)
      if (mark !== on) text += mark ? '\x1b[7m' : '\x1b[m'
      on = mark
      text += char
    })
    return on ? `${text}\x1b[m` : text
  })
}
