/**
 * pstree - display a tree of processes
 * Linux: psmisc src/pstree.c; pstree(1).
 *
 */
import type { Blocking, Sys } from '../../abi/index.ts'
import { command, type Flags, type Options, type Process } from '../lib/command.ts'
import { grouped, HZ, nsNumber, type Proc, procText, readProcs, readThreads, uptime } from '../lib/proc.ts'
import { readUsers, userId, userName } from '../lib/users.ts'

const USAGE = `Usage: pstree [-acglpsStTuZ] [ -h | -H PID ] [ -n | -N type ]
              [ -A | -G | -U ] [ PID | USER ]
   or: pstree -V

Display a tree of processes.

  -a, --arguments     show command line arguments
  -A, --ascii         use ASCII line drawing characters
  -c, --compact-not   don't compact identical subtrees
  -C, --color=TYPE    color process by attribute
                      (age)
  -g, --show-pgids    show process group ids; implies -c
  -G, --vt100         use VT100 line drawing characters
  -h, --highlight-all highlight current process and its ancestors
  -H PID, --highlight-pid=PID
                      highlight this process and its ancestors
  -l, --long          don't truncate long lines
  -n, --numeric-sort  sort output by PID
  -N TYPE, --ns-sort=TYPE
                      sort output by this namespace type
                              (cgroup, ipc, mnt, net, pid, time, user, uts)
  -p, --show-pids     show PIDs; implies -c
  -s, --show-parents  show parents of the selected process
  -S, --ns-changes    show namespace transitions
  -t, --thread-names  show full thread names
  -T, --hide-threads  hide threads, show only processes
  -u, --uid-changes   show uid transitions
  -U, --unicode       use UTF-8 (Unicode) line drawing characters
  -V, --version       display version information
  -Z, --security-context
                      show security attributes

  PID    start at this PID; default is 1 (init)
  USER   show only trees rooted at processes of this user

`
const VERSION = `pstree (PSmisc) 23.6
Copyright (C) 1993-2021 Werner Almesberger and Craig Small

PSmisc comes with ABSOLUTELY NO WARRANTY.
This is free software, and you are welcome to redistribute it under
the terms of the GNU General Public License.
For more information about these matters, see the files named COPYING.
`

/** Where the tree begins, for a user's too. */
const INIT = 1

const OPTIONS = {
  arguments: { short: 'a', help: 'show command line arguments' },
  ascii: { short: 'A', help: 'use ASCII line drawing characters' },
  compactNot: { short: 'c', help: "don't compact identical subtrees" },
  color: { short: 'C', value: '=TYPE', help: 'color process by attribute' },
  showPgids: { short: 'g', help: 'show process group ids; implies -c' },
  vt100: { short: 'G', help: 'use VT100 line drawing characters' },
  highlightAll: { short: 'h', help: 'highlight current process and its ancestors' },
  highlightPid: { short: 'H', value: ' PID', help: 'highlight this process and its ancestors' },
  long: { short: 'l', help: "don't truncate long lines" },
  nsSort: { short: 'N', value: '=TYPE', help: 'sort output by this namespace type' },
  numericSort: { short: 'n', help: 'sort output by PID' },
  showPids: { short: 'p', help: 'show PIDs; implies -c' },
  showParents: { short: 's', help: 'show parents of the selected process' },
  nsChanges: { short: 'S', help: 'show namespace transitions' },
  threadNames: { short: 't', help: 'show full thread names' },
  hideThreads: { short: 'T', help: 'hide threads, show only processes' },
  uidChanges: { short: 'u', help: 'show uid transitions' },
  unicode: { short: 'U', help: 'use UTF-8 (Unicode) line drawing characters' },
  securityContext: { short: 'Z', help: 'show security attributes' },
} as const satisfies Options
type Given = Flags<typeof OPTIONS>

interface Art {
  readonly single: string
  readonly first: string
  readonly branch: string
  readonly last: string
  readonly through: string
}
const ASCII: Art = { single: '---', first: '-+-', branch: '|-', last: '`-', through: '| ' }
const UTF8: Art = { single: '───', first: '─┬─', branch: '├─', last: '└─', through: '│ ' }

export default command({
  name: 'pstree',
  summary: 'display a tree of processes',
  suite: 'other',
  usage: 'pstree [-acglpsStTuZ] [ -h | -H PID ] [ -n | -N type ] [ -A | -G | -U ] [ PID | USER ]',
  help: USAGE,
  wrongUsage: USAGE,
  version: VERSION,
  options: OPTIONS,
  obsolete: args => args.map(it => (it === '-V' ? '--version' : it)),

  *main(sys, flags, args, me) {
    if ((flags.nsSort !== undefined && !KINDS.includes(flags.nsSort)) || (flags.color ?? 'age') !== 'age') {
      yield* sys.write(2, USAGE)
      return 1
    }
    const processes = withOutside(yield* readProcs(sys))
    const all = flags.hideThreads ? processes : yield* withThreads(sys, flags, processes)
    const what = args[0] ?? `${INIT}`
    const uid = /^\d+$/.test(what) ? undefined : userId(yield* readUsers(sys), what)
    if (!/^\d+$/.test(what) && uid === undefined) {
      yield* sys.write(2, `No such user name: ${what}\n`)
      return 1
    }
    const roots = uid === undefined ? all.filter(it => it.pid === Number(what)) : rootsOf(all, uid, INIT)
    const art = flags.ascii || !(flags.unicode || me.out.isTty) ? ASCII : UTF8
    const width = me.out.isTty && !flags.long ? sys.tiocgwinsz(1).cols || 80 : Number.POSITIVE_INFINITY
    const facts = yield* factsOf(sys, me, flags, all)
    const show = (tree: Tree, root: Proc): void => {
      const top = flags.showParents ? tree.ancestry(root) : root
      const isTall = flags.arguments || flags.securityContext
      const lines = isTall ? tree.withArguments(top, '', '') : tree.drawn(top, 1)
      for (const line of lines) me.out.line(line.length > width ? `${line.slice(0, width - 1)}+` : line)
      if (uid !== undefined) me.out.line('')
    }
    if (flags.nsSort === undefined)
      for (const root of roots) show(new Tree(sys, flags, all, art, facts), root)
    else
      for (const [id, members] of grouped(descendants(all, INIT), it =>
        nsNumber(sys, it.pid, flags.nsSort!),
      )) {
        me.out.line(`[${id}]`)
        const inside = new Set(members.map(it => it.pid))
        for (const root of members.filter(it => !inside.has(it.ppid)))
          show(new Tree(sys, flags, members, art, facts), root)
      }
    return 0
  },
})

/** What has no parent here stands below a process that nobody knows. Linux: find_proc(), new_proc("?"). */
function withOutside(processes: readonly Proc[]): readonly Proc[] {
  const [first] = processes
  return first ? [{ ...first, pid: 0, ppid: -1, pgrp: 0, comm: '?', argv: [] }, ...processes] : []
}

/** Threads stand below their process, with its name or with -t their own in braces. Linux: read_proc(). */
function* withThreads(sys: Sys, flags: Given, processes: readonly Proc[]): Blocking<readonly Proc[]> {
  const all = [...processes]
  for (const it of processes) {
    if (it.threads === 1) continue
    for (const thread of yield* readThreads(sys, it)) {
      const name = flags.threadNames ? thread.comm : it.comm
      if (thread.tid !== it.pid)
        all.push({ ...thread, pid: thread.tid, ppid: it.pid, comm: `{${name}}`, argv: [] })
    }
  }
  return all
}

const KINDS = ['cgroup', 'ipc', 'mnt', 'net', 'pid', 'user', 'uts', 'time']

/** What is said of a process besides its name: notes in parentheses, and escape sequences around it. */
interface Facts {
  readonly user: (it: Proc) => string
  readonly context: ReadonlyMap<number, string>
  readonly paint: (it: Proc) => readonly [before: string, after: string]
}

const PLAIN = ['', ''] as const
const BOLD = ['\x1b[1m', '\x1b[m'] as const
/** Colours of -C age: up to a minute, up to an hour, older. */
const AGES = [
  [60, 32],
  [3600, 33],
  [Number.POSITIVE_INFINITY, 31],
] as const

function* factsOf(sys: Sys, me: Process, flags: Given, all: readonly Proc[]): Blocking<Facts> {
  const users = yield* readUsers(sys)
  const now = yield* uptime(sys)
  const context = new Map<number, string>()
  if (flags.securityContext)
    for (const { pid } of all)
      context.set(pid, ((yield* procText(sys, `/proc/${pid}/attr/current`)) ?? '').trimEnd())
  const bold = new Set<number>()
  const chosen =
    flags.highlightPid === undefined ? (flags.highlightAll ? sys.getpid() : 0) : Number(flags.highlightPid)
  for (let pid = me.out.isTty ? chosen : 0; pid && !bold.has(pid); ) {
    bold.add(pid)
    pid = all.find(it => it.pid === pid)?.ppid ?? 0
  }
  return {
    user: it => userName(users, it.uids[1]!) ?? String(it.uids[1]),
    context,
    paint(it) {
      if (bold.has(it.pid)) return BOLD
      if (flags.color === undefined) return PLAIN
      const [, colour] = AGES.find(([age]) => now - it.start / HZ <= age)!
      return [`\x1b[${colour}m`, '\x1b[0m']
    },
  }
}

/** A process and all below it. Linux: sort_by_namespace(). */
function descendants(all: readonly Proc[], from: number): Proc[] {
  const below = all.filter(({ ppid }) => ppid === from).flatMap(({ pid }) => descendants(all, pid))
  return [...all.filter(({ pid }) => pid === from), ...below]
}

/** The topmost processes of a user below `from`. Linux: dump_by_user(). */
function rootsOf(all: readonly Proc[], uid: number, from: number): Proc[] {
  const it = all.find(({ pid }) => pid === from)
  if (it?.uids[1] === uid) return [it]
  return all.filter(({ ppid }) => ppid === from).flatMap(({ pid }) => rootsOf(all, uid, pid))
}

/** A thread of the kernel, or a zombie. */
const isWithoutArguments = (it: Proc): boolean => it.pid > 0 && !it.argv.length && !it.comm.startsWith('{')

class Tree {
  readonly #sys: Sys
  readonly #flags: Given
  readonly #all: readonly Proc[]
  readonly #byParent: ReadonlyMap<number, readonly Proc[]>
  readonly #art: Art
  readonly #facts: Facts
  /** With -s only these are shown among the children of an ancestor. */
  readonly #only = new Map<number, number>()

  constructor(sys: Sys, flags: Given, all: readonly Proc[], art: Art, facts: Facts) {
    this.#facts = facts
    this.#sys = sys
    this.#flags = flags
    this.#all = all
    this.#byParent = grouped(all, it => it.ppid)
    this.#art = art
  }

  /** The top of the line of parents, which are then shown without their other children. */
  ancestry(from: Proc): Proc {
    let at = from
    for (;;) {
      const parent = this.#all.find(it => it.pid === at.ppid)
      if (!parent?.pid) return at
      this.#only.set(parent.pid, at.pid)
      at = parent
    }
  }

  #children(it: Proc): Proc[] {
    const only = this.#only.get(it.pid)
    const children = (this.#byParent.get(it.pid) ?? []).filter(
      child => only === undefined || child.pid === only,
    )
    if (this.#flags.numericSort) return children
    return children.sort((a, b) => (a.comm < b.comm ? -1 : a.comm > b.comm ? 1 : a.pid - b.pid))
  }

  /** `bash(1000)`, `unshare(uts)` */
  #name(it: Proc): string {
    const notes: string[] = []
    if (this.#flags.showPids) notes.push(it.pid ? String(it.pid) : '')
    if (this.#flags.showPgids) notes.push(it.pgrp ? String(it.pgrp) : '')
    if (this.#flags.nsChanges) notes.push(...this.#changes(it))
    const parent =
      this.#flags.uidChanges && it.ppid ? this.#all.find(other => other.pid === it.ppid) : undefined
    if (parent && parent.uids[1] !== it.uids[1]) notes.push(this.#facts.user(it))
    const label = this.#facts.context.get(it.pid)
    if (label) notes.push(`\`${label}'`)
    const comma = this.#flags.arguments && notes.length && !this.#flags.nsChanges && !this.#flags.uidChanges
    return it.comm + (notes.length ? (comma ? `,${notes.join(',')}` : `(${notes.join(',')})`) : '')
  }

  #changes(it: Proc): string[] {
    if (!it.ppid || !this.#all.some(other => other.pid === it.ppid)) return []
    return KINDS.filter(kind => nsNumber(this.#sys, it.pid, kind) !== nsNumber(this.#sys, it.ppid, kind))
  }

  /** One line a process, with its arguments. */
  withArguments(it: Proc, own: string, below: string, times = 1): string[] {
    const rest = it.argv.slice(1).join(' ').replaceAll('\\', '\\\\')
    const [before, after] = this.#facts.paint(it)
    const shown = rest && this.#flags.arguments ? ` ${rest}` : ''
    const label = this.#flags.arguments && isWithoutArguments(it) ? `(${this.#name(it)})` : this.#name(it)
    const name = times > 1 ? `${times}*[${label}]` : label
    const lines = [own + before + name + after + shown]
    const indent = this.#flags.arguments && it.comm.length > 1 ? '  ' : ' '
    const children = this.#counted(this.#children(it))
    children.forEach(([child, count], i) => {
      const last = i === children.length - 1
      const { branch, last: end, through } = this.#art
      lines.push(
        ...this.withArguments(
          child,
          `${below}${indent}${last ? end : branch}`,
          `${below}${indent}${last ? '  ' : through}`,
          count,
        ),
      )
    })
    return lines
  }

  /** "-a implicitly disables compaction for processes but not threads." - pstree(1) */
  #counted(children: readonly Proc[]): readonly (readonly [Proc, number])[] {
    const isAlone = (it: Proc): boolean =>
      !it.comm.startsWith('{') || (this.#flags.compactNot ?? false) || (this.#flags.showPids ?? false)
    const groups = grouped(children, it => (isAlone(it) ? it.pid : it.comm))
    return [...groups.values()].map(group => [group[0]!, group.length])
  }

  /** The tree drawn sideways; identical subtrees are counted. */
  drawn(it: Proc, times: number): string[] {
    const [before, after] = this.#facts.paint(it)
    const lead = times > 1 ? `${times}*[` : ''
    const plain = lead + this.#name(it)
    const name = lead + before + this.#name(it) + after
    const parts = this.#compact(this.#children(it).map(child => ({ child, lines: this.drawn(child, 1) })))
    const close = times > 1 ? ']' : ''
    if (!parts.length) return [name + close]
    const pad = ' '.repeat(plain.length)
    const { single, first, branch, last, through } = this.#art
    const out: string[] = []
    parts.forEach((lines, i) => {
      const end = i === parts.length - 1
      const head = i === 0 ? (end ? single : first) : ` ${end ? last : branch}`
      const rest = end ? '   ' : ` ${through}`
      lines.forEach((line, row) =>
        out.push((i === 0 && row === 0 ? name : pad) + (row === 0 ? head : rest) + line),
      )
    })
    out[out.length - 1] += close
    return out
  }

  /** Children that look the same become `2*[sleep]`. */
  #compact(drawn: readonly { child: Proc; lines: readonly string[] }[]): (readonly string[])[] {
    if (this.#flags.compactNot || this.#flags.showPids) return drawn.map(it => it.lines)
    const counted = new Map<string, { child: Proc; lines: readonly string[]; times: number }>()
    for (const it of drawn) {
      const key = it.lines.join('\n')
      const known = counted.get(key)
      if (known) known.times++
      else counted.set(key, { ...it, times: 1 })
    }
    return [...counted.values()].map(it => (it.times > 1 ? this.drawn(it.child, it.times) : it.lines))
  }
}
