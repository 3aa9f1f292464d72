import type { Bench } from '../bench.ts'
import { measureRoom } from '../measure-room.ts'
import { serveBareRooms } from '../room-load.ts'

/** One room with 250 listeners, ten events a second. */
export const bench: Bench = {
  name: 'room 250',
  about: '250 people in one room, ten answers a second, heard by everybody',
  measure: (stage) => measureRoom(stage, 'room 250', 250),
  serveBare: serveBareRooms,
}
