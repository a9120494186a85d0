/** The command line of xz, as data and as what it means. xz: args.c. */
import { getopt, GetoptError, type Options } from '../getopt.ts'
import { lzmaOptions } from './chain.ts'
import { CHECKS } from './checks.ts'
import { type Preset, presetOf } from './presets.ts'
import { sizeValue } from './sizes.ts'
import type { Format } from './suffix.ts'

export const OPTIONS = {
  compress: { short: 'z', help: 'compress' },
  decompress: { short: 'd', also: ['uncompress'], help: 'expand' },
  test: { short: 't', help: 'only look whether compressed files are whole' },
  list: { short: 'l', help: 'list what .xz files say of themselves' },
  keep: { short: 'k', help: 'leave input files where they are' },
  force: { short: 'f', help: 'overwrite, follow links, pass on what is not compressed' },
  stdout: { short: 'c', also: ['to-stdout'], help: 'write on standard output, keep input files' },
  singleStream: { help: 'expand the first stream only' },
  noSparse: { help: 'write zeros, no holes' },
  suffix: { short: 'S', value: '=.SUF', help: 'use this suffix on compressed files' },
  files: { value: '[=FILE]', help: 'read names of files, one a line' },
  files0: { value: '[=FILE]', help: 'read names of files, each with a NUL after it' },
  format: { short: 'F', value: '=FMT', help: 'auto, xz, lzma (alone) or raw' },
  check: { short: 'C', value: '=CHECK', help: 'none, crc32, crc64 or sha256' },
  ignoreCheck: { help: 'do not verify checksums' },
  level: { short: '0123456789', long: '', help: 'preset, from the fastest to the smallest; 6 if not given' },
  fast: {},
  best: {},
  extreme: { short: 'e', help: 'search longer for matches' },
  threads: { short: 'T', value: '=NUM', help: 'use that many threads, 0 for all processors' },
  blockSize: { value: '=SIZE', help: 'begin a block after so many bytes' },
  blockList: { value: '=SIZES', help: 'begin blocks after these, separated by commas' },
  flushTimeout: { value: '=TIMEOUT' },
  memlimitCompress: { value: '=LIMIT', help: 'memory that compressing may use' },
  memlimitDecompress: { value: '=LIMIT', help: 'memory that expanding may use' },
  memlimitMtDecompress: { value: '=LIMIT' },
  memlimit: { short: 'M', also: ['memory'], value: '=LIMIT', help: 'both' },
  noAdjust: {},
  lzma1: { value: '[=OPTS]', help: 'preset=, dict=, lc=, lp=, pb=, mode=, nice=, mf=, depth=' },
  lzma2: { value: '[=OPTS]', help: 'the same, for .xz' },
  x86: { value: '[=OPTS]' },
  arm: { value: '[=OPTS]' },
  armthumb: { value: '[=OPTS]' },
  arm64: { value: '[=OPTS]' },
  powerpc: { value: '[=OPTS]' },
  ia64: { value: '[=OPTS]' },
  sparc: { value: '[=OPTS]' },
  delta: { value: '[=OPTS]' },
  quiet: { short: 'q', help: 'no warnings; twice: no errors either' },
  verbose: { short: 'v', help: 'say what is done; twice: more' },
  noWarn: { short: 'Q', help: 'warnings do not change the exit status' },
  robot: { help: 'messages for programs' },
  infoMemory: { help: 'how much memory there is, and its limits' },
  help: { short: 'h', help: 'show this help' },
  longHelp: { short: 'H' },
  version: { short: 'V', help: 'show the version' },
  /** Known, but nothing was made of it. */
  recursive: { short: 'r', long: '' },
} as const satisfies Options

const FILTERS = ['x86', 'arm', 'armthumb', 'arm64', 'powerpc', 'ia64', 'sparc', 'delta']
const FORMATS: Readonly<Record<string, Format>> = {
  auto: 'auto',
  xz: 'xz',
  lzma: 'lzma',
  alone: 'lzma',
  raw: 'raw',
}

export type Mode = 'compress' | 'decompress' | 'test' | 'list'

/** What is to be done. */
export class Job {
  mode: Mode = 'compress'
  format: Format = 'auto'
  preset: Preset = presetOf(6, false)
  check = 4
  keep = false
  force = false
  stdout = false
  single = false
  ignoreCheck = false
  robot = false
  noWarn = false
  infoMemory = false
  /** 2 is what one hears of without -v and -q: warnings. */
  verbosity = 2
  threads = 1
  blockSize = 0
  blockList: number[] | undefined
  limits = { compress: 0, expand: 0 }
  suffix: string | undefined
  /** A file with names, and what separates them. */
  names: { file: string; separator: string } | undefined
  shows: 'help' | 'version' | undefined
  files: readonly string[] = []
}

/** The arguments in their order, since the last of several holds. */
export function parseJob(args: readonly string[], implied: Partial<Job>): Job {
  const job = Object.assign(new Job(), implied)
  const parsed = getopt(OPTIONS, args)
  const levels = digitsOf(args)
  let level = 6
  let extreme = false
  let chain: Preset | undefined
  let kind = ''
  for (const { key, value } of parsed.order) {
    if (job.shows) break
    if (key === 'level') level = levels.shift()!
    else if (key === 'fast' || key === 'best') level = key === 'fast' ? 0 : 9
    else if (key === 'extreme') extreme = true
    else if (key === 'lzma1' || key === 'lzma2') [chain, kind] = [lzmaOptions(value), key]
    else if (FILTERS.includes(key)) kind = key
    else apply(job, key, value)
  }
  job.preset = chain ?? presetOf(level, extreme)
  job.files = parsed.args
  if (!job.shows) agree(job, kind)
  return job
}

/** The digits among short options: which level each of them means. */
function digitsOf(args: readonly string[]): number[] {
  const levels: number[] = []
  const end = args.indexOf('--')
  for (const arg of end < 0 ? args : args.slice(0, end)) {
    if (!/^-[^-]/.test(arg)) continue
    for (const letter of arg.slice(1)) {
      if ('SFCTM'.includes(letter)) break
      if (/\d/.test(letter)) levels.push(Number(letter))
    }
  }
  return levels
}

function apply(job: Job, key: keyof typeof OPTIONS, value: string): void {
  if (key === 'compress' || key === 'decompress' || key === 'test' || key === 'list') job.mode = key
  else if (key === 'keep' || key === 'force' || key === 'stdout' || key === 'ignoreCheck') job[key] = true
  else if (key === 'robot' || key === 'noWarn' || key === 'infoMemory') job[key] = true
  else if (key === 'singleStream') job.single = true
  else if (key === 'verbose') job.verbosity = Math.min(4, job.verbosity + 1)
  else if (key === 'quiet') job.verbosity = Math.max(0, job.verbosity - 1)
  else if (key === 'help' || key === 'longHelp') job.shows = 'help'
  else if (key === 'version') job.shows = 'version'
  else if (key === 'recursive') throw new GetoptError('')
  else if (key === 'suffix') job.suffix = suffix(value)
  else if (key === 'format') job.format = format(value)
  else if (key === 'check') job.check = check(value)
  else if (key === 'threads') job.threads = threads(value)
  else if (key === 'files') job.names = { file: value || '-', separator: '\n' }
  else if (key === 'files0') job.names = { file: value || '-', separator: '\0' }
  else if (key === 'blockSize') job.blockSize = sizeValue(value, 'block-size', 0, 2 ** 63)
  else if (key === 'blockList')
    job.blockList = value.split(',').map(it => sizeValue(it || '0', 'block-list', 0, 2 ** 63))
  else if (key.startsWith('memlimit')) limit(job, key, value)
}

function suffix(value: string): string {
  if (!value || value.includes('/')) throw new GetoptError(`${value}: Invalid filename suffix`)
  return value
}

function format(value: string): Format {
  if (value === 'lzip') throw new GetoptError('Compression of lzip files (.lz) is not supported')
  const found = FORMATS[value]
  if (!found) throw new GetoptError(`${value}: Unknown file format type`)
  return found
}

function check(value: string): number {
  const found = CHECKS[value]
  if (found === undefined) throw new GetoptError(`${value}: Unsupported integrity check type`)
  return found
}

const threads = (value: string): number => sizeValue(value.replace(/^\+/, ''), 'threads', 0, 16384)

function limit(job: Job, key: string, value: string): void {
  const percent = /^(\d+)%$/.exec(value)
  const bytes = percent
    ? Number(percent[1]) * 2e7
    : value === 'max'
      ? 0
      : sizeValue(value, 'memlimit', 0, 2 ** 63)
  if (key === 'memlimitCompress' || key === 'memlimit') job.limits.compress = bytes
  if (key === 'memlimitDecompress' || key === 'memlimit') job.limits.expand = bytes
}

/** Whether filters and format go together. */
function agree(job: Job, kind: string): void {
  if (job.mode === 'list' && (job.format === 'lzma' || job.format === 'raw'))
    throw new GetoptError('--list works only on .xz files (--format=xz or --format=auto)')
  if (job.mode !== 'compress') return
  if (job.format === 'auto') job.format = 'xz'
  if (kind === 'lzma1' && job.format === 'xz')
    throw new GetoptError('LZMA1 cannot be used with the .xz format')
  if (FILTERS.includes(kind)) throw new GetoptError('Unsupported filter chain or filter options')
}
