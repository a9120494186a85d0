/**
 * lscgroup - list control groups
 * https://manpages.debian.org/bookworm/cgroup-tools/lscgroup.1.en.html
 */
import { type Blocking, Errno, isDir, type Sys } from '../../abi/index.ts'
import { type Output, readDir, writeAll } from '../lib/command.ts'
import { CgroupError, ECGFAIL } from '../lib/libcgroup/error.ts'
import { type CgroupMount, initialize, pathOf } from '../lib/libcgroup/mounts.ts'
import { cgroupTool, type GroupSpec, parseGroupSpec, ToolFailure } from '../lib/libcgroup/tool.ts'
import { statOf } from '../lib/path.ts'

/** Controllers mounted in one place. */
interface Hierarchy {
  readonly mount: CgroupMount
  readonly controllers: string[]
}

export default cgroupTool({
  name: 'lscgroup',
  summary: 'list all cgroups',
  usage: ['lscgroup [-h] [[-g] <controllers>:<path>] [...]'],
  hint: '-h',
  wrong: 1,
  options: {
    group: {
      short: 'g',
      value: '<controllers>:<path>',
      repeat: true,
      help: 'A group to list, with those below (-g may be omitted)',
    },
  },

  *main(sys, flags, args, me) {
    const groups = [...(flags.group ?? []), ...args].map(it => {
      const spec = parseGroupSpec(it)
      const failed = `${me.name}: cgroup controller and path parsing failed (${it})\n`
      if (!spec) throw new ToolFailure(failed, -1)
      return spec
    })
    const hierarchies = yield* readHierarchies(sys)
    if (!groups.length) for (const it of hierarchies) yield* list(sys, me.out, it, '')
    let status = 0
    for (const group of groups) {
      const found = hierarchies.find(it => it.controllers.some(name => group.controllers.includes(name)))
      if (found) yield* list(sys, me.out, found, group.path)
      else status = yield* notFound(sys, me.name, group)
    }
    return status
  },
})

function* readHierarchies(sys: Sys): Blocking<Hierarchy[]> {
  let table: CgroupMount[]
  try {
    table = yield* initialize(sys)
  } catch (e) {
    if (!(e instanceof CgroupError)) throw e
    throw new ToolFailure(`cgroups can't be listed: ${e.message}\n`, e.code)
  }
  const hierarchies: Hierarchy[] = []
  for (const mount of table) {
    const last = hierarchies.at(-1)
    if (last?.mount.path === mount.path) last.controllers.push(mount.controller)
    else hierarchies.push({ mount, controllers: [mount.controller] })
  }
  return hierarchies
}

function* notFound(sys: Sys, name: string, { controllers, path }: GroupSpec): Blocking<number> {
  const why = new CgroupError(ECGFAIL)
  yield* writeAll(sys, 2, `${name}: cannot find group ${controllers[0]}..:${path}: ${why.message}\n`)
  return why.code
}

/** A group and those below it, each before its children. A group that does not exist is not listed. */
function* list(sys: Sys, out: Output, { mount, controllers }: Hierarchy, group: string): Blocking<void> {
  const path = pathOf(mount, group)
  if (!statOf(sys, path)) return
  const names = `${controllers.join(',')}:`
  out.line(names + path.slice(mount.path.length))
  yield* walk(path.slice(0, -1))

  function* walk(dir: string): Blocking<void> {
    for (const { name } of yield* entries(sys, dir)) {
      const child = `${dir}/${name}`
      const stat = statOf(sys, child)
      if (!stat || !isDir(stat)) continue
      out.line(names + child.slice(mount.path.length))
      yield* walk(child)
    }
  }
}

function* entries(sys: Sys, dir: string): Blocking<readonly { name: string }[]> {
  try {
    return yield* readDir(sys, dir)
  } catch (e) {
    if (e instanceof Errno) return []
    throw e
  }
}
