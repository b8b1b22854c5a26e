/**
 * A file of model solutions beside an assignment that holds only stubs: each part stands under `// %% <grade_id>`.
 */
export function modelsIn(text: string): Map<string, string> {
  const parts = text.split(/^\/\/ %% +(\S+).*\n/m)
  const solutions = new Map<string, string>()
  for (let at = 1; at < parts.length; at += 2) solutions.set(parts[at]!, parts[at + 1]!.trimEnd())
  return solutions
}
