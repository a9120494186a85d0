/**
 * The options of `mount -t cgroup`. Linux: kernel/cgroup/cgroup-v1.c, cgroup1_parse_param(), check_cgroupfs_options().
 */
import { CAP_SYS_ADMIN, EINVAL, type Errno } from '../../abi/index.ts'
import type { Caller } from '../../vfs/index.ts'
import { capable } from '../capability.ts'
import type { Kernel } from '../kernel.ts'
import { refuse } from '../refuse.ts'
import { CONTROLLER_NAMES, legacyName } from './controllers.ts'

/** What the options ask for. Linux: struct cgroup_fs_context. */
export interface V1Options {
  readonly controllers: readonly string[]
  readonly none: boolean
  readonly all: boolean
  readonly name: string | undefined
  readonly flags: readonly string[]
  readonly cloneChildren: boolean
  readonly releaseAgent: string | undefined
}

const FLAGS = ['noprefix', 'cpuset_v2_mode', 'xattr', 'favordynmods']
/** MAX_CGROUP_ROOT_NAMELEN, its end included. */
const NAME_MAX = 64

/** Refuse, with the kernel's own words in its log. Linux: invalfc(). */
export function invalid(k: Kernel, message: string): Errno {
  k.log(`cgroup: ${message}`)
  return refuse(k, EINVAL, 'cgroup1-option', { message })
}

export function parseV1Options(k: Kernel, text: string, as: Caller): V1Options {
  let options: V1Options = {
    controllers: [],
    none: false,
    all: false,
    name: undefined,
    flags: [],
    cloneChildren: false,
    releaseAgent: undefined,
  }
  for (const word of text.split(',').filter(Boolean))
    options = { ...options, ...parseWord(k, word, options, as) }
  return complete(k, options)
}

function parseWord(k: Kernel, word: string, before: V1Options, as: Caller): Partial<V1Options> {
  const equals = word.indexOf('=')
  const key = equals < 0 ? word : word.slice(0, equals)
  const value = equals < 0 ? undefined : word.slice(equals + 1)
  if (key === 'name' || key === 'release_agent') {
    if (!value) throw invalid(k, `Bad value for '${key}'`)
    return key === 'name' ? nameOption(k, value, before) : agentOption(k, value, before, as)
  }
  const isPlain = ['none', 'all', 'clone_children', 'nofavordynmods', ...FLAGS].includes(key)
  if (isPlain && value !== undefined) throw invalid(k, `Unexpected value for '${key}'`)
  if (key === 'none' || key === 'all') return { [key]: true }
  if (key === 'clone_children') return { cloneChildren: true }
  if (key === 'nofavordynmods') return { flags: before.flags.filter(it => it !== 'favordynmods') }
  if (FLAGS.includes(key)) return { flags: [...before.flags, key] }
  const controller = CONTROLLER_NAMES.find(it => legacyName(it) === key)
  if (!controller) throw invalid(k, `Unknown subsys name '${key}'`)
  return {
    controllers: CONTROLLER_NAMES.filter(it => it === controller || before.controllers.includes(it)),
  }
}

function nameOption(k: Kernel, name: string, before: V1Options): Partial<V1Options> {
  if (name.length >= NAME_MAX) throw invalid(k, 'Name too long')
  if (!/^[A-Za-z0-9._-]+$/.test(name)) throw invalid(k, 'Invalid name')
  if (before.name !== undefined) throw invalid(k, 'name respecified')
  return { name }
}

/** The agent is started with all capabilities: only who has them may say which. */
function agentOption(k: Kernel, releaseAgent: string, before: V1Options, as: Caller): Partial<V1Options> {
  if (before.releaseAgent !== undefined) throw invalid(k, 'release_agent respecified')
  if (!capable(k, as.cred, CAP_SYS_ADMIN)) throw invalid(k, 'Setting release_agent not allowed')
  return { releaseAgent }
}

function complete(k: Kernel, options: V1Options): V1Options {
  const { controllers, none, name, flags } = options
  const all = options.all || (!controllers.length && !none && name === undefined)
  if (all && controllers.length) throw invalid(k, 'subsys name conflicts with all')
  const chosen = all ? CONTROLLER_NAMES : controllers
  if (!chosen.length && name === undefined) throw invalid(k, 'Need name or subsystem set')
  if (flags.includes('noprefix') && chosen.some(it => it !== 'cpuset'))
    throw invalid(k, 'noprefix used incorrectly')
  if (chosen.length && none) throw invalid(k, 'none used incorrectly')
  return { ...options, controllers: chosen, all }
}

/** Linux: CGRP_ROOT_…, as a mismatch is reported. */
const FLAG_BITS: Readonly<Record<string, number>> = {
  noprefix: 1 << 1,
  xattr: 1 << 2,
  favordynmods: 1 << 4,
  cpuset_v2_mode: 1 << 16,
}
export const flagBits = (flags: readonly string[]): number =>
  flags.reduce((bits, flag) => bits | (FLAG_BITS[flag] ?? 0), 0)
