/**
 * hostname - show or set the system's host name; as domainname, nisdomainname, ypdomainname its NIS domain
 * https://manpages.debian.org/bookworm/hostname/hostname.1.en.html
 *
 * Left out: -y, --boot; names and addresses come from /etc/hosts and /proc/net alone.
 */
import { EINVAL, EPERM, Errno, type Blocking, type Sys } from '../../abi/index.ts'
import { command, fatal, readFile } from '../lib/command.ts'
import { type HostEntry, hostsLines, resolveHost } from '../lib/hosts.ts'

const HELP = `Usage: hostname [-b] {hostname|-F file}         set host name (from file)
       hostname [-a|-A|-d|-f|-i|-I|-s|-y]       display formatted name
       hostname                                 display host name

       {yp,nis,}domainname {nisdomain|-F file}  set NIS domain name (from file)
       {yp,nis,}domainname                      display NIS domain name

       dnsdomainname                            display dns domain name

       hostname -V|--version|-h|--help          print info and exit

Program name:
       {yp,nis,}domainname=hostname -y
       dnsdomainname=hostname -d

Program options:
    -a, --alias            alias names
    -A, --all-fqdns        all long host names (FQDNs)
    -b, --boot             set default hostname if none available
    -d, --domain           DNS domain name
    -f, --fqdn, --long     long host name (FQDN)
    -F, --file             read host name or NIS domain name from given file
    -i, --ip-address       addresses for the host name
    -I, --all-ip-addresses all addresses for the host
    -s, --short            short host name
    -y, --yp, --nis        NIS/YP domain name

Description:
   This command can get or set the host name or the NIS domain name. You can
   also get the DNS domain or the FQDN (fully qualified domain name).
   Unless you are using bind or NIS for host lookups you can change the
   FQDN (Fully Qualified Domain Name) and the DNS domain name (which is
   part of the FQDN) in the /etc/hosts file.
`

export default command({
  name: 'hostname',
  summary: "show or set the system's host name",
  usage: 'hostname [-b] {hostname|-F file}',
  help: HELP,
  version: 'hostname 3.23\n',
  wrongUsage: HELP,
  wrongStatus: 255,
  options: {
    alias: { short: 'a' },
    allFqdns: { short: 'A' },
    boot: { short: 'b' },
    domain: { short: 'd' },
    fqdn: { short: 'f', also: ['long'] },
    file: { short: 'F', value: '=file' },
    ipAddress: { short: 'i' },
    allIpAddresses: { short: 'I' },
    short: { short: 's' },
    yp: { short: 'y', also: ['nis'] },
    h: {},
    V: {},
  },

  *main(sys, flags, args, me) {
    const { out } = me
    const called = me.name.slice(me.name.lastIndexOf('/') + 1)
    const isDomain = flags.yp || /^(yp|nis)?domainname$/.test(called)
    if (flags.h) out.print(HELP)
    if (flags.V) out.print('hostname 3.23\n')
    if (flags.h || flags.V) return 0
    const name = sys.uname().nodename
    if (flags.file !== undefined) {
      const text = yield* contents(sys, flags.file)
      const line = text.split('\n').find(it => it.trim() && !it.startsWith('#'))
      return (isDomain ? setDomain : set)(sys, line?.trim() ?? '')
    }
    if (args.length > 1) {
      yield* sys.write(2, HELP)
      return 255
    }
    if (args[0] !== undefined) return (isDomain ? setDomain : set)(sys, args[0])
    if (isDomain) {
      const domain = sys.uname().domainname
      if (called !== 'domainname' && (domain === '(none)' || !domain))
        throw fatal('Local domain name not set')
      out.line(domain)
      return 0
    }
    if (flags.short) out.line(name.split('.')[0]!)
    else if (flags.allFqdns) out.line((yield* ownNames(sys)).map(it => `${it} `).join(''))
    else if (flags.fqdn) out.line((yield* lookUp(sys, name)).canonical)
    else if (flags.domain || called === 'dnsdomainname') {
      const { canonical } = yield* lookUp(sys, name)
      const dot = canonical.indexOf('.')
      if (dot >= 0) out.line(canonical.slice(dot + 1))
    } else if (flags.alias) out.line((yield* lookUp(sys, name)).aliases.join(' '))
    else if (flags.ipAddress) out.line((yield* lookUp(sys, name)).addresses.join(' '))
    else if (flags.allIpAddresses) out.line((yield* addresses(sys)).map(it => `${it} `).join(''))
    else out.line(name)
    return 0
  },
})

function* contents(sys: Sys, path: string): Blocking<string> {
  let fd: number
  try {
    fd = yield* sys.open(path, 0)
  } catch (e) {
    throw e instanceof Errno ? fatal(e.message) : e
  }
  sys.close(fd)
  try {
    return yield* readFile(sys, path)
  } catch (e) {
    // fopen() of a directory succeeds, and nothing is read from it.
    if (e instanceof Errno) return ''
    throw e
  }
}

function refused(e: unknown, which: 'host' | 'domain'): unknown {
  if (e === EPERM) return fatal(`you must be root to change the ${which} name`)
  return e === EINVAL ? fatal('name too long') : e
}

function set(sys: Sys, name: string): number {
  if (!/^[A-Za-z0-9]([-.A-Za-z0-9]*[A-Za-z0-9])?$/.test(name))
    throw fatal('the specified hostname is invalid')
  try {
    sys.sethostname(name)
    return 0
  } catch (e) {
    throw refused(e, 'host')
  }
}

function* lookUp(sys: Sys, name: string): Blocking<HostEntry> {
  const found = yield* resolveHost(sys, name)
  return typeof found === 'string' ? cannot(found) : found
}

function cannot(why: string): never {
  throw fatal(why)
}

/** What /etc/hosts calls the addresses of this network namespace. */
function* ownNames(sys: Sys): Blocking<string[]> {
  const names: string[] = []
  for (const address of yield* addresses(sys))
    for (const [its, name] of yield* hostsLines(sys)) if (its === address && name) names.push(name)
  return names
}

/** IPv4 addresses of this network namespace other than loopback, out of the routing trie. */
function* addresses(sys: Sys): Blocking<string[]> {
  try {
    const text = yield* readFile(sys, '/proc/net/fib_trie')
    const found = [...text.matchAll(/\|-- (\S+)\n\s+\/32 host LOCAL/g)].map(match => match[1]!)
    return [...new Set(found)].filter(it => !it.startsWith('127.'))
  } catch (e) {
    if (e instanceof Errno) return []
    throw e
  }
}

function setDomain(sys: Sys, name: string): number {
  try {
    sys.setdomainname(name)
    return 0
  } catch (e) {
    throw refused(e, 'domain')
  }
}
