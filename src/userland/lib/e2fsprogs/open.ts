/** Opening a file system, and what is said when there is none. e2fsprogs: lib/ext2fs/openfs.c, lib/support/plausible.c. */
import { type Blocking, Errno, type Sys } from '../../../abi/index.ts'
import { Volume } from '../../../ext2fs/index.ts'
import { Image } from './image.ts'

/** Why there is no file system; the text is com_err's. */
export class NoFileSystem extends Error {}

/** What is read of it: the super block and what it says, or everything. */
export type Extent = 'super' | 'all'

/** Throws NoFileSystem. */
export function* openVolume(
  sys: Sys,
  path: string,
  writes: boolean,
  extent: Extent,
): Blocking<{ image: Image; volume: Volume }> {
  try {
    const image = yield* Image.open(sys, path, writes, extent === 'super' ? 4096 : undefined)
    if (image.size < 2048)
      throw new NoFileSystem('Attempt to read block from filesystem resulted in short read')
    const volume = Volume.open(image)
    if (!volume) throw new NoFileSystem('Bad magic number in super-block')
    return { image, volume }
  } catch (e) {
    if (e instanceof Errno) throw new NoFileSystem(e.message)
    throw e
  }
}
