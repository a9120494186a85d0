/** What chown and chgrp share. Linux: coreutils chown-core.c. */
import { type Blocking, Errno, isLink, type Stat, type Sys } from '../../abi/index.ts'
import { fatal, type Flags, type Process } from './command.ts'
import { quoteaf } from './quote.ts'
import { recurse } from './recurse.ts'
import { groupName, type Users, userName } from './users.ts'

export const CHOWN_OPTIONS = {
  changes: { short: 'c', help: 'like verbose but report only when a change is made' },
  silent: { short: 'f', also: ['quiet'], help: 'suppress most error messages' },
  verbose: { short: 'v', help: 'output a diagnostic for every file processed' },
  dereference: {
    help: 'affect the referent of each symbolic link (this is\nthe default), rather than the symbolic link itself',
  },
  noDereference: { short: 'h', help: 'affect symbolic links instead of any referenced file' },
  noPreserveRoot: { help: "do not treat '/' specially (the default)" },
  preserveRoot: { help: "fail to operate recursively on '/'" },
  reference: {
    value: '=RFILE',
    help: "use RFILE's owner and group rather than\nspecifying OWNER:GROUP values",
  },
  recursive: { short: 'R', help: 'operate on files and directories recursively' },
  H: { help: 'if a command line argument is a symbolic link\nto a directory, traverse it' },
  L: { help: 'traverse every symbolic link to a directory\nencountered' },
  P: { help: 'do not traverse any symbolic links (default)' },
} as const

/** Who the files are given to; -1 leaves one alone. */
export interface Owner {
  readonly uid: number
  readonly gid: number
  /** Only files that have this owner: --from. */
  readonly from?: { readonly uid: number; readonly gid: number } | undefined
  /** As messages name them; undefined where it stays. */
  readonly user: string | undefined
  readonly group: string | undefined
}

/** Change the owner of all the paths; the exit status. */
export function* changeOwner(
  sys: Sys,
  flags: Flags<typeof CHOWN_OPTIONS>,
  me: Process<keyof typeof CHOWN_OPTIONS>,
  users: Users,
  owner: Owner,
  paths: readonly string[],
  /** As chgrp says it, or chown. */
  what: 'group' | 'ownership',
): Blocking<number> {
  const follow = me.order.findLast(it => it.key === 'H' || it.key === 'L' || it.key === 'P')?.key as
    | 'H'
    | 'L'
    | 'P'
    | undefined
  if (flags.recursive && flags.dereference && (follow ?? 'P') === 'P')
    throw fatal('-R --dereference requires either -H or -L')
  const named = spec(owner.user, owner.group, what)

  function* visit(path: string, stat: Stat): Blocking<boolean> {
    // "-R -P": links are never followed; with -H and -L what they lead to is given away, though not entered.
    const self = flags.noDereference || (flags.recursive && (follow ?? 'P') === 'P')
    let old = stat
    try {
      if (isLink(stat) && !self) old = sys.stat(path)
      const { from } = owner
      if (from && ((from.uid >= 0 && from.uid !== old.uid) || (from.gid >= 0 && from.gid !== old.gid))) {
        retained(path, old)
        return true
      }
      if (self) sys.lchown(path, owner.uid, owner.gid)
      else sys.chown(path, owner.uid, owner.gid)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      if (!flags.silent) {
        if (isLink(stat) && !self && e.errno === 2) yield* me.warn(`cannot dereference ${quoteaf(path)}`, e)
        else yield* me.warn(`changing ${what} of ${quoteaf(path)}`, e)
      }
      if (flags.verbose) me.out.line(`failed to change ${what} of ${quoteaf(path)} ${fromTo(old)}`)
      return false
    }
    const changed = (owner.uid >= 0 && owner.uid !== old.uid) || (owner.gid >= 0 && owner.gid !== old.gid)
    if (changed && (flags.verbose || flags.changes))
      me.out.line(`changed ${what} of ${quoteaf(path)} ${fromTo(old)}`)
    else retained(path, old)
    return true
  }

  function retained(path: string, old: Stat): void {
    if (!flags.verbose) return
    const kept = owner.user !== undefined || owner.group !== undefined ? ` as ${ownerOf(old)}` : ''
    me.out.line(`${what} of ${quoteaf(path)} retained${kept}`)
  }
  const ownerOf = (old: Stat): string => {
    // "so that diagnostics say ownership :GROUP rather than group GROUP"
    const user =
      owner.user === undefined && what === 'group' ? undefined : (userName(users, old.uid) ?? String(old.uid))
    const group = owner.group === undefined ? undefined : (groupName(users, old.gid) ?? String(old.gid))
    return spec(user, group, what)
  }
  const fromTo = (old: Stat): string => `from ${ownerOf(old)} to ${named}`
  const fine = yield* recurse(
    {
      sys,
      recursive: Boolean(flags.recursive),
      childrenFirst: true,
      follow: follow ?? 'P',
      silent: Boolean(flags.silent),
      preserveRoot: Boolean(flags.preserveRoot),
      visit,
      *warn(text, errno) {
        yield* me.warn(text, errno)
        const missing = /^cannot access (.*)$/s.exec(text)
        if (missing && flags.verbose) me.out.line(`failed to change ${what} of ${missing[1]} to ${named}`)
      },
    },
    paths,
  )
  return fine ? 0 : 1
}

/** `user:group` or one of them; chown writes a group alone as `:group`. */
function spec(user: string | undefined, group: string | undefined, what: 'group' | 'ownership'): string {
  if (group === undefined) return user ?? ''
  return user === undefined && what === 'group' ? group : `${user ?? ''}:${group}`
}
