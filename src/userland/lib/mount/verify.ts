/**
 * findmnt --verify: what is wrong with a table of file systems. Linux: util-linux misc-utils/findmnt-verify.c.
 *
 * Left out: which type a disk has is known only of disks that are mounted; swap areas are not looked into.
 */
import { type Blocking, Errno, isBlk, isDir, type Stat, type Sys } from '../../../abi/index.ts'
import type { Process } from '../command.ts'
import { type FstabEntry, isPseudoType } from '../mountinfo.ts'
import { canonical, flagOptions, parseOptions } from '../mountinfo-path.ts'
import { findTag } from '../blkid/cache.ts'
import { parseTag } from '../blkid/tags.ts'
import { mountTable } from './tables.ts'

/** What has been found so far. */
interface Verification {
  readonly sys: Sys
  readonly say: (mark: 'E' | 'W' | ' ', text: string) => void
  readonly entries: readonly FstabEntry[]
}

/** Tell what is wrong with the lines of a table; the exit status. */
export function* verify(
  sys: Sys,
  me: Process,
  entries: readonly FstabEntry[],
  parseErrors: number,
  verbose: boolean,
): Blocking<number> {
  let errors = 0
  let warnings = 0
  let headed: FstabEntry | undefined
  for (const it of entries) {
    const say = (mark: 'E' | 'W' | ' ', text: string): void => {
      if (mark === 'E') errors++
      else if (mark === 'W') warnings++
      else if (!verbose) return
      if (headed !== it) me.out.line(it.target)
      headed = it
      me.out.line(`   [${mark}] ${text}`)
    }
    const all = { sys, say, entries }
    verifyOrder(all, it)
    verifyTarget(all, it)
    verifyOptions(all, it)
    const source = yield* translated(all, it)
    const reason = source === undefined ? undefined : verifySource(all, { ...it, source })
    if (source !== undefined) yield* verifyType(all, { ...it, source }, reason)
  }
  if (!errors && !warnings && !parseErrors) {
    me.out.line('Success, no errors or warnings detected')
    return 0
  }
  const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`
  yield* sys.write(
    2,
    `\n${count(parseErrors, 'parse error')}, ${count(errors, 'error')}, ${count(warnings, 'warning')}\n`,
  )
  return errors || parseErrors ? 1 : 0
}

/** What lies below another mount has to come after it. */
function verifyOrder({ sys, say, entries }: Verification, it: FstabEntry): void {
  const target = canonical(sys, it.target)
  const later = entries.slice(entries.indexOf(it) + 1).map(other => canonical(sys, other.target))
  if (it.target !== 'none' && later.includes(target)) say('W', 'target specified more than once')
  const above = later.find(other => other !== '/' && target.startsWith(`${other}/`))
  if (above) say('E', `wrong order: ${target} specified before ${above}`)
}

function verifyTarget({ sys, say }: Verification, it: FstabEntry): void {
  if (it.fstype === 'swap') return
  const there = statOf(sys, it.target)
  if (!(there instanceof Errno)) {
    if (!isDir(there) && !isBind(it)) say('E', 'target is not a directory')
    else say(' ', 'target exists')
  } else if (it.options.split(',').includes('noauto')) say('W', `unreachable target: ${there.message}`)
  else say('E', `unreachable on boot required target: ${there.message}`)
}

/** The options by whom they are for: mount(2)'s flags, the file system, mount(8). */
function verifyOptions({ say }: Verification, { options }: FstabEntry): void {
  const { data, user } = parseOptions(options)
  const kinds = [
    ['VFS', flagOptions(options)],
    ['FS', data],
    ['userspace', user.join(',')],
  ] as const
  for (const [kind, list] of kinds) if (list) say(' ', `${kind} options: ${list}`)
}

/** The disk that a tag means, nothing if there is none; what is no tag as it is. */
function* translated({ sys, say }: Verification, it: FstabEntry): Blocking<string | undefined> {
  const tag = parseTag(it.source)
  if (!tag) return it.source
  const path = yield* findTag(sys, ...tag)
  if (path !== undefined) say(' ', `${it.source} translated to ${path}`)
  else if (it.options.split(',').includes('noauto')) say('W', `unreachable: ${it.source}`)
  else say('E', `unreachable on boot required source: ${it.source}`)
  return path
}

/** The reason why the source cannot be looked at, nothing if it can. */
function verifySource({ sys, say }: Verification, it: FstabEntry): string | undefined {
  if (isPseudoType(it.fstype) && !isBind(it)) {
    say(' ', `do not check ${it.source} source (pseudo/net)`)
    return undefined
  }
  const there = statOf(sys, it.source)
  if (there instanceof Errno) {
    say('W', `unreachable source: ${it.source}: ${there.message}`)
    return there.message
  }
  if (!isBlk(there) && !isBind(it))
    say('W', `non-bind mount source ${it.source} is a directory or regular file`)
  else say(' ', `source ${it.source} exists`)
  return undefined
}

function* verifyType({ sys, say }: Verification, it: FstabEntry, reason: string | undefined): Blocking<void> {
  if (isPseudoType(it.fstype) || isBind(it)) return say(' ', `do not check ${it.source} FS type (pseudo/net)`)
  if (reason !== undefined) return say('W', `cannot detect on-disk filesystem type (${reason})`)
  const found = (yield* mountTable(sys)).find(mount => mount.source === it.source)?.fstype
  if (!found || it.fstype === 'auto') return
  if (found === it.fstype) say(' ', `FS type is ${found}`)
  else say('E', `${it.fstype} does not match with on-disk ${found}`)
}

const isBind = (it: FstabEntry): boolean => /(?:^|,)r?bind(?:,|$)/.test(it.options)

function statOf(sys: Sys, path: string): Stat | Errno {
  try {
    return sys.stat(path)
  } catch (e) {
    if (e instanceof Errno) return e
    throw e
  }
}
