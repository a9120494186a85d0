/** Writes the files of a mounted image back into its bytes. Linux: fs/ext4/inode.c:ext4_writepages(), super.c. */
import { encode, isDir, isLink, isReg } from '../../abi/index.ts'
import { type Device, Full, INCOMPAT, type Node, rebuild, VALID_FS, Volume } from '../../ext2fs/index.ts'
import type { BlockDevice, SuperBlock, Vfs } from '../../vfs/index.ts'
import { PAGE, pageRuns, readContent } from '../pages.ts'
import type { StoreInode } from '../store.ts'

/** Takes writes down, and makes those that change something once all are known. */
class Journal implements Device {
  readonly #device: BlockDevice
  readonly #writes: (readonly [pos: number, bytes: Uint8Array])[] = []

  constructor(device: BlockDevice) {
    this.#device = device
  }

  read(pos: number, count: number): Uint8Array {
    return this.#device.read(pos, count)
  }

  write(pos: number, bytes: Uint8Array): void {
    this.#writes.push([pos, bytes.slice()])
  }

  /** Returns whether anything has changed. */
  commit(): boolean {
    let changed = false
    for (const [pos, bytes] of this.#writes) {
      const old = this.#device.read(pos, bytes.length)
      if (bytes.length === old.length && bytes.every((byte, i) => byte === old[i])) continue
      this.#device.write(pos, bytes)
      changed = true
    }
    return changed
  }
}

/** All files of a file system, in the order in which a walk from the root meets them. */
function* nodesOf(v: Vfs, sb: SuperBlock, blockSize: number): Iterable<Node> {
  const seen = new Set<number>()
  const rootIno = v.inode(v.dentry(sb.root).inode).ino
  const left: [dentry: number, parent: number][] = [[sb.root, rootIno]]
  for (let at = left.pop(); at; at = left.pop()) {
    const [dentry, parent] = at
    const inode = v.inode(v.dentry(dentry).inode) as StoreInode
    if (seen.has(inode.id)) continue
    seen.add(inode.id)
    const children = [...(v.children(dentry) ?? [])]
    for (const [, child] of [...children].reverse()) left.push([child, inode.ino])
    const names = children.map(([name, child]) => {
      const { ino, mode } = v.inode(v.dentry(child).inode)
      return { name: encode(name), ino, mode }
    })
    yield { ...plain(inode), ...(isDir(inode) ? { names, parent } : contents(inode, blockSize)) }
  }
}

const plain = (it: StoreInode) => ({
  ino: it.ino,
  mode: it.mode,
  uid: it.uid,
  gid: it.gid,
  nlink: it.nlink,
  size: it.size,
  flags: it.flags ?? 0,
  rdev: it.rdev,
  atime: it.atime,
  mtime: it.mtime,
  ctime: it.ctime,
  crtime: it.btime,
  xattrs: it.xattrs,
  xattrBlock: it.xattrBlock,
})

function contents(it: StoreInode, blockSize: number) {
  if (isLink(it)) return { link: encode(it.link) }
  if (!isReg(it)) return {}
  const per = PAGE / blockSize
  const last = Math.ceil(it.size / blockSize)
  const runs = pageRuns(it.content).map(({ from, count, written }) => {
    const end = (from + count) * per
    const first = from * per
    return { from: first, count: (last > first ? Math.min(end, last) : end) - first, unwritten: !written }
  })
  return {
    runs,
    read: (from: number, count: number) => readContent(it.content, from * blockSize, count * blockSize),
  }
}

/** Write what has changed. An image that somebody has overwritten meanwhile stays what it has become. */
export function writeBack(v: Vfs, sb: SuperBlock, device: BlockDevice): void {
  const journal = new Journal(device)
  const volume = Volume.open(journal)
  if (!volume) return
  volume.readGroups()
  try {
    rebuild(volume, nodesOf(v, sb, volume.blockSize))
  } catch (e) {
    if (!(e instanceof Full)) throw e
    v.host.log(`EXT4-fs error (device ${device.name}): no room for what is only in memory`)
    return
  }
  journal.commit()
}

/** Note in the super block that the file system is mounted, or no longer is. Linux: ext4_setup_super(), ext4_put_super(). */
export function markMounted(v: Vfs, device: BlockDevice, mounted: boolean): void {
  const volume = Volume.open(device)
  if (!volume) return
  const now = v.host.now().sec
  const it = volume.super
  if (mounted) {
    it.mntCount++
    it.mtime = now
    if (volume.hasJournal) it.featureIncompat |= INCOMPAT.needs_recovery
    else it.state &= ~VALID_FS
  } else {
    it.featureIncompat &= ~INCOMPAT.needs_recovery
    it.state |= VALID_FS
  }
  it.wtime = now
  volume.writeSuper()
}
