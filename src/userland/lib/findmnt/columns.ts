/** The columns of findmnt and what stands in them. Linux: util-linux misc-utils/findmnt.c:get_data(). */
import { Errno, type Sys } from '../../../abi/index.ts'
import { columnIds } from '../idarray.ts'
import { type FstabEntry, type MountEntry, propagationOf } from '../mountinfo.ts'
import { sizeToHuman } from '../human.ts'
import type { Column } from '../smartcols.ts'
import type { Change } from './poll.ts'
import type { Tags } from '../blkid/tags.ts'

/** Which columns were asked for, and how they show. */
export interface Given {
  readonly bytes?: boolean | undefined
  readonly evaluate?: boolean | undefined
  readonly json?: boolean | undefined
  readonly pairs?: boolean | undefined
  readonly poll?: string | undefined
  readonly raw?: boolean | undefined
  readonly df?: boolean | undefined
  readonly fstab?: boolean | undefined
  readonly nofsroot?: boolean | undefined
  readonly output?: string | undefined
  readonly outputAll?: boolean | undefined
  readonly task?: string | undefined
  readonly vfsAll?: boolean | undefined
}

/** The columns in the order of --output-all. */
export const COLUMNS: Readonly<Record<string, Column>> = {
  ACTION: { name: 'ACTION', hint: 10, strict: true },
  AVAIL: { name: 'AVAIL', hint: 5, right: true },
  FREQ: { name: 'FREQ', hint: 1, right: true },
  FSROOT: { name: 'FSROOT', hint: 0.25, noExtremes: true },
  FSTYPE: { name: 'FSTYPE', hint: 0.1, trunc: true },
  'FS-OPTIONS': { name: 'FS-OPTIONS', hint: 0.1, trunc: true },
  ID: { name: 'ID', hint: 2, right: true, json: 'number' },
  LABEL: { name: 'LABEL', hint: 0.1 },
  'MAJ:MIN': { name: 'MAJ:MIN', hint: 6 },
  'OLD-OPTIONS': { name: 'OLD-OPTIONS', hint: 0.1, trunc: true },
  'OLD-TARGET': { name: 'OLD-TARGET', hint: 0.3 },
  OPTIONS: { name: 'OPTIONS', hint: 0.1, trunc: true },
  'OPT-FIELDS': { name: 'OPT-FIELDS', hint: 0.1, trunc: true },
  PARENT: { name: 'PARENT', hint: 2, right: true, json: 'number' },
  PARTLABEL: { name: 'PARTLABEL', hint: 0.1 },
  PARTUUID: { name: 'PARTUUID', hint: 36 },
  PASSNO: { name: 'PASSNO', hint: 1, right: true },
  PROPAGATION: { name: 'PROPAGATION', hint: 0.1 },
  SIZE: { name: 'SIZE', hint: 5, right: true },
  SOURCE: { name: 'SOURCE', hint: 0.25, noExtremes: true },
  SOURCES: { name: 'SOURCES', hint: 0.25 },
  TARGET: { name: 'TARGET', hint: 0.3, tree: true, noExtremes: true },
  TID: { name: 'TID', hint: 4, right: true, json: 'number' },
  USED: { name: 'USED', hint: 5, right: true },
  'USE%': { name: 'USE%', hint: 3, right: true },
  UUID: { name: 'UUID', hint: 36 },
  'VFS-OPTIONS': { name: 'VFS-OPTIONS', hint: 0.2, trunc: true },
}

/** What -o, -D, -p and --output-all ask for. */
export function columnsOf(flags: Given): string[] {
  const usual = flags.df
    ? ['SOURCE', 'FSTYPE', 'SIZE', 'USED', 'AVAIL', 'USE%', 'TARGET']
    : [...(flags.poll === undefined ? [] : ['ACTION']), 'TARGET', 'SOURCE', 'FSTYPE', 'OPTIONS']
  if (flags.outputAll) return Object.keys(COLUMNS).filter(name => !/^(ACTION|OLD-)/.test(name))
  if (flags.output === undefined) return usual
  const named = columnIds(flags.output, COLUMNS)
  return flags.output.startsWith('+') ? [...usual, ...named] : named
}

/** A mount as findmnt shows it; a line of fstab has no ids but fields of its own. */
export type Entry = MountEntry & Partial<Pick<FstabEntry, 'freq' | 'passno'>>

interface Sizes {
  readonly size: number
  readonly used: number
  readonly avail: number
}

/** How large and how full a mounted file system is. */
function fsSizes(sys: Sys, it: MountEntry): Sizes | undefined {
  try {
    const fs = sys.statfs(it.target)
    return {
      size: fs.blocks * fs.bsize,
      used: (fs.blocks - fs.bfree) * fs.bsize,
      avail: fs.bavail * fs.bsize,
    }
  } catch (e) {
    if (e instanceof Errno) return undefined
    throw e
  }
}

function sizeCell(sys: Sys, flags: Given, it: MountEntry, name: string): string {
  const found = fsSizes(sys, it)
  if (!found) return ''
  if (name === 'USE%')
    return found.size ? `${Math.ceil((found.used / (found.used + found.avail || 1)) * 100)}%` : '-'
  const bytes = name === 'SIZE' ? found.size : name === 'USED' ? found.used : found.avail
  return flags.bytes || !bytes ? String(bytes) : sizeToHuman(bytes)
}

/** What may stand in the options of a mount, each beside its opposite. Linux: libmount's MNT_LINUX_MAP. */
const VFS_OPTIONS = [
  ['ro', 'rw'],
  ['exec', 'noexec'],
  ['suid', 'nosuid'],
  ['dev', 'nodev'],
  ['async', 'sync'],
  ['loud', 'silent'],
  ['nomand', 'mand'],
  ['atime', 'noatime'],
  ['noiversion', 'iversion'],
  ['diratime', 'nodiratime'],
  ['norelatime', 'relatime'],
  ['nostrictatime', 'strictatime'],
  ['nolazytime', 'lazytime'],
  ['symfollow', 'nosymfollow'],
] as const

/** --vfs-all: also the options that hold because their opposites are not set. */
function allVfsOptions(options: string): string {
  const given = options.split(',')
  const all = VFS_OPTIONS.map(pair => pair.find(it => given.includes(it)) ?? pair[0])
  return all.join(',')
}

/** `  7:0  `, so that the colons stand below each other. */
const paddedNumbers = (dev: string): string =>
  dev.replace(/^(\d+):(\d+)$/, (_, major, minor) => `${major.padStart(3)}:${minor.padEnd(3)}`)

/** One cell; of a change while polling. */
export function cellOf(
  sys: Sys,
  flags: Given,
  tags: Tags,
  it: Entry,
  name: string,
  { action, old }: Partial<Change> = {},
): string {
  switch (name) {
    case 'ACTION':
      return action ?? ''
    case 'OLD-TARGET':
      return old && (action === 'umount' || old.target !== it.target) ? old.target : ''
    case 'OLD-OPTIONS':
      return old && (action === 'umount' || old.options !== it.options) ? old.options : ''
    case 'TARGET':
      return it.target
    case 'SOURCE':
    case 'SOURCES': {
      const source = flags.evaluate ? (tags.device(it.source) ?? '') : it.source
      const showsRoot = it.root !== '/' && it.root !== '' && !flags.nofsroot && name === 'SOURCE'
      return showsRoot ? `${source}[${it.root}]` : source
    }
    case 'LABEL':
    case 'UUID':
    case 'PARTLABEL':
    case 'PARTUUID':
      return tags.value(it.source, name)
    case 'FSTYPE':
      return it.fstype
    case 'OPTIONS':
      return it.options
    case 'VFS-OPTIONS':
      return flags.vfsAll ? allVfsOptions(it.vfsOptions) : it.vfsOptions
    case 'FS-OPTIONS':
      return it.fsOptions
    case 'OPT-FIELDS':
      return it.optFields
    case 'FSROOT':
      return it.root
    case 'ID':
      return flags.fstab ? '' : String(it.id)
    case 'PARENT':
      return flags.fstab ? '' : String(it.parent)
    case 'MAJ:MIN':
      return flags.raw || flags.pairs || flags.json ? it.dev : paddedNumbers(it.dev)
    case 'PROPAGATION':
      return flags.fstab ? '' : propagationOf(it)
    case 'FREQ':
      return it.freq ?? ''
    case 'PASSNO':
      return it.passno ?? ''
    case 'TID':
      return flags.task ?? String(sys.getpid())
    case 'SIZE':
    case 'USED':
    case 'AVAIL':
    case 'USE%':
      return sizeCell(sys, flags, it, name)
    default:
      return ''
  }
}
