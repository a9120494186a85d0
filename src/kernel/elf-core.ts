/**
 * The beginning of a core file: an ELF header and the notes that tell whose it is. Linux: fs/binfmt_elf.c:
 * fill_psinfo(), fill_prstatus(); include/uapi/linux/elf.h, elfcore.h.
 */
import { encode } from '../abi/index.ts'
import type { Kernel } from './kernel.ts'
import { leaderOf } from './thread-group.ts'
import type { Task } from './types.ts'
import { fromKgid, fromKuid } from './user-namespace.ts'

const ET_CORE = 4
const EM_X86_64 = 62
const PT_NOTE = 4
const EHDR = 64
const PHDR = 56

const NT_PRSTATUS = 1
const NT_PRPSINFO = 3
const NT_AUXV = 6
const PRSTATUS = 336
const PRPSINFO = 136
const AT_UID = 11

/** What is written besides the heap: stack, and data of the program, the loader and the C library. */
const PRIVATE_DATA = 360 * 1024

/** The first bytes, and how long the file is in all. */
export function elfCore(k: Kernel, task: Task, signal: number): { head: Uint8Array; size: number } {
  const notes = [
    note(NT_PRSTATUS, prstatus(task, signal)),
    note(NT_PRPSINFO, prpsinfo(k, task)),
    note(NT_AUXV, auxv(k, task)),
  ]
  const length = notes.reduce((sum, it) => sum + it.length, 0)
  const head = new Uint8Array(EHDR + PHDR + length)
  const view = new DataView(head.buffer)
  head.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1])
  view.setUint16(16, ET_CORE, true)
  view.setUint16(18, EM_X86_64, true)
  view.setUint32(20, 1, true)
  view.setUint32(32, EHDR, true)
  view.setUint16(52, EHDR, true)
  view.setUint16(54, PHDR, true)
  view.setUint16(56, 1, true)
  view.setUint32(EHDR, PT_NOTE, true)
  view.setUint32(EHDR + 8, EHDR + PHDR, true)
  view.setUint32(EHDR + 32, length, true)
  let at = EHDR + PHDR
  for (const it of notes) {
    head.set(it, at)
    at += it.length
  }
  return { head, size: Math.ceil((head.length + leaderOf(k, task).rss + PRIVATE_DATA) / 4096) * 4096 }
}

/** A note of the kernel's: name `CORE`, both parts padded to words. */
function note(type: number, desc: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(20 + Math.ceil(desc.length / 4) * 4)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, 5, true)
  view.setUint32(4, desc.length, true)
  view.setUint32(8, type, true)
  bytes.set(encode('CORE'), 12)
  bytes.set(desc, 20)
  return bytes
}

function prstatus(task: Task, signal: number): Uint8Array {
  const bytes = new Uint8Array(PRSTATUS)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, signal, true)
  view.setUint16(12, signal, true)
  view.setUint32(32, task.pids[0]!, true)
  return bytes
}

/** Linux: struct elf_prpsinfo: the name and the first letters of the command line. */
function prpsinfo(k: Kernel, task: Task): Uint8Array {
  const bytes = new Uint8Array(PRPSINFO)
  const view = new DataView(bytes.buffer)
  const { uid, gid } = k.creds.get(task.cred)
  bytes[1] = 'R'.charCodeAt(0)
  bytes[3] = task.nice
  view.setUint32(16, fromKuid(k, k.initUserNs, uid), true)
  view.setUint32(20, fromKgid(k, k.initUserNs, gid), true)
  view.setUint32(24, task.pids[0]!, true)
  bytes.set(encode(task.comm).subarray(0, 15), 40)
  bytes.set(encode(`${task.argv.join(' ')} `).subarray(0, 79), 56)
  return bytes
}

/** Who it was, as getauxval(3) told the program. */
function auxv(k: Kernel, task: Task): Uint8Array {
  const { uid, euid, gid, egid } = k.creds.get(task.cred)
  const words = [uid, euid, gid, egid].flatMap((id, i) => [AT_UID + i, id])
  return new Uint8Array(BigUint64Array.from([...words, 0, 0], BigInt).buffer)
}
