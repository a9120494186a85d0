/**
 * mesg - display (or do not display) messages from other users
 * Linux: util-linux term-utils/mesg.c; mesg(1).
 */
import { command, fatal, usage } from '../lib/command.ts'

export default command({
  name: 'mesg',
  summary: 'control write access of other users to your terminal',
  suite: 'util-linux',
  usage: 'mesg [options] [y | n]',
  options: { verbose: { short: 'v', help: 'explain what is being done' } },

  *main(sys, flags, args, me) {
    const fd = [0, 1, 2].find(it => sys.isatty(it))
    if (fd === undefined) {
      if (flags.verbose) yield* me.warn('ttyname failed: Inappropriate ioctl for device')
      return 2
    }
    const path = sys.readlink(`/proc/self/fd/${fd}`)
    const { mode } = sys.stat(path)
    const [answer] = args
    if (answer === undefined) {
      me.out.line(mode & 0o20 ? 'is y' : 'is n')
      return mode & 0o20 ? 0 : 1
    }
    if (answer !== 'y' && answer !== 'n') throw usage(`invalid argument: ${answer}`, 2)
    try {
      sys.chmod(path, answer === 'y' ? mode | 0o20 : mode & ~0o22)
    } catch (e) {
      throw fatal(`change ${path} mode failed`, e, 2)
    }
    if (flags.verbose)
      me.out.line(`write access to your terminal is ${answer === 'y' ? 'allowed' : 'denied'}`)
    return answer === 'y' ? 0 : 1
  },
})
