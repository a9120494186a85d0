/**
 * The files of /proc/PID/net, which tell of one network namespace. Linux: net/core/net-procfs.c, net/ipv4/{fib_trie,
 * proc,arp,igmp}.c, net/ipv6/{addrconf,route,proc,mcast}.c, net/unix/af_unix.c and who else registers one.
 *
 * Left out: sockets but those of AF_UNIX, counts of packets, multicast groups but those that every device is in.
 */
import {
  AF_INET,
  AF_INET6,
  IFF_LOOPBACK,
  IFF_MULTICAST,
  IFF_UP,
  NUD_PERMANENT,
  networkOf,
  parseAddress,
  RT_TABLE_LOCAL,
  RT_TABLE_MAIN,
  RTN_BROADCAST,
  RTN_LOCAL,
  RTN_MULTICAST,
  RTN_UNREACHABLE,
} from '../../abi/index.ts'
import {
  devicesOf,
  type IfAddress,
  type Kernel,
  type NetDevice,
  netModule,
  type Route,
} from '../../kernel/index.ts'
import { showFibTrie, showFibTriestat } from './fib-trie.ts'
import { NETSTAT, SNMP, SNMP6, XFRM } from './net-counters.ts'
import { PROTOCOLS } from './net-protocols.ts'

type Show = (k: Kernel, net: number) => string

const hex = (value: number | bigint, width: number): string => value.toString(16).padStart(width, '0')
const bytes16 = (address: string): string => hex(parseAddress(address) ?? 0n, 32)

/** An IPv4 address as a little-endian machine prints its word. */
function word(address: string): string {
  const text = hex(parseAddress(address || '0.0.0.0') ?? 0n, 8)
  return (text.match(/../g) ?? []).reverse().join('').toUpperCase()
}

// Devices

const DEV_HEAD = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
`
const showDev: Show = (k, net) =>
  DEV_HEAD +
  devicesOf(k, net)
    .map(
      it =>
        `${it.name.padStart(6)}:       0       0    0    0    0     0          0         0        0       0    0    0    0     0       0          0\n`,
    )
    .join('')

/** Ethernet addresses of the groups that a device listens to. */
const isListening = (it: NetDevice): boolean =>
  (it.flags & (IFF_UP | IFF_MULTICAST)) === (IFF_UP | IFF_MULTICAST) && !(it.flags & IFF_LOOPBACK)

const of = (it: NetDevice, family: number): readonly IfAddress[] =>
  it.addresses.filter(a => a.family === family)

/** ff02::1:ffXX:XXXX, where the neighbours of an address ask for it. */
const solicited = (address: string): bigint =>
  (parseAddress('ff02::1:ff00:0') ?? 0n) | ((parseAddress(address) ?? 0n) & 0xff_ffffn)

const showDevMcast: Show = (k, net) =>
  devicesOf(k, net)
    .filter(isListening)
    .map(it => {
      const groups = [
        '333300000001',
        '01005e000001',
        ...of(it, AF_INET6).map(a => `3333${hex(solicited(a.local) & 0xffff_ffffn, 8)}`),
      ]
      return groups
        .map(group => `${String(it.ifindex).padEnd(4)} ${it.name.padEnd(15)} 1     0     ${group}\n`)
        .join('')
    })
    .join('')

const showIgmp: Show = (k, net) =>
  `Idx\tDevice    : Count Querier\tGroup    Users Timer\tReporter\n${devicesOf(k, net)
    .filter(it => it.flags & IFF_UP && it.flags & (IFF_MULTICAST | IFF_LOOPBACK))
    .map(
      it => `${it.ifindex}\t${it.name.padEnd(10)}:     1      V3\n\t\t\t\t010000E0     1 0:00000000\t\t0\n`,
    )
    .join('')}`

const showIgmp6: Show = (k, net) =>
  devicesOf(k, net)
    .map(it => {
      const line = (group: string, flags: string): string =>
        `${String(it.ifindex).padEnd(4)} ${it.name.padEnd(15)} ${group}     1 ${flags} 0\n`
      const own = of(it, AF_INET6).filter(a => a.local !== '::1')
      const isUp = it.flags & IFF_UP || it.flags & IFF_LOOPBACK
      if (!isUp) return ''
      return (
        own.map(a => line(hex(solicited(a.local), 32), '00000004')).join('') +
        line(bytes16('ff02::1'), '0000000C') +
        line(bytes16('ff01::1'), '00000008')
      )
    })
    .join('')

// Addresses and neighbours

/** Linux: if6_seq_show(): permanent 0x80, tentative 0x40. */
const showIfInet6: Show = (k, net) => {
  const scopes: Record<number, string> = { 254: '10', 253: '20' }
  return devicesOf(k, net)
    .flatMap(it =>
      of(it, AF_INET6).map(a => {
        const flags = a.flags | (a.dadEnds > k.now() ? 0x40 : 0)
        return `${bytes16(a.local)} ${hex(it.ifindex, 2)} ${hex(a.prefixlen, 2)} ${scopes[a.scope] ?? '00'} ${hex(flags & 0xff, 2)} ${it.name.padStart(8)}\n`
      }),
    )
    .join('')
}

const showArp: Show = (k, net) => {
  const lines = k.netNamespaces
    .get(net)
    .neighbours.filter(it => it.family === AF_INET)
    .map(it => {
      const { name } = k.netDevices.get(it.dev)
      const flags = it.state & NUD_PERMANENT ? 6 : it.state & netModule().NUD_VALID ? 2 : 0
      const lladdr = it.lladdr || '00:00:00:00:00:00'
      return `${it.dst.padEnd(16)} 0x${'1'.padEnd(10)}0x${flags.toString(16).padEnd(10)}${lladdr}     *        ${name}\n`
    })
  return `IP address       HW type     Flags       HW address            Mask     Device\n${lines.join('')}`
}

// Routes

const nameOf = (k: Kernel, it: Route): string => (it.dev ? k.netDevices.get(it.dev).name : '*')

/** Linux: fib_route_seq_show(). Each line is filled up to 127 characters. */
const showRoute: Show = (k, net) => {
  const head = 'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT'
  const lines = netModule()
    .routesOf(k, net, AF_INET)
    .filter(it => it.table === RT_TABLE_MAIN && it.type !== RTN_BROADCAST && it.type !== RTN_MULTICAST)
    .map(it => {
      const mask = word(networkOf('255.255.255.255', it.dstLen))
      const flags =
        1 | (it.gateway ? 2 : 0) | (it.dstLen === 32 ? 4 : 0) | (it.type >= RTN_UNREACHABLE ? 0x200 : 0)
      return [
        nameOf(k, it),
        word(it.dst),
        word(it.gateway),
        hex(flags, 4),
        0,
        0,
        it.priority,
        mask,
        it.mtu ? it.mtu : 0,
        0,
        0,
      ].join('\t')
    })
  // Without an address there has never been a table.
  if (!k.netNamespaces.get(net).routes.length) return ''
  return [head, ...lines].map(line => `${line.padEnd(127)}\n`).join('')
}

/** Linux: rt6_seq_show(). RTF_UP, _GATEWAY, _HOST, RTF_NONEXTHOP and RTF_LOCAL. */
const showIpv6Route: Show = (k, net) => {
  const line = (
    dst: string,
    length: number,
    gateway: string,
    metric: number,
    refs: number,
    flags: number,
    dev: string,
  ): string =>
    `${bytes16(dst)} ${hex(length, 2)} ${bytes16('::')} 00 ${bytes16(gateway || '::')} ${hex(metric, 8)} ${hex(refs, 8)} 00000000 ${hex(flags, 8)} ${dev.padStart(8)}\n`
  const nothing = line('::', 0, '', 0xffff_ffff, 1, 0x200200, 'lo')
  const routes = netModule().routesOf(k, net, AF_INET6)
  const shown = (it: Route): string => {
    const isLocal = it.type === RTN_LOCAL
    const flags = isLocal ? 0x80200001 : 1 | (it.gateway ? 2 : 0)
    const isOverLo = !isLocal && (k.netDevices.find(it.dev)?.flags ?? 0) & IFF_LOOPBACK
    const refs = it.table === RT_TABLE_LOCAL ? 2 : 1
    return line(it.dst, it.dstLen, it.gateway, it.priority, refs, isOverLo ? 0x200200 : flags, nameOf(k, it))
  }
  const inTable = (table: number): string =>
    routes
      .filter(it => it.table === table)
      .map(shown)
      .join('')
  return inTable(RT_TABLE_MAIN) + nothing + inTable(RT_TABLE_LOCAL) + nothing
}

// Counters

const TCP_SETTINGS: Readonly<Record<string, number>> = {
  RtoAlgorithm: 1,
  RtoMin: 200,
  RtoMax: 120_000,
  MaxConn: -1,
}

/** Linux: snmp_seq_show(): of what can be set, as it is. */
const showSnmp: Show = (k, net) => {
  const forwards = k.sysctl.get(`net/ipv4/conf/all/forwarding ${net}`) ?? '0'
  const value = (group: string, name: string): number => {
    if (group === 'Tcp:') return TCP_SETTINGS[name] ?? 0
    if (group !== 'Ip:') return 0
    return name === 'Forwarding' ? (forwards === '0' ? 2 : 1) : name === 'DefaultTTL' ? 64 : 0
  }
  return SNMP.map(
    ([group, names]) =>
      `${group} ${names.join(' ')}\n${group} ${names.map(it => value(group, it)).join(' ')}\n`,
  ).join('')
}

const showNetstat: Show = () =>
  NETSTAT.map(
    ([group, names]) => `${group} ${names.join(' ')}\n${group} ${names.map(() => 0).join(' ')}\n`,
  ).join('')

const showSnmp6: Show = () => SNMP6.map(name => `${name.padEnd(32)}\t0\n`).join('')
const showXfrm: Show = () => XFRM.map(name => `${name.padEnd(24)}\t0\n`).join('')

// Sockets

const TCP_HEAD =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode'
const TCP6_HEAD =
  '  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode'
const UDP_HEAD = `   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops`
const REST = ' ref pointer drops'

const showProtocols: Show = (k, net) => {
  const unix = [...k.unixSockets].filter(it => it.netNs === net)
  const sockets = (name: string): number =>
    name === 'UNIX-STREAM'
      ? unix.filter(it => it.type === 1).length
      : name === 'UNIX'
        ? unix.filter(it => it.type !== 1).length
        : 0
  return PROTOCOLS(sockets)
}

const showSockstat: Show = (k, net) =>
  `sockets: used ${[...k.unixSockets].filter(it => it.netNs === net).length}
TCP: inuse 0 orphan 0 tw 0 alloc 0 mem 0
UDP: inuse 0 mem 0
UDPLITE: inuse 0
RAW: inuse 0
FRAG: inuse 0 memory 0
`

/** A processor a line, its number last. */
const showSoftnetStat: Show = k =>
  Array.from({ length: k.cpus }, (_, cpu) => `${'00000000 '.repeat(12)}${hex(cpu, 8)}\n`).join('')

const always =
  (text: string): Show =>
  () =>
    text

export const NET_FILES: Readonly<Record<string, Show>> = {
  anycast6: always(''),
  arp: showArp,
  connector: always('Name            ID\ncn_proc         1:1\n'),
  dev: showDev,
  dev_mcast: showDevMcast,
  fib_trie: showFibTrie,
  fib_triestat: showFibTriestat,
  icmp: always(`${TCP_HEAD}${REST}             \n`),
  icmp6: always(`${TCP6_HEAD}${REST}\n`),
  if_inet6: showIfInet6,
  igmp: showIgmp,
  igmp6: showIgmp6,
  ip6_flowlabel: always('Label S Owner  Users  Linger Expires  Dst                              Opt\n'),
  ip6_mr_cache: always(
    'Group                            Origin                           Iif      Pkts  Bytes     Wrong  Oifs\n',
  ),
  ip6_mr_vif: always('Interface      BytesIn  PktsIn  BytesOut PktsOut Flags\n'),
  ip_mr_cache: always('Group    Origin   Iif     Pkts    Bytes    Wrong Oifs\n'),
  ip_mr_vif: always('Interface      BytesIn  PktsIn  BytesOut PktsOut Flags Local    Remote\n'),
  ipv6_route: showIpv6Route,
  mcfilter: always('Idx Device        MCA        SRC    INC    EXC\n'),
  mcfilter6: always(
    'Idx Device                Multicast Address                   Source Address    INC    EXC\n',
  ),
  netlink: always(
    'sk               Eth Pid        Groups   Rmem     Wmem     Dump  Locks    Drops    Inode\n',
  ),
  netstat: showNetstat,
  nf_conntrack: always(''),
  nf_conntrack_expect: always(''),
  packet: always('sk               RefCnt Type Proto  Iface R Rmem   User   Inode\n'),
  protocols: showProtocols,
  psched: always('000003e8 00000040 000f4240 3b9aca00\n'),
  ptype: always(
    'Type Device      Function\n0800          ip_rcv\n0004          llc_rcv [llc]\n0806          arp_rcv\n86dd          ipv6_rcv\n',
  ),
  raw: always(`${TCP_HEAD}${REST}\n`),
  raw6: always(`${TCP6_HEAD}${REST}\n`),
  route: showRoute,
  rt6_stats: always('0000 0000 0000 0000 0000 0000 0000\n'),
  rt_acct: always('\0'.repeat(4096)),
  rt_cache: always(
    `${'Iface\tDestination\tGateway \tFlags\t\tRefCnt\tUse\tMetric\tSource\t\tMTU\tWindow\tIRTT\tTOS\tHHRef\tHHUptod\tSpecDst'.padEnd(127)}\n`,
  ),
  snmp: showSnmp,
  snmp6: showSnmp6,
  sockstat: showSockstat,
  sockstat6: always(
    'TCP6: inuse 0\nUDP6: inuse 0\nUDPLITE6: inuse 0\nRAW6: inuse 0\nFRAG6: inuse 0 memory 0\n',
  ),
  softnet_stat: showSoftnetStat,
  tcp: always(`${TCP_HEAD.padEnd(149)}\n`),
  tcp6: always(`${TCP6_HEAD}\n`),
  udp: always(`${UDP_HEAD.padEnd(127)}\n`),
  udp6: always(`${TCP6_HEAD}${REST}\n`),
  udplite: always(`${UDP_HEAD.padEnd(127)}\n`),
  udplite6: always(`${TCP6_HEAD}${REST}\n`),
  unix: (k, net) => netModule().showUnix(k, net),
  wireless: always(
    'Inter-| sta-|   Quality        |   Discarded packets               | Missed | WE\n face | tus | link level noise |  nwid  crypt   frag  retry   misc | beacon | 22\n',
  ),
  xfrm_stat: showXfrm,
}

/** Files that only root may read, or that the first namespace alone has. */
export const NET_MODES: Readonly<Record<string, number>> = { nf_conntrack: 0o440, nf_conntrack_expect: 0o440 }
