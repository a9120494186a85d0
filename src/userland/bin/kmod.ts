/**
 * kmod - lsmod, modprobe, modinfo, insmod and rmmod in one program, told apart by the name it is called by
 * Linux: kmod tools/kmod.c; kmod(8).
 *
 * Left out: depmod, static-nodes.
 */
import { type Command, command } from '../lib/command.ts'
import { insmod, rmmod } from '../lib/kmod/insert-remove.ts'
import lsmod from '../lib/kmod/lsmod.ts'
import modinfo from '../lib/kmod/modinfo.ts'
import modprobe from '../lib/kmod/modprobe.ts'
import { basename } from '../lib/path.ts'

const TOOLS: Readonly<Record<string, Command>> = { lsmod, modprobe, modinfo, insmod, rmmod }

export default command({
  name: 'kmod',
  aliases: ['lsmod', 'modprobe', 'modinfo', 'insmod', 'rmmod'],
  summary: 'Manage kernel modules: list, load, unload, etc',
  suite: 'other',
  usage: [
    'kmod [options] command [command_options]',
    'lsmod',
    'modprobe [-r] module ...',
    'modinfo [-F field] module',
    'insmod file',
    'rmmod module ...',
  ],
  raw: true,

  *main(sys, _flags, args, me) {
    const name = basename(me.argv[0] ?? '')
    const tool = TOOLS[name]
    if (tool) return yield* tool(sys, [name, ...args], me.envp)
    const [word] = args
    if (word === undefined) {
      yield* sys.write(2, 'missing command\n')
      return 1
    }
    if (word === 'list') return yield* lsmod(sys, ['lsmod'], me.envp)
    if (word === '-V' || word === '--version') {
      me.out.line('kmod version 30')
      return 0
    }
    if (word === 'help' || word === '-h' || word === '--help') {
      me.out.print(
        'kmod - Manage kernel modules: list, load, unload, etc\nUsage:\n\tkmod [options] command [command_options]\n',
      )
      return 0
    }
    yield* sys.write(2, `kmod: invalid command '${word}'\n`)
    return 1
  },
})
