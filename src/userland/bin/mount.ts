/**
 * mount - mount a filesystem
 * Linux: util-linux sys-utils/mount.c, libmount/src/context_mount.c; mount(8).
 *
 * Left out: loop devices, helpers /sbin/mount.TYPE, LABEL= and UUID= (no file system here has one), --fork.
 */
import {
  type Blocking,
  CLONE_NEWNS,
  EACCES,
  EBUSY,
  EINVAL,
  EIO,
  EMFILE,
  ENODEV,
  ENOENT,
  ENOTBLK,
  ENOTDIR,
  ENXIO,
  EPERM,
  EROFS,
  Errno,
  isBlk,
  isDir,
  isReg,
  MS_BIND,
  MS_MOVE,
  MS_RDONLY,
  MS_REC,
  MS_REMOUNT,
  MS_SILENT,
  O_RDONLY,
  type Stat,
  type Sys,
} from '../../abi/index.ts'
import { command, fatal, must, type Process, usage } from '../lib/command.ts'
import {
  type FstabEntry,
  isPseudoType,
  type MountEntry,
  matchesOptions,
  matchesType,
  mountAt,
  parseFstab,
  parseMountinfo,
} from '../lib/mountinfo.ts'
import { canonical, dropPrivileges, type MountOptions, parseOptions } from '../lib/mountinfo-path.ts'
import { procText } from '../lib/proc.ts'

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
  options: {
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
  },

  *main(sys, flags, args, me) {
    const chosen: string[] = []
    for (const { key, value } of me.order) {
      const operation = OPERATIONS[key as keyof typeof OPERATIONS]
      if (operation) chosen.push(operation)
      else if (key === 'options') chosen.push(value)
      else if (key === 'readOnly') chosen.push('ro')
      else if (key === 'rw') chosen.push('rw')
    }
    const options = chosen.join(',')
    const tag =
      flags.label !== undefined
        ? `LABEL="${flags.label}"`
        : flags.uuid !== undefined
          ? `UUID="${flags.uuid}"`
          : undefined
    let source = flags.source ?? tag
    let target = flags.target
    const operands = [...args]
    if (source === undefined && target === undefined && !operands.length && !flags.all) {
      if (options) throw usage('bad usage')
      return yield* list(sys, me, flags.types)
    }
    if (flags.namespace !== undefined) yield* enter(sys, flags.namespace)
    if (flags.all) return yield* mountAll(sys, me, flags, options)
    if (operands.length > 2 || (operands.length === 2 && (source !== undefined || target !== undefined)))
      throw usage('bad usage')
    if (operands.length === 2) [source, target] = operands
    else if (operands.length && source !== undefined) target = operands[0]
    else if (operands.length && target !== undefined) source = operands[0]
    let request: Request = { source, target, type: flags.types, options }
    if (operands.length === 1 && (source === undefined || target === undefined)) {
      const found = yield* complete(sys, operands[0]!, request, flags.fstab)
      if (!found) {
        yield* me.warn(`${operands[0]}: can't find in ${flags.fstab ?? '/etc/fstab'}.`)
        return EX_USAGE
      }
      request = found
    }
    if (flags.mkdir !== undefined && request.target) makeDirs(sys, request.target, flags.mkdir)
    return yield* mountOne(sys, me, request, flags.fake ?? false, flags.verbose ?? false)
  },
})

/** setns(2) into the mount namespace of a process or a file. */
function* enter(sys: Sys, where: string): Blocking<void> {
  const path = /^\d+$/.test(where) ? `/proc/${where}/ns/mnt` : where
  const fd = yield* must(`${where}: failed to open`, sys.open(path, O_RDONLY))
  must('failed to switch namespace', () => sys.setns(fd, CLONE_NEWNS))
  sys.close(fd)
}

/** `mount` alone: what is mounted. */
function* list(sys: Sys, me: Process, types: string | undefined): Blocking<number> {
  const text = yield* procText(sys, '/proc/self/mountinfo')
  if (text === undefined) {
    yield* me.warn('failed to read mtab: No such file or directory')
    return EX_SYSERR
  }
  for (const it of parseMountinfo(text))
    if (!types || matchesType(it.fstype, types))
      me.out.line(`${it.source} on ${it.target} type ${it.fstype} (${it.options})`)
  return 0
}

function* mountinfo(sys: Sys): Blocking<MountEntry[]> {
  return parseMountinfo((yield* procText(sys, '/proc/self/mountinfo')) ?? '')
}

function* fstabEntries(sys: Sys, path?: string): Blocking<FstabEntry[]> {
  const text = yield* procText(sys, path ?? '/etc/fstab')
  // Only a table that was asked for has to be there.
  if (text === undefined && path !== undefined) throw fatal(`${path}: failed to parse`)
  return parseFstab(text ?? '')
}

/** One operand: find the rest in the table of mounts (remount) or in /etc/fstab. */
function* complete(sys: Sys, what: string, request: Request, fstab?: string): Blocking<Request | undefined> {
  const { flags, propagation } = parseOptions(request.options)
  const path = canonical(sys, what)
  if (flags & MS_REMOUNT) {
    const now = mountAt(yield* mountinfo(sys), path)
    if (now)
      return {
        ...request,
        source: now.source,
        target: path,
        type: now.fstype,
        options: `${now.options},${request.options}`,
      }
  }
  const entry = (yield* fstabEntries(sys, fstab)).find(
    it => it.target === what || it.target === path || it.source === what,
  )
  if (flags & (MS_REMOUNT | MS_BIND | MS_MOVE) || propagation) return { ...request, target: what }
  if (!entry) return undefined
  const options = [entry.options, request.options].filter(Boolean).join(',')
  return { source: entry.source, target: entry.target, type: request.type ?? entry.fstype, options }
}

function makeDirs(sys: Sys, path: string, mode: string): void {
  const parts = path.split('/')
  for (let i = 1; i <= parts.length; i++) {
    const dir = parts.slice(0, i).join('/')
    if (!dir) continue
    try {
      sys.stat(dir)
    } catch (e) {
      if (e !== ENOENT) throw e
      must(`${path}: cannot create directory`, () => sys.mkdir(dir, mode ? Number.parseInt(mode, 8) : 0o755))
    }
  }
}

/** `mount -a`: everything in /etc/fstab that is not mounted. */
function* mountAll(
  sys: Sys,
  me: Process,
  flags: {
    fstab?: string | undefined
    types?: string | undefined
    testOpts?: string | undefined
    verbose?: boolean | undefined
    fake?: boolean | undefined
  },
  options: string,
): Blocking<number> {
  let failed = 0
  let succeeded = 0
  for (const entry of yield* fstabEntries(sys, flags.fstab)) {
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
    if (mountAt(yield* mountinfo(sys), entry.target)?.source === entry.source) {
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
  const options = parseOptions(request.options)
  if (!options.user.some(it => it === 'user' || it === 'users')) dropPrivileges(sys)
  const tag = /^(LABEL|UUID|PARTLABEL|PARTUUID|ID)=/.exec(request.source ?? '')
  if (tag) {
    yield* me.warn(`${request.target}: can't find ${request.source}.`)
    return EX_USAGE
  }
  const target = canonical(sys, request.target ?? '')
  const source = sourcePath(sys, request, options)
  const failure = fake ? undefined : act(sys, source, target, request.type, options)
  if (failure) {
    const text = yield* explain(sys, failure, { ...request, source, target }, options)
    yield* me.warn(`${target}: ${text}.`)
    yield* sys.write(2, '       dmesg(1) may have more information after failed mount system call.\n')
    return EX_FAIL
  }
  if (verbose) me.out.print(done(me.name, source, target, options))
  return 0
}

/** Paths become canonical; the names that pseudo file systems take for a source stay as they are. */
function sourcePath(
  sys: Sys,
  { source, type }: Request,
  { flags, propagation }: MountOptions,
): string | undefined {
  if (source === undefined) return propagation && !(flags & (MS_BIND | MS_MOVE)) ? 'none' : undefined
  if (flags & (MS_BIND | MS_MOVE)) return canonical(sys, source)
  return type && isPseudoType(type)
    ? source
    : source.includes('/') || !type
      ? canonical(sys, source)
      : canonical(sys, source)
}

interface Failure {
  readonly errno: Errno
  /** Whether the mount itself was made and only flags or propagation were refused. */
  readonly applyingFlags: boolean
}

function act(
  sys: Sys,
  source: string | undefined,
  target: string,
  type: string | undefined,
  options: MountOptions,
): Failure | undefined {
  const { flags, propagation, data } = options
  let applyingFlags = false
  try {
    const propagationOnly =
      propagation &&
      !(flags & (MS_BIND | MS_MOVE | MS_REMOUNT)) &&
      !type &&
      (source === 'none' || source === undefined)
    if (!propagationOnly) {
      const first = flags & MS_BIND && !(flags & MS_REMOUNT) ? flags & (MS_BIND | MS_REC | MS_SILENT) : flags
      sys.mount(source ?? 'none', target, fsType(type, flags), first, data || undefined)
      const rest = flags & ~(MS_BIND | MS_REC | MS_SILENT)
      if (flags & MS_BIND && !(flags & MS_REMOUNT) && rest)
        sys.mount('none', target, '', MS_REMOUNT | MS_BIND | rest | (flags & MS_REC))
    }
    applyingFlags = true
    if (propagation) sys.mount('none', target, '', propagation)
  } catch (e) {
    if (e instanceof Errno) return { errno: e, applyingFlags }
    throw e
  }
  return undefined
}

/** Without -t mount(8) probes the device; the only disks here hold ext4. */
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
  if (!propagation) return mounted
  return `${source && source !== 'none' ? mounted : ''}${name}: ${target} propagation flags changed.\n`
}

const statOf = (look: () => Stat): Stat | undefined => {
  try {
    return look()
  } catch (e) {
    if (e instanceof Errno) return undefined
    throw e
  }
}

/** What an errno of mount(2) means here. Linux: mnt_context_get_mount_excode(). */
function* explain(
  sys: Sys,
  { errno, applyingFlags }: Failure,
  request: Request,
  options: MountOptions,
): Blocking<string> {
  const { flags } = options
  const source = request.source ?? ''
  const target = request.target ?? ''
  const there = statOf(() => sys.stat(target))
  switch (errno) {
    case EPERM:
      return sys.geteuid() === 0 ? 'permission denied' : 'must be superuser to use mount'
    case EBUSY:
      return yield* busy(sys, source, flags)
    case ENOENT:
      if (!statOf(() => sys.lstat(target))) return 'mount point does not exist'
      if (!there) return 'mount point is a symbolic link to nowhere'
      if (source && !statOf(() => sys.stat(source))) return `special device ${source} does not exist`
      break
    case ENOTDIR:
      if (!there || !isDir(there)) return 'mount point is not a directory'
      if (source.includes('/') && !statOf(() => sys.stat(source)))
        return `special device ${source} does not exist (a path prefix is not a directory)`
      break
    case EINVAL:
      return yield* invalid(sys, applyingFlags, source, flags)
    case EMFILE:
      return 'mount table full'
    case EIO:
      return `can't read superblock on ${source}`
    case ENODEV:
      if (source && source !== 'none' && !isPseudoType(request.type ?? '') && !statOf(() => sys.stat(source)))
        return `special device ${source} does not exist`
      return request.type ? `unknown filesystem type '${request.type}'` : 'unknown filesystem type'
    case ENOTBLK:
      return notBlock(
        statOf(() => sys.stat(source)),
        source,
      )
    case ENXIO:
      return `${source} is not a valid block device`
    case EACCES:
    case EROFS:
      if (flags & MS_RDONLY) return `cannot mount ${source} read-only`
      if (flags & MS_REMOUNT) return `cannot remount ${source} read-write, is write-protected`
      if (flags & MS_BIND) return `bind ${source} failed`
  }
  return `mount(2) system call failed: ${errno.message}`
}

function* busy(sys: Sys, source: string, flags: number): Blocking<string> {
  if (flags & MS_REMOUNT) return 'mount point is busy'
  const known = (yield* mountinfo(sys)).find(it => it.source === source)
  return known
    ? `${source} already mounted on ${known.target}`
    : `${source} already mounted or mount point busy`
}

function notBlock(it: Stat | undefined, source: string): string {
  if (!it) return `${source} is not a block device, and stat(2) fails?`
  if (isBlk(it))
    return `the kernel does not recognize ${source} as a block device; maybe "modprobe driver" is necessary`
  return isReg(it) ? `${source} is not a block device; try "-o loop"` : `${source} is not a block device`
}

function* invalid(sys: Sys, applyingFlags: boolean, source: string, flags: number): Blocking<string> {
  if (flags & MS_REMOUNT) return 'mount point not mounted or bad option'
  if (applyingFlags) return 'not mount point or bad option'
  if (flags & MS_MOVE && (yield* onSharedMount(sys, source)))
    return 'bad option; moving a mount residing under a shared mount is unsupported'
  return `wrong fs type, bad option, bad superblock on ${source}, missing codepage or helper program, or other error`
}

function* onSharedMount(sys: Sys, path: string): Blocking<boolean> {
  const all = yield* mountinfo(sys)
  for (let at = path; ; at = at.slice(0, at.lastIndexOf('/')) || '/') {
    const mount = mountAt(all, at)
    if (mount) return mount.optFields.includes('shared:')
    if (at === '/') return false
  }
}
