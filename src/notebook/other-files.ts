/**
 * Files that are called as notebooks are and are something else, told by how they begin. Takes any bytes.
 */

const OFFICE = 'a document of an office program, as Word writes them, not a notebook'
const ARCHIVE = 'archive: unpack it first'

/** In latin1, which has a letter for each byte. */
const BEGINNINGS: Readonly<Record<string, readonly string[]>> = {
  [OFFICE]: ['\xd0\xcf\x11\xe0', '{\\rtf'],
  [`a zip ${ARCHIVE}`]: ['PK'],
  [`an ${ARCHIVE}`]: ['\x1f\x8b', 'Rar!', '7z\xbc\xaf'],
  'a PDF document, not a notebook': ['%PDF-'],
  'a picture, not a notebook': ['\x89PNG', '\xff\xd8\xff'],
  'a text in UTF-16: save it as UTF-8': ['\xff\xfe', '\xfe\xff', '{\0', '\0{'],
}

/** What a browser saves of a page that shows the notebook, or that asks for a password. */
const PAGE = /^\s*<(?:!doctype|html|head|\?xml)\b/i

/** In every document of Microsoft's newer kind; what LibreOffice writes begins with the other. */
const IN_DOCUMENTS = ['[Content_Types].xml', 'mimetypeapplication/vnd.oasis']

/** What git leaves in a file that two people have changed; no line of JSON begins so. */
const CONFLICT = /^<{7}(?: |\r?$)/m

/** What it is instead, behind "is"; undefined: perhaps a notebook. */
export function otherFile(bytes: Buffer): string | undefined {
  const beginning = bytes.toString('latin1', 0, 200)
  if (PAGE.test(beginning)) return 'a web page, not a notebook: download the notebook itself'
  const conflict = CONFLICT.exec(bytes.toString('latin1'))
  if (conflict)
    return `not merged: git has left two versions in it, the first of them from line ${linesBefore(bytes, conflict.index) + 1} on; keep one of them, without the marks <<<<<<<, ======= and >>>>>>>`
  const found = Object.entries(BEGINNINGS).find(([, known]) => known.some((one) => beginning.startsWith(one)))?.[0]
  return beginning.startsWith('PK') && IN_DOCUMENTS.some((one) => bytes.includes(one)) ? OFFICE : found
}

const linesBefore = (bytes: Buffer, end: number): number => bytes.toString('latin1', 0, end).split('\n').length - 1
