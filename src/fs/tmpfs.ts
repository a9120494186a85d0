/**
 * tmpfs: files in memory, and devtmpfs, which is one of them that every mount shows. Linux: mm/shmem.c,
 * drivers/base/devtmpfs.c.
 *
 * Left out: huge pages and memory policies (huge= and mpol= are only shown).
 */
import {
  EINVAL,
  encode,
  ENOMEM,
  FS_APPEND_FL,
  FS_IMMUTABLE_FL,
  FS_NOATIME_FL,
  FS_NODUMP_FL,
  isLink,
} from '../abi/index.ts'
import type { Own } from '../state/index.ts'
import type { Caller, FileOps, FileSystemType, SuperBlock, Vfs } from '../vfs/index.ts'
import { fitting, hasPage, PAGE } from './pages.ts'
import {
  newStore,
  type StoreInode,
  type StoreKind,
  type StoreSuper,
  storeFops,
  storeInodeOps,
  storeStatfs,
} from './store.ts'

const TMPFS_MAGIC = 0x01021994
const RAMFS_MAGIC = 0x858458f6
const BOGO_DIRENT_SIZE = 20
/** Links up to this length stay in the inode. */
const SHORT_SYMLINK = 128

const kind: StoreKind = {
  dirSize: names => (names + 2) * BOGO_DIRENT_SIZE,
  blocksOf: inode => (isLink(inode) && encode(inode.link).length >= SHORT_SYMLINK ? 1 : 0),
  order: names => names.reverse(),
  countsLinks: true,
  xattrs: ['trusted.', 'security.'],
  acls: true,
  fileattr: {
    initial: 0,
    known: FS_IMMUTABLE_FL | FS_APPEND_FL | FS_NODUMP_FL | FS_NOATIME_FL,
    directories: 0,
    inherited: FS_NODUMP_FL | FS_NOATIME_FL,
  },
}
const iops = storeInodeOps(kind)

/** What the options of a mount say; absent ones stay as they are. */
interface Options {
  blocks?: number
  inodes?: number
  mode?: number
  uid?: number
  gid?: number
  huge?: string
  inode32?: boolean
  mpol?: string
}

const totalPages = (v: Vfs): number => Math.floor((v.host.totalRam ?? 2014140 * 1024) / PAGE)

/** Linux: shmem_parse_options(). Errors: EINVAL, with a line in the kernel's log. */
function parse(v: Vfs, name: string, text: string, as: Caller): Options {
  const options: Options = {}
  for (const option of text.split(',')) {
    if (!option) continue
    const [key = '', value] = option.split(/=(.*)/s)
    if (!parseOption(v, options, key, value, as)) {
      v.host.log(`${name}: ${whyBad(key, value)}`)
      throw EINVAL
    }
  }
  return options
}

/** Linux: fs_parse(). */
function whyBad(key: string, value: string | undefined): string {
  if (KNOWN.includes(key)) return `Bad value for '${key}'`
  return `${key.startsWith('inode') && value !== undefined ? 'Unexpected value for' : 'Unknown parameter'} '${key}'`
}

/** What huge pages may be used for; nobody sees whether they are. */
const HUGE = ['never', 'always', 'within_size', 'advise']

const KNOWN = ['size', 'nr_blocks', 'nr_inodes', 'mode', 'uid', 'gid', 'huge', 'mpol']

function parseOption(v: Vfs, options: Options, key: string, value: string | undefined, as: Caller): boolean {
  if ((key === 'uid' || key === 'gid') && value !== undefined) {
    const id = decimal(value)
    if (id === undefined || id >= 2 ** 32 - 1) return false
    const make = key === 'uid' ? v.host.makeKuid : v.host.makeKgid
    const kid = make ? make(as.cred.userNs, id) : id
    if (kid !== undefined) options[key] = kid
    return kid !== undefined
  }
  if (key === 'inode64' || key === 'inode32') {
    options.inode32 = key === 'inode32'
    return value === undefined
  }
  if (value === undefined) return false
  if (key === 'mpol') {
    const mpol = policy(value)
    if (mpol) options.mpol = mpol
    return mpol !== undefined
  }
  if (key === 'huge') {
    options.huge = value
    return HUGE.includes(value)
  }
  const number = key === 'mode' ? octal(value) : sizeOf(v, key, value)
  if (number === undefined) return false
  if (key === 'size') options.blocks = Math.ceil(number / PAGE)
  else if (key === 'nr_blocks') options.blocks = number
  else if (key === 'nr_inodes') options.inodes = number
  else if (key === 'mode') options.mode = number & 0o7777
  else return false
  return true
}

/** Linux: mpol_parse_str(), mpol_to_str(), on a host with the one node 0. */
function policy(text: string): string | undefined {
  const [, mode = '', flag = '', nodes] = /^([a-z ]+)(=static|=relative)?(?::(0|0-0))?$/.exec(text) ?? []
  if (mode === 'default' || mode === 'local') return nodes || flag ? undefined : mode
  if (mode === 'interleave') return `${mode}${flag}:0`
  if (mode === 'prefer') return nodes ? `${mode}${flag}:0` : flag ? undefined : 'local'
  return (mode === 'bind' || mode === 'prefer (many)') && nodes ? `${mode}${flag}:0` : undefined
}

const octal = (text: string): number | undefined =>
  /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : undefined
const decimal = (text: string): number | undefined => (/^\d+$/.test(text) ? Number(text) : undefined)

/** Linux: memparse(), and a percentage of the memory for size. */
function sizeOf(v: Vfs, key: string, text: string): number | undefined {
  const match = /^(0x[\da-f]+|\d+|(?=[kmgtpe]))([kmgtpe%]?)$/i.exec(text)
  if (!match) return undefined
  const [, digits = '', suffix = ''] = match
  if (suffix === '%')
    return key === 'size' ? Math.floor((Number(digits) * PAGE * totalPages(v)) / 100) : undefined
  const shift = 10n * BigInt(' kmgtpe'.indexOf(suffix ? suffix.toLowerCase() : ' '))
  return Number(BigInt.asUintN(64, BigInt(digits) << shift))
}

/** Linux: shmem_show_options(). */
function show(
  v: Vfs,
  it: { maxBlocks: number; maxInodes: number },
  { mode = 0o1777, uid = 0, gid = 0, inode32 = false, huge = 'never', mpol = 'default' }: Options,
): string {
  const half = Math.floor(totalPages(v) / 2)
  const parts: string[] = []
  if (it.maxBlocks !== half) parts.push(`size=${(it.maxBlocks * PAGE) / 1024}k`)
  if (it.maxInodes !== half) parts.push(`nr_inodes=${it.maxInodes}`)
  if (mode !== 0o1777) parts.push(`mode=${mode.toString(8).padStart(3, '0')}`)
  if (uid) parts.push(`uid=${uid}`)
  if (gid) parts.push(`gid=${gid}`)
  parts.push(inode32 ? 'inode32' : 'inode64')
  if (huge !== 'never') parts.push(`huge=${huge}`)
  if (mpol !== 'default') parts.push(`mpol=${mpol}`)
  return parts.join(',')
}

function mountNew(v: Vfs, name: string, text: string, flags: number, as: Caller): number {
  const options = parse(v, name, text, as)
  const half = Math.floor(totalPages(v) / 2)
  const limits = { maxBlocks: options.blocks ?? half, maxInodes: options.inodes ?? half }
  const root = {
    mode: options.mode ?? 0o1777,
    uid: options.uid ?? as.cred.fsuid,
    gid: options.gid ?? as.cred.fsgid,
  }
  const sb = newStore(
    v,
    kind,
    {
      type: name,
      magic: TMPFS_MAGIC,
      dev: v.anonDev(),
      flags,
      userNs: as.cred.userNs,
      nextIno: 1,
      ...limits,
      options: show(v, limits, { ...options, ...root }),
      data: { ...options, ...root },
    },
    root,
  )
  return sb.id
}

/** Linux: shmem_reconfigure(): limits may change, but not below what is in use; the root directory stays as it is. */
function remount(v: Vfs, sb: SuperBlock, text: string, as: Caller): string {
  const { mode: _mode, uid: _uid, gid: _gid, ...changes } = parse(v, sb.type, text, as)
  const { blocks, inodes } = changes
  const it = sb as StoreSuper
  const refuse = (why: string): never => {
    v.host.log(`${sb.type}: ${why}`)
    throw EINVAL
  }
  if (blocks !== undefined && blocks !== 0) {
    if (it.maxBlocks === 0) refuse('Cannot retroactively limit size')
    if (it.usedBlocks > blocks) refuse('Too small a size for current use')
  }
  if (inodes !== undefined && inodes !== 0) {
    if (it.maxInodes === 0) refuse('Cannot retroactively limit inodes')
    if (it.usedInodes > inodes) refuse('Too few inodes for current use')
  }
  if (changes.mpol === 'default') delete changes.mpol
  const own = v.superBlocks.own(sb.id) as Own<StoreSuper>
  if (blocks !== undefined) own.maxBlocks = blocks
  if (inodes !== undefined) own.maxInodes = inodes
  const shown = { ...(sb.data as Options), ...changes }
  own.data = shown
  return show(v, own, shown)
}

/** Two words of a UUID, which Linux draws at random: here from the device number. */
const fsid = (dev: number): readonly [number, number] => [
  Math.imul(dev + 1, 0x9e3779b1) >>> 0,
  Math.imul(dev ^ 0x85ebca6b, 0xc2b2ae35) >>> 0,
]

const pageOf = (pos: number): number => Math.floor(pos / PAGE)

/** Linux: shmem_file_operations: pages may be in swap. */
const tmpfsFops: FileOps = {
  ...storeFops,
  read(v, file, count, pos, as) {
    v.host.shmemUsed?.(v.inode(file.inode), pageOf(pos), pageOf(pos + count - 1) + 1)
    return storeFops.read(v, file, count, pos, as)
  },
  write(v, file, data, pos, as) {
    v.host.shmemUsed?.(v.inode(file.inode), pageOf(pos), pageOf(pos + data.length - 1) + 1)
    const inode = v.inode(file.inode) as StoreInode
    const fits = v.host.hasShmemLimit?.(inode) ? fittingMemory(v, inode, pos, data.length) : data.length
    if (!fits && data.length) throw ENOMEM
    return storeFops.write(v, file, fits < data.length ? data.subarray(0, fits) : data, pos, as)
  },
}

/** How many of so many bytes there is memory for within the limits of control groups. */
function fittingMemory(v: Vfs, inode: StoreInode, pos: number, count: number): number {
  let missing = 0
  for (let page = pageOf(pos); page <= pageOf(pos + count - 1); page++)
    if (!hasPage(inode.content, page * PAGE)) missing++
  const room = missing ? v.host.shmemRoom!(inode, missing) : 0
  return room < missing ? fitting(inode.content, pos, count, room) : count
}

const tmpfsLike = (name: string): Omit<FileSystemType, 'mount'> => ({
  name,
  magic: TMPFS_MAGIC,
  requiresDev: false,
  keepsNames: true,
  usernsMount: name === 'tmpfs',
  iops: () => iops as never,
  fops: () => tmpfsFops,
  statfs: (v, sb) => ({ ...storeStatfs(v, sb.id, TMPFS_MAGIC), fsid: fsid(sb.dev) }),
  remount,
})

export const tmpfs: FileSystemType = {
  ...tmpfsLike('tmpfs'),
  mount: (v, _source, options, flags, as) => mountNew(v, 'tmpfs', options, flags, as),
}

const { fileattr: _, ...plain } = kind
const ramfsKind: StoreKind = {
  ...plain,
  countsLinks: false,
  dirSize: () => 0,
  blocksOf: () => 0,
  xattrs: [],
  acls: false,
}
const ramfsIops = storeInodeOps(ramfsKind)
const { fallocate: _fallocate, seekHole: _seekHole, ...ramfsFops } = storeFops

/** Linux: ramfs_parse_param(): "We might like to report bad mount options here" but for `mode`. */
function ramfsMode(v: Vfs, options: string): number {
  const [, text = '755'] = /(?:^|,)mode=([^,]*)/.exec(options) ?? []
  const mode = octal(text)
  if (mode !== undefined) return mode & 0o7777
  v.host.log("ramfs: Bad value for 'mode'")
  throw EINVAL
}

/** Linux: ramfs: tmpfs without limits, and without counting. Only `mode` is heeded. */
export const ramfs: FileSystemType = {
  ...tmpfsLike('ramfs'),
  magic: RAMFS_MAGIC,
  usernsMount: true,
  iops: () => ramfsIops as never,
  fops: () => ramfsFops,
  statfs: (v, sb) => ({
    ...storeStatfs(v, sb.id, RAMFS_MAGIC),
    blocks: 0,
    bfree: 0,
    bavail: 0,
    files: 0,
    ffree: 0,
  }),
  remount: (_v, sb) => sb.options,
  mount(v, _source, options, flags, as) {
    const mode = ramfsMode(v, options)
    const shown = mode === 0o755 ? '' : `mode=${mode.toString(8)}`
    const { fsuid, fsgid } = as.cred
    return newStore(
      v,
      ramfsKind,
      {
        type: 'ramfs',
        magic: RAMFS_MAGIC,
        dev: v.anonDev(),
        flags,
        userNs: as.cred.userNs,
        nextIno: v.nextAnonIno(),
        maxBlocks: 0,
        maxInodes: 0,
        options: shown,
      },
      { mode, uid: fsuid, gid: fsgid },
    ).id
  },
}

/** Linux: rootfs, the empty file system below the real root. */
export const rootfs: FileSystemType = {
  ...tmpfsLike('rootfs'),
  usernsMount: false,
  mount: (v, _source, _options, flags, as) => mountNew(v, 'rootfs', '', flags, as),
}

/** Linux: devtmpfs. Every mount shows the one instance, and gives it its options. Linux: public_dev_mount(). */
export const devtmpfs: FileSystemType = {
  ...tmpfsLike('devtmpfs'),
  mount(v, _source, options, flags, as) {
    const known = [...v.superBlocks.values()].find(it => it.type === 'devtmpfs')
    if (known) {
      v.superBlocks.own(known.id).options = remount(v, known, options, as)
      return known.id
    }
    const id = mountNew(v, 'devtmpfs', options, flags, as)
    v.activate(id)
    return id
  },
}
