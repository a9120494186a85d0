/**
 * timedatectl - control the system time and date
 * Linux: systemd 252 src/timedate/timedatectl.c; timedatectl(1).
 *
 * Left out: everything that needs systemd as process 1, which this host has not.
 */
import { client } from '../lib/systemd.ts'

export default client('timedatectl', 'control the system time and date')
