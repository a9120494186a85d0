/** Tasks: families, pids, groups and sessions, namespaces and cgroups, and what the kernel counts of them. */
import { isKthread, type Kernel, type Task } from '../../../../src/kernel/index.ts'
import { members } from '../../../../src/kernel/cgroup/members.ts'
import { inPidNs } from '../../../../src/kernel/pid-namespace.ts'

const complaint =
  (it: Task) =>
  (what: string): never => {
    throw new Error(`task ${it.id} (${it.comm} ${it.pids.join('/')}, ${it.state}) ${what}`)
  }

export function checkTasks(k: Kernel): void {
  let stopped = 0
  for (const it of k.tasks.values()) {
    if (it.state === 'T') stopped++
    checkThreads(k, it)
    checkFamily(k, it)
    checkPids(k, it)
    if (hasEnded(k, it)) checkEnded(k, it)
    else checkLiving(k, it)
  }
  if (stopped !== k.stopped) throw new Error(`${stopped} tasks are stopped, and ${k.stopped} are counted`)
  checkProcessCounts(k)
  checkStructPids(k)
  checkPidNamespaces(k)
  checkCgroups(k)
  checkQueues(k)
}

/** A zombie, or the init of a pid namespace that waits for who is left in it. */
const hasEnded = (k: Kernel, it: Task): boolean => it.state === 'Z' || k.dyingInits.get(it.pidNs) === it.id

/** Whether it is in its cgroups: a leader is while one of its threads lives. */
const isCounted = (k: Kernel, it: Task): boolean =>
  !hasEnded(k, it) || it.threads.some(thread => !hasEnded(k, k.tasks.get(thread)))

/** What the kernel says of a process in the records of all its threads. */
const SHARED = [
  'parent',
  'pgrp',
  'session',
  'tty',
  'childSubreaper',
  'rlimits',
  'argv',
  'environ',
  'dumpable',
] as const

function checkThreads(k: Kernel, it: Task): void {
  const say = complaint(it)
  for (const thread of it.threads)
    if (k.tasks.find(thread)?.tgid !== it.id) say(`claims the thread ${thread}`)
  if (it.tgid === it.id) return
  const leader = k.tasks.find(it.tgid)
  if (!leader?.threads.includes(it.id)) return say('is not among the threads of its leader')
  if (it.threads.length) say('is a thread and has threads')
  if (it.state === 'Z') say('is a thread, dead, and still there')
  if (it.pidNs !== leader.pidNs) say('is in another pid namespace than its leader')
  for (const field of SHARED) if (it[field] !== leader[field]) say(`has another ${field} than its leader`)
}

function checkFamily(k: Kernel, it: Task): void {
  const say = complaint(it)
  for (const child of it.children) if (k.tasks.find(child)?.parent !== it.id) say(`claims the child ${child}`)
  if (new Set(it.children).size !== it.children.length) say(`has a child twice: ${it.children}`)
  if (!it.parent) {
    if (it.id !== k.initTask && it.id !== k.kthreadd) say('has no parent')
    return
  }
  const parent = k.tasks.find(it.parent)
  if (!parent) return say(`has the parent ${it.parent}, who is gone`)
  if (parent.state === 'Z') say('has a dead parent')
  if (it.tgid === it.id && !parent.children.includes(it.id)) say('is not among the children of its parent')
  if (!inPidNs(k, parent.pidNs, it.pidNs)) say('has a parent in a pid namespace that is not around its own')
}

function checkPids(k: Kernel, it: Task): void {
  const say = complaint(it)
  const pid = k.pids.get(it.id)
  if (!pid) return say('has no struct pid')
  if (pid.numbers.join() !== it.pids.join()) say(`is numbered ${pid.numbers}`)
  let level = it.pids.length
  for (let ns = it.pidNs; ns; ns = k.pidNamespaces.get(ns).parent)
    if (pid.spaces[--level] !== ns) say(`has pids in ${pid.spaces}`)
  if (level) say('has more pids than there are namespaces around it')
  for (const [i, ns] of pid.spaces.entries())
    if (k.pidNumbers.get(ns)?.get(it.pids[i]!) !== pid) say(`is not found as ${it.pids[i]} in ${ns}`)
  if (!it.parent) return
  for (const leader of [it.pgrp, it.session])
    if (!isKthread(it) && !k.pids.has(leader)) say(`is in the group ${leader}, which is gone`)
  if (it.session === it.id && it.pgrp !== it.id) say('leads a session and not its group')
  for (const other of k.tasks.values())
    if (other.pgrp === it.pgrp && other.session !== it.session)
      say(`is of another session than ${other.id} of its group`)
}

function checkEnded(k: Kernel, it: Task): void {
  const say = complaint(it)
  const isLast = it.tgid === it.id && !isCounted(k, it)
  if (it.files || it.fs || it.nsproxy || (it.exeDentry && isLast))
    say('is dead and has not given everything back')
  // An init gives its children away when all in its namespace are gone.
  if (it.children.length && it.state === 'Z') say('is dead and has children')
  if (k.threads.has(it.id)) say('is dead and can run')
  if (isCounted(k, it)) return
  for (const id of it.cgroups)
    if (id && k.cgroups.find(id) && members(k, id).has(it.id)) say('is dead and in a cgroup')
}

function checkLiving(k: Kernel, it: Task): void {
  const say = complaint(it)
  // The kernel's own threads have no program.
  if (k.threads.has(it.id) === isKthread(it)) say('lives and cannot run')
  const { mnt, uts, ipc, net, cgroup, time, timeForChildren, pidForChildren } = k.nsproxies.get(it.nsproxy)
  k.mntNamespaces.get(mnt)
  k.utsNamespaces.get(uts)
  k.ipcNamespaces.get(ipc)
  k.netNamespaces.get(net)
  k.cgroupNamespaces.get(cgroup)
  k.timeNamespaces.get(time)
  k.timeNamespaces.get(timeForChildren)
  k.pidNamespaces.get(pidForChildren)
  if (k.pidNamespaces.get(it.pidNs).dead) say('lives in a dead pid namespace')
  if (!inPidNs(k, it.pidNs, pidForChildren)) say('has children outside its pid namespace')
  const { rootMount, pwdMount } = k.fsStructs.get(it.fs)
  k.mounts.get(rootMount)
  k.mounts.get(pwdMount)
  k.files.get(it.files)
  for (const hierarchy of k.hierarchies.values()) {
    const id = it.cgroups[hierarchy.id - 1]
    if (!id || k.cgroups.find(id)?.hierarchy !== hierarchy.id)
      say(`is in no cgroup of hierarchy ${hierarchy.id}`)
  }
}

function checkProcessCounts(k: Kernel): void {
  const processes = new Map<number, number>()
  for (const { cred } of k.tasks.values()) {
    const { uid } = k.creds.get(cred)
    processes.set(uid, (processes.get(uid) ?? 0) + 1)
  }
  for (const uid of new Set([...processes.keys(), ...k.processes.keys()]))
    if (processes.get(uid) !== k.processes.get(uid))
      throw new Error(
        `user ${uid} has ${processes.get(uid)} processes, and ${k.processes.get(uid)} are counted`,
      )
}

/** A struct pid lives as long as somebody bears its number, and no longer. */
function checkStructPids(k: Kernel): void {
  const users = new Map<number, number>()
  const use = (id: number): void => void users.set(id, (users.get(id) ?? 0) + 1)
  for (const { id, tgid, pgrp, session, parent } of k.tasks.values()) {
    use(id)
    if (parent && id === tgid) {
      use(pgrp)
      use(session)
    }
  }
  for (const [id, pid] of k.pids)
    if (users.get(id) !== pid.users)
      throw new Error(`struct pid of task ${id} has ${users.get(id) ?? 0} users, and counts ${pid.users}`)
  let numbers = 0
  for (const { spaces } of k.pids.values()) numbers += spaces.length
  for (const [ns, taken] of k.pidNumbers) {
    if (!k.pidNamespaces.find(ns)) throw new Error(`numbers are kept of pid namespace ${ns}, which is gone`)
    numbers -= taken.size
  }
  if (numbers) throw new Error(`${numbers} numbers of processes cannot be found`)
}

function checkPidNamespaces(k: Kernel): void {
  for (const ns of k.pidNamespaces.values()) {
    const reaper = k.tasks.find(ns.childReaper)
    if (reaper && reaper.pidNs !== ns.id)
      throw new Error(`the init of pid namespace ${ns.id} lives elsewhere`)
    if (reaper && hasEnded(k, reaper) && !reaper.threads.length && !ns.dead)
      throw new Error(`pid namespace ${ns.id} lives without its init`)
    if (reaper && reaper.pids.at(-1) !== 1) throw new Error(`the init of pid namespace ${ns.id} is not 1`)
    if (ns.parent && k.pidNamespaces.get(ns.parent).level !== ns.level - 1)
      throw new Error(`pid namespace ${ns.id} has level ${ns.level}`)
  }
  for (const ns of k.userNamespaces.values())
    if (ns.parent && k.userNamespaces.get(ns.parent).level !== ns.level - 1)
      throw new Error(`user namespace ${ns.id} has level ${ns.level}`)
}

function checkCgroups(k: Kernel): void {
  const inside = new Map<number, number>()
  const charged = new Map<number, number>()
  for (const it of k.tasks.values()) {
    for (const id of it.cgroups) charged.set(id, (charged.get(id) ?? 0) + 1)
    if (isCounted(k, it))
      for (const id of it.cgroups)
        if (id) {
          inside.set(id, (inside.get(id) ?? 0) + 1)
          if (!members(k, id).has(it.id)) complaint(it)(`is not among the members of cgroup ${id}`)
        }
  }
  for (const it of k.cgroups.values()) {
    const say = (what: string): never => {
      throw new Error(`cgroup ${it.id} (${it.name || '/'}) ${what}`)
    }
    const count = inside.get(it.id) ?? 0
    if (it.nrTasks !== count) say(`has ${count} tasks, and counts ${it.nrTasks}`)
    if (members(k, it.id).size !== count) say(`has ${count} tasks, and ${members(k, it.id).size} members`)
    for (const child of it.children)
      if (k.cgroups.find(child)?.parent !== it.id) say(`claims the child ${child}`)
    const parent = it.parent ? k.cgroups.find(it.parent) : undefined
    if (it.parent && !parent?.children.includes(it.id)) say('is not among the children of its parent')
    if (parent && parent.level !== it.level - 1) say(`has level ${it.level}`)
    if (!it.parent && k.hierarchies.get(it.hierarchy).root !== it.id) say('has no parent')
    const hasPids = parent?.subtreeControl.includes('pids') ?? false
    // Zombies count, also those of cgroups that are gone.
    if (hasPids && it.pidsCurrent !== below(k, it.id, charged))
      say(`has ${below(k, it.id, charged)} pids, and counts ${it.pidsCurrent}`)
  }
}

function below(k: Kernel, id: number, charged: ReadonlyMap<number, number>): number {
  const dying = [...k.dyingCgroups].filter(([, { parent }]) => parent === id).map(([child]) => child)
  const children = [...(k.cgroups.find(id)?.children ?? []), ...dying]
  return children.reduce((sum, child) => sum + below(k, child, charged), charged.get(id) ?? 0)
}

function checkQueues(k: Kernel): void {
  for (const [queue, sleepers] of k.queues)
    for (const id of sleepers) {
      const it = k.tasks.find(id)
      if (it?.state !== 'S' && it?.state !== 'D')
        throw new Error(`task ${id} waits for ${queue}, and is ${it?.state ?? 'gone'}`)
    }
}
