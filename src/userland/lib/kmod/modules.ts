/** What is known of modules: /proc/modules, and modules.dep of the running kernel. Linux: kmod's libkmod. */
import { type Blocking, decode, Errno, O_RDONLY, type Sys } from '../../../abi/index.ts'
import { readBytes, readFile } from '../command.ts'

/** A line of /proc/modules. */
export interface Loaded {
  readonly name: string
  readonly size: number
  readonly uses: number
  readonly holders: readonly string[]
}

/** What is loaded, as /proc/modules lists it. */
export function* loadedModules(sys: Sys): Blocking<Loaded[]> {
  const lines = (yield* readFile(sys, '/proc/modules')).split('\n').filter(it => it)
  return lines.map(line => {
    const [name, size, uses, holders] = line.split(' ')
    return {
      name: name!,
      size: Number(size),
      uses: Number(uses),
      holders: holders!.split(',').filter(it => it && it !== '-'),
    }
  })
}

/** Where the modules of the running kernel lie. */
export const moduleDirectory = (sys: Sys): string => `/lib/modules/${sys.uname().release}`

/** The name of a module, whichever of - and _ was typed. */
export const canonical = (name: string): string => name.replaceAll('-', '_')

const nameOfFile = (path: string): string =>
  canonical(path.slice(path.lastIndexOf('/') + 1).replace(/\.ko$/, ''))

/** A module's file, and the files of those it needs, which have to be loaded before it from last to first. */
export interface Found {
  readonly file: string
  readonly needs: readonly string[]
}

/** Look a module up in modules.dep. */
export function* findModule(sys: Sys, name: string): Blocking<Found | undefined> {
  const directory = moduleDirectory(sys)
  for (const line of (yield* textOf(sys, `${directory}/modules.dep`)).split('\n')) {
    const [file = '', needs = ''] = line.split(':')
    if (nameOfFile(file) !== canonical(name)) continue
    const full = (it: string): string => `${directory}/${it}`
    return { file: full(file), needs: needs.trim() ? needs.trim().split(' ').map(full) : [] }
  }
  return undefined
}

/** Whether the kernel has this without loading it. */
export function* isBuiltin(sys: Sys, name: string): Blocking<boolean> {
  const text = yield* textOf(sys, `${moduleDirectory(sys)}/modules.builtin`)
  return text.split('\n').some(it => it && nameOfFile(it) === canonical(name))
}

function* textOf(sys: Sys, path: string): Blocking<string> {
  try {
    return yield* readFile(sys, path)
  } catch (e) {
    if (e instanceof Errno) return ''
    throw e
  }
}

/** The entries of a module's section .modinfo. */
export function* moduleInfo(sys: Sys, file: string): Blocking<(readonly [key: string, value: string])[]> {
  const entries = decode(yield* readBytes(sys, file)).split('\0')
  return entries.flatMap(entry => {
    const equals = entry.indexOf('=')
    return /^[a-z_.]+=/.test(entry) ? [[entry.slice(0, equals), entry.slice(equals + 1)] as const] : []
  })
}

/** finit_module(2) with a file. */
export function* insert(sys: Sys, file: string): Blocking<void> {
  const fd = yield* sys.open(file, O_RDONLY)
  try {
    yield* sys.finit_module(fd)
  } finally {
    sys.close(fd)
  }
}
