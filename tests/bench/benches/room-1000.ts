import type { Bench } from '../bench.ts'
import { measureRoom } from '../measure-room.ts'
import { serveBareRooms } from '../room-load.ts'

/** One room with 1,000 listeners, ten events a second. */
export const bench: Bench = {
  name: 'room 1000',
  about: '1,000 people in one room, ten answers a second, heard by everybody',
  measure: (stage) => measureRoom(stage, 'room 1000', 1000),
  serveBare: serveBareRooms,
}
