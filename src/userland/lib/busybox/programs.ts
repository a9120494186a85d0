/** The applets that are programs of their own: the host has none, or it prints otherwise. */
import type { Program } from '../../../abi/index.ts'
import { cal } from './cal.ts'
import { crc32 } from './crc32.ts'
import { date } from './date.ts'
import { df } from './df.ts'
import { dos2unix, unix2dos } from './dos2unix.ts'
import { free } from './free.ts'
import { kill, killall } from './kill.ts'
import { ls } from './ls.ts'
import { nuke } from './nuke.ts'
import { pidof } from './pidof.ts'
import { ps } from './ps.ts'
import { seq } from './seq.ts'
import { sha3sum } from './sha3sum.ts'
import { startStopDaemon } from './start-stop-daemon.ts'
import { switchRoot } from './switch-root.ts'
import { time } from './time.ts'
import { usleep } from './usleep.ts'
import { uudecode, uuencode } from './uuencode.ts'
import { wc } from './wc.ts'

export const PROGRAMS: Readonly<Record<string, Program>> = {
  cal,
  crc32,
  date,
  df,
  dos2unix,
  free,
  kill,
  killall,
  ls,
  nuke,
  pidof,
  ps,
  seq,
  sha3sum,
  'start-stop-daemon': startStopDaemon,
  switch_root: switchRoot,
  time,
  unix2dos,
  usleep,
  uudecode,
  uuencode,
  wc,
}
