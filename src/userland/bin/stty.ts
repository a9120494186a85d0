/**
 * stty - change and print terminal line settings
 * Linux: coreutils src/stty.c; stty(1).
 *
 * Left out: line disciplines, different speeds for input and output.
 */
import {
  type Blocking,
  CSIZE,
  EINVAL,
  Errno,
  O_NONBLOCK,
  O_RDONLY,
  PARENB,
  type Sys,
  TCSETSW,
  type Termios,
} from '../../abi/index.ts'
import { command, fatal, type Process, usage } from '../lib/command.ts'
import { helpText } from '../lib/help.ts'
import { type Change, restore, setMode, setSpeed, setValue, takesValue } from '../lib/stty/change.ts'
import { baud } from '../lib/stty/modes.ts'
import { describeAll, describeChanged, saved } from '../lib/stty/show.ts'

const OPTIONS = {
  all: { short: 'a', help: 'print all current settings in human-readable form' },
  save: { short: 'g', help: 'print all current settings in a stty-readable form' },
  file: { short: 'F', value: '=DEVICE', help: 'open and use the specified DEVICE instead of stdin' },
} as const

export default command({
  name: 'stty',
  summary: 'Print or change terminal characteristics.',
  authors: 'David MacKenzie',
  usage: [
    'stty [-F DEVICE | --file=DEVICE] [SETTING]...',
    'stty [-F DEVICE | --file=DEVICE] [-a|--all]',
    'stty [-F DEVICE | --file=DEVICE] [-g|--save]',
  ],
  options: OPTIONS,
  raw: true,

  *main(sys, _flags, args, me) {
    const { settings, file, form, special } = operands(args)
    if (special === 'help') me.out.print(helpText(this, me.name, OPTIONS))
    if (special === 'version') me.out.print('stty (GNU coreutils) 9.1\n')
    if (special) return 0
    if (form === 'both')
      throw fatal('the options for verbose and stty-readable output styles are\nmutually exclusive')
    if (form && settings.length) throw fatal('when specifying an output style, modes may not be set')
    check(settings)
    const fd = file === undefined ? 0 : yield* openDevice(sys, file)
    const name = file ?? "'standard input'"
    const termios = attributes(sys, fd, name)
    if (form === 'all') show(me, describeAll(termios, sys.tiocgwinsz(fd)), width(sys))
    else if (form === 'save') me.out.line(saved(termios))
    else if (!settings.length) show(me, describeChanged(termios), width(sys))
    else yield* change(sys, me, fd, name, termios, settings)
    return 0
  },
})

interface Operands {
  readonly settings: readonly string[]
  readonly file: string | undefined
  readonly form: '' | 'all' | 'save' | 'both'
  readonly special: '' | 'help' | 'version'
}

/** `-echo` is a setting, `-a` an option. */
function operands(args: readonly string[]): Operands {
  const settings: string[] = []
  let file: string | undefined
  let form: Operands['form'] = ''
  let special: Operands['special'] = ''
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!
    if (arg === '-a' || arg === '--all') form = form === 'save' ? 'both' : 'all'
    else if (arg === '-g' || arg === '--save') form = form === 'all' ? 'both' : 'save'
    else if ((arg === '-F' || arg === '--file') && i + 1 < args.length) file = args[++i]
    else if (arg.startsWith('--file=')) file = arg.slice(7)
    else if (arg.startsWith('-F') && arg.length > 2) file = arg.slice(2)
    else if (arg === '--help') special = 'help'
    else if (arg === '--version') special = 'version'
    else if (arg !== '--') settings.push(arg)
  }
  return { settings, file, form, special }
}

function* openDevice(sys: Sys, path: string): Blocking<number> {
  try {
    return yield* sys.open(path, O_RDONLY | O_NONBLOCK)
  } catch (e) {
    throw fatal(path, e)
  }
}

function attributes(sys: Sys, fd: number, name: string): Termios {
  try {
    return sys.tcgetattr(fd)
  } catch (e) {
    throw fatal(name, e)
  }
}

/** Where lines wrap: the window of standard output. */
function width(sys: Sys): number {
  try {
    return sys.tiocgwinsz(1).cols || 80
  } catch (e) {
    if (e instanceof Errno) return 80
    throw e
  }
}

/** Groups of words, each group on lines of its own. */
function show(me: Process, groups: readonly (readonly string[])[], columns: number): void {
  for (const group of groups) {
    let line = ''
    for (const word of group) {
      if (line && line.length + word.length + 1 >= columns) {
        me.out.line(line)
        line = ''
      }
      line += (line ? ' ' : '') + word
    }
    if (line) me.out.line(line)
  }
}

/** Settings are looked at before there is a terminal to set. */
function check(settings: readonly string[]): void {
  const nothing = { iflag: 0, oflag: 0, cflag: 0, lflag: 0, cc: [] }
  for (let i = 0; i < settings.length; i++) {
    const word = settings[i]!
    if (word === 'size' || word === 'speed') continue
    if (takesValue(word)) {
      if (settings[++i] === undefined) throw usage(`missing argument to ‘${word}’`)
    } else if (!restore(nothing, word) && !setMode(nothing, word) && !setSpeed(nothing, word))
      throw usage(`invalid argument ‘${word}’`)
  }
}

function* change(
  sys: Sys,
  me: Process,
  fd: number,
  name: string,
  now: Termios,
  settings: readonly string[],
): Blocking<void> {
  const next: Change = { termios: { ...now, cc: [...now.cc] }, window: undefined }
  let isRestored = false
  for (let i = 0; i < settings.length; i++) {
    const word = settings[i]!
    if (word === 'size') {
      const { rows, cols } = next.window ?? sys.tiocgwinsz(fd)
      me.out.line(`${rows} ${cols}`)
    } else if (word === 'speed') me.out.line(String(baud(next.termios)))
    else if (takesValue(word)) {
      const value = settings[++i]
      if (value === undefined) throw usage(`missing argument to ‘${word}’`)
      setValue(sys, fd, next, word, value)
    } else if (restore(next.termios, word)) isRestored = true
    else if (!setMode(next.termios, word) && !setSpeed(next.termios, word))
      throw usage(`invalid argument ‘${word}’`)
  }
  yield* sys.tcsetattr(fd, TCSETSW, next.termios)
  const got = sys.tcgetattr(fd)
  // tcsetattr(3) looks whether the terminal took the size of characters; numbers of -g do not carry the speed.
  if ((got.cflag & (CSIZE | PARENB)) !== (next.termios.cflag & (CSIZE | PARENB))) throw fatal(name, EINVAL)
  if (isRestored && baud(now) !== baud(got))
    throw fatal(`${name}: unable to perform all requested operations`)
  if (next.window) sys.tiocswinsz(fd, next.window)
}
