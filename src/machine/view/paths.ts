/** Paths and mounts, spelled from a snapshot alone. */
import type { Mount } from '../../vfs/index.ts'
import type { Snapshot } from '../machine.ts'

/** The path of a dentry below the root of its file system. */
export function dentryPath(snapshot: Snapshot, id: number): string {
  const names: string[] = []
  for (
    let it = snapshot.tables.dentries.find(id);
    it && it.parent !== it.id && it.parent !== 0;
    it = snapshot.tables.dentries.find(it.parent)
  )
    names.unshift(it.name)
  return `/${names.join('/')}`
}

/** Where a mount is seen in its namespace. */
export function mountPath(snapshot: Snapshot, mount: Mount): string {
  const parts: string[] = []
  let it: Mount | undefined = mount
  while (it && it.parent && it.parent !== it.id) {
    const parent: Mount | undefined = snapshot.tables.mounts.find(it.parent)
    const point = dentryPath(snapshot, it.mountpoint)
    const root = parent ? dentryPath(snapshot, parent.root) : '/'
    parts.unshift(root === '/' ? point : point.slice(root.length) || '/')
    it = parent
  }
  return parts.join('').replace(/\/+/g, '/') || '/'
}
