import type { Plugin } from 'vite'

export declare const markdown: () => Plugin
export declare const parseMarkdown: (text: string) => unknown[]
