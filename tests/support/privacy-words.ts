import { chairs, company, inside, PEOPLE, waiting, type Who } from './privacy-people.ts'
import { canary } from './privacy-world.ts'

/**
 * Who reads which word, over everything that they may ask and all mail that reaches them. The operator's are those of
 * the outbox: an instance without a mail server keeps what was mailed.
 */
const readers = new Map<string, Who[]>()
const reads = (what: string, ...who: Who[][]) =>
  readers.set(canary(what), [...new Set([...(readers.get(canary(what)) ?? []), ...who.flat()])])

const operator: Who[] = ['operator']
const invited: Who[] = ['invited']
/** Was in the live room and left the group since: the wrap-up reaches them by mail, once. */
const left: Who[] = ['left']
const removed: Who[] = ['removed']

// The group. Whoever was in it keeps what they promised, with where they promised it.
reads('group name', inside, waiting, invited, operator, removed, left)
reads('group purpose', inside, waiting, invited, operator)
reads('group city', inside, waiting, invited, operator)
reads('group venue', inside, waiting, operator)
reads('thanks', inside)
reads('group address', inside, operator)
reads('group access', inside, operator)
reads('group room', inside, operator)
reads('group link', inside, operator)
reads('invite note', operator)
reads('removal reason', operator)

// What the group agrees on, announces, and asks of each other.
for (const what of ['agreement now', 'agreement before', 'announced title', 'announced words'])
  reads(what, inside, operator)
// Who decides reads why somebody asks.
reads('take over reason', inside, operator)
// Its reader is whoever asked, by mail; the page shows the request that is open.
reads('objection', operator)
reads('split name', ['facilitator', 'organizer'], operator)

// People.
for (const who of PEOPLE) {
  if (who === 'anonymous' || who === 'expired') continue
  reads(`name ${who}`, [who])
  reads(`mail ${who}`, [who])
}
for (const who of ['organizer', 'facilitator', 'member', 'removed', 'left'])
  reads(`name ${who}`, inside, operator, left)
reads('name expired', inside, operator)
reads('name organizer', waiting, invited)
// Whoever was removed reads who did it.
reads('name organizer', removed)
for (const who of waiting) reads(`name ${who}`, ['organizer'])
for (const who of ['requested', 'invited']) reads(`mail ${who}`, ['organizer'])
for (const who of ['organizer', 'facilitator', 'member', 'expired', 'removed', 'left', 'invited'])
  reads(`mail ${who}`, operator)

// The page that somebody opened to everybody, as an organizer of other groups.
for (const what of ['page slug', 'page about', 'name outsider']) reads(what, [...PEOPLE])

// Whoever asked to come to one session while strangers could.
for (const what of ['guest asked name', 'guest asked mail']) reads(what, [])

// The episode and what is said about it.
reads('episode title', inside, operator, left)
for (const what of ['show title', 'episode notes', 'episode audio', 'episode page', 'episode language'])
  reads(what, inside)
for (const what of ['episode person', 'chapter title', 'segment speaker', 'segment text']) reads(what, inside)
// The history of a transcript: what was taken back is read by who wrote it and who may take it back.
for (const what of ['misheard words', 'corrected words']) reads(what, inside)
reads('undone words', inside)
reads('undone by me', ['organizer', 'facilitator'])
// The show that it came from. Where its feed is, is known to who may change that; pictures are ours, never theirs.
for (const what of ['followed show', 'show language', 'item title', 'item notes', 'item mark'])
  reads(what, inside)
for (const what of ['feed url', 'feed problem']) reads(what, chairs)
for (const what of ['show guid', 'feed etag', 'feed modified', 'item guid', 'item audio', 'imported mark'])
  reads(what, [])
for (const what of ['show picture', 'episode picture', 'picture url']) reads(what, [])
reads('thread quote', inside)
reads('post words', inside)
// Highlights: whoever marked them, also after they left.
for (const what of ['highlighted words', 'highlight note']) reads(what, ['member'])
for (const what of ['left highlighted', 'left note']) reads(what, left)
// The other threads of the group. Answers wait for one's own, also for whoever asked and whoever facilitates.
for (const what of ['thread title', 'group words', 'prompt']) reads(what, inside)
reads('answer first', ['organizer'])
for (const what of ['quoted words', 'earlier words', 'changed words']) reads(what, inside)
reads('withdrawn', [])
// Hidden: its writer reads it, and those who may show it again. The reason was mailed.
reads('hidden words', inside)
reads('hide reason', inside, operator)
// Where to appeal, when the instance names no other address: in mails that tell of a decision.
reads('mail operator', ['member'])
// A report: the organizers see it as it is, the operator gets a copy of the very words.
reads('reported words', inside, operator)
reads('complaint', ['organizer', 'facilitator'])
reads('operator report', ['facilitator'], operator)
// Kept from an earlier time; nothing is suspended now.
reads('group suspension', [])
reads('account suspension', ['member'])

// Templates. Under a public link stands what was shared, with where it came from; what is newer is the group’s.
for (const part of ['title', 'purpose', 'prompt']) {
  reads(`shared template ${part}`, [...PEOPLE])
  reads(`kept template ${part}`, inside)
}
for (const what of ['template author', 'template licence', 'source title', 'source author', 'source licence'])
  reads(what, [...PEOPLE])
for (const part of ['prepared', 'notes', 'card']) {
  reads(`kept template ${part}`, chairs)
  reads(`shared template ${part}`, chairs)
}
for (const what of ['source address', 'source version']) reads(what, inside)
for (const part of ['title', 'purpose', 'prompt', 'prepared', 'notes', 'card'])
  for (const what of ['base', 'upstream']) reads(`${what} template ${part}`, chairs)
reads('template problem', chairs)
for (const what of ['template etag', 'upstream version']) reads(what, [])

// Sessions.
for (const what of ['past', 'live', 'next', 'cancelled']) {
  reads(`${what} title`, inside, operator)
  reads(`${what} purpose`, inside)
  reads(`${what} preparation`, inside)
  for (const part of ['room', 'venue', 'address', 'access']) reads(`${what} ${part}`, inside, operator)
  reads(`${what} link`, inside, operator)
  for (const part of [what, `${what} hidden`]) {
    reads(`${part} block title`, inside)
    reads(`${part} block prompt`, inside)
    reads(`${part} block role`, inside)
    reads(`${part} block notes`, chairs)
  }
}
reads('next title', waiting, invited)
// Who was there takes it with what is theirs.
for (const what of ['past', 'live']) reads(`${what} title`, removed, left)
for (const part of ['title', 'room', 'link']) reads(`series ${part}`, inside, operator)
reads('cancel reason', inside, operator)

// What was written alone, before and after it was revealed.
for (const what of ['past', 'live']) {
  reads(`${what} revealed answer`, inside)
  reads(`${what} answer of member`, ['member'])
  reads(`${what} answer of facilitator`, ['facilitator'])
}
reads('past revealed answer', operator)
reads('past block title', operator)

// Promises.
for (const what of ['past', 'live', 'removed', 'left']) {
  reads(`${what} cue`, inside)
  reads(`${what} action`, inside)
}
for (const part of ['cue', 'action']) {
  for (const what of ['past', 'removed', 'left']) reads(`${what} ${part}`, operator)
  reads(`removed ${part}`, removed)
  reads(`left ${part}`, left)
}
reads('reflection', inside)
for (const what of ['earlier reflection', 'wrap-up note', 'parked line']) reads(what, inside)

// The wrap-up mail of the live session.
for (const what of ['title', 'block title', 'revealed answer', 'cue', 'action']) reads(`live ${what}`, left)

// The company. HR reads which groups there are, and counts.
for (const what of ['company name', 'company domain']) reads(what, company, operator)
reads('domain problem', ['admin'])
reads('skill shown', company)
reads('skill hidden', ['admin'])
// Who somebody is at the provider goes with their data. The secret of the client is read by nobody.
reads('issuer', ['admin', 'colleague'])
reads('client id', ['admin'])
reads('subject', ['colleague'])
for (const what of ['internal name', 'internal purpose']) reads(what, company)
reads('waiting name', ['admin', 'colleague'], operator)
reads('waiting purpose', ['admin'], operator)
reads('name admin', company, operator)
reads('mail admin', operator)
for (const what of ['name colleague', 'name hr', 'mail colleague', 'mail hr']) reads(what, ['admin'])
reads('name colleague', operator)

// The door: who walked in, and whom it is kept by.
for (const what of ['door label', 'walk-in name', 'walk-in mail']) reads(what, chairs)

// Guest experts, and what the group wants to ask them.
reads('expert name', inside, operator)
reads('expert expects', inside, operator)
for (const what of ['expert mail', 'expert reply']) reads(what, chairs, operator)
reads('expert thanks', [])
reads('queued question', inside)

// Rounds of feedback. The operator reads the outbox of an instance without a mail server, never what was answered.
for (const what of ['title', 'intro']) reads(`feedback ${what}`, ['member', 'facilitator'], operator)
for (const what of ['question', 'hint', 'evidence']) reads(`feedback ${what}`, ['member', 'facilitator'])
for (const what of ['name', 'outside', 'mail']) reads(`feedback ${what}`, ['member'], operator)
reads('feedback name', ['facilitator'])
for (const what of ['asked', 'meant']) reads(`feedback ${what}`, ['member', 'facilitator'], operator)
reads('feedback self', ['member'])
reads('feedback sheet', ['facilitator'])
// Where people work together: a card is for its holder and whoever prepares the session, a link for those who meet there.
reads('table sentence', inside)
reads('table sentence hidden', ['member'])
reads('role card', inside)
for (const what of ['line', 'heap']) reads(`topic ${what}`, inside)
reads('other card', chairs)
reads('pod link', ['member'], chairs)
for (const what of ['unopened', 'opened']) reads(`slip ${what}`, ['member', 'facilitator'])
reads('gathering title', inside)
reads('gathering intro', ['organizer'])
reads('round problem', ['member'])
for (const what of ['title', 'words', 'heard', 'will', 'thanks']) reads(`report ${what}`, ['member'])
for (const what of ['words', 'measure']) reads(`goal ${what}`, ['member'])

export const READERS: ReadonlyMap<string, readonly Who[]> = readers

/** Facilitators may be offered to write to somebody who was missed, so an address of a member may stand there. */
export const mayAlsoRead = (word: string, who: Who): boolean =>
  chairs.includes(who) &&
  ['organizer', 'facilitator', 'member', 'expired'].some((one) => word === canary(`mail ${one}`))
