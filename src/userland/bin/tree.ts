/**
 * tree - list contents of directories in a tree-like format
 * https://manpages.debian.org/bookworm/tree/tree.1.en.html
 *
 * Left out: HTML, XML and JSON output, --fromfile, --gitignore, --info.
 */
import { type Blocking, Errno, isDir, isLink, type Stat } from '../../abi/index.ts'
import { compareText, compareVersions } from '../lib/collate.ts'
import { command, fatal, readDir } from '../lib/command.ts'
import { fnmatch } from '../lib/fnmatch.ts'
import { colorOf, parseColors } from '../lib/ls/colors.ts'
import { humanSize } from '../lib/numbers.ts'
import { joinPath, lstatOf, statOf } from '../lib/path.ts'
import { strmode } from '../lib/strmode.ts'
import { localtime, strftime, zoneOf } from '../lib/time.ts'
import { groupName, readUsers, userName } from '../lib/users.ts'

interface Node {
  readonly name: string
  readonly path: string
  readonly stat: Stat
  readonly target: string | undefined
  readonly targetStat: Stat | undefined
}

export default command({
  name: 'tree',
  summary: 'list contents of directories in a tree-like format',
  usage: 'tree [-acdfghilnpqrstuvxACDFJQNSUX] [-L level] [directory ...]',
  suite: 'other',
  version:
    'tree v2.1.0 © 1996 - 2022 by Steve Baker, Thomas Moore, Francesc Rocher, Florian Sesser, Kyosuke Tokoro\n',
  options: {
    all: { short: 'a', long: '', help: 'All files are listed.' },
    dirsOnly: { short: 'd', long: '', help: 'List directories only.' },
    follow: { short: 'l', long: '', help: 'Follow symbolic links like directories.' },
    fullPath: { short: 'f', long: '', help: 'Print the full path prefix for each file.' },
    oneFileSystem: { short: 'x', long: '', help: 'Stay on current filesystem only.' },
    level: { short: 'L', long: '', value: 'level', help: 'Descend only level directories deep.' },
    pattern: {
      short: 'P',
      long: '',
      value: 'pattern',
      repeat: true,
      help: 'List only those files that match the pattern given.',
    },
    ignore: {
      short: 'I',
      long: '',
      value: 'pattern',
      repeat: true,
      help: 'Do not list files that match the given pattern.',
    },
    prune: { help: 'Prune empty directories from the output.' },
    noreport: { help: 'Turn off file/directory count at end of tree listing.' },
    filelimit: { value: ' #', help: 'Do not descend dirs with more than # files in them.' },
    protections: { short: 'p', long: '', help: 'Print the protections for each file.' },
    user: { short: 'u', long: '', help: 'Displays file owner or UID number.' },
    group: { short: 'g', long: '', help: 'Displays file group owner or GID number.' },
    size: { short: 's', long: '', help: 'Print the size in bytes of each file.' },
    human: { short: 'h', long: '', help: 'Print the size in a more human readable way.' },
    date: { short: 'D', long: '', help: 'Print the date of last modification or (-c) status change.' },
    classify: { short: 'F', long: '', help: "Appends '/', '=', '*', '@', '|' or '>' as per ls -F." },
    inodes: { long: 'inodes', help: 'Print inode number of each file.' },
    device: { long: 'device', help: 'Print device ID number to which each file belongs.' },
    quote: { short: 'Q', long: '', help: 'Quote filenames with double quotes.' },
    byVersion: { short: 'v', long: '', help: 'Sort files alphanumerically by version.' },
    byTime: { short: 't', long: '', help: 'Sort files by last modification time.' },
    ctime: { short: 'c', long: '', help: 'Sort files by last status change time.' },
    unsorted: { short: 'U', long: '', help: 'Leave files unsorted.' },
    reverse: { short: 'r', long: '', help: 'Reverse the order of the sort.' },
    dirsfirst: { help: 'List directories before files (-U disables).' },
    noIndent: { short: 'i', long: '', help: "Don't print indentation lines." },
    ascii: { short: 'A', long: '', help: 'Print ANSI lines graphic indentation lines.' },
    cp437: { short: 'S', long: '', help: 'Print with CP437 (console) graphics indentation lines.' },
    noColor: { short: 'n', long: '', help: 'Turn colorization off always (-C overrides).' },
    color: { short: 'C', long: '', help: 'Turn colorization on always.' },
    charset: { value: ' X', help: 'Use charset X for terminal/HTML and indentation line output.' },
    literal: { short: 'N', long: '', help: 'Print non-printable characters as is.' },
    questions: { short: 'q', long: '', help: "Print non-printable characters as '?'." },
    du: { help: 'Compute size of directories by their contents.' },
  },

  *main(sys, flags, args, me) {
    let depth = Number.POSITIVE_INFINITY
    if (flags.level !== undefined) {
      depth = Number(flags.level)
      if (!(depth >= 1)) throw fatal('Invalid level, must be greater than 0.')
    }
    const users = yield* readUsers(sys)
    const zone = zoneOf(me.env.get('TZ'))
    const ansi = /^(ascii|us-ascii|iso)/i.test(flags.charset ?? '')
    const lines = ansi ? ['|-- ', '`-- ', '|   ', '    '] : ['├── ', '└── ', '│\u00a0\u00a0 ', '    ']
    const coloured =
      flags.color ||
      (!flags.noColor && me.out.isTty && (me.env.has('LS_COLORS') || me.env.has('CLICOLOR_FORCE')))
    const colors = coloured ? parseColors(me.env.get('LS_COLORS')) : undefined
    let dirs = 0
    let files = 0
    let status = 0
    const starts = args.length ? args : ['.']
    for (const start of starts) {
      const stat = statOf(sys, start)
      if (!stat || !isDir(stat)) {
        me.out.line(`${shown(start, start, stat)}  [error opening dir]`)
        if (stat) files++
        else status = 2
        continue
      }
      me.out.line(details(stat) + shown(start, start, stat))
      const before = dirs + files
      yield* list(start, '', 1, stat.dev)
      // The directory itself counts where there is something in it.
      if (dirs + files > before) dirs++
    }
    if (!flags.noreport) {
      const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`
      const text = count(dirs, 'directory', 'directories')
      me.out.print(`\n${flags.dirsOnly ? text : `${text}, ${count(files, 'file', 'files')}`}\n`)
    }
    return status

    function shown(name: string, path: string, stat: Stat | undefined, targetStat?: Stat): string {
      const text = flags.quote ? `"${name}"` : name
      let mark = ''
      if (flags.classify && stat) {
        if (isDir(stat)) mark = '/'
        else if ((stat.mode & 0o170000) === 0o140000) mark = '='
        else if ((stat.mode & 0o170000) === 0o010000) mark = '|'
        else if ((stat.mode & 0o170000) === 0o100000 && stat.mode & 0o111) mark = '*'
      }
      if (!colors || !stat) return text + mark
      const code = colorOf(colors, {
        name: path,
        mode: stat.mode,
        nlink: stat.nlink,
        target: isLink(stat) ? (targetStat?.mode ?? 0) : undefined,
      })
      return (code ? `\x1b[${code}m${text}\x1b[0m` : text) + mark
    }

    function details(stat: Stat): string {
      const parts: string[] = []
      if (flags.inodes) parts.push(String(stat.ino).padStart(7))
      if (flags.device) parts.push(String(stat.dev).padStart(3))
      if (flags.protections) parts.push(strmode(stat.mode))
      if (flags.user) parts.push((userName(users, stat.uid) ?? String(stat.uid)).padEnd(8))
      if (flags.group) parts.push((groupName(users, stat.gid) ?? String(stat.gid)).padEnd(8))
      if (flags.human) parts.push(humanSize(stat.size).padStart(4))
      else if (flags.size) parts.push(String(stat.size).padStart(11))
      if (flags.date)
        parts.push(strftime('%b %e %H:%M', localtime(flags.ctime ? stat.ctime : stat.mtime, zone)))
      return parts.length ? `[${parts.join(' ')}]  ` : ''
    }

    function wanted(name: string, directory: boolean): boolean {
      if (!flags.all && name.startsWith('.')) return false
      const fits = (pattern: string): boolean => pattern.split('|').some(it => fnmatch(it, name))
      if (flags.ignore?.some(fits)) return false
      return directory || !flags.pattern || flags.pattern.some(fits)
    }

    function* entries(path: string): Blocking<Node[] | undefined> {
      let names: readonly { name: string }[]
      try {
        names = yield* readDir(sys, path)
      } catch (e) {
        if (e instanceof Errno) return undefined
        throw e
      }
      const nodes: Node[] = []
      for (const { name } of names) {
        const full = joinPath(path, name)
        const stat = lstatOf(sys, full)
        if (!stat) continue
        const targetStat = isLink(stat) ? statOf(sys, full) : undefined
        const directory = isDir(stat) || (targetStat !== undefined && isDir(targetStat))
        if (!wanted(name, directory) || (flags.dirsOnly && !directory)) continue
        nodes.push({
          name,
          path: full,
          stat,
          target: isLink(stat) ? sys.readlink(full) : undefined,
          targetStat,
        })
      }
      return sorted(nodes)
    }

    function sorted(nodes: Node[]): Node[] {
      if (flags.unsorted) return nodes
      const key = flags.ctime ? 'ctime' : 'mtime'
      const sign = flags.reverse ? -1 : 1
      const compare = (a: Node, b: Node): number => {
        if (flags.byVersion) return compareVersions(a.name, b.name)
        const time =
          flags.byTime || flags.ctime
            ? a.stat[key].sec - b.stat[key].sec || a.stat[key].nsec - b.stat[key].nsec
            : 0
        return time || compareText(a.name, b.name)
      }
      const rank = (it: Node): number => (flags.dirsfirst && isDir(it.stat) ? 0 : 1)
      return nodes.sort((a, b) => rank(a) - rank(b) || sign * compare(a, b))
    }

    function* hasAny(path: string): Blocking<boolean> {
      for (const it of (yield* entries(path)) ?? [])
        if (!isDir(it.stat) || (yield* hasAny(it.path))) return true
      return false
    }

    function* list(path: string, indent: string, level: number, dev: number): Blocking<void> {
      if (level > depth) return
      let nodes = yield* entries(path)
      if (!nodes) return
      if (flags.prune) {
        const kept: Node[] = []
        for (const it of nodes) if (!isDir(it.stat) || (yield* hasAny(it.path))) kept.push(it)
        nodes = kept
      }
      for (const [i, it] of nodes.entries()) {
        const last = i === nodes.length - 1
        const directory = isDir(it.stat) || (it.targetStat !== undefined && isDir(it.targetStat))
        if (directory) dirs++
        else files++
        const name = flags.fullPath ? it.path : it.name
        const head = flags.noIndent ? '' : indent + (last ? lines[1] : lines[0])
        const link = it.target === undefined ? '' : ` -> ${shown(it.target, it.target, it.targetStat)}`
        const descends = isDir(it.stat) || (flags.follow && directory)
        const locked = descends && level < depth && !(yield* readable(it.path))
        me.out.line(
          head +
            details(it.stat) +
            shown(name, it.name, it.stat, it.targetStat) +
            link +
            (locked ? '  [error opening dir]' : ''),
        )
        if (me.out.full) yield* me.out.flush()
        if (locked) status = 2
        if (descends && !(flags.oneFileSystem && it.stat.dev !== dev))
          yield* list(it.path, indent + (last ? lines[3] : lines[2]), level + 1, dev)
      }
    }

    function* readable(path: string): Blocking<boolean> {
      try {
        sys.close(yield* sys.open(path, 0o200000))
        return true
      } catch (e) {
        if (e instanceof Errno) return false
        throw e
      }
    }
  },
})
