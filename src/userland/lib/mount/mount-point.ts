/** X-mount.mkdir: making the directory to mount on. Linux: util-linux libmount/src/hook_mkdir.c, lib/fileutils.c. */
import { ENOENT, Errno, type Sys } from '../../../abi/index.ts'
import { fatal } from '../command.ts'

const OPTION = /^[xX]-mount\.mkdir(?:=(.*))?$/s

/** The mode that X-mount.mkdir[=MODE], or x-mount.mkdir, asks for; undefined if it is not among the options. */
export function mkdirMode(user: readonly string[], target: string, all: string): number | undefined {
  const option = user.map(it => OPTION.exec(it)).findLast(it => it !== null)
  if (!option) return undefined
  const text = (option[1] ?? '').replace(/^"(.*)"$/, '$1')
  if (/[^0-7]/.test(text)) throw fatal(`${target}: failed to parse mount options 'rw,${all}'.`)
  return text ? Number.parseInt(text, 8) : 0o755
}

/** `mkdir -p` with the same mode for all that is made. Linux: ul_mkdir_p(), whose every failure counts as EPERM. */
export function makeMountPoint(sys: Sys, path: string, mode: number): void {
  const parts = path.split('/')
  try {
    for (let i = 1; i <= parts.length; i++) {
      const dir = parts.slice(0, i).join('/')
      if (dir && isMissing(sys, dir)) {
        sys.mkdir(dir, mode)
        sys.chmod(dir, mode)
      }
    }
  } catch (e) {
    if (e instanceof Errno) throw fatal(`${path}: operation permitted for root only.`)
    throw e
  }
}

function isMissing(sys: Sys, path: string): boolean {
  try {
    sys.stat(path)
    return false
  } catch (e) {
    if (e === ENOENT) return true
    throw e
  }
}
