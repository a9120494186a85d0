/** The options of an overlay mount. Linux: ovl_parse_opt() and ovl_show_options() of fs/overlayfs/super.c. */
import { EINVAL, type Errno } from '../../abi/index.ts'
import type { Vfs } from '../../vfs/index.ts'

/** Linux: struct ovl_config. What some options need or exclude of others is settled. */
export interface Config {
  lowerdir?: string
  upperdir?: string
  workdir?: string
  /** As given. */
  redirectMode?: string
  redirectDir: boolean
  redirectFollow: boolean
  metacopy: boolean
  index: boolean
  nfsExport: boolean
  uuid: boolean
  xino: 'on' | 'off' | 'auto'
  defaultPermissions: boolean
  userxattr: boolean
  volatile: boolean
}

const SWITCHES: Readonly<Record<string, (config: Config) => void>> = {
  default_permissions: config => void (config.defaultPermissions = true),
  userxattr: config => void (config.userxattr = true),
  volatile: config => void (config.volatile = true),
}
const VALUES: Readonly<Record<string, readonly string[]>> = {
  redirect_dir: ['on', 'off', 'follow', 'nofollow'],
  index: ['on', 'off'],
  uuid: ['on', 'off'],
  nfs_export: ['on', 'off'],
  xino: ['on', 'off', 'auto'],
  metacopy: ['on', 'off'],
}

/** A line in the kernel's log, and the error it explains. */
export function refuse(v: Vfs, errno: Errno, why: string): never {
  warn(v, why)
  throw errno
}

export const warn = (v: Vfs, what: string): void => v.host.log(`overlayfs: ${what}`)

/** Linux: ovl_next_opt(): commas separate options unless a backslash stands before them. */
const splitOptions = (text: string): string[] => text.match(/(?:\\.|[^,\\])+/gs) ?? []

/** Linux: ovl_parse_opt(). Errors: EINVAL. */
export function parse(v: Vfs, text: string): Config {
  const config: Config = {
    redirectDir: false,
    redirectFollow: false,
    metacopy: false,
    index: false,
    nfsExport: false,
    uuid: true,
    xino: 'off',
    defaultPermissions: false,
    userxattr: false,
    volatile: false,
  }
  const given = new Map<string, string>()
  for (const option of splitOptions(text)) {
    const [key = '', value] = option.split(/=(.*)/s)
    const isDirectory = key === 'lowerdir' || key === 'upperdir' || key === 'workdir'
    if (value && isDirectory) config[key] = value
    else if (value === undefined && SWITCHES[key]) SWITCHES[key](config)
    else if (value && VALUES[key]?.includes(value)) given.set(key, value)
    else if (value && key === 'redirect_dir') refuse(v, EINVAL, `bad mount option "redirect_dir=${value}"`)
    else refuse(v, EINVAL, `unrecognized mount option "${option}" or missing value`)
  }
  config.metacopy = given.get('metacopy') === 'on'
  config.index = given.get('index') === 'on'
  config.nfsExport = given.get('nfs_export') === 'on'
  config.uuid = given.get('uuid') !== 'off'
  config.xino = (given.get('xino') as Config['xino'] | undefined) ?? 'off'
  const mode = given.get('redirect_dir')
  if (mode) config.redirectMode = mode
  if (!config.upperdir) dropUseless(v, config)
  resolve(v, config, given.has('index'))
  return config
}

/** What only concerns an upper layer. */
function dropUseless(v: Vfs, config: Config): void {
  if (config.workdir) {
    warn(v, `option "workdir=${config.workdir}" is useless in a non-upper mount, ignore`)
    delete config.workdir
  }
  if (config.index) {
    warn(v, 'option "index=on" is useless in a non-upper mount, ignore')
    config.index = false
  }
  if (config.volatile) {
    warn(v, 'option "volatile" is meaningless in a non-upper mount, ignoring it.')
    config.volatile = false
  }
}

/** Linux: the second half of ovl_parse_opt(): some options need or exclude others. */
function resolve(v: Vfs, config: Config, indexGiven: boolean): void {
  const { upperdir, redirectMode: mode } = config
  const conflict = (what: string): never => refuse(v, EINVAL, `conflicting options: ${what}`)
  config.redirectDir = mode === 'on'
  // CONFIG_OVERLAY_FS_REDIRECT_ALWAYS_FOLLOW: they are followed unless nofollow is said.
  config.redirectFollow = mode !== 'nofollow'
  if (!upperdir && config.redirectFollow) config.redirectDir = true
  if (config.metacopy && !config.redirectDir) {
    if (mode !== undefined) conflict(`metacopy=on,redirect_dir=${mode}`)
    config.redirectDir = config.redirectFollow = true
  }
  if (config.nfsExport && !config.index) {
    if (!upperdir && config.redirectFollow) {
      const needs = 'NFS export requires "redirect_dir=nofollow" on non-upper mount'
      warn(v, `${needs}, falling back to nfs_export=off.`)
      config.nfsExport = false
    } else if (indexGiven && upperdir) conflict('nfs_export=on,index=off')
    else config.index = true
  }
  if (config.nfsExport && config.metacopy) conflict('nfs_export=on,metacopy=on')
  if (config.userxattr) {
    if (config.redirectFollow && mode !== undefined) conflict(`userxattr,redirect_dir=${mode}`)
    if (config.metacopy) conflict('userxattr,metacopy=on')
    config.redirectDir = config.redirectFollow = config.metacopy = false
  }
}

/** Linux: ovl_allow_offline_changes(): no feature is used that needs the lower layers to stay as they are. */
export const allowsOfflineChanges = (config: Config): boolean =>
  !config.redirectDir && !config.metacopy && !config.index && config.xino !== 'on'

/** Linux: ovl_show_options(). What has its default is not shown, nor xino where it changes nothing. */
export function show(config: Config, isSameFs: boolean): string {
  const quote = (text: string): string =>
    text.replace(/[ \t\n\\,]/g, c => `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}`)
  const parts = [`lowerdir=${quote(config.lowerdir!)}`]
  if (config.upperdir) parts.push(`upperdir=${quote(config.upperdir)}`, `workdir=${quote(config.workdir!)}`)
  if (config.defaultPermissions) parts.push('default_permissions')
  const { redirectMode: mode } = config
  if (mode && mode !== 'off') parts.push(`redirect_dir=${mode}`)
  if (config.index) parts.push('index=on')
  if (!config.uuid) parts.push('uuid=off')
  if (config.nfsExport) parts.push('nfs_export=on')
  if (config.xino !== 'off' && !isSameFs) parts.push(`xino=${config.xino}`)
  if (config.metacopy) parts.push('metacopy=on')
  if (config.volatile) parts.push('volatile')
  if (config.userxattr) parts.push('userxattr')
  return parts.join(',')
}
