/** ip netns: network namespaces that files in /run/netns keep alive. iproute2: ip/ipnetns.c, lib/namespace.c. */
import {
  type Blocking,
  CLONE_NEWNET,
  CLONE_NEWNS,
  EEXIST,
  EINVAL,
  Errno,
  MNT_DETACH,
  MS_BIND,
  MS_REC,
  MS_SHARED,
  MS_SLAVE,
  O_CREAT,
  O_EXCL,
  O_RDONLY,
  type Sys,
  WEXITSTATUS,
  WIFEXITED,
  RTM_GETNSID,
  RTM_NEWNSID,
} from '../../../abi/index.ts'
import { execvp } from '../command.ts'
import type { Rtnl } from './netlink.ts'
import {
  enterNetns,
  NETNS_ETC_DIR,
  NETNS_RUN_DIR,
  netnsMap,
  netnsNameOf,
  netnsNames,
  nsidOf,
  openNetns,
  refused,
} from './netns-names.ts'
import type { Printer } from './output.ts'
import { invalid, matches, Quit, usage, type Words } from './words.ts'

const USAGE = `Usage:	ip netns list
	ip netns add NAME
	ip netns attach NAME PID
	ip netns set NAME NETNSID
	ip [-all] netns delete [NAME]
	ip netns identify [PID]
	ip netns pids NAME
	ip [-all] netns exec [NAME] cmd ...
	ip netns monitor
	ip netns list-id [target-nsid POSITIVE-INT] [nsid POSITIVE-INT]
NETNSID := auto | POSITIVE-INT
`

/** What the commands get besides their words. */
interface Context {
  readonly rtnl: Rtnl
  readonly sys: Sys
  readonly p: Printer
  readonly words: Words
  readonly envp: readonly string[]
  /** -all */
  readonly isAll: boolean
}

function* list({ rtnl, p }: Context): Blocking<void> {
  yield* netnsMap(rtnl)
  for (const name of yield* netnsNames(rtnl.sys)) {
    let id = -1
    try {
      id = yield* nsidOf(rtnl, name)
    } catch (e) {
      if (!(e instanceof Quit)) throw e
      yield* rtnl.sys.write(2, `${e.message}\n`)
    }
    p.put(`${name}${id < 0 ? '' : ` (id: ${id})`}\n`, { name, ...(id >= 0 && { id }) })
  }
}

/** The directory is a mount point of its own that propagates, so that namespaces come and go everywhere. */
function* prepareRunDir(sys: Sys): Blocking<void> {
  try {
    sys.mkdir(NETNS_RUN_DIR, 0o755)
  } catch (e) {
    if (e !== EEXIST) throw refused(`mkdir ${NETNS_RUN_DIR} failed`, e, 1)
  }
  for (let made = false; ; made = true) {
    try {
      return sys.mount('', NETNS_RUN_DIR, 'none', MS_SHARED | MS_REC)
    } catch (e) {
      if (e !== EINVAL || made) throw refused(`mount --make-shared ${NETNS_RUN_DIR} failed`, e, 1)
    }
    try {
      sys.mount(NETNS_RUN_DIR, NETNS_RUN_DIR, 'none', MS_BIND | MS_REC)
    } catch (e) {
      throw refused(`mount --bind ${NETNS_RUN_DIR} ${NETNS_RUN_DIR} failed`, e, 1)
    }
  }
}

/** Give a namespace a name: the caller's new one, or that of a process. Linux: netns_add(). */
function* add({ sys, words }: Context, isNew: boolean): Blocking<void> {
  const name = words.take()
  const pid = isNew ? '' : words.take()
  if (!name || (!isNew && !pid))
    throw new Quit(isNew ? 'No netns name specified' : 'No netns name and PID specified', 1)
  if (!isNew && !/^\d+$/.test(pid)) throw new Quit(`Invalid PID: ${pid}`, 1)
  const path = `${NETNS_RUN_DIR}/${name}`
  yield* prepareRunDir(sys)
  try {
    sys.close(yield* sys.open(path, O_RDONLY | O_CREAT | O_EXCL, 0))
  } catch (e) {
    throw refused(`Cannot create namespace file "${path}"`, e, 1)
  }
  const source = isNew ? '/proc/self/ns/net' : `/proc/${pid}/ns/net`
  try {
    if (isNew) sys.unshare(CLONE_NEWNET)
  } catch (e) {
    sys.unlink(path)
    throw refused('Failed to create a new network namespace', e, 1)
  }
  try {
    sys.mount(source, path, 'none', MS_BIND)
  } catch (e) {
    sys.unlink(path)
    throw refused(`Bind ${source} -> ${path} failed`, e, 1)
  }
}

function* remove({ sys, words, isAll }: Context): Blocking<void> {
  if (isAll) for (const name of yield* netnsNames(sys)) removeOne(sys, name)
  else if (words.more) removeOne(sys, words.take())
  else throw new Quit('No netns name specified', 1)
}

function removeOne(sys: Sys, name: string): void {
  const path = `${NETNS_RUN_DIR}/${name}`
  try {
    sys.umount2(path, MNT_DETACH)
  } catch (e) {
    if (!(e instanceof Errno)) throw e // "ignore errors": it may be a plain file
  }
  try {
    sys.unlink(path)
  } catch (e) {
    throw refused(`Cannot remove namespace file "${path}"`, e, 1)
  }
}

/** Enter it with a /sys of its own and with the files of /etc/netns/NAME over those of /etc. Linux: netns_switch(). */
function* switchTo(sys: Sys, name: string): Blocking<void> {
  yield* enterNetns(sys, name)
  const step = (what: string, act: () => void): void => {
    try {
      act()
    } catch (e) {
      throw refused(what, e)
    }
  }
  step('unshare failed', () => sys.unshare(CLONE_NEWNS))
  step('"mount --make-rslave /" failed', () => sys.mount('', '/', 'none', MS_SLAVE | MS_REC))
  try {
    sys.umount2('/sys', MNT_DETACH)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
  }
  step('mount of /sys failed', () => sys.mount(name, '/sys', 'sysfs', 0))
  yield* bindEtc(sys, name)
}

function* bindEtc(sys: Sys, name: string): Blocking<void> {
  const directory = `${NETNS_ETC_DIR}/${name}`
  let names: readonly string[]
  try {
    const fd = yield* sys.open(directory, O_RDONLY)
    names = sys.getdents(fd).map(it => it.name)
    sys.close(fd)
  } catch (e) {
    if (e instanceof Errno) return
    throw e
  }
  for (const it of names.filter(entry => entry !== '.' && entry !== '..')) {
    try {
      sys.mount(`${directory}/${it}`, `/etc/${it}`, 'none', MS_BIND)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      yield* sys.write(2, `Bind ${directory}/${it} -> /etc/${it} failed: ${e.message}\n`)
    }
  }
}

function* run(sys: Sys, argv: readonly string[], envp: readonly string[]): Blocking<never> {
  try {
    return yield* execvp(sys, argv, envp)
  } catch (e) {
    throw refused(`exec of "${argv[0]}" failed`, e, 1)
  }
}

function* exec(context: Context): Blocking<void> {
  const { sys, words, envp, isAll, p } = context
  if (isAll) {
    if (!words.more) throw new Quit('No command specified', 1)
    for (const name of yield* netnsNames(sys)) {
      p.out.print(`\nnetns: ${name}\n`)
      yield* p.out.flush()
      yield* runIn(sys, name, words.rest, envp)
    }
    return
  }
  if (!words.more) throw new Quit('No netns name specified', 1)
  const name = words.take()
  if (!words.more) throw new Quit('No command specified', 1)
  yield* switchTo(sys, name)
  yield* run(sys, words.rest, envp)
}

function* runIn(sys: Sys, name: string, argv: readonly string[], envp: readonly string[]): Blocking<void> {
  const pid = sys.clone(0, function* (its) {
    try {
      yield* switchTo(its, name)
      return yield* run(its, argv, envp)
    } catch (e) {
      if (!(e instanceof Quit)) throw e
      yield* its.write(2, `${e.message}\n`)
      return e.status
    }
  })
  const status = (yield* sys.wait4(pid, 0))?.status ?? 0
  if (WIFEXITED(status) && WEXITSTATUS(status)) throw new Quit('', WEXITSTATUS(status))
}

/** The processes whose network namespace is the one with this device and inode. */
function* pids({ sys, words, p }: Context): Blocking<void> {
  if (!words.more) throw new Quit('No netns name specified', 1)
  const name = words.take()
  let fd: number
  try {
    fd = yield* openNetns(sys, name)
  } catch (e) {
    throw refused('Cannot open network namespace', e, 1)
  }
  const wanted = sys.fstat(fd)
  const proc = yield* sys.open('/proc', O_RDONLY)
  for (const { name: pid } of sys.getdents(proc)) {
    if (!/^\d+$/.test(pid)) continue
    try {
      const { dev, ino } = sys.stat(`/proc/${pid}/ns/net`)
      if (dev === wanted.dev && ino === wanted.ino) p.out.print(`${pid}\n`)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
    }
  }
}

function* identify({ sys, words, p }: Context): Blocking<void> {
  const pid = words.more ? words.take() : 'self'
  if (pid !== 'self' && !/^\d+$/.test(pid)) throw new Quit(`Specified string '${pid}' is not a pid`, 1)
  let wanted: ReturnType<Sys['stat']>
  try {
    wanted = sys.stat(`/proc/${pid}/ns/net`)
  } catch (e) {
    throw refused('Cannot open network namespace', e, 1)
  }
  for (const name of yield* netnsNames(sys)) {
    const { dev, ino } = sys.stat(`${NETNS_RUN_DIR}/${name}`)
    if (dev === wanted.dev && ino === wanted.ino) p.out.print(name)
  }
  p.out.print('\n')
}

function* set({ rtnl, sys, words }: Context): Blocking<void> {
  if (!words.more) throw new Quit('No netns name specified', 1)
  const name = words.take()
  if (!words.more) throw new Quit('No nsid specified', 1)
  const word = words.take()
  const nsid = word === 'auto' ? -1 : /^\d+$/.test(word) ? Number(word) : Number.NaN
  if (/^-\d+$/.test(word)) throw invalid('"netnsid" value should be >= 0', word)
  if (Number.isNaN(nsid)) throw invalid('Invalid "netnsid" value', word)
  let fd: number
  try {
    fd = yield* openNetns(sys, name)
  } catch (e) {
    throw refused(`Cannot open network namespace "${name}"`, e, 1)
  }
  yield* rtnl.talk({ type: RTM_NEWNSID, nsid: { fd, nsid } })
}

function* listId({ rtnl, words, p }: Context): Blocking<void> {
  let wanted: number | undefined
  let target: number | undefined
  while (words.more) {
    const word = words.take()
    if (word === 'nsid') wanted = words.number('nsid')
    else if (word === 'target-nsid') target = words.number('target-nsid')
    else throw usage(USAGE)
  }
  const answers = yield* rtnl.dump({ type: RTM_GETNSID, nsid: { ...(target !== undefined && { target }) } })
  for (const { nsid } of answers) {
    const id = nsid?.nsid ?? -1
    if (wanted !== undefined && id !== wanted) continue
    const name = yield* netnsNameOf(rtnl, id)
    p.put(`nsid ${id} ${name === undefined ? '' : `(iproute2 netns name: ${name})`}\n`, {
      nsid: id,
      ...(name !== undefined && { name }),
    })
  }
}

const isName = (name: string): boolean => name !== '' && name !== '.' && name !== '..' && !name.includes('/')

export function* ipNetns(context: Context): Blocking<void> {
  const { words } = context
  if (!words.more) return yield* list(context)
  const act = words.take()
  const [first = ''] = words.rest
  if (!matches(act, 'help') && words.more && !isName(first) && !/^(list-id|ident)/.test(act))
    throw new Quit(`Invalid netns name "${first}"`)
  if (matches(act, 'list') || matches(act, 'show') || act === 'lst') return yield* list(context)
  if (act === 'list-id') return yield* listId(context)
  if (matches(act, 'help')) throw usage(USAGE)
  if (matches(act, 'add')) return yield* add(context, true)
  if (matches(act, 'set')) return yield* set(context)
  if (matches(act, 'delete')) return yield* remove(context)
  if (matches(act, 'identify')) return yield* identify(context)
  if (matches(act, 'pids')) return yield* pids(context)
  if (matches(act, 'exec')) return yield* exec(context)
  if (matches(act, 'attach')) return yield* add(context, false)
  throw new Quit(`Command "${act}" is unknown, try "ip netns help".`)
}
