/**
 * File capabilities: what `setcap` wrote into the xattr security.capability, for execve. Linux:
 * security/commoncap.c:get_vfs_caps_from_disk(), include/uapi/linux/capability.h (struct vfs_ns_cap_data).
 */
import type { Inode } from '../vfs/index.ts'
import type { Kernel } from './kernel.ts'
import { makeKuid } from './user-namespace.ts'

const XATTR = 'security.capability'
const REVISION = 0xff000000
const REVISION_2 = 0x02000000
const REVISION_3 = 0x03000000
const EFFECTIVE = 1

/** Linux: struct cpu_vfs_cap_data. `effective` is one bit for all. */
export interface FileCaps {
  readonly permitted: bigint
  readonly inheritable: bigint
  readonly effective: boolean
}

/** The capabilities of a file as they count for somebody in `userNs`; undefined if it has none. */
export function fileCapsOf(k: Kernel, inode: Inode, userNs: number): FileCaps | undefined {
  const iops = k.vfs.iops(inode)
  if (!iops.listxattr(k.vfs, inode).includes(XATTR)) return undefined
  const bytes = iops.getxattr(k.vfs, inode, XATTR)
  if (bytes.length < 20) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const word = (index: number): bigint => BigInt(view.getUint32(4 * index, true))
  const magic = view.getUint32(0, true)
  const revision = (magic & REVISION) >>> 0
  if (revision !== REVISION_2 && revision !== REVISION_3) return undefined
  if (revision === REVISION_3 && (bytes.length < 24 || !ownsNamespace(k, Number(word(5)), userNs)))
    return undefined
  return {
    permitted: word(1) | (word(3) << 32n),
    inheritable: word(2) | (word(4) << 32n),
    effective: (magic & EFFECTIVE) !== 0,
  }
}

/** Linux: rootid_owns_currentns(): the id is root in the namespace or in one above it. */
function ownsNamespace(k: Kernel, rootId: number, userNs: number): boolean {
  for (let id = userNs; id; id = k.userNamespaces.get(id).parent)
    if (makeKuid(k, id, 0) === rootId) return true
  return false
}
