/**
 * cgcreate - make control groups
 * https://manpages.debian.org/bookworm/cgroup-tools/cgcreate.1.en.html
 */
import type { Blocking, Sys } from '../../abi/index.ts'
import { CgroupError, ECGINVAL } from '../lib/libcgroup/error.ts'
import { createGroup } from '../lib/libcgroup/group.ts'
import { kernelControllers } from '../lib/libcgroup/mounts.ts'
import { cgroupTool, type GroupSpec, mountsFor, parseGroupSpec, ToolFailure } from '../lib/libcgroup/tool.ts'
import { readUsers, type Users } from '../lib/users.ts'

interface Owner {
  uid: number
  gid: number
}

export default cgroupTool({
  name: 'cgcreate',
  summary: 'create control group(s)',
  usage: [
    'cgcreate [-h] [-f mode] [-d mode] [-s mode] [-t <tuid>:<tgid>] [-a <agid>:<auid>] -g <controllers>:<path> [-g ...]',
  ],
  hint: '-h',
  wrong: -1,
  needsArguments: true,
  options: {
    admin: { short: 'a', value: '<uid>:<gid>', help: 'Who owns the directory and its files' },
    dperm: { short: 'd', value: '<mode>', help: 'Permissions of the directory' },
    fperm: { short: 'f', value: '<mode>', help: 'Permissions of its files' },
    group: { short: 'g', long: '', value: '<controllers>:<path>', help: 'A group to make' },
    tperm: { short: 's', value: '<mode>', help: 'Permissions of the file tasks' },
    task: { short: 't', value: '<uid>:<gid>', help: 'Who owns the file tasks' },
  },

  *main(sys, _, args, me, order) {
    const users = yield* readUsers(sys)
    const owners: Record<'admin' | 'task', Owner> = {
      admin: { uid: -1, gid: -1 },
      task: { uid: -1, gid: -1 },
    }
    const modes = new Map<string, number>()
    const groups: GroupSpec[] = []
    for (const { key, value } of order) {
      if (key === 'admin' || key === 'task') owners[key] = ownerOf(users, value, me.name)
      else if (key === 'group') groups.push(groupOf(value, me.name, args[0]))
      else if (/^[0-7]{3,4}$/.test(value)) modes.set(key, Number.parseInt(value, 8))
      else {
        me.out.line(`${me.name} wrong mode format ${value}`)
        return -1
      }
    }
    if (args.length) throw new ToolFailure(`${me.name}: wrong arguments (${args[0]})\n`, -1)
    const permissions = {
      admin: owners.admin,
      tasks: owners.task,
      directories: modes.get('dperm'),
      files: modes.get('fperm'),
      tasksFile: modes.get('tperm'),
    }
    const table = yield* mountsFor(sys, `${me.name}: `)
    for (const { controllers, path } of groups) {
      const named = yield* expand(sys, controllers)
      const twice = named.find((it, i) => named.indexOf(it) < i)
      if (twice !== undefined)
        throw new ToolFailure(`${me.name}: controller ${twice}can't be add\n`, ECGINVAL)
      try {
        yield* createGroup(sys, table, path, named, permissions)
      } catch (e) {
        if (!(e instanceof CgroupError)) throw e
        throw new ToolFailure(`${me.name}: can't create cgroup ${path}: ${e.message}\n`, e.code)
      }
    }
    return 0
  },
})

/** `user:group`, either of which may be missing. The original ends in success after a name that nobody has. */
function ownerOf(users: Users, text: string, name: string): Owner {
  const [user, group] = text.startsWith(':') ? ['', text.slice(1)] : text.split(':')
  const passwd = users.passwd.find(it => it.name === user)
  if (user && !passwd) throw new ToolFailure(`${name}: can't find uid of user ${user}.\n`, 0)
  const entry = users.group.find(it => it.name === group)
  if (group && !entry) throw new ToolFailure(`${name}: can't find gid of group ${group}.\n`, 0)
  return { uid: passwd?.uid ?? -1, gid: entry?.gid ?? -1 }
}

/** The message shows the first operand instead of what is wrong, as the original's does. */
function groupOf(text: string, name: string, operand = '(null)'): GroupSpec {
  const spec = parseGroupSpec(text)
  if (!spec) throw new ToolFailure(`${name}: cgroup controller and pathparsing failed (${operand})\n`, -1)
  return spec
}

/** `*` stands for everything that has a hierarchy of version 1. */
function* expand(sys: Sys, controllers: readonly string[]): Blocking<string[]> {
  const all = controllers.includes('*') ? yield* kernelControllers(sys) : []
  const attached = all.filter(it => it.hierarchy).map(it => it.name)
  return controllers.flatMap(it => (it === '*' ? attached : [it]))
}
