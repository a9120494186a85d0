/** /proc/PID/net: the network namespace of the task, which has `lo` only. Left out: all but dev, route and unix. */
import { type Kernel, showUnix } from '../../kernel/index.ts'
import { dirent, type PseudoDir, type PseudoFile } from '../pseudo.ts'
import { inodeOf, type TaskEntry, taskOf } from './entry.ts'

const DEV = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo:       0       0    0    0    0     0          0         0        0       0    0    0    0     0       0          0
`
const ROUTE = `${'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT'.padEnd(127)}\n`

const FILES: Record<string, (k: Kernel, netNs: number) => string> = {
  dev: () => DEV,
  route: () => ROUTE,
  unix: showUnix,
}

export function netDirectory(entry: TaskEntry): PseudoDir {
  const file = (name: string, i: number): PseudoFile => ({
    kind: 'file',
    ino: inodeOf(entry, 112 + i),
    mode: 0o444,
    show() {
      const { nsproxy } = taskOf(entry)
      return FILES[name]!(entry.k, entry.k.nsproxies.find(nsproxy)?.net ?? 0)
    },
  })
  const names = Object.keys(FILES)
  return {
    kind: 'dir',
    ino: inodeOf(entry, 2),
    mode: 0o555,
    nlink: 5,
    lookup: (_, name) => (names.includes(name) ? file(name, names.indexOf(name)) : undefined),
    readdir: () => names.map((name, i) => dirent(name, file(name, i))),
  }
}
