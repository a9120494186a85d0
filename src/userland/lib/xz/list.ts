/** xz --list: what the index of a file says. xz: list.c. */
import type { Output } from '../output.ts'
import { ByteReader } from './bytes.ts'
import { checkName, checkSize } from './checks.ts'
import { memoryToExpand, shortSize } from './chain.ts'
import {
  HEADER_SIZE,
  type Record,
  readBlockHeader,
  readFooter,
  readIndex,
  streamHeader,
} from './container.ts'
import { corrupt, XzError } from './error.ts'
import { mebibytes, niceSize, ratioOf } from './sizes.ts'

interface Stream {
  readonly check: number
  readonly at: number
  readonly size: number
  readonly padding: number
  readonly blocks: readonly Record[]
}

interface Sums {
  readonly files: number
  readonly streams: number
  readonly blocks: number
  readonly size: number
  readonly expanded: number
  readonly checks: ReadonlySet<number>
  readonly padding: number
  readonly memory: number
  readonly sized: boolean
}

const NOTHING: Sums = {
  files: 0,
  streams: 0,
  blocks: 0,
  size: 0,
  expanded: 0,
  checks: new Set(),
  padding: 0,
  memory: 0,
  sized: true,
}

const add = (a: Sums, b: Sums): Sums => ({
  files: a.files + b.files,
  streams: a.streams + b.streams,
  blocks: a.blocks + b.blocks,
  size: a.size + b.size,
  expanded: a.expanded + b.expanded,
  checks: new Set([...a.checks, ...b.checks]),
  padding: a.padding + b.padding,
  memory: Math.max(a.memory, b.memory),
  sized: a.sized && b.sized,
})

const sumOf = (blocks: readonly Record[], key: keyof Record): number =>
  blocks.reduce((n, it) => n + it[key], 0)
const withPadding = (size: number): number => Math.ceil(size / 4) * 4
const checksOf = ({ checks }: Sums, separator = ','): string =>
  [...checks]
    .sort((a, b) => a - b)
    .map(checkName)
    .join(separator) || 'None'

/** The streams of a file, found from its end. */
export function streamsOf(data: Uint8Array): readonly Stream[] {
  if (!data.length) throw new XzError('File is empty')
  if (data.length < 2 * HEADER_SIZE) throw new XzError('Too small to be a valid .xz file')
  streamHeader(new ByteReader(data, 0), true)
  const streams: Stream[] = []
  for (let end = data.length; end > 0; ) {
    let padding = 0
    while (end >= 4 && data.subarray(end - 4, end).every(byte => !byte)) {
      padding += 4
      end -= 4
    }
    if (end % 4 || end < 2 * HEADER_SIZE) throw corrupt()
    const { indexSize, check } = readFooter(new ByteReader(data, end - HEADER_SIZE))
    const indexAt = end - HEADER_SIZE - indexSize
    if (indexAt < HEADER_SIZE) throw corrupt()
    const { records } = readIndex(new ByteReader(data, indexAt))
    const blocks = records.reduce((n, it) => n + withPadding(it.unpadded), 0)
    const at = indexAt - blocks - HEADER_SIZE
    if (at < 0 || streamHeader(new ByteReader(data, at), false) !== check) throw corrupt()
    streams.unshift({ check, at, size: end - at, padding, blocks: records })
    end = at
  }
  return streams
}

export class Listing {
  readonly #out: Output
  readonly #level: number
  readonly #robot: boolean
  readonly #count: number
  #sums = NOTHING

  /** `level` is how often -v was given. */
  constructor(out: Output, level: number, robot: boolean, count: number) {
    this.#out = out
    this.#level = Math.min(level, 2)
    this.#robot = robot
    this.#count = count
  }

  /** A file; an XzError if it is none. */
  file(name: string, data: Uint8Array): void {
    const streams = streamsOf(data)
    const sums = this.#fileSums(data, streams)
    const isFirst = !this.#sums.files
    this.#sums = add(this.#sums, sums)
    if (this.#robot) return this.#robotFile(name, data, streams, sums)
    if (!this.#level) {
      if (isFirst) this.#out.line('Strms  Blocks   Compressed Uncompressed  Ratio  Check   Filename')
      return this.#row(sums, name)
    }
    if (!isFirst) this.#out.line('')
    this.#out.line(`${name} (${this.#sums.files}/${this.#count})`)
    this.#summary(sums)
    this.#out.line('  Streams:')
    this.#streams(streams)
    if (sums.blocks) this.#blocks(data, streams, sums)
    this.#details(sums)
  }

  totals(): void {
    const sums = this.#sums
    if (this.#robot) {
      const more = this.#level > 1 ? [sums.memory, sums.sized ? 'yes' : 'no', 50_000_002] : []
      this.#fields('totals', ...this.#figures(sums), sums.files, ...more)
    } else if (!this.#level) {
      this.#out.line('-'.repeat(79))
      this.#row(sums, `${sums.files} file${sums.files === 1 ? '' : 's'}`)
    } else {
      this.#out.print('\nTotals:\n')
      this.#out.line(`  Number of files:   ${sums.files}`)
      this.#summary(sums)
      this.#details(sums)
    }
  }

  #fileSums(data: Uint8Array, streams: readonly Stream[]): Sums {
    const headers = this.#level > 1 ? streams.flatMap(it => headersOf(data, it)) : []
    return {
      files: 1,
      streams: streams.length,
      blocks: streams.reduce((n, it) => n + it.blocks.length, 0),
      size: data.length,
      expanded: streams.reduce((n, it) => n + sumOf(it.blocks, 'expanded'), 0),
      checks: new Set(streams.map(it => it.check)),
      padding: streams.reduce((n, it) => n + it.padding, 0),
      memory: Math.max(0, ...headers.map(({ header }) => memoryToExpand(header.dict))),
      sized: headers.every(({ header }) => header.compressed !== undefined && header.expanded !== undefined),
    }
  }

  #row(it: Sums, name: string): void {
    const sizes = [it.size, it.expanded].map(size => niceSize(size).padStart(11)).join('  ')
    const ratio = ratioOf(it.size, it.expanded).padStart(5)
    const counts = `${String(it.streams).padStart(5)} ${String(it.blocks).padStart(7)}`
    this.#out.line(`${counts}  ${sizes}  ${ratio}  ${checksOf(it).padEnd(7)} ${name}`)
  }

  #summary(it: Sums): void {
    this.#out.line(`  Streams:           ${it.streams}`)
    this.#out.line(`  Blocks:            ${it.blocks}`)
    this.#out.line(`  Compressed size:   ${niceSize(it.size, true)}`)
    this.#out.line(`  Uncompressed size: ${niceSize(it.expanded, true)}`)
    this.#out.line(`  Ratio:             ${ratioOf(it.size, it.expanded)}`)
    this.#out.line(`  Check:             ${checksOf(it, ', ')}`)
    this.#out.line(`  Stream Padding:    ${niceSize(it.padding, true)}`)
  }

  #details(it: Sums): void {
    if (this.#level < 2) return
    this.#out.line(`  Memory needed:     ${mebibytes(it.memory)}`)
    this.#out.line(`  Sizes in headers:  ${it.sized ? 'Yes' : 'No'}`)
    this.#out.line('  Minimum XZ Utils version: 5.0.0')
  }

  #columns(stream: number, second: number, sizes: readonly number[]): string {
    const numbers = [...sizes].map(it => String(it).padStart(15)).join(' ')
    const ratio = ratioOf(sizes[2]!, sizes[3]!).padStart(5)
    return `    ${String(stream).padStart(6)} ${String(second).padStart(9)} ${numbers}  ${ratio}`
  }

  #streams(streams: readonly Stream[]): void {
    this.#out.line(
      '    Stream    Blocks      CompOffset    UncompOffset        CompSize      UncompSize  Ratio  Check      Padding',
    )
    let before = 0
    for (const [i, it] of streams.entries()) {
      const expanded = sumOf(it.blocks, 'expanded')
      const columns = this.#columns(i + 1, it.blocks.length, [it.at, before, it.size, expanded])
      this.#out.line(`${columns}  ${checkName(it.check).padEnd(10)} ${String(it.padding).padStart(7)}`)
      before += expanded
    }
  }

  #blocks(data: Uint8Array, streams: readonly Stream[], sums: Sums): void {
    const width = Math.max(8, ...[...sums.checks].map(it => checkSize(it) * 2))
    const more = `      ${'CheckVal'.padEnd(width)}  Header  Flags        CompSize    MemUsage  Filters`
    this.#out.line(
      `  Blocks:\n    Stream     Block      CompOffset    UncompOffset       TotalSize      UncompSize  Ratio  Check${this.#level > 1 ? more : ''}`,
    )
    let before = 0
    for (const [i, stream] of streams.entries()) {
      const details = this.#level > 1 ? headersOf(data, stream) : []
      let { at } = stream
      at += HEADER_SIZE
      for (const [n, { unpadded, expanded }] of stream.blocks.entries()) {
        const total = withPadding(unpadded)
        const columns = this.#columns(i + 1, n + 1, [at, before, total, expanded])
        const detail = details[n]
        const check = checkName(stream.check)
        if (!detail) this.#out.line(`${columns}  ${check}`)
        else {
          const { value, header, flags, compressed } = detail
          const memory = mebibytes(memoryToExpand(header.dict)).padStart(11)
          this.#out.line(
            `${columns}  ${check.padEnd(10)} ${value.padEnd(width)}  ${String(header.size).padStart(6)}  ${flags.padEnd(5)} ${String(compressed).padStart(15)} ${memory}  --lzma2=dict=${shortSize(header.dict)}`,
          )
        }
        at += total
        before += expanded
      }
    }
  }

  #fields(...fields: readonly (string | number)[]): void {
    this.#out.line(fields.join('\t'))
  }

  #figures(it: Sums): (string | number)[] {
    return [
      it.streams,
      it.blocks,
      it.size,
      it.expanded,
      ratioOf(it.size, it.expanded),
      checksOf(it),
      it.padding,
    ]
  }

  #robotFile(name: string, data: Uint8Array, streams: readonly Stream[], sums: Sums): void {
    this.#fields('name', name)
    this.#fields('file', ...this.#figures(sums))
    if (!this.#level) return
    let before = 0
    for (const [i, it] of streams.entries()) {
      const expanded = sumOf(it.blocks, 'expanded')
      const ratio = ratioOf(it.size, expanded)
      const sizes = [it.at, before, it.size, expanded, ratio, checkName(it.check), it.padding]
      this.#fields('stream', i + 1, it.blocks.length, ...sizes)
      before += expanded
    }
    this.#robotBlocks(data, streams)
    if (this.#level > 1) this.#fields('summary', sums.memory, sums.sized ? 'yes' : 'no', 50_000_002)
  }

  #robotBlocks(data: Uint8Array, streams: readonly Stream[]): void {
    let before = 0
    let number = 0
    for (const [i, stream] of streams.entries()) {
      const details = this.#level > 1 ? headersOf(data, stream) : []
      let at = stream.at + HEADER_SIZE
      for (const [n, { unpadded, expanded }] of stream.blocks.entries()) {
        const total = withPadding(unpadded)
        const place = [i + 1, n + 1, ++number, at, before, total, expanded, ratioOf(total, expanded)]
        const it = details[n]
        const more = it
          ? [it.value, it.header.size, it.flags, it.compressed, memoryToExpand(it.header.dict)]
          : []
        const filters = it ? [`--lzma2=dict=${shortSize(it.header.dict)}`] : []
        this.#fields('block', ...place, checkName(stream.check), ...more, ...filters)
        at += total
        before += expanded
      }
    }
  }
}

/** What only the blocks themselves tell. */
function headersOf(data: Uint8Array, stream: Stream) {
  let at = stream.at + HEADER_SIZE
  return stream.blocks.map(({ unpadded }) => {
    const header = readBlockHeader(data, at)
    const sum = data.subarray(
      at + withPadding(unpadded) - checkSize(stream.check),
      at + withPadding(unpadded),
    )
    const flags = `${header.compressed === undefined ? '-' : 'c'}${header.expanded === undefined ? '-' : 'u'}`
    const compressed = unpadded - header.size - sum.length
    at += withPadding(unpadded)
    // As a number: CRCs are stored with their lowest byte first.
    const bytes = stream.check === 10 ? [...sum] : [...sum].reverse()
    const value = bytes.map(it => it.toString(16).padStart(2, '0')).join('') || '---'
    return { header, value, flags, compressed }
  })
}
