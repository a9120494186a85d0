import { expect, test } from 'vitest'
import { Machine, Pace } from '../../src/machine/index.ts'

const MS = 1_000_000

/** A wall clock that somebody moves on. */
class Wall {
  #now = 0
  #next: { at: number; act: () => void } | undefined

  now(): number {
    return this.#now
  }

  after(ms: number, act: () => void): () => void {
    this.#next = { at: this.#now + ms, act }
    return () => (this.#next = undefined)
  }

  pass(ms: number): void {
    const end = this.#now + ms
    for (let it = this.#next; it && it.at <= end; it = this.#next) {
      this.#next = undefined
      this.#now = it.at
      it.act()
    }
    this.#now = end
  }
}

function paced(): { wall: Wall; machine: Machine; pace: Pace } {
  const wall = new Wall()
  const machine = new Machine()
  const pace = new Pace(machine, wall)
  machine.spawn({
    argv: ['sleeper'],
    *program(sys) {
      for (;;) yield* sys.nanosleep(400 * MS)
    },
  })
  pace.start()
  wall.pass(1000)
  return { wall, machine, pace }
}

test('a clock that is stopped stands at what it showed, though nothing happened then', () => {
  const { wall, machine, pace } = paced()
  wall.pass(70)
  const shown = pace.now
  expect(machine.now).toBeLessThan(shown)
  pace.speed = 0
  expect(pace.now).toBe(shown)
  wall.pass(500)
  expect(pace.now).toBe(shown)
})

test('at a tenth of the speed a second is 100 ms', () => {
  const { wall, pace } = paced()
  pace.speed = 0.1
  const before = pace.now
  wall.pass(1000)
  expect((pace.now - before) / MS).toBeCloseTo(100, 0)
})
