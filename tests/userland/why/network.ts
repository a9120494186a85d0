/** Requests to the network code. */
import { type Cases, root } from './provoke.ts'

const DEVICE = 'ip link add d0 type dummy;'

export const network = {
  'device-name-taken': [root(`${DEVICE} ip link add d0 type dummy`, 'There is a device d0 already.')],
  'device-down': [root(`${DEVICE} ip route add 10.0.0.0/24 dev d0`, 'd0 is down.')],
  'device-stays': [root('ip netns add n; ip link set lo netns n', 'lo is such a device.')],
  'ipv6-off': [
    root(
      `${DEVICE} sysctl -qw net.ipv6.conf.d0.disable_ipv6=1; ip addr add fe80::1/64 dev d0`,
      'net.ipv6.conf.d0.disable_ipv6 is 1.',
    ),
  ],
  'address-taken': [
    root(
      `${DEVICE} ip addr add 10.0.0.1/24 dev d0; ip addr add 10.0.0.1/24 dev d0`,
      'd0 has 10.0.0.1 already.',
    ),
  ],
  'route-taken': [
    root(
      `${DEVICE} ip link set d0 up; ip route add 10.0.0.0/24 dev d0; ip route add 10.0.0.0/24 dev d0`,
      'There is a route to 10.0.0.0/24 already.',
    ),
  ],
  'gateway-unreachable': [
    root('ip route add 10.9.0.0/24 via 10.8.0.1', 'No such device has 10.8.0.1 in its network.'),
    root('unshare -n ip route add default via 10.0.0.1', 'No such device has 10.0.0.1 in its network.'),
  ],
} satisfies Cases
