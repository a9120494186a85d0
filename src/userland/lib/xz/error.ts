/** Why data cannot be expanded, in xz's words; what could be had of it is there. liblzma: lzma_ret. */
export class XzError {
  readonly message: string
  partial: Uint8Array = new Uint8Array(0)

  constructor(message: string) {
    this.message = message
  }
}

export const corrupt = (): XzError => new XzError('Compressed data is corrupt')
export const truncated = (): XzError => new XzError('Unexpected end of input')
export const unsupported = (): XzError => new XzError('Unsupported options')
export const unknownFormat = (): XzError => new XzError('File format not recognized')
