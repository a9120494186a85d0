/**
 * Fills the root file system of a fresh host: directories, /etc, and an executable file for every program that
 * exists, with the loader and libraries it needs.
 */
import {
  elf,
  encode,
  LOADER,
  EEXIST,
  makedev,
  O_CREAT,
  O_WRONLY,
  S_IFBLK,
  S_IFCHR,
  type Blocking,
  type Sys,
  type Timespec,
} from '../../abi/index.ts'
import { EXECUTABLES, LIBRARIES } from './packages.ts'
import { database, LATER_PROGRAMS, type Payload } from './dpkg.ts'
import { DIRECTORIES, FILES, LINKS } from './tree.ts'

const LIBRARY_DIRECTORY = '/usr/lib/x86_64-linux-gnu'
const BUILT: Timespec = { sec: 1767182402, nsec: 0 }
/** When the disk was formatted, and when the host was booted and /dev was filled. */
const FORMATTED: Timespec = { sec: 1795226888, nsec: 0 }
export const BOOTED: Timespec = { sec: 1766653206, nsec: 0 }

/** Program names whose files are links to others, as on Debian. */
const ALIASES: readonly (readonly [path: string, target: string])[] = [
  ['/usr/bin/sh', 'dash'],
  ['/usr/bin/rbash', 'bash'],
  ['/usr/bin/pkill', 'pgrep'],
  ['/usr/bin/reset', 'tset'],
  ['/usr/bin/hd', 'hexdump'],
  ['/usr/bin/strings', 'x86_64-linux-gnu-strings'],
  ['/usr/bin/domainname', 'hostname'],
  ['/usr/bin/nisdomainname', 'hostname'],
  ['/usr/bin/ypdomainname', 'hostname'],
  ['/usr/bin/dnsdomainname', 'hostname'],
  ['/usr/bin/pidof', '/sbin/killall5'],
  ['/usr/bin/sg', 'newgrp'],
  ['/usr/bin/lastb', 'last'],
  ['/usr/sbin/vigr', 'vipw'],
  ['/usr/sbin/addgroup', 'adduser'],
  ['/usr/sbin/delgroup', 'deluser'],
  ['/usr/bin/sudoedit', 'sudo'],
  ['/usr/bin/python3', 'python3.11'],
  ['/usr/bin/awk', '/etc/alternatives/awk'],
  ['/etc/alternatives/awk', '/usr/bin/mawk'],
  ['/usr/bin/which', '/etc/alternatives/which'],
  ['/etc/alternatives/which', '/usr/bin/which.debianutils'],
  ['/usr/bin/pager', '/etc/alternatives/pager'],
  ['/etc/alternatives/pager', '/usr/bin/less'],
  ['/usr/bin/vi', '/etc/alternatives/vi'],
  ['/etc/alternatives/vi', '/usr/bin/vim.tiny'],
  ['/usr/bin/editor', '/etc/alternatives/editor'],
  ['/etc/alternatives/editor', '/bin/nano'],
]

/** Where a program's file has another name than the program. */
const PROGRAM_OF: Record<string, string> = {
  'vim.tiny': 'vi',
  'which.debianutils': 'which',
  mawk: 'awk',
  tset: 'reset',
  'x86_64-linux-gnu-strings': 'strings',
  killall5: 'pidof',
  'python3.11': 'python3',
  vim: 'vi',
}

/** Runs a call to its end; see boot.ts. */
export type Run = <T>(call: Blocking<T>) => T

class Unpacker {
  readonly #sys: Sys
  readonly #run: Run
  /** Programs, libraries and links, for the packages. */
  readonly #payload = new Map<string, Payload>()

  constructor(sys: Sys, run: Run) {
    this.#sys = sys
    this.#run = run
  }

  file(
    path: string,
    contents: Uint8Array,
    mode: number,
    size = contents.length,
    time = BUILT,
    gid = 0,
  ): void {
    const fd = this.#run(this.#sys.open(path, O_CREAT | O_WRONLY, mode & 0o777))
    this.#run(this.#sys.write(fd, contents))
    if (size > contents.length) this.#sys.ftruncate(fd, size)
    if (gid) this.#sys.fchown(fd, 0, gid)
    if (mode & 0o7000) this.#sys.fchmod(fd, mode)
    this.#sys.close(fd)
    this.#sys.utimensat(path, time, time)
  }

  directories(): void {
    for (const [path, mode = 0o755, uid = 0, gid = 0] of DIRECTORIES) {
      this.#sys.mkdir(path, mode & 0o777)
      if (uid || gid) this.#sys.chown(path, uid, gid)
      if (mode & 0o7000) this.#sys.chmod(path, mode)
    }
    for (const [path, target] of LINKS) this.#symlink(target, path)
  }

  #symlink(target: string, path: string): void {
    this.#sys.symlink(target, path)
    this.#sys.utimensat(path, BUILT, BUILT, false)
  }

  /** Once everything is in its place. */
  times(): void {
    for (const [path] of DIRECTORIES) this.#sys.utimensat(path, BUILT, BUILT)
    for (const path of ['/', '/lost+found']) this.#sys.utimensat(path, FORMATTED, FORMATTED)
  }

  texts(): void {
    for (const { path, text, mode = 0o644, uid = 0, gid = 0 } of FILES) {
      this.file(path, encode(text), mode)
      if (uid || gid) this.#sys.chown(path, uid, gid)
    }
  }

  /** Install every known executable whose program exists; the rest of `programs` goes to /usr/bin as well. */
  executables(programs: ReadonlySet<string>): void {
    const installed = new Set<string>()
    let needed: string[] | undefined
    for (const line of EXECUTABLES.split('\n')) {
      if (line.startsWith('= ')) {
        needed = line === '= -' ? undefined : line.slice(2).split(' ')
        continue
      }
      const [file, size, time, mode = '755'] = line.split(' ')
      const name = file!.replace(/^s\//, '')
      const program = PROGRAM_OF[name] ?? name
      if (!programs.has(program)) continue
      const path = file === name ? `/usr/bin/${name}` : `/usr/sbin/${name}`
      const header = elf(needed ? { program, interp: LOADER, needed } : { program })
      const [bits, gid = 0] = mode.split(':')
      this.#pack(name, path, ['p', bits!, gid, size!, time!, program, ...(needed ?? ['-'])])
      const built = { sec: Number(time), nsec: 0 }
      if (LATER_PROGRAMS.has(name)) continue
      this.file(path, header, Number.parseInt(bits!, 8), Number(size), built, Number(gid))
      installed.add(program)
    }
    for (const [path, target] of ALIASES)
      if (this.#link(path, target, installed)) installed.add(path.slice(path.lastIndexOf('/') + 1))
    for (const program of programs)
      if (!installed.has(program) && !(program in PROGRAM_OF) && program !== 'sh' && program !== 'init')
        this.#unsized(program)
  }

  /** A program of which only the name is known. */
  #unsized(program: string): void {
    const path = `/usr/bin/${program}`
    this.#pack(program, path, ['p', '755', 0, 16384, BUILT.sec, program, '-'])
    if (!LATER_PROGRAMS.has(program)) this.file(path, elf({ program }), 0o755, 16384)
  }

  /** Note down how a package says what this file is. */
  #pack(name: string, path: string, words: readonly (string | number)[]): void {
    this.#payload.set(name, { path, line: words.join(' ') })
  }

  /** The database of packages and the mirror. */
  packages(): void {
    const { directories, files } = database(this.#payload)
    for (const path of directories) {
      try {
        this.#sys.mkdir(path, 0o755)
      } catch (e) {
        if (e !== EEXIST) throw e
      }
      this.#sys.utimensat(path, BUILT, BUILT)
    }
    for (const { path, text, mode = 0o644, size } of files) {
      const contents = encode(text)
      this.file(path, contents, mode, Math.max(size ?? 0, contents.length))
    }
  }

  #link(path: string, target: string, installed: ReadonlySet<string>): boolean {
    const base = target.slice(target.lastIndexOf('/') + 1)
    const end = ALIASES.find(([from]) => from === target)?.[1] ?? base
    const name = end.slice(end.lastIndexOf('/') + 1)
    if (!installed.has(PROGRAM_OF[name] ?? name)) return false
    this.#symlink(target, path)
    this.#pack(path.slice(path.lastIndexOf('/') + 1), path, ['l', BUILT.sec, target])
    return true
  }

  libraries(): void {
    this.file(`${LIBRARY_DIRECTORY}/ld-linux-x86-64.so.2`, elf({ program: 'ld.so' }), 0o755, 215000)
    this.#symlink('/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2', '/usr/lib64/ld-linux-x86-64.so.2')
    for (const line of LIBRARIES.split('\n')) {
      const [soname, file, size, time, ...needed] = line.split(' ')
      if (soname === 'ld-linux-x86-64.so.2') continue
      const name = file === '.' ? soname! : file!
      const mode = soname === 'libc.so.6' ? 0o755 : 0o644
      this.file(`${LIBRARY_DIRECTORY}/${name}`, elf({ program: 'lib', needed }), mode, Number(size), {
        sec: Number(time),
        nsec: 0,
      })
      this.#pack(soname!, `${LIBRARY_DIRECTORY}/${name}`, [
        'p',
        mode.toString(8),
        0,
        size!,
        time!,
        'lib',
        ...needed,
      ])
      if (name !== soname) this.#symlink(name, `${LIBRARY_DIRECTORY}/${soname}`)
    }
  }

  /** /dev, once devtmpfs is mounted there. */
  devices(): void {
    for (const [name, mode, major, minor, gid] of DEVICES) {
      this.#sys.mknod(`/dev/${name}`, mode & ~0o777, makedev(major, minor))
      this.#sys.chmod(`/dev/${name}`, mode & 0o777)
      if (gid) this.#sys.chown(`/dev/${name}`, 0, gid)
    }
    for (const name of ['pts', 'shm', 'mqueue', 'net']) this.#sys.mkdir(`/dev/${name}`, 0o755)
    const links = [
      ['fd', '/proc/self/fd'],
      ['stdin', '/proc/self/fd/0'],
      ['stdout', '/proc/self/fd/1'],
      ['stderr', '/proc/self/fd/2'],
    ]
    for (const [name, target] of links) this.#symlink(target!, `/dev/${name}`)
    const names = [...DEVICES.map(([name]) => name), ...links.map(([name]) => name!), 'mqueue', 'net', '.']
    for (const name of names) this.#sys.utimensat(`/dev/${name}`, BOOTED, BOOTED, false)
  }
}

const DEVICES: readonly (readonly [name: string, mode: number, major: number, minor: number, gid: number])[] =
  [
    ['console', S_IFCHR | 0o600, 5, 1, 0],
    ['full', S_IFCHR | 0o666, 1, 7, 0],
    ['kmsg', S_IFCHR | 0o644, 1, 11, 0],
    ['null', S_IFCHR | 0o666, 1, 3, 0],
    ['ptmx', S_IFCHR | 0o666, 5, 2, 5],
    ['random', S_IFCHR | 0o666, 1, 8, 0],
    ['tty', S_IFCHR | 0o666, 5, 0, 5],
    ['urandom', S_IFCHR | 0o666, 1, 9, 0],
    ['zero', S_IFCHR | 0o666, 1, 5, 0],
    ['vda', S_IFBLK | 0o660, 254, 0, 6],
  ]

/** Everything but /dev, before anything is mounted below the root. */
export function unpack(sys: Sys, run: Run, programs: ReadonlySet<string>): void {
  const it = new Unpacker(sys, run)
  it.directories()
  it.texts()
  it.libraries()
  it.executables(programs)
  it.packages()
  it.times()
}

export const makeDevices = (sys: Sys, run: Run): void => new Unpacker(sys, run).devices()
