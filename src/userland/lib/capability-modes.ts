/**
 * libcap's modes: names for settings of the secure bits and of the capability sets of a process. Linux:
 * libcap/cap_proc.c:cap_get_mode(), cap_set_mode(); cap_get_mode(3).
 */
import {
  CAP_LAST_CAP,
  PR_CAP_AMBIENT,
  PR_CAP_AMBIENT_CLEAR_ALL,
  PR_CAP_AMBIENT_IS_SET,
  PR_CAPBSET_DROP,
  PR_CAPBSET_READ,
  PR_GET_SECUREBITS,
  PR_SET_NO_NEW_PRIVS,
  PR_SET_SECUREBITS,
  type Sys,
} from '../../abi/index.ts'

/** In the order of cap_mode_t. */
export const MODES = ['UNCERTAIN', 'NOPRIV', 'PURE1E_INIT', 'PURE1E', 'HYBRID'] as const
export type Mode = (typeof MODES)[number]

/** Root is nobody special, ids change nothing, nothing is kept or raised; all of it locked. */
const SECURED_BITS_AMBIENT = 0xef

const ALL = Array.from({ length: CAP_LAST_CAP + 1 }, (_, cap) => cap)

/** The mode that the state of the process looks like. */
export function getMode(sys: Sys): Mode {
  const bits = Number(sys.prctl(PR_GET_SECUREBITS, 0))
  if (!bits) return 'HYBRID'
  if (bits !== SECURED_BITS_AMBIENT) return 'UNCERTAIN'
  if (ALL.some(cap => sys.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET, cap))) return 'UNCERTAIN'
  const { effective, permitted, inheritable } = sys.capget(0)
  if (inheritable) return 'PURE1E'
  const hasSome = effective || permitted || ALL.some(cap => sys.prctl(PR_CAPBSET_READ, cap))
  return hasSome ? 'PURE1E_INIT' : 'NOPRIV'
}

/** Enter a mode; no capability is effective afterwards. Throws what the kernel refuses. */
export function setMode(sys: Sys, mode: Mode): void {
  const { permitted, inheritable } = sys.capget(0)
  if (mode === 'HYBRID') sys.prctl(PR_SET_SECUREBITS, 0)
  else {
    sys.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)
    sys.prctl(PR_SET_SECUREBITS, SECURED_BITS_AMBIENT)
  }
  if (mode === 'NOPRIV') {
    for (const cap of ALL) sys.prctl(PR_CAPBSET_DROP, cap)
    sys.prctl(PR_SET_NO_NEW_PRIVS, 1)
    sys.capset({ effective: 0n, permitted: 0n, inheritable: 0n })
  } else sys.capset({ effective: 0n, permitted, inheritable: mode === 'PURE1E' ? inheritable : 0n })
}

const SECURE = ['noroot', 'no-suid-fixup', 'keep-caps', 'no-ambient-raise']

/** The lines of `capsh --print` about the secure bits: each has its lock one place to the left. */
export function securebitsText(bits: number, noNewPrivs: number): string {
  const width = bits.toString(2).length
  const head = `Securebits: 0${bits.toString(8)}/0x${bits.toString(16)}/${width}'b${bits.toString(2)}`
  const lines = SECURE.map((name, i) => {
    const [set, locked] = [(bits >> (2 * i)) & 1, (bits >> (2 * i + 1)) & 1]
    return ` secure-${name}: ${set ? 'yes' : 'no'} (${locked ? 'locked' : 'unlocked'})`
  })
  return [`${head} (no-new-privs=${noNewPrivs})`, ...lines].join('\n')
}
