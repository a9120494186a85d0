/** One run of tar: what its parts share. */
import { type Blocking, Errno, isDir, O_RDONLY, refusal, type Sys } from '../../../abi/index.ts'
import { attributeLines, mark, type Wanted } from './attributes.ts'
import { fatal, type Flags, Output, type Process, readAll } from '../command.ts'
import { Lister } from './list.ts'
import { isExcluded, transformer } from './names.ts'
import type { TAR_OPTIONS } from './options.ts'
import type { Member } from './format.ts'
import { zoneOf } from '../time.ts'
import type { Users } from '../users.ts'

export type TarFlags = Flags<typeof TAR_OPTIONS>
export const TRY = "Try 'tar --help' or 'tar --usage' for more information."
export const LOST = 'Error is not recoverable: exiting now'

const VCS = [
  '.git',
  '.gitignore',
  '.gitattributes',
  '.gitmodules',
  '.svn',
  'CVS',
  'RCS',
  '.hg',
  '.bzr',
  '_darcs',
]

export class Job {
  failed = false
  /** Whether files differ: the exit status is 1. */
  differs = false
  readonly sys: Sys
  readonly me: Process
  readonly flags: TarFlags
  readonly users: Users
  readonly lister: Lister
  /** Where names are listed: on standard error when standard output takes data. */
  readonly listing: Output
  readonly rename: (name: string) => string
  /** Which attributes are kept besides those of headers. */
  readonly wanted: Wanted
  /** Several names were given, or a list: then any file may come twice. */
  many: boolean
  readonly #excluded: string[]
  readonly #said = new Set<string>()

  constructor(sys: Sys, me: Process, flags: TarFlags, users: Users, excluded: readonly string[]) {
    this.sys = sys
    this.me = me
    this.flags = flags
    this.users = users
    const toStdout = flags.create && (flags.file === undefined || flags.file === '-')
    this.listing = toStdout || flags.toStdout || flags.toCommand !== undefined ? new Output(sys, 2) : me.out
    this.rename = flags.transform ? transformer(flags.transform) : name => name
    this.#excluded = [
      ...excluded,
      ...(flags.excludeVcs ? VCS : []),
      ...(flags.excludeBackups ? ['.#*', '*~', '#*#'] : []),
    ]
    this.lister = new Lister({
      zone: zoneOf(me.env.get('TZ')),
      utc: Boolean(flags.utc),
      fullTime: Boolean(flags.fullTime),
      numeric: Boolean(flags.numericOwner),
      literal: flags.quotingStyle === 'literal',
    })
    const asked = (on: string, off: string, more = false): boolean => {
      const last = me.order.findLast(({ key }) => key === on || key === off || (more && /^xattrs./.test(key)))
      return last !== undefined && last.key !== off
    }
    this.wanted = {
      xattrs: asked('xattrs', 'noXattrs', true),
      acls: asked('acls', 'noAcls'),
      contexts: asked('selinux', 'noSelinux'),
    }
    this.many = false
  }

  *fail(text: string, errno?: unknown): Blocking<void> {
    yield* this.me.warn(text, errno)
    this.failed = true
  }

  excludes(name: string): boolean {
    return isExcluded(this.#excluded, name)
  }

  /** Say something once only. */
  *once(text: string): Blocking<void> {
    if (this.#said.has(text)) return
    this.#said.add(text)
    yield* this.me.warn(text)
  }

  /** The name without what would lead out of the directory one is in: a leading `/` or `../`. */
  *relative(name: string, what: string): Blocking<string> {
    if (this.flags.absoluteNames) return name
    const prefix = /^\/+|^(?:.*\/)?\.\.(?:\/+|$)/.exec(name)?.[0] ?? ''
    if (!prefix) return name
    yield* this.once(`Removing leading \`${prefix.replace(/\/+$/, '/')}' from ${what}`)
    return name.slice(prefix.length) || './'
  }

  /** chdir(2) for -C. */
  enter(dir: string): void {
    const refused = refusal(() => this.sys.chdir(dir))
    if (refused) throw fatal(`${dir}: Cannot open: ${refused.message}\ntar: ${LOST}`)
  }

  /** Write what is listed, if nobody should wait for it. */
  *drain(): Blocking<void> {
    if (this.listing.full || this.listing.fd === 2) yield* this.listing.flush()
  }

  /** List a member: its name, or with `long` a line like that of ls -l and, very verbosely, its attributes. */
  show(member: Member, long: boolean, number?: number): void {
    const { flags, wanted } = this
    const block = number === undefined || !flags.blockNumber ? '' : `block ${number / 512}: `
    const letter = long ? mark(member.attributes, wanted, flags) : ''
    this.listing.line(block + (long ? this.lister.line(member, letter) : this.lister.name(member.name)))
    const verbosity = (flags.verbose ?? 0) + (flags.list ? 1 : 0)
    if (long && verbosity > 2 && member.attributes)
      for (const line of attributeLines(member.attributes, wanted, flags)) this.listing.line(line)
  }
}

/** What to throw when the archive cannot be opened. */
export const cannotOpen = (path: string, e: unknown): unknown =>
  e instanceof Errno ? fatal(`${path}: Cannot open: ${e.message}\ntar: ${LOST}`) : e

/** The whole contents of the archive as it lies there. */
export function* readArchive({ sys, flags: { file } }: Job): Blocking<Uint8Array> {
  const stdin = file === undefined || file === '-'
  try {
    const fd = stdin ? 0 : yield* sys.open(file, O_RDONLY)
    if (fd && isDir(sys.fstat(fd)))
      throw fatal(
        `${file}: Cannot read: Is a directory\ntar: At beginning of tape, quitting now\ntar: ${LOST}`,
      )
    const data = yield* readAll(sys, fd)
    if (fd) sys.close(fd)
    yield* sys.burn(data.length)
    return data
  } catch (e) {
    if (!stdin || !(e instanceof Errno)) throw cannotOpen(file ?? '-', e)
    throw fatal(`-: Cannot read: ${e.message}\ntar: At beginning of tape, quitting now\ntar: ${LOST}`)
  }
}

/** Write all of it; what went wrong, if something did. Linux: write_error_details(). */
export function* writeWhole(sys: Sys, fd: number, bytes: Uint8Array): Blocking<string | undefined> {
  let written = 0
  try {
    while (written < bytes.length) written += yield* sys.write(fd, bytes.subarray(written))
    return undefined
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    return written ? `Wrote only ${written} of ${bytes.length} bytes` : `Cannot write: ${e.message}`
  }
}
