/** What control files and controllers declare about themselves. Linux: struct cftype, struct cgroup_subsys. */
import type { Caller } from '../../vfs/index.ts'
import type { Kernel } from '../kernel.ts'
import type { Cgroup } from '../types.ts'

/** A control file. Its mode follows from what it can do: `show` reads, `store` writes. */
export interface CgroupFile {
  /** The whole name, e.g. `cpu.max`. */
  readonly name: string
  /** CFTYPE_ONLY_ON_ROOT and CFTYPE_NOT_ON_ROOT; absent: everywhere. */
  readonly on?: 'root' | 'nonRoot'
  readonly show?: (k: Kernel, cg: Cgroup, as: Caller) => string
  /** EINVAL and the like for what it does not understand. Checks everything before it changes anything. */
  readonly store?: (k: Kernel, cg: Cgroup, text: string, as: Caller) => void
  /** Readers may wait for the text to change. */
  readonly notifies?: boolean
}

/** A controller: a subsystem's name, the files it adds to directories, and what it does when it leaves one. */
export interface Controller {
  readonly name: string
  /** Undefined: not modelled, so that it does not exist on the default hierarchy. */
  readonly v2?: readonly CgroupFile[]
  /** Empty where it is not modelled: v1 layouts have the hierarchy nevertheless. */
  readonly v1: readonly CgroupFile[]
  /** The controller is switched off in a cgroup: settings go back to their defaults. */
  offline?(k: Kernel, cg: Cgroup): void
}
