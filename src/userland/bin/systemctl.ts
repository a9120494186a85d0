/**
 * systemctl - control the systemd system and service manager
 * Linux: systemd 252 src/systemctl; systemctl(1).
 *
 * Left out: everything that needs systemd as process 1, which this host has not.
 */
import { client } from '../lib/systemd.ts'

export default client('systemctl', 'control the systemd system and service manager', (_sys, args) =>
  // "offline" is what is-system-running says where systemd is not the init system. - systemctl(1)
  args[0] === 'is-system-running' ? { text: 'offline\n', status: 1 } : undefined,
)
