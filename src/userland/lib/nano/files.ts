/** Files in nano: opening, inserting, writing, closing. Linux: nano's files.c. */
import {
  type Blocking,
  decode,
  EINTR,
  ENOENT,
  encode,
  Errno,
  isDir,
  isReg,
  O_APPEND,
  O_CREAT,
  O_TRUNC,
  O_WRONLY,
  W_OK,
} from '../../../abi/index.ts'
import { fork, readAll, readBytes, writeAll } from '../command.ts'
import type { Hint } from './draw.ts'
import { execProgram, waitFor } from '../namespaces.ts'
import { ask, askYesNo } from './prompt.ts'
import { type Nano, nanoLines, openFile } from './state.ts'
import { WriteError } from '../output.ts'

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`

/** Open a file in a buffer of its own, behind the current one. */
export function* openBuffer(nano: Nano, name: string): Blocking<boolean> {
  let trouble: string | undefined
  let bytes: Uint8Array | undefined
  let isNew = false
  try {
    const stat = name ? nano.sys.stat(name) : undefined
    if (stat && isDir(stat)) trouble = `"${name}" is a directory`
    else if (stat && !isReg(stat)) trouble = `"${name}" is not a normal file`
    else if (stat) bytes = yield* readBytes(nano.sys, name)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    if (e === ENOENT && name) {
      isNew = true
      trouble = missingDirectory(nano, name)
    } else trouble = `Error reading ${name}: ${e.message}`
    if (!isNew) {
      nano.say(trouble!, 'alert')
      return false
    }
  }
  if (trouble && !isNew) {
    nano.say(trouble, 'alert')
    return false
  }
  const { lines, dos, count } = nanoLines(bytes ? decode(bytes) : '')
  if (nano.options.noNewlines && lines.length > 1 && bytes?.at(-1) !== 10) lines.pop()
  nano.files.splice(nano.index + 1, 0, openFile(name, lines, dos))
  nano.index = Math.min(nano.index + 1, nano.files.length - 1)
  if (nano.files.length > 1) nano.shownPrefix = true
  if (trouble) nano.say(trouble, 'alert')
  else if (isNew) nano.say('New File')
  else if (name) tellRead(nano, name, count, dos)
  return true
}

function tellRead(nano: Nano, name: string, count: number, dos: boolean): void {
  if (nano.options.view) return
  if (!writable(nano, name)) nano.say(`File '${name}' is unwritable`, 'alert')
  else nano.say(`Read ${counted(count, 'line')}${dos ? ' (converted from DOS format)' : ''}`)
}

/** What is shown of a file when one comes to it from another. */
export function tellBuffer(nano: Nano): void {
  const { file } = nano
  const count = file.text.length - (file.text.line(file.text.length - 1) === '' ? 1 : 0)
  nano.say(`${file.name || 'New Buffer'} -- ${counted(count, 'line')}${file.dos ? ' (DOS)' : ''}`)
}

function writable(nano: Nano, name: string): boolean {
  try {
    nano.sys.access(name, W_OK)
    return true
  } catch (e) {
    if (e instanceof Errno) return false
    throw e
  }
}

function missingDirectory(nano: Nano, name: string): string | undefined {
  const slash = name.lastIndexOf('/')
  if (slash <= 0) return undefined
  const directory = name.slice(0, slash)
  try {
    return isDir(nano.sys.stat(directory)) ? undefined : `Path '${directory}' is not a directory`
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    return `Directory '${directory}' does not exist`
  }
}

/** Standard input as a buffer, for `nano -`. */
export function* openStdin(nano: Nano): Blocking<void> {
  const { lines, dos, count } = nanoLines(decode(yield* readAll(nano.sys, 0)))
  nano.files.push(openFile('', lines, dos))
  nano.index = nano.files.length - 1
  nano.text.neverSaved()
  nano.say(`Read ${counted(count, 'line')}`)
}

// ---- Inserting

const READ_KEYS: readonly Hint[] = [
  ['^G', 'Help'],
  ['^C', 'Cancel'],
  ['M-F', 'New Buffer'],
  ['M-N', 'No Conversion'],
  ['^X', 'Execute Command'],
  ['^T', 'Browse'],
]
const EXECUTE_KEYS: readonly Hint[] = [
  ['^G', 'Help'],
  ['^C', 'Cancel'],
  ['M-F', 'New Buffer'],
  ['M-\\', 'Pipe Text'],
  ['^S', 'Spell Check'],
  ['^Y', 'Linter'],
  ['^J', 'Full Justify'],
  ['^O', 'Formatter'],
  ['^V', 'Cut Till End'],
  ['^Z', 'Suspend'],
]

/** ^R: put another file in here, or open it beside. */
export function* insertFile(nano: Nano): Blocking<void> {
  let fresh = false
  const answer = yield* ask(nano, {
    prompt: () => (fresh ? 'File to read into new buffer [from ./]' : 'File to insert [from ./]'),
    keys: () => READ_KEYS,
    actions: {
      'M-f': () => {
        fresh = !fresh
        return undefined
      },
      '\x18': () => 'execute',
      '\x07': () => undefined,
    },
  })
  if (!answer) return nano.say('Cancelled')
  if (answer.key === 'execute') return yield* execute(nano)
  if (!answer.text && !fresh) return
  if (fresh) {
    yield* openBuffer(nano, answer.text)
    return
  }
  try {
    if (isDir(nano.sys.stat(answer.text))) return nano.say(`"${answer.text}" is a directory`, 'alert')
    const { lines, count } = nanoLines(decode(yield* readBytes(nano.sys, answer.text)))
    insertLines(nano, lines)
    nano.say(`Read ${counted(count, 'line')}`)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    nano.say(
      e === ENOENT ? `File "${answer.text}" not found` : `Error reading ${answer.text}: ${e.message}`,
      'alert',
    )
  }
}

function insertLines(nano: Nano, lines: readonly string[]): void {
  nano.edit('insertion', () => nano.moveTo(nano.text.insert(nano.cursor, lines.join('\n'))))
}

/** ^T: run a command and put in what it prints; with M-\ what is marked or all goes through it. */
export function* execute(nano: Nano): Blocking<void> {
  let piped = false
  const answer = yield* ask(nano, {
    prompt: () => 'Command to execute',
    keys: () => EXECUTE_KEYS,
    history: nano.commandHistory,
    actions: {
      'M-\\': () => {
        piped = !piped
        return undefined
      },
      '\x07': () => undefined,
      '\x1a': () => 'suspend',
      '\x0a': () => 'justify',
    },
  })
  if (!answer) return nano.say('Cancelled')
  if (answer.key === 'suspend') return yield* nano.screen.suspend()
  if (!answer.text) return
  const command = answer.text.replace(/^\|/, '')
  const region = piped || answer.text.startsWith('|') ? (nano.region() ?? wholeText(nano)) : undefined
  const input = region && nano.text.slice(region.from, region.to)
  const { lines } = nanoLines(decode(yield* capture(nano, command, input)))
  nano.edit('insertion', () => {
    if (region) {
      nano.text.remove(region.from, region.to)
      nano.moveTo(region.from)
    }
    nano.moveTo(nano.text.insert(nano.cursor, lines.join('\n')))
  })
  nano.file.mark = undefined
}

function wholeText(nano: Nano) {
  return { from: { line: 0, at: 0 }, to: { line: nano.lastLine, at: nano.text.line(nano.lastLine).length } }
}

/** What a command prints. A second child feeds it, so that neither waits for the other. */
function* capture(nano: Nano, command: string, input: string | undefined): Blocking<Uint8Array> {
  const { sys } = nano
  const [inRead, inWrite] = sys.pipe2(0)
  const [outRead, outWrite] = sys.pipe2(0)
  const shell = nano.env.get('SHELL') || '/bin/sh'
  const child = fork(sys, 'nano', function* (its) {
    its.dup2(inRead, 0)
    its.dup2(outWrite, 1)
    its.dup2(outWrite, 2)
    for (const fd of [inRead, inWrite, outRead, outWrite]) its.close(fd)
    return yield* execProgram(its, [shell, '-c', command], nano.envp)
  })
  const feeder = fork(sys, 'nano', function* (its) {
    its.close(inRead)
    its.close(outRead)
    its.close(outWrite)
    yield* its.write(inWrite, encode(input ?? ''))
    return 0
  })
  for (const fd of [inRead, inWrite, outWrite]) sys.close(fd)
  let bytes: Uint8Array = new Uint8Array()
  try {
    bytes = yield* readAll(sys, outRead)
  } catch (e) {
    if (e !== EINTR) throw e
  }
  sys.close(outRead)
  yield* waitFor(sys, child)
  yield* waitFor(sys, feeder)
  return bytes
}

// ---- Writing

const WRITE_KEYS: readonly Hint[] = [
  ['^G', 'Help'],
  ['^C', 'Cancel'],
  ['M-D', 'DOS Format'],
  ['M-M', 'Mac Format'],
  ['M-A', 'Append'],
  ['M-P', 'Prepend'],
  ['M-B', 'Backup File'],
  ['^T', 'Browse'],
]

/** ^O: ask for the name and write; whether it was written. */
export function* writeOut(nano: Nano, exiting = false): Blocking<boolean> {
  let mode: '' | 'Append' | 'Prepend' = ''
  let given = nano.file.mark && !exiting ? '' : nano.file.name
  for (;;) {
    const selection = nano.file.mark !== undefined && !exiting
    const prompt = () => {
      const dos = nano.file.dos ? ' [DOS Format]' : ''
      if (selection) return `${mode ? `${mode} Selection to File` : 'Write Selection to File'}${dos}`
      return `${mode ? `File Name to ${mode} to` : 'File Name to Write'}${dos}`
    }
    const toggle = (wanted: 'Append' | 'Prepend') => () => {
      mode = mode === wanted ? '' : wanted
      return undefined
    }
    const answer = yield* ask(nano, {
      prompt,
      answer: given,
      keys: () => WRITE_KEYS,
      actions: {
        'M-a': toggle('Append'),
        'M-p': toggle('Prepend'),
        'M-d': () => {
          nano.file.dos = !nano.file.dos
          return undefined
        },
        '\x07': () => undefined,
      },
    })
    if (!answer || !answer.text) {
      nano.say('Cancelled')
      return false
    }
    given = answer.text
    if (!mode && !(yield* agreed(nano, given))) continue
    return yield* store(nano, given, mode, selection)
  }
}

/** Another name, or a file that exists, needs a yes. */
function* agreed(nano: Nano, name: string): Blocking<boolean> {
  const { file } = nano
  if (name === file.name) return true
  let exists = true
  try {
    nano.sys.stat(name)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    exists = false
  }
  if (file.name && !file.mark && (yield* askYesNo(nano, 'Save file under DIFFERENT NAME? ')) !== 'yes')
    return false
  if (!exists) return true
  return (yield* askYesNo(nano, `File "${name}" exists; OVERWRITE? `)) === 'yes'
}

/** ^S. */
export function* save(nano: Nano): Blocking<boolean> {
  return nano.file.name ? yield* store(nano, nano.file.name, '', false) : yield* writeOut(nano)
}

function* store(
  nano: Nano,
  name: string,
  mode: '' | 'Append' | 'Prepend',
  selection: boolean,
): Blocking<boolean> {
  const { file, sys } = nano
  const region = selection ? nano.region() : undefined
  let text = region ? nano.text.slice(region.from, region.to) : nano.text.lines.join('\n')
  const count = text.split('\n').length - (text.endsWith('\n') || text === '' ? 1 : 0)
  if (file.dos) text = text.replaceAll('\n', '\r\n')
  let bytes = encode(text)
  try {
    if (mode === 'Prepend') {
      const old = yield* readBytes(sys, name)
      bytes = encode(text + decode(old))
    }
    const fd = yield* sys.open(name, O_WRONLY | O_CREAT | (mode === 'Append' ? O_APPEND : O_TRUNC), 0o666)
    try {
      yield* writeAll(sys, fd, bytes)
    } finally {
      sys.close(fd)
    }
  } catch (e) {
    const reason = e instanceof WriteError ? e.errno : e
    if (!(reason instanceof Errno)) throw e
    const directory = existsAsDirectory(nano, name)
    nano.say(directory ? `${name} is a directory` : `Error writing ${name}: ${reason.message}`, 'alert')
    return false
  }
  if (!region && !mode) {
    file.name = name
    nano.endStep()
    nano.text.saved()
  }
  const verb = mode === 'Append' ? 'Appended' : mode === 'Prepend' ? 'Prepended' : 'Wrote'
  nano.say(`${verb} ${counted(count, 'line')}`)
  return true
}

function existsAsDirectory(nano: Nano, name: string): boolean {
  try {
    return isDir(nano.sys.stat(name))
  } catch (e) {
    if (e instanceof Errno) return false
    throw e
  }
}

/** ^X: close the buffer, after asking when it changed; nano ends with the last one. */
export function* close(nano: Nano): Blocking<void> {
  if (nano.text.modified && !nano.options.view) {
    const answer =
      nano.options.saveOnExit && nano.file.name ? 'yes' : yield* askYesNo(nano, 'Save modified buffer? ')
    if (!answer) return nano.say('Cancelled')
    const written =
      answer === 'yes'
        ? nano.options.saveOnExit && nano.file.name
          ? yield* save(nano)
          : yield* writeOut(nano, true)
        : true
    if (!written) return
  }
  nano.files.splice(nano.index, 1)
  if (!nano.files.length) {
    nano.done = true
    return
  }
  nano.index = Math.min(nano.index, nano.files.length - 1)
  tellBuffer(nano)
}
