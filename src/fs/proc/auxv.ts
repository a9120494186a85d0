/**
 * /proc/PID/auxv: what the kernel told the program when it started it, pairs of words. Linux: fs/binfmt_elf.c:
 * create_elf_tables(); getauxval(3). The addresses are those that maps shows.
 */
import type { Kernel, Task } from '../../kernel/index.ts'
import { regionsOf } from './maps.ts'

/** Type numbers. Linux: include/uapi/linux/auxvec.h. */
const AT = {
  NULL: 0,
  PHDR: 3,
  PHENT: 4,
  PHNUM: 5,
  PAGESZ: 6,
  BASE: 7,
  FLAGS: 8,
  ENTRY: 9,
  UID: 11,
  EUID: 12,
  GID: 13,
  EGID: 14,
  HWCAP: 16,
  CLKTCK: 17,
  SECURE: 23,
  SYSINFO_EHDR: 33,
  MINSIGSTKSZ: 51,
} as const

/** The first word of cpuid's features, as /proc/cpuinfo names them. */
const HWCAP = 0x1fcbfbfd

export function showAuxv(k: Kernel, task: Task): Uint8Array {
  const regions = regionsOf(k, task)
  if (!regions.length) return new Uint8Array(0)
  const cred = k.creds.get(task.cred)
  const at = (name: string): number => regions.find(it => it.name.includes(name))?.start ?? 0
  const program = regions[0]!.start
  const text = regions.find(it => it.mode === 'r-xp')?.start ?? program
  const pairs: readonly (readonly [number, number])[] = [
    [AT.SYSINFO_EHDR, at('[vdso]')],
    [AT.MINSIGSTKSZ, 0xe30],
    [AT.HWCAP, HWCAP],
    [AT.PAGESZ, 4096],
    [AT.CLKTCK, 100],
    [AT.PHDR, program + 0x40],
    [AT.PHENT, 56],
    [AT.PHNUM, 13],
    [AT.BASE, at('/ld-')],
    [AT.FLAGS, 0],
    [AT.ENTRY, text],
    [AT.UID, cred.uid],
    [AT.EUID, cred.euid],
    [AT.GID, cred.gid],
    [AT.EGID, cred.egid],
    [AT.SECURE, task.dumpable ? 0 : 1],
    [AT.NULL, 0],
  ]
  const words = BigUint64Array.from(pairs.flat(), BigInt)
  return new Uint8Array(words.buffer)
}
