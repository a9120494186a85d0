/** insmod and rmmod - one module in, one out. Linux: kmod tools/insmod.c, tools/rmmod.c. */
import { Errno } from '../../../abi/index.ts'
import { command, fatal } from '../command.ts'
import { canonical, insert, type Loaded, loadedModules } from './modules.ts'

export const insmod = command({
  name: 'insmod',
  summary: 'Insert a module into the Linux Kernel',
  suite: 'other',
  usage: 'insmod [options] filename [args]',
  wrongUsage: '',
  version: 'kmod version 30\n',
  options: { version: { short: 'V', help: 'show version' }, help: { short: 'h', help: 'show this help' } },

  *main(sys, _flags, args, me) {
    const [file] = args
    if (file === undefined) throw fatal('ERROR: missing filename.')
    try {
      sys.stat(file)
    } catch (e) {
      throw fatal(`ERROR: could not load module ${file}`, e)
    }
    try {
      yield* insert(sys, file)
      return 0
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      yield* me.warn(
        `ERROR: could not insert module ${file}: ${e.name === 'ENOENT' ? 'Unknown symbol in module' : e.message}`,
      )
      return 1
    }
  },
})

export const rmmod = command({
  name: 'rmmod',
  summary: 'Remove a module from the Linux Kernel',
  suite: 'other',
  usage: 'rmmod [options] modulename ...',
  wrongUsage: '',
  version: 'kmod version 30\n',
  options: {
    force: { short: 'f', help: 'forces a module unload and may crash your machine' },
    syslog: { short: 's', help: 'print to syslog, not stderr' },
    verbose: { short: 'v', help: 'enables more messages' },
    version: { short: 'V', help: 'show version' },
    help: { short: 'h', help: 'show this help' },
  },

  *main(sys, flags, args, me) {
    if (!args.length) throw fatal('ERROR: missing module name.')
    let status = 0
    for (const arg of args) {
      const name = canonical(/([^/]*?)(\.ko)?$/.exec(arg)![1]!)
      const it = (yield* loadedModules(sys)).find(other => other.name === name)
      const why = refusal(name, it)
      if (why) yield* me.warn(`ERROR: ${why}`)
      else if (flags.verbose) me.out.line(`rmmod ${name}`)
      try {
        if (!why) sys.delete_module(name)
      } catch (e) {
        const library = '../libkmod/libkmod-module.c:856 kmod_module_remove_module()'
        yield* me.warn(`ERROR: ${library} could not remove '${name}'`, e)
        yield* me.warn(`ERROR: could not remove module ${name}`, e)
        status = 1
      }
      if (why) status = 1
    }
    return status
  },
})

/** Why a module cannot go, before the kernel is asked. */
function refusal(name: string, it: Loaded | undefined): string | undefined {
  if (!it) return `Module ${name} is not currently loaded`
  if (it.holders.length) return `Module ${name} is in use by: ${it.holders.join(' ')}`
  return it.uses ? `Module ${name} is in use` : undefined
}
