/** The commands that change what is installed, which apt and apt-get share. Linux: apt 2.6 apt-private/. */
import type { Blocking, Sys } from '../../abi/index.ts'
import { autoremove, installPackages, removePackages, update, upgrade } from './apt-install.ts'
import type { Parsed } from './apt-options.ts'
import type { Process } from './command.ts'

/** Does what such a command says and gives its status; undefined if it is none of them. */
export function* change(
  sys: Sys,
  me: Process,
  { command, args, wishes }: Parsed,
): Blocking<number | undefined> {
  switch (command) {
    case 'update':
      return yield* update(sys, me, wishes)
    case 'install':
      return yield* installPackages(sys, me, wishes, args)
    case 'reinstall':
      return yield* installPackages(sys, me, { ...wishes, reinstall: true }, args)
    case 'remove':
      return yield* removePackages(sys, me, wishes, args)
    case 'purge':
      return yield* removePackages(sys, me, { ...wishes, purge: true }, args)
    case 'autoremove':
    case 'auto-remove':
      return yield* autoremove(sys, me, wishes, args)
    case 'autopurge':
      return yield* autoremove(sys, me, { ...wishes, purge: true }, args)
    case 'upgrade':
    case 'full-upgrade':
    case 'dist-upgrade':
      return yield* upgrade(sys, me, wishes)
  }
  return undefined
}
