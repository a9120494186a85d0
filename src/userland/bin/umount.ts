/**
 * umount - unmount filesystems
 * Linux: util-linux sys-utils/umount.c, libmount/src/context_umount.c; umount(8).
 *
 * Left out: helpers /sbin/umount.TYPE.
 */
import {
  type Blocking,
  EACCES,
  EBUSY,
  EINVAL,
  EIO,
  ENOENT,
  ENXIO,
  EPERM,
  Errno,
  isDir,
  MNT_DETACH,
  MNT_FORCE,
  MS_RDONLY,
  MS_REMOUNT,
  refusal,
  type Sys,
} from '../../abi/index.ts'
import { command, fatal, type Flags, type Options, type Process, usage } from '../lib/command.ts'
import { findTag } from '../lib/blkid/cache.ts'
import { parseTag } from '../lib/blkid/tags.ts'
import { isApplet } from '../lib/busybox/standalone.ts'
import { loopDevices } from '../lib/loopdev.ts'
import {
  enterNamespace,
  forget,
  fstabEntries,
  isRemembered,
  mountTable,
  remembered,
} from '../lib/mount/tables.ts'
import { childMounts, type MountEntry, matchesOptions, matchesType, mountAt } from '../lib/mountinfo.ts'
import { canonicalizeRestricted } from '../lib/mount/restricted.ts'
import { canonical, dropPrivileges } from '../lib/mountinfo-path.ts'
import { readUsers, userName } from '../lib/users.ts'
import { getcwd } from '../lib/getcwd.ts'

const EX_USAGE = 1
const EX_FILEIO = 4
const EX_FAIL = 32
/** The options that leave umount(8) its privileges when a user runs it. */
const FOR_USERS: readonly string[] = ['detachLoop', 'internalOnly', 'lazy', 'quiet', 'verbose']

const OPTIONS = {
  all: { short: 'a' },
  allTargets: { short: 'A' },
  noCanonicalize: { short: 'c' },
  detachLoop: { short: 'd' },
  fake: {},
  force: { short: 'f' },
  internalOnly: { short: 'i' },
  noMtab: { short: 'n' },
  lazy: { short: 'l' },
  testOpts: { short: 'O', value: '<list>' },
  recursive: { short: 'R' },
  readOnly: { short: 'r' },
  types: { short: 't', value: '<list>' },
  verbose: { short: 'v' },
  quiet: { short: 'q' },
  namespace: { short: 'N', value: '<ns>' },
} as const satisfies Options

type Given = Flags<typeof OPTIONS>

export default command({
  name: 'umount',
  summary: 'unmount filesystems',
  suite: 'util-linux',
  version:
    'umount from util-linux 2.38.1 (libmount 2.38.1: selinux, smack, btrfs, verity, namespaces, assert, debug)\n',
  usage: ['umount [-hV]', 'umount -a [options]', 'umount [options] <source> | <directory>'],
  help: `
Usage:
 umount [-hV]
 umount -a [options]
 umount [options] <source> | <directory>

Unmount filesystems.

Options:
 -a, --all               unmount all filesystems
 -A, --all-targets       unmount all mountpoints for the given device in the
                           current namespace
 -c, --no-canonicalize   don't canonicalize paths
 -d, --detach-loop       if mounted loop device, also free this loop device
     --fake              dry run; skip the umount(2) syscall
 -f, --force             force unmount (in case of an unreachable NFS system)
 -i, --internal-only     don't call the umount.<type> helpers
 -n, --no-mtab           don't write to /etc/mtab
 -l, --lazy              detach the filesystem now, clean up things later
 -O, --test-opts <list>  limit the set of filesystems (use with -a)
 -R, --recursive         recursively unmount a target with all its children
 -r, --read-only         in case unmounting fails, try to remount read-only
 -t, --types <list>      limit the set of filesystem types
 -v, --verbose           say what is being done
 -q, --quiet             suppress 'not mounted' error messages
 -N, --namespace <ns>    perform umount in another namespace

 -h, --help              display this help
 -V, --version           display version

For more details see umount(8).
`,
  options: OPTIONS,

  *main(sys, flags, args, me) {
    const isRestricted = sys.getuid() !== 0 && me.order.every(it => FOR_USERS.includes(it.key))
    if (!isRestricted) dropPrivileges(sys)
    if (flags.namespace !== undefined) yield* enterNamespace(sys, flags.namespace)
    if (flags.all) return yield* unmountAll(sys, me, flags)
    if (!args.length) throw usage('bad usage')
    let status = 0
    // The statuses add up, odd as it is.
    for (const arg of args) {
      const simple =
        !isRestricted && !flags.allTargets && !flags.recursive && (yield* isPlain(sys, flags, arg))
      status += simple ? yield* one(sys, me, flags, arg) : yield* unmount(sys, me, flags, arg, isRestricted)
    }
    return status
  },
})

/** One operand: a mount point or a source, alone or with all that hangs below or comes from the same source. */
function* unmount(
  sys: Sys,
  me: Process,
  flags: Given,
  given: string,
  isRestricted: boolean,
): Blocking<number> {
  const tag = parseTag(given)
  const arg = (tag && (yield* findTag(sys, ...tag))) || given
  const path = isRestricted ? yield* checked(sys, arg) : canonical(sys, arg)
  const all = yield* mountTable(sys)
  if (!all.length && flags.recursive) {
    yield* me.warn('failed to parse /proc/self/mountinfo', ENOENT)
    return EX_FILEIO
  }
  if (!all.length && !arg.startsWith('/') && !isApplet(sys)) {
    yield* me.warn(`${arg}: umount failed: ${ENOENT.message}.`)
    return EX_FAIL
  }
  // A mount point that another mount hides is known by its name only.
  const at = mountAt(all, path) ?? (path.startsWith('/') ? undefined : mountAt(all, absolute(sys, path)))
  const loops = at ? [] : (yield* loopDevices(sys)).filter(it => it.backingFile === path).map(it => it.path)
  const entry = at ?? all.findLast(it => it.source === arg || it.source === path || loops.includes(it.source))
  if (!entry && (flags.allTargets || flags.recursive)) {
    yield* me.warn(`${arg}: not ${exists(sys, path) ? 'mounted' : 'found'}`)
    return EX_USAGE
  }
  if (!entry && isRestricted && sys.geteuid() === 0) {
    if (!flags.quiet) yield* me.warn(`${path}: not mounted.`)
    return EX_USAGE
  }
  if (isRestricted && entry && !(yield* mayUnmount(sys, me, entry))) dropPrivileges(sys)
  if (flags.allTargets) {
    const same = all.filter(it => it.dev === entry!.dev).reverse()
    let status = 0
    for (const it of same)
      if (mountAt(yield* mountTable(sys), it.target))
        status = Math.max(status, yield* oneOf(sys, me, flags, it))
    return status
  }
  if (flags.recursive) return yield* recurse(sys, me, flags, all, entry!)
  return yield* one(sys, me, flags, entry?.target ?? arg, entry?.source)
}

/** The path as it is named, below the working directory unless that was taken away. */
function absolute(sys: Sys, path: string): string {
  try {
    return `${getcwd(sys).replace(/^\/$/, '')}/${path}`
  } catch (e) {
    if (e instanceof Errno) return path
    throw e
  }
}

/** Whether /etc/fstab lets this user unmount: `users` everybody, `user` whoever mounted. Linux: evaluate_permissions(). */
function* mayUnmount(sys: Sys, me: Process, entry: MountEntry): Blocking<boolean> {
  const line = (yield* fstabEntries(sys, me)).find(
    it => it.source === entry.source && it.target === entry.target,
  )
  const options = line?.options.split(',') ?? []
  if (options.includes('users')) return true
  if (!options.includes('user')) return false
  const name = userName(yield* readUsers(sys), sys.getuid())
  return name !== undefined && (yield* remembered(sys, entry)).split(',').includes(`user=${name}`)
}

function exists(sys: Sys, path: string): boolean {
  try {
    sys.stat(path)
    return true
  } catch (e) {
    if (e instanceof Errno) return false
    throw e
  }
}

/** An ordinary user must name a path that exists and may be seen. */
function* checked(sys: Sys, path: string): Blocking<string> {
  try {
    return yield* canonicalizeRestricted(sys, path)
  } catch (e) {
    throw fatal(path, e, 1)
  }
}

function* recurse(
  sys: Sys,
  me: Process,
  flags: Given,
  all: readonly MountEntry[],
  entry: MountEntry,
): Blocking<number> {
  for (const child of childMounts(all, entry)) {
    const status = yield* recurse(sys, me, flags, all, child)
    if (status) return status
  }
  // Unmounting one of them may have unmounted this one too, by propagation.
  if (!(yield* mountTable(sys)).some(it => it.id === entry.id)) return 0
  return yield* oneOf(sys, me, flags, entry)
}

/** `umount -a`, newest mounts first. */
function* unmountAll(sys: Sys, me: Process, flags: Given): Blocking<number> {
  const types = flags.types ?? 'noproc,devfs,devpts,sysfs,rpc_pipefs,nfsd'
  let status = 0
  for (const it of (yield* mountTable(sys)).reverse()) {
    const say = (text: string): void => {
      if (flags.verbose) me.out.line(`${it.target.padEnd(25)}: ${text}`)
    }
    const options = [it.options, flags.testOpts && (yield* remembered(sys, it))].filter(Boolean).join(',')
    const isMeant =
      matchesType(it.fstype, types) && (!flags.testOpts || matchesOptions(options, flags.testOpts))
    if (!isMeant) {
      say('ignored')
      continue
    }
    const failed = yield* one(sys, me, { ...flags, verbose: undefined }, it.target, it.source)
    if (!failed) say('successfully unmounted')
    status = Math.max(status, failed)
  }
  return status
}

/** What statfs(2) calls file systems that libmount knows by it. Linux: libmount/src/fs_statfs.c. */
const KNOWN_MAGIC = new Set([
  0x01021994, 0x9fa0, 0x62656572, 0x858458f6, 0x1cd1, 0x19800202, 0x64626720, 0x73636673, 0x62656570,
  0x958458f6, 0x42494e4d, 0xef53, 0x27e0eb, 0x6165676c,
])

/**
 * Whether the table of mounts is not read for it: an absolute path to a directory of a well-known file system, of which
 * nothing is remembered. Linux: lookup_umount_fs_by_statfs().
 */
function* isPlain(sys: Sys, flags: Given, path: string): Blocking<boolean> {
  if (!path.startsWith('/') || flags.force || flags.lazy || flags.noCanonicalize || flags.detachLoop)
    return false
  if (refusal(() => sys.stat(path)) || !isDir(sys.stat(path))) return false
  return KNOWN_MAGIC.has(sys.statfs(path).type) && !(yield* isRemembered(sys, path))
}

function* oneOf(sys: Sys, me: Process, flags: Given, { target, source }: MountEntry): Blocking<number> {
  return yield* one(sys, me, flags, target, (yield* isPlain(sys, flags, target)) ? undefined : source)
}

function* one(sys: Sys, me: Process, flags: Given, target: string, source?: string): Blocking<number> {
  const failure = flags.fake ? undefined : act(sys, flags, target, source)
  if (!failure) {
    if (!flags.fake) yield* forget(sys, target)
    if (flags.verbose) yield* me.warn(`${target}${source ? ` (${source})` : ''} unmounted`)
    return 0
  }
  if (!(flags.quiet && failure === EINVAL)) yield* me.warn(`${target}: ${explain(failure)}.`)
  return EX_FAIL
}

function act(sys: Sys, flags: Given, target: string, source: string | undefined): Errno | undefined {
  try {
    sys.umount2(target, (flags.lazy ? MNT_DETACH : 0) | (flags.force ? MNT_FORCE : 0))
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    if (e !== EBUSY || !flags.readOnly || source === undefined) return e
    return remountReadOnly(sys, source, target)
  }
  return undefined
}

function remountReadOnly(sys: Sys, source: string, target: string): Errno | undefined {
  try {
    sys.mount(source, target, '', MS_REMOUNT | MS_RDONLY)
  } catch (e) {
    if (e instanceof Errno) return e
    throw e
  }
  return undefined
}

/** Linux: mnt_context_get_umount_excode(). */
function explain(errno: Errno): string {
  switch (errno) {
    case ENXIO:
      return 'invalid block device'
    case EINVAL:
      return 'not mounted'
    case EIO:
      return "can't write superblock"
    case EBUSY:
      return 'target is busy'
    case ENOENT:
      return 'no mount point specified'
    case EPERM:
      return 'must be superuser to unmount'
    case EACCES:
      return 'block devices are not permitted on filesystem'
    default:
      return `umount(2) system call failed: ${errno.message}`
  }
}
