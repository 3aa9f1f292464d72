import { judge, type Bench } from '../bench.ts'
import { openSide, serveBareRooms } from '../room-load.ts'
import { seedRooms } from '../seed-rooms.ts'
import type { Server, Stage } from '../stage.ts'

const PEOPLE = 1_000
/** They are there before it is measured. */
const FIRST = 200
const KIB = 1_024

/** What a thousand listeners weigh in the process that they are connected to. */
export const bench: Bench = {
  name: 'room memory',
  about: 'the memory of 1,000 listeners',
  measure: async (stage) => {
    const ours = await weigh(stage, 'ours', (url) => stage.startApp(url))
    const bare = await weigh(stage, 'bare', (url) => stage.startBare('room memory', url))
    return [judge({ name: 'room memory, a listener', unit: 'KiB', ours, bare, goal: 30, goalFor: 'ours' })]
  },
  serveBare: serveBareRooms,
}

async function weigh(
  stage: Stage,
  name: string,
  start: (databaseUrl: string) => Promise<Server>,
): Promise<number> {
  const databaseUrl = await stage.openDatabase(`room memory ${name}`)
  const [some] = await seedRooms(databaseUrl, 1, FIRST)
  const [room] = await seedRooms(databaseUrl, 1, PEOPLE)
  if (!some || !room) throw new Error('There is no room.')
  const server = await start(databaseUrl)
  // What is loaded once, and stays, does not count.
  const first = await openSide(server, [some])
  const before = await server.memory()
  stage.progress(`${PEOPLE.toLocaleString('en')} listeners come (${name})`)
  const side = await openSide(server, [room])
  const after = await server.memory()
  await side.close()
  await first.close()
  return (after - before) / PEOPLE / KIB
}
