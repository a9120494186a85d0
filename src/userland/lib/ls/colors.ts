/** Colours of file names. Linux: coreutils dircolors and ls.c:get_color_indicator(). */
import {
  S_IFBLK,
  S_IFCHR,
  S_IFDIR,
  S_IFIFO,
  S_IFLNK,
  S_IFMT,
  S_IFSOCK,
  S_ISGID,
  S_ISUID,
  S_ISVTX,
} from '../../../abi/index.ts'
import { quote } from '../quote.ts'

/** The built-in indicators; $LS_COLORS overrides them. */
const DEFAULTS: Readonly<Record<string, string>> = {
  lc: '\x1b[',
  rc: 'm',
  rs: '0',
  di: '01;34',
  ln: '01;36',
  pi: '33',
  so: '01;35',
  bd: '01;33',
  cd: '01;33',
  su: '37;41',
  sg: '30;43',
  ca: '30;41',
  tw: '30;42',
  ow: '34;42',
  st: '37;44',
  ex: '01;32',
}

const LABELS = new Set('lc rc ec rs no fi di ln pi so bd cd mi or ex do su sg st ow tw ca mh cl'.split(' '))

export interface Colors {
  readonly indicators: Readonly<Record<string, string>>
  /** Suffixes such as `.tar` with their colours; the last that fits wins. */
  readonly suffixes: readonly (readonly [string, string])[]
  /** What is wrong with $LS_COLORS. */
  readonly complaints: readonly string[]
}

/** What $LS_COLORS asks for. */
export function parseColors(text: string | undefined): Colors {
  const indicators: Record<string, string> = { ...DEFAULTS }
  const suffixes: [string, string][] = []
  for (const entry of (text ?? '').split(':')) {
    if (!entry) continue
    const equals = entry.indexOf('=')
    const isKnown = entry.startsWith('*') ? equals > 0 : equals === 2 && LABELS.has(entry.slice(0, 2))
    if (!isKnown) return { indicators, suffixes, complaints: complaints(entry) }
    const key = entry.slice(0, equals)
    const value = entry.slice(equals + 1).replace(/\\e/g, '\x1b')
    if (key.startsWith('*')) suffixes.push([key.slice(1), value])
    else indicators[key] = value
  }
  return { indicators, suffixes, complaints: [] }
}

function complaints(entry: string): string[] {
  const unknown = entry.indexOf('=') === 2 ? [`unrecognized prefix: ${quote(entry.slice(0, 2))}`] : []
  return [...unknown, 'unparsable value for LS_COLORS environment variable']
}

/** What a name is coloured by: the mode of the file, unless it is missing or a broken link. */
export interface Painted {
  readonly name: string
  /** 0 for a file that could not be examined. */
  readonly mode: number
  readonly nlink: number
  /** The mode of a link's target, 0 if the link is broken; undefined for no link. */
  readonly target?: number | undefined
}

/** The colour code of a name; '' for none. */
export function colorOf(colors: Colors, it: Painted): string {
  const { indicators } = colors
  const code = (...keys: string[]): string => {
    for (const key of keys) {
      const value = indicators[key]
      if (value && value !== '0' && value !== '00') return value
    }
    return ''
  }
  switch (it.mode & S_IFMT) {
    case 0:
      return code('mi', 'or')
    case S_IFDIR: {
      const sticky = it.mode & S_ISVTX
      const otherWritable = it.mode & 0o002
      return code(...(sticky && otherWritable ? ['tw'] : otherWritable ? ['ow'] : sticky ? ['st'] : []), 'di')
    }
    case S_IFLNK:
      if (it.target === 0 && indicators['ln'] === 'target') return code('or')
      if (it.target === 0) return code('or', 'ln')
      if (indicators['ln'] === 'target' && it.target) return colorOf(colors, { ...it, mode: it.target })
      return code('ln')
    case S_IFIFO:
      return code('pi')
    case S_IFSOCK:
      return code('so')
    case S_IFBLK:
      return code('bd')
    case S_IFCHR:
      return code('cd')
    default:
      return regular(colors, it, code)
  }
}

function regular(colors: Colors, it: Painted, code: (...keys: string[]) => string): string {
  if (it.mode & S_ISUID && code('su')) return code('su')
  if (it.mode & S_ISGID && code('sg')) return code('sg')
  if (it.mode & 0o111 && code('ex')) return code('ex')
  if (it.nlink > 1 && code('mh')) return code('mh')
  for (let i = colors.suffixes.length - 1; i >= 0; i--) {
    const [suffix, value] = colors.suffixes[i]!
    if (it.name.toLowerCase().endsWith(suffix.toLowerCase())) return value
  }
  return code('fi')
}

const TERMINALS =
  /^(Eterm|ansi|.*color.*|con\d*x\d*.*|cons25|console|cygwin|.*direct.*|dtterm|gnome|hurd|jfbterm|konsole|kterm|linux|linux-c|mlterm|putty|rxvt.*|screen.*|st|terminator|tmux.*|vt100|xterm.*)$/

/** Whether colours are used at all: $LS_COLORS or $COLORTERM is set, or the terminal is known to have them. */
export const colorable = (env: ReadonlyMap<string, string>): boolean =>
  Boolean(env.get('LS_COLORS') || env.get('COLORTERM')) || TERMINALS.test(env.get('TERM') ?? '')
