/** Rows that change their place: dragged by their handle, or moved with the arrow keys on it. */
export class Reordering {
  /** Where a dragged row would land. */
  over = $state<number | null>(null)
  #dragged = $state<number | null>(null)

  constructor(
    readonly length: () => number,
    readonly move: (from: number, to: number) => void,
  ) {}

  isOver(at: number): boolean {
    return this.over === at && this.#dragged !== at
  }

  row(at: number) {
    return {
      ondragover: (event: DragEvent) => {
        if (this.#dragged === null) return
        event.preventDefault()
        this.over = at
      },
      ondrop: () => this.#drop(at),
    }
  }

  handle(at: number) {
    return {
      draggable: true,
      ondragstart: () => (this.#dragged = at),
      ondragend: () => this.#end(),
      onkeydown: (event: KeyboardEvent) => this.#press(event, at),
    }
  }

  #drop(at: number): void {
    if (this.#dragged !== null && this.#dragged !== at) this.move(this.#dragged, at)
    this.#end()
  }

  #end(): void {
    this.#dragged = this.over = null
  }

  #press(event: KeyboardEvent, at: number): void {
    const to = event.key === "ArrowUp" ? at - 1 : event.key === "ArrowDown" ? at + 1 : -1
    if (to < 0 || to >= this.length()) return
    event.preventDefault()
    this.move(at, to)
  }
}
