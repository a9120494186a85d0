/** Commands that mount, unmount and look at mounts; and those that change the root directory. */
import type { Command, World } from './world.ts'

const FLAGS = [
  'ro',
  'rw',
  'nosuid',
  'nodev',
  'noexec',
  'noatime',
  'nodiratime',
  'strictatime',
  'relatime',
  'sync',
  'suid',
  'exec',
]
const flags = (w: World): string => w.some(FLAGS, 14, ',') || w.pick(FLAGS)
const propagation = (w: World): string =>
  `--make-${w.pick(['', 'r'])}${w.pick(['shared', 'shared', 'private', 'slave', 'slave', 'unbindable'])}`

const tmpfsOptions = (w: World): string =>
  w.chance(50)
    ? ''
    : ` -o ${w.pick([
        'size=1m',
        'size=64k,mode=700',
        'mode=1777',
        'uid=1000,gid=1000',
        'uid=5',
        'nr_inodes=4',
        'size=50%',
        'size=x',
        'nosuch',
        flags(w),
        flags(w),
      ])}`

const COLUMNS = [
  'TARGET',
  'SOURCE',
  'FSTYPE',
  'OPTIONS',
  'VFS-OPTIONS',
  'FS-OPTIONS',
  'FSROOT',
  'PROPAGATION',
  'OPT-FIELDS',
]
const columns = (w: World): string => w.some(COLUMNS, 30, ',') || 'TARGET,PROPAGATION'

const findmnt = (w: World): string =>
  `findmnt ${w.pick([
    () => `-o TARGET,SOURCE,FSTYPE,VFS-OPTIONS,PROPAGATION -R /mnt`,
    () => `-R /mnt -o ${columns(w)}`,
    () => `-n -o ${columns(w)} ${w.mounted()}`,
    () => `-l -o TARGET,PROPAGATION -t ${w.pick(['tmpfs', 'proc', 'overlay', 'notmpfs', 'tmpfs,proc'])}`,
    () => `-M ${w.mounted()} -o ${columns(w)}`,
    () => `-T ${w.mounted()}/. -o ${columns(w)}`,
    () => `-r -R /mnt -o ${columns(w)}`,
    () => `-P -R /mnt -o ${columns(w)}`,
    () => `-J -R /mnt -o ${columns(w)}`,
    () => `-O ${w.pick(['ro', 'noatime', 'noro', 'rw,nosuid'])} -o TARGET,OPTIONS`,
    () => `-S ${w.pick(['t', 'work', 'proc', 'none'])} -o TARGET,FSTYPE`,
    () => `-N ${w.holder()} -o TARGET,PROPAGATION -R /mnt`,
    () => `-i -t tmpfs -n -o TARGET`,
    () => `-D -t tmpfs -o TARGET,FSTYPE,SIZE`,
    () => `-a -o ${columns(w)} /mnt`,
    () => `-u -n -o OPTIONS ${w.mounted()}`,
    () => `--real -n -o TARGET`,
    () => `-d backward -n -o TARGET ${w.mounted()}`,
    () => `-f -n -o TARGET -t tmpfs`,
    () => `--shadowed -n -o TARGET`,
  ])()}`

export const MOUNTS: readonly Command[] = [
  [14, w => `mount -t tmpfs ${w.pick(['t', 'none', '"s p"'])} ${w.mount(w.dir())}${tmpfsOptions(w)}`],
  [14, w => `mount --bind ${w.dir()} ${w.mount(w.dir())}`],
  [5, w => `mount --rbind ${w.dir()} ${w.mount(w.dir())}`],
  [4, w => `mount --bind ${w.file()} ${w.mount(w.file())}`],
  [3, w => `mount --bind ${w.dir()} ${w.mount(w.dir())} -o ${flags(w)}`],
  [2, w => `mount ${w.pick(['--bind', '--rbind'])} ${propagation(w)} ${w.dir()} ${w.mount(w.dir())}`],
  [12, w => `mount ${propagation(w)} ${w.mounted()}`],
  [4, w => `mount ${propagation(w)} ${w.pick(['/', '/mnt'])}`],
  [7, w => `mount --move ${w.mounted()} ${w.mount(w.dir())}`],
  [7, w => `mount -o remount,bind,${flags(w)} ${w.mounted()}`],
  [5, w => `mount -o remount,${flags(w)} ${w.mounted()}`],
  [
    2,
    w =>
      `mount -o remount,${w.pick(['size=2m', 'size=4k', 'mode=700', 'nosuch', 'size=x', 'nr_inodes=2'])} ${w.mounted()}`,
  ],
  [
    4,
    w =>
      `mount -t proc ${w.pick(['proc', 'p'])} ${w.mount(w.pick(['r/proc', w.dir()]))}${w.pick(['', '', ' -o hidepid=2', ' -o subset=pid', ' -o ro', ' -o hidepid=9'])}`,
  ],
  [
    2,
    w =>
      `mount -t ${w.pick(['sysfs', 'cgroup2', 'devpts', 'mqueue', 'ramfs', 'devtmpfs', 'cgroup', 'nosuchfs', 'ext4', 'bpf', 'debugfs'])} x ${w.mount(w.dir())}`,
  ],
  [
    3,
    w =>
      `mount -t overlay o -o lowerdir=${w.dir()}${w.chance(30) ? `:${w.dir()}` : ''}${w.chance(70) ? ',upperdir=c,workdir=d' : ''} ${w.mount(w.dir())}`,
  ],
  [1, w => `mount ${w.pick(['', '-v ', '-f ', '-n ', '-r '])}--bind ${w.dir()} ${w.mount(w.dir())}`],
  [1, w => `mount ${w.dir()}`],
  [1, w => `mount ${w.dir()} ${w.dir()}`],
  [16, w => `umount ${w.mounted()}`],
  [6, w => `umount -l ${w.mounted()}`],
  [5, w => `umount -R ${w.mounted()}`],
  [1, w => `umount ${w.pick(['-A', '-f', '-v', '-q', '-r', '-d', '-lR', '--fake'])} ${w.mounted()}`],
  [1, w => `umount ${w.mounted()} ${w.mounted()}`],
]

export const FILES: readonly Command[] = [
  [
    4,
    w => {
      const dir = `${w.dir()}/${w.pick(['x', 'y', 'z'])}`
      w.dirs.push(dir)
      return `mkdir ${dir}`
    },
  ],
  [
    4,
    w => {
      const file = `${w.dir()}/${w.pick(['f', 'h'])}`
      w.files.push(file)
      return `echo ${w.pick(['one', 'two'])} > ${file}`
    },
  ],
  [2, w => `cat ${w.file()}`],
  [3, w => `ls ${w.dir()}`],
  [2, w => `ls -F ${w.dir()} ${w.dir()}`],
  [2, w => `rmdir ${w.dir()}`],
  [2, w => `rm ${w.pick(['', '-r ', '-f '])}${w.file()}`],
  [2, w => `mv ${w.dir()} ${w.dir()}`],
  [2, w => `stat -c '%n %F %a %u:%g %h' ${w.dir()} ${w.file()}`],
  [1, w => `stat -f -c '%T %n' ${w.dir()}`],
  [1, w => `chmod ${w.pick(['755', '700', '4755', '0', '1777'])} ${w.file()} ${w.dir()}`],
  [1, w => `chown ${w.pick(['1000', '0:0', '5:5', '1000:1000', '65534'])} ${w.file()}`],
  [2, w => `(cd ${w.dir()} && umount ${w.mounted()}; pwd; ls)`],
  [2, w => `(cd ${w.dir()} && umount -l /mnt/${w.mounted()}; pwd; /bin/pwd; ls)`],
  [2, w => `cd ${w.dir()}`],
  [4, () => 'cd /mnt'],
  [1, w => `exec 8< ${w.pick([w.dir(), w.file()])}`],
  [1, w => `exec 9> ${w.file()}`],
  [2, w => `exec ${w.pick(['8<&-', '9>&-'])}`],
  [1, () => `ls -l /proc/$$/fd/8 /proc/$$/fd/9 | sed 's/.* //'`],
  [1, w => `realpath ${w.dir()}; readlink -f ${w.file()}`],
  [1, w => `find ${w.dir()} ${w.pick(['', '-xdev ', '-maxdepth 1 '])}-type ${w.pick(['d', 'f'])} | sort`],
]

export const MOUNT_LOOKS: readonly Command[] = [
  [4, () => `cat /proc/self/mountinfo`],
  [6, () => `grep /mnt /proc/self/mountinfo`],
  [2, () => `cut -d' ' -f2-4 /proc/mounts`],
  [2, () => `mount | grep /mnt`],
  [1, () => `mount -t tmpfs`],
  [2, w => `grep /mnt /proc/${w.holder()}/mountinfo`],
  [1, w => `cut -d' ' -f2,4 /proc/${w.holder()}/mounts`],
  [2, w => `mountpoint ${w.pick(['', '-q ', '-d '])}${w.mounted()}`],
  [1, w => `df --output=fstype,target ${w.mounted()}`],
  [12, findmnt],
]

export const ROOTS: readonly Command[] = [
  [
    4,
    w =>
      `chroot ${w.pick(['r', 'r', 'r', '.', w.dir()])} ${w.pick(['sh -c "pwd; ls"', 'ls', 'nosuch', '/bin/pwd', 'sh -c "cat /proc/self/mountinfo"', 'id -u', 'hostname'])}`,
  ],
  [
    1,
    w => `chroot --userspec=${w.pick(['1000:1000', 'user', '0:5', 'nosuch', '5'])} ${w.pick(['r', '/'])} id`,
  ],
  [1, w => `chroot --groups=${w.pick(['5,6', 'x', ''])} ${w.pick(['r', '/'])} id`],
  [1, w => `chroot --skip-chdir ${w.pick(['r', '/'])} pwd`],
  [1, () => `chroot r sh -c "mkdir tmp/e; chroot tmp/e /bin/ls; cd ..; pwd"`],
  [3, w => `mount --bind r ${w.mount(w.pick(['r', 'r', 'b']))}`],
  [2, w => `mount --rbind / ${w.mount('r')}`],
  [
    3,
    w =>
      `pivot_root ${w.pick(['r', 'r', '.', '/', w.dir(), ''])} ${w.pick(['r/old', 'r/old', 'r', '.', w.dir()])}`,
  ],
  [
    3,
    w =>
      `unshare -m sh -c "cd r && pivot_root . ${w.pick(['old', '.', 'nosuch'])}; cd /; pwd; ls; ${w.pick(['umount -l old', 'umount old', 'umount -l .', 'ls old'])}; ls"`,
  ],
  [
    2,
    w =>
      `unshare -m --propagation ${w.pick(['private', 'shared', 'unchanged', 'slave'])} sh -c "mount --bind r r; cd r; pivot_root . ${w.pick(['old', '.', 'proc'])}; cat /proc/mounts; mount -t proc p /proc; cut -d\\" \\" -f4,5 /proc/self/mountinfo"`,
  ],
  [
    1,
    w =>
      `unshare ${w.pick(['-R r', '--root=r', '-R nosuch', '-R r -w /bin', '-w a', '-w nosuch'])} ${w.pick(['ls', 'pwd', 'sh -c "pwd; ls"'])}`,
  ],
  [
    1,
    w =>
      `nsenter -t ${w.holder()} ${w.pick(['-r', '-w', '-r -w', '-m -r', '-ra', '--root=r', '--wd=a', '--wd=/mnt/b'])} ${w.pick(['pwd', 'ls', '/bin/pwd'])}`,
  ],
]
