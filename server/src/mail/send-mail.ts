import { eq, sql } from 'drizzle-orm'
import { createTransport, type Transporter } from 'nodemailer'
import type { Transaction } from '#db/connect.ts'
import { accounts, mails } from '#db/schema.ts'
import type { House } from '../house.ts'
import { partsAsHtml, partsAsText, type Part } from './parts.ts'

/** A letter in words; the HTML is made from the same words. */
export type Letter = {
  to: string
  subject: string
  /** Paragraphs of plain text. */
  paragraphs: string[]
  /** What was said where, below the paragraphs. */
  parts?: Part[]
  /** What can be said with one press: buttons in HTML, addresses in plain text. */
  choices?: { label: string; url: string }[]
  /** The one thing to do: a button in HTML, an address in plain text. */
  action?: { label: string; url: string }
  /** Small print under the line: why this came. */
  footer?: string
  /** How such letters are stopped: `page` for people, `press` for mail programs (RFC 8058). */
  stop?: { page: string; press: string }
  /** A file for calendars (RFC 5545) that goes along. */
  calendar?: string
  /** It tells a suspended account about that. Everything else does not reach one. */
  evenSuspended?: true
}

/** Stores a letter in the transaction of what it tells about; it leaves once that is committed. */
export async function sendMail(house: House, tx: Transaction, letter: Letter): Promise<void> {
  // A seat of a guest expert is nobody's mailbox (server/src/experts).
  if (letter.to.endsWith('.invalid')) return
  if (!letter.evenSuspended && (await isSuspended(tx, letter.to))) return
  const [mail] = await tx
    .insert(mails)
    .values({
      recipient: letter.to,
      subject: letter.subject,
      text: asText(letter),
      html: asHtml(letter),
      calendar: letter.calendar ?? null,
      stopUrl: letter.stop?.press ?? null,
      createdAt: house.now(),
    })
    .returning({ id: mails.id })
  if (mail && house.config.smtpUrl) await house.jobs.enqueue(tx, 'send-mail', { mailId: mail.id })
}

async function isSuspended(tx: Transaction, email: string): Promise<boolean> {
  const [account] = await tx
    .select({ suspendedAt: accounts.suspendedAt })
    .from(accounts)
    .where(eq(accounts.email, email))
  return account !== undefined && account.suspendedAt !== null
}

/** Delivers over SMTP, always under the same Message-ID, and forgets the words once the server took them. */
export function handleMailJobs(house: House): void {
  const { smtpUrl } = house.config
  if (!smtpUrl) return
  let transport: Transporter | undefined
  house.jobs.handle('send-mail', async ({ mailId }: { mailId: string }) => {
    const mail = await house.db.query.mails.findFirst({ where: eq(mails.id, mailId) })
    if (!mail || mail.sentAt) return
    transport ??= createTransport(smtpUrl, {
      from: `Shortside <no-reply@${new URL(house.config.origin).hostname}>`,
    })
    await house.db
      .update(mails)
      .set({ tries: sql`${mails.tries} + 1` })
      .where(eq(mails.id, mailId))
    await transport.sendMail({
      to: mail.recipient,
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      ...(mail.calendar ? { attachments: [asAttachment(mail.calendar)] } : {}),
      ...(mail.stopUrl ? { headers: stopHeaders(mail.stopUrl) } : {}),
      messageId: `<${mail.id}@${new URL(house.config.origin).hostname}>`,
    })
    await house.db
      .update(mails)
      .set({ sentAt: house.now(), text: '', html: '', calendar: null, stopUrl: null })
      .where(eq(mails.id, mailId))
  })
}

/** One press in the mail program stops such letters, without a page. */
export const stopHeaders = (url: string) => ({
  'List-Unsubscribe': `<${url}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
})

const asAttachment = (content: string) => ({
  filename: 'sessions.ics',
  content,
  contentType: 'text/calendar; charset=utf-8; method=PUBLISH',
})

function asText({ paragraphs, parts = [], choices = [], action, footer, stop }: Letter): string {
  const all = [...paragraphs, ...partsAsText(parts)]
  for (const { label, url } of choices) all.push(`${label}:\n${url}`)
  if (action) all.push(`${action.label}:\n${action.url}`)
  all.push(`--\n${footer ?? FOOTER}`)
  if (stop) all.push(`${STOP}:\n${stop.page}`)
  return all.join('\n\n')
}

const STOP = 'Stop these letters'
const FOOTER = 'Sent by Shortside, where peer learning groups meet.'

function asHtml({ paragraphs, parts = [], choices = [], action, footer, stop }: Letter): string {
  const body = paragraphs
    .map((text) => `<p style="margin:0 0 16px">${escapeHtml(text).replaceAll('\n', '<br>')}</p>`)
    .join('')
  const ways = choices.length > 0 ? choices : action ? [action] : []
  const buttons = ways.length > 0 ? `<p style="margin:24px 0">${ways.map(toButton).join(' ')}</p>` : ''
  const address = action
    ? `<p style="margin:0 0 16px;color:#57615c;font-size:13px">${choices.length > 0 ? escapeHtml(action.label) : 'Or open this address'}: ${escapeHtml(action.url)}</p>`
    : ''
  const end = stop ? `<br><a href="${escapeHtml(stop.page)}" style="color:#57615c">${STOP}</a>` : ''
  return `<!doctype html><html lang="en"><body style="margin:0;background:#faf7f1;color:#1d2522;font:16px/1.5 Inter,system-ui,sans-serif"><div style="max-width:520px;margin:0 auto;padding:32px 24px"><div style="border-left:6px solid #d4532a;padding-left:12px;font:600 18px Georgia,serif;margin-bottom:24px">Shortside</div>${body}${partsAsHtml(parts, escapeHtml)}${buttons}${address}<p style="border-top:1px solid #e3dccf;margin-top:32px;padding-top:12px;color:#57615c;font-size:13px">${escapeHtml(footer ?? FOOTER)}${end}</p></div></body></html>`
}

/** The first way is filled, others are outlined. */
const toButton = ({ label, url }: { label: string; url: string }, place: number) =>
  `<a href="${escapeHtml(url)}" style="display:inline-block;margin:0 8px 8px 0;border:1.5px solid #1c5a4c;${place === 0 ? 'background:#1c5a4c;color:#fffdf9' : 'color:#1c5a4c'};padding:12px 18px;border-radius:10px;text-decoration:none;font-weight:600">${escapeHtml(label)}</a>`

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
