/**
 * pstree - display a tree of processes
 * Linux: psmisc src/pstree.c; pstree(1).
 *
 * Left out: threads, --highlight, --color, --uid-changes, security contexts.
 */
import type { Sys } from '../../abi/index.ts'
import { command, type Flags, type Options } from '../lib/command.ts'
import { grouped, nsNumber, type Proc, readProcs } from '../lib/proc.ts'
import { readUsers, userId } from '../lib/users.ts'

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
  numericSort: { short: 'n', help: 'sort output by PID' },
  showPids: { short: 'p', help: 'show PIDs; implies -c' },
  showParents: { short: 's', help: 'show parents of the selected process' },
  nsChanges: { short: 'S', help: 'show namespace transitions' },
  threadNames: { short: 't', help: 'show full thread names' },
  hideThreads: { short: 'T', help: 'hide threads, show only processes' },
  uidChanges: { short: 'u', help: 'show uid transitions' },
  unicode: { short: 'U', help: 'use UTF-8 (Unicode) line drawing characters' },
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
  options: OPTIONS,

  *main(sys, flags, args, me) {
    const all = yield* readProcs(sys)
    const what = args[0] ?? '1'
    const uid = /^\d+$/.test(what) ? undefined : userId(yield* readUsers(sys), what)
    if (!/^\d+$/.test(what) && uid === undefined) {
      yield* sys.write(2, `No such user name: ${what}\n`)
      return 1
    }
    const roots = uid === undefined ? all.filter(it => it.pid === Number(what)) : rootsOf(all, uid)
    if (!roots.length) {
      yield* sys.write(2, 'No processes found.\n')
      return 1
    }
    const art = flags.ascii || !(flags.unicode || me.out.isTty) ? ASCII : UTF8
    const width = me.out.isTty && !flags.long ? sys.tiocgwinsz(1).cols || 80 : Number.POSITIVE_INFINITY
    const tree = new Tree(sys, flags, all, art)
    for (const root of roots) {
      const top = flags.showParents ? tree.ancestry(root) : root
      const lines = flags.arguments ? tree.withArguments(top, '', '') : tree.drawn(top, 1)
      for (const line of lines) me.out.line(line.length > width ? `${line.slice(0, width - 1)}+` : line)
      if (uid !== undefined) me.out.line('')
    }
    return 0
  },
})

/** The topmost processes of a user. */
function rootsOf(all: readonly Proc[], uid: number): Proc[] {
  const own = new Set(all.filter(it => it.uids[1] === uid).map(it => it.pid))
  return all.filter(it => own.has(it.pid) && !own.has(it.ppid))
}

class Tree {
  readonly #sys: Sys
  readonly #flags: Given
  readonly #all: readonly Proc[]
  readonly #byParent: ReadonlyMap<number, readonly Proc[]>
  readonly #art: Art
  /** With -s only these are shown among the children of an ancestor. */
  readonly #only = new Map<number, number>()

  constructor(sys: Sys, flags: Given, all: readonly Proc[], art: Art) {
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
      if (!parent) return at
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
    if (this.#flags.showPids) notes.push(String(it.pid))
    if (this.#flags.showPgids) notes.push(String(it.pgrp))
    if (this.#flags.nsChanges) notes.push(...this.#changes(it))
    const comma = this.#flags.arguments && notes.length && !this.#flags.nsChanges
    return it.comm + (notes.length ? (comma ? `,${notes.join(',')}` : `(${notes.join(',')})`) : '')
  }

  #changes(it: Proc): string[] {
    if (!this.#all.some(other => other.pid === it.ppid)) return []
    const kinds = ['cgroup', 'ipc', 'mnt', 'net', 'pid', 'user', 'uts', 'time']
    return kinds.filter(kind => nsNumber(this.#sys, it.pid, kind) !== nsNumber(this.#sys, it.ppid, kind))
  }

  /** One line a process, with its arguments. */
  withArguments(it: Proc, own: string, below: string): string[] {
    const rest = it.argv.slice(1).join(' ')
    const lines = [own + this.#name(it) + (rest ? ` ${rest}` : '')]
    const children = this.#children(it)
    children.forEach((child, i) => {
      const last = i === children.length - 1
      const { branch, last: end, through } = this.#art
      lines.push(
        ...this.withArguments(
          child,
          `${below}  ${last ? end : branch}`,
          `${below}  ${last ? '  ' : through}`,
        ),
      )
    })
    return lines
  }

  /** The tree drawn sideways; identical subtrees are counted. */
  drawn(it: Proc, times: number): string[] {
    const name = times > 1 ? `${times}*[${this.#name(it)}` : this.#name(it)
    const parts = this.#compact(this.#children(it).map(child => ({ child, lines: this.drawn(child, 1) })))
    const close = times > 1 ? ']' : ''
    if (!parts.length) return [name + close]
    const pad = ' '.repeat(name.length)
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
