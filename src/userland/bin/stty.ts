/**
 * stty - change and print terminal line settings
 * Linux: coreutils src/stty.c; stty(1).
 *
 * Left out: speeds (they change nothing), line disciplines, parity and delays, which a pty does not have.
 */
import {
  BRKINT,
  type Blocking,
  CREAD,
  CS8,
  ECHO,
  ECHOCTL,
  ECHOE,
  ECHOK,
  ECHOKE,
  ECHONL,
  Errno,
  ICANON,
  ICRNL,
  IEXTEN,
  IGNCR,
  IMAXBEL,
  INLCR,
  ISIG,
  IUTF8,
  IXANY,
  IXON,
  NOFLSH,
  O_NONBLOCK,
  O_RDONLY,
  ONLCR,
  OPOST,
  type Sys,
  TCSETSW,
  type Termios,
  TOSTOP,
  TTY_DEFAULT,
  VDISCARD,
  VEOF,
  VEOL,
  VEOL2,
  VERASE,
  VINTR,
  VKILL,
  VLNEXT,
  VMIN,
  VQUIT,
  VREPRINT,
  VSTART,
  VSTOP,
  VSUSP,
  VSWTC,
  VTIME,
  VWERASE,
  type Winsize,
} from '../../abi/index.ts'
import { command, fatal, type Process, usage } from '../lib/command.ts'

type Field = 'iflag' | 'oflag' | 'cflag' | 'lflag'

/** The settings in the order of `stty -a`; `sane` is what `stty sane` makes of it, null for neither. */
const MODES: readonly (readonly [name: string, field: Field, bit: number, sane: boolean | null])[] = [
  ['parenb', 'cflag', 0o400, null],
  ['parodd', 'cflag', 0o1000, null],
  ['cmspar', 'cflag', 0o10000000000, null],
  ['cs8', 'cflag', CS8, true],
  ['hupcl', 'cflag', 0o2000, null],
  ['cstopb', 'cflag', 0o100, null],
  ['cread', 'cflag', CREAD, true],
  ['clocal', 'cflag', 0o4000, null],
  ['crtscts', 'cflag', 0o20000000000, null],
  ['ignbrk', 'iflag', 1, false],
  ['brkint', 'iflag', BRKINT, true],
  ['ignpar', 'iflag', 4, null],
  ['parmrk', 'iflag', 8, null],
  ['inpck', 'iflag', 0o20, null],
  ['istrip', 'iflag', 0o40, null],
  ['inlcr', 'iflag', INLCR, false],
  ['igncr', 'iflag', IGNCR, false],
  ['icrnl', 'iflag', ICRNL, true],
  ['ixon', 'iflag', IXON, null],
  ['ixoff', 'iflag', 0o10000, false],
  ['iuclc', 'iflag', 0o1000, false],
  ['ixany', 'iflag', IXANY, false],
  ['imaxbel', 'iflag', IMAXBEL, true],
  ['iutf8', 'iflag', IUTF8, false],
  ['opost', 'oflag', OPOST, true],
  ['olcuc', 'oflag', 2, false],
  ['ocrnl', 'oflag', 0o10, false],
  ['onlcr', 'oflag', ONLCR, true],
  ['onocr', 'oflag', 0o20, false],
  ['onlret', 'oflag', 0o40, false],
  ['ofill', 'oflag', 0o100, false],
  ['ofdel', 'oflag', 0o200, false],
  ['isig', 'lflag', ISIG, true],
  ['icanon', 'lflag', ICANON, true],
  ['iexten', 'lflag', IEXTEN, true],
  ['echo', 'lflag', ECHO, true],
  ['echoe', 'lflag', ECHOE, true],
  ['echok', 'lflag', ECHOK, true],
  ['echonl', 'lflag', ECHONL, false],
  ['noflsh', 'lflag', NOFLSH, false],
  ['xcase', 'lflag', 4, false],
  ['tostop', 'lflag', TOSTOP, false],
  ['echoprt', 'lflag', 0o2000, false],
  ['echoctl', 'lflag', ECHOCTL, true],
  ['echoke', 'lflag', ECHOKE, true],
  ['flusho', 'lflag', 0o10000, null],
  ['extproc', 'lflag', 0o200000, null],
]
/** Modes that are off in a fresh terminal although `sane` would have them on: a bare `stty` shows those. */
const SAME: Readonly<Record<string, string>> = {
  crterase: 'echoe',
  crtkill: 'echoke',
  ctlecho: 'echoctl',
  prterase: 'echoprt',
  tandem: 'ixoff',
  hup: 'hupcl',
}

/** Control characters in the order of `stty -a`, with the value `sane` gives them. */
const CHARACTERS: readonly (readonly [name: string, index: number, sane: number])[] = [
  ['intr', VINTR, 3],
  ['quit', VQUIT, 28],
  ['erase', VERASE, 127],
  ['kill', VKILL, 21],
  ['eof', VEOF, 4],
  ['eol', VEOL, 0],
  ['eol2', VEOL2, 0],
  ['swtch', VSWTC, 0],
  ['start', VSTART, 17],
  ['stop', VSTOP, 19],
  ['susp', VSUSP, 26],
  ['rprnt', VREPRINT, 18],
  ['werase', VWERASE, 23],
  ['lnext', VLNEXT, 22],
  ['discard', VDISCARD, 15],
]
/** Delays and sizes that stty prints but a pty never has. */
const FIXED = ['nl0', 'cr0', 'tab0', 'bs0', 'vt0', 'ff0']

export default command({
  name: 'stty',
  summary: 'change and print terminal line settings',
  suite: 'coreutils',
  authors: 'David MacKenzie',
  usage: ['stty [-F DEVICE | --file=DEVICE] [SETTING]...', 'stty [-F DEVICE | --file=DEVICE] [-a|--all]'],
  help: `Usage: stty [-F DEVICE | --file=DEVICE] [SETTING]...
  or:  stty [-F DEVICE | --file=DEVICE] [-a|--all]
  or:  stty [-F DEVICE | --file=DEVICE] [-g|--save]
Print or change terminal characteristics.

Mandatory arguments to long options are mandatory for short options too.
  -a, --all          print all current settings in human-readable form
  -g, --save         print all current settings in a stty-readable form
  -F, --file=DEVICE  open and use the specified DEVICE instead of stdin
      --help        display this help and exit
      --version     output version information and exit

Optional - before SETTING indicates negation.  An * marks non-POSIX
settings.  The underlying system defines which settings are available.

Special characters:
 * discard CHAR  CHAR will toggle discarding of output
   eof CHAR      CHAR will send an end of file (terminate the input)
   eol CHAR      CHAR will end the line
 * eol2 CHAR     alternate CHAR for ending the line
   erase CHAR    CHAR will erase the last character typed
   intr CHAR     CHAR will send an interrupt signal
   kill CHAR     CHAR will erase the current line
 * lnext CHAR    CHAR will enter the next character quoted
   quit CHAR     CHAR will send a quit signal
 * rprnt CHAR    CHAR will redraw the current line
   start CHAR    CHAR will restart the output after stopping it
   stop CHAR     CHAR will stop the output
   susp CHAR     CHAR will send a terminal stop signal
 * swtch CHAR    CHAR will switch to a different shell layer
 * werase CHAR   CHAR will erase the last word typed

Special settings:
   N             set the input and output speeds to N bauds
 * cols N        tell the kernel that the terminal has N columns
 * columns N     same as cols N
 * [-]drain      wait for transmission before applying settings (on by default)
   ispeed N      set the input speed to N
 * line N        use line discipline N
   min N         with -icanon, set N characters minimum for a completed read
   ospeed N      set the output speed to N
 * rows N        tell the kernel that the terminal has N rows
 * size          print the number of rows and columns according to the kernel
   speed         print the terminal speed
   time N        with -icanon, set read timeout of N tenths of a second

Control settings:
   [-]clocal     disable modem control signals
   [-]cread      allow input to be received
 * [-]crtscts    enable RTS/CTS handshaking
   csN           set character size to N bits, N in [5..8]
   [-]cstopb     use two stop bits per character (one with '-')
   [-]hup        send a hangup signal when the last process closes the tty
   [-]hupcl      same as [-]hup
   [-]parenb     generate parity bit in output and expect parity bit in input
   [-]parodd     set odd parity (or even parity with '-')
 * [-]cmspar     use "stick" (mark/space) parity

Input settings:
   [-]brkint     breaks cause an interrupt signal
   [-]icrnl      translate carriage return to newline
   [-]ignbrk     ignore break characters
   [-]igncr      ignore carriage return
   [-]ignpar     ignore characters with parity errors
 * [-]imaxbel    beep and do not flush a full input buffer on a character
   [-]inlcr      translate newline to carriage return
   [-]inpck      enable input parity checking
   [-]istrip     clear high (8th) bit of input characters
 * [-]iutf8      assume input characters are UTF-8 encoded
 * [-]iuclc      translate uppercase characters to lowercase
 * [-]ixany      let any character restart output, not only start character
   [-]ixoff      enable sending of start/stop characters
   [-]ixon       enable XON/XOFF flow control
   [-]parmrk     mark parity errors (with a 255-0-character sequence)
   [-]tandem     same as [-]ixoff

Output settings:
 * bsN           backspace delay style, N in [0..1]
 * crN           carriage return delay style, N in [0..3]
 * ffN           form feed delay style, N in [0..1]
 * nlN           newline delay style, N in [0..1]
 * [-]ocrnl      translate carriage return to newline
 * [-]ofdel      use delete characters for fill instead of NUL characters
 * [-]ofill      use fill (padding) characters instead of timing for delays
 * [-]olcuc      translate lowercase characters to uppercase
 * [-]onlcr      translate newline to carriage return-newline
 * [-]onlret     newline performs a carriage return
 * [-]onocr      do not print carriage returns in the first column
   [-]opost      postprocess output
 * tabN          horizontal tab delay style, N in [0..3]
 * tabs          same as tab0
 * -tabs         same as tab3
 * vtN           vertical tab delay style, N in [0..1]

Local settings:
   [-]crterase   echo erase characters as backspace-space-backspace
 * crtkill       kill all line by obeying the echoprt and echoe settings
 * -crtkill      kill all line by obeying the echoctl and echok settings
 * [-]ctlecho    echo control characters in hat notation ('^c')
   [-]echo       echo input characters
 * [-]echoctl    same as [-]ctlecho
   [-]echoe      same as [-]crterase
   [-]echok      echo a newline after a kill character
 * [-]echoke     same as [-]crtkill
   [-]echonl     echo newline even if not echoing other characters
 * [-]echoprt    echo erased characters backward, between '\\' and '/'
 * [-]extproc    enable "LINEMODE"; useful with high latency links
 * [-]flusho     discard output
   [-]icanon     enable special characters: erase, kill, werase, rprnt
   [-]iexten     enable non-POSIX special characters
   [-]isig       enable interrupt, quit, and suspend special characters
   [-]noflsh     disable flushing after interrupt and quit special characters
 * [-]prterase   same as [-]echoprt
 * [-]tostop     stop background jobs that try to write to the terminal
 * [-]xcase      with icanon, escape with '\\' for uppercase characters

Combination settings:
 * [-]LCASE      same as [-]lcase
   cbreak        same as -icanon
   -cbreak       same as icanon
   cooked        same as brkint ignpar istrip icrnl ixon opost isig
                 icanon, eof and eol characters to their default values
   -cooked       same as raw
   crt           same as echoe echoctl echoke
   dec           same as echoe echoctl echoke -ixany intr ^c erase 0177
                 kill ^u
 * [-]decctlq    same as [-]ixany
   ek            erase and kill characters to their default values
   evenp         same as parenb -parodd cs7
   -evenp        same as -parenb cs8
 * [-]lcase      same as xcase iuclc olcuc
   litout        same as -parenb -istrip -opost cs8
   -litout       same as parenb istrip opost cs7
   nl            same as -icrnl -onlcr
   -nl           same as icrnl -inlcr -igncr onlcr -ocrnl -onlret
   oddp          same as parenb parodd cs7
   -oddp         same as -parenb cs8
   [-]parity     same as [-]evenp
   pass8         same as -parenb -istrip cs8
   -pass8        same as parenb istrip cs7
   raw           same as -ignbrk -brkint -ignpar -parmrk -inpck -istrip
                 -inlcr -igncr -icrnl -ixon -ixoff -icanon -opost
                 -isig -iuclc -ixany -imaxbel -xcase min 1 time 0
   -raw          same as cooked
   sane          same as cread -ignbrk brkint -inlcr -igncr icrnl
                 icanon iexten echo echoe echok -echonl -noflsh
                 -ixoff -iutf8 -iuclc -ixany imaxbel -xcase -olcuc -ocrnl
                 opost -ofill onlcr -onocr -onlret nl0 cr0 tab0 bs0 vt0 ff0
                 isig -tostop -ofdel -echoprt echoctl echoke -extproc -flusho,
                 all special characters to their default values

Handle the tty line connected to standard input.  Without arguments,
prints baud rate, line discipline, and deviations from stty sane.  In
settings, CHAR is taken literally, or coded as in ^c, 0x37, 0177 or
127; special values ^- or undef used to disable special characters.

GNU coreutils online help: <https://www.gnu.org/software/coreutils/>
Report any translation bugs to <https://translationproject.org/team/>
Full documentation <https://www.gnu.org/software/coreutils/stty>
or available locally via: info '(coreutils) stty invocation'
`,
  raw: true,

  *main(sys, _flags, args, me) {
    const { settings, file, form, special } = operands(args)
    if (special === 'help') me.out.print(String(this.help).replaceAll('%s', me.name))
    if (special === 'version') me.out.print('stty (GNU coreutils) 9.1\n')
    if (special) return 0
    if (form === 'both')
      throw fatal('the options for verbose and stty-readable output styles are\nmutually exclusive')
    if (form && settings.length) throw fatal('when specifying an output style, modes may not be set')
    const fd = file === undefined ? 0 : yield* openDevice(sys, file)
    const name = file ?? "'standard input'"
    const termios = attributes(sys, fd, name)
    if (form === 'all') show(me, describeAll(termios, sys.tiocgwinsz(fd)), width(sys))
    else if (form === 'save') me.out.line(saved(termios))
    else if (!settings.length) show(me, describeChanged(termios), width(sys))
    else yield* change(sys, me, fd, termios, settings)
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
    else if (arg === '-F' || arg === '--file') file = args[++i]
    else if (arg.startsWith('--file=')) file = arg.slice(7)
    else if (arg.startsWith('-F')) file = arg.slice(2)
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

const BAUDS: Readonly<Record<number, number>> = {
  0: 0,
  7: 300,
  9: 1200,
  11: 2400,
  12: 4800,
  13: 9600,
  14: 19200,
  15: 38400,
}
const baud = (it: Termios): number => BAUDS[it.cflag & 0o17] ?? 38400
const isOn = (it: Termios, field: Field, bit: number): boolean =>
  bit === CS8 && field === 'cflag' ? (it.cflag & CS8) === CS8 : (it[field] & bit) !== 0

/** ^C, ^?, <undef>, M-x. */
function visible(code: number): string {
  if (code === 0) return '<undef>'
  if (code === 127) return '^?'
  if (code < 32) return `^${String.fromCharCode(code + 64)}`
  if (code >= 128) return `M-${visible(code - 128)}`
  return String.fromCharCode(code)
}

const character = ([name, index]: readonly [string, number, number], it: Termios): string =>
  `${name} = ${visible(it.cc[index]!)};`

function describeAll(it: Termios, window: Winsize): string[][] {
  const mode = ([name, field, bit]: (typeof MODES)[number]): string =>
    isOn(it, field, bit) ? name : `-${name}`
  const of = (field: Field): string[] => MODES.filter(entry => entry[1] === field).map(mode)
  return [
    [`speed ${baud(it)} baud;`, `rows ${window.rows};`, `columns ${window.cols};`, 'line = 0;'],
    [...CHARACTERS.map(entry => character(entry, it)), `min = ${it.cc[VMIN]};`, `time = ${it.cc[VTIME]};`],
    of('cflag'),
    of('iflag'),
    [...of('oflag'), ...FIXED],
    of('lflag'),
  ]
}

/** What differs from `sane`. */
function describeChanged(it: Termios): string[][] {
  const characters = CHARACTERS.filter(([, index, sane]) => it.cc[index] !== sane).map(entry =>
    character(entry, it),
  )
  if (!(it.lflag & ICANON)) characters.push(`min = ${it.cc[VMIN]};`, `time = ${it.cc[VTIME]};`)
  const changed = (field: Field): string[] =>
    MODES.filter(([, of, bit, sane]) => of === field && sane !== null && isOn(it, field, bit) !== sane).map(
      ([name, , , sane]) => (sane ? `-${name}` : name),
    )
  return [
    [`speed ${baud(it)} baud;`, 'line = 0;'],
    characters,
    changed('cflag'),
    changed('iflag'),
    changed('oflag'),
    changed('lflag'),
  ]
}

const saved = (it: Termios): string =>
  [it.iflag, it.oflag, it.cflag, it.lflag, 0, ...it.cc, ...Array<number>(15).fill(0)]
    .map(n => n.toString(16))
    .filter((_, i) => i !== 4)
    .join(':')

interface Change {
  termios: { iflag: number; oflag: number; cflag: number; lflag: number; cc: number[] }
  window: { rows: number; cols: number } | undefined
}

function* change(
  sys: Sys,
  me: Process,
  fd: number,
  now: Termios,
  settings: readonly string[],
): Blocking<void> {
  const next: Change = { termios: { ...now, cc: [...now.cc] }, window: undefined }
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
    } else if (!setMode(next.termios, word) && !restore(next.termios, word) && !/^\d+$/.test(word))
      throw usage(`invalid argument ‘${word}’`)
  }
  yield* sys.tcsetattr(fd, TCSETSW, next.termios)
  if (next.window) sys.tiocswinsz(fd, next.window)
}

const takesValue = (word: string): boolean =>
  CHARACTERS.some(([name]) => name === word) ||
  ['min', 'time', 'rows', 'cols', 'columns', 'line', 'ispeed', 'ospeed'].includes(word)

function setValue(sys: Sys, fd: number, next: Change, word: string, value: string): void {
  const entry = CHARACTERS.find(([name]) => name === word)
  if (entry) {
    next.termios.cc[entry[1]] = code(value)
    return
  }
  if (!/^(0x[0-9a-f]+|\d+)$/i.test(value)) throw fatal(`invalid integer argument: ‘${value}’`)
  const number = Number(value)
  if (word === 'min') next.termios.cc[VMIN] = number
  if (word === 'time') next.termios.cc[VTIME] = number
  if (word === 'rows') next.window = { ...(next.window ?? sys.tiocgwinsz(fd)), rows: number }
  if (word === 'cols' || word === 'columns')
    next.window = { ...(next.window ?? sys.tiocgwinsz(fd)), cols: number }
}

/** ^C, undef, a character, or its number. */
function code(text: string): number {
  if (text === '^-' || text === 'undef' || text === '') return 0
  if (text === '^?') return 127
  if (/^\^.$/.test(text)) return text.charCodeAt(1) & 0x1f
  if (text.length === 1) return text.charCodeAt(0)
  if (!/^(0x[0-9a-f]+|\d+)$/i.test(text)) throw fatal(`invalid integer argument: ‘${text}’`)
  return text.startsWith('0') && !/^0x/i.test(text) ? Number.parseInt(text, 8) : Number(text)
}

function setBits(it: Change['termios'], field: Field, bit: number, on: boolean): void {
  if (on) it[field] |= bit
  else it[field] &= ~bit
}

/** A mode or one of the combinations; false for what is neither. */
function setMode(it: Change['termios'], word: string): boolean {
  const off = word.startsWith('-')
  const given = off ? word.slice(1) : word
  const name = SAME[given] ?? given
  const mode = MODES.find(entry => entry[0] === name)
  if (mode) setBits(it, mode[1], mode[2], !off)
  else if (name === 'sane' && !off) sane(it)
  else if (name === 'raw' || name === 'cooked') (name === 'raw') !== off ? raw(it) : cooked(it)
  else if (name === 'cbreak') setBits(it, 'lflag', ICANON, off)
  else if (name === 'nl') newlines(it, off)
  else if (name === 'ek') for (const index of [VERASE, VKILL]) it.cc[index] = TTY_DEFAULT.cc[index]!
  else if (name === 'crt') setBits(it, 'lflag', ECHOE | ECHOCTL | ECHOKE, true)
  else if (name === 'dec') {
    setBits(it, 'lflag', ECHOE | ECHOCTL | ECHOKE, true)
    setBits(it, 'iflag', IXANY, false)
    it.cc[VINTR] = 3
    it.cc[VERASE] = 127
    it.cc[VKILL] = 21
  } else
    return [
      'evenp',
      'parity',
      'oddp',
      'litout',
      'pass8',
      'decctlq',
      'lcase',
      'LCASE',
      'tabs',
      'drain',
      ...FIXED,
    ].includes(name)
  return true
}

function sane(it: Change['termios']): void {
  for (const [, field, bit, value] of MODES) if (value !== null) setBits(it, field, bit, value)
  setBits(it, 'iflag', IXON, true)
  for (const [, index, value] of CHARACTERS) it.cc[index] = value
  it.cc[VMIN] = 1
  it.cc[VTIME] = 0
}

function raw(it: Change['termios']): void {
  it.iflag = 0
  setBits(it, 'oflag', OPOST, false)
  setBits(it, 'lflag', ISIG | ICANON | 4, false)
  it.cc[VMIN] = 1
  it.cc[VTIME] = 0
}

function cooked(it: Change['termios']): void {
  setBits(it, 'iflag', BRKINT | 4 | 0o40 | ICRNL | IXON, true)
  setBits(it, 'oflag', OPOST, true)
  setBits(it, 'lflag', ISIG | ICANON, true)
  it.cc[VEOF] = 4
  it.cc[VEOL] = 0
}

function newlines(it: Change['termios'], off: boolean): void {
  setBits(it, 'iflag', ICRNL, off)
  setBits(it, 'oflag', ONLCR, off)
  if (off) setBits(it, 'iflag', INLCR | IGNCR, false)
}

/** What `stty -g` printed. */
function restore(it: Change['termios'], word: string): boolean {
  const fields = word.split(':')
  if (fields.length !== 36 || fields.some(field => !/^[0-9a-f]+$/i.test(field))) return false
  const numbers = fields.map(field => Number.parseInt(field, 16))
  ;[it.iflag, it.oflag, it.cflag, it.lflag] = [numbers[0]!, numbers[1]!, numbers[2]!, numbers[3]!]
  it.cc = numbers.slice(4, 4 + it.cc.length)
  return true
}
