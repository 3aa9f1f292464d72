import type { LiveEvent, Room, SessionView } from '#shared/live.ts'
import { placeOf } from '#shared/live/plan.ts'

/** What somebody who listens to the screen should hear of an event; most of it goes without saying. */
export function newsOf(event: LiveEvent, view: SessionView, { accountId, mayRun }: Room['me']): string {
  const nameOf = (id: string) => view.people.find((person) => person.accountId === id)?.name ?? 'Somebody'
  switch (event.type) {
    case 'room-opened':
      return 'The room is open.'
    case 'block-started': {
      const block = view.blocks.find(({ id }) => id === event.blockId)
      const place = placeOf(view)
      return block && place ? `Now: ${block.title}, ${place.at} of ${place.of}.` : ''
    }
    case 'room-shut':
      return 'The room is shut again. It opens later.'
    case 'plan-changed':
      return 'The plan was changed.'
    case 'timer-changed':
      return event.timer.endsAt === null ? 'The timer is paused.' : 'The timer was changed and runs.'
    case 'answers-revealed':
      return 'The answers are revealed.'
    case 'hand-raised':
      return mayRun && event.hand.accountId !== accountId
        ? `${nameOf(event.hand.accountId)} wants to speak.`
        : ''
    case 'turn-given':
      return event.accountId === accountId
        ? 'It is your turn to speak.'
        : `${nameOf(event.accountId)} has the floor.`
    case 'playing-changed':
      return event.playing.since === null ? 'The episode is paused.' : 'The episode plays.'
    case 'demonstration-changed':
      return `Round ${String(event.demonstration.number)}.`
    case 'session-closed':
      return 'The session is closed.'
    default:
      return ''
  }
}
