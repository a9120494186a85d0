/**
 * The tables mount(8) and umount(8) go by: the kernel's mountinfo, /etc/fstab, and /run/mount/utab with what concerns
 * only them. Linux: util-linux libmount/src/{tab_parse,tab_update}.c.
 */
import {
  type Blocking,
  CLONE_NEWNS,
  Errno,
  isDir,
  isReg,
  O_APPEND,
  O_CREAT,
  O_RDONLY,
  O_WRONLY,
  refusal,
  type Sys,
} from '../../../abi/index.ts'
import { fatal, type Process, writeFile } from '../command.ts'
import { type FstabEntry, type MountEntry, parseFstab, parseMountinfo, unmangle } from '../mountinfo.ts'
import { procText } from '../proc.ts'
import { readUsers, userName } from '../users.ts'

const UTAB_DIR = '/run/mount'
const UTAB = `${UTAB_DIR}/utab`

/** What is mounted in the namespace of the caller. */
export function* mountTable(sys: Sys): Blocking<MountEntry[]> {
  return parseMountinfo((yield* procText(sys, '/proc/self/mountinfo')) ?? '')
}

/** The lines of /etc/fstab or of the table named; lines that are none are told of, and counted in `wrong`. */
export function* fstabEntries(
  sys: Sys,
  me: Process,
  path?: string,
  wrong: number[] = [],
): Blocking<FstabEntry[]> {
  if (path !== undefined && isDirectory(sys, path)) return yield* fstabsIn(sys, me, path)
  const text =
    path === undefined || mayParse(sys, path) ? yield* procText(sys, path ?? '/etc/fstab') : undefined
  // Only a table that was asked for has to be there.
  if (text === undefined && path !== undefined) throw fatal(`${path}: failed to parse`)
  const entries = parseFstab(text ?? '', line => wrong.push(line))
  for (const line of wrong) yield* me.warn(`${path ?? '/etc/fstab'}: parse error at line ${line} -- ignored`)
  return entries
}

const isDirectory = (sys: Sys, path: string): boolean =>
  refusal(() => sys.stat(path)) === undefined && isDir(sys.stat(path))

/** Of a directory all tables that end in .fstab. Linux: mnt_table_parse_dir(). */
function* fstabsIn(sys: Sys, me: Process, directory: string): Blocking<FstabEntry[]> {
  const fd = yield* sys.open(directory, O_RDONLY)
  const names = sys.getdents(fd).map(it => it.name)
  sys.close(fd)
  const entries: FstabEntry[] = []
  for (const name of names.filter(it => /^[^.].*\.fstab$/s.test(it)).sort())
    entries.push(...(yield* fstabEntries(sys, me, `${directory}/${name}`)))
  return entries
}

function mayParse(sys: Sys, path: string): boolean {
  try {
    return isReg(sys.stat(path))
  } catch (e) {
    if (e instanceof Errno) return false
    throw e
  }
}

/** setns(2) into the mount namespace of a process or of a file. */
export function* enterNamespace(sys: Sys, where: string): Blocking<void> {
  const path = /^\d+$/.test(where) ? `/proc/${where}/ns/mnt` : where
  try {
    const fd = yield* sys.open(path, O_RDONLY)
    sys.setns(fd, CLONE_NEWNS)
    sys.close(fd)
  } catch (e) {
    throw fatal(`failed to set target namespace to ${path}`, e, 2)
  }
}

/** One line of utab. */
interface UtabLine {
  readonly source: string
  readonly target: string
  readonly options: string
}

const mangle = (text: string): string =>
  text.replace(/[ \t\n\\]/g, c => `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}`)

const shown = ({ source, target, options }: UtabLine): string =>
  `SRC=${mangle(source)} TARGET=${mangle(target)} ROOT=/ OPTS=${mangle(options)}\n`

function* utab(sys: Sys): Blocking<UtabLine[]> {
  const text = (yield* procText(sys, UTAB)) ?? ''
  return [...text.matchAll(/^SRC=(\S*) TARGET=(\S*) ROOT=\S* OPTS=(\S*)$/gm)].map(
    ([, source, target, options]) => ({
      source: unmangle(source!),
      target: unmangle(target!),
      options: unmangle(options!),
    }),
  )
}

/** Which options are remembered: not those that only say who may mount and when. */
const REMEMBERED = /^(?:user|_netdev|(?:uhelper|helper|loop)=.*|x-.*)$/

/** After a mount: remember the options the kernel was not told. An ordinary user's name goes with `user`. */
export function* remember(sys: Sys, source: string, target: string, user: readonly string[]): Blocking<void> {
  const uid = sys.getuid()
  const name = uid === 0 ? undefined : userName(yield* readUsers(sys), uid)
  const options = user
    .filter(it => REMEMBERED.test(it))
    .map(it => (it === 'user' && name ? `user=${name}` : it))
  if (!options.length) return
  try {
    sys.mkdir(UTAB_DIR, 0o755)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
  }
  try {
    yield* writeFile(sys, `${UTAB}.lock`, '', O_WRONLY | O_CREAT)
    yield* writeFile(
      sys,
      UTAB,
      shown({ source, target, options: options.join(',') }),
      O_WRONLY | O_CREAT | O_APPEND,
    )
  } catch (e) {
    // A mount stands even if it cannot be written down.
    if (!(e instanceof Errno)) throw e
  }
}

/** After an umount: forget the last line of that place. */
export function* forget(sys: Sys, target: string): Blocking<void> {
  const lines = yield* utab(sys)
  const at = lines.findLastIndex(it => it.target === target)
  if (at < 0) return
  try {
    yield* writeFile(sys, UTAB, lines.toSpliced(at, 1).map(shown).join(''))
  } catch (e) {
    if (!(e instanceof Errno)) throw e
  }
}

/** Whether options of a mount in a place are remembered. */
export function* isRemembered(sys: Sys, target: string): Blocking<boolean> {
  return (yield* utab(sys)).some(it => it.target === target)
}

/** The remembered options of a mount. */
export function* remembered(sys: Sys, { source, target }: MountEntry): Blocking<string> {
  return (yield* utab(sys)).findLast(it => it.target === target && it.source === source)?.options ?? ''
}
