/**
 * Completion: what the word before the cursor may become. Commands, variables, users, jobs, files; the long options of
 * a program as its own `--help` lists them. Bash: bashline.c, pcomplete.c; readline: complete.c.
 */
import {
  O_DIRECTORY,
  O_WRONLY,
  S_IFDIR,
  S_IFLNK,
  S_IFMT,
  decode,
  isDir,
  parseElf,
  type Blocking,
} from '../../abi/index.ts'
import { builtins, isDisabled } from '../builtins/index.ts'
import { SHOPTS } from '../builtins/set.ts'
import { keywords } from '../builtins/type.ts'
import { forkShell, waitFor } from '../exec/process.ts'
import { executeText } from '../exec/read.ts'
import { execute, findProgram, stateOf } from '../exec/simple.ts'
import { homeOf, passwd } from '../expand/tilde.ts'
import { OPTION_LETTERS, type Shell } from '../shell.ts'
import { Variable, byName } from '../variables.ts'

/** The word at the cursor and what stands around it. */
interface Context {
  readonly start: number
  /** The quote that is open at the cursor. */
  readonly quote: string
  readonly word: string
  /** The words of this command before it; none where a command name is expected. */
  readonly before: readonly string[]
}

export interface Completions {
  readonly start: number
  /** The whole words, without quotes. */
  readonly matches: readonly string[]
  readonly quote: string
  /** Whether they are files: listed by their last part, quoted when inserted. */
  readonly files: boolean
  /** Nothing is appended to a single match. */
  readonly open: boolean
}

const SEPARATOR = /[;|&(\n]/
const PREFIXES = new Set([
  'if',
  'then',
  'else',
  'elif',
  'while',
  'until',
  'do',
  '!',
  '{',
  'time',
  'exec',
  'command',
  'builtin',
])

/** Split what is before the cursor into words, minding quotes. */
function contextOf(line: string): Context {
  let before: string[] = []
  let word = ''
  let start = 0
  let isOpen = false
  let quote = ''
  const end = () => {
    if (isOpen) before = before.length === 0 && PREFIXES.has(word) ? [] : [...before, word]
    word = ''
    isOpen = false
  }
  for (let i = 0; i < line.length; i++) {
    const c = line[i]!
    if (quote) {
      if (c === quote) quote = ''
      else if (c === '\\' && quote === '"' && /["$`\\]/.test(line[i + 1] ?? '')) word += line[++i]
      else word += c
    } else if (c === ' ' || c === '\t') {
      end()
    } else if (SEPARATOR.test(c)) {
      end()
      before = []
    } else if (c === '<' || c === '>') {
      end()
      before = [...before, c]
    } else {
      if (!isOpen) start = i
      isOpen = true
      if (c === "'" || c === '"') quote = c
      else if (c === '\\') word += line[++i] ?? ''
      else word += c
    }
    if (!isOpen) start = i + 1
  }
  while (/^[A-Za-z_]\w*=/.test(before[0] ?? '')) before = before.slice(1)
  return { start: isOpen ? start : line.length, quote, word, before }
}

export function* complete(sh: Shell, line: string): Blocking<Completions> {
  const context = contextOf(line)
  const { start, quote, word, before } = context
  const plain = (matches: readonly string[], open = false): Completions => ({
    start,
    quote,
    matches: unique(matches),
    files: false,
    open,
  })
  const files = (matches: readonly string[]): Completions => ({
    start,
    quote,
    matches: unique(matches),
    files: true,
    open: false,
  })
  const variable = /\$\{?(\w*)$/.exec(word)
  if (variable && quote !== "'") {
    const brace = variable[0].startsWith('${')
    const lead = word.slice(0, word.length - variable[1]!.length)
    return plain(
      sh.variables
        .names()
        .filter(it => it.startsWith(variable[1]!))
        .map(it => `${lead}${it}${brace ? '}' : ''}`),
    )
  }
  if (/^~[^/]*$/.test(word) && !quote)
    return { ...plain(completeUsers(sh, word.slice(1)).map(it => `~${it}/`)), open: true }
  if (before.at(-1) === '<' || before.at(-1) === '>') return files(yield* completeFiles(sh, word, false))
  if (!before.length) {
    if (word.includes('/')) return files(yield* completeFiles(sh, word, false, true))
    const assignment = /^[A-Za-z_]\w*=/.exec(word)
    if (!assignment) return plain(yield* completeCommands(sh, word))
  }
  const given = yield* specified(sh, line, context)
  if (given) return plain(given)
  const known = yield* completeArgument(sh, before, word)
  if (known) return plain(known)
  const value = /^(--?[\w-]+=|[A-Za-z_]\w*=)/.exec(word)
  if (value) {
    const found = yield* completeFiles(sh, word.slice(value[0].length), false)
    return files(found.map(it => value[0] + it))
  }
  return files(yield* completeFiles(sh, word, /^(cd|pushd|rmdir)$/.test(before[0] ?? '')))
}

const unique = (words: readonly string[]): string[] => [...new Set(words)].sort(byName)

const TAKES_COMMAND = new Set([
  'sudo',
  'nohup',
  'env',
  'which',
  'type',
  'man',
  'hash',
  'nice',
  'strace',
  'xargs',
  'watch',
  'unshare',
  'whatis',
  'setsid',
  'command',
  'exec',
])
const TAKES_VARIABLE = new Set(['unset', 'export', 'declare', 'typeset', 'local', 'readonly', 'printenv'])
const TAKES_USER = new Set(['su', 'id', 'groups', 'passwd', 'userdel', 'finger', 'chage', 'usermod'])
const TAKES_JOB = new Set(['fg', 'bg', 'jobs', 'kill', 'wait', 'disown'])

/** What the command itself says its arguments are; undefined for files. */
function* completeArgument(
  sh: Shell,
  before: readonly string[],
  word: string,
): Blocking<string[] | undefined> {
  const name = before[0] ?? ''
  const starts = (words: Iterable<string>) => [...words].filter(it => it.startsWith(word))
  if (word.startsWith('-')) {
    const options = yield* programOptions(sh, name === 'sudo' && before[1] ? before[1] : name)
    const matching = starts(options)
    return matching.length ? matching : undefined
  }
  if (TAKES_JOB.has(name) && word.startsWith('%'))
    return starts(sh.jobs.list.map(it => `%${it.text().split(' ')[0]}`))
  if (TAKES_VARIABLE.has(name) && !word.includes('=')) return starts(sh.variables.names())
  if (name === 'alias' || name === 'unalias') return starts(sh.aliases.keys())
  if (name === 'shopt') return starts(SHOPTS)
  if (name === 'help') return starts(builtins.keys())
  if (name === 'set' && before.at(-1) === '-o') return starts(Object.keys(OPTION_LETTERS))
  if (TAKES_USER.has(name) && word) return completeUsers(sh, word)
  if (name === 'chown' && before.length === 1 && word && !word.includes('/')) return completeUsers(sh, word)
  if (TAKES_COMMAND.has(name) && !word.includes('/') && before.slice(1).every(it => it.startsWith('-'))) {
    const commands = yield* completeCommands(sh, word)
    return commands.length && word ? commands : undefined
  }
  return undefined
}

/** What `complete` said about the command: -W and -F. */
function* specified(sh: Shell, line: string, { before, word }: Context): Blocking<string[] | undefined> {
  const spec = sh.completions.get(before[0] ?? '')
  if (spec === undefined) return undefined
  const words = /-W '([^']*)'|-W (\S+)/.exec(spec)
  if (words) return (words[1] ?? words[2]!).split(/\s+/).filter(it => it.startsWith(word))
  const name = /-F (\S+)/.exec(spec)?.[1]
  if (!name || !sh.functions.has(name)) return undefined
  const set = (key: string, value: string | string[]) => sh.variables.map.set(key, new Variable(value))
  set('COMP_WORDS', [...before, word])
  set('COMP_CWORD', String(before.length))
  set('COMP_LINE', line)
  set('COMP_POINT', String(line.length))
  set('COMPREPLY', [])
  const { status } = sh
  try {
    yield* executeText(
      sh,
      `${name} ${[before[0]!, word, before.at(-1)!].map(it => `'${it.replaceAll("'", "'\\''")}'`).join(' ')}`,
      1,
      '',
    )
  } catch {
    return []
  }
  sh.status = status
  const reply = sh.variables.find('COMPREPLY')?.value
  return Array.isArray(reply) ? Object.values(reply) : []
}

/** Everything that can stand where a command does. */
export function* completeCommands(sh: Shell, word: string): Blocking<string[]> {
  const names = new Set<string>()
  const add = (it: string) => {
    if (it.startsWith(word)) names.add(it)
  }
  for (const it of [...keywords(sh), ...sh.aliases.keys(), ...sh.functions.keys()]) add(it)
  for (const it of builtins.keys()) if (!isDisabled(sh, it)) add(it)
  for (const directory of (sh.get('PATH') ?? '').split(':')) {
    for (const it of yield* list(sh, directory || '.'))
      if (
        it.name.startsWith(word) &&
        it.name[0] !== '.' &&
        stateOf(sh, `${directory || '.'}/${it.name}`) === 'executable'
      )
        names.add(it.name)
  }
  return [...names].sort(byName)
}

export const completeUsers = (sh: Shell, word: string): string[] =>
  passwd(sh)
    .map(it => it.name)
    .filter(it => it.startsWith(word))
    .sort(byName)

/** Paths that start with `word`; directories end with a slash. */
export function* completeFiles(
  sh: Shell,
  word: string,
  directoriesOnly: boolean,
  executablesOnly = false,
): Blocking<string[]> {
  const cut = word.lastIndexOf('/') + 1
  const directory = word.slice(0, cut)
  const name = word.slice(cut)
  const real = directory.startsWith('~')
    ? directory.replace(/^~([^/]*)/, (all, user: string) => homeOf(sh, user) ?? all)
    : directory
  const out: string[] = []
  for (const it of yield* list(sh, real || '.')) {
    if (
      it.name === '.' ||
      it.name === '..' ||
      !it.name.startsWith(name) ||
      (it.name[0] === '.' && name[0] !== '.')
    )
      continue
    const kind = it.type & S_IFMT
    const isDirectory = kind === S_IFDIR || (kind === S_IFLNK && leadsToDirectory(sh, real + it.name))
    if (isDirectory) out.push(`${directory}${it.name}/`)
    else if (!directoriesOnly && (!executablesOnly || stateOf(sh, real + it.name) === 'executable'))
      out.push(directory + it.name)
  }
  return out.sort(byName)
}

function leadsToDirectory(sh: Shell, path: string): boolean {
  try {
    return isDir(sh.sys.stat(path))
  } catch {
    return false
  }
}

function* list(sh: Shell, path: string): Blocking<{ name: string; type: number }[]> {
  try {
    const fd = yield* sh.sys.open(path, O_DIRECTORY)
    const out: { name: string; type: number }[] = []
    for (let more = sh.sys.getdents(fd); more.length; more = sh.sys.getdents(fd)) out.push(...more)
    sh.sys.close(fd)
    return out
  } catch {
    return []
  }
}

// Options

const known = new Map<string, readonly string[]>()

/** The options that `NAME --help` lists. Asked once, and only of the host's own programs. */
function* programOptions(sh: Shell, name: string): Blocking<readonly string[]> {
  const path = name.includes('/') ? name : findProgram(sh, name)
  if (!path || builtins.has(name)) return []
  const cached = known.get(path)
  if (cached) return cached
  if (!(yield* isOurs(sh, path))) return []
  const text = yield* helpOf(sh, path, name)
  const found = new Set<string>()
  for (const match of text.matchAll(/(?<![\w-])(--[a-z][\w-]*|-[A-Za-z0-9])(?![\w])/g)) found.add(match[1]!)
  const options = [...found].sort(byName)
  known.set(path, options)
  return options
}

function* isOurs(sh: Shell, path: string): Blocking<boolean> {
  try {
    const fd = yield* sh.sys.open(path, 0)
    const bytes = yield* sh.sys.read(fd, 1024)
    sh.sys.close(fd)
    const program = parseElf(bytes)?.program
    return program !== undefined && program !== 'bash' && program !== 'dash'
  } catch {
    return false
  }
}

function* helpOf(sh: Shell, path: string, name: string): Blocking<string> {
  const [from, to] = sh.sys.pipe2(0)
  const pid = yield* forkShell(sh, function* (child) {
    const null_ = yield* child.sys.open('/dev/null', O_WRONLY)
    child.sys.dup2(null_, 0)
    child.sys.dup2(to, 1)
    child.sys.dup2(null_, 2)
    for (const fd of [from, to, null_]) if (fd > 2) child.sys.close(fd)
    return yield* execute(child, [name, '--help'], path)
  })
  sh.sys.close(to)
  let text = ''
  for (;;) {
    const bytes = yield* sh.sys.read(from, 65536)
    if (!bytes.length) break
    text += decode(bytes)
    if (text.length > 100_000) break
  }
  sh.sys.close(from)
  yield* waitFor(sh, pid)
  return text
}

// Inserting and listing

/** What the matches have in common. */
export function commonPrefix(matches: readonly string[]): string {
  let prefix = matches[0] ?? ''
  for (const it of matches) while (!it.startsWith(prefix)) prefix = prefix.slice(0, -1)
  return prefix
}

/** A word as it is typed: what is special gets a backslash, unless a quote is open. */
export function quoteForLine(word: string, quote: string): string {
  if (quote === "'") return quote + word.replaceAll("'", "'\\''")
  if (quote === '"') return quote + word.replace(/["$`\\]/g, '\\$&')
  const tilde = /^~[^/]*\//.exec(word)?.[0] ?? ''
  return tilde + word.slice(tilde.length).replace(/[\s'"\\|&;()<>!{}*[\]?^$`]/g, '\\$&')
}

/** The matches in columns, top to bottom. */
export function columnsOf(
  names: readonly string[],
  columns: number,
  width: (text: string) => number,
): string {
  const cell = Math.max(...names.map(width)) + 2
  const across = Math.max(1, Math.floor(columns / cell))
  const rows = Math.ceil(names.length / across)
  let out = ''
  for (let row = 0; row < rows; row++) {
    let line = ''
    for (let i = row; i < names.length; i += rows)
      line += i + rows < names.length ? names[i]! + ' '.repeat(cell - width(names[i]!)) : names[i]!
    out += `${line}\n`
  }
  return out
}
