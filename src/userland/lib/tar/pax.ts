/** The records of extended headers: `LENGTH KEYWORD=VALUE`. Linux: tar xheader.c; pax(1), "pax Header Block". */
import { decode, encode } from '../../../abi/index.ts'

export type PaxRecord = readonly [keyword: string, value: string]

const SPACE = 32
const EQUALS = 61

/** The records of one header. Values may hold any bytes, so only the lengths tell where they end. */
export function parsePax(data: Uint8Array): PaxRecord[] {
  const records: PaxRecord[] = []
  for (let at = 0; at < data.length; ) {
    const space = data.indexOf(SPACE, at)
    const length = space < 0 ? 0 : Number(decode(data.subarray(at, space)))
    const equals = data.indexOf(EQUALS, space)
    if (!(length > 0) || equals < 0 || equals >= at + length) break
    records.push([
      decode(data.subarray(space + 1, equals)),
      decode(data.subarray(equals + 1, at + length - 1)),
    ])
    at += length
  }
  return records
}

/** The records as bytes. "length keyword=value": the length counts its own digits. */
export function paxText(records: readonly PaxRecord[]): Uint8Array {
  let text = ''
  for (const [keyword, value] of records) {
    const body = ` ${keyword}=${value}\n`
    const bytes = encode(body).length
    let length = bytes + String(bytes).length
    if (String(length).length > String(bytes).length) length++
    text += `${length}${body}`
  }
  return encode(text)
}

/** A time as records have it: seconds and, without zeros at the end, their fraction. */
export function paxTime({ sec, nsec }: { sec: number; nsec: number }): string {
  const fraction = String(nsec).padStart(9, '0').replace(/0+$/, '')
  return fraction ? `${sec}.${fraction}` : String(sec)
}

/** The seconds and nanoseconds of such a time. */
export function parsePaxTime(text: string): { sec: number; nsec: number } {
  const [whole = '0', fraction = ''] = text.split('.')
  const nsec = Number(fraction.slice(0, 9).padEnd(9, '0'))
  const sec = Number(whole)
  return text.startsWith('-') && nsec ? { sec: sec - 1, nsec: 1e9 - nsec } : { sec, nsec }
}
