/**
 * File capabilities: what `setcap` wrote into the xattr security.capability, for execve; and whose root they count
 * for when they were written in a user namespace. Linux: security/commoncap.c:get_vfs_caps_from_disk(),
 * cap_convert_nscap(), cap_inode_getsecurity(); include/uapi/linux/capability.h (struct vfs_ns_cap_data).
 */
import { CAP_SETFCAP, EINVAL, EOVERFLOW, EPERM, XATTR_NAME_CAPS } from '../abi/index.ts'
import type { Cred, Inode } from '../vfs/index.ts'
import { nsCapable } from './capability.ts'
import type { Kernel } from './kernel.ts'
import { makeKuid, uidIn } from './user-namespace.ts'

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
  if (!iops.listxattr(k.vfs, inode).includes(XATTR_NAME_CAPS)) return undefined
  const bytes = iops.getxattr(k.vfs, inode, XATTR_NAME_CAPS)
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

const SIZE_2 = 20
const SIZE_3 = 24

const magicOf = (value: Uint8Array): number => new DataView(value.buffer, value.byteOffset).getUint32(0, true)

function isValid(value: Uint8Array): boolean {
  if (value.length !== SIZE_2 && value.length !== SIZE_3) return false
  const revision = (magicOf(value) & REVISION) >>> 0
  return value.length === SIZE_2 ? revision === REVISION_2 : revision === REVISION_3
}

function withRootId(value: Uint8Array, rootId: number): Uint8Array {
  const bytes = new Uint8Array(SIZE_3)
  bytes.set(value)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, REVISION_3 | (magicOf(value) & EFFECTIVE), true)
  view.setUint32(20, rootId, true)
  return bytes
}

/**
 * What is kept of a value that somebody writes: for who has CAP_SETFCAP on the whole file system the value itself,
 * for all others capabilities that count in their user namespace only. Linux: cap_convert_nscap(). EINVAL, EPERM.
 */
export function convertNscap(k: Kernel, cred: Cred, sbUserNs: number, value: Uint8Array): Uint8Array {
  // vfs_setxattr() asks for a value only if there is one.
  if (!value.length) return value
  if (!isValid(value)) throw EINVAL
  const isPlain = value.length === SIZE_2
  if (isPlain && nsCapable(k, cred, CAP_SETFCAP, sbUserNs || k.initUserNs)) return value
  const named = isPlain ? 0 : new DataView(value.buffer, value.byteOffset).getUint32(20, true)
  const rootId = makeKuid(k, cred.userNs, named)
  if (rootId === undefined) throw EPERM
  return withRootId(value, rootId)
}

/** What a reader sees of a kept value. Linux: cap_inode_getsecurity(). EOVERFLOW: another namespace's root. */
export function showNscap(k: Kernel, userNs: number, value: Uint8Array): Uint8Array {
  if (!isValid(value)) throw EINVAL
  const isPlain = value.length === SIZE_2
  const rootId = isPlain ? 0 : new DataView(value.buffer, value.byteOffset).getUint32(20, true)
  const shown = uidIn(k, userNs, rootId)
  if (shown) return withRootId(value, shown)
  if (!ownsNamespace(k, rootId, userNs)) throw EOVERFLOW
  if (isPlain) return value
  const bytes = value.slice(0, SIZE_2)
  new DataView(bytes.buffer).setUint32(0, REVISION_2 | (magicOf(value) & EFFECTIVE), true)
  return bytes
}
