/** The records of the network. Linux: struct net_device, in_ifaddr, inet6_ifaddr, fib_info, neighbour. */
import type { Rec } from '../../state/index.ts'

/** What drives a device. Linux: rtnl_link_ops.kind, but for lo and hardware, which have none. */
export type DeviceKind =
  | 'loopback'
  | 'virtio'
  | 'dummy'
  | 'veth'
  | 'bridge'
  | 'vlan'
  | 'macvlan'
  | 'ipvlan'
  | 'ifb'

/** Linux: struct net_device. */
export interface NetDevice extends Rec {
  /** The network namespace it is in. */
  readonly net: number
  readonly ifindex: number
  readonly name: string
  readonly altnames: readonly string[]
  readonly kind: DeviceKind
  /** As they were set: IFF_RUNNING and IFF_LOWER_UP follow from the carrier. */
  readonly flags: number
  readonly mtu: number
  readonly txQueueLen: number
  readonly address: string
  readonly broadcast: string
  readonly alias: string
  readonly group: number
  /** The bridge that it is a port of, 0 for none. */
  readonly master: number
  /** The other end of a pair, or the device below; 0 for none. */
  readonly link: number
  /** What queues its packets: nothing (`noop`) until it has been up. */
  readonly qdisc: string
  readonly carrier: boolean
  /** RFC 2863; it stays `unknown` where the carrier never changes. */
  readonly operstate: 'unknown' | 'down' | 'lowerlayerdown' | 'up'
  readonly carrierUps: number
  readonly carrierDowns: number
  /** Linux: addr_assign_type: 0 permanent, 1 random, 2 stolen from another device, 3 set. */
  readonly addrAssign: number
  /** Linux: name_assign_type: 1 by the kernel's enumeration, 2 predictable, 3 by the user, 4 renamed. */
  readonly nameAssign: number
  readonly addresses: readonly IfAddress[]
  /** What its kind keeps: the number of a vlan, the mode of a macvlan, … */
  readonly data: Readonly<Record<string, string | number>>
}

/** Linux: struct in_ifaddr or inet6_ifaddr. */
export interface IfAddress {
  readonly family: number
  readonly local: string
  /** The other end of a point-to-point address; as `local` otherwise. */
  readonly address: string
  readonly prefixlen: number
  readonly broadcast: string
  readonly label: string
  readonly scope: number
  /** IFA_F_*, but for IFA_F_TENTATIVE, which follows from `dadEnds`. */
  readonly flags: number
  /** Virtual ns when they end; Infinity for never. */
  readonly validUntil: number
  readonly preferredUntil: number
  /** Virtual ns when an IPv6 address has been found to be nobody else's. */
  readonly dadEnds: number
}

/** Linux: struct fib_alias with fib_info, or fib6_info. */
export interface Route {
  readonly family: number
  readonly table: number
  readonly dst: string
  readonly dstLen: number
  readonly tos: number
  readonly type: number
  readonly protocol: number
  readonly scope: number
  readonly priority: number
  readonly prefsrc: string
  readonly gateway: string
  /** A device's id, 0 for none (blackhole and its like). */
  readonly dev: number
  readonly flags: number
  readonly mtu: number
}

/** Linux: struct neighbour. */
export interface Neighbour {
  readonly family: number
  readonly dev: number
  readonly dst: string
  readonly lladdr: string
  readonly state: number
}
