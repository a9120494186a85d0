/**
 * What busybox says where the programs of the same names say something else, and the statuses they end with.
 * Linux: the applets of busybox 1.35; libbb/verror_msg.c.
 */

/** What the host's program says and what busybox says instead; an empty text drops the line. */
type Rule = readonly [RegExp, string]

/** `NAME: cannot DO 'FILE': REASON`, in the three ways that busybox has for it. */
const toName = (what: string): Rule => [new RegExp(`: ${what} '?(.*?)'?(?: for reading)?: `, 'g'), ': $1: ']
const toOpen: Rule = [
  /: (?:cannot open|failed to open|error opening) '?(.*?)'?(?: for reading)?: /g,
  ": can't open '$1': ",
]
const bare: Rule = [
  /^(\S+): (?!can't |read error)'?([^:\n]*?)'?: ([A-Z][^:\n]*)$/gm,
  "$1: can't open '$2': $3",
]
const silent = (what: string): Rule => [new RegExp(`^\\S+: ${what}.*\\n`, 'gm'), '']
const notFound: Rule = [
  /: (?:failed to run command|failed to execute|cannot run command|cannot execute) '?(.*?)'?: /g,
  ": can't execute '$1': ",
]

/** By applet. `{source}`, `{target}`, `{pattern}`, `{flags}` and `{given NAME}` are taken from its command line. */
export const WORDINGS: Readonly<Record<string, readonly Rule[]>> = {
  awk: [[/: cannot open (.*) \((.*)\)/g, ': $1: $2']],
  cat: [
    [/^cat: (.*): Is a directory$/gm, 'cat: read error: Is a directory'],
    [/^cat: (?!read error)(.*): (.*)$/gm, "cat: can't open '$1': $2"],
  ],
  chgrp: [
    toName('cannot access'),
    [/: invalid group: '(.*)'/g, ': unknown group $1'],
    toName('changing group of'),
  ],
  chmod: [
    toName('cannot access'),
    [/: changing permissions of '(.*)': /g, ': $1: '],
    [/: invalid mode: /g, ': invalid mode '],
  ],
  chown: [
    toName('cannot access'),
    [/: invalid user: '(?=\d*:)(\d*):(.*)'/g, ': unknown group $2'],
    [/: invalid user: '(.*?)(:.*)?'/g, ': unknown user $1'],
    [/: invalid group: '(?:.*:)?(.*)'/g, ': unknown group $1'],
    toName('changing ownership of'),
  ],
  chroot: [[/: cannot change root directory to /g, ": can't change root directory to "], notFound],
  cmp: [[/^cmp: EOF on (.*?)(?: after .*| +which is empty)?$/gm, 'cmp: EOF on $1']],
  cp: [
    [/: cannot stat /g, ": can't stat "],
    [/: cannot create regular file /g, ": can't create "],
    [/: cannot create (directory|symbolic link) /g, ": can't create $1 "],
    [/: cannot open (.*) for reading: /g, ": can't open $1: "],
    [/: -r not specified; omitting directory /g, ': omitting directory '],
    [
      /: (?:target|target directory) '(.*)'(?:: Not a directory| is not a directory)/g,
      ": '$1' is not a directory",
    ],
  ],
  cut: [[/: you must specify a list of .*/g, ': expected a list of bytes, characters, or fields']],
  date: [[/: cannot set date: /g, ": can't set date: "]],
  dd: [toOpen, [/: invalid number: /g, ': invalid number ']],
  diff: [[/^diff: (.*): (No such file or directory)$/gm, "diff: can't stat '$1': $2"]],
  du: [toName('cannot access'), [/: cannot read directory '(.*)': /g, ": can't open '$1': "]],
  env: [notFound, [/^env: '(.*)': /gm, "env: can't execute '$1': "]],
  expr: [
    [/: syntax error: .*/g, ': syntax error'],
    [/: missing operand.*/g, ': too few arguments'],
  ],
  find: [[/: '(.*)': /g, ': $1: ']],
  grep: [
    [/^grep: (?:Invalid regular expression|Unmatched .*)$/gm, "grep: bad regex '{pattern}'"],
    silent('.*: Is a directory'),
  ],
  groups: [[/: '(.*)': no such user/g, ': unknown user $1']],
  gunzip: [
    [/^gzip: /gm, 'gunzip: '],
    [/^gunzip: (.*): No such/gm, 'gunzip: {given $1}: No such'],
    [/: (.*): unknown suffix -- ignored/g, ': $1: unknown suffix - ignored'],
    [/: (.*) already exists;.*/g, ": can't open '$1': File exists"],
  ],
  head: [
    [/: invalid number of (?:lines|bytes): /g, ': invalid number '],
    toName('cannot open'),
    [/: error reading '(.*)': Is a directory/g, ': $1: Input/output error'],
  ],
  hexdump: [silent('all input file arguments failed')],
  id: [[/: '(.*)': no such user/g, ': unknown user $1']],
  ionice: [[/ failed: /g, ': '], notFound],
  dmesg: [[/: read kernel buffer failed: /g, ': klogctl: ']],
  hostname: [[/: you must be root to change the host name/g, ': sethostname: Operation not permitted']],
  last: [[/: cannot open (.*): /g, ": can't open '$1': "]],
  stty: [[/: '(standard input)': /g, ': $1: ']],
  less: [[/^(.*): (No such file or directory|Permission denied)$/gm, "less: can't open '$1': $2"]],
  link: [[/: cannot create link '(.*)' to /g, ": can't create hardlink '$1' to "]],
  ln: [
    [/: failed to create (?:symbolic|hard) link '(.*?)'(?: (?:->|=>) '.*?')?: /g, ': $1: '],
    toName('failed to access'),
    [/: (.*): hard link not allowed for directory/g, ': $1: Operation not permitted'],
  ],
  ls: [toName('cannot (?:access|open directory)')],
  mkdir: [
    [/: cannot create directory /g, ": can't create directory "],
    [/: invalid mode '(.*)'/g, ": invalid mode '$1'"],
  ],
  mkfifo: [toName('cannot create fifo'), [/: cannot set permissions of .*/g, '']],
  mknod: [
    [/: (\S+): Invalid argument/g, ': $1: Invalid argument'],
    [/: cannot (?:make|create) .*? '(.*)': /g, ': $1: '],
  ],
  mktemp: [
    [/: failed to create (?:file|directory) via template '.*': /g, ': (null): '],
    [/: too few X's in template '.*'/g, ': (null): Invalid argument'],
  ],
  more: [[/: cannot open (.*): /g, ": can't open '$1': "]],
  mount: [
    [/^mount: failed to read mtab: .*$/gm, 'mount: no /proc/mounts'],
    [
      /^mount: (.*): (?:special device|mount point) .*does not exist\.$/gm,
      'mount: mounting {source} on {target} failed: No such file or directory',
    ],
    [
      /^mount: (.*): (?:permission denied|must be superuser to use mount)\.$/gm,
      'mount: permission denied (are you root?)',
    ],
    [
      /^mount: (.*): unknown filesystem type '(.*)'\.$/gm,
      'mount: mounting {source} on {target} failed: No such device',
    ],
    [
      /^mount: (.*): wrong fs type, bad option, bad superblock on (.*?), .*$/gm,
      'mount: mounting {source} on {target} failed: Invalid argument',
    ],
    [
      /^mount: (.*): mount point not mounted or bad option\.$/gm,
      'mount: mounting {source} on {target} failed: Invalid argument',
    ],
    [
      /^mount: (.*): (.*) already mounted.*$/gm,
      'mount: mounting {source} on {target} failed: Device or resource busy',
    ],
    [
      /^mount: (.*): mount\(2\) system call failed: (.*?)\.$/gm,
      'mount: mounting {source} on {target} failed: $2',
    ],
    [/^mount: (.*): mount failed: (.*?)\.$/gm, 'mount: mounting {source} on {target} failed: $2'],
    [/^mount: (.*): can't find in (.*)\.$/gm, "mount: can't find $1 in $2"],
    [/^ {7}dmesg\(1\).*\n/gm, ''],
  ],
  mv: [
    [/: cannot stat '(.*)': /g, ": can't rename '$1': "],
    [/: cannot move '(.*?)' to '.*?': /g, ": can't rename '$1': "],
    [
      /: (?:target|target directory) '(.*)'(?:: Not a directory| is not a directory)/g,
      ": '$1' is not a directory",
    ],
  ],
  nl: [[/^nl: (.*): (No such file.*)$/gm, 'nl: $1: $2']],
  nsenter: [
    [/^.*: neither filename nor target pid supplied[\s\S]*/g, "Try 'nsenter --help' for more information.\n"],
    [/: failed to parse pid: /g, ': invalid number '],
    [/: cannot open (.*): /g, ": can't open '$1': "],
    notFound,
  ],
  pivot_root: [[/: failed to change root from .*: /g, ': (null): ']],
  printf: [
    [/: ('.*'): (?:expected a numeric value|value not completely converted)/g, ': invalid number $1'],
    silent('warning'),
    [/: (%\S*): invalid conversion specification/g, ': $1: invalid format'],
    [/: invalid conversion specification/g, ': invalid format'],
  ],
  renice: [[/: failed to (?:get|set) priority for .*?: /g, ': setpriority: ']],
  rm: [
    [/: cannot remove '(.*)': Is a directory/g, ": '$1' is a directory"],
    [/: cannot remove /g, ": can't remove "],
    [/: refusing to remove '.' or '..' directory: skipping '(.*)'/g, ": cannot remove '.' or '..'"],
  ],
  rmdir: [[/: failed to remove /g, ': ']],
  sed: [
    [/: (?:can't read|couldn't open file) /g, ': '],
    [/: -e expression #\d+, char \d+: unknown command: `(.*)'/g, ': unsupported command $1'],
    [/: -e expression #\d+, char \d+: unterminated `[sy]' command/g, ": unmatched '/'"],
    silent('(?:read error on|couldn.t edit) .*: (?:Is a directory|not a regular file)'),
  ],
  seq: [silent('invalid floating point argument')],
  setsid: [
    [/: execution of .* failed/g, ''],
    [/: failed to execute (.*): /g, ": can't execute '$1': "],
  ],
  sleep: [[/: invalid time interval /g, ': invalid number ']],
  sort: [toName('cannot read:?')],
  stat: [[/: cannot statx? /g, ": can't stat "]],
  su: [[/: user (.*) does not exist.*/g, ': unknown user $1']],
  sync: [toOpen],
  sysctl: [
    [/: permission denied on key "(.*?)".*/g, ": error setting key '$1': Permission denied"],
    [/: cannot stat \/proc\/sys\/(.*): No such file or directory/g, ": error: '$1' is an unknown key"],
  ],
  tac: [[/: failed to open '(.*)' for reading: /g, ': $1: ']],
  tail: [
    [/: invalid number of (?:lines|bytes): /g, ': invalid number '],
    [/: cannot open '(.*)' for reading: (.*)/g, ": can't open '$1': $2"],
    [/: error reading '(.*)': Is a directory/g, ': read error: Is a directory'],
  ],
  tar: [
    [/: (.*): Cannot open: /g, ": can't open '$1': "],
    [/: (.*): Cannot (?:stat|read): /g, ': $1: '],
    [/: (.*): Cannot mkdir: /g, ": can't make dir $1: "],
    [/^tar: Error is not recoverable: exiting now\n/gm, ''],
    [/^tar: This does not look like a tar archive/gm, 'tar: short read'],
    [/^\ngzip: stdin: .*\n/gm, 'tar: short read\n'],
    [/^tar: Child returned status .*\n/gm, ''],
    [/^tar: You must specify one of [\s\S]*/gm, "Try 'tar --help' for more information.\n"],
    [
      /^tar: Removing leading `(.*)' from (?:member|hard link) .*$/gm,
      "tar: removing leading '$1' from member names",
    ],
    [/: (.*): Not found in archive/g, ': $1: not found in archive'],
    [/: Cowardly refusing to create an empty archive[\s\S]*/g, ': empty archive\n'],
    [
      /^tar: Exiting with failure status due to previous errors$/gm,
      'tar: error exit delayed from previous errors',
    ],
  ],
  taskset: [
    [/: failed to (get|set) pid (\d+)'s affinity: /g, ": can't $1 pid $2's affinity: "],
    [/: failed to execute (.*): /g, ": can't execute '$1': "],
  ],
  timeout: [notFound, [/: invalid time interval /g, ': invalid number ']],
  touch: [
    [/: cannot touch '(.*)': /g, ': $1: '],
    [/: setting times of '(.*)': /g, ': $1: '],
    [/: invalid date format /g, ': invalid date '],
  ],
  truncate: [
    [/: Invalid number: /g, ': invalid number '],
    [/: cannot open '(.*)' for writing: /g, ': $1: open: '],
  ],
  umount: [
    [/^umount: (.*): target is busy\.$/gm, "umount: can't unmount $1: Device or resource busy"],
    [/^umount: (.*): not mounted\.$/gm, "umount: can't unmount $1: Invalid argument"],
    [/^umount: (.*): no mount point specified\.$/gm, "umount: can't unmount $1: No such file or directory"],
    [/^umount: (.*): must be superuser to unmount\.$/gm, "umount: can't unmount $1: Operation not permitted"],
  ],
  uniq: [[/^uniq: (.*): (No such file or directory|Permission denied)$/gm, "uniq: can't open '$1': $2"]],
  unlink: [[/: cannot unlink /g, ": can't remove file "]],
  unshare: [
    [/: unsupported propagation mode: (.*)/g, ': unrecognized: --propagation=$1'],
    [/: failed to execute (.*): /g, ": can't execute '$1': "],
    [/: unshare failed: /g, ': unshare({flags}): '],
  ],
  whoami: [[/: cannot find name for user ID /g, ': unknown uid ']],
  xargs: [[/^xargs: '?(.*?)'?: No such file or directory/gm, 'xargs: $1: No such file or directory']],
  zcat: [
    [/^gzip: /gm, 'zcat: '],
    [/^zcat: (.*): No such/gm, 'zcat: {given $1}: No such'],
  ],
}
for (const name of ['md5sum', 'sha1sum', 'sha256sum', 'sha512sum'])
  (WORDINGS as Record<string, readonly Rule[]>)[name] = [
    [/^(\S+): (.*): Is a directory$/gm, "$1: can't read '$2': Is a directory"],
    bare,
  ]

/** Where busybox's exit statuses differ. */
export const STATUSES: Readonly<Record<string, Readonly<Record<number, number>>>> = {
  awk: { 2: 1 },
  chroot: { 125: 1 },
  dirname: {},
  less: {},
  ls: { 2: 1 },
  mount: { 2: 1, 32: 255 },
  sed: { 2: 1, 4: 0 },
  gunzip: { 2: 1 },
  gzip: { 2: 1 },
  tar: { 2: 1 },
  timeout: { 124: 143, 125: 1 },
  umount: { 32: 1 },
  xxd: { 2: 1 },
  zcat: { 2: 1 },
}
