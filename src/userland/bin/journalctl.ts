/**
 * journalctl - print log entries from the systemd journal
 * Linux: systemd 252 src/journal/journalctl.c; journalctl(1).
 *
 * Left out: the journal. Nobody on this host writes one; the kernel's messages are in dmesg.
 */
import { command } from '../lib/command.ts'

export default command({
  name: 'journalctl',
  summary: 'print log entries from the systemd journal',
  suite: 'other',
  usage: 'journalctl [OPTIONS...] [MATCHES...]',
  raw: true,

  *main(sys, _flags, args, me) {
    if (args.includes('--version')) {
      me.out.print('systemd 252 (252.39-1~deb12u2)\n')
      return 0
    }
    yield* sys.write(2, 'No journal files were found.\n')
    me.out.line('-- No entries --')
    return 0
  },
})
