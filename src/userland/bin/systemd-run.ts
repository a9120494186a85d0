/**
 * systemd-run - run programs in transient scope or service units
 * Linux: systemd 252 src/run/run.c; systemd-run(1).
 *
 * Left out: everything that needs systemd as process 1, which this host has not.
 */
import { client } from '../lib/systemd.ts'

export default client('systemd-run', 'run programs in transient scope or service units')
