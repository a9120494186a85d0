/**
 * cgls - show control groups and their processes as a tree
 * A program of Vitrine's own: `man cgls` is its manual. What it shows looks like systemd-cgls(1), which needs systemd.
 */
import { type Blocking, ENOENT, type Sys } from '../../abi/index.ts'
import { command, fatal, type Flags, type Options, type Process } from '../lib/command.ts'
import { children, type Hierarchy, hierarchies, hierarchyOf, processes } from '../lib/cgview/groups.ts'
import { canonical } from '../lib/mountinfo-path.ts'
import { statOf } from '../lib/path.ts'
import { readProc } from '../lib/proc.ts'
import { textWidth } from '../lib/wcwidth.ts'

const OPTIONS = {
  all: { short: 'a', help: 'show groups without processes too' },
  kernel: { short: 'k', help: 'show kernel threads too' },
  full: { short: 'l', help: 'do not cut lines at the edge of the terminal' },
} as const satisfies Options

export default command({
  name: 'cgls',
  summary: 'show control groups and their processes as a tree',
  suite: 'other',
  usage: 'cgls [-a] [-k] [-l] [[CONTROLLER:]GROUP]...',
  version: 'cgls (Vitrine)\n',
  options: OPTIONS,
  epilogue:
    "GROUP is a path below the root of the hierarchy, or a directory of a mounted one.\nThis program is Vitrine's own. On hosts with systemd, systemd-cgls shows the like.",

  *main(sys, flags, args, me) {
    const all = yield* hierarchies(sys)
    if (!all.length) throw fatal('no cgroup file system is mounted')
    const view = new Tree(sys, me, flags)
    if (!args.length) for (const it of yield* chosen(sys, all)) yield* view.show(it, it.path)
    for (const [hierarchy, directory] of args.map(it => named(sys, all, it)))
      yield* view.show(hierarchy, directory)
    return 0
  },
})

/** Without a wish: version 2, or of version 1 all that have more than their root, at least one. */
function* chosen(sys: Sys, all: readonly Hierarchy[]): Blocking<readonly Hierarchy[]> {
  const found: Hierarchy[] = []
  for (const it of all) if (it.version === 2 || (yield* children(sys, it.path)).length) found.push(it)
  return found.length ? found : all.slice(0, 1)
}

/** A group by its directory, its path, or its path in the hierarchy of a controller. */
function named(sys: Sys, all: readonly Hierarchy[], text: string): readonly [Hierarchy, string] {
  const absolute = canonical(sys, text)
  const mounted = all.find(it => `${absolute}/`.startsWith(`${it.path}/`))
  if (mounted && statOf(sys, absolute)) return [mounted, absolute]
  const [, controller, group = ''] = /^(?:([^:/]*):)?\/*(.*)$/.exec(text)!
  const hierarchy = controller === undefined ? all[0] : hierarchyOf(all, controller)
  const directory = `${hierarchy?.path ?? ''}/${group}`.replace(/\/+$/, '')
  if (!hierarchy || !statOf(sys, directory)) throw fatal(text, ENOENT)
  return [hierarchy, directory]
}

/** A group and what is in it; empty ones have neither processes nor others that do. */
interface Group {
  readonly name: string
  readonly pids: readonly number[]
  readonly groups: readonly Group[]
}

class Tree {
  readonly #sys: Sys
  readonly #me: Process
  readonly #flags: Flags<typeof OPTIONS>
  /** Lines end here on a terminal. */
  readonly #width: number

  constructor(sys: Sys, me: Process, flags: Flags<typeof OPTIONS>) {
    this.#sys = sys
    this.#me = me
    this.#flags = flags
    this.#width = !flags.full && sys.isatty(1) ? sys.tiocgwinsz(1).cols || 80 : Number.POSITIVE_INFINITY
  }

  *show(hierarchy: Hierarchy, directory: string): Blocking<void> {
    const controller = hierarchy.version === 1 ? `Controller ${hierarchy.controllers.join()}; ` : ''
    this.#me.out.line(`${controller}Control group ${directory.slice(hierarchy.path.length) || '/'}:`)
    yield* this.#print(yield* this.#read(directory, ''), '')
    yield* this.#me.out.flush()
  }

  *#read(directory: string, name: string): Blocking<Group> {
    const groups: Group[] = []
    for (const child of yield* children(this.#sys, directory))
      groups.push(yield* this.#read(`${directory}/${child}`, child))
    const shown = groups.filter(it => this.#flags.all || it.pids.length || it.groups.length)
    return { name, pids: yield* processes(this.#sys, directory), groups: shown }
  }

  /** The processes of a group, then the groups below it. */
  *#print({ pids, groups }: Group, prefix: string): Blocking<void> {
    const lines: string[] = []
    const width = String(Math.max(0, ...pids)).length
    for (const pid of pids) {
      const title = yield* this.#title(pid)
      if (title !== undefined) lines.push(`${String(pid).padStart(width)} ${title}`)
    }
    for (const [i, line] of lines.entries())
      this.#line(`${prefix}${i === lines.length - 1 && !groups.length ? '└─' : '├─'}${line}`)
    for (const [i, group] of groups.entries()) {
      const isLast = i === groups.length - 1
      this.#line(`${prefix}${isLast ? '└─' : '├─'}${group.name}`)
      yield* this.#print(group, prefix + (isLast ? '  ' : '│ '))
    }
  }

  /** The command line; undefined for what is gone, or is a kernel thread that nobody wants to see. */
  *#title(pid: number): Blocking<string | undefined> {
    const it = pid ? yield* readProc(this.#sys, pid) : undefined
    if (!it) return pid ? undefined : '(in another pid namespace)'
    if (it.argv.length) return it.argv.join(' ')
    return this.#flags.kernel || it.state === 'Z' ? `[${it.comm}]` : undefined
  }

  #line(text: string): void {
    let line = text
    if (textWidth(line) > this.#width) {
      while (textWidth(line) >= this.#width) line = line.slice(0, -1)
      line += '…'
    }
    this.#me.out.line(line)
  }
}
