/** Giving files back the lists that getfacl printed. Linux: acl's tools/setfacl.c:restore(), libmisc/unquote.c. */
import { type Blocking, Errno, type Stat, type Sys } from '../../../abi/index.ts'
import { fatal, type Process } from '../command.ts'
import { groupId, userId, type Users } from '../users.ts'
import { type Change, change } from './change.ts'
import { ParseError, parseEntries } from './parse.ts'

/** One file of getfacl's output. */
interface Record {
  path: string | undefined
  owner: string | undefined
  group: string | undefined
  flags: number
  readonly steps: Change[]
}

const newRecord = (): Record => ({
  path: undefined,
  owner: undefined,
  group: undefined,
  flags: 0,
  steps: [
    { kind: 'clear', type: 'access' },
    { kind: 'clear', type: 'default' },
  ],
})

/** Restore all files of a text; `from` names it in messages. Whether all went well. */
export function* restore(
  sys: Sys,
  me: Process,
  users: Users,
  text: string,
  from: string,
  test: boolean,
): Blocking<boolean> {
  let whole = true
  for (const it of records(users, text, from)) {
    if (it.path === undefined) continue
    try {
      yield* restoreFile(sys, me, users, it, it.path, test)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      yield* me.warn(it.path, e)
      whole = false
    }
  }
  return whole
}

function records(users: Users, text: string, from: string): Record[] {
  const found: Record[] = []
  let now = newRecord()
  text.split('\n').forEach((line, index) => {
    const [, key, value = ''] = /^#\s*(file|owner|group|flags):\s*(.*)$/.exec(line) ?? []
    if (key === 'file') found.push((now = { ...newRecord(), path: unquote(value) }))
    else if (key === 'owner') now.owner = unquote(value)
    else if (key === 'group') now.group = unquote(value)
    else if (key === 'flags') now.flags = flagBits(value)
    else now.steps.push(...lineSteps(users, line, `line ${index + 1} of ${from}`))
  })
  return found
}

/** `sst` or dashes: the bits above the permissions. */
const flagBits = (text: string): number =>
  [0o4000, 0o2000, 0o1000].reduce((bits, bit, i) => (text[i] && text[i] !== '-' ? bits | bit : bits), 0)

/** The entries of one line; what follows # is a comment. */
export function lineSteps(
  users: Users,
  line: string,
  where: string,
  kind: 'modify' | 'remove' = 'modify',
): Change[] {
  const text = line.replace(/#.*/, '').trim()
  if (!text) return []
  try {
    return parseEntries(users, text, kind === 'modify', 'access').map(entry => ({ kind, entry }))
  } catch (e) {
    if (e instanceof ParseError) throw fatal(`Invalid argument in ${where}`)
    throw e
  }
}

const unquote = (text: string): string =>
  text.replace(/\\([0-7]{3}|\\)/g, (_, it: string) =>
    it === '\\' ? it : String.fromCharCode(Number.parseInt(it, 8)),
  )

function* restoreFile(
  sys: Sys,
  me: Process,
  users: Users,
  it: Record,
  path: string,
  test: boolean,
): Blocking<void> {
  const stat: Stat = sys.stat(path)
  yield* change({ sys, me, users, steps: it.steps, mask: 'never', recursive: false, test }, path, stat)
  if (test) return
  const uid = it.owner === undefined ? undefined : userId(users, it.owner)
  const gid = it.group === undefined ? undefined : groupId(users, it.group)
  if ((uid !== undefined && uid !== stat.uid) || (gid !== undefined && gid !== stat.gid))
    sys.chown(path, uid ?? -1, gid ?? -1)
  const { mode } = sys.stat(path)
  if ((mode & 0o7000) !== it.flags) sys.chmod(path, (mode & 0o777) | it.flags)
}
