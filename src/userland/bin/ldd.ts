/**
 * ldd - print shared object dependencies
 * Linux: glibc elf/ldd.bash.in; ldd(1). The loader's search, over the headers of the files themselves.
 *
 * Left out: -d, -r, -u; versions of symbols (-v shows none). Addresses are random, as on Linux.
 */
import {
  type Blocking,
  Errno,
  isReg,
  LOADER,
  O_RDONLY,
  parseElf,
  type Executable,
  type Sys,
  X_OK,
} from '../../abi/index.ts'
import { command, type Process } from '../lib/command.ts'

const DIRECTORIES = [
  '/lib/x86_64-linux-gnu',
  '/usr/lib/x86_64-linux-gnu',
  '/lib64',
  '/usr/lib64',
  '/lib',
  '/usr/lib',
]

export default command({
  name: 'ldd',
  summary: 'print shared object dependencies',
  suite: 'other',
  usage: 'ldd [OPTION]... FILE...',
  help: `Usage: ldd [OPTION]... FILE...
      --help              print this help and exit
      --version           print version information and exit
  -d, --data-relocs       process data relocations
  -r, --function-relocs   process data and function relocations
  -u, --unused            print unused direct dependencies
  -v, --verbose           print all information

For bug reporting instructions, please see:
<http://www.debian.org/Bugs/>.
`,
  version: `ldd (Debian GLIBC 2.36-9+deb12u14) 2.36
Copyright (C) 2022 Free Software Foundation, Inc.
This is free software; see the source for copying conditions.  There is NO
warranty; not even for MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.
Written by Roland McGrath and Ulrich Drepper.
`,
  options: {
    dataRelocs: { short: 'd' },
    functionRelocs: { short: 'r' },
    unused: { short: 'u' },
    verbose: { short: 'v' },
  },

  *main(sys, _flags, args, me) {
    if (!args.length) {
      yield* sys.write(2, "ldd: missing file arguments\nTry `ldd --help' for more information.\n")
      return 1
    }
    let status = 0
    for (const arg of args) {
      if (args.length > 1) me.out.line(`${arg}:`)
      status = (yield* one(sys, me, arg)) || status
    }
    return status
  },
})

function* one(sys: Sys, me: Process, arg: string): Blocking<number> {
  const path = arg.includes('/') ? arg : `./${arg}`
  try {
    if (!isReg(sys.stat(path))) return yield* complain(sys, me, `ldd: ${path}: not regular file\n`)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    return yield* complain(sys, me, `ldd: ${path}: ${e.message}\n`)
  }
  const it = yield* header(sys, path)
  if (!it) return yield* complain(sys, me, '\tnot a dynamic executable\n')
  if (!it.interp && it.program !== 'lib') return yield* complain(sys, me, '\tnot a dynamic executable\n')
  if (it.program !== 'lib' && !runnable(sys, path))
    yield* sys.write(2, `ldd: warning: you do not have execution permission for \`${path}'\n`)
  yield* print(sys, me, it)
  return 0
}

/** Messages about a file come between the outputs of the others. */
function* complain(sys: Sys, me: Process, text: string): Blocking<number> {
  if (text.startsWith('\t')) me.out.print(text)
  else {
    yield* me.out.flush()
    yield* sys.write(2, text)
  }
  return 1
}

function runnable(sys: Sys, path: string): boolean {
  try {
    sys.access(path, X_OK)
    return true
  } catch (e) {
    if (e instanceof Errno) return false
    throw e
  }
}

function* header(sys: Sys, path: string): Blocking<Executable | undefined> {
  try {
    const fd = yield* sys.open(path, O_RDONLY)
    const bytes = yield* sys.read(fd, 1024)
    sys.close(fd)
    return parseElf(bytes)
  } catch (e) {
    if (e instanceof Errno) return undefined
    throw e
  }
}

/** Breadth first, each library once; the loader is one of them. */
function* print(sys: Sys, me: Process, it: Executable): Blocking<void> {
  const random = sys.getrandom(6)
  const slide = ((random[0]! << 16) | (random[1]! << 8) | random[2]!) * 0x1000
  let at = 0x7f0000000000 + slide * 8 + 0x200000
  const hex = (n: number): string => `0x${n.toString(16).padStart(16, '0')}`
  me.out.line(`\tlinux-vdso.so.1 (${hex(0x7ffc00000000 + ((random[3]! << 8) | random[4]!) * 0x1000)})`)
  const queue = [...(it.needed ?? [])]
  const seen = new Set(queue)
  const interp = it.interp ?? LOADER
  const loader = `\t${interp} (${hex(0x7f0000000000 + slide * 8 + 0x400000)})`
  for (const name of queue) {
    if (interp.endsWith(`/${name}`)) {
      me.out.line(loader)
      continue
    }
    const found = yield* locate(sys, name)
    at -= 0x100000
    me.out.line(found ? `\t${name} => ${found.path} (${hex(at)})` : `\t${name} => not found`)
    for (const more of found?.it.needed ?? []) {
      if (seen.has(more)) continue
      seen.add(more)
      queue.push(more)
    }
  }
  if (!queue.some(name => interp.endsWith(`/${name}`))) me.out.line(loader)
}

function* locate(sys: Sys, name: string): Blocking<{ path: string; it: Executable } | undefined> {
  for (const dir of DIRECTORIES) {
    const it = yield* header(sys, `${dir}/${name}`)
    if (it) return { path: `${dir}/${name}`, it }
  }
  return undefined
}
