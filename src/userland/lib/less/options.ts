/** The options of less, which are letters first and names second. Linux: less's opttbl.c. */

/** Options by letter: what is said when they are switched off and on. */
export const SWITCHES: Readonly<Record<string, readonly [off: string, on: string]>> = {
  a: ['Search includes displayed screen', 'Search skips displayed screen'],
  c: ['Repaint by clearing each line', 'Repaint by painting from top of screen'],
  e: ["Don't quit at end-of-file", 'Quit at end-of-file'],
  E: ["Don't quit at end-of-file", 'Quit immediately at end-of-file'],
  F: ["Don't quit if end-of-file on first screen", 'Quit if end-of-file on first screen'],
  f: ['Open only regular files', 'Open even non-regular files'],
  g: [
    'Highlight all matches for previous search pattern',
    'Highlight only last match for previous search pattern',
  ],
  G: ['Highlight all matches for previous search pattern', "Don't use search highlighting"],
  i: ['Case is significant in searches', 'Ignore case in searches'],
  I: ['Case is significant in searches', 'Ignore case in searches and in patterns'],
  J: ["Don't display a status column", 'Display a status column'],
  K: ['Interrupt (ctrl-C) returns to prompt', 'Interrupt (ctrl-C) exits less'],
  L: ["Don't use the LESSOPEN filter", 'Use the LESSOPEN filter'],
  m: ['Short prompt', 'Medium prompt'],
  M: ['Short prompt', 'Long prompt'],
  n: ["Don't use line numbers", 'Use line numbers'],
  N: ["Don't display line numbers", 'Constantly display line numbers'],
  q: ['Ring the bell for errors AND at eof/bof', 'Ring the bell for errors but not at eof/bof'],
  Q: ['Ring the bell for errors AND at eof/bof', 'Never ring the bell'],
  r: ['Display control characters as ^X', 'Display control characters directly (not as ^X)'],
  R: ['Display control characters as ^X', 'Display ANSI sequences directly, other control characters as ^X'],
  s: ['Display all blank lines', 'Squeeze multiple blank lines'],
  S: ['Fold long lines', 'Chop long lines'],
  u: ['Display underlined text in underline mode', 'Backspaces cause overstrike'],
  U: ['Display underlined text in underline mode', 'Print backspace as ^H'],
  w: ["Don't highlight first unread line", 'Highlight first unread line'],
  X: ['Send init strings to terminal', "Don't use termcap init/deinit strings"],
  '~': ["Don't show tildes after end of file", 'Show tildes after end of file'],
}
/** Options that are followed by a value. */
const VALUED = /[bhjkoOpPtTxyzD#"]/
const LONG: Readonly<Record<string, string>> = {
  'search-skip-screen': 'a',
  'quit-at-eof': 'e',
  'QUIT-AT-EOF': 'E',
  force: 'f',
  'quit-if-one-screen': 'F',
  'hilite-search': 'g',
  'HILITE-SEARCH': 'G',
  'ignore-case': 'i',
  'IGNORE-CASE': 'I',
  'quit-on-intr': 'K',
  'long-prompt': 'm',
  'LONG-PROMPT': 'M',
  'line-numbers': 'n',
  'LINE-NUMBERS': 'N',
  pattern: 'p',
  prompt: 'P',
  quiet: 'q',
  silent: 'q',
  QUIET: 'Q',
  'raw-control-chars': 'r',
  'RAW-CONTROL-CHARS': 'R',
  'squeeze-blank-lines': 's',
  'chop-long-lines': 'S',
  tabs: 'x',
  'no-init': 'X',
  window: 'z',
  tilde: '~',
  'no-keypad': '',
  mouse: '',
  'use-color': '',
  incsearch: '',
}

export interface Settings {
  readonly on: Set<string>
  /** +cmd: what to do first. */
  first: string
  files: string[]
  help: 'help' | 'version' | ''
  readonly complaints: string[]
}

/** Options, from $LESS or the command line. Wrong ones are complained about, and less goes on. */
export function parseOptions(settings: Settings, args: readonly string[]): void {
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!
    if (arg === '--') return void settings.files.push(...args.slice(i + 1))
    if (arg.startsWith('+')) settings.first = arg.slice(1)
    else if (arg.startsWith('--')) longOption(settings, arg.slice(2), () => args[++i] ?? '')
    else if (arg.startsWith('-') && arg !== '-') letters(settings, arg.slice(1), () => args[++i] ?? '')
    else settings.files.push(arg)
  }
}

function longOption(settings: Settings, text: string, next: () => string): void {
  const [name = '', value] = text.split(/=(.*)/s)
  if (name === 'help' || name === 'version') {
    settings.help = name
    return
  }
  const known = Object.keys(LONG).filter(it => it.startsWith(name))
  const letter = LONG[name] ?? (known.length === 1 ? LONG[known[0]!] : undefined)
  if (letter === undefined) settings.complaints.push(`There is no ${name} option ("less --help" for help)`)
  else if (letter && VALUED.test(letter)) setValue(settings, letter, value ?? next())
  else if (letter) settings.on.add(letter)
}

function letters(settings: Settings, text: string, next: () => string): void {
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]!
    if (letter === '?') settings.help = 'help'
    else if (letter === 'V') settings.help = 'version'
    else if (VALUED.test(letter)) return setValue(settings, letter, text.slice(at + 1) || next())
    else if (letter === '+' && at === text.length - 1) settings.on.delete(text[at - 1] ?? '')
    else if (SWITCHES[letter]) settings.on.add(letter)
    else if (!/[0-9BdkltW ]/.test(letter)) {
      settings.complaints.push(`There is no -${letter} option ("less --help" for help)`)
      return
    }
  }
}

function setValue(settings: Settings, letter: string, value: string): void {
  if (letter === 'p') settings.first = `/${value}`
}
