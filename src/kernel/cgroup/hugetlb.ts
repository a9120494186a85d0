/**
 * The HugeTLB controller: limits on huge pages. The host has reserved none, so nobody uses any.
 * Linux: mm/hugetlb_cgroup.c; Documentation/admin-guide/cgroup-v1/hugetlb.rst.
 */
import { EINVAL } from '../../abi/index.ts'
import type { Cgroup } from '../types.ts'
import { cssOf } from './css.ts'
import type { CgroupFile, Controller } from './files.ts'
import { NO_LIMIT, parseLimit, showBytes, showMax } from './page-counter.ts'

const SIZES = [
  { name: '1GB', page: 1 << 30 },
  { name: '2MB', page: 1 << 21 },
] as const
/** Pages in use, and pages reserved for mappings, are limited apart. */
const COUNTERS = ['', '.rsvd'] as const

/** Limits in bytes by the name of their counter: `2MB`, `2MB.rsvd`. */
const css = cssOf<Record<string, number>>('hugetlb', {})
const limitOf = (cg: Cgroup, counter: string): number => css.of(cg)[counter] ?? NO_LIMIT

const nothing = () => '0\n'
/** Any write resets; there is nothing to reset. */
const reset = () => undefined

const v2Counter = (name: string, page: number): CgroupFile[] => [
  { name: `hugetlb.${name}.current`, on: 'nonRoot', show: nothing },
  {
    name: `hugetlb.${name}.max`,
    on: 'nonRoot',
    show: (_, cg) => showMax(limitOf(cg, name)),
    store: (k, cg, text) => css.set(k, cg.id, { [name]: parseLimit(text, 'max', page) }),
  },
]

const v1Counter = (name: string, page: number): CgroupFile[] => [
  {
    name: `hugetlb.${name}.limit_in_bytes`,
    show: (_, cg) => showBytes(limitOf(cg, name), cg.parent ? page : undefined),
    store(k, cg, text) {
      if (!cg.parent) throw EINVAL
      css.set(k, cg.id, { [name]: parseLimit(text, '-1', page) })
    },
  },
  { name: `hugetlb.${name}.usage_in_bytes`, show: nothing },
  { name: `hugetlb.${name}.max_usage_in_bytes`, show: nothing, store: reset },
  { name: `hugetlb.${name}.failcnt`, show: nothing, store: reset },
]

export const hugetlb: Controller = {
  name: 'hugetlb',
  v1: SIZES.flatMap(({ name, page }) => [
    ...COUNTERS.flatMap(kind => v1Counter(name + kind, page)),
    { name: `hugetlb.${name}.numa_stat`, show: () => 'total=0 N0=0\nhierarchical_total=0 N0=0\n' },
  ]),
  v2: SIZES.flatMap(({ name, page }): CgroupFile[] => [
    ...COUNTERS.flatMap(kind => v2Counter(name + kind, page)),
    { name: `hugetlb.${name}.events`, on: 'nonRoot', show: () => 'max 0\n', notifies: true },
    { name: `hugetlb.${name}.events.local`, on: 'nonRoot', show: () => 'max 0\n', notifies: true },
    { name: `hugetlb.${name}.numa_stat`, on: 'nonRoot', show: () => 'total=0 N0=0\n' },
  ]),
  offline: (k, cg) => css.reset(k, cg.id),
}
