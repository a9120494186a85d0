/**
 * grpck - verify the group files
 * Linux: shadow-utils src/grpck.c; grpck(8).
 *
 * Left out: --root; the members of gshadow.
 */
import type { Blocking } from '../../abi/index.ts'
import { command } from '../lib/command.ts'
import { Check, duplicates, readTable, type Row, sorted } from '../lib/shadow/check.ts'
import { exists } from '../lib/shadow/files.ts'
import { readUsers, type Users } from '../lib/users.ts'

export default command({
  name: 'grpck',
  summary: 'verify the integrity of group files',
  suite: 'other',
  usage: 'grpck [options] [group [gshadow]]',
  wrongUsage: '',
  options: {
    readOnly: { short: 'r', help: 'display errors and warnings\nbut do not change files' },
    sort: { short: 's', help: 'sort entries by UID' },
    silenceWarnings: { short: 'S', help: 'silence controversial/paranoid warnings' },
    help: { short: 'h', help: 'display this help message and exit' },
  },

  *main(sys, flags, args, me) {
    if (args.length > 2) {
      yield* sys.write(2, 'Usage: grpck [options] [group [gshadow]]\n')
      return 1
    }
    const [group = '/etc/group', gshadow = '/etc/gshadow'] = args
    const check = new Check(sys, me, flags.readOnly === true, false)
    const groups = yield* readTable(sys, me, group)
    const secrets = exists(sys, gshadow) ? yield* readTable(sys, me, gshadow) : undefined
    if (!groups || (exists(sys, gshadow) && !secrets)) return 3
    if (flags.sort) {
      yield* check.rewrite(group, sorted(groups, 2))
      return 0
    }
    yield* checkGroups(check, groups, secrets, gshadow, yield* readUsers(sys))
    if (secrets) yield* checkSecrets(check, groups, secrets, group)
    return yield* check.finish([
      [group, groups],
      [gshadow, secrets],
    ])
  },
})

function* checkGroups(
  check: Check,
  rows: Row[],
  secrets: Row[] | undefined,
  gshadow: string,
  users: Users,
): Blocking<void> {
  for (const row of [...rows]) {
    const { fields, line } = row
    const [name = '', password, gid = '', members = ''] = fields
    const remove = (): unknown => rows.splice(rows.indexOf(row), 1)
    if (fields.length !== 4 || !name || !/^\d+$/.test(gid)) {
      yield* check.offer('invalid group file entry', `delete line '${line}'`, remove)
      continue
    }
    if (
      duplicates(rows, row) &&
      (yield* check.offer('duplicate group entry', `delete line '${line}'`, remove))
    )
      continue
    yield* checkMembers(check, rows, row, members, users)
    if (password === 'x' && secrets && !secrets.some(it => it.fields[0] === name))
      yield* check.offer(
        `no matching group file entry in ${gshadow}`,
        `add group '${name}' in ${gshadow}`,
        () => {
          const fresh = `${name}:!::${members}`
          secrets.push({ line: fresh, fields: fresh.split(':') })
        },
      )
  }
}

function* checkMembers(check: Check, rows: Row[], row: Row, members: string, users: Users): Blocking<void> {
  let kept = members.split(',').filter(it => it)
  for (const member of kept) {
    if (users.passwd.some(it => it.name === member)) continue
    yield* check.offer(`group ${row.fields[0]}: no user ${member}`, `delete member '${member}'`, () => {
      kept = kept.filter(it => it !== member)
      const fields = [...row.fields.slice(0, 3), kept.join(',')]
      rows[rows.findIndex(it => it.fields[0] === row.fields[0])] = { line: fields.join(':'), fields }
    })
  }
}

function* checkSecrets(check: Check, groups: readonly Row[], rows: Row[], group: string): Blocking<void> {
  for (const row of [...rows]) {
    const remove = (): unknown => rows.splice(rows.indexOf(row), 1)
    if (row.fields.length !== 4)
      yield* check.offer('invalid shadow group file entry', `delete line '${row.line}'`, remove)
    else if (duplicates(rows, row))
      yield* check.offer('duplicate shadow group entry', `delete line '${row.line}'`, remove)
    else if (!groups.some(it => it.fields[0] === row.fields[0]))
      yield* check.offer(`no matching group file entry in ${group}`, `delete line '${row.line}'`, remove)
  }
}
