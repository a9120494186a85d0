/**
 * Extended attributes and access lists in archives: records of pax headers. Linux: tar xattrs.c.
 *
 * Left out: contexts of SELinux, which no file has here.
 */
import { decode, encode, refusal, type Sys } from '../../../abi/index.ts'
import { type AclType, getAcl, hasAcl, setAcl } from '../acl/list.ts'
import { parseEntries, ParseError } from '../acl/parse.ts'
import { longEntry } from '../acl/text.ts'
import { fnmatch } from '../fnmatch.ts'
import type { Users } from '../users.ts'
import type { TarFlags } from './job.ts'
import type { PaxRecord } from './pax.ts'

/** What an archive knows of a file besides its header. */
export interface Attributes {
  readonly xattrs: ReadonlyMap<string, string>
  /** acl_to_text(3), a line an entry. */
  readonly acls: { readonly access?: string; readonly default?: string }
}

const XATTR = 'SCHILY.xattr.'
const ACL = 'SCHILY.acl.'
const TYPES = ['access', 'default'] as const satisfies readonly AclType[]

/** Which kinds the options ask for: the later of --acls and --no-acls counts. */
export interface Wanted {
  readonly xattrs: boolean
  readonly acls: boolean
  readonly contexts: boolean
}

/** Whether an attribute is taken. "xattrs_masked_out": those of `user.` unless something else is included. */
export function takes(flags: TarFlags, name: string, archiving: boolean): boolean {
  const included = flags.xattrsInclude
    ? flags.xattrsInclude.some(mask => fnmatch(mask, name))
    : archiving || name.startsWith('user.')
  return included && !flags.xattrsExclude?.some(mask => fnmatch(mask, name))
}

/** The records that an archive gets for a file. */
export function attributeRecords(
  sys: Sys,
  path: string,
  wanted: Wanted,
  flags: TarFlags,
  users: Users,
): PaxRecord[] {
  const records: PaxRecord[] = []
  if (wanted.acls && TYPES.some(type => hasAcl(sys, path, type)))
    for (const type of TYPES) {
      const acl = getAcl(sys, path, type)
      if (acl.length) records.push([ACL + type, acl.map(it => `${longEntry(it, users)}\n`).join('')])
    }
  if (wanted.xattrs)
    refusal(() => {
      for (const name of sys.listxattr(path, false))
        if (takes(flags, name, true)) records.push([XATTR + name, decode(sys.getxattr(path, name, false))])
    })
  return records
}

/** The attributes that records tell of; undefined if they tell of none. */
export function attributesOf(records: readonly PaxRecord[]): Attributes | undefined {
  const named = (prefix: string): (readonly [string, string])[] =>
    records.filter(([key]) => key.startsWith(prefix)).map(([key, value]) => [key.slice(prefix.length), value])
  const [xattrs, acls] = [named(XATTR), named(ACL)]
  return xattrs.length || acls.length
    ? { xattrs: new Map(xattrs), acls: Object.fromEntries(acls) }
    : undefined
}

/** The letter behind the mode in a listing: `+` for an access list, `*` for attributes. */
export function mark(it: Attributes | undefined, wanted: Wanted, flags: TarFlags): string {
  if (!wanted.xattrs && !wanted.acls && !wanted.contexts) return ''
  if (wanted.acls && (it?.acls.access || it?.acls.default)) return '+'
  return wanted.xattrs && [...(it?.xattrs.keys() ?? [])].some(name => takes(flags, name, false)) ? '*' : ' '
}

/** The lines below a member that is listed very verbosely. */
export function attributeLines(it: Attributes, wanted: Wanted, flags: TarFlags): string[] {
  const lines: string[] = []
  const { access, default: inherited } = it.acls
  const entries = (text: string | undefined, prefix: string): string[] =>
    (text ?? '')
      .split(/[\n,]/)
      .filter(line => line)
      .map(line => prefix + line)
  const listed = [...entries(access, ''), ...entries(inherited, 'default:')]
  if (wanted.acls && listed.length) lines.push(`  a: ${listed.join()}`)
  if (wanted.xattrs)
    for (const [name, value] of it.xattrs)
      if (takes(flags, name, false)) lines.push(`  x: ${encode(value).length} ${name}`)
  return lines
}

/** Give a file what the archive knows; what the file system refuses is left. */
export function restoreAttributes(
  sys: Sys,
  path: string,
  it: Attributes,
  wanted: Wanted,
  flags: TarFlags,
  users: Users,
): void {
  if (wanted.xattrs)
    for (const [name, value] of it.xattrs)
      if (takes(flags, name, false)) refusal(() => sys.setxattr(path, name, encode(value), 0, false))
  if (!wanted.acls) return
  for (const type of TYPES) {
    const text = it.acls[type]?.trim().replaceAll('\n', ',')
    if (text) refusal(() => setAcl(sys, path, type, parsed(users, text, type)))
  }
}

function parsed(users: Users, text: string, type: AclType) {
  try {
    return parseEntries(users, text, true, type).map(({ tag, id, perm }) => ({ tag, id, perm }))
  } catch (e) {
    if (e instanceof ParseError) return []
    throw e
  }
}
