export const createWindow = 1
