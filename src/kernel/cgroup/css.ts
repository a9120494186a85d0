/**
 * What a controller keeps about a cgroup: a flat record in `Cgroup.css`, declared by the controller itself. A cgroup
 * in which nothing was set yet has none, and reads as `initial`. Linux: struct cgroup_subsys_state and what contains it.
 */
import type { Kernel } from '../kernel.ts'
import type { Cgroup } from '../types.ts'

export interface Css<State extends object> {
  of(cg: Cgroup): Readonly<State>
  /** Change fields of it. Linux has a lock for this. */
  set(k: Kernel, id: number, change: Partial<State>): void
  /** Have other fields in its place. */
  replace(k: Kernel, id: number, state: State): void
  /** As if the cgroup were new. */
  reset(k: Kernel, id: number): void
}

export function cssOf<State extends object>(controller: string, initial: State): Css<State> {
  const of = (cg: Cgroup): State => (cg.css[controller] as State | undefined) ?? initial
  return {
    of,
    set(k, id, change) {
      const cg = k.cgroups.own(id)
      cg.css = { ...cg.css, [controller]: { ...of(cg), ...change } }
    },
    replace(k, id, state) {
      const cg = k.cgroups.own(id)
      cg.css = { ...cg.css, [controller]: state }
    },
    reset(k, id) {
      const { [controller]: _, ...rest } = k.cgroups.get(id).css
      k.cgroups.own(id).css = rest
    },
  }
}
