/** Mounts and overlays, in English. */
import { flagNames, NOBODY, type Part } from '../dictionary.ts'

const LOG = 'dmesg has the line.'

export const mounts = {
  'mount-no-type': () => [
    'A new mount needs the type of a file system.',
    'None was given.',
    'mount -t tmpfs …',
  ],
  'mount-no-source': () => ['Binding and moving need a place to take from.', 'None was given.'],
  'fs-unknown': ({ type }) => [
    'The kernel mounts only the types of file systems it knows.',
    `It does not know ${type}.`,
    'cat /proc/filesystems lists them.',
  ],
  'fs-userns': ({ type }) => [
    'Only some file systems may be mounted from within a user namespace (tmpfs, proc, sysfs, overlay, devpts, cgroup2 …): others would have the kernel read what an unprivileged user has written.',
    `${type} is not one of them: it needs CAP_SYS_ADMIN in the initial user namespace.`,
  ],
  'fs-owner': ({ type }) => [
    `${type} shows what another namespace holds; mounting it needs CAP_SYS_ADMIN in the user namespace that owns that one.`,
    'You have made a user namespace, but the namespace to be shown is still that of the host.',
    `Make that one anew as well (for proc: unshare --pid --fork, for sysfs: unshare --net, for mqueue: unshare --ipc).`,
  ],
  'mount-revealing': ({ type }) => [
    `In a user namespace ${type} may be mounted only where one is already seen in full: a new mount must not show what is covered or read-only in the old one.`,
    `In your mount namespace no ${type} is seen in full (something is mounted over a part of it, it is read-only, or there is none).`,
  ],
  'mount-foreign': ({ path, mine }) => [
    "Only mounts of one's own mount namespace may be used here.",
    `The mount at ${path || 'that place'} is not one of ${mine}: it belongs to another namespace or was detached.`,
  ],
  'mount-twice': ({ path }) => [
    'The same file system is not mounted twice in a row on the same place.',
    `It is what ${path} shows already.`,
  ],
  'mount-kind': ({ path, directory }) => [
    'A directory is mounted on a directory, a file on a file.',
    `${path} is ${directory ? 'a directory, what is to cover it is not' : 'no directory, what is to cover it is one'}.`,
  ],
  'mount-locked': ({ path, mine }) => [
    'Mounts that came along from a more privileged mount namespace are locked together: taking one away would reveal what it hides.',
    `The mount at ${path} was there when the user namespace got ${mine}.`,
    'Take the whole tree instead: bind it recursively (mount --rbind) and use the copy.',
  ],
  'mount-max': ({ ns, count, more, max }) => [
    'fs.mount-max is how many mounts one mount namespace may hold.',
    `${ns} has ${count}, this would add ${more}, and the limit is ${max}.`,
    'Recursive binds of shared mounts double with each one: mount --make-private first.',
  ],
  'mountpoint-removed': ({ path }) => [
    'Nothing is mounted on a directory that was removed.',
    `${path} is gone; somebody only still has it open.`,
  ],
  'not-mountpoint': ({ path }) => [
    'This works on the root of a mount only, not on a directory within one.',
    `${path} is not a mount point.`,
    `findmnt --target ${path} tells which mount it is on; mount --bind ${path} ${path} makes it one.`,
  ],
  'mnt-ns-loop': ({ path, mine }) => [
    'A mount namespace must not hold the file of itself or of an older one: it would keep itself alive.',
    `${path} is not younger than ${mine}.`,
    'Bind it from outside, as unshare --mount=FILE does.',
  ],
  'mnt-ns-propagates': ({ path }) => [
    'The file of a mount namespace may not propagate into other namespaces.',
    `The mount at ${path} is shared, so the bind would be copied.`,
    'mount --make-private there first.',
  ],
  'bind-unbindable': ({ path }) => [
    'An unbindable mount cannot be the source of a bind.',
    `The mount at ${path} is unbindable.`,
  ],
  'bind-locked': ({ path }) => [
    'A bind without what is mounted below would reveal what a locked mount hides.',
    `The mount at ${path} is locked.`,
    'mount --rbind takes it along.',
  ],
  'propagation-several': () => [
    'One call sets one type of propagation: shared, private, slave or unbindable, with MS_REC or without, and nothing besides.',
    'More was asked for at once.',
  ],
  'move-root': ({ path }) => [
    'What is moved must hang on another mount.',
    `The mount at ${path} is the root of the tree.`,
  ],
  'move-from-shared': ({ path, parent }) => [
    'A mount cannot be moved away from a shared parent: its peers would have to follow.',
    `${path} is mounted on ${parent}, which is shared.`,
    `mount --make-private ${parent}`,
  ],
  'move-unbindable': ({ path, to }) => [
    'A tree with an unbindable mount cannot be moved to a shared place, which would copy it.',
    `The mount at ${path} is unbindable, the one at ${to} is shared.`,
  ],
  'move-into-itself': ({ path, to }) => [
    'A mount cannot be moved below itself.',
    `${to} lies within the mount at ${path}.`,
  ],
  'mount-busy': ({ path, inside, file, files, directories, programs }) => [
    'umount takes only what nobody uses: no mount on it, no open file, no working or root directory, no running program.',
    inside
      ? `${inside} is mounted on ${path}.`
      : files + directories + programs
        ? `On ${path} ${[files && `${files} file${files > 1 ? 's are' : ' is'} open (${file})`, directories && `${directories} process${directories > 1 ? 'es have' : ' has'} the root or working directory`, programs && `${programs} program${programs > 1 ? 's run' : ' runs'}`].filter(Boolean).join(', ')}.`
        : `A copy of ${path} in another mount namespace is in use, and would have to go along.`,
    inside
      ? `umount ${inside} first, or umount -R ${path}.`
      : `fuser -vm ${path} names them; umount -l takes it out of sight at once.`,
  ],
  'remount-busy': ({ path, file }) => [
    'What is open for writing (or removed and still in use) keeps a mount from becoming read-only.',
    file ? `${file} is open${path ? ` on ${path}` : ''}.` : 'Services of the host keep files open there.',
  ],
  'remount-locked': ({ path, flags, mine }) => [
    'Restrictions that a more privileged mount namespace has set cannot be taken away in a less privileged one.',
    flags
      ? `For ${mine} the flags ${flagNames(flags)} of ${path} are locked.`
      : `For ${mine} it is locked how ${path} keeps access times.`,
    'Name the flags again: mount -o remount,bind,' +
      (flagNames(flags).replaceAll(' ', '') || 'relatime') +
      ',…',
  ],
  'pivot-shared': ({ which, path }) => [
    'pivot_root(2) refuses where the change would propagate: neither the mount that put_old is on, nor the parents of new_root and of the root may be shared.',
    `For ${which} that is the mount at ${path}, and it is shared.`,
    'mount --make-rprivate / in your own mount namespace first (unshare --mount does it).',
  ],
  'pivot-same': ({ which, path }) => [
    'pivot_root(2) swaps two mounts: neither new_root nor put_old may be on the mount that is the root now.',
    `${path} (${which}) is on it.`,
    which === 'new_root'
      ? `Make it a mount of its own: mount --bind ${path} ${path}`
      : 'put_old must lie below new_root.',
  ],
  'pivot-chrooted': ({ mine }) => [
    "The caller's root must be the root of a mount.",
    `Yours is a directory within one: you are in a chroot in ${mine}.`,
  ],
  'pivot-rootfs': () => [
    'The rootfs that the kernel starts with cannot be swapped away.',
    'Your root is that one.',
    'Use switch_root there.',
  ],
  'pivot-outside': ({ path, newRoot }) => [
    'put_old must be new_root or lie below it.',
    `${path} does not lie below ${newRoot}.`,
  ],
  'pivot-unreachable': ({ path }) => ['new_root must be reachable from the current root.', `${path} is not.`],
  'fs-options': ({ type, options }) => [
    `${type} did not like its options, or what is on the device.`,
    options ? `They were: ${options}` : 'No options were given.',
    'dmesg may say more.',
  ],
  'not-block-device': ({ path }) => [
    'This file system lives on a block device.',
    `${path} is not one.`,
    'A file becomes one with losetup (or mount -o loop).',
  ],
  'device-mounted': ({ path, type, readOnly }) => [
    'A device is mounted once; further mounts show the same, as the same type and just as read-only or writable.',
    `${path} is mounted as ${type}, ${readOnly ? 'read-only' : 'writable'}.`,
  ],
  'disk-read-only': ({ name }) => [
    'A read-only device takes no writes.',
    `${name} is read-only.`,
    'Mount it with -o ro.',
  ],
  'loop-free': ({ name }) => ['A loop device without a file holds nothing.', `${name} has none.`],
  'loop-taken': ({ name, file }) => [
    'A loop device shows one file at a time.',
    `${name} ${file ? `shows ${file}` : 'is in use'}.`,
    'losetup -f finds a free one.',
  ],
  'overlay-no-lowerdir': ({ line }) => [
    'An overlay needs at least one lower layer.',
    `overlayfs: ${line}`,
    '-o lowerdir=…',
  ],
  'overlay-too-many': ({ line }) => ['An overlay has at most 500 lower layers.', `overlayfs: ${line}`],
  'overlay-depth': ({ line }) => ['Overlays are stacked two deep at most.', `overlayfs: ${line}`],
  'overlay-not-directory': ({ line }) => ['Every layer is a directory.', `overlayfs: ${line}`],
  'overlay-upper-type': ({ line }) => [
    'The upper layer must be on a file system that can keep its marks; an overlay itself cannot.',
    `overlayfs: ${line}`,
    'Put upperdir and workdir on a tmpfs or a disk.',
  ],
  'overlay-no-workdir': ({ line }) => [
    'With an upperdir there must be a workdir, where files are prepared before they appear.',
    `overlayfs: ${line}`,
    '-o …,workdir=DIR: an empty directory on the same mount as upperdir.',
  ],
  'overlay-upper-ro': ({ line }) => ['The upper layer is written to.', `overlayfs: ${line}`],
  'overlay-work-mount': ({ line }) => [
    'Files are renamed from workdir to upperdir, which works within one mount only.',
    `overlayfs: ${line}`,
  ],
  'overlay-work-inside': ({ line }) => [
    'workdir and upperdir may not lie within each other.',
    `overlayfs: ${line}`,
  ],
  'overlay-empty-lower': ({ line }) => [
    'Every lower layer has a name.',
    `overlayfs: ${line}`,
    'Look for a colon too many in lowerdir.',
  ],
  'overlay-one-lower': ({ line }) => [
    'Without an upper layer an overlay needs two lower ones, or it would show nothing new.',
    `overlayfs: ${line}`,
  ],
  'overlay-conflicting': ({ line }) => [
    'A directory is a layer of an overlay only once.',
    `overlayfs: ${line}`,
  ],
  'overlay-overlapping': ({ line }) => ['No layer may lie within another one.', `overlayfs: ${line}`],
  'overlay-origin': ({ line }) => [
    'The upper layer remembers which lower layer it was made for.',
    `overlayfs: ${line}`,
    '-o index=off does without.',
  ],
  'overlay-index': ({ line }) => ['The index belongs to one upper layer.', `overlayfs: ${line}`],
  'overlay-option': ({ line }) => ['An overlay takes only options it knows.', `overlayfs: ${line}`, LOG],
  'overlay-options-conflict': ({ line }) => ['Some options exclude each other.', `overlayfs: ${line}`, LOG],
  'overlay-incompat': ({ line }) => [
    'The upper layer was left in a state that must not be mounted again (volatile).',
    `overlayfs: ${line}`,
    'Remove incompat from the work directory, if the contents may be trusted.',
  ],
  'overlay-in-use': ({ line }) => [
    'An upper or work directory belongs to one overlay at a time.',
    `overlayfs: ${line}`,
  ],
  'overlay-read-only': () => [
    'An overlay without an upper layer cannot be written to.',
    'This one has none, or it is read-only.',
    'Mount it with upperdir and workdir.',
  ],
  'overlay-owner-unmapped': ({ ouid, ogid }) => [
    'Copying up keeps the owner, which the user namespace of the mount must know.',
    `The file belongs to ${ouid === NOBODY || ogid === NOBODY ? 'somebody it has no id for' : `${ouid}:${ogid}`}.`,
  ],
  'overlay-upper-changed': ({ name }) => [
    'Layers may not be changed behind the back of an overlay.',
    `What the upper layer calls ${name} is not what the overlay put there.`,
  ],
  'overlay-redirect': ({ name }) => [
    'A directory that lies (also) on a lower layer is renamed only with redirect_dir=on; else programs copy it.',
    `${name} is one.`,
  ],
} satisfies Part
