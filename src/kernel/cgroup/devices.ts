/**
 * The device controller of v1: which device nodes the tasks of a cgroup may open or make.
 * Linux: security/device_cgroup.c; Documentation/admin-guide/cgroup-v1/devices.rst. In v2 a BPF program does this.
 */
import { EINVAL, EPERM, isBlk, major, minor } from '../../abi/index.ts'
import { MAY_MKNOD, MAY_READ, MAY_WRITE } from '../../vfs/index.ts'
import type { Kernel } from '../kernel.ts'
import { refuse } from '../refuse.ts'
import type { Cgroup } from '../types.ts'
import { cgroupFor, descendants, shownPath } from './cgroup.ts'
import { cssOf } from './css.ts'
import type { CgroupFile, Controller } from './files.ts'

const LETTERS = [
  ['r', MAY_READ],
  ['w', MAY_WRITE],
  ['m', MAY_MKNOD],
] as const

/** Linux: struct dev_exception_item. A number that is undefined stands for all of them (`*`). */
interface Exception {
  readonly type: 'b' | 'c'
  readonly major: number | undefined
  readonly minor: number | undefined
  readonly access: number
}

/** Everything is allowed, or nothing is, but for the exceptions. Linux: struct dev_cgroup. */
interface DeviceList {
  readonly behavior: 'allow' | 'deny'
  readonly exceptions: readonly Exception[]
}

const css = cssOf<DeviceList>('devices', { behavior: 'allow', exceptions: [] })

const sameDevice = (a: Exception, b: Exception): boolean =>
  a.type === b.type && a.major === b.major && a.minor === b.minor

/** Linux: dev_exception_add(). */
const added = (list: readonly Exception[], it: Exception): Exception[] =>
  list.some(other => sameDevice(other, it))
    ? list.map(other => (sameDevice(other, it) ? { ...other, access: other.access | it.access } : other))
    : [...list, it]

/** Linux: dev_exception_rm(). */
const removed = (list: readonly Exception[], it: Exception): Exception[] =>
  list
    .map(other => (sameDevice(other, it) ? { ...other, access: other.access & ~it.access } : other))
    .filter(({ access }) => access)

/** Whether one exception covers all that is asked for. Linux: match_exception(). */
const matches = (list: readonly Exception[], it: Exception): boolean =>
  list.some(
    ex =>
      ex.type === it.type &&
      (ex.major === undefined || ex.major === it.major) &&
      (ex.minor === undefined || ex.minor === it.minor) &&
      !(it.access & ~ex.access),
  )

/** Whether one exception touches what is asked for. Linux: match_exception_partial(). */
const matchesPartly = (list: readonly Exception[], it: Exception): boolean => {
  const meet = (a: number | undefined, b: number | undefined) => a === undefined || b === undefined || a === b
  return list.some(
    ex =>
      ex.type === it.type &&
      meet(ex.major, it.major) &&
      meet(ex.minor, it.minor) &&
      (it.access & ex.access) !== 0,
  )
}

const parentOf = (k: Kernel, cg: Cgroup): DeviceList | undefined =>
  cg.parent ? css.of(k.cgroups.get(cg.parent)) : undefined

/** Whether the parent has what a child's exception would give. Linux: parent_has_perm(), verify_new_ex(). */
function parentHas(parent: DeviceList | undefined, { behavior }: DeviceList, it: Exception): boolean {
  if (!parent) return true
  if (parent.behavior === 'deny') return matches(parent.exceptions, it)
  return behavior === 'allow' || !matchesPartly(parent.exceptions, it)
}

/** Linux: devcgroup_update_access(). */
function store(k: Kernel, cg: Cgroup, text: string, allow: boolean): void {
  const line = text.trim()
  if (line.startsWith('a')) {
    setAll(k, cg, allow)
    return
  }
  const it = parse(line)
  const own = css.of(cg)
  const parent = parentOf(k, cg)
  if (!allow) {
    const exceptions = own.behavior === 'deny' ? removed(own.exceptions, it) : added(own.exceptions, it)
    css.set(k, cg.id, { exceptions })
    propagate(k, cg, it)
  } else if (own.behavior === 'allow') {
    // "Make sure you're not removing part or a whole exception existing in the parent cgroup"
    if (parent && matchesPartly(parent.exceptions, it))
      throw refuse(k, EPERM, 'devices-parent', { cgroup: shownPath(k, cg.id) })
    css.set(k, cg.id, { exceptions: removed(own.exceptions, it) })
  } else {
    if (!parentHas(parent, own, it)) throw refuse(k, EPERM, 'devices-parent', { cgroup: shownPath(k, cg.id) })
    css.set(k, cg.id, { exceptions: added(own.exceptions, it) })
  }
}

/** `a`: back to everything, which a parent that denies forbids, or to nothing. Not with children. */
function setAll(k: Kernel, cg: Cgroup, allow: boolean): void {
  if (cg.children.length) throw refuse(k, EINVAL, 'devices-children', { cgroup: shownPath(k, cg.id) })
  const parent = parentOf(k, cg)
  if (allow && parent?.behavior === 'deny')
    throw refuse(k, EPERM, 'devices-parent', { cgroup: shownPath(k, cg.id) })
  css.set(k, cg.id, {
    behavior: allow ? 'allow' : 'deny',
    exceptions: allow && parent ? parent.exceptions : [],
  })
}

/** Linux: kstrtou32(). Errors: EINVAL. */
function u32(word: string): number {
  if (Number(word) > 0xffffffff) throw EINVAL
  return Number(word)
}

/** `c 1:3 rwm`; EINVAL for anything else. */
function parse(text: string): Exception {
  const found = /^([bc])\s(\d+|\*):(\d+|\*)\s([rwm]{3}|[rwm]{1,2}$)/.exec(text)
  if (!found) throw EINVAL
  const number = (word: string) => (word === '*' ? undefined : u32(word))
  const access = LETTERS.reduce((sum, [letter, bit]) => (found[4]!.includes(letter) ? sum | bit : sum), 0)
  return { type: found[1] as 'b' | 'c', major: number(found[2]!), minor: number(found[3]!), access }
}

/** What a cgroup loses, those below it lose too. Linux: propagate_exception(), revalidate_active_exceptions(). */
function propagate(k: Kernel, root: Cgroup, it: Exception): void {
  const both = css.of(k.cgroups.get(root.id)).behavior
  for (const { id } of [...descendants(k, root.id)].slice(1)) {
    const { behavior, exceptions } = css.of(k.cgroups.get(id))
    const adds = both === 'allow' && behavior === 'allow'
    css.set(k, id, { exceptions: adds ? added(exceptions, it) : removed(exceptions, it) })
    const own = css.of(k.cgroups.get(id))
    const parent = parentOf(k, k.cgroups.get(id))
    css.set(k, id, { exceptions: own.exceptions.filter(ex => parentHas(parent, own, ex)) })
  }
}

function show(cg: Cgroup): string {
  const { behavior, exceptions } = css.of(cg)
  if (behavior === 'allow') return 'a *:* rwm\n'
  return exceptions
    .map(({ type, major: ma = '*', minor: mi = '*', access }) => {
      const letters = LETTERS.filter(([, bit]) => access & bit).map(([letter]) => letter)
      return `${type} ${ma}:${mi} ${letters.join('')}\n`
    })
    .join('')
}

/** EPERM if a task's cgroup forbids what is in `mask`. Linux: devcgroup_legacy_check_permission(). */
export function checkDevice(k: Kernel, task: number, mode: number, rdev: number, mask: number): void {
  const access = mask & (MAY_MKNOD | MAY_READ | MAY_WRITE)
  if (!access) return
  const id = task ? cgroupFor(k, k.tasks.get(task), 'devices') : 0
  if (!id) return
  const { behavior, exceptions } = css.of(k.cgroups.get(id))
  const it: Exception = {
    type: isBlk({ mode }) ? 'b' : 'c',
    major: major(rdev),
    minor: minor(rdev),
    access,
  }
  if (behavior === 'allow' ? matchesPartly(exceptions, it) : !matches(exceptions, it))
    throw refuse(k, EPERM, 'device-cgroup', {
      cgroup: shownPath(k, id),
      device: `${it.type} ${it.major}:${it.minor}`,
      access: LETTERS.filter(([, bit]) => access & bit)
        .map(([letter]) => letter)
        .join(''),
    })
}

const v1: readonly CgroupFile[] = [
  { name: 'devices.allow', store: (k, cg, text) => store(k, cg, text, true) },
  { name: 'devices.deny', store: (k, cg, text) => store(k, cg, text, false) },
  { name: 'devices.list', show: (_, cg) => show(cg) },
]

export const devices: Controller = {
  name: 'devices',
  v1,
  online(k, cg, parent) {
    css.set(k, cg.id, css.of(parent))
  },
}
