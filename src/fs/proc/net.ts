/**
 * /proc/PID/net: the network namespace of the task. Linux: fs/proc/proc_net.c. What is in it comes late (net-files.ts).
 */
import { makeKgid, makeKuid } from '../../kernel/index.ts'
import { dirent, type PseudoDir, type PseudoFile, type PseudoNode } from '../pseudo.ts'
import { inodeOf, type TaskEntry, taskOf } from './entry.ts'
import { procLater } from './late.ts'

/** Numbers of the entries begin here, in the block of a task. */
const FIRST = 160

export function netDirectory(entry: TaskEntry): PseudoDir {
  const { k } = entry
  const netNs = (): number => k.nsproxies.find(taskOf(entry).nsproxy)?.net ?? 0
  const owner = k.netNamespaces.find(netNs())?.userNs ?? k.initUserNs
  const ids = { uid: makeKuid(k, owner, 0) ?? 0, gid: makeKgid(k, owner, 0) ?? 0 }
  /** The connector is the first namespace's alone. */
  const isHere = ([name]: readonly [string, unknown]): boolean =>
    name !== 'connector' || netNs() === [...k.netNamespaces.values()][0]?.id
  const nodes = (): Readonly<Record<string, PseudoNode>> => {
    const later = procLater()
    return later
      ? { ...files(later.NET_FILES, later.NET_MODES), ...later.netDirectories(k, netNs, inodeOf(entry, 250)) }
      : {}
  }
  const files = (
    shows: NonNullable<ReturnType<typeof procLater>>['NET_FILES'],
    modes: Readonly<Record<string, number>>,
  ): Record<string, PseudoFile> =>
    Object.fromEntries(
      Object.entries(shows)
        .filter(isHere)
        .map(([name, show], i) => [
          name,
          {
            kind: 'file',
            ino: inodeOf(entry, FIRST + i),
            mode: modes[name] ?? 0o444,
            ...ids,
            show: () => show(k, netNs()),
          },
        ]),
    )
  return {
    kind: 'dir',
    ino: inodeOf(entry, 2),
    mode: 0o555,
    nlink: 5,
    ...ids,
    lookup: (_, name) => (Object.hasOwn(nodes(), name) ? nodes()[name] : undefined),
    readdir: () => Object.entries(nodes()).map(([name, node]) => dirent(name, node)),
  }
}
