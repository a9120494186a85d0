/** How tar shows members: names, or lines like those of ls -l. Linux: tar list.c. */
import { escapeC } from '../quote.ts'
import { strmode } from '../strmode.ts'
import type { Member } from './format.ts'
import { localtime, strftime, UTC, type Zone } from '../time.ts'

export interface Listing {
  readonly zone: Zone
  readonly utc: boolean
  readonly fullTime: boolean
  readonly numeric: boolean
  readonly literal: boolean
}

const KINDS: Readonly<Record<string, string>> = {
  '1': 'h',
  '2': 'l',
  '3': 'c',
  '4': 'b',
  '5': 'd',
  '6': 'p',
  V: 'V',
}

/** Prints members, growing the column of owner and size as it needs. */
export class Lister {
  readonly #how: Listing
  #width = 19
  #timeWidth = 0

  constructor(how: Listing) {
    this.#how = how
  }

  name(name: string): string {
    return this.#how.literal ? name : escapeC(name, '')
  }

  /** `mark` stands behind the mode. */
  line(member: Member, mark: string): string {
    const { numeric, utc, zone, fullTime } = this.#how
    const user = numeric || !member.user ? String(member.uid) : member.user
    const group = numeric || !member.group ? String(member.gid) : member.group
    const isDevice = member.type === '3' || member.type === '4'
    const size = isDevice ? `${member.major},${member.minor}` : String(member.type === '0' ? member.size : 0)
    const owner = `${user}/${group}`
    this.#width = Math.max(this.#width, owner.length + size.length + 1)
    const { nsec } = member.mtime
    const fraction = nsec ? `.${String(nsec).padStart(9, '0').replace(/0+$/, '')}` : ''
    const format = fullTime ? `%Y-%m-%d %H:%M:%S${fraction}` : '%Y-%m-%d %H:%M'
    const time = strftime(format, localtime(member.mtime, utc ? UTC : zone))
    this.#timeWidth = Math.max(this.#timeWidth, time.length)
    const kind = KINDS[member.type] ?? '-'
    const columns = `${kind}${strmode(member.mode).slice(1)}${mark} ${owner}${size.padStart(this.#width - owner.length)} ${time.padEnd(this.#timeWidth)}`
    return `${columns} ${this.name(member.name)}${this.#link(member)}`
  }

  #link({ type, link }: Member): string {
    if (type === '2') return ` -> ${this.name(link)}`
    return type === '1' ? ` link to ${this.name(link)}` : ''
  }
}
