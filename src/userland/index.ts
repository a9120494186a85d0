/**
 * The programs of the virtual host: every file of bin/ exports one command, which knows its names. The names are
 * known at once; the programs come in pieces when they are asked for: most of them in one, each large one by itself.
 */
import type { Command } from './lib/command.ts'

export { applets } from './lib/busybox/standalone.ts'
export type { Command } from './lib/command.ts'
export { wcwidth } from './lib/wcwidth.ts'

/** Names besides those of the files. A test compares them with what the commands say. */
export const ALIASES: Readonly<Record<string, readonly string[]>> = {
  'add-shell': ['remove-shell'],
  adduser: ['addgroup'],
  base64: ['base32'],
  md5sum: ['sha1sum', 'sha224sum', 'sha256sum', 'sha384sum', 'sha512sum'],
  test: ['['],
  clear: ['reset', 'tset'],
  vipw: ['vigr'],
  vi: ['ex', 'view', 'vim', 'vim.tiny'],
  kmod: ['lsmod', 'modprobe', 'modinfo', 'insmod', 'rmmod'],
  last: ['lastb'],
  gzip: ['gunzip', 'uncompress', 'zcat'],
  grep: ['egrep', 'fgrep', 'rgrep'],
  less: ['pager'],
  ls: ['dir', 'vdir'],
  e2fsck: ['fsck.ext2', 'fsck.ext3', 'fsck.ext4'],
  tune2fs: ['e2label'],
  mke2fs: ['mkfs.ext2', 'mkfs.ext3', 'mkfs.ext4'],
  man: ['apropos', 'whatis'],
  nano: ['rnano'],
  deluser: ['delgroup'],
  newgrp: ['sg'],
  newuidmap: ['newgidmap'],
  pgrep: ['pkill', 'pidwait'],
  setarch: ['linux32', 'linux64', 'i386', 'x86_64'],
  sudo: ['sudoedit'],
  xz: ['unxz', 'xzcat', 'lzma', 'unlzma', 'lzcat'],
  zdiff: ['zcmp', 'xzdiff', 'xzcmp', 'lzdiff', 'lzcmp'],
  zgrep: ['zegrep', 'zfgrep', 'xzgrep', 'xzegrep', 'xzfgrep', 'lzgrep', 'lzegrep', 'lzfgrep'],
  zless: ['zmore', 'xzless', 'xzmore', 'lzless', 'lzmore'],
}

const nameOf = (path: string) => path.slice('./bin/'.length, -'.ts'.length)
const withAliases = (name: string) => [name, ...(ALIASES[name] ?? [])]

/** The large ones, which all.ts leaves out. */
const LARGE = import.meta.glob<Command>('./bin/{awk,jq,nano,sed,strace,vi,why}.ts', { import: 'default' })

/** What all programs are called; aliases (`[` for `test`) are names too. */
export const programNames: readonly string[] = Object.keys(import.meta.glob('./bin/*.ts')).flatMap(path =>
  withAliases(nameOf(path)),
)

/** A piece of the userland: the names of its programs, and how to fetch them. */
export interface Piece {
  readonly names: readonly string[]
  load(): Promise<readonly Command[]>
}

const large = Object.entries(LARGE).map(([path, load]) => ({
  names: withAliases(nameOf(path)),
  load: async () => [await load()],
}))
const isLarge = new Set(large.flatMap(({ names }) => names))

/** The piece with most of the programs comes first. */
/** The words of why(1), for the page. */
export const loadWhy = () => import('./lib/why/explain.ts')

export const pieces: readonly Piece[] = [
  {
    names: programNames.filter(name => !isLarge.has(name)),
    load: async () => (await import('./all.ts')).commands,
  },
  ...large,
]
