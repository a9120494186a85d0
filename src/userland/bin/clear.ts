/**
 * clear, reset - clear or initialise the terminal
 * Linux: ncurses progs/clear.c, progs/tset.c; clear(1), reset(1).
 */
import { ICANON, ICRNL, TCSETSW, TTY_DEFAULT } from '../../abi/index.ts'
import { command } from '../lib/command.ts'
import { capability, terminal } from '../lib/terminfo.ts'

const USAGE = `Usage: clear [options]

Options:
  -T TERM     use this instead of $TERM
  -V          print curses-version
  -x          do not try to clear scrollback
`

export default command({
  name: 'clear',
  aliases: ['reset', 'tset'],
  summary: 'clear the terminal screen',
  suite: 'other',
  usage: 'clear [options]',
  raw: true,

  *main(sys, _flags, args, me) {
    const program = me.name.slice(me.name.lastIndexOf('/') + 1)
    let term = me.env.get('TERM')
    let scrollback = true
    for (let i = 0; i < args.length; i++) {
      const arg = args[i]!
      if (arg === '-V') {
        me.out.line('ncurses 6.4.20221231')
        return 0
      }
      if (arg === '-x') scrollback = false
      else if (arg.startsWith('-T')) term = arg.slice(2) || (args[++i] ?? '')
      else if (program === 'clear') {
        yield* sys.write(2, `${me.name}: invalid option -- '${arg[1] ?? ''}'\n${USAGE}`)
        return 1
      }
    }
    if (term === undefined) {
      yield* sys.write(2, 'TERM environment variable not set.\n')
      return 1
    }
    const kind = terminal(term)
    if (!kind) {
      yield* sys.write(
        2,
        term || program === 'clear'
          ? `'${term}': unknown terminal type.\n`
          : `${program}: unknown terminal type\n`,
      )
      return 1
    }
    if (program === 'clear') {
      me.out.print(capability(kind, 'clear') + (scrollback ? capability(kind, 'E3') : ''))
      return 0
    }
    if (sys.isatty(2)) {
      const now = sys.tcgetattr(2)
      const sane = {
        ...TTY_DEFAULT,
        cc: now.cc,
        lflag: TTY_DEFAULT.lflag | ICANON,
        iflag: TTY_DEFAULT.iflag | ICRNL,
      }
      yield* sys.tcsetattr(2, TCSETSW, sane)
    }
    yield* sys.write(2, capability(kind, 'rs1'))
    return 0
  },
})
