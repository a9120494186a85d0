/**
 * The parameters of the module, which say what an overlay is mounted with where its options do not, and which
 * /sys/module/overlay/parameters shows. Linux: module_param_named() in fs/overlayfs/{super,dir,copy_up}.c.
 */
import { EINVAL, ERANGE } from '../../abi/index.ts'
import type { Vfs } from '../../vfs/index.ts'

export const OVERLAYFS_SUPER_MAGIC = 0x794c7630

/** As Debian's kernel is configured (CONFIG_OVERLAY_FS_*). */
const DEFAULTS = {
  redirect_dir: false,
  redirect_always_follow: true,
  index: false,
  nfs_export: false,
  xino_auto: false,
  metacopy: false,
  redirect_max: 256,
}
export type Defaults = typeof DEFAULTS

const defaults = new WeakMap<Vfs, Defaults>()

/** What holds for the next mount. */
export function defaultsOf(v: Vfs): Defaults {
  let it = defaults.get(v)
  if (!it) defaults.set(v, (it = { ...DEFAULTS }))
  return it
}

/** One file of /sys/module/overlay/parameters. */
export interface Parameter {
  show(): string
  /** Errors: EINVAL, ERANGE. */
  store(text: string): void
}

/** Linux: kstrtobool(). Errors: EINVAL. */
function toBool(text: string): boolean {
  if (/^([yY1tT]|[oO][nN])/.test(text)) return true
  if (/^([nN0fF]|[oO][fF])/.test(text)) return false
  throw EINVAL
}

/** Linux: kstrtou16(). Errors: EINVAL, ERANGE. */
function toUshort(text: string): number {
  const digits = text.replace(/\n$/, '').replace(/^\+/, '')
  if (!/^(0x[0-9a-f]+|\d+)$/i.test(digits)) throw EINVAL
  const value = /^0\d/.test(digits) ? Number.parseInt(digits, 8) : Number(digits)
  if (Number.isNaN(value)) throw EINVAL
  if (value > 0xffff) throw ERANGE
  return value
}

/** The parameters by name. */
export function overlayParameters(v: Vfs): Readonly<Record<string, Parameter>> {
  const it = defaultsOf(v)
  const bool = (name: Exclude<keyof Defaults, 'redirect_max'>): Parameter => ({
    show: () => (it[name] ? 'Y' : 'N'),
    store: text => void (it[name] = toBool(text)),
  })
  return {
    redirect_dir: bool('redirect_dir'),
    redirect_always_follow: bool('redirect_always_follow'),
    index: bool('index'),
    nfs_export: bool('nfs_export'),
    xino_auto: bool('xino_auto'),
    metacopy: bool('metacopy'),
    redirect_max: {
      show: () => `${it.redirect_max}`,
      store: text => void (it.redirect_max = toUshort(text)),
    },
    // It was an option once, and says so.
    check_copy_up: {
      show: () => 'N',
      store: () => v.host.log('overlayfs: "check_copy_up" module option is obsolete'),
    },
  }
}
