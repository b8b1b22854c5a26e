/**
 * Saying what set-up does: `[3/6] JupyterLab … 12 s`. On a terminal one line that lives; elsewhere a line when a step
 * starts and one when it is done, so that a log can be read.
 */
export class Progress {
  #total
  #number = 0
  #out

  constructor(total, out = process.stdout) {
    this.#total = total
    this.#out = out
  }

  /** A step with nothing to do. */
  skip(title) {
    this.#number += 1
    this.#out.write(`${this.#head()} ${title}: already there\n`)
  }

  /**
   * @template T
   * @param {string} title
   * @param {(detail: (text: string) => void) => Promise<T>} work `detail` shows what it is at, on a terminal only
   * @returns {Promise<T>}
   */
  async step(title, work) {
    this.#number += 1
    const head = `${this.#head()} ${title}`
    const started = performance.now()
    const seconds = () => (performance.now() - started) / 1000
    let detail = ''
    const live = this.#out.isTTY === true
    const show = () => {
      const text = `${head} … ${seconds().toFixed(0)} s  ${detail}`
      this.#out.write(`\r\x1b[K${text.slice(0, (this.#out.columns || 80) - 1)}`)
    }
    if (live) show()
    else this.#out.write(`${head} …\n`)
    const ticking = live ? setInterval(show, 250) : undefined
    let ending = 'failed after'
    try {
      const result = await work((text) => {
        detail = text.trim()
      })
      ending = 'done in'
      return result
    } finally {
      clearInterval(ticking)
      this.#out.write(`${live ? '\r\x1b[K' : ''}${head}: ${ending} ${seconds().toFixed(1)} s\n`)
    }
  }

  #head() {
    return `[${this.#number}/${this.#total}]`
  }
}
