/** Mounts and overlays, in English. */
import { flagNames, NOBODY, type Part } from '../dictionary.ts'

const LOG = 'dmesg has the line.'
/** The namespace behind a file system, and how unshare(1) makes another. */
const SHOWS: Readonly<Record<string, readonly [namespace: string, options: string]>> = {
  proc: ['your pid namespace', '--user --map-root-user --pid --fork --mount-proc'],
  sysfs: ['your network namespace', '--user --map-root-user --mount --net'],
  mqueue: ['your ipc namespace', '--user --map-root-user --mount --ipc'],
  cgroup: ['your cgroup namespace', '--user --map-root-user --mount --cgroup'],
  cgroup2: ['your cgroup namespace', '--user --map-root-user --mount --cgroup'],
}

export const mounts = {
  'mount-no-type': () => [
    'A new mount needs the type of a file system.',
    'None was given.',
    'mount -t tmpfs …',
  ],
  'mount-no-source': () => [
    'MS_BIND and MS_MOVE need a source: the place to bind or to move.',
    'None was given.',
  ],
  'fs-unknown': ({ type }) => [
    'The kernel mounts only file systems of types it knows.',
    `It does not know the type ${type}.`,
    'cat /proc/filesystems lists them.',
  ],
  'fs-userns': ({ type }) => [
    'Within a user namespace only some types of file systems may be mounted (tmpfs, proc, sysfs, overlay, devpts, cgroup2 …): for others the kernel would have to trust what an ordinary user wrote on a disk.',
    `${type} is not one of them: mounting it needs CAP_SYS_ADMIN in the initial user namespace.`,
  ],
  'fs-owner': ({ type }) => [
    `${type} shows ${SHOWS[type]?.[0] ?? 'another namespace'}; to mount it you need CAP_SYS_ADMIN in the user namespace that owns what it shows.`,
    `You are in a user namespace, but ${SHOWS[type]?.[0] ?? 'that namespace'} belongs to another one.`,
    SHOWS[type] ? `Make that one anew as well: unshare ${SHOWS[type][1]}` : undefined,
  ],
  'mount-revealing': ({ type }) => [
    `Within a user namespace ${type} is mounted only if a mount namespace already shows one in full: the new mount must not reveal what the old one hides.`,
    `Your mount namespace has no ${type} in full sight: something is mounted over a part of it, it has more restrictive options, or there is none.`,
  ],
  'mount-foreign': ({ mine }) => [
    'Only mounts of your own mount namespace may be used here.',
    `What was named is on a mount that is not in ${mine}: it is in another mount namespace, or in none any more.`,
  ],
  'mount-twice': ({ path }) => [
    'The same file system is not mounted on top of itself.',
    `${path} shows it already.`,
  ],
  'mount-kind': ({ path, directory }) => [
    'A directory is mounted on a directory, a file on a file.',
    `${path} is ${directory ? 'a directory, and the source is not' : 'not a directory, and the source is one'}.`,
    directory ? undefined : `mkdir the mount point, or touch a file for a bind of a file.`,
  ],
  'mount-locked': ({ path, mine }) => [
    'A less privileged mount namespace gets its mounts locked together: taking one away would reveal what is below it.',
    `The mount at ${path} came into ${mine} like that.`,
    'Work on the whole tree instead: mount --rbind, and use the copy.',
  ],
  'mount-max': ({ ns, count, more, max }) => [
    'fs.mount-max limits how many mounts a mount namespace may hold.',
    `${ns} has ${count}, this would add ${more}; the limit is ${max}.`,
    'Recursive binds of shared mounts double with each one: mount --make-private first.',
  ],
  'mountpoint-removed': ({ path }) => [
    'Nothing can be mounted on a directory that was removed.',
    `${path.replace(/ \(deleted\)$/, '')} was removed; a process only still uses it.`,
  ],
  'not-mountpoint': ({ path }) => [
    'This works only on a mount point, not on a directory within a mount.',
    `Nothing is mounted at ${path}.`,
    `findmnt --target ${path} shows which mount it is on; mount --bind ${path} ${path} makes it a mount point.`,
  ],
  'mnt-ns-loop': ({ path, mine }) => [
    'A mount namespace cannot hold the file of itself or of an older mount namespace: it would keep itself alive.',
    path === mine ? `${path} is your own.` : `${path} is older than yours, ${mine}.`,
    'Bind it from outside, as unshare --mount=FILE does.',
  ],
  'mnt-ns-propagates': ({ path }) => [
    'The file of a mount namespace cannot propagate into other mount namespaces.',
    `The mount at ${path} is shared with others, so the bind would be copied to them.`,
    'Bind it on a private mount: mount --bind DIR DIR; mount --make-private DIR',
  ],
  'bind-unbindable': ({ path }) => [
    'An unbindable mount cannot be the source of a bind.',
    `The mount at ${path} is unbindable.`,
  ],
  'bind-locked': ({ path }) => [
    'A bind without the mounts below would reveal what a locked mount hides.',
    `The mount at ${path} is locked.`,
    'mount --rbind takes the mounts below along.',
  ],
  'propagation-several': () => [
    'One call sets one type of propagation (shared, private, slave or unbindable), for one mount or with MS_REC for all below, and does nothing else.',
    'Here more flags were given.',
  ],
  'move-root': ({ path }) => [
    'A mount can be moved only if it is mounted on another one.',
    `The mount at ${path} is the root of all mounts.`,
  ],
  'move-from-shared': ({ path, parent }) => [
    'A mount cannot be moved away from a shared parent: the peers of the parent would have to follow.',
    `${path} is mounted on ${parent}, which is shared.`,
    `mount --make-private ${parent}`,
  ],
  'move-unbindable': ({ path, to }) => [
    'Mounts moved onto a shared mount are copied to its peers, and an unbindable mount is not copied.',
    `The mount at ${path} is unbindable, the one at ${to} is shared.`,
  ],
  'move-into-itself': ({ path, to }) => [
    'A mount cannot be moved below itself.',
    `${to} lies within the mount at ${path}.`,
  ],
  'mount-busy': ({ path, inside, file, files, directories, programs, mine }) => [
    'A mount is unmounted only when it is not in use: nothing mounted on it, no open file, no process with its working or root directory there, no running program.',
    inside
      ? `${inside} is mounted on it.`
      : files + directories + programs
        ? `On ${path}: ${[files && `${files} open file${files > 1 ? 's' : ''} (${file})`, directories && `${directories} working or root director${directories > 1 ? 'ies' : 'y'}${mine ? ' (yours, too)' : ''}`, programs && `${programs} running program${programs > 1 ? 's' : ''}`].filter(Boolean).join(', ')}.`
        : `A copy of ${path} in another mount namespace is in use, and would be unmounted with it.`,
    inside
      ? `umount ${inside} first, or umount -R ${path}.`
      : mine
        ? `First leave it yourself: cd /. Who else uses it: fuser -vm ${path}`
        : `fuser -vm ${path} shows who; umount -l detaches it now and unmounts it when nobody uses it any more.`,
  ],
  'remount-busy': ({ path, file }) => [
    'A mount becomes read-only only when no file on it is open for writing (or removed and still in use).',
    file ? `${file} is open.` : `Services of the host have files open on ${path || 'it'}.`,
    path ? `fuser -vm ${path} shows who.` : undefined,
  ],
  'remount-locked': ({ path, flags, mine }) => [
    'The restrictions on a mount that came from a more privileged mount namespace cannot be taken away.',
    flags
      ? `In ${mine} the mount at ${path} must keep ${flagNames(flags)}.`
      : `In ${mine} the mount at ${path} must keep its way of noting access times (atime).`,
    'Give the option again: mount -o remount,bind,' +
      (flagNames(flags).replaceAll(' ', '') || 'relatime') +
      ',…',
  ],
  'pivot-shared': ({ which, path }) => [
    'pivot_root(2) must not propagate: neither the mount with put_old on it, nor the parent mounts of new_root and of the root, may be shared.',
    `For ${which} that is the mount at ${path}, and it is shared.`,
    'unshare --mount makes all mounts private; or mount --make-rprivate / in your own mount namespace',
  ],
  'pivot-same': ({ which, path }) => [
    'pivot_root(2) swaps two mounts: neither new_root nor put_old may be on the mount that is the root now.',
    `${which} (${path}) is on it.`,
    which === 'new_root'
      ? `Make it a mount of its own: mount --bind ${path} ${path}`
      : 'put_old must be a directory below new_root.',
  ],
  'pivot-chrooted': ({ mine }) => [
    'pivot_root(2) needs a root directory that is a mount point.',
    `Yours is a directory within a mount: you are in a chroot in ${mine}.`,
  ],
  'pivot-rootfs': () => [
    'The first file system of the kernel (rootfs) cannot be swapped away.',
    'Your root directory is on it.',
    'switch_root(8) is for that.',
  ],
  'pivot-outside': ({ path, newRoot }) => [
    'put_old must be new_root or below it.',
    `${path} is not below ${newRoot}.`,
  ],
  'pivot-unreachable': ({ path }) => [
    'new_root must be below the current root directory.',
    `${path} is outside of it.`,
  ],
  'fs-options': ({ type, options }) => [
    `${type} did not accept its options, or what is on the device.`,
    options ? `The options were: ${options}` : 'No options were given.',
    'dmesg may say more.',
  ],
  'not-block-device': ({ path }) => [
    'This file system needs a block device.',
    `${path} is not a block device.`,
    'losetup (or mount -o loop) makes a file one.',
  ],
  'device-mounted': ({ path, type, readOnly }) => [
    'All mounts of a device show the same file system: of the same type, and read-only for all or for none.',
    `${path} is mounted as ${type}, ${readOnly ? 'read-only' : 'writable'}.`,
  ],
  'disk-read-only': ({ name }) => [
    'Nothing is written to a read-only device.',
    `${name} is read-only.`,
    'Mount it with -o ro.',
  ],
  'loop-free': ({ name }) => ['A loop device needs a file behind it.', `${name} has none.`],
  'loop-taken': ({ name, file }) => [
    'A loop device has one file at a time.',
    `${name} ${file ? `has ${file}` : 'is in use'}.`,
    'losetup -f finds a free one.',
  ],
  'overlay-no-lowerdir': ({ line }) => [
    'An overlay needs at least one lower layer.',
    `overlayfs: ${line}`,
    '-o lowerdir=DIR',
  ],
  'overlay-too-many': ({ line }) => ['An overlay has at most 500 lower layers.', `overlayfs: ${line}`],
  'overlay-depth': ({ line }) => [
    'An overlay may be a layer of another overlay, but not of a third one.',
    `overlayfs: ${line}`,
  ],
  'overlay-not-directory': ({ line }) => ['Every layer must be a directory.', `overlayfs: ${line}`],
  'overlay-upper-type': ({ line }) => [
    'The upper layer must be on a file system that can keep the marks of an overlay; an overlay itself cannot.',
    `overlayfs: ${line}`,
    'Put upperdir and workdir on a tmpfs or a disk.',
  ],
  'overlay-no-workdir': ({ line }) => [
    'An upperdir needs a workdir, where files are prepared before they appear in upperdir.',
    `overlayfs: ${line}`,
    '-o …,workdir=DIR: an empty directory on the same mount as upperdir.',
  ],
  'overlay-upper-ro': ({ line }) => ['The upper layer must be writable.', `overlayfs: ${line}`],
  'overlay-work-mount': ({ line }) => [
    'workdir and upperdir must be on the same mount: files are renamed from one to the other.',
    `overlayfs: ${line}`,
  ],
  'overlay-work-inside': ({ line }) => [
    'Neither workdir nor upperdir may be within the other.',
    `overlayfs: ${line}`,
  ],
  'overlay-empty-lower': ({ line }) => [
    'No lower layer may have an empty name.',
    `overlayfs: ${line}`,
    'Is there a colon too many in lowerdir=?',
  ],
  'overlay-one-lower': ({ line }) => [
    'An overlay without upperdir needs two lower layers at least: one alone would be no overlay.',
    `overlayfs: ${line}`,
  ],
  'overlay-conflicting': ({ line }) => [
    'A directory is a layer of the same overlay only once.',
    `overlayfs: ${line}`,
  ],
  'overlay-overlapping': ({ line }) => ['No layer may be within another one.', `overlayfs: ${line}`],
  'overlay-origin': ({ line }) => [
    'With index=on an upper layer remembers which lower layer it was made for.',
    `overlayfs: ${line}`,
    'Mount it with index=off.',
  ],
  'overlay-index': ({ line }) => [
    'With index=on a workdir belongs to one upper layer.',
    `overlayfs: ${line}`,
  ],
  'overlay-option': ({ line }) => ['An overlay takes only options that it knows.', `overlayfs: ${line}`, LOG],
  'overlay-options-conflict': ({ line }) => [
    'Some options of an overlay exclude each other.',
    `overlayfs: ${line}`,
    LOG,
  ],
  'overlay-incompat': ({ line }) => [
    'After a mount with the option volatile the upper layer may be incomplete, so it is not mounted again.',
    `overlayfs: ${line}`,
    'If you trust its contents, remove the directory work/incompat in workdir.',
  ],
  'overlay-in-use': ({ line }) => [
    'With index=on an upperdir or workdir belongs to one overlay at a time.',
    `overlayfs: ${line}`,
  ],
  'overlay-read-only': () => [
    'An overlay is writable only with an upper layer that is writable.',
    'This one has none, or it is read-only.',
    'Mount it with upperdir and workdir.',
  ],
  'overlay-owner-unmapped': ({ ouid, ogid }) => [
    'To change a file of a lower layer it is copied up with its owner, so the user namespace that mounted the overlay must map that owner.',
    `The file belongs to ${ouid === NOBODY || ogid === NOBODY ? 'a user or group that it does not map' : `${ouid}:${ogid}`}.`,
  ],
  'overlay-upper-changed': ({ name }) => [
    'The layers of a mounted overlay must not be changed directly.',
    `${name} in the upper layer is not what the overlay put there.`,
  ],
  'overlay-redirect': ({ name }) => [
    'A directory of a lower layer is renamed only with redirect_dir=on; otherwise programs must copy it (mv does).',
    `${name} is on a lower layer.`,
  ],
} satisfies Part
