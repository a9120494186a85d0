/** Mounts the page. */
import { mountApp } from './ui/index.ts'

mountApp(document.getElementById('app')!)
