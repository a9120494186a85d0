/** The manual page of a program, made from what it says of itself: usage, options, help. */
import type { ManPage } from './man-pages.ts'
import { allOptions, type Command } from './command.ts'
import { longsOf, type Option, shortOf } from './getopt.ts'

/** Programs for the administrator, whose pages are in section 8. */
const SECTION8 = new Set(
  (
    'add-shell remove-shell grpck insmod kmod lsmod modinfo modprobe pwck rmmod run-parts vigr ' +
    'addgroup adduser chpasswd chroot dmesg findmnt fsck getcap getpcaps groupadd groupdel groupmod ip iptables ldconfig losetup ' +
    'lsblk lsns lsof mkfs mkswap mount nologin pivot_root reboot runuser setcap shutdown sudo swapoff swapon switch_root ' +
    'sysctl umount useradd userdel usermod visudo vmstat vipw'
  ).split(' '),
)

const RELATED: readonly string[] = [
  'unshare nsenter lsns setpriv namespaces(7) user_namespaces(7)',
  'mount umount findmnt mountpoint lsblk pivot_root mount_namespaces(7)',
  'chroot pivot_root switch_root',
  'ps top pgrep pstree kill free uptime vmstat',
  'capsh getcap setcap getpcaps setpriv capabilities(7)',
  'cat head tail tac less more',
  'cp mv rm ln install',
  'ls stat file tree find du',
  'chmod chown chgrp umask',
  'grep sed awk tr cut',
  'sort uniq comm join',
  'vi nano sed',
  'useradd groupadd passwd id su sudo',
  'nice renice ionice taskset chrt timeout',
  'tar gzip bzip2 xz',
  'man apropos whatis less',
]

export const sectionOf = (name: string): string => (SECTION8.has(name) ? '8' : '1')

export function programPage(name: string, spec: Command['spec']): ManPage {
  const usage = typeof spec.usage === 'string' ? spec.usage.split('\n') : [...spec.usage]
  const body: [string, string][] = [['SYNOPSIS', usage.map(line => line.replace(/^\S+/, name)).join('\n')]]
  const help = typeof spec.help === 'function' ? spec.help(name) : spec.help
  const [summary = '', ...more] = spec.summary.split('\n')
  const described = help ? description(help.replaceAll('%s', name)) : more.join('\n').trim()
  if (described) body.push(['DESCRIPTION', described])
  const options = optionsText(spec)
  if (!help && options) body.push(['OPTIONS', options])
  if (spec.epilogue) body.push(['NOTES', spec.epilogue])
  const failure = spec.failure ?? 1
  body.push(['EXIT STATUS', `0 when all went well, ${failure} when something failed.`])
  const seeAlso = related(name)
  return {
    name,
    section: sectionOf(name),
    summary: summary.replace(/[.:]$/, ''),
    body,
    ...(seeAlso ? { seeAlso } : {}),
  }
}

/** What --help says, without its usage lines. */
function description(help: string): string {
  const lines = help.trim().split('\n')
  while (lines.length && /^(Usage:|\s+or:|$)/.test(lines[0]!)) lines.shift()
  // Lines with a shape of their own keep it.
  return lines
    .map(line => line.replace(/^ (?=\S)/, '  '))
    .join('\n')
    .trim()
}

function related(name: string): string {
  const names = RELATED.filter(it => it.split(' ').includes(name)).flatMap(it => it.split(' '))
  return [...new Set(names)]
    .filter(it => it !== name)
    .map(it => (it.includes('(') ? it : `${it}(${sectionOf(it)})`))
    .join(', ')
}

function optionsText(spec: Command['spec']): string {
  const named = (key: string, option: Option): string =>
    [
      ...[...shortOf(key, option)].map(letter => `-${letter}`),
      ...longsOf(key, option).map(long => `--${long}`),
    ].join(', ') + (option.value ?? '')
  return Object.entries(allOptions(spec))
    .filter(([, option]) => option.help !== undefined)
    .map(([key, option]) => `*${named(key, option)}\n${option.help!.replace(/^/gm, ' ')}`)
    .join('\n')
}
