/** /proc/PID/attr: what security modules say of a task. Linux: fs/proc/base.c:proc_pid_attr_read(). */
import { EINVAL, ENOENT, EPERM } from '../../abi/index.ts'
import { dirent, type PseudoDir, type PseudoFile, type PseudoNode } from '../pseudo.ts'
import { inodeOf, ownerOf, type TaskEntry, taskOf } from './entry.ts'

/** No module confines anybody. */
const ATTRIBUTES = ['current', 'exec', 'fscreate', 'keycreate', 'prev', 'sockcreate']

/** The directory, and apparmor's own within. */
export function attrDirectory(entry: TaskEntry): PseudoDir {
  const attribute = (name: string): PseudoFile => ({
    kind: 'file',
    ino: inodeOf(entry, 160 + ATTRIBUTES.indexOf(name)),
    mode: name === 'prev' ? 0o444 : 0o666,
    ...ownerOf(entry, taskOf(entry)),
    show() {
      if (name !== 'current') throw EINVAL
      return 'unconfined\n'
    },
    store(as, text) {
      if (name === 'prev') throw EINVAL
      const words = text.trim().split(/\s+/)
      // Linux: proc_pid_attr_write(): "A task may only write its own attributes."
      if (as.task !== entry.id) throw EPERM
      const verbs = name === 'exec' ? ['exec', 'stack'] : ['changehat', 'permhat', 'changeprofile', 'stack']
      if ((name !== 'current' && name !== 'exec') || words.length < 2 || !verbs.includes(words[0]!))
        throw EINVAL
      if (words[1] !== 'unconfined') throw ENOENT
    },
  })
  const directoryOf = (ino: number, nodes: Readonly<Record<string, PseudoNode>>): PseudoDir => ({
    kind: 'dir',
    ino: inodeOf(entry, ino),
    mode: 0o555,
    nlink: 2,
    ...ownerOf(entry, taskOf(entry), 0o555),
    lookup: (_, name) => (Object.hasOwn(nodes, name) ? nodes[name] : undefined),
    readdir: () => Object.entries(nodes).map(([name, it]) => dirent(name, it)),
  })
  const nodes = (names: readonly string[]) => Object.fromEntries(names.map(name => [name, attribute(name)]))
  const apparmor = directoryOf(158, nodes(['current', 'prev', 'exec']))
  return directoryOf(159, { ...nodes(ATTRIBUTES), apparmor })
}
