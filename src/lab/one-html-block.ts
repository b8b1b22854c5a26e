/**
 * HTML whose blank lines are written as character references. In a notebook that is exported as Markdown a blank line ends
 * the HTML: what follows would be read as Markdown, and tags would be shown.
 */
export const oneHtmlBlock = (html: string): string => html.replace(/(?<=\n[ \t]*)\n/g, '&#10;')
