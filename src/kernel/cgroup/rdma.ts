/** The controllers of RDMA and of miscellaneous resources. Linux: kernel/cgroup/rdma.c, kernel/cgroup/misc.c. */
import { EINVAL, ENODEV } from '../../abi/index.ts'
import type { CgroupFile, Controller } from './files.ts'

const empty = () => ''

/** Limits are per RDMA device; the host has none. */
const rdmaFiles: readonly CgroupFile[] = [
  {
    name: 'rdma.max',
    on: 'nonRoot',
    show: empty,
    store() {
      throw ENODEV
    },
  },
  { name: 'rdma.current', on: 'nonRoot', show: empty },
]
export const rdma: Controller = { name: 'rdma', v1: rdmaFiles, v2: rdmaFiles }

/** Resources that a platform has so many of: encryption keys of virtual machines. This one has none. */
const miscFiles: readonly CgroupFile[] = [
  {
    name: 'misc.max',
    on: 'nonRoot',
    show: empty,
    store() {
      throw EINVAL
    },
  },
  { name: 'misc.current', on: 'nonRoot', show: empty },
  { name: 'misc.capacity', on: 'root', show: empty },
  { name: 'misc.events', on: 'nonRoot', show: empty },
]
export const misc: Controller = { name: 'misc', v1: miscFiles, v2: miscFiles }
