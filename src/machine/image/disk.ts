/**
 * What is on the disk of a fresh host: directories, /etc, and an executable file for every program that
 * exists, with the loader and libraries it needs.
 */
import { elf, encode, LOADER, S_IFDIR, S_IFLNK, S_IFREG, type Timespec } from '../../abi/index.ts'
import type { ImageEntry } from '../../fs/index.ts'
import { EXECUTABLES, LIBRARIES } from './packages.ts'
import { database, LATER_PROGRAMS, type Payload } from './dpkg.ts'
import { moduleDirectories, moduleFiles } from './modules.ts'
import { DIRECTORIES, FILES, LINKS } from './tree.ts'

const LIBRARY_DIRECTORY = '/usr/lib/x86_64-linux-gnu'
const BUILT: Timespec = { sec: 1767182402, nsec: 0 }
/** When the disk was formatted. */
const FORMATTED: Timespec = { sec: 1795226888, nsec: 0 }

/** Program names whose files are links to others, as on Debian. */
const ALIASES: readonly (readonly [path: string, target: string])[] = [
  ['/usr/bin/sh', 'dash'],
  ['/usr/bin/rbash', 'bash'],
  ['/usr/bin/pkill', 'pgrep'],
  ['/usr/bin/reset', 'tset'],
  ['/usr/bin/hd', 'hexdump'],
  ['/usr/bin/lsmod', 'kmod'],
  ...['mkfs.ext2', 'mkfs.ext3', 'mkfs.ext4'].map(it => [`/usr/sbin/${it}`, 'mke2fs'] as const),
  ...['fsck.ext2', 'fsck.ext3', 'fsck.ext4'].map(it => [`/usr/sbin/${it}`, 'e2fsck'] as const),
  ['/usr/sbin/e2label', 'tune2fs'],
  ...['insmod', 'lsmod', 'modinfo', 'modprobe', 'rmmod'].map(it => [`/usr/sbin/${it}`, '/bin/kmod'] as const),
  ['/usr/bin/strings', 'x86_64-linux-gnu-strings'],
  ['/usr/bin/domainname', 'hostname'],
  ['/usr/bin/nisdomainname', 'hostname'],
  ['/usr/bin/ypdomainname', 'hostname'],
  ['/usr/bin/dnsdomainname', 'hostname'],
  ['/usr/bin/pidof', '/sbin/killall5'],
  ['/usr/sbin/ip', '/bin/ip'],
  ['/usr/bin/sg', 'newgrp'],
  ['/usr/bin/lastb', 'last'],
  ['/usr/sbin/vigr', 'vipw'],
  ['/usr/sbin/addgroup', 'adduser'],
  ['/usr/sbin/delgroup', 'deluser'],
  ['/usr/bin/sudoedit', 'sudo'],
  ['/usr/bin/python3', 'python3.11'],
  ['/usr/bin/awk', '/etc/alternatives/awk'],
  ['/etc/alternatives/awk', '/usr/bin/mawk'],
  ['/usr/bin/nawk', '/etc/alternatives/nawk'],
  ['/etc/alternatives/nawk', '/usr/bin/mawk'],
  ['/usr/bin/which', '/etc/alternatives/which'],
  ['/etc/alternatives/which', '/usr/bin/which.debianutils'],
  ['/usr/bin/pager', '/etc/alternatives/pager'],
  ['/etc/alternatives/pager', '/usr/bin/less'],
  ...['ex', 'rview', 'vi', 'view'].flatMap(it => [
    [`/usr/bin/${it}`, `/etc/alternatives/${it}`] as const,
    [`/etc/alternatives/${it}`, '/usr/bin/vim.tiny'] as const,
  ]),
  ...['i386', 'linux32', 'linux64', 'x86_64'].map(it => [`/usr/bin/${it}`, 'setarch'] as const),
  ['/usr/bin/unxz', 'xz'],
  ['/usr/bin/xzcat', 'xz'],
  ['/usr/bin/xzcmp', 'xzdiff'],
  ['/usr/bin/xzegrep', 'xzgrep'],
  ['/usr/bin/xzfgrep', 'xzgrep'],
  ...[
    ['lzma', 'xz'],
    ['unlzma', 'unxz'],
    ...['cat', 'cmp', 'diff', 'egrep', 'fgrep', 'grep', 'less', 'more'].map(it => [`lz${it}`, `xz${it}`]),
  ].flatMap(([it, program]) => [
    [`/usr/bin/${it}`, `/etc/alternatives/${it}`] as const,
    [`/etc/alternatives/${it}`, `/usr/bin/${program}`] as const,
  ]),
  ['/usr/bin/editor', '/etc/alternatives/editor'],
  ['/etc/alternatives/editor', '/bin/nano'],
  ['/usr/bin/pico', '/etc/alternatives/pico'],
  ['/etc/alternatives/pico', '/bin/nano'],
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

class Image {
  readonly #entries: ImageEntry[] = []
  /** Programs, libraries and links, for the packages. */
  readonly #payload = new Map<string, Payload>()

  get entries(): readonly ImageEntry[] {
    return this.#entries
  }

  file(
    path: string,
    contents: Uint8Array,
    mode: number,
    size = contents.length,
    time = BUILT,
    gid = 0,
  ): void {
    this.#entries.push({ path, mode: S_IFREG | mode, uid: 0, gid, contents, size, time })
  }

  #directory(path: string, mode = 0o755, uid = 0, gid = 0): void {
    const time = path === '/' || path === '/lost+found' ? FORMATTED : BUILT
    this.#entries.push({ path, mode: S_IFDIR | mode, uid, gid, time })
  }

  #symlink(link: string, path: string): void {
    this.#entries.push({ path, mode: S_IFLNK | 0o777, uid: 0, gid: 0, link, time: BUILT })
  }

  directories(): void {
    for (const path of ['/', '/lost+found']) this.#directory(path)
    for (const it of DIRECTORIES) this.#directory(...it)
    for (const path of moduleDirectories()) this.#directory(path)
    for (const [path, target] of LINKS) this.#symlink(target, path)
  }

  texts(): void {
    for (const { path, text, mode = 0o644, uid = 0, gid = 0 } of [...FILES, ...moduleFiles()])
      this.#entries.push({ path, mode: S_IFREG | mode, uid, gid, contents: encode(text), time: BUILT })
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
    for (const path of directories) this.#directory(path)
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
}

/** Everything but /dev, of a host that has `programs`. */
export function diskImage(programs: ReadonlySet<string>): readonly ImageEntry[] {
  const it = new Image()
  it.directories()
  it.texts()
  it.libraries()
  it.executables(programs)
  it.packages()
  return it.entries
}
