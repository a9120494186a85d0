/**
 * mqueue: the POSIX message queues of an ipc namespace as files. Making a file makes a queue with the usual limits,
 * reading it tells how full it is. Linux: ipc/mqueue.c, ipc/mq_sysctl.c; mq_overview(7).
 *
 * Left out: messages (no program of this host calls mq_open), so all queues are empty and nobody is notified. A
 * namespace's queues live on when it dies.
 */
import {
  CAP_SYS_RESOURCE,
  EINVAL,
  EMFILE,
  encode,
  ENOSPC,
  EPERM,
  isDir,
  isReg,
  makedev,
  RLIMIT_MSGQUEUE,
} from '../abi/index.ts'
import { type Kernel, mqueueLimit, nsOf, refuse } from '../kernel/index.ts'
import type { Caller, FileOps, FileSystemType, Inode, SuperBlock, Vfs } from '../vfs/index.ts'
import { newStore, storeInodeOps, type StoreKind, storeStatfs } from './store.ts'

const MQUEUE_MAGIC = 0x19800202
const DIRENT_SIZE = 20
/** st_size of a queue. Linux: FILENT_SIZE. */
const FILENT_SIZE = 80
/** What each message that may come needs besides its text: struct msg_msg and struct posix_msg_tree_node. */
const PER_MESSAGE = 48 + 48

const kind: StoreKind = {
  dirSize: names => (names + 2) * DIRENT_SIZE,
  blocksOf: () => 0,
  order: names => names.reverse(),
  countsLinks: false,
  xattrs: [],
  acls: false,
}
const store = storeInodeOps(kind)

const never = (): never => {
  throw EPERM
}

/** Linux: mqueue_read_file(). */
const STATUS = encode('QSIZE:0          NOTIFY:0     SIGNO:0     NOTIFY_PID:0     \n')

const fops: FileOps = {
  seekable: true,
  read: (_v, _file, count, pos) => STATUS.subarray(pos, pos + count),
  write() {
    throw EINVAL
  },
}

const queuesOf = (v: Vfs, { root }: SuperBlock): Inode[] =>
  [...(v.children(root)?.values() ?? [])].map(dentry => v.inode(v.dentry(dentry).inode))

const superBlocks = (v: Vfs): SuperBlock[] => [...v.superBlocks.values()].filter(it => it.type === 'mqueue')

/** Linux: mqueue_create_attr(), mqueue_get_inode(). Errors: ENOSPC (queues_max), EMFILE (RLIMIT_MSGQUEUE). */
function mayCreate(k: Kernel, dir: Inode, as: Caller): void {
  const { vfs } = k
  const sb = vfs.superBlocks.get(dir.sb)
  const ns = sb.data as number
  const isFull = queuesOf(vfs, sb).length >= mqueueLimit(k, ns, 'queues_max')
  if (isFull && !vfs.host.capable(as.cred, CAP_SYS_RESOURCE, k.initUserNs))
    throw refuse(k, ENOSPC, 'mqueue-max', { max: mqueueLimit(k, ns, 'queues_max') })
  const most = Math.min(mqueueLimit(k, ns, 'msg_default'), mqueueLimit(k, ns, 'msg_max'))
  const size = Math.min(mqueueLimit(k, ns, 'msgsize_default'), mqueueLimit(k, ns, 'msgsize_max'))
  const mine = superBlocks(vfs)
    .flatMap(it => queuesOf(vfs, it))
    .filter(it => it.uid === as.cred.uid)
  const limit = k.tasks.find(as.task)?.rlimits[RLIMIT_MSGQUEUE]?.cur ?? Number.POSITIVE_INFINITY
  if ((mine.length + 1) * most * (size + PER_MESSAGE) > limit)
    throw refuse(k, EMFILE, 'msgqueue-limit', { limit })
}

/** The type. Its one instance for each ipc namespace is kept mounted by the kernel. */
export function mqueue(k: Kernel): FileSystemType {
  const ipcNs = (as: Caller): number => nsOf(k, as.task || k.initTask, 'ipc')
  const iops = {
    ...store,
    create(v: Vfs, dir: never, name: string, attr: Parameters<typeof store.create>[3], as: Caller): Inode {
      if (!isReg(attr)) throw EPERM
      mayCreate(k, dir, as)
      const inode = store.create(v, dir, name, attr, as)
      v.ownInode(inode.id).size = FILENT_SIZE
      return inode
    },
    link: never,
    rename: never,
    tmpfile: undefined,
  }
  return {
    name: 'mqueue',
    magic: MQUEUE_MAGIC,
    requiresDev: false,
    keepsNames: true,
    usernsMount: true,
    ownerUserNs: (_, as) => k.ipcNamespaces.find(ipcNs(as))?.userNs ?? k.initUserNs,
    iops: inode => (isDir(inode) ? iops : store) as never,
    fops: () => fops,
    statfs: (v, sb) => ({ ...storeStatfs(v, sb.id, MQUEUE_MAGIC), files: 0, ffree: 0 }),
    remount(_v, sb, options) {
      if (options) throw EINVAL
      return sb.options
    },
    mount(v, _source, options, flags, as) {
      if (options) throw EINVAL
      const ns = ipcNs(as)
      const known = superBlocks(v).find(it => it.data === ns)
      if (known) return known.id
      const isInitial = !superBlocks(v).length
      const sb = newStore(
        v,
        kind,
        {
          type: 'mqueue',
          magic: MQUEUE_MAGIC,
          dev: isInitial ? makedev(0, 19) : v.anonDev(),
          flags,
          userNs: as.cred.userNs,
          options: '',
          nextIno: 1,
          maxBlocks: 0,
          maxInodes: 0,
          data: ns,
        },
        { mode: 0o1777, uid: as.cred.fsuid, gid: as.cred.fsgid },
      )
      v.activate(sb.id)
      return sb.id
    },
  }
}
