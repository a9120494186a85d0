/** What a cgroup's directory holds. Linux: css_populate_dir(). */
import type { Kernel } from '../kernel.ts'
import type { Cgroup } from '../types.ts'
import { hasController, hierarchyOfCgroup } from './cgroup.ts'
import { CONTROLLERS } from './controllers.ts'
import { V1_CORE, V2_CORE } from './core-files.ts'
import type { CgroupFile } from './files.ts'

/** A file that can occur, with the controller it belongs to; none for the core's. */
interface Place {
  readonly file: CgroupFile
  readonly controller: string | undefined
}

const places = (files: readonly CgroupFile[] | undefined, controller?: string): Place[] =>
  (files ?? []).map(file => ({ file, controller }))

/** All of them, by version; their order numbers the inodes. */
const ALL: Readonly<Record<1 | 2, readonly Place[]>> = {
  1: [...places(V1_CORE), ...CONTROLLERS.flatMap(it => places(it.v1, it.name))],
  2: [...places(V2_CORE), ...CONTROLLERS.flatMap(it => places(it.v2, it.name))],
}
const byName = (all: readonly Place[]) =>
  new Map(all.map((place, index) => [place.file.name, { place, index }]))
const BY_NAME = { 1: byName(ALL[1]), 2: byName(ALL[2]) }

function isOffered(k: Kernel, cg: Cgroup, { file, controller }: Place): boolean {
  if (file.on && (file.on === 'root') !== (cg.parent === 0)) return false
  if (file.pressure && !cg.pressure) return false
  return !controller || hasController(k, cg, controller)
}

/** What /sys/kernel/cgroup/delegate lists. Linux: delegate_show(). */
export const DELEGATABLE: readonly string[] = ALL[2]
  .filter(({ file }) => file.isDelegatable)
  .map(({ file }) => file.name)

/** The control files of a cgroup. */
export const filesOf = (k: Kernel, cg: Cgroup): CgroupFile[] =>
  ALL[hierarchyOfCgroup(k, cg).version].filter(it => isOffered(k, cg, it)).map(({ file }) => file)

/** One of them by name, with its inode number. */
export function fileOf(k: Kernel, cg: Cgroup, name: string): { file: CgroupFile; ino: number } | undefined {
  const found = BY_NAME[hierarchyOfCgroup(k, cg).version].get(name)
  return found && isOffered(k, cg, found.place)
    ? { file: found.place.file, ino: cg.ino + 1 + found.index }
    : undefined
}
