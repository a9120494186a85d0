import { expect, test } from 'vitest'
import { MS_BIND, MS_NOSUID, MS_PRIVATE, MS_RDONLY, MS_REC } from '../../src/abi/index.ts'
import { matchesType, mergeOptions, parseMountinfo, propagationOf } from '../../src/userland/lib/mountinfo.ts'
import { parseOptions } from '../../src/userland/lib/mountinfo-path.ts'

test('a line of mountinfo, with a blank in the path and two optional fields', () => {
  const [it] = parseMountinfo(
    '40 24 0:32 /a /mnt/x\\040y ro,relatime shared:1 master:2 - tmpfs none rw,size=1024k\n',
  )
  expect(it).toMatchObject({
    id: 40,
    parent: 24,
    root: '/a',
    target: '/mnt/x y',
    optFields: 'shared:1 master:2',
  })
  expect(it!.options).toBe('ro,relatime,size=1024k')
  expect(propagationOf(it!)).toBe('shared,slave')
})

test.for([
  ['rw,relatime', 'rw,errors=remount-ro', 'rw,relatime,errors=remount-ro'],
  ['rw,nosuid', 'ro', 'ro,nosuid'],
  ['rw', 'rw', 'rw'],
] as const)('options of the mount %s and of the file system %s are shown as %s', ([vfs, fs, both]) => {
  expect(mergeOptions(vfs, fs)).toBe(both)
})

test('a list of types may be negated as a whole', () => {
  expect(matchesType('proc', 'notmpfs,proc')).toBe(false)
  expect(matchesType('ext4', 'notmpfs,proc')).toBe(true)
})

test('mount options are flags, propagation, data for the file system and words for mount itself', () => {
  expect(parseOptions('rbind,ro,nosuid,rprivate,size=1m,noauto,suid,x-a=b')).toEqual({
    flags: MS_BIND | MS_REC | MS_RDONLY,
    propagation: [MS_PRIVATE | MS_REC],
    data: 'size=1m',
    user: ['noauto', 'x-a=b'],
  })
  expect(parseOptions('suid,nosuid').flags).toBe(MS_NOSUID)
})
