/**
 * newuidmap, newgidmap - set the id mapping of a user namespace within what /etc/subuid and /etc/subgid grant
 * Linux: shadow src/newuidmap.c, lib/idmapping.c; newuidmap(1). Set-user-id root.
 */
import { decode, O_RDWR, O_WRONLY, refusal, type Blocking, type Sys } from '../../abi/index.ts'
import { command, fatal, must, writeFile } from '../lib/command.ts'
import { readUsers } from '../lib/users.ts'
import { grantedRanges, type IdRange } from '../lib/namespaces-idmap.ts'

export default command({
  name: 'newuidmap',
  aliases: ['newgidmap'],
  summary: 'set the uid mapping of a user namespace',
  usage: 'newuidmap <pid> <uid> <loweruid> <count> [ <uid> <loweruid> <count> ] ... ',
  suite: 'other',
  raw: true,

  *main(sys, _flags, args, me) {
    const name = me.name.slice(me.name.lastIndexOf('/') + 1)
    const kind = name === 'newgidmap' ? 'gid' : 'uid'
    const [pid, ...numbers] = args
    if (!pid || !/^\d+$/.test(pid)) return yield* explain(sys, name, kind)
    yield* checkOwner(sys, pid, kind)
    const count = Math.ceil(numbers.length / 3)
    if (numbers.length % 3) {
      yield* sys.write(2, `ranges: ${count} argc: ${numbers.length}\n`)
      yield* me.warn(`Not enough arguments to form ${count} mappings`)
    }
    const ranges = numbers.length % 3 ? undefined : rangesOf(numbers)
    if (!ranges) return yield* explain(sys, name, kind)

    const granted = yield* grantedRanges(sys, `/etc/sub${kind}`, sys.getuid())
    const isGranted = (it: IdRange): boolean =>
      granted.some(range => it.outer >= range.outer && it.outer + it.count <= range.outer + range.count)
    const own = kind === 'uid' ? sys.getuid() : sys.getgid()
    for (const it of ranges)
      if (!it.count || !(isGranted(it) || (it.count === 1 && it.outer === own)))
        throw fatal(
          `${kind} range [${it.inner}-${it.inner + it.count}) -> [${it.outer}-${it.outer + it.count}) not allowed`,
        )
    // Only who was granted groups may drop those that deny him something.
    if (kind === 'gid' && !ranges.some(isGranted)) yield* denySetgroups(sys, pid)
    const text = ranges.map(it => `${it.inner} ${it.outer} ${it.count}\n`).join('')
    yield* must(`write to ${kind}_map failed`, writeFile(sys, `/proc/${pid}/${kind}_map`, text, O_WRONLY))
    return 0
  },
})

function* explain(sys: Sys, name: string, kind: string): Blocking<number> {
  const mapping = `<${kind}> <lower${kind}> <count>`
  yield* sys.write(2, `usage: ${name} <pid> ${mapping} [ ${mapping} ] ... \n`)
  return 1
}

/** The process must belong to who calls. */
function* checkOwner(sys: Sys, pid: string, kind: 'uid' | 'gid'): Blocking<void> {
  const status = refusal(() => sys.stat(`/proc/${pid}`))
  if (status) throw fatal(`Could not open proc directory for target ${pid}`)
  const { uid, gid } = sys.stat(`/proc/${pid}`)
  const me = (yield* readUsers(sys)).passwd.find(it => it.uid === sys.getuid())
  const [mine, myGroup] = [me?.uid ?? sys.getuid(), me?.gid ?? sys.getgid()]
  if (mine === uid && sys.getgid() === myGroup && myGroup === gid) return
  throw fatal(
    `Target ${kind === 'uid' ? 'process ' : ''}${pid} is owned by a different user: uid:${sys.getuid()} ` +
      `pw_uid:${mine} st_uid:${uid}, gid:${sys.getgid()} pw_gid:${myGroup} st_gid:${gid}`,
  )
}

const UINT_MAX = 2 ** 32 - 1

/** Undefined where a number is none. Linux: get_map_ranges(). */
function rangesOf(numbers: readonly string[]): IdRange[] | undefined {
  if (!numbers.every(it => /^\s*[-+]?(0[xX][0-9a-fA-F]+|\d+)$/.test(it))) return undefined
  const ranges: IdRange[] = []
  for (let i = 0; i < numbers.length; i += 3) {
    const [inner, outer, count] = numbers.slice(i, i + 3).map(Number) as [number, number, number]
    if (Math.min(inner, outer, count) < 0 || Math.max(inner, outer) + count > UINT_MAX)
      throw fatal('subuid overflow detected.')
    ranges.push({ inner, outer, count })
  }
  return ranges
}

function* denySetgroups(sys: Sys, pid: string): Blocking<void> {
  const path = `/proc/${pid}/setgroups`
  const fd = yield* must("couldn't open process setgroups", sys.open(path, O_RDWR))
  const policy = decode(yield* sys.read(fd, 80))
  // The original's words have the line end of what it writes.
  if (!policy.startsWith('deny'))
    yield* must('failed to setgroups deny\n policy', sys.pwrite(fd, 'deny\n', 0))
  sys.close(fd)
}
