/**
 * What the options name, looked at before an overlay stands on it: the upper and the work directory, the lower layers, the
 * index. Linux: ovl_get_upper(), ovl_get_workdir(), ovl_get_lowerstack(), ovl_get_layers() and ovl_get_indexdir() of
 * fs/overlayfs/super.c.
 *
 * Left out: the limits of path and name lengths.
 */
import { EINVAL, ELOOP, ENOSPC, Errno, ESTALE, isDir, MS_RDONLY } from '../../abi/index.ts'
import { type Caller, type Path, pathLookup, type SuperBlock, type Vfs } from '../../vfs/index.ts'
import { canDecodeFh, verifySetFh } from './file-handle.ts'
import { cleanIndexDir } from './index-dir.ts'
import { isOverlay, layerInode, type OvlFs, ovlFs } from './layers.ts'
import { type Config, refuse, warn } from './params.ts'
import { tempName } from './whiteout.ts'
import { isInUse, makeDirectory, markVolatile, probeXattrs, reportInUse } from './workdir.ts'

/** Linux: FILESYSTEM_MAX_STACK_DEPTH. */
export const MAX_STACK_DEPTH = 2

/** Linux: ovl_split_lowerdirs(): colons separate layers unless a backslash stands before them. */
export const splitLayers = (text: string): string[] => text.split(/(?<!\\):/)
const unescapePath = (text: string): string => text.replace(/\\(.)/gs, '$1')

/** Linux: ovl_mount_dir(). Errors: those of the path walk, EINVAL. */
function directory(v: Vfs, as: Caller, name: string): Path {
  let path: Path
  try {
    path = pathLookup(v, as, name, 'follow')
  } catch (e) {
    if (e instanceof Errno) v.host.log(`overlayfs: failed to resolve '${name}': ${-e.errno}`)
    throw e
  }
  if (!isDir(layerInode(v, path.dentry)))
    refuse(v, EINVAL, `'${name}' not a directory`, 'overlay-not-directory')
  return { mount: path.mount, dentry: v.pin(path.dentry) }
}

/** Linux: ovl_mount_dir(), for the directories that are written to. */
function upperDirectory(v: Vfs, as: Caller, escaped: string): Path {
  const path = directory(v, as, unescapePath(escaped))
  const sb = v.superBlocks.get(v.dentry(path.dentry).sb)
  if (isOverlay(sb))
    refuse(
      v,
      EINVAL,
      `filesystem on '${unescapePath(escaped)}' not supported as upperdir`,
      'overlay-upper-type',
    )
  return path
}

/** What is known of an overlay while it is being mounted. */
export interface Mounting {
  readonly config: Config
  readonly as: Caller
  upper: number
  workBase: number
  upperLocked: boolean
  workLocked: boolean
  work: number
  index: number
  readonly lowers: number[]
  /** The overlay can keep its marks on the upper layer. */
  xattrs: boolean
  /** Linux: xino_mode: how many bits of an inode number are free for the layer; -1: not known. */
  xinoBits: number
}

/** Linux: ovl_get_upper() and ovl_get_workdir(), as far as they look. */
export function upperAndWork(v: Vfs, mounting: Mounting): void {
  const { config, as } = mounting
  if (!config.workdir) refuse(v, EINVAL, "missing 'workdir'", 'overlay-no-workdir')
  const upper = upperDirectory(v, as, config.upperdir!)
  const sb = v.superBlocks.get(v.dentry(upper.dentry).sb)
  if ((v.mounts.get(upper.mount).flags | sb.flags) & MS_RDONLY)
    refuse(v, EINVAL, 'upper fs is r/o, try multi-lower layers mount', 'overlay-upper-ro')
  mounting.upperLocked = !isInUse(v, upper.dentry)
  if (!mounting.upperLocked) reportInUse(v, 'upperdir', config)
  const work = upperDirectory(v, as, config.workdir!)
  if (work.mount !== upper.mount)
    refuse(v, EINVAL, 'workdir and upperdir must reside under the same mount', 'overlay-work-mount')
  if (isBelow(v, work.dentry, upper.dentry) || isBelow(v, upper.dentry, work.dentry))
    refuse(v, EINVAL, 'workdir and upperdir must be separate subtrees', 'overlay-work-inside')
  mounting.workLocked = !isInUse(v, work.dentry)
  if (!mounting.workLocked) reportInUse(v, 'workdir', config)
  mounting.upper = upper.dentry
  mounting.workBase = work.dentry
}

function isBelow(v: Vfs, dentry: number, ancestor: number): boolean {
  for (let id = dentry; ; ) {
    if (id === ancestor) return true
    const { parent } = v.dentry(id)
    if (parent === id) return false
    id = parent
  }
}

/** Linux: ovl_make_workdir(): what the upper file system cannot do, the overlay does without. */
export function makeWorkdir(v: Vfs, mounting: Mounting): void {
  const { config, as } = mounting
  mounting.work = makeDirectory(v, as, mounting.workBase, 'work', config)
  if (!mounting.work) return
  checkRenameWhiteout(v, mounting.work)
  mounting.xattrs = probeXattrs(v, as, mounting.work, config)
  if (config.volatile) markVolatile(v, as, mounting.work)
  const handles = canDecodeFh(v, v.superBlocks.get(v.dentry(mounting.work).sb), as)
  if (config.index && !handles) {
    config.index = false
    warn(v, 'upper fs does not support file handles, falling back to index=off.')
  }
  if (handles !== 'ino32') mounting.xinoBits = -1
  if (config.nfsExport && !config.index) {
    warn(v, 'NFS export requires "index=on", falling back to nfs_export=off.')
    config.nfsExport = false
  }
}

/**
 * Linux: ovl_check_rename_whiteout(), which tries two temporary names: there have to be inodes for them, and for the file
 * without a name that was tried before and is not closed yet. Errors: ENOSPC.
 */
function checkRenameWhiteout(v: Vfs, work: number): void {
  const sb = v.superBlocks.get(v.dentry(work).sb)
  const { files, ffree } = v.fsOf(sb).statfs(v, sb)
  if (files && ffree === 0) warn(v, 'upper fs does not support tmpfile.')
  tempName(v)
  if (files && ffree < 3) throw ENOSPC
  tempName(v)
}

/** Linux: ovl_get_lowerstack(). Errors: those of the path walks, EINVAL. */
export function lowerStack(v: Vfs, mounting: Mounting): void {
  const { config, as } = mounting
  const names = splitLayers(config.lowerdir!)
  if (names.some(name => !name)) refuse(v, EINVAL, 'empty lowerdir', 'overlay-empty-lower')
  if (!mounting.upper && names.length === 1)
    refuse(v, EINVAL, 'at least 2 lowerdir are needed while upperdir nonexistent', 'overlay-one-lower')
  for (const name of names) {
    const { dentry } = directory(v, as, unescapePath(name))
    checkHandles(v, mounting, unescapePath(name), v.superBlocks.get(v.dentry(dentry).sb))
    mounting.lowers.push(dentry)
  }
}

/** Linux: the second half of ovl_lower_dir(): an index needs file handles on all layers. */
function checkHandles(v: Vfs, mounting: Mounting, name: string, sb: SuperBlock): void {
  const { config } = mounting
  const handles = canDecodeFh(v, sb, mounting.as)
  const without = (what: string): void =>
    warn(v, `fs on '${name}' does not support file handles, falling back to ${what}.`)
  if ((config.nfsExport || (config.index && config.upperdir)) && !handles) {
    config.index = config.nfsExport = false
    without('index=off,nfs_export=off')
  }
  if (config.xino === 'auto' && config.upperdir && !handles) {
    config.xino = 'off'
    without('xino=off')
  }
  if (handles !== 'ino32') mounting.xinoBits = -1
}

/** Linux: ovl_get_layers(), of which this is the looking: no layer twice, none in use elsewhere. Errors: ELOOP, EBUSY. */
export function checkLayers(v: Vfs, { config, upper, workBase, work, lowers }: Mounting): void {
  const traps = new Set([upper, workBase, work].filter(Boolean))
  for (const it of lowers) {
    if (traps.has(it)) refuse(v, ELOOP, 'conflicting lowerdir path', 'overlay-conflicting')
    traps.add(it)
    if (isInUse(v, it)) reportInUse(v, 'lowerdir', config)
  }
}

/** Linux: ovl_check_overlapping_layers(): no lower layer within another layer, none within another overlay's. */
export function checkOverlaps(v: Vfs, { config, upper, workBase, work, index, lowers }: Mounting): void {
  const traps = new Set([upper, workBase, work, index, ...lowers].filter(Boolean))
  const check = (layer: number, what: string): void => {
    for (let at = v.dentry(layer); at.parent !== at.id; at = v.dentry(at.parent)) {
      if (what === 'lowerdir' && traps.has(at.parent))
        refuse(v, ELOOP, 'overlapping lowerdir path', 'overlay-overlapping')
      if (isInUse(v, at.parent)) reportInUse(v, what, config)
    }
  }
  if (upper) check(upper, 'upperdir')
  if (workBase) check(workBase, 'workdir')
  for (const it of lowers) check(it, 'lowerdir')
}

/** Linux: s_stack_depth; what procfs shows is not to be stacked on. */
export function depthOf(v: Vfs, layers: readonly number[]): number {
  const depth = (sb: SuperBlock): number =>
    isOverlay(sb) ? ovlFs(v, sb.id).stackDepth : sb.type === 'proc' ? MAX_STACK_DEPTH : 0
  return 1 + Math.max(...layers.map(it => depth(v.superBlocks.get(v.dentry(it).sb))))
}

/** Linux: ovl_get_layers(), about xino. `count` file systems, the upper one's place included. */
export function settleXino(v: Vfs, mounting: Mounting, isSameFs: boolean, count: number): void {
  const { config } = mounting
  if (isSameFs) {
    if (config.xino === 'on') warn(v, '"xino=on" is useless with all layers on same fs, ignore.')
    mounting.xinoBits = 0
  } else if (config.xino === 'off') mounting.xinoBits = -1
  else if (mounting.xinoBits < 0) mounting.xinoBits = Math.floor(Math.log2(count - 1)) + 2
  if (mounting.xinoBits > 0) warn(v, `"xino" feature enabled using ${mounting.xinoBits} upper inode bits.`)
}

/** Linux: ovl_get_indexdir(). Errors: ESTALE if the index belongs to other layers, EINVAL. */
export function getIndexDir(v: Vfs, mounting: Mounting, fs: OvlFs): void {
  const { config, as, upper, lowers } = mounting
  if (verifySetFh(v, fs, upper, { name: 'origin', real: lowers[0]!, set: true }))
    refuse(v, ESTALE, 'failed to verify upper root origin', 'overlay-origin')
  mounting.index = makeDirectory(v, as, mounting.workBase, 'index', config)
  const hint = "try deleting index dir or mounting with '-o index=off' to disable inodes index."
  if (!mounting.index) return warn(v, hint)
  if (verifySetFh(v, fs, mounting.index, { name: 'upper', real: upper, set: true })) {
    warn(v, "failed to verify index dir 'upper' xattr")
    refuse(v, ESTALE, hint, 'overlay-index')
  }
  // From here on it serves as the work directory too.
  mounting.work = mounting.index
  try {
    cleanIndexDir(v, { ...fs, work: mounting.index, index: mounting.index })
  } catch (e) {
    warn(v, hint)
    throw e
  }
}

/** The file systems of the layers: their numbers, and the device numbers of files when inode numbers do not tell them apart. */
export function numberFileSystems(v: Vfs, { upper, lowers }: Mounting) {
  const upperSb = upper ? v.dentry(upper).sb : 0
  const fsids = new Map<number, number>([[upperSb, 0]])
  for (const it of lowers) {
    const { sb } = v.dentry(it)
    if (!fsids.has(sb)) fsids.set(sb, fsids.size)
  }
  const isSameFs = fsids.size - (upper ? 0 : 1) === 1
  return { fsids, isSameFs }
}
