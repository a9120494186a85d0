/** What a cgroup's directory holds. Linux: css_populate_dir(). */
import type { Kernel } from '../kernel.ts'
import type { Cgroup } from '../types.ts'
import { hasController, hierarchyOfCgroup } from './cgroup.ts'
import { CONTROLLERS } from './controllers.ts'
import { V1_CORE, V2_CORE } from './core-files.ts'
import type { CgroupFile } from './files.ts'

/** Every file that can occur, by version, each at the place that numbers its inode. */
const ALL: Readonly<Record<1 | 2, readonly CgroupFile[]>> = {
  1: [...V1_CORE, ...CONTROLLERS.flatMap(it => it.v1)],
  2: [...V2_CORE, ...CONTROLLERS.flatMap(it => it.v2 ?? [])],
}
const BY_NAME = {
  1: new Map(ALL[1].map((file, index) => [file.name, { file, index }])),
  2: new Map(ALL[2].map((file, index) => [file.name, { file, index }])),
}
const CORE: ReadonlySet<CgroupFile> = new Set([...V1_CORE, ...V2_CORE])

function isOffered(k: Kernel, cg: Cgroup, file: CgroupFile): boolean {
  if (file.on && (file.on === 'root') !== (cg.parent === 0)) return false
  if (file.name === 'cpu.pressure' && !cg.pressure) return false
  return CORE.has(file) || hasController(k, cg, file.name.slice(0, file.name.indexOf('.')))
}

/** The control files of a cgroup. */
export const filesOf = (k: Kernel, cg: Cgroup): CgroupFile[] =>
  ALL[hierarchyOfCgroup(k, cg).version].filter(file => isOffered(k, cg, file))

/** One of them by name, with its inode number. */
export function fileOf(k: Kernel, cg: Cgroup, name: string): { file: CgroupFile; ino: number } | undefined {
  const found = BY_NAME[hierarchyOfCgroup(k, cg).version].get(name)
  return found && isOffered(k, cg, found.file)
    ? { file: found.file, ino: cg.ino + 1 + found.index }
    : undefined
}
