/**
 * setpriv - run a program with different Linux privilege settings
 * Linux: util-linux sys-utils/setpriv.c; setpriv(1).
 *
 * Left out: SELinux, which is not there.
 */
import {
  type Blocking,
  CAP_LAST_CAP,
  CAP_SETPCAP,
  ENOENT,
  Errno,
  F_OK,
  PR_CAP_AMBIENT,
  PR_CAP_AMBIENT_IS_SET,
  PR_CAP_AMBIENT_LOWER,
  PR_CAP_AMBIENT_RAISE,
  PR_CAPBSET_DROP,
  PR_CAPBSET_READ,
  PR_GET_NO_NEW_PRIVS,
  PR_GET_PDEATHSIG,
  PR_GET_SECUREBITS,
  PR_SET_KEEPCAPS,
  PR_SET_NO_NEW_PRIVS,
  PR_SET_PDEATHSIG,
  PR_SET_SECUREBITS,
  refusal,
  SECBIT_KEEP_CAPS,
  signalName,
  signalNumber,
  type Sys,
} from '../../abi/index.ts'
import { command, fatal, type Flags, type Options, type Process, writeFile } from '../lib/command.ts'
import { execProgram } from '../lib/namespaces.ts'
import { procText } from '../lib/proc.ts'
import { capName, capNames, capNumber } from '../lib/capabilities.ts'
import { groupId, groupList, readUsers, type Users, userId, userName } from '../lib/users.ts'

const OPTIONS = {
  dump: { short: 'd' },
  nnp: { also: ['no-new-privs'] },
  ambientCaps: { value: '<caps,...>' },
  inhCaps: { value: '<caps,...>' },
  boundingSet: { value: '<caps>' },
  listCaps: {},
  ruid: { value: '<uid|user>' },
  euid: { value: '<uid|user>' },
  rgid: { value: '<gid|user>' },
  egid: { value: '<gid|group>' },
  reuid: { value: '<uid|user>' },
  regid: { value: '<gid|group>' },
  clearGroups: {},
  keepGroups: {},
  initGroups: {},
  groups: { value: '<group,...>' },
  securebits: { value: '<bits>' },
  pdeathsig: { value: 'keep|clear|<signame>' },
  selinuxLabel: { value: '<label>' },
  apparmorProfile: { value: '<pr>' },
  resetEnv: {},
} as const satisfies Options
type Given = Flags<typeof OPTIONS>

export default command({
  name: 'setpriv',
  summary: 'run a program with different privilege settings',
  suite: 'util-linux',
  usage: 'setpriv [options] <program> [<argument>...]',
  help: `
Usage:
 setpriv [options] <program> [<argument>...]

Run a program with different privilege settings.

Options:
 -d, --dump                  show current state (and do not exec)
 --nnp, --no-new-privs       disallow granting new privileges
 --ambient-caps <caps,...>   set ambient capabilities
 --inh-caps <caps,...>       set inheritable capabilities
 --bounding-set <caps>       set capability bounding set
 --ruid <uid|user>           set real uid
 --euid <uid|user>           set effective uid
 --rgid <gid|user>           set real gid
 --egid <gid|group>          set effective gid
 --reuid <uid|user>          set real and effective uid
 --regid <gid|group>         set real and effective gid
 --clear-groups              clear supplementary groups
 --keep-groups               keep supplementary groups
 --init-groups               initialize supplementary groups
 --groups <group,...>        set supplementary groups by UID or name
 --securebits <bits>         set securebits
 --pdeathsig keep|clear|<signame>
                             set or clear parent death signal
 --selinux-label <label>     set SELinux label
 --apparmor-profile <pr>     set AppArmor profile
 --reset-env                 clear all environment and initialize
                               HOME, SHELL, USER, LOGNAME and PATH

 -h, --help                  display this help
 -V, --version               display version

 This tool can be dangerous.  Read the manpage, and be careful.

For more details see setpriv(1).
`,
  options: OPTIONS,
  stopAtOperand: true,

  *main(sys, flags, args, me) {
    const users = yield* readUsers(sys)
    if (flags.listCaps) {
      for (let cap = 0; cap <= CAP_LAST_CAP; cap++) me.out.line(capName(cap).slice(4))
      return 0
    }
    if (flags.dump) return yield* dump(sys, me, me.order.filter(it => it.key === 'dump').length)
    if (!args.length) throw fatal('No program specified')
    yield* apply(sys, flags, users)
    return yield* execProgram(sys, args, flags.resetEnv ? fresh(sys, users, me) : me.envp)
  },
})

/** How it ends when the kernel refuses. */
const PRIVILEGE_ERROR = 127

function privileged<T>(what: string, act: () => T): T {
  try {
    return act()
  } catch (e) {
    throw fatal(what, e, PRIVILEGE_ERROR)
  }
}

const id = (what: string, text: string, found: number | undefined): number => {
  if (found === undefined) throw fatal(`failed to parse ${what}: '${text}'`)
  return found
}

/** What the options say, read and checked before anything is changed. */
interface Plan {
  readonly ruid: number
  readonly euid: number
  readonly rgid: number
  readonly egid: number
  readonly groups: readonly number[] | undefined
  readonly inherit: Changes | undefined
  readonly ambient: Changes | undefined
  readonly bounding: Changes | undefined
  readonly securebits: number | undefined
  readonly pdeathsig: number | undefined
}

const GROUP_OPTIONS = ['clearGroups', 'keepGroups', 'initGroups', 'groups'] as const

function planOf(sys: Sys, flags: Given, users: Users): Plan {
  const uid = (what: string, text: string | undefined): number =>
    text === undefined ? -1 : id(what, text, userId(users, text))
  const gid = (what: string, text: string | undefined): number =>
    text === undefined ? -1 : id(what, text, groupId(users, text))
  const [reuid, regid] = [uid('reuid', flags.reuid), gid('regid', flags.regid)]
  const [ruid, euid] = flags.reuid ? [reuid, reuid] : [uid('ruid', flags.ruid), uid('euid', flags.euid)]
  const [rgid, egid] = flags.regid ? [regid, regid] : [gid('rgid', flags.rgid), gid('egid', flags.egid)]
  const said = GROUP_OPTIONS.filter(key => flags[key] !== undefined)
  if (said.length > 1)
    throw fatal('mutually exclusive arguments: --clear-groups --keep-groups --init-groups --groups')
  if ((rgid >= 0 || egid >= 0) && !said.length)
    throw fatal('--[re]gid requires --keep-groups, --clear-groups, --init-groups, or --groups')
  return {
    ...{ ruid, euid, rgid, egid },
    groups: groupsOf(flags, users, ruid),
    inherit: flags.inhCaps === undefined ? undefined : changes(flags.inhCaps),
    ambient: flags.ambientCaps === undefined ? undefined : changes(flags.ambientCaps),
    bounding: flags.boundingSet === undefined ? undefined : changes(flags.boundingSet),
    securebits: flags.securebits === undefined ? undefined : securebitsOf(sys, flags.securebits),
    pdeathsig: flags.pdeathsig === undefined ? undefined : deathSignal(flags.pdeathsig),
  }
}

function deathSignal(text: string): number | undefined {
  if (text === 'keep') return undefined
  const signal = text === 'clear' ? 0 : signalNumber(text)
  if (signal === undefined) throw fatal(`unknown signal: ${text}`)
  return signal
}

function* apply(sys: Sys, flags: Given, users: Users): Blocking<void> {
  const plan = planOf(sys, flags, users)
  const { ruid, euid, rgid, egid } = plan
  if (flags.nnp)
    privileged('disallow granting new privileges failed', () => sys.prctl(PR_SET_NO_NEW_PRIVS, 1))
  if (flags.selinuxLabel !== undefined) throw fatal('SELinux is not running', undefined, PRIVILEGE_ERROR)
  if (flags.apparmorProfile !== undefined) yield* confine(sys, flags.apparmorProfile)
  // Other ids shall not cost the capabilities that are handed on: they stay until execve(2).
  if (ruid >= 0 || euid >= 0 || rgid >= 0 || egid >= 0)
    privileged('keep process capabilities failed', () => sys.prctl(PR_SET_KEEPCAPS, 1))
  const before = sys.capget(0)
  if (ruid >= 0 || euid >= 0) {
    privileged('setresuid failed', () => sys.setresuid(ruid, euid, euid))
    privileged('reactivate capabilities', () => sys.capset(before))
  }
  if (rgid >= 0 || egid >= 0) privileged('setresgid failed', () => sys.setresgid(rgid, egid, egid))
  const { groups } = plan
  if (groups)
    privileged(flags.initGroups ? 'initgroups failed' : 'setgroups failed', () => sys.setgroups(groups))
  setCapabilities(sys, plan)
  const { pdeathsig } = plan
  if (pdeathsig !== undefined)
    privileged('set parent death signal failed', () => sys.prctl(PR_SET_PDEATHSIG, pdeathsig))
}

function setCapabilities(sys: Sys, { securebits, bounding, inherit, ambient }: Plan): void {
  if (securebits !== undefined)
    privileged('set process securebits failed', () => sys.prctl(PR_SET_SECUREBITS, securebits))
  // libcap-ng leaves the bounding set alone without CAP_SETPCAP, and the ambient one where it cannot be raised.
  if (bounding && (sys.capget(0).effective >> BigInt(CAP_SETPCAP)) & 1n)
    for (let cap = 0; cap <= CAP_LAST_CAP; cap++)
      if (!changedBit(bounding, cap, true)) sys.prctl(PR_CAPBSET_DROP, cap)
  if (inherit) {
    const caps = sys.capget(0)
    privileged('apply capabilities', () =>
      sys.capset({ ...caps, inheritable: changed(caps.inheritable, inherit) }),
    )
  }
  if (ambient) setAmbient(sys, ambient)
}

/** Have AppArmor change to a profile at the next execve(2). */
function* confine(sys: Sys, profile: string): Blocking<void> {
  try {
    yield* writeFile(sys, '/proc/self/attr/exec', `exec ${profile}`)
  } catch (e) {
    throw fatal('write failed: /proc/self/attr/exec', e, PRIVILEGE_ERROR)
  }
}

/** Bits of prctl(PR_SET_SECUREBITS), in the order of --dump. */
const SECUREBITS: Readonly<Record<string, number>> = {
  noroot: 1 << 0,
  noroot_locked: 1 << 1,
  no_setuid_fixup: 1 << 2,
  no_setuid_fixup_locked: 1 << 3,
  keep_caps_locked: 1 << 5,
}

/** `+noroot,-keep_caps_locked`, `+all`. KEEP_CAPS is on besides: exec takes it away. */
function securebitsOf(sys: Sys, text: string): number {
  const all = Object.values(SECUREBITS).reduce((bits, it) => bits | it)
  let bits = Number(sys.prctl(PR_GET_SECUREBITS, 0))
  for (const word of text.split(',')) {
    const [sign, name] = [word[0], word.slice(1)]
    if (sign !== '+' && sign !== '-') throw fatal('bad securebits string')
    if (name === 'keep_caps') throw fatal('adjusting keep_caps does not make sense')
    const bit = name === 'all' ? all : SECUREBITS[name]
    if (bit === undefined) throw fatal('unrecognized securebit')
    bits = sign === '+' ? bits | bit : bits & ~bit
  }
  return bits | SECBIT_KEEP_CAPS
}

function setAmbient(sys: Sys, list: Changes): void {
  for (let cap = 0; cap <= CAP_LAST_CAP; cap++) {
    const now = sys.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET, cap) === 1
    const next = changedBit(list, cap, now)
    if (next === now) continue
    try {
      sys.prctl(PR_CAP_AMBIENT, next ? PR_CAP_AMBIENT_RAISE : PR_CAP_AMBIENT_LOWER, cap)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
    }
  }
}

function groupsOf(flags: Given, users: Users, ruid: number): readonly number[] | undefined {
  if (flags.clearGroups) return []
  if (flags.groups !== undefined)
    return flags.groups.split(',').map(it => {
      const gid = groupId(users, it)
      if (gid === undefined) throw fatal(`Invalid supplementary group id: '${it}'`)
      return gid
    })
  if (!flags.initGroups) return undefined
  const user = users.passwd.find(it => it.uid === ruid)
  if (user) return groupList(users, user.name, user.gid)
  throw fatal(
    ruid < 0
      ? '--init-groups requires --ruid or --reuid'
      : `uid ${ruid} not found, --init-groups requires an user that can be found on the system`,
  )
}

type Changes = readonly (readonly [on: boolean, cap: number | 'all'])[]

/** `+chown,-kill`, `-all`: what to do in order. Names are without cap_, but numbers with it. */
function changes(text: string): Changes {
  return text.split(',').map(it => {
    const name = it.slice(1)
    const cap = name === 'all' ? 'all' : /^cap_/.test(name) ? capOfNumber(name) : capNumber(name)
    if (!/^[+-]/.test(it)) throw fatal('bad capability string')
    if (cap === undefined) throw fatal(`unknown capability "${it.slice(1)}"`)
    return [it[0] === '+', cap] as const
  })
}

function capOfNumber(name: string): number | undefined {
  const number = /^cap_(\d+)$/.exec(name)?.[1]
  return number !== undefined && Number(number) <= CAP_LAST_CAP ? Number(number) : undefined
}

function changedBit(list: Changes, cap: number, now: boolean): boolean {
  return list.reduce((bit, [on, which]) => (which === 'all' || which === cap ? on : bit), now)
}

const changed = (set: bigint, list: Changes): bigint => {
  let next = 0n
  for (let cap = 0; cap <= CAP_LAST_CAP; cap++)
    if (changedBit(list, cap, ((set >> BigInt(cap)) & 1n) === 1n)) next |= 1n << BigInt(cap)
  return next
}

function fresh(sys: Sys, users: Users, me: Process): string[] {
  const uid = sys.getuid()
  const user = users.passwd.find(it => it.uid === uid)
  const term = me.env.get('TERM')
  return [
    ...(term === undefined ? [] : [`TERM=${term}`]),
    `SHELL=${user?.shell ?? '/bin/sh'}`,
    `HOME=${user?.dir ?? '/'}`,
    `USER=${userName(users, uid) ?? uid}`,
    `LOGNAME=${userName(users, uid) ?? uid}`,
    `PATH=${uid === 0 ? '/usr/local/sbin:/usr/local/bin:/sbin:/bin:/usr/sbin:/usr/bin' : '/usr/local/bin:/bin:/usr/bin'}`,
  ]
}

/** `setpriv --dump`; said twice, with more of it. */
function* dump(sys: Sys, me: Process, level: number): Blocking<number> {
  const [ruid, euid] = sys.getresuid()
  const [rgid, egid] = sys.getresgid()
  const own = sys.capget(0)
  const named = (set: bigint): string => capNames(set, cap => capName(cap).slice(4)) || '[none]'
  const collected = (has: (cap: number) => unknown): string => {
    let set = 0n
    for (let cap = 0; cap <= CAP_LAST_CAP; cap++) if (has(cap) === 1) set |= 1n << BigInt(cap)
    return named(set)
  }
  me.out.line(`uid: ${ruid}\neuid: ${euid}\ngid: ${rgid}\negid: ${egid}`)
  me.out.line(`Supplementary groups: ${sys.getgroups().join(',') || '[none]'}`)
  me.out.line(`no_new_privs: ${sys.prctl(PR_GET_NO_NEW_PRIVS, 0)}`)
  if (level > 1) {
    me.out.line(`Effective capabilities: ${named(own.effective)}`)
    me.out.line(`Permitted capabilities: ${named(own.permitted)}`)
  }
  me.out.line(`Inheritable capabilities: ${named(own.inheritable)}`)
  me.out.line(
    `Ambient capabilities: ${collected(cap => sys.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET, cap))}`,
  )
  me.out.line(`Capability bounding set: ${collected(cap => sys.prctl(PR_CAPBSET_READ, cap))}`)
  const bits = Number(sys.prctl(PR_GET_SECUREBITS, 0))
  const names = Object.keys(SECUREBITS).filter(name => bits & SECUREBITS[name]!)
  me.out.line(`Securebits: ${names.join(',') || '[none]'}`)
  const signal = Number(sys.prctl(PR_GET_PDEATHSIG, 0))
  me.out.line(`Parent death signal: ${signal ? (signalName(signal)?.slice(3) ?? signal) : '[none]'}`)
  if (!refusal(() => sys.access('/sys/kernel/security/apparmor', F_OK))) yield* dumpProfile(sys, me)
  return 0
}

function* dumpProfile(sys: Sys, me: Process): Blocking<void> {
  const path = '/proc/self/attr/current'
  const profile = yield* procText(sys, path)
  if (profile === undefined) yield* me.warn(`cannot open ${path}`, ENOENT)
  else me.out.line(`AppArmor profile: ${profile.trim()}`)
}
