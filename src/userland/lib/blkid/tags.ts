/**
 * Labels and UUIDs in tables of file systems: which disk `LABEL=x` means, and what is on a disk.
 * Linux: util-linux libblkid/src/evaluate.c, libmount/src/cache.c, misc-utils/findmnt.c:get_tag().
 */
import type { Blocking, Sys } from '../../../abi/index.ts'
import { findTag } from './cache.ts'
import { type Found, probe } from './probe.ts'

/** `NAME=value` or `NAME="value"`, where NAME is one of those that name disks. Linux: blkid_parse_tag_string(). */
export function parseTag(text: string): readonly [name: string, value: string] | undefined {
  const parts = /^(LABEL|UUID|PARTLABEL|PARTUUID|ID)=(?:"(.*)"|'(.*)'|(.+))$/s.exec(text)
  return parts ? [parts[1]!, parts[2] ?? parts[3] ?? parts[4]!] : undefined
}

/** What was found out about some sources. */
export interface Tags {
  /** The disk a tag means; undefined if there is none. What is no tag means itself. */
  device(source: string): string | undefined
  /** LABEL, UUID, … of a source: what its tag says, or what is on the disk. */
  value(source: string, name: string): string
}

/** Look up the tags among the sources, and at the disks too if `looks`. */
export function* readTags(sys: Sys, sources: Iterable<string>, looks: boolean): Blocking<Tags> {
  const devices = new Map<string, string | undefined>()
  const disks = new Map<string, Found | undefined>()
  for (const source of sources) {
    const tag = parseTag(source)
    if (tag && !devices.has(source)) devices.set(source, yield* findTag(sys, ...tag))
    const path = tag ? devices.get(source) : source
    if (looks && path?.startsWith('/dev/') && !disks.has(path)) disks.set(path, yield* probe(sys, path))
  }
  const device = (source: string): string | undefined => (devices.has(source) ? devices.get(source) : source)
  return {
    device,
    value(source, name) {
      const tag = parseTag(source)
      if (tag?.[0] === name) return tag[1]
      const found = disks.get(device(source) ?? '')
      return (name === 'LABEL' ? found?.label : name === 'UUID' ? found?.uuid : undefined) ?? ''
    },
  }
}

/** Whether a source of a table is the one that somebody names: two tags are alike if they mean the same disk. */
export function isSameSource(
  tags: Tags,
  path: (text: string) => string,
  source: string,
  text: string,
): boolean {
  if (source === text) return true
  const device = tags.device(text)
  const wanted = device === text ? path(text) : device
  return wanted !== undefined && tags.device(source) === wanted
}
