import { judge, type Bench } from '../bench.ts'
import { openSide, serveBareRooms } from '../room-load.ts'
import { seedRooms } from '../seed-rooms.ts'
import type { Server, Stage } from '../stage.ts'

const PEOPLE = 1_000
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
  const [room] = await seedRooms(databaseUrl, 1, PEOPLE)
  if (!room) throw new Error('There is no room.')
  const server = await start(databaseUrl)
  // What is loaded once, and stays, does not count.
  stage.progress(`everybody comes and goes once (${name})`)
  await (await openSide(server, [room])).close()
  const before = await server.memory()
  stage.progress(`${PEOPLE} listeners come (${name})`)
  const side = await openSide(server, [room])
  const after = await server.memory()
  await side.close()
  return (after - before) / PEOPLE / KIB
}
