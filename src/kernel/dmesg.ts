/**
 * The kernel's log: a ring of records that dmesg(1) reads through /dev/kmsg. Linux: kernel/printk/printk.c.
 */

/** One message, of one line or several. `at` is virtual ns since boot; `level` is 0 (emergency) to 7 (debug). */
export interface KernelMessage {
  readonly seq: number
  readonly level: number
  readonly at: number
  readonly text: string
}

const CAPACITY = 4096

/** Linux: struct printk_ringbuffer. */
export class Dmesg {
  #messages: KernelMessage[] = []
  #next = 0
  #cleared = 0

  log(at: number, text: string, level = 6): void {
    this.#messages.push({ seq: this.#next++, level, at, text })
    if (this.#messages.length > 2 * CAPACITY) this.#messages = this.#messages.slice(-CAPACITY)
  }

  /** The messages from `seq` on that are still there. */
  since(seq: number): readonly KernelMessage[] {
    return this.#messages.slice(-CAPACITY).filter(message => message.seq >= seq)
  }

  /** Number the next message will get. */
  get next(): number {
    return this.#next
  }

  /** dmesg --clear: SYSLOG_ACTION_CLEAR moves where reading begins. */
  clear(): void {
    this.#cleared = this.#next
  }

  get cleared(): number {
    return this.#cleared
  }
}
