export { compare, Store, type ChangeSet, type Snapshot, type Tables, type Views } from './store.ts'
export { type Change, type Draft, type Own, type Reader, type Rec, Table } from './table.ts'
