/**
 * install - copy files and set attributes
 * https://www.gnu.org/software/coreutils/manual/html_node/install-invocation.html
 */
import { type Blocking, EEXIST, ENOENT, ENOTDIR, Errno, isDir, isReg } from '../../abi/index.ts'
import { BACKUP_OPTIONS, backupKind } from '../lib/backup.ts'
import { command, execvp, fatal, fork, must, readBytes, usage } from '../lib/command.ts'
import { copyFile, copyRun } from '../lib/copy.ts'
import { dirname, isDirectory, lstatOf } from '../lib/path.ts'
import { quote, quoteaf } from '../lib/quote.ts'
import { adjustMode, parseMode } from '../lib/strmode.ts'
import { TARGET_OPTIONS, targets } from '../lib/target.ts'
import { groupId, readUsers, userId } from '../lib/users.ts'

export default command({
  name: 'install',
  summary: 'This install program copies files (often just compiled) into destination\nlocations you choose.',
  usage: [
    'install [OPTION]... [-T] SOURCE DEST',
    'install [OPTION]... SOURCE... DIRECTORY',
    'install [OPTION]... -t DIRECTORY SOURCE...',
    'install [OPTION]... -d DIRECTORY...',
  ],
  authors: 'David MacKenzie',
  options: {
    ...BACKUP_OPTIONS,
    c: { help: '(ignored)' },
    compare: { short: 'C', help: 'compare content of source and destination files' },
    directory: {
      short: 'd',
      help: 'treat all arguments as directory names;\ncreate all components of the specified directories',
    },
    D: { help: 'create all leading components of DEST except the last' },
    group: { short: 'g', value: '=GROUP', help: "set group ownership, instead of process' current group" },
    mode: { short: 'm', value: '=MODE', help: 'set permission mode (as in chmod), instead of rwxr-xr-x' },
    owner: { short: 'o', value: '=OWNER', help: 'set ownership (super-user only)' },
    preserveTimestamps: {
      short: 'p',
      help: 'apply access/modification times of SOURCE files\nto corresponding destination files',
    },
    strip: { short: 's', help: 'strip symbol tables' },
    stripProgram: { value: '=PROGRAM', help: 'program used to strip binaries' },
    ...TARGET_OPTIONS,
    verbose: { short: 'v', help: 'print the name of each created file or directory' },
  },

  *main(sys, flags, args, me) {
    if (flags.directory && flags.targetDirectory !== undefined)
      throw fatal('target directory not allowed when installing a directory')
    if (flags.compare && flags.preserveTimestamps)
      throw usage('options --compare (-C) and --preserve-timestamps are mutually exclusive')
    let mode = 0o755
    if (flags.mode !== undefined) {
      const change = parseMode(flags.mode)
      if (!change) throw fatal(`invalid mode ${quote(flags.mode)}`)
      mode = adjustMode(0, Boolean(flags.directory), 0, change)
    }
    const users = yield* readUsers(sys)
    const uid = flags.owner === undefined ? -1 : userId(users, flags.owner)
    if (uid === undefined) throw fatal(`invalid user ${quote(flags.owner!)}`)
    const gid = flags.group === undefined ? -1 : groupId(users, flags.group)
    if (gid === undefined) throw fatal(`invalid group ${quote(flags.group!)}`)
    let status = 0

    function* makeDirs(path: string, last: boolean): Blocking<boolean> {
      if (isDirectory(sys, path)) return true
      if (!last && lstatOf(sys, path)) {
        yield* refuseDir(path, ENOTDIR)
        return false
      }
      const parent = dirname(path)
      if (parent !== path && parent !== '.' && !(yield* makeDirs(parent, false))) return false
      try {
        sys.mkdir(path, 0o755)
        if (last) sys.chmod(path, mode)
        if (flags.verbose) me.out.line(`${me.name}: creating directory ${quoteaf(path)}`)
        return true
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        yield* refuseDir(path, e)
        return false
      }
    }
    /** gnulib's make_dir_parents() goes on to the mode of what it could not make. */
    function* refuseDir(path: string, errno: Errno): Blocking<void> {
      if (!flags.directory) return yield* me.warn(`cannot create directory ${quoteaf(path)}`, errno)
      if (errno !== ENOENT && errno !== EEXIST && errno !== ENOTDIR) {
        const what = uid! >= 0 || gid! >= 0 ? 'owner and permissions' : 'permissions'
        return yield* me.warn(`cannot change ${what} of ${quote(path)}`, ENOENT)
      }
      yield* me.warn(`cannot create directory ${quote(path)}`, errno)
    }
    function* own(path: string): Blocking<void> {
      try {
        if (uid! >= 0 || gid! >= 0) sys.chown(path, uid!, gid!)
        sys.chmod(path, mode)
      } catch (e) {
        yield* me.warn(`cannot change ownership of ${quoteaf(path)}`, e)
        status = 1
      }
    }
    if (flags.directory) {
      if (!args.length) throw usage('missing file operand')
      for (const dir of args) {
        if (yield* makeDirs(dir, true)) yield* own(dir)
        else status = 1
      }
      return status
    }
    const dest = flags.targetDirectory ?? (args.length === 2 ? dirname(args[1]!) : args.at(-1))
    if (
      flags.D &&
      dest !== undefined &&
      (args.length > 1 || flags.targetDirectory !== undefined) &&
      !(yield* makeDirs(dest, false))
    )
      return 1
    const run = copyRun({
      sys,
      name: me.name,
      move: false,
      recursive: false,
      dereference: 'always',
      preserve: {
        mode: false,
        ownership: false,
        timestamps: Boolean(flags.preserveTimestamps),
        links: false,
        xattr: false,
      },
      defaultMode: false,
      overwrite: 'default',
      unlinkOnFailure: false,
      // What stands there goes first, so that a running program keeps its file.
      removeFirst: true,
      update: false,
      instead: 'copy',
      copyContents: true,
      sparse: 'auto',
      reflink: false,
      oneFileSystem: false,
      requireXattrs: 'never',
      backup: backupKind(flags, me.env),
      suffix: flags.suffix || '~',
      verbose: flags.verbose ? line => me.out.line(line) : undefined,
      complain: (text, errno) => me.warn(text.replace(/^-r not specified; /, ''), errno),
    })
    const into = flags.targetDirectory
    if (
      into !== undefined &&
      args.length &&
      !isDir(must(`failed to access ${quoteaf(into)}`, () => sys.stat(into)))
    )
      throw fatal(`failed to access ${quoteaf(into)}`, ENOTDIR)
    for (const [from, to] of targets(sys, flags, args)) {
      if (flags.compare && (yield* isAsWanted(from, to))) continue
      if (!(yield* copyFile(run, from, to))) status = 1
      else if (!flags.strip || (yield* strip(to))) yield* own(to)
    }
    return status

    /** Whether --compare finds nothing to do: same contents, owner and mode. */
    function* isAsWanted(from: string, to: string): Blocking<boolean> {
      try {
        const old = sys.lstat(to)
        if (!isReg(old) || !isReg(sys.stat(from)) || (old.mode & 0o7777) !== mode) return false
        if (old.uid !== (uid! >= 0 ? uid : sys.geteuid()) || old.gid !== (gid! >= 0 ? gid : sys.getegid()))
          return false
        const [a, b] = [yield* readBytes(sys, from), yield* readBytes(sys, to)]
        return a.length === b.length && a.every((byte, i) => byte === b[i])
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        return false
      }
    }

    /** Run strip(1); a file it refuses is removed. */
    function* strip(path: string): Blocking<boolean> {
      const program = flags.stripProgram ?? 'strip'
      yield* me.out.flush()
      const child = fork(sys, me.name, function* (its) {
        try {
          return yield* execvp(its, [program, path], me.envp)
        } catch (e) {
          throw fatal(`cannot run ${program}`, e)
        }
      })
      if (!(yield* sys.wait4(child, 0))!.status) return true
      yield* me.warn('strip process terminated abnormally')
      sys.unlink(path)
      status = 1
      return false
    }
  },
})
