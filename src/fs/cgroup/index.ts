/** The file systems of control groups. */
export { cgroup } from './cgroup1.ts'
export { cgroup2 } from './cgroup2.ts'
