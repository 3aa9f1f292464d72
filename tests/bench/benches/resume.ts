import pg from 'pg'
import WebSocket from 'ws'
import { judge, median, type Bench } from '../bench.ts'
import { p99, serveBareRooms } from '../room-load.ts'
import { seedRooms, type SeededRoom } from '../seed-rooms.ts'

const MISSED = 1_000
const PEOPLE = 20
const ROUNDS = 5
/** How often somebody comes back in a round, one after the other. */
const TIMES = 40

/** Somebody comes back who missed a thousand events, and has heard them all. */
export const bench: Bench = {
  name: 'resume',
  about: `coming back after ${MISSED.toLocaleString('en')} events`,
  measure: async (stage) => {
    const databaseUrl = await stage.openDatabase('resume')
    const [room] = await seedRooms(databaseUrl, 1, PEOPLE)
    if (!room) throw new Error('There is no room.')
    await writePast(databaseUrl, room)
    const app = await stage.startApp(databaseUrl)
    const bare = await stage.startBare('resume', databaseUrl)
    const taken = { ours: [] as number[], bare: [] as number[] }
    for (let round = 0; round <= ROUNDS; round += 1) {
      stage.progress(round ? `round ${round} of ${ROUNDS}` : 'warming up')
      for (const [name, { address }] of [
        ['ours', app],
        ['bare', bare],
      ] as const) {
        const times: number[] = []
        for (let at = 0; at < TIMES; at += 1) times.push(await comeBack(address, room, at))
        if (round > 0) taken[name].push(p99(times))
      }
    }
    const [ours, itsBare] = [median(taken.ours), median(taken.bare)]
    return [judge({ name: 'resume, p99', unit: 'ms', ours, bare: itsBare, goal: 500, goalFor: 'ours' })]
  },
  serveBare: (app, pool) => serveBareRooms(app, pool, MISSED),
}

/** People wrote, and wrote on, while somebody was away. */
async function writePast(databaseUrl: string, room: SeededRoom): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query(
    `insert into room_events (room_id, number, event, at)
     select $1, n, jsonb_build_object(
       'type', case when n / $4 % 2 = 0 then 'answer-written' else 'answer-unwritten' end,
       'blockId', $2::text, 'accountId', ($3::text[])[1 + n % $4]), now()
     from generate_series(1, $5::int) n`,
    [room.id, room.blockId, room.people.map(({ id }) => id), PEOPLE, MISSED],
  )
  await client.query('update rooms set number = $2 where id = $1', [room.id, MISSED])
  await client.query('analyze')
  await client.end()
}

/** Milliseconds until the last of what was missed was heard. */
async function comeBack(address: string, room: SeededRoom, at: number): Promise<number> {
  const person = room.people[at % room.people.length]
  const began = performance.now()
  const socket = new WebSocket(
    `${address.replace('http', 'ws')}/api/rooms/${room.id}/socket?after=0&epoch=${room.epoch}`,
    { headers: { cookie: person?.cookie ?? '', origin: address }, perMessageDeflate: false },
  )
  const { promise, resolve, reject } = Promise.withResolvers<undefined>()
  socket.on('error', reject)
  socket.on('message', (data: Buffer) => {
    if (data.includes(`"type":"news","number":${MISSED},`)) resolve(undefined)
  })
  await promise
  const took = performance.now() - began
  socket.terminate()
  return took
}
