/**
 * hugetlbfs: files that consist of huge pages, to be mapped. Linux: fs/hugetlbfs/inode.c, mm/hugetlb.c.
 *
 * Left out: the pages: a pool is never filled, so a mount that wants some beforehand (min_size=) is refused, and who maps
 * files there is nobody.
 */
import { EINVAL, ENOMEM, ENOSPC, isDir, isLink, isReg } from '../abi/index.ts'
import { type Kernel, makeKgid, makeKuid } from '../kernel/index.ts'
import type { Attributes, Caller, FileOps, FileSystemType, Inode, SuperBlock, Vfs } from '../vfs/index.ts'
import { newStore, storeFops, storeInodeOps, type StoreKind, storeStatfs, type StoreSuper } from './store.ts'

const HUGETLBFS_MAGIC = 0x958458f6
const MIB = 2 ** 20

const kind: StoreKind = {
  dirSize: () => 0,
  blocksOf: () => 0,
  order: names => names.reverse(),
  countsLinks: false,
  xattrs: [],
  acls: false,
}
const store = storeInodeOps(kind)

/** Linux: struct hugetlbfs_fs_context. */
interface Options {
  uid: number
  gid: number
  mode: number
  pageSize: number
  size?: string
  minSize?: string
  inodes?: number
}

/** Linux: memparse(): a number with K, M, G or T; undefined if it does not begin with a digit. */
function memparse(text: string): number | undefined {
  const [, digits, unit = ''] = /^(0x[0-9a-f]+|\d+)([kmgt]?)/i.exec(text) ?? []
  return digits === undefined
    ? undefined
    : Number(digits) * 1024 ** ' kmgt'.indexOf(unit.toLowerCase() || ' ')
}

/** Linux: hugetlbfs_parse_param(). Errors: EINVAL, with a line in the kernel's log. */
function parse(k: Kernel, text: string, as: Caller): Options {
  const it: Options = { uid: as.cred.fsuid, gid: as.cred.fsgid, mode: 0o755, pageSize: 2 * MIB }
  for (const option of text.split(',').filter(Boolean)) {
    const [key = '', value = ''] = option.split(/=(.*)/s)
    if (parseOption(k, it, key, value, as)) continue
    const why = KNOWN.includes(key)
      ? `Bad value '${value}' for mount option '${key}'`
      : `Unknown parameter '${key}'`
    k.log(`hugetlbfs: ${why}`)
    throw EINVAL
  }
  return it
}

const KNOWN: readonly string[] = ['uid', 'gid', 'mode', 'size', 'min_size', 'nr_inodes', 'pagesize']

function parseOption(k: Kernel, it: Options, key: string, value: string, as: Caller): boolean {
  if (key === 'uid' || key === 'gid') {
    const id = (key === 'uid' ? makeKuid : makeKgid)(k, as.cred.userNs, Number(value))
    if (!/^\d+$/.test(value) || id === undefined) return false
    it[key] = id
    return true
  }
  if (key === 'mode') {
    it.mode = Number.parseInt(value, 8) & 0o1777
    return /^[0-7]+$/.test(value)
  }
  const number = memparse(value)
  if (number === undefined) return false
  if (key === 'pagesize') it.pageSize = number
  else if (key === 'nr_inodes') it.inodes = number
  else if (key === 'size') it.size = value
  else if (key === 'min_size') it.minSize = value
  else return false
  return key !== 'pagesize' || number === 2 * MIB || number === 1024 * MIB
}

/** A size, or a part of the pool, in whole pages. Linux: hugetlbfs_size_to_hpages(). */
function pagesOf(text: string | undefined, pageSize: number): number | undefined {
  if (text === undefined) return undefined
  return text.endsWith('%') ? 0 : Math.floor(memparse(text)! / pageSize)
}

/** Linux: hugetlbfs_show_options(). */
function show(
  { uid, gid, mode, pageSize, inodes }: Options,
  pages: number | undefined,
  minimum: number | undefined,
) {
  const parts = [
    uid ? `uid=${uid}` : '',
    gid ? `gid=${gid}` : '',
    mode === 0o755 ? '' : `mode=${mode.toString(8).padStart(3, '0')}`,
    inodes === undefined ? '' : `nr_inodes=${inodes}`,
    `pagesize=${pageSize / MIB}M`,
    pages === undefined ? '' : `size=${pages * pageSize}`,
    minimum === undefined ? '' : `min_size=${minimum * pageSize}`,
  ]
  return parts.filter(Boolean).join(',')
}

/** What statfs(2) counts: only where a size was given. */
interface Pool {
  readonly pageSize: number
  readonly pages: number | undefined
  readonly inodes: number | undefined
}

const poolOf = (sb: SuperBlock): Pool => sb.data as Pool

const fops: FileOps = {
  ...storeFops,
  write() {
    throw EINVAL
  },
}

/** Files are as long as whole pages. Linux: hugetlbfs_setattr(). */
function setattr(v: Vfs, inode: Inode, attr: Attributes, as: Caller): void {
  const { pageSize } = poolOf(v.superBlocks.get(inode.sb))
  if (attr.size !== undefined && isReg(inode) && attr.size % pageSize) throw EINVAL
  store.setattr(v, inode as never, attr, as)
}

/** The type. */
export function hugetlbfs(k: Kernel): FileSystemType {
  const iops = {
    ...store,
    setattr,
    create(v: Vfs, dir: never, name: string, attr: Parameters<typeof store.create>[3], as: Caller): Inode {
      const { maxInodes, usedInodes } = v.superBlocks.get((dir as Inode).sb) as StoreSuper
      // A link's inode is made before it turns out that its text has no page to go to.
      if (isLink(attr)) throw maxInodes && usedInodes >= maxInodes ? ENOSPC : EINVAL
      return store.create(v, dir, name, attr, as)
    },
  }
  return {
    name: 'hugetlbfs',
    magic: HUGETLBFS_MAGIC,
    requiresDev: false,
    keepsNames: true,
    usernsMount: false,
    iops: () => iops as never,
    fops: inode => (isDir(inode) ? storeFops : fops),
    statfs(v, sb) {
      const { pageSize, pages, inodes } = poolOf(sb)
      const counts = pages !== undefined
      const left = inodes === undefined ? 2 ** 64 : inodes - (sb as StoreSuper).usedInodes
      return {
        ...storeStatfs(v, sb.id, HUGETLBFS_MAGIC),
        bsize: pageSize,
        blocks: pages ?? 0,
        bfree: pages ?? 0,
        bavail: pages ?? 0,
        files: counts ? (inodes ?? 2 ** 64) : 0,
        ffree: counts ? left : 0,
      }
    },
    remount(_v, sb, text, as) {
      parse(k, text, as)
      return sb.options
    },
    mount(v, _source, text, flags, as) {
      const options = parse(k, text, as)
      const { uid, gid, mode, pageSize, inodes } = options
      const pages = pagesOf(options.size, pageSize)
      const minimum = pagesOf(options.minSize, pageSize)
      if (minimum) throw ENOMEM
      const data: Pool = { pageSize, pages, inodes }
      const made = newStore(
        v,
        kind,
        {
          type: 'hugetlbfs',
          magic: HUGETLBFS_MAGIC,
          dev: v.anonDev(),
          flags,
          userNs: as.cred.userNs,
          options: show(options, pages, minimum),
          nextIno: v.nextAnonIno(),
          maxBlocks: 0,
          maxInodes: inodes ?? 0,
          data,
        },
        { uid, gid, mode },
      )
      return made.id
    },
  }
}
