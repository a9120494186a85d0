/**
 * The mount options of proc: which processes are shown to whom, and whether anything else is.
 * Linux: fs/proc/root.c:proc_parse_param(), fs/proc/base.c:has_pid_permissions(); proc(5).
 */
import { EINVAL } from '../../abi/index.ts'
import { type Kernel, makeKgid, ptraceMayAccess } from '../../kernel/index.ts'
import { type Caller, inGroup } from '../../vfs/index.ts'

/** Linux: struct proc_fs_info. */
export interface ProcOptions {
  readonly hidepid: HidePid
  /** The group for which nothing is hidden. */
  readonly gid: number
  /** Only processes, nothing of the whole system. */
  readonly pidOnly: boolean
}

/** Linux: enum proc_hidepid. */
export type HidePid = 'off' | 'noaccess' | 'invisible' | 'ptraceable'

const NUMBERED: Readonly<Record<string, HidePid>> = {
  '0': 'off',
  '1': 'noaccess',
  '2': 'invisible',
  '4': 'ptraceable',
}
const DEFAULTS: ProcOptions = { hidepid: 'off', gid: 0, pidOnly: false }

const isHidePid = (word: string): word is HidePid => Object.values<string>(NUMBERED).includes(word)

/** What `old` becomes by the options of a mount or remount. Errors: EINVAL, with a line for dmesg. */
export function parseOptions(k: Kernel, text: string, as: Caller, old = DEFAULTS): ProcOptions {
  let options = old
  for (const it of text.split(',').filter(Boolean)) options = { ...options, ...parseOption(k, it, as) }
  return options
}

function parseOption(k: Kernel, option: string, as: Caller): Partial<ProcOptions> {
  const refuse = (line: string): never => {
    k.log(`proc: ${line}`)
    throw EINVAL
  }
  const [name, value = ''] = option.split('=')
  if (name === 'hidepid') {
    const hidepid = NUMBERED[value] ?? value
    return isHidePid(hidepid) ? { hidepid } : refuse(`unknown value of hidepid - ${value}`)
  }
  if (name === 'gid') {
    if (!/^\d+$/.test(value)) return refuse(`Bad value for '${name}'`)
    return { gid: makeKgid(k, as.cred.userNs, Number(value)) ?? -1 }
  }
  if (name !== 'subset') return refuse(`Unknown parameter '${name}'`)
  return value === 'pid' ? { pidOnly: true } : refuse(`unsupported subset option - ${value}`)
}

/** As they are kept with the super block: a gid that the mounter's namespace does not know is -1. */
export const keptOptions = ({ hidepid, gid, pidOnly }: ProcOptions): string =>
  [gid ? `gid=${gid}` : '', hidepid === 'off' ? '' : `hidepid=${hidepid}`, pidOnly ? 'subset=pid' : '']
    .filter(Boolean)
    .join(',')

/** Linux: proc_show_options(), from_kgid_munged(). */
export const showOptions = (kept: string): string => kept.replace(/^gid=-1\b/, 'gid=65534')

/** The options of a super block out of the text that it keeps. */
export function optionsOf(text: string): ProcOptions {
  if (!text) return DEFAULTS
  const given = new Map(text.split(',').map(it => it.split('=') as [string, string]))
  const hidepid = (given.get('hidepid') ?? 'off') as HidePid
  return { hidepid, gid: Number(given.get('gid') ?? 0), pidOnly: given.has('subset') }
}

/** Linux: has_pid_permissions(): whether a task is none of those that `hiding` options hide from the caller. */
export function hasPidPermissions(
  k: Kernel,
  { hidepid, gid }: ProcOptions,
  as: Caller,
  task: number,
  hiding: readonly HidePid[],
): boolean {
  if (!as.task || !hiding.includes(hidepid)) return true
  if (hidepid !== 'ptraceable' && inGroup(as.cred, gid)) return true
  return ptraceMayAccess(k, as, task)
}
