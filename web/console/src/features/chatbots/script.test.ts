import type { ScriptStep } from "@frontdesk/protocol"
import { expect, test } from "vitest"
import { changedSteps, conditionsBefore, emptyStep, freeId, withMoved, withoutStep, withStep } from "./script.ts"

const question: ScriptStep = {
  ...emptyStep(1),
  kind: "question",
  message: "What are you looking for today?",
  answers: [
    { id: 2, text: "Pricing", link: "" },
    { id: 3, text: "Repairs", link: "" },
  ],
}
const pricing = emptyStep(4, [2])
const either = emptyStep(5, [2, 3])
const steps = [question, pricing, either]

test("a step that stops asking loses its answers, and others the conditions on them (F2, F5)", () => {
  const { steps: changed, dropped } = withStep(steps, { ...question, kind: "text" })
  expect(changed.flatMap((step) => step.answers)).toEqual([])
  expect(changed.map((step) => step.only_if)).toEqual([[], [], []])
  expect(dropped).toBe(3)
})

test("an answer that goes takes only its own conditions with it", () => {
  const { steps: changed, dropped } = withStep(steps, { ...question, answers: question.answers.slice(1) })
  expect(changed.map((step) => step.only_if)).toEqual([[], [], [3]])
  expect(dropped).toBe(2)
})

test("a step that moves before its question loses its conditions", () => {
  const { steps: changed, dropped } = withMoved(steps, 1, 0)
  expect(changed.map((step) => step.id)).toEqual([4, 1, 5])
  expect(changed[0]?.only_if).toEqual([])
  expect(dropped).toBe(1)
})

test("removing a question removes the conditions on it", () => {
  expect(withoutStep(steps, 1)).toEqual({ steps: [emptyStep(4), emptyStep(5)], dropped: 3 })
})

test("conditions are answers of earlier questions, with the question cut at 26 characters", () => {
  expect(conditionsBefore(steps, 1)).toEqual([])
  expect(conditionsBefore(steps, 4)).toEqual([
    { answer: 2, question: "What are you looking for …", text: "Pricing" },
    { answer: 3, question: "What are you looking for …", text: "Repairs" },
  ])
  expect(conditionsBefore(steps, 99)).toHaveLength(2)
})

test("a new id is one that the script never had", () => {
  expect(freeId(9, { steps })).toBe(9)
  expect(freeId(1, { steps })).toBe(6)
  expect(freeId(1, { steps: [] })).toBe(1)
})

test("each step that is new, other or gone counts, and a move as one", () => {
  expect(changedSteps(steps, steps)).toBe(0)
  expect(changedSteps(steps, [question, either, pricing])).toBe(1)
  expect(changedSteps(steps, [question, { ...pricing, message: "From 900" }, emptyStep(6)])).toBe(3)
})
