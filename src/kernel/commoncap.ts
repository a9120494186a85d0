/**
 * Capabilities across execve and through prctl. Linux: security/commoncap.c, fs/exec.c:bprm_fill_uid();
 * capabilities(7), "Transformation of capabilities during execve()".
 */
import {
  CAP_LAST_CAP,
  CAP_SETPCAP,
  CAP_SETUID,
  EINVAL,
  EPERM,
  MS_NOSUID,
  PR_CAP_AMBIENT,
  PR_CAP_AMBIENT_CLEAR_ALL,
  PR_CAP_AMBIENT_IS_SET,
  PR_CAP_AMBIENT_LOWER,
  PR_CAP_AMBIENT_RAISE,
  PR_CAPBSET_DROP,
  PR_CAPBSET_READ,
  PR_GET_KEEPCAPS,
  PR_GET_SECUREBITS,
  PR_SET_KEEPCAPS,
  PR_SET_SECUREBITS,
  S_ISGID,
  S_ISUID,
  SECBIT_KEEP_CAPS,
  SECBIT_KEEP_CAPS_LOCKED,
  SECBIT_NO_CAP_AMBIENT_RAISE,
  SECBIT_NOROOT,
  SECURE_ALL_BITS,
  SECURE_ALL_LOCKS,
} from '../abi/index.ts'
import { type Cred, type Inode, inodeAt, type Path } from '../vfs/index.ts'
import { capBit, nsCapable } from './capability.ts'
import { dropFromBoundingSet } from './capset.ts'
import { commitCreds } from './cred.ts'
import { fileCapsOf } from './file-caps.ts'
import type { Kernel } from './kernel.ts'
import { isTracedUnsafely } from './ptrace.ts'
import { note, refuse } from './refuse.ts'
import type { Task } from './types.ts'
import { gidIn, inUserNs, makeKuid, uidIn } from './user-namespace.ts'

type NewCred = Omit<Cred, 'id' | 'epoch'>

/**
 * The credential after exec: set-user-ID bits, then the file's capabilities, then what root gets for being root.
 * EPERM if the file says that it needs its capabilities and they cannot be had. Linux: cap_bprm_creds_from_file().
 */
export function execCreds(k: Kernel, task: Task, path: Path): NewCred {
  const old = k.creds.get(task.cred)
  const inode = inodeAt(k.vfs, path)
  const file = mntMaySuid(k, task, old, path) ? fileCapsOf(k, inode, old.userNs) : undefined
  const now = { ...old, ...setIds(k, task, old, path, inode) }
  let permitted = file ? (old.capBset & file.permitted) | (old.capInheritable & file.inheritable) : 0n
  if (file?.effective && file.permitted & ~permitted) throw refuse(k, EPERM, 'file-caps-lacking', { path })

  const root = makeKuid(k, old.userNs, 0)
  const isRootEffective = root !== undefined && now.euid === root
  // A set-user-ID-root program with capabilities of its own gets those only.
  const isPrivileged = !(old.securebits & SECBIT_NOROOT) && !(file && isRootEffective && old.uid !== root)
  if (isPrivileged && (isRootEffective || old.uid === root)) permitted = old.capBset | old.capInheritable
  const isEffective = (isPrivileged && isRootEffective) || (file?.effective ?? false)

  const isSetid = now.euid !== old.uid || now.egid !== old.gid
  if ((isSetid || permitted & ~old.capPermitted) && !mayGain(k, task)) {
    if (!nsCapable(k, old, CAP_SETUID, old.userNs) || task.noNewPrivs) {
      now.euid = now.uid
      now.egid = now.gid
    }
    permitted &= old.capPermitted
  }
  const capAmbient = file || isSetid ? 0n : old.capAmbient
  const capPermitted = permitted | capAmbient
  return {
    ...now,
    suid: now.euid,
    sgid: now.egid,
    fsuid: now.euid,
    fsgid: now.egid,
    capPermitted,
    capEffective: isEffective ? capPermitted : capAmbient,
    capAmbient,
    securebits: old.securebits & ~SECBIT_KEEP_CAPS,
  }
}

/** A mount of another namespace, or of a user namespace that is not the caller's, gives nobody anything. */
function mntMaySuid(k: Kernel, task: Task, cred: Cred, { mount }: Path): boolean {
  const { flags, ns, sb } = k.vfs.mounts.get(mount)
  if (flags & MS_NOSUID || ns !== k.nsproxies.get(task.nsproxy).mnt) return false
  const { userNs } = k.superBlocks.get(sb)
  return !userNs || inUserNs(k, userNs, cred.userNs)
}

/** Linux: bprm_fill_uid(). The bits count only where the caller's user namespace knows the file's owner and group. */
function setIds(k: Kernel, task: Task, old: Cred, path: Path, inode: Inode): Pick<Cred, 'euid' | 'egid'> {
  const { euid, egid } = old
  if (!(inode.mode & (S_ISUID | S_ISGID))) return { euid, egid }
  const { uid, gid, mode } = inode
  const isUnmapped = uidIn(k, old.userNs, uid) === undefined || gidIn(k, old.userNs, gid) === undefined
  if (task.noNewPrivs || !mntMaySuid(k, task, old, path) || isUnmapped) {
    const why = task.noNewPrivs ? 'no-new-privs' : !isUnmapped ? 'nosuid' : 'suid-unmapped'
    // A bit that would have changed nothing is not missed, nor one by who is root already as far as its namespace goes.
    if (uid !== euid && !(isUnmapped && uidIn(k, old.userNs, euid) === 0)) note(k, task.id, why, { path })
    return { euid, egid }
  }
  const isSgid = (mode & (S_ISGID | 0o010)) === (S_ISGID | 0o010)
  return { euid: mode & S_ISUID ? uid : euid, egid: isSgid ? gid : egid }
}

/** Neither no_new_privs nor a tracer that could not do as much holds the task back. */
const mayGain = (k: Kernel, task: Task): boolean => !task.noNewPrivs && !isTracedUnsafely(k, task)

/** The options of prctl(2) about capabilities; undefined for all others. Linux: cap_task_prctl(). */
export function capPrctl(
  k: Kernel,
  task: Task,
  option: number,
  arg: number,
  arg3: number,
): number | undefined {
  const cred = k.creds.get(task.cred)
  switch (option) {
    case PR_CAPBSET_READ:
      return cred.capBset & validCap(arg) ? 1 : 0
    case PR_CAPBSET_DROP:
      dropFromBoundingSet(k, task, arg)
      return 0
    case PR_GET_SECUREBITS:
      return cred.securebits
    case PR_SET_SECUREBITS:
      setSecurebits(k, task, cred, arg)
      return 0
    case PR_GET_KEEPCAPS:
      return cred.securebits & SECBIT_KEEP_CAPS ? 1 : 0
    case PR_SET_KEEPCAPS:
      setKeepCaps(k, task, cred, arg)
      return 0
    case PR_CAP_AMBIENT:
      return capAmbient(k, task, cred, arg, arg3)
    default:
      return undefined
  }
}

function validCap(cap: number): bigint {
  if (!(cap >= 0 && cap <= CAP_LAST_CAP)) throw EINVAL
  return capBit(cap)
}

/** A locked bit stays as it is, a lock stays shut, and only who has CAP_SETPCAP changes anything. */
function setSecurebits(k: Kernel, task: Task, cred: Cred, bits: number): void {
  const old = cred.securebits
  const changesLocked = ((old & SECURE_ALL_LOCKS) >> 1) & (old ^ bits)
  const unlocks = old & SECURE_ALL_LOCKS & ~bits
  if (changesLocked || unlocks) throw refuse(k, EPERM, 'securebits-locked', {})
  if (bits & ~(SECURE_ALL_LOCKS | SECURE_ALL_BITS)) throw EPERM
  if (!nsCapable(k, cred, CAP_SETPCAP, cred.userNs)) throw EPERM
  commitCreds(k, task.id, { ...cred, securebits: bits })
}

function setKeepCaps(k: Kernel, task: Task, cred: Cred, keep: number): void {
  if (keep !== 0 && keep !== 1) throw EINVAL
  if (cred.securebits & SECBIT_KEEP_CAPS_LOCKED) throw refuse(k, EPERM, 'securebits-locked', {})
  const securebits = keep ? cred.securebits | SECBIT_KEEP_CAPS : cred.securebits & ~SECBIT_KEEP_CAPS
  commitCreds(k, task.id, { ...cred, securebits })
}

/** "Capabilities in the ambient set are those that are both permitted and inheritable" - prctl(2). */
function capAmbient(k: Kernel, task: Task, cred: Cred, operation: number, cap: number): number {
  if (operation === PR_CAP_AMBIENT_CLEAR_ALL) {
    commitCreds(k, task.id, { ...cred, capAmbient: 0n })
    return 0
  }
  const bit = validCap(cap)
  if (operation === PR_CAP_AMBIENT_IS_SET) return cred.capAmbient & bit ? 1 : 0
  if (operation === PR_CAP_AMBIENT_LOWER) {
    commitCreds(k, task.id, { ...cred, capAmbient: cred.capAmbient & ~bit })
    return 0
  }
  if (operation !== PR_CAP_AMBIENT_RAISE) throw EINVAL
  const isForbidden = (cred.securebits & SECBIT_NO_CAP_AMBIENT_RAISE) !== 0
  if (isForbidden || !(cred.capPermitted & cred.capInheritable & bit))
    throw refuse(k, EPERM, 'cap-ambient', {
      cap,
      forbidden: isForbidden ? 1 : 0,
      permitted: cred.capPermitted & bit ? 1 : 0,
      inheritable: cred.capInheritable & bit ? 1 : 0,
    })
  commitCreds(k, task.id, { ...cred, capAmbient: cred.capAmbient | bit })
  return 0
}
