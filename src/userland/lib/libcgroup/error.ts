/**
 * What libcgroup can say about a failure: numbers from 50000, whose lowest byte becomes the exit status of a tool.
 * libcgroup: include/libcgroup/error.h, src/api.c:cgroup_strerror().
 */
import { Errno } from '../../../abi/index.ts'

export const ECGROUPNOTMOUNTED = 50001
export const ECGROUPNOTEXIST = 50002
export const ECGROUPSUBSYSNOTMOUNTED = 50004
export const ECGROUPNOTOWNER = 50005
export const ECGROUPNOTALLOWED = 50007
export const ECGVALUEEXISTS = 50010
export const ECGINVAL = 50011
export const ECGFAIL = 50013
export const ECGROUPVALUENOTEXIST = 50015
export const ECGOTHER = 50016
export const ECGROUPPARSEFAIL = 50019

const TEXTS: Readonly<Record<number, string>> = {
  [ECGROUPNOTMOUNTED]: 'Cgroup is not mounted',
  [ECGROUPNOTEXIST]: 'Cgroup does not exist',
  [ECGROUPSUBSYSNOTMOUNTED]: 'Cgroup one of the needed subsystems is not mounted',
  [ECGROUPNOTOWNER]: 'Cgroup, request came in from non owner',
  [ECGROUPNOTALLOWED]: 'Cgroup, operation not allowed',
  [ECGVALUEEXISTS]: 'Cgroup value already exists',
  [ECGINVAL]: 'Cgroup invalid operation',
  [ECGFAIL]: 'Cgroup operation failed',
  [ECGROUPVALUENOTEXIST]: 'Cgroup, requested group parameter does not exist',
  [ECGROUPPARSEFAIL]: 'Cgroup parsing failed',
}

/** A failure of the library; one whose cause is a system call has its errno. */
export class CgroupError {
  readonly code: number
  readonly message: string
  constructor(code: number, errno?: Errno) {
    this.code = code
    this.message = TEXTS[code] ?? errno?.message ?? 'Success'
  }
}

/** What to throw for a refused system call: ECGOTHER with its reason. */
export const otherwise = (e: unknown): unknown => (e instanceof Errno ? new CgroupError(ECGOTHER, e) : e)
