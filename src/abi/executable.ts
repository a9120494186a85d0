/**
 * Executable files of the virtual host: an ELF header, followed by a note that names the program the file runs, its
 * loader and the libraries it needs. Copying, renaming, `file`, `ldd`, a missing loader or library and the exec
 * permission behave as on Linux, because exec reads nothing but these bytes. Linux: fs/binfmt_elf.c; elf(5).
 */
import { decode, encode } from './text.ts'

export interface Executable {
  /** Which program of the host runs: the key of its registry, e.g. `ls`. `lib` marks a shared library. */
  readonly program: string
  /** The loader (PT_INTERP), absent for a static program. */
  readonly interp?: string
  /** Names of the libraries (DT_NEEDED), looked for in /lib/x86_64-linux-gnu, /usr/lib/…, /lib64. */
  readonly needed?: readonly string[]
}

export const LOADER = '/lib64/ld-linux-x86-64.so.2'
const NOTE = 64
// ELFCLASS64, little endian, System V, ET_DYN, x86-64.
const IDENT = [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 62, 0, 1, 0, 0, 0]

/** The leading bytes of an executable file. The rest up to its size is zeros. */
export function elf(it: Executable): Uint8Array {
  const note = encode(`vitrine\0${it.program}\0${it.interp ?? ''}\0${(it.needed ?? []).join(' ')}\0`)
  const bytes = new Uint8Array(NOTE + note.length)
  bytes.set(IDENT)
  bytes.set(note, NOTE)
  return bytes
}

/** What the leading bytes of a file say; undefined if it is no ELF file of this host. 1 KiB of them suffices. */
export function parseElf(bytes: Uint8Array): Executable | undefined {
  const end = noteEnd(bytes)
  if (!end) return undefined
  const [magic, program, interp, needed] = decode(bytes.subarray(NOTE, end)).split('\0')
  if (magic !== 'vitrine' || !program) return undefined
  const libraries = needed ? needed.split(' ') : []
  return interp ? { program, interp, needed: libraries } : { program, needed: libraries }
}

/** Where the fourth string of the note ends; 0 if the bytes are none of an ELF file or are cut off before that. */
function noteEnd(bytes: Uint8Array): number {
  for (let i = 0; i < IDENT.length; i++) if (bytes[i] !== IDENT[i]) return 0
  let fields = 0
  for (let at = NOTE; at < bytes.length; at++) if (bytes[at] === 0 && ++fields === 4) return at
  return 0
}
