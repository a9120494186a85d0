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

describe("top's fields", () => {
  it('are chosen on a screen of their own, and stand in their order', async () => {
    const session = top()
    await message(session, 'f')
    const fields = await session.screen()
    expect(fields[0]).toContain('Fields Management for window 1:Def, whose current sort field is %CPU')
    expect(fields[4]).toMatch(/^\* PID /)
    expect(fields.join('\n')).toContain('  CGROUPS ')
    // %MEM and TIME+ go, PPID comes.
    await message(session, '\x1b[B', 'd', '\x1b[B', ' ', '\x1b[B', '\x1b[B', 'd', 'q')
    expect((await session.screen())[6]?.trim().split(/\s+/)).toEqual(
      'PID USER PR NI VIRT RES SHR S %CPU COMMAND PPID'.split(' '),
    )
  })

  it('move to another place, and sort', async () => {
    const session = top()
    await message(session, 'f', '\x1b[H', 's', '\x1b[C', '\x1b[B', '\r', 'q', 'R')
    const [title = '', first = ''] = (await session.screen()).slice(6)
    expect(title.trim()).toMatch(/^USER +PID +PR/)
    expect(first).toMatch(/^root +1 /)
  })

  it('show the cgroup of a task, cut where there is no room', async () => {
    const session = new Session()
    session.type('mkdir /sys/fs/cgroup/demo; sleep 1000 & echo $! > /sys/fs/cgroup/demo/cgroup.procs\r')
    session.type('top -d 100 -p $!\r')
    session.wait(2)
    const down = '\x1b[B'
    // VIRT, RES and SHR make room for CGROUPS, which is the 36th field.
    for (const key of ['f', '\x1b[H', ...Array(4).fill(down), 'd', down, 'd', down, 'd']) session.type(key)
    for (const key of [...Array(29).fill(down), 'd', 'q']) session.type(key)
    session.wait(1)
    const [title = '', task = ''] = (await session.screen()).slice(6)
    expect(title.trim()).toMatch(/COMMAND +CGROUPS$/)
    expect(task).toMatch(/sleep +0::\/demo/)
  })
})
