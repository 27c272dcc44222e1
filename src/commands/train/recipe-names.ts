// The names of the recipes.

export const RECIPE_NAMES = ['article', 'augmented', 'best'] as const;
export type RecipeName = (typeof RECIPE_NAMES)[number];
