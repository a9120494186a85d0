/**
 * netlink(7) and rtnetlink(7): how programs ask for network devices, addresses, routes and neighbours and change them.
 * Messages are records here; on Linux they are bytes with attributes. Numbers are Linux's: include/uapi/linux/
 * {netlink,rtnetlink,if_link,if_addr,neighbour,net_namespace}.h, include/uapi/linux/if.h.
 *
 * An attribute that is absent was not sent, or is not asked to be changed.
 */
import type { Errno } from './errno.ts'

export const NETLINK_ROUTE = 0

export const RTM_NEWLINK = 16
export const RTM_DELLINK = 17
export const RTM_GETLINK = 18
export const RTM_NEWADDR = 20
export const RTM_DELADDR = 21
export const RTM_GETADDR = 22
export const RTM_NEWROUTE = 24
export const RTM_DELROUTE = 25
export const RTM_GETROUTE = 26
export const RTM_NEWNEIGH = 28
export const RTM_DELNEIGH = 29
export const RTM_GETNEIGH = 30
export const RTM_NEWRULE = 32
export const RTM_GETRULE = 34
export const RTM_NEWNSID = 88
export const RTM_GETNSID = 90

export const NLM_F_REQUEST = 1
export const NLM_F_ACK = 4
export const NLM_F_DUMP = 0x300
export const NLM_F_REPLACE = 0x100
export const NLM_F_EXCL = 0x200
export const NLM_F_CREATE = 0x400
export const NLM_F_APPEND = 0x800

export const IFF_UP = 1
export const IFF_BROADCAST = 2
export const IFF_LOOPBACK = 8
export const IFF_POINTOPOINT = 0x10
export const IFF_RUNNING = 0x40
export const IFF_NOARP = 0x80
export const IFF_PROMISC = 0x100
export const IFF_ALLMULTI = 0x200
export const IFF_MULTICAST = 0x1000
export const IFF_LOWER_UP = 0x10000

export const ARPHRD_ETHER = 1
export const ARPHRD_NONE = 0xfffe
export const ARPHRD_LOOPBACK = 772

export const IFA_F_SECONDARY = 1
export const IFA_F_NODAD = 2
export const IFA_F_TENTATIVE = 0x40
export const IFA_F_PERMANENT = 0x80
export const IFA_F_NOPREFIXROUTE = 0x200

export const RT_SCOPE_UNIVERSE = 0
export const RT_SCOPE_LINK = 253
export const RT_SCOPE_HOST = 254
export const RT_SCOPE_NOWHERE = 255

export const RT_TABLE_DEFAULT = 253
export const RT_TABLE_MAIN = 254
export const RT_TABLE_LOCAL = 255

export const RTPROT_KERNEL = 2
export const RTPROT_BOOT = 3

export const RTN_UNSPEC = 0
export const RTN_UNICAST = 1
export const RTN_LOCAL = 2
export const RTN_BROADCAST = 3
export const RTN_ANYCAST = 4
export const RTN_MULTICAST = 5
export const RTN_BLACKHOLE = 6
export const RTN_UNREACHABLE = 7
export const RTN_PROHIBIT = 8
export const RTN_THROW = 9

export const RTNH_F_DEAD = 1
export const RTNH_F_ONLINK = 4
export const RTNH_F_LINKDOWN = 16

export const NUD_REACHABLE = 2
export const NUD_STALE = 4
export const NUD_FAILED = 0x20
export const NUD_NOARP = 0x40
export const NUD_PERMANENT = 0x80

/** Linux: rtnl_link_stats64, in the order in which programs print them. */
export interface LinkStats {
  readonly bytes: number
  readonly packets: number
}

/** Linux: struct ifinfomsg and IFLA_*. */
export interface LinkMessage {
  readonly index?: number
  readonly hwType?: number
  readonly flags?: number
  /** Which of the flags are meant (ifi_change). */
  readonly change?: number
  readonly ifname?: string
  readonly altnames?: readonly string[]
  readonly mtu?: number
  readonly minMtu?: number
  readonly maxMtu?: number
  readonly qdisc?: string
  readonly operstate?: string
  readonly carrier?: boolean
  readonly group?: number
  readonly txQueueLen?: number
  readonly address?: string
  readonly broadcast?: string
  readonly alias?: string
  readonly promiscuity?: number
  readonly allmulti?: number
  readonly queues?: number
  readonly master?: number
  /** The device below or the other end (IFLA_LINK), and the namespace it is in when that is another one. */
  readonly link?: number
  readonly linkNetnsid?: number
  /** The namespace to make it in or to move it to: an open file, or a process of it. */
  readonly netNsFd?: number
  readonly netNsPid?: number
  /** IFLA_INFO_KIND and IFLA_INFO_DATA. */
  readonly kind?: string
  readonly data?: Readonly<Record<string, string | number>>
  /** The other end of a new pair (VETH_INFO_PEER). */
  readonly peer?: LinkMessage
  readonly rx?: LinkStats
  readonly tx?: LinkStats
  /** Of a device of hardware: its bus and its name there. */
  readonly parentBus?: string
  readonly parentDev?: string
  readonly tsoMaxSize?: number
}

/** Linux: struct ifaddrmsg and IFA_*. */
export interface AddrMessage {
  readonly family: number
  readonly index: number
  readonly prefixlen: number
  readonly local: string
  /** The other end of a point-to-point address; as `local` otherwise. */
  readonly address?: string
  readonly broadcast?: string
  readonly label?: string
  readonly scope?: number
  readonly flags?: number
  /** Seconds. */
  readonly validLft?: number
  readonly preferredLft?: number
  readonly metric?: number
}

/** Linux: struct rtmsg and RTA_*. */
export interface RouteMessage {
  readonly family: number
  /** The network; its length 0 is the default route. */
  readonly dst: string
  readonly dstLen: number
  readonly tos?: number
  readonly table?: number
  readonly protocol?: number
  readonly scope?: number
  readonly type?: number
  readonly flags?: number
  readonly gateway?: string
  readonly oif?: number
  readonly priority?: number
  readonly prefsrc?: string
  readonly mtu?: number
  /** Who asks for a route to one address. */
  readonly uid?: number
}

/** Linux: struct ndmsg and NDA_*. */
export interface NeighMessage {
  readonly family: number
  readonly index: number
  readonly dst: string
  readonly lladdr?: string
  readonly state?: number
}

/** Linux: struct fib_rule_hdr and FRA_*. Rules are for all packets. */
export interface RuleMessage {
  readonly family: number
  readonly priority: number
  readonly table: number
}

/** Linux: struct rtgenmsg and NETNSA_*. -1 is none yet. */
export interface NsidMessage {
  readonly fd?: number
  /** Whose numbers are asked for, by its number. */
  readonly target?: number
  readonly nsid?: number
}

/** Linux: struct nlmsghdr and what follows it. An answer without a type is an acknowledgement: NLMSG_ERROR. */
export interface NlMsg {
  readonly type: number
  readonly flags: number
  readonly link?: LinkMessage
  readonly addr?: AddrMessage
  readonly route?: RouteMessage
  readonly neigh?: NeighMessage
  readonly rule?: RuleMessage
  readonly nsid?: NsidMessage
  readonly error?: Errno | undefined
  /** What the kernel says beyond the number (NLMSGERR_ATTR_MSG). */
  readonly extack?: string
}

export const NLMSG_ERROR = 2
export const NLMSG_DONE = 3
