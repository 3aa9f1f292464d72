import { createSocket } from 'node:dgram'
import { onTestFinished } from 'vitest'

/** A name server of this story alone: it knows the TXT records that it is told, over UDP. */
export async function openNameServer(): Promise<{
  address: string
  txt: Map<string, string>
  /** From now on it says that something is wrong with it. */
  fail: (failing: boolean) => void
}> {
  const txt = new Map<string, string>()
  let failing = false
  const socket = createSocket('udp4')
  socket.on('message', (question, { port, address }) =>
    socket.send(answerTo(question, txt, failing), port, address),
  )
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  onTestFinished(() => void socket.close())
  return { address: `127.0.0.1:${socket.address().port}`, txt, fail: (now) => void (failing = now) }
}

/** RFC 1035: the question comes back, with the record behind it or with a code that says why there is none. */
function answerTo(question: Buffer, txt: Map<string, string>, failing: boolean): Buffer {
  const { name, end } = nameIn(question)
  const value = txt.get(name)
  const code = failing ? 2 : value === undefined ? 3 : 0
  const head = Buffer.from(question.subarray(0, 12))
  head.writeUInt16BE(0x8180 | code, 2)
  head.writeUInt16BE(code === 0 ? 1 : 0, 6)
  head.writeUInt16BE(0, 8)
  head.writeUInt16BE(0, 10)
  const asked = question.subarray(12, end + 4)
  if (code !== 0 || value === undefined) return Buffer.concat([head, asked])
  // Pointer to the name, TXT, IN, 60 seconds, length, one string.
  const record = Buffer.from([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60, 0, value.length + 1, value.length])
  return Buffer.concat([head, asked, record, Buffer.from(value)])
}

function nameIn(question: Buffer): { name: string; end: number } {
  const labels = []
  let at = 12
  while (question[at]) {
    const length = question[at] ?? 0
    labels.push(question.toString('ascii', at + 1, at + 1 + length))
    at += length + 1
  }
  return { name: labels.join('.').toLowerCase(), end: at + 1 }
}
