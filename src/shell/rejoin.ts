/**
 * Words around process substitutions. unbash ends a word where `<(` starts and starts one after its `)`; to bash
 * `if=<(cmd)` and `a<(b)c` are words like any other. Bash: parse.y:read_token_word().
 *
 * Left out: such words after `case` and in `[[ … ]]`.
 */
import { parse as unbash, type Word, type WordPart } from 'unbash'
import type * as U from 'unbash'

type Node = Word | U.Assignment | U.Redirection

const isSubstitution = (part: WordPart | undefined): boolean => part?.type === 'ProcessSubstitution'

const partsOf = (word: Word): readonly WordPart[] =>
  word.parts ??
  (word.text ? [{ type: 'Literal', pos: word.pos, end: word.end, text: word.text, value: word.text }] : [])

/** The word that `node` is, or that it ends with. */
function lastWord(node: Node): Word | undefined {
  if (node.type === 'Word') return node
  if (node.type === 'Assignment') return node.value.type === 'Word' ? node.value : undefined
  return node.type === 'Redirect' ? node.target : undefined
}

// unbash's nodes have getters, which a spread does not see.

const joined = (a: Word, b: Word): Word => ({
  type: 'Word',
  text: a.text + b.text,
  value: a.value + b.value,
  pos: a.pos,
  end: b.end,
  parts: [...partsOf(a), ...partsOf(b)],
})

function append(node: Node, word: Word): Node {
  const its = joined(lastWord(node)!, word)
  if (node.type === 'Word') return its
  if (node.type !== 'Assignment') return { ...node, end: word.end, target: its } as U.Redirection
  const { type, pos, name, index, append: appends } = node
  return {
    type,
    pos,
    end: word.end,
    text: node.text + word.text,
    name,
    index,
    append: appends,
    value: its,
  } as Node
}

/** Put together what touches at a process substitution. */
export function rejoin<T extends Node>(nodes: readonly T[]): T[] {
  const out: T[] = []
  for (const node of nodes) {
    const before = out.at(-1)
    const word = before && node.type === 'Word' && before.end === node.pos ? lastWord(before) : undefined
    const touches = word && (isSubstitution(word.parts?.at(-1)) || isSubstitution((node as Word).parts?.[0]))
    if (touches) out[out.length - 1] = append(before!, node as Word) as T
    else out.push(node)
  }
  return out
}

/** The same command with its words whole; what stands behind an assignment may be another one. */
export function rejoinCommand(node: U.Command, source: string): U.Command {
  if (!/[<>]\(/.test(source.slice(node.pos, node.end))) return node
  const prefix = rejoin(node.name ? [...node.prefix, node.name] : node.prefix)
  if (!node.name || prefix.at(-1) === node.name)
    return withName(node, node.prefix, rejoin(node.name ? [node.name, ...node.suffix] : node.suffix))
  const all = rejoin([...prefix, ...node.suffix])
  const behind = all[prefix.length]
  if (behind?.type !== 'Word' || !/^\w+(\[.*\])?\+?=/.test(behind.text))
    return withName(node, all.slice(0, prefix.length), all.slice(prefix.length))
  const rest = unbash(' '.repeat(behind.pos) + source.slice(behind.pos, node.end)).commands[0]?.command
  if (rest?.type !== 'Command') return node
  const its = rejoinCommand(rest, source)
  return {
    ...its,
    pos: node.pos,
    prefix: [...(all.slice(0, prefix.length) as U.Command['prefix']), ...its.prefix],
  }
}

/** The first of `words` that is one names the command. */
function withName(node: U.Command, prefix: readonly Node[], words: readonly Node[]): U.Command {
  const at = words.findIndex(it => it.type === 'Word')
  const early = at < 0 ? words : words.slice(0, at)
  return {
    ...node,
    prefix: [...prefix, ...early] as U.Command['prefix'],
    name: at < 0 ? undefined : (words[at] as Word),
    suffix: at < 0 ? [] : (words.slice(at + 1) as U.Command['suffix']),
  }
}
