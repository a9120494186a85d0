/** Who opened a file, for files that ask later what he may do. Linux: file->f_cred. */
import type { Cred } from '../vfs/index.ts'
import { getCred, putCred } from './cred.ts'
import type { Kernel } from './kernel.ts'

/** Remember who opened a file. */
export function keepFileCred(k: Kernel, file: number, { id }: Cred): void {
  k.fileCreds.set(file, getCred(k, id))
}

export const fileCred = (k: Kernel, file: number): Cred => k.creds.get(k.fileCreds.get(file) ?? 0)

export function dropFileCred(k: Kernel, file: number): void {
  const cred = k.fileCreds.get(file)
  if (!cred) return
  k.fileCreds.delete(file)
  putCred(k, cred)
}
