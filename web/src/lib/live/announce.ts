import type { LiveEvent, Room, SessionView } from '#shared/live.ts'
import { placeOf } from '#shared/live/plan.ts'
import { countInWords } from '#shared/live/ballot.ts'
import { minutesByVote } from '#shared/live/discussion.ts'

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
    case 'plenary-changed':
      return event.plenary.sentences ? 'What the tables wrote is revealed.' : ''
    case 'hand-raised':
      return mayRun && event.hand.accountId !== accountId
        ? `${nameOf(event.hand.accountId)} wants to ${event.hand.kind === 'add' ? 'add something' : 'speak'}.`
        : ''
    case 'turn-given':
      return event.accountId === accountId
        ? 'It is your turn to speak.'
        : `${nameOf(event.accountId)} has the floor.`
    case 'playing-changed':
      return event.playing.since === null ? 'The episode is paused.' : 'The episode plays.'
    case 'demonstration-changed':
      return `Round ${String(event.demonstration.number)}.`
    case 'lead-changed':
      return newsOfLead(event, view, accountId)
    case 'votes-counted': {
      const block = view.blocks.find(({ id }) => id === event.blockId)
      return block ? `The votes are counted. ${countInWords(event.count, block, view.topics)}` : ''
    }
    case 'voting-reopened':
      return 'Everybody votes again.'
    case 'discussion-changed':
      return newsOfTopics(event, view)
    case 'session-closed':
      return 'The session is closed.'
    default:
      return ''
  }
}

function newsOfLead(
  { lead, why, before }: Extract<LiveEvent, { type: 'lead-changed' }>,
  { people }: SessionView,
  me: string,
): string {
  const nameOf = (id: string | null) => people.find(({ accountId }) => accountId === id)?.name ?? 'Somebody'
  const leader = nameOf(lead.leaderId)
  switch (why) {
    case 'taken-over':
      return lead.leaderId === me
        ? `You are leading now: ${nameOf(before)} lost the connection.`
        : `${leader} leads now: ${before === me ? 'your connection was lost' : `${nameOf(before)} lost the connection`}.`
    case 'taken':
    case 'handed':
      return lead.leaderId === me ? 'You are leading now.' : `${leader} leads now.`
    case 'locked':
      return lead.leaderId === me ? 'The table is locked.' : `${leader} locked the table.`
    case 'unlocked':
      return 'The table is unlocked.'
    case 'named':
      return ''
  }
}

function newsOfTopics(
  { discussion, news }: Extract<LiveEvent, { type: 'discussion-changed' }>,
  { topics }: SessionView,
): string {
  const title = topics.find(({ id }) => id === discussion.topicId)?.title ?? ''
  switch (news) {
    case 'topic':
      return `The topic now: ${title}.`
    case 'more':
      return `More minutes for “${title}”.`
    case 'asked':
      return `Go on with “${title}” for ${minutesByVote(discussion) ?? 0} more minutes?`
    case 'ended':
      return 'The topics rest.'
    case 'answered':
    case 'next-chosen':
    case 'timed':
      return ''
  }
}
