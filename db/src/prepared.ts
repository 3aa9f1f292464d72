import type { Db } from './connect.ts'

/** A query that is put together once for a database, for what every request asks. Its values are `sql.placeholder`s. */
export function prepared<Query>(build: (db: Db) => Query): (db: Db) => Query {
  const built = new WeakMap<Db, Query>()
  return (db) => {
    const known = built.get(db) ?? build(db)
    built.set(db, known)
    return known
  }
}
