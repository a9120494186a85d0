/**
 * Sequences as one shell script that runs on a real Linux and in Vitrine alike. Each sequence has namespaces, a control
 * group and a directory (/mnt) of its own, and is process 1's child in them. A line's output stands between `--- N` and
 * `= STATUS`; at the end process 1 tells what can be seen of everything.
 */
import type { ShellSequence } from './sequence.ts'

/** Sequences that run at the same time on one machine. */
const AT_ONCE = 2
const PLACE = '/srv/fuzz'

/**
 * What sequences may call: `hold` keeps a process in namespaces and `start` begins a background job, each with its number
 * in a variable; `gone` waits for what was killed.
 */
const FUNCTIONS = `
settle() {
  local comm n
  for n in {1..3000}; do
    read -r comm < /proc/$1/comm || return 0
    [ "$comm" = sleep ] && return
  done 2> /dev/null
  return 0
}
hold() {
  local name=$1 pid
  shift
  exec 3< <(exec "$@" sh -c 'read p rest < /proc/self/stat; echo $p; exec sleep 999 >&- 2>&-')
  read -r -t 20 -u 3 pid
  exec 3<&-
  declare -g "$name=$pid"
  [ -n "$pid" ] && settle $pid
}
gone() {
  local line n
  for n in {1..3000}; do
    read -r line < /proc/$1/stat || return 0
    [[ \${line##*) } = [ZX]* ]] && return
  done 2> /dev/null
  return 0
}
start() {
  local name=$1
  shift
  "$@" > /dev/null &
  declare -g "$name=$!"
  settle $!
}
`

/** What process 1 of a sequence does. */
const INIT = `
IFS= read -r -d '' -u 7 script
exec 7<&-
mount -t tmpfs -o mode=755 work /mnt
cp -a ${PLACE}/template/. /mnt
cd /mnt
set -a
${FUNCTIONS}
bash -c "$script"
echo "--- end $?"
cd /
show() {
  local line
  while IFS= read -r line; do [[ $line =~ $2 ]] && echo "$1:$line"; done < $1
}
shopt -s globstar
{
  show /proc/1/mountinfo .
  for p in /proc/[0-9]*; do
    [[ $p/ns/mnt -ef /proc/1/ns/mnt ]] || show $p/mountinfo ' /mnt'
    read -r line < $p/stat
    set -- \${line##*) }
    echo "\${line%) *}) $1 $2 $3 $4 ni \${17}"
    show $p/status '^(Uid|Gid|Groups|NStgid|Cap.*|NoNewPrivs):'
    show $p/uid_map .
    show $p/gid_map .
    show $p/cgroup .
  done
  for file in /sys/fs/cgroup/**/{cgroup.{procs,type,events,subtree_control,freeze},pids.{max,current},memory.max,cpu.{max,weight}}; do
    show $file .
  done
  readlink /proc/[0-9]*/ns/*
  find /mnt -xdev -fstype tmpfs -printf '%y %m %U:%G %n %s %p %l\\n'
} 2> /dev/null
echo "$HOSTNAME $(< /proc/sys/kernel/hostname)"
`

/** Before the first sequence: fewer mounts than usual, so that the list is short, and what each /mnt begins with. */
const SET_UP = `
mount --make-rprivate /
umount -R /sys/kernel/security /sys/kernel/debug /sys/kernel/tracing /sys/kernel/config /sys/fs/bpf
umount -R /sys/fs/fuse/connections /dev/hugepages /run/lock /run/user/1000
mkdir -p ${PLACE}/out ${PLACE}/template && cd ${PLACE}/template
mkdir -p a/x b/x c/y d u/a u/b r/bin r/proc r/old r/tmp r/sys r/dev
chmod 755 . && chown -R user:user u
echo f > f; echo g > g; echo af > a/f; echo uf > u/f; chown user:user u/f
cp /bin/busybox r/bin/busybox
for name in sh ls cat mount umount echo ps id hostname mkdir rmdir pwd sleep kill cut; do ln r/bin/busybox r/bin/$name; done
cd ${PLACE}
`

const RUN = `
one() {
  local group=/sys/fs/cgroup/fuzz$1 n
  mkdir $group
  timeout -s KILL 100 unshare -muipf --kill-child --mount-proc bash -c '
    echo 0 > '$group'/cgroup.procs
    mount --bind '$group' /sys/fs/cgroup
    exec unshare -C bash ${PLACE}/init 7< ${PLACE}/script'$1'
  ' > out/$1 2>&1 < /dev/null
  echo "--- status $?" >> out/$1
  echo 1 > $group/cgroup.kill
  for n in {1..50}; do
    rmdir $group 2> /dev/null && break
    find $group -depth -type d -exec rmdir {} + 2> /dev/null
    [ -d $group ] || break
    sleep 0.1
  done
}
some() {
  local n
  for ((n = $1; n < $2; n += ${AT_ONCE})); do one $n; done
}
`

/** A script that carries out sequences and prints what each printed below a line \`sequence N\`. */
export function scriptOf(sequences: readonly ShellSequence[]): string {
  const files = sequences.map((it, i) => hereDocument(`script${i}`, textOf(it)))
  const lanes = Array.from({ length: AT_ONCE }, (_, lane) => `some ${lane} ${sequences.length} &`)
  return [
    SET_UP.trim(),
    hereDocument('init', INIT.trim()),
    ...files,
    RUN.trim(),
    ...lanes,
    'wait',
    `for ((n = 0; n < ${sequences.length}; n++)); do echo "sequence $n"; cat out/$n; done`,
    '',
  ].join('\n')
}

/** What was printed for each sequence of a script. */
export const outputsOf = (printed: string): string[] => printed.split(/^sequence \d+\n/m).slice(1)

const hereDocument = (file: string, text: string): string =>
  `cat > ${file} << 'END-OF-FILE'\n${text}\nEND-OF-FILE`

/** A sequence as bash runs it. Lines \`(\` and \`)\` need not be pairs. */
export function textOf({ lines }: ShellSequence): string {
  let at = 0
  const block = (): string => {
    const steps: string[] = []
    while (at < lines.length && lines[at] !== ')') {
      const number = at
      const line = lines[at++]!
      const command = line.startsWith('( ') ? inner(line.slice(2)) : line
      steps.push(`echo "--- ${number}"\n${command}\necho "= $?"`)
    }
    at++
    return steps.join('\n')
  }
  const inner = (enter: string): string => {
    const bash = enter.startsWith('su ') ? `${enter} -c` : `${enter} bash -c`
    return `${bash} ${quoted(`\n${block()}\n`)}`
  }
  const blocks: string[] = []
  while (at < lines.length) blocks.push(block())
  return blocks.join('\n')
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`
