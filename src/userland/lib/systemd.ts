/**
 * What programs of systemd say on a host that was not booted with it: every one of them begins by asking for the
 * manager. Linux: systemd 252 src/libsystemd/sd-daemon/sd-daemon.c:sd_booted(), src/shared/bus-util.c.
 */
import type { Blocking, Sys } from '../../abi/index.ts'
import { type Command, command } from './command.ts'
import { exists } from './shadow/files.ts'

const VERSION = 'systemd 252 (252.39-1~deb12u2)\n'

/** There is no manager on this host, so nobody answers. Gives the status. */
export function* connect(sys: Sys): Blocking<number> {
  const text = exists(sys, '/run/systemd/system')
    ? 'Failed to connect to bus: No such file or directory\n'
    : "System has not been booted with systemd as init system (PID 1). Can't operate.\nFailed to connect to bus: Host is down\n"
  yield* sys.write(2, text)
  return 1
}

/** A program that can do nothing but ask the manager; `offline` are the words it has an answer to without. */
export function client(
  name: string,
  summary: string,
  offline: (sys: Sys, args: readonly string[]) => { text: string; status: number } | undefined = () =>
    undefined,
): Command {
  const usage = `${name} [OPTIONS...] COMMAND ...`
  return command({
    name,
    summary,
    suite: 'other',
    usage,
    raw: true,

    *main(sys, _flags, args, me) {
      if (args.includes('--version')) me.out.print(VERSION)
      else if (args.includes('--help') || args.includes('-h'))
        me.out.print(
          `${usage}\n\n${summary[0]!.toUpperCase()}${summary.slice(1)}.\n\nThis host has no systemd: its init is a small program.\n`,
        )
      else {
        const answer = offline(sys, args)
        if (!answer) return yield* connect(sys)
        me.out.print(answer.text)
        return answer.status
      }
      return 0
    },
  })
}
