import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { accounts } from '#db/schema.ts'
import type { Member } from '../groups/guards.ts'
import type { House } from '../house.ts'
import { sendMail } from '../mail/send-mail.ts'
import type { SessionRow } from './guards.ts'
import { sayDay, sayWhen } from './local-time.ts'
import { footerOf } from './mail-members.ts'
import { linkTo } from './schedule-session.ts'

const ASKED_TO = {
  facilitatorId: 'facilitate',
  timekeeperId: 'keep time',
  welcomeId: 'welcome people',
  notesId: 'take notes',
} as const

const dutiesOf = (session: SessionRow, accountId: string): string[] =>
  (Object.entries(ASKED_TO) as [keyof typeof ASKED_TO, string][]).flatMap(([column, words]) =>
    session[column] === accountId ? [words] : [],
  )

/** What somebody does at a session, for a letter to them; nothing when they just come. */
export function sayMyDuties(session: SessionRow, accountId: string): string[] {
  const mine = dutiesOf(session, accountId)
  return mine.length > 0
    ? [
        `You are down to ${new Intl.ListFormat('en-GB').format(mine)}. If you can’t, hand it back on the page of the session.`,
      ]
    : []
}

/** Whoever was given a duty by somebody else hears of it, and how to hand it back. */
export async function tellDuties(
  house: House,
  tx: Transaction,
  { account, group }: Member,
  before: SessionRow,
  after: SessionRow,
): Promise<void> {
  const asked = new Map<string, string[]>()
  for (const [column, words] of Object.entries(ASKED_TO) as [keyof typeof ASKED_TO, string][]) {
    const id = after[column]
    if (id !== null && id !== before[column] && id !== account.id)
      asked.set(id, [...(asked.get(id) ?? []), words])
  }
  for (const [id, duties] of asked) {
    const [person] = await tx
      .select({ name: accounts.name, email: accounts.email })
      .from(accounts)
      .where(and(eq(accounts.id, id), eq(accounts.sample, false)))
    if (!person) continue
    const what = new Intl.ListFormat('en-GB').format(duties)
    await sendMail(house, tx, {
      to: person.email,
      subject: `Would you ${what}? ${after.title}, ${sayDay(after.startsAt, group.zone)}`,
      paragraphs: [
        `Hello ${person.name},`,
        `${account.name} has put you down to ${what} at “${after.title}” of ${group.name}, ${sayWhen(after, group.zone)}.`,
        'If that does not suit you, hand it back on the page of the session, with one click. Nobody has to say why.',
      ],
      action: { label: 'See the session', url: linkTo(house, group.slug, after.id) },
      footer: footerOf(group),
    })
  }
}
