/**
 * pwck - verify the password files
 * Linux: shadow-utils src/pwck.c; pwck(8).
 *
 * Left out: --badname and --root.
 */
import { type Blocking, Errno, type Sys } from '../../abi/index.ts'
import { command } from '../lib/command.ts'
import { Check, duplicates, readTable, type Row, sorted } from '../lib/shadow/check.ts'
import { exists, isValidName, today } from '../lib/shadow/files.ts'
import { readUsers } from '../lib/users.ts'

export default command({
  name: 'pwck',
  summary: 'verify the integrity of password files',
  suite: 'other',
  usage: 'pwck [options] [passwd [shadow]]',
  wrongUsage: '',
  options: {
    badname: { short: 'b', help: 'allow bad names' },
    quiet: { short: 'q', help: 'report errors only' },
    readOnly: { short: 'r', help: 'display errors and warnings\nbut do not change files' },
    sort: { short: 's', help: 'sort entries by UID' },
    help: { short: 'h', help: 'display this help message and exit' },
  },

  *main(sys, flags, args, me) {
    if (args.length > 2) {
      yield* sys.write(2, 'Usage: pwck [options] [passwd [shadow]]\n')
      return 1
    }
    const [passwd = '/etc/passwd', shadow = '/etc/shadow'] = args
    const check = new Check(sys, me, flags.readOnly === true, flags.quiet === true)
    const accounts = yield* readTable(sys, me, passwd)
    const secrets = exists(sys, shadow) ? yield* readTable(sys, me, shadow) : undefined
    if (!accounts || (exists(sys, shadow) && !secrets)) return 3
    if (flags.sort) {
      const order = sorted(accounts, 2)
      yield* check.rewrite(passwd, order)
      if (secrets) yield* check.rewrite(shadow, byNames(secrets, order))
      return 0
    }
    yield* checkAccounts(sys, check, accounts, secrets, shadow)
    if (secrets) yield* checkSecrets(sys, check, accounts, secrets, passwd)
    return yield* check.finish([
      [passwd, accounts],
      [shadow, secrets],
    ])
  },
})

const byNames = (rows: readonly Row[], order: readonly Row[]): Row[] => {
  const at = (it: Row): number => order.findIndex(other => other.fields[0] === it.fields[0])
  return [...rows].sort((a, b) => at(a) - at(b))
}

function* checkAccounts(
  sys: Sys,
  check: Check,
  rows: Row[],
  secrets: Row[] | undefined,
  shadow: string,
): Blocking<void> {
  const users = yield* readUsers(sys)
  for (const row of [...rows]) {
    const { fields, line } = row
    const [name = '', password, , gid, , home = '', shell = ''] = fields
    const isSound = fields.length === 7 && name && /^\d+$/.test(fields[2]!) && /^\d+$/.test(gid!)
    if (!isSound) {
      yield* check.offer('invalid password file entry', `delete line '${line}'`, () =>
        rows.splice(rows.indexOf(row), 1),
      )
      continue
    }
    if (duplicates(rows, row)) {
      const deleted = yield* check.offer('duplicate password entry', `delete line '${line}'`, () =>
        rows.splice(rows.indexOf(row), 1),
      )
      if (deleted) continue
    }
    if (!isValidName(name)) yield* check.error(`invalid user name '${name}'`)
    if (!users.group.some(it => it.gid === Number(gid))) yield* check.warn(`user '${name}': no group ${gid}`)
    if (home && home !== '/nonexistent' && !isReachable(sys, home))
      yield* check.warn(`user '${name}': directory '${home}' does not exist`)
    if (shell && !isReachable(sys, shell))
      yield* check.warn(`user '${name}': program '${shell}' does not exist`)
    if (password === 'x' && secrets && !secrets.some(it => it.fields[0] === name))
      yield* check.offer(
        `no matching password file entry in ${shadow}`,
        `add user '${name}' in ${shadow}`,
        () => {
          const line = `${name}:!:${today(sys)}:0:99999:7:::`
          secrets.push({ line, fields: line.split(':') })
        },
      )
  }
}

function isReachable(sys: Sys, path: string): boolean {
  try {
    sys.access(path, 0)
    return true
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    return false
  }
}

function* checkSecrets(
  sys: Sys,
  check: Check,
  accounts: readonly Row[],
  rows: Row[],
  passwd: string,
): Blocking<void> {
  for (const row of [...rows]) {
    const { fields, line } = row
    const remove = (): unknown => rows.splice(rows.indexOf(row), 1)
    if (fields.length !== 9 || !fields[0]) {
      yield* check.offer('invalid shadow password file entry', `delete line '${line}'`, remove)
      continue
    }
    if (
      duplicates(rows, row) &&
      (yield* check.offer('duplicate shadow password entry', `delete line '${line}'`, remove))
    )
      continue
    if (!accounts.some(it => it.fields[0] === fields[0])) {
      yield* check.offer(`no matching password file entry in ${passwd}`, `delete line '${line}'`, remove)
      continue
    }
    if (Number(fields[2]) > today(sys))
      yield* check.warn(`user ${fields[0]}: last password change in the future`)
  }
}
