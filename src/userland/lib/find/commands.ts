/** find -exec, -execdir, -ok and -okdir. Linux: findutils find/exec.c. */
import { type Blocking, Errno, type Sys, WEXITSTATUS, WIFEXITED } from '../../../abi/index.ts'
import { execvp, fatal, fork, type Process } from '../command.ts'
import { ask, basename, dirname } from '../path.ts'
import { quote } from '../quote.ts'
import type { Found } from './printf.ts'
import type { Test } from './tests.ts'

/** How many paths a command of `+` gets at once. */
const MOST = 4000

/** A command that waits for paths. */
interface Batch {
  readonly argv: readonly string[]
  paths: string[]
}

export class Commands {
  /** Whether a command of `+` failed. */
  failed = false
  readonly #sys: Sys
  readonly #me: Process
  readonly #batches: Batch[] = []

  constructor(sys: Sys, me: Process) {
    this.#sys = sys
    this.#me = me
  }

  /** Run what still waits for more paths. */
  *finish(): Blocking<void> {
    for (const it of this.#batches) yield* this.#runBatch(it)
  }

  /** The action of some name with its words, `;` or `+` being the last. */
  action(name: string, words: readonly string[]): Test {
    const inDir = name.endsWith('dir')
    const argv = words.slice(0, -1)
    if (inDir) this.#checkPath(name)
    if (words.at(-1) === '+') {
      const batch: Batch = { argv: argv.slice(0, -1), paths: [] }
      if (inDir) return it => this.#execDirBatch(batch.argv, it)
      this.#batches.push(batch)
      return it => {
        batch.paths.push(it.path)
        return batch.paths.length < MOST ? true : this.#runBatch(batch)
      }
    }
    const asks = name.startsWith('ok')
    return it => this.#execOne(argv, it, inDir, asks)
  }

  /** A command of another directory must not come from there. */
  #checkPath(name: string): void {
    const relative = (this.#me.env.get('PATH') ?? '').split(':').find(it => !it.startsWith('/'))
    if (relative === undefined) return
    const what =
      relative === '' || relative === '.'
        ? 'The current directory is included in the PATH environment variable, which'
        : `The relative path ${quote(relative)} is included in the PATH environment variable, which`
    throw fatal(
      `${what} is insecure in combination with the -${name} action of find.  Please remove ${relative === '' || relative === '.' ? 'the current directory' : 'that entry'} from your $PATH (that is, remove "${relative}"${relative === '' || relative === '.' ? ', doubled colons, or leading or trailing colons' : ''})`,
    )
  }

  *#execDirBatch(argv: readonly string[], it: Found): Blocking<boolean> {
    yield* this.#run([...argv, `./${basename(it.path)}`], dirname(it.path))
    return true
  }

  *#execOne(words: readonly string[], it: Found, inDir: boolean, asks: boolean): Blocking<boolean> {
    const shown = inDir ? (it.path === '.' ? './.' : `./${basename(it.path)}`) : it.path
    const argv = words.map(word => word.split('{}').join(shown))
    if (asks && !(yield* ask(this.#sys, `< ${words[0]} ... ${it.path} > ? `))) return false
    return (yield* this.#run(argv, inDir ? dirname(it.path) : undefined)) === 0
  }

  *#runBatch(batch: Batch): Blocking<boolean> {
    if (!batch.paths.length) return true
    const paths = batch.paths
    batch.paths = []
    if ((yield* this.#run([...batch.argv, ...paths], undefined)) !== 0) this.failed = true
    return true
  }

  *#run(argv: readonly string[], dir: string | undefined): Blocking<number> {
    const sys = this.#sys
    const { name, envp } = this.#me
    yield* this.#me.out.flush()
    const pid = fork(sys, name, function* (its) {
      try {
        if (dir !== undefined) its.chdir(dir)
        return yield* execvp(its, argv, envp)
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        yield* its.write(2, `${name}: ${quote(argv[0]!)}: ${e.message}\n`)
        return 1
      }
    })
    const { status } = (yield* sys.wait4(pid, 0))!
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1
  }
}
