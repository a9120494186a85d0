/** How ls shows a name: quoted, coloured, linked, marked. Linux: coreutils ls.c:print_file_name_and_frills(). */
import { encode, isLink, S_IFMT } from '../../../abi/index.ts'
import { canonicalize } from '../path.ts'
import { printable } from '../quote.ts'
import { quoteAs } from '../quoting-style.ts'
import { textWidth } from '../wcwidth.ts'
import { type Colors, colorOf } from './colors.ts'
import type { Entry, Ls } from './entries.ts'
import type { Settings } from './options.ts'
import { endOfColor } from './output.ts'

/** A name in the quoting style, with `?` for what must not reach a terminal. */
export function quoted({ quoting, hideControl }: Settings, name: string): string {
  const text = quoteAs(quoting, name)
  return hideControl ? [...text].map(c => (printable(c.codePointAt(0)!) ? c : '?')).join('') : text
}

/** The sign of a type after a name. */
export function indicator(set: Settings, mode: number): string {
  if (set.indicator === 'none') return ''
  const type = mode & S_IFMT
  if (type === 0o040000) return '/'
  if (set.indicator === 'slash') return ''
  if (type === 0o120000) return '@'
  if (type === 0o010000) return '|'
  if (type === 0o140000) return '='
  return set.indicator === 'classify' && type === 0o100000 && mode & 0o111 ? '*' : ''
}

function painted(colors: Colors, text: string, code: string): string {
  const { lc, rc, no } = colors.indicators
  if (!code) return no ? text + endOfColor(colors) : text
  return `${no ? lc! + rc! : ''}${lc}${code}${rc}${text}${endOfColor(colors)}`
}

/** The colour of everything that has none of its own, where a line begins. ls.c: set_normal_color(). */
export function normalColor({ set: { colors } }: Ls): string {
  const { lc, rc, no } = colors?.indicators ?? {}
  return no ? lc! + no + rc! : ''
}

/** A name inside an escape sequence that links it to its file. */
function linked(ls: Ls, text: string, path: string): string {
  if (!ls.set.hyperlink) return text
  const file = canonicalize(ls.sys, path, 'none')
  let escaped = ''
  for (const byte of encode(file)) {
    const char = String.fromCharCode(byte)
    escaped += /[\w~./-]/.test(char) ? char : `%${byte.toString(16).padStart(2, '0')}`
  }
  return `\x1b]8;;file://${ls.sys.uname().nodename}${escaped}\x07${text}\x1b]8;;\x07`
}

/** The name as it is shown, with colour and indicator, and its width. `align`: others are quoted, so indent. */
export function nameCell(ls: Ls, it: Entry, align: boolean): { text: string; width: number } {
  const { set } = ls
  const plain = quoted(set, it.name)
  const space = align && plain === it.name ? ' ' : ''
  const mode = it.stat?.mode ?? it.type
  const mark = set.format === 'long' && isLink({ mode }) ? '' : indicator(set, mode)
  // The quotes around an aligned name are not part of the link.
  const [before, inner, after] =
    align && !space ? [plain[0]!, plain.slice(1, -1), plain.at(-1)!] : ['', plain, '']
  let text = before + linked(ls, inner, it.path) + after
  if (set.colors) text = painted(set.colors, text, colorOfEntry(set.colors, it))
  return { text: space + text + mark, width: textWidth(plain) + space.length + mark.length }
}

const colorOfEntry = (colors: Colors, it: Entry): string =>
  colorOf(colors, {
    name: it.name,
    mode: it.stat?.mode ?? 0,
    nlink: it.stat?.nlink ?? 1,
    target: it.targetMode,
  })

/** The targets of links are examined, and coloured, only if broken ones have a colour. ls.c: check_symlink_mode. */
const marksLinks = ({ indicators }: Colors): boolean =>
  [indicators['or'], indicators['mi']].some(it => it && !/^0?0$/.test(it))

/** Where a link points, in a long listing. */
export function targetText(ls: Ls, it: Entry): string {
  if (it.target === undefined) return ''
  const mode = it.targetMode ?? 0
  const { colors } = ls.set
  const dir = it.path.slice(0, it.path.lastIndexOf('/') + 1)
  const name = linked(ls, quoted(ls.set, it.target), it.target.startsWith('/') ? it.target : dir + it.target)
  const text = colors
    ? painted(colors, name, marksLinks(colors) ? colorOf(colors, { name: it.target, mode, nlink: 1 }) : '')
    : name
  return ` -> ${text}${mode ? indicator(ls.set, mode) : ''}`
}
