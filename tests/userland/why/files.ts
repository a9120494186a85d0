/** Path walks, files and their modes. */
import { type Cases, root, user } from './provoke.ts'

const TMPFS = 'mkdir -p /tmp/d; mount -t tmpfs t /tmp/d;'

export const files = {
  mode: [
    user(
      'cat /etc/shadow',
      '/etc/shadow has mode 0640 (rw-r-----), owner uid 0, group gid 42. For you (uid 1000) the class of all others counts: ---; you need r.',
    ),
    user(
      'ls /root',
      '/root has mode 0700 (rwx------), owner uid 0, group gid 0. For you (uid 1000) the class of all others counts: ---; you need r to list it.',
    ),
    user(
      'cat /root/x/y',
      '/root has mode 0700 (rwx------), owner uid 0, group gid 0. For you (uid 1000) the class of all others counts: ---; you need x to pass through it.',
    ),
    user(
      'echo x > /etc/new',
      '/etc has mode 0755 (rwxr-xr-x), owner uid 0, group gid 0. For you (uid 1000) the class of all others counts: r-x; you need w and x to make or remove names in it.',
    ),
    user(
      'umask 777; touch f; umask 22; cat f',
      '/home/user/f has mode 0000 (---------), owner uid 1000, group gid 1000. For you (uid 1000) the class of the owner counts: ---; you need r.',
    ),
    root(
      'cp /bin/true /tmp/t; chmod 710 /tmp/t; setfacl -m u:user:r /tmp/t; su user -c /tmp/t',
      '/tmp/t has mode 0750 (rwxr-x---), owner uid 0, group gid 0. For you (uid 1000) the access list (its mask is in the group bits) counts; you need x.',
    ),
  ],
  'not-executable': [root('touch /tmp/x; /tmp/x', '/tmp/x has mode 0644 (rw-r--r--).')],
  'not-owner': [user('chmod 600 /etc/passwd', '/etc/passwd belongs to uid 0; you are uid 1000.')],
  chown: [
    user(
      'touch f; chown root f',
      '/home/user/f belongs to uid 1000; you are uid 1000 without CAP_CHOWN over it.',
    ),
  ],
  chgrp: [
    user('touch f; chgrp daemon f', 'You own /home/user/f, but you are not in the group 1.'),
    user('chgrp user /etc/passwd', '/etc/passwd belongs to uid 0; you are uid 1000.'),
  ],
  sticky: [
    root(
      'touch /tmp/f; su user -c "rm -f /tmp/f"',
      'f in /tmp belongs to uid 0, the directory to uid 0; you are uid 1000.',
    ),
  ],
  immutable: [root('touch /root/f; chattr +i /root/f; rm -f /root/f', '/root/f has the flag i.')],
  'append-only': [root('touch /root/f; chattr +a /root/f; echo x > /root/f', '/root/f has the flag a.')],
  'read-only-mount': [
    root(
      'mkdir /tmp/r; mount --bind /tmp/r /tmp/r; mount -o remount,bind,ro /tmp/r; touch /tmp/r/f',
      'The mount at /tmp/r is read-only; the file system behind it may be writable elsewhere.',
    ),
  ],
  'read-only-fs': [
    root(`${TMPFS} mount -o remount,ro /tmp/d; touch /tmp/d/f`, 'The tmpfs at /tmp/d is read-only.'),
  ],
  nodev: [
    root(
      'mkdir /tmp/d; mount -t tmpfs -o nodev t /tmp/d; mknod /tmp/d/n c 1 3; cat /tmp/d/n',
      '/tmp/d/n is on such a mount. Mounts made in a user namespace always are.',
    ),
  ],
  'no-device': [
    root('mknod /tmp/n c 250 7; cat /tmp/n', '/tmp/n is c 250:7, and no driver has that number.'),
  ],
  noexec: [
    root(
      'mkdir /tmp/e; mount -t tmpfs -o noexec t /tmp/e; cp /bin/true /tmp/e/t; /tmp/e/t',
      '/tmp/e/t is on /tmp/e, which is mounted noexec.',
    ),
  ],
  nosymfollow: [
    root(
      'mkdir /tmp/d; mount -t tmpfs -o nosymfollow t /tmp/d; ln -s /etc/passwd /tmp/d/l; cat /tmp/d/l',
      'The mount at /tmp/d has this option.',
    ),
  ],
  'links-max': [
    root('ln -s /tmp/x /tmp/x; cat /tmp/x', 'Here there were more: most likely the links lead in a circle.'),
  ],
  'protected-symlinks': [
    root(
      'su user -c "ln -s /etc/passwd /tmp/l"; cat /tmp/l',
      'The link in /tmp belongs to uid 1000, the directory to uid 0.',
    ),
  ],
  'protected-hardlinks': [user('ln /etc/shadow h', '/etc/shadow belongs to uid 0; you are uid 1000.')],
  'protected-create': [
    root(
      'su user -c "touch /tmp/f; chmod 666 /tmp/f"; echo x > /tmp/f',
      'The file in /tmp belongs to uid 1000, the directory to uid 0; you are uid 0. The rule holds for root, too.',
    ),
  ],
  'link-directory': [root('ln -d /tmp /x', '/tmp is a directory.')],
  'cross-mount': [
    root(
      `${TMPFS} touch /tmp/f; ln /tmp/f /tmp/d/f`,
      'One name is on the mount at /, the other on the mount at /tmp/d.',
    ),
  ],
  'is-mountpoint': [root(`${TMPFS} rmdir /tmp/d`, '/tmp/d is a mount point.')],
  'rename-into-itself': [root('mkdir -p /tmp/a/b; mv /tmp/a /tmp/a/b', 'The new place lies below /tmp/a.')],
  'text-busy': [
    root('cp /bin/sleep /tmp/s; /tmp/s 9 & sleep 1; echo x > /tmp/s', 'A process runs /tmp/s at the moment.'),
  ],
  'exec-while-written': [
    root('cp /bin/true /tmp/t; exec 5>> /tmp/t; /tmp/t', 'A process has /tmp/t open for writing.'),
  ],
  'exec-not-file': [root('env /tmp', '/tmp is not one.')],
  'open-socket': [
    root(
      'cd /tmp; python3 -c "import socket; socket.socket(socket.AF_UNIX).bind(\'s\')"; cat s',
      '/tmp/s is a socket.',
    ),
  ],
  'no-direct-io': [
    root(
      'dd if=/dev/zero of=/dev/shm/x oflag=direct count=1',
      '/dev/shm/x is on tmpfs, which lives in the page cache alone.',
    ),
  ],
  fsize: [root('ulimit -f 1; trap "" XFSZ; head -c 4096 /dev/zero > /tmp/f', 'Your limit is 1 KiB.')],
  'file-max-bytes': [root('truncate -s 17T /tmp/f', 'Here it is about 16.0 TiB.')],
  'xattr-user': [root('mkfifo /tmp/p; setfattr -n user.a -v 1 /tmp/p', '/tmp/p is neither.')],
  'acl-default': [
    root(
      'touch /tmp/f; setfattr -n system.posix_acl_default -v 0x0200000001000700ffffffff04000000ffffffff20000000ffffffff /tmp/f',
      '/tmp/f is not a directory.',
    ),
  ],
  'acl-invalid': [
    root(
      'touch /tmp/f; setfattr -n system.posix_acl_access -v 0x0200000001000700ffffffff /tmp/f',
      'The given list does not.',
    ),
  ],
  'name-length': [root('hostname $(printf %065d 0)', 'It is 64 bytes.')],
  'path-length': [
    root('touch /tmp/$(printf %0256d 0)', 'A name here is longer than 255 bytes.'),
    root('cat /$(printf "%04095d" 0 | sed "s,0,./,g") 2> /dev/null', 'The path is longer than 4095 bytes.'),
  ],
  nofollow: [root('ln -s /etc/passwd /tmp/l; dd if=/tmp/l iflag=nofollow', 'It is one.')],
  'fifo-no-reader': [
    root('mkfifo /tmp/p; dd of=/tmp/p oflag=nonblock < /dev/null', 'No process reads from /tmp/p.'),
  ],
  'no-tty': [
    root('cat /dev/tty', 'Your process has none: it leads or is in a session without a terminal (setsid).'),
  ],
  'lock-held': [
    root('flock /tmp/l sleep 9 & sleep 1; flock -n /tmp/l true', 'Process PID holds a lock on /tmp/l.'),
  ],
  'swap-file': [
    root(
      'cd /tmp; truncate -s 0 s; dd if=/dev/zero of=s bs=1M count=1; mkswap s; swapon s; rm s',
      '/tmp/s is in use as swap.',
    ),
    root(
      'cd /tmp; dd if=/dev/zero of=s bs=1M count=1; mkswap s; swapon s; swapon s',
      '/tmp/s is in use as swap.',
    ),
  ],
  'not-empty': [root('mkdir -p /tmp/a/b /tmp/a/c; rmdir /tmp/a', 'It has 2 names in it.')],
  'fs-blocks': [
    root(
      'mkdir /tmp/s; mount -t tmpfs -o size=4k t /tmp/s; head -c 9000 /dev/zero > /tmp/s/f',
      'This tmpfs has 4 KiB, of which 4 KiB are in use.',
    ),
  ],
  'fs-inodes': [
    root(
      'mkdir /tmp/s; mount -t tmpfs -o nr_inodes=2 t /tmp/s; touch /tmp/s/a /tmp/s/b',
      'All 2 inodes of this tmpfs are in use.',
    ),
  ],
} satisfies Cases
