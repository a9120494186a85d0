/**
 * hostnamectl - control the system hostname
 * Linux: systemd 252 src/hostname/hostnamectl.c; hostnamectl(1).
 *
 * Left out: everything that needs systemd as process 1, which this host has not.
 */
import { client } from '../lib/systemd.ts'

export default client('hostnamectl', 'control the system hostname')
