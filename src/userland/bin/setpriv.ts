/**
 * setpriv - run a program with different Linux privilege settings
 * Linux: util-linux sys-utils/setpriv.c; setpriv(1).
 *
 * Left out: --securebits, SELinux and AppArmor.
 */
import {
  type Blocking,
  CAP_LAST_CAP,
  PR_CAP_AMBIENT,
  PR_CAP_AMBIENT_IS_SET,
  PR_CAP_AMBIENT_LOWER,
  PR_CAP_AMBIENT_RAISE,
  PR_CAPBSET_DROP,
  PR_GET_NO_NEW_PRIVS,
  PR_GET_PDEATHSIG,
  PR_SET_KEEPCAPS,
  PR_SET_NO_NEW_PRIVS,
  PR_SET_PDEATHSIG,
  signalName,
  signalNumber,
  type Sys,
} from '../../abi/index.ts'
import { command, fatal, type Flags, must, type Options, type Process } from '../lib/command.ts'
import { execProgram } from '../lib/namespaces.ts'
import { readProc } from '../lib/proc.ts'
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
    if (flags.dump) return yield* dump(sys, me, users)
    if (!args.length) throw fatal('No program specified')
    if (flags.securebits !== undefined) throw fatal('not supported here: --securebits')
    apply(sys, flags, users)
    return yield* execProgram(sys, args, flags.resetEnv ? fresh(sys, users, me) : me.envp)
  },
})

const id = (what: string, text: string, found: number | undefined): number => {
  if (found === undefined) throw fatal(`failed to parse ${what}: '${text}'`)
  return found
}

function apply(sys: Sys, flags: Given, users: Users): void {
  const uid = (what: string, text: string | undefined): number =>
    text === undefined ? -1 : id(what, text, userId(users, text))
  const gid = (what: string, text: string | undefined): number =>
    text === undefined ? -1 : id(what, text, groupId(users, text))
  const [reuid, regid] = [uid('reuid', flags.reuid), gid('regid', flags.regid)]
  const [ruid, euid] = flags.reuid ? [reuid, reuid] : [uid('ruid', flags.ruid), uid('euid', flags.euid)]
  const [rgid, egid] = flags.regid ? [regid, regid] : [gid('rgid', flags.rgid), gid('egid', flags.egid)]
  const saysGroups = flags.keepGroups || flags.clearGroups || flags.initGroups || flags.groups !== undefined
  if ((rgid >= 0 || egid >= 0) && !saysGroups)
    throw fatal('--[re]gid requires --keep-groups, --clear-groups, --init-groups, or --groups')
  const inherit = flags.inhCaps === undefined ? undefined : changes(flags.inhCaps)
  const bounding = flags.boundingSet === undefined ? undefined : changes(flags.boundingSet)
  if (flags.nnp) must('disallow granting new privileges failed', () => sys.prctl(PR_SET_NO_NEW_PRIVS, 1))
  if (bounding)
    for (let cap = 0; cap <= CAP_LAST_CAP; cap++)
      if (!changedBit(bounding, cap, true)) must('apply bounding set', () => sys.prctl(PR_CAPBSET_DROP, cap))
  setGroups(sys, flags, users, ruid)
  // Other ids shall not cost the capabilities that are handed on.
  must('keep process capabilities failed', () => sys.prctl(PR_SET_KEEPCAPS, 1))
  if (rgid >= 0 || egid >= 0) must('setresgid failed', () => sys.setresgid(rgid, egid, egid))
  if (ruid >= 0 || euid >= 0) must('setresuid failed', () => sys.setresuid(ruid, euid, euid))
  if (inherit) {
    const caps = sys.capget(0)
    must('apply capabilities', () => sys.capset({ ...caps, inheritable: changed(caps.inheritable, inherit) }))
  }
  if (flags.ambientCaps !== undefined) setAmbient(sys, changes(flags.ambientCaps))
  if (flags.pdeathsig !== undefined && flags.pdeathsig !== 'keep') {
    const signal = flags.pdeathsig === 'clear' ? 0 : signalNumber(flags.pdeathsig)
    if (signal === undefined) throw fatal('unknown signal: ' + flags.pdeathsig)
    must('set parent death signal failed', () => sys.prctl(PR_SET_PDEATHSIG, signal))
  }
}

function setAmbient(sys: Sys, list: ReturnType<typeof changes>): void {
  for (let cap = 0; cap <= CAP_LAST_CAP; cap++) {
    const now = sys.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET, cap) === 1
    const next = changedBit(list, cap, now)
    if (next !== now)
      must('set ambient capabilities', () =>
        sys.prctl(PR_CAP_AMBIENT, next ? PR_CAP_AMBIENT_RAISE : PR_CAP_AMBIENT_LOWER, cap),
      )
  }
}

function setGroups(sys: Sys, flags: Given, users: Users, ruid: number): void {
  if (flags.clearGroups) must('setgroups failed', () => sys.setgroups([]))
  if (flags.groups !== undefined)
    must('setgroups failed', () =>
      sys.setgroups(flags.groups!.split(',').map(it => id('supplementary group id', it, groupId(users, it)))),
    )
  if (flags.initGroups) {
    const user = users.passwd.find(it => it.uid === ruid)
    if (!user)
      throw fatal(
        ruid < 0
          ? '--init-groups requires --ruid or --reuid'
          : `uid ${ruid} not found, --init-groups requires an user that can be found on the system`,
      )
    must('initgroups failed', () => sys.setgroups(groupList(users, user.name, user.gid)))
  }
}

/** `+chown,-kill`, `-all`: what to do in order. */
function changes(text: string): (readonly [on: boolean, cap: number | 'all'])[] {
  return text.split(',').map(it => {
    const cap = it.slice(1) === 'all' ? 'all' : capNumber(it.slice(1).replace(/^cap_(\d+)$/, '$1'))
    if (!/^[+-]/.test(it)) throw fatal('bad capability string')
    if (cap === undefined) throw fatal(`unknown capability "${it.slice(1)}"`)
    return [it[0] === '+', cap] as const
  })
}

function changedBit(list: ReturnType<typeof changes>, cap: number, now: boolean): boolean {
  return list.reduce((bit, [on, which]) => (which === 'all' || which === cap ? on : bit), now)
}

const changed = (set: bigint, list: ReturnType<typeof changes>): bigint => {
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
    `PATH=${uid === 0 ? '/usr/local/sbin:/usr/local/bin:/sbin:/bin:/usr/sbin:/usr/bin' : '/usr/local/bin:/bin:/usr/bin'}`,
    `SHELL=${user?.shell ?? '/bin/sh'}`,
    `HOME=${user?.dir ?? '/'}`,
    `USER=${userName(users, uid) ?? uid}`,
    `LOGNAME=${userName(users, uid) ?? uid}`,
  ]
}

/** `setpriv --dump`. */
function* dump(sys: Sys, me: Process, _users: Users): Blocking<number> {
  const [ruid, euid] = sys.getresuid()
  const [rgid, egid] = sys.getresgid()
  const status = (yield* readProc(sys, sys.getpid()))?.status
  const set = (field: string): string =>
    capNames(BigInt(`0x${status?.get(field) ?? '0'}`), cap => capName(cap).slice(4)) || '[none]'
  me.out.line(`uid: ${ruid}\neuid: ${euid}\ngid: ${rgid}\negid: ${egid}`)
  me.out.line(`Supplementary groups: ${sys.getgroups().join(',') || '[none]'}`)
  me.out.line(`no_new_privs: ${sys.prctl(PR_GET_NO_NEW_PRIVS, 0)}`)
  me.out.line(`Inheritable capabilities: ${set('CapInh')}`)
  me.out.line(`Ambient capabilities: ${set('CapAmb')}`)
  me.out.line(`Capability bounding set: ${set('CapBnd')}`)
  me.out.line('Securebits: [none]')
  const signal = Number(sys.prctl(PR_GET_PDEATHSIG, 0))
  me.out.line(`Parent death signal: ${signal ? (signalName(signal)?.slice(3) ?? signal) : '[none]'}`)
  return 0
}
