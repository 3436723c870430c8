/** How much of the FODMAP carbohydrates a serving holds; UNKNOWN where a figure is not known. */
export type FodmapClass = 'LOW' | 'MODERATE' | 'HIGH' | 'UNKNOWN';
