/** Which mounts findmnt was asked for. Linux: util-linux misc-utils/findmnt.c:match_func(). */
import { refusal, type Sys } from '../../../abi/index.ts'
import { isSameSource, type Tags } from '../blkid/tags.ts'
import {
  isPseudoType,
  isShadowed,
  type MountEntry,
  matchesOptions,
  matchesType,
  mountAt,
} from '../mountinfo.ts'
import { canonical } from '../mountinfo-path.ts'

/** The filters among findmnt's options. */
export interface Filters {
  readonly all?: boolean | undefined
  readonly df?: boolean | undefined
  readonly invert?: boolean | undefined
  readonly mountpoint?: string | undefined
  readonly nocanonicalize?: boolean | undefined
  readonly options?: string | undefined
  readonly poll?: string | undefined
  readonly pseudo?: boolean | undefined
  readonly real?: boolean | undefined
  readonly shadowed?: boolean | undefined
  readonly source?: string | undefined
  readonly target?: string | undefined
  readonly types?: string | undefined
}

/** Whether a mount of the table `all` is one of those asked for. */
export function matcher(
  sys: Sys,
  flags: Filters,
  args: readonly string[],
  all: readonly MountEntry[],
  tags: Tags,
): (it: MountEntry) => boolean {
  const [first, second] = args
  const path = (text: string): string => (flags.nocanonicalize ? text : canonical(sys, text))
  const sourceIs = (it: MountEntry, text: string): boolean =>
    it.dev === text || `${it.source}[${it.root}]` === text || isSameSource(tags, path, it.source, text)
  const place = flags.target === undefined ? undefined : placeOf(sys, flags.target, all, path, flags.poll)
  const matches = (it: MountEntry): boolean => {
    if (second !== undefined && !(sourceIs(it, first!) && it.target === path(second))) return false
    if (first !== undefined && second === undefined && !(it.target === path(first) || sourceIs(it, first)))
      return false
    if (flags.source !== undefined && !sourceIs(it, flags.source)) return false
    if (flags.target !== undefined && it.target !== place) return false
    if (flags.mountpoint !== undefined && it.target !== path(flags.mountpoint)) return false
    if (flags.types !== undefined && !matchesType(it.fstype, flags.types)) return false
    if (flags.options !== undefined && !matchesOptions(it.options, flags.options)) return false
    // Of what is in memory only, df(1) shows tmpfs, whatever else is asked for.
    if (flags.df && !flags.all && it.fstype.includes('tmpfs')) return true
    if (flags.df && !flags.all && isPseudoType(it.fstype)) return false
    if (flags.real && isPseudoType(it.fstype)) return false
    if (flags.pseudo && !isPseudoType(it.fstype)) return false
    return !(flags.shadowed && !isShadowed(all, it))
  }
  return it => matches(it) !== (flags.invert ?? false)
}

/** The mount point above what -T names; while polling the name is taken as it is. */
function placeOf(
  sys: Sys,
  target: string,
  all: readonly MountEntry[],
  path: (text: string) => string,
  poll: string | undefined,
): string | undefined {
  if (poll !== undefined) return path(target)
  return refusal(() => sys.stat(target)) === undefined ? containing(all, path(target)) : undefined
}

/** The mount a path lies in. */
function containing(all: readonly MountEntry[], path: string): string | undefined {
  for (let at = path; ; at = at.slice(0, at.lastIndexOf('/')) || '/') {
    if (mountAt(all, at)) return at
    if (at === '/' || !at.startsWith('/')) return undefined
  }
}
