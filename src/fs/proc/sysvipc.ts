/** /proc/sysvipc: the System V objects of the reader's ipc namespace. Linux: ipc/util.c:sysvipc_proc_show(). */
import { type IpcKind, type Kernel, nsOf, showSysvIpc } from '../../kernel/index.ts'
import { dirent, type PseudoDir, type PseudoFile } from '../pseudo.ts'

const KINDS: readonly IpcKind[] = ['msg', 'sem', 'shm']
const FIRST_INO = 0x7f00

function file(k: Kernel, kind: IpcKind): PseudoFile {
  return {
    kind: 'file',
    ino: FIRST_INO + 1 + KINDS.indexOf(kind),
    mode: 0o444,
    show: as => showSysvIpc(k, nsOf(k, as.task || k.initTask, 'ipc'), kind, as.cred.userNs),
  }
}

export const sysvipcDirectory = (k: Kernel): PseudoDir => ({
  kind: 'dir',
  ino: FIRST_INO,
  mode: 0o555,
  nlink: 2,
  lookup: (_, name) => (KINDS.includes(name as IpcKind) ? file(k, name as IpcKind) : undefined),
  readdir: () => KINDS.map(kind => dirent(kind, file(k, kind))),
})
