/** ip rule: which tables are looked at, in which order. iproute2: ip/iprule.c. Left out: rules of one's own. */
import { AF_INET, type Blocking, RTM_GETRULE } from '../../../abi/index.ts'
import type { Rtnl } from './netlink.ts'
import type { Printer } from './output.ts'
import { tableName } from './route.ts'
import { matches, Quit, unknownCommand, type Words } from './words.ts'

export function* ipRule(rtnl: Rtnl, p: Printer, words: Words): Blocking<void> {
  const act = words.more ? words.take() : 'show'
  if (!['show', 'list', 'lst'].some(it => matches(act, it))) {
    if (['add', 'delete', 'flush'].some(it => matches(act, it)))
      throw new Quit('RTNETLINK answers: Operation not supported', 2)
    throw unknownCommand(act, 'ip rule')
  }
  const family = p.style.family === 'link' ? AF_INET : p.style.family || AF_INET
  const answers = yield* rtnl.dump({ type: RTM_GETRULE, rule: { family, priority: 0, table: 0 } })
  for (const { rule } of answers) {
    if (!rule) continue
    const table = tableName(rule.table)
    p.put(`${rule.priority}:\tfrom all lookup ${table}\n`, { priority: rule.priority, src: 'all', table })
  }
}
