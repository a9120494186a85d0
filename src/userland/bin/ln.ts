/**
 * ln - make links between files
 * https://www.gnu.org/software/coreutils/manual/html_node/ln-invocation.html
 */
import {
  type Blocking,
  EEXIST,
  ENAMETOOLONG,
  Errno,
  isDir,
  refusal,
  type Stat,
  type Sys,
} from '../../abi/index.ts'
import { BACKUP_OPTIONS, backupKind, backupName } from '../lib/backup.ts'
import { command, fatal, usage } from '../lib/command.ts'
import {
  ask,
  basename,
  canonicalize,
  dirname,
  isDirectory,
  joinPath,
  lstatOf,
  sameFile,
  statOf,
} from '../lib/path.ts'
import { randomLetters } from '../lib/random.ts'
import { relativePath } from '../lib/relative.ts'
import { quoteaf, quotef } from '../lib/quote.ts'

export default command({
  name: 'ln',
  summary: 'In the 1st form, create a link to TARGET with the name LINK_NAME.',
  usage: [
    'ln [OPTION]... [-T] TARGET LINK_NAME',
    'ln [OPTION]... TARGET',
    'ln [OPTION]... TARGET... DIRECTORY',
    'ln [OPTION]... -t DIRECTORY TARGET...',
  ],
  authors: 'Mike Parker and David MacKenzie',
  options: {
    ...BACKUP_OPTIONS,
    directory: { short: 'dF', help: 'allow the superuser to attempt to hard link directories' },
    force: { short: 'f', help: 'remove existing destination files' },
    interactive: { short: 'i', help: 'prompt whether to remove destinations' },
    logical: { short: 'L', help: 'dereference TARGETs that are symbolic links' },
    noDereference: {
      short: 'n',
      help: 'treat LINK_NAME as a normal file if\nit is a symbolic link to a directory',
    },
    physical: { short: 'P', help: 'make hard links directly to symbolic links' },
    relative: { short: 'r', help: 'with -s, create links relative to link location' },
    symbolic: { short: 's', help: 'make symbolic links instead of hard links' },
    targetDirectory: {
      short: 't',
      value: '=DIRECTORY',
      help: 'specify the DIRECTORY in which to create\nthe links',
    },
    noTargetDirectory: { short: 'T', help: 'treat LINK_NAME as a normal file always' },
    verbose: { short: 'v', help: 'print name of each linked file' },
  },

  *main(sys, flags, args, me) {
    if (flags.relative && !flags.symbolic) throw fatal('cannot do --relative without --symbolic')
    const backup = backupKind(flags, me.env)
    const suffix = flags.suffix || me.env.get('SIMPLE_BACKUP_SUFFIX') || '~'
    const force = flags.force || flags.interactive || backup !== 'none'
    let status = 0
    for (const [target, name] of pairs()) if (!(yield* link(target, name))) status = 1
    return status

    function pairs(): (readonly [string, string])[] {
      const into = (dir: string, names: readonly string[]) =>
        names.map(it => [it, joinPath(dir, basename(it))] as const)
      if (flags.targetDirectory !== undefined) {
        if (!args.length) throw usage('missing file operand')
        const refused = refusal(() => sys.stat(flags.targetDirectory!))
        if (refused) throw fatal(`failed to access ${quoteaf(flags.targetDirectory)}`, refused)
        must(flags.targetDirectory, 'target directory')
        return into(flags.targetDirectory, args)
      }
      const [first, second, third] = args
      if (first === undefined) throw usage('missing file operand')
      if (flags.noTargetDirectory) {
        if (second === undefined) throw usage(`missing destination file operand after ${quoteaf(first)}`)
        if (third !== undefined) throw usage(`extra operand ${quoteaf(third)}`)
        return [[first, second]]
      }
      if (second === undefined) return into('.', [first])
      const last = args.at(-1)!
      const follows = !flags.noDereference || !lstatIsLink(sys, last)
      if (args.length === 2)
        return follows && isDirectory(sys, last) ? into(last, [first]) : [[first, second]]
      must(last, 'target')
      return into(last, args.slice(0, -1))
    }

    function must(dir: string, what: string): void {
      const refused = refusal(() => sys.stat(dir))
      if (refused) throw fatal(`${what} ${quoteaf(dir)}`, refused)
      if (!isDirectory(sys, dir)) throw fatal(`${what} ${quoteaf(dir)}: Not a directory`)
    }

    function* link(target: string, name: string): Blocking<boolean> {
      const source = flags.symbolic ? undefined : yield* hardSource(target)
      if (!flags.symbolic && !source) return false
      const made = flags.relative ? relativeTarget(sys, target, name) : target
      const create = (at: string): void => {
        if (flags.symbolic) sys.symlink(made, at)
        else if (flags.logical) sys.linkFollow(target, at)
        else sys.link(target, at)
      }
      let kept: string | undefined
      let refused = refusal(() => create(name))
      const old = refused === EEXIST && force ? lstatOf(sys, name) : undefined
      if (old) {
        if (flags.interactive && !(yield* ask(sys, `${me.name}: replace ${quoteaf(name)}? `))) return true
        if (
          flags.symbolic &&
          backup === 'none' &&
          statOf(sys, target) &&
          canonical(target) === canonical(name)
        )
          return yield* complain(`${quoteaf(target)} and ${quoteaf(name)} are the same file`)
        if (
          source &&
          sameFile(source, old) &&
          (old.nlink === 1 || target === name || canonical(target) === canonical(name))
        )
          return yield* complain(`${quoteaf(target)} and ${quoteaf(name)} are the same file`)
        if (isDir(old)) return yield* complain(`${name}: cannot overwrite directory`)
        if (backup === 'none') refused = refusal(() => replace(create, name))
        else {
          kept = yield* backupName(sys, name, backup, suffix)
          sys.rename(name, kept)
          // Another link of the same file is still there: rename(2) leaves both.
          refused = refusal(() => (lstatOf(sys, name) ? replace(create, name) : create(name)))
        }
      }
      if (!refused) {
        const before = kept === undefined ? '' : `${quoteaf(kept)} ~ `
        if (flags.verbose)
          me.out.line(`${before}${quoteaf(name)} ${flags.symbolic ? '->' : '=>'} ${quoteaf(made)}`)
        return true
      }
      const arrow = refused === ENAMETOOLONG || !made ? ` -> ${quoteaf(made)}` : ''
      if (flags.symbolic)
        return yield* complain(`failed to create symbolic link ${quoteaf(name)}${arrow}`, refused)
      const shown =
        refused === EEXIST || refused.errno === 30 || refused.errno === 28 ? '' : ` => ${quoteaf(target)}`
      return yield* complain(`failed to create hard link ${quoteaf(name)}${shown}`, refused)
    }

    /** gnulib's force_linkat(): what stands there is only replaced by a link that could be made. */
    function replace(create: (at: string) => void, name: string): void {
      const temporary = joinPath(dirname(name), `Cu${randomLetters(sys, 6)}`)
      create(temporary)
      const refused = refusal(() => sys.rename(temporary, name))
      // Renaming one link of a file to another leaves both.
      if (refused || lstatOf(sys, temporary)) sys.unlink(temporary)
      if (refused) throw refused
    }

    function* complain(text: string, errno?: Errno): Blocking<false> {
      yield* me.warn(text, errno)
      return false
    }

    function* hardSource(target: string): Blocking<Stat | undefined> {
      try {
        const stat = flags.logical ? sys.stat(target) : sys.lstat(target)
        if (!isDir(stat) || flags.directory) return stat
        yield* me.warn(`${quotef(target)}: hard link not allowed for directory`)
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        yield* me.warn(`failed to access ${quoteaf(target)}`, e)
      }
      return undefined
    }

    function canonical(path: string): string {
      return joinPath(canonicalize(sys, dirname(path), 'none'), basename(path))
    }
  },
})

const lstatIsLink = (sys: Sys, path: string): boolean =>
  ((lstatOf(sys, path)?.mode ?? 0) & 0o170000) === 0o120000

function relativeTarget(sys: Sys, target: string, name: string): string {
  const from = canonicalize(sys, dirname(name), 'none')
  const to = canonicalize(sys, target, 'none')
  return relativePath(from, to)
}
