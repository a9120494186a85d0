/** top's keys: what is asked, what is said on the line of messages (as procps 4.0 says it), what changes. */
import { describe, expect, it } from 'vitest'
import { Session } from '../shell/session.ts'

function top(): Session {
  const session = new Session()
  session.type('sleep 1000 &\r', 'top -d 100\r')
  session.wait(2)
  return session
}

/** Type keys one by one, and give the line of messages after the last. */
async function message(session: Session, ...keys: string[]): Promise<string> {
  for (const key of keys) session.type(key)
  session.wait(1)
  return ((await session.screen())[5] ?? '').trim()
}

describe('top', () => {
  it.each([
    [['I'], 'Irix mode Off'],
    [['S'], 'Cumulative time On'],
    [['k', 'abc\r'], 'Unacceptable integer'],
    [['k', '1\r', 'FOO\r'], 'Invalid signal'],
    [['r', 'abc\r'], 'Unacceptable integer'],
    [['n', 'x\r'], 'Unacceptable integer'],
    [['d', 'abc\r'], 'Unacceptable floating point'],
    [['o'], 'add filter #1 (ignoring case) as: [!]FLD?VAL'],
    [['o', 'FOO\r'], "'include' filter delimiter is missing"],
    [['o', 'FOO=1\r'], "unrecognized field name 'FOO'"],
    [['o', 'PID=\r'], "'include' filter value is missing"],
    [['o', 'PID=1\r', '\x0f'], "<Enter> to resume, filters: 'PID=1'"],
    [['L', 'zzz\r'], '"zzz" not found'],
    [['w'], "Command disabled, 'A' mode required"],
    [['~'], "Unknown command - try 'h' for help"],
  ])('keys %j: %s', async (keys, expected) => {
    expect(await message(top(), ...keys)).toBe(expected)
  })

  it('shows only the tasks that pass all filters, and all again', async () => {
    const session = top()
    await message(session, 'o', 'COMMAND=SLEEP\r')
    expect((await session.screen()).slice(7).filter(it => it.trim())).toHaveLength(1)
    await message(session, '+')
    expect((await session.screen()).slice(7).filter(it => it.trim()).length).toBeGreaterThan(2)
  })

  it('sorts by the field to the left', async () => {
    const session = top()
    await message(session, 'N', '>', '<', 'R')
    const pids = (await session.screen()).slice(7).flatMap(it => /^ *(\d+) /.exec(it)?.[1] ?? [])
    expect(pids.map(Number)).toEqual(pids.map(Number).sort((a, b) => a - b))
  })

  it('draws a forest', async () => {
    const session = top()
    await message(session, 'V', 'o', 'COMMAND=sleep\r')
    expect((await session.screen())[7]).toContain(' `-')
  })

  it('scrolls with the arrows', async () => {
    const session = top()
    await message(session, 'N', 'R')
    const [, second] = (await session.screen()).slice(7)
    await message(session, '\x1b[B')
    expect((await session.screen())[7]?.slice(0, 16)).toBe(second?.slice(0, 16))
  })
})
