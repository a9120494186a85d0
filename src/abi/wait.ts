/** Wait statuses. Linux: include/uapi/linux/wait.h; wait(2). */
export const exitedWith = (status: number): number => (status & 0xff) << 8
export const killedBy = (signal: number, core = 0): number => signal | (core ? 0x80 : 0)
export const stoppedBy = (signal: number): number => (signal << 8) | 0x7f
export const CONTINUED = 0xffff

export const WIFEXITED = (status: number): boolean => (status & 0x7f) === 0
export const WEXITSTATUS = (status: number): number => (status >> 8) & 0xff
export const WIFSIGNALED = (status: number): boolean => (status & 0x7f) !== 0 && (status & 0x7f) !== 0x7f
export const WTERMSIG = (status: number): number => status & 0x7f
export const WCOREDUMP = (status: number): boolean => (status & 0x80) !== 0
export const WIFSTOPPED = (status: number): boolean => (status & 0xff) === 0x7f && status !== CONTINUED
export const WSTOPSIG = (status: number): number => (status >> 8) & 0xff
export const WIFCONTINUED = (status: number): boolean => status === CONTINUED

/** What a shell makes of a wait status: 128 + n for a signal. */
export const exitStatus = (status: number): number =>
  WIFEXITED(status) ? WEXITSTATUS(status) : 128 + (WIFSTOPPED(status) ? WSTOPSIG(status) : WTERMSIG(status))
