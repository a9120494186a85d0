/** The options of an overlay mount. Linux: ovl_parse_opt() and ovl_show_options() of fs/overlayfs/super.c. */
import { EINVAL, type Errno, type Rule } from '../../abi/index.ts'
import { refuse as refuseFor, type Vfs } from '../../vfs/index.ts'
import { type Defaults, defaultsOf } from './module.ts'

/** Linux: struct ovl_config. What some options need or exclude of others is settled. */
export interface Config {
  lowerdir?: string
  upperdir?: string
  workdir?: string
  /** As given, or on or off by the module's parameter. */
  redirectMode: string
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
const ON_OFF = ['on', 'off']
const VALUES: Readonly<Record<string, readonly string[]>> = {
  index: ON_OFF,
  uuid: ON_OFF,
  nfs_export: ON_OFF,
  xino: ['on', 'off', 'auto'],
  metacopy: ON_OFF,
}

/** A line in the kernel's log, and the error it explains. */
export function refuse(v: Vfs, errno: Errno, why: string, rule: OverlayRule): never {
  warn(v, why)
  throw refuseFor(v, errno, rule, { line: why })
}
type OverlayRule = Extract<Rule, `overlay-${string}`>

export const warn = (v: Vfs, what: string): void => v.host.log(`overlayfs: ${what}`)

/** Linux: ovl_next_opt(): commas separate options unless a backslash stands before them. */
const splitOptions = (text: string): string[] => text.match(/(?:\\.|[^,\\])+/gs) ?? []

/** Linux: ovl_redirect_mode_def(), ovl_xino_def(). */
const redirectDefault = ({ redirect_dir }: Defaults): string => (redirect_dir ? 'on' : 'off')
const xinoDefault = ({ xino_auto }: Defaults): Config['xino'] => (xino_auto ? 'auto' : 'off')

/** Linux: ovl_parse_opt(). Errors: EINVAL. */
export function parse(v: Vfs, text: string): Config {
  const defaults = defaultsOf(v)
  const config: Config = {
    redirectMode: redirectDefault(defaults),
    redirectDir: false,
    redirectFollow: false,
    metacopy: defaults.metacopy,
    index: defaults.index,
    nfsExport: defaults.nfs_export,
    uuid: true,
    xino: xinoDefault(defaults),
    defaultPermissions: false,
    userxattr: false,
    volatile: false,
  }
  const given = readOptions(v, text, config)
  if (!config.upperdir) dropUseless(v, config, given)
  parseRedirectMode(v, config, defaults)
  resolveMetacopy(v, config, given)
  resolveNfsExport(v, config, given)
  resolveUserxattr(v, config, given)
  return config
}

/** The first half: what is said; returns the names of the options with a value of their own. */
function readOptions(v: Vfs, text: string, config: Config): Set<string> {
  const given = new Map<string, string>()
  for (const option of splitOptions(text)) {
    const [key = '', value] = option.split(/=(.*)/s)
    const isDirectory = key === 'lowerdir' || key === 'upperdir' || key === 'workdir'
    if (value && isDirectory) config[key] = value
    else if (value && key === 'redirect_dir') given.set(key, (config.redirectMode = value))
    else if (value === undefined && SWITCHES[key]) SWITCHES[key](config)
    else if (value && VALUES[key]?.includes(value)) given.set(key, value)
    else refuse(v, EINVAL, `unrecognized mount option "${option}" or missing value`, 'overlay-option')
  }
  const isOn = (key: string, otherwise: boolean): boolean =>
    given.has(key) ? given.get(key) === 'on' : otherwise
  config.metacopy = isOn('metacopy', config.metacopy)
  config.index = isOn('index', config.index)
  config.nfsExport = isOn('nfs_export', config.nfsExport)
  config.uuid = isOn('uuid', true)
  config.xino = (given.get('xino') as Config['xino'] | undefined) ?? config.xino
  return new Set(given.keys())
}

/** What only concerns an upper layer. */
function dropUseless(v: Vfs, config: Config, given: Set<string>): void {
  if (config.workdir) {
    warn(v, `option "workdir=${config.workdir}" is useless in a non-upper mount, ignore`)
    delete config.workdir
  }
  if (config.index && given.has('index')) warn(v, 'option "index=on" is useless in a non-upper mount, ignore')
  config.index = false
  if (config.volatile) {
    warn(v, 'option "volatile" is meaningless in a non-upper mount, ignoring it.')
    config.volatile = false
  }
}

/** Linux: ovl_parse_redirect_mode(). Errors: EINVAL. */
function parseRedirectMode(v: Vfs, config: Config, defaults: Defaults): void {
  const { redirectMode: mode, upperdir } = config
  if (!['on', 'off', 'follow', 'nofollow'].includes(mode))
    refuse(v, EINVAL, `bad mount option "redirect_dir=${mode}"`, 'overlay-option')
  config.redirectDir = mode === 'on'
  config.redirectFollow =
    mode === 'on' || mode === 'follow' || (mode === 'off' && defaults.redirect_always_follow)
  if (!upperdir && config.redirectFollow) config.redirectDir = true
}

const conflict = (v: Vfs, what: string): never =>
  refuse(v, EINVAL, `conflicting options: ${what}`, 'overlay-options-conflict')

/** Metadata-only copies need redirects: whichever was not asked for gives way. */
function resolveMetacopy(v: Vfs, config: Config, given: ReadonlySet<string>): void {
  const { redirectMode: mode } = config
  if (!config.metacopy || config.redirectDir) return
  if (!given.has('redirect_dir')) {
    config.redirectDir = config.redirectFollow = true
    return
  }
  if (given.has('metacopy')) conflict(v, `metacopy=on,redirect_dir=${mode}`)
  warn(v, `disabling metacopy due to redirect_dir=${mode}`)
  config.metacopy = false
}

/** Finding files by handle needs an index, and files that have their contents. */
function resolveNfsExport(v: Vfs, config: Config, given: ReadonlySet<string>): void {
  const isAsked = given.has('nfs_export')
  if (config.nfsExport && !config.index) {
    const isFollowing = !config.upperdir && config.redirectFollow
    if (isFollowing) {
      const needs = 'NFS export requires "redirect_dir=nofollow" on non-upper mount'
      warn(v, `${needs}, falling back to nfs_export=off.`)
    } else if (isAsked && given.has('index')) conflict(v, 'nfs_export=on,index=off')
    else if (given.has('index')) warn(v, 'disabling nfs_export due to index=off')
    else config.index = true
    config.nfsExport = config.index
  }
  if (!config.nfsExport || !config.metacopy) return
  if (isAsked && given.has('metacopy')) conflict(v, 'nfs_export=on,metacopy=on')
  const other = given.has('metacopy')
  warn(v, other ? 'disabling nfs_export due to metacopy=on' : 'disabling metacopy due to nfs_export=on')
  if (other) config.nfsExport = false
  else config.metacopy = false
}

/** What a user may write is not followed. */
function resolveUserxattr(v: Vfs, config: Config, given: ReadonlySet<string>): void {
  if (!config.userxattr) return
  if (config.redirectFollow && given.has('redirect_dir'))
    conflict(v, `userxattr,redirect_dir=${config.redirectMode}`)
  if (config.metacopy && given.has('metacopy')) conflict(v, 'userxattr,metacopy=on')
  config.redirectDir = config.redirectFollow = config.metacopy = false
}

/** Linux: ovl_allow_offline_changes(): no feature is used that needs the lower layers to stay as they are. */
export const allowsOfflineChanges = (config: Config): boolean =>
  !config.redirectDir && !config.metacopy && !config.index && config.xino !== 'on'

/** Linux: ovl_show_options(). What is as the module's parameters say is not shown, nor xino where it changes nothing. */
export function show(v: Vfs, config: Config, isSameFs: boolean): string {
  const defaults = defaultsOf(v)
  const quote = (text: string): string =>
    text.replace(/[ \t\n\\,]/g, c => `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}`)
  const parts = [`lowerdir=${quote(config.lowerdir!)}`]
  if (config.upperdir) parts.push(`upperdir=${quote(config.upperdir)}`, `workdir=${quote(config.workdir!)}`)
  if (config.defaultPermissions) parts.push('default_permissions')
  const onOff = (name: string, isOn: boolean, otherwise: boolean): void =>
    void (isOn !== otherwise && parts.push(`${name}=${isOn ? 'on' : 'off'}`))
  const { redirectMode: mode } = config
  if (mode !== redirectDefault(defaults)) parts.push(`redirect_dir=${mode}`)
  onOff('index', config.index, defaults.index)
  onOff('uuid', config.uuid, true)
  onOff('nfs_export', config.nfsExport, defaults.nfs_export)
  if (config.xino !== xinoDefault(defaults) && !isSameFs) parts.push(`xino=${config.xino}`)
  onOff('metacopy', config.metacopy, defaults.metacopy)
  if (config.volatile) parts.push('volatile')
  if (config.userxattr) parts.push('userxattr')
  return parts.join(',')
}
