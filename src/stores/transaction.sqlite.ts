import type { DatabaseSync } from 'node:sqlite'

/** Runs the steps as one: all of them take effect, or none. */
export function inTransaction<T>(database: DatabaseSync, steps: () => T): T {
  database.exec('BEGIN IMMEDIATE')
  try {
    const result = steps()
    database.exec('COMMIT')
    return result
  } catch (error) {
    database.exec('ROLLBACK')
    throw error
  }
}
