/** LZMA2: chunks of LZMA or of plain bytes. liblzma: lzma2_encoder.c, lzma2_decoder.c. */
import { concat } from '../output.ts'
import { corrupt, truncated } from './error.ts'
import { decodeLzma } from './lzma-decoder.ts'
import { LzmaEncoder } from './lzma-encoder.ts'
import { MATCH_MAX, Model, propertiesByte, propertiesOf } from './model.ts'
import type { Preset } from './presets.ts'
import { RangeDecoder } from './range-decoder.ts'
import type { Window } from './window.ts'

const CHUNK_MAX = 1 << 16
const EXPANDED_MAX = 1 << 21

export function encodeLzma2(data: Uint8Array, preset: Preset): Uint8Array {
  const encoder = new LzmaEncoder(data, preset)
  const parts: Uint8Array[] = []
  /** What the next chunk has to reset: 3 everything, 2 the properties, 1 the state. */
  let reset = 3
  let isFirst = true
  while (encoder.at < data.length) {
    const start = encoder.at
    const chunk = encoder.run(start + EXPANDED_MAX - MATCH_MAX, CHUNK_MAX)
    if (chunk.length < encoder.at - start) {
      parts.push(chunkHeader(reset, encoder.at - start, chunk.length, preset), chunk)
      reset = 0
    } else {
      encoder.finder.ahead = 0
      parts.push(...plainChunks(data.subarray(start, encoder.at), isFirst))
      reset = Math.max(1, Math.min(reset, 2))
      encoder.reset()
    }
    isFirst = false
  }
  return concat([...parts, Uint8Array.of(0)])
}

function chunkHeader(reset: number, expanded: number, size: number, preset: Preset): Uint8Array {
  const control = 0x80 | (reset << 5) | ((expanded - 1) >> 16)
  const sizes = [(expanded - 1) >> 8, expanded - 1, (size - 1) >> 8, size - 1]
  return Uint8Array.from([control, ...sizes, ...(reset > 1 ? [propertiesByte(preset)] : [])])
}

function plainChunks(data: Uint8Array, isFirst: boolean): Uint8Array[] {
  const size = data.length - 1
  return [Uint8Array.of(isFirst ? 1 : 2, size >> 8, size), data]
}

/** Expand chunks from `at` on; where they end. */
export function decodeLzma2(input: Uint8Array, start: number, window: Window): number {
  let model: Model | undefined
  let needsDictionary = true
  let needsState = true
  let at = start
  const byte = (i: number): number => {
    const value = input[i]
    if (value === undefined) throw truncated()
    return value
  }
  const word = (i: number): number => (byte(i) << 8) | byte(i + 1)
  for (;;) {
    const control = byte(at++)
    if (control === 0) return at
    if (control === 1 || control >= 0xe0) {
      window.start = window.length
      needsDictionary = false
    } else if (needsDictionary) throw corrupt()
    if (control < 0x80) {
      if (control > 2) throw corrupt()
      const size = word(at) + 1
      at += 2
      window.append(input.subarray(at, at + size))
      at += size
      if (at > input.length) throw truncated()
      continue
    }
    const expanded = ((control & 0x1f) << 16) + word(at) + 1
    const size = word(at + 2) + 1
    at += 4
    if (control >= 0xc0) {
      const properties = propertiesOf(byte(at++))
      if (!properties) throw corrupt()
      model = new Model(properties)
      needsState = false
    } else if (!model) throw corrupt()
    else if (control >= 0xa0) {
      model = new Model(model.properties)
      needsState = false
    } else if (needsState) throw corrupt()
    at = decodeChunk(model, input, at, size, window, expanded)
  }
}

function decodeChunk(
  model: Model,
  input: Uint8Array,
  at: number,
  size: number,
  window: Window,
  expanded: number,
): number {
  const coder = new RangeDecoder(input, at, Math.min(at + size, input.length))
  const isWhole = at + size <= input.length
  try {
    const marked = decodeLzma(model, coder, window, window.length + expanded)
    if (!marked) coder.normalize()
    if (marked || coder.at !== at + size || !coder.isFinished) throw corrupt()
  } catch (e) {
    // Beyond its chunk the coder may not read.
    throw isWhole ? corrupt() : e
  }
  return at + size
}
