/** The columns of findmnt and what stands in them. Linux: util-linux misc-utils/findmnt.c:get_data(). */
import { Errno, type Sys } from '../../../abi/index.ts'
import { fatal } from '../command.ts'
import { type FstabEntry, type MountEntry, propagationOf } from '../mountinfo.ts'
import type { Column } from '../smartcols.ts'

/** Which columns were asked for, and how they show. */
export interface Given {
  readonly bytes?: boolean | undefined
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
  ACTION: { name: 'ACTION' },
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

/** What -o, -D and --output-all ask for; none of a list without names. */
export function columnsOf(flags: Given): string[] {
  const usual = flags.df
    ? ['SOURCE', 'FSTYPE', 'SIZE', 'USED', 'AVAIL', 'USE%', 'TARGET']
    : ['TARGET', 'SOURCE', 'FSTYPE', 'OPTIONS']
  if (flags.outputAll) return Object.keys(COLUMNS).filter(name => !/^(ACTION|OLD-)/.test(name))
  if (flags.output === undefined) return usual
  if (/^\+?$/.test(flags.output)) return []
  const given = flags.output.replace(/^\+/, '').split(',')
  const named = given.map(it => it.toUpperCase())
  named.forEach((it, i) => {
    if (!COLUMNS[it]) throw fatal(`unknown column: ${given[i]}`)
  })
  return flags.output.startsWith('+') ? [...usual, ...named] : named
}

/** A mount as findmnt shows it; a line of fstab has no ids but fields of its own. */
export type Entry = MountEntry & Partial<Pick<FstabEntry, 'freq' | 'passno'>>

interface Sizes {
  readonly blocks: number
  readonly size: number
  readonly used: number
  readonly avail: number
}

/** How large and how full a mounted file system is. */
export function fsSizes(sys: Sys, it: MountEntry): Sizes | undefined {
  try {
    const fs = sys.statfs(it.target)
    return {
      blocks: fs.blocks,
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
  return flags.bytes ? String(bytes) : humanSize(bytes)
}

/** 1.3G, 977.3M, 40K: one decimal unless it is zero. Linux: size_to_human_string(). */
function humanSize(bytes: number): string {
  let unit = 0
  let scale = 1
  while (unit < 6 && bytes >= scale * 1024) {
    scale *= 1024
    unit++
  }
  const letter = unit ? 'KMGTPE'[unit - 1] : 'B'
  if (bytes === 0) return '0'
  let whole = Math.floor(bytes / scale)
  let tenth = Math.floor((((bytes % scale) * 100) / scale + 5) / 10)
  if (tenth === 10) {
    whole++
    tenth = 0
  }
  return tenth ? `${whole}.${tenth}${letter}` : `${whole}${letter}`
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

/** One cell. */
export function cellOf(sys: Sys, flags: Given, it: Entry, name: string): string {
  switch (name) {
    case 'TARGET':
      return it.target
    case 'SOURCE':
    case 'SOURCES':
      return it.root !== '/' && it.root !== '' && !flags.nofsroot && name === 'SOURCE'
        ? `${it.source}[${it.root}]`
        : it.source
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
      return it.dev
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
