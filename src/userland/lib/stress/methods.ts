/** What workers may be told to compute. Linux: stress-ng 0.15, stress-cpu.c, stress-vm.c, stress-matrix.c. */

/** An operation of any of these costs the same here. */
export const CPU_METHODS: readonly string[] =
  `all ackermann apery bitops callfunc cdouble cfloat clongdouble collatz correlate crc16 decimal32 decimal64 decimal128
dither div8 div16 div32 div64 div128 double euler explog factorial fibonacci fft fletcher16 float float32 float64 float80
float128 floatconversion gamma gcd gray hamming hanoi hyperbolic idct int128 int64 int32 int16 int8 int128float
int128double int128longdouble int128decimal32 int128decimal64 int128decimal128 int64float int64double int64longdouble
int32float int32double int32longdouble intconversion ipv4checksum jmp lfsr32 ln2 logmap longdouble loop matrixprod nsqrt
omega parity phi pi prime psi queens rand rand48 rgb sieve stats sqrt trig union zeta`.split(/\s+/)

/** They differ in what they write, not in how much. */
export const VM_METHODS: readonly string[] =
  `all cache-lines cache-stripe checkerboard flip fwdrev galpat-0 galpat-1 gray grayflip rowhammer incdec inc-nybble lfsr32
rand-set rand-sum read64 ror swap move-inv modulo-x mscan wrrd128nt prime-0 prime-1 prime-gray-0 prime-gray-1 prime-incdec
walk-0d walk-1d walk-0a walk-1a write64 write64nt write1024v zero-one`.split(/\s+/)

/** How long an operation on matrices of 256 x 256 takes, in ns, and with which power of the size it grows. */
export const MATRIX_METHODS: Readonly<Record<string, readonly [ns: number, power: number]>> = {
  add: [18_500, 2],
  copy: [5_800, 2],
  div: [95_000, 2],
  frobenius: [22_400, 2],
  hadamard: [13_500, 2],
  identity: [7_400, 2],
  mean: [17_500, 2],
  mult: [15_000, 2],
  negate: [6_300, 2],
  prod: [4_060_000, 3],
  sub: [15_900, 2],
  square: [6_120_000, 3],
  trans: [6_700, 2],
  zero: [2_500, 2],
}
