/** What control files and controllers declare about themselves. Linux: struct cftype. */
import type { Blocking } from '../../abi/index.ts'
import type { Caller, OpenFile } from '../../vfs/index.ts'
import type { Kernel } from '../kernel.ts'
import type { PsiResource } from '../sched/index.ts'
import type { Cgroup } from '../types.ts'

/** A control file. Its mode follows from what it can do, `show` reads and `store` writes, unless it says another. */
export interface CgroupFile {
  /** The whole name, e.g. `cpu.max`. */
  readonly name: string
  /** CFTYPE_ONLY_ON_ROOT and CFTYPE_NOT_ON_ROOT; absent: everywhere. */
  readonly on?: 'root' | 'nonRoot'
  readonly show?: (k: Kernel, cg: Cgroup, as: Caller) => string
  /** EINVAL and the like for what it does not understand. Checks everything before it changes anything. */
  readonly store?: (k: Kernel, cg: Cgroup, text: string, as: Caller, file: OpenFile) => void | Blocking<void>
  readonly mode?: number
  /** Whoever is inside a cgroup namespace may write it in the namespace's root, too. Linux: CFTYPE_NS_DELEGATABLE. */
  readonly isDelegatable?: boolean
  /** What it takes depends on the rights of who has opened it. Linux: of->file->f_cred. */
  readonly byOpener?: boolean
  /** Hidden by cgroup.pressure, and which pressure it tells of. Linux: CFTYPE_PRESSURE. */
  readonly pressure?: PsiResource
  /** Readers may wait for the text to change. */
  readonly notifies?: boolean
}

/**
 * A controller: a subsystem's name, the files it adds to directories, and what it does when it comes to one or leaves.
 * Linux: struct cgroup_subsys.
 */
export interface Controller {
  readonly name: string
  /** What v1 calls it, where that differs. */
  readonly legacyName?: string
  /** Undefined where the default hierarchy does not offer it. */
  readonly v2?: readonly CgroupFile[]
  readonly v1: readonly CgroupFile[]
  /** A directory was made in a v1 hierarchy: what it takes over from its parent. Linux: css_online(). */
  online?(k: Kernel, cg: Cgroup, parent: Cgroup): void
  /** Refuse a task. Checks only. Linux: can_attach(). */
  canAttach?(k: Kernel, cg: Cgroup, task: number): void
  /** A task has moved here. Linux: attach(). */
  attached?(k: Kernel, cg: Cgroup, task: number, from: number): void
  /** The controller is switched off in a cgroup: settings go back to their defaults. */
  offline?(k: Kernel, cg: Cgroup): void
}
