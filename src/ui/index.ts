import { mount } from 'svelte'
import App from './App.svelte'
import './style.css'

export const mountApp = (target: HTMLElement): object => mount(App, { target })
