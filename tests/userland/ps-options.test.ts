import { expect, test } from 'vitest'
import { parsePs } from '../../src/userland/lib/procps/ps-options.ts'
import { PsError } from '../../src/userland/lib/procps/ps-request.ts'

const parse = (line: string) => parsePs(line.split(' '), name => name === 'root')

test('-aux is read as BSD options, since there is no user x', () => {
  expect(parse('-aux')).toMatchObject({ bsd: true, bsdAll: true, bsdNoTty: true, bsdFormat: 'u' })
})

test('-ef is read as UNIX options', () => {
  expect(parse('-ef')).toMatchObject({ bsd: false, all: true, full: true })
})

test('columns have widths and titles, and an empty title is one', () => {
  const { columns } = parse('-o pid=,comm:20,args=CMD')
  expect(columns).toMatchObject([
    { name: 'pid', head: '' },
    { name: 'comm', head: 'COMMAND', width: 20 },
    { name: 'args', head: 'CMD' },
  ])
})

test.for([
  ['-p x', 'process ID list syntax error'],
  ['-u nosuch', 'user name does not exist'],
  ['-o foo', 'unknown user-defined format specifier "foo"'],
  ['--foo', 'unknown gnu long option'],
  ['-Q', 'unsupported SysV option'],
  ['z', 'unsupported option (BSD syntax)'],
  ['-y', 'modifier -y without format -l makes no sense'],
] as const)('ps %s is refused: %s', ([line, message]) => {
  try {
    parse(line)
    expect.unreachable()
  } catch (e) {
    expect(e).toBeInstanceOf(PsError)
    expect((e as PsError).message).toBe(message)
  }
})
