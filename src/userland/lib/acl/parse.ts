/** The entries that setfacl and chacl are given. Linux: acl's tools/parse.c; setfacl(1), ACL ENTRIES. */
import {
  ACL_GROUP,
  ACL_GROUP_OBJ,
  ACL_MASK,
  ACL_OTHER,
  ACL_UNDEFINED_ID,
  ACL_USER,
  ACL_USER_OBJ,
  type AclEntry,
} from '../../../abi/index.ts'
import { groupId, userId, type Users } from '../users.ts'
import type { AclType } from './list.ts'

/** An entry to put into a list or take out. `conditional`: `X`, execute for directories and what has it already. */
export interface GivenEntry extends AclEntry {
  readonly type: AclType
  readonly conditional: boolean
}

/** Where the text went wrong, from 0; its length if it ended too early. */
export class ParseError {
  readonly at: number
  constructor(at: number) {
    this.at = at
  }
}

/** Entries separated by commas. Without `perms` they only name what to remove. Throws a ParseError. */
export function parseEntries(users: Users, text: string, perms: boolean, type: AclType): GivenEntry[] {
  const entries: GivenEntry[] = []
  let at = 0
  do {
    const { entry, end } = parseEntry(users, text, at, perms, type)
    entries.push(entry)
    at = end + 1
  } while (at <= text.length)
  return entries
}

const HEAD = /(d|default)?(?:(?<=d|default):)?(u|user|g|group|m|mask|o|other)(?=:|,|\s|$)/y

function parseEntry(
  users: Users,
  text: string,
  start: number,
  perms: boolean,
  type: AclType,
): { entry: GivenEntry; end: number } {
  HEAD.lastIndex = start
  const head = HEAD.exec(text)
  if (!head) throw new ParseError(start)
  let at = HEAD.lastIndex
  const letter = head[2]![0]!
  const field = (): string => {
    if (text[at] !== ':') return ''
    const value = /[^:,\s]*/y
    value.lastIndex = at + 1
    return value.exec(text)![0]
  }
  let id = ACL_UNDEFINED_ID
  if (letter === 'u' || letter === 'g') {
    const name = field()
    const found = name && (letter === 'u' ? userId(users, name) : groupId(users, name))
    if (found === undefined) throw new ParseError(at + 1)
    if (name) id = found as number
    if (text[at] === ':') at += 1 + name.length
  } else if (text.startsWith('::', at)) at++
  const perm = parsePerm(text, at, perms)
  const named = id !== ACL_UNDEFINED_ID
  const entry = {
    type: head[1] ? 'default' : type,
    tag: TAGS[letter]![named ? 1 : 0]!,
    id,
    perm: perm.bits,
    conditional: perm.conditional,
  } as const
  return { entry, end: perm.end }
}

/** The kinds of entries without and with a name. */
const TAGS: Readonly<Record<string, readonly [number, number]>> = {
  u: [ACL_USER_OBJ, ACL_USER],
  g: [ACL_GROUP_OBJ, ACL_GROUP],
  m: [ACL_MASK, ACL_MASK],
  o: [ACL_OTHER, ACL_OTHER],
}

/** Letters or an octal digit behind a colon, up to the comma or the end. */
function parsePerm(
  text: string,
  from: number,
  wanted: boolean,
): { bits: number; conditional: boolean; end: number } {
  const given = /(?::([0-7]+|[rwxX-]{0,3}))?\s*/y
  given.lastIndex = from
  const [, digits = ''] = given.exec(text)!
  const end = given.lastIndex
  if (!wanted && digits) throw new ParseError(from + 1)
  if (end < text.length && text[end] !== ',') throw new ParseError(end)
  if (wanted && !digits) throw new ParseError(end)
  const bits = /\d/.test(digits)
    ? Number.parseInt(digits, 8) & 7
    : (digits.includes('r') ? 4 : 0) | (digits.includes('w') ? 2 : 0) | (digits.includes('x') ? 1 : 0)
  return { bits, conditional: digits.includes('X'), end }
}
