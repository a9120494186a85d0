/**
 * Fills a file system the way `mke2fs -d` and an installer do: the files are put where they belong before anything is
 * mounted, so no path is walked, nobody is asked for permission, and parents are made before what lies in them.
 */
import { type NewInode, type SuperBlock, type Vfs, vfsCreate, type Caller } from '../vfs/index.ts'
import type { Timespec } from '../abi/index.ts'
import type { Own } from '../state/index.ts'
import { putContent, type StoreInode } from './store.ts'

/** One file of an image. `mode` has the type in it. */
export interface ImageEntry extends NewInode {
  readonly path: string
  /** The bytes at its beginning; a larger `size` leaves a hole behind them. */
  readonly contents?: Uint8Array
  readonly size?: number
  readonly time: Timespec
}

/** A directory that is there already is passed over. Directories get their times last, whoever fills them. */
export function populate(v: Vfs, as: Caller, sb: SuperBlock, entries: Iterable<ImageEntry>): void {
  const dentries = new Map([['', sb.root]])
  const times: (readonly [inode: number, time: Timespec])[] = []
  for (const entry of entries) {
    const slash = entry.path.lastIndexOf('/')
    const parent = dentries.get(entry.path.slice(0, slash))!
    const name = entry.path.slice(slash + 1)
    const known = name ? v.child(parent, name) : parent
    const dentry = known || vfsCreate(v, as, parent, name, entry)
    dentries.set(name ? entry.path : '', dentry)
    const { inode } = v.dentry(dentry)
    if (entry.contents) putContent(v, inode, entry.contents, entry.size)
    times.push([inode, entry.time])
  }
  for (const [id, time] of times) {
    const inode = v.inodes.own(id) as Own<StoreInode>
    inode.atime = inode.mtime = time
  }
}
