/** The page that a student gets, made of what the student's own code said. */
import { expect, test } from 'vitest'
import { feedbackOf } from '../../../../src/grading/results/feedback.ts'
import { byCheck, resultOf } from './result.ts'

test('what code says with colours and control characters is text that a page may hold', () => {
  const said = { points: 1, earned: 0, state: 'failed' as const, hints: [], hidden: false }
  const message = '\u001b[31mred\u001b[39m \u0007\u0000 <b>&\nline two'
  const page = feedbackOf(resultOf('ann', [{ ...byCheck('c', 1, 0), cases: [{ ...said, name: 'one', message }] }]))
  expect(page).toContain('<pre>red \ufffd\ufffd &lt;b&gt;&amp;\nline two</pre>')
})
