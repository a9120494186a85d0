/** The directories of /proc/PID/net. Linux: net/ipv6/proc.c, net/core/neighbour.c, net/netfilter/nf_log.c. */
import { devicesOf, type Kernel } from '../../kernel/index.ts'
import { type PseudoDir, type PseudoFile, staticDir } from '../pseudo.ts'
import { SNMP6 } from './net-counters.ts'

/** Caches and trackers have a line a processor; nothing has been counted. The widths are those of the headings. */
const STAT: Readonly<Record<string, string>> = {
  arp_cache:
    'entries  allocs   destroys hash_grows lookups  hits     res_failed rcv_probes_mcast rcv_probes_ucast periodic_gc_runs forced_gc_runs unresolved_discards table_fulls',
  ndisc_cache:
    'entries  allocs   destroys hash_grows lookups  hits     res_failed rcv_probes_mcast rcv_probes_ucast periodic_gc_runs forced_gc_runs unresolved_discards table_fulls',
  nf_conntrack:
    'entries  clashres found new invalid ignore delete chainlength insert insert_failed drop early_drop icmp_error  expect_new expect_create expect_delete search_restart',
  rt_cache:
    'entries  in_hit   in_slow_tot in_slow_mc in_no_route in_brd   in_martian_dst in_martian_src out_hit  out_slow_tot out_slow_mc gc_total gc_ignored gc_goal_miss gc_dst_overflow in_hlist_search out_hlist_search',
}

function showStat(k: Kernel, head: string): string {
  const line = head.replace(/\S+/g, name => '00000000'.padEnd(name.length)).trimEnd()
  return `${head}\n${`${line}\n`.repeat(k.cpus)}`
}

/** Linux: snmp6_dev_seq_show(). */
const showDevice = (ifindex: number): string =>
  [['ifIndex', ifindex] as const, ...SNMP6.filter(it => /^Ip6|^Icmp6/.test(it)).map(it => [it, 0] as const)]
    .map(([name, value]) => `${name.padEnd(32)}\t${value}\n`)
    .join('')

/** `ino` is the number of the first of them. */
export function netDirectories(k: Kernel, netNs: () => number, ino: number): Record<string, PseudoDir> {
  const file = (show: () => string): PseudoFile => ({ kind: 'file', ino: ino + 3, mode: 0o444, show })
  const stat = Object.entries(STAT).map(([name, head]) => [name, file(() => showStat(k, head))] as const)
  const snmp6 = (): Record<string, PseudoFile> =>
    Object.fromEntries(devicesOf(k, netNs()).map(it => [it.name, file(() => showDevice(it.ifindex))]))
  const directory = (i: number) => ({ ino: ino + i, mode: 0o555, nlink: 2 })
  return {
    dev_snmp6: staticDir(directory(0), snmp6),
    netfilter: staticDir(directory(1), { nf_log: file(showNfLog) }),
    stat: staticDir(directory(2), Object.fromEntries(stat)),
  }
}

/** Linux: nf_log seq_show(): for each family who logs, and who could. */
const showNfLog = (): string =>
  Array.from({ length: 13 }, (_, family) => `${String(family).padStart(2)} NONE ()\n`).join('')
