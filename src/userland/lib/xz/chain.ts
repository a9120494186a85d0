/** The filter that compresses: a preset, or --lzma2 with what differs from one. xz: options.c, coder.c. */
import { GetoptError } from '../getopt.ts'
import { type Preset, presetOf } from './presets.ts'
import { sizeValue } from './sizes.ts'

const LEVELS = /^(\d)(e?)$/

/** `preset=6,dict=1MiB,…` */
export function lzmaOptions(text: string): Preset {
  let preset = presetOf(6, false)
  for (const part of text.split(',').filter(it => it)) {
    const at = part.indexOf('=')
    const [name, value] = [part.slice(0, at), part.slice(at + 1)]
    if (at < 0 || !value)
      throw new GetoptError(`${part}: Options must be \`name=value' pairs separated with commas`)
    preset = { ...preset, ...option(name, value) }
  }
  if (preset.lc + preset.lp > 4) throw new GetoptError('The sum of lc and lp must not exceed 4')
  return preset
}

function option(name: string, value: string): Partial<Preset> {
  const number = (min: number, max: number): number => sizeValue(value, name, min, max)
  if (name === 'preset') {
    const level = LEVELS.exec(value)
    if (!level) throw new GetoptError(`Unsupported LZMA1/LZMA2 preset: ${value}`)
    return presetOf(Number(level[1]), Boolean(level[2]))
  }
  if (name === 'dict') return { dict: number(4096, 1_610_612_736) }
  if (name === 'lc' || name === 'lp' || name === 'pb') return { [name]: number(0, 4) }
  if (name === 'nice') return { nice: number(2, 273) }
  if (name === 'depth') return { depth: number(0, 0xffffffff) }
  if (name === 'mode' && (value === 'fast' || value === 'normal')) return { mode: value }
  if (name === 'mf' && (value === 'hc3' || value === 'hc4' || value === 'bt4')) return { finder: value }
  if (name === 'mode' || name === 'mf') throw new GetoptError(`${value}: Invalid option value`)
  throw new GetoptError(`${name}: Invalid option name`)
}

/** A size as in --lzma2=dict=8MiB. */
export function shortSize(bytes: number): string {
  if (bytes % 2 ** 20 === 0) return `${bytes / 2 ** 20}MiB`
  return bytes % 1024 === 0 ? `${bytes / 1024}KiB` : String(bytes)
}

export function describe(it: Preset): string {
  const { dict, lc, lp, pb, mode, nice, finder, depth } = it
  return `--lzma2=dict=${shortSize(dict)},lc=${lc},lp=${lp},pb=${pb},mode=${mode},nice=${nice},mf=${finder},depth=${depth}`
}

/** What the original needs to compress: window, hash, links and the rest. liblzma: lzma_raw_encoder_memusage(). */
export function memoryToCompress({ dict, finder }: Preset): number {
  let hash = dict - 1
  for (const shift of [1, 2, 4, 8]) hash |= hash >>> shift
  hash = (hash >>> 1) | 0xffff
  if (hash > 1 << 24) hash = finder === 'hc3' ? (1 << 24) - 1 : hash >>> 1
  const tables = hash + 1024 + (finder === 'hc3' ? 0 : 65536)
  const links = dict * (finder === 'bt4' ? 2 : 1)
  return dict * 1.5 + (tables + links) * 4 + 2 ** 20
}

export const memoryToExpand = (dict: number): number => dict + 65592
