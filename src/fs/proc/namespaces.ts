/** /proc/PID/ns: a magic link a namespace. Linux: fs/proc/namespaces.c; namespaces(7). */
import { ENOENT } from '../../abi/index.ts'
import { NAMESPACE_LINKS, nsInum, nsOf, nsPath, type NsLink } from '../../kernel/index.ts'
import { dirent, type PseudoDir, type PseudoLink } from '../pseudo.ts'
import { inodeOf, ownerOf, requireTrace, type TaskEntry, taskOf } from './entry.ts'

/** `pid_for_children` reads `pid:[…]`. */
const shown = (link: NsLink): string => link.replace('_for_children', '')

function linkNode(entry: TaskEntry, link: NsLink): PseudoLink {
  const { k } = entry
  const namespace = () => {
    const id = nsOf(k, taskOf(entry).id, link)
    if (!id) throw ENOENT
    return id
  }
  return {
    kind: 'link',
    ino: inodeOf(entry, 64 + NAMESPACE_LINKS.indexOf(link)),
    mode: 0o777,
    ...ownerOf(entry, taskOf(entry)),
    readlink(as) {
      requireTrace(entry, as)
      return `${shown(link)}:[${nsInum(k, link, namespace())}]`
    },
    getLink(as) {
      requireTrace(entry, as)
      return nsPath(k, link, namespace())
    },
  }
}

export function namespaceDirectory(entry: TaskEntry): PseudoDir {
  const { k } = entry
  return {
    kind: 'dir',
    ino: inodeOf(entry, 5),
    mode: 0o511,
    nlink: 2,
    ...ownerOf(entry, taskOf(entry)),
    lookup: (_, name) =>
      NAMESPACE_LINKS.includes(name as NsLink) ? linkNode(entry, name as NsLink) : undefined,
    readdir(as) {
      if (!k.tasks.find(entry.id)) throw ENOENT
      requireTrace(entry, as)
      return NAMESPACE_LINKS.map(name => dirent(name, linkNode(entry, name)))
    },
  }
}
