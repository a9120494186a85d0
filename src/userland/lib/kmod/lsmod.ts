/** lsmod - show what modules are loaded. Linux: kmod tools/lsmod.c; lsmod(8). */
import { command } from '../command.ts'
import { loadedModules } from './modules.ts'

export default command({
  name: 'lsmod',
  summary: 'Show the status of modules in the Linux Kernel',
  suite: 'other',
  usage: 'lsmod',
  raw: true,

  *main(sys, _flags, args, me) {
    if (args.length) {
      yield* sys.write(2, 'Usage: lsmod\n')
      return 1
    }
    me.out.line('Module                  Size  Used by')
    for (const { name, size, uses, holders } of yield* loadedModules(sys))
      me.out.line(
        `${name.padEnd(19)} ${String(size).padStart(8)}  ${uses}${holders.length ? ` ${holders.join(',')}` : ''}`,
      )
    return 0
  },
})
