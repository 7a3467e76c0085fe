/**
 * Seeds of the Commerce Layer data behind the one store. Each has 63 groups, and
 * a shape wants more; what the first data do not have is asked of the next.
 */
export const commerceLayerSeeds: readonly number[] = [1, 2, 3, 4];
