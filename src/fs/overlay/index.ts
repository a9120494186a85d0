/**
 * The overlay file system, which comes late like the module it is on Linux (CONFIG_OVERLAY_FS=m): whoever can mount
 * one is of the userland's first piece, and the driver comes with that.
 */
import { ENODEV } from '../../abi/index.ts'
import type { FileSystemType } from '../../vfs/index.ts'
import { OVERLAYFS_SUPER_MAGIC } from './module.ts'

export { overlayParameters } from './module.ts'

/** What is known of it before it has come; the rest is put in by `loadOverlay`. */
export const overlay = {
  name: 'overlay',
  magic: OVERLAYFS_SUPER_MAGIC,
  requiresDev: false,
  usernsMount: true,
  mount() {
    throw ENODEV // there is no network any more
  },
} as unknown as FileSystemType

export const loadOverlay = async (): Promise<void> =>
  void Object.assign(overlay, (await import('./super.ts')).overlayDriver)
