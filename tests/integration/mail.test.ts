import { simpleParser, type ParsedMail } from 'mailparser'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { expect, it, onTestFinished, vi } from 'vitest'
import { mails } from '#db/schema.ts'
import { sendMail } from '#server/mail/send-mail.ts'
import { openHouse } from '#tests/house.ts'

/** A mail server that refuses the first so many mails, and keeps the rest. */
async function openMailServer({ refusing = 0 } = {}): Promise<{ url: string; received: ParsedMail[] }> {
  const received: ParsedMail[] = []
  let left = refusing
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => {
      void simpleParser(stream).then((mail) => {
        if (left > 0) {
          left -= 1
          return done(new Error('come back later'))
        }
        received.push(mail)
        return done()
      })
    },
  })
  const listening = Promise.withResolvers<undefined>()
  server.listen(0, '127.0.0.1', () => listening.resolve(undefined))
  await listening.promise
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())))
  return { url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`, received }
}

it('sends over SMTP what a person asked for, once, and forgets the words', async () => {
  const { url, received } = await openMailServer()
  const { person, stranger, mail } = await openHouse({ jobs: true, settings: { smtpUrl: url } })
  const ada = await person('Ada')

  await stranger().api.mailSignInLink({ body: { email: ada.email } })
  await vi.waitFor(() => expect(received).toHaveLength(1), { timeout: 10_000 })

  const [letter] = received
  expect(letter?.subject).toBe('Your sign-in link for Shortside')
  expect(letter?.text).toContain('http://localhost:3000/mail-link/')
  expect(letter?.html).toContain('http://localhost:3000/mail-link/')
  await vi.waitFor(async () => expect(await mail()).toMatchObject([{ text: '' }]), { timeout: 20_000 })
})

it('tries again when the mail server was away', async () => {
  const { url, received } = await openMailServer({ refusing: 1 })
  const { person, stranger } = await openHouse({ jobs: true, settings: { smtpUrl: url } })
  const ada = await person('Ada')

  await stranger().api.mailSignInLink({ body: { email: ada.email } })
  await vi.waitFor(() => expect(received).toHaveLength(1), { timeout: 15_000 })
})

it('brings a calendar along as a file that programs know, and forgets it too', async () => {
  const { url, received } = await openMailServer()
  const { house, person } = await openHouse({ jobs: true, settings: { smtpUrl: url } })
  const ada = await person('Ada')
  const calendar = 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x\r\nEND:VCALENDAR\r\n'
  await house.db.transaction((tx) =>
    sendMail(house, tx, { to: ada.email, subject: 'Dates', paragraphs: ['All of them.'], calendar }),
  )
  await vi.waitFor(() => expect(received).toHaveLength(1), { timeout: 10_000 })

  const [file] = received[0]?.attachments ?? []
  expect(file?.contentType).toBe('text/calendar')
  expect(file?.filename).toBe('sessions.ics')
  expect(file?.content.toString()).toBe(calendar)
  await vi.waitFor(
    async () => expect(await house.db.select().from(mails)).toMatchObject([{ calendar: null, text: '' }]),
    { timeout: 20_000 },
  )
})

it('tells mail programs how one press stops such letters, under the letters that can be stopped', async () => {
  const { url, received } = await openMailServer()
  const { house } = await openHouse({ jobs: true, settings: { smtpUrl: url } })
  const letter = { to: 'ada@example.org', paragraphs: ['Hello.'] }
  const stop = { page: 'http://localhost:3000/stop/x', press: 'http://localhost:3000/mail/stop/x' }
  await house.db.transaction(async (tx) => {
    await sendMail(house, tx, { ...letter, subject: 'A digest', stop })
    await sendMail(house, tx, { ...letter, subject: 'A sign-in link' })
  })
  await vi.waitFor(() => expect(received).toHaveLength(2), { timeout: 10_000 })

  const headersOf = (subject: string) => {
    const lines = received.find((mail) => mail.subject === subject)?.headerLines ?? []
    return lines.filter(({ key }) => key.startsWith('list-unsubscribe')).map(({ line }) => line)
  }
  expect(headersOf('A digest')).toEqual([
    `List-Unsubscribe: <${stop.press}>`,
    'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
  ])
  expect(headersOf('A sign-in link')).toEqual([])
})
