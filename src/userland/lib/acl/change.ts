/** What setfacl does to the lists of one file. Linux: acl's tools/do_set.c, tools/sequence.c. */
import {
  ACL_GROUP_OBJ,
  ACL_MASK,
  ACL_OTHER,
  ACL_USER_OBJ,
  type Blocking,
  isDir,
  isLink,
  type Stat,
  type Sys,
} from '../../../abi/index.ts'
import type { Process } from '../command.ts'
import type { Users } from '../users.ts'
import {
  type Acl,
  type AclType,
  check,
  findEntry,
  getAcl,
  isMinimal,
  isBase,
  setAcl,
  withEntry,
  withMask,
  withoutEntry,
} from './list.ts'
import type { GivenEntry } from './parse.ts'
import { longText, shortText } from './text.ts'

/** One step, in the order of the options. `clear`: what --set begins with; `base`: down to what a mode can say. */
export type Change =
  | { readonly kind: 'modify' | 'remove'; readonly entry: GivenEntry }
  | { readonly kind: 'clear' | 'base'; readonly type: AclType }

export interface Changes {
  readonly sys: Sys
  readonly me: Process
  readonly users: Users
  readonly steps: readonly Change[]
  /** --mask: recalculate it even if it was given; -n: never. */
  readonly mask: 'always' | 'unless given' | 'never'
  /** What is no directory is left alone by -R -d. */
  readonly recursive: boolean
  /** --test: print what would be. */
  readonly test: boolean
}

interface State {
  acl: Acl
  modified: boolean
  maskGiven: boolean
}

/** Change the lists of a file; whether that worked. */
export function* change(it: Changes, path: string, stat: Stat): Blocking<boolean> {
  const { sys, me, users } = it
  if (isLink(stat)) return true
  const lists = {
    access: { acl: getAcl(sys, path, 'access'), modified: false, maskGiven: false },
    default: { acl: isDir(stat) ? getAcl(sys, path, 'default') : [], modified: false, maskGiven: false },
  }
  for (const step of it.steps) apply(step, lists, stat)
  if (lists.default.acl.length && !isDir(stat)) {
    if (it.recursive) return true
    yield* me.warn(`${path}: Only directories can have default ACLs`)
    return false
  }
  if (lists.default.modified) complete(lists.default, lists.access.acl)
  for (const type of ['access', 'default'] as const) {
    const list = lists[type]
    if (list.modified) remask(list, it.mask)
    const fault = list.modified && (type === 'access' || list.acl.length) ? check(list.acl) : undefined
    if (!fault) continue
    const text = `Malformed ${type} ACL \`${longText(list.acl, users)}'`
    yield* me.warn(`${path}: ${text}: ${fault.why} at entry ${fault.index + 1}`)
    return false
  }
  if (it.test) me.out.line(`${path}: ${shown(users, lists.access, '')},${shown(users, lists.default, 'd:')}`)
  else
    for (const type of ['access', 'default'] as const)
      if (lists[type].modified) setAcl(sys, path, type, lists[type].acl)
  return true
}

const shown = (users: Users, { acl, modified }: State, prefix: string): string =>
  modified ? shortText(acl, users, prefix) : '*'

function apply(step: Change, lists: Readonly<Record<AclType, State>>, stat: Stat): void {
  if (!('entry' in step)) {
    const list = lists[step.type]
    const acl = step.kind === 'clear' || step.type === 'default' ? [] : withoutExtended(list.acl)
    if (acl.length === list.acl.length) return
    Object.assign(list, { acl, modified: true })
    return
  }
  const { type, tag, id, perm, conditional } = step.entry
  const list = lists[type]
  if (tag === ACL_MASK) list.maskGiven = true
  const old = findEntry(list.acl, tag, id)
  if (step.kind === 'remove') {
    if (!old) return
    list.acl = withoutEntry(list.acl, old)
  } else {
    const executes = conditional && (isDir(stat) || list.acl.some(it => it.perm & 1))
    list.acl = withEntry(list.acl, { tag, id, perm: executes ? perm | 1 : perm })
  }
  list.modified = true
}

/** The mask has its say on the owning group before it goes. */
function withoutExtended(acl: Acl): Acl {
  const mask = findEntry(acl, ACL_MASK)?.perm ?? 7
  return acl.filter(isBase).map(it => (it.tag === ACL_GROUP_OBJ ? { ...it, perm: it.perm & mask } : it))
}

/** A default list that lacks the entries of the mode gets them from the access list. */
function complete(list: State, access: Acl): void {
  if (!list.acl.length) return
  for (const tag of [ACL_USER_OBJ, ACL_GROUP_OBJ, ACL_OTHER]) {
    const entry = findEntry(access, tag)
    if (entry && !findEntry(list.acl, tag)) list.acl = withEntry(list.acl, entry)
  }
}

/** Named entries need a mask: at first the rights of the group, then all that the entries under it allow. */
function remask(list: State, rule: Changes['mask']): void {
  if (isMinimal(list.acl)) return
  const group = findEntry(list.acl, ACL_GROUP_OBJ)
  if (!findEntry(list.acl, ACL_MASK) && !list.maskGiven && group)
    list.acl = withEntry(list.acl, { ...group, tag: ACL_MASK })
  if (rule === 'always' || (rule === 'unless given' && !list.maskGiven)) list.acl = withMask(list.acl)
}
