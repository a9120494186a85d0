/**
 * getent - get entries from administrative databases
 * Linux: glibc nss/getent.c; getent(1). The databases are the files of /etc.
 *
 * Left out: the contents of aliases, ethers and netgroup, of which the host has no files.
 */
import type { Blocking, Sys } from '../../abi/index.ts'
import { command, type Process, unheeded } from '../lib/command.ts'
import { procText } from '../lib/proc.ts'
import { readUsers } from '../lib/users.ts'

const HINT = "Try `getent --help' or `getent --usage' for more information.\n"
const NOT_FOUND = 2
const HELP = `Usage: getent [OPTION...] database [key ...]
Get entries from administrative database.

  -A, --no-addrconfig        do not filter out unsupported IPv4/IPv6 addresses
                             (with ahosts*)
  -i, --no-idn               disable IDN encoding
  -s, --service=CONFIG       Service configuration to be used
  -?, --help                 Give this help list
      --usage                Give a short usage message
  -V, --version              Print program version

Mandatory or optional arguments to long options are also mandatory or optional
for any corresponding short options.

Supported databases:
ahosts ahostsv4 ahostsv6 aliases ethers group gshadow hosts initgroups
netgroup networks passwd protocols rpc services shadow

For bug reporting instructions, please see:
<http://www.debian.org/Bugs/>.
`

export default command({
  name: 'getent',
  writeFailure: unheeded,
  summary: 'get entries from administrative databases',
  suite: 'other',
  usage: 'getent [OPTION...] database [key ...]',
  help: HELP,
  wrongUsage: HINT,
  wrongStatus: 64,
  options: {
    noAddrconfig: { short: 'A' },
    noIdn: { short: 'i' },
    service: { short: 's', value: 'CONFIG' },
    help: { short: '?', help: 'Give this help list' },
    version: { short: 'V', help: 'Print program version' },
  },

  *main(sys, flags, args, me) {
    if (flags.help) me.out.print(HELP)
    if (flags.version) me.out.line('getent (Debian GLIBC 2.36-9+deb12u14) 2.36')
    if (flags.help || flags.version) return 0
    const [database, ...keys] = args
    if (database === undefined) {
      yield* sys.write(2, `${me.name}: wrong number of arguments\n${HINT}`)
      return 1
    }
    switch (database) {
      case 'passwd':
      case 'group':
      case 'shadow':
      case 'gshadow':
        return yield* records(
          sys,
          me,
          `/etc/${database}`,
          keys,
          database === 'passwd' || database === 'group',
        )
      case 'hosts':
      case 'ahosts':
      case 'ahostsv4':
      case 'ahostsv6':
        return yield* hosts(sys, me, database, keys)
      case 'rpc':
        return yield* programs(sys, me, keys)
      case 'services':
      case 'protocols':
        return yield* services(sys, me, database, keys)
      case 'networks':
        return yield* networks(sys, me, keys)
      case 'aliases':
      case 'ethers':
      case 'netgroup':
        return yield* seldom(sys, me, database, keys)
      case 'initgroups':
        return yield* initgroups(sys, me, keys)
    }
    yield* sys.write(2, `Unknown database: ${database}\n${HINT}`)
    return 1
  },
})

function* lines(sys: Sys, path: string): Blocking<string[]> {
  const text = (yield* procText(sys, path)) ?? ''
  return text
    .split('\n')
    .map(line => line.replace(/#.*/, '').trimEnd())
    .filter(line => line.trim())
}

/** Files with a name first and, in passwd and group, a number third. */
function* records(
  sys: Sys,
  me: Process,
  path: string,
  keys: readonly string[],
  numbers: boolean,
): Blocking<number> {
  const all = yield* lines(sys, path)
  if (!keys.length) for (const line of all) me.out.line(line)
  let status = 0
  for (const key of keys) {
    const found = all.find(line => line.split(':')[0] === key || (numbers && line.split(':')[2] === key))
    if (found) me.out.line(found)
    else status = NOT_FOUND
  }
  return status
}

function* hosts(sys: Sys, me: Process, database: string, keys: readonly string[]): Blocking<number> {
  const table = (yield* lines(sys, '/etc/hosts')).map(line => line.split(/\s+/))
  const version = (address: string): boolean =>
    database === 'hosts' || database === 'ahosts' || address.includes(':') === (database === 'ahostsv6')
  const print = ([address, ...names]: string[]): void =>
    me.out.line(`${address!.padEnd(15)} ${names.join(' ')}`)
  if (!keys.length) table.flatMap(asIPv4).forEach(print)
  let status = 0
  for (const key of keys) {
    const found = (database === 'ahostsv4' ? table.flatMap(asIPv4) : table).filter(
      ([address, ...names]) => (address === key || names.includes(key)) && version(address!),
    )
    found.sort((a, b) => Number(b[0]!.includes(':')) - Number(a[0]!.includes(':')))
    if (!found.length) status = NOT_FOUND
    else if (database === 'hosts') print(found[0]!)
    else found.forEach(([address], i) => sockets(me, address!, i === 0 ? key : ''))
  }
  return status
}

/** Where only IPv4 is asked for, as gethostent(3) does, ::1 is 127.0.0.1 and no other IPv6 address is there. */
const asIPv4 = ([address = '', ...names]: string[]): string[][] =>
  address === '::1' ? [['127.0.0.1', ...names]] : address.includes(':') ? [] : [[address, ...names]]

function sockets(me: Process, address: string, name: string): void {
  for (const kind of ['STREAM', 'DGRAM', 'RAW'])
    me.out.line(`${address.padEnd(15)} ${kind.padEnd(6)} ${kind === 'STREAM' ? name : ''}`)
}

function* services(sys: Sys, me: Process, database: string, keys: readonly string[]): Blocking<number> {
  const table = (yield* lines(sys, `/etc/${database}`)).map(line => line.split(/\s+/))
  const width = database === 'services' ? 21 : 21
  const print = (fields: string[]): void =>
    me.out.line(`${fields[0]!.padEnd(width)} ${fields.slice(1).join(' ')}`)
  if (!keys.length) table.forEach(print)
  let status = 0
  for (const key of keys) {
    const found = table.find(
      ([name, value, ...aliases]) =>
        value === key ||
        value!.split('/')[0] === key ||
        [name, ...aliases].some(it => it === key || `${it}/${value!.split('/')[1]}` === key),
    )
    if (found) print(found)
    else status = NOT_FOUND
  }
  return status
}

function* networks(sys: Sys, me: Process, keys: readonly string[]): Blocking<number> {
  const table = (yield* lines(sys, '/etc/networks')).map(line => line.split(/\s+/))
  const print = ([name, address]: string[]): void => me.out.line(`${name!.padEnd(21)} ${address}`)
  if (!keys.length) table.forEach(print)
  let status = 0
  for (const key of keys) {
    const found = table.find(row => row.includes(key))
    if (found) print(found)
    else status = NOT_FOUND
  }
  return status
}

/** Databases without a file: nothing is found, and some cannot be gone through. */
function* seldom(sys: Sys, me: Process, database: string, keys: readonly string[]): Blocking<number> {
  if (keys.length) return NOT_FOUND
  if (database === 'aliases') return 0
  return yield* cannotEnumerate(sys, me, database)
}

function* cannotEnumerate(sys: Sys, me: Process, database: string): Blocking<number> {
  yield* me.out.flush()
  yield* sys.write(2, `Enumeration not supported on ${database}\n`)
  return 3
}

/** Sun RPC programs: name, number, further names. */
function* programs(sys: Sys, me: Process, keys: readonly string[]): Blocking<number> {
  const table = (yield* lines(sys, '/etc/rpc')).map(line => line.split(/\s+/))
  const print = ([name, number, ...aliases]: string[]): void =>
    me.out.line(`${name!.padEnd(15)} ${number}${aliases.length ? `  ${aliases.join(' ')}` : ''}`)
  if (!keys.length) table.forEach(print)
  let status = 0
  for (const key of keys) {
    const found = table.find(row => row.includes(key))
    if (found) print(found)
    else status = NOT_FOUND
  }
  return status
}

function* initgroups(sys: Sys, me: Process, keys: readonly string[]): Blocking<number> {
  if (!keys.length) return yield* cannotEnumerate(sys, me, 'initgroups')
  const users = yield* readUsers(sys)
  for (const key of keys) {
    const gids = users.group.filter(it => it.members.includes(key)).map(it => ` ${it.gid}`)
    me.out.line(`${key.padEnd(21)}${gids.join('')}`)
  }
  return 0
}
