// points: 23
// says: "two words" is no good name: a sentence is expected, and null came
function nameProblem(name: string, taken: Iterable<string>): string | null {
  if (!/^\p{L}[\p{L}\p{Nd}_-]{0,15}/u.test(name)) {
    return "A name has 1 to 16 letters, digits, - and _, and begins with a letter."
  }
  for (const other of taken) {
    if (other.toLowerCase() === name.toLowerCase()) return `The name ${other} is taken.`
  }
  return null
}
