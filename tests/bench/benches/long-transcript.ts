import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { BrowserContext } from 'playwright-core'
import pg from 'pg'
import { openBrowser } from '#tests/chromium.ts'
import { longTranscript } from '#tests/long-transcript.ts'
import { measurePage, type Measured } from '#tests/measure-page.ts'
import { judge, median, type Bench } from '../bench.ts'
import { seedTalk, type Talk } from '../seed-thread.ts'

const WORDS = 30_000
const THREADS = 60
const ROUNDS = 5
/** What a browser calls a long task. */
const LONG = 50

/** The page of a long episode on a slow processor, against a page that has nothing but its words. */
export const bench: Bench = {
  name: 'long transcript',
  about: `${WORDS.toLocaleString('en')} words and ${THREADS} threads, on a processor of a quarter of the speed`,
  measure: async (stage) => {
    const databaseUrl = await stage.openDatabase('long_transcript')
    stage.progress('writing the episode, building the pages')
    const talk = await seedTalk(databaseUrl, THREADS, 3)
    const text = longTranscript(WORDS)
    await writeEpisode(databaseUrl, talk, text)
    const app = await stage.startApp(databaseUrl, { pages: true })
    const bare = await serveWords(text.segments.map((segment) => segment.text))
    const browser = await openBrowser()
    const taken = { ours: [] as Measured[], bare: [] as Measured[] }
    try {
      const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 900 } })
      await signIn(context, app.address, talk)
      const address = `${app.address}/groups/${talk.slug}/episodes/${talk.episodeId}`
      // The first one fetches the scripts, which a browser keeps.
      await measurePage(context, address)
      for (let round = 1; round <= ROUNDS; round += 1) {
        stage.progress(`round ${round} of ${ROUNDS}`)
        taken.ours.push(await measurePage(context, address))
        taken.bare.push(await measurePage(context, bare.address))
      }
    } finally {
      await browser.close()
      bare.close()
    }
    const of = (side: keyof typeof taken, what: keyof Measured) => median(taken[side].map((one) => one[what]))
    const figures = (what: keyof Measured) => ({ unit: 'ms', ours: of('ours', what), bare: of('bare', what) })
    return [
      judge({ name: 'long transcript', ...figures('paint'), goal: 1_500, goalFor: 'ours' }),
      judge({ name: 'long transcript, scrolled', ...figures('scroll'), goal: LONG, goalFor: 'ours' }),
    ]
  },
}

async function writeEpisode(
  databaseUrl: string,
  talk: Talk,
  text: ReturnType<typeof longTranscript>,
): Promise<void> {
  const client = new pg.Client(databaseUrl)
  await client.connect()
  const of = [talk.groupId, talk.episodeId]
  try {
    await client.query('update episodes set duration = $1 where id = $2', [text.duration, talk.episodeId])
    await client.query(
      `insert into segments (group_id, episode_id, position, start, "end", speaker, text)
       select $1, $2, n - 1, (s ->> 'start')::float8, (s ->> 'end')::float8, s ->> 'speaker', s ->> 'text'
       from jsonb_array_elements($3::jsonb) with ordinality e (s, n)`,
      [...of, JSON.stringify(text.segments)],
    )
    await client.query(
      `insert into chapters (group_id, episode_id, position, start, title)
       select $1, $2, n - 1, (c ->> 'start')::float8, c ->> 'title'
       from jsonb_array_elements($3::jsonb) with ordinality e (c, n)`,
      [...of, JSON.stringify(text.chapters)],
    )
    for (const [at, threadId] of talk.threadIds.entries()) {
      const segment = text.segments[Math.floor(((at + 0.5) / THREADS) * text.segments.length)]
      await client.query('update threads set title = null, anchor = $1 where id = $2', [
        {
          quote: segment?.text,
          prefix: '',
          suffix: '',
          speaker: null,
          start: segment?.start,
          end: segment?.end,
          chapter: null,
        },
        threadId,
      ])
    }
  } finally {
    await client.end()
  }
}

async function signIn(context: BrowserContext, url: string, talk: Talk): Promise<void> {
  const [name = '', value = ''] = talk.cookies[0]?.split('=') ?? []
  await context.addCookies([{ name, value, url }])
}

/** A page with the same words, in paragraphs, and nothing else. */
async function serveWords(cues: string[]): Promise<{ address: string; close: () => void }> {
  const paragraphs = Array.from(
    { length: Math.ceil(cues.length / 6) },
    (_, at) => `<p>${cues.slice(at * 6, at * 6 + 6).join(' ')}</p>`,
  )
  const page = `<!doctype html><html lang="en"><title>Words</title><body>${paragraphs.join('\n')}</body></html>`
  const server = createServer((_request, response) =>
    response.setHeader('content-type', 'text/html').end(page),
  )
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
