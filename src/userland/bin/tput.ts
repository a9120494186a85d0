/**
 * tput - initialise a terminal or query the terminfo database
 * Linux: ncurses progs/tput.c; tput(1).
 */
import type { Sys } from '../../abi/index.ts'
import { command, type Process } from '../lib/command.ts'
import { capability, type Terminal, terminal } from '../lib/terminfo.ts'

const USAGE = `Usage: tput [options] [command]

Options:
  -S <<       read commands from standard input
  -T TERM     use this instead of $TERM
  -V          print curses-version
  -x          do not try to clear scrollback

Commands:
  clear       clear the screen
  init        initialize the terminal
  reset       reinitialize the terminal
  capname     unlike clear/init/reset, print value for capability "capname"
`

export default command({
  name: 'tput',
  summary: 'initialize a terminal or query terminfo database',
  suite: 'other',
  usage: 'tput [options] [command]',
  raw: true,

  *main(sys, _flags, args, me) {
    let term = me.env.get('TERM') ?? ''
    const rest = [...args]
    while (rest[0]?.startsWith('-')) {
      const option = rest.shift()!
      if (option === '-V') {
        me.out.line('ncurses 6.4.20221231')
        return 0
      }
      if (option.startsWith('-T')) term = option.slice(2) || (rest.shift() ?? '')
    }
    const [name, ...params] = rest
    if (name === undefined) {
      yield* sys.write(2, USAGE)
      return 2
    }
    const kind = terminal(term)
    if (!kind) {
      yield* sys.write(
        2,
        term ? `tput: unknown terminal "${term}"\n` : 'tput: No value for $TERM and no -T specified\n',
      )
      return 3
    }
    const status = print(sys, me, kind, name, params.map(Number))
    if (status === 4) yield* sys.write(2, `tput: unknown terminfo capability '${name}'\n`)
    return status
  },
})

/** Capabilities that exist in terminfo although the terminal may lack them. */
const KNOWN =
  /^(smcup|rmcup|civis|cnorm|cvvis|setaf|setab|sgr0|smkx|rmkx|rs1|rs2|is2|sitm|ritm|dim|bold|rev|smul|rmul|smso|rmso|blink|op|sc|rc|cup|el|el1|ed|home|clear|colors|pairs|flash|invis|kcuu1|kcud1|kcub1|kcuf1|csr|ech|ich|dch|il|dl|rin|indn|am|bce|xenl|it)$/

function print(sys: Sys, me: Process, kind: Terminal, name: string, params: readonly number[]): number {
  if (name === 'clear') me.out.print(capability(kind, 'clear') + capability(kind, 'E3'))
  else if (name === 'init') me.out.print(capability(kind, 'is2'))
  else if (name === 'reset') me.out.print(capability(kind, 'rs1') + capability(kind, 'rs2'))
  else if (name === 'longname') me.out.print(String(kind.longname))
  else if (name === 'cols' || name === 'lines') me.out.line(String(size(sys, me, kind, name)))
  else return printCapability(me, kind, name, params)
  return 0
}

/** The window's size, else the environment's, else the terminal type's. */
function size(sys: Sys, me: Process, kind: Terminal, name: 'cols' | 'lines'): number {
  const variable = Number(me.env.get(name === 'cols' ? 'COLUMNS' : 'LINES'))
  for (const fd of [1, 2, 0]) {
    if (!sys.isatty(fd)) continue
    const window = sys.tiocgwinsz(fd)
    const found = name === 'cols' ? window.cols : window.rows
    if (found) return found
  }
  return variable > 0 ? variable : Number(kind[name] ?? -1)
}

function printCapability(me: Process, kind: Terminal, name: string, params: readonly number[]): number {
  const value = kind[name]
  if (value === undefined || name === 'E3') return KNOWN.test(name) ? 1 : 4
  if (typeof value === 'number') me.out.line(String(value))
  else if (typeof value === 'string') me.out.print(capability(kind, name, ...params))
  return value === false ? 1 : 0
}
