/**
 * The licences of what the bundles contain: who installs the package gets their authors' words with their code.
 * Knows packages by the files that esbuild has read, and nothing of bundles.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const RULE = '-'.repeat(100)

/**
 * @param {string} root
 * @param {Iterable<string>} inputs paths of files, relative to the root, as esbuild's metafiles name them
 * @returns {string} one text, by the packages' names
 */
export function licences(root, inputs) {
  const folders = new Set()
  for (const input of inputs) {
    const [, folder] = /^(?:[^:]*:)?(.*\bnode_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input) ?? []
    if (folder) folders.add(folder)
  }
  const parts = [...folders].map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
    const texts = readdirSync(join(root, folder))
      .filter((file) => /^(?:licen[cs]e|notice|copying)(?:\.\w+)?$/i.test(file))
      .map((file) => readFileSync(join(root, folder, file), 'utf8').trim())
    return [name, `${RULE}\n${name} ${version}, ${license}\n${RULE}\n\n${texts.join('\n\n')}\n`]
  })
  const sorted = parts.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text)
  return `The programs in this folder contain parts of these packages.\n\n${sorted.join('\n')}`
}
