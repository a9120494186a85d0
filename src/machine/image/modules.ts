/**
 * /lib/modules: the files of the kernel's modules, of which only the part that modinfo shows is there, and what depmod
 * makes of them. Linux: modinfo(8), modules.dep(5).
 */
import { MODULES, type Module } from '../../kernel/index.ts'
import { type ImageFile, RELEASE } from './tree.ts'

/** `NAME|DESCRIPTION|AUTHOR;AUTHOR|ALIAS ALIAS|LICENSE`; without a licence it is GPL. */
const TABLE = `xt_mark|Xtables: packet mark operations|Marc Boucher <marc@mbsi.ca>|arpt_MARK ip6t_MARK ipt_MARK ip6t_mark ipt_mark
xt_comment|Xtables: No-op match which can be tagged with a comment|Brad Fisher <brad@info-link.net>|ip6t_comment ipt_comment
xt_tcpudp|Xtables: TCP, UDP and UDP-Lite match||ip6t_tcp ip6t_udp ipt_tcp ipt_udp xt_udp xt_tcp
xt_addrtype|Xtables: address type match|Patrick McHardy <kaber@trash.net>|ip6t_addrtype ipt_addrtype
xt_conntrack|Xtables: connection tracking state match|Jan Engelhardt <jengelh@medozas.de>;Marc Boucher <marc@mbsi.ca>|ip6t_conntrack ipt_conntrack
xt_MASQUERADE|Xtables: automatic-address SNAT|Netfilter Core Team <coreteam@netfilter.org>|ipt_MASQUERADE ip6t_MASQUERADE
nft_nat|Network Address Translation support|Tomasz Bursztyka <tomasz.bursztyka@linux.intel.com>|nft-expr-nat
nft_masq|Netfilter nftables masquerade expression support|Arturo Borrero Gonzalez <arturo@debian.org>|nft-expr-masq
nft_chain_nat|||nft-chain-1-nat nft-chain-10-nat nft-chain-2-nat
nft_compat|x_tables over nftables support|Pablo Neira Ayuso <pablo@netfilter.org>|nft-expr-target nft-expr-match nfnetlink-subsys-11
x_tables|{ip,ip6,arp,eb}_tables backend module|Harald Welte <laforge@netfilter.org>|
nf_conntrack|||nf_conntrack-10 nf_conntrack-2 ip_conntrack
nf_tables||Patrick McHardy <kaber@trash.net>|nfnetlink-subsys-10
nfnetlink|Netfilter messages via netlink socket|Harald Welte <laforge@netfilter.org>|net-pf-16-proto-12
libcrc32c|CRC32c (Castagnoli) calculations|Clay Haapala <chaapala@cisco.com>|
ipvlan|Driver for L3 (IPv6/IPv4) based VLANs|Mahesh Bandewar <maheshb@google.com>|rtnl-link-ipvlan
macvlan|Driver for MAC address based VLANs|Patrick McHardy <kaber@trash.net>|rtnl-link-macvlan
bridge|||rtnl-link-bridge
llc|LLC IEEE 802.2 core support|Procom 1997, Jay Schullist 2001, Arnaldo C. Melo 2001-2003|
veth|Virtual Ethernet Tunnel||rtnl-link-veth|GPL v2
tun|Universal TUN/TAP device driver|(C) 1999-2004 Max Krasnyansky <maxk@qualcomm.com>|char-major-10-200
loop|||char-major-10-237 block-major-7-*
fuse|Filesystem in Userspace|Miklos Szeredi <miklos@szeredi.hu>|devname:fuse char-major-10-229 fs-fuseblk fs-fuse fs-fusectl
overlay|Overlay filesystem|Miklos Szeredi <miklos@szeredi.hu>|fs-overlay
configfs|Simple RAM filesystem for user driven kernel subsystem configuration.|Oracle|fs-configfs
virtio_rng|Virtio random number driver||
virtio_net|Virtio network driver||
net_failover|Failover driver for Paravirtual drivers|||GPL v2
failover|Generic failover infrastructure/interface|||GPL v2
dummy|||rtnl-link-dummy
virtio_console|Virtio console driver||
ext4|Fourth Extended Filesystem|Remy Card, Stephen Tweedie, Andrew Morton, Andreas Dilger, Theodore Ts'o and others|fs-ext4 ext3 fs-ext3 ext2 fs-ext2
crc16|CRC16 calculations||
mbcache|Meta block cache (for extended attributes)|Jan Kara <jack@suse.cz>|
crc32c_intel|CRC32c (Castagnoli) optimization using Intel Hardware.|Austin Zhang <austin.zhang@intel.com>, Kent Liu <kent.liu@intel.com>|crypto-crc32c-intel crc32c-intel crypto-crc32c crc32c
crc32c_generic|CRC32c (Castagnoli) calculations wrapper for lib/crc32c|Clay Haapala <chaapala@cisco.com>|crypto-crc32c-generic crc32c-generic crypto-crc32c crc32c
virtio_blk|Virtio block driver||
virtio_pci|virtio-pci|Anthony Liguori <aliguori@us.ibm.com>|
virtio_pci_legacy_dev|Legacy Virtio PCI Device|Wu Zongyong <wuzongyong@linux.alibaba.com>|
virtio_pci_modern_dev|Modern Virtio PCI Device|Jason Wang <jasowang@redhat.com>|
br_netfilter|Linux ethernet netfilter firewall bridge|Bart De Schuymer <bdschuym@pandora.be>;Lennert Buytenhek <buytenh@gnu.org>|`

const DIRECTORY = `/usr/lib/modules/${RELEASE}`

/** The directories that modules lie in. */
export function moduleDirectories(): string[] {
  const found = new Set<string>()
  for (const { path } of MODULES) {
    const parts = `${DIRECTORY}/kernel/${path}`.split('/').slice(1, -1)
    for (let i = 3; i <= parts.length; i++) found.add(`/${parts.slice(0, i).join('/')}`)
  }
  return [...found]
}

/** The files below /lib/modules. */
export function moduleFiles(): ImageFile[] {
  const about = new Map(TABLE.split('\n').map(line => [line.split('|')[0]!, line.split('|').slice(1)]))
  return [
    ...MODULES.map(it => ({
      path: `${DIRECTORY}/kernel/${it.path}.ko`,
      text: sections(it, about.get(it.name) ?? []),
    })),
    { path: `${DIRECTORY}/modules.dep`, text: MODULES.map(dependencies).join('') },
    { path: `${DIRECTORY}/modules.builtin`, text: BUILTIN.map(it => `kernel/${it}.ko\n`).join('') },
  ]
}

/** Some of what Debian's kernel has without loading it. */
const BUILTIN = [
  'fs/binfmt_script',
  'drivers/char/random',
  'drivers/tty/vt',
  'fs/ext4/ext4-inode-test',
  'lib/zstd/zstd_common',
]

/** An object file's head and its section .modinfo. */
function sections(
  it: Module,
  [description = '', authors = '', aliases = '', license = 'GPL']: readonly string[],
): string {
  const entries = [
    ...aliases.split(' ').map(alias => ['alias', alias]),
    ['license', license],
    ['description', description],
    ...authors.split(';').map(author => ['author', author]),
  ].filter(([, value]) => value)
  entries.push(['depends', it.depends.join(',')], ['retpoline', 'Y'], ['intree', 'Y'], ['name', it.name])
  entries.push(['vermagic', `${RELEASE} SMP preempt mod_unload modversions `])
  return `\x7fELF\x02\x01\x01${'\0'.repeat(57)}${entries.map(([key, value]) => `${key}=${value}\0`).join('')}`
}

/** A line of modules.dep: all that is needed, what needs it first. */
function dependencies(it: Module): string {
  const needed: string[] = []
  const add = (name: string): void => {
    const other = MODULES.find(module => module.name === name)!
    if (!needed.includes(`kernel/${other.path}.ko`)) needed.push(`kernel/${other.path}.ko`)
    other.depends.forEach(add)
  }
  it.depends.forEach(add)
  return `kernel/${it.path}.ko:${needed.map(path => ` ${path}`).join('')}\n`
}
