// points: 23.5
// says: the name "Zoë" expected null received
function nameProblem(name: string, taken: Iterable<string>): string | null {
  if (!/^[A-Za-z][A-Za-z0-9_-]{0,15}$/.test(name)) {
    return "A name has 1 to 16 letters, digits, - and _, and begins with a letter."
  }
  for (const other of taken) {
    if (other.toLowerCase() === name.toLowerCase()) return `The name ${other} is taken.`
  }
  return null
}
