/**
 * sync - synchronize cached writes to persistent storage
 * https://www.gnu.org/software/coreutils/manual/html_node/sync-invocation.html
 */
import { Errno, O_NONBLOCK, O_RDONLY } from '../../abi/index.ts'
import { command, fatal } from '../lib/command.ts'
import { quoteaf } from '../lib/quote.ts'

export default command({
  name: 'sync',
  summary:
    'Synchronize cached writes to persistent storage\n\nIf one or more files are specified, sync only them,\nor their containing file systems.',
  usage: 'sync [OPTION] [FILE]...',
  authors: 'Jim Meyering and Giuseppe Scrivano',
  options: {
    data: { short: 'd', help: 'sync only file data, no unneeded metadata' },
    fileSystem: { short: 'f', help: 'sync the file systems that contain the files' },
  },

  *main(sys, flags, args, me) {
    if (flags.data && flags.fileSystem) throw fatal('cannot specify both --data and --file-system')
    if (flags.data && !args.length) throw fatal('--data needs at least one argument')
    if (!args.length) yield* sys.sync()
    let status = 0
    for (const path of args) {
      try {
        const fd = yield* sys.open(path, O_RDONLY | O_NONBLOCK)
        yield* sys.fsync(fd)
        sys.close(fd)
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        yield* me.warn(`error opening ${quoteaf(path)}`, e)
        status = 1
      }
    }
    return status
  },
})
