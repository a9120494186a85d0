/**
 * What a command line of mount(8) leaves out: source, target, type and options from /etc/fstab or from what is mounted.
 * Linux: util-linux libmount/src/context.c:mnt_context_apply_fstab(), tab.c:mnt_table_is_fs_mounted().
 */
import { type Blocking, MS_BIND, MS_MOVE, MS_REMOUNT, type Sys } from '../../../abi/index.ts'
import { isSameSource, readTags, type Tags } from '../blkid/tags.ts'
import { type Process, usage } from '../command.ts'
import { type FstabEntry, isPseudoType, type MountEntry, mountAt } from '../mountinfo.ts'
import { canonical, parseOptions } from '../mountinfo-path.ts'
import type { Request } from './attach.ts'
import { fstabEntries, mountTable } from './tables.ts'

/** --options-mode, --options-source and --options-source-force. */
export interface OptionsMode {
  readonly mode: string
  readonly sources: readonly string[]
  readonly force: boolean
  /** An operation such as --make-shared was asked for, which concerns what is mounted and no table. */
  readonly isOperation: boolean
}

const MODES: readonly string[] = ['ignore', 'append', 'prepend', 'replace']
const SOURCES: readonly string[] = ['fstab', 'mtab', 'disable']

/** The options about options, checked. */
export function optionsMode(
  flags: {
    readonly optionsMode?: string | undefined
    readonly optionsSource?: string | undefined
    readonly optionsSourceForce?: boolean | undefined
  },
  isOperation: boolean,
): OptionsMode {
  const mode = flags.optionsMode ?? 'prepend'
  const sources = (flags.optionsSource ?? 'fstab,mtab').split(',')
  if (!MODES.includes(mode) || !sources.every(it => SOURCES.includes(it))) throw usage('bad usage')
  return { mode, sources, force: flags.optionsSourceForce ?? false, isOperation }
}

/** The request with what was left out; undefined if nothing is known of it. */
export function* complete(
  sys: Sys,
  me: Process,
  request: Request,
  by: OptionsMode,
  fstab?: string,
): Blocking<Request | undefined> {
  const isWhole = request.source !== undefined && request.target !== undefined
  const isUser = sys.getuid() !== 0 && sys.geteuid() === 0
  if (isWhole && !isUser && !by.force) return request
  const { flags, propagation } = parseOptions(request.options)
  const target = request.target ?? request.source!
  if (by.sources.includes('disable')) return { ...request, target }
  const entries = by.sources.includes('fstab') ? yield* fstabEntries(sys, me, fstab) : []
  const listed = yield* inFstab(sys, request, entries)
  if (flags & MS_REMOUNT) {
    const found = listed ?? (by.sources.includes('mtab') ? yield* mounted(sys, target) : undefined)
    if (found) return merged(by, request, { ...found, target: canonical(sys, target) })
  }
  if (flags & (MS_REMOUNT | MS_BIND | MS_MOVE) || (propagation.length && by.isOperation))
    return { ...request, target }
  if (listed) return merged(by, request, listed)
  return isWhole && !by.force ? request : undefined
}

/** The line of a table that has both places, or the one that is given as either. */
function* inFstab(
  sys: Sys,
  { source, target }: Request,
  entries: readonly FstabEntry[],
): Blocking<FstabEntry | undefined> {
  const path = (text: string): string => canonical(sys, text)
  const tags = yield* readTags(sys, [source ?? '', target ?? '', ...entries.map(it => it.source)], false)
  const isSource = (it: FstabEntry, text: string): boolean => isSameSource(tags, path, it.source, text)
  const isTarget = (it: FstabEntry, text: string): boolean => it.target === text || it.target === path(text)
  if (source !== undefined && target !== undefined)
    return entries.find(it => isSource(it, source) && isTarget(it, target))
  if (source !== undefined)
    return entries.find(it => isSource(it, source)) ?? entries.find(it => isTarget(it, source))
  return entries.find(it => isTarget(it, target!)) ?? entries.find(it => isSource(it, target!))
}

function* mounted(sys: Sys, target: string): Blocking<MountEntry | undefined> {
  return mountAt(yield* mountTable(sys), canonical(sys, target))
}

type Line = Pick<FstabEntry, 'source' | 'target' | 'fstype' | 'options'>

/** Linux: apply_fs(). */
function merged({ mode }: OptionsMode, request: Request, line: Line): Request {
  const lists = {
    ignore: [request.options],
    append: [request.options, line.options],
    prepend: [line.options, request.options],
    replace: [line.options],
  }[mode]!
  return {
    source: request.source ?? line.source,
    target: line.target,
    type: request.type ?? line.fstype,
    options: lists.filter(Boolean).join(','),
  }
}

/** Whether a line of /etc/fstab is mounted already: the same part of the same file system in its place. */
export function isMounted(sys: Sys, all: readonly MountEntry[], it: FstabEntry, tags: Tags): boolean {
  const { flags } = parseOptions(it.options)
  const bound = flags & MS_BIND ? rootOf(all, canonical(sys, it.source)) : undefined
  const device = tags.device(it.source)
  const source = bound?.source ?? (isPseudoType(it.fstype) ? it.source : device && canonical(sys, device))
  const target = canonical(sys, it.target)
  return all.some(
    at => at.source === source && at.root === (bound?.root ?? '/') && [it.target, target].includes(at.target),
  )
}

/** What a directory is to the file system it lies in. Linux: mnt_table_get_fs_root(). */
function rootOf(
  all: readonly MountEntry[],
  path: string,
): { readonly source: string; readonly root: string } | undefined {
  for (let at = path; ; at = at.slice(0, at.lastIndexOf('/')) || '/') {
    const it = mountAt(all, at)
    if (it) {
      const rest = path.slice(at === '/' ? 0 : at.length)
      return { source: it.source, root: `${it.root === '/' ? '' : it.root}${rest}` || '/' }
    }
    if (at === '/' || !at.startsWith('/')) return undefined
  }
}
