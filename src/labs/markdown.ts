/** The text of a lab as a tree: what the build makes of its Markdown. */

/** What a span of code offers: type it into the terminal, or copy it; `interrupt` presses ^C first. */
export type Action = 'exec' | 'copy' | 'exec-interrupt' | 'copy-interrupt'

export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string; readonly action?: Action }
  | { readonly kind: 'strong' | 'em'; readonly children: readonly Inline[] }
  | { readonly kind: 'link'; readonly href: string; readonly children: readonly Inline[] }

export type Block =
  | { readonly kind: 'heading'; readonly depth: number; readonly children: readonly Inline[] }
  | { readonly kind: 'paragraph'; readonly children: readonly Inline[] }
  | { readonly kind: 'block'; readonly text: string; readonly action?: Action }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Block[])[] }
  | { readonly kind: 'quote'; readonly children: readonly Block[] }

export type Markdown = readonly Block[]
