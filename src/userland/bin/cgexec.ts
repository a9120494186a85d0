/**
 * cgexec - run a program in control groups
 * https://manpages.debian.org/bookworm/cgroup-tools/cgexec.1.en.html
 *
 * Left out: /etc/cgrules.conf, which says where a program belongs when -g does not; the daemon that --sticky is for.
 */
import { Errno } from '../../abi/index.ts'
import { execvp } from '../lib/command.ts'
import { CgroupError, ECGROUPPARSEFAIL } from '../lib/libcgroup/error.ts'
import { changeGroup } from '../lib/libcgroup/group.ts'
import { cgroupTool, mountsFor, parseGroupSpec, ToolFailure, WrongInput } from '../lib/libcgroup/tool.ts'

export default cgroupTool({
  name: 'cgexec',
  summary: 'run the task in given control group(s)',
  usage: ['cgexec [-h] [-g <controllers>:<path>] [--sticky] command [arguments] ...'],
  hint: '--help',
  wrong: 1,
  stopAtOperand: true,
  options: {
    group: {
      short: 'g',
      long: '',
      value: '<controllers>:<path>',
      repeat: true,
      help: 'A group to run it in',
    },
    sticky: { short: 's', help: 'The cgred daemon leaves the process and its children alone' },
  },

  *main(sys, flags, args, me) {
    const groups = (flags.group ?? []).map(it => {
      const spec = parseGroupSpec(it)
      if (!spec) throw new ToolFailure('cgroup controller and pathparsing failed\n', -1)
      return spec
    })
    if (!args.length) throw new WrongInput()
    const table = yield* mountsFor(sys, '')
    if (!groups.length) {
      me.out.line('Error: failed to parse the configuration rules')
      throw new ToolFailure('cgroup change of group failed\n', ECGROUPPARSEFAIL)
    }
    for (const { controllers, path } of groups) {
      try {
        yield* changeGroup(sys, table, path, controllers, sys.getpid())
      } catch (e) {
        if (!(e instanceof CgroupError)) throw e
        throw new ToolFailure('cgroup change of group failed\n', e.code)
      }
    }
    try {
      return yield* execvp(sys, args, me.envp)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      throw new ToolFailure(e.message, -1)
    }
  },
})
