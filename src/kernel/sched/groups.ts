/**
 * The scheduler's view of the cgroup tree: which group a task competes in, and where its CPU time is counted.
 * Linux: kernel/sched/core.c, sched_create_group() and cpu_cgroup_attach(); autogroup.c; cpuacct.c; kernel/cgroup/rstat.c.
 */
import type { Kernel } from '../kernel.ts'
import { sysctl } from '../sysctl.ts'
import type { Cgroup, Hierarchy, Task } from '../types.ts'
import { setBandwidth } from './bandwidth.ts'
import { CfsRq, CpuAccount, SchedEntity, TaskGroup } from './entity.ts'
import { updateShares } from './fair.ts'
import { PsiGroup } from './psi.ts'
import type { Scheduler } from './scheduler.ts'
import { niceToWeight, scaleLoad } from './weight.ts'

/** The hierarchy a controller is attached to: the v1 one that names it, else the default one. */
function hierarchyOf(k: Kernel, controller: string): Hierarchy | undefined {
  let found: Hierarchy | undefined
  for (const it of k.hierarchies.values())
    if (it.version === 1 ? it.controllers.includes(controller) : !found) found = it
  return found
}

/** Whether a controller is at work in a cgroup: everywhere in v1, where the parent enabled it in v2. */
function isOn(k: Kernel, cgroup: Cgroup, controller: string): boolean {
  if (!cgroup.parent || k.hierarchies.get(cgroup.hierarchy).version === 1) return true
  return k.cgroups.get(cgroup.parent).subtreeControl.includes(controller)
}

/** Groups by cgroup, made when they are first needed. The root group has no cgroup record of its own. */
export class Groups {
  readonly root = new TaskGroup(0, undefined)
  readonly #s: Scheduler
  readonly #groups = new Map<number, TaskGroup>()
  /** Those of sessions, by their leaders, made while kernel.sched_autogroup_enabled is 1. */
  readonly #autogroups = new Map<number, TaskGroup>()
  readonly #accounts = new Map<number, CpuAccount>()
  readonly #rootAccount: CpuAccount
  readonly #psi = new Map<number, PsiGroup>()
  readonly #systemPsi: PsiGroup
  /** Which hierarchy each controller is in, as far as somebody has asked. */
  readonly #hierarchies = new Map<string, number>()

  constructor(s: Scheduler, cpus: number) {
    this.#s = s
    this.#rootAccount = new CpuAccount(0, undefined, cpus)
    this.#systemPsi = new PsiGroup(undefined, cpus, 0)
  }

  /** Id of the hierarchy that has a controller; 0 before there are any. */
  hierarchyId(controller: string): number {
    let id = this.#hierarchies.get(controller)
    if (id === undefined) {
      id = hierarchyOf(this.#s.k, controller)?.id ?? 0
      this.#hierarchies.set(controller, id)
    }
    return id
  }

  /** Controllers have changed their hierarchies. */
  relocate(): void {
    this.#hierarchies.clear()
  }

  /** The cgroup that the root of CPU accounting belongs to; 0 before there is one. */
  get accountingRoot(): number {
    return this.#s.k.hierarchies.find(this.hierarchyId('cpuacct'))?.root ?? 0
  }

  /** Linux: autogroup_task_group(): who is in no cgroup of his own competes with his session. */
  groupOf(task: Task): TaskGroup {
    const group = this.group(task.cgroups[this.hierarchyId('cpu') - 1] ?? 0)
    if (group !== this.root || !task.session) return group
    return sysctl(this.#s.k, 'kernel/sched_autogroup_enabled') ? this.#autogroup(task.session) : group
  }

  #autogroup(session: number): TaskGroup {
    const known = this.#autogroups.get(session)
    if (known) return known
    for (const [id, group] of this.#autogroups) if (!this.#s.k.pids.has(id)) this.#dropAutogroup(id, group)
    const group = this.#populate(new TaskGroup(0, this.root))
    this.#autogroups.set(session, group)
    this.setAutogroupNice(session, this.#s.k.autogroups.get(session)?.nice ?? 0)
    return group
  }

  #dropAutogroup(session: number, group: TaskGroup): void {
    this.root.children.delete(group)
    this.#autogroups.delete(session)
  }

  /** Linux: proc_sched_autogroup_set_nice(). */
  setAutogroupNice(session: number, nice: number): void {
    const group = this.#autogroups.get(session)
    if (!group) return
    group.shares = niceToWeight(nice)
    updateShares(this.#s, group)
  }

  accountOf(task: Task): CpuAccount {
    return this.account(task.cgroups[this.hierarchyId('cpuacct') - 1] ?? 0)
  }

  /** The group that tasks of this cgroup compete in: its own, or the nearest above it that has the controller. */
  group(cgroupId: number): TaskGroup {
    const known = this.#groups.get(cgroupId)
    if (known) return known
    const cgroup = cgroupId ? this.#s.k.cgroups.find(cgroupId) : undefined
    if (!cgroup?.parent) return this.root
    if (!isOn(this.#s.k, cgroup, 'cpu')) return this.group(cgroup.parent)
    return this.#create(cgroup)
  }

  /** The group that is this cgroup's own, if the controller is on there and it has been needed. */
  find(cgroupId: number): TaskGroup | undefined {
    return this.#groups.get(cgroupId)
  }

  account(cgroupId: number): CpuAccount {
    const known = this.#accounts.get(cgroupId)
    if (known) return known
    const cgroup = cgroupId ? this.#s.k.cgroups.find(cgroupId) : undefined
    if (!cgroup?.parent) return this.#rootAccount
    const account = new CpuAccount(cgroupId, this.account(cgroup.parent), this.#s.rqs.length)
    this.#accounts.set(cgroupId, account)
    return account
  }

  psiOf(task: Task): PsiGroup {
    return this.psi(task.cgroups[0] ?? 0)
  }

  /** Pressure in a cgroup of the default hierarchy; its root, and 0, stand for the whole host. */
  psi(cgroupId: number): PsiGroup {
    const known = this.#psi.get(cgroupId)
    if (known) return known
    const cgroup = cgroupId ? this.#s.k.cgroups.find(cgroupId) : undefined
    if (!cgroup?.parent) return this.#systemPsi
    const group = new PsiGroup(this.psi(cgroup.parent), this.#s.rqs.length, this.#s.k.clock)
    this.#psi.set(cgroupId, group)
    return group
  }

  #create(cgroup: Cgroup): TaskGroup {
    const group = this.#populate(new TaskGroup(cgroup.id, this.group(cgroup.parent)))
    this.#groups.set(cgroup.id, group)
    this.configure(cgroup.id)
    return group
  }

  /** Its queue on each CPU. Linux: alloc_fair_sched_group(). */
  #populate(group: TaskGroup): TaskGroup {
    for (const rq of this.#s.rqs) {
      const above = group.parent!.cfsRq[rq.cpu]!
      const q = new CfsRq(rq, group)
      q.se = new SchedEntity(scaleLoad(1024), above, q, undefined)
      q.throttleCount = above.throttleCount
      group.cfsRq.push(q)
    }
    return group
  }

  /** Take over what the controller's files say now. */
  configure(cgroupId: number): void {
    const cgroup = this.#s.k.cgroups.get(cgroupId)
    const { shares, idle, quota, period, burst } = cgroup
    // Periods of a quota are counted from when it is set, also while nobody is there.
    const group = this.#groups.get(cgroupId) ?? (quota >= 0 ? this.#create(cgroup) : undefined)
    if (!group) return
    if (group.shares !== shares || group.isIdle !== idle > 0) {
      group.shares = shares
      group.isIdle = idle > 0
      for (const q of group.cfsRq) q.se!.isIdle = group.isIdle
      updateShares(this.#s, group)
    }
    if (group.quota !== quota || group.period !== period || group.burst !== burst)
      setBandwidth(this.#s, group, quota, period, burst)
  }

  /** The cgroup is gone, or the controller is off there. Needs: no task is in it. */
  forget(cgroupId: number): void {
    const group = this.#groups.get(cgroupId)
    if (!group) return
    // Somebody who has just died may still owe the rest of his last burst, and must not be throttled for ever.
    if (group.quota >= 0) setBandwidth(this.#s, group, -1, group.period, 0)
    if (group.periodTimer) this.#s.timers.cancel(group.periodTimer)
    if (group.slackTimer) this.#s.timers.cancel(group.slackTimer)
    group.parent?.children.delete(group)
    this.#groups.delete(cgroupId)
  }

  forgetAccount(cgroupId: number): void {
    this.#accounts.delete(cgroupId)
    this.#psi.delete(cgroupId)
  }
}
