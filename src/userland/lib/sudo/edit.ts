/**
 * sudo -e: the caller's own editor works on copies, which take the place of the files when they were changed.
 * Linux: sudo 1.9 src/sudo_edit.c.
 */
import {
  type Blocking,
  ENOENT,
  Errno,
  isReg,
  O_CREAT,
  O_EXCL,
  O_WRONLY,
  type Sys,
  WEXITSTATUS,
} from '../../../abi/index.ts'
import { execvp, fork, type Process, readFile, writeFile } from '../command.ts'
import { waitFor } from '../namespaces.ts'
import type { Passwd, Users } from '../users.ts'

interface Copy {
  readonly file: string
  readonly path: string
  readonly before: string
}

/** Edit the files; gives the editor's status. */
export function* editFiles(
  sys: Sys,
  me: Process,
  files: readonly string[],
  users: Users,
  caller: Passwd,
  target: Passwd,
): Blocking<number> {
  const name = me.name.slice(me.name.lastIndexOf('/') + 1)
  const copies: Copy[] = []
  for (const file of files) {
    const before = yield* contents(sys, name, file)
    if (before !== undefined) copies.push({ file, before, path: yield* makeCopy(sys, file, before, caller) })
  }
  if (!copies.length) return 1
  const status = yield* runEditor(sys, me, copies)
  for (const { file, path, before } of copies) {
    const after = yield* readFile(sys, path)
    if (after === before) yield* sys.write(2, `${name}: ${file} unchanged\n`)
    else yield* writeFile(sys, file, after)
    sys.unlink(path)
  }
  return status
}

/** What is in the file, nothing when there is none yet; undefined where it cannot be edited. */
function* contents(sys: Sys, name: string, file: string): Blocking<string | undefined> {
  try {
    if (isReg(sys.stat(file))) return yield* readFile(sys, file)
    yield* sys.write(2, `${name}: ${file}: not a regular file\n`)
  } catch (e) {
    if (e === ENOENT) return ''
    if (!(e instanceof Errno)) throw e
    yield* sys.write(2, `${name}: ${file}: ${e.message}\n`)
  }
  return undefined
}

/** /var/tmp/NAMEXXXXXXXX.SUFFIX, or NAME.XXXXXXXX where the name has no suffix; it is the caller's. */
function* makeCopy(sys: Sys, file: string, text: string, caller: Passwd): Blocking<string> {
  const [, name = '', suffix] = /([^/]*?)(\.[^./]*)?$/.exec(file) ?? []
  const random = [...sys.getrandom(8)].map(byte => (byte % 36).toString(36)).join('')
  const path = `/var/tmp/${name}${suffix === undefined ? `.${random}` : `${random}${suffix}`}`
  const fd = yield* sys.open(path, O_CREAT | O_EXCL | O_WRONLY, 0o600)
  yield* sys.write(fd, text)
  sys.fchown(fd, caller.uid, caller.gid)
  sys.close(fd)
  return path
}

/** The first editor of the environment that there is; it runs as the caller. */
function* runEditor(sys: Sys, me: Process, copies: readonly Copy[]): Blocking<number> {
  const names = ['SUDO_EDITOR', 'VISUAL', 'EDITOR'].flatMap(it => me.env.get(it) ?? [])
  const child = fork(sys, 'sudo', function* (its) {
    its.setuid(its.getuid())
    for (const editor of [...names, '/usr/bin/editor'])
      try {
        return yield* execvp(its, [...editor.split(' '), ...copies.map(it => it.path)], me.envp)
      } catch (e) {
        if (!(e instanceof Errno)) throw e
      }
    return 1
  })
  return WEXITSTATUS((yield* waitFor(sys, child, 0)).status)
}
