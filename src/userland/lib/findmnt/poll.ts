/**
 * findmnt --poll: what has changed between two looks at the table of mounts.
 * Linux: util-linux misc-utils/findmnt.c:poll_table(), libmount/src/tab_diff.c.
 */
import { type Blocking, O_RDONLY, POLLPRI, type Sys } from '../../../abi/index.ts'
import { type MountEntry, parseMountinfo } from '../mountinfo.ts'
import { procText } from '../proc.ts'

export type Action = 'mount' | 'umount' | 'remount' | 'move'
export const ACTIONS: readonly string[] = ['mount', 'umount', 'remount', 'move'] satisfies Action[]

/** One change. `it` is the mount as it is now, or as it was when it has gone. */
export interface Change {
  readonly action: Action
  readonly it: MountEntry
  readonly old: MountEntry | undefined
}

const samePlace =
  (a: MountEntry) =>
  (b: MountEntry): boolean =>
    a.source === b.source && a.target === b.target

/** Linux: mnt_diff_tables(): what came and what has other options, then what went; a move is both for the same mount. */
export function changesBetween(before: readonly MountEntry[], after: readonly MountEntry[]): Change[] {
  const changes: Change[] = []
  for (const it of after) {
    const old = before.find(samePlace(it))
    if (!old) changes.push({ action: 'mount', it, old })
    else if (old.vfsOptions !== it.vfsOptions || old.fsOptions !== it.fsOptions)
      changes.push({ action: 'remount', it, old })
  }
  for (const old of before) {
    if (after.some(samePlace(old))) continue
    const at = changes.findIndex(
      ({ action, it }) => action === 'mount' && it.id === old.id && it.source === old.source,
    )
    if (at < 0) changes.push({ action: 'umount', it: old, old })
    else changes[at] = { action: 'move', it: changes[at]!.it, old }
  }
  return changes
}

/** Changes of a file such as /proc/self/mountinfo, as they come, until nothing has for `timeout` ms (negative: for ever). `report` says when it is enough. */
export function* pollTable(
  sys: Sys,
  path: string,
  timeout: number,
  report: (changes: Change[], table: MountEntry[]) => Blocking<boolean>,
): Blocking<void> {
  const read = function* (): Blocking<MountEntry[]> {
    return parseMountinfo((yield* procText(sys, path)) ?? '')
  }
  const fd = yield* sys.open(path, O_RDONLY)
  let table = yield* read()
  for (;;) {
    const [events] = yield* sys.poll([{ fd, events: POLLPRI }], timeout)
    if (!events) break
    const now = yield* read()
    if (yield* report(changesBetween(table, now), now)) break
    table = now
  }
  sys.close(fd)
}
