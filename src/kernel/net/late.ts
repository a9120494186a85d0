/** What can be done with sockets and network devices comes late: index.ts, which only programs have a use for. */
import { EAFNOSUPPORT } from '../../abi/index.ts'
import type * as whole from './index.ts'

export type Net = typeof whole

let net: Net | undefined

/** It has come. Linux: module_init(). */
export const registerNet = (it: Net): void => {
  net = it
}

/** Once it is there. */
export const loadedNet = (): Net | undefined => net

/** Needs: programs run, which wait for it. */
export function netModule(): Net {
  if (!net) throw EAFNOSUPPORT
  return net
}
