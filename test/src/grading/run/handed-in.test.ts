/** Files as students hand them in, and as other programs leave them: which are graded, under which name, and why not. */
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { answersOf } from '../../../../src/grading/results/answers.ts'
import { keyOf } from '../../../../src/grading/results/by-hand.ts'
import { readHandedIn } from '../../../../src/grading/run/handed-in.ts'
import { findSubmissions, leftOver, type Submission } from '../../../../src/grading/run/submissions.ts'
import { readNotebook } from '../../../../src/notebook/notebook-file.ts'
import { byPerson, resultOf } from '../results/result.ts'
import { manual, notebookOf, solution } from '../source.ts'
import { resultOf as gradedOf, gradeRun, PATIENT, submission, writeCourse } from './course.ts'

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'socketlab-handed-in-')))
afterAll(() => rmSync(folder, { recursive: true }))

const NOTEBOOK = JSON.stringify(notebookOf(solution('a', '1')))

function write(path: string, content: string | Uint8Array = NOTEBOOK): string {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
  return file
}

const read = (path: string) => readHandedIn({ name: 'a', path })

/** Root may read everything. */
function asNobody<Found>(work: () => Found): Found {
  if (process.getuid?.() !== 0) return work()
  chmodSync(folder, 0o755)
  process.seteuid?.(65534)
  try {
    return work()
  } finally {
    process.seteuid?.(0)
  }
}

test.each<[string, string | Uint8Array, string]>([
  ['empty', '', 'The file is empty.'],
  ['archive', 'PK\u0003\u0004…', 'The file is a zip archive: unpack it first.'],
  ['tar', Buffer.from('1f8b0800', 'hex'), 'The file is an archive: unpack it first.'],
  ['docx', 'PK\u0003\u0004…[Content_Types].xml…word/document.xml', 'The file is a document of an office program'],
  ['odt', `PK${' '.repeat(28)}mimetypeapplication/vnd.oasis.opendocument.text`, 'The file is a document of an office'],
  ['doc', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'The file is a document of an office program'],
  ['pdf', '%PDF-1.7\n', 'The file is a PDF document, not a notebook.'],
  ['picture', Buffer.from('89504e470d0a', 'hex'), 'The file is a picture, not a notebook.'],
  ['utf-16', Buffer.from(`\ufeff${NOTEBOOK}`, 'utf16le'), 'The file is a text in UTF-16: save it as UTF-8.'],
  ['utf-16-unmarked', Buffer.from(NOTEBOOK, 'utf16le'), 'The file is a text in UTF-16: save it as UTF-8.'],
  ['page', '\n<!DOCTYPE html>\n<html>', 'The file is a web page, not a notebook: download the notebook itself.'],
  ['essay', 'TCP is a stream.', 'The file is not a notebook: '],
  ['list', '[]', 'The file is not a notebook: it has no list of cells.'],
  ['null', 'null', 'The file is not a notebook: it has no list of cells.'],
  [
    'merged',
    NOTEBOOK.replace('{', '{\n<<<<<<< HEAD\n'),
    'The file is not merged: git has left two versions in it, the first of them from line 2 on; keep one',
  ],
  ['old', '{"nbformat":3,"worksheets":[]}', 'The file is in notebook format 3'],
  ['deep', '['.repeat(100_000), 'The file is not a notebook: '],
])('no notebook: %s', (name, content, message) => {
  const { notebook, problem } = read(write(`bad/${name}.ipynb`, content))
  expect([notebook, problem?.message]).toEqual([undefined, expect.stringContaining(message)])
})

test('a source that is something else is told so too', () => {
  const path = write('bad/source.ipynb', Buffer.from(`\ufeff${NOTEBOOK}`, 'utf16le'))
  expect(() => readNotebook(path)).toThrow(`${path}: is a text in UTF-16: save it as UTF-8`)
})

test('a notebook with the mark that Windows puts before a text is one, for whoever reads it', () => {
  const path = write('marked.ipynb', `\ufeff${JSON.stringify(notebookOf(manual('why', 2, 'Since TCP is a stream.')))}`)
  expect(read(path).notebook?.cells).toHaveLength(1)
  expect(readNotebook(path).cells).toHaveLength(1)
  expect(answersOf([resultOf('ann', [byPerson('why', 2)], path)])).toEqual(
    new Map([[keyOf('ann', 'why'), 'Since TCP is a stream.']]),
  )
})

test('a file that is too large is not read', () => {
  const path = write('large.ipynb', '{')
  truncateSync(path, 200 * 2 ** 20)
  expect(read(path)).toMatchObject({
    bytes: { length: 0 },
    problem: { message: 'The file is larger than 32 MiB: clear its outputs first.' },
  })
})

test('a link leads nowhere: neither to files of the teacher nor to those of another student', () => {
  write('linked/ann/echo.ipynb')
  symlinkSync('../ann/echo.ipynb', join(dirname(write('linked/bob/own.ipynb')), 'echo.ipynb'))
  symlinkSync('/etc/passwd', join(folder, 'linked', 'cleo.ipynb'))
  symlinkSync('ann', join(folder, 'linked', 'dan'))
  symlinkSync('nowhere', join(folder, 'linked', 'eve.ipynb'))
  symlinkSync('.', join(folder, 'linked', 'round'))
  symlinkSync('itself', join(folder, 'linked', 'itself'))
  const found = findSubmissions([join(folder, 'linked')], 'echo')
  const graded = found.map((one) => [one.name, readHandedIn(one).problem?.message.slice(0, 24) ?? 'read'])
  expect(graded).toEqual([
    ['ann', 'read'],
    ['bob_echo', 'This is a symbolic link,'],
    ['bob_own', 'read'],
    ['cleo', 'This is a symbolic link,'],
    ['dan', 'This is a symbolic link,'],
    ['eve', 'This is a symbolic link,'],
    ['round', 'This is a symbolic link,'],
  ])
  // Whoever names the link means what it leads to.
  expect(findSubmissions([join(folder, 'linked', 'dan')], 'echo').map(({ isLink }) => isLink)).toEqual([undefined])
})

test('what nobody may read says so, without the path that it has on the machine of the teacher', () => {
  const path = write('locked/ann/echo.ipynb')
  chmodSync(path, 0)
  write('locked/bob/echo/echo.ipynb')
  chmodSync(join(folder, 'locked', 'bob', 'echo'), 0o600)
  write('locked/cleo/echo/echo.ipynb')
  chmodSync(join(folder, 'locked', 'cleo', 'echo'), 0)
  symlinkSync('itself', join(folder, 'locked', 'itself'))
  const said = (one: Submission) => readHandedIn(one).problem?.message
  const found = asNobody(() => findSubmissions([join(folder, 'locked')], 'echo').map((one) => [one.name, said(one)]))
  for (const each of ['bob', 'cleo']) chmodSync(join(folder, 'locked', each, 'echo'), 0o700)
  expect(found).toEqual([
    ['ann', 'It cannot be read: permission denied.'],
    ['bob', 'It cannot be read: permission denied.'],
    ['cleo', 'It cannot be read: permission denied.'],
  ])
  expect(said({ name: 'a', path: join(folder, 'locked', 'itself') })).toMatch(
    /^It cannot be read: too many symbolic links[^/]*\.$/,
  )
})

test('names that files cannot have', () => {
  const names = [
    'Müller, Jörg',
    'M\u0075\u0308ller',
    `O'Brien "Bob"`,
    'two\nlines',
    '日本 学生',
    '=1+1',
    'x'.repeat(250),
  ]
  for (const name of names) write(`odd/${name}/echo.ipynb`)
  const found = findSubmissions([join(folder, 'odd')], 'echo').map(({ name }) => name)
  expect(found.sort()).toEqual(
    ['-1-1', 'Mu\u0308ller', 'Müller-Jörg', 'O-Brien-Bob-', 'two-lines', 'x'.repeat(180), '日本-学生'].sort(),
  )
})

test('what is no notebook is told of, where it lies beside them', () => {
  write('beside/ann.ipynb')
  write('beside/bob.zip', 'PK')
  write('beside/cleo/answer.ts', '1')
  write('beside/.hidden', '')
  symlinkSync('itself', join(folder, 'beside', 'itself'))
  symlinkSync('cleo', join(folder, 'beside', 'linked'))
  const left = ['bob.zip', 'itself'].map((name) => join(folder, 'beside', name))
  expect(leftOver([join(folder, 'beside')])).toEqual(left)
  expect(findSubmissions([join(folder, 'beside')], 'echo').map(({ name }) => name)).toEqual(['ann', 'cleo', 'linked'])
})

test('a folder without a notebook says what is in it instead, and after a change what is in it now', async () => {
  const course = join(folder, 'instead')
  writeCourse(course, { ann: submission('1') })
  const said = () => gradedOf(course, 'bob').problems.map(({ message }) => message)
  mkdirSync(join(course, 'submitted', 'bob', 'sheet'), { recursive: true })
  await gradeRun(course, PATIENT)
  expect(said()).toEqual(['There is no notebook in this folder.'])
  for (const name of ['b.docx', 'a.zip', '.DS_Store', 'sheet/echo.ipynb.txt', 'sheet/z.txt'])
    writeFileSync(join(course, 'submitted', 'bob', name), '')
  await gradeRun(course, PATIENT)
  expect(said()).toEqual(['There is no notebook in this folder, only a.zip, b.docx, sheet/echo.ipynb.txt and 1 more.'])
}, 60_000)

test('a file that would speak to the terminal is shown, not obeyed', async () => {
  const course = join(folder, 'terminal')
  writeCourse(course, { ann: '\u001b[2J\u001b]0;A\u0007\u001b[31mall points' })
  writeFileSync(join(course, 'submitted', 'read\u001b[2J.me'), '')
  const { output } = await gradeRun(course, PATIENT)
  expect(output).toContain('ann: 0 of 4  The file is not a notebook: ')
  expect(output).toContain('read\ufffd[2J.me')
  const all = `${output}${readFileSync(join(course, 'graded', 'grades.csv'), 'utf8')}`
  expect(['\u0007', '\u001b'].filter((one) => all.includes(one))).toEqual([])
})

test('archives: folders of macOS are nobody, nor is the text beside the file in Moodle; capitals are no other name', () => {
  write('unpacked/__MACOSX/ann/._echo.ipynb', '\0')
  write('unpacked/ann/echo/deeper/echo.ipynb')
  write('unpacked/ann/__MACOSX/echo.ipynb', '\0')
  for (const handedIn of ['bob_7_assignsubmission_file_', 'cleo_8_assignsubmission_file'])
    write(`unpacked/${handedIn}/echo.ipynb`)
  for (const typed of ['bob_7_assignsubmission_onlinetext_', 'cleo_8_assignsubmission_onlinetext', 'dan_9_onlinetext'])
    write(`unpacked/${typed}/onlinetext.html`, '<p>see the file</p>')
  write('unpacked/eve.IPYNB')
  write('unpacked/fay/ECHO.IPYNB')
  const folders = [join(folder, 'unpacked')]
  const found = findSubmissions(folders, 'echo').map((one) => [one.name, readHandedIn(one).problem?.message ?? 'read'])
  expect(found).toEqual([
    ['ann', 'read'],
    ['bob_7_assignsubmission_file_', 'read'],
    ['cleo_8_assignsubmission_file', 'read'],
    // Who has typed a text only has handed in no notebook.
    ['dan_9_onlinetext', 'There is no notebook in this folder, only onlinetext.html.'],
    ['eve', 'read'],
    ['fay', 'read'],
  ])
  expect(leftOver(folders)).toEqual([])
})
