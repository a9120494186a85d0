/**
 * switch_root - free the initial root file system and go on in another
 * Linux: busybox util-linux/switch_root.c.
 */
import { type Blocking, Errno, isDir, MS_MOVE, type Sys } from '../../../abi/index.ts'
import { execvp, fatal, must, readDir } from '../command.ts'
import { applet, synopsis, textOf } from './applet.ts'

const RAMFS_MAGIC = 0x858458f6
const TMPFS_MAGIC = 0x01021994

export const switchRoot = applet('switch_root', function* (sys, given, args, me) {
  const [newRoot = '', ...argv] = args
  must(`can't change directory to '${newRoot}'`, () => sys.chdir(newRoot))
  const device = sys.stat('/').dev
  if (sys.stat('.').dev === device || sys.getpid() !== 1) throw synopsis()
  if (![RAMFS_MAGIC, TMPFS_MAGIC].includes(sys.statfs('/').type >>> 0))
    throw fatal('root filesystem is not ramfs/tmpfs')
  yield* empty(sys, '/', device)
  must('error moving root', () => sys.mount('.', '/', '', MS_MOVE, ''))
  must('chroot', () => sys.chroot('.'))
  sys.chdir('/')
  const console = textOf(given.c)
  if (console !== undefined) {
    const fd = yield* must(`can't open '${console}'`, sys.open(console, 2))
    for (const it of [0, 1, 2]) sys.dup2(fd, it)
  }
  try {
    return yield* execvp(sys, argv, me.envp)
  } catch (e) {
    throw e instanceof Errno ? fatal(`can't execute '${argv[0]}'`, e) : e
  }
})

/** Remove what is in a directory, as far as it is on the same file system. */
function* empty(sys: Sys, directory: string, device: number): Blocking<void> {
  for (const { name } of yield* readDir(sys, directory)) {
    const path = `${directory === '/' ? '' : directory}/${name}`
    try {
      const stat = sys.lstat(path)
      if (stat.dev !== device) continue
      if (!isDir(stat)) sys.unlink(path)
      else {
        yield* empty(sys, path, device)
        sys.rmdir(path)
      }
    } catch (e) {
      if (!(e instanceof Errno)) throw e
    }
  }
}
