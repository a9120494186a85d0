/**
 * One mount of mount(8): the source found, the calls made, what came of it told.
 * Linux: util-linux libmount/src/context_mount.c.
 */
import {
  type Blocking,
  EACCES,
  EINVAL,
  ENODEV,
  EROFS,
  Errno,
  MS_BIND,
  MS_MOVE,
  MS_RDONLY,
  MS_REC,
  MS_REMOUNT,
  MS_SILENT,
  type Sys,
} from '../../../abi/index.ts'
import { findTag } from '../blkid/cache.ts'
import { parseTag } from '../blkid/tags.ts'
import { probe } from '../blkid/probe.ts'
import type { Process } from '../command.ts'
import { isPseudoType } from '../mountinfo.ts'
import {
  BIND_SETTABLE,
  canonical,
  dropPrivileges,
  type MountOptions,
  parseOptions,
} from '../mountinfo-path.ts'
import { groupId, readUsers, userId } from '../users.ts'
import { explain } from './explain.ts'
import { type ImageDevice, loopFor, needsLoop } from './loop.ts'
import { makeMountPoint, mkdirMode } from './mount-point.ts'
import { mountTable, remember } from './tables.ts'

/** mount(8)'s exit statuses. */
export const EX_USAGE = 1
export const EX_SYSERR = 2
export const EX_FAIL = 32

/** A mount that is to be made. */
export interface Request {
  readonly source: string | undefined
  readonly target: string | undefined
  readonly type: string | undefined
  readonly options: string
}

/**
 * The whole of one mount: the call itself, the remount that gives a bind mount its flags, the propagation. Returns the
 * exit status, nothing where `nofail` lets a source be missing.
 */
export function* mountOne(
  sys: Sys,
  me: Process,
  request: Request,
  fake: boolean,
  verbose: boolean,
): Blocking<number | undefined> {
  const options = yield* withNumbers(sys, parseOptions(request.options))
  if (!options.user.some(it => it === 'user' || it === 'users')) dropPrivileges(sys)
  const tagged = yield* resolveTag(sys, request.source)
  if (tagged === undefined) {
    if (options.user.includes('nofail')) return undefined
    yield* me.warn(`${request.target}: can't find ${request.source}.`)
    return EX_USAGE
  }
  const found = { ...request, source: tagged || request.source }
  const mode = mkdirMode(options.user, request.target!, request.options)
  if (mode !== undefined && !fake) makeMountPoint(sys, request.target!, mode)
  if (request.type === 'swap') {
    yield* me.warn(`${request.target}: operation failed: ${EINVAL.message}.`)
    return EX_USAGE
  }
  const target = canonical(sys, request.target!)
  const image = sourcePath(sys, found, options)
  if (fake || !needsLoop(sys, image, request.type, options))
    return yield* mountDevice(sys, me, found, image, target, options, fake, verbose)
  const loop = yield* imageDevice(sys, me, request.target!, image!, target, options)
  if (typeof loop === 'number') return loop
  const user = options.user.filter(it => !/^(loop|offset|sizelimit)(=|$)/.test(it))
  const status = yield* mountDevice(sys, me, found, loop.path, target, { ...options, user }, false, verbose)
  if (loop.fd !== undefined) sys.close(loop.fd)
  return status
}

/** The disk that LABEL=, UUID= and the like name: '' for a source that is no tag, undefined if there is none. */
function* resolveTag(sys: Sys, source: string | undefined): Blocking<string | undefined> {
  const tag = parseTag(source ?? '')
  return tag ? yield* findTag(sys, ...tag) : ''
}

/** The loop device of an image, or the exit status if there can be none. */
function* imageDevice(
  sys: Sys,
  me: Process,
  given: string,
  image: string,
  target: string,
  options: MountOptions,
): Blocking<ImageDevice | number> {
  try {
    const loop = yield* loopFor(sys, image, options)
    const here =
      loop.inUse && (yield* mountTable(sys)).some(it => it.source === loop.path && it.target === target)
    if (!here) return loop
    yield* me.warn(`${given}: ${image} is already mounted.`)
    return EX_USAGE
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    yield* me.warn(`${given}: failed to setup loop device for ${image}.`)
    return EX_FAIL
  }
}

function* mountDevice(
  sys: Sys,
  me: Process,
  request: Request,
  source: string | undefined,
  target: string,
  given: MountOptions,
  fake: boolean,
  verbose: boolean,
): Blocking<number | undefined> {
  const isNew = !(given.flags & (MS_BIND | MS_MOVE | MS_REMOUNT)) && !given.propagation.length
  const isAuto = request.type === undefined || request.type === 'auto'
  const type =
    isNew && isAuto && source !== undefined
      ? ((yield* probe(sys, source))?.type ?? request.type)
      : request.type
  let options = given
  let failure = fake ? undefined : act(sys, source, target, type, options)
  if (isNew && (failure?.errno === EACCES || failure?.errno === EROFS) && !(options.flags & MS_RDONLY)) {
    options = { ...options, flags: options.flags | MS_RDONLY }
    failure = act(sys, source, target, type, options)
    if (!failure) yield* me.warn(`${target}: WARNING: source write-protected, mounted read-only.`)
  }
  if (failure) {
    if (failure.errno === EINVAL && options.flags & MS_MOVE && source === undefined) {
      yield* me.warn(`${target}: mount failed: ${EINVAL.message}.`)
      return EX_USAGE
    }
    const text = yield* explain(sys, { ...failure, source, target, type, options })
    if (text === undefined) return undefined
    yield* me.warn(`${target}: ${text}.`)
    yield* sys.write(2, '       dmesg(1) may have more information after failed mount system call.\n')
    return EX_FAIL
  }
  if (!fake && !(options.flags & MS_REMOUNT)) yield* remember(sys, source ?? 'none', target, options.user)
  if (verbose) me.out.print(done(me.name, source, target, options))
  return 0
}

/** uid=NAME and gid=NAME reach the kernel as numbers. Linux: mnt_optstr_fix_uid(). */
function* withNumbers(sys: Sys, options: MountOptions): Blocking<MountOptions> {
  if (!/(?:^|,)[ug]id=[^\d,]/.test(options.data)) return options
  const users = yield* readUsers(sys)
  const data = options.data.replace(/(^|,)([ug]id)=([^,]+)/g, (whole, before, key, name) => {
    const id =
      key === 'uid'
        ? name === 'useruid'
          ? sys.getuid()
          : userId(users, name)
        : name === 'usergid'
          ? sys.getgid()
          : groupId(users, name)
    return id === undefined ? whole : `${before}${key}=${id}`
  })
  return { ...options, data }
}

/** Paths become canonical; the names that pseudo file systems take for a source stay as they are. */
function sourcePath(
  sys: Sys,
  { source, type }: Request,
  { flags, propagation }: MountOptions,
): string | undefined {
  if (source === undefined) return propagation.length && !(flags & (MS_BIND | MS_MOVE)) ? 'none' : undefined
  if (flags & (MS_BIND | MS_MOVE)) return canonical(sys, source)
  return type && isPseudoType(type) ? source : canonical(sys, source)
}

function act(
  sys: Sys,
  source: string | undefined,
  target: string,
  type: string | undefined,
  { flags, propagation, data }: MountOptions,
): { errno: Errno; applyingFlags: boolean } | undefined {
  let applyingFlags = false
  try {
    const propagationOnly =
      propagation.length > 0 &&
      !(flags & (MS_BIND | MS_MOVE | MS_REMOUNT)) &&
      !type &&
      (source === 'none' || source === undefined)
    if (!propagationOnly) {
      const from = source ?? (flags & MS_MOVE ? '' : 'none')
      mountByTypes(sys, from, target, fsType(type, flags), flags, data)
      const rest = flags & ~(MS_BIND | MS_REC | MS_SILENT)
      if (flags & MS_BIND && !(flags & MS_REMOUNT) && flags & BIND_SETTABLE)
        sys.mount('none', target, '', MS_REMOUNT | MS_BIND | rest | (flags & MS_REC))
    }
    applyingFlags = true
    for (const change of propagation) sys.mount('none', target, '', change)
  } catch (e) {
    if (e instanceof Errno) return { errno: e, applyingFlags }
    throw e
  }
  return undefined
}

/** The first of several types that is known. Linux: do_mount_by_types(). */
function mountByTypes(
  sys: Sys,
  source: string,
  target: string,
  types: string,
  flags: number,
  data: string,
): void {
  const [first, ...rest] = types.split(',').filter(Boolean)
  try {
    sys.mount(source, target, first ?? '', flags, data || undefined)
  } catch (e) {
    if (e !== ENODEV || !rest.length) throw e
    mountByTypes(sys, source, target, rest.join(','), flags, data)
  }
}

/** What is not known is tried as what most disks hold. */
const fsType = (type: string | undefined, flags: number): string =>
  flags & (MS_BIND | MS_MOVE | MS_REMOUNT)
    ? (type ?? 'none')
    : type === undefined || type === 'auto'
      ? 'ext4'
      : type

function done(
  name: string,
  source: string | undefined,
  target: string,
  { flags, propagation }: MountOptions,
): string {
  if (flags & MS_MOVE) return `${name}: ${source} moved to ${target}.\n`
  if (flags & MS_BIND) return `${name}: ${source} bound on ${target}.\n`
  const mounted = `${name}: ${source} mounted on ${target}.\n`
  if (!propagation.length) return mounted
  return `${source && source !== 'none' ? mounted : ''}${name}: ${target} propagation flags changed.\n`
}
