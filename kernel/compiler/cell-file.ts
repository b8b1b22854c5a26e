/** TypeScript's file for a cell is called so, in any folder and with any number. */
export const isCellFile = (fileName: string): boolean => /__tslab__\d*\.[jt]s$/.test(fileName)
