/**
 * The options of an ext4 mount: what may be asked for, and how mountinfo shows it. Linux: fs/ext4/super.c:
 * ext4_parse_param(), ext4_check_opt_consistency(), _ext4_show_options().
 *
 * Left out: abort, options of encryption and of journals elsewhere; but for grpid they change nothing here.
 */
import { EINVAL } from '../abi/index.ts'
import type { Vfs } from '../vfs/index.ts'

/** What differs from the defaults, by the name it is shown with. */
export type Ext4Options = Readonly<Record<string, string | true>>

/** Options without a value: what they set, or with `-` before it what they take back. */
const SWITCHES: Readonly<Record<string, readonly string[]>> = {
  minixdf: ['minixdf'],
  bsddf: ['-minixdf'],
  grpid: ['grpid'],
  bsdgroups: ['grpid'],
  nogrpid: ['-grpid'],
  sysvgroups: ['-grpid'],
  block_validity: ['-noblock_validity'],
  noblock_validity: ['noblock_validity'],
  dioread_nolock: ['-nodioread_nolock'],
  dioread_lock: ['nodioread_nolock'],
  nodioread_nolock: ['nodioread_nolock'],
  discard: ['discard'],
  nodiscard: ['-discard'],
  delalloc: ['-nodelalloc'],
  nodelalloc: ['nodelalloc'],
  journal_checksum: [],
  nojournal_checksum: [],
  noload: ['norecovery'],
  norecovery: ['norecovery'],
  'data_err=abort': ['data_err=abort'],
  'data_err=ignore': ['-data_err=abort'],
  barrier: ['-nobarrier'],
  'barrier=1': ['-nobarrier'],
  'barrier=0': ['nobarrier'],
  nobarrier: ['nobarrier'],
  auto_da_alloc: ['-noauto_da_alloc'],
  'auto_da_alloc=1': ['-noauto_da_alloc'],
  'auto_da_alloc=0': ['noauto_da_alloc'],
  noauto_da_alloc: ['noauto_da_alloc'],
  noinit_itable: ['noinit_itable', '-init_itable'],
  init_itable: ['-noinit_itable', '-init_itable'],
  nouid32: ['nouid32'],
  debug: ['debug'],
  quota: ['usrquota'],
  usrquota: ['usrquota'],
  grpquota: ['grpquota'],
  noquota: ['-usrquota', '-grpquota'],
  user_xattr: [],
  acl: [],
  i_version: [],
}

const words = (text: string): readonly string[] => text.split(/\s+/)

/** Options that older kernels knew. */
const REMOVED = words(
  `orlov oldalloc bh nobh mblk_io_submit nomblk_io_submit check nocheck reservation noreservation journal
  prefetch_block_bitmaps`,
)

const CHOICES: Readonly<Record<string, readonly string[]>> = {
  errors: ['continue', 'remount-ro', 'panic'],
  data: ['ordered', 'journal', 'writeback'],
}

/** Options with a number, and the number that is not shown. */
const NUMBERS: Readonly<Record<string, number>> = {
  resuid: 0,
  resgid: 0,
  commit: 5,
  min_batch_time: 0,
  max_batch_time: 15000,
  stripe: 0,
  inode_readahead_blks: 32,
  init_itable: 10,
  max_dir_size_kb: 0,
  journal_ioprio: -1,
}

/** JBD2_MAX_COMMIT_INTERVAL in seconds at 250 ticks each. */
const MAX_COMMIT = 8589934

/** The options after a mount or, with those of before, a remount. Errors: EINVAL, with a line in the kernel's log. */
export function parseExt4Options(v: Vfs, text: string, before?: Ext4Options): Ext4Options {
  const options: Record<string, string | true> = { ...before }
  for (const option of text.split(',')) {
    if (!option) continue
    const why = apply(v, options, option, before)
    if (why === undefined) continue
    v.host.log(why)
    throw EINVAL
  }
  return options
}

/** Take one option; returns why it is refused. */
function apply(
  v: Vfs,
  options: Record<string, string | true>,
  option: string,
  before: Ext4Options | undefined,
): string | undefined {
  const [key = '', value = ''] = option.split(/=(.*)/s)
  const changes = SWITCHES[option]
  if (changes) {
    for (const it of changes) set(options, it.replace(/^-/, ''), !it.startsWith('-'))
    return undefined
  }
  if (REMOVED.includes(key)) return void v.host.log(`EXT4-fs: Ignoring removed ${key} option`)
  if (CHOICES[key]) return choose(options, key, value, before)
  if (key in NUMBERS) return setNumber(options, key, value)
  if (/^journal_(dev|path)$/.test(key) && before) return 'EXT4-fs: Cannot specify journal on remount'
  if (key === 'prjquota')
    return 'EXT4-fs: Project quota feature not enabled. Cannot enable project quota enforcement.'
  return `ext4: Unknown parameter '${key}'`
}

function choose(
  options: Record<string, string | true>,
  key: string,
  value: string,
  before: Ext4Options | undefined,
): string | undefined {
  const choices = CHOICES[key]!
  if (!choices.includes(value)) return `ext4: Bad value for '${key}'`
  if (key === 'data' && before && value !== (before.data ?? 'ordered'))
    return 'EXT4-fs: Cannot change data mode on remount'
  set(options, key, value !== choices[0] && value)
  return undefined
}

function setNumber(options: Record<string, string | true>, key: string, value: string): string | undefined {
  if (!/^\d+$/.test(value)) return `ext4: Bad value for '${key}'`
  const why = whyBad(key, Number(value))
  if (why) return `EXT4-fs: ${why}`
  set(options, key, !isDefault(key, Number(value)) && value)
  return undefined
}

function set(options: Record<string, string | true>, name: string, value: string | boolean): void {
  if (value) options[name] = value
  else delete options[name]
}

const isDefault = (key: string, number: number): boolean =>
  number === NUMBERS[key] || (key === 'commit' && number === 0)

function whyBad(key: string, number: number): string | undefined {
  if (key === 'commit' && number > MAX_COMMIT)
    return `Invalid commit interval ${number}, must be smaller than ${MAX_COMMIT}`
  if (key === 'inode_readahead_blks' && !Number.isInteger(Math.log2(number || 1)))
    return 'EXT4-fs: inode_readahead_blks must be 0 or a power of 2 smaller than 2^31'
  if (key === 'journal_ioprio' && number > 7) return 'Invalid journal IO priority (must be 0-7)'
  return undefined
}

/** The order of ext4_mount_opts, and behind it what has a value. */
const SHOWN = words(
  `minixdf grpid noblock_validity nodioread_nolock discard nodelalloc norecovery data_err=abort nobarrier
  noauto_da_alloc noinit_itable nouid32 debug quota usrquota grpquota resuid resgid errors commit min_batch_time
  max_batch_time stripe data inode_readahead_blks init_itable max_dir_size_kb`,
)

/** Linux: _ext4_show_options(). */
export function showExt4Options(options: Ext4Options): string {
  const all: Ext4Options = options.usrquota ? { ...options, quota: true } : options
  return SHOWN.filter(name => all[name])
    .map(name => (all[name] === true ? name : `${name}=${all[name]}`))
    .join(',')
}

/** What the kernel says of a mount and a remount. Linux: ext4_quota_mode(). */
export const quotaMode = (options: Ext4Options): string =>
  options.usrquota || options.grpquota ? 'writeback' : 'none'
