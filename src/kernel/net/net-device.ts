/** What a network device is at the moment, and which one has a name or an index. Linux: include/linux/netdevice.h. */
import { ENETDOWN, type Errno, IFF_LOWER_UP, IFF_RUNNING, IFF_UP } from '../../abi/index.ts'
import type { Kernel } from '../kernel.ts'
import { refuse } from '../refuse.ts'
import { devicesOf } from './net-namespace.ts'
import type { NetDevice } from './types.ts'

export const IFNAMSIZ = 16

/** The device with a name (or another name) in a namespace. Linux: __dev_get_by_name(). */
export const deviceByName = (k: Kernel, net: number, name: string): NetDevice | undefined =>
  devicesOf(k, net).find(it => it.name === name || it.altnames.includes(name))

export const deviceByIndex = (k: Kernel, net: number, ifindex: number): NetDevice | undefined =>
  devicesOf(k, net).find(it => it.ifindex === ifindex)

export const isUp = ({ flags }: NetDevice): boolean => (flags & IFF_UP) !== 0

/** What needs a device that is up finds it down. */
export const deviceDown = (k: Kernel, { name }: NetDevice): Errno =>
  refuse(k, ENETDOWN, 'device-down', { name })

/** Linux: netif_oper_up(). */
export const isOperUp = ({ operstate }: NetDevice): boolean => operstate === 'up' || operstate === 'unknown'

/** What programs are shown. Linux: dev_get_flags(). */
export function shownFlags(dev: NetDevice): number {
  if (!isUp(dev)) return dev.flags
  return dev.flags | (isOperUp(dev) ? IFF_RUNNING : 0) | (dev.carrier ? IFF_LOWER_UP : 0)
}

/** Linux: netdev_show_operstate(). */
export const shownOperstate = (dev: NetDevice): string => (isUp(dev) ? dev.operstate : 'down')
