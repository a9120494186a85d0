/**
 * chroot - run command or interactive shell with special root directory
 * https://www.gnu.org/software/coreutils/manual/html_node/chroot-invocation.html
 */
import { type Blocking, ENOENT, Errno, R_OK, refusal } from '../../abi/index.ts'
import { command, execvp, fatal, must, usage } from '../lib/command.ts'
import { canonicalize } from '../lib/path.ts'
import { quote, quoteaf } from '../lib/quote.ts'
import { groupId, groupList, parseOwner, readUsers, type Users, userName } from '../lib/users.ts'

const isComplete = (ids: readonly (number | undefined)[]): ids is number[] =>
  ids.length > 0 && !ids.includes(undefined)

export default command({
  name: 'chroot',
  summary: 'Run COMMAND with root directory set to NEWROOT.',
  usage: ['chroot [OPTION] NEWROOT [COMMAND [ARG]...]', 'chroot OPTION'],
  authors: 'Roland McGrath',
  failure: 125,
  stopAtOperand: true,
  options: {
    groups: { value: '=G_LIST', help: 'specify supplementary groups as g1,g2,..,gN' },
    userspec: { value: '=USER:GROUP', help: 'specify user and group (ID or name) to use' },
    skipChdir: { help: `do not change working directory to ${quote('/')}` },
  },
  epilogue: `If no command is given, run '"$SHELL" -i' (default: '/bin/sh -i').`,

  *main(sys, flags, args, me) {
    const [root, ...rest] = args
    if (root === undefined) throw usage('missing operand')
    const old = isOldRoot(root)
    if (flags.skipChdir && !old) throw usage("option --skip-chdir only permitted if NEWROOT is old '/'")
    const before = yield* readUsers(sys)
    must(`cannot change root directory to ${quoteaf(root)}`, () => sys.chroot(root))
    if (!flags.skipChdir) must('cannot chdir to root directory', () => sys.chdir('/'))
    let argv = rest
    if (!argv.length) argv = [me.env.get('SHELL') ?? '/bin/sh', '-i']

    // The names are looked up inside; what only the outside knows was read before.
    const inside = yield* readUsers(sys)
    let uid = -1
    let gid = -1
    if (flags.userspec) {
      const it = parseOwner(inside, flags.userspec)
      if (typeof it === 'string') throw fatal(it)
      uid = it.uid
      gid = it.gid
      if (uid >= 0 && gid < 0) {
        const entry = [...inside.passwd, ...before.passwd].find(user => user.uid === uid)
        if (!entry) throw fatal(`no group specified for unknown uid: ${uid}`)
        gid = entry.gid
      }
    }
    let groups: number[] | undefined
    if (flags.groups) {
      const known = flags.groups.split(',').filter(it => it)
      const idsIn = (users: Users) => known.map(name => groupId(users, name))
      groups = [idsIn(inside), idsIn(before)].find(isComplete)
      if (!groups) return yield* refuse(known, idsIn(inside), flags.groups)
    } else if (flags.groups === '') groups = []
    else if (uid >= 0) {
      const name = userName(inside, uid) ?? userName(before, uid)
      groups = name === undefined ? [gid] : groupList(inside, name, gid)
    }
    if (groups) must('failed to set supplemental groups', () => sys.setgroups(groups))
    if (gid >= 0) must('failed to set group-ID', () => sys.setgid(gid))
    if (uid >= 0) must('failed to set user-ID', () => sys.setuid(uid))
    try {
      return yield* execvp(sys, argv, me.envp)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      yield* me.warn(`failed to run command ${quote(argv[0]!)}`, e)
      return e === ENOENT ? 127 : 126
    }

    /** Linux: coreutils chroot.c: parse_additional_groups(): each group that is not there, with why no more is known. */
    function* refuse(names: readonly string[], ids: readonly unknown[], list: string): Blocking<number> {
      const reason = refusal(() => sys.access('/etc/group', R_OK))
      for (const [i, name] of names.entries())
        if (ids[i] === undefined) yield* me.warn(`invalid group ${quote(name)}`, reason)
      if (!names.length) yield* me.warn(`invalid group list ${quote(list)}`)
      return 125
    }

    function isOldRoot(path: string): boolean {
      try {
        return canonicalize(sys, path) === '/'
      } catch (e) {
        if (e instanceof Errno) return false
        throw e
      }
    }
  },
})
