/**
 * What processes have open, as /proc tells: directories, programs, mappings and descriptors. What lsof and fuser are
 * made of. Linux: proc(5).
 */
import { type Blocking, Errno, type Stat, type Sys } from '../../abi/index.ts'
import { readDir } from './command.ts'
import { type Proc, procText } from './proc.ts'

/** One file of a process. */
export interface OpenFile {
  /** `cwd`, `rtd`, `txt`, `mem` or a number. */
  readonly fd: string
  /** r, w, u, or a blank for what is not a descriptor. */
  readonly access: 'r' | 'w' | 'u' | ' '
  readonly path: string
  readonly stat: Stat
  readonly pos: number
  /** As /proc/PID/fdinfo has them. */
  readonly flags: number
}

const LINKS = [
  ['cwd', 'cwd'],
  ['rtd', 'root'],
  ['txt', 'exe'],
] as const

/** Everything a process has open; undefined when we may not look. */
export function* openFiles(sys: Sys, { pid }: Proc): Blocking<readonly OpenFile[] | undefined> {
  const files: OpenFile[] = []
  const base = { access: ' ', pos: 0, flags: 0 } as const
  for (const [fd, name] of LINKS) {
    const it = look(sys, `/proc/${pid}/${name}`)
    if (it) files.push({ fd, ...base, ...it })
  }
  files.push(
    ...(yield* mappings(
      sys,
      pid,
      files.find(it => it.fd === 'txt'),
    )),
  )
  const descriptors = yield* list(sys, `/proc/${pid}/fd`)
  if (!descriptors) return files.length ? files : undefined
  for (const fd of descriptors) {
    const it = look(sys, `/proc/${pid}/fd/${fd}`)
    if (!it) continue
    const info = (yield* procText(sys, `/proc/${pid}/fdinfo/${fd}`)) ?? ''
    const flags = Number.parseInt(/^flags:\s*(\d+)/m.exec(info)?.[1] ?? '0', 8)
    const access = (['r', 'w', 'u', 'u'] as const)[flags & 3]!
    files.push({ fd, access, flags, pos: Number(/^pos:\s*(\d+)/m.exec(info)?.[1] ?? 0), ...it })
  }
  return files
}

/** A link of /proc and what is behind it. */
function look(sys: Sys, path: string): { path: string; stat: Stat } | undefined {
  try {
    return { path: sys.readlink(path), stat: sys.stat(path) }
  } catch (e) {
    if (e instanceof Errno) return undefined
    throw e
  }
}

function* list(sys: Sys, path: string): Blocking<readonly string[] | undefined> {
  try {
    return (yield* readDir(sys, path)).map(it => it.name).sort((a, b) => Number(a) - Number(b))
  } catch (e) {
    if (e instanceof Errno) return undefined
    throw e
  }
}

/** Files that are mapped, the program itself excepted; each once. */
function* mappings(sys: Sys, pid: number, text: OpenFile | undefined): Blocking<OpenFile[]> {
  const maps = (yield* procText(sys, `/proc/${pid}/maps`)) ?? ''
  const seen = new Set(text ? [text.path] : [])
  const files: OpenFile[] = []
  for (const line of maps.split('\n')) {
    const path = /^\S+ \S+ \S+ \S+ [1-9]\d* +(\/.*)$/.exec(line)?.[1]
    if (!path || seen.has(path)) continue
    seen.add(path)
    try {
      files.push({ fd: 'mem', access: ' ', pos: 0, flags: 0, path, stat: sys.stat(path) })
    } catch (e) {
      if (!(e instanceof Errno)) throw e
    }
  }
  return files
}

export const major = (dev: number): number => (dev >>> 8) & 0xfff
export const minor = (dev: number): number => (dev & 0xff) | ((dev >>> 12) & 0xfff00)
