/**
 * The few terminal types there are and what makes them clear, move and colour. Linux: ncurses terminfo; terminfo(5).
 *
 * Left out: the database in /usr/share/terminfo: these types are all that programs here know.
 */

export type Terminal = Readonly<Record<string, string | number | boolean>>

const E = '\x1b'
const ANSI: Terminal = {
  bel: '\x07',
  bold: `${E}[1m`,
  blink: `${E}[5m`,
  clear: `${E}[H${E}[2J`,
  cr: '\r',
  cuu1: `${E}[A`,
  cub1: '\b',
  cud1: '\n',
  cuf1: `${E}[C`,
  cup: `${E}[%i%p1%d;%p2%dH`,
  cuu: `${E}[%p1%dA`,
  cud: `${E}[%p1%dB`,
  cuf: `${E}[%p1%dC`,
  cub: `${E}[%p1%dD`,
  hpa: `${E}[%i%p1%dG`,
  vpa: `${E}[%i%p1%dd`,
  home: `${E}[H`,
  ed: `${E}[J`,
  el: `${E}[K`,
  el1: `${E}[1K`,
  dch1: `${E}[P`,
  dl1: `${E}[M`,
  il1: `${E}[L`,
  ht: '\t',
  ind: '\n',
  rev: `${E}[7m`,
  smul: `${E}[4m`,
  rmul: `${E}[24m`,
  smso: `${E}[7m`,
  rmso: `${E}[27m`,
  sitm: `${E}[3m`,
  ritm: `${E}[23m`,
  dim: `${E}[2m`,
  op: `${E}[39;49m`,
  sc: `${E}7`,
  rc: `${E}8`,
  colors: 8,
  pairs: 64,
  cols: 80,
  lines: 24,
  am: true,
  E3: `${E}[3J`,
}

const TERMINALS: Readonly<Record<string, Terminal>> = {
  linux: {
    ...ANSI,
    longname: 'Linux console',
    clear: `${E}[H${E}[J`,
    sgr0: `${E}[m\x0f`,
    setaf: `${E}[3%p1%dm`,
    setab: `${E}[4%p1%dm`,
    civis: `${E}[?25l${E}[?1c`,
    cnorm: `${E}[?25h${E}[?0c`,
    cvvis: `${E}[?25h${E}[?8c`,
    rs1: `${E}c${E}]R`,
    op: `${E}[39;49m`,
  },
  xterm: {
    ...ANSI,
    longname: 'xterm terminal emulator (X Window System)',
    sgr0: `${E}(B${E}[m`,
    setaf: `${E}[3%p1%dm`,
    setab: `${E}[4%p1%dm`,
    civis: `${E}[?25l`,
    cnorm: `${E}[?12l${E}[?25h`,
    cvvis: `${E}[?12;25h`,
    smcup: `${E}[?1049h${E}[22;0;0t`,
    rmcup: `${E}[?1049l${E}[23;0;0t`,
    smkx: `${E}[?1h${E}=`,
    rmkx: `${E}[?1l${E}>`,
    rs1: `${E}c`,
    rs2: `${E}[!p${E}[?3;4l${E}[4l${E}>`,
  },
  'xterm-256color': {
    longname: 'xterm with 256 colors',
    colors: 256,
    pairs: 65536,
    setaf: '@256:3',
    setab: '@256:4',
    rs1: `${E}c${E}]104\x07`,
  },
  dumb: { longname: '80-column dumb tty', cols: 80, am: true, bel: '\x07', cr: '\r', cud1: '\n', ind: '\n' },
  vt100: { ...ANSI, longname: 'dec vt100 (w/advanced video)', sgr0: `${E}[m\x0f`, E3: '', colors: -1 },
  ansi: {
    ...ANSI,
    longname: 'ansi/pc-term compatible with color',
    clear: `${E}[H${E}[J`,
    sgr0: `${E}[0;10m`,
    setaf: `${E}[3%p1%dm`,
    setab: `${E}[4%p1%dm`,
    E3: '',
  },
}
const ALIASES: Readonly<Record<string, string>> = {
  'xterm-color': 'xterm',
  screen: 'xterm',
  'screen-256color': 'xterm-256color',
  tmux: 'xterm',
  'tmux-256color': 'xterm-256color',
  vt220: 'vt100',
  vt102: 'vt100',
}

/** The terminal type of this name; undefined if nobody knows it. */
export function terminal(name: string): Terminal | undefined {
  const known = ALIASES[name] ?? name
  const it = TERMINALS[known]
  return known === 'xterm-256color' ? { ...TERMINALS.xterm, ...it } : it
}

/** What to print for a capability, with its parameters filled in; '' if the terminal cannot do it. */
export function capability(it: Terminal, name: string, ...params: number[]): string {
  const text = it[name]
  if (typeof text !== 'string') return ''
  if (text.startsWith('@256:')) return color256(text[5]!, params[0] ?? 0)
  let increment = 0
  let at = 0
  return text.replace(/%i|%p[1-9]|%d/g, code => {
    if (code === '%i') increment = 1
    else if (code === '%d') return String((params[at] ?? 0) + (at < 2 ? increment : 0))
    else at = Number(code[2]) - 1
    return ''
  })
}

/** 0-7 the classic colours, 8-15 the bright ones, then the palette. */
function color256(plane: string, color: number): string {
  if (color < 8) return `${E}[${plane}${color}m`
  if (color < 16) return `${E}[${plane === '3' ? 9 : 10}${color - 8}m`
  return `${E}[${plane}8;5;${color}m`
}
