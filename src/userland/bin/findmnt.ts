/**
 * findmnt - find a mounted filesystem
 * Linux: util-linux misc-utils/findmnt.c; findmnt(8).
 *
 * Left out: PARTLABEL and PARTUUID: there are no partitions.
 */
import { type Blocking, ENOENT, ERANGE, isReg, refusal, type Sys } from '../../abi/index.ts'
import { command, fatal, type Flags, type Options, type Process } from '../lib/command.ts'
import { refuseTogether } from '../lib/exclusive.ts'
import { cellOf, COLUMNS, columnsOf, type Entry } from '../lib/findmnt/columns.ts'
import { fstabEntries } from '../lib/mount/tables.ts'
import { verify } from '../lib/mount/verify.ts'
import { matcher } from '../lib/findmnt/match.ts'
import { ACTIONS, pollTable } from '../lib/findmnt/poll.ts'
import { parseTag, readTags, type Tags } from '../lib/blkid/tags.ts'
import { childMounts, isShadowed, type MountEntry, parseMountinfo, rootMount } from '../lib/mountinfo.ts'
import { procText } from '../lib/proc.ts'
import { type Column, growingTable, type Line, table, type TableStyle } from '../lib/smartcols.ts'

const OPTIONS = {
  fstab: { short: 's' },
  mtab: { short: 'm' },
  kernel: { short: 'k' },
  poll: { short: 'p', value: '[=<list>]' },
  timeout: { short: 'w', value: '<num>' },
  all: { short: 'A' },
  ascii: { short: 'a' },
  bytes: { short: 'b' },
  nocanonicalize: { short: 'C' },
  canonicalize: { short: 'c' },
  df: { short: 'D' },
  direction: { short: 'd', value: '<word>' },
  evaluate: { short: 'e' },
  tabFile: { short: 'F', value: '<path>' },
  firstOnly: { short: 'f' },
  invert: { short: 'i' },
  json: { short: 'J' },
  list: { short: 'l' },
  task: { short: 'N', value: '<tid>' },
  noheadings: { short: 'n' },
  options: { short: 'O', value: '<list>' },
  output: { short: 'o', value: '<list>' },
  outputAll: {},
  pairs: { short: 'P' },
  pseudo: {},
  shadowed: {},
  submounts: { short: 'R' },
  raw: { short: 'r' },
  real: {},
  source: { short: 'S', value: '<string>' },
  target: { short: 'T', value: '<path>' },
  tree: {},
  mountpoint: { short: 'M', value: '<dir>' },
  types: { short: 't', value: '<list>' },
  uniq: { short: 'U' },
  notruncate: { short: 'u' },
  nofsroot: { short: 'v' },
  shell: { short: 'y' },
  verify: { short: 'x' },
  verbose: {},
  vfsAll: {},
} as const satisfies Options
type Given = Flags<typeof OPTIONS>

export default command({
  name: 'findmnt',
  summary: 'find a (mounted) filesystem',
  suite: 'util-linux',
  usage: ['findmnt [options]', 'findmnt [options] <device> | <mountpoint>'],
  help: `
Usage:
 findmnt [options]
 findmnt [options] <device> | <mountpoint>
 findmnt [options] <device> <mountpoint>
 findmnt [options] [--source <device>] [--target <path> | --mountpoint <dir>]

Find a (mounted) filesystem.

Options:
 -s, --fstab            search in static table of filesystems
 -m, --mtab             search in table of mounted filesystems
                          (includes user space mount options)
 -k, --kernel           search in kernel table of mounted
                          filesystems (default)

 -p, --poll[=<list>]    monitor changes in table of mounted filesystems
 -w, --timeout <num>    upper limit in milliseconds that --poll will block

 -A, --all              disable all built-in filters, print all filesystems
 -a, --ascii            use ASCII chars for tree formatting
 -b, --bytes            print sizes in bytes rather than in human readable format
 -C, --nocanonicalize   don't canonicalize when comparing paths
 -c, --canonicalize     canonicalize printed paths
 -D, --df               imitate the output of df(1)
 -d, --direction <word> direction of search, 'forward' or 'backward'
 -e, --evaluate         convert tags (LABEL,UUID,PARTUUID,PARTLABEL) 
                          to device names
 -F, --tab-file <path>  alternative file for -s, -m or -k options
 -f, --first-only       print the first found filesystem only
 -i, --invert           invert the sense of matching
 -J, --json             use JSON output format
 -l, --list             use list format output
 -N, --task <tid>       use alternative namespace (/proc/<tid>/mountinfo file)
 -n, --noheadings       don't print column headings
 -O, --options <list>   limit the set of filesystems by mount options
 -o, --output <list>    the output columns to be shown
     --output-all       output all available columns
 -P, --pairs            use key="value" output format
     --pseudo           print only pseudo-filesystems
     --shadowed         print only filesystems over-mounted by another filesystem
 -R, --submounts        print all submounts for the matching filesystems
 -r, --raw              use raw output format
     --real             print only real filesystems
 -S, --source <string>  the device to mount (by name, maj:min, 
                          LABEL=, UUID=, PARTUUID=, PARTLABEL=)
 -T, --target <path>    the path to the filesystem to use
     --tree             enable tree format output if possible
 -M, --mountpoint <dir> the mountpoint directory
 -t, --types <list>     limit the set of filesystems by FS types
 -U, --uniq             ignore filesystems with duplicate target
 -u, --notruncate       don't truncate text in columns
 -v, --nofsroot         don't print [/dir] for bind or btrfs mounts
 -y, --shell            use column names to be usable as shell variable identifiers

 -x, --verify           verify mount table content (default is fstab)
     --verbose          print more details
     --vfs-all          print all VFS options

 -h, --help             display this help
 -V, --version          display version

Available output columns:
      ACTION  action detected by --poll
       AVAIL  filesystem size available
        FREQ  dump(8) period in days [fstab only]
      FSROOT  filesystem root
      FSTYPE  filesystem type
  FS-OPTIONS  FS specific mount options
          ID  mount ID
       LABEL  filesystem label
     MAJ:MIN  major:minor device number
 OLD-OPTIONS  old mount options saved by --poll
  OLD-TARGET  old mountpoint saved by --poll
     OPTIONS  all mount options
  OPT-FIELDS  optional mount fields
      PARENT  mount parent ID
   PARTLABEL  partition label
    PARTUUID  partition UUID
      PASSNO  pass number on parallel fsck(8) [fstab only]
 PROPAGATION  VFS propagation flags
        SIZE  filesystem size
      SOURCE  source device
     SOURCES  all possible source devices
      TARGET  mountpoint
         TID  task ID
        USED  filesystem size used
        USE%  filesystem use percentage
        UUID  filesystem UUID
 VFS-OPTIONS  VFS specific mount options

For more details see findmnt(8).
`,
  options: OPTIONS,

  *main(sys, flags, args, me) {
    refuseTogether(
      me.order.map(it => it.key),
      EXCLUSIVE,
    )
    checkValues(flags)
    const columns = columnsOf(flags)
    if (flags.verify) return yield* verifyTable(sys, me, flags)
    const named = [flags.source, flags.target, flags.mountpoint].some(it => it !== undefined)
    if (args.length && named)
      throw fatal(
        "options --target and --source can't be used together with command line element that is not an option",
      )
    const polled = flags.poll === undefined && columns.find(it => /^(ACTION|OLD-)/.test(it))
    if (polled) throw fatal(`${polled} column is requested, but --poll is not enabled`)
    const style = styleOf(sys, me, flags)
    if (flags.poll !== undefined) return yield* poll(sys, me, flags, args, columns, style)
    const all = yield* entriesOf(sys, me, flags)
    const tags = yield* tagsOf(sys, flags, args, columns, all)
    const matches = matcher(sys, flags, args, all, tags)
    const single = args.length > 0 || named
    // libsmartcols is then told to draw a tree, and gets no line to draw.
    if (flags.tree && args.length && !flags.submounts) return 0
    const selective = [flags.types, flags.options, flags.df, flags.real, flags.pseudo].some(
      it => it !== undefined,
    )
    const submounts = flags.submounts && (single || selective)
    const flat =
      !flags.tree &&
      (flags.list ||
        flags.pairs ||
        flags.raw ||
        flags.df ||
        flags.fstab ||
        flags.tabFile !== undefined ||
        flags.mtab ||
        (flags.firstOnly && !submounts) ||
        flags.shadowed)
    const nested = submounts || ((flags.tree || !single) && !flat)
    const cell = (it: Entry): Line => ({ cells: columns.map(name => cellOf(sys, flags, tags, it, name)) })
    const found = submounts
      ? submountLines(all, matches, flags, cell)
      : nested
        ? treeLines(all, matches, cell)
        : chosen(all, matches, flags).map(cell)
    // The tree hangs on the TARGET column.
    const lines = flat || !columns.includes('TARGET') ? found.flatMap(flatten) : found
    // An empty tree of all mounts is no failure.
    if (!lines.length) return (nested || flags.shadowed) && !single ? 0 : 1
    me.out.print(
      table(
        described(
          columns,
          lines.some(it => it.children?.length),
        ),
        lines,
        style,
      ),
    )
    return 0
  },
})

/** In the order in which findmnt's own table has them, which is how the message lists them. */
const EXCLUSIVE = [
  ['nocanonicalize', 'canonicalize'],
  ['nocanonicalize', 'evaluate'],
  ['json', 'pairs', 'raw', 'verify'],
  ['mountpoint', 'target'],
  ['task', 'kernel', 'mtab', 'fstab'],
  ['pairs', 'list', 'raw', 'verify'],
  ['mtab', 'poll', 'fstab'],
  ['pseudo', 'real'],
]

function checkValues(flags: Given): void {
  const { direction, timeout } = flags
  if (direction !== undefined && direction !== 'forward' && direction !== 'backward')
    throw fatal(`unknown direction '${direction}'`)
  if (timeout !== undefined && !/^\s*[-+]?\d+$/.test(timeout))
    throw fatal(`invalid timeout argument: '${timeout}'`)
  for (const action of flags.poll?.split(',').filter(Boolean) ?? [])
    if (!ACTIONS.includes(action)) throw fatal(`unknown action: ${action}`)
}

const styleOf = (sys: Sys, me: Process, flags: Given): TableStyle => ({
  format: flags.json ? 'json' : flags.raw ? 'raw' : flags.pairs ? 'pairs' : 'human',
  name: 'filesystems',
  noHeadings: flags.noheadings ?? false,
  ascii: flags.ascii ?? false,
  shellNames: flags.shell ?? false,
  width: me.out.isTty && !flags.notruncate ? sys.tiocgwinsz(1).cols || 80 : undefined,
})

/** Which disks are meant by tags, and what is on them if that is to be shown. */
function* tagsOf(
  sys: Sys,
  flags: Given,
  args: readonly string[],
  columns: readonly string[],
  all: readonly Entry[],
): Blocking<Tags> {
  const wanted = [...args, flags.source ?? '']
  const isAsked = wanted.some(it => parseTag(it) || it.startsWith('/dev/')) || flags.evaluate
  const looks = columns.some(it => /^(PART)?(LABEL|UUID)$/.test(it))
  return yield* readTags(sys, isAsked || looks ? [...wanted, ...all.map(it => it.source)] : [], looks)
}

/** --poll: one line for each change that is asked for. */
function* poll(
  sys: Sys,
  me: Process,
  flags: Given,
  args: readonly string[],
  columns: readonly string[],
  style: TableStyle,
): Blocking<number> {
  const print = growingTable(described(columns, false), style)
  const actions = flags.poll ? flags.poll.split(',') : ACTIONS
  const tags = yield* tagsOf(sys, flags, args, columns, [])
  const path = tablePath(flags)
  if (refusal(() => sys.stat(path))) throw fatal(`can't read ${path}`, ENOENT)
  const timeout = flags.timeout === undefined ? -1 : Number(flags.timeout)
  yield* pollTable(sys, path, timeout, function* (changes, now) {
    const matches = matcher(sys, flags, args, now, tags)
    const found = changes.filter(({ action, it }) => actions.includes(action) && matches(it))
    const shown = flags.firstOnly ? found.slice(0, 1) : found
    const lines = shown.map(it => ({
      cells: columns.map(name => cellOf(sys, flags, tags, it.it, name, it)),
    }))
    if (lines.length) me.out.print(print(lines))
    yield* me.out.flush()
    return lines.length > 0 && flags.firstOnly === true
  })
  return 0
}

const tablePath = (flags: Given): string => flags.tabFile ?? `/proc/${flags.task ?? 'self'}/mountinfo`

const described = (columns: readonly string[], tree: boolean): Column[] =>
  columns.map(name => (name === 'TARGET' && !tree ? { ...COLUMNS[name]!, tree: false } : COLUMNS[name]!))

function* verifyTable(sys: Sys, me: Process, flags: Given): Blocking<number> {
  if (flags.tabFile !== undefined && !isRegular(sys, flags.tabFile))
    throw fatal(`can't read ${flags.tabFile}`, ENOENT)
  const wrong: number[] = []
  const entries = yield* fstabEntries(sys, me, flags.tabFile, wrong)
  return yield* verify(sys, me, entries, wrong.length, flags.verbose ?? false)
}

function isRegular(sys: Sys, path: string): boolean {
  return refusal(() => sys.stat(path)) === undefined && isReg(sys.stat(path))
}

function* entriesOf(sys: Sys, me: Process, flags: Given): Blocking<Entry[]> {
  if (flags.fstab || (yield* isFstab(sys, flags.tabFile))) {
    const lines = yield* fstabEntries(sys, me, flags.tabFile)
    return lines.map((it, i) => ({
      ...it,
      id: i + 1,
      parent: 0,
      dev: '',
      root: '/',
      vfsOptions: '',
      optFields: '',
      fsOptions: '',
    }))
  }
  if (flags.task !== undefined && !/^\s*[-+]?\d+$/.test(flags.task))
    throw fatal(`invalid TID argument: '${flags.task}'`)
  if (flags.task?.includes('-')) throw fatal(`invalid TID argument: '${flags.task}'`, ERANGE)
  const path = tablePath(flags)
  const text = yield* procText(sys, path)
  if (text === undefined)
    throw fatal(`can't read ${flags.task === undefined ? '/proc/mounts' : path}: No such file or directory`)
  return flags.direction === 'backward' ? parseMountinfo(text).reverse() : parseMountinfo(text)
}

/** A table of unknown kind is the kernel's if its first line is. Linux: guess_table_format(). */
function* isFstab(sys: Sys, path: string | undefined): Blocking<boolean> {
  const text = path === undefined ? undefined : yield* procText(sys, path)
  return text !== undefined && !/^\d+ \d+ \d+:\d+ /m.test(text)
}

function chosen(
  all: readonly MountEntry[],
  matches: (it: MountEntry) => boolean,
  flags: Given,
): MountEntry[] {
  const found = all.filter(it => matches(it) && !(flags.uniq && isShadowed(all, it)))
  return flags.firstOnly ? found.slice(0, 1) : found
}

/** Matching mounts below the matching mounts above them. Linux: create_treenode(). */
function treeLines(
  all: readonly MountEntry[],
  matches: (it: MountEntry) => boolean,
  cell: (it: MountEntry) => Line,
): Line[] {
  const walk = (it: MountEntry): Line[] => {
    const below = childMounts(all, it).flatMap(walk)
    return matches(it) ? [{ ...cell(it), children: below }] : below
  }
  const root = rootMount(all)
  return root ? walk(root) : []
}

/** --submounts: each match with everything below it, none twice. Linux: add_matching_lines(). */
function submountLines(
  all: readonly MountEntry[],
  matches: (it: MountEntry) => boolean,
  flags: Given,
  cell: (it: MountEntry) => Line,
): Line[] {
  const shown = new Set<MountEntry>()
  const branch = (it: MountEntry): Line[] => {
    if (shown.has(it)) return []
    shown.add(it)
    return [{ ...cell(it), children: childMounts(all, it).flatMap(branch) }]
  }
  const found = all.filter(matches)
  return (flags.firstOnly ? found.slice(0, 1) : found).flatMap(branch)
}

/** A line and all below it, without the tree. */
const flatten = (line: Line): Line[] => [{ cells: line.cells }, ...(line.children ?? []).flatMap(flatten)]
