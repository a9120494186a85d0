/** Names of features. e2fsprogs: lib/e2p/feature.c, misc/mke2fs.conf. */
import { COMPAT, INCOMPAT, RO_COMPAT } from '../../../ext2fs/index.ts'
import type { Features } from './geometry.ts'

const WORDS = { compat: COMPAT, incompat: INCOMPAT, roCompat: RO_COMPAT } as const
/** Another name for one of them. */
const ALSO: Readonly<Record<string, string>> = { extents: 'extent' }

const BASE = 'sparse_super,large_file,filetype,resize_inode,dir_index,ext_attr'
const OF_TYPE: Readonly<Record<string, string>> = {
  ext2: '',
  ext3: 'has_journal',
  ext4: 'has_journal,extent,huge_file,flex_bg,metadata_csum,64bit,dir_nlink,extra_isize',
}

/** Change features as `-O NAME,^NAME` says; false if a name is unknown. */
export function changeFeatures(features: Features, text: string): boolean {
  for (const part of text.split(',').filter(Boolean)) {
    const given = part.replace(/^[\^-]|^\+/, '')
    const name = ALSO[given] ?? given
    if (name === 'none') {
      Object.assign(features, { compat: 0, incompat: 0, roCompat: 0 })
      continue
    }
    const word = (Object.keys(WORDS) as (keyof Features)[]).find(it => name in WORDS[it])
    if (!word) return false
    const bit = (WORDS[word] as Readonly<Record<string, number>>)[name]!
    if (/^[\^-]/.test(part)) features[word] &= ~bit
    else features[word] |= bit
  }
  return true
}

/** What mke2fs.conf gives a type; undefined for one that it does not know. */
export function featuresOf(type: string): Features | undefined {
  if (!(type in OF_TYPE)) return undefined
  const features = { compat: 0, incompat: 0, roCompat: 0 }
  changeFeatures(features, `${BASE},${OF_TYPE[type]}`)
  return features
}

/** The names of features that are set, in the order of their numbers. */
export function featureNames({ compat, incompat, roCompat }: Features): string[] {
  const names = (word: number, known: Readonly<Record<string, number>>): string[] =>
    Object.entries(known)
      .filter(([, bit]) => word & bit)
      .map(([name]) => name)
  return [...names(compat, COMPAT), ...names(incompat, INCOMPAT), ...names(roCompat, RO_COMPAT)]
}
