#!/usr/bin/env node
/**
 * Draws the kernel's logos: one picture, as SVG and as PNG in the two sizes that Jupyter asks for. Run by hand when the
 * picture changes; the results are in kernel/spec. No drawing library: the picture is a few circles and boxes.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import { inRoot } from './parts/root.mjs'

const blue = [0x31, 0x78, 0xc6]
const white = [0xff, 0xff, 0xff]

/** A wall socket that smiles, on a 64 × 64 field; later shapes lie on earlier ones. */
const shapes = [
  { colour: blue, ...box(0, 0, 64, 64, 12) },
  { colour: white, ...ring(32, 32, 20, 4) },
  { colour: white, ...ring(24, 29, 2, 4) },
  { colour: white, ...ring(40, 29, 2, 4) },
  { colour: white, ...box(22, 39, 20, 4, 2) },
]

function box(x, y, width, height, radius) {
  const inside = (px, py) => {
    const dx = Math.max(x + radius - px, px - (x + width - radius), 0)
    const dy = Math.max(y + radius - py, py - (y + height - radius), 0)
    return Math.hypot(dx, dy) <= radius
  }
  const svg = (fill) => `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${fill}"/>`
  return { inside, svg }
}

function ring(x, y, radius, stroke) {
  const inside = (px, py) => Math.abs(Math.hypot(px - x, py - y) - radius) <= stroke / 2
  const svg = (paint) =>
    `<circle cx="${x}" cy="${y}" r="${radius}" fill="none" stroke="${paint}" stroke-width="${stroke}"/>`
  return { inside, svg }
}

/** Colour and opacity at one place, each pixel the mean of 8 × 8 samples so that edges are smooth. */
function pixel(column, row, scale) {
  const samples = 8
  const sum = [0, 0, 0, 0]
  for (let at = 0; at < samples * samples; at++) {
    const x = (column + ((at % samples) + 0.5) / samples) * scale
    const y = (row + (Math.floor(at / samples) + 0.5) / samples) * scale
    const top = shapes.findLast((shape) => shape.inside(x, y))
    if (!top) continue
    for (const [channel, value] of [...top.colour, 255].entries()) sum[channel] += value
  }
  const covered = sum[3] / 255 || 1
  return [sum[0] / covered, sum[1] / covered, sum[2] / covered, sum[3] / (samples * samples)].map(Math.round)
}

function png(size) {
  const rows = Array.from({ length: size }, (_, row) =>
    Buffer.from([0, ...Array.from({ length: size }, (_, column) => pixel(column, row, 64 / size)).flat()]),
  )
  const head = Buffer.alloc(13)
  head.writeUInt32BE(size, 0)
  head.writeUInt32BE(size, 4)
  head.set([8, 6, 0, 0, 0], 8) // 8 bits a channel, RGBA
  const parts = [
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.concat(rows), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...parts])
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}

const hex = (colour) => `#${Buffer.from(colour).toString('hex')}`
const drawn = shapes.map(({ svg, colour }) => `  ${svg(hex(colour))}\n`).join('')
const folder = inRoot('kernel', 'spec')
writeFileSync(
  join(folder, 'logo-svg.svg'),
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">\n  <title>socketlab</title>\n${drawn}</svg>\n`,
)
for (const size of [32, 64]) writeFileSync(join(folder, `logo-${size}x${size}.png`), png(size))
