/** What was killed, to be yanked. Readline: kill.c. */

const MOST = 10

export class KillRing {
  readonly #ring: string[] = []
  #at = 0

  /** Keep a text; kills in a row are one, `before` what the last of them was. */
  add(text: string, append: '' | 'before' | 'behind'): void {
    if (append && this.#ring.length) {
      const last = this.#ring[this.#at]!
      this.#ring[this.#at] = append === 'before' ? text + last : last + text
      return
    }
    this.#ring.push(text)
    if (this.#ring.length > MOST) this.#ring.shift()
    this.#at = this.#ring.length - 1
  }

  get current(): string | undefined {
    return this.#ring[this.#at]
  }

  /** Go to what was killed before that, in a circle. */
  rotate(): void {
    const { length } = this.#ring
    if (length) this.#at = (this.#at - 1 + length) % length
  }
}
