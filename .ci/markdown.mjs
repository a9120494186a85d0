/**
 * A Vite plugin: a lab's Markdown becomes a small tree of blocks when the page is built, so that neither a Markdown
 * parser nor HTML text reaches the browser. The `{{exec}}` and `{{copy}}` marks of Killercoda become actions.
 */
import { marked } from 'marked'

/** Killercoda marks a code block after its closing fence, which Markdown does not know: move the mark up. */
function hoistActions(text) {
  const lines = text.split('\n')
  let open = -1
  for (const [i, line] of lines.entries()) {
    if (!/^\s*```/.test(line)) continue
    if (open < 0) {
      open = i
      continue
    }
    const mark = /^(\s*```)\{\{(exec|copy)( interrupt)?\}\}\s*$/.exec(line)
    if (mark) {
      lines[open] += ` !${mark[2]}${mark[3] ? '-interrupt' : ''}`
      lines[i] = mark[1]
    }
    open = -1
  }
  return lines.join('\n')
}

function inline(tokens) {
  const list = []
  for (const token of tokens ?? []) {
    const last = list.at(-1)
    const text = token.type === 'text' || token.type === 'escape' ? token.text : undefined
    const mark =
      text !== undefined && last?.kind === 'code' ? /^\{\{(exec|copy)( interrupt)?\}\}/.exec(text) : null
    if (mark) {
      last.action = mark[1] + (mark[2] ? '-interrupt' : '')
      if (text.length > mark[0].length) list.push({ kind: 'text', text: text.slice(mark[0].length) })
    } else if (token.type === 'codespan') list.push({ kind: 'code', text: token.text })
    else if (token.type === 'strong' || token.type === 'em')
      list.push({ kind: token.type, children: inline(token.tokens) })
    else if (token.type === 'link')
      list.push({ kind: 'link', href: token.href, children: inline(token.tokens) })
    else if (token.type === 'br') list.push({ kind: 'text', text: '\n' })
    else if (token.tokens) list.push(...inline(token.tokens))
    else list.push({ kind: 'text', text: text ?? token.raw })
  }
  return list
}

function block(token) {
  switch (token.type) {
    case 'space':
    case 'hr':
      return []
    case 'heading':
      return [{ kind: 'heading', depth: token.depth, children: inline(token.tokens) }]
    case 'code': {
      const action = /!(\S+)$/.exec(token.lang ?? '')?.[1]
      return [{ kind: 'block', text: token.text, ...(action && { action }) }]
    }
    case 'list':
      return [{ kind: 'list', ordered: token.ordered, items: token.items.map(item => blocks(item.tokens)) }]
    case 'blockquote':
      return [{ kind: 'quote', children: blocks(token.tokens) }]
    default:
      return [{ kind: 'paragraph', children: inline(token.tokens ?? [token]) }]
  }
}

const blocks = tokens => tokens.flatMap(block)

/** The blocks of a Markdown text. */
export const parseMarkdown = text => blocks(marked.lexer(hoistActions(text)))

export const markdown = () => ({
  name: 'vitrine-markdown',
  transform(code, id) {
    if (!id.endsWith('.md')) return
    return { code: `export default ${JSON.stringify(parseMarkdown(code))}`, map: null, moduleType: 'js' }
  },
})
