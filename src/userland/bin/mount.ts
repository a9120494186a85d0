/**
 * mount - mount a filesystem
 * Linux: util-linux sys-utils/mount.c, libmount/src/context_mount.c; mount(8).
 *
 * Left out: helpers /sbin/mount.TYPE, X-mount.subdir, labels of partitions, --fork.
 */
import { type Blocking, Errno, type Sys } from '../../abi/index.ts'
import { probe } from '../lib/blkid/probe.ts'
import { readTags } from '../lib/blkid/tags.ts'
import { command, type Flags, type Options, type Process, usage } from '../lib/command.ts'
import { readLoop } from '../lib/loopdev.ts'
import { EX_FAIL, EX_SYSERR, EX_USAGE, mountOne, type Request } from '../lib/mount/attach.ts'
import { complete, isMounted, optionsMode } from '../lib/mount/complete.ts'
import { canonicalizeRestricted } from '../lib/mount/restricted.ts'
import { enterNamespace, fstabEntries, mountTable, remembered } from '../lib/mount/tables.ts'
import { matchesOptions, matchesType } from '../lib/mountinfo.ts'
import { canonical, dropPrivileges, parseOptions } from '../lib/mountinfo-path.ts'

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
    const isOperation = me.order.some(it => Object.hasOwn(OPERATIONS, it.key))
    const by = optionsMode(flags, isOperation)
    const tag = flags.label !== undefined ? `LABEL="${flags.label}"` : flags.uuid && `UUID="${flags.uuid}"`
    const source = flags.source ?? tag
    if (flags.namespace !== undefined) yield* enterNamespace(sys, flags.namespace)
    if (source === undefined && flags.target === undefined && !args.length && !flags.all) {
      if (options) throw usage('bad usage')
      return yield* list(sys, me, flags.types, flags.showLabels ?? false)
    }
    if (flags.all) return yield* mountAll(sys, me, flags, options)
    // -t noTYPE asks for whatever else the disk holds.
    const type = flags.types?.startsWith('no') ? undefined : flags.types
    const named = places(source, flags.target, args)
    const given: Request = { ...(isRestricted ? yield* sanitize(sys, named) : named), type, options }
    const request = yield* complete(sys, me, given, by, flags.fstab)
    if (!request) {
      const what = source ?? given.target ?? given.source ?? ''
      const kind = args.length ? '' : source ? `mount source ${what} ` : `mount point ${what} `
      yield* me.warn(`${what}: can't find ${kind}in /etc/fstab.`)
      return EX_USAGE
    }
    const prefix = flags.targetPrefix
    const target = request.target ?? ''
    const at = prefix === undefined ? target : `${canonical(sys, prefix)}/${target.replace(/^\/+/, '')}`
    const whole = { ...request, target: at }
    return (yield* mountOne(sys, me, whole, flags.fake ?? false, flags.verbose ?? false)) ?? 0
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

/** `mount -a`: everything in /etc/fstab that is not mounted. */
function* mountAll(sys: Sys, me: Process, flags: Flags<typeof OPTIONS>, options: string): Blocking<number> {
  let failed = 0
  let succeeded = 0
  const entries = yield* fstabEntries(sys, me, flags.fstab)
  const tags = yield* readTags(
    sys,
    entries.map(it => it.source),
    false,
  )
  for (const entry of entries) {
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
    if (isMounted(sys, yield* mountTable(sys), entry, tags)) {
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
    else succeeded++
    if (status === 0) say('successfully mounted')
  }
  return !failed ? 0 : succeeded ? 64 : EX_FAIL
}
