/**
 * Mounting an overlay. Linux: fs/overlayfs/super.c.
 *
 * Left out: sync.
 */
import { EINVAL, EROFS, MS_RDONLY } from '../../abi/index.ts'
import { type Caller, type FileSystemType, type Vfs, refuse as refuseFor } from '../../vfs/index.ts'
import {
  checkLayers,
  checkOverlaps,
  depthOf,
  getIndexDir,
  lowerStack,
  makeWorkdir,
  MAX_STACK_DEPTH,
  type Mounting,
  numberFileSystems,
  settleXino,
  splitLayers,
  upperAndWork,
} from './get-layers.ts'
import { ovlFileOps, ovlInodeOps } from './inode.ts'
import { type OvlFs, ovlFs } from './layers.ts'
import { forgetInodes, newOvlInode } from './namei.ts'
import { OVERLAYFS_SUPER_MAGIC } from './module.ts'
import { allowsOfflineChanges, parse, refuse, show, warn } from './params.ts'

/** Linux: OVL_MAX_STACK. */
const MAX_LAYERS = 500

/** Linux: ovl_fill_super(). */
function mount(v: Vfs, text: string, flags: number, caller: Caller): number {
  const config = parse(v, text)
  if (!config.lowerdir) refuse(v, EINVAL, "missing 'lowerdir'", 'overlay-no-lowerdir')
  if (splitLayers(config.lowerdir).length > MAX_LAYERS)
    refuse(v, EINVAL, `too many lower directories, limit is ${MAX_LAYERS}`, 'overlay-too-many')
  const as = mounterOf(caller)
  const mounting: Mounting = {
    config,
    as,
    upper: 0,
    workBase: 0,
    upperLocked: false,
    workLocked: false,
    work: 0,
    index: 0,
    lowers: [],
    xattrs: false,
    xinoBits: config.xino === 'off' ? 0 : 32,
  }
  if (config.upperdir) {
    upperAndWork(v, mounting)
    // Whatever is wrong with the lower layers, the work directory has been prepared by then.
    makeWorkdir(v, mounting)
  }
  lowerStack(v, mounting)
  const stackDepth = depthOf(v, [...mounting.lowers, ...(mounting.upper ? [mounting.upper] : [])])
  if (stackDepth > MAX_STACK_DEPTH) refuse(v, EINVAL, 'maximum fs stacking depth exceeded', 'overlay-depth')
  checkLayers(v, mounting)
  return fillSuper(v, mounting, flags, stackDepth)
}

const mounterOf = ({ cred, fs, mntNs }: Caller): Caller => ({
  task: 0,
  cred,
  fs,
  mntNs,
  fsizeLimit: Number.POSITIVE_INFINITY,
})

/** The second half of ovl_fill_super(). */
function fillSuper(v: Vfs, mounting: Mounting, flags: number, stackDepth: number): number {
  const { config, as, upper, lowers } = mounting
  const { fsids, isSameFs } = numberFileSystems(v, mounting)
  settleXino(v, mounting, isSameFs, fsids.size)
  if (!config.uuid && fsids.size > 1) {
    warn(v, 'The uuid=off requires a single fs for lower and upper, falling back to uuid=on.')
    config.uuid = true
  }
  const draft = { ...config, mounter: as, upper, lowers, index: 0, workBase: mounting.workBase }
  if (mounting.work && config.index)
    getIndexDir(v, mounting, { ...draft, xattrs: mounting.xattrs } as unknown as OvlFs)
  checkOverlaps(v, mounting)
  const writable = mounting.work !== 0 && (mounting.index !== 0 || !config.index)
  if (!mounting.index) {
    config.index = false
    if (upper && config.nfsExport) {
      warn(v, 'NFS export requires an index dir, falling back to nfs_export=off.')
      config.nfsExport = false
    }
  }
  const dev = v.anonDev()
  const pseudoDevs = new Map([...fsids.keys()].map(sb => [sb, v.anonDev()]))
  const pinned = [...fsids.keys()].filter(Boolean)
  const { work, index, workBase, upperLocked, workLocked, xattrs, xinoBits } = mounting
  const data: OvlFs = {
    config,
    upper,
    work,
    index,
    workBase,
    upperLocked,
    workLocked,
    lowers,
    pinned,
    traps: new Set([upper, workBase, work, index, ...lowers].filter(Boolean).map(it => v.dentry(it).inode)),
    xinoBits,
    pseudoDevs,
    fsids,
    userxattr: config.userxattr,
    uuid: config.uuid,
    nfsExport: config.nfsExport,
    redirectDir: config.redirectDir,
    redirectFollow: config.redirectFollow,
    metacopy: config.metacopy,
    offlineChanges: allowsOfflineChanges(config),
    xattrs,
    stackDepth,
    mounter: as,
    mntIds: [...(upper ? [upper] : []), ...lowers].map(() => v.takeMntId()),
  }
  for (const sb of pinned) v.activate(sb)
  for (const dentry of held(data)) v.dget(dentry)
  const sb = v.newSuperBlock({
    type: 'overlay',
    magic: OVERLAYFS_SUPER_MAGIC,
    dev,
    flags: writable ? flags : flags | MS_RDONLY,
    blockSize: 4096,
    userNs: as.cred.userNs,
    options: show(v, config, isSameFs),
    data,
  })
  v.setRoot(sb.id, rootInode(v, sb.id, data))
  return sb.id
}

/** The dentries that a mounted overlay keeps. */
const held = ({ upper, work, workBase, lowers }: OvlFs): number[] =>
  [upper, work, workBase, ...lowers].filter(Boolean)

/** Linux: ovl_get_root(). */
const rootInode = (v: Vfs, sb: number, { upper, lowers }: OvlFs) =>
  newOvlInode(v, sb, { upper, lower: lowers.map((dentry, i) => ({ layer: i + 1, dentry })) })

/** Linux: ovl_fs_type and ovl_super_operations. */
export const overlayDriver: Omit<FileSystemType, 'name' | 'magic' | 'requiresDev' | 'usernsMount'> = {
  iops: () => ovlInodeOps as never,
  fops: () => ovlFileOps,
  mount: (v, _source, options, flags, as) => mount(v, options, flags, as),

  statfs(v, sb) {
    const fs = ovlFs(v, sb.id)
    const real = v.superBlocks.get(v.dentry(fs.upper || fs.lowers[0]!).sb)
    return { ...v.fsOf(real).statfs(v, real), type: OVERLAYFS_SUPER_MAGIC }
  },

  remount(v, sb, _options, _as, flags) {
    if (!(flags & MS_RDONLY) && !ovlFs(v, sb.id).work) throw refuseFor(v, EROFS, 'overlay-read-only', {})
    return sb.options
  },

  showOptions: (v, sb) => show(v, ovlFs(v, sb.id).config, ovlFs(v, sb.id).xinoBits === 0),

  kill(v, sb) {
    const fs = ovlFs(v, sb.id)
    for (const dentry of held(fs)) v.dput(dentry)
    forgetInodes(v, sb.id)
    for (const dev of fs.pseudoDevs.values()) v.freeAnonDev(dev)
    for (const id of fs.mntIds) v.giveMntId(id)
    for (const id of fs.pinned) v.deactivate(id)
  },
}
