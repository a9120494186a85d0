/**
 * What becomes of a program before its first line: the kernel maps it and its loader, and the loader maps the libraries,
 * all within the limits of the process. Linux: fs/binfmt_elf.c:load_elf_binary(), mm/mmap.c:may_expand_vm(); ld.so(8).
 *
 * Left out: RLIMIT_DATA and RLIMIT_STACK, which hardly any program meets here; LD_PRELOAD.
 */
import {
  Errno,
  type Executable,
  parseElf,
  type Program,
  RLIM_INFINITY,
  RLIMIT_AS,
  RLIMIT_NOFILE,
  SIG_DFL,
  SIGSEGV,
} from '../abi/index.ts'
import { type Caller, inodeAt, type Path, pathLookup } from '../vfs/index.ts'
import { readHeader } from './bprm.ts'
import type { Kernel } from './kernel.ts'

/** Where ld.so looks besides LD_LIBRARY_PATH. */
const LIBRARY_PATH = [
  '/lib/x86_64-linux-gnu',
  '/usr/lib/x86_64-linux-gnu',
  '/lib',
  '/usr/lib',
  '/lib64',
  '/usr/lib64',
]

const PAGE = 4096
/** The stack, what the kernel shares with everybody, and the memory of the loader and the program without a file. */
const UNNAMED = (132 + 24 + 12) << 10

/** What is to be loaded. */
export interface Image {
  readonly path: Path
  /** The loader; a static program has none. */
  readonly interp: Path | undefined
  readonly needed: readonly string[]
}

/** What runs in place of the program if it cannot be loaded. */
export function loadFailure(
  k: Kernel,
  as: Caller,
  { path, interp, needed }: Image,
  name: string,
  envp: readonly string[],
): Program | undefined {
  const { rlimits } = k.tasks.get(as.task)
  const limit = rlimits[RLIMIT_AS]!.cur
  const isLimited = limit !== RLIM_INFINITY
  let size = UNNAMED + mapped(k, path) + (interp ? mapped(k, interp) : 0)
  if (size > limit) return segfault
  if (!interp) return undefined
  const places = placesIn(envp)
  const libraries = [...needed]
  for (const [i, library] of libraries.entries()) {
    const it = findLibrary(k, as, library, places)
    // Not all that libraries need is in the images: only what the program itself names is missed.
    if (!it && i >= needed.length) continue
    if (!it) return failure(name, `${library}: cannot open shared object file: No such file or directory`)
    if (!i && hasNoFreeFd(k, as.task))
      return failure(name, `${library}: cannot open shared object file: Error 24`)
    size += mapped(k, it.path)
    if (size > limit) return failure(name, `${library}: failed to map segment from shared object`)
    // Without a limit it does not matter what the libraries need in turn.
    if (!isLimited) continue
    for (const further of it.needed ?? []) if (!libraries.includes(further)) libraries.push(further)
  }
  return undefined
}

/** How much of the address space a file takes. */
const mapped = (k: Kernel, path: Path): number => Math.ceil(inodeAt(k.vfs, path).size / PAGE) * PAGE

function placesIn(envp: readonly string[]): readonly string[] {
  const extra = envp.find(text => text.startsWith('LD_LIBRARY_PATH='))?.slice('LD_LIBRARY_PATH='.length)
  return extra ? [...extra.split(/[:;]/), ...LIBRARY_PATH] : LIBRARY_PATH
}

interface Library extends Executable {
  readonly path: Path
}

function findLibrary(k: Kernel, as: Caller, name: string, places: readonly string[]): Library | undefined {
  for (const directory of places)
    try {
      const path = pathLookup(k.vfs, as, `${directory || '.'}/${name}`, 'follow')
      const it = parseElf(readHeader(k, as, path))
      if (it) return { ...it, path }
    } catch (e) {
      if (!(e instanceof Errno)) throw e
    }
  return undefined
}

/** Whether the new program could open nothing: what stays open fills its table. */
function hasNoFreeFd(k: Kernel, id: number): boolean {
  const { files, rlimits } = k.tasks.get(id)
  const { fds, cloexec } = k.files.get(files)
  const limit = rlimits[RLIMIT_NOFILE]!.cur
  for (let fd = 0; fd < limit; fd++) if (!fds[fd] || cloexec[fd]) return false
  return true
}

/** What ld.so says. */
const failure = (name: string, what: string): Program =>
  function* (sys) {
    yield* sys.write(2, `${name}: error while loading shared libraries: ${what}\n`)
    return 127
  }

/** There is no way back to who called execve. Linux: force_fatal_sig(SIGSEGV). */
const segfault: Program = function* (sys) {
  sys.sigaction(SIGSEGV, SIG_DFL)
  sys.kill(sys.getpid(), SIGSEGV)
  yield* sys.sched_yield()
  return 127
}
