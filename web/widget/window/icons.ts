/** Paths on a box of 24. */
export const FOLD = "M6 12h12"
export const BACK = "m15 5-7 7 7 7"
export const CLOSE = "m6 6 12 12M18 6 6 18"
export const SEND = "M12 19V5m-6 6 6-6 6 6"
export const SMILE = "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM8.5 14.5a4.5 4.5 0 0 0 7 0M9 9.5v.01M15 9.5v.01"
export const CLOCK = "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm0-14v5l3 2"
export const TICK = "m5 13 4 4L19 7"
export const TICKS = "m2 13 4 4L16 7m-5 9 1 1L22 7"
export const ALERT = "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm0-14v6m0 3v.01"
export const OFFLINE = "M2 9q4-4 10-4m5 1q3 1 5 3M5 13q3-3 7-3m5 2 2 1M9 16q3-2 6 0m-3 3v.01M3 3l18 18"
export const BELL = "M18 16V10a6 6 0 0 0-12 0v6l-2 2h16ZM10 21h4"
export const SILENT = `${BELL}M3 3l18 18`
export const DOWN = "M12 5v14m-6-6 6 6 6-6"
