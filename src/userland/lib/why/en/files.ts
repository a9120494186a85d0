/** Capabilities, path walks and files, in English. */
import { bits, bytes, capName, classBits, NOBODY, octal, type Part } from '../dictionary.ts'

const RIGHTS = ['', 'execute', 'write', 'write and execute', 'read', 'read and execute', 'read and write']
const CLASSES = {
  owner: 'the owner',
  group: 'the group',
  other: 'everybody else',
  acl: 'an access list',
} as const
/** Whose user namespace is asked, by call. */
const OWNED: Readonly<Record<string, string>> = {
  mount: 'the one that owns your mount namespace',
  umount2: 'the one that owns your mount namespace',
  pivot_root: 'the one that owns your mount namespace',
  sethostname: 'the one that owns your UTS namespace',
  setdomainname: 'the one that owns your UTS namespace',
  unshare: 'the one you are in',
  clone: 'the one you are in',
  setns: 'the one that owns the namespace you want to join, and in your own one',
}
const owner = (uid: number): string =>
  uid === NOBODY ? 'somebody your user namespace has no id for' : `uid ${uid}`

export const files = {
  capable: ({ cap, owner: needed, mine, uid, held, bounded }, { call }) => [
    `${call ? `${call}(2)` : 'This'} needs ${capName(cap)} in ${needed}${OWNED[call] ? `, ${OWNED[call]}` : ''}.`,
    held && needed !== mine
      ? `Your process has it, but only in ${mine}: a capability counts in its own user namespace and those below.`
      : `Your process (uid ${uid} in ${mine}) does not have it${bounded ? ', and its bounding set keeps it from ever getting it' : ''}.`,
    held && needed !== mine
      ? undefined
      : call === 'unshare' || call === 'mount' || call === 'sethostname'
        ? 'Be root, or make a user namespace first in which you have every capability: unshare --user --map-root-user.'
        : 'Be root (sudo), or have a program do it that has the capability.',
  ],
  mode: ({ path, mode, want, decides, uid, ouid, ogid }) => [
    `To ${want === 1 ? 'pass through or run' : RIGHTS[want]} something one needs the bit for it in one's own class; only the first class that fits counts: owner, then group, then others.`,
    `${path || 'It'} has mode ${octal(mode)} (${bits(mode)}), owner ${owner(ouid)}, group ${ogid === NOBODY ? 'unknown here' : ogid}. You (uid ${uid}) fall under ${CLASSES[decides]}${decides === 'acl' ? ', whose mask is in the group bits' : `: ${classBits(mode, decides)}`}; ${RIGHTS[want]} is missing.`,
    decides === 'acl' ? 'getfacl shows the list.' : undefined,
  ],
  'not-executable': ({ path, mode }) => [
    'Not even root may run a file that has no execute bit at all.',
    `${path || 'The file'} has mode ${octal(mode)} (${bits(mode)}).`,
    'chmod +x gives it one.',
  ],
  'not-owner': ({ path, uid, ouid }) => [
    'Only the owner of a file, or who has CAP_FOWNER over it, may change this.',
    `${path || 'It'} belongs to ${owner(ouid)}; you are uid ${uid}.`,
  ],
  chown: ({ path, uid, ouid }) => [
    'Giving files away needs CAP_CHOWN, even for the owner.',
    `${path || 'It'} belongs to ${owner(ouid)}; you are uid ${uid} without CAP_CHOWN over it.`,
  ],
  chgrp: ({ path, gid, uid, ouid }) => [
    'Without CAP_CHOWN only the owner may change the group, and only to one of his own groups.',
    uid === ouid
      ? `You own ${path || 'it'}, but you are not in group ${gid}.`
      : `${path || 'It'} belongs to ${owner(ouid)}; you are uid ${uid}.`,
  ],
  sticky: ({ path, name, uid, ouid, duid }) => [
    'In a directory with the sticky bit (t) one removes or renames only what one owns.',
    `${name} in ${path || 'it'} belongs to ${owner(ouid)}, the directory to ${owner(duid)}; you are uid ${uid}.`,
  ],
  immutable: ({ path }) => [
    'What is immutable (chattr +i) nobody changes, removes, renames or links, not even root.',
    `${path || 'It'} has the flag i.`,
    'lsattr shows it; root takes it away with chattr -i.',
  ],
  'append-only': ({ path }) => [
    'What is append-only (chattr +a) can be written at its end and in no other way.',
    `${path || 'It'} has the flag a.`,
    'lsattr shows it; root takes it away with chattr -a.',
  ],
  'read-only-mount': ({ path }) => [
    'Nothing is written through a mount with the option ro.',
    `The mount at ${path} is read-only; the file system behind it may be writable elsewhere.`,
    'mount -o remount,bind,rw changes it, if it is yours to change.',
  ],
  'read-only-fs': ({ path }) => [
    'A file system that is mounted read-only takes no writes through any of its mounts.',
    `The file system at ${path || 'that place'} is read-only.`,
  ],
  nodev: ({ path }) => [
    'On a mount with the option nodev device files cannot be opened.',
    `${path || 'The device file'} is on such a mount. Mounts made in a user namespace always are.`,
  ],
  'no-device': ({ path, kind, major, minor }) => [
    'A device file is only a number; opening it needs a driver that answers to the number.',
    `${path || 'It'} is ${kind} ${major}:${minor}, and nobody answers to that.`,
  ],
  noexec: ({ path, mount }) => [
    'Nothing on a mount with the option noexec can be executed, by anybody.',
    `${path} is on ${mount}, which is mounted noexec.`,
    `A script can still be given to its interpreter: sh ${path}`,
  ],
  nosymfollow: ({ path }) => [
    'On a mount with the option nosymfollow symbolic links are not followed.',
    `The mount at ${path} has it.`,
  ],
  'links-max': ({ max }) => [
    `A path walk follows at most ${max} symbolic links.`,
    'This one came to more: most likely the links lead in a circle.',
  ],
  'protected-symlinks': ({ path, ouid, duid }) => [
    'fs.protected_symlinks: in a sticky directory that everybody may write to, a link is followed only by its owner, or if the owner of the directory made it.',
    `The link in ${path || 'there'} is of ${owner(ouid)}, the directory of ${owner(duid)}.`,
  ],
  'protected-hardlinks': ({ path, uid, ouid }) => [
    'fs.protected_hardlinks: one may link only to files that one owns, or may read and write (and that are not set-user-ID).',
    `${path} belongs to ${owner(ouid)}; you are uid ${uid}.`,
  ],
  'protected-create': ({ path, uid, ouid, duid }) => [
    'fs.protected_regular and fs.protected_fifos: in a sticky directory that others may write to, O_CREAT (as by >) does not open an existing file of somebody else.',
    `The file in ${path || 'there'} is of ${owner(ouid)}, the directory of ${owner(duid)}; you are uid ${uid}. This holds for root, too.`,
  ],
  'link-directory': ({ path }) => [
    'Directories have one name each: hard links to them would make circles.',
    `${path} is a directory.`,
    'A symbolic link (ln -s) or a bind mount does the like.',
  ],
  'cross-mount': ({ from, to }) => [
    'Names are linked and moved within one mount only, even where two mounts show the same file system.',
    `The one is on the mount at ${from}, the other at ${to}.`,
    'mv copies and removes instead; a hard link there is none.',
  ],
  'is-mountpoint': ({ path }) => [
    'A name on which something is mounted in your mount namespace cannot be removed or renamed.',
    `${path} is a mount point.`,
    `umount ${path}`,
  ],
  'rename-into-itself': ({ path }) => [
    'A directory cannot become a part of itself.',
    `The new place lies below ${path}.`,
  ],
  'text-busy': ({ path }) => [
    'A program that is being executed cannot be written to.',
    `${path || 'The file'} is running right now.`,
    'Remove it and put a new file in its place: the running program keeps the old one.',
  ],
  'exec-while-written': ({ path }) => [
    'A file that somebody has open for writing cannot be executed.',
    `Somebody still writes to ${path}.`,
  ],
  'exec-not-file': ({ path }) => ['Only regular files can be executed.', `${path} is not one.`],
  'open-socket': ({ path }) => ['Sockets are not opened but connected to.', `${path} is a socket.`],
  'no-direct-io': ({ path, type }) => [
    'O_DIRECT goes past the page cache, which only file systems on devices can do.',
    `${path} is on ${type}, which has nothing but the cache.`,
  ],
  fsize: ({ limit }) => [
    'RLIMIT_FSIZE (ulimit -f) is the size to which a process may let a file grow; beyond it comes SIGXFSZ.',
    `Your limit is ${bytes(limit)}.`,
  ],
  'file-max-bytes': ({ max }) => [
    'Each file system has a size that no file exceeds.',
    `Here it is ${bytes(max)}.`,
  ],
  'xattr-user': ({ path }) => [
    'Attributes user.* are for regular files and directories only.',
    `${path || 'It'} is neither.`,
  ],
  'acl-default': ({ path }) => [
    'A default access list is what new files of a directory start with.',
    `${path || 'It'} is not a directory.`,
  ],
  'acl-invalid': () => [
    'An access list has one entry each for owner, group and others, and a mask once it names further users or groups.',
    'The one that was given has not.',
  ],
} satisfies Part
