import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  encodeFrame,
  FRAME_LIMITS,
  type Frame,
  FramingError,
  frameReader,
} from '../../server/sessions/dapStream'

describe('frames', () => {
  test('any messages, cut anywhere, come out byte by byte as they went in', () => {
    const messages = fc.array(fc.record({ text: fc.string({ unit: 'grapheme' }), number: fc.integer() }), {
      maxLength: 8,
    })
    fc.assert(
      fc.property(messages, fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1 }), (values, sizes) => {
        const wire = Buffer.concat(values.map(encodeFrame))
        const frames = readAll(pieces(wire, sizes))
        expect(Buffer.concat(frames.map(({ bytes }) => bytes))).toEqual(wire)
        expect(frames.map(({ body }) => JSON.parse(body.toString()))).toEqual(values)
      }),
    )
  })

  test.each([
    ['Content-Length: 2\r\n\r\n{}', '{}'],
    ['content-length:2\r\n\r\n{}', '{}'],
    ['Content-Type: application/json\r\nContent-Length:   2  \r\n\r\n{}', '{}'],
    ['Content-Length: 0\r\n\r\n', ''],
  ])('%j', (wire, body) => {
    expect(readAll([Buffer.from(wire)]).map(frame => frame.body.toString())).toEqual([body])
  })

  test.each([
    ['no length', 'Content-Type: json\r\n\r\n{}', 'without Content-Length'],
    ['a length that is none', 'Content-Length: two\r\n\r\n{}', 'without Content-Length'],
    ['a negative length', 'Content-Length: -2\r\n\r\n{}', 'without Content-Length'],
    ['a length that is too large', `Content-Length: ${FRAME_LIMITS.body + 1}\r\n\r\n`, 'more than 16777215'],
    ['a header that never ends', 'x'.repeat(9_000), 'more than 8192'],
    ['a large header', `X: ${'x'.repeat(9_000)}\r\nContent-Length: 2\r\n\r\n{}`, 'more than 8192'],
  ])('%s', (_, wire, message) => {
    expect(() => readAll([Buffer.from(wire)])).toThrow(FramingError)
    expect(() => readAll([Buffer.from(wire)])).toThrow(message)
  })

  test('a message of the largest size that debugpy reads, in pieces, in a moment', () => {
    const wire = encodeFrame({ text: 'x'.repeat(FRAME_LIMITS.body - 11) })
    const begin = performance.now()
    const frames = readAll(pieces(wire, [65_536]))
    expect(frames).toHaveLength(1)
    expect(performance.now() - begin).toBeLessThan(1_000)
  })
})

function readAll(chunks: readonly Buffer[]): Frame[] {
  const frames: Frame[] = []
  const read = frameReader(
    () => FRAME_LIMITS,
    frame => frames.push(frame),
  )
  for (const chunk of chunks) read(chunk)
  return frames
}

function pieces(wire: Buffer, sizes: readonly number[]): Buffer[] {
  const chunks: Buffer[] = []
  for (let at = 0, index = 0; at < wire.length; index += 1) {
    const size = sizes[index % sizes.length] ?? 1
    chunks.push(wire.subarray(at, at + size))
    at += size
  }
  return chunks
}
