/**
 * setfacl - say who may do what with files
 * Linux: acl's tools/setfacl.c; setfacl(1), acl(5).
 */
import { type Blocking, decode, type Stat, type Sys } from '../../abi/index.ts'
import { type Change, change } from '../lib/acl/change.ts'
import type { AclType } from '../lib/acl/list.ts'
import { ParseError, parseEntries } from '../lib/acl/parse.ts'
import { lineSteps, restore } from '../lib/acl/restore.ts'
import { helpOf, versionOf } from '../lib/acl/help.ts'
import { filesOf, walkTree } from '../lib/acl/walk.ts'
import { command, fatal, type Options, readAll } from '../lib/command.ts'
import { openInput } from '../lib/input.ts'
import { readUsers, type Users } from '../lib/users.ts'

const OPTIONS = {
  modify: { short: 'm', value: '=acl', repeat: true, help: 'modify the current ACL(s) of file(s)' },
  modifyFile: { short: 'M', value: '=file', repeat: true, help: 'read ACL entries to modify from file' },
  remove: { short: 'x', value: '=acl', repeat: true, help: 'remove entries from the ACL(s) of file(s)' },
  removeFile: { short: 'X', value: '=file', repeat: true, help: 'read ACL entries to remove from file' },
  removeAll: { short: 'b', help: 'remove all extended ACL entries' },
  removeDefault: { short: 'k', help: 'remove the default ACL' },
  set: { value: '=acl', repeat: true, help: 'set the ACL of file(s), replacing the current ACL' },
  setFile: { value: '=file', repeat: true, help: 'read ACL entries to set from file' },
  mask: { help: 'do recalculate the effective rights mask' },
  noMask: { short: 'n', help: "don't recalculate the effective rights mask" },
  default: { short: 'd', help: 'operations apply to the default ACL' },
  recursive: { short: 'R', help: 'recurse into subdirectories' },
  logical: { short: 'L', help: 'logical walk, follow symbolic links' },
  physical: { short: 'P', help: 'physical walk, do not follow symbolic links' },
  restore: { value: '=file', help: "restore ACLs (inverse of `getfacl -R')" },
  test: { help: 'test mode (ACLs are not modified)' },
  version: { short: 'v', help: 'print version and exit' },
  help: { short: 'h', help: 'this help text' },
} as const satisfies Options

const SUMMARY = 'set file access control lists'
const USAGE = 'setfacl [-bkndRLP] { -m|-M|-x|-X ... } file ...'
const HINT = `Usage: ${USAGE}\nTry \`setfacl --help' for more information.\n`

export default command({
  name: 'setfacl',
  summary: SUMMARY,
  suite: 'other',
  usage: USAGE,
  wrongUsage: HINT,
  silentGetopt: true,
  failure: 2,
  version: versionOf('setfacl'),
  options: OPTIONS,

  *main(sys, flags, args, me) {
    if (flags.help) return me.out.print(helpOf('setfacl', SUMMARY, USAGE, OPTIONS))
    if (flags.version) return me.out.print(versionOf('setfacl'))
    const users = yield* readUsers(sys)
    if (flags.restore !== undefined) {
      const from = flags.restore === '-' ? 'standard input' : `file ${flags.restore}`
      const text = yield* textOf(sys, flags.restore)
      return (yield* restore(sys, me, users, text, from, flags.test === true)) ? 0 : 1
    }
    const type: AclType = flags.default ? 'default' : 'access'
    const steps: Change[] = []
    for (const { key, value } of me.order) steps.push(...(yield* stepsOf(sys, users, key, value, type)))
    if (!steps.length || !args.length) {
      yield* sys.write(2, HINT)
      return 2
    }
    const rules = flags.noMask ? 'never' : flags.mask ? 'always' : 'unless given'
    const recursive = flags.recursive === true
    const changes = { sys, me, users, steps, mask: rules, recursive, test: flags.test === true } as const
    let status = 0
    const walk = {
      sys,
      me,
      recursive,
      logical: flags.logical === true,
      physical: flags.physical === true,
      *visit(path: string, stat: Stat) {
        if (!(yield* change(changes, path, stat))) status = 1
      },
    }
    for (const path of yield* filesOf(sys, args)) {
      // Only the last file counts.
      status = 0
      if (!(yield* walkTree(walk, path))) status = 1
    }
    return status
  },
})

const SOURCES: Readonly<Record<string, { letter: string; kind: 'modify' | 'remove'; file: boolean }>> = {
  modify: { letter: '-m', kind: 'modify', file: false },
  set: { letter: '--set', kind: 'modify', file: false },
  remove: { letter: '-x', kind: 'remove', file: false },
  modifyFile: { letter: '-M', kind: 'modify', file: true },
  setFile: { letter: '--set-file', kind: 'modify', file: true },
  removeFile: { letter: '-X', kind: 'remove', file: true },
}

/** What one option does to the lists. */
function* stepsOf(sys: Sys, users: Users, key: string, value: string, type: AclType): Blocking<Change[]> {
  if (key === 'removeAll') return [clear('base', 'access'), clear('base', 'default')]
  if (key === 'removeDefault') return [clear('base', 'default')]
  const source = SOURCES[key]
  if (!source) return []
  const { kind, letter } = source
  const cleared = key === 'set' || key === 'setFile' ? [clear('clear', type)] : []
  if (source.file) {
    const where = value === '-' ? 'standard input' : `file ${value}`
    const lines = (yield* textOf(sys, value)).split('\n')
    return [
      ...cleared,
      ...lines.flatMap((line, i) => lineSteps(users, line, `line ${i + 1} of ${where}`, kind)),
    ]
  }
  if (!value) return []
  try {
    return [
      ...cleared,
      ...parseEntries(users, value, kind === 'modify', type).map(entry => ({ kind, entry })),
    ]
  } catch (e) {
    if (!(e instanceof ParseError)) throw e
    const where = e.at >= value.length ? 'incomplete' : `Invalid argument near character ${e.at + 1}`
    throw fatal(e.at >= value.length ? `Option ${letter} ${where}` : `Option ${letter}: ${where}`)
  }
}

const clear = (kind: 'clear' | 'base', type: AclType): Change => ({ kind, type })

function* textOf(sys: Sys, name: string): Blocking<string> {
  try {
    return decode(yield* readAll(sys, yield* openInput(sys, name)))
  } catch (e) {
    throw fatal(name, e)
  }
}
