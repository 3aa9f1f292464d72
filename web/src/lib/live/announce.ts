import type { LiveEvent, Room, SessionView } from '#shared/live.ts'

/** What somebody who listens to the screen should hear of an event; most of it goes without saying. */
export function newsOf(event: LiveEvent, view: SessionView, { accountId, mayRun }: Room['me']): string {
  const nameOf = (id: string) => view.people.find((person) => person.accountId === id)?.name ?? 'Somebody'
  switch (event.type) {
    case 'room-opened':
      return 'The room is open.'
    case 'block-started': {
      const at = view.blocks.findIndex(({ id }) => id === event.blockId)
      const block = view.blocks[at]
      return block ? `Now: ${block.title}, ${at + 1} of ${view.blocks.length}.` : ''
    }
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
    case 'session-closed':
      return 'The session is closed.'
    default:
      return ''
  }
}
