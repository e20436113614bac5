/** Lets what scrolls be dragged with the mouse. Touch and keys scroll by themselves. */
export function panning(view: HTMLElement): () => void {
  const begin = (event: PointerEvent) => {
    const isGround = !(event.target as Element).closest("button")
    if (event.pointerType === "mouse" && event.button === 0 && isGround) view.setPointerCapture(event.pointerId)
  }
  const move = (event: PointerEvent) => {
    if (view.hasPointerCapture(event.pointerId)) view.scrollBy(-event.movementX, -event.movementY)
  }
  view.addEventListener("pointerdown", begin)
  view.addEventListener("pointermove", move)
  return () => {
    view.removeEventListener("pointerdown", begin)
    view.removeEventListener("pointermove", move)
  }
}
