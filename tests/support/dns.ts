import { createSocket } from 'node:dgram'
import { Resolver } from 'node:dns/promises'
import { once } from 'node:events'
import { reverseName } from '../../src/exemptions/reverse-name.ts'

/** What the names of a zone lead to: a name in lower case (the reverse ones too) to its records by their type. */
export type Zone = Record<string, { PTR?: string[]; A?: string[]; AAAA?: string[] }>

const types = { A: 1, PTR: 12, AAAA: 28 } as const
const codes = { found: 0, broken: 2, absent: 3 }

/**
 * A DNS server on loopback that knows one zone, and a resolver that asks nobody else. A name in `broken` is answered
 * with SERVFAIL, one in `silent` never.
 */
export async function startDns({
  zone,
  broken = [],
  silent = [],
}: {
  zone: Zone
  broken?: readonly string[]
  silent?: readonly string[]
}) {
  const asked: string[] = []
  const socket = createSocket('udp4')
  socket.on('message', (query, { port, address }) => {
    const question = readQuestion(query)
    asked.push(question.name)
    if (!silent.includes(question.name)) socket.send(answer(query, question), port, address)
  })

  function answer(query: Buffer, { name, type, bytes }: Question): Buffer {
    const entry = zone[name]
    const records = recordsOf(entry, type)
    const code = broken.includes(name) ? codes.broken : entry === undefined ? codes.absent : codes.found
    const header = Buffer.alloc(12)
    query.copy(header, 0, 0, 2)
    header.writeUInt16BE(0x8180 | code, 2)
    header.writeUInt16BE(1, 4)
    header.writeUInt16BE(records.length, 6)
    return Buffer.concat([header, bytes, ...records])
  }

  await once(socket.bind(0, '127.0.0.1'), 'listening')
  const resolver = new Resolver({ timeout: 250, tries: 2 })
  resolver.setServers([`127.0.0.1:${socket.address().port}`])
  return {
    resolver,
    zone,
    /** Every name that was asked for, as often as it was. */
    asked,
    async stop() {
      resolver.cancel()
      socket.close()
      await once(socket, 'close')
    },
  }
}

type Question = { name: string; type: number; bytes: Buffer }

/** RFC 1035, section 4.1.2. */
function readQuestion(query: Buffer): Question {
  const labels: string[] = []
  let at = 12
  for (let length = query.readUInt8(at); length > 0; length = query.readUInt8(at)) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length))
    at += 1 + length
  }
  return {
    name: labels.join('.').toLowerCase(),
    type: query.readUInt16BE(at + 1),
    bytes: query.subarray(12, at + 5),
  }
}

function recordsOf(entry: Zone[string] | undefined, type: number): Buffer[] {
  switch (type) {
    case types.PTR:
      return (entry?.PTR ?? []).map((name) => record(type, writeName(name)))
    case types.A:
      return (entry?.A ?? []).map((address) => record(type, Buffer.from(address.split('.').map(Number))))
    case types.AAAA:
      return (entry?.AAAA ?? []).map((address) => record(type, writeIpv6(address)))
    default:
      return []
  }
}

/** RFC 1035, section 4.1.3; the owner is the name in the question. */
function record(type: number, data: Buffer): Buffer {
  const head = Buffer.alloc(12)
  head.writeUInt16BE(0xc00c, 0)
  head.writeUInt16BE(type, 2)
  head.writeUInt16BE(1, 4)
  head.writeUInt32BE(60, 6)
  head.writeUInt16BE(data.length, 10)
  return Buffer.concat([head, data])
}

function writeName(name: string): Buffer {
  const labels = name
    .split('.')
    .map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)]))
  return Buffer.concat([...labels, Buffer.from([0])])
}

function writeIpv6(address: string): Buffer {
  const name = reverseName(address).replace('.ip6.arpa', '')
  return Buffer.from(name.split('.').reverse().join(''), 'hex')
}
