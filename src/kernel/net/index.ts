/** What of the network comes late (see late.ts): the system calls, and what /proc/net and sysfs tell and set. */
import './drivers.ts'

export { disableInet6 } from './addrconf.ts'
export { showUnix } from './af-unix.ts'
export {
  changeAddress,
  changeFlags,
  changeMtu,
  cleanupDevices,
  setCarrier,
} from './dev.ts'
export { ExtAck } from './extack.ts'
export { routesOf } from './fib.ts'
export { NUD_VALID } from './neighbour.ts'
export { shownOperstate } from './net-device.ts'
export * as calls from './socket.ts'
