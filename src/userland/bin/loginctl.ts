/**
 * loginctl - control the systemd login manager
 * Linux: systemd 252 src/login/loginctl.c; loginctl(1).
 *
 * Left out: everything that needs systemd as process 1, which this host has not.
 */
import { client } from '../lib/systemd.ts'

export default client('loginctl', 'control the systemd login manager')
