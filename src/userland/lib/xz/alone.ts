/** .lzma: thirteen bytes and LZMA data, as LZMA Utils wrote it. liblzma: alone_decoder.c, alone_encoder.c. */
import { concat } from '../output.ts'
import { ByteReader, uint32 } from './bytes.ts'
import { corrupt, unknownFormat, XzError } from './error.ts'
import { decodeLzma } from './lzma-decoder.ts'
import { LzmaEncoder } from './lzma-encoder.ts'
import { Model, type Properties, propertiesByte, propertiesOf } from './model.ts'
import type { Preset } from './presets.ts'
import { RangeDecoder } from './range-decoder.ts'
import { Window } from './window.ts'

export interface AloneHeader extends Properties {
  readonly dict: number
  /** Undefined if the data ends with a mark. */
  readonly expanded: number | undefined
}

const HEADER_SIZE = 13
const UNKNOWN = 0xffffffff
/** Larger ones are no .lzma files for xz, which wants to tell them from others. */
const LARGEST = 2 ** 38

/** The header; undefined if it is none that LZMA Utils would have written. */
export function aloneHeader(data: Uint8Array): AloneHeader | undefined {
  if (data.length < HEADER_SIZE) return undefined
  const properties = propertiesOf(data[0]!)
  const reader = new ByteReader(data, 1)
  const dict = reader.uint32()
  const [low, high] = [reader.uint32(), reader.uint32()]
  const isMarked = low === UNKNOWN && high === UNKNOWN
  const size = high * 2 ** 32 + low
  if (!properties || !isUsualSize(dict) || (!isMarked && size >= LARGEST)) return undefined
  return { ...properties, dict, expanded: isMarked ? undefined : size }
}

/** 2^n or 2^n + 2^(n-1), or the largest. */
function isUsualSize(dict: number): boolean {
  if (dict === UNKNOWN) return true
  if (!dict) return false
  const bits = 31 - Math.clz32(dict)
  return dict === 2 ** bits || (bits > 0 && dict === 2 ** bits + 2 ** (bits - 1))
}

export function encodeAlone(data: Uint8Array, preset: Preset): Uint8Array {
  const header = [propertiesByte(preset), ...uint32(preset.dict), ...uint32(UNKNOWN), ...uint32(UNKNOWN)]
  return concat([Uint8Array.from(header), new LzmaEncoder(data, preset).runMarked()])
}

/** What a .lzma file holds. Throws an XzError that has what could be expanded. */
export function decodeAlone(data: Uint8Array): Uint8Array {
  const header = aloneHeader(data)
  if (!header) throw unknownFormat()
  const window = new Window()
  window.reach = Math.max(header.dict, 4096)
  const { expanded } = header
  try {
    const coder = new RangeDecoder(data, HEADER_SIZE, data.length)
    const marked = decodeLzma(new Model(header), coder, window, expanded ?? Number.POSITIVE_INFINITY)
    if (!marked) coder.normalize()
    if (!coder.isFinished || coder.at !== data.length) throw corrupt()
    return window.bytes
  } catch (e) {
    if (e instanceof XzError) e.partial = window.bytes
    throw e
  }
}
