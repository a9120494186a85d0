/**
 * /proc/sys/net: the sysctls of the reader's network namespace, those of each device among them. Linux:
 * net/sysctl_net.c, net/ipv4/{sysctl_net_ipv4,devinet}.c, net/ipv6/addrconf.c, net/core/neighbour.c.
 */
import { CAP_NET_ADMIN, EINVAL, EIO, ENOENT } from '../../abi/index.ts'
import { devicesOf, type Kernel, nsCapable, netModule } from '../../kernel/index.ts'
import type { Caller } from '../../vfs/index.ts'
import { DEVICE_TABLES, NET_TABLE } from './sysctl-net-table.ts'
import { parseLine, type PlainSysctl } from './sysctl-table.ts'
import { parseVector, plain, type Sysctl } from './sysctl.ts'

/** Files by their paths, and the names in each directory. */
export interface SysctlTree {
  readonly files: ReadonlyMap<string, Sysctl>
  readonly names: ReadonlyMap<string, readonly string[]>
}

const LINES = NET_TABLE.split('\n').map(line => {
  const [, marks = '', rest = ''] = /^([!=^-]*)(.*)$/s.exec(line) ?? []
  const it = parseLine(`${marks.includes('!') ? '!' : ''}net/${rest}`)
  return {
    it,
    isFirstOnly: marks.includes('='),
    isTrusted: marks.includes('-'),
    isFixedElsewhere: marks.includes('^'),
  }
})

/** `NAME RULE VALUE [all=VALUE] [lo=VALUE] [eth0=VALUE]` */
const DEVICE_LINES = Object.entries(DEVICE_TABLES).map(([directory, text]) => ({
  directory,
  lines: text.split('\n').map(line => {
    const words = line.split(' ')
    const others = new Map(words.filter(it => it.includes('=')).map(it => it.split('=') as [string, string]))
    return { it: parseLine(words.filter(it => !it.includes('=')).join(' ')), others }
  }),
}))

/** A value that is kept for one namespace. */
const kept = (it: PlainSysctl, net: number): Sysctl => plain({ ...it, path: `${it.path} ${net}` })

const INT = { min: -(2n ** 31n), max: 2n ** 31n - 1n }

function text(path: string, value: string, check: (word: string, k: Kernel) => void, net: number): Sysctl {
  const key = `${path} ${net}`
  return {
    show: k => k.sysctl.get(key) ?? value,
    store(k, _, written) {
      const word = written.trim()
      check(word, k)
      k.sysctl.set(key, word)
    },
  }
}

const oneOf =
  (words: readonly string[]) =>
  (word: string): void => {
    if (!words.includes(word)) throw ENOENT
  }

/** Two ports, the lower one first, and not below those that are for the privileged. Linux: ipv4_local_port_range(). */
function portRange(net: number): Sysctl {
  const key = `net/ipv4/ip_local_port_range ${net}`
  const show = (k: Kernel): string => k.sysctl.get(key) ?? '32768\t60999'
  return {
    show,
    store(k, _, written) {
      const value = parseVector(written, show(k), { min: 1n, max: 65535n })
      const [low = 0, high = 0] = value.split('\t').map(Number)
      if (high < low || low < Number(k.sysctl.get(`net/ipv4/ip_unprivileged_port_start ${net}`) ?? 1024))
        throw EINVAL
      k.sysctl.set(key, value)
    },
  }
}

/** Linux: ipv4_privileged_ports(). */
function unprivilegedStart(net: number): Sysctl {
  const key = `net/ipv4/ip_unprivileged_port_start ${net}`
  const show = (k: Kernel): string => k.sysctl.get(key) ?? '1024'
  return {
    show,
    store(k, _, written) {
      const value = parseVector(written, show(k), { min: 0n, max: 65535n })
      const [low] = (k.sysctl.get(`net/ipv4/ip_local_port_range ${net}`) ?? '32768').split('\t')
      if (Number(value) > Number(low)) throw EINVAL
      k.sysctl.set(key, value)
    },
  }
}

/** Where a value of a device is kept: by the device's id, so that it goes along with it. */
const deviceKey = (directory: string, of: string | number, name: string, net: number): string =>
  `net/${directory}/${of}/${name} ${net}`

/** Forwarding everywhere, or on one device. Linux: inet_forward_change(). */
function forwarding(directory: string, of: string | number, net: number): Sysctl {
  const key = deviceKey(directory, of, 'forwarding', net)
  const show = (k: Kernel): string =>
    k.sysctl.get(key) ?? k.sysctl.get(deviceKey(directory, 'default', 'forwarding', net)) ?? '0'
  return {
    show,
    store(k, _, written) {
      const value = parseVector(written, show(k), INT)
      k.sysctl.set(key, value)
      if (of !== 'all') return
      for (const it of ['default', ...devicesOf(k, net).map(({ id }) => id)])
        k.sysctl.set(deviceKey(directory, it, 'forwarding', net), value)
    },
  }
}

/** Linux: addrconf_disable_ipv6(): addresses go, or come back. */
function disableIpv6(of: string | number, net: number): Sysctl {
  const directory = 'ipv6/conf'
  const key = deviceKey(directory, of, 'disable_ipv6', net)
  const show = (k: Kernel): string =>
    k.sysctl.get(key) ?? k.sysctl.get(deviceKey(directory, 'default', 'disable_ipv6', net)) ?? '0'
  return {
    show,
    store(k, _, written) {
      const value = parseVector(written, show(k), INT)
      k.sysctl.set(key, value)
      const devices = devicesOf(k, net).filter(({ id }) => of === 'all' || of === id)
      if (of === 'all') k.sysctl.set(deviceKey(directory, 'default', 'disable_ipv6', net), value)
      for (const { id } of devices) {
        k.sysctl.set(deviceKey(directory, id, 'disable_ipv6', net), value)
        netModule().disableInet6(k, id, value !== '0')
      }
    },
  }
}

function build(k: Kernel, net: number): SysctlTree {
  const isFirst = net === [...k.netNamespaces.values()][0]?.id
  const isTrusted = k.netNamespaces.get(net).userNs === k.initUserNs
  const files = new Map<string, Sysctl>()
  for (const line of LINES)
    if ((isFirst || !line.isFirstOnly) && (isTrusted || !line.isTrusted)) {
      const it = kept(line.it, net)
      files.set(line.it.path, line.isFixedElsewhere && !isFirst ? { show: it.show!, mode: 0o444 } : it)
    }
  files.set('net/ipv4/ip_forward', forwarding('ipv4/conf', 'all', net))
  files.set('net/ipv4/ip_local_port_range', portRange(net))
  files.set('net/ipv4/ip_unprivileged_port_start', unprivilegedStart(net))
  files.set(
    'net/ipv4/tcp_congestion_control',
    text('net/ipv4/tcp_congestion_control', 'cubic', oneOf(['cubic', 'reno']), net),
  )
  // The host's start lets everybody ping.
  const everybody = `0\t${2 ** 31 - 1}`
  const ping: PlainSysctl = {
    path: 'net/ipv4/ping_group_range',
    mode: 0o644,
    rule: { min: 0n, max: 2n ** 31n - 1n },
    value: isFirst ? everybody : '1\t0',
  }
  files.set(ping.path, kept(ping, net))
  const flush: Sysctl = { mode: 0o200, store: () => {} }
  files.set('net/ipv4/route/flush', flush)
  if (isTrusted) files.set('net/ipv6/route/flush', flush)
  if (isFirst)
    files.set(
      'net/core/default_qdisc',
      text('net/core/default_qdisc', 'fq_codel', oneOf(['fq_codel', 'pfifo_fast', 'fq', 'sfq']), net),
    )
  addDevices(k, net, isFirst, files)
  return { files: privileged(files, net), names: namesOf([...files.keys(), 'net/core/', 'net/netfilter/']) }
}

function addDevices(k: Kernel, net: number, isFirst: boolean, files: Map<string, Sysctl>): void {
  const devices = devicesOf(k, net).map(({ name, id, kind, mtu }) => ({
    name,
    of: id as string | number,
    kind,
    mtu,
  }))
  for (const { directory, lines } of DEVICE_LINES) {
    const isNeigh = directory.endsWith('neigh')
    const groups = (isNeigh ? (isFirst ? ['default'] : []) : ['all', 'default']).map(name => ({
      name,
      of: name as string | number,
      kind: name,
      mtu: 1280,
    }))
    for (const { name, of, kind, mtu } of [...groups, ...devices])
      for (const { it, others } of lines) {
        if (isNeigh && of !== 'default' && /^gc_(thresh|interval)/.test(it.path)) continue
        const path = `net/${directory}/${name}/${it.path}`
        files.set(path, deviceSysctl(directory, of, kind, mtu, it, others, net))
      }
  }
}

function deviceSysctl(
  directory: string,
  of: string | number,
  kind: string,
  mtu: number,
  it: PlainSysctl,
  others: ReadonlyMap<string, string>,
  net: number,
): Sysctl {
  if (it.path === 'forwarding') return forwarding(directory, of, net)
  if (it.path === 'disable_ipv6') return disableIpv6(of, net)
  if (it.path === 'stable_secret') return { mode: 0o600, show: notSet, store: notSet }
  const which = kind === 'loopback' ? 'lo' : kind === 'virtio' ? 'eth0' : kind
  const value = it.path === 'mtu' && typeof of === 'number' ? `${mtu}` : (others.get(which) ?? it.value)
  return plain({ ...it, path: deviceKey(directory, of, it.path, net), value })
}

function notSet(): never {
  throw EIO
}

/** Linux: net_ctl_permissions(): root's permissions for who has power over the namespace. */
function privileged(files: ReadonlyMap<string, Sysctl>, net: number): ReadonlyMap<string, Sysctl> {
  const may = (k: Kernel, as: Caller): boolean =>
    nsCapable(k, as.cred, CAP_NET_ADMIN, k.netNamespaces.get(net).userNs)
  return new Map([...files].map(([path, it]) => [path, { ...it, privileged: may }]))
}

/** The names in each directory; a path that ends in a slash is a directory itself. */
function namesOf(paths: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, Set<string>>()
  for (const path of paths) {
    let prefix = ''
    for (const part of path.split('/')) {
      const here = names.get(prefix) ?? new Set()
      if (part) here.add(part)
      names.set(prefix, here)
      prefix += `${part}/`
    }
  }
  return new Map([...names].map(([prefix, it]) => [prefix, [...it].sort()]))
}

const trees = new WeakMap<Kernel, Map<number, { readonly devices: string; readonly tree: SysctlTree }>>()

/** What a namespace has; built again when its devices are others. */
export function netSysctls(k: Kernel, net: number): SysctlTree {
  const devices = devicesOf(k, net)
    .map(({ id, name, mtu }) => `${id} ${name} ${mtu}`)
    .join()
  const known = trees.get(k)?.get(net)
  if (known?.devices === devices) return known.tree
  const tree = build(k, net)
  const own = trees.get(k) ?? new Map()
  trees.set(k, own.set(net, { devices, tree }))
  return tree
}
