/** A digest of a snapshot: FNV-1a, 64 bits as two halves, over every record in the order of tables and ids. */
import type { Snapshot } from './machine.ts'

class Digest {
  #a = 0x811c9dc5
  #b = 0x1b873593

  add(text: string): void {
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      this.#a = Math.imul(this.#a ^ code, 0x01000193)
      this.#b = Math.imul(this.#b ^ code, 0x85ebca6b)
      this.#b = (this.#b << 13) | (this.#b >>> 19)
    }
  }

  toString(): string {
    return [this.#a, this.#b].map(half => (half >>> 0).toString(16).padStart(8, '0')).join('')
  }
}

/** Fields in a fixed order; epochs say when a record was copied, not what it is. Contents of files are bytes. */
function canonical(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`
  if (ArrayBuffer.isView(value)) return `[${Array.from(value as Uint8Array)}]`
  if (Array.isArray(value)) return `[${value.map(canonical)}]`
  if (value instanceof Map) return canonical([...value].sort())
  if (typeof value !== 'object' || value === null) return String(value)
  const names = Object.keys(value)
    .filter(name => name !== 'epoch')
    .sort()
  return `{${names.map(name => `${name}:${canonical((value as Record<string, unknown>)[name])}`)}}`
}

export function hashTables(snapshot: Pick<Snapshot, 'clock' | 'tables'>): string {
  const digest = new Digest()
  digest.add(String(snapshot.clock))
  for (const [name, table] of Object.entries(snapshot.tables).sort(([a], [b]) => (a < b ? -1 : 1))) {
    digest.add(name)
    const records = [...(table as { values(): Iterable<{ id: number }> }).values()].sort(
      (a, b) => a.id - b.id,
    )
    for (const record of records) digest.add(canonical(record))
  }
  return digest.toString()
}
