/**
 * man - an interface to the reference manuals; apropos, whatis
 * https://man7.org/linux/man-pages/man1/man.1.html
 *
 * The pages are made from what the programs of the host say of themselves, and from lib/man-pages.ts.
 *
 * Left out: pages of files and calls (sections 2 to 5), formatting for other devices, -L, -r, a database.
 */
import type { Blocking, Sys } from '../../abi/index.ts'
import { applets } from '../lib/busybox/standalone.ts'
import { type Command, command, fork, type Process } from '../lib/command.ts'
import { MAN_PAGES, type ManPage } from '../lib/man-pages.ts'
import { PROGRAM_PAGES } from '../lib/man-pages-programs.ts'
import { programPage, sectionOf } from '../lib/man-program.ts'
import { execProgram, waitFor } from '../lib/namespaces.ts'
import { escapeRegex } from '../lib/regex.ts'
import { textWidth } from '../lib/wcwidth.ts'

const NOTHING = 16

const OPTIONS = {
  whatis: { short: 'f', help: 'equivalent to whatis' },
  apropos: { short: 'k', help: 'equivalent to apropos' },
  all: { short: 'a', help: 'find all matching manual pages' },
  where: {
    short: 'wW',
    long: 'where',
    also: ['path', 'location'],
    help: 'print physical location of man page(s)',
  },
  sections: { short: 'sS', value: '=LIST', help: 'use colon separated section list' },
  pager: { short: 'P', value: '=PAGER', help: 'use program PAGER to display output' },
  exact: { short: 'e', help: 'search each keyword for exact match' },
  names: { long: 'names-only', help: 'look for names only' },
  wildcard: { short: '', long: 'wildcard', help: 'the keyword(s) contain wildcards' },
} as const

export default command({
  name: 'man',
  aliases: ['apropos', 'whatis'],
  summary: 'an interface to the system reference manuals',
  suite: 'other',
  usage: '[OPTION...] [SECTION] PAGE...',
  options: OPTIONS,
  version: 'man 2.11.2\n',

  *main(sys, flags, args, me) {
    const called = me.name.slice(me.name.lastIndexOf('/') + 1)
    if (called !== 'man' && !args.length) {
      yield* sys.write(2, `${called} what?\n`)
      return 1
    }
    if (called === 'apropos' || flags.apropos) return yield* list(sys, me, args, byKeyword, called !== 'man')
    if (called === 'whatis' || flags.whatis) return yield* list(sys, me, args, byName, called !== 'man')
    return yield* showAll(sys, me, args, flags)
  },
})

// ---- Finding

/** Every page there is. */
function* pages(): Generator<ManPage> {
  for (const [name, program] of applets) {
    const spec = (program as Partial<Command>).spec
    if (spec) yield pageOf(name, spec)
  }
  yield* MAN_PAGES
}

/** The page of a program: written, or made of its description. */
const pageOf = (name: string, spec: Command['spec']): ManPage =>
  PROGRAM_PAGES.find(it => it.name === name) ?? programPage(name, spec)

/** The pages of a name, in the order of their sections. */
function find(name: string, section: string | undefined): ManPage[] {
  const [, base = name, own] = /^(.+)[.(](\d\w*)\)?$/.exec(name) ?? []
  const wanted = section ?? own
  const spec = (applets.get(base) as Partial<Command> | undefined)?.spec
  const found = [
    ...(spec && !/^\[$/.test(base) ? [pageOf(base, spec)] : []),
    ...MAN_PAGES.filter(it => it.name === base && !spec),
    ...MAN_PAGES.filter(it => it.name === base && spec && it.section !== sectionOf(base)),
  ]
  return found.filter(it => !wanted || wanted.split(/[:,]/).includes(it.section))
}

type Matcher = (page: ManPage, word: string) => boolean

const byName: Matcher = (page, word) => page.name === word

const byKeyword: Matcher = (page, word) => {
  try {
    return new RegExp(word, 'i').test(`${page.name} ${page.summary}`)
  } catch {
    return new RegExp(escapeRegex(word), 'i').test(`${page.name} ${page.summary}`)
  }
}

/** whatis and apropos: a line for every page that fits. */
function* list(
  sys: Sys,
  me: Process,
  words: readonly string[],
  fits: Matcher,
  own: boolean,
): Blocking<number> {
  if (!words.length) {
    yield* sys.write(2, own ? `${me.name} what?\n` : `${fits === byName ? 'whatis' : 'apropos'} what?\n`)
    return 1
  }
  const all = [...pages()]
  let status = 0
  for (const word of words) {
    const found = all
      .filter(it => fits(it, word))
      .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
    if (!found.length) {
      yield* me.out.flush()
      yield* sys.write(2, `${word}: nothing appropriate.\n`)
      status = NOTHING
    }
    for (const it of found) me.out.line(`${`${it.name} (${it.section})`.padEnd(20)} - ${it.summary}`)
  }
  return status
}

// ---- Showing

interface Flags {
  readonly all?: boolean | undefined
  readonly where?: boolean | undefined
  readonly sections?: string | undefined
  readonly pager?: string | undefined
}

function* showAll(sys: Sys, me: Process, args: readonly string[], flags: Flags): Blocking<number> {
  let section = flags.sections
  const names = [...args]
  if (names.length && /^([1-9]\w?|[ln])$/.test(names[0]!)) section = names.shift()
  if (!names.length) {
    yield* sys.write(
      2,
      section
        ? `No manual entry for ${section}\n(Alternatively, what manual page do you want from section ${section}?)\nFor example, try 'man man'.\n`
        : "What manual page do you want?\nFor example, try 'man man'.\n",
    )
    return 1
  }
  let status = 0
  for (const name of names) {
    const found = find(name, section)
    if (!found.length) {
      yield* me.out.flush()
      yield* sys.write(2, `No manual entry for ${name}${section ? ` in section ${section}` : ''}\n`)
      status = NOTHING
      continue
    }
    for (const page of flags.all ? found : found.slice(0, 1)) {
      if (flags.where) me.out.line(`/usr/share/man/man${page.section}/${page.name}.${page.section}.gz`)
      else yield* show(sys, me, page, flags.pager)
    }
  }
  return status
}

/** On a terminal through the pager, if there is one. */
function* show(sys: Sys, me: Process, page: ManPage, wanted: string | undefined): Blocking<void> {
  const cols = me.out.isTty
    ? Math.min(100, sys.tiocgwinsz(1).cols || 80)
    : Number(me.env.get('COLUMNS')) || 80
  const text = format(page, Math.max(40, cols))
  if (!me.out.isTty) {
    me.out.print(plain(text))
    return
  }
  const pager = wanted ?? me.env.get('MANPAGER') ?? me.env.get('PAGER') ?? 'less'
  const [read, write] = sys.pipe2(0)
  const less = me.env.get('LESS') === undefined ? [...me.envp, 'LESS=-iRx8'] : me.envp
  const child = fork(sys, 'man', function* (its) {
    its.dup2(read, 0)
    its.close(read)
    its.close(write)
    return yield* execProgram(its, /\s/.test(pager) ? ['/bin/sh', '-c', pager] : [pager], less)
  })
  sys.close(read)
  // A child of its own writes, so that a pager that is left early disturbs nobody.
  const writer = fork(sys, 'man', function* (its) {
    yield* its.write(write, text)
    return 0
  })
  sys.close(write)
  yield* waitFor(sys, child)
  yield* waitFor(sys, writer)
}

const bold = (text: string): string => `\x1b[1m${text}\x1b[0m`
const plain = (text: string): string => text.replace(/\x1b\[[0-9]*m/g, '')

/** A page as text, with bold headings. */
function format(page: ManPage, cols: number): string {
  const head = `${page.name.toUpperCase()}(${page.section})`
  const title = TITLES[page.section] ?? 'User Commands'
  const top = spread(head, title, head, cols)
  const sections: (readonly [string, string])[] = [['NAME', `${page.name} - ${page.summary}`], ...page.body]
  if (page.seeAlso) sections.push(['SEE ALSO', page.seeAlso])
  const body = sections.map(([heading, text]) => `${bold(heading)}\n${paragraphs(text, cols)}\n`).join('\n')
  return `${top}\n\n${body}\n${spread('Vitrine', '', head, cols)}\n`
}

const TITLES: Readonly<Record<string, string>> = {
  '1': 'User Commands',
  '7': 'Miscellaneous Information Manual',
  '8': 'System Administration',
}

function spread(left: string, middle: string, right: string, cols: number): string {
  const gap = cols - textWidth(left) - textWidth(middle) - textWidth(right)
  const before = Math.max(1, Math.floor(gap / 2))
  return `${left}${' '.repeat(before)}${middle}${' '.repeat(Math.max(1, gap - before))}${right}`
}

const INDENT = 7

/** Terms stand out, what explains them is indented, long lines are filled; lines with a shape of their own stay. */
function paragraphs(text: string, cols: number): string {
  return text
    .split('\n')
    .flatMap(line => {
      if (!line) return ['']
      if (line.startsWith('*')) return [`${' '.repeat(INDENT)}${bold(line.slice(1))}`]
      const nested = /^ \S/.test(line)
      if (/^ {2}/.test(line) || (!nested && (/ {3}/.test(line) || line.length <= cols - INDENT)))
        return [' '.repeat(INDENT) + line]
      return filled(line.trim(), nested ? INDENT * 2 : INDENT, cols)
    })
    .join('\n')
}

function filled(text: string, indent: number, cols: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line && textWidth(line) + 1 + textWidth(word) > cols - indent) {
      lines.push(line)
      line = word
    } else line = line ? `${line} ${word}` : word
  }
  return [...lines, line].map(it => ' '.repeat(indent) + it)
}
