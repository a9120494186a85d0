/**
 * The cost model of disks, which shares them out by io.weight: its files. Linux: block/blk-iocost.c;
 * Documentation/admin-guide/cgroup-v2.rst.
 *
 * Left out: the model at work. Switched on it would hold back those with less weight, and show cost.usage in io.stat;
 * off, as on a host that boots, weights change nothing on Linux either.
 */
import { EINVAL, EOPNOTSUPP } from '../../abi/index.ts'
import type { Kernel } from '../kernel.ts'
import type { Cgroup } from '../types.ts'
import { hierarchyOfCgroup } from './cgroup.ts'
import { cssOf } from './css.ts'
import type { CgroupFile } from './files.ts'
import { parseDevice } from './io-limits.ts'

/** CGROUP_WEIGHT_MIN and CGROUP_WEIGHT_MAX. */
const [WEIGHT_MIN, WEIGHT_MAX] = [1, 10_000]

interface Weights {
  readonly weight: number
  /** By device, for those whose model somebody has configured. */
  readonly devices: Readonly<Record<string, number>>
}
export const ioWeights = cssOf<Weights>('io', { weight: 100, devices: {} })

type Words = Readonly<Record<string, string>>
/** Linux: struct ioc, one for each disk that was configured. */
interface Ioc {
  readonly enabled: boolean
  readonly qos: Words
  readonly isUserQos: boolean
  readonly model: Words
  readonly isUserModel: boolean
}

/** What the model takes a disk for that nobody has described. Linux: autop[AUTOP_HDD]. */
const QOS: Words = {
  rpct: '0.00',
  rlat: '250000',
  wpct: '0.00',
  wlat: '250000',
  min: '1.00',
  max: '10000.00',
}
const MODEL: Words = {
  rbps: '174019176',
  rseqiops: '41708',
  rrandiops: '370',
  wbps: '178075866',
  wseqiops: '42705',
  wrandiops: '378',
}
const FRESH: Ioc = { enabled: false, qos: QOS, isUserQos: false, model: MODEL, isUserModel: false }

/** Of the root, by device, the one that was configured last first. */
const iocs = cssOf<Readonly<Record<string, Ioc>>>('io.cost', {})

// ---- Weights

/** `default 50`, the number alone, or `254:0 200` for a disk with a model. Linux: ioc_weight_write(). */
function storeWeight(k: Kernel, cg: Cgroup, text: string): void {
  if (!text.includes(':')) {
    ioWeights.set(k, cg.id, { weight: weightOf(text.replace(/^default\s*/, '')) })
    return
  }
  const { device, rest } = parseDevice(k, text)
  if (!(device in iocs.of(k.cgroups.get(hierarchyOfCgroup(k, cg).root)))) throw EOPNOTSUPP
  const { [device]: _, ...others } = ioWeights.of(cg).devices
  const devices = rest.startsWith('default') ? others : { [device]: weightOf(rest), ...others }
  ioWeights.set(k, cg.id, { devices })
}

/** A decimal number, whatever follows it. Errors: EINVAL. */
function weightOf(text: string): number {
  const weight = Number(/^\s*(\d+)/.exec(text)?.[1] ?? 0)
  if (weight < WEIGHT_MIN || weight > WEIGHT_MAX) throw EINVAL
  return weight
}

function showWeight(cg: Cgroup): string {
  const { weight, devices } = ioWeights.of(cg)
  const rows = Object.entries(devices).map(([device, own]) => `${device} ${own}\n`)
  return `default ${weight}\n${rows.join('')}`
}

// ---- io.cost.qos and io.cost.model

/** Linux: cgroup_parse_float(), in hundredths. Errors: EINVAL. */
function hundredths(text: string): number {
  const found = /^\s*(-?\d+)(?:\.(\d*))?/.exec(text)
  if (!found) throw EINVAL
  return Math.round(Number(`${found[1]}.${found[2] || 0}`) * 100)
}

/** Linux: match_u64(). Errors: EINVAL. */
function whole(text: string): string {
  if (!/^\d+$/.test(text)) throw EINVAL
  return text
}

/** vrate has limits: 1 % and 10000 %. */
const rate = (value: number): number => Math.min(Math.max(value, 100), 1_000_000)

/** One word of io.cost.qos, as it will be shown. Errors: EINVAL. */
function qosWord(key: string, value: string): string {
  if (key === 'rlat' || key === 'wlat') return whole(value)
  const number = hundredths(value)
  const isPercentile = key === 'rpct' || key === 'wpct'
  if (number < 0 || (isPercentile && number > 10_000)) throw EINVAL
  return ((isPercentile ? number : rate(number)) / 100).toFixed(2)
}

const modelWord = (_key: string, value: string): string => whole(value)

/** Linux: ioc_qos_write(), ioc_cost_model_write(). Errors: EINVAL. */
function changed(ioc: Ioc, name: 'qos' | 'model', rest: string): Ioc {
  let { enabled } = ioc
  let isUser = name === 'qos' ? ioc.isUserQos : ioc.isUserModel
  const words: Record<string, string> = { ...ioc[name] }
  const fresh = name === 'qos' ? QOS : MODEL
  for (const word of rest.split(/\s+/).filter(it => it)) {
    const [, key = '', value = ''] = /^(\w+)=(.*)$/.exec(word) ?? []
    if (key === 'ctrl' && /^(auto|user)$/.test(value)) isUser = value === 'user'
    else if (name === 'qos' && key === 'enable') enabled = whole(value) !== '0'
    else if (name === 'model' && key === 'model' && value === 'linear') continue
    else if (key in fresh) {
      words[key] = (name === 'qos' ? qosWord : modelWord)(key, value)
      isUser = true
    } else throw EINVAL
  }
  if (name === 'qos' && Number(words.min) > Number(words.max)) throw EINVAL
  const values = isUser ? words : fresh
  return name === 'qos'
    ? { ...ioc, enabled, qos: values, isUserQos: isUser }
    : { ...ioc, model: values, isUserModel: isUser }
}

const pairs = (words: Words): string =>
  Object.entries(words)
    .map(([key, value]) => `${key}=${value}`)
    .join(' ')
const control = (isUser: boolean): string => `ctrl=${isUser ? 'user' : 'auto'}`
const showQos = ({ enabled, isUserQos, qos }: Ioc): string =>
  `enable=${enabled ? 1 : 0} ${control(isUserQos)} ${pairs(qos)}`
const showModel = ({ isUserModel, model }: Ioc): string =>
  `${control(isUserModel)} model=linear ${pairs(model)}`

/** A line for each disk that somebody has configured, be it in the other file. */
const costFile = (name: 'qos' | 'model', show: (ioc: Ioc) => string): CgroupFile => ({
  name: `io.cost.${name}`,
  on: 'root',
  show: (_, cg) =>
    Object.entries(iocs.of(cg))
      .map(([device, ioc]) => `${device} ${show(ioc)}\n`)
      .join(''),
  store(k, cg, text) {
    const { device, rest } = parseDevice(k, text)
    const known = iocs.of(cg)[device]
    // The model is there from the first write on, even a refused one.
    if (!known) iocs.replace(k, cg.id, { [device]: FRESH, ...iocs.of(cg) })
    iocs.set(k, cg.id, { [device]: changed(known ?? FRESH, name, rest) })
  },
})

export const costFiles: readonly CgroupFile[] = [costFile('model', showModel), costFile('qos', showQos)]

export const weightFile: CgroupFile = {
  name: 'io.weight',
  on: 'nonRoot',
  show: (_, cg) => showWeight(cg),
  store: storeWeight,
}
