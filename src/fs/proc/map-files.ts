/** /proc/PID/map_files: a link for each mapping of a file. Linux: fs/proc/base.c:proc_map_files_operations. */
import type { Caller } from '../../vfs/index.ts'
import { dirent, type PseudoDir, type PseudoLink } from '../pseudo.ts'
import { inodeOf, ownerOf, requireTrace, type TaskEntry, taskOf } from './entry.ts'
import { mapFiles } from './maps.ts'

/** The directory; who may not trace the task sees nothing in it. */
export function mapFilesDirectory(entry: TaskEntry): PseudoDir {
  const links = (as: Caller): ReadonlyMap<string, string> => {
    requireTrace(entry, as)
    return new Map(mapFiles(entry.k, taskOf(entry)))
  }
  const owner = ownerOf(entry, taskOf(entry))
  const link = (path: string): PseudoLink => ({
    kind: 'link',
    ino: inodeOf(entry, 157),
    mode: 0o400,
    ...owner,
    readlink: () => path,
  })
  return {
    kind: 'dir',
    ino: inodeOf(entry, 156),
    mode: 0o500,
    nlink: 2,
    ...owner,
    lookup(as, name) {
      const path = links(as).get(name)
      return path === undefined ? undefined : link(path)
    },
    readdir: as => [...links(as)].map(([name, path]) => dirent(name, link(path))),
  }
}
