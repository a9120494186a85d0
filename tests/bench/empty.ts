/** What the time to a prompt is compared with: a page that only shows a terminal with a prompt in it. */
import { Terminal } from '@xterm/xterm'
import '@xterm/xterm/css/xterm.css'

const terminal = new Terminal()
terminal.open(document.getElementById('terminal')!)
terminal.write('root@host:~# ')
globalThis.vitrine = { machine: undefined, terminals: [terminal] }
