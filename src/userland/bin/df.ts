/**
 * df - report file system disk space usage
 * https://www.gnu.org/software/coreutils/manual/html_node/df-invocation.html
 */
import { Errno, isBlk, type Statfs, type Sys } from '../../abi/index.ts'
import { command, fatal, type Process, readFile, usage } from '../lib/command.ts'
import { type MountEntry, parseMountinfo } from '../lib/mountinfo.ts'
import { defaultBlockSize, humanSize, parseBlockSize } from '../lib/numbers.ts'
import { canonicalize } from '../lib/path.ts'
import { quote, quotef } from '../lib/quote.ts'
import { textWidth } from '../lib/wcwidth.ts'

const FIELDS = [
  'source',
  'fstype',
  'itotal',
  'iused',
  'iavail',
  'ipcent',
  'size',
  'used',
  'avail',
  'pcent',
  'file',
  'target',
] as const
type Field = (typeof FIELDS)[number]

/** File systems that only -a shows. gnulib mountlist.c: ME_DUMMY. */
const DUMMY = new Set([
  'autofs',
  'proc',
  'subfs',
  'debugfs',
  'devpts',
  'fusectl',
  'fuse.portal',
  'mqueue',
  'rpc_pipefs',
  'sysfs',
  'devfs',
  'kernfs',
  'ignore',
])
const REMOTE = new Set(['nfs', 'nfs4', 'cifs', 'smb3', 'smbfs', 'ncpfs', 'afs', 'auristorfs'])

interface Show {
  readonly block: number
  /** 0 for plain blocks. */
  readonly human: number
  readonly posix: boolean
  readonly suffix: string
  /** The columns are those of --output. */
  readonly listed: boolean
}

interface Row {
  readonly mount: MountEntry
  readonly stat: Statfs
  readonly file: string
}

export default command({
  name: 'df',
  summary:
    'Show information about the file system on which each FILE resides,\nor all file systems by default.',
  usage: 'df [OPTION]... [FILE]...',
  authors: 'Torbjorn Granlund, David MacKenzie, and Paul Eggert',
  options: {
    all: { short: 'a', help: 'include pseudo, duplicate, inaccessible file systems' },
    blockSize: {
      short: 'B',
      value: '=SIZE',
      help: "scale sizes by SIZE before printing them; e.g.,\n'-BM' prints sizes in units of 1,048,576 bytes;\nsee SIZE format below",
    },
    humanReadable: { short: 'h', help: 'print sizes in powers of 1024 (e.g., 1023M)' },
    si: { short: 'H', help: 'print sizes in powers of 1000 (e.g., 1.1G)' },
    inodes: { short: 'i', help: 'list inode information instead of block usage' },
    k: { help: 'like --block-size=1K' },
    m: { help: 'like --block-size=1M' },
    local: { short: 'l', help: 'limit listing to local file systems' },
    noSync: { help: 'do not invoke sync before getting usage info (default)' },
    output: {
      value: '[=FIELD_LIST]',
      help: 'use the output format defined by FIELD_LIST,\nor print all fields if FIELD_LIST is omitted.',
    },
    portability: { short: 'P', help: 'use the POSIX output format' },
    sync: { help: 'invoke sync before getting usage info' },
    total: { help: 'elide all entries insignificant to available space,\nand produce a grand total' },
    type: { short: 't', value: '=TYPE', repeat: true, help: 'limit listing to file systems of type TYPE' },
    printType: { short: 'T', help: 'print file system type' },
    excludeType: {
      short: 'x',
      value: '=TYPE',
      repeat: true,
      help: 'limit listing to file systems not of type TYPE',
    },
    v: { help: '(ignored)' },
  },

  *main(sys, flags, args, me) {
    const both = flags.type?.find(type => flags.excludeType?.includes(type))
    if (both !== undefined) throw fatal(`file system type ${quote(both)} both selected and excluded`)
    const show = showOf()
    const fields = fieldsOf()
    const mounts = parseMountinfo(yield* readFile(sys, '/proc/self/mountinfo'))
    let status = 0
    const rows: Row[] = []
    if (args.length) {
      for (const name of args) {
        try {
          const row = ofFile(sys, mounts, name)
          if (row && wanted(row.mount)) rows.push(row)
        } catch (e) {
          yield* me.warn(quotef(name), e)
          status = 1
        }
      }
    } else
      for (const mount of flags.all ? mounts : distinct(sys, mounts)) {
        if (!wanted(mount)) continue
        try {
          const stat = sys.statfs(mount.target)
          if (stat.blocks || flags.all) rows.push({ mount, stat, file: '-' })
        } catch (e) {
          if (!(e instanceof Errno)) throw e
          yield* me.warn(quotef(mount.target), e)
          status = 1
        }
      }
    if (!rows.length) {
      if (!status) throw fatal('no file systems processed')
      return status
    }
    print(me as Process, fields, show, rows, Boolean(flags.total))
    return status

    function wanted(mount: MountEntry): boolean {
      if (flags.type && !flags.type.includes(mount.fstype)) return false
      if (flags.excludeType?.includes(mount.fstype)) return false
      return !(flags.local && REMOTE.has(mount.fstype))
    }

    function showOf(): Show {
      let { block, human, suffix } = defaultBlockSize(me.env, 'DF_BLOCK_SIZE')
      for (const { key, value } of me.order) {
        if (key === 'humanReadable') human = 1024
        else if (key === 'si') human = 1000
        else if (key === 'k' || key === 'm') {
          block = key === 'k' ? 1024 : 1048576
          human = 0
          suffix = ''
        } else if (key === 'blockSize') {
          const it = parseBlockSize(value)
          if (!it)
            throw fatal(
              `invalid ${/^[1-9]\d*[^\d]/.test(value) ? 'suffix in ' : ''}${me.argv.some(arg => arg.startsWith('--b')) ? '--block-size' : '-B'} argument '${value}'`,
            )
          block = it.block
          human = it.human
          suffix = it.suffix
        }
      }
      return { block, human, suffix, posix: Boolean(flags.portability), listed: flags.output !== undefined }
    }

    function fieldsOf(): readonly Field[] {
      if (flags.output !== undefined) {
        for (const [key, letter] of [
          ['inodes', '-i'],
          ['portability', '-P'],
          ['printType', '-T'],
        ] as const)
          if (flags[key]) throw usage(`options ${letter} and --output are mutually exclusive`)
        if (!flags.output) return FIELDS
        const list = flags.output.split(',')
        for (const [i, name] of list.entries()) {
          if (!FIELDS.includes(name as Field)) throw usage(`option --output: field ${quote(name)} unknown`)
          if (list.indexOf(name) < i) throw usage(`option --output: field ${quote(name)} used more than once`)
        }
        return list as Field[]
      }
      const type: Field[] = flags.printType ? ['fstype'] : []
      return flags.inodes
        ? ['source', ...type, 'itotal', 'iused', 'iavail', 'ipcent', 'target']
        : ['source', ...type, 'size', 'used', 'avail', 'pcent', 'target']
    }
  },
})

/** The mounts that count without -a: no pseudo file systems, each device once. */
function distinct(sys: Sys, mounts: readonly MountEntry[]): MountEntry[] {
  const seen = new Map<number, MountEntry>()
  const kept: MountEntry[] = []
  for (const mount of mounts) {
    if (DUMMY.has(mount.fstype)) continue
    let dev: number
    try {
      dev = sys.stat(mount.target).dev
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      continue
    }
    const other = seen.get(dev)
    // The one nearer to the root of its file system, or with the shorter name, stands for the device.
    if (!other) {
      seen.set(dev, mount)
      kept.push(mount)
    } else if (
      (mount.source.includes('/') && !other.source.includes('/')) ||
      (other.target.length > mount.target.length && other.root.length >= mount.root.length) ||
      (mount.source !== other.source && mount.target === other.target)
    ) {
      kept[kept.indexOf(other)] = mount
      seen.set(dev, mount)
    }
  }
  return kept
}

/** The mount a file is on; for a device, the one of its file system. */
function ofFile(sys: Sys, mounts: readonly MountEntry[], name: string): Row | undefined {
  const stat = sys.stat(name)
  if (isBlk(stat)) {
    const device = canonicalize(sys, name)
    const mount = mounts.findLast(it => it.source === device)
    if (mount) return { mount, stat: sys.statfs(mount.target), file: name }
  }
  const path = canonicalize(sys, name)
  let best: MountEntry | undefined
  for (const it of mounts) {
    const inside = it.target === '/' || path === it.target || path.startsWith(`${it.target}/`)
    if (inside && (!best || it.target.length >= best.target.length)) best = it
  }
  return best && { mount: best, stat: sys.statfs(name), file: name }
}

const TITLES: Readonly<Record<Field, string>> = {
  source: 'Filesystem',
  fstype: 'Type',
  itotal: 'Inodes',
  iused: 'IUsed',
  iavail: 'IFree',
  ipcent: 'IUse%',
  size: '',
  used: 'Used',
  avail: 'Available',
  pcent: 'Use%',
  file: 'File',
  target: 'Mounted on',
}

function title(field: Field, show: Show): string {
  if (field === 'pcent' && show.posix && !show.human) return 'Capacity'
  if (field === 'avail' && (show.human || show.listed)) return 'Avail'
  if (field !== 'size') return TITLES[field]
  if (show.human) return 'Size'
  if (show.posix) return `${show.block}-blocks`
  return `${unit(show.block)}${show.suffix.endsWith('iB') ? 'iB' : ''}-blocks`
}

function unit(block: number): string {
  for (const [base, suffix] of [
    [1024, ''],
    [1000, 'B'],
  ] as const) {
    let value = block
    let power = 0
    while (value % base === 0 && value >= base) {
      value /= base
      power++
    }
    if (power && (base === 1024 || value < 1000)) {
      const letter = base === 1000 && power === 1 ? 'k' : ' KMGTPEZY'[power]!
      return `${value}${letter}${suffix}`
    }
  }
  return `${block}B`
}

function percent(used: number, available: number): string {
  const all = used + available
  return all > 0 ? `${Math.ceil((used * 100) / all)}%` : '-'
}

function print(
  me: Process,
  fields: readonly Field[],
  show: Show,
  rows: readonly Row[],
  total: boolean,
): void {
  const size = (bytes: number): string =>
    show.human ? humanSize(bytes, show.human) : Math.ceil(bytes / show.block) + show.suffix
  const count = (number: number): string => (show.human ? humanSize(number, show.human) : String(number))
  const cells = (
    it: Statfs,
    names: { source: string; fstype: string; file: string; target: string },
  ): string[] =>
    fields.map(field => {
      const bytes = it.bsize
      switch (field) {
        case 'itotal':
          return count(it.files)
        case 'iused':
          return count(it.files - it.ffree)
        case 'iavail':
          return count(it.ffree)
        case 'ipcent':
          return it.files ? percent(it.files - it.ffree, it.ffree) : '-'
        case 'size':
          return it.blocks || it.bfree ? size(it.blocks * bytes) : it.type ? '0' : '-'
        case 'used':
          return size((it.blocks - it.bfree) * bytes)
        case 'avail':
          return size(it.bavail * bytes)
        case 'pcent':
          return percent(it.blocks - it.bfree, it.bavail)
        default:
          return names[field]
      }
    })
  const table = [
    fields.map(it => title(it, show)),
    ...rows.map(({ mount, stat, file }) =>
      cells(stat, { source: mount.source, fstype: mount.fstype, file, target: mount.target }),
    ),
  ]
  if (total) {
    const sum = { ...rows[0]!.stat, bsize: 1, blocks: 0, bfree: 0, bavail: 0, files: 0, ffree: 0 } as {
      -readonly [K in keyof Statfs]: Statfs[K]
    }
    for (const { stat } of rows) {
      sum.blocks += stat.blocks * stat.bsize
      sum.bfree += stat.bfree * stat.bsize
      sum.bavail += stat.bavail * stat.bsize
      sum.files += stat.files
      sum.ffree += stat.ffree
    }
    const last = fields.includes('source') ? '-' : 'total'
    table.push(cells(sum, { source: 'total', fstype: '-', file: '-', target: last }))
  }
  const left = (field: Field): boolean => ['source', 'fstype', 'file', 'target'].includes(field)
  const widths = fields.map((field, i) => Math.max(minimum(field), ...table.map(row => textWidth(row[i]!))))
  for (const row of table) {
    const texts = row.map((text, i) => {
      if (i === row.length - 1 && left(fields[i]!)) return text
      const missing = ' '.repeat(Math.max(0, widths[i]! - textWidth(text)))
      return left(fields[i]!) ? text + missing : missing + text
    })
    me.out.line(texts.join(' '))
  }
}

/** Columns are at least as wide as df.c's field table says. */
function minimum(field: Field): number {
  switch (field) {
    case 'source':
      return 14
    case 'fstype':
      return 4
    case 'size':
    case 'used':
    case 'avail':
    case 'itotal':
    case 'iused':
    case 'iavail':
      return 5
    case 'pcent':
    case 'ipcent':
      return 4
    default:
      return 0
  }
}
