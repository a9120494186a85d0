/**
 * tree - list contents of directories in a tree-like format
 * https://manpages.debian.org/bookworm/tree/tree.1.en.html
 *
 * Left out: HTML (-H, -R), --fromfile, what --gitignore and --info read.
 */
import {
  type Blocking,
  encode,
  Errno,
  isDir,
  isLink,
  O_CREAT,
  O_TRUNC,
  O_WRONLY,
  type Sys,
} from '../../abi/index.ts'
import { command, type Process, unheeded, writeAll } from '../lib/command.ts'
import { type Colors, colorOf, parseColors } from '../lib/ls/colors.ts'
import { Output } from '../lib/output.ts'
import { zoneOf } from '../lib/time.ts'
import { Facts } from '../lib/tree/facts.ts'
import { printJson, printXml, type Report } from '../lib/tree/markup.ts'
import { parseTreeOptions, TREE_OPTIONS, type TreeRequest, TreeUsage } from '../lib/tree/options.ts'
import { SORTS, type TreeNode, TreeWalk } from '../lib/tree/walk.ts'
import { readUsers } from '../lib/users.ts'

const SYNOPSIS = `usage: tree [-acdfghilnpqrstuvxACDFJQNSUX] [-L level [-R]] [-H  baseHREF]
	[-T title] [-o filename] [-P pattern] [-I pattern] [--gitignore]
	[--gitfile[=]file] [--matchdirs] [--metafirst] [--ignore-case]
	[--nolinks] [--hintro[=]file] [--houtro[=]file] [--inodes] [--device]
	[--sort[=]<name>] [--dirsfirst] [--filesfirst] [--filelimit #] [--si]
	[--du] [--prune] [--charset[=]X] [--timefmt[=]format] [--fromfile]
	[--fflinks] [--info] [--infofile[=]file] [--noreport] [--version]
	[--help] [--] [directory ...]
`
const VERSION =
  'tree v2.1.0 © 1996 - 2022 by Steve Baker, Thomas Moore, Francesc Rocher, Florian Sesser, Kyosuke Tokoro\n'
/** The colours of -C where $LS_COLORS says nothing. */
const COLORS = 'no=00:fi=00:di=01;34:ln=01;36:pi=40;33:so=01;35:bd=40;33;01:cd=40;33;01:or=40;31;01:ex=01;32'

export default command({
  name: 'tree',
  writeFailure: unheeded,
  summary: 'list contents of directories in a tree-like format',
  usage: 'tree [-acdfghilnpqrstuvxACDFJQNSUX] [-L level] [directory ...]',
  suite: 'other',
  version: VERSION,
  options: TREE_OPTIONS,
  raw: true,

  *main(sys, _, args, me) {
    try {
      return yield* tree(sys, me, parseTreeOptions(args))
    } catch (e) {
      if (!(e instanceof TreeUsage)) throw e
      yield* writeAll(sys, 2, `tree: ${e.message}\n${e.usage ? SYNOPSIS : ''}`)
      return 1
    }
  },
})

function* tree(sys: Sys, me: Process, request: TreeRequest): Blocking<number> {
  const { given, values, starts } = request
  if (given.has('help')) me.out.print(helpText())
  if (given.has('version')) me.out.print(VERSION)
  if (given.has('help') || given.has('version')) return 0
  const level = values.get('level')
  const depth = level === undefined ? Number.POSITIVE_INFINITY : Number.parseInt(level, 10)
  const sort = values.get('sort')
  if (sort !== undefined && !(SORTS as readonly string[]).includes(sort))
    throw new TreeUsage(`Sort type '${sort}' not valid, should be one of: ${SORTS.join(',')}`, false)
  const out = yield* openOutput(sys, me, values.get('output'))

  const walk = new TreeWalk(sys, request, depth)
  const roots: TreeNode[] = []
  for (const start of starts.length ? starts : ['.']) roots.push(yield* walk.start(start))
  const now = sys.clock_gettime(0).sec
  const facts = new Facts(request, yield* readUsers(sys), zoneOf(me.env.get('TZ')), now)
  const report = given.has('noreport') ? undefined : counted(request, roots)
  const markupName = (node: TreeNode): string => (given.has('fullPath') ? pathOf(node) : node.name)
  if (given.has('json')) printJson(out, facts, markupName, roots, report)
  else if (given.has('xml')) printXml(out, facts, markupName, roots, report)
  else yield* new Drawing(out, request, facts, colorsOf(me, request), charsetOf(me)).draw(roots, report)
  yield* out.flush()
  return walk.failed || roots.some(it => !it.stat) ? 2 : 0
}

/** The options as data make the text. */
function helpText(): string {
  const rows = Object.entries(TREE_OPTIONS).flatMap(
    ([key, it]: [string, { short?: string; value?: string; help?: string }]) => {
      const name = it.short ? `-${it.short}` : `--${key.replace(/[A-Z]/g, c => `-${c.toLowerCase()}`)}`
      return it.help ? [`  ${`${name}${it.value ?? ''}`.padEnd(14)} ${it.help}\n`] : []
    },
  )
  return SYNOPSIS + rows.join('')
}

function* openOutput(sys: Sys, me: Process, path: string | undefined): Blocking<Output> {
  if (path === undefined) return me.out
  try {
    return new Output(sys, yield* sys.open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o666))
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    throw new TreeUsage(`invalid filename '${path}'`, false)
  }
}

/** The locale, whose name ends in the character set. */
const charsetOf = ({ env }: Process): string =>
  env.get('TREE_CHARSET') || env.get('LC_ALL') || env.get('LC_CTYPE') || env.get('LANG') || 'C'

function colorsOf(me: Process, { given }: TreeRequest): Colors | undefined {
  const text = me.env.get('TREE_COLORS') || me.env.get('LS_COLORS')
  const wanted = !given.has('noColor') && (me.env.has('CLICOLOR_FORCE') || (me.out.isTty && Boolean(text)))
  return given.has('color') || wanted ? parseColors(text || COLORS) : undefined
}

/** Directories count themselves where something is in them, or would be. */
function counted({ given }: TreeRequest, roots: readonly TreeNode[]): Report {
  let directories = 0
  let files = 0
  let size = 0
  const visit = (nodes: readonly TreeNode[]): void => {
    for (const it of nodes) {
      if (it.isDirectory) directories++
      else files++
      size += it.size
      visit(it.children ?? [])
    }
  }
  for (const root of roots) {
    if (root.children?.length || root.error?.includes('filelimit')) directories++
    else if (root.error && root.stat) files++
    visit(root.children ?? [])
  }
  return {
    size: given.has('du') ? size : undefined,
    directories,
    files: given.has('dirsOnly') ? undefined : files,
  }
}

/** -f joins names without doubling a slash. */
const pathOf = ({ path }: TreeNode): string => path.replace(/(.)\/+$/, '$1')

/** The lines of a drawing: before an entry, before the last one, below either. */
type Lines = readonly [string, string, string, string]
const UTF8: Lines = ['├── ', '└── ', '│\u00a0\u00a0 ', '    ']
const ASCII: Lines = ['|-- ', '`-- ', '|   ', '    ']
/** Between the controls that switch the terminal to its line drawing characters and back. */
const ANSI: Lines = ['tqq ', 'mqq ', 'x   ', '    ']
const CP437: Lines = ['\udcc3\udcc4\udcc4 ', '\udcc0\udcc4\udcc4 ', '\udcb3   ', '    ']

class Drawing {
  readonly #out: Output
  readonly #request: TreeRequest
  readonly #facts: Facts
  readonly #colors: Colors | undefined
  readonly #lines: Lines
  /** A locale of single bytes: everything but printable ASCII is escaped. */
  readonly #escapes: boolean

  constructor(out: Output, request: TreeRequest, facts: Facts, colors: Colors | undefined, charset: string) {
    const { given, values } = request
    this.#out = out
    this.#request = request
    this.#facts = facts
    this.#colors = colors
    this.#escapes = !/utf-?8/i.test(charset) && !given.has('literal')
    const ascii = !/utf-?8/i.test(values.get('charset') ?? charset)
    this.#lines = given.has('ansi') ? ANSI : given.has('cp437') ? CP437 : ascii ? ASCII : UTF8
  }

  *draw(roots: readonly TreeNode[], report: Report | undefined): Blocking<void> {
    for (const root of roots) {
      const name = this.#request.given.has('fullPath') ? pathOf(root) : root.name
      this.#out.line(this.#describe(root, '', this.#name(name, root)) + problem(root))
      yield* this.#below(root, '')
    }
    if (!report) return
    const { directories, files, size } = report
    const used = size === undefined ? '' : this.#facts.total(size)
    const folders = `${directories} ${directories === 1 ? 'directory' : 'directories'}`
    const rest = files === undefined ? '' : `, ${files} ${files === 1 ? 'file' : 'files'}`
    this.#out.print(`\n${used}${folders}${rest}\n`)
  }

  *#below(node: TreeNode, indent: string): Blocking<void> {
    const { given } = this.#request
    const [middle, end, through, nothing] = this.#lines
    for (const [i, it] of (node.children ?? []).entries()) {
      const isLast = i === node.children!.length - 1
      const lines = indent + (isLast ? end : middle)
      const head = given.has('noIndent') ? '' : given.has('ansi') ? `\x1b(0${lines}\x1b(B` : lines
      const target = it.target === undefined ? '' : ` -> ${this.#target(it)}`
      const name = this.#name(given.has('fullPath') ? pathOf(it) : it.name, it)
      this.#out.line(this.#describe(it, head, name + target) + problem(it))
      yield* this.#out.drain()
      yield* this.#below(it, indent + (isLast ? nothing : through))
    }
  }

  /** Lines, facts and name; the facts first with --metafirst. */
  #describe(node: TreeNode, head: string, name: string): string {
    const shown = node.error === 'error opening dir' && !head ? [] : this.#facts.of(node).map(it => it.shown)
    const facts = shown.filter(it => it !== undefined)
    const text = facts.length ? `[${facts.join(' ')}]  ` : ''
    return this.#request.given.has('metafirst') ? text + head + name : head + text + name
  }

  #name(name: string, { stat, targetStat, path, target }: TreeNode): string {
    const mode = target === undefined ? (stat?.mode ?? 0) : 0
    const mark = this.#mark(name, mode)
    if (!stat) return this.#quoted(name)
    const painted = {
      name: path,
      mode: stat.mode,
      nlink: stat.nlink,
      target: isLink(stat) ? (targetStat?.mode ?? 0) : undefined,
    }
    return this.#painted(this.#quoted(name), painted) + mark
  }

  #target({ target, targetStat }: TreeNode): string {
    const mode = targetStat?.mode ?? 0o100000
    const text = this.#painted(this.#quoted(target!), { name: target!, mode, nlink: 1, target: undefined })
    return text + this.#mark(target!, targetStat?.mode ?? 0)
  }

  #painted(text: string, it: Parameters<typeof colorOf>[1]): string {
    if (!this.#colors) return text
    const code = colorOf(this.#colors, it) || this.#colors.indicators['fi'] || ''
    return code ? `\x1b[${code}m${text}\x1b[0m` : text
  }

  #quoted(name: string): string {
    if (this.#request.given.has('quote')) return `"${name.replace(/["\\]/g, '\\$&')}"`
    return this.#escapes ? name.replace(/[^!-~]/gu, escaped) : name
  }

  #mark(name: string, mode: number): string {
    if (!this.#request.given.has('classify') || !mode) return ''
    const kind = mode & 0o170000
    if (isDir({ mode })) return name.endsWith('/') ? '' : '/'
    if (kind === 0o140000) return '='
    if (kind === 0o010000) return '|'
    return kind === 0o100000 && mode & 0o111 ? '*' : ''
  }
}

const escaped = (it: string): string =>
  it === ' ' ? '\\ ' : [...encode(it)].map(byte => `\\${byte.toString(8).padStart(3, '0')}`).join('')

const problem = ({ error }: TreeNode): string => (error ? `  [${error}]` : '')
