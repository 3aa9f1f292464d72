import WebSocket from 'ws'
import { setTimeout as wait } from 'node:timers/promises'
import type { SeededRoom } from './seed-rooms.ts'

/** Sockets that listen, and when they heard that somebody has written, or writes on. */
export type Listeners = {
  /** From now on, how long each delivery of what this person does takes; resolves when everybody has heard it. */
  expect: (accountId: string, listeners: number) => Promise<void>
  /** Milliseconds from the press to the ear, one for each delivery since the last time it was asked. */
  take: () => number[]
  close: () => Promise<void>
}

const ACCOUNT = '"accountId":"'
/** How many sockets are opened at once. */
const AT_ONCE = 50
/** Whoever waits longer for a delivery has lost it. */
const LONGEST = 20_000

/** Everybody of these rooms listens at this address. */
export async function listen(address: string, rooms: readonly SeededRoom[], after = 0): Promise<Listeners> {
  const sockets: WebSocket[] = []
  const pressed = new Map<string, { at: number; missing: number; heard: () => void }>()
  let times: number[] = []

  const hear = (data: Buffer) => {
    const frame = data.toString('latin1')
    if (!frame.includes('"answer-')) return
    const at = frame.indexOf(ACCOUNT)
    const accountId = frame.slice(at + ACCOUNT.length, at + ACCOUNT.length + 36)
    const press = pressed.get(accountId)
    if (!press) return
    times.push(performance.now() - press.at)
    press.missing -= 1
    if (press.missing > 0) return
    pressed.delete(accountId)
    press.heard()
  }

  let closing = false
  let problem: Error | undefined
  const all = rooms.flatMap((room) => room.people.map((person) => ({ room, person })))
  for (let at = 0; at < all.length; at += AT_ONCE) {
    const some = all.slice(at, at + AT_ONCE).map(async ({ room, person }) => {
      const url = `${address.replace('http', 'ws')}/api/rooms/${room.id}/socket?after=${after}&epoch=${room.epoch}`
      const socket = new WebSocket(url, {
        headers: { cookie: person.cookie, origin: address },
        perMessageDeflate: false,
      })
      sockets.push(socket)
      const opened = Promise.withResolvers<undefined>()
      // The server says hello once it listens too.
      socket.once('message', () => opened.resolve(undefined))
      socket.on('error', opened.reject)
      socket.on('close', (code) => {
        if (!closing) problem ??= new Error(`A listener was closed with ${code}.`)
      })
      socket.on('message', hear)
      await opened.promise
    })
    await Promise.all(some)
  }
  // Whoever just came is told about; that is not what is measured.
  await wait(1_000)

  return {
    expect: (accountId, listeners) => {
      const { promise, resolve, reject } = Promise.withResolvers<undefined>()
      const late = setTimeout(() => {
        const missing = pressed.get(accountId)?.missing
        reject(problem ?? new Error(`${missing} listeners never heard of an answer.`))
      }, LONGEST)
      const heard = () => {
        clearTimeout(late)
        resolve(undefined)
      }
      pressed.set(accountId, { at: performance.now(), missing: listeners, heard })
      return promise
    },
    take: () => {
      const taken = times
      times = []
      return taken
    },
    close: async () => {
      closing = true
      await Promise.all(
        sockets.map(async (socket) => {
          if (socket.readyState === WebSocket.CLOSED) return
          const closed = new Promise((resolve) => socket.once('close', resolve))
          socket.terminate()
          await closed
        }),
      )
    },
  }
}
