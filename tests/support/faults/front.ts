import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** Stands before several processes, as a load balancer does, and can cut lines. */
export type Front = {
  origin: string
  /** Where new lines go: to one of these, whichever answers. */
  lead: (ports: readonly number[]) => void
  /** Cuts lines: in the middle of it all with a reset, or as if the other side had hung up. */
  cut: (how: 'reset' | 'hang up', share?: number) => void
  /** Nothing gets through any more, and nobody is told; or it goes on. */
  hold: (still: boolean) => void
  close: () => Promise<void>
}

export async function openFront(): Promise<Front> {
  const lines = new Set<[Socket, Socket]>()
  let ports: readonly number[] = []
  let still = false
  const server = createServer({ allowHalfOpen: false }, (outer) => {
    outer.on('error', () => undefined)
    void reach(ports).then((inner) => {
      if (!inner || outer.destroyed) {
        inner?.destroy()
        return outer.destroy()
      }
      const line: [Socket, Socket] = [outer, inner]
      lines.add(line)
      for (const [one, other] of [line, line.toReversed()] as [Socket, Socket][]) {
        one.on('error', () => undefined)
        one.on('close', () => {
          lines.delete(line)
          other.destroy()
        })
        one.on('data', (data) => {
          if (!other.write(data)) one.pause()
        })
        other.on('drain', () => !still && one.resume())
      }
      if (still) for (const one of line) one.pause()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    lead: (to) => {
      ports = to
    },
    cut: (how, share = 1) => {
      for (const line of lines) {
        if (Math.random() > share) continue
        for (const one of line)
          if (how === 'reset') one.resetAndDestroy()
          else one.destroy()
      }
    },
    hold: (to) => {
      still = to
      for (const one of [...lines].flat())
        if (still) one.pause()
        else one.resume()
    },
    close: async () => {
      for (const one of [...lines].flat()) one.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

/** A line to one of these, in no order; to another when the first does not answer. */
async function reach(ports: readonly number[]): Promise<Socket | undefined> {
  for (const port of ports.toSorted(() => Math.random() - 0.5)) {
    const socket = connect(port, '127.0.0.1')
    const there = await once(socket, 'connect').then(
      () => true,
      () => false,
    )
    if (there) return socket
  }
  return undefined
}
