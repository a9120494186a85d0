/** /proc/net/protocols: what families of sockets there are. Linux: net/core/sock.c:proto_seq_printf(). */

/** Name, size of a socket, whether memory is limited (`-` if not), whether it can be under pressure, maxhdr, slab, and
 * which of the operations it has, a letter each. */
const TABLE = `PACKET 1600 - NI 0 no nnnnnnnnnnnnnnnnnnn
MPTCPv6 2112 m no 0 yes yyyyyyyyyyyynnnyyyn
PINGv6 1200 - NI 0 yes yyynnynnyyyynyyyyyn
RAWv6 1200 - NI 0 yes yyynyyynyyyynyyyynn
UDPLITEv6 1344 m NI 0 yes yyynyyynyyyynnnyyyn
UDPv6 1344 m NI 0 yes yyynyyynyyyynnnyyyn
TCPv6 2440 m no 320 yes yyyyyyyyyyyyynyyyyy
XDP 1024 - NI 0 no nnnnnnnnnnnnnnnnnnn
UNIX-STREAM 1024 - NI 0 yes ynnnnnnnnnnnnnnnynn
UNIX 1024 - NI 0 yes ynnnnnnnnnnnnnnnnnn
UDP-Lite 1152 m NI 0 yes yyynyyynyyyyynnyyyn
MPTCP 1952 m no 0 yes yyyyyyyyyyyynnnyyyn
PING 992 - NI 0 yes yyynnynnyyyynyyyyyn
RAW 1000 - NI 0 yes yyynyyynyyyynyyyynn
UDP 1152 m NI 0 yes yyynyyynyyyyynnyyyn
TCP 2280 m no 320 yes yyyyyyyyyyyyynyyyyy
NETLINK 1088 - NI 0 no nnnnnnnnnnnnnnnnnnn`

const HEAD =
  'protocol  size sockets  memory press maxhdr  slab module     cl co di ac io in de sh ss gs se re sp bi br ha uh gp em\n'

export const PROTOCOLS = (sockets: (name: string) => number): string =>
  HEAD +
  TABLE.split('\n')
    .map(line => {
      const [name = '', size = '', memory, press = '', maxhdr = '', slab = '', has = ''] = line.split(' ')
      const count = String(sockets(name)).padStart(6)
      const used = (memory === '-' ? '-1' : '0').padStart(7)
      return `${name.padEnd(9)} ${size.padStart(4)} ${count} ${used}   ${press.padEnd(3)}  ${maxhdr.padStart(5)}   ${slab.padEnd(3)}  ${'kernel'.padEnd(10)} ${[...has].join('  ').replace(/^/, ' ')}\n`
    })
    .join('')
