/**
 * vipw, vigr - edit the files of accounts under their lock
 * Linux: shadow-utils src/vipw.c; vipw(8).
 */
import {
  type Blocking,
  Errno,
  O_CREAT,
  O_EXCL,
  O_TRUNC,
  O_WRONLY,
  type Sys,
  WEXITSTATUS,
  WIFSIGNALED,
} from '../../abi/index.ts'
import { command, fork, type Process, readFile, writeAll } from '../lib/command.ts'
import { basename } from '../lib/path.ts'
import { exists } from '../lib/shadow/files.ts'

export default command({
  name: 'vipw',
  aliases: ['vigr'],
  summary: 'edit the password, group, shadow-password or shadow-group file',
  suite: 'other',
  usage: ['vipw [options]', 'vigr [options]'],
  wrongUsage: '',
  failure: 2,
  options: {
    group: { short: 'g', help: 'edit group database' },
    passwd: { short: 'p', help: 'edit passwd database' },
    quiet: { short: 'q', help: 'quiet mode' },
    root: { short: 'R', value: ' CHROOT_DIR', help: 'directory to chroot into' },
    shadow: { short: 's', help: 'edit shadow or gshadow database' },
    help: { short: 'h', help: 'display this help message and exit' },
  },

  *main(sys, flags, _args, me) {
    const name = basename(me.name)
    if (flags.root !== undefined) sys.chroot(flags.root)
    const isGroup = flags.group || (name === 'vigr' && !flags.passwd)
    const main = isGroup ? '/etc/group' : '/etc/passwd'
    const shadow = isGroup ? '/etc/gshadow' : '/etc/shadow'
    const file = flags.shadow ? shadow : main
    const status = yield* edit(sys, me, name, file, flags.quiet === true)
    if (status !== undefined) return status
    const other = flags.shadow ? main : shadow
    if (!flags.quiet && exists(sys, other)) {
      const hint = `${isGroup ? 'vigr' : 'vipw'}${flags.shadow ? '' : ' -s'}`
      me.out.print(
        `You have modified ${file}.\nYou may need to modify ${other} for consistency.\nPlease use the command '${hint}' to do so.\n`,
      )
    }
    return 0
  },
})

/** Let an editor change a copy, and put it in place; a status unless it did. Linux: vipwedit(). */
function* edit(
  sys: Sys,
  me: Process,
  name: string,
  file: string,
  isQuiet: boolean,
): Blocking<number | undefined> {
  const copy = `${file}.edit`
  const unchanged = function* (why: string): Blocking<void> {
    yield* sys.write(
      2,
      `${why ? `${name}: ${why}\n` : ''}${isQuiet ? '' : `${name}: ${file} is unchanged\n`}`,
    )
  }
  try {
    const lock = yield* sys.open(`${file}.lock`, O_WRONLY | O_CREAT | O_EXCL, 0o600)
    sys.close(lock)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    yield* sys.write(2, `${name}: ${e.message}.\n`)
    yield* unchanged(`Couldn't lock file: ${e.message}`)
    return 5
  }
  try {
    const stat = sys.stat(file)
    const fd = yield* sys.open(copy, O_WRONLY | O_CREAT | O_TRUNC, stat.mode & 0o777)
    yield* writeAll(sys, fd, yield* readFile(sys, file))
    sys.fchown(fd, stat.uid, stat.gid)
    sys.close(fd)
    sys.utimensat(copy, stat.atime, stat.mtime)
    const editor = me.env.get('VISUAL') || me.env.get('EDITOR') || 'sensible-editor'
    const status = yield* runEditor(sys, me, editor, copy)
    if (status) {
      yield* unchanged(`${editor} returned with status ${status}`)
      sys.unlink(copy)
      return status
    }
    const { mtime } = sys.stat(copy)
    if (mtime.sec === stat.mtime.sec && mtime.nsec === stat.mtime.nsec) {
      if (!isQuiet) me.out.line(`${name}: ${file} is unchanged`)
      sys.unlink(copy)
      return 0
    }
    sys.chmod(copy, stat.mode & 0o777)
    sys.chown(copy, stat.uid, stat.gid)
    if (exists(sys, `${file}-`)) sys.unlink(`${file}-`)
    sys.link(file, `${file}-`)
    sys.rename(copy, file)
    return undefined
  } finally {
    sys.unlink(`${file}.lock`)
  }
}

/** The editor may come with options, so a shell runs it. */
function* runEditor(sys: Sys, me: Process, editor: string, file: string): Blocking<number> {
  yield* me.out.flush()
  const child = fork(sys, me.name, its => its.execve('/bin/sh', ['sh', '-c', `${editor} ${file}`], me.envp))
  const { status } = (yield* sys.wait4(child, 0))!
  return WIFSIGNALED(status) ? 1 : WEXITSTATUS(status)
}
