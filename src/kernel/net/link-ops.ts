/** What a kind of device does: drivers.ts registers them. Linux: include/net/rtnetlink.h:rtnl_link_register(). */
import type { LinkMessage } from '../../abi/index.ts'
import type { Kernel } from '../kernel.ts'
import type { DeviceKind, NetDevice } from './types.ts'

/** Linux: struct rtnl_link_ops with net_device_ops. */
export interface Driver {
  readonly defaults: Partial<NetDevice>
  readonly minMtu: number
  readonly maxMtu: number
  readonly queues?: number
  readonly tsoMaxSize?: number
  /** What queues packets once it has been up; `noqueue` when absent. */
  readonly qdisc?: string
  /** It stays in its namespace (NETIF_F_NETNS_LOCAL). */
  readonly isLocal?: boolean
  /** The name that it is given when nobody gives one; absent where programs cannot make one. */
  readonly pattern?: string
  /** It stands on another device: IFLA_LINK. */
  readonly needsLink?: boolean
  /** Make one as a message says; `draft` has what is common to all, `peerNet` is for the other end of a pair. */
  readonly create?: (k: Kernel, draft: NewDevice, message: LinkMessage, peerNet: number) => NetDevice
  /** What refuses to get up. */
  readonly check?: (k: Kernel, dev: NetDevice) => void
  readonly opened?: (k: Kernel, dev: NetDevice) => void
  readonly stopped?: (k: Kernel, dev: NetDevice) => void
  /** Of a bridge: one of its ports came, went or changed. */
  readonly portChanged?: (k: Kernel, bridge: NetDevice) => void
}
export type NewDevice = Partial<NetDevice> & Pick<NetDevice, 'net' | 'name' | 'kind'>

const drivers = new Map<string, Driver>()

export const rtnlLinkRegister = (kind: DeviceKind, it: Driver): void => void drivers.set(kind, it)

export function driverOf(kind: DeviceKind): Driver {
  const it = drivers.get(kind)
  if (!it) throw new Error(`no driver of ${kind}`)
  return it
}

/** The kind that programs make by a name; undefined for unknown ones. Linux: rtnl_link_ops_get(). */
export const creatable = (name: string): DeviceKind | undefined =>
  drivers.get(name)?.pattern ? (name as DeviceKind) : undefined
