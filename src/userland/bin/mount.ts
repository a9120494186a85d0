/**
 * mount - mount a filesystem
 * Linux: util-linux sys-utils/mount.c, libmount/src/context_mount.c; mount(8).
 *
 * Left out: helpers /sbin/mount.TYPE, X-mount.subdir, labels of partitions, --fork.
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
} from '../../abi/index.ts'
import { command, type Flags, type Options, type Process, usage } from '../lib/command.ts'
import { findTag } from '../lib/blkid/cache.ts'
import { probe } from '../lib/blkid/probe.ts'
import { readLoop } from '../lib/loopdev.ts'
import { explain } from '../lib/mount/explain.ts'
import { type ImageDevice, loopFor, needsLoop } from '../lib/mount/loop.ts'
import { makeMountPoint, mkdirMode } from '../lib/mount/mount-point.ts'
import { canonicalizeRestricted } from '../lib/mount/restricted.ts'
import { enterNamespace, fstabEntries, mountTable, remember, remembered } from '../lib/mount/tables.ts'
import { isPseudoType, matchesOptions, matchesType, mountAt } from '../lib/mountinfo.ts'
import {
  BIND_SETTABLE,
  canonical,
  dropPrivileges,
  type MountOptions,
  parseOptions,
} from '../lib/mountinfo-path.ts'
import { groupId, readUsers, userId } from '../lib/users.ts'

/** mount(8)'s exit statuses. */
const EX_USAGE = 1
const EX_SYSERR = 2
const EX_FAIL = 32

/** A mount that is to be made. */
interface Request {
  readonly source: string | undefined
  readonly target: string | undefined
  readonly type: string | undefined
  readonly options: string
}

/** Operations that are options of their own, as mount options. */
const OPERATIONS = {
  bind: 'bind',
  rbind: 'rbind',
  move: 'move',
  makeShared: 'shared',
  makeSlave: 'slave',
  makePrivate: 'private',
  makeUnbindable: 'unbindable',
  makeRshared: 'rshared',
  makeRslave: 'rslave',
  makeRprivate: 'rprivate',
  makeRunbindable: 'runbindable',
} as const

const OPTIONS = {
  all: { short: 'a' },
  noCanonicalize: { short: 'c' },
  fake: { short: 'f' },
  fork: { short: 'F' },
  fstab: { short: 'T', value: '<path>' },
  internalOnly: { short: 'i' },
  showLabels: { short: 'l' },
  mkdir: { short: 'm', value: '[=<mode>]' },
  noMtab: { short: 'n' },
  optionsMode: { value: '<mode>' },
  optionsSource: { value: '<source>' },
  optionsSourceForce: {},
  options: { short: 'o', value: '<list>', repeat: true },
  testOpts: { short: 'O', value: '<list>' },
  readOnly: { short: 'r' },
  types: { short: 't', value: '<list>' },
  source: { value: '<src>' },
  target: { value: '<target>' },
  targetPrefix: { value: '<path>' },
  verbose: { short: 'v' },
  rw: { short: 'w', also: ['read-write'] },
  namespace: { short: 'N', value: '<ns>' },
  label: { short: 'L', value: '<label>' },
  uuid: { short: 'U', value: '<uuid>' },
  bind: { short: 'B' },
  move: { short: 'M' },
  rbind: { short: 'R' },
  makeShared: {},
  makeSlave: {},
  makePrivate: {},
  makeUnbindable: {},
  makeRshared: {},
  makeRslave: {},
  makeRprivate: {},
  makeRunbindable: {},
} as const satisfies Options

/** The options that leave mount(8) its privileges when a user runs it. */
const FOR_USERS: readonly string[] = [
  'showLabels',
  'label',
  'uuid',
  'verbose',
  'internalOnly',
  'source',
  'target',
]

export default command({
  name: 'mount',
  summary: 'mount a filesystem',
  suite: 'util-linux',
  version:
    'mount from util-linux 2.38.1 (libmount 2.38.1: selinux, smack, btrfs, verity, namespaces, assert, debug)\n',
  usage: ['mount [-lhV]', 'mount -a [options]', 'mount [options] <source> <directory>'],
  help: `
Usage:
 mount [-lhV]
 mount -a [options]
 mount [options] [--source] <source> | [--target] <directory>
 mount [options] <source> <directory>
 mount <operation> <mountpoint> [<target>]

Mount a filesystem.

Options:
 -a, --all               mount all filesystems mentioned in fstab
 -c, --no-canonicalize   don't canonicalize paths
 -f, --fake              dry run; skip the mount(2) syscall
 -F, --fork              fork off for each device (use with -a)
 -T, --fstab <path>      alternative file to /etc/fstab
 -i, --internal-only     don't call the mount.<type> helpers
 -l, --show-labels       show also filesystem labels
 -m, --mkdir[=<mode>]    alias to '-o X-mount.mkdir[=<mode>]'
 -n, --no-mtab           don't write to /etc/mtab
     --options-mode <mode>
                         what to do with options loaded from fstab
     --options-source <source>
                         mount options source
     --options-source-force
                         force use of options from fstab/mtab
 -o, --options <list>    comma-separated list of mount options
 -O, --test-opts <list>  limit the set of filesystems (use with -a)
 -r, --read-only         mount the filesystem read-only (same as -o ro)
 -t, --types <list>      limit the set of filesystem types
     --source <src>      explicitly specifies source (path, label, uuid)
     --target <target>   explicitly specifies mountpoint
     --target-prefix <path>
                         specifies path used for all mountpoints
 -v, --verbose           say what is being done
 -w, --rw, --read-write  mount the filesystem read-write (default)
 -N, --namespace <ns>    perform mount in another namespace

 -h, --help              display this help
 -V, --version           display version

Source:
 -L, --label <label>     synonym for LABEL=<label>
 -U, --uuid <uuid>       synonym for UUID=<uuid>
 LABEL=<label>           specifies device by filesystem label
 UUID=<uuid>             specifies device by filesystem UUID
 PARTLABEL=<label>       specifies device by partition label
 PARTUUID=<uuid>         specifies device by partition UUID
 ID=<id>                 specifies device by udev hardware ID
 <device>                specifies device by path
 <directory>             mountpoint for bind mounts (see --bind/rbind)
 <file>                  regular file for loopdev setup

Operations:
 -B, --bind              mount a subtree somewhere else (same as -o bind)
 -M, --move              move a subtree to some other place
 -R, --rbind             mount a subtree and all submounts somewhere else
 --make-shared           mark a subtree as shared
 --make-slave            mark a subtree as slave
 --make-private          mark a subtree as private
 --make-unbindable       mark a subtree as unbindable
 --make-rshared          recursively mark a whole subtree as shared
 --make-rslave           recursively mark a whole subtree as slave
 --make-rprivate         recursively mark a whole subtree as private
 --make-runbindable      recursively mark a whole subtree as unbindable

For more details see mount(8).
`,
  options: OPTIONS,

  *main(sys, flags, args, me) {
    const isRestricted =
      sys.getuid() !== 0 && flags.types === undefined && me.order.every(it => FOR_USERS.includes(it.key))
    if (!isRestricted) dropPrivileges(sys)
    const options = chosenOptions(me)
    const tag = flags.label !== undefined ? `LABEL="${flags.label}"` : flags.uuid && `UUID="${flags.uuid}"`
    const source = flags.source ?? tag
    if (source === undefined && flags.target === undefined && !args.length && !flags.all) {
      if (options) throw usage('bad usage')
      return yield* list(sys, me, flags.types, flags.showLabels ?? false)
    }
    if (flags.namespace !== undefined) yield* enterNamespace(sys, flags.namespace)
    if (flags.all) return yield* mountAll(sys, me, flags, options)
    // -t noTYPE asks for whatever else the disk holds.
    const type = flags.types?.startsWith('no') ? undefined : flags.types
    const named = places(source, flags.target, args)
    const given: Request = { ...(isRestricted ? yield* sanitize(sys, named) : named), type, options }
    const request = yield* complete(sys, me, given, flags.fstab)
    if (!request) {
      const fstab = flags.fstab ?? '/etc/fstab'
      const what = source ?? given.target ?? given.source ?? ''
      const kind = args.length ? '' : source ? `mount source ${what} ` : `mount point ${what} `
      yield* me.warn(`${what}: can't find ${kind}in ${fstab}.`)
      return EX_USAGE
    }
    const prefix = flags.targetPrefix
    const target = request.target ?? ''
    const at = prefix === undefined ? target : `${canonical(sys, prefix)}/${target.replace(/^\/+/, '')}`
    return yield* mountOne(sys, me, { ...request, target: at }, flags.fake ?? false, flags.verbose ?? false)
  },
})

/** What is asked for by -o and by options that stand for mount options, in order. */
function chosenOptions(me: Process<keyof typeof OPTIONS>): string {
  const chosen: string[] = []
  for (const { key, value } of me.order) {
    const operation = OPERATIONS[key as keyof typeof OPERATIONS]
    if (operation) chosen.push(operation)
    else if (key === 'options') chosen.push(value)
    else if (key === 'readOnly') chosen.push('ro')
    else if (key === 'rw') chosen.push('rw')
    else if (key === 'mkdir') chosen.push(`X-mount.mkdir${value ? `="${value.replace(/^=/, '')}"` : ''}`)
  }
  return chosen.join(',')
}

/** Which operand is what. One alone that may be either stays a target. */
function places(source: string | undefined, target: string | undefined, args: readonly string[]): Places {
  const missing = Number(source === undefined) + Number(target === undefined)
  if (args.length > missing) throw usage('bad usage')
  if (args.length === 2) return { source: args[0], target: args[1] }
  return source === undefined && target !== undefined
    ? { source: args[0], target }
    : { source, target: target ?? args[0] }
}

interface Places {
  readonly source: string | undefined
  readonly target: string | undefined
}

/** Linux: sanitize_paths(): what a user names is looked at as that user; who may not see it loses the privileges. */
function* sanitize(sys: Sys, { source, target }: Places): Blocking<Places> {
  try {
    return {
      target: target && (yield* canonicalizeRestricted(sys, target)),
      source: source && (yield* canonicalizeRestricted(sys, source)),
    }
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    dropPrivileges(sys)
    return { source, target }
  }
}

/** `mount` alone: what is mounted. */
function* list(sys: Sys, me: Process, types: string | undefined, labels: boolean): Blocking<number> {
  const all = yield* mountTable(sys)
  if (!all.length) {
    yield* me.warn('failed to read mtab: No such file or directory')
    return EX_SYSERR
  }
  for (const it of all) {
    if (types && !matchesType(it.fstype, types)) continue
    const options = [it.options, yield* remembered(sys, it)].filter(Boolean).join(',')
    // What would spoil a terminal is not shown.
    const target = it.target.replace(/[\x00-\x1f\x7f]/g, '?')
    const label = labels ? (yield* probe(sys, it.source))?.label : undefined
    const source = yield* prettySource(sys, it.source)
    me.out.line(`${source} on ${target} type ${it.fstype} (${options})${label ? ` [${label}]` : ''}`)
  }
  return 0
}

/** A loop device that frees itself is shown as its file. Linux: mnt_pretty_path(). */
function* prettySource(sys: Sys, source: string): Blocking<string> {
  const name = /^\/dev\/(loop\d+)$/.exec(source)?.[1]
  const loop = name ? yield* readLoop(sys, name) : undefined
  return loop?.autoclear ? loop.backingFile : source
}

/** One place alone: find the rest in the table of mounts (remount) or in /etc/fstab. */
function* complete(sys: Sys, me: Process, request: Request, fstab?: string): Blocking<Request | undefined> {
  const isUser = sys.getuid() !== 0 && sys.geteuid() === 0
  if (request.source !== undefined && request.target !== undefined && !isUser) return request
  const { flags, propagation } = parseOptions(request.options)
  const what = request.target ?? request.source!
  const path = canonical(sys, what)
  if (flags & MS_REMOUNT) {
    const now = mountAt(yield* mountTable(sys), path)
    if (now) {
      const options = `${now.options},${request.options}`
      return { source: now.source, target: path, type: now.fstype, options }
    }
  }
  const entry = (yield* fstabEntries(sys, me, fstab)).find(
    it =>
      (request.source === undefined || request.target === undefined || it.source === request.source) &&
      (it.target === what || it.target === path || it.source === what),
  )
  if (flags & (MS_REMOUNT | MS_BIND | MS_MOVE) || propagation.length) return { ...request, target: what }
  if (!entry) return request.source !== undefined && request.target !== undefined ? request : undefined
  const options = [entry.options, request.options].filter(Boolean).join(',')
  return { source: entry.source, target: entry.target, type: request.type ?? entry.fstype, options }
}

/** `mount -a`: everything in /etc/fstab that is not mounted. */
function* mountAll(sys: Sys, me: Process, flags: Flags<typeof OPTIONS>, options: string): Blocking<number> {
  let failed = 0
  let succeeded = 0
  for (const entry of yield* fstabEntries(sys, me, flags.fstab)) {
    const say = (text: string): void => {
      if (flags.verbose) me.out.line(`${entry.target.padEnd(25)}: ${text}`)
    }
    const skipped =
      entry.fstype === 'swap' ||
      entry.target === '/' ||
      parseOptions(entry.options).user.includes('noauto') ||
      (flags.types && !matchesType(entry.fstype, flags.types)) ||
      (flags.testOpts && !matchesOptions(entry.options, flags.testOpts))
    if (skipped) {
      say('ignored')
      continue
    }
    if (mountAt(yield* mountTable(sys), entry.target)?.source === entry.source) {
      say('already mounted')
      continue
    }
    const request = {
      ...entry,
      type: entry.fstype,
      options: [entry.options, options].filter(Boolean).join(','),
    }
    const status = yield* mountOne(sys, me, request, flags.fake ?? false, false)
    if (status) failed++
    else {
      succeeded++
      say('successfully mounted')
    }
  }
  return !failed ? 0 : succeeded ? 64 : EX_FAIL
}

/** The whole of one mount: the call itself, the remount that gives a bind mount its flags, the propagation. */
function* mountOne(
  sys: Sys,
  me: Process,
  request: Request,
  fake: boolean,
  verbose: boolean,
): Blocking<number> {
  const options = yield* withNumbers(sys, parseOptions(request.options))
  if (!options.user.some(it => it === 'user' || it === 'users')) dropPrivileges(sys)
  const tagged = yield* resolveTag(sys, request.source)
  if (tagged === undefined) {
    yield* me.warn(`${request.target}: can't find ${request.source}.`)
    return EX_USAGE
  }
  const found = { ...request, source: tagged || request.source }
  const mode = mkdirMode(options.user, request.target!, request.options)
  if (mode !== undefined && !fake) makeMountPoint(sys, request.target!, mode)
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
  const tag = /^(LABEL|UUID|PARTLABEL|PARTUUID|ID)="?([^"]*)"?$/.exec(source ?? '')
  return tag ? yield* findTag(sys, tag[1]!, tag[2]!) : ''
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
): Blocking<number> {
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
    if (text === undefined) return 0
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
