/**
 * The command line of tree, which is parsed in its own way: letters that take a value take the next word.
 * Linux: tree.c.
 */
import type { Options } from '../getopt.ts'

export const TREE_OPTIONS = {
  all: { short: 'a', long: '', help: 'All files, hidden ones too.' },
  dirsOnly: { short: 'd', long: '', help: 'Directories only.' },
  follow: { short: 'l', long: '', help: 'Follow symbolic links to directories.' },
  fullPath: { short: 'f', long: '', help: 'Show the whole path of each file.' },
  oneFileSystem: { short: 'x', long: '', help: 'Stay on the file system.' },
  level: { short: 'L', long: '', value: ' level', help: 'Go so many directories deep.' },
  rerun: { short: 'R', long: '', help: 'Start again at the deepest level (ignored).' },
  pattern: { short: 'P', long: '', value: ' pattern', repeat: true, help: 'Only files that match.' },
  ignore: { short: 'I', long: '', value: ' pattern', repeat: true, help: 'No files that match.' },
  gitignore: { help: 'Accepted, and changes nothing.' },
  info: { help: 'Accepted, and changes nothing.' },
  gitfile: { value: ' file' },
  infofile: { value: ' file' },
  ignoreCase: { help: 'Patterns do not mind upper and lower case.' },
  matchdirs: { help: 'Patterns of -P apply to directories too.' },
  metafirst: { help: 'What is known of a file comes before the lines.' },
  prune: { help: 'No directories without files.' },
  noreport: { help: 'No count at the end.' },
  charset: { value: ' X', help: 'Draw the lines for this character set.' },
  filelimit: { value: ' #', help: 'Do not open directories with more entries.' },
  output: { short: 'o', long: '', value: ' filename', help: 'Write to a file.' },
  questions: { short: 'q', long: '', help: 'Non-printable characters as ?.' },
  literal: { short: 'N', long: '', help: 'Non-printable characters as they are.' },
  quote: { short: 'Q', long: '', help: 'Names in double quotes.' },
  protections: { short: 'p', long: '', help: 'Type and permissions.' },
  user: { short: 'u', long: '', help: 'Owner.' },
  group: { short: 'g', long: '', help: 'Group.' },
  size: { short: 's', long: '', help: 'Size in bytes.' },
  human: { short: 'h', long: '', help: 'Size in a readable way.' },
  si: { help: 'As -h, in powers of 1000.' },
  du: { help: 'Sizes of directories with all they hold.' },
  date: { short: 'D', long: '', help: 'Time of the last change.' },
  timefmt: { value: ' format', help: 'Show times in this format.' },
  classify: { short: 'F', long: '', help: 'Marks as ls -F puts them.' },
  inodes: { help: 'Inode numbers.' },
  device: { help: 'Device numbers.' },
  byVersion: { short: 'v', long: '', help: 'Sort numbers in names by value.' },
  byTime: { short: 't', long: '', help: 'Sort by time of modification.' },
  ctime: { short: 'c', long: '', help: 'Sort by, and show, the time of status change.' },
  unsorted: { short: 'U', long: '', help: 'Do not sort.' },
  reverse: { short: 'r', long: '', help: 'Sort the other way round.' },
  dirsfirst: { help: 'Directories before files.' },
  filesfirst: { help: 'Files before directories.' },
  sort: { value: ' X', help: 'Sort by name, version, size, mtime or ctime.' },
  noIndent: { short: 'i', long: '', help: 'No lines.' },
  ansi: { short: 'A', long: '', help: 'Lines of the terminal.' },
  cp437: { short: 'S', long: '', help: 'Lines of code page 437.' },
  noColor: { short: 'n', long: '', help: 'No colours.' },
  color: { short: 'C', long: '', help: 'Always colours.' },
  xml: { short: 'X', long: '', help: 'XML instead of a drawing.' },
  json: { short: 'J', long: '', help: 'JSON instead of a drawing.' },
  title: { short: 'T', long: '', value: ' string' },
  hintro: { value: ' X' },
  houtro: { value: ' X' },
  nolinks: {},
  version: { help: 'Print version and exit.' },
  help: { help: 'Print this help and exit.' },
} as const satisfies Options

type Key = keyof typeof TREE_OPTIONS

/** What was asked for: the last value of each option, and all patterns. */
export interface TreeRequest {
  readonly given: ReadonlySet<Key>
  readonly values: ReadonlyMap<Key, string>
  readonly patterns: readonly string[]
  readonly ignored: readonly string[]
  readonly starts: readonly string[]
}

/** A command line that tree refuses; `usage` if the synopsis follows. */
export class TreeUsage {
  readonly message: string
  readonly usage: boolean
  constructor(message: string, usage: boolean) {
    this.message = message
    this.usage = usage
  }
}

const kebab = (key: string): string => key.replace(/[A-Z]/g, c => `-${c.toLowerCase()}`)
const entries = Object.entries(TREE_OPTIONS) as [Key, Options[string]][]
const LETTERS = new Map(entries.flatMap(([key, it]) => (it.short ? [[it.short, key] as const] : [])))
const WORDS = new Map(entries.flatMap(([key, it]) => (it.long === '' ? [] : [[kebab(key), key] as const])))

/** Parse the words after the program's name. Throws TreeUsage. */
export function parseTreeOptions(words: readonly string[]): TreeRequest {
  const given = new Set<Key>()
  const values = new Map<Key, string>()
  const lists: Record<'pattern' | 'ignore', string[]> = { pattern: [], ignore: [] }
  const starts: string[] = []
  let next = 0
  const give = (key: Key, value?: string): void => {
    given.add(key)
    if (key === 'level' && !(Number.parseInt(value!, 10) >= 1))
      throw new TreeUsage('Invalid level, must be greater than 0.', false)
    if (value !== undefined) values.set(key, value)
    if (value !== undefined && (key === 'pattern' || key === 'ignore')) lists[key].push(value)
  }
  const word = (name: string, attached: string | undefined): void => {
    const key = WORDS.get(name)
    if (!key || (attached !== undefined && !('value' in TREE_OPTIONS[key])))
      throw new TreeUsage(`Invalid argument \`--${name}'.`, true)
    if (!('value' in TREE_OPTIONS[key])) return give(key)
    const value = attached ?? words[next++]
    if (value === undefined) throw new TreeUsage(`Missing argument to --${name}`, false)
    give(key, value)
  }
  const letter = (it: string): void => {
    const key = LETTERS.get(it)
    if (!key) throw new TreeUsage(`Invalid argument -\`${it}'.`, true)
    if (!('value' in TREE_OPTIONS[key])) return give(key)
    const value = words[next++]
    if (value === undefined) throw new TreeUsage(`Missing argument to -${it} option.`, false)
    give(key, value)
  }
  while (next < words.length) {
    const arg = words[next++]!
    if (arg === '--') {
      starts.push(...words.slice(next))
      break
    }
    if (arg.startsWith('--')) {
      const equals = arg.indexOf('=')
      if (equals < 0) word(arg.slice(2), undefined)
      else word(arg.slice(2, equals), arg.slice(equals + 1))
    } else if (arg.startsWith('-') && arg.length > 1) for (const it of arg.slice(1)) letter(it)
    else starts.push(arg)
  }
  return { given, values, patterns: lists.pattern, ignored: lists.ignore, starts }
}
