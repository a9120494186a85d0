/** Capabilities, path walks and files, in English. */
import { bits, bytes, capName, classBits, isRedirection, NOBODY, octal, type Part } from '../dictionary.ts'

const LETTERS = ['', 'x', 'w', 'w and x', 'r', 'r and x', 'r and w', 'r, w and x']
/** What the bits of a directory are for. */
const IN_DIRECTORY = ['', 'pass through it', 'change names in it', 'make or remove names in it', 'list it']
const CLASSES = {
  owner: 'the class of the owner',
  group: 'the class of the group',
  other: 'the class of all others',
  acl: 'the access list (its mask is in the group bits)',
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
  uid === NOBODY ? 'a user without an id in your user namespace' : `uid ${uid}`
/** Requests to the network code are not calls of their own. */
const inFull = (call: string): string => (!call || call.startsWith('RTM_') ? call || 'This' : `${call}(2)`)
const whose = (call: string): string => {
  const text = call.startsWith('RTM_') ? 'the one that owns your network namespace' : OWNED[call]
  return text ? `, ${text}` : ''
}

export const files = {
  capable: ({ cap, owner: needed, mine, uid, held, bounded }, { call }) => [
    `${inFull(call)} needs ${capName(cap)} in ${needed}${whose(call)}.`,
    held && needed !== mine
      ? `Your process has it, but only in ${mine}: a capability counts in its own user namespace and those below.`
      : `Your process (uid ${uid} in ${mine}) does not have it${bounded ? ', and its bounding set keeps it from ever getting it' : ''}.`,
    held && needed !== mine
      ? undefined
      : call === 'unshare' || call === 'mount' || call === 'sethostname'
        ? 'Become root (sudo), or make a user namespace, in which you have every capability: unshare --user --map-root-user'
        : 'Become root (sudo), or use a program that has the capability.',
  ],
  mode: ({ path, isDirectory, mode, want, decides, uid, ouid, ogid }, refusal) => [
    isDirectory
      ? `In a directory r lists the names, x passes through, and w together with x makes and removes names. Only the first class that fits you counts: owner, then group, then others.`
      : 'A file has the bits r, w and x for its owner, its group and all others. Only the first class that fits you counts.',
    `${path || 'It'} has mode ${octal(mode)} (${bits(mode)}), owner ${owner(ouid)}, group ${ogid === NOBODY ? 'without an id here' : `gid ${ogid}`}. For you (uid ${uid}) ${CLASSES[decides]} counts${decides === 'acl' ? '' : `: ${classBits(mode, decides)}`}; you need ${LETTERS[want]}${isDirectory && IN_DIRECTORY[want] ? ` to ${IN_DIRECTORY[want]}` : ''}.`,
    decides === 'acl'
      ? 'getfacl shows the access list.'
      : isRedirection(refusal)
        ? 'A redirection (>) is opened by the shell itself, before sudo runs. With sudo: … | sudo tee FILE'
        : undefined,
  ],
  'not-executable': ({ path, mode }) => [
    'A file without any x bit is run for nobody, not even for root.',
    `${path || 'The file'} has mode ${octal(mode)} (${bits(mode)}).`,
    `chmod +x ${path || 'FILE'}`,
  ],
  'not-owner': ({ path, uid, ouid }) => [
    'Only the owner of a file may change this, or a process with CAP_FOWNER over it.',
    `${path || 'It'} belongs to ${owner(ouid)}; you are uid ${uid}.`,
  ],
  chown: ({ path, uid, ouid }) => [
    'Giving a file to another user needs CAP_CHOWN, even if the file is yours.',
    `${path || 'It'} belongs to ${owner(ouid)}; you are uid ${uid} without CAP_CHOWN over it.`,
  ],
  chgrp: ({ path, gid, uid, ouid }) => [
    'Without CAP_CHOWN you change the group of your own files only, and only to a group you are in.',
    uid === ouid
      ? `You own ${path || 'it'}, but you are not in the group ${gid}.`
      : `${path || 'It'} belongs to ${owner(ouid)}; you are uid ${uid}.`,
  ],
  sticky: ({ path, name, uid, ouid, duid }) => [
    'In a directory with the sticky bit (t) you remove and rename only what is yours.',
    `${name} in ${path || 'it'} belongs to ${owner(ouid)}, the directory to ${owner(duid)}; you are uid ${uid}.`,
  ],
  immutable: ({ path }) => [
    'An immutable file (chattr +i) is not changed, removed, renamed or linked by anybody, not even by root.',
    `${path || 'It'} has the flag i.`,
    'lsattr shows it; root takes it away with chattr -i.',
  ],
  'append-only': ({ path }) => [
    'An append-only file (chattr +a) only grows at its end; it is not truncated, removed or renamed.',
    `${path || 'It'} has the flag a.`,
    'lsattr shows it; root takes it away with chattr -a.',
  ],
  'read-only-mount': ({ path }) => [
    'A mount with the option ro lets nothing be written through it.',
    `The mount at ${path} is read-only; the file system behind it may be writable elsewhere.`,
    `mount -o remount,bind,rw ${path}`,
  ],
  'read-only-fs': ({ path, type }) => [
    type === 'overlay'
      ? 'An overlay without an upper layer is always read-only.'
      : 'A read-only file system takes no writes through any of its mounts.',
    `The ${type} at ${path || 'that place'} is read-only.`,
    type === 'overlay' ? 'Mount it with upperdir and workdir.' : undefined,
  ],
  nodev: ({ path }) => [
    'On a mount with the option nodev no device file can be opened.',
    `${path || 'The device file'} is on such a mount. Mounts made in a user namespace always are.`,
  ],
  'no-device': ({ path, kind, major, minor }) => [
    'A device file is only a type and a number; behind the number there must be a driver.',
    `${path || 'It'} is ${kind} ${major}:${minor}, and no driver has that number.`,
  ],
  noexec: ({ path, mount }) => [
    'On a mount with the option noexec no file is executed, not even for root.',
    `${path} is on ${mount}, which is mounted noexec.`,
    `A script can still be read by its interpreter: sh ${path}`,
  ],
  nofollow: () => ['With O_NOFOLLOW the last name of the path may not be a symbolic link.', 'It is one.'],
  'swap-file': ({ path }) => [
    'A file that is in use as swap is not changed, removed or added again.',
    `${path || 'The file'} is in use as swap.`,
    `swapoff ${path || 'FILE'}`,
  ],
  nosymfollow: ({ path }) => [
    'On a mount with the option nosymfollow symbolic links are not followed.',
    `The mount at ${path} has this option.`,
  ],
  'links-max': ({ max }) => [
    `On the way along a path at most ${max} symbolic links are followed.`,
    'Here there were more: most likely the links lead in a circle.',
  ],
  'protected-symlinks': ({ path, ouid, duid }) => [
    'fs.protected_symlinks: in a sticky directory that all may write to, a link is followed only for its owner, or if it belongs to the owner of the directory.',
    `The link in ${path || 'that directory'} belongs to ${owner(ouid)}, the directory to ${owner(duid)}.`,
  ],
  'protected-hardlinks': ({ path, uid, ouid }) => [
    'fs.protected_hardlinks: you make hard links only to files that are yours, or that you may read and write (and that are not set-user-ID).',
    `${path} belongs to ${owner(ouid)}; you are uid ${uid}.`,
  ],
  'protected-create': ({ path, uid, ouid, duid }) => [
    'fs.protected_regular and fs.protected_fifos: in a sticky directory that others may write to, O_CREAT (which > uses) does not open the existing file of another user.',
    `The file in ${path || 'that directory'} belongs to ${owner(ouid)}, the directory to ${owner(duid)}; you are uid ${uid}. The rule holds for root, too.`,
  ],
  'link-directory': ({ path }) => [
    'A directory has one name: hard links to directories would make circles.',
    `${path} is a directory.`,
    'Make a symbolic link (ln -s) or a bind mount.',
  ],
  'cross-mount': ({ from, to }) => [
    'link(2) and rename(2) work within one mount only, even if two mounts show the same file system.',
    `One name is on the mount at ${from}, the other on the mount at ${to}.`,
    'mv copies and removes instead (so does cp); a hard link is not possible, a symbolic link is.',
  ],
  'is-mountpoint': ({ path }) => [
    'While something is mounted on a name in your mount namespace, the name is not removed or renamed.',
    `${path} is a mount point.`,
    `umount ${path}`,
  ],
  'rename-into-itself': ({ path }) => [
    'A directory cannot be moved into itself.',
    `The new place lies below ${path}.`,
  ],
  'text-busy': ({ path }) => [
    'While a program is being executed its file is not written to.',
    `A process runs ${path || 'the file'} at the moment.`,
    'Remove it and put a new file in its place: the running program keeps the old one.',
  ],
  'exec-while-written': ({ path }) => [
    'While a file is open for writing it is not executed.',
    `A process has ${path} open for writing.`,
  ],
  'exec-not-file': ({ path }) => ['Only regular files can be executed.', `${path} is not one.`],
  'open-socket': ({ path }) => ['A socket is not opened but connected to.', `${path} is a socket.`],
  'fifo-no-reader': ({ path }) => [
    'With O_NONBLOCK a FIFO is opened for writing only when a process has it open for reading.',
    `No process reads from ${path}.`,
    'Start the reader first, or wait for it (without O_NONBLOCK).',
  ],
  'no-tty': () => [
    '/dev/tty is the controlling terminal of the process that opens it.',
    'Your process has none: it leads or is in a session without a terminal (setsid).',
  ],
  'lock-held': ({ path, pid }) => [
    'An exclusive lock is held by nobody else; a shared one only beside other shared ones.',
    `${pid ? `Process ${pid}` : 'A process that you cannot see'} holds a lock on ${path || 'the file'}.`,
    'lslocks shows it; without LOCK_NB (flock -n) one waits for it.',
  ],
  'no-direct-io': ({ path, type }) => [
    'O_DIRECT goes past the page cache, which a file system can do only if it has a device.',
    `${path} is on ${type}, which lives in the page cache alone.`,
  ],
  fsize: ({ limit }) => [
    'RLIMIT_FSIZE (ulimit -f) limits how large a process may make a file; beyond it the process gets SIGXFSZ.',
    `Your limit is ${bytes(limit)}.`,
  ],
  'file-max-bytes': ({ max }) => [
    'Each file system has a largest size of a file.',
    `Here it is about ${bytes(max)}.`,
  ],
  'xattr-user': ({ path }) => [
    'Only regular files and directories have attributes user.*.',
    `${path || 'It'} is neither.`,
  ],
  'acl-default': ({ path }) => [
    'A default access list is what new files in a directory begin with.',
    `${path || 'It'} is not a directory.`,
  ],
  'acl-invalid': () => [
    'An access list has one entry each for owner, group and others, and a mask if it names further users or groups.',
    'The given list does not.',
  ],
} satisfies Part
