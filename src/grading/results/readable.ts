/**
 * Text of a submission, for a teacher's terminal, where control characters clear the screen or write what stands
 * elsewhere, and for a student's page, where they are not to be seen. Knows nothing of results.
 */

/** Without colours, and with a sign in the place of each character that a terminal would obey; lines stay. */
export const readable = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with ESC
    .replace(/\u001b\[[\d;]*m|\r(?=\n)/g, '')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '\ufffd')
