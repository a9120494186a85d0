/**
 * Ranges of subordinate ids: what /etc/subuid grants, and the command lines of newuidmap and newgidmap.
 * Linux: util-linux sys-utils/unshare.c:read_subid_range(), map_ids(); subuid(5).
 */
import type { Blocking, Sys } from '../../abi/index.ts'
import { fatal } from './command.ts'
import { procText } from './proc.ts'
import { readUsers, userName } from './users.ts'

/** `count` ids from `inner` on inside the namespace are those from `outer` on outside. */
export interface IdRange {
  readonly outer: number
  readonly inner: number
  readonly count: number
}

/** All ranges a user has in /etc/subuid or /etc/subgid. */
export function* grantedRanges(sys: Sys, file: string, uid: number): Blocking<IdRange[]> {
  const name = userName(yield* readUsers(sys), uid)
  const found: IdRange[] = []
  for (const line of ((yield* procText(sys, file)) ?? '').split('\n')) {
    const [who, first, count] = line.split(':')
    if (who && first && count && (who === name || who === String(uid)))
      found.push({ outer: Number(first), inner: 0, count: Number(count) })
  }
  return found
}

/** unshare takes names for numbers where that is how strtoul(3) reads them: any name is 0, so root gets the first line. */
function* firstRange(sys: Sys, file: string, uid: number): Blocking<IdRange | undefined> {
  if (uid) return undefined
  const [, first, count] = ((yield* procText(sys, file)) ?? '').split('\n')[0]!.split(':')
  return first && count ? { outer: Number(first), inner: 0, count: Number(count) } : undefined
}

/** The first range the calling user has. */
export function* readSubids(sys: Sys, file: string): Blocking<IdRange> {
  const uid = sys.geteuid()
  const found = (yield* firstRange(sys, file, uid)) ?? (yield* grantedRanges(sys, file, uid))[0]
  if (found) return found
  throw fatal(`no line matching user "${userName(yield* readUsers(sys), uid) ?? uid}" in ${file}`)
}

/** What to run so that the maps of process `pid` get a range and, in its midst, the one id of the user. */
export function mapCommands(
  pid: number,
  plan: {
    readonly users: IdRange | undefined
    readonly groups: IdRange | undefined
    readonly mapUser: number | undefined
    readonly mapGroup: number | undefined
  },
  uid: number,
  gid: number,
): string[][] {
  const commands: string[][] = []
  if (plan.users) commands.push(['newuidmap', String(pid), ...pieces(plan.users, plan.mapUser, uid)])
  if (plan.groups) commands.push(['newgidmap', String(pid), ...pieces(plan.groups, plan.mapGroup, gid)])
  return commands
}

/**
 * The single mapping inner → outer, and the range without what of either it takes. The range gives up one id, its
 * last one if need be. Linux: map_ids().
 */
function pieces(range: IdRange, inner: number | undefined, outer: number): string[] {
  if (inner === undefined) return triple(range)
  const own = { inner, outer, count: 1 }
  const isNear = (offset: number): boolean => offset >= 0 && offset <= range.count
  const offsets = [inner - range.inner, outer - range.outer] as const
  if (!offsets.some(isNear)) return [own, range].flatMap(triple)

  const left = range.count - 1
  const [innerAt, outerAt] = offsets.map(it => (isNear(it) ? Math.min(it, left) : left)) as [number, number]
  const [first, second] = [Math.min(innerAt, outerAt), Math.max(innerAt, outerAt)]
  const from = (at: number, innerShift: number, outerShift: number, count: number): IdRange => ({
    inner: range.inner + at + innerShift,
    outer: range.outer + at + outerShift,
    count,
  })
  const list = [
    own,
    from(0, 0, 0, first),
    from(first, innerAt === first ? 1 : 0, innerAt === first ? 0 : 1, second - first),
    from(second, 1, 1, left - second),
  ]
  return list.filter(it => it.count > 0).flatMap(triple)
}

const triple = (it: IdRange): string[] => [String(it.inner), String(it.outer), String(it.count)]
