/**
 * Mounting an overlay: its options and layers, and what is wrong with them. Linux: fs/overlayfs/super.c.
 *
 * Left out: index and nfs_export are taken but do nothing; xino.
 */
import { EBUSY, EINVAL, ELOOP, Errno, EROFS, isDir, MS_RDONLY, S_IFDIR, S_IFREG } from '../../abi/index.ts'
import {
  type Caller,
  type FileSystemType,
  type Path,
  pathLookup,
  type SuperBlock,
  type Vfs,
  vfsCreate,
  vfsRmdir,
  vfsUnlink,
} from '../../vfs/index.ts'
import { ovlFileOps, ovlInodeOps } from './inode.ts'
import { isOverlay, layerInode, type OvlFs, ovlFs, xattrName, YES } from './layers.ts'
import { newOvlInode } from './namei.ts'

const OVERLAYFS_SUPER_MAGIC = 0x794c7630
const MAX_STACK_DEPTH = 2

/** Linux: struct ovl_config. */
interface Config {
  lowerdir?: string
  upperdir?: string
  workdir?: string
  readonly flags: Record<string, string>
}

const VALUES: Readonly<Record<string, readonly string[]>> = {
  redirect_dir: ['on', 'off', 'follow', 'nofollow'],
  index: ['on', 'off'],
  uuid: ['on', 'off'],
  nfs_export: ['on', 'off'],
  xino: ['on', 'off', 'auto'],
  metacopy: ['on', 'off'],
}
const SWITCHES = ['default_permissions', 'userxattr', 'volatile']
/** What these are without being asked for; only other values show in /proc/mounts. */
const DEFAULTS: Readonly<Record<string, string>> = {
  redirect_dir: 'off',
  index: 'off',
  uuid: 'on',
  nfs_export: 'off',
  xino: 'off',
  metacopy: 'off',
}

function refuse(v: Vfs, errno: Errno, why: string): never {
  v.host.log(`overlayfs: ${why}`)
  throw errno
}

/** Linux: ovl_next_opt(): commas separate options unless a backslash stands before them. */
const splitOptions = (text: string): string[] => text.match(/(?:\\.|[^,\\])+/gs) ?? []
/** Linux: ovl_split_lowerdirs(): so do colons separate layers. */
const splitLayers = (text: string): string[] => text.split(/(?<!\\):/)
const unescapePath = (text: string): string => text.replace(/\\(.)/gs, '$1')

/** Linux: ovl_parse_opt(). */
function parse(v: Vfs, text: string): Config {
  const config: Config = { flags: {} }
  for (const option of splitOptions(text)) {
    const [key = '', value] = option.split(/=(.*)/s)
    if (value !== undefined && (key === 'lowerdir' || key === 'upperdir' || key === 'workdir'))
      config[key] = value
    else if (value === undefined ? SWITCHES.includes(key) : VALUES[key]?.includes(value))
      config.flags[key] = value ?? ''
    else if (value && key === 'redirect_dir') refuse(v, EINVAL, `bad mount option "redirect_dir=${value}"`)
    else refuse(v, EINVAL, `unrecognized mount option "${option}" or missing value`)
  }
  if (!config.upperdir) dropUseless(v, config)
  return config
}

/** What only concerns an upper layer. */
function dropUseless(v: Vfs, config: Config): void {
  if (config.workdir) {
    v.host.log(`overlayfs: option "workdir=${config.workdir}" is useless in a non-upper mount, ignore`)
    delete config.workdir
  }
  if (config.flags.index === 'on') {
    v.host.log('overlayfs: option "index=on" is useless in a non-upper mount, ignore')
    delete config.flags.index
  }
  if ('volatile' in config.flags) {
    v.host.log('overlayfs: option "volatile" is meaningless in a non-upper mount, ignoring it.')
    delete config.flags.volatile
  }
}

/** What the options come to, since some need or exclude others. */
interface Features {
  readonly redirectDir: boolean
  readonly redirectFollow: boolean
  readonly metacopy: boolean
  readonly offlineChanges: boolean
}

/** Linux: the second half of ovl_parse_opt(). Changes what is shown of features that were put aside. */
function resolveFeatures(v: Vfs, config: Config): Features {
  const { flags, upperdir } = config
  const mode = flags.redirect_dir
  let redirectDir = mode === 'on'
  // CONFIG_OVERLAY_FS_REDIRECT_ALWAYS_FOLLOW: they are followed unless nofollow is said.
  let redirectFollow = mode !== 'nofollow'
  let metacopy = flags.metacopy === 'on'
  if (!upperdir && redirectFollow) redirectDir = true
  if (metacopy && !redirectDir) {
    if (mode !== undefined) refuse(v, EINVAL, `conflicting options: metacopy=on,redirect_dir=${mode}`)
    redirectDir = redirectFollow = true
  }
  if ('userxattr' in flags) {
    if (redirectFollow && mode !== undefined)
      refuse(v, EINVAL, `conflicting options: userxattr,redirect_dir=${mode}`)
    if (metacopy) refuse(v, EINVAL, 'conflicting options: userxattr,metacopy=on')
    redirectDir = redirectFollow = metacopy = false
  }
  const offlineChanges = !redirectDir && !metacopy && flags.index !== 'on' && flags.xino !== 'on'
  return { redirectDir, redirectFollow, metacopy, offlineChanges }
}

/** Linux: ovl_show_options(). */
function show(config: Config): string {
  const quote = (text: string): string =>
    text.replace(/[ \t\n\\,=]/g, c => `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}`)
  const parts = [`lowerdir=${quote(config.lowerdir!)}`]
  if (config.upperdir) parts.push(`upperdir=${quote(config.upperdir)}`, `workdir=${quote(config.workdir!)}`)
  if ('default_permissions' in config.flags) parts.push('default_permissions')
  for (const key of ['redirect_dir', 'index', 'uuid', 'nfs_export', 'xino', 'metacopy'])
    if (config.flags[key] !== undefined && config.flags[key] !== DEFAULTS[key])
      parts.push(`${key}=${config.flags[key]}`)
  for (const key of ['volatile', 'userxattr']) if (key in config.flags) parts.push(key)
  return parts.join(',')
}

/** Linux: ovl_mount_dir(). Errors: those of the path walk, EINVAL. */
function directory(v: Vfs, as: Caller, name: string): Path {
  let path: Path
  try {
    path = pathLookup(v, as, name, 'follow')
  } catch (e) {
    if (e instanceof Errno) v.host.log(`overlayfs: failed to resolve '${name}': ${-e.errno}`)
    throw e
  }
  if (!isDir(layerInode(v, path.dentry))) refuse(v, EINVAL, `'${name}' not a directory`)
  return { mount: path.mount, dentry: v.pin(path.dentry) }
}

/** Linux: ovl_get_upper() and ovl_get_workdir(), as far as they look. */
function upperAndWork(v: Vfs, as: Caller, config: Config): { upper: Path; work: Path } | undefined {
  if (!config.upperdir) return undefined
  if (!config.workdir) refuse(v, EINVAL, "missing 'workdir'")
  const upper = directory(v, as, unescapePath(config.upperdir))
  const sb = v.superBlocks.get(v.dentry(upper.dentry).sb)
  if (isOverlay(sb)) refuse(v, EINVAL, `filesystem on '${config.upperdir}' not supported as upperdir`)
  if ((v.mounts.get(upper.mount).flags | sb.flags) & MS_RDONLY)
    refuse(v, EINVAL, 'upper fs is r/o, try multi-lower layers mount')
  const work = directory(v, as, unescapePath(config.workdir!))
  if (work.mount !== upper.mount) refuse(v, EINVAL, 'workdir and upperdir must reside under the same mount')
  if (isBelow(v, work.dentry, upper.dentry) || isBelow(v, upper.dentry, work.dentry))
    refuse(v, EINVAL, 'workdir and upperdir must be separate subtrees')
  return { upper, work }
}

function isBelow(v: Vfs, dentry: number, ancestor: number): boolean {
  for (let id = dentry; ; ) {
    if (id === ancestor) return true
    const { parent } = v.dentry(id)
    if (parent === id) return false
    id = parent
  }
}

/** Linux: ovl_setup_trap(), ovl_check_overlapping_layers(). Errors: ELOOP. */
function checkOverlaps(
  v: Vfs,
  upper: Path | undefined,
  work: Path | undefined,
  lowers: readonly Path[],
): void {
  const layers = [...(upper ? [upper] : []), ...(work ? [work] : []), ...lowers].map(it => it.dentry)
  const first = layers.length - lowers.length
  layers.forEach((it, i) => {
    if (i >= first && layers.indexOf(it) < i) refuse(v, ELOOP, 'conflicting lowerdir path')
  })
  layers.forEach((it, i) => {
    const { parent } = v.dentry(it)
    const what = i >= first ? 'lowerdir' : it === work?.dentry ? 'workdir' : 'upperdir'
    if (parent !== it && layers.some(other => isBelow(v, parent, other)))
      refuse(v, ELOOP, `overlapping ${what} path`)
  })
}

/** Linux: ovl_inuse_trylock(): using an upper layer twice is only warned of, unless there is an index. */
function checkInUse(v: Vfs, upper: Path, work: Path, config: Config): void {
  const others = [...v.superBlocks.values()].filter(isOverlay).map(sb => sb.data as OvlFs)
  const used = (what: string, isUsed: boolean): void => {
    if (!isUsed) return
    const line = `${what} is in-use as upperdir/workdir of another mount`
    if (config.flags.index === 'on')
      refuse(v, EBUSY, `${line}, mount with '-o index=off' to override exclusive upperdir protection.`)
    v.host.log(`overlayfs: ${line}, accessing files from both mounts will result in undefined behavior.`)
  }
  used(
    'upperdir',
    others.some(it => it.upper === upper.dentry),
  )
  used(
    'workdir',
    others.some(it => it.work && v.dentry(it.work).parent === work.dentry),
  )
}

/** Linux: ovl_workdir_create(): an empty `work` of mode 0 in the work directory; leftovers go. */
function makeWork(v: Vfs, as: Caller, work: number): number {
  const old = v.lookup(work, 'work', as)
  if (old) cleanUp(v, as, old, 1)
  const { fsuid: uid, fsgid: gid } = as.cred
  return vfsCreate(v, as, work, 'work', { mode: S_IFDIR, uid, gid })
}

/**
 * Linux: ovl_workdir_cleanup(). What lies in work/incompat names features without which the overlay must not be
 * mounted again. Errors: EINVAL.
 */
function cleanUp(v: Vfs, as: Caller, dentry: number, level: number): void {
  const inode = layerInode(v, dentry)
  if (!isDir(inode)) return vfsUnlink(v, as, dentry)
  for (const { name } of v.iops(inode).readdir(v, inode, as)) {
    if (level === 2 && v.dentry(dentry).name === 'incompat')
      refuse(v, EINVAL, `overlay with incompat feature '${name}' cannot be mounted`)
    cleanUp(v, as, v.lookup(dentry, name, as), level + 1)
  }
  vfsRmdir(v, as, dentry)
}

/** Linux: ovl_create_volatile_dirty(): after a crash, or without care, the upper layer is not to be trusted. */
function markVolatile(v: Vfs, as: Caller, work: number): void {
  const { fsuid: uid, fsgid: gid } = as.cred
  let dir = work
  for (const name of ['incompat', 'volatile']) dir = vfsCreate(v, as, dir, name, { mode: S_IFDIR, uid, gid })
  vfsCreate(v, as, dir, 'dirty', { mode: S_IFREG, uid, gid })
}

/** Whether the overlay may keep its marks on the upper layer. Linux: the probing in ovl_make_workdir(). */
function probeXattrs(v: Vfs, as: Caller, work: number, userxattr: boolean): boolean {
  const inode = layerInode(v, work)
  const name = xattrName({ userxattr } as OvlFs, 'opaque')
  if (!userxattr && as.cred.userNs !== v.initUserNs) return failedProbe(v, userxattr)
  try {
    v.iops(inode).setxattr(v, inode, name, YES, 0)
    v.iops(inode).removexattr(v, inode, name)
    return true
  } catch {
    return failedProbe(v, userxattr)
  }
}

function failedProbe(v: Vfs, userxattr: boolean): false {
  v.host.log('overlayfs: failed to set xattr on upper')
  if (!userxattr) v.host.log("overlayfs: try mounting with 'userxattr' option")
  return false
}

function depthOf(v: Vfs, layers: readonly number[]): number {
  const depth = (sb: SuperBlock): number => (isOverlay(sb) ? ovlFs(v, sb.id).stackDepth : 0)
  return 1 + Math.max(...layers.map(it => depth(v.superBlocks.get(v.dentry(it).sb))))
}

function mount(v: Vfs, text: string, flags: number, as: Caller): number {
  const config = parse(v, text)
  const features = resolveFeatures(v, config)
  if (!config.lowerdir) refuse(v, EINVAL, "missing 'lowerdir'")
  const both = upperAndWork(v, as, config)
  if (both) checkInUse(v, both.upper, both.work, config)
  // Whatever is wrong with the lower layers, the work directory has been prepared by then.
  const work = both ? makeWork(v, mounterOf(as), both.work.dentry) : 0
  if (both && 'volatile' in config.flags) markVolatile(v, mounterOf(as), work)
  const names = splitLayers(config.lowerdir!)
  if (names.some(name => !name)) refuse(v, EINVAL, 'empty lowerdir')
  if (!both && names.length === 1)
    refuse(v, EINVAL, 'at least 2 lowerdir are needed while upperdir nonexistent')
  const lowers = names.map(name => directory(v, as, unescapePath(name)))
  const stackDepth = depthOf(
    v,
    lowers.map(it => it.dentry),
  )
  if (stackDepth > MAX_STACK_DEPTH) refuse(v, EINVAL, 'maximum fs stacking depth exceeded')
  checkOverlaps(v, both?.upper, both?.work, lowers)
  const layers = { upper: both?.upper.dentry ?? 0, work, lowers: lowers.map(it => it.dentry), stackDepth }
  return fillSuper(v, as, config, flags, layers, features)
}

const mounterOf = ({ cred, fs, mntNs }: Caller): Caller => ({
  task: 0,
  cred,
  fs,
  mntNs,
  fsizeLimit: Number.POSITIVE_INFINITY,
})

interface Layers {
  readonly upper: number
  readonly work: number
  readonly lowers: readonly number[]
  readonly stackDepth: number
}

/** Linux: ovl_fill_super(), from where nothing can go wrong any more. */
function fillSuper(
  v: Vfs,
  as: Caller,
  config: Config,
  flags: number,
  layers: Layers,
  features: Features,
): number {
  const { upper, work, lowers, stackDepth } = layers
  const userxattr = 'userxattr' in config.flags
  const dev = v.anonDev()
  const sbs = new Set([...(upper ? [upper] : []), ...lowers].map(it => v.dentry(it).sb))
  const sameFs = sbs.size === 1
  const pseudoDevs = new Map<number, number>()
  const upperDev = v.anonDev()
  for (const sb of sbs) pseudoDevs.set(sb, upper && sb === v.dentry(upper).sb ? upperDev : v.anonDev())
  if (!upper || !pseudoDevs.has(v.dentry(upper).sb)) pseudoDevs.set(0, upperDev)
  const data: OvlFs = {
    upper,
    work,
    lowers,
    pinned: [...sbs],
    sameFs,
    pseudoDevs,
    userxattr,
    ...features,
    xattrs: upper !== 0 && probeXattrs(v, as, work, userxattr),
    stackDepth,
    mounter: mounterOf(as),
    mntIds: [...(upper ? [upper] : []), ...lowers].map(() => v.takeMntId()),
  }
  for (const sb of sbs) v.activate(sb)
  for (const dentry of [upper, work, ...lowers]) if (dentry) v.dget(dentry)
  const sb = v.newSuperBlock({
    type: 'overlay',
    magic: OVERLAYFS_SUPER_MAGIC,
    dev,
    flags: upper ? flags : flags | MS_RDONLY,
    blockSize: 4096,
    userNs: as.cred.userNs,
    options: show(config),
    data,
  })
  v.setRoot(sb.id, rootInode(v, sb.id, data))
  return sb.id
}

/** Linux: ovl_get_root(). */
const rootInode = (v: Vfs, sb: number, { upper, lowers }: OvlFs) =>
  newOvlInode(v, sb, { upper, lower: lowers.map((dentry, i) => ({ layer: i + 1, dentry })) })

/** Linux: ovl_fs_type. */
export const overlay: FileSystemType = {
  name: 'overlay',
  magic: OVERLAYFS_SUPER_MAGIC,
  requiresDev: false,
  usernsMount: true,
  iops: () => ovlInodeOps as never,
  fops: () => ovlFileOps,
  mount: (v, _source, options, flags, as) => mount(v, options, flags, as),

  statfs(v, sb) {
    const fs = ovlFs(v, sb.id)
    const real = v.superBlocks.get(v.dentry(fs.upper || fs.lowers[0]!).sb)
    return { ...v.fsOf(real).statfs(v, real), type: OVERLAYFS_SUPER_MAGIC }
  },

  remount(v, sb, _options, _as, flags) {
    if (!(flags & MS_RDONLY) && !ovlFs(v, sb.id).upper) throw EROFS
    return sb.options
  },

  kill(v, sb) {
    const fs = ovlFs(v, sb.id)
    for (const dentry of [fs.upper, fs.work, ...fs.lowers]) if (dentry) v.dput(dentry)
    for (const dev of fs.pseudoDevs.values()) v.freeAnonDev(dev)
    for (const id of fs.mntIds) v.giveMntId(id)
    for (const id of fs.pinned) v.deactivate(id)
  },
}
