/**
 * Trees of mounts and what beside the tables speaks of them: every mount hangs in the tree of its namespace, a place
 * has one mount at most, peers have one master, and mountinfo says the same.
 */
import type { Kernel } from '../../../../src/kernel/index.ts'
import { type Mount, showMountinfo } from '../../../../src/vfs/index.ts'
import { callerOf } from '../../../../src/kernel/index.ts'
import { MountIndex } from '../../../../src/vfs/mount-index.ts'
import { childMounts, mountUsers } from '../../../../src/vfs/mount.ts'

/** `haveChanged` says whether mountinfo is worth reading. */
export function checkMounts(k: Kernel, haveChanged: boolean): void {
  const numbers = new Set<number>()
  for (const it of k.mounts.values()) {
    const say = complaint(it)
    if (numbers.has(it.mntId)) say('has the id of another one')
    numbers.add(it.mntId)
    if (it.root && k.vfs.dentry(it.root).sb !== it.sb) say('shows the root of another file system')
    if (it.ns) checkAttached(k, it)
    else checkDetached(k, it)
    if (it.peerGroup && it.unbindable) say('is shared and unbindable')
  }
  if (!haveChanged) return
  checkGroups(k)
  checkIndex(k)
  checkNamespaces(k)
}

const complaint =
  (it: Mount) =>
  (what: string): never => {
    throw new Error(`mount ${it.id} (${it.mntId}) ${what}`)
  }

function checkAttached(k: Kernel, it: Mount): void {
  const say = complaint(it)
  const ns = k.mntNamespaces.find(it.ns)
  if (!ns) return say(`is in namespace ${it.ns}, which is gone`)
  if (it.parent === it.id) {
    if (ns.root !== it.id) say('is its own parent, and not the root')
    return
  }
  const parent = k.mounts.find(it.parent)
  if (parent?.ns !== it.ns) return say(`hangs on ${it.parent} of namespace ${parent?.ns}`)
  const found = k.vfs.lookupMnt(it.parent, it.mountpoint)
  // Propagation can put a mount below one that covers the whole of its parent, and what was copied with it stays there.
  const isCover = it.mountpoint === parent.root && k.mounts.find(found)?.parent === it.parent
  if (found !== it.id && !isCover) say('is not found at its place')
  const dentry = k.dentries.get(it.mountpoint)
  if (dentry.sb !== parent.sb) say('is mounted on what its parent does not show')
  if (dentry.unhashed && dentry.parent !== dentry.id) say('is mounted on what was removed')
  let steps = 0
  for (let at = it; at.id !== ns.root; at = k.mounts.get(at.parent))
    if (steps++ > k.mounts.size) say('does not lead to the root')
}

/** Taken from its tree, and still in somebody's hands; or the kernel's own. */
function checkDetached(k: Kernel, it: Mount): void {
  const say = complaint(it)
  if (it.parent === it.id) {
    if (![...k.vfs.internalMounts.values()].includes(it.id)) say('is in no namespace, and not the kernel’s')
    return
  }
  // What is locked in its place stays there when both are unmounted.
  if (it.parent && k.mounts.find(it.parent)?.ns !== 0) say('is in no namespace, and hangs on what is in one')
  if (it.peerGroup || it.master) say('was taken away, and still belongs to a group')
  if (!it.parent && !childMounts(k.vfs, it.id).length && !mountUsers(k.vfs, it.id))
    say('was taken away, and nobody uses it')
}

function checkGroups(k: Kernel): void {
  const masters = new Map<number, number>()
  for (const it of k.mounts.values()) {
    if (!it.peerGroup) continue
    const known = masters.get(it.peerGroup)
    if (known !== undefined && known !== it.master) complaint(it)(`has a master that its peers have not`)
    masters.set(it.peerGroup, it.master)
  }
  for (const it of k.mounts.values())
    if (it.master && !masters.has(it.master))
      complaint(it)(`is a slave of group ${it.master}, which is empty`)
  for (const group of masters.keys()) {
    let steps = 0
    for (let at = group; at; at = masters.get(at) ?? 0)
      if (steps++ > masters.size) throw new Error(`peer group ${group} is its own master`)
  }
}

/** The index can be made again; covered dentries have the mounts that say so. */
function checkIndex(k: Kernel): void {
  const fresh = new MountIndex()
  for (const it of k.mounts.values()) fresh.add(it)
  for (const it of k.mounts.values())
    for (const key of ['ns', 'parent', 'peerGroup', 'master'] as const)
      for (const value of [it[key], it.id]) {
        const [made, kept] = [fresh.with(key, value), k.vfs.mountIndex.with(key, value)]
        const isSame = made.size === kept.size && [...made].every(id => kept.has(id))
        if (!isSame) complaint(it)(`: the index has [${[...kept]}] for ${key} ${value}, not [${[...made]}]`)
      }
  for (const { id } of k.dentries.values())
    for (const mount of k.vfs.mountsOn(id))
      if (k.mounts.find(mount)?.mountpoint !== id)
        throw new Error(`dentry ${id} is covered by ${mount}, which is elsewhere`)
}

function checkNamespaces(k: Kernel): void {
  for (const { id, root } of k.mntNamespaces.values()) {
    if (k.mounts.find(root)?.ns !== id) throw new Error(`mount namespace ${id} has no root`)
    checkMountinfo(k, id, root)
  }
}

const LINE =
  /^(\d+) (\d+) (\d+):(\d+) (\S+) (\S+) (r[ow]\S*)((?: (?:shared|master|propagate_from):\d+| unbindable)*) - (\S+) (\S+) (r[ow]\S*)$/

/** Every mount of the namespace has its line, and the line says what the record says. */
function checkMountinfo(k: Kernel, ns: number, root: number): void {
  const v = k.vfs
  const as = callerOf(k, k.tasks.get(k.initTask))
  const text = showMountinfo(v, ns, { mount: root, dentry: k.mounts.get(root).root }, as)
  const lines = new Map<number, RegExpExecArray>()
  for (const line of text.split('\n').slice(0, -1)) {
    const fields = LINE.exec(line)
    if (!fields) throw new Error(`mountinfo of ${ns}: ${line}`)
    lines.set(Number(fields[1]), fields)
  }
  for (const id of v.mountIndex.with('ns', ns)) {
    const it = k.mounts.get(id)
    const fields = lines.get(it.mntId)
    // What lies below a directory that was moved out of a bind mount is on no path.
    if (!fields) continue
    lines.delete(it.mntId)
    const { dev, type } = k.superBlocks.get(it.sb)
    const groups = `${it.peerGroup ? ` shared:${it.peerGroup}` : ''}${it.master ? ` master:${it.master}` : ''}`
    const tags = fields[8]!.replace(/ propagate_from:\d+/, '').replace(' unbindable', '')
    const says = [Number(fields[2]), (Number(fields[3]) << 8) | Number(fields[4]), fields[9], tags]
    const is = [k.mounts.get(it.parent).mntId, dev, type, groups]
    if (says.join() !== is.join()) complaint(it)(`is [${is}], and mountinfo says [${says}]`)
    if (fields[8]!.includes('unbindable') !== it.unbindable) complaint(it)('is unbindable or not')
  }
  if (lines.size)
    throw new Error(`mountinfo of ${ns} has lines of mounts that are not there: ${[...lines.keys()]}`)
}
