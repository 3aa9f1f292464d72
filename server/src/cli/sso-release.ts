import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase, type Db } from '#db/connect.ts'
import { startEmbeddedPostgres } from '#db/embedded.ts'
import { CHECKOUT, readConfig } from '../config.ts'
import { forgetIdentities, releaseDomain } from '../sso/release.ts'
import { Misused, type Command } from './command.ts'

/** For the operator, when a company's provider is gone for good and its people stand outside. */
export const ssoRelease: Command = {
  name: 'sso release',
  takes: 'DOMAIN',
  does: 'Let accounts of a domain sign in with a password or a mailed link again.',
  run: (given, print) => {
    const domain = oneWord(given, 'Which domain? Name one, such as example.com.').toLowerCase()
    return withDatabase(async (db) => {
      const released = await releaseDomain(db, domain)
      print(
        released
          ? `People at ${domain} can sign in with a password or a mailed link again.`
          : `Nobody asked people at ${domain} to sign in through their company. Nothing was changed.`,
      )
      return released ? 0 : 1
    })
  },
}

/** For the operator, when the provider calls the same person something else now. */
export const ssoForget: Command = {
  name: 'sso forget',
  takes: 'ADDRESS',
  does: 'Forget who an account is at its company, so that its owner connects it anew.',
  run: (given, print) => {
    const email = oneWord(given, 'Whose? Name the e-mail address of the account.').toLowerCase()
    return withDatabase(async (db) => {
      const forgotten = await forgetIdentities(db, email)
      print(
        forgotten > 0
          ? `Forgotten. ${email} is connected anew at the next sign-in through the company.`
          : `No account of ${email} is connected with a company. Nothing was changed.`,
      )
      return forgotten > 0 ? 0 : 1
    })
  },
}

function oneWord([word, more]: readonly string[], question: string): string {
  if (word === undefined) throw new Misused(question)
  if (more !== undefined) throw new Misused(`One at a time, please: “${more}” is one too many.`)
  return word.trim()
}

/** The database of the instance, by the same settings that it runs with. */
async function withDatabase(work: (db: Db) => Promise<number>): Promise<number> {
  const settings = join(CHECKOUT, '.env')
  if (existsSync(settings)) process.loadEnvFile(settings)
  const config = readConfig(process.env)
  const embedded = config.databaseUrl ? undefined : await startEmbeddedPostgres(config.dataDir)
  const database = openDatabase(config.databaseUrl ?? embedded?.url ?? '', { connections: 1 })
  try {
    return await work(database.db)
  } finally {
    await database.close()
    await embedded?.leave()
  }
}
