/** The words of ip's command lines: read one by one, many of them may be cut short. iproute2: lib/utils.c. */

/** Ends the program: `message` goes to standard error. */
export class Quit {
  readonly message: string
  readonly status: number

  constructor(message: string, status = 255) {
    this.message = message
    this.status = status
  }
}

/** Ends the program with what it can be asked. */
export const usage = (text: string): Quit => new Quit(text.trimEnd())

/** Whether `word` is the beginning of `full`. */
export const matches = (word: string, full: string): boolean => word !== '' && full.startsWith(word)

export const invalid = (message: string, word: string): Quit =>
  new Quit(`Error: argument "${word}" is wrong: ${message}`)
export const duplicate = (key: string, word: string): Quit =>
  new Quit(`Error: either "${key}" is duplicate, or "${word}" is a garbage.`)
export const missing = (key: string, status?: number): Quit =>
  new Quit(`Not enough information: "${key}" argument is required.`, status)
export const noDevice = (name: string): Quit => new Quit(`Cannot find device "${name}"`, 1)
export const unknownCommand = (word: string, help: string): Quit =>
  new Quit(`Command "${word}" is unknown, try "${help} help".`)

/** The words that are left. */
export class Words {
  readonly #words: readonly string[]
  #at = 0

  constructor(words: readonly string[]) {
    this.#words = words
  }

  get more(): boolean {
    return this.#at < this.#words.length
  }

  get rest(): readonly string[] {
    return this.#words.slice(this.#at)
  }

  /** The word it stands at. */
  get word(): string {
    return this.#words[this.#at] ?? ''
  }

  /** The word it stands at, and on to the next. */
  take(): string {
    const { word } = this
    this.#at++
    return word
  }

  /** What a keyword needs behind it. Linux: NEXT_ARG(). */
  argument(): string {
    if (!this.more) throw new Quit('Command line is not complete. Try option "help"')
    return this.take()
  }

  number(name: string, max = 0xffff_ffff): number {
    const word = this.argument()
    const value = /^(0x[\da-f]+|\d+)$/i.test(word) ? Number(word) : Number.NaN
    if (!(value <= max)) throw invalid(`Invalid "${name}" value\n`, word)
    return value
  }

  /** `on` or `off`. */
  onOff(name: string): boolean {
    const word = this.argument()
    if (word !== 'on' && word !== 'off')
      throw new Quit(`Error: argument of "${name}" must be "on" or "off", not "${word}"`, 1)
    return word === 'on'
  }
}
