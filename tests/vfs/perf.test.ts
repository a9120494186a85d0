import { test } from 'vitest'
import { fput, mkdir, open, write, stat } from '../../src/vfs/index.ts'
import { run, world } from './harness.ts'
test('perf', () => {
  const w = world('ext4')
  const { v, as, store } = w
  mkdir(v, as, '/home', 0o755)
  mkdir(v, as, '/home/user', 0o755)
  const data = new Uint8Array(10).fill(65)
  const fs = v.fsStructs.get(as.fs.id)
  for (let r = 0; r < 5; r++) {
    const t = performance.now()
    const n = 100000
    for (let i = 0; i < n; i++) {
      const as2 = { task: 1, cred: as.cred, fs, mntNs: as.mntNs, fsizeLimit: Infinity }
      const f = run(open(v, as2, '/home/user/file', 0o1101, 0o644))
      run(write(v, as2, f, data))
      fput(v, f)
      if (i % 1000 === 0) store.commit()
    }
    const o = ((performance.now() - t) * 1000) / n
    const t2 = performance.now()
    for (let i = 0; i < n; i++) stat(v, as, '/home/user/file')
    console.log('owc us', o.toFixed(2), 'stat us', (((performance.now() - t2) * 1000) / n).toFixed(2))
  }
})
