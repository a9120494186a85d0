/**
 * service - run a System V init script
 * Linux: init-system-helpers 1.65, a shell script; service(8).
 *
 * Left out: systemd units, of which the host has none.
 */
import { type Blocking, Errno, type Sys, X_OK } from '../../abi/index.ts'
import { command, fork, type Process, readDir } from '../lib/command.ts'
import { waitFor } from '../lib/namespaces.ts'
import { statusOf } from '../lib/become-user.ts'
import { quietly } from '../lib/shadow/files.ts'

const USAGE = 'Usage: service < option > | --status-all | [ service_name [ command | --full-restart ] ]\n'
const SCRIPTS = '/etc/init.d'

export default command({
  name: 'service',
  summary: 'run a System V init script',
  suite: 'other',
  usage: 'service SCRIPT COMMAND [OPTIONS]',
  raw: true,

  *main(sys, _flags, args, me) {
    const [name, ...rest] = args
    if (name === undefined) {
      yield* sys.write(2, USAGE)
      return 1
    }
    if (name === '--help' || name === '-h' || name === '--h') me.out.print(USAGE)
    else if (name === '--version' || name === '-V') me.out.line('service ver. 1.65.2+deb12u1')
    else if (name === '--status-all') yield* showAll(sys, me)
    else if (!quietly(() => sys.access(`${SCRIPTS}/${name}`, X_OK))) {
      yield* sys.write(2, `${name}: unrecognized service\n`)
      return 1
    } else if (rest[0] === '--full-restart') {
      yield* run(sys, me, name, ['stop'], true)
      return yield* run(sys, me, name, ['start'], true)
    } else return yield* run(sys, me, name, rest, true)
    return 0
  },
})

/** `[ + ]` runs, `[ - ]` does not, `[ ? ]` cannot tell. */
function* showAll(sys: Sys, me: Process): Blocking<void> {
  let names: string[]
  try {
    names = (yield* readDir(sys, SCRIPTS)).map(it => it.name).sort()
  } catch (e) {
    if (e instanceof Errno) return
    throw e
  }
  for (const name of names) {
    if (!quietly(() => sys.access(`${SCRIPTS}/${name}`, X_OK))) continue
    const status = yield* run(sys, me, name, ['status'], false)
    me.out.line(` [ ${status === 0 ? '+' : status < 4 ? '-' : '?'} ]  ${name}`)
  }
}

/** The script runs in an environment that is nearly empty. */
function* run(
  sys: Sys,
  me: Process,
  name: string,
  args: readonly string[],
  isShown: boolean,
): Blocking<number> {
  yield* me.out.flush()
  const kept = ['LANG', 'PATH', 'TERM'].filter(it => me.env.has(it)).map(it => `${it}=${me.env.get(it)}`)
  const child = fork(sys, 'service', function* (its) {
    its.chdir('/')
    if (!isShown) for (const fd of [1, 2]) its.dup2(yield* its.open('/dev/null', 1), fd)
    try {
      return yield* its.execve(`${SCRIPTS}/${name}`, [`${SCRIPTS}/${name}`, ...args], kept)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      yield* its.write(2, `env: '${SCRIPTS}/${name}': ${e.message}\n`)
      return 126
    }
  })
  return statusOf((yield* waitFor(sys, child, 0)).status)
}
