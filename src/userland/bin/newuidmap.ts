/**
 * newuidmap, newgidmap - set the id mapping of a user namespace within what /etc/subuid and /etc/subgid grant
 * Linux: shadow src/newuidmap.c, lib/idmapping.c; newuidmap(1). Set-user-id root.
 */
import { Errno, O_WRONLY, type Blocking, type Sys } from '../../abi/index.ts'
import { command, fatal, must, readFile, writeFile } from '../lib/command.ts'
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
    if (!pid || !/^\d+$/.test(pid) || numbers.length % 3) {
      yield* sys.write(
        2,
        `usage: ${name} <pid> <${kind}> <lower${kind}> <count> [ <${kind}> <lower${kind}> <count> ] ... \n`,
      )
      return 1
    }
    let owner: number
    try {
      owner = sys.stat(`/proc/${pid}`).uid
    } catch {
      throw fatal(`Could not open proc directory for target ${pid}`)
    }
    const uid = sys.getuid()
    if (owner !== uid)
      throw fatal(
        `Target process ${pid} is owned by a different user: uid:${uid} pw_uid:${uid} st_uid:${owner}`,
      )
    const granted = yield* grantedRanges(sys, `/etc/sub${kind}`, uid)
    const ranges = rangesOf(numbers)
    for (const it of ranges)
      if (!allowed(it, granted, kind === 'uid' ? uid : sys.getgid()))
        throw fatal(
          `${kind} range [${it.inner}-${it.inner + it.count}) -> [${it.outer}-${it.outer + it.count}) not allowed`,
        )
    if (kind === 'gid' && !granted.length) yield* denySetgroups(sys, pid)
    const text = ranges.map(it => `${it.inner} ${it.outer} ${it.count}\n`).join('')
    yield* must(`write to ${kind}_map failed`, writeFile(sys, `/proc/${pid}/${kind}_map`, text, O_WRONLY))
    return 0
  },
})

function rangesOf(numbers: readonly string[]): IdRange[] {
  const ranges: IdRange[] = []
  for (let i = 0; i + 2 < numbers.length; i += 3)
    ranges.push({ inner: Number(numbers[i]), outer: Number(numbers[i + 1]), count: Number(numbers[i + 2]) })
  return ranges
}

/** One's own id, or a part of one's range. */
const allowed = (it: IdRange, granted: readonly IdRange[], own: number): boolean =>
  (it.count === 1 && it.outer === own) ||
  granted.some(range => it.outer >= range.outer && it.outer + it.count <= range.outer + range.count)

function* denySetgroups(sys: Sys, pid: string): Blocking<void> {
  try {
    const path = `/proc/${pid}/setgroups`
    if (!(yield* readFile(sys, path)).startsWith('deny')) yield* writeFile(sys, path, 'deny', O_WRONLY)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
  }
}
