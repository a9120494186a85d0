/** cgls and cgtop, which no Linux has: what they show of groups, in both versions, and on a screen. */
import { describe, expect, it } from 'vitest'
import { Session } from '../shell/session.ts'

/** What commands print on a wide terminal, without their echo and the prompt. */
async function print(session: Session, command: string, seconds = 1): Promise<string[]> {
  session.type('clear\r')
  session.wait(0.5)
  session.type(`${command}\r`)
  session.wait(seconds)
  const lines = (await session.screen()).map(line => line.trimEnd())
  return lines.slice(1).filter(line => line && !line.startsWith('root@'))
}

/** A host with two groups of which one is busy and limited. */
function host(): Session {
  const session = new Session()
  session.type(
    'cd /sys/fs/cgroup; mkdir -p a/b c empty\r',
    '(echo $BASHPID > a/b/cgroup.procs; exec sleep 1000) &\r',
    'echo "20000 100000" > c/cpu.max; (echo $BASHPID > c/cgroup.procs; exec stress-ng -q --temp-path /tmp --cpu 1 -t 1000) &\r',
  )
  session.wait(2)
  return session
}

describe('cgls', () => {
  it('shows processes below their groups and leaves empty groups out', async () => {
    const lines = await print(host(), 'cgls /a; cgls c; cgls empty')
    expect(lines.map(line => line.replace(/\d+/g, 'N'))).toEqual([
      'Control group /a:',
      '└─b',
      '  └─N sleep N',
      'Control group /c:',
      '├─N stress-ng -q --temp-path /tmp --cpu N -t N',
      '└─N stress-ng-cpu [run]',
      'Control group /empty:',
    ])
  })

  it('shows empty groups with -a, and says what is not there', async () => {
    const session = host()
    expect((await print(session, 'cgls -a | grep empty'))[0]).toBe('└─empty')
    expect(await print(session, 'cgls nosuch; echo $?')).toEqual([
      'cgls: nosuch: No such file or directory',
      '1',
    ])
  })

  it('shows what the directories say', async () => {
    const lines = await print(host(), 'cgls | grep -c sleep; cat a/b/cgroup.procs | wc -l')
    expect(lines).toEqual(['1', '1'])
  })
})

describe('cgtop', () => {
  it('gives a group with a quota the share of the quota, and its throttling', async () => {
    const [heads = '', row = ''] = await print(host(), 'cgtop -b -x -n 1 -d 2 /c | tr -s " "', 4)
    expect(heads.split(/\s+/)).toEqual([
      'CGroup',
      'Tasks',
      '%CPU',
      'Quota',
      '%Thr',
      'Memory',
      'Input/s',
      'Output/s',
    ])
    const [path, tasks, cpu, quota, throttled] = row.split(/\s+/)
    expect([path, tasks, quota]).toEqual(['/c', '2', '20.0'])
    expect(Math.abs(Number(cpu) - 20)).toBeLessThan(2)
    expect(Number(throttled)).toBeGreaterThan(90)
  })

  it('sorts, with groups before what is in them', async () => {
    const session = host()
    const paths = async (options: string) =>
      (await print(session, `cgtop -b -n 1 ${options} | awk '{print $1}'`, 3)).slice(1)
    expect(await paths('-c')).toEqual(['/', '/c', '/a', '/a/b', '/empty'])
    expect(await paths('-p')).toEqual(['/', '/a', '/a/b', '/c', '/empty'])
    expect(await paths('-t --depth=1')).toEqual(['/', '/c', '/a', '/empty'])
  })

  it('has its numbers from the files of the group', async () => {
    const session = host()
    const [tasks, memory] = await print(session, 'cat c/pids.current c/memory.current')
    const lines = await print(session, 'cgtop -b -r -n 1 /c | tr -s " "', 3)
    const [, shownTasks, , shownMemory] = lines[1]!.split(/\s+/)
    expect([shownTasks, shownMemory]).toEqual([tasks, memory])
  })

  it('takes the screen until q, and sorts anew at a key', async () => {
    const session = host()
    session.type('cgtop\r')
    session.wait(3)
    expect((await session.screen())[2]).toMatch(/^\/c .* 20\.\d /)
    session.type('p')
    session.wait(1)
    expect((await session.screen())[2]).toMatch(/^\/a /)
    session.type('q')
    session.wait(1)
    expect((await session.screen()).some(line => line.startsWith('root@'))).toBe(true)
  })
})
