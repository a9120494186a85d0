/** Showing a block of bytes by hexdump's formats. util-linux: text-utils/hexdump-display.c, hexdump-conv.c. */
import { byteText, formatFloat, formatInteger, formatString } from '../printf.ts'
import type { Format, Piece, Unit } from './format.ts'

const ESCAPES: Readonly<Record<number, string>> = {
  0: '\\0',
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
}
/** ASCII's names of what cannot be seen. */
const NAMES =
  'nul soh stx etx eot enq ack bel bs ht lf vt ff cr so si dle dcl dc2 dc3 dc4 nak syn etb can em sub esc fs gs rs us'.split(
    ' ',
  )

/** A block at an address; `count` of its bytes are input, the rest stays blank. */
export function showBlock(format: Format, block: Uint8Array, count: number, address: number): string {
  let text = ''
  let at = 0
  for (const unit of format.units) {
    if (unit.atEnd) break
    for (let left = unit.repeat; left > 0; left--)
      for (const [i, piece] of unit.pieces.entries()) {
        const shown = showPiece(piece, block, at, count, address)
        const isLast = left === 1 && unit.repeat > 1 && i === unit.pieces.length - 1
        // The blank between repetitions does not follow the last one.
        text += isLast && /\s$/.test(piece.after || piece.before) ? shown.slice(0, -1) : shown
        at += piece.bytes
      }
  }
  return text
}

/** What comes at the end: the address after the last byte. */
export const showEnd = (unit: Unit, address: number): string =>
  unit.pieces.map(piece => piece.before + addressText(piece, address) + piece.after).join('')

const addressText = ({ shows, conversion }: Piece, address: number): string =>
  shows === 'text'
    ? ''
    : formatInteger(BigInt(address), { ...conversion, letter: conversion.letter.slice(2) })

function showPiece(piece: Piece, block: Uint8Array, at: number, count: number, address: number): string {
  const { shows, conversion, bytes } = piece
  let text: string
  if (shows === 'text') text = ''
  else if (shows === 'address') text = at < count || !at ? addressText(piece, address + at) : blank(piece)
  else if (at >= count) text = blank(piece)
  else if (shows === 'signed' || shows === 'unsigned')
    text = formatInteger(integer(block, at, bytes, shows === 'signed'), conversion)
  else if (shows === 'float') {
    const view = new DataView(block.buffer, block.byteOffset + at)
    text = formatFloat(bytes === 4 ? view.getFloat32(0, true) : view.getFloat64(0, true), conversion)
  } else
    text = formatString(chars(piece, block.subarray(at, Math.min(at + bytes, block.length))), {
      ...conversion,
      letter: 's',
    })
  return piece.before + text + piece.after
}

/** As wide as what would stand there, without signs and zeros. */
const blank = ({ conversion }: Piece): string => ' '.repeat(conversion.width)

function integer(block: Uint8Array, at: number, bytes: number, signed: boolean): bigint {
  let value = 0n
  for (let i = bytes - 1; i >= 0; i--) value = (value << 8n) | BigInt(block[at + i] ?? 0)
  return signed ? BigInt.asIntN(bytes * 8, value) : value
}

function chars({ shows }: Piece, bytes: Uint8Array): string {
  const byte = bytes[0]!
  const visible = byte >= 32 && byte < 127
  switch (shows) {
    case 'char':
      return byteText(byte)
    case 'escape':
      return ESCAPES[byte] ?? (visible ? String.fromCharCode(byte) : byte.toString(8).padStart(3, '0'))
    case 'printable':
      return visible ? String.fromCharCode(byte) : '.'
    case 'name':
      return NAMES[byte] ?? (byte === 127 ? 'del' : visible ? String.fromCharCode(byte) : byte.toString(16))
    default: {
      const end = bytes.indexOf(0)
      return [...bytes.subarray(0, end < 0 ? undefined : end)].map(byteText).join('')
    }
  }
}
