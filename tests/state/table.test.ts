import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compare, type Rec, Store } from '../../src/state/index.ts'

interface Thing extends Rec {
  readonly colour: string
}
type Schema = { readonly things: Thing }
const store = () => new Store<Schema>(['things'], true)

describe('a table', () => {
  test('refuses a write to a record that was committed and not owned', () => {
    const s = store()
    const { id } = s.tables.things.insert({ colour: 'red' })
    s.commit()
    expect(() => ((s.tables.things.get(id) as { colour: string }).colour = 'blue')).toThrow(TypeError)
  })

  test('keeps old snapshots as they were', () => {
    const s = store()
    const { id } = s.tables.things.insert({ colour: 'red' })
    const before = s.commit()
    s.tables.things.own(id).colour = 'blue'
    const after = s.commit()
    expect([before, after].map(it => it.tables.things.get(id).colour)).toEqual(['red', 'blue'])
  })

  test('reports a record that came and went within one epoch as no change', () => {
    const s = store()
    s.tables.things.remove(s.tables.things.insert({ colour: 'red' }).id)
    expect(s.changes()).toEqual({})
  })

  test('shares an unchanged record between snapshots', () => {
    const s = store()
    const { id } = s.tables.things.insert({ colour: 'red' })
    const before = s.commit()
    s.tables.things.insert({ colour: 'blue' })
    expect(s.commit().tables.things.get(id)).toBe(before.tables.things.get(id))
  })

  test('behaves like a map, and comparing snapshots tells what differs', () => {
    const step = fc.oneof(
      fc.record({ act: fc.constant('insert' as const), colour: fc.string() }),
      fc.record({ act: fc.constant('own' as const), at: fc.nat(), colour: fc.string() }),
      fc.record({ act: fc.constant('remove' as const), at: fc.nat() }),
      fc.record({ act: fc.constant('commit' as const) }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), steps => {
        const s = store()
        const model = new Map<number, string>()
        const first = s.commit()
        for (const it of steps) {
          const ids = [...model.keys()]
          const id = 'at' in it && ids.length ? ids[it.at % ids.length]! : 0
          if (it.act === 'insert') model.set(s.tables.things.insert({ colour: it.colour }).id, it.colour)
          else if (it.act === 'commit') s.commit()
          else if (id && it.act === 'own') {
            s.tables.things.own(id).colour = it.colour
            model.set(id, it.colour)
          } else if (id) {
            s.tables.things.remove(id)
            model.delete(id)
          }
        }
        const last = s.commit()
        expect(new Map([...last.tables.things.values()].map(it => [it.id, it.colour]))).toEqual(model)
        expect(last.tables.things.size).toBe(model.size)
        const added = compare(first, last).things ?? []
        expect(new Map(added.map(it => [it.id, it.to?.colour]))).toEqual(model)
      }),
    )
  })
})
