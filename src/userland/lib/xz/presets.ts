/** What -0 … -9 and --extreme mean. liblzma: lzma_encoder_presets.c. */
import type { Properties } from './model.ts'

export interface Preset extends Properties {
  readonly dict: number
  /** How matches are chosen: the first good ones, or those that cost least. */
  readonly mode: 'fast' | 'normal'
  readonly finder: 'hc3' | 'hc4' | 'bt4'
  /** A match of this length is taken without further search. */
  readonly nice: number
  /** How many candidates are looked at; 0 depends on the finder. */
  readonly depth: number
}

const DICTIONARIES = [18, 20, 21, 22, 22, 23, 23, 24, 25, 26]
const DEPTHS = [4, 8, 24, 48]

export function presetOf(level: number, extreme: boolean): Preset {
  const common = { lc: 3, lp: 0, pb: 2, dict: 1 << DICTIONARIES[level]! }
  if (extreme && (level === 3 || level === 5))
    return { ...common, mode: 'normal', finder: 'bt4', nice: 192, depth: 0 }
  if (extreme) return { ...common, mode: 'normal', finder: 'bt4', nice: 273, depth: 512 }
  if (level <= 3) {
    const finder = level === 0 ? 'hc3' : 'hc4'
    return { ...common, mode: 'fast', finder, nice: level <= 1 ? 128 : 273, depth: DEPTHS[level]! }
  }
  return { ...common, mode: 'normal', finder: 'bt4', nice: [16, 32][level - 4] ?? 64, depth: 0 }
}
