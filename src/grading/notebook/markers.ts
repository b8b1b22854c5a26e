/**
 * The regions of a cell between `// BEGIN SOLUTION` and `// END SOLUTION`, and likewise for hidden tests and for the
 * marking scheme of a task: found, and replaced by other lines.
 *
 * Knows lines of text; nothing of what a region means. As in nbgrader, a line that holds the words is a marker.
 */

/** The words after BEGIN and END. */
export type MarkerKind = 'SOLUTION' | 'HIDDEN TESTS' | 'MARK SCHEME'

export const markerKinds: readonly MarkerKind[] = ['SOLUTION', 'HIDDEN TESTS', 'MARK SCHEME']

/** Lines count from 0; both markers belong to it. */
export interface Region {
  readonly kind: MarkerKind
  readonly begin: number
  readonly end: number
  /** The white space before the BEGIN marker. */
  readonly indent: string
  /** What stands behind the BEGIN marker; mostly nothing. */
  readonly remark: string
}

export interface MarkerProblem {
  readonly kind: MarkerKind
  /** From 0. */
  readonly line: number
  /** What is wrong and what to do, as one sentence. */
  readonly message: string
}

export interface Regions {
  readonly regions: readonly Region[]
  readonly problems: readonly MarkerProblem[]
}

/** Finds the regions of one kind. A region that is not closed, or holds another, is a problem and no region. */
export function findRegions(source: string, kind: MarkerKind): Regions {
  const [begin, end] = [`BEGIN ${kind}`, `END ${kind}`]
  const regions: Region[] = []
  const problems: MarkerProblem[] = []
  let open: Omit<Region, 'end'> | undefined
  const lines = source.split('\n')
  lines.forEach((text, line) => {
    // "// BEGIN SOLUTION" comes first in nbgrader too, where one line holds both.
    if (text.includes(begin)) {
      if (open)
        problems.push({
          kind,
          line,
          message: `${begin} stands within the region that began in line ${open.begin + 1}: regions stand beside each other; end the first with // ${end}`,
        })
      else open = { kind, begin: line, indent: /^\s*/.exec(text)![0], remark: remarkOf(text, begin) }
      return
    }
    if (!text.includes(end)) return
    if (open) regions.push({ ...open, end: line })
    else problems.push({ kind, line, message: `${end} has no // ${begin} before it` })
    open = undefined
  })
  if (open)
    problems.push({
      kind,
      line: open.begin,
      message: `${begin} has no // ${end} after it: the rest of the cell would go`,
    })
  return { regions, problems }
}

/** A comment that was meant as a marker, and is none: `// BEGIN HIDDEN TEST`, `# begin solution`. */
const NEARLY =
  /^\s*(?:\/\/+|\/?\*+|#+|<!--+)\s*(begin|end)[\s_-]*(?:of[\s_-]+)?(?:(solutions?)|(hidden(?:[\s_-]*(?:tests?|cases?|checks?))?)|(mark(?:ing)?[\s_-]*schemes?))\s*(?:$|[^\s\w])/i

/** Lines that are read as code or text, so that students would get what their author wanted to keep back. */
export function nearlyMarkers(source: string): MarkerProblem[] {
  return source.split('\n').flatMap((text, line) => {
    const found = NEARLY.exec(text)
    if (!found || markerKinds.some((kind) => text.includes(`BEGIN ${kind}`) || text.includes(`END ${kind}`))) return []
    const kind = found[2] ? 'SOLUTION' : found[3] ? 'HIDDEN TESTS' : 'MARK SCHEME'
    const message = `"${text.trim()}" is no marker, and takes nothing out: write ${found[1]?.toUpperCase()} ${kind}`
    return [{ kind, line, message }]
  })
}

/** `// BEGIN SOLUTION: split the line` says "split the line". */
function remarkOf(line: string, begin: string): string {
  const rest = line.slice(line.indexOf(begin) + begin.length)
  return rest
    .replace(/(?:\*\/|-->)\s*$/, '')
    .replace(/^[\s:.,;–—#-]+/, '')
    .trim()
}

/** The text with other lines in the place of each region, markers included. Problems are left as they are. */
export function replaceRegions(
  source: string,
  kind: MarkerKind,
  replace: (region: Region) => readonly string[],
): string {
  const lines = source.split('\n')
  const { regions } = findRegions(source, kind)
  for (const region of regions.toReversed())
    lines.splice(region.begin, region.end - region.begin + 1, ...replace(region))
  return lines.join('\n')
}
